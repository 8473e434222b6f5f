"""The answer: status, evidence, near misses and scope, as frozen values and as the JSON of the command contract."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Literal, Protocol

from assistant.generated import GeneratedText
from ingest.blocks import Box

Status = Literal["answered", "related", "not_found", "out_of_scope"]
Language = Literal["nl", "en"]
Stage = Literal["searching", "reading", "checking"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quotation stands: `text_of(doc)[start:end]` is the quotation, to the character."""

    doc: str
    doc_sha256: str
    title: str
    section: str
    page: int | None
    start: int
    end: int
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quotation with its place, calibrated score (0 to 1) and, where the same sentence stands elsewhere, `also`."""

    n: int
    quote: str
    place: Place
    score: float
    passage_id: str
    also: tuple[Place, ...] = ()
    why: str = ""
    context: str = ""

    def to_json(self) -> dict[str, object]:
        """The evidence as the command contract has it."""
        place = asdict(self.place)
        boxes = place.pop("boxes")
        return {"n": self.n, **place, "quote": self.quote, "score": round(self.score, 4), "boxes": boxes,
                "passage_id": self.passage_id, "context": self.context, "why": self.why,
                "also": [asdict(other) for other in self.also]}


@dataclass(frozen=True, slots=True)
class Scope:
    """How much was looked at: documents and passages that the user may see, passages scored, quotations given."""

    documents: int
    passages: int
    scored: int
    matched: int


@dataclass(frozen=True, slots=True)
class Reading:
    """The question as it was understood, shown so that the user can correct it.

    `left_out` is what it leaves out ("naast Oekraïners"); `titled` has names, and the title of a document that has these: it was also asked without them.
    """

    text: str
    kind: str
    corrections: tuple[tuple[str, str], ...] = ()
    filters: tuple[tuple[str, str], ...] = ()
    added: tuple[tuple[str, tuple[str, ...]], ...] = ()
    left_out: tuple[str, ...] = ()
    titled: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """How far a question has come: what is being done now, to how many passages (sentences, in the last two stages)."""

    stage: Stage
    reading: Reading
    count: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to one question. Only an `answered` answer carries evidence.

    `generated` is what an optional language model wrote beside it; None, and absent from the JSON, where none was asked.
    """

    id: str
    question: str
    language: Language
    status: Status
    text: str
    evidence: tuple[Evidence, ...]
    near: tuple[Evidence, ...]
    scope: Scope
    understood: Reading
    settings_hash: str = ""
    index_hash: str = ""
    timing_ms: dict[str, float] = field(default_factory=dict, compare=False)
    generated: GeneratedText | None = None

    def to_json(self) -> dict[str, object]:
        """The answer as the command contract has it; repeatable but for `timing_ms`."""
        return {"id": self.id, "question": self.question, "language": self.language, "status": self.status,
                "text": self.text, "evidence": [one.to_json() for one in self.evidence],
                "near": [one.to_json() for one in self.near], "scope": asdict(self.scope),
                "understood": asdict(self.understood), "settings_hash": self.settings_hash,
                "index_hash": self.index_hash, "timing_ms": self.timing_ms,
                **({"generated": self.generated.to_json()} if self.generated is not None else {})}


class Asks(Protocol):
    """What answers questions: the assistant, alone or with a writer beside it, or a test's stand-in."""

    def ask(self, question: str, *, history: Sequence[str] = (), id: str = "", audiences: frozenset[str] | None = None,
            filters: Sequence[tuple[str, str]] | None = None) -> Answer:
        """Answer one question, after the earlier ones in `history`."""
        ...

    def ranked(self, question: str, *, history: Sequence[str] = (), filters: Sequence[tuple[str, str]] | None = None) -> Sequence[Evidence]:
        """Return the retrieval for one question, best first."""
        ...
