"""Dutch separable verbs put together again: "biedt de politie bedenktijd aan" holds "aanbieden"."""

import re
from functools import lru_cache

from index.words import CAPITAL_NAMES, fold

# The closed class of particles that leave their verb for the end of the clause.
_PARTICLES = ("aan|achter|af|bij|binnen|bloot|deel|door|dood|gelijk|goed|in|kwijt|langs|los|mede|mee|na|neer|om|onder|op|open|over|plaats"
              "|rond|samen|stil|tegemoet|tegen|teleur|terecht|teweeg|terug|toe|tussen|uit|vast|vol|voor|vooraf|voort|voorbij|vrij|weg")
_AT_END = re.compile(rf"\b({_PARTICLES})\b(?=\s*[.,;:?!)]|\s*$|\s+(?:en|of|als|om|dat|die|wanneer|indien|tenzij|mits|zodat|waarbij)\b)", re.I)
_WITH_TE = re.compile(rf"\b(?!(?:om|door)\b)({_PARTICLES}) te ([^\W\d_]{{3,}}n)\b", re.I)  # "om te kopen" and "door te werken" are oftener something else
_PREPOSITIONS = frozenset(["aan", "achter", "bij", "binnen", "in", "mee", "na", "onder", "op", "over", "tegen", "tussen", "uit", "voor"])
_RARER = 1.6  # Zipf: "een plek om in te slapen" is no "inslapen", which is so much rarer than "slapen"; "uitzetten" is less rarer than "zetten"
_WORD = re.compile(r"[^\W\d_]+")
_PLURAL = re.compile(r"[aeiouy]\w*(?:ingen|heden|iteiten)$")  # "meldingen" is the plural of a noun, "dringen" a verb
LEAST_FREQUENCY = 2.3  # Zipf: an infinitive that Dutch uses at least some twice in ten million words


def separable_verbs(text: str) -> list[str]:
    """Return the infinitives of the separable verbs that stand apart in a Dutch text: those parted by "te", then those whose particle ends a clause."""
    found = [whole for parted in _WITH_TE.finditer(text) if (whole := _parted_by_te(parted)) != parted[0]]
    for particle in _AT_END.finditer(text):
        if particle[1] in CAPITAL_NAMES:
            continue
        before = re.split(r"[.;:?!]", text[:particle.start()])[-1]
        for word in reversed(_WORD.findall(before)):
            whole = _joined(particle[1].casefold(), fold(word))
            if whole:
                found.append(whole)
                break
    return found


def joined_with_te(text: str) -> str:
    """Return a Dutch text with the infinitives that "te" parts in one word: "om in te zoomen" is "om inzoomen"."""
    return _WITH_TE.sub(_parted_by_te, text)


def _parted_by_te(parted: re.Match[str]) -> str:
    """Return the verb as one word when Dutch has it, else the words as they stood."""
    from wordfreq import zipf_frequency

    verb = fold(parted[2])
    whole = parted[1].casefold() + verb
    least = max(LEAST_FREQUENCY, zipf_frequency(verb, "nl") - _RARER) if parted[1].casefold() in _PREPOSITIONS else LEAST_FREQUENCY
    return whole if zipf_frequency(whole, "nl") >= least else parted[0]


@lru_cache(maxsize=50_000)
def _joined(particle: str, word: str) -> str:
    """Return particle and infinitive as one verb when Dutch has it and `word` is a form of it, else nothing."""
    from wordfreq import zipf_frequency

    known = [particle + infinitive for infinitive in _infinitives(word) if zipf_frequency(particle + infinitive, "nl") >= LEAST_FREQUENCY]
    return known[0] if known and len(word) > 2 else ""


def _infinitives(word: str) -> list[str]:
    """Return what the infinitive of a finite verb may be: its dictionary form, itself, or its stem with "en" (wijst, wijzen)."""
    if _PLURAL.search(word):
        return []
    from simplemma import lemmatize

    stem = word.removesuffix("t")
    soft = stem[:-1] + {"s": "z", "f": "v"}.get(stem[-1:], stem[-1:])
    offers = (fold(lemmatize(word, lang="nl")), word, f"{stem}en", f"{soft}en", f"{stem}{stem[-1:]}en")
    return [offer for offer in dict.fromkeys(offers) if offer.endswith("n") and len(offer) > 3 and offer != "heen"]  # "een" is no verb, nor "heen" of "het"


def is_form(word: str, infinitive: str) -> bool:
    """Say whether a word is a finite form of a verb."""
    return infinitive in _infinitives(fold(word))
