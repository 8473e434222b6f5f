"""Questions that name several things of which each is enough: "Welke signalen gaan over de bouw, de sloop en klussers?"

Such a question is also asked for each of its things alone, for no sentence is about all of them. Two things joined by "and" are left
together ("samenwerking tussen politie en gemeenten" is one), but for what a list is about ("over Polen en de haven") and where the
preposition is said again ("bij jongeren en in de haven").
"""

import re

from assistant.function_words import PREPOSITIONS, is_content
from index.elliptic_compounds import with_whole_compounds

_JOINT = {  # by language: "of" joins in Dutch, and belongs to what stands before it in English
    "nl": re.compile(r"\s*,\s*(?:(?:en|of)\s+)?|\s+(?P<and>en|of|en/of)\s+", re.I),
    "en": re.compile(r"\s*,\s*(?:(?:and|or)\s+)?|\s+(?P<and>and|or|and/or)\s+", re.I)}
_PREPOSITION = rf"{PREPOSITIONS}|binnen|aan|betreffende|among|around|regarding|concern(?:s|ing)?|involv(?:es?|ing)"
_FRAME = re.compile(rf"^.*\b(?:{_PREPOSITION})\s+", re.I | re.S)
_OPENS_A_CLAUSE = re.compile(r"\s+(?:die|dat|waar\w*|omdat|als|that|which|who|whose|where|because|if|when)\s", re.I)
_TWO_PREPOSITIONS = re.compile(rf"\b(?P<first>{_PREPOSITION}) (?:en|of|and|or) (?P<second>{_PREPOSITION})\b", re.I)
_ABOUT = re.compile(r"\b(?:over|rond|omtrent|betreffende|about|on|regarding|concern(?:s|ing)?|(?:gelden|geldt) voor|apply to|applies to)\s+$", re.I)
_TOGETHER = re.compile(
    r"\b(?:tussen|between|samen\w*|together|relatie|verband|link|connection|hun|hen|haar|zijn|daarvan|ervan|ermee|daarmee"
    r"|their|them|its|thereof|Wet|Act)\b", re.I)
_SAID_AGAIN = re.compile(rf"^(?:{_PREPOSITION})\s", re.I)
_ALL_THE_SAME = re.compile(
    r"^(?:dergelijke|zulke|soortgelijke|andere?|meer|minder|niet|similar|such|other|others|more|less|not|nothing|anything|so on|etc)\b", re.I)
_ARTICLE = re.compile(r"^(?:de|het|een|the|an?|any|some)\s+", re.I)
_TAKES_OUT = re.compile(r"\b(?:zonder|behalve|niet|geen|without|except|not|no)\b", re.I)
_HOLDS_FOR_ALL = re.compile(r"\b(?:in|te|uit|door|sinds|van|bij|tijdens|since|from|by|at|of|during) (?:(?:de|het|the) )?(?:[A-ZÀ-Þ]|\d)")
_PREPOSITIONAL = re.compile(rf"\b(?:{_PREPOSITION})\b", re.I)
_ITS_OWN = re.compile(r"^\w+ (?:met|zonder|van|with|without|of)\b", re.I)  # "over kinderen en over mensen met een beperking"
_PLURAL = {  # a noun of its own, by language: no participle
    "nl": re.compile(r"^(?!(?:ge|be|ver|ont|her|over|onder)\w+en$|(?:volwass|op|eig|dronk|hout|metal|ijzer)en$)\w{2,}(?:en|s)$", re.I),
    "en": re.compile(r"^(?!overseas$|sales$|sports$)\w+[^\Wsui]s$", re.I)}
_BOTH = re.compile(r"\bzowel\s+(?P<first>[^,?.!]{2,60}?)\s+als\s+", re.I)
_UP_TO = re.compile(r"\btot en met\b", re.I)
_MOST_WORDS, _MOST_THINGS = 5, 6


def each_alone(sentence: str, language: str) -> tuple[str, ...]:
    """Return the question for each thing that a sentence names; nothing where it names one, or two that belong together."""
    whole = _BOTH.sub(r"\g<first> en ", with_whole_compounds(sentence)) if language == "nl" else sentence
    whole = _UP_TO.sub("tot_en_met", whole)  # a range
    bare = _TWO_PREPOSITIONS.sub(lambda found: found["second"], whole.strip().rstrip("?.! "))
    clause = _OPENS_A_CLAUSE.search(bare, next((joint.start() for joint in _JOINT[language].finditer(bare)), len(bare)))
    named, rest = (bare[:clause.start()], bare[clause.start():]) if clause else (bare, "")
    joints = list(_JOINT[language].finditer(named))
    if not joints:
        return ()
    frame = _FRAME.match(named[:joints[0].start()])
    if frame is None or _OPENS_A_CLAUSE.search(f"{named[frame.end():joints[0].start()]} "):
        return ()
    starts, ends = [frame.end(), *(joint.end() for joint in joints)], [*(joint.start() for joint in joints), len(named)]
    phrases = [named[start:end].strip() for start, end in zip(starts, ends, strict=True)]
    things = [(_framed(frame[0], _SAID_AGAIN.match(phrase)), thing) for phrase in phrases if not _ALL_THE_SAME.match(thing := _SAID_AGAIN.sub("", phrase))]
    again = _SAID_AGAIN.match(phrases[-1]) is not None
    either = (joints[0]["and"] or "").casefold() in ("of", "or", "en/of", "and/or")
    apart = either or again or _ABOUT.search(frame[0])
    last = _SAID_AGAIN.sub("", phrases[-1])
    holds_for_both = not either and _PREPOSITIONAL.search(_ITS_OWN.sub("", last) if again else last)
    together = len(joints) == 1 and (not apart or holds_for_both or _TOGETHER.search(named[frame.end():]))
    if together or not things or not _whole([thing for _, thing in things], again=again, language=language) or _TAKES_OUT.search(named):
        return ()
    return tuple(f"{before}{thing}{rest}".replace("tot_en_met", "tot en met") for before, thing in things[:_MOST_THINGS])


def _framed(frame: str, again: re.Match[str] | None) -> str:
    """Return what goes before a thing: the frame up to the preposition that is said again, or with that one instead of its last."""
    if again is None:
        return frame
    own = list(re.finditer(rf"\b{re.escape(again[0].strip())}\s+", frame, re.I))
    return frame[:own[-1].end()] if own else re.sub(rf"\b(?:{_PREPOSITION})\s+$", again[0], frame, flags=re.I)


def _whole(things: list[str], *, again: bool, language: str) -> bool:
    """Say whether each thing says all of itself; the last one does where its preposition is said `again`, or it has an article.

    In "volle of overbelaste opvang" the first lacks its noun, in "drugs en mensen in Breda" all but the last their place, and numbers their unit.
    """
    *others, last = [_ARTICLE.sub("", thing) for thing in things]
    opens = not again and last == things[-1] and len(last.split()) == 2 and all(is_content(last.split()[0], one) for one in ("nl", "en"))
    shared = opens and all(len(other.split()) == 1 and not _PLURAL[language].search(other) for other in others)
    bare = any(len(thing.split()) == 1 and (thing.endswith("e") and thing.islower() or thing[:1].isdigit()) for thing in things[:-1])
    parted = any(_PREPOSITIONAL.search(other) for other in others) or _HOLDS_FOR_ALL.search(last)
    return all(0 < len(thing.split()) <= _MOST_WORDS for thing in things) and not (shared or bare or parted)
