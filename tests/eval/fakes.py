"""An assistant whose answers are given, over one small document."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.answers import Answer, Evidence, Reading, Scope
from eval.question_sets import QuestionSet
from eval.questions import Anchor, Question
from eval.run_files import RunHeader
from eval.runs import Bench
from ingest.errors import UsageError
from tests.eval.measures.cases import DOCUMENT, A, B, C, D, evidence


@dataclass
class FakeSubject:
    """Answers with the quotations given for each question; abstains from others; refuses the question "kapot"."""

    quotes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    score: float = 0.9

    def ask(self, question: str, *, history: Sequence[str] = (), id: str = "",
            audiences: frozenset[str] | None = None, filters: Sequence[tuple[str, str]] | None = None) -> Answer:
        self.asked.append(id)
        if question == "kapot":
            raise UsageError("de vraag is kapot")
        given = tuple(evidence(quote, self.score - 0.1 * place) for place, quote in enumerate(self.quotes.get(id, ())))
        return Answer(id, question, "nl", "answered" if given else "not_found", "Zin.", given, (), Scope(1, 4, 4, len(given)),
                      Reading(question, "fact"), "s" * 12, "i" * 16, {"total": float(len(self.asked))})

    def ranked(self, question: str, *, history: Sequence[str] = (), filters: Sequence[tuple[str, str]] | None = None) -> tuple[Evidence, ...]:
        return tuple(evidence(quote) for quote in (A, B, C, D))


def question(id: str, *must: str, language: str = "nl", text: str = "Wat?", **changes: object) -> Question:
    return Question(id, text, language, must=tuple((Anchor(quote),) for quote in must), answerable=bool(must), **changes)


def question_set(*questions: Question, name: str = "set.jsonl") -> QuestionSet:
    return QuestionSet(name, questions)


def bench(subject: FakeSubject, questions: QuestionSet, settings_hash: str = "s" * 12) -> Bench:
    header = RunHeader(questions.name, questions.hash, len(questions.questions), settings_hash, "i" * 16, "model", {}, {"python": "3.11"})
    return Bench(subject, [DOCUMENT], header)
