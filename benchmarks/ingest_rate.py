"""How fast files are read and texts embedded, as ratios: to pypdfium2 alone, to one worker, to embedding one by one, to float32.

    python -m benchmarks.ingest_rate FILE.pdf [TEXT.md]

Ratios are of processor time of this process, so that other work on the machine counts less; those of workers are of wall time.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from index.bundled import bundled_encoder
from index.encoder import Encoder
from ingest.documents import Document
from ingest.reading import ReadingSettings, read_document
from ingest.sources import SourceFile
from ingest.worker import read_all

_TEXTS = 128


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


def reading(path: Path) -> None:
    """Print what reading a PDF takes beside its bare text, and what several workers gain."""
    read = lambda: read_document(path, doc=path.name, settings=ReadingSettings())  # noqa: E731
    pages, alone, ours = len(read().pages), seconds(lambda: text_alone(path)), seconds(read)
    print(f"{pages} pages: text alone {alone:.2f} s, document with boxes {ours:.2f} s, {ours / alone:.1f} times; {1000 * ours / pages:.0f} ms a page")
    sources = [SourceFile(path, f"{number}.pdf", str(number)) for number in range(4)]
    one, two = (seconds(lambda count=count: list(read_all(sources, ReadingSettings(), workers=count)), clock=time.perf_counter)
                for count in (1, 2))
    print(f"four times that file: one worker {one:.1f} s, two {two:.1f} s, {one / two:.2f} times as fast (wall time)")


def embedding(document: Document, encoder: Encoder) -> None:
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


def main() -> int:
    """Print both."""
    names = [Path(name) for name in sys.argv[1:]]
    for path in names:
        if path.suffix == ".pdf":
            reading(path)
        else:
            embedding(read_document(path, doc=path.name, settings=ReadingSettings()), bundled_encoder())
    return 0


if __name__ == "__main__":
    sys.exit(main())
