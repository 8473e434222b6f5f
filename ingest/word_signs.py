"""Signs of a Word file that are no plain text: those of a symbol font, and formulas; what cannot be read as text is in doubt."""

import re
from dataclasses import replace

from ingest.blocks import Block, Remark
from ingest.word_styles import Element, W

UNKNOWN = "\ufffd"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SYMBOL = dict(zip((0xA3, 0xB3, 0xB1, 0xB4, 0xB8, 0xB9, 0xBB, 0xB7, 0xAE, 0xAC, 0xAB, 0xA5, 0xD6, 0xB0, 0x44, 0x53, 0x61, 0x62, 0x67, 0x64, 0x6D, 0x70, 0x73),
                   "≤≥±×÷≠≈•→←↔∞√°ΔΣαβγδμπσ", strict=True))
_WINGDINGS = {0x6F: "□", 0xA8: "□", 0xA7: "▪", 0x9F: "•", 0xE0: "→", 0xDF: "←", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}


def sign(element: Element) -> str | None:
    """Return what a symbol or formula says, UNKNOWN where no text says it, None for other elements."""
    if element.tag == f"{W}sym":
        return _symbol(element.get(f"{W}font") or "", element.get(f"{W}char") or "")
    if element.tag != f"{_M}oMath":
        return None
    plain = all(child.tag == f"{_M}r" for child in element)  # a fraction or power has parts of its own
    return "".join(one.text or "" for one in element.iter(f"{_M}t")) if plain else UNKNOWN


def _symbol(font: str, char: str) -> str:
    if not re.fullmatch(r"[\dA-Fa-f]{1,5}", char):
        return UNKNOWN
    code = int(char, 16)
    known = _FONTS.get(font.casefold())
    if known is not None:
        return known.get(code - 0xF000 if code >= 0xF000 else code, UNKNOWN)
    return chr(code) if 0x20 <= code < 0xD800 else UNKNOWN


def in_doubt(blocks: list[Block]) -> tuple[list[Block], list[Remark]]:
    """Return blocks of which what holds an unknown sign is in doubt, and what is to be said of it."""
    found = [replace(block, doubtful=tuple(match.span() for match in re.finditer(UNKNOWN, block.text))) for block in blocks]
    count = sum(len(block.doubtful) for block in found)
    said = f"{count} signs or formulas cannot be read as text: the sentences around them are searched, not quoted"
    return found, [Remark("warning", said)] if count else []
