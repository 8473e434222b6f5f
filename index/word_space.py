"""A vector for each word of the index, so that a question's word finds its neighbours in either language.

The model sees each word alone. Such vectors are compressed into a cone that differs by language, so the mean of a
language's common words is taken off first; then "children" lies at .76 from "kinderen" and .2 from the next Dutch noun
(looked at for some 40 words).

Who writes to the index keeps them in one file, `words.npz`, for all audiences; who reads takes the rows of the words that may be seen.
The file counts the documents of each word, so that a word goes with the last of them.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from index import elliptic_compounds as elliptic_compounds_module
from index import number_words as number_words_module
from index import places as places_module
from index import separable_verbs as separable_verbs_module
from index import words as words_module
from index.bundled import BundledEncoder
from index.document_file import from_json
from index.elliptic_compounds import completed_compounds
from index.encoder import Encoder, of_length_one
from index.manifest import Entry, file_of
from index.products import dots
from index.separable_verbs import separable_verbs
from index.source_index import sentence_rows
from index.words import stems
from ingest.documents import Document, Passage

F16 = NDArray[np.float16]
F32 = NDArray[np.float32]
Stems = tuple[tuple[str, ...], tuple[str, ...]]
FILE = "words.npz"
CENTRES = "word_centres.npz"
LANGUAGES = ("nl", "en")
_COMMON_WORDS = 600  # chosen, not measured
_WORD = re.compile(r"[^\W_]+(?:[’'/-][^\W_]+)*")


def sentence_words(text: str) -> list[str]:
    """Return the words of a sentence as they are matched: as written, separable verbs put together, and compounds that share a part written out."""
    return [*_WORD.findall(text), *separable_verbs(text), *completed_compounds(text)]


def heading_words(heading: str) -> list[str]:
    """Return the words of a heading, see `heading`."""
    return _WORD.findall(heading)


def heading(passage: Passage) -> str:
    """Return what stands over a passage: title, section, introduction or column headings."""
    return f"{passage.title} {passage.section} {passage.context}"


def document_words(document: Document) -> set[str]:
    """Return every word of the sentences of a document and of what stands over them."""
    found = {word for _, start, end in sentence_rows(document)[0] for word in sentence_words(document.text[start:end])}
    for over in {heading(passage) for passage in document.passages}:
        found.update(heading_words(over))
    return found


@dataclass(frozen=True, slots=True)
class WordSpace:
    """`vectors[i]` belongs to `words[i]`: float32, words x dimensions, centred and of length 1; so do its stems, by language."""

    words: tuple[str, ...]
    stems: tuple[Stems, ...]
    vectors: F32
    centres: dict[str, F32]

    def similarity(self, vectors: F32, *, language: str) -> F32:
        """Return the cosine with each word of what the encoder makes of some words of a question (n x dimensions): float32, n x words."""
        return dots(of_length_one(vectors - self.centres[language]), self.vectors)


@dataclass(frozen=True, slots=True)
class KeptWords:
    """The file of words: each with its stems, its vector (float16) and in how many documents it stands; `keys` are those that count."""

    model: str
    keys: frozenset[str]
    words: tuple[str, ...]
    stems: tuple[Stems, ...]
    holding: tuple[int, ...]
    vectors: F16
    centres: dict[str, F32]

    def of(self, words: Sequence[str], encoder: Encoder) -> tuple[tuple[Stems, ...], F16]:
        """Return the stems and the vector of each of some words: those of the file, and made for words that this does not hold."""
        place = {word: number for number, word in enumerate(self.words)}
        vectors = np.empty((len(words), self.vectors.shape[1]), np.float16)  # those of another encoder would load it
        known = [number for number, word in enumerate(words) if word in place]
        new = [number for number, word in enumerate(words) if word not in place]
        vectors[known] = self.vectors[[place[words[number]] for number in known]]
        if new:
            vectors[new] = of_length_one(encoder.queries([words[number] for number in new]) - self.centres["nl"])
        return tuple(self.stems[place[word]] if word in place else stems_of(word) for word in words), vectors


def stems_of(word: str) -> Stems:
    """Return the stems of a word, the whole first, in Dutch and in English."""
    return (tuple(stems(word, "nl")), tuple(stems(word, "en")))


@lru_cache(maxsize=1)
def _stemming() -> str:
    """Return what changes when words are found or stemmed in another way: the modules that do it with their list, and the versions of what they use."""
    modules = (words_module, places_module, number_words_module, separable_verbs_module, elliptic_compounds_module)
    files = (*(Path(str(module.__file__)) for module in modules), Path(str(places_module.__file__)).with_name(places_module.PEOPLES))
    code = b"".join(file.read_bytes() for file in files)
    used = " ".join(f"{name} {version(name)}" for name in ("snowballstemmer", "PyStemmer", "simplemma", "wordfreq", "babel"))
    return hashlib.sha256(code + used.encode()).hexdigest()[:16]


def read_kept(folder: Path) -> KeptWords | None:
    """Read the file of words; None where there is none that can be read.

    Where words were found or stemmed in another way no document counts, so that the next writer counts them all; the vectors stay.
    """
    try:
        with np.load(folder / FILE, allow_pickle=False) as file:
            words = _lines(file["words"])
            same = str(file["stemming"]) == _stemming()
            kept_stems = [_lines(file[f"stems_{language}"]) for language in LANGUAGES] if same else None
            made = (tuple((tuple(nl.split("\t")), tuple(en.split("\t"))) for nl, en in zip(*kept_stems, strict=True)) if kept_stems
                    else tuple(map(stems_of, words)))
            if not len(words) == len(made) == len(file["holding"]) == len(file["vectors"]):
                return None
            return KeptWords(str(file["model"]), frozenset(_lines(file["keys"]) if same else ()), words, made, tuple(int(count) for count in file["holding"]),
                             file["vectors"], {language: file[f"centre_{language}"] for language in LANGUAGES})
    except (OSError, ValueError, EOFError, BadZipFile, KeyError):  # a reader makes what it needs, the next writer the file
        return None


def open_word_space(folder: Path, words: Sequence[str], *, encoder: Encoder) -> WordSpace:
    """Return the word space of some words of an index: from its file, and made for words that this does not hold. Writes nothing."""
    kept = read_kept(folder)
    if kept is None or kept.model != encoder.name:
        kept = _none(encoder)
    found, vectors = kept.of(words, encoder)
    return WordSpace(tuple(words), found, vectors.astype(np.float32), kept.centres)


def keep_words(folder: Path, entries: Sequence[Entry], *, encoder: Encoder, tell: Callable[[str], None] = lambda line: None) -> None:
    """Bring the file of words in line with the documents that exist; for who holds the writer's lock. Only new words are embedded.

    The file is a cache: where it cannot be written, the next writer does it. A document without a whole record does not count.
    """
    kept = read_kept(folder)
    if kept is not None and kept.model == encoder.name and kept.keys == {entry.key for entry in entries}:
        return
    tell("reading the words of the sources for the first question")
    if kept is None or kept.model != encoder.name:
        kept = _none(encoder)
    keys, holding = _recounted(folder, kept, entries)
    words = tuple(sorted(holding))
    found, vectors = kept.of(words, encoder)
    _write(folder, KeptWords(encoder.name, keys, words, found, tuple(holding[word] for word in words), vectors, kept.centres))


def forget_words(folder: Path, entries: Sequence[Entry]) -> None:
    """Take the words of documents that exist no more out of the file, without the model; before their records are removed.

    Where that cannot be told, the whole file goes.
    """
    kept = read_kept(folder)
    if kept is None:
        (folder / FILE).unlink(missing_ok=True)
        _partial(folder).unlink(missing_ok=True)
        return
    counted, holding = _recounted(folder, kept, [entry for entry in entries if entry.key in kept.keys or not kept.keys])
    there = counted & kept.keys
    left = [place for place, word in enumerate(kept.words) if holding.get(word)]
    less = replace(kept, keys=there, words=tuple(kept.words[place] for place in left), stems=tuple(kept.stems[place] for place in left),
                   holding=tuple(holding[kept.words[place]] for place in left), vectors=kept.vectors[left])
    if not _write(folder, less):
        (folder / FILE).unlink(missing_ok=True)


def _recounted(folder: Path, kept: KeptWords, entries: Sequence[Entry]) -> tuple[frozenset[str], Counter[str]]:
    """Return which documents count, and in how many of them each word stands: what the file has, with those that came, without those that went.

    Where the record of one that went is gone too, all are counted anew.
    """
    keys, counted = {entry.key for entry in entries}, set(kept.keys)
    holding = Counter(dict(zip(kept.words, kept.holding, strict=True))) if counted else Counter[str]()
    for key in kept.keys - keys:
        words = _words_of(folder, key)
        if words is None:
            counted, holding = set(), Counter()
            break
        counted.discard(key)
        holding.subtract(words)
    for key in keys - counted:
        words = _words_of(folder, key)
        if words is not None:
            counted.add(key)
            holding.update(words)
    return frozenset(counted), Counter({word: count for word, count in holding.items() if count > 0})


def _words_of(folder: Path, key: str) -> set[str] | None:
    """Return the words of a document; None where its record is missing or damaged."""
    try:
        return document_words(from_json(file_of(folder, key, "json").read_text(encoding="utf-8")))
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None


def _none(encoder: Encoder) -> KeptWords:
    centres = _bundled_centres() if isinstance(encoder, BundledEncoder) else made_centres(encoder)
    return KeptWords(encoder.name, frozenset(), (), (), (), np.zeros((0, encoder.dimensions), np.float16), centres)


def made_centres(encoder: Encoder) -> dict[str, F32]:
    """Return for each language the mean of the vectors of its common words: float32, dimensions."""
    return {language: _centre(language, encoder) for language in LANGUAGES}


def _bundled_centres() -> dict[str, F32]:
    """Read those of the bundled model, made by `benchmarks/word_centres.py`: 1,200 words take longer to embed than a small document."""
    with resources.files("index").joinpath(CENTRES).open("rb") as file, np.load(file, allow_pickle=False) as kept:
        return {language: kept[language] for language in LANGUAGES}


def _partial(folder: Path) -> Path:
    return (folder / FILE).with_suffix(".partial.npz")


def _write(folder: Path, kept: KeptWords) -> bool:
    """Write the file beside its place and move it there, so that a reader never sees half of it; say whether the disk took it."""
    partial = _partial(folder)
    try:
        nl, en = (_blob(["\t".join(one[place]) for one in kept.stems]) for place in range(len(LANGUAGES)))
        np.savez(partial, words=_blob(kept.words), stems_nl=nl, stems_en=en, stemming=np.array(_stemming()), vectors=kept.vectors,
                 holding=np.array(kept.holding, dtype=np.int32), keys=_blob(sorted(kept.keys)), model=np.array(kept.model),
                 centre_nl=kept.centres["nl"], centre_en=kept.centres["en"])
        partial.replace(folder / FILE)
    except OSError:
        partial.unlink(missing_ok=True)
        return False
    return True


def _blob(lines: Sequence[str]) -> NDArray[np.uint8]:
    """Put lines into one array of bytes: a quarter of numpy's own array of text, in which each is as long as the longest."""
    return np.frombuffer("".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass"), dtype=np.uint8)


def _lines(blob: NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(blob.tobytes().decode("utf-8", "surrogatepass").split("\n")[:-1])


def _centre(language: str, encoder: Encoder) -> F32:
    from wordfreq import top_n_list

    common = [word for word in top_n_list(language, 4 * _COMMON_WORDS)[200:] if word.isalpha()]
    return np.asarray(encoder.queries(common[:_COMMON_WORDS]).mean(axis=0), dtype=np.float32)
