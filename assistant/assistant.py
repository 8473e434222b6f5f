"""The assistant: one question in, one answer out, every stage a line."""

import re
import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from assistant.answers import Answer, Evidence, Reading, Scope, Step
from assistant.bridge import Bridge, bridge_of
from assistant.candidates import Candidate
from assistant.composition import about, compose_abstention, compose_answer, widened
from assistant.corpus import Corpus
from assistant.coverage import naming
from assistant.decision import load_model
from assistant.evidence import Judged, merged, quote
from assistant.field import about_field
from assistant.filtering import allowed_rows
from assistant.inquiry import Inquiry, Means, are_signals
from assistant.settings import AssistantSettings
from assistant.understanding import Understood, Vocabulary, understand
from index.cross_encoder import CrossEncoder
from index.encoder import Encoder
from index.reader import reader_for
from index.source_index import SourceIndex
from ingest.errors import UsageError

_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_MOST_TITLES = 4  # that are named for one name of a question; the page names three, and that there are more
_WORD = re.compile(r"[^\W_]")
Tell = Callable[[Step], None]


def _untold(_: Step) -> None:
    """Nobody waits to hear how far a question has come."""


class Assistant:
    """Answers questions from one index. Holds no state of a conversation: earlier questions come with each call.

    The `reader` judges candidates; without one, the bundled reader where the encoder is the bundled one. A `reranker` orders quotations.
    """

    def __init__(self, index: SourceIndex, encoder: Encoder, settings: AssistantSettings, *, bridge: Bridge | None = None,
                 reader: CrossEncoder | None = None, reranker: CrossEncoder | None = None) -> None:
        self._index, self._settings = index, settings
        self._means = Means(encoder, load_model(), bridge or bridge_of(settings.terms), settings, reader or reader_for(encoder), reranker)
        self._corpora: dict[frozenset[str] | None, tuple[Corpus, Vocabulary]] = {}

    @property
    def index(self) -> SourceIndex:
        """The index that answers come from."""
        return self._index

    def ask(self, question: str, *, history: Sequence[str] = (), id: str = "",
            audiences: frozenset[str] | None = None, filters: Sequence[tuple[str, str]] | None = None,
            literal: Sequence[str] = (), told: Tell = _untold) -> Answer:
        """Answer one question from all passages that these audiences may see (None: all).

        `history` holds the earlier questions of the conversation, oldest first. `filters` replaces the filters that
        are read from the question: an empty list takes them all off. `literal` words are meant as they were typed. `told` hears of each step as it begins.
        Raises UsageError for a question that is too long, or has no letter or digit.
        """
        started = time.perf_counter()
        asked = self._checked(question)
        corpus, vocabulary = self._corpus(audiences)
        before = [self._clean(one) for one in history]
        understood = understand(asked, history=before, vocabulary=vocabulary, bridge=self._means.bridge, literal=literal, filters=filters)
        allowed, applied = self._allowed(understood, corpus, filters)
        inquiry = Inquiry(understood, corpus, allowed, self._means, filtered=bool(applied))
        wider = () if inquiry.explaining else widened(understood, corpus.by_stem)
        reading = Reading(understood.text, understood.kind, understood.corrections, applied, wider,
                          tuple(" ".join(term.text for term in thing) for thing in understood.excluded), _titles(understood, corpus, allowed))
        found = inquiry.outcome(lambda stage, count: told(Step(stage, reading, count)))
        every = len(corpus.view.passages)
        narrowed = any(field != "kind" for field, _ in applied)
        scope = Scope(len(corpus.view.documents), every, len(np.unique(corpus.view.sentence_owner[allowed])) if narrowed else every, len(found.evidence))
        signals = ("kind", "signal") in applied or are_signals(corpus, found.evidence)
        text = (compose_answer(understood.language, found.evidence, signals=signals) if found.status == "answered" else
                compose_abstention(understood.language, found.status, about(corpus.view), reason=found.reason or "filter" * bool(applied)))
        return Answer(id, question, understood.language, found.status, text, found.evidence, found.near, scope, reading, self._settings.hash,
                      self._index.hash_for(audiences), {"total": round(1000 * (time.perf_counter() - started), 1)})

    def ranked(self, question: str, *, history: Sequence[str] = (), audiences: frozenset[str] | None = None,
               filters: Sequence[tuple[str, str]] | None = None, most: int = 100) -> tuple[Evidence, ...]:
        """Return what would be quoted of the best-ranked sentences, best first, whether it suffices or not.

        This is the retrieval alone, for measures of it: at most `most` sentences, the same words once. Raises UsageError as `ask`.
        """
        asked = self._checked(question)
        corpus, vocabulary = self._corpus(audiences)
        understood = understand(asked, history=[self._clean(one) for one in history], vocabulary=vocabulary, bridge=self._means.bridge, filters=filters)
        allowed, _ = self._allowed(understood, corpus, filters)
        if not allowed.any():
            return ()
        ranking = Inquiry(understood, corpus, allowed, self._means).ranking
        rows = [int(row) for row in ranking.order[:most] if allowed[row] and corpus.view.quotable(int(row))]
        return merged([quote(Judged(Candidate(row, (), ()), 0.0), corpus, why="") for row in rows])

    def _allowed(self, understood: Understood, corpus: Corpus, chosen: Sequence[tuple[str, str]] | None,
                 ) -> tuple[NDArray[np.bool_], tuple[tuple[str, str], ...]]:
        """Return which sentences take part, and the filters that were applied.

        Those that name what the question leaves out do not, if it is a name, or all there is: what names another thing may name this one too.
        """
        allowed, applied = allowed_rows(corpus, understood.filters, chosen=chosen, subject=bool(understood.terms))
        for thing in understood.excluded:
            if understood.terms and not any(term.is_name for term in thing):
                continue
            allowed = allowed & ~naming(thing, understood, corpus, self._means.encoder)
        return allowed, applied

    def _checked(self, question: str) -> str:
        cleaned = self._clean(question)
        if not cleaned:
            raise UsageError("The question is empty: type a question to the sources.")
        if not _WORD.search(cleaned):
            raise UsageError("The question has no word: type a question to the sources.")
        if len(cleaned) > self._settings.longest_question:
            raise UsageError(f"The question has {len(cleaned)} characters; ask it in at most {self._settings.longest_question}.")
        return cleaned

    @staticmethod
    def _clean(text: str) -> str:
        """Leave out what nobody can see or type, and fold white space."""
        return " ".join(unicodedata.normalize("NFC", _UNSEEN.sub("", text)).split())

    def _corpus(self, audiences: frozenset[str] | None) -> tuple[Corpus, Vocabulary]:
        if audiences not in self._corpora:
            view = self._index.view(audiences)
            corpus = Corpus.of(view, folder=self._index.folder, encoder=self._means.encoder)
            self._corpora[audiences] = replace(corpus, about=about_field(corpus, self._means.bridge)), Vocabulary.of(view)
        return self._corpora[audiences]


def _titles(understood: Understood, corpus: Corpus, allowed: NDArray[np.bool_]) -> tuple[tuple[str, str], ...]:
    """Return the names that were taken from titles or letterheads, each with the title of every document that has it and takes part, `_MOST_TITLES` at most."""
    titled = understood.titled
    if titled is None or understood.out_of_scope:
        return ()
    rows = np.flatnonzero(allowed & corpus.of_documents(titled.documents))
    titles = dict.fromkeys(corpus.view.passages[int(owner)].title for owner in dict.fromkeys(corpus.view.sentence_owner[rows].tolist()))
    return tuple((name, title) for name in titled.names for title in list(titles)[:_MOST_TITLES])
