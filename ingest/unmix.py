"""Takes two columns apart that an extraction mixed line by line.

A row of such a text holds a line of the left column, a line of the right one, or both. Each column was filled greedily: a
line breaks where the next word would not fit. All ways to part the rows are compared, by how full the lines are and how well
words follow one another, with reading the page straight across (docs/decisions/003-mixed-columns.md).

A sentence may be quoted that stands in nearly all likely readings of the page: readings are drawn by their chance and compared. A
reading holds a sentence when all its words follow one another in it and it begins and ends there, in whichever column.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from ingest.column_lattice import STRAIGHT, drawn, lattice
from ingest.column_parting import MEMORY, ColumnLine, Lined, Region, Word, best_parting
from ingest.joints import joints
from ingest.lines import CLOSED
from ingest.sentences import sentence_spans

LEAST_ROWS = 10
MOST_ROWS = 200      # a page; a longer one, as of a text without form feeds, stays as it is
MOST_WORDS = 50      # a row of two columns; a text with a paragraph on each line has more
LEAST_GAIN = 25.0    # how much likelier a parting must be, in natural logarithms
LEAST_FLOW = 4.5     # how much likelier, for each row, the lines of its columns must go on than start something new
_WORD = re.compile(r"(\s*)(\S+(?:(?<=[^\W\d_]) [-‐](?=\s*$))?)")  # "mensen -" at the end of a row is a broken word
DRAWS = 200
SURE = 0.95      # a sentence that stands in fewer is doubtful; on 72 pages for tuning .97 of the sentences above it were exact, .93 of those above .6

Readings = int          # a set of readings, a bit for each


@dataclass(frozen=True, slots=True)
class Column:
    """The lines of one column from the top; an empty line is a gap.

    `doubtful`: words of sentences that may not be whole, as number of the line and number in it; `continued`: numbers of lines
    that go on with the paragraph of the line before them, the first with that of the column before.
    """

    lines: tuple[str, ...]
    doubtful: frozenset[Word] = frozenset()
    continued: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Unmixed:
    """The columns in reading order, how many rows were parted, and the share of words in sure sentences."""

    columns: tuple[Column, ...]
    repaired: int = 0
    sure: float = 1.0


def unmixed(lines: Sequence[str]) -> Unmixed:
    """Return the columns of a page; a text that is not mixed comes back as the one column that it is."""
    whole = Unmixed((Column(tuple(lines)),))
    spaced = [_WORD.findall(line) for line in lines]
    filled = [position for position, words in enumerate(spaced) if words]
    if not LEAST_ROWS <= len(filled) <= MOST_ROWS or max(map(len, spaced)) > MOST_WORDS:
        return whole
    known = joints()
    parted = [([word for _, word in spaced[position]], [0, *(len(space) for space, _ in spaced[position][1:])]) for position in filled]
    blanks = [position - before - 1 for before, position in zip([-1, *filled], filled, strict=False)]
    parting = best_parting(parted, blanks, known)
    if parting.gain < LEAST_GAIN:
        return whole
    lined = Lined(parting.page, parting.layout, known)
    regions = list(lined.regions(parting.splits))
    if sum(max(line.flow, 0.0) for region in regions for column in region.columns for line in column) < LEAST_FLOW * len(filled):
        return whole
    unsure = _doubtful_words(lined, regions)
    columns: list[Column] = []
    for region in regions:
        if region.straight:
            start, rows = filled[region.rows.start], {filled[row]: row for row in region.rows}
            across = [(position - start, (rows[position], 0), parted[rows[position]][0]) for position in rows]
            columns.append(Column(tuple(lines[start:filled[region.rows[-1]] + 1]), frozenset(_tokens(across, unsure))))
        columns += [_column(column, unsure) for column in region.columns if column]
    repaired = sum(0 < split < row.count for split, row in zip(parting.splits, parting.page.rows, strict=True))
    return Unmixed(tuple(columns), repaired, 1 - len(unsure) / sum(row.count for row in parting.page.rows))


def _column(found: Sequence[ColumnLine], unsure: Set[Word]) -> Column:
    """Set the lines of a column; a gap stands where a paragraph ends that a reader of lines would not see."""
    lines: list[str] = []
    placed: list[tuple[int, Word, Sequence[str]]] = []
    continued = set()
    for line in found:
        if lines and line.flow < 0 and (line.apart or not CLOSED.search(lines[-1]) or line.text[:1].islower()):
            lines.append("")
        if line.flow > 0:
            continued.add(len(lines))
        placed.append((len(lines), line.begin, line.words))
        lines.append(line.text)
    return Column(tuple(lines), frozenset(_tokens(placed, unsure)), frozenset(continued))


def _tokens(placed: Iterable[tuple[int, Word, Sequence[str]]], unsure: Set[Word]) -> Iterator[tuple[int, int]]:
    """Yield doubtful words by line and number; each line has its number, the place of its first word, and its words."""
    for line, (row, first), words in placed:
        token = 0
        for number, word in enumerate(words):
            for _ in word.split():  # "mensen -" is one word of a row
                if (row, first + number) in unsure:
                    yield line, token
                token += 1


def _doubtful_words(lined: Lined, regions: Sequence[Region]) -> set[Word]:
    """Return the words of sentences that stand in too few of the likely readings."""
    layers = lattice(lined.page, lined.layout, lined.known, memory=MEMORY)
    readings = _Drawn.of(lined, drawn(layers, DRAWS))
    doubtful: set[Word] = set()
    for region in regions:
        for row in region.rows if region.straight else ():
            if readings.parted.get((row, STRAIGHT), 0).bit_count() < SURE * readings.count:
                doubtful.update((row, number) for number in range(lined.page.rows[row].count))
        for words in _sentences([line for column in region.columns for line in column]):
            if readings.holds(words, lined) < SURE:
                doubtful.update(words)
    return doubtful


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What holds in which of the drawn readings: rows parted before a word, joints of lines, and where sentences start and end."""

    count: int
    parted: dict[Word, Readings]
    joined: dict[tuple[Word, Word], Readings]
    starts: dict[Word, Readings]
    ends: dict[Word, Readings]

    @classmethod
    def of(cls, lined: Lined, readings: NDArray[np.int64]) -> "_Drawn":
        """Read a page in each of the drawn ways."""
        found = cls(len(readings), *(defaultdict(int) for _ in range(4)))
        chance = np.random.default_rng(8)
        distinct, which = np.unique(readings, axis=0, return_inverse=True)
        for number, splits in enumerate(distinct.tolist()):
            bits = sum(1 << int(reading) for reading in np.flatnonzero(which.ravel() == number))
            for row, split in enumerate(splits):
                found.parted[row, split] |= bits
            for region in lined.regions(splits):
                found._read(lined, region, bits, chance)
        return found

    def _read(self, lined: Lined, region: Region, bits: Readings, chance: np.random.Generator) -> None:
        for row in region.rows if region.straight else ():
            self.starts[row, 0] |= bits
            self.ends[row, len(lined.page.rows[row].words) - 1] |= bits
            if row > region.rows.start:
                self.joined[(row - 1, len(lined.page.rows[row - 1].words) - 1), (row, 0)] |= bits
        before: ColumnLine | None = None
        for line in (line for column in region.columns for line in column):
            if before is None:
                self.starts[line.begin] |= bits
            else:
                fresh = bits if _parts(before.text, line.text) else self._some(bits, 1 / (1 + np.exp(np.clip(line.flow, -50, 50))), chance)
                self.joined[before.end, line.begin] |= bits & ~fresh
                self.ends[before.end] |= fresh
                self.starts[line.begin] |= fresh
            before = line
        if before is not None:
            self.ends[before.end] |= bits

    def _some(self, bits: Readings, share: float, chance: np.random.Generator) -> Readings:
        """Return each of some readings with a chance."""
        if not 0.002 < share < 0.998:
            return bits if share > 0.5 else 0
        return bits & int.from_bytes(np.packbits(chance.random(self.count) < share).tobytes(), "big")

    def holds(self, words: Sequence[Word], lined: Lined) -> float:
        """Return the share of readings in which these words are a sentence."""
        agree = (1 << self.count) - 1
        for one, other in pairwise(words):
            agree &= ~self.parted.get(other, 0) if one[0] == other[0] else self.joined.get((one, other), 0)
        first, behind = words[0], (words[-1][0], words[-1][1] + 1)
        agree &= self.starts.get(first, 0) | self._within(first, lined)
        agree &= self.ends.get(words[-1], 0) | self._within(behind, lined)
        return agree.bit_count() / self.count

    def _within(self, word: Word, lined: Lined) -> Readings:
        """Return the readings in which a row goes on with this word, if a sentence begins there."""
        row, number = word
        words = lined.page.rows[row].words
        if not 0 < number < len(words) or not _parts(" ".join(words[:number]), " ".join(words[number:])):
            return 0
        return ~self.parted.get(word, 0)


def _sentences(lines: Sequence[ColumnLine]) -> Iterator[list[Word]]:
    """Yield the words of each sentence of lines in reading order; a paragraph ends where the next line more likely starts one."""
    paragraph: list[ColumnLine] = []
    for line in [*lines, None]:
        if paragraph and (line is None or line.flow < 0):
            yield from _cut([(word, (one.place[0], one.first + number)) for one in paragraph for number, word in enumerate(one.words)])
            paragraph = []
        if line is not None:
            paragraph.append(line)


def _cut(words: Sequence[tuple[str, Word]]) -> Iterator[list[Word]]:
    ends = list(accumulate(len(word) + 1 for word, _ in words))
    for _, last in sentence_spans(" ".join(word for word, _ in words)):
        sentence = [place for (_, place), end in zip(words, ends, strict=True) if end <= last + 1]
        words, ends = words[len(sentence):], ends[len(sentence):]
        if sentence:
            yield sentence


@lru_cache(maxsize=20_000)
def _parts(before: str, behind: str) -> bool:
    """Say whether a sentence ends between two lines of a paragraph."""
    return bool(CLOSED.search(before)) and any(last == len(before) for _, last in sentence_spans(f"{before} {behind}"))
