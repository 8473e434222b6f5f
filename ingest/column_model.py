"""What a way to part the rows of a page into two columns is worth: greedy filling, words that follow one another, gaps.

All worths are natural logarithms of likelihoods, so that they may be added and compared, and turned into chances.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from ingest.joints import CONTEXT, EDGE, HIDDEN, Codes, Joints, Vectors, contexts, edge_code, shape
from ingest.lines import CLOSED

Worth = NDArray[np.float64]
MOST_HEADING = 8     # words
LOWER = 0.15         # share of paragraphs in lower case that benchmarks/fit_joints.py makes
SPACE = 260.0        # between words, in thousandths of the type size
_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?")
# Widths of characters in thousandths of the type size: Helvetica and Times (Adobe's metrics), and a typewriter.
FONTS = ("sans", "serif", "mono")
_SANS = {191: "'‘’", 222: "ijl", 260: "|", 278: " !,./:;I[\\]ft", 333: "()-`r„“”", 334: "{}", 350: "•", 355: '"', 389: "*", 500: "Jcksvxyz",
         556: "#$0123456789?L_abdeghnopqu–", 584: "+<=>~", 611: "FTZ", 667: "&ABEKPSVXY", 722: "CDHNRUw", 778: "GOQ", 833: "Mm", 889: "%",
         944: "W", 1000: "—…", 1015: "@"}
_SERIF = {180: "'", 200: "|", 250: " ,.", 278: "/:;\\ijlt", 333: "!()-I[]`fr‘’", 350: "•", 389: "Js", 408: '"', 444: "?acez„“”", 480: "{}",
          500: "#$*0123456789_bdghknopquvxy–", 541: "~", 556: "FPS", 564: "+<=>", 611: "ELTZ", 667: "BCR", 722: "ADGHKNOQUVXYw", 778: "&m",
          833: "%", 889: "M", 921: "@", 944: "W", 1000: "—…"}
_ACCENTED = dict(zip("àáâäèéêëìíîïòóôöùúûüçñ", "aaaaeeeeiiiioooouuuucn", strict=True))


@dataclass(frozen=True, slots=True)
class Costs:
    """What the parts of a reading are worth, as logarithms of likelihoods; set on the tuning half of benchmarks/mixed_pages.py."""

    paragraph: float = -3.5     # a new paragraph
    skipped: float = -3.0       # going on behind rows that hold nothing of the column, where rows lie side by side
    out_of_step: float = -0.3   # the same where they do not
    paragraph_behind_gap: float = -0.7
    begun_before: float = -2.5  # at the top of a page: its first line goes on with another page
    unrelated: float = -3.0     # at least, of a row behind another read across: rows of tables and forms are units of their own
    ragged: float = 0.4         # most room, in tenths, that counts against a row read across: indented or ragged prose
    heading: float = 1.0        # the end of a numbered heading as the end of a paragraph
    stopped_heading: float = -2.0  # a line that starts with the number of a heading and ends with a full stop
    bare_number: float = -4.0   # the number of a heading alone as a paragraph
    ended_behind: float = -2.5  # at the foot of a page: its last line goes on on another page
    single: float = -0.7        # a row with one column only
    overfull: float = 8.0       # a line wider than its column by a tenth of it
    room: float = 7.0           # a line that left a tenth of its column empty though the next word fitted
    slack: float = 0.02         # share of a column's width that type and spacing may differ
    language: float = 0.9       # weight of the gains of joints
    switch: float = -6.0        # from rows across the whole page to two columns, or back
    spaced: float = 2.0         # two spaces or more where the row is parted


COSTS = Costs()


@dataclass(frozen=True, slots=True)
class Lines:
    """The possible lines of one column in one row, as what they end and start with.

    `ends`, `starts`: vectors of joints, by number of a line's variant; `end_gains`, `start_gains`: what a paragraph's edge is
    worth there; `end_of[k]`, `start_of[k]`: the variant when the row is parted at k.
    """

    ends: Vectors
    end_gains: Worth
    end_of: NDArray[np.int64]
    starts: Vectors
    start_gains: Worth
    start_of: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Row:
    """The words of a row and what joins them. `inner[k]`: the gain that is lost by parting at k. `marks[k]`: of wide space and headings."""

    words: tuple[str, ...]
    left: Lines
    right: Lines
    inner: Worth
    marks: Worth

    @property
    def count(self) -> int:
        """The number of words."""
        return len(self.words)


@dataclass(frozen=True, slots=True)
class Measures:
    """The widths of a row in one font: of the left line and the right one when parted at k, and of each word."""

    left: Worth
    right: Worth
    first: Worth


@dataclass(frozen=True, slots=True)
class Layout:
    """The widths of both columns and of the page, in thousandths of the type size, and what going on behind a gap costs."""

    left: float
    right: float
    page: float
    skipped: float


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of a page that hold text, in one font; `blanks`: empty rows before each."""

    rows: tuple[Row, ...]
    sizes: tuple[Measures, ...]
    blanks: tuple[int, ...]

    @property
    def widest(self) -> float:
        """The width of the widest row but for one in twenty."""
        return float(np.quantile([sizes.left[-1] for sizes in self.sizes], 0.95))


def measured(words: Sequence[str], font: str) -> Measures:
    """Measure a row."""
    space = _word_width(" ", font)
    each = np.array([_word_width(word, font) for word in words], dtype=float)
    along = np.concatenate([[0.0], np.cumsum(each + space)])
    return Measures(np.maximum(along - space, 0.0), np.maximum(along[-1] - along - space, 0.0), np.concatenate([each, [0.0]]))


def _word_width(word: str, font: str) -> float:
    """Return the width of a word; an accent does not widen a letter."""
    table = _table(font)
    return sum(table.get(_ACCENTED.get(letter, letter), 556 if font == "sans" else 500) for letter in word)


@lru_cache(maxsize=3)
def _table(font: str) -> Mapping[str, int]:
    if font == "mono":
        return MappingProxyType({chr(code): 500 for code in range(32, 127)})
    groups = _SANS if font == "sans" else _SERIF
    return MappingProxyType({letter: width for width, letters in groups.items() for letter in letters})


def rows_of(lines: Sequence[tuple[Sequence[str], Sequence[int]]], known: Joints) -> list[Row]:
    """Look up the joints of all rows at once; each row is its words and the spaces before each of them."""
    hidden = np.array(edge_code(known.kinds, HIDDEN))
    edge = np.tile(np.array(edge_code(known.kinds, EDGE)), (1, CONTEXT, 1))
    coded = [known.codes(words) for words, _ in lines]
    before = [_before(codes, hidden) for codes in coded]
    behind = [_behind(codes, hidden) for codes in coded]
    befores = known.before(np.concatenate([*before, edge]))
    behinds = known.behind(np.concatenate([*behind, edge]))
    end_gains = known.gains(befores, behinds[-1:])[:, 0] * COSTS.language
    start_gains = known.gains(befores[-1:], behinds)[0] * COSTS.language
    rows, at = [], 0
    for (words, spaces), codes in zip(lines, coded, strict=True):
        part = slice(at, at + len(codes) + CONTEXT)
        at = part.stop
        rows.append(_row(words, spaces, befores[part], behinds[part], end_gains[part], start_gains[part], known))
    return rows


def _before(codes: Codes, hidden: Codes) -> Codes:
    """Return what stands before joints: the ends of left lines of 1 to all words, then of right lines of 1 to CONTEXT words."""
    count = len(codes)
    lefts = contexts(codes, range(1, count + 1), before=True, hidden=hidden)
    rights = [contexts(codes, [count], before=True, least=max(count - size, 0), hidden=hidden) for size in range(1, CONTEXT + 1)]
    return np.concatenate([lefts, *rights])


def _behind(codes: Codes, hidden: Codes) -> Codes:
    """Return what stands behind joints: the starts of right lines at every word, then of left lines of 1 to CONTEXT words."""
    rights = contexts(codes, range(len(codes)), before=False, hidden=hidden)
    lefts = [contexts(codes, [0], before=False, most=min(size, len(codes)), hidden=hidden) for size in range(1, CONTEXT + 1)]
    return np.concatenate([rights, *lefts])


def _row(words: Sequence[str], spaces: Sequence[int], befores: Vectors, behinds: Vectors, end_gains: Worth, start_gains: Worth, known: Joints) -> Row:
    count = len(words)
    at = np.arange(count + 1)
    left = Lines(befores[:count], end_gains[:count], np.maximum(at - 1, 0), behinds[count:], start_gains[count:], np.clip(at, 1, CONTEXT) - 1)
    right = Lines(befores[count:], end_gains[count:], np.clip(count - at, 1, CONTEXT) - 1, behinds[:count], start_gains[:count],
                  np.minimum(at, max(count - 1, 0)))
    inner = np.zeros(count + 1)
    inner[1:-1] = (befores[:count - 1] * behinds[1:count]).sum(axis=1) + known.level
    wide = np.zeros(count + 1)
    wide[:-1] = [min(space - 1, 4) / 2 if space > 1 else 0.0 for space in spaces]
    _mark_headings(words, left, right)
    return Row(tuple(words), left, right, inner * COSTS.language, wide * COSTS.spaced + _stopped_headings(words))


def _mark_headings(words: Sequence[str], left: Lines, right: Lines) -> None:
    """Let a numbered heading end a paragraph though it has no full stop."""
    for start in (0, *range(1, len(words) - 1)):
        if not _numbered(words, start):
            continue
        if start == 0:
            least = np.full(min(len(words), MOST_HEADING), COSTS.heading)
            least[0] = left.end_gains[0] = left.end_gains[0] + COSTS.bare_number
            left.end_gains[:len(least)] = np.maximum(left.end_gains[:len(least)], least)
        size = len(words) - start
        if size <= CONTEXT:
            right.end_gains[size - 1] = max(right.end_gains[size - 1], COSTS.heading)


def _numbered(words: Sequence[str], start: int) -> bool:
    return start + 1 < len(words) and bool(_NUMBER.fullmatch(words[start])) and words[start + 1][:1].isupper()


def _stopped_headings(words: Sequence[str]) -> Worth:
    """Return the worth, by where a row is parted, of lines that start with the number of a heading and end with a full stop."""
    worth = np.zeros(len(words) + 1)
    closed = [bool(CLOSED.search(word)) for word in words]
    if _numbered(words, 0):
        worth[1:][closed] += COSTS.stopped_heading
    if closed[-1]:
        worth[[start for start in range(len(words)) if _numbered(words, start)]] += COSTS.stopped_heading
    return worth


def with_lower(row: Row, share: float) -> Row:
    """Return a row of a page where a share of the paragraphs start in lower case; the network has seen LOWER of them so."""
    fresh = np.array([{"lower": np.log(share / LOWER), "capital": np.log((1 - share) / (1 - LOWER))}.get(shape(word), 0.0) for word in row.words])
    left, right = (replace(lines, start_gains=lines.start_gains + more) for lines, more in ((row.left, fresh[0]), (row.right, fresh)))
    return replace(row, left=left, right=right)


def own_worth(row: Row, sizes: Measures, layout: Layout) -> Worth:
    """Return the worth of each way to part one row on its own, shape (words + 1,)."""
    over = np.maximum(sizes.left / layout.left - 1 - COSTS.slack, 0) + np.maximum(sizes.right / layout.right - 1 - COSTS.slack, 0)
    worth = row.marks - row.inner - COSTS.overfull * np.minimum(over * 10, 3.0)
    worth[0] += COSTS.single
    worth[-1] += COSTS.single
    return np.asarray(worth)
