"""A vector for each word of the index, so that a question's word finds its neighbours in either language.

The model sees each word alone. Such vectors are compressed into a cone that differs by language, so the mean of a
language's common words is taken off first; then "children" lies at .76 from "kinderen" and .2 from the next Dutch noun
(looked at for some 40 words).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder

F32 = NDArray[np.float32]
LANGUAGES = ("nl", "en")
_COMMON_WORDS = 600  # chosen, not measured


@dataclass(frozen=True, slots=True)
class WordSpace:
    """`vectors[i]` belongs to `words[i]`: float32, words x dimensions, centred and of length 1."""

    words: tuple[str, ...]
    vectors: F32
    centres: dict[str, F32]

    def similarity(self, texts: Sequence[str], *, language: str, encoder: Encoder) -> F32:
        """Return the cosine of each text with each word: float32, texts x words."""
        if not texts:
            return np.zeros((0, len(self.words)), dtype=np.float32)
        return _unit(encoder.queries(list(texts)) - self.centres[language]) @ self.vectors.T


def open_word_space(folder: Path, words: Sequence[str], *, key: str, encoder: Encoder) -> WordSpace:
    """Return the word space of an index, read from `folder` where `key` still fits, else made and kept there.

    Words that are gone from the index leave the file with the next change, so that deleted text does not linger.
    """
    kept = folder / "words.npz"
    known: dict[str, F32] = {}
    centres: dict[str, F32] = {}
    if kept.exists():
        with np.load(kept, allow_pickle=False) as file:
            if str(file["model"]) == encoder.name:
                centres = {language: file[f"centre_{language}"] for language in LANGUAGES}
                old = [str(word) for word in file["words"]]
                if str(file["key"]) == key and old == list(words):
                    return WordSpace(tuple(words), file["vectors"].astype(np.float32), centres)
                known = dict(zip(old, file["vectors"].astype(np.float32), strict=True))
    centres = centres or {language: _centre(language, encoder) for language in LANGUAGES}
    new = [word for word in words if word not in known]
    if new:
        known |= dict(zip(new, _unit(encoder.queries(new) - centres["nl"]), strict=True))
    vectors = np.stack([known[word] for word in words]) if words else np.zeros((0, encoder.dimensions), np.float32)
    _keep(kept, words, vectors, centres, key=key, model=encoder.name)
    return WordSpace(tuple(words), vectors, centres)


def _keep(path: Path, words: Sequence[str], vectors: F32, centres: dict[str, F32], *, key: str, model: str) -> None:
    """Write the space beside its place and move it there, so that a reader never sees half of it."""
    partial = path.with_suffix(".partial.npz")
    try:
        np.savez(partial, words=np.array(words, dtype=np.str_), vectors=vectors.astype(np.float16), key=np.array(key),
                 model=np.array(model), centre_nl=centres["nl"], centre_en=centres["en"])
        partial.replace(path)
    except OSError:  # a read-only or full disk: the space still serves from memory
        partial.unlink(missing_ok=True)


def _centre(language: str, encoder: Encoder) -> F32:
    from wordfreq import top_n_list

    common = [word for word in top_n_list(language, 4 * _COMMON_WORDS)[200:] if word.isalpha()]
    return np.asarray(encoder.queries(common[:_COMMON_WORDS]).mean(axis=0), dtype=np.float32)


def _unit(vectors: F32) -> F32:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), dtype=np.float32)
