"""How files are read: how fast, how equal in other formats, how right from scans.

    python -m benchmarks.reading rate FILE.pdf [TEXT.md]
    python -m benchmarks.reading conversions TEXT.md... [--differences]
    python -m benchmarks.reading scans TEXT...

`rate`: reading and embedding as ratios: to pypdfium2 alone, to one worker, to embedding one by one, to float32. Ratios are of
processor time of this process, so that other work on the machine counts less; those of workers are of wall time.
`conversions`: the same text as Markdown, HTML, DOCX, ODT and PDF. HTML is made by markdown-it, the others from that HTML by LibreOffice
(`soffice` on the path). A passage counts as equal when the same characters, white space folded, are one passage there; the share is
of characters.
`scans`: each text's first words are set on pages, turned into pictures, made worse step by step (coarser, blurred, speckled, skewed)
and recognised: how many words come out right, by what tesseract says of its confidence.
"""

import argparse
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
from markdown_it import MarkdownIt
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from benchmarks.office_pages import converted
from index.bundled import bundled_encoder
from index.encoder import Encoder
from ingest.documents import Document
from ingest.ocr import QUOTABLE_PAGE, QUOTABLE_WORD, RecognisedPage, recognised
from ingest.reading import ReadingSettings, read_document
from ingest.sources import SourceFile
from ingest.worker import read_all

_TEXTS = 128
KINDS = ("html", "docx", "odt", "pdf")
WORSE = ((300, 0.0, 0.0, 0.0), (200, 0.0, 0.01, 0.3), (150, 0.6, 0.02, 0.5), (110, 0.6, 0.02, 0.8), (90, 0.8, 0.03, 1.0), (72, 0.8, 0.05, 1.5))
_WORDS = 300


def read(path: Path) -> Document:
    """Read a file without the limits of a worker."""
    return read_document(path, doc=path.name, settings=ReadingSettings())


def seconds(call: Callable[[], object], *, clock: Callable[[], float] = time.process_time) -> float:
    """Return what a call takes."""
    began = clock()
    call()
    return clock() - began


def text_alone(path: Path) -> int:
    """Read the text of a PDF with pypdfium2 and nothing else; return its characters."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    return sum(len(document[number].get_textpage().get_text_range()) for number in range(len(document)))


def reading_rate(path: Path) -> None:
    """Print what reading a PDF takes beside its bare text, and what several workers gain."""
    pages, alone, ours = len(read(path).pages), seconds(lambda: text_alone(path)), seconds(lambda: read(path))
    print(f"{pages} pages: text alone {alone:.2f} s, document with boxes {ours:.2f} s, {ours / alone:.1f} times; {1000 * ours / pages:.0f} ms a page")
    sources = [SourceFile(path, f"{number}.pdf", str(number)) for number in range(4)]
    one = seconds(lambda: list(read_all(sources, ReadingSettings(), workers=1)), clock=time.perf_counter)
    two = seconds(lambda: list(read_all(sources, ReadingSettings(), workers=2)), clock=time.perf_counter)
    print(f"four times that file: one worker {one:.1f} s, two {two:.1f} s, {one / two:.2f} times as fast (wall time)")


def embedding_rate(document: Document, encoder: Encoder) -> None:
    """Print what embedding in one batch, sorted by length, gains over one text at a time, and what bfloat16 gains and changes."""
    texts = [passage.text for passage in document.passages][:_TEXTS]
    encoder.passages(texts[:2])
    together, single = seconds(lambda: encoder.passages(texts)), seconds(lambda: [encoder.passages([text]) for text in texts])
    print(f"{len(texts)} passages: one by one {single:.1f} s, together {together:.1f} s, {single / together:.2f} times as fast, "
          f"{len(texts) / together:.0f} a second of processor")
    exact = encoder.passages(texts)
    import torch

    model = encoder._loaded()  # type: ignore[attr-defined]
    model.to(torch.bfloat16)
    half = seconds(lambda: encoder.passages(texts))
    coarse = encoder.passages(texts)
    model.to(torch.float32)
    queries = encoder.queries([text.split(".")[0][:80] for text in texts])
    first, other = (queries @ vectors.T for vectors in (exact, coarse))
    same = float(np.mean(first.argmax(axis=1) == other.argmax(axis=1)))
    print(f"bfloat16 {half:.1f} s, {together / half:.2f} times as fast; cosine with float32 {float(np.mean((exact * coarse).sum(axis=1))):.4f}, "
          f"lowest {float(np.min((exact * coarse).sum(axis=1))):.4f}; same passage first for {same:.3f} of {len(texts)} questions")


def rate(paths: list[Path]) -> None:
    """Print both."""
    for path in paths:
        if path.suffix == ".pdf":
            reading_rate(path)
        else:
            embedding_rate(read(path), bundled_encoder())


def equal_share(one: Document, other: Document) -> float:
    """The share of the characters of `one` whose passage is a passage of `other` too."""
    there = Counter(" ".join(passage.text.split()) for passage in other.passages)
    equal = total = 0
    for passage in one.passages:
        text = " ".join(passage.text.split())
        total += len(text)
        if there[text]:
            there[text] -= 1
            equal += len(text)
    return equal / total if total else 1.0


def sections_share(one: Document, other: Document) -> float:
    """The share of the headings of `one` that are headings of `other`, in their last part."""
    there = {section.path[-1] for section in other.sections}
    return sum(section.path[-1] in there for section in one.sections) / max(1, len(one.sections))


def conversions(paths: list[Path], *, differences: bool) -> None:
    """Print a row for each text and format, and the first passages that are not equal where they are wanted."""
    print(f"{'text':<50} {'kind':<5} {'passages':>13} {'equal':>7} {'sections':>8}")
    with tempfile.TemporaryDirectory() as temporary:
        for name in paths:
            law, folder = read(name), Path(temporary)
            page = folder / f"{name.stem}.html"
            body = MarkdownIt("commonmark").enable("table").render(name.read_text("utf-8"))
            page.write_text(f"<html><head><meta charset=utf-8></head><body>{body}</body></html>", "utf-8")
            for kind in KINDS:
                if kind != "html":
                    converted([page], folder, kind, read_as="HTML (StarWriter)")
                other = read(page.with_suffix(f".{kind}"))
                print(f"{name.stem[:50]:<50} {kind:<5} {len(law.passages):>6}/{len(other.passages):>6} {equal_share(law, other):>7.4f} "
                      f"{sections_share(law, other):>8.3f}", flush=True)
                if differences:
                    there = {" ".join(passage.text.split()) for passage in other.passages}
                    for passage in [one for one in law.passages if " ".join(one.text.split()) not in there][:6]:
                        print("      ", passage.kind, repr(passage.text[:160]))


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


def scans(paths: list[Path]) -> None:
    """Print a row for each step, then the share of right words by confidence over all of them."""
    texts = [path.read_text(encoding="utf-8") for path in paths]
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


def share(marks: list[bool]) -> str:
    """The share of right ones."""
    return f"{sum(marks) / len(marks):.3f}" if marks else "-"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("rate", "conversions", "scans"))
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--differences", action="store_true", help="of conversions: the first passages that are not equal")
    given = parser.parse_args()
    if given.what == "conversions":
        conversions(given.files, differences=given.differences)
    else:
        (rate if given.what == "rate" else scans)(given.files)


if __name__ == "__main__":
    main()
