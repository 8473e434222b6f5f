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


def left_out(question: str, terms: Collection[str]) -> tuple[tuple[str, ...], str]:
    """Return which of its terms a question leaves out, and the question without them; nothing, and the question as it is, where it leaves out none."""
    opening, named = _LEAVES_OUT.search(question), _NAMES_NOT.search(question)
    if opening:
        start, first = opening.start(), opening.end()
    elif named:
        start = first = named.start("what")
    else:
        return (), question
    found: list[str] = []
    last = first
    while term := max((one for one in terms if question.startswith(one, first)), key=len, default=""):
        found.append(term)
        last = first + len(term)
        first = joint.end() if (joint := _AND.match(question, last)) else last
    rest = question[named.end():] if found and named and not opening else question[last:]
    return tuple(found), f"{question[:start].rstrip()} {rest.lstrip(' ,')}".strip() if found else question
