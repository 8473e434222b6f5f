"""Reads made-up pages, and prints how much of each comes back whole and in order.

    python -m benchmarks.layouts [seeds] [--faults]                                in the layouts of policy reports
    python -m benchmarks.layouts --mixed samples/fictief ../shared/data/law        two columns mixed line by line, the pages for tuning
    python -m benchmarks.layouts --mixed samples/fictief ../shared/data/law --held-out [--count 96]

Mixed: fifty other pages, which are not, must not change. exact: sentences of the paragraphs that come back whole, of all. sure:
sentences that may be quoted; right: those of them that stand so in the paragraphs or are a heading; certain: sentences of the
paragraphs that may be quoted, of all. Sentences are those of passages, both of the page and of its paragraphs. A sentence counts as
often as it was printed.
"""

import argparse
import sys
import tempfile
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.layout_pages import LAYOUTS, Page
from benchmarks.mixed_pages import MixedPage, mixed_pages, paragraphs, unmixed_pages
from benchmarks.office_pages import office, office_pages
from ingest.blocks import Block, Draft
from ingest.documents import Document
from ingest.passages import assemble
from ingest.reading import ReadingSettings, read_document
from ingest.text_files import page_blocks
from ingest.unmix import Column, Unmixed, unmixed


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


def read_layouts(seeds: int, *, faults: bool) -> None:
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


def sentences(blocks: Sequence[Block], *, quotable: bool = False) -> Counter[str]:
    """Return the sentences of the passages that are made of some blocks; with `quotable` only those that may be quoted."""
    document = assemble(Draft(tuple(blocks)), doc="page", sha256="0" * 64, metadata={})
    return Counter(document.text[first:last] for passage in document.passages if passage.quotable or not quotable
                   for first, last in passage.sentences)


def gold(page: MixedPage) -> Counter[str]:
    """Return the sentences of a page as they were before, as they are read from a text with a paragraph on each line."""
    return sum((sentences(page_blocks(Unmixed((Column((text,)),)), 1)) for text in page.paragraphs), Counter())


def counted(page: MixedPage) -> Counter[str]:
    """Take a page apart and count its sentences: expected, exact, found, sure, and right among the sure; and words lost."""
    split = unmixed(page.rows)
    blocks = page_blocks(split, 1)
    expected, found, sure = gold(page), sentences(blocks), sentences(blocks, quotable=True)
    kept = Counter(word for column in split.columns for line in column.lines for word in line.split())
    return Counter(expected=expected.total(), exact=(expected & found).total(), found=found.total(), sure=sure.total(),
                   right=(sure & (expected + Counter(page.headings))).total(), certain=(sure & expected).total(),
                   detected=int(len(split.columns) > 1), lost=(Counter(" ".join(page.rows).split()) - kept).total())


def take_apart(folders: list[Path], *, held_out: bool, count: int) -> None:
    """Print a line for each page and the sums."""
    sums: Counter[str] = Counter()
    slowest = 0.0
    for page in mixed_pages(folders, held_out=held_out, count=count):
        started = time.perf_counter()
        counts = counted(page)
        slowest = max(slowest, time.perf_counter() - started)
        sums += counts
        sys.stdout.write(f"exact {counts['exact']:3d} of {counts['expected']:3d}; sure {counts['sure']:3d}, right {counts['right']:3d}; {page.kind}\n")
    others = unmixed_pages(paragraphs(folders, held_out=False))
    changed = [kind for kind, lines in others if unmixed(lines).columns[0].lines != tuple(lines)]
    sys.stdout.write(f"mixed pages found {sums['detected']}; sentences exact {sums['exact'] / sums['expected']:.3f} ({sums['expected']}); "
                     f"certain {sums['certain'] / sums['expected']:.3f}; sure {sums['sure']}, right {sums['right'] / max(sums['sure'], 1):.3f}; "
                     f"words lost {sums['lost']}; "
                     f"slowest page {slowest:.2f} s; unmixed pages changed {len(changed)} of {len(others)} {changed}\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("seeds", type=int, nargs="?", default=5)
    parser.add_argument("--faults", action="store_true", help="what did not come back")
    parser.add_argument("--mixed", type=Path, nargs="+", metavar="FOLDER", help="mix pages made of the Markdown in these folders")
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--count", type=int, default=24)
    given = parser.parse_args()
    if given.mixed:
        take_apart(given.mixed, held_out=given.held_out, count=given.count)
    else:
        read_layouts(given.seeds, faults=given.faults)


if __name__ == "__main__":
    main()
