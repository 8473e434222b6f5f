"""What a model gets to see of an answer: its quotations under opaque ids, as data between marks that no source can close."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answers import Evidence

_ID_DIGITS = 4
_MARK_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Material:
    """The quotations of one answer by opaque id, in the order of the answer."""

    quotations: Mapping[str, Evidence]

    @classmethod
    def of(cls, shown: Sequence[Evidence], *, most_characters: int) -> "Material":
        """Take quotations that an answer shows, from the first on, as many as fit."""
        kept: dict[str, Evidence] = {}
        used = 0
        for one in shown:
            used += len(one.quote) + len(one.context) + 40
            if used > most_characters:
                break
            kept[_opaque_id(one, kept)] = one
        return cls(kept)

    def as_data(self) -> list[dict[str, str]]:
        """The quotations as the model sees them; the context is what the reader sees above the quotation."""
        return [{"id": name, "text": one.quote, **({"under": one.context} if one.context else {})}
                for name, one in self.quotations.items()]


def marked(value: object) -> str:
    """Return a value as JSON between marks that hold its own hash: text inside cannot know them, so it cannot end the data."""
    data = json.dumps(value, ensure_ascii=False)
    mark = hashlib.sha256(data.encode("utf-8", "replace")).hexdigest()[:_MARK_DIGITS]
    return f"<data {mark}>\n{data}\n</data {mark}>"


def cited(ids: Sequence[str], material: Material) -> tuple[Evidence, ...]:
    """Return the quotations behind known ids."""
    return tuple(material.quotations[one] for one in ids)


def _opaque_id(evidence: Evidence, taken: Mapping[str, Evidence]) -> str:
    """Return an id that follows from the content and that a model cannot guess; longer where two would be the same."""
    digest = hashlib.sha256(f"{evidence.passage_id}:{evidence.place.doc}:{evidence.place.start}".encode("utf-8", "replace")).hexdigest()
    length = _ID_DIGITS
    while f"E{digest[:length]}" in taken:
        length += 1
    return f"E{digest[:length]}"
