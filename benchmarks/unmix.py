"""Mixes pages of two columns line by line and measures how they are taken apart again; fifty other pages must not change.

    python -m benchmarks.unmix samples/fictief ../shared/data/law              the pages for tuning
    python -m benchmarks.unmix --held-out samples/fictief ../shared/data/law   `--count 96` for more than 24

exact: sentences of the paragraphs that come back whole, of all. sure: sentences that may be quoted; right: those of them that
stand so in the paragraphs or are a heading; certain: sentences of the paragraphs that may be quoted, of all. Sentences are
those of passages, both of the page and of its paragraphs. A sentence counts as often as it was printed.
"""

import sys
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.mixed_pages import MixedPage, mixed_pages, paragraphs
from benchmarks.unmixed_pages import unmixed_pages
from ingest.blocks import Block, Draft
from ingest.passages import assemble
from ingest.text_files import page_blocks
from ingest.unmix import Column, Unmixed, unmixed


def sentences(blocks: Sequence[Block], *, quotable: bool = False) -> Counter[str]:
    """Return the sentences of the passages that are made of some blocks; with `quotable` only those that may be quoted."""
    document = assemble(Draft(tuple(blocks)), doc="page", sha256="0" * 64, metadata={})
    return Counter(document.text[first:last] for passage in document.passages if passage.quotable or not quotable
                   for first, last in passage.sentences)


def gold(page: MixedPage) -> Counter[str]:
    """Return the sentences of a page as they were before, as they are read from a text with a paragraph on each line."""
    return sum((sentences(page_blocks(Unmixed((Column((text,)),)), 1)) for text in page.paragraphs), Counter())


def scored(page: MixedPage) -> Counter[str]:
    """Take a page apart and count its sentences: expected, exact, found, sure, and right among the sure; and words lost."""
    split = unmixed(page.rows)
    blocks = page_blocks(split, 1)
    expected, found, sure = gold(page), sentences(blocks), sentences(blocks, quotable=True)
    kept = Counter(word for column in split.columns for line in column.lines for word in line.split())
    return Counter(expected=expected.total(), exact=(expected & found).total(), found=found.total(), sure=sure.total(),
                   right=(sure & (expected + Counter(page.headings))).total(), certain=(sure & expected).total(),
                   detected=int(len(split.columns) > 1), lost=(Counter(" ".join(page.rows).split()) - kept).total())


def main(folders: list[Path], *, held_out: bool, count: int) -> None:
    """Print a line for each page and the sums."""
    sums: Counter[str] = Counter()
    slowest = 0.0
    for page in mixed_pages(folders, held_out=held_out, count=count):
        started = time.perf_counter()
        counts = scored(page)
        slowest = max(slowest, time.perf_counter() - started)
        sums += counts
        sys.stdout.write(f"exact {counts['exact']:3d} of {counts['expected']:3d}; sure {counts['sure']:3d}, right {counts['right']:3d}; {page.kind}\n")
    others = unmixed_pages(paragraphs(folders, held_out=False))
    changed = [kind for kind, lines in others if unmixed(lines).columns[0].lines != tuple(lines)]
    sys.stdout.write(f"mixed pages found {sums['detected']}; sentences exact {sums['exact'] / sums['expected']:.3f} ({sums['expected']}); "
                     f"certain {sums['certain'] / sums['expected']:.3f}; sure {sums['sure']}, right {sums['right'] / max(sums['sure'], 1):.3f}; "
                     f"words lost {sums['lost']}; "
                     f"slowest page {slowest:.2f} s; unmixed pages changed {len(changed)} of {len(others)} {changed}\n")


if __name__ == "__main__":
    parser = ArgumentParser()
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--count", type=int, default=24)
    parser.add_argument("folders", type=Path, nargs="+")
    given = parser.parse_args()
    main(given.folders, held_out=given.held_out, count=given.count)
