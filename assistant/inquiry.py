"""One question, from scored sentences to a status, quotations and near misses."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from assistant.abbreviations import explains
from assistant.answers import Evidence, Stage, Status
from assistant.bridge import Bridge
from assistant.candidates import (
    MOST_CANDIDATES,
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
from assistant.composition import reasons
from assistant.continuations import along
from assistant.corpus import Corpus
from assistant.decision import Decision, DecisionModel, halfway, quoted
from assistant.definitions import defines
from assistant.evidence import Judged, glossed, merged, numbered, overlap, quote, read_text, same_words, with_whole_list
from assistant.filtering import every_signal
from assistant.premises import denies, of_another_year
from assistant.question_scope import surer, to_itself
from assistant.ranges import share_of_neighbours
from assistant.settings import AssistantSettings
from assistant.term_match import labels_of_term
from assistant.titles import of_another_place
from assistant.understanding import Understood
from index.cross_encoder import CrossEncoder
from index.encoder import Encoder
from index.word_space import heading

_PLAINLY_MORE = 0.25  # of the words of a question, weighed; set on six sets
_EXPLAINS = 0.95  # how probable it is that the long form of an abbreviation, or the definition of a word, answers what it means; chosen, not measured
_NEARLY_ALL, _TIMES_MORE = 0.75, 3  # of the candidates of a list: it may go on beyond them, and is looked for among so many times more


@dataclass(frozen=True, slots=True)
class Means:
    """What questions are decided with. The `reader` judges candidates, the `reranker` orders quotations; either may be missing."""

    encoder: Encoder
    model: DecisionModel
    bridge: Bridge
    settings: AssistantSettings
    reader: CrossEncoder | None = None
    reranker: CrossEncoder | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The status, the quotations, the near misses, and the reason of an abstention."""

    status: Status
    evidence: tuple[Evidence, ...] = ()
    near: tuple[Evidence, ...] = ()
    reason: str = ""


@dataclass(frozen=True, eq=False)
class Inquiry:
    """A question as it was understood, put to the sentences of a corpus that its filters leave, `allowed` (one bool a sentence).

    `filtered` says whether there are any filters. What the reader said is kept in `said`, by the row of the sentence.
    """

    understood: Understood
    corpus: Corpus
    allowed: NDArray[np.bool_]
    means: Means
    filtered: bool = False
    said: dict[int, float] = field(default_factory=dict)

    @cached_property
    def ranking(self) -> Ranking:
        """Every sentence with its scores."""
        settings = self.means.settings
        return rank(self.understood, self.corpus, self.means.encoder, allowed=self.allowed, fusion=settings.fusion, field_log_odds=settings.field_log_odds)

    @cached_property
    def explaining(self) -> tuple[Judged, ...]:
        """The first sentences that give the long form of the abbreviation asked for, if one is, as many as are quoted of running text."""
        rows = (int(row) for row in np.flatnonzero(self.allowed)) if self.understood.short_form else iter(())
        view = self.corpus.view
        found = (row for row in rows if view.quotable(row) and explains(view.sentence_text(row), self.understood.short_form))
        return tuple(Judged(Candidate(row, (), ()), _EXPLAINS) for row in islice(found, self.means.settings.most_sentences))

    @cached_property
    def _parts(self) -> tuple["Inquiry", ...]:
        return tuple(Inquiry(part, self.corpus, self.allowed, self.means) for part in self.understood.parts)

    @cached_property
    def _of_titled(self) -> "Inquiry | None":
        """The question without the names that it has from the titles of some documents, put to these; see `titles.py`."""
        if (titled := self.understood.titled) is None:
            return None
        return Inquiry(titled.question, self.corpus, self.allowed & self.corpus.of_documents(titled.documents), self.means)

    def outcome(self, told: Callable[[Stage, int], None] = lambda *_: None) -> Outcome:
        """Answer, or abstain; `told` hears of each stage as it begins.

        A list of which nearly all candidates are quoted may have more than these, and is looked for among more.
        """
        understood, allowed = self.understood, self.allowed
        if understood.out_of_scope:
            return Outcome("out_of_scope", reason=understood.out_of_scope)
        if not allowed.any():
            return Outcome("not_found", reason="filter" if len(allowed) else "empty")
        if self.filtered and not understood.terms:
            return Outcome("answered", self._everything(allowed))
        if understood.asks_for_all and (every := allowed & every_signal(self.corpus)).any():
            return Outcome("answered", self._everything(every))
        if self.explaining:
            return Outcome("answered", self._quoted(self.explaining))
        told("searching", len(self.corpus.view.passages))
        most = MOST_CANDIDATES
        while self._goes_on(found := self._found(most, told), most):
            most *= _TIMES_MORE
        return found

    def _goes_on(self, found: Outcome, most: int) -> bool:
        """Say whether a list, or what is all signals, may have more than was found among its `most` best candidates."""
        places = sum(1 + len(one.also) for one in found.evidence)
        listed = self.understood.kind == "list" or are_signals(self.corpus, found.evidence)
        return listed and places >= _NEARLY_ALL * most and most < int(np.count_nonzero(self.allowed))

    def _found(self, most: int, told: Callable[[Stage, int], None]) -> Outcome:
        """Decide by the `most` best candidates."""
        nearest = self._nearest(most)
        elsewhen = {one.row for one in nearest if self._of_another_year(one)}
        of_then = [one for one in nearest if one.row not in elsewhen]
        found = of_the_named(of_then, self.understood)
        told("reading", len(found))
        answers, judged = self._with_parts(self._judged(found), most)
        told("checking", len(judged))
        denied = self._denied(judged, found)
        if denied is None and self._answered(answers, judged):
            kept = {one.row for one in found}
            return self._with_quotations(judged, left_out=[one for one in of_then if one.row not in kept])
        missed = [one for one in nearest[:self.means.settings.most_near] if one.row in elsewhen]
        return self._abstained(judged, denied, missed)

    def _answered(self, answers: float, judged: Sequence[Judged]) -> bool:
        """Say whether the sources answer, with the probability that they do: the best that is quoted must be probable too."""
        if not judged:
            return False
        settings = self.means.settings
        line = settings.signal_answer_line if self.corpus.signals[judged[0].candidate.row] else settings.answer_line
        return (answers >= surer(line, sum(self.ranking.elsewhere)) and judged[0].probability >= settings.best_line
                and not about_an_unnamed_kind(self.understood, self.ranking, self.allowed, self.means.bridge))

    def _with_quotations(self, judged: Sequence[Judged], *, left_out: Sequence[Candidate]) -> Outcome:
        signals = [bool(self.corpus.signals[one.candidate.row]) for one in judged]
        places = quoted([one.probability for one in judged], signals, self.understood.kind, self.means.settings, self._words(judged))
        chosen = [judged[place] for place in places]
        evidence, taken = self._quoted(chosen, along=self._along(chosen)), set(places)
        others = (*(one for place, one in enumerate(judged) if place not in taken), *(Judged(one, 0.0) for one in left_out))
        missed = (one for one in others if not any(overlap(near.place, place) for near in self._quoted([one], near=True)
                                                   for quotation in evidence for place in (quotation.place, *quotation.also)))
        return Outcome("answered", evidence, self._quoted(list(islice(missed, self.means.settings.most_near)), near=True))

    def _abstained(self, judged: Sequence[Judged], denied: Judged | None, missed: Sequence[Candidate]) -> Outcome:
        """Say that the sources touch the question, with what comes near, or that they do not.

        What is denied is the only near miss; else those come first that were `missed` because they are of another year.
        """
        if to_itself(self.ranking.elsewhere):
            return Outcome("out_of_scope", reason="small_talk")
        settings = self.means.settings
        if denied:
            return Outcome("related", near=self._quoted([denied], near=True), reason="premise")
        elsewhen = [Judged(one, 0.0) for one in missed if touches(one, settings.related_line, named=False)]  # the year is a name too
        if elsewhen or any(touches(one.candidate, settings.related_line) for one in judged[:3]):
            return Outcome("related", near=self._quoted([*elsewhen, *judged][:settings.most_near], near=True))
        return Outcome("not_found")

    def _nearest(self, most: int) -> list[Candidate]:
        """Return the candidates that the filters leave and that say something, best first."""
        bridge = self.means.bridge
        nearest = candidates(self.ranking, self.understood, self.corpus, bridge, most=most)
        telling = [one for one in nearest if self.allowed[one.row] and says_something(one, self.understood, self.corpus, bridge)]
        return of_that_people(telling, self.understood, self.corpus, bridge)

    def _with_parts(self, whole: tuple[float, list[Judged]], most: int) -> tuple[float, list[Judged]]:
        """Return the better of the decisions on a question, on each of its parts, and without the names that titles have.

        Without these it has less to meet, so that the sources answer is then believed halfway only.
        """
        for part in self._parts:
            whole = _better(whole, self._of_part(part, most))
        if self._of_titled is not None:
            sure, found = self._of_part(self._of_titled, most)
            found = [one for one in found if not of_another_place(self.corpus.view.sentence_text(one.candidate.row), self._title(one))]
            whole = _better(whole, (halfway(whole[0], sure), found))
        return whole

    def _title(self, one: Judged) -> str:
        """Return the title of its document, with the names of the question that this has there or in its letterhead."""
        names = self.understood.titled.names if self.understood.titled else ()
        return " ".join((self.corpus.view.passages[int(self.corpus.view.sentence_owner[one.candidate.row])].title, *names))

    def _of_part(self, part: "Inquiry", most: int) -> tuple[float, list[Judged]]:
        """Return the decision on a part of a question; of each sentence what it covers of the whole."""
        nearest = [one for one in part._nearest(most) if not self._of_another_year(one)]
        sure, found = part._judged(of_the_named(nearest, part.understood))
        return sure, [replace(one, candidate=replace(one.candidate, covered=covered_by(one.candidate.row, self.ranking))) for one in found]

    def _judged(self, found: Sequence[Candidate]) -> tuple[float, list[Judged]]:
        """Return the probability that the sources answer, and the candidates, the most probable evidence first."""
        decision = self._read(found)
        defining = [self._defines(one) for one in found]
        worth = share_of_neighbours(self.understood.text, [self._row(one) for one in found])
        judged = [Judged(one, max(share * probability, _EXPLAINS * defines_it))
                  for one, share, probability, defines_it in zip(found, worth, decision.evidence, defining, strict=True)]
        judged.sort(key=lambda one: (-round(one.probability, 6), one.candidate.row))
        return max(decision.answers, _EXPLAINS * any(defining)), self._reranked(judged)

    def _read(self, found: Sequence[Candidate]) -> Decision:
        """Decide after reading the most probable candidates, and of a list as many more again as long as most of the last ones belong to it.

        Whether the sources answer is decided by the first that are read.
        """
        model, settings = self.means.model, self.means.settings
        features, prior = [one.features for one in found], [one.prior for one in found]
        if self.means.reader is None or not (batch := model.worth_reading(features, settings.most_read, prior=prior)):
            return model.decide(features, prior)
        read: dict[int, float] = {}
        decisions: list[Decision] = []
        while batch:
            read |= self._scores(found, batch, self.means.reader)
            decisions.append(model.decide_read(features, read, prior))
            belong = sum(decisions[-1].evidence[one] >= settings.signal_line for one in batch)
            more = self.understood.kind == "list" and 2 * belong >= len(batch) and len(read) < settings.most_read_of_list
            batch = model.worth_reading(features, settings.most_read, prior=prior, known=read) if more else []
        return replace(decisions[-1], answers=decisions[0].answers)

    def _scores(self, found: Sequence[Candidate], batch: Sequence[int], reader: CrossEncoder) -> dict[int, float]:
        """Return what the reader says of these places of the candidates; none is read twice."""
        new = [found[place] for place in batch if found[place].row not in self.said]
        if new:
            scores = reader.scores(self.understood.put, [glossed(one, self.understood, self.corpus) for one in new])
            self.said.update(zip((one.row for one in new), map(float, scores), strict=True))
        return {place: self.said[found[place].row] for place in batch}

    def _reranked(self, judged: list[Judged]) -> list[Judged]:
        """Give the probabilities of the best to the same sentences in the order of the reranker that the settings name, if they do."""
        if self.means.reranker is None:
            return judged
        best = judged[:self.means.settings.most_reranked]
        scores = self.means.reranker.scores(self.understood.put, [read_text(one.candidate.row, self.corpus.view) for one in best])
        order = np.argsort(-scores, kind="stable")
        return [*(Judged(best[int(place)].candidate, one.probability) for place, one in zip(order, best, strict=True)), *judged[len(best):]]

    def _denied(self, judged: Sequence[Judged], found: Sequence[Candidate]) -> Judged | None:
        """Return the sentence that denies what the question takes for granted, or answers it for something else, if one does.

        Among the three most probable, of which what is far less probable denies nothing, and the nearest two that hold more of the question.
        """
        least = self.means.settings.sentence_share * judged[0].probability if judged else 0.0
        for one in judged[:3]:
            if one.probability >= least and self._denies(one):
                return one
        return next((one for one in _holding_more(judged, found[:2]) if self._denies(one, by_negation=False)), None)

    def _denies(self, one: Judged, *, by_negation: bool = True) -> bool:
        """Say whether a sentence denies what the question takes for granted; a negation in one signal of a list denies nothing of the others."""
        row = one.candidate.row
        listed = self.understood.kind == "list" and bool(self.corpus.signals[row])
        return denies(self.understood, self.corpus.view.sentence_text(row), around=self.corpus.signal_of(row), by_negation=by_negation and not listed)

    def _of_another_year(self, one: Candidate) -> bool:
        passage = self.corpus.view.passages[int(self.corpus.view.sentence_owner[one.row])]
        return of_another_year(self.understood.put, self.corpus.view.sentence_text(one.row), f"{passage.text} {heading(passage)}")

    def _defines(self, one: Candidate) -> bool:
        """Say whether a sentence defines what a question asks the meaning of, and names nothing else than it."""
        named = [labels_of_term(term) for term in self.understood.defined]
        return bool(named) and not names_another(one) and defines(self.corpus.view.sentence_text(one.row), named, self.corpus.language(one.row))

    def _row(self, one: Candidate) -> str:
        """Return the text of a row of a table; nothing of any other passage."""
        passage = self.corpus.view.passages[int(self.corpus.view.sentence_owner[one.row])]
        return passage.text if passage.kind == "row" else ""

    def _everything(self, allowed: NDArray[np.bool_]) -> tuple[Evidence, ...]:
        """Quote all that may be quoted, for a question that asks for nothing else: what stands under a heading, or every signal."""
        return self._quoted([Judged(Candidate(int(row), (), ()), 1.0) for row in np.flatnonzero(allowed) if self.corpus.view.quotable(int(row))])

    def _along(self, chosen: Sequence[Judged]) -> dict[int, tuple[int, int]]:
        """Return the rows that are quoted with sentences around them, none of which is such a sentence itself, each with the first and last of these."""
        found: dict[int, tuple[int, int]] = {}
        covered = -1
        for row in sorted(one.candidate.row for one in chosen):
            first, last = along(row, self.ranking, self.understood, self.corpus)
            if covered < first and first < last and not any(self._of_another_year(Candidate(near, (), ())) for near in range(first, last + 1) if near != row):
                found[row], covered = (first, last), last
        return found

    def _words(self, judged: Sequence[Judged]) -> list[str]:
        """Return the words that would be quoted of each, with the columns of a row; a number instead for one that is too improbable to be quoted.

        Nothing for a list, of which all is quoted that is probable enough.
        """
        if self.understood.kind == "list" or not judged:
            return []
        settings = self.means.settings
        least = max(settings.evidence_line, settings.sentence_share * judged[0].probability)
        found = []
        for number, one in enumerate(judged):
            if one.probability < least:
                found.append(f"#{number}")
                continue
            whole = quote(one, self.corpus, why="", whole_list=with_whole_list(one.candidate, self.understood, self.corpus))
            found.append(same_words(f"{whole.context} {whole.quote}"))
        return found

    def _quoted(self, judged: Sequence[Judged], *, near: bool = False,
                along: Mapping[int, tuple[int, int]] | None = None) -> tuple[Evidence, ...]:
        """Quote what was judged, an item with its whole list where all of it answers, a row of `along` with those around it; of a near miss the item."""
        listed = [not near and with_whole_list(one.candidate, self.understood, self.corpus) for one in judged]
        quotations = [quote(one, self.corpus, why=reasons(one, self.understood), whole_list=whole, along=(along or {}).get(one.candidate.row))
                      for one, whole in zip(judged, listed, strict=True)]
        kept = merged(quotations)
        return numbered(kept, by_place=self.understood.kind == "list" and are_signals(self.corpus, kept))


def are_signals(corpus: Corpus, evidence: Sequence[Evidence]) -> bool:
    """Say whether all quotations are signals."""
    return bool(evidence) and all(corpus.kinds[one.passage_id] == "signal" for one in evidence)


def _holding_more(judged: Sequence[Judged], nearest: Sequence[Candidate]) -> list[Judged]:
    """Return those of the nearest candidates that hold plainly more of the question's words than the most probable one: these may go the other way."""
    if not judged:
        return []
    return [Judged(one, 0.0) for one in nearest if one.feature("own") >= judged[0].candidate.feature("own") + _PLAINLY_MORE]


def _better(one: tuple[float, list[Judged]], other: tuple[float, list[Judged]]) -> tuple[float, list[Judged]]:
    """Return of two decisions on the same sources the higher probability that they answer, and that of each sentence, the most probable first."""
    best = {judged.candidate.row: judged for judged in one[1]}
    for judged in other[1]:
        if judged.candidate.row not in best or judged.probability > best[judged.candidate.row].probability:
            best[judged.candidate.row] = judged
    return max(one[0], other[0]), sorted(best.values(), key=lambda judged: (-round(judged.probability, 6), judged.candidate.row))
