"""Dutch sentences for made-up pages: every one different, so that its place in a reading can be told."""

import random

WHO = ("De gemeente", "Het meldpunt", "De inspectie", "Een opvanghuis", "De politie", "Het expertisecentrum", "De regietafel",
       "Een vertrouwenspersoon", "Het samenwerkingsverband", "De zorgcoördinator", "Een buurtteam", "De wijkagent")
DOES = ("ziet", "meldt", "beschrijft", "onderzoekt", "bespreekt", "registreert", "vermoedt", "signaleert")
WHAT = ("dat arbeidsmigranten vaker in te kleine woningen verblijven", "een toename van schulden onder jonge bezorgers",
        "dat slachtoffers hun paspoort moeten afgeven", "steeds meer verzoeken om onafhankelijke rechtsbijstand",
        "dat advertenties na enkele uren van de website verdwijnen", "de gevolgen van onduidelijke verantwoordelijkheden",
        "nieuwe werkwijzen waarbij tussenpersonen onbereikbaar blijven", "dat huisvestingsproblemen en uitbuiting samengaan",
        "hoe bestaanszekerheid en afhankelijkheid elkaar beïnvloeden", "minder meldingen uit de vleesverwerkende industrie",
        "dat voorlichtingsmateriaal niet in de juiste talen beschikbaar is", "signalen van gedwongen winkeldiefstallen")
WHERE = ("in de haven", "aan de grens", "buiten het centrum", "op het bedrijventerrein", "in de tuinbouw", "rond het station",
         "in kleine dorpen", "bij de opvang", "in de binnenvaart", "langs de snelweg")
TAIL = ("", ", al zijn de cijfers onvolledig", " en vraagt om een vervolggesprek", ", volgens medewerkers van de uitvoeringsorganisatie",
        " zonder dat daarvoor een verklaring is gevonden", ", met name tijdens de zomermaanden")


def sentences(count: int, *, seed: int) -> list[str]:
    """Return so many different sentences of 8 to 25 words."""
    chance = random.Random(seed)
    found: dict[str, None] = {}
    while len(found) < count:
        parts = [chance.choice(words) for words in (WHO, DOES, WHAT, WHERE, TAIL)]
        found[f"{' '.join(parts[:4])}{parts[4]} in het jaar {chance.randint(1990, 2025)}."] = None
    return list(found)


def paragraphs(count: int, *, seed: int) -> list[list[str]]:
    """Return so many paragraphs of two to five sentences."""
    chance = random.Random(seed)
    sizes = [chance.randint(2, 5) for _ in range(count)]
    pool = iter(sentences(sum(sizes), seed=seed))
    return [[next(pool) for _ in range(size)] for size in sizes]
