"""What the assistant needs of an index besides its scores: which words stand in each sentence, passage and heading."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from assistant.background import Background, background_for
from assistant.bags import Bags
from assistant.bridge import Bridge
from assistant.filters import in_running_text
from assistant.understanding import Term, terms_of
from index.encoder import Encoder
from index.source_index import IndexView
from index.word_space import Stems, WordSpace, heading, heading_words, open_word_space, sentence_words
from ingest.documents import Document
from ingest.language import language_of

F32 = NDArray[np.float32]
I64 = NDArray[np.int64]

COMPOUND = 0.85  # what "arbeidsuitbuiting" is worth for "uitbuiting": chosen, not measured
_KEPT_SENTENCES = 5_000  # of which the terms are kept


@dataclass(frozen=True)
class Corpus:
    """The sentences that one user may see. Row i of every array is sentence i of `view.sentence_spans`.

    `about` says how far the document of each is about the field, see `field.py`; None where nobody has looked.
    """

    view: IndexView
    space: WordSpace
    sentences: Bags
    headings: Bags
    heading_of: I64
    background: Background
    by_stem: dict[str, tuple[tuple[int, float], ...]]
    about: F32 | None = None

    @classmethod
    def of(cls, view: IndexView, *, folder: Path, encoder: Encoder) -> "Corpus":
        """Read the words of a view; the vectors of its words come from `folder`, or are made."""
        names = [heading(passage) for passage in view.passages]
        distinct = list(dict.fromkeys(names))
        token_lists = [sentence_words(view.sentence_text(row)) for row in range(len(view.sentence_owner))]
        heading_lists = [heading_words(name) for name in distinct]
        words = sorted({word for some in (token_lists, heading_lists) for one in some for word in one})
        number = {word: position for position, word in enumerate(words)}
        space = open_word_space(folder, words, encoder=encoder)
        heading_number = {name: position for position, name in enumerate(distinct)}
        heading_of = np.array([heading_number[names[owner]] for owner in view.sentence_owner], dtype=np.int64)
        sentences, headings = (Bags.of([[number[word] for word in one] for one in some], words=len(words))
                               for some in (token_lists, heading_lists))
        return cls(view, space, sentences, headings, heading_of, background_for(encoder, view.sentence_vectors), _stem_map(space.stems))

    @cached_property
    def passage_starts(self) -> I64:
        """The first sentence of each passage that has one: int64, passages."""
        owner = self.view.sentence_owner
        return np.flatnonzero(np.r_[True, owner[1:] != owner[:-1]]) if len(owner) else np.zeros(0, dtype=np.int64)

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Each document by its name."""
        return {document.doc: document for document in self.view.documents}

    @cached_property
    def kinds(self) -> dict[str, str]:
        """The kind of each passage, by its id."""
        return {passage.passage_id: passage.kind for passage in self.view.passages}

    @cached_property
    def signals(self) -> NDArray[np.bool_]:
        """Which sentences are a signal: bool, sentences."""
        return np.array([passage.kind == "signal" for passage in self.view.passages], dtype=bool)[self.view.sentence_owner]

    @cached_property
    def running(self) -> frozenset[str]:
        """The documents with running text."""
        return in_running_text(self.view.passages)

    @cached_property
    def on_field(self) -> frozenset[str]:
        """The documents that are about the field; all where nobody has looked."""
        owners = (self.view.passages[int(owner)].doc for owner in self.view.sentence_owner)
        return frozenset(doc for place, doc in enumerate(owners) if self.about is None or self.about[place] >= 1)

    @cached_property
    def english(self) -> NDArray[np.bool_]:
        """Which passages are English: bool, passages. Each by its own words: a treaty may hold two languages."""
        return np.array([language_of(passage.text) == "en" for passage in self.view.passages], dtype=bool)

    @cached_property
    def against_questions(self) -> dict[str, tuple[F32, F32]]:
        """By language of the question: the mean and deviation of what each sentence scores with unrelated questions."""
        return {language: cohort.moments(self.view.sentence_vectors) for language, cohort in self.background.questions.items()}

    @cached_property
    def english_sentences(self) -> NDArray[np.bool_]:
        """Which sentences stand in an English passage: bool, sentences."""
        return np.asarray(self.english[self.view.sentence_owner], dtype=bool)

    def of_documents(self, names: Collection[str]) -> NDArray[np.bool_]:
        """Return which sentences stand in some documents: bool, sentences."""
        return np.array([passage.doc in names for passage in self.view.passages], dtype=bool)[self.view.sentence_owner]

    def signal_of(self, row: int) -> str:
        """Return the whole signal that a sentence is of; nothing where it is of something else."""
        return self.view.passages[int(self.view.sentence_owner[row])].text if self.signals[row] else ""

    def language(self, row: int) -> Literal["nl", "en"]:
        """Return the language of the passage in which a sentence stands."""
        return "en" if self.english_sentences[row] else "nl"

    def terms(self, row: int, bridge: Bridge) -> tuple[Term, ...]:
        """Return the terms of a sentence, kept with the corpus: what comes near one question comes near others."""
        return self._terms(row, bridge)

    @cached_property
    def _terms(self) -> Callable[[int, Bridge], tuple[Term, ...]]:
        return lru_cache(maxsize=_KEPT_SENTENCES)(lambda row, bridge: terms_of(self.view.sentence_text(row), self.language(row), bridge))

    @cached_property
    def meaning_terms(self) -> F32:
        """What each sentence adds by itself to its likelihood of meaning the same as a question: float32, sentences."""
        return self.background.meaning.passage_terms(self.view.sentence_vectors, self.english_sentences)

    @cached_property
    def relevance_lengths(self) -> F32:
        """The length of each sentence's vector behind the projection of `relevance.py`: float32, sentences."""
        return self.background.relevance.lengths(self.view.sentence_vectors)

    def word_weights(self, wanted: Iterable[tuple[str, float]]) -> F32:
        """Return how well each word stands for any of some stems with their weights: float32, words."""
        weights = np.zeros(len(self.space.words), dtype=np.float32)
        for stem, weight in wanted:
            for word, share in self.by_stem.get(stem, ()):
                weights[word] = max(weights[word], weight * share)
        return weights

    def over_passage(self, rows: F32) -> F32:
        """Return for each sentence the highest value among the sentences of its passage: float32, sentences."""
        if not len(rows):
            return rows
        return np.asarray(np.repeat(np.maximum.reduceat(rows, self.passage_starts), self._passage_lengths), dtype=np.float32)

    @cached_property
    def _passage_lengths(self) -> I64:
        """How many sentences each passage has that has one: int64, passages."""
        return np.asarray(np.diff(np.r_[self.passage_starts, len(self.view.sentence_owner)]), dtype=np.int64)


def _stem_map(stems: Sequence[Stems]) -> dict[str, tuple[tuple[int, float], ...]]:
    """Map each stem to the words that it stands for: the whole word counts 1, a part of a compound less."""
    found: dict[str, dict[int, float]] = defaultdict(dict)
    for position, by_language in enumerate(stems):
        for one in by_language:
            for rank, stem in enumerate(one):
                share = 1.0 if rank == 0 else COMPOUND
                found[stem][position] = max(found[stem].get(position, 0.0), share)
    return {stem: tuple(sorted(positions.items())) for stem, positions in found.items()}
