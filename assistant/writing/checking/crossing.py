"""Whether a sentence in one language follows from quotations in the other: every word of it must be one that the term bridge knows.

To allow a third of unknown words let 3 more of 59 faithful sentences through, and "leads" for "lags behind" with them.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from assistant.answers import Language
from assistant.bridge import Bridge
from assistant.generated import Rejection
from assistant.writing.checking.clauses import AGENT, PASSIVES, Clause, Phrase, clauses_of, is_verb
from assistant.writing.checking.markers import NOT_ADDED, groups_of, kept_across
from index.words import fold, whole_stems, word_stems

_MAJORITY = 0.5  # of the words of a translation: a plain majority, not fitted to any text
_SURE = 0.5  # the least weight of a translation


def crossing_fault(text: str, quoted: Sequence[str], language: Language, bridge: Bridge) -> tuple[Rejection | None, frozenset[int]]:
    """Return why a sentence does not follow from quotations in the other language, or None; and the places of those that it rests on."""
    used: set[int] = set()
    sources = [tuple(_sentences(one, other(language))) for one in quoted]
    for said in clauses_of(text, language):
        if said.phrases:
            number = next((number for number, parts in enumerate(sources) if any(_follows(said, part, language, bridge) for part in parts)), None)
            if number is None:
                return "support", frozenset()
            used.add(number)
    alike = used and qualifies_alike(text, [quoted[number] for number in sorted(used)], language)
    return None if alike else "hedge", frozenset(used)


def qualifies_alike(text: str, quoted: Sequence[str], language: Language) -> bool:
    """Say whether a text has the qualifying words of these, each as often, and no others.

    Beside another word that binds, "shall" may have none of its own in Dutch: "shall not be punished if" is "wordt niet gestraft als".
    """
    said, source = groups_of(text, language), sum((groups_of(one, other(language)) for one in quoted), Counter[str]())
    english, dutch = (said, source) if language == "en" else (source, said)
    theirs, ours = kept_across(english), kept_across(dutch)
    alike = theirs.keys() == ours.keys() and not ours - theirs and theirs - ours <= Counter({"bound": english["shall"]})
    return alike and (said.keys() & NOT_ADDED.keys()) <= source.keys()


def translates(text: str, original: str, language: Language, bridge: Bridge) -> bool:
    """Say whether each clause of a text may translate one of its original: a majority of its words does, and who does what to whom is the same."""
    parts = tuple(_sentences(original, other(language)))
    return all(any(_follows(said, part, language, bridge, least=_MAJORITY) for part in parts) for said in clauses_of(text, language) if said.phrases)


def other(language: Language) -> Language:
    """Return the other language."""
    return "en" if language == "nl" else "nl"


def _sentences(text: str, language: Language) -> Iterator[Clause]:
    """Give each clause of a text, then each of its sentences as one clause."""
    clauses = clauses_of(text, language)
    yield from clauses
    for number in dict.fromkeys(one.sentence for one in clauses):
        parts = [one for one in clauses if one.sentence == number]
        yield Clause(tuple(phrase for one in parts for phrase in one.phrases), (), frozenset().union(*(one.auxiliaries for one in parts)), number,
                     tuple(word for one in parts for word in one.written))


def _follows(said: Clause, source: Clause, language: Language, bridge: Bridge, *, least: float = 1.0) -> bool:
    """Say whether words (the `least` share of them) translate those of the source, and whether who does what to whom is the same."""
    found = ((at, _place(word, source.written, language, bridge)) for at, word in enumerate(said.written))
    places = {at: place for at, place in found if place is not None}
    if len(places) < least * len(said.written):
        return False
    turned = bool(said.auxiliaries & PASSIVES) != bool(source.auxiliaries & PASSIVES)
    bare, theirs = _bare(said, language, turned=turned), _bare(source, other(language), turned=turned)
    # "ask for" may stand for a verb that needs no "for", but what is under a preposition in the source may not become subject or object
    if any(place not in theirs and not is_verb(source.written[place], "nl") for at, place in places.items() if at in bare):
        return False
    actors = _acting_first(source)
    ranks = [actors.index(places[at]) for at in _acting_first(said) if at in bare and places.get(at) in theirs]
    return ranks == sorted(ranks)


def _acting_first(clause: Clause) -> list[int]:
    """Return the places of the words of a clause that are under no preposition; in a passive clause those of who acts come first."""
    agents: list[int] = []
    others: list[int] = []
    for first, phrase in _begun(clause):
        places = range(first, first + len(phrase.words))
        if clause.auxiliaries & PASSIVES and phrase.under in AGENT:
            agents += places
        elif not phrase.under:
            others += places
    return agents + others


def _bare(clause: Clause, language: Language, *, turned: bool) -> set[int]:
    """Return the places of the words that are under no preposition, or where the passive is `turned` under that of an agent, and are no Dutch verb."""
    return {place for first, phrase in _begun(clause) if not phrase.under or turned and phrase.under in AGENT and clause.auxiliaries & PASSIVES
            for place in range(first, first + len(phrase.words)) if not (language == "nl" and is_verb(clause.written[place], "nl"))}


def _begun(clause: Clause) -> Iterator[tuple[int, Phrase]]:
    """Give each phrase with the place of its first word."""
    first = 0
    for phrase in clause.phrases:
        yield first, phrase
        first += len(phrase.words)


def _place(word: str, source: Sequence[str], language: Language, bridge: Bridge) -> int | None:
    """Return the place of the source word that a word stands for."""
    return next((place for place, one in enumerate(source) if _same(word, one, language, bridge)), None)


def _same(word: str, source: str, language: Language, bridge: Bridge) -> bool:
    if fold(word) == fold(source) or set(word_stems(word, language)) & set(word_stems(source, other(language))):
        return True
    own, theirs = "-".join(whole_stems(word, language)), set(word_stems(source, other(language)))
    forward = any(set(stems) & theirs for stems in _alternatives(word, language, bridge))
    return forward or any(own in stems for stems in _alternatives(source, other(language), bridge))


def _alternatives(word: str, language: Language, bridge: Bridge) -> tuple[tuple[str, ...], ...]:
    return tuple(one.stems for one in bridge.alternatives((word,), language) if one.weight >= _SURE)
