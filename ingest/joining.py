"""Lines joined into the text of a block, with the place of each word in it."""

from collections.abc import Sequence

from ingest.blocks import WordBox
from ingest.hyphens import Vocabulary, join_line
from ingest.lines import Line

BETWEEN = " | "  # the cells of a row

Placed = tuple[str, list[WordBox], list[tuple[int, int]]]


def joined(lines: Sequence[Line], vocabulary: Vocabulary) -> Placed:
    """Return the text of some lines, the boxes of its words (a broken word has one on each line), and the spans that are in doubt."""
    text, words = "", list[WordBox]()
    doubtful: list[tuple[int, int]] = []
    for line in lines:
        fresh = line.text
        whole = join_line(text, fresh, vocabulary=vocabulary) if text else fresh
        offset = len(whole) - len(fresh)
        if offset < len(text):  # a hyphen and perhaps its space went
            words = [word for word in words if word.start < offset]
            if words and words[-1].end > offset:
                words[-1] = WordBox(words[-1].start, offset, words[-1].box, words[-1].apart)
        text = whole
        for number, word in enumerate(line.words):
            offset += bool(number and not word.glued)
            words.append(WordBox(offset, offset + len(word.text), word.box, word.apart))
            if word.doubtful:
                doubtful.append((offset, offset + len(word.text)))
            offset += len(word.text)
    return text, words, doubtful


def beside(cells: Sequence[Placed]) -> Placed:
    """Return the filled cells of a row as one text."""
    text, words, doubtful = "", list[WordBox](), list[tuple[int, int]]()
    for cell, boxes, doubts in cells:
        if cell:
            text += BETWEEN if text else ""
            words += [word.moved(len(text)) for word in boxes]
            doubtful += [(first + len(text), last + len(text)) for first, last in doubts]
            text += cell
    return text, words, doubtful
