"""Reads made-up pages in the layouts of policy reports, and prints how much of each comes back whole and in order.

    python -m benchmarks.layouts [seeds]
"""

import sys
import tempfile
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.layout_pages import LAYOUTS, Page
from benchmarks.office_pages import office, office_pages
from ingest.documents import Document
from ingest.reading import ReadingSettings, read_document


@dataclass(frozen=True, slots=True)
class Score:
    """How many sentences, rows and notes a page has, how many came back whole, and how many of these in order."""

    total: int
    whole: int
    ordered: int
    rows: int
    rows_found: int
    faults: tuple[str, ...]

    @property
    def share(self) -> float:
        """The share of sentences that are whole and in order."""
        return self.ordered / self.total


def read(pdf: bytes, folder: Path) -> Document:
    """Read the bytes of a PDF."""
    path = folder / "page.pdf"
    path.write_bytes(pdf)
    return read_document(path, doc="page.pdf", settings=ReadingSettings())


def score(page: Page, document: Document) -> Score:
    """Compare a reading with what the page holds; a sentence is whole when one passage has exactly it among its sentences."""
    places = {document.text[start:end]: start for one in document.passages for start, end in one.sentences}
    found = [[places.get(sentence, -1) for sentence in run] for run in page.runs]
    faults = [sentence for run in page.runs for sentence in run if sentence not in places]
    rows = {(one.context, one.text) for one in document.passages if one.kind == "row"}
    notes = {one.text for one in document.passages if one.kind == "footnote"}
    faults += [str(row) for row in page.rows if row not in rows] + [note for note in page.notes if note not in notes]
    faults += [f"not left out: {text}" for text in page.absent if text in document.text]
    return Score(sum(map(len, found)), sum(place >= 0 for run in found for place in run),
                 sum(longest_rise([place for place in run if place >= 0]) for run in found),
                 len(page.rows) + len(page.notes), sum(row in rows for row in page.rows) + sum(note in notes for note in page.notes), tuple(faults))


def longest_rise(places: list[int]) -> int:
    """Return the length of the longest increasing subsequence."""
    ends: list[int] = []
    for place in places:
        position = bisect_left(ends, place)
        ends[position:position + 1] = [place]
    return len(ends)


def main(seeds: int, *, faults: bool = False) -> None:
    """Print a table of layouts: those of reportlab, and those of LibreOffice where it is installed."""
    sys.stdout.write("| layout | sentences | whole | whole and in order | rows and notes exact |\n|---|---|---|---|---|\n")
    with tempfile.TemporaryDirectory() as folder:
        for name, make in LAYOUTS.items():
            _print(name, [score(page, read(page.pdf, Path(folder))) for page in map(make, range(1, seeds + 1))], faults=faults)
        if office() is None:
            sys.stdout.write("LibreOffice is not installed here: its layouts were left out\n")
            return
        for name, pages in office_pages(seeds, Path(folder)).items():
            _print(name, [score(page, read(page.pdf, Path(folder))) for page in pages], faults=faults)


def _print(name: str, scores: Sequence[Score], *, faults: bool) -> None:
    total, rows = sum(one.total for one in scores), sum(one.rows for one in scores)
    exact = f"{sum(one.rows_found for one in scores)} of {rows}" if rows else ""
    sys.stdout.write(f"| {name} | {total} | {sum(one.whole for one in scores) / total:.1%} "
                     f"| {sum(one.ordered for one in scores) / total:.1%} | {exact} |\n")
    for one in scores if faults else ():
        sys.stdout.write("".join(f"    {fault}\n" for fault in one.faults[:6]))


if __name__ == "__main__":
    main(int(next((one for one in sys.argv[1:] if one.isdigit()), "5")), faults="--faults" in sys.argv)
