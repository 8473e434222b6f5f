"""Follow-up questions, completed from the conversation without a model.

"En voor Vietnamese kinderen?" after "Welke trends gelden voor Oekraïense vluchtelingen?" puts the new words in the slot of
the old ones: "Welke trends gelden voor Vietnamese kinderen?". "What about them?" takes over what the last question was about,
"En als zij ziek zijn?" adds a condition to it. "En sinds 2024?" asks it of another time, whether it had one or not.
"""

import re
from collections.abc import Sequence

from assistant.function_words import PREPOSITIONS
from assistant.periods import WHEN, YEAR
from assistant.pointing import only_points, points_at_once, points_back
from index.places import territory_stem

_OPENS = re.compile(r"^(?:en|and|maar|but|ook|also|or|of)\b[\s,]*", re.I)
_ABOUT = re.compile(r"^(?:(?:hoe zit het|wat) (?:dan )?(?:met|over|voor)|what about|how about)\s+", re.I)
_PREPOSITION = re.compile(r"^(?:voor|over|van|bij|in|op|met|rond|onder|tegen|uit|naar|for|about|of|in|on|with|at|from|regarding|by|under)\s+", re.I)
_POINTS_LATER = re.compile(r"\b(?:daar|dan|there|then)\b", re.I)  # only after "En ..."
_PEOPLE = re.compile(r"\b(?:hen|hun|zij|ze|hij|them|they|their|he|she|his|her)\b", re.I)
_ASKS = re.compile(rf"^(?:(?:{PREPOSITIONS}) )?"
                   r"(?:welke?|wat|wie|waar\w*|wanneer|hoe\w*|is|zijn|heeft|hebben|kan|kunnen|mag|moet\w*|wordt|worden|geldt|which|what|whom?|where|why|when"
                   r"|how|are|does|do|did|has|have|can|must|should|was|were)\b"
                   rf"|^(?!(?:{PREPOSITIONS}|alle|all|ook|also|als)\b)[a-zà-ÿ]+"
                   r" (?:het|de|een|ik|je|hij|ze|zij|we|wij|er|dat|dit|die|deze|iemand|men|the|it|they|there|he|she|you)\b", re.I)
_CONDITION = re.compile(r"^(?:als|indien|zonder|zodra|zolang|if|without|unless|once)\b", re.I)
_PLAIN_OPENING = re.compile(
    rf"^(?:(?:{PREPOSITIONS}) )?"
    r"(?:welke?|wat|wie|waar\w*|wanneer|hoeveel(?: (?:jaar|maanden|weken|dagen|tijd))?|hoe (?:lang|vaak|hoog|groot|oud|veel)|hoe|which|what|whom?|where|why|when"
    r"|how (?:many (?:years|months|weeks|days)|many|much|long|often|old)|how)?\s*"
    r"(?:is|zijn|wordt|worden|heeft|hebben|kan|kunnen|mag|mogen|moet(?:en)?|are|does|do|did|has|have|can|must|should|may|was|were|[a-z]+(?=\s(?:de|het|een|the|an?)\s))?\s*", re.I)
_SLOT = re.compile(r"\b(?P<preposition>voor|over|van|bij|in|op|met|rond|onder|tegen|uit|for|about|of|in|on|with|from|regarding|concerning|to)\s+"
                   r"(?!(?:hoe\w*|welke?|wat|wie|how|which|what|whom?)\b)(?P<slot>[^?]+?)"
                   r"(?=\s+(?:voor|over|van|bij|in|op|met|rond|onder|tegen|uit|for|about|of|in|on|with|from|regarding|concerning|to)\s"
                   rf"|\s+{WHEN}|\s*\?*$)", re.I)
_WHEN = re.compile(WHEN, re.I)
_THAT_OF_A_YEAR = re.compile(r"(?:die|dat|that|those|the ones?) (?:van|uit|of|from) (?P<year>(?:19|20|21)\d\d)$", re.I)
_OBJECT = re.compile(r"^(?:welke \w+|which \w+|what|wat|hoe|how)\b.*?\b(?P<slot>(?:de|het|een|the|an?)\s+[^?]+?)\s*\?*$", re.I)
_VERB_AT_END = re.compile(r"\s+(?:(?:ge|be|ver|ont|her)\w+[dt]|\w+ed|geldig|valid)$", re.I)  # "de vergunning van een getuige | verleend"
_NAME = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ’'-]+(?:\s[A-ZÀ-Þ][a-zà-ÿ’'-]+)*")
_SHORT = 5  # words: a self-contained question is longer, or asks with a verb


def complete(question: str, *, history: Sequence[str]) -> str:
    """Return a question that stands alone; one that already does is returned as it is. `history` is oldest first."""
    previous = _last_complete(history)
    if not previous:
        return question
    fragment = _OPENS.sub("", question)
    if not re.search(r"\w", fragment):
        return previous
    about = _ABOUT.sub("", fragment)
    if _WHEN.fullmatch(time := about.strip(" ?!.")) or YEAR.fullmatch(time):
        return _at_another_time(previous, time[:1].lower() + time[1:])
    if again := _THAT_OF_A_YEAR.match(time):
        return _at_another_time(previous, again["year"])
    if _WHEN.search(about):
        previous = " ".join(_WHEN.sub(" ", previous).split())
    opened = fragment != question
    if opened and _CONDITION.match(fragment) and not _asks_after(fragment):
        return f"{previous.rstrip(' ?')} {fragment.rstrip(' ?!.')}?"
    if about != fragment or (not _ASKS.match(about) and (opened or _PREPOSITION.match(about)) and len(about.split()) <= 8):
        words = _PREPOSITION.sub("", about).rstrip(" ?!.")
        if only_points(words):
            return previous
        return _filled(previous, words, about.rstrip(" ?!."))
    points = points_back(fragment) or (opened and _POINTS_LATER.search(fragment))
    if (points and (opened or not _names_something(fragment))) or points_at_once(fragment) or (
            opened and len(fragment.split()) <= _SHORT and _ASKS.match(fragment)):
        topic = _topic(previous) if opened or _PEOPLE.search(fragment) else _subject(previous)
        return f"{fragment.rstrip(' ?')} ({topic})?"
    return question


def _last_complete(history: Sequence[str]) -> str:
    """Return the last earlier question, itself completed from those before it."""
    standing = ""
    for earlier in history:
        standing = complete(earlier, history=[standing] if standing else [])
    return standing


def _filled(previous: str, words: str, fragment: str) -> str:
    """Put new words in their place in an earlier question: of a name, of what follows the same preposition or the last one, of its object.

    A fragment with a preposition of its own never takes the place of an object or a number: "How long is the period?", "And for minors?".
    """
    bare = words == fragment
    found = _name_like(previous, words) or _slot(previous, fragment)
    if found is None and bare and (thing := _OBJECT.search(previous)):
        found = thing.span("slot")
    if found is None and bare and len(words.split()) == 1:
        found = previous.rstrip(" ?").rfind(" ") + 1, len(previous.rstrip(" ?"))
    if found is None:
        return f"{previous.rstrip(' ?')}{' - ' if bare else ' '}{fragment}?"
    start, end = found
    return f"{previous[:start]}{words}{previous[end:].rstrip(' ?')}?"


def _at_another_time(previous: str, time: str) -> str:
    """Ask an earlier question of another time, in the place of the last one that it names; a year alone takes that of another year."""
    if YEAR.fullmatch(time):
        if len(YEAR.findall(previous)) == 1:
            return YEAR.sub(time, previous)
        time = f"in {time}"
    said = list(_WHEN.finditer(previous))
    start, end = said[-1].span() if said else (len(previous.rstrip(" ?!.")),) * 2
    return f"{previous[:start]}{'' if said else ' '}{time}{previous[end:].rstrip(' ?!.')}?"


def _name_like(previous: str, words: str) -> tuple[int, int] | None:
    """Return where an earlier question has a name of the same sort (a country or people, or another) as words that are one name."""
    if not _NAME.fullmatch(words):
        return None
    people = bool(territory_stem(words))
    alike = [match.span() for match in _NAME.finditer(previous) if match.start() and bool(territory_stem(match[0])) == people]
    return alike[-1] if alike else None


def _slot(previous: str, fragment: str) -> tuple[int, int] | None:
    """Return what follows the fragment's own preposition in an earlier question, else its last preposition; a verb at the end stays."""
    slots = [(match["preposition"].casefold(), *match.span("slot")) for match in _slots(previous)]
    own = fragment.split()[0].casefold()
    same = [one for one in slots if one[0] == own]
    others = [one for one in slots if not any(character.isdigit() for character in previous[one[1]:one[2]]) or fragment[-1:].isdigit()]
    for _, start, end in (same or others)[-1:]:
        verb = _VERB_AT_END.search(previous[start:end])
        return start, start + verb.start() if verb else end
    return None


def _slots(previous: str) -> list[re.Match[str]]:
    """Return what follows the prepositions of an earlier question, but for its times."""
    return [match for match in _SLOT.finditer(previous) if not _WHEN.match(previous, match.start())]


def _asks_after(condition: str) -> bool:
    """Say whether a condition is followed by a question of its own: "als het regent, wie sluit dan de kade"."""
    return any(_ASKS.match(clause.strip()) for clause in condition.split(",")[1:])


def _subject(previous: str) -> str:
    """Return what stands last in an earlier question: what follows a preposition, or its object."""
    slots = _slots(previous)
    found = slots[-1] if slots else _OBJECT.search(previous)
    return found["slot"] if found else _topic(previous)


def _topic(previous: str) -> str:
    """Return what an earlier question is about: all of it but the words that ask."""
    return _PLAIN_OPENING.sub("", previous.rstrip(" ?"), count=1) or previous.rstrip(" ?")


def _names_something(fragment: str) -> bool:
    """Say whether a question has a name of its own, so that "die" or "that" need not point back."""
    return any(word[:1].isupper() for word in fragment.split()[1:]) or len(fragment.split()) > 9
