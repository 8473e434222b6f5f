"""Which way a sentence says that things go: up or down, worse or better; Dutch and English together."""

import re

from index.separable_verbs import separable_verbs

UP, DOWN, WORSE, BETTER = range(4)
_DIRECTIONS = tuple(re.compile(rf"\b(?:{words})\b", re.I) for words in (
    r"stijg\w*|steeg|stegen|gestegen|toene\w+|toenam\w*|toegenomen|groei\w*|gegroeid|groter|meer|vaker|verhoog\w*|hoger|steeds|increas\w*|ris(?:e|es|ing|en)"
    r"|rose|rais(?:e|es|ed|ing)|grow\w*|grew|more|higher|larger|greater",
    r"dal(?:en|t|ing|ende)|daal\w*|gedaald|afne\w+|afnam\w*|afgenomen|verminder\w*|minder|lager|kleiner|krimp\w*|decreas\w*|declin\w*|drop(?:s|ped)?"
    r"|fall(?:s|ing|en)?|fell|fewer|less|lower|reduc\w*|shrink\w*",
    r"verslecht\w*|slechter|achteruit\w*|worse\w*|deteriorat\w*", r"verbeter\w*|beter|vooruitgang|improv\w*|better"))
_OPPOSITE = {UP: DOWN, DOWN: UP, WORSE: BETTER, BETTER: WORSE}


def directions(text: str) -> frozenset[int]:
    """Return the directions that a sentence names; "neemt ... af" counts as "afnemen"."""
    whole = " ".join((text, *separable_verbs(text)))
    return frozenset(number for number, words in enumerate(_DIRECTIONS) if words.search(whole))


def opposed(one: str, other: str) -> bool:
    """Say whether one text names a direction of which the other names only the opposite."""
    said, source = directions(one), directions(other)
    return any(_OPPOSITE[way] in source and way not in source for way in said if _OPPOSITE[way] not in said)
