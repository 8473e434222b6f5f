"""How well words follow one another: two small networks read the words before and behind a joint (benchmarks/fit_joints.py).

The gain of a joint is log p(behind | before) / p(behind): 0 is what chance would give. It is the inner product of a vector of
the three words before and one of the three words behind, so that all joints of a page are compared at once.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Codes = NDArray[np.int64]

CONTEXT = 3
HIDDEN, EDGE, OTHER, NUMBER, BULLET = "<hidden>", "<edge>", "<other>", "<number>", "<bullet>"
TAIL = 4             # longest ending by which a rare word is known
SHAPES = ("none", "lower", "capital", "upper", "other")
ENDS = ("none", "stop", "pause", "comma", "broken", "close", "abbreviated")
OPENS = ("none", "bracket", "quote")
_STOP = re.compile(r"[.!?…][\"”’»)\]]*$")
_MARKS = re.compile(r"^[^\w]+|[^\w]+$")
_NUMERIC = re.compile(r"[\d.,/:%€-]*\d[\d.,/:%€-]*")
_ITEM = re.compile(r"[•·▪■●○◦‣⁃*–—-]|\(?(?:[a-z]|\d{1,2})[.)°]|[ivx]{2,4}[.)]")


@dataclass(frozen=True, slots=True)
class Tower:
    """One hidden layer and the weights behind it."""

    first: Vectors
    bias: Vectors
    second: Vectors

    def __call__(self, features: Vectors) -> Vectors:
        """Return vectors of shape (contexts, dimensions)."""
        return np.asarray(np.maximum(features @ self.first + self.bias, 0.0) @ self.second, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Joints:
    """The network: a table of word vectors, tables for how a word starts and ends, and a tower for each side."""

    kinds: Mapping[str, int]
    tables: tuple[Vectors, Vectors, Vectors, Vectors]
    before_tower: Tower
    behind_tower: Tower
    level: float

    def codes(self, words: Iterable[str]) -> Codes:
        """Return the kind, shape, end and opening of each word, shape (words, 4)."""
        return np.array([_code(word, self.kinds) for word in words], dtype=np.int64).reshape(-1, 4)

    def before(self, contexts: Codes) -> Vectors:
        """Return the vectors of contexts before a joint; codes of shape (contexts, CONTEXT, 4), the last word at the joint."""
        return self.before_tower(self._features(contexts))

    def behind(self, contexts: Codes) -> Vectors:
        """Return the vectors of contexts behind a joint, the first word at the joint; the level is added to each product."""
        return self.behind_tower(self._features(contexts))

    def gains(self, before: Vectors, behind: Vectors) -> NDArray[np.float64]:
        """Return the gain of every context before with every context behind."""
        return np.asarray(before @ behind.T + self.level, dtype=np.float64)

    def _features(self, contexts: Codes) -> Vectors:
        parts = [table[contexts[:, :, number]] for number, table in enumerate(self.tables)]
        return np.concatenate(parts, axis=2).reshape(len(contexts), -1)


@lru_cache(maxsize=1)
def joints() -> Joints:
    """Return the network that comes with the package."""
    with np.load(Path(__file__).with_name("joints.npz"), allow_pickle=False) as stored:
        kinds = {name: number for number, name in enumerate(str(stored["names"]).split("\n"))}
        words = stored["words"].astype(np.float32) * stored["scale"].astype(np.float32)
        shapes, ends, opens = (stored[name].astype(np.float32) for name in ("shapes", "ends", "opens"))
        before, behind = (Tower(*(stored[f"{side}_{part}"].astype(np.float32) for part in ("first", "bias", "second"))) for side in ("before", "behind"))
        return Joints(kinds, (words, shapes, ends, opens), before, behind, float(stored["level"]))


def edge_code(kinds: Mapping[str, int], name: str) -> tuple[int, int, int, int]:
    """Return the code of what is no word: the edge of a paragraph, or a word that is not known."""
    return kinds[name], 0, 0, 0


def contexts(codes: Codes, positions: Sequence[int], *, before: bool, least: int = 0, most: int | None = None, hidden: Codes) -> Codes:
    """Return the contexts at some joints of a line: words outside `least:most` count as not known."""
    most = len(codes) if most is None else most
    steps = range(-CONTEXT, 0) if before else range(CONTEXT)
    chosen = np.array([[position + step for step in steps] for position in positions], dtype=np.int64).reshape(-1, CONTEXT)
    padded = np.concatenate([codes, hidden[None, :]])
    chosen = np.where((chosen >= least) & (chosen < most), chosen, len(codes))
    return np.asarray(padded[chosen])


def core(word: str) -> str:
    """Return a word in lower case without the marks around it."""
    return _MARKS.sub("", word).casefold()


def tails(name: str) -> list[str]:
    """Return the names of the kinds that hold words with these endings, the longest first."""
    return [f"~{name[-count:]}" for count in range(TAIL, 1, -1) if len(name) > count]


def shape(word: str) -> str:
    """Say how a word starts: one of SHAPES."""
    bare = word.lstrip("\"“”‘’'„(«[")
    if bare[:1].islower():
        return "lower"
    if bare[:1].isupper():
        return "upper" if bare[:2].isupper() and len(bare) > 1 else "capital"
    return "other"


def _code(word: str, kinds: Mapping[str, int]) -> tuple[int, int, int, int]:
    return kind(word, kinds), SHAPES.index(shape(word)), ENDS.index(_end(word)), OPENS.index(_opening(word))


def kind(word: str, kinds: Mapping[str, int]) -> int:
    """Return the kind of a word: itself when frequent, else what its ending tells."""
    if _ITEM.fullmatch(word):
        return kinds[BULLET]
    name = core(word)
    if name in kinds:
        return kinds[name]
    if _NUMERIC.fullmatch(name):
        return kinds[NUMBER]
    return next((kinds[tail] for tail in tails(name) if tail in kinds), kinds[OTHER])


def _end(word: str) -> str:
    if _STOP.search(word):
        return "abbreviated" if len(word) == 2 and word[0].isupper() or word.count(".") > 1 and word[:1].islower() else "stop"
    if word.endswith((":", ";")):
        return "pause"
    if word.endswith(","):
        return "comma"
    if len(word) > 1 and word[-1] in "-‐\u00ad":
        return "broken"
    return "close" if word[-1:] in ")]”’»\"" else "none"


def _opening(word: str) -> str:
    return "bracket" if word[:1] in "([" else "quote" if word[:1] in "\"“‘„«'" else "none"
