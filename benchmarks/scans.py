"""Scans made of known text, recognised: how many words come out right, by what tesseract says of its confidence.

    python -m benchmarks.scans TEXT...

Each text's first words are set on pages, turned into pictures, and made worse step by step: coarser, blurred, speckled, skewed.
"""

import random
import sys
import tempfile
from difflib import SequenceMatcher
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from ingest.ocr import QUOTABLE_PAGE, QUOTABLE_WORD, RecognisedPage, recognised

WORSE = ((300, 0.0, 0.0, 0.0), (200, 0.0, 0.01, 0.3), (150, 0.6, 0.02, 0.5), (110, 0.6, 0.02, 0.8), (90, 0.8, 0.03, 1.0), (72, 0.8, 0.05, 1.5))
_WORDS = 300


def scan(words: list[str], *, dpi: int, blur: float, specks: float, skew: float, seed: int = 0) -> Image.Image:
    """Return a page of A4 with these words as a scanner of `dpi` would give it; `specks` is the share of pixels, `skew` degrees."""
    width, height = round(8.27 * dpi), round(11.69 * dpi)
    page, font = Image.new("L", (width, height), 255), ImageFont.load_default(11 / 72 * dpi)
    draw, x, y = ImageDraw.Draw(page), 0.1 * width, 0.08 * height
    for word in words:
        length = draw.textlength(word + " ", font=font)
        if x + length > 0.9 * width:
            x, y = 0.1 * width, y + 15 / 72 * dpi
        draw.text((x, y), word, font=font, fill=20)
        x += length
    page = page.rotate(skew, fillcolor=255, resample=Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(blur * dpi / 150))
    draws = random.Random(seed)
    for _ in range(round(specks * width * height)):
        page.putpixel((draws.randrange(width), draws.randrange(height)), draws.randrange(256))
    return page


def right(words: list[str], page: RecognisedPage) -> list[bool]:
    """Say of each recognised word whether it stands, the same, in the text at that place."""
    found = [word.text for word in page.words]
    marks = [False] * len(found)
    for block in SequenceMatcher(a=words, b=found, autojunk=False).get_matching_blocks():
        marks[block.b:block.b + block.size] = [True] * block.size
    return marks


def main() -> int:
    """Print a row for each step, then the share of right words by confidence over all of them."""
    texts = [Path(name).read_text(encoding="utf-8") for name in sys.argv[1:]]
    by_word: list[tuple[float, bool]] = []
    print(f"{'dpi':>4} {'words':>6} {'right':>6} {'confidence':>10} {'quotable':>9} {'right there':>11}")
    with tempfile.TemporaryDirectory() as folder:
        for dpi, blur, specks, skew in WORSE:
            rows: list[tuple[RecognisedPage, list[bool]]] = []
            for number, text in enumerate(texts):
                words = [word for word in text.split() if word.isascii() or word.isalpha()][2_000:2_000 + _WORDS] or text.split()[:_WORDS]
                path = Path(folder) / f"{dpi}-{number}.pdf"
                scan(words, dpi=dpi, blur=blur, specks=specks, skew=skew, seed=number).save(path, resolution=dpi)
                page = recognised(path, [1]).get(1, RecognisedPage((), ()))
                rows.append((page, right(words, page)))
            every = [(one, mark) for page, marks in rows for one, mark in zip(page.confidences, marks, strict=True)]
            quoted = [mark for page, marks in rows if page.quotable
                      for one, mark in zip(page.confidences, marks, strict=True) if one >= QUOTABLE_WORD]
            by_word += every
            mean = sum(page.confidence for page, _ in rows) / len(rows)
            print(f"{dpi:>4} {len(every):>6} {share([mark for _, mark in every]):>6} {mean:>10.2f} {len(quoted):>9} {share(quoted):>11}", flush=True)
    for low in (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9):
        marks = [mark for one, mark in by_word if low <= one < (1.01 if low == 0.9 else low + 0.1 if low >= 0.5 else low + 0.2)]
        print(f"confidence from {low}: {share(marks)} of {len(marks)}")
    print(f"line for pages {QUOTABLE_PAGE}, for words {QUOTABLE_WORD}")
    return 0


def share(marks: list[bool]) -> str:
    """The share of right ones."""
    return f"{sum(marks) / len(marks):.3f}" if marks else "-"


if __name__ == "__main__":
    sys.exit(main())
