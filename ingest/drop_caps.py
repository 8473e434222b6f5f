"""The large letter with which a first word begins, joined again to the rest of its word."""

from collections.abc import Sequence
from dataclasses import replace

from ingest.blocks import Box
from ingest.lines import PlacedWord

_LARGER = 1.6     # than the word that it begins; chosen, not measured
_WIDEST_GAP = 0.3  # of its size, between the letter and the word
_WORDS = {"A": "en", "I": "en", "U": "nl"}  # letters that are words: "U kunt"


def with_drop_caps(words: Sequence[PlacedWord]) -> list[PlacedWord]:
    """Return the words of a page; a drop cap gets the size and height of the line in which its word stands, and its word follows it."""
    changed: dict[int, PlacedWord] = {}
    for cap in words:
        if len(cap.text) != 1 or not cap.text.isupper():
            continue
        rest = min((word for word in words if _beside(cap, word)), key=lambda word: word.box.y0, default=None)
        if rest is not None and rest.text[:1].islower() and _one_word(cap.text, rest.text):
            box = Box(cap.box.page, cap.box.x0, rest.box.y0, cap.box.x1, rest.box.y1)
            changed[id(cap)] = replace(cap, box=box, size=rest.size, bold=rest.bold)
            changed[id(rest)] = replace(rest, glued=True)
    return [changed.get(id(word), word) for word in words]


def _beside(cap: PlacedWord, word: PlacedWord) -> bool:
    gap = word.box.x0 - cap.box.x1
    near = -0.1 * cap.size <= gap <= _WIDEST_GAP * cap.size and cap.box.y0 <= word.middle <= cap.box.y1
    return near and cap.size >= _LARGER * word.size


def _one_word(letter: str, rest: str) -> bool:
    """Say whether a letter belongs to the word behind it; where the letter is a word itself, the usual one of both readings."""
    from wordfreq import zipf_frequency

    if letter not in _WORDS:
        return True
    whole, alone = (zipf_frequency(text.casefold(), _WORDS[letter]) for text in (letter + rest, rest))
    return whole >= alone
