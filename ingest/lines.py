"""Words and lines of text with their places, the marks by which a line tells what it is, and lines joined into one text.

Words broken at a line end are joined by Dutch rules: "mensen-/handel" is one word, "bron- en" two words that share a part,
"Noord-/Holland" and "B8/B9-/procedure" keep the hyphen. What the rules leave open is decided by words: those of the document
itself, then those of the language.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.blocks import Box, WordBox

NUMBERED = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?=[A-ZÀ-Þ])")
BULLET = re.compile(r"^(?:[•·▪■●○◦‣⁃➢►✓*–—-]|\(?(?:[a-z]{1,2}|\d{1,2}|[ivx]{1,4})[.)°])\s+(?=\S)")
CLOSED = re.compile(r"[.!?…:;][\"”’»)\]]*$")

# A sentence that opens so goes on with what was said before: it is no signal of its own. A definite article points back too.
LEANING = re.compile(
    r"^(?:bijvoorbeeld|dit|dat|deze|die|ze|zij|hij|het|de|hierdoor|hierbij|hiermee|daardoor|daarbij|daarmee|daarom|daarnaast|ook|zo|maar|echter|verder|bovendien"
    r"|vervolgens|hun|for example|this|that|these|those|they|it|he|she|the|also|moreover|however|therefore|as a result|their)\b", re.I)
_MOST_SIGNAL_WORDS, _USUAL_SIGNAL_WORDS, _FEWEST_SIGNALS = 60, 25, 6  # chosen, not measured

_BROKEN = re.compile(r"(?P<stem>[^\W_]+)(?P<space> ?)[-‐\u00ad]$")
_FIRST = re.compile(r"[^\W\d_][^\W_]*(?:-[^\W_]+)*")
_LOWER_END = re.compile(r"([^\W\d_]+)[-‐]$")
_LOWER_START = re.compile(r"[a-zà-ÿ]+")
_SHARED = re.compile(r"^(?:en|of|and|or|dan wel|respectievelijk|tot en met|als|noch)\b")
_PREFIXES = frozenset(["niet", "non", "oud", "ex", "vice", "mede"])  # written with a hyphen where the whole is no word of the list
_ENOUGH_LINES = 20   # fewer lines do not tell whether words are broken at line ends
_BROKEN_SHARE = 0.025  # of lines: narrow columns break a word in every fifth line, wide ones in every twentieth
_CLEAR_SHARE = 0.4   # of these breaks, a part is no word of its own: hyphens that belong to the word mostly part two words


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
        return cls(tuple(words), Box.around([word.box for word in words]), sizes.most_common(1)[0][0], bold=bold)

    @property
    def text(self) -> str:
        """The words with single spaces."""
        return "".join(word.text if not number or word.glued else f" {word.text}" for number, word in enumerate(self.words))


def usual_size(pieces: Iterable[PlacedWord | Line]) -> float:
    """Return the type size that holds most letters, to half a point; 10 where there are none."""
    sizes = Counter[float]()
    for piece in pieces:
        sizes[round(piece.size * 2) / 2] += len(piece.text)
    return max(sizes.most_common(1)[0][0], 1.0) if sizes else 10.0


def are_signals(texts: Iterable[str]) -> bool:
    """Say whether the texts of a page, headings left out, are short statements that stand on their own: many, nearly all short; items do not count."""
    words = [len(text.split()) for text in texts if not BULLET.match(text)]
    short = sum(count <= _MOST_SIGNAL_WORDS for count in words)
    return len(words) >= _FEWEST_SIGNALS and short >= 0.9 * len(words) and median(words) <= _USUAL_SIGNAL_WORDS


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of the document at hand, folded to lower case, and whether its words are broken at line ends."""

    words: frozenset[str]
    breaks_words: bool = True

    @classmethod
    def of(cls, texts: Iterable[str], lines: Sequence[str] = ()) -> "Vocabulary":
        """Take the words of some texts (a word that is broken at a line end does not count), and the habit of some lines."""
        words = frozenset(word.casefold() for text in texts for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*(?![-\w])", text))
        return cls(words, breaks_words=cls(words)._breaks(lines))

    def knows(self, word: str) -> bool:
        """Say whether a word stands in the document or in the word list of the language."""
        return word.casefold() in self.words or _listed(word)

    def joins_with_hyphen(self, stem: str) -> bool:
        """Say whether the document has other words that begin with this part and a hyphen."""
        return any(word.startswith(f"{stem.casefold()}-") for word in self.words)

    def _breaks(self, lines: Sequence[str]) -> bool:
        broken = [(left[1], right[0]) for before, after in pairwise(lines)
                  if (left := _LOWER_END.search(before)) and (right := _LOWER_START.match(after)) and not _SHARED.match(after)]
        clear = sum(not (_listed(stem) and _listed(rest)) for stem, rest in broken)
        return len(lines) < _ENOUGH_LINES or (len(broken) >= _BROKEN_SHARE * len(lines) and clear >= _CLEAR_SHARE * len(broken))


def _listed(word: str) -> bool:
    from wordfreq import zipf_frequency

    return zipf_frequency(word.casefold(), "nl") > 1.5 or zipf_frequency(word.casefold(), "en") > 2.5


def join_line(left: str, right: str, *, vocabulary: Vocabulary) -> str:
    """Return two lines as one; a hyphen at the end of the left one goes, or stays, with or without a space after it."""
    left, right = left.rstrip(), right.lstrip()
    broken, first = _BROKEN.search(left), _FIRST.match(right)
    if not left or not right:
        return left + right
    if re.search(r"\S[–/]$|\w[-‐]$", left) and (re.match(r"\(\w+\)\w", right) or left[-1] in "–/"):
        return left + right
    if broken is None or first is None or _SHARED.match(right):
        if broken is not None and first is None and right[:1].isdigit() and not broken["space"]:
            return left + right
        return f"{left} {right}"
    soft = left.endswith("\u00ad")
    head = left[:broken.end("stem")]
    if soft or _one_word(broken["stem"], first[0], spaced=bool(broken["space"]), vocabulary=vocabulary):
        return head + right
    return f"{left} {right}" if broken["space"] else f"{left}{right}"


def _one_word(stem: str, rest: str, *, spaced: bool, vocabulary: Vocabulary) -> bool:
    """Say whether the parts are one word without a hyphen."""
    joined, hyphened = stem + rest, f"{stem}-{rest}"
    if any(character.isdigit() for character in stem) or (stem.isupper() and len(stem) > 1):
        return False
    if rest[:1].isupper():
        return False
    if joined.casefold() in vocabulary.words:
        return True
    if hyphened.casefold() in vocabulary.words:
        return False
    if _listed(joined) or spaced:
        return True
    if stem.casefold() in _PREFIXES or rest.casefold() == "achtig" or len(stem) == 1 or vocabulary.joins_with_hyphen(stem):
        return False
    return vocabulary.breaks_words or not (vocabulary.knows(stem) and vocabulary.knows(rest))


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A text with the boxes of its words (a broken word has one on each line), in formats that have places, and the spans that are in doubt."""

    text: str
    words: tuple[WordBox, ...] = ()
    doubtful: tuple[tuple[int, int], ...] = ()


def joined(lines: Sequence[Line], vocabulary: Vocabulary) -> PlacedText:
    """Return the text of some lines."""
    text, words, doubtful = "", list[WordBox](), list[tuple[int, int]]()
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
    return PlacedText(text, tuple(words), tuple(doubtful))
