"""When a quotation is what a question requires: they stand at the same place of the same document.

A quotation *finds* a required one when it covers more than half of its characters, as quotations are widened until
they have their negation and condition; it is *exactly* the required one when both begin and end with the same letter.
How much too much was quoted is for the character measures.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers import Evidence
from eval.anchors import FittedAnchor, Span, inner_span, letters

HALF = 0.5  # the definition of "more than half" above; not fitted to anything


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation that was given: its places without the punctuation around it, its letters, its score (0 to 1)."""

    places: tuple[Span, ...]
    letters: str
    score: float

    @classmethod
    def of(cls, evidence: Evidence) -> "Quoted":
        """Take what counts from a quotation of an answer."""
        places = (evidence.place, *evidence.also)
        return cls(tuple(inner_span(place.doc, place.start, evidence.quote) for place in places), letters(evidence.quote), evidence.score)


@dataclass(frozen=True, slots=True)
class Required:
    """What a question requires, fitted to the index: of each group one alternative suffices; `allowed` counts neither way."""

    groups: tuple[tuple[FittedAnchor, ...], ...] = ()
    allowed: tuple[FittedAnchor, ...] = ()


def finds(quoted: Quoted, fitted: FittedAnchor) -> bool:
    """Say whether a quotation covers more than half of a required one. One that fits nowhere is compared by its letters."""
    if not fitted.places:
        return _same_letters(quoted.letters, fitted.letters)
    return any(overlap(place, other) > HALF * (other.end - other.start) for place in quoted.places for other in fitted.places)


def is_exactly(quoted: Quoted, fitted: FittedAnchor) -> bool:
    """Say whether a quotation is a required one from its first letter to its last."""
    if not fitted.places:
        return bool(quoted.letters) and quoted.letters == fitted.letters
    return any(place == other for place in quoted.places for other in fitted.places)


def is_right(quoted: Quoted, required: Required) -> bool | None:
    """Say whether a quotation is one of the required ones; None for one that is only allowed, which counts neither way."""
    if any(finds(quoted, anchor) for group in required.groups for anchor in group):
        return True
    return None if any(finds(quoted, anchor) or _inside(quoted, anchor) for anchor in required.allowed) else False


def distinct(quotations: Sequence[Quoted]) -> tuple[Quoted, ...]:
    """Leave out a quotation whose places have all been quoted before: saying it twice is worth nothing."""
    kept: list[Quoted] = []
    for one in quotations:
        if not any(set(one.places) <= set(other.places) for other in kept):
            kept.append(one)
    return tuple(kept)


def overlap(one: Span, other: Span) -> int:
    """Return how many characters two spans share."""
    return max(0, min(one.end, other.end) - max(one.start, other.start)) if one.doc == other.doc else 0


def _inside(quoted: Quoted, fitted: FittedAnchor) -> bool:
    return any(overlap(place, other) > HALF * (place.end - place.start) for place in quoted.places for other in fitted.places)


def _same_letters(given: str, required: str) -> bool:
    if not given or not required:
        return False
    return required in given or (given in required and len(given) > HALF * len(required))
