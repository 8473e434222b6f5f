"""Words that point at what was asked before: "Wat zijn *hun* rechten?", "How long does *that* take?"."""

import re

from assistant.function_words import POINTING, PREPOSITIONS

_POINTS = re.compile(rf"\b(?:(?P<person>hen|hij|zij|ze|them|he|she|they)|(?P<owner>hun|zijn|haar|their|its|his|her)"
                     rf"|(?P<thing>die|dat|deze|dit|dezelfde|that|this|those|these|it)|{POINTING})\b", re.I)
_SAYS_WHEN = re.compile(r"(?:these|those|this|deze|dit) (?:days|weeks?|months?|years?|weekend|dagen|week|maand|jaar|tijd|moment)\b", re.I)
_FILLS_IN = r"(?:is|was) it (?:\w+ ){1,2}(?:that|to)\b"  # "is it proven that"
_STRANDED = re.compile(  # "Wat wordt er aan gedaan?"
    r"\ber\b(?:\W+\w+){0,4}?\W+(?:aan|over|van|voor|tegen|mee|bij|uit|naar)(?:\W+(?:gedaan|gezegd|geregeld|geschreven|gemeld|afgesproken|bekend))?\W*$", re.I)
_BEFORE_ONE = re.compile(  # a preposition or a verb before what points: "Welke opvang is er voor hen?"
    rf"{PREPOSITIONS}|is|zijn|was|waren|wordt|worden|werd|werden|heeft|hebben|had|hadden|kan|kunnen|kon|konden|mag|mogen|moet|moeten|zal|zullen|krijgt"
    r"|krijgen|doet|doen|gaat|gaan|geldt|gelden|are|were|does|do|did|has|have|can|could|may|must|should|will|would|get|gets|apply|applies")
_ALONE = r"waarom|wanneer|waar\w*|wat|wie|hoe(?: (?:lang|vaak|hoog|groot|oud|veel|snel))?|what|whom?|where|why|when|how(?: (?:long|often|high|large|old))?"
_LEAD = re.compile(  # the words of a question before its subject: what it asks for, and a verb
    rf"(?:(?:{PREPOSITIONS}) )?(?:{_ALONE}|(?P<named>(?:welke?|which|what|hoeveel|how many|how much) \w+))?(?: ?\b(?P<verb>\w+))?(?: er)?")
_WHO_OR_WHAT = re.compile(rf"(?:wat|wie|what|who) (?P<verb>\w+)(?: er)?(?: \w+)? (?:{PREPOSITIONS})")  # "Who is responsible for their ...?"
_POINTS_AT_ONCE = re.compile(rf"^(?!{_FILLS_IN})\w+ (?:die|dat|dit|deze|hij|zij|ze|they|that|this|it|he|she|those|these)\b(?:\W+\w+){{,10}}\W*$", re.I)


def only_points(words: str) -> bool:
    """Say whether words are one that points, and nothing else: "them"."""
    return _POINTS.fullmatch(words) is not None or words.casefold() == "er"


def points_at_once(question: str) -> bool:
    """Say whether the second word of a short question points: "Is that allowed in Ede?"."""
    return _POINTS_AT_ONCE.match(question) is not None


def points_back(question: str) -> bool:
    """Say whether a word of a question points at what was asked before, and at nothing in the question itself.

    "Welke rechten hebben zij?" does, "Welke rechten hebben kinderen als zij getuigen?" does not.
    """
    return bool(_STRANDED.search(question)) or any(_points(match, question) for match in _POINTS.finditer(question))


def _points(pointer: re.Match[str], question: str) -> bool:
    before, word = re.findall(r"[\w’'-]+", question[:pointer.start()].casefold()), pointer[0].casefold()
    if not (pointer["person"] or pointer["owner"] or pointer["thing"]):
        return True
    if (_SAYS_WHEN.match(question, pointer.start()) or re.search(r"\w[,:;]", question[:pointer.start()])
            or re.match(_FILLS_IN, f"{' '.join(before[-1:])} {question[pointer.start():]}", re.I)):
        return False
    leads = [lead for one in (_LEAD, _WHO_OR_WHAT) if (lead := one.fullmatch(" ".join(before)))]
    alone = [lead for lead in leads if not lead.groupdict().get("named")]
    if word == "zijn":  # the verb or the owner
        return any(lead["verb"] for lead in alone)
    if not re.search(r"\w", question[pointer.end():]):
        return True
    if pointer["owner"]:
        return bool(alone)
    return bool(leads) or _BEFORE_ONE.fullmatch(before[-1]) is not None
