"""Follow-up questions, completed from the conversation without a model.

"En voor Vietnamese kinderen?" after "Welke trends gelden voor Oekraïense vluchtelingen?" puts the new words in the slot of
the old ones: "Welke trends gelden voor Vietnamese kinderen?". "What about them?" takes over what the last question was about.
"""

import re
from collections.abc import Sequence

_OPENS = re.compile(r"^(?:en|and|maar|but|ook|also|or|of)\b[\s,]*", re.I)
_ABOUT = re.compile(r"^(?:(?:hoe zit het|wat) (?:dan )?(?:met|over|voor)|what about|how about)\s+", re.I)
_PREPOSITION = re.compile(r"^(?:voor|over|van|bij|in|op|met|rond|onder|tegen|uit|naar|for|about|of|in|on|with|at|from|regarding|by|under)\s+", re.I)
_POINTS = re.compile(r"\b(?:hen|hun|zij|ze|die|deze|dit|dat|dezelfde|daarover|daarvan|daarvoor|daarbij|hierover|hiervan|er|them|they|their|those|these|it|its|that|this"
                     r"|he|she|his|her|hij|haar|zijn)\b", re.I)
_ASKS = re.compile(r"^(?:welke?|wat|wie|waar|waarom|wanneer|hoe\w*|is|zijn|heeft|hebben|kan|kunnen|mag|moet\w*|wordt|worden|geldt|which|what|who|where|why|when"
                   r"|how|are|does|do|did|has|have|can|must|should|was|were)\b", re.I)
_SLOT = re.compile(r"\b(?:voor|over|van|bij|in|op|met|rond|onder|tegen|uit|for|about|of|in|on|with|from|regarding|concerning|to)\s+(?P<slot>[^?]+?)\s*\?*$", re.I)
_OBJECT = re.compile(r"^(?:welke \w+|which \w+|what|wat|hoe|how)\b.*?\b(?P<slot>(?:de|het|een|the|an?)\s+[^?]+?)\s*\?*$", re.I)
_SHORT = 5  # words: a self-contained question is longer, or asks with a verb


def complete(question: str, *, history: Sequence[str], language: str) -> str:
    """Return a question that stands alone; one that already does is returned as it is. `history` is oldest first."""
    previous = _last_complete(history, language)
    if not previous:
        return question
    fragment = _OPENS.sub("", question)
    about = _ABOUT.sub("", fragment)
    opened = fragment != question
    if about != fragment or (not _ASKS.match(about) and (opened or _PREPOSITION.match(about)) and len(about.split()) <= 8):
        words = _PREPOSITION.sub("", about).rstrip(" ?!.")
        if _POINTS.fullmatch(words):
            return previous
        return _filled(previous, words, about.rstrip(" ?!."))
    if _POINTS.search(fragment) and (opened or len(fragment.split()) <= 12) and not _names_something(fragment):
        return f"{fragment.rstrip(' ?')} ({_subject(previous)})?"
    if opened and len(fragment.split()) <= _SHORT and _ASKS.match(fragment):
        return f"{fragment.rstrip(' ?')} ({_subject(previous)})?"
    return question


def _last_complete(history: Sequence[str], language: str) -> str:
    """Return the last earlier question, itself completed from those before it."""
    standing = ""
    for earlier in history:
        standing = complete(earlier, history=[standing] if standing else [], language=language)
    return standing


def _filled(previous: str, words: str, fragment: str) -> str:
    """Put new words in the slot of an earlier question: what stands behind its last preposition, or its object.

    A fragment with a preposition of its own never takes the place of an object: "How long is the period?", "And for minors?".
    """
    found = _SLOT.search(previous) or (_OBJECT.search(previous) if words == fragment else None)
    if not found:
        joined = " - " if words == fragment else " "
        return f"{previous.rstrip(' ?')}{joined}{fragment}?"
    start, _ = found.span("slot")
    return f"{previous[:start]}{words}?"


def _subject(previous: str) -> str:
    found = _SLOT.search(previous) or _OBJECT.search(previous)
    return found["slot"] if found else previous.rstrip(" ?")


def _names_something(fragment: str) -> bool:
    """Say whether a question has a name of its own, so that "die" or "that" need not point back."""
    return any(word[:1].isupper() for word in fragment.split()[1:]) or len(fragment.split()) > 9
