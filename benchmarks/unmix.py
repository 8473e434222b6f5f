"""Mixes pages of two columns line by line and measures how they are taken apart again.

    python -m benchmarks.unmix ../shared/data/law

Pages differ in width, length of the columns, and gaps; each is made from running paragraphs, and fifty pages stay unmixed.
"""

import random
import re
import sys
import textwrap
from collections import Counter
from pathlib import Path

from ingest.sentences import sentence_spans
from ingest.unmix import unmixed


def sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [text[first:last] for first, last in sentence_spans(text)]


def column(paragraphs: list[str], width: int, gap: bool) -> list[str]:
    """Fill a column greedily."""
    lines: list[str] = []
    for paragraph in paragraphs:
        lines += textwrap.wrap(paragraph, width, break_on_hyphens=False) + ([""] if gap else [])
    return lines


def joined(lines: list[str]) -> str:
    """Return the lines of a column as running text."""
    return re.sub(r"\s+", " ", " ".join(lines))


def main(folder: Path) -> None:
    """Print the share of sentences that come back whole, of those marked sure, the words lost, and the pages changed."""
    texts = [line for path in sorted(folder.glob("*.md")) for line in path.read_text(encoding="utf-8").splitlines() if 80 < len(line) < 600 and "|" not in line]
    chance = random.Random(4)
    exact = total = sure_exact = sure = lost = 0
    for number in range(24):
        width = (44, 52, 60, 68)[number % 4]
        left = column(chance.sample(texts, 4), width, number % 3 == 0)
        right = column(chance.sample(texts, 3 if number % 2 else 4), width, number % 3 == 0)
        rows = max(len(left), len(right))
        left, right = left + [""] * (rows - len(left)), right + [""] * (rows - len(right))
        mixed = [f"{a} {b}".strip() for a, b in zip(left, right, strict=True)]
        split = unmixed(mixed)
        found = " ".join(joined(list(one.lines)) for one in split.columns)
        lines = [(line, position in one.doubtful) for one in split.columns for position, line in enumerate(one.lines)]
        doubted = " ".join(line for line, doubt in lines if doubt)
        for sentence in sentences(joined(left)) + sentences(joined(right)):
            whole = sentence in found
            exact, total = exact + whole, total + 1
            if not any(part in doubted for part in textwrap.wrap(sentence, 25)):
                sure_exact, sure = sure_exact + whole, sure + 1
        lost += sum((Counter(" ".join(mixed).split()) - Counter(found.split())).values())
    changed = sum(len(unmixed(column(chance.sample(texts, 5), 60 + number, True)).columns) > 1 for number in range(50))
    sys.stdout.write(f"sentences whole {exact / total:.2f} ({total}); of the sure {sure_exact / max(sure, 1):.2f} ({sure}); "
                     f"words lost {lost}; unmixed pages changed {changed} of 50\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
