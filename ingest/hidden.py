"""Text that no reader of the page sees: what counts as too small or as white on white, and the record of it."""

import re

from ingest.blocks import Remark

SMALLEST_POINTS = 2.0  # text below this size cannot be read on paper or screen

_WHITE = re.compile(r"#?f{3}f?(?:f{3}f?)?|white|rgba?\(\s*255[\s,]+255[\s,]+255\s*(?:[,/]\s*[\d.]+%?\s*)?\)", re.I)
_POINTS = {"pt": 1.0, "px": 0.75, "em": 12.0, "rem": 12.0, "%": 0.12, "cm": 28.35, "mm": 2.835, "in": 72.0}
_LENGTH = re.compile(r"(-?\d*\.?\d+)\s*(pt|px|em|rem|%|cm|mm|in)?", re.I)


def is_white(colour: str | None) -> bool:
    """Say whether a colour, as CSS, OpenDocument or Word writes it, is white."""
    return bool(colour and _WHITE.fullmatch(colour.strip()))


def points(length: str | None) -> float | None:
    """Return a length of CSS or OpenDocument in points, and None where it has no number; a font of 1em is 12 points."""
    found = _LENGTH.fullmatch(length.strip()) if length else None
    if found is None:
        return None
    return float(found[1]) * _POINTS[(found[2] or "px").casefold()]


def too_small(size: str | None) -> bool:
    """Say whether a font size is below what can be read."""
    found = points(size)
    return found is not None and found < SMALLEST_POINTS


def quarantined(text: str, what: str = "hidden text") -> list[Remark]:
    """Return the record of hidden text, none where it is empty."""
    return [Remark("quarantined", what, text[:2000])] if text else []
