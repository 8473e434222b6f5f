"""The assistant: one question in, one answer out, every stage a line."""

import re
import time
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from assistant.abbreviations import explains
from assistant.answers import Answer, Evidence, Reading, Scope, Stage, Status, Step
from assistant.bridge import Bridge, bundled_bridge
from assistant.candidates import (
    FEATURES,
    Candidate,
    Ranking,
    about_an_unnamed_kind,
    candidates,
    covered_by,
    names_another,
    of_that_people,
    of_the_named,
    rank,
    says_something,
    touches,
)
from assistant.composition import about, compose_abstention, compose_answer, reasons, widened
from assistant.continuations import last_along
from assistant.corpus import Corpus
from assistant.decision import Decision, load_model, quoted
from assistant.definitions import defines
from assistant.evidence import Judged, glossed, merged, numbered, quote, read_text, same_words, with_whole_list
from assistant.field import about_field
from assistant.filtering import allowed_rows
from assistant.premises import denies, of_another_year
from assistant.question_scope import surer, to_itself
from assistant.ranges import share_of_neighbours
from assistant.settings import AssistantSettings
from assistant.term_match import labels_of_term
from assistant.understanding import Understood, Vocabulary, understand
from index.cross_encoder import CrossEncoder
from index.encoder import Encoder
from index.reader import reader_for
from index.source_index import SourceIndex
from index.word_space import heading
from ingest.errors import UsageError

_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
Tell = Callable[[Step], None]
_PLAINLY_MORE = 0.25  # of the words of a question, weighed; set on six sets
EXPLAINS = 0.95  # how probable it is that the long form of an abbreviation, or the definition of a word, answers what it means; chosen, not measured


def _untold(_: Step) -> None:
    """Nobody waits to hear how far a question has come."""


class Assistant:
    """Answers questions from one index. Holds no state of a conversation: earlier questions come with each call.

    The `reader` judges candidates; without one, the bundled reader where the encoder is the bundled one. A `reranker` orders quotations.
    """

    def __init__(self, index: SourceIndex, encoder: Encoder, settings: AssistantSettings, *, bridge: Bridge | None = None,
                 reader: CrossEncoder | None = None, reranker: CrossEncoder | None = None) -> None:
        self._index, self._encoder, self._settings = index, encoder, settings
        self._bridge = bridge or bundled_bridge()
        self._model = load_model()
        self._reader, self._reranker = reader or reader_for(encoder), reranker
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
        Raises UsageError for an empty or too long question.
        """
        started = time.perf_counter()
        asked = self._checked(question)
        corpus, vocabulary = self._corpus(audiences)
        understood = understand(asked, history=[self._clean(one) for one in history], vocabulary=vocabulary, bridge=self._bridge, literal=literal)
        allowed, applied = allowed_rows(corpus, understood.filters, chosen=filters)
        wider = () if self._explaining(understood, corpus, allowed) else widened(understood, corpus.by_stem)
        reading = Reading(understood.text, understood.kind, understood.corrections, applied, wider)
        status, evidence, near, reason = self._decide(understood, corpus, allowed, told=lambda stage, count: told(Step(stage, reading, count)))
        scope = Scope(len(corpus.view.documents), len(corpus.view.passages), len(corpus.view.passages), len(evidence))
        text = (compose_answer(understood.language, evidence, signals=self._signals(corpus, evidence)) if status == "answered" else
                compose_abstention(understood.language, status, about(corpus.view), reason=reason))
        return Answer(id, question, understood.language, status, text, evidence, near, scope, reading, self._settings.hash,
                      self._index.hash, {"total": round(1000 * (time.perf_counter() - started), 1)})

    def ranked(self, question: str, *, history: Sequence[str] = (), audiences: frozenset[str] | None = None,
               filters: Sequence[tuple[str, str]] | None = None, most: int = 100) -> tuple[Evidence, ...]:
        """Return what would be quoted of the best-ranked sentences, best first, whether it suffices or not.

        This is the retrieval alone, for measures of it: at most `most` sentences, the same words once. Raises UsageError as `ask`.
        """
        asked = self._checked(question)
        corpus, vocabulary = self._corpus(audiences)
        understood = understand(asked, history=[self._clean(one) for one in history], vocabulary=vocabulary, bridge=self._bridge)
        allowed, _ = allowed_rows(corpus, understood.filters, chosen=filters)
        if not allowed.any():
            return ()
        ranking = self._ranking(understood, corpus, allowed)
        documents = {document.doc: document for document in corpus.view.documents}
        rows = [int(row) for row in ranking.order[:most] if allowed[row] and corpus.view.quotable(int(row))]
        return merged([quote(Judged(Candidate(row, (), ()), 0.0), corpus, documents, why="") for row in rows])

    def _checked(self, question: str) -> str:
        cleaned = self._clean(question)
        if not cleaned:
            raise UsageError("The question is empty: type a question to the sources.")
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
            corpus = Corpus.of(view, folder=self._index.folder, encoder=self._encoder)
            self._corpora[audiences] = replace(corpus, about=about_field(corpus, self._bridge)), Vocabulary.of(view)
        return self._corpora[audiences]

    def _decide(self, understood: Understood, corpus: Corpus, allowed: NDArray[np.bool_], *, told: Callable[[Stage, int], None],
                ) -> tuple[Status, tuple[Evidence, ...], tuple[Evidence, ...], str]:
        """Return the status, the quotations, the near misses and the reason of an abstention."""
        if understood.out_of_scope:
            return "out_of_scope", (), (), understood.out_of_scope
        if not allowed.any():
            return "not_found", (), (), "filter" if len(allowed) else "empty"
        if understood.filters and not understood.terms:
            return "answered", self._everything(understood, corpus, allowed), (), ""
        if understood.asks_for_all and (every := allowed & corpus.signals).any():
            return "answered", self._everything(understood, corpus, every), (), ""
        if explained := self._explaining(understood, corpus, allowed):
            return "answered", self._quoted(explained, understood, corpus), (), ""
        told("searching", len(corpus.view.passages))
        ranking = self._ranking(understood, corpus, allowed)
        nearest = self._nearest(understood, corpus, allowed, ranking)
        elsewhen = {one.row for one in nearest if self._of_another_year(one, understood, corpus)}
        of_then = [one for one in nearest if one.row not in elsewhen]
        found = of_the_named(of_then, understood)
        kept = {one.row for one in found}
        left_out = [Judged(one, 0.0) for one in of_then if one.row not in kept]
        told("reading", len(found))
        answers, judged = self._with_parts(self._judged(found, understood, corpus), understood, corpus, allowed, ranking)
        told("checking", len(judged))
        least = self._settings.sentence_share * judged[0].probability if judged else 0.0  # what is far less likely evidence denies nothing
        probable = [one for one in judged[:3] if one.probability >= least]
        denied = next((one for one in probable if self._denied(one, understood, corpus)), None) or next(
            (one for one in _holding_more(judged, found[:2]) if self._denied(one, understood, corpus, by_negation=False)), None)
        signals = [bool(corpus.signals[one.candidate.row]) for one in judged]
        line = surer(self._settings.signal_answer_line if any(signals[:1]) else self._settings.answer_line, sum(ranking.elsewhere))
        if answers >= line and denied is None and not about_an_unnamed_kind(understood, ranking, allowed, self._bridge):
            words = self._words(judged, understood, corpus)
            places = quoted([one.probability for one in judged], signals, understood.kind, self._settings, words)
            chosen = [judged[place] for place in places]
            along = self._along(chosen, understood, ranking, corpus)
            others = [*(one for place, one in enumerate(judged) if place not in places), *left_out]
            rest = [one for one in others if not any(row < one.candidate.row <= last for row, last in along.items())][:self._settings.most_near]
            evidence = self._quoted(chosen, understood, corpus, along=along)
            return "answered", evidence, self._quoted(rest, understood, corpus, near=True), ""
        if to_itself(ranking.elsewhere):
            return "out_of_scope", (), (), "small_talk"
        missed = [Judged(one, 0.0) for one in nearest[:self._settings.most_near]
                  if one.row in elsewhen and touches(one, self._settings.related_line, named=False)]  # the year is a name too
        near = self._quoted([denied] if denied else [*missed, *judged][:self._settings.most_near], understood, corpus, near=True)
        related = bool(denied or missed) or any(touches(one.candidate, self._settings.related_line) for one in judged[:3])
        return ("related" if related else "not_found"), (), near if related else (), "premise" if denied else ""

    def _along(self, chosen: Sequence[Judged], understood: Understood, ranking: Ranking, corpus: Corpus) -> dict[int, int]:
        """Return the rows that are quoted with sentences after them, none of which is such a sentence itself, each with the last of these."""
        along: dict[int, int] = {}
        covered = -1
        for row in sorted(one.candidate.row for one in chosen):
            last = last_along(row, ranking, understood, corpus)
            if covered < row < last and not any(self._of_another_year(Candidate(after, (), ()), understood, corpus) for after in range(row + 1, last + 1)):
                along[row] = covered = last
        return along

    def _ranking(self, understood: Understood, corpus: Corpus, allowed: NDArray[np.bool_]) -> Ranking:
        return rank(understood, corpus, self._encoder, allowed=allowed, fusion=self._settings.fusion,
                    field_log_odds=self._settings.field_log_odds)

    def _with_parts(self, whole: tuple[float, list[Judged]], understood: Understood, corpus: Corpus, allowed: NDArray[np.bool_],
                    ranking: Ranking) -> tuple[float, list[Judged]]:
        """Return the better of the decisions on a question and on each of its parts; of each sentence what it covers of the whole question."""
        answers, judged = whole
        for part in understood.parts:
            others = [one for one in self._nearest(part, corpus, allowed) if not self._of_another_year(one, understood, corpus)]
            sure, found = self._judged(of_the_named(others, part), part, corpus)
            of_whole = [replace(one, candidate=replace(one.candidate, covered=covered_by(one.candidate.row, ranking))) for one in found]
            answers, judged = _better((answers, judged), (sure, of_whole))
        return answers, judged

    def _nearest(self, understood: Understood, corpus: Corpus, allowed: NDArray[np.bool_], ranking: Ranking | None = None) -> list[Candidate]:
        """Return the candidates that the filters leave and that say something, best first."""
        ranking = ranking or self._ranking(understood, corpus, allowed)
        nearest = candidates(ranking, understood, corpus, self._bridge)
        telling = [one for one in nearest if allowed[one.row] and says_something(one, understood, corpus, self._bridge)]
        return of_that_people(telling, understood, corpus, self._bridge)

    @staticmethod
    def _signals(corpus: Corpus, evidence: Sequence[Evidence]) -> bool:
        """Say whether all quotations are signals."""
        return bool(evidence) and all(corpus.kinds[one.passage_id] == "signal" for one in evidence)

    def _everything(self, understood: Understood, corpus: Corpus, allowed: NDArray[np.bool_]) -> tuple[Evidence, ...]:
        """Quote all that may be quoted, for a question that asks for nothing else: what stands under a heading, or every signal."""
        rows = [int(row) for row in np.flatnonzero(allowed) if corpus.view.quotable(int(row))]
        return self._quoted([Judged(Candidate(row, (), ()), 1.0) for row in rows], understood, corpus)

    def _explaining(self, understood: Understood, corpus: Corpus, allowed: NDArray[np.bool_]) -> list[Judged]:
        """Return the first sentences that give the long form of the abbreviation asked for, if one is, as many as are quoted of running text."""
        rows = (int(row) for row in np.flatnonzero(allowed)) if understood.short_form else iter(())
        explaining = (row for row in rows if corpus.view.quotable(row) and explains(corpus.view.sentence_text(row), understood.short_form))
        return [Judged(Candidate(row, (), ()), EXPLAINS) for row in islice(explaining, self._settings.most_sentences)]

    def _judged(self, found: Sequence[Candidate], understood: Understood, corpus: Corpus) -> tuple[float, list[Judged]]:
        """Return the probability that the sources answer, and the candidates, the most probable evidence first."""
        decision = self._read(found, understood, corpus)
        defining = [self._defines(one, understood, corpus) for one in found]
        worth = share_of_neighbours(understood.text, [self._row(one, corpus) for one in found])
        judged = [Judged(one, max(share * probability, EXPLAINS * defines))
                  for one, share, probability, defines in zip(found, worth, decision.evidence, defining, strict=True)]
        judged.sort(key=lambda one: (-round(one.probability, 6), one.candidate.row))
        return max(decision.answers, EXPLAINS * any(defining)), self._reranked(judged, understood, corpus)

    def _read(self, found: Sequence[Candidate], understood: Understood, corpus: Corpus) -> Decision:
        """Decide after reading the most probable candidates, and of a list as many more again as long as most of the last ones belong to it.

        Whether the sources answer is decided by the first that are read.
        """
        features, prior = [one.features for one in found], [one.prior for one in found]
        if self._reader is None or not (batch := self._model.worth_reading(features, self._settings.most_read, prior=prior)):
            return self._model.decide(features, prior)
        read: dict[int, float] = {}
        decisions: list[Decision] = []
        while batch:
            texts = [glossed(found[one], understood, corpus) for one in batch]
            read.update(zip(batch, map(float, self._reader.scores(understood.text, texts)), strict=True))
            decisions.append(self._model.decide_read(features, read, prior))
            belong = sum(decisions[-1].evidence[one] >= self._settings.signal_line for one in batch)
            more = understood.kind == "list" and 2 * belong >= len(batch) and len(read) < self._settings.most_read_of_list
            batch = self._model.worth_reading(features, self._settings.most_read, prior=prior, known=read) if more else []
        return replace(decisions[-1], answers=decisions[0].answers)

    def _reranked(self, judged: list[Judged], understood: Understood, corpus: Corpus) -> list[Judged]:
        """Give the probabilities of the best to the same sentences in the order of the reranker that the settings name, if they do."""
        if self._reranker is None:
            return judged
        best = judged[:self._settings.most_reranked]
        scores = self._reranker.scores(understood.text, [read_text(one.candidate.row, corpus.view) for one in best])
        order = np.argsort(-scores, kind="stable")
        return [*(Judged(best[int(place)].candidate, one.probability) for place, one in zip(order, best, strict=True)), *judged[len(best):]]

    def _of_another_year(self, one: Candidate, understood: Understood, corpus: Corpus) -> bool:
        passage = corpus.view.passages[int(corpus.view.sentence_owner[one.row])]
        return of_another_year(understood.text, corpus.view.sentence_text(one.row), f"{passage.text} {heading(passage)}")

    @staticmethod
    def _defines(one: Candidate, understood: Understood, corpus: Corpus) -> bool:
        """Say whether a sentence defines what a question asks the meaning of, and names nothing else than it."""
        named = [labels_of_term(term) for term in understood.defined]
        return bool(named) and not names_another(one) and defines(corpus.view.sentence_text(one.row), named, corpus.language(one.row))

    @staticmethod
    def _row(one: Candidate, corpus: Corpus) -> str:
        """Return the text of a row of a table; nothing of any other passage."""
        passage = corpus.view.passages[int(corpus.view.sentence_owner[one.row])]
        return passage.text if passage.kind == "row" else ""

    @staticmethod
    def _denied(judged: Judged, understood: Understood, corpus: Corpus, *, by_negation: bool = True) -> bool:
        row = judged.candidate.row
        return denies(understood, corpus.view.sentence_text(row), around=corpus.signal_of(row), by_negation=by_negation)

    def _words(self, judged: Sequence[Judged], understood: Understood, corpus: Corpus) -> list[str]:
        """Return the words that would be quoted of each, with the columns of a row; a number instead for one that is too improbable to be quoted.

        Nothing for a list, of which all is quoted that is probable enough.
        """
        if understood.kind == "list" or not judged:
            return []
        documents = {document.doc: document for document in corpus.view.documents}
        least = max(self._settings.evidence_line, self._settings.sentence_share * judged[0].probability)
        found = []
        for number, one in enumerate(judged):
            if one.probability < least:
                found.append(f"#{number}")
                continue
            whole = quote(one, corpus, documents, why="", whole_list=with_whole_list(one.candidate, understood))
            found.append(same_words(f"{whole.context} {whole.quote}"))
        return found

    def _quoted(self, judged: Sequence[Judged], understood: Understood, corpus: Corpus, *, near: bool = False,
                along: Mapping[int, int] | None = None) -> tuple[Evidence, ...]:
        """Quote what was judged, an item with its whole list where all of it answers, a row of `along` up to the row there; of a near miss the item."""
        documents = {document.doc: document for document in corpus.view.documents}
        listed = [not near and with_whole_list(one.candidate, understood) for one in judged]
        quotations = [quote(one, corpus, documents, why=reasons(one, understood), whole_list=whole, last=(along or {}).get(one.candidate.row))
                      for one, whole in zip(judged, listed, strict=True)]
        kept = merged(quotations)
        return numbered(kept, by_place=understood.kind == "list" and self._signals(corpus, kept))


def _holding_more(judged: Sequence[Judged], nearest: Sequence[Candidate]) -> list[Judged]:
    """Return those of the nearest candidates that hold plainly more of the question's words than the most probable one: these may go the other way."""
    if not judged:
        return []
    own = FEATURES.index("own")
    return [Judged(one, 0.0) for one in nearest if one.features[own] >= judged[0].candidate.features[own] + _PLAINLY_MORE]


def _better(one: tuple[float, list[Judged]], other: tuple[float, list[Judged]]) -> tuple[float, list[Judged]]:
    """Return of two decisions on the same sources the higher probability that they answer, and that of each sentence, the most probable first."""
    best = {judged.candidate.row: judged for judged in one[1]}
    for judged in other[1]:
        if judged.candidate.row not in best or judged.probability > best[judged.candidate.row].probability:
            best[judged.candidate.row] = judged
    return max(one[0], other[0]), sorted(best.values(), key=lambda judged: (-round(judged.probability, 6), judged.candidate.row))
