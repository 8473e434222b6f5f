"""Questions that name several things of which each is enough: "Welke signalen gaan over de bouw, de sloop en klussers?"

Such a question is also asked for each of its things alone, for no sentence is about all of them. Two things joined by "and" are left
together: "samenwerking tussen politie en gemeenten" is one.
"""

import re

from assistant.function_words import is_content

_JOINT = re.compile(r"\s*,\s*(?:(?:en|of|and|or)\s+)?|\s+(?P<and>en|of|and|or|en/of|and/or)\s+", re.I)
_PREPOSITION = (r"over|in|bij|van|uit|op|met|voor|door|naar|onder|rond|binnen|aan|tegen|about|on|at|of|with|from|for|by|among|concern(?:s|ing)?"
                r"|involv(?:es?|ing)|regarding|betreffende|around|to")
_FRAME = re.compile(rf"^.*\b(?:{_PREPOSITION})\s+", re.I | re.S)
_OPENS_A_CLAUSE = re.compile(r"\s+(?:die|dat|waar\w*|omdat|als|that|which|who|whose|where|because|if|when)\s", re.I)
_TWO_PREPOSITIONS = re.compile(rf"\b(?P<first>{_PREPOSITION}) (?:en|of|and|or) (?P<second>{_PREPOSITION})\b", re.I)
_ALL_THE_SAME = re.compile(
    r"^(?:dergelijke|zulke|soortgelijke|andere?|meer|minder|niet|similar|such|other|others|more|less|not|nothing|anything|so on|etc)\b", re.I)
_ARTICLE = re.compile(r"^(?:de|het|een|the|an?|any|some)\s+", re.I)
_MOST_WORDS, _MOST_THINGS = 5, 6


def each_alone(sentence: str) -> tuple[str, ...]:
    """Return the question for each thing that a sentence names; nothing where it names one, or two that belong together."""
    bare = _TWO_PREPOSITIONS.sub(lambda found: found["second"], sentence.strip().rstrip("?.! "))
    clause = _OPENS_A_CLAUSE.search(bare, next((joint.start() for joint in _JOINT.finditer(bare)), len(bare)))
    named, rest = (bare[:clause.start()], bare[clause.start():]) if clause else (bare, "")
    joints = list(_JOINT.finditer(named))
    if not joints:
        return ()
    frame = _FRAME.match(named[:joints[0].start()])
    if frame is None or _OPENS_A_CLAUSE.search(f"{named[frame.end():joints[0].start()]} "):
        return ()
    starts, ends = [frame.end(), *(joint.end() for joint in joints)], [*(joint.start() for joint in joints), len(named)]
    things = [re.sub(rf"^(?:{_PREPOSITION})\s+", "", named[start:end].strip(), flags=re.I) for start, end in zip(starts, ends, strict=True)]
    if any(not 0 < len(thing.split()) <= _MOST_WORDS for thing in things) or (len(things) == 2 and not _either(joints[0]["and"], *things)):
        return ()
    return tuple(f"{frame[0]}{thing}{rest}" for thing in things[:_MOST_THINGS] if not _ALL_THE_SAME.match(thing))


def _either(joint: str | None, first: str, second: str) -> bool:
    """Say whether "or" joins two whole things: in "volle of overbelaste opvang" the first lacks its noun."""
    bare = _ARTICLE.sub("", first), _ARTICLE.sub("", second)
    shared = len(bare[0].split()) == 1 and len(bare[1].split()) == 2 and is_content(bare[1].split()[0], "nl") and is_content(bare[1].split()[0], "en")
    return (joint or "").casefold() in ("of", "or", "en/of", "and/or") and not shared
