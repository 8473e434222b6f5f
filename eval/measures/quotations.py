"""Recall, precision and F1 of the quotations of one answer, by whole quotations and by characters.

A quotation and a required one match where they stand at the same place of the same document. A quotation *finds* a required one
when it covers more than half of its characters, as quotations are widened until they have their negation and condition; it is
*exactly* the required one when both begin and end with the same letter. How much too much was quoted is for the character measures.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.answers import Evidence
from eval.anchors import FittedAnchor, Span, inner_span
from eval.questions import letters

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


Matches = Callable[[Quoted, FittedAnchor], bool]


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


def is_right(quoted: Quoted, required: Required, matches: Matches = finds) -> bool | None:
    """Say whether a quotation is one of the required ones; None for one that is only allowed, which counts neither way."""
    if any(matches(quoted, anchor) for group in required.groups for anchor in group):
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


@dataclass(frozen=True, slots=True)
class RecallPrecision:
    """Recall and precision (0 to 1) of one answer."""

    recall: float
    precision: float

    @property
    def f1(self) -> float:
        """Their harmonic mean; 0 when both are."""
        total = self.recall + self.precision
        return 2 * self.recall * self.precision / total if total else 0.0


def by_unit(quotations: Sequence[Quoted], required: Required, matches: Matches = finds) -> RecallPrecision:
    """Count whole quotations: which of the required groups were found, and which of the quotations are required ones.

    Allowed quotations do not count; an answer of only those has precision 1. No quotation at all: both 0. The same
    quotation twice counts once. Nothing required: recall 1.
    """
    given = distinct(quotations)
    if not given:
        return RecallPrecision(0.0, 0.0)
    found = [any(matches(one, anchor) for one in given for anchor in group) for group in required.groups]
    counted = [right for one in given if (right := is_right(one, required, matches)) is not None]
    return RecallPrecision(_share(found), _share(counted))


def exactly(quotations: Sequence[Quoted], required: Required) -> RecallPrecision:
    """Count as `by_unit`, where only the required words count, from the first letter to the last."""
    return by_unit(quotations, required, is_exactly)


def by_character(quotations: Sequence[Quoted], required: Required) -> RecallPrecision:
    """Count characters: the share of the required text that was quoted, and of the quoted text that was required.

    Of each group the alternative counts that was quoted most, and the group weighs what its shortest one has, so that
    the weight does not depend on the answer; of a quotation with several places, the place that has
    most of what was required. Characters that are only allowed do not count. Text quoted twice counts once.
    """
    given = distinct(quotations)
    if not given:
        return RecallPrecision(0.0, 0.0)
    wanted = [place for group in required.groups for anchor in group for place in anchor.places]
    allowed = [place for anchor in required.allowed for place in anchor.places]
    chosen = [max(one.places, key=lambda place: (_covered(place, wanted), _covered(place, allowed))) for one in given]
    shares = [max(_group_share(anchor, chosen, given) for anchor in group) for group in required.groups]
    sizes = [min(_size(anchor) for anchor in group) for group in required.groups]
    recall = sum(share * size for share, size in zip(shares, sizes, strict=True)) / sum(sizes) if sum(sizes) else 1.0
    lost = [one for group in required.groups for anchor in group if not anchor.places for one in given if finds(one, anchor)]
    quoted = _offsets(place for place, one in zip(chosen, given, strict=True) if one not in lost)
    right = quoted & _offsets(wanted)
    neutral = (quoted & _offsets(allowed)) - right
    letters_lost = sum(len(one.letters) for one in lost)
    counted = len(quoted) - len(neutral) + letters_lost
    return RecallPrecision(recall, (len(right) + letters_lost) / counted if counted else 1.0)


def hit(quotations: Sequence[Quoted], required: Required, *, among: int) -> float:
    """Return 1 when a required quotation is among the first `among` by score, else 0; allowed ones take no place."""
    ordered = sorted(distinct(quotations), key=lambda one: -round(one.score, 6))
    counted = [right for one in ordered if (right := is_right(one, required)) is not None]
    return float(any(counted[:among]))


def _share(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 1.0


def _covered(place: Span, others: Sequence[Span]) -> int:
    return sum(overlap(place, other) for other in others)


def _group_share(anchor: FittedAnchor, chosen: Sequence[Span], given: Sequence[Quoted]) -> float:
    """Return the share of an anchor that was quoted, at the place where most of it was."""
    if not anchor.places:
        return float(any(finds(one, anchor) for one in given))
    return max(len(_offsets([place]) & _offsets(chosen)) / (place.end - place.start) for place in anchor.places)


def _size(anchor: FittedAnchor) -> int:
    """Return the characters of a required quotation; of one that is nowhere its letters."""
    return anchor.places[0].end - anchor.places[0].start if anchor.places else len(anchor.letters)


def _offsets(places: Iterable[Span]) -> set[tuple[str, int]]:
    return {(place.doc, offset) for place in places for offset in range(place.start, place.end)}


def _inside(quoted: Quoted, fitted: FittedAnchor) -> bool:
    return any(overlap(place, other) > HALF * (place.end - place.start) for place in quoted.places for other in fitted.places)


def _same_letters(given: str, required: str) -> bool:
    if not given or not required:
        return False
    return required in given or (given in required and len(given) > HALF * len(required))
