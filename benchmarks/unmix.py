"""Mixes pages of two columns line by line and measures how they are taken apart again; fifty other pages must not change.

    python -m benchmarks.unmix samples/fictief ../shared/data/law            the pages for tuning
    python -m benchmarks.unmix --held-out samples/fictief ../shared/data/law

exact: sentences of the paragraphs that come back whole, of all. sure: sentences that may be quoted, of all that come back;
right: those of them that stand so in the paragraphs. A sentence counts as often as it was printed.
"""

import re
import sys
import time
from collections import Counter
from pathlib import Path

from benchmarks.mixed_pages import MixedPage, mixed_pages, paragraphs
from benchmarks.unmixed_pages import unmixed_pages
from ingest.plain import page_blocks
from ingest.sentences import sentence_spans
from ingest.unmix import unmixed


def gold(page: MixedPage) -> Counter[str]:
    """Return the sentences of a page as they were before."""
    return Counter(text[first:last] for text in (re.sub(r"\s+", " ", one) for one in page.paragraphs) for first, last in sentence_spans(text))


def scored(page: MixedPage) -> Counter[str]:
    """Take a page apart and count its sentences: expected, exact, found, sure, and right among the sure; and words lost."""
    split = unmixed(page.rows)
    found: Counter[str] = Counter()
    sure: Counter[str] = Counter()
    for block in page_blocks(split, 1):
        for first, last in sentence_spans(block.text):
            if block.kind != "heading":
                found[block.text[first:last]] += 1
                sure[block.text[first:last]] += not any(one < last and first < other for one, other in block.doubtful)
    expected = gold(page)
    kept = Counter(word for column in split.columns for line in column.lines for word in line.split())
    return Counter(expected=expected.total(), exact=(expected & found).total(), found=found.total(), sure=sure.total(),
                   right=(sure & expected).total(), detected=int(len(split.columns) > 1), lost=(Counter(" ".join(page.rows).split()) - kept).total())


def main(folders: list[Path], *, held_out: bool) -> None:
    """Print a line for each page and the sums."""
    sums: Counter[str] = Counter()
    slowest = 0.0
    for page in mixed_pages(folders, held_out=held_out):
        started = time.perf_counter()
        counts = scored(page)
        slowest = max(slowest, time.perf_counter() - started)
        sums += counts
        sys.stdout.write(f"exact {counts['exact']:3d} of {counts['expected']:3d}; sure {counts['sure']:3d}, right {counts['right']:3d}; {page.kind}\n")
    others = unmixed_pages(paragraphs(folders, held_out=False))
    changed = [kind for kind, lines in others if unmixed(lines).columns[0].lines != tuple(lines)]
    sys.stdout.write(f"mixed pages found {sums['detected']}; sentences exact {sums['exact'] / sums['expected']:.3f} ({sums['expected']}); "
                     f"sure {sums['sure'] / sums['found']:.3f}, of these right {sums['right'] / max(sums['sure'], 1):.3f}; words lost {sums['lost']}; "
                     f"slowest page {slowest:.2f} s; unmixed pages changed {len(changed)} of {len(others)} {changed}\n")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:] if name != "--held-out"], held_out="--held-out" in sys.argv)
