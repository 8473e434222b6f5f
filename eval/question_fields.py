"""The fields of one line of a question set: as a JSON Schema for editors and other tools, and as they are read.

Reading checks more than the schema can say. Every fault is noted, and reading goes on.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeGuard, TypeVar

from rapidfuzz.distance import OSA

from eval.questions import LANGUAGES, Anchor, Question, Signals

Read = TypeVar("Read")
REMARKS = {"note", "section", "page"}  # for people: what looks like one of these means no harm
FIELDS = ("id", "language", "lang", "kind", "question", "history", "answerable", "must", "may", "gold", "filters", "pair", "note")
ANCHOR_FIELDS = ("doc", "start", "end", "quote", "section", "page", "id")


def question_schema() -> dict[str, object]:
    """Return the schema (draft 2020-12)."""
    text, offset = {"type": "string", "pattern": r"\S"}, {"type": ["integer", "null"], "minimum": 0}
    anchor = {"type": "object", "required": ["quote"], "dependentRequired": {"start": ["end"], "end": ["start"]}, "properties": {
        "quote": {**text, "description": "the words, as the source has them"},
        "doc": {"type": ["string", "null"], "description": "name of the document, with or without its ending"},
        "start": {**offset, "description": "where the words stood when the set was made, in characters of the document's text"},
        "end": {**offset, "description": "half-open"}}}
    quotation = {"anyOf": [anchor, {**text, "description": "id of a signal, with --signals"}]}
    alternatives = {"anyOf": [quotation, {"type": "array", "minItems": 1, "items": quotation}]}
    listed = {"type": ["array", "null"], "items": alternatives}
    language = {"type": "string", "pattern": f"^({'|'.join(LANGUAGES)})(-.*)?$"}
    pair = {"type": "array", "prefixItems": [{"type": "string", "minLength": 1}] * 2, "items": False, "minItems": 2}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A question of a Bronvast question set", "type": "object",
            "required": ["id", "question"], "properties": {
                "id": {"anyOf": [text, {"type": "integer"}]}, "question": text, "language": language, "lang": language, "kind": text,
                "history": {"type": ["array", "null"], "items": {"type": "string"}, "description": "earlier questions, the first first"},
                "answerable": {"type": "boolean", "default": True},
                "must": {**listed, "description": "required quotations: of each inner list one suffices"},
                "gold": {**listed, "description": "required quotations, each by itself; instead of must"},
                "may": {**listed, "description": "quotations that count neither for nor against"},
                "filters": {"anyOf": [{"type": "null"}, {"type": "array", "items": pair},
                                      {"type": "object", "additionalProperties": {"type": "string", "minLength": 1}}]},
                "pair": {"type": "string", "description": "questions with the same pair ask the same in another language"},
                "note": {"description": "a remark for people"}}}


@dataclass(slots=True)
class FieldReader:
    """One line as it is read: `faults` grows with each thing that is wrong, `passed_over` has the names that nobody knows.

    `topics`: what is required is said elsewhere, so that it may be left out here. A field without a value (null) counts
    as left out. An unknown name that is a slip of a known one is a fault.
    """

    value: Mapping[str, Any]
    signals: Signals
    topics: bool = False
    faults: list[str] = field(default_factory=list)
    passed_over: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.value = {name: value for name, value in self.value.items() if value is not None}

    def question(self, line: int) -> Question:
        """Return the question; only to be used when `faults` stayed empty."""
        self._unknown(self.value, FIELDS, "")
        answerable = self._flag("answerable")
        must, may = self._must(), self._anchors("may")
        if answerable and not self.topics and not any(must) and not self._has("must", "gold"):
            self._fault("answerable, but names no required quotation: give `must`")
        if not answerable and must:
            self._fault("not answerable, but names required quotations: leave out `must` or set `answerable` to true")
        return Question(self._text("id"), self._text("question"), self._language(), self._text("kind", "fact"), self._history(),
                        answerable, must, may, self._filters(), self._text("pair", ""), line, self.value.get("note"))

    def _fault(self, reason: str) -> None:
        self.faults.append(reason)

    def _has(self, *names: str) -> bool:
        return any(self.value.get(name) for name in names)

    def _unknown(self, value: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
        for name in sorted(set(value) - set(known)):
            meant = slip_of(name, value, known)
            if meant:
                self._fault(f"unknown field {name!r}{where}: is `{meant}` meant?")
            else:
                self.passed_over.add(name)

    def _text(self, name: str, default: str | None = None) -> str:
        given = self.value.get(name, default)
        if name == "id" and isinstance(given, int) and not isinstance(given, bool):
            given = str(given)
        if isinstance(given, str) and (given.strip() or default == ""):
            return given
        self._fault(f"`{name}` is missing" if name not in self.value else f"`{name}` must be text that is not empty")
        return ""

    def _flag(self, name: str) -> bool:
        given = self.value.get(name, True)
        if not isinstance(given, bool):
            self._fault(f"`{name}` must be true or false")
        return bool(given)

    def _language(self) -> str:
        given = self.value.get("language", self.value.get("lang", "nl"))
        spoken = given.casefold().split("-")[0].strip() if isinstance(given, str) else ""  # nl-NL is nl
        if spoken not in LANGUAGES:
            self._fault(f"`language` must be one of {', '.join(LANGUAGES)}, not {given!r}")
        return spoken

    def _history(self) -> tuple[str, ...]:
        given = self.value.get("history") or []
        if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
            self._fault("`history` must be a list of earlier questions")
            return ()
        return tuple(given)

    def _filters(self) -> tuple[tuple[str, str], ...] | None:
        given = self.value.get("filters")
        if given is None:
            return None
        pairs = list(given.items()) if isinstance(given, dict) else given
        if not isinstance(pairs, list) or not all(_is_pair(one) for one in pairs):
            self._fault("`filters` must be a list of [name, value] pairs, or an object of names and values")
            return None
        return tuple((name, value) for name, value in pairs)

    def _must(self) -> tuple[tuple[Anchor, ...], ...]:
        """`must` is a list of alternatives; `gold` is a list of quotations that are each required."""
        if "gold" in self.value and "must" in self.value:
            self._fault("`gold` and `must` say the same: give one of them")
        if "gold" in self.value:
            return tuple((anchor,) for anchor in self._anchors("gold"))
        return tuple(self._listed(self.value.get("must") or [], "must", self._alternatives))

    def _alternatives(self, given: object, where: str) -> tuple[Anchor, ...]:
        if isinstance(given, (str, dict)):
            given = [given]
        found = tuple(self._listed(given, where, self._anchor))
        if isinstance(given, list) and not given:
            self._fault(f"`{where}` has no alternative")
        return found

    def _anchors(self, name: str) -> tuple[Anchor, ...]:
        found = self._listed(self.value.get(name) or [], name, self._alternatives)
        return tuple(anchor for alternatives in found for anchor in alternatives)

    def _listed(self, given: object, where: str, read: Callable[[object, str], Read]) -> list[Read]:
        if not isinstance(given, list):
            self._fault(f"`{where}` must be a list")
            return []
        return [read(one, f"{where}[{number}]") for number, one in enumerate(given)]

    def _anchor(self, given: object, where: str) -> Anchor:
        if isinstance(given, str):
            return self._signal(given, where)
        if not isinstance(given, dict) or not isinstance(given.get("quote"), str) or not given["quote"].strip():
            self._fault(f"`{where}` must have a `quote` that is not empty, or be the id of a signal")
            return Anchor("")
        given = {name: value for name, value in given.items() if value is not None}
        self._unknown(given, ANCHOR_FIELDS, f" in `{where}`")
        start, end, doc = given.get("start"), given.get("end"), given.get("doc", "")
        if not isinstance(doc, str):
            self._fault(f"`{where}.doc` must be the name of a document")
        wrong = offsets_fault(start, end)
        if wrong:
            self._fault(f"`{where}` {wrong}")
            start = end = None
        return Anchor(given["quote"], str(doc), start, end)

    def _signal(self, name: str, where: str) -> Anchor:
        if name in self.signals:
            return self.signals[name]
        missing = "which the signals file does not have" if self.signals else "but no signals file was given: add --signals FILE"
        self._fault(f"`{where}` names signal {name!r}, {missing}")
        return Anchor("")


def offsets_fault(start: object, end: object) -> str:
    """Return what is wrong with the offsets of a quotation, both None where they are unknown; empty when nothing is."""
    if start is None and end is None or _is_offset(start) and _is_offset(end) and start < end:
        return ""
    return f"has offsets {start!r} to {end!r}: needs whole numbers with 0 <= start < end"


def slip_of(name: str, value: Mapping[str, Any], known: tuple[str, ...]) -> str:
    """Return the known name, not given itself, that a name is a typing error of; empty when it is another name altogether."""
    same = ({"language", "lang"}, {"must", "gold"})
    given = {other for group in same if group & value.keys() for other in group} | value.keys()
    slips = [one for one in known if one not in given | REMARKS and OSA.distance(name.casefold(), one) <= (1 if len(one) < 6 else 2)]
    return slips[0] if slips else ""


def _is_offset(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_pair(value: object) -> bool:
    return isinstance(value, (list, tuple)) and len(value) == 2 and all(isinstance(part, str) and part for part in value)
