"""Dutch compounds that leave their last part to the next one, written out: "bron- en transitielanden" holds "bronlanden"."""

import re

from index.words import split_compound

_SHARED = re.compile(
    r"\b(?P<first>[^\W\d_]{3,})- (?P<between>en|of|en/of|dan wel|alsmede|evenals|als(?: (?:bij|van|voor|in|tegen))?|and|or) "
    r"(?=(?P<whole>[^\W\d_]{6,})\b(?: (?P<noun>[^\W\d_]{4,})\b)?)", re.I)


def completed_compounds(text: str) -> list[str]:
    """Return the compounds whose last part stands in the next word only, each written out, in order."""
    return [whole for shared in _SHARED.finditer(text) if (whole := _completed(shared)) != shared["first"]]


def with_whole_compounds(text: str) -> str:
    """Return a text in which such compounds are written out where they stand."""
    return _SHARED.sub(lambda shared: f"{_completed(shared)} {shared['between']} ", text)


def _completed(shared: re.Match[str]) -> str:
    """Return the compound that is meant, or its first part alone where the next word is none and what stands behind that makes none with it."""
    parts = split_compound(shared["whole"].casefold())
    if not parts and shared["noun"] and shared["whole"].endswith("e"):  # "arbeids- en seksuele uitbuiting"
        return shared["first"] + shared["noun"] if split_compound(f"{shared['first']}{shared['noun']}".casefold()) else shared["first"]
    return shared["first"] + parts[-1] if parts else shared["first"]
