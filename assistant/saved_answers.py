"""An answer read back from the JSON of the command contract."""

from collections.abc import Mapping
from typing import Any, get_args

from assistant.answers import Answer, Evidence, Language, Place, Reading, Scope, Status
from ingest.blocks import Box
from ingest.errors import UsageError


def answer_from_json(value: object) -> Answer:
    """Read an answer; `answer_from_json(answer.to_json()) == answer` but for scores, which the contract rounds, and `generated`, which is not read back.

    :raises UsageError: naming what is absent or of the wrong kind.
    """
    if not isinstance(value, Mapping):
        raise UsageError("an answer is a JSON object")
    if "error" in value and "status" not in value:
        raise UsageError(f"this question was not answered: {value['error']}")
    try:
        return _answer(value)
    except KeyError as error:
        raise UsageError(f"the answer has no {error.args[0]!r}") from None
    except (TypeError, ValueError, AttributeError) as error:
        raise UsageError(f"the answer is not as `bronvast ask --json` gives it: {error}") from None


def evidence_from_json(value: Mapping[str, Any]) -> Evidence:
    """Read one quotation. Raises KeyError, TypeError or ValueError where it is not as it should be."""
    if not isinstance(value["quote"], str):
        raise TypeError("a quote must be text")
    return Evidence(int(value.get("n", 0)), value["quote"], _place(value), float(value.get("score", 0.0)), str(value.get("passage_id", "")),
                    tuple(_place(other) for other in value.get("also", ())), str(value.get("why", "")), str(value.get("context", "")))


def _answer(value: Mapping[str, Any]) -> Answer:
    status, language = value["status"], value.get("language", "nl")
    if status not in get_args(Status) or language not in get_args(Language):
        raise ValueError(f"status {status!r} and language {language!r} are not both known")
    understood = value.get("understood", {})
    reading = Reading(understood.get("text", ""), understood.get("kind", ""), _pairs(understood.get("corrections", ())),
                      _pairs(understood.get("filters", ())),
                      tuple((name, tuple(others)) for name, others in understood.get("added", ())),
                      tuple(str(one) for one in understood.get("left_out", ())), _pairs(understood.get("titled", ())))
    scope = value.get("scope", {})
    return Answer(str(value.get("id", "")), str(value["question"]), language, status, str(value.get("text", "")),
                  tuple(evidence_from_json(one) for one in value["evidence"]), tuple(evidence_from_json(one) for one in value.get("near", ())),
                  Scope(*(int(scope.get(name, 0)) for name in ("documents", "passages", "scored", "matched"))), reading,
                  str(value.get("settings_hash", "")), str(value.get("index_hash", "")), dict(value.get("timing_ms", {})))


def _place(value: Mapping[str, Any]) -> Place:
    start, end = value["start"], value["end"]
    if not isinstance(start, int) or not isinstance(end, int):
        raise TypeError("`start` and `end` must be whole numbers")
    boxes = tuple(Box(**{name: box[name] for name in ("page", "x0", "y0", "x1", "y1")}) for box in value.get("boxes", ()))
    return Place(str(value["doc"]), str(value["doc_sha256"]), str(value.get("title", "")), str(value.get("section", "")),
                 value.get("page"), start, end, boxes)


def _pairs(values: object) -> tuple[tuple[str, str], ...]:
    return tuple((str(first), str(second)) for first, second in values)  # type: ignore[attr-defined]
