"""Words broken at a line end, joined again by Dutch rules.

"mensen-/handel" is one word, "bron- en" two words that share a part, "Noord-/Holland" and "B8/B9-/procedure" keep the
hyphen. What the rules leave open is decided by words: those of the document itself, then those of the language.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

_BROKEN = re.compile(r"(?P<stem>[^\W_]+)(?P<space> ?)[-‐\u00ad]$")
_FIRST = re.compile(r"[^\W\d_][^\W_]*(?:-[^\W_]+)*")
_SHARED = re.compile(r"^(?:en|of|and|or|dan wel|respectievelijk|tot en met|als|noch)\b")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of the documents at hand, folded to lower case."""

    words: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Vocabulary":
        """Take the words of some texts; a word that is broken at a line end does not count."""
        return cls(frozenset(word.casefold() for text in texts for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*(?![-\w])", text)))

    def knows(self, word: str) -> bool:
        """Say whether a word stands in the documents or in the word list of the language."""
        from wordfreq import zipf_frequency

        folded = word.casefold()
        return folded in self.words or zipf_frequency(folded, "nl") > 1.5 or zipf_frequency(folded, "en") > 2.5


def join_line(left: str, right: str, *, vocabulary: Vocabulary) -> str:
    """Return two lines as one; a hyphen at the end of the left one goes, or stays, with or without a space after it."""
    left, right = left.rstrip(), right.lstrip()
    broken, first = _BROKEN.search(left), _FIRST.match(right)
    if not left or not right:
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
    if vocabulary.knows(joined) or spaced:
        return True
    return not (rest.casefold() in ("achtig",) or len(stem) == 1)
