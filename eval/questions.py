"""A question of a question set, with the quotations that an answer to it must hold, and which questions ask the same in another language."""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

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
    `pair` ask the same in another language. `line` is where the question stands in its file, from 1; `note` is a remark
    for people, which goes from file to file and changes nothing.
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
    note: object = field(default=None, compare=False)

    @property
    def anchors(self) -> tuple[Anchor, ...]:
        """All quotations that the question names, required ones first."""
        return (*(anchor for alternatives in self.must for anchor in alternatives), *self.may)

    def to_json(self) -> dict[str, object]:
        """The question as one line of a question set, without its note; `eval.question_sets` reads it back."""
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


@dataclass(frozen=True, slots=True)
class Entry:
    """What a file says of one question: its fields (None where they cannot be read), the line where it begins, and faults found so far."""

    line: int
    value: Mapping[str, Any] | None
    faults: tuple[Fault, ...] = ()


def letters(text: str) -> str:
    """Return the letters and digits of a text, ligatures expanded and without case: what two readings agree on."""
    return "".join(one for one in unicodedata.normalize("NFKC", text).casefold() if one.isalnum())


def pair_names(questions: Sequence[Question]) -> dict[str, str]:
    """Return the pair of each question by its id; questions without a counterpart are left out.

    A pair is named by the question's own `pair`, else by ids that differ in an ending `-nl`, `-en` only, else by kind
    and required quotations that are the same.
    """
    groups: dict[str, list[Question]] = defaultdict(list)
    by_ending = _by_ending(questions)
    for question in questions:
        name = question.pair or by_ending.get(question.id) or _by_quotations(question)
        if name:
            groups[name].append(question)
    return {question.id: name for name, members in groups.items()
            if {member.language for member in members} == set(LANGUAGES) for question in members}


def _by_ending(questions: Sequence[Question]) -> dict[str, str]:
    stems: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        if question.id.endswith(f"-{question.language}"):
            stems[question.id.removesuffix(f"-{question.language}")].append(question)
    return {question.id: stem for stem, members in stems.items() if len(members) > 1 for question in members}


def _by_quotations(question: Question) -> str:
    if not question.must or question.history:
        return ""
    groups = sorted("|".join(sorted(letters(anchor.quote) for anchor in group)) for group in question.must)
    return f"{question.kind}: {'; '.join(groups)}"
