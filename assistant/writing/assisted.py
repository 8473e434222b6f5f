"""An assistant with a writer: each answer is decided first, and then gets what the model adds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answers import Answer, Asks, Evidence
from assistant.writing.writer import Writer


@dataclass(frozen=True, slots=True)
class Assisted:
    """Answers as the assistant does, with the generated text joined to each answer; for who can wait for the whole."""

    assistant: Asks
    writer: Writer

    def ask(self, question: str, *, history: Sequence[str] = (), id: str = "",
            audiences: frozenset[str] | None = None,
            filters: Sequence[tuple[str, str]] | None = None) -> Answer:
        """Answer one question; only `generated` differs from what the assistant says alone."""
        answer = self.assistant.ask(question, history=history, id=id, audiences=audiences, filters=filters)
        return replace(answer, generated=self.writer.write(answer, history=history))

    def ranked(self, question: str, *, history: Sequence[str] = (), filters: Sequence[tuple[str, str]] | None = None) -> Sequence[Evidence]:
        """Return the retrieval for one question, in which the model has no part."""
        return self.assistant.ranked(question, history=history, filters=filters)
