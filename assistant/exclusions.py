"""What a question leaves out: "naast Oekraïners", "apart from Ukraine", "Welke signalen gaan niet over Polen?".

Such a question is put to the sources without that, and no sentence that names it is quoted.
"""

import re
from collections.abc import Collection

BESIDES = (r"behalve|naast|uitgezonderd|met uitzondering van|afgezien van|anders dan|apart from|aside from|other than|except(?:ing| for)?|excluding|besides"
           r"|not counting")  # as an alternation for patterns
_LEAVES_OUT = re.compile(
    rf"(?:,\s*)?\b(?P<word>{BESIDES})\s+(?:(?:(?:die|those|that) )?(?:over|about|on|concerning|regarding|uit|in|from)\s+)?"
    r"(?:(?:de|het|the)\s+)?", re.I)
_NOT_ABOUT = re.compile(  # "Welke signalen gaan niet over ...?", no verb that has its preposition: "beschikken niet over papieren"
    r"\b(?:signalen|trends|ontwikkelingen|signals|developments|documenten|passages|teksten|documents|texts)\s+(?:die )?(?:gaan|handelen|zijn|are)"
    r"(?P<opening>\s+(?:niet|not)\s+(?:over|about|on)\s+(?:(?:de|het|the)\s+)?)", re.I)
_PLACED = re.compile(r"\b(?:woon|won|lig|lag|lagen|stond|sta|staan|zit|zat|zaten|slaap|slap|sliep|werk)\w{0,3}\b", re.I)  # where "naast" says where
_NAMES_NOT = re.compile(r"\b(?:signalen|trends) (?:noemen|vermelden|betreffen|raken) (?:(?:de|het) )?(?P<what>[^?.!,]+?) niet(?=[?.!]|$)", re.I)
_AND = re.compile(r"\s+(?:en|of|and|or)\s+(?:(?:de|het|the)\s+)?", re.I)


def left_out(question: str, terms: Collection[str], language: str) -> tuple[tuple[tuple[str, ...], ...], str]:
    """Return which things a question leaves out, each as its terms, and the question without them; nothing, and the question, where it leaves out none."""
    named = _NAMES_NOT.search(question)
    if opening := _NOT_ABOUT.search(question):
        start, first = opening.span("opening")
    elif (opening := _LEAVES_OUT.search(question)) and not _beside_a_place(opening, question):
        start, first = opening.span()
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
    rest = question[named.end():] if named and start == named.start("what") else question[last:]
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


def _beside_a_place(opening: re.Match[str], question: str) -> bool:
    """Say whether "naast" says where: "Wie woont er naast de kade?"; between commas it does not."""
    return opening["word"].casefold() == "naast" and not opening[0].startswith(",") and _PLACED.search(question) is not None
