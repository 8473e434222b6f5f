"""What an optional language model added to an answer: checked sentences, counted rejections, and a notice."""

from dataclasses import asdict, dataclass, field
from typing import Literal

Rejection = Literal["shape", "no_id", "unknown_id", "markup", "quotation_marks", "length", "meta", "language", "number", "name",
                    "negation", "hedge", "quantity", "cause", "direction", "support", "combined", "copy", "repeated", "surplus"]
Notice = Literal["", "unreachable", "timeout", "busy", "refused", "server_error", "unreadable", "cut", "nothing_left", "not_asked"]


@dataclass(frozen=True, slots=True)
class GeneratedSentence:
    """A sentence that a model wrote and that passed every check; `rests_on` are the numbers of quotations of the answer."""

    text: str
    rests_on: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Gloss:
    """A translation by a model of quotation `n`, shown beside the original and never in its place."""

    n: int
    text: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was sent to the model and what came back, kept for evaluators and never shown or logged."""

    prompt: str
    sent: str
    received: str


@dataclass(frozen=True, slots=True)
class GeneratedText:
    """The text beside the quotations. It has no say in status, quotations or near misses.

    `dropped` counts what failed by reason; `notice` says why there is less than there could be ("" when all went well);
    `suggestions` are other wordings of the question that the user may ask, and that are never asked by themselves; `pointed`
    are the numbers of the quotations (of an abstention: of the near misses) that the model would read first.
    """

    model: str
    sentences: tuple[GeneratedSentence, ...] = ()
    glosses: tuple[Gloss, ...] = ()
    suggestions: tuple[str, ...] = ()
    dropped: tuple[tuple[Rejection, int], ...] = ()
    notice: Notice = ""
    seconds: float = field(default=0.0, compare=False)
    exchanges: tuple[Exchange, ...] = field(default=(), compare=False)
    pointed: tuple[int, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether the model added nothing that may be shown."""
        return not (self.sentences or self.glosses or self.suggestions or self.pointed)

    def to_json(self) -> dict[str, object]:
        """The generated part of an answer; without the exchanges, which hold unchecked text."""
        values = asdict(self)
        del values["exchanges"]
        return {**values, "dropped": dict(self.dropped), "seconds": round(self.seconds, 2)}

    def record(self) -> dict[str, object]:
        """The generated part with prompts and raw replies, for a run that evaluators compare."""
        return {**self.to_json(), "exchanges": [asdict(one) for one in self.exchanges]}
