"""Pages of two columns mixed line by line come apart again; pages that are not mixed stay as they are."""

from collections import Counter

from benchmarks.layouts import counted
from benchmarks.mixed_pages import mixed_pages, paragraphs, unmixed_pages
from ingest.unmix import unmixed


def test_mixed_pages_of_many_kinds_come_apart_and_no_word_is_lost(samples):
    sums: Counter[str] = Counter()
    for page in mixed_pages([samples / "fictief"], held_out=True, count=8):
        sums.update(counted(page))
    assert sums["lost"] == 0 and sums["detected"] == 8
    assert sums["exact"] >= 0.8 * sums["expected"]
    assert sums["right"] >= 0.95 * sums["sure"] and sums["certain"] >= 0.4 * sums["expected"]


def test_pages_that_are_not_mixed_stay_exactly_as_they_are(samples):
    short = paragraphs([samples / "fictief"], held_out=False) + paragraphs([samples / "fictief"], held_out=True)
    pages = unmixed_pages([" ".join(short[start:start + 3]) for start in range(len(short) - 2)])
    assert [kind for kind, lines in pages[::3] if unmixed(lines).columns[0].lines != tuple(lines)] == []


def test_a_paragraph_on_each_line_is_not_searched_for_columns():
    long = ["woord " * 400] * 100
    assert unmixed(long).columns[0].lines == tuple(long)
