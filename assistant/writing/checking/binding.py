"""Whether every clause of a sentence says what one clause of one quotation says, in the words of that clause.

A sentence may put phrases in another order, leave phrases out, and turn a clause into the passive. It may not take a phrase
apart, put it under another preposition, exchange who does what to whom, combine clauses, or add a word.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answers import Language
from assistant.generated import Rejection
from assistant.writing.checking.clauses import AGENT, PASSIVES, Clause, Phrase, clauses_of, is_verb
from assistant.writing.checking.markers import KEPT, kept

_NEGATING = frozenset({"not", "without", "hardly", "lack", "refusal", "ban", "impossible", "denied", "unlikely", "rarely", "need"})
_QUANTITIES = frozenset({"all", "most", "half", "some", "minority", "almost", "about", "over", "under", "at least", "at most", "always", "often", "sometimes"})
# what reaches over the clauses of a sentence: it may not be left out with its clause
_REACHING = frozenset({"if", "unless", "except", "only", "ban", "refusal", "denied", "according", "says", "possible", "probable", "seeming", "would", "unsure",
                       "unlikely", "signs", "estimated", "will", "intent"})


@dataclass(frozen=True, slots=True)
class Bound:
    """A clause of a sentence with the clause of quotation `number` (its place among the cited ones) that it says again."""

    said: Clause
    source: Clause
    number: int


def binding_fault(text: str, quoted: Sequence[str], language: Language) -> tuple[Rejection | None, frozenset[int]]:
    """Return why a sentence does not follow from quotations in its own language, or None; and the places of those that it rests on."""
    sources = [clauses_of(one, language) for one in quoted]
    everything = {word for clauses in sources for clause in clauses for word in clause.words}
    bound: list[Bound] = []
    for said in clauses_of(text, language):
        if any(word not in everything for word in said.words):
            return "support", frozenset()
        found = next(_matches(said, sources, language, preferred=[one.number for one in bound]), None)
        if found is None:
            return "combined", frozenset()
        bound.append(found)
    if not any(one.said.phrases for one in bound):
        return "support", frozenset()
    return _qualified(bound, sources), frozenset(one.number for one in bound)


def _matches(said: Clause, sources: Sequence[Sequence[Clause]], language: Language, *, preferred: Sequence[int]) -> Iterator[Bound]:
    numbers = sorted(range(len(sources)), key=lambda number: number not in preferred)
    for number in numbers:
        for source in sources[number]:
            if _says_again(said, source, language) and (said.phrases or said.groups <= source.groups):
                yield Bound(said, source, number)


def _qualified(bound: Sequence[Bound], sources: Sequence[Sequence[Clause]]) -> Rejection | None:
    """Compare the qualifying words of what is said with those of each clause that it rests on, and of the rest of that sentence."""
    for number, source in dict.fromkeys((one.number, one.source) for one in bound):
        said = Counter(mark for one in bound if (one.number, one.source) == (number, source) for mark in one.said.marks)
        wanted, has = kept(Counter(source.marks)), kept(said)
        if has != wanted:
            different = {group for group in has | wanted if has[group] != wanted[group]}
            return "negation" if different & _NEGATING else "quantity" if different & _QUANTITIES else "hedge"
        if said.keys() - KEPT.keys() - source.groups:
            return "cause"
        beside = {clause for clause in sources[number] if clause.sentence == source.sentence and clause not in [one.source for one in bound]}
        reaching = _REACHING | {"not"} if source.told else _REACHING
        if any(not clause.phrases or clause.groups & reaching or (clause.introduces and clause.groups & KEPT.keys()) for clause in beside):
            return "hedge"
    return None


def _says_again(said: Clause, source: Clause, language: Language) -> bool:
    """Say whether the phrases of one clause are those of the other, once the verb that both share has been taken out, or none."""
    if not set(said.words) <= set(source.words):
        return False
    free = [word for word in dict.fromkeys(said.words) if _may_move(word, said, language) and _may_move(word, source, language)]
    return any(_same_phrases(_without(said, verb), _without(source, verb), said, source) and _has_company(verb, said, source) for verb in ("", *free))


def _has_company(verb: str, said: Clause, source: Clause) -> bool:
    """Say whether what stands beside the verb in its phrase is said too: "loopt achter" is not "loopt"."""
    beside = [word for phrase in source.phrases if verb in phrase.words for word in phrase.words]
    return set(beside) <= set(said.words)


def _may_move(word: str, clause: Clause, language: Language) -> bool:
    """Say whether a word may be the verb of a clause: has the form of one, does not follow an article, and is not who acts in a passive clause."""
    forms = [form.casefold() if place == 0 else form for place, (one, form) in enumerate(zip(clause.words, clause.written, strict=True)) if one == word]
    holders = [phrase for phrase in clause.phrases if word in phrase.words]
    return (all(form.islower() and is_verb(form, language) for form in forms)
            and all(phrase.under not in AGENT and (not phrase.fixed or phrase.words[0] != word) for phrase in holders))


def _without(clause: Clause, verb: str) -> list[Phrase]:
    """Return the phrases with a verb taken out; what stood behind it is a phrase of its own."""
    found: list[Phrase] = []
    for phrase in clause.phrases:
        if verb and verb in phrase.words:
            at = phrase.words.index(verb)
            found += [replace(phrase, words=phrase.words[:at]), Phrase("", phrase.words[at + 1:], False)]
        else:
            found.append(phrase)
    return [one for one in found if one.words]


def _same_phrases(said: list[Phrase], source: list[Phrase], whole: Clause, original: Clause) -> bool:
    """Say whether each phrase of the one is a phrase of the other under the same preposition, and bare ones keep their order."""
    passive, was_passive = bool(whole.auxiliaries & PASSIVES), bool(original.auxiliaries & PASSIVES)
    agents = _agents(said, source) if passive and not was_passive else []
    said, source = _agents_first(said, agents), _agents_first(source, _agents(source, said) if was_passive and not passive else [])
    bare = [one.words for one in source if not one.under]
    if passive and not was_passive and not agents and len(bare) > 1:
        return False  # "the police are accused" does not follow from "the police accuse the council"
    under = {(one.under, one.words) for one in source}
    return (all((one.under, one.words) in under for one in said if one.under)
            and _in_order([word for one in said if not one.under for word in one.words], bare))


def _agents(phrases: list[Phrase], others: list[Phrase]) -> list[Phrase]:
    """Return the phrases of who acts ("by the police") that do not stand so on the other side."""
    known = {(one.under, one.words) for one in others}
    return [one for one in phrases if one.under in AGENT and (one.under, one.words) not in known]


def _agents_first(phrases: list[Phrase], agents: list[Phrase]) -> list[Phrase]:
    return [replace(one, under="") for one in agents] + [one for one in phrases if one not in agents]


def _in_order(words: Sequence[str], phrases: Sequence[Sequence[str]]) -> bool:
    """Say whether words are whole phrases, in the order of those."""
    at = 0
    for phrase in phrases:
        if tuple(words[at:at + len(phrase)]) == tuple(phrase):
            at += len(phrase)
    return at == len(words)
