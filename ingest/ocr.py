"""Text recognition of scanned pages by the system's tesseract (the extra `ocr`): words with boxes and confidences.

The page is read as it is shown: a text layer that lies unseen over a scan is never trusted.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.blocks import Box
from ingest.errors import UsageError
from ingest.lines import PlacedWord

LANGUAGES = ("nld", "eng")
# measured with `python -m benchmarks.reading scans`: of the words on pages of .91 and .94, .97 to .996 are right, on those of .78 .62
QUOTABLE_PAGE = 0.88  # mean confidence; a page below it is searched, not quoted
QUOTABLE_WORD = 0.70  # a sentence with a word below it is not quoted; of words below it on all those pages at most .31 are right
_DPI = 300            # what tesseract's models were made for
_LONGEST_SIDE = 5_000  # pixels; A2 and larger are recognised more coarsely
_SECONDS = 60         # for one page; a page that takes longer counts as one without text


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """The words of a page in tesseract's order, and how sure it is of each, 0 to 1."""

    words: tuple[PlacedWord, ...]
    confidences: tuple[float, ...]

    @property
    def confidence(self) -> float:
        """The mean over the letters of the page; 0 for a page without words."""
        letters = [len(word.text) for word in self.words]
        sure = sum(count * each for count, each in zip(letters, self.confidences, strict=True))
        return sure / sum(letters) if letters else 0.0

    @property
    def quotable(self) -> bool:
        """Whether the page as a whole was recognised well enough to be quoted."""
        return self.confidence >= QUOTABLE_PAGE


def check_ocr() -> None:
    """Raise UsageError, saying what to install, where the extra, tesseract or one of its languages is missing."""
    try:
        import pytesseract
    except ImportError as error:
        raise UsageError("text recognition needs the extra `ocr`: pip install 'bronvast[ocr]'") from error
    try:
        known = pytesseract.get_languages()
    except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError) as error:
        raise UsageError("text recognition needs tesseract: on Debian `apt install tesseract-ocr tesseract-ocr-nld`") from error
    missing = [language for language in LANGUAGES if language not in known]
    if missing:
        raise UsageError(f"tesseract lacks the languages {', '.join(missing)}: on Debian `apt install tesseract-ocr-{missing[0]}`")


def recognised(path: Path, numbers: Sequence[int]) -> Mapping[int, RecognisedPage]:
    """Recognise physical pages (from 1) of a PDF that can be opened; a page without words, or over its time, is left out."""
    import pypdfium2

    os.environ["OMP_THREAD_LIMIT"] = "1"  # for the tesseract that we start: pages are shared among processes, not threads
    found = {}
    document = pypdfium2.PdfDocument(path)
    try:
        for number in numbers:
            try:
                page = document[number - 1]
                words = _recognised_page(page, number)
            except pypdfium2.PdfiumError:  # cannot be drawn
                continue
            if words.words:
                found[number] = words
    finally:
        document.close()
    return found


def _recognised_page(page: Any, number: int) -> RecognisedPage:  # noqa: ANN401  (pypdfium2 has no types)
    import pytesseract

    width, height = page.get_size()
    scale = min(_DPI / 72, _LONGEST_SIDE / max(width, height, 1.0))
    picture = page.render(scale=scale, grayscale=True).to_pil()
    try:
        table = pytesseract.image_to_data(picture, lang="+".join(LANGUAGES), config=f"--dpi {round(72 * scale)}", timeout=_SECONDS,
                                          output_type=pytesseract.Output.DICT)
    except RuntimeError:  # over its time, or tesseract's own: nothing on the page that it takes for text, or a page too small for it
        return RecognisedPage((), ())
    return _words(table, number, scale)


def _words(table: Mapping[str, Sequence[Any]], number: int, scale: float) -> RecognisedPage:
    """Turn tesseract's rows into words; those of a line share its top, bottom and size, as letters with and without tails do."""
    lines: dict[tuple[int, int, int], list[int]] = {}
    for row, text in enumerate(table["text"]):
        if str(text).strip() and float(table["conf"][row]) >= 0:
            lines.setdefault((table["block_num"][row], table["par_num"][row], table["line_num"][row]), []).append(row)
    words, confidences = [], []
    for rows in lines.values():
        tops, ends = [table["top"][row] for row in rows], [table["top"][row] + table["height"][row] for row in rows]
        top, bottom = sorted(tops)[len(tops) // 4] / scale, sorted(ends)[-1 - len(ends) // 4] / scale
        for row in rows:
            left, right = table["left"][row] / scale, (table["left"][row] + table["width"][row]) / scale
            confidence = float(table["conf"][row]) / 100
            box = Box(number, left, top, right, max(bottom, top + 1.0))
            words.append(PlacedWord(str(table["text"][row]).strip(), box, box.y1 - box.y0, doubtful=confidence < QUOTABLE_WORD))
            confidences.append(confidence)
    return RecognisedPage(tuple(words), tuple(confidences))
