"""A question of a question set, with the quotations that an answer to it must hold."""

from collections.abc import Mapping
from dataclasses import dataclass

LANGUAGES = ("nl", "en")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A quotation that a question set names: its words, and where they stood when the set was made.

    `doc` is the document's name (with or without its ending), empty where only the words are known; `start` and `end`
    are offsets of that document's text, None where they are unknown. They are a hint: the words decide.
    """

    quote: str
    doc: str = ""
    start: int | None = None
    end: int | None = None

    def to_json(self) -> dict[str, object]:
        """The anchor as a question set has it; what is unknown is left out."""
        offsets = {} if self.start is None else {"start": self.start, "end": self.end}
        return {**({"doc": self.doc} if self.doc else {}), **offsets, "quote": self.quote}


@dataclass(frozen=True, slots=True)
class Question:
    """A question. `must` has the required quotations: of each inner tuple one suffices. `may` neither counts for nor against.

    `filters` go to the assistant as they stand; None leaves filters to the question's own words. Questions with the same
    `pair` ask the same in another language. `line` is where the question stands in its file, from 1.
    """

    id: str
    question: str
    language: str = "nl"
    kind: str = "fact"
    history: tuple[str, ...] = ()
    answerable: bool = True
    must: tuple[tuple[Anchor, ...], ...] = ()
    may: tuple[Anchor, ...] = ()
    filters: tuple[tuple[str, str], ...] | None = None
    pair: str = ""
    line: int = 0

    @property
    def anchors(self) -> tuple[Anchor, ...]:
        """All quotations that the question names, required ones first."""
        return (*(anchor for alternatives in self.must for anchor in alternatives), *self.may)

    def to_json(self) -> dict[str, object]:
        """The question as one line of a question set; `eval.question_sets` reads it back."""
        said: dict[str, object] = {
            "id": self.id, "language": self.language, "kind": self.kind, "question": self.question,
            "history": list(self.history), "answerable": self.answerable,
            "must": [[anchor.to_json() for anchor in alternatives] for alternatives in self.must],
            "may": [anchor.to_json() for anchor in self.may]}
        if self.filters is not None:
            said["filters"] = [list(pair) for pair in self.filters]
        return {**said, "pair": self.pair} if self.pair else said


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line of a question set, in one sentence."""

    line: int
    reason: str


Signals = Mapping[str, Anchor]  # the quotations that questions name by id, from a signals file
