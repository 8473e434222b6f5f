"""What a question leaves out: "naast Oekraïners", "apart from Ukraine", "Welke signalen gaan niet over Polen?".

Such a question is put to the sources without that, and no sentence that names it is quoted.
"""

import re
from collections.abc import Collection

_LEAVES_OUT = re.compile(
    r"(?:,\s*)?\b(?:behalve|naast|uitgezonderd|met uitzondering van|afgezien van|anders dan|apart from|aside from|other than|except(?:ing| for)?|excluding"
    r"|besides|not counting|(?:niet|not)(?= (?:over|about|on|concerning|regarding)\b))\s+(?:(?:(?:die|those|that) )?(?:over|about|on|concerning|regarding)\s+)?"
    r"(?:(?:de|het|the)\s+)?", re.I)
_NAMES_NOT = re.compile(r"\b(?:signalen|trends) (?:noemen|vermelden|betreffen|raken) (?:(?:de|het) )?(?P<what>[^?.!,]+?) niet(?=[?.!]|$)", re.I)
_AND = re.compile(r"\s+(?:en|of|and|or)\s+(?:(?:de|het|the)\s+)?", re.I)


def left_out(question: str, terms: Collection[str], language: str) -> tuple[tuple[tuple[str, ...], ...], str]:
    """Return which things a question leaves out, each as its terms, and the question without them; nothing, and the question, where it leaves out none."""
    opening, named = _LEAVES_OUT.search(question), _NAMES_NOT.search(question)
    if opening:
        start, first = opening.start(), opening.end()
    elif named:
        start = first = named.start("what")
    else:
        return (), question
    things: list[tuple[str, ...]] = []
    last = first
    while thing := _thing(question, first, terms, language):
        things.append(thing)
        last = question.index(thing[-1], first + len(" ".join(thing[:-1]))) + len(thing[-1])
        first = joint.end() if (joint := _AND.match(question, last)) else last
    rest = question[named.end():] if things and named and not opening else question[last:]
    return tuple(things), f"{question[:start].rstrip()} {rest.lstrip(' ,')}".strip() if things else question


def _thing(question: str, first: int, terms: Collection[str], language: str) -> tuple[str, ...]:
    """Return the terms of the thing that is named there: in English all that follow each other, in Dutch the next one too behind an adjective."""
    found: list[str] = []
    while term := max((one for one in terms if question.startswith(one, first)), key=len, default=""):
        found.append(term)
        first += len(term) + 1
        if language == "nl" and not term.endswith("e"):
            break
    return tuple(found)
