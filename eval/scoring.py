"""The scores of one answer: every measure that applies to its question."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.answers import Answer, Evidence
from eval.anchors import FittedAnchor, Texts
from eval.measures.faithfulness import guard_violations, place_share, verbatim_share
from eval.measures.quotations import Quoted, Required, by_character, by_unit, exactly, hit, is_right
from eval.measures.ranking import RANKING_MEASURES, ranking_scores
from eval.questions import Question
from ingest.documents import Document

QUOTATION_MEASURES = ("recall", "precision", "f1", "exact_recall", "exact_precision", "exact_f1", "char_recall", "char_precision", "char_f1",
                      "hit@1", "hit@3")
ANSWERABLE_MEASURES = (*QUOTATION_MEASURES, *RANKING_MEASURES, "false_refusals")
EVERY_MEASURES = ("answered", "failed", "verbatim", "placed", "guard_violations")
GENERATED_MEASURES = ("generated_shown", "generated_dropped", "generated_notices")  # texts of a language model, where a run has one
MEASURES = (*QUOTATION_MEASURES, *RANKING_MEASURES, "false_answers", "false_refusals", *EVERY_MEASURES, *GENERATED_MEASURES)
LOWER_IS_BETTER = frozenset({"false_answers", "false_refusals", "failed", "guard_violations", "generated_dropped", "generated_notices"})
NEUTRAL = frozenset({"answered", "generated_shown"})  # more of these is better or worse by what was asked


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of one question. `values` holds the measures that apply, by name.

    `confidence` orders questions for the risk-coverage curve: the best score of an answer (0 to 1), for an abstention
    that of its near misses less 1, so that it comes after all answers. `right` says whether the first quotation shown
    is required or allowed. `judged` has (score, right) of each quotation shown, for calibration.
    """

    id: str
    language: str
    kind: str
    status: str
    values: Mapping[str, float]
    pair: str = ""
    confidence: float = -1.0
    right: bool = False
    judged: tuple[tuple[float, bool], ...] = ()
    unfit: tuple[str, ...] = ()
    error: str = ""
    time_ms: float | None = field(default=None, compare=False)

    def to_json(self) -> dict[str, object]:
        """The scores as a run has them, without the time."""
        return {"id": self.id, "language": self.language, "kind": self.kind, "pair": self.pair, "status": self.status,
                "values": dict(self.values), "confidence": self.confidence, "right": self.right,
                "judged": [[score, right] for score, right in self.judged],
                "unfit": list(self.unfit), "error": self.error}

    @classmethod
    def from_json(cls, value: Mapping[str, Any], time_ms: float | None) -> "Scored":
        """Read scores back. Raises KeyError, TypeError or ValueError where they are not as they should be."""
        return cls(value["id"], value["language"], value["kind"], value["status"],
                   {str(name): float(one) for name, one in value["values"].items()}, value["pair"], float(value["confidence"]),
                   bool(value["right"]), tuple((float(score), bool(right)) for score, right in value["judged"]),
                   tuple(value["unfit"]), value["error"], time_ms)


class Scorer:
    """Scores answers against the documents of one index."""

    def __init__(self, documents: Iterable[Document], *, pairs: Mapping[str, str] | None = None) -> None:
        self._documents = {document.doc: document for document in documents}
        self._texts = Texts(self._documents.values())
        self._pairs = pairs or {}

    def required(self, question: Question) -> Required:
        """Return the quotations of a question, fitted to the documents."""
        return Required(tuple(tuple(self._texts.fit(anchor) for anchor in group) for group in question.must),
                        tuple(self._texts.fit(anchor) for anchor in question.may))

    def score(self, question: Question, answer: Answer, ranked: Sequence[Evidence]) -> Scored:
        """Score one answer and the retrieval that it came from."""
        required = self.required(question)
        quotations = [Quoted.of(one) for one in answer.evidence]
        shown = sorted([*quotations] or [Quoted.of(one) for one in answer.near], key=lambda one: -round(one.score, 6))
        answered = answer.status == "answered"
        values = {"answered": float(answered), "failed": 0.0, **self._faithful(answer), **_generated(answer)}
        if question.answerable:
            values |= {**_of_quotations(quotations, required), **ranking_scores([Quoted.of(one) for one in ranked], required),
                       "false_refusals": float(not answered)}
        else:
            values["false_answers"] = float(answered)
        best = shown[0].score if shown else 0.0
        judged = [(round(one.score, 4), right) for one in map(Quoted.of, (*answer.evidence, *answer.near))
                  if (right := is_right(one, required)) is not None]
        return Scored(question.id, question.language, question.kind, answer.status, _ordered(values), self._pairs.get(question.id, ""),
                      round(best if answered else best - 1, 6), question.answerable and bool(shown) and is_right(shown[0], required) is not False,
                      tuple(judged), _unfit(required), time_ms=answer.timing_ms.get("total"))

    def failed(self, question: Question, error: str) -> Scored:
        """Score a question that could not be answered: the worst value of each measure, so that failing never pays."""
        applies = (*ANSWERABLE_MEASURES, *EVERY_MEASURES) if question.answerable else ("false_answers", *EVERY_MEASURES)
        values = {name: float(name in LOWER_IS_BETTER) for name in applies}
        return Scored(question.id, question.language, question.kind, "failed", _ordered(values), self._pairs.get(question.id, ""),
                      unfit=_unfit(self.required(question)), error=error)

    def _faithful(self, answer: Answer) -> dict[str, float]:
        quotations = (*answer.evidence, *answer.near)
        if not quotations:
            return {}
        return {"verbatim": verbatim_share(quotations, self._documents), "placed": place_share(quotations, self._documents),
                "guard_violations": float(guard_violations(quotations, self._documents))}


def _generated(answer: Answer) -> dict[str, float]:
    """Count what a language model wrote: texts shown, texts that failed the checks, and whether there is a notice."""
    text = answer.generated
    if text is None or text.notice == "not_asked":
        return {}
    return {"generated_shown": float(len(text.sentences) + len(text.glosses) + len(text.suggestions)),
            "generated_dropped": float(sum(count for _, count in text.dropped)), "generated_notices": float(bool(text.notice))}


def _of_quotations(quotations: Sequence[Quoted], required: Required) -> dict[str, float]:
    ways: tuple[tuple[str, Callable[..., Any]], ...] = (("", by_unit), ("exact_", exactly), ("char_", by_character))
    values: dict[str, float] = {}
    for prefix, measure in ways:
        found = measure(quotations, required)
        values |= {f"{prefix}recall": found.recall, f"{prefix}precision": found.precision, f"{prefix}f1": found.f1}
    return {**values, "hit@1": hit(quotations, required, among=1), "hit@3": hit(quotations, required, among=3)}


def _ordered(values: Mapping[str, float]) -> dict[str, float]:
    """Put measures in their order and round them as a run is written, so that a run gone on with has the same means."""
    return {name: round(values[name], 6) for name in MEASURES if name in values}


def _unfit(required: Required) -> tuple[str, ...]:
    anchors: list[FittedAnchor] = [*(anchor for group in required.groups for anchor in group), *required.allowed]
    return tuple(one.anchor.quote for one in anchors if one.fit == "unfit")
