"""Whether a sentence puts two things the other way round than a question: "A instead of B" and "B boven A", "from A to B" and "van B naar A"."""

import re
from collections.abc import Sequence

from assistant.term_match import labels_of_term
from assistant.understanding import Term, Understood
from index.words import stems

_SIDE = 80  # characters of a side that are looked at; not measured
# Each with what goes before the other: what is preferred, what there is more of, where something goes to.
_ORDERS = tuple(re.compile(pattern, re.I) for pattern in (
    rf"\b(?:prefer(?:s|red|ring)?|verkies(?:t|en)|verkiezen|verkoos|verkozen)\b(?P<first>.{{3,{_SIDE}}}?)\b(?:boven|over|to)\b(?P<second>.{{3,{_SIDE}}})",
    rf"\b(?:from|van|vanuit)\b(?P<second>.{{3,{_SIDE}}}?)\b(?:to|towards|into|naar)\b(?P<first>.{{3,{_SIDE}}})",
    rf"(?P<first>.{{3,{_SIDE}}})\b(?:in plaats van|boven|instead of|rather than|above|outweigh(?:s|ed|ing)?|(?:weegt|wegen|woog|wogen) zwaarder dan"
    rf"|(?:takes?|took|taking) precedence over|(?:gaat|gaan|ging|gingen) voor)\b(?P<second>.{{3,{_SIDE}}})",
    rf"(?P<first>.{{3,{_SIDE}}}\b(?:vaker|meer|eerder|liever|sneller|more|faster|sooner|better)\b.{{0,{_SIDE}}}?)\b(?:dan|than)\b(?P<second>.{{3,{_SIDE}}})"))


def exchanged(understood: Understood, sentence: str) -> bool:
    """Say whether two terms of a question have changed places in a sentence, and not both sides have kept one."""
    here, there = _sides(understood.text, understood.terms), _sides(sentence, understood.terms)
    if here is None or there is None:
        return False
    (first, second), (first_there, second_there) = here, there
    return bool(first & second_there and second & first_there) and not (first & first_there and second & second_there)


def _sides(text: str, terms: Sequence[Term]) -> tuple[set[int], set[int]] | None:
    """Return which terms stand only on the first side and only on the second of what a text puts in an order, or None where it does not."""
    found = next((found for order in _ORDERS if (found := order.search(text))), None)
    if found is None:
        return None
    first, second = ({number for number, term in enumerate(terms) if _stands_in(term, found[side])} for side in ("first", "second"))
    return first - second, second - first


def _stands_in(term: Term, text: str) -> bool:
    """Say whether a text holds all words of a label of a term; compounds are taken apart."""
    said = {*stems(text, "nl"), *stems(text, "en")}
    return any(said.issuperset(label) for label in labels_of_term(term))
