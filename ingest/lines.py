"""Words and lines of text with their places, and the marks by which a line tells what it is."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.blocks import Box

NUMBERED = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?=[A-ZÀ-Þ])")
BULLET = re.compile(r"^(?:[•·▪■●○◦‣⁃➢►✓*–—-]|\(?(?:[a-z]{1,2}|\d{1,2}|[ivx]{1,4})[.)°])\s+(?=\S)")
CLOSED = re.compile(r"[.!?…:;][\"”’»)\]]*$")

# A sentence that opens so goes on with what was said before: it is no signal of its own. A definite article points back too.
LEANING = re.compile(
    r"^(?:bijvoorbeeld|dit|dat|deze|die|ze|zij|hij|het|de|hierdoor|hierbij|hiermee|daardoor|daarbij|daarmee|daarom|daarnaast|ook|zo|maar|echter|verder|bovendien"
    r"|vervolgens|hun|for example|this|that|these|those|they|it|he|she|the|also|moreover|however|therefore|as a result|their)\b", re.I)
MOST_SIGNAL_WORDS = 60  # chosen, not measured


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word, its box, its type size in points and weight.

    `glued`: no white space parts it from the word before. `raised`: it is a superscript. `apart`: something that is not part of
    the text stands between it and the word before. `doubtful`: the file does not say which letters it shows.
    """

    text: str
    box: Box
    size: float = 10.0
    bold: bool = False
    glued: bool = False
    raised: bool = False
    apart: bool = False
    doubtful: bool = False

    @property
    def height(self) -> float:
        """The height of its box in points."""
        return self.box.y1 - self.box.y0

    @property
    def middle(self) -> float:
        """How far down the page its middle stands."""
        return (self.box.y0 + self.box.y1) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line of one column: its words from left to right, the box around them, its type size in points, whether it is bold."""

    words: tuple[PlacedWord, ...]
    box: Box
    size: float
    bold: bool = False

    @classmethod
    def of(cls, words: Sequence[PlacedWord]) -> "Line":
        """Make a line of words; its size is that of most of its letters."""
        sizes = Counter[float]()
        for word in words:
            sizes[round(word.size, 1)] += len(word.text)
        letters = sum(len(word.text) for word in words)
        bold = sum(len(word.text) for word in words if word.bold) > 0.7 * letters
        return cls(tuple(words), around([word.box for word in words]), sizes.most_common(1)[0][0], bold=bold)

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return "".join(word.text if not number or word.glued else f" {word.text}" for number, word in enumerate(self.words))


def around(boxes: Sequence[Box]) -> Box:
    """Return the box around some boxes of one page."""
    return Box(boxes[0].page, min(box.x0 for box in boxes), min(box.y0 for box in boxes), max(box.x1 for box in boxes), max(box.y1 for box in boxes))
