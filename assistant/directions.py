"""Which way a sentence says that things go: up or down, better or worse, ahead or behind ...; Dutch and English together."""

import re

from index.separable_verbs import separable_verbs

_PAIRS = (
    (r"stijg\w*|steeg|stegen|gestegen|toene\w+|toenam\w*|toegenomen|groei\w*|gegroeid|groter|meer|vaker|verhoog\w*|hoger"
     r"|steeds(?! (?:\w+ )?(?:minder|lager|kleiner|gedaald|afgenomen|verminderd))|increas\w*|ris(?:e|es|ing|en)"
     r"|rose|rais(?:e|es|ed|ing)|grow\w*|grew|more|higher|larger|greater",
     r"dal(?:en|t|ing|ende)|daal\w*|gedaald|afne\w+|afnam\w*|afgenomen|verminder\w*|minder|lager|kleiner|krimp\w*|decreas\w*|declin\w*|drop(?:s|ped)?"
     r"|fall(?:s|ing|en)?|fell|fewer|less|lower|reduc\w*|shrink\w*"),
    (r"verbeter\w*|beter|vooruitgang|improv\w*|better", r"verslecht\w*|slechter|achteruit\w*|worse\w*|deteriorat\w*"),
    (r"voorop\w*|voorloper\w*|koploper\w*|front[ -]?runners?|ahead|leads the way|pioneer\w*",
     r"(?:loopt|lopen|liep|liepen|blijft|blijven|bleef|bleven|raakt|raken) achter|achterlo\w*|achterbl\w*|achterstand\w*|behind|lag(?:s|ging|ged)?"),
    (r"streng\w*|strikt\w*|krampachtig\w*|strict\w*|stringent\w*|tighter", r"losser|soepel\w*|versoepel\w*|laks\w*|lenient\w*|looser|relaxed"),
    (r"sneller|vlugger|versnel\w*|faster|quicker|sooner|accelerat\w*", r"langzamer|trager|vertraag\w*|vertraging\w*|slower|slow(?:s|ed) down|longer|langer"),
    (r"makkelijk\w*|gemakkelijk\w*|eenvoudiger|easier|simpler", r"moeilijk\w*|lastig\w*|moeizam\w*|bemoeilijk\w*|belemmer\w*|difficult\w*|harder (?:to|for)"
     r"|hamper\w*|hinder(?:s|ed|ing)?"))
_DIRECTIONS = tuple(re.compile(rf"\b(?:{words})\b", re.I) for pair in _PAIRS for words in pair)


_WEAKENED = re.compile(r"\b(?:te|too|minder|less|niet|not) \w+", re.I)  # "te soepel" is a wish for stricter
_PLAIN = 4  # the directions of the first two pairs, which are denied by their opposite wherever that stands


def directions(text: str) -> frozenset[int]:
    """Return the directions that a sentence names, the two of a pair 2n and 2n + 1; "neemt ... af" counts as "afnemen"."""
    whole = " ".join((text, *separable_verbs(text)))
    bare = _WEAKENED.sub(" ", whole)
    return frozenset(number for number, words in enumerate(_DIRECTIONS) if words.search(whole if number < _PLAIN else bare))


def opposed(one: str, other: str, cause: str = "") -> bool:
    """Say whether one text names a direction of which the other names only the opposite; of ease, speed and the like not in its `cause`."""
    said, source = directions(one), directions(other)
    aside = frozenset(way for way in directions(cause) if way >= _PLAIN)
    return any(way ^ 1 in source - aside and way not in source for way in said if way ^ 1 not in said)
