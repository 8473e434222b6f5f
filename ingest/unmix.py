"""Takes two columns apart that an extraction mixed line by line.

A row of such a text holds a line of the left column, a line of the right one, or both. Each column was filled greedily: a
line breaks where the next word would not fit. All ways to part the rows are compared, by how full the lines are and how well
words follow one another, with reading the page straight across (docs/decisions/003-mixed-columns.md).
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from ingest.column_doubt import Word, doubtful_words
from ingest.column_lines import ColumnLine, Lined
from ingest.column_search import best_parting, pages_of
from ingest.joints import joints
from ingest.lines import CLOSED

LEAST_ROWS = 10
MOST_ROWS = 200      # a page; a longer one, as of a text without form feeds, stays as it is
MOST_WORDS = 50      # a row of two columns; a text with a paragraph on each line has more
LEAST_GAIN = 25.0    # how much likelier a parting must be, in natural logarithms
LEAST_FLOW = 4.5     # how much likelier, for each row, the lines of its columns must go on than start something new
_WORD = re.compile(r"(\s*)(\S+(?:(?<=[^\W\d_]) [-‐](?=\s*$))?)")  # "mensen -" at the end of a row is a broken word


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
    parting = best_parting(pages_of(parted, blanks, known), known)
    if parting.gain < LEAST_GAIN:
        return whole
    lined = Lined(parting.page, parting.layout, known)
    regions = list(lined.regions(parting.splits))
    if sum(max(line.flow, 0.0) for region in regions for column in region.columns for line in column) < LEAST_FLOW * len(filled):
        return whole
    unsure = doubtful_words(parting, lined, regions)
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
        placed.append((len(lines), (line.row, line.first), line.words))
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
