"""Stand-ins for the parts behind the command and the server: they count, they answer what they are told."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace

from assistant.answers import Answer, Evidence, Place, Reading, Scope
from ingest.documents import Document, Passage
from ingest.errors import UsageError

NO_SOURCES = SimpleNamespace(hash="", hash_for=lambda audiences: "", view=lambda audiences: SimpleNamespace(documents=()))  # an index without documents


def place(quote: str = "Water stijgt.", *, doc: str = "nota.txt", start: int = 10) -> Place:
    return Place(doc, "ab" * 32, "Nota water", "1 > 1.2 Kust", 14, start, start + len(quote))


def evidence(n: int = 1, quote: str = "Water stijgt.", **kwargs: object) -> Evidence:
    return Evidence(n, quote, place(quote), 0.93, f"p{n}", **kwargs)


def answer(question: str = "Wat stijgt?", **changes: object) -> Answer:
    values: dict[str, object] = {
        "id": "", "question": question, "language": "nl", "status": "answered", "text": "1 passage gaat hierover.",
        "evidence": (evidence(),), "near": (), "scope": Scope(1, 24, 24, 1), "understood": Reading(question, "fact"),
        "timing_ms": {"total": 1.0}}
    return Answer(**{**values, **changes})


@dataclass
class FakeAssistant:
    """Answers every question with its own words; refuses an empty one; keeps what it was asked."""

    asked: list[dict[str, object]] = field(default_factory=list)
    index = NO_SOURCES

    def ask(self, question: str, *, history: Sequence[str] = (), id: str = "",
            audiences: frozenset[str] | None = None, filters: Sequence[tuple[str, str]] | None = None,
            literal: Sequence[str] = (), told: object = None) -> Answer:
        self.asked.append({"question": question, "history": tuple(history), "id": id, "audiences": audiences,
                           "filters": filters})
        if not question.strip():
            raise UsageError("The question is empty.")
        return answer(question, id=id)


@dataclass(frozen=True)
class FakeView:
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class FakeSources:
    documents: tuple[Document, ...]

    def document(self, doc: str) -> Document:
        for one in self.documents:
            if one.doc == doc:
                return one
        raise UsageError(f"no document {doc}")

    def view(self, audiences: frozenset[str] | None) -> FakeView:
        seen = [one for one in self.documents if audiences is None or one.metadata.get("audience", "") in audiences]
        return FakeView(tuple(passage for one in seen for passage in one.passages))


def document(doc: str, text: str, **metadata: str) -> Document:
    passage = Passage(f"id-{doc}", doc, "cd" * 32, "Titel", "1 Deel", None, "sentences", 0, len(text), text)
    return Document(doc, "cd" * 32, "Titel", text, passages=(passage,), metadata=metadata)
