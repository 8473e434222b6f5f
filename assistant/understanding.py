"""Understands a question without a model: language, kind, completed from the conversation, corrected, and its terms."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache, partial, reduce
from itertools import chain
from typing import Literal

from assistant.abbreviations import alternatives_of, asked_short_form, find_abbreviations
from assistant.bridge import USUAL, Alternative, Bridge, Translations, label_key
from assistant.definitions import asked_word
from assistant.enumerations import each_alone
from assistant.exclusions import left_out
from assistant.filters import Filter, by_name_alone, find_filters, in_running_text
from assistant.followups import complete
from assistant.function_words import PARTICLES, asking_sentence, how_usual, is_content, points_or_stresses, without_preamble
from assistant.question_frames import asking_verb, without_frame
from assistant.question_kinds import Kind, kind_of
from assistant.question_scope import out_of_scope
from assistant.spelling import corrected
from assistant.titles import headed, in_titles, without_name
from index.elliptic_compounds import with_whole_compounds
from index.separable_verbs import is_form, joined_with_te, separable_verbs
from index.source_index import IndexView
from index.words import CAPITAL_NAMES, fold, stems, tokens
from ingest.language import language_of


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the sources hold: words (folded) with counts, sections, documents with titles, audiences, whether they have dates, abbreviations.

    `headed` are the documents with their titles and letterheads, see `titles.py`; `short_forms` are those abbreviations that the sources
    explain; `signals` says whether there are signals or lists, `signals_dated` whether they have dates of their own, and `signals_apart` whether there
    are documents of running text too.
    """

    words: Counter[str]
    surfaces: dict[str, str]
    sections: tuple[str, ...]
    documents: tuple[tuple[str, str], ...]
    audiences: tuple[str, ...] = ()
    dated: bool = False
    abbreviations: Translations = field(default_factory=dict)
    short_forms: frozenset[str] = frozenset()
    signals: bool = True
    signals_apart: bool = False
    signals_dated: bool = False
    headed: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, view: IndexView) -> "Vocabulary":
        """Read the vocabulary of what a user may see."""
        words: Counter[str] = Counter()
        surfaces: dict[str, str] = {}
        sections: dict[str, None] = {}
        documents: dict[tuple[str, str], None] = {}
        audiences: dict[str, None] = {}
        dated = False
        for passage in view.passages:
            for word in tokens(f"{passage.text} {passage.section} {passage.title}"):
                words[fold(word)] += 1
                surfaces.setdefault(fold(word), word)
            sections[passage.section] = None
            documents[passage.doc, passage.title] = None
            dated = dated or bool(passage.metadata.get("date"))
        for document in view.documents:
            audiences |= dict.fromkeys(part.strip() for part in document.metadata.get("audience", "").split(",") if part.strip())
            dated = dated or bool(document.metadata.get("published"))
        signals, running = [passage for passage in view.passages if passage.kind == "signal"], in_running_text(view.passages)
        explained = find_abbreviations(passage.text for passage in view.passages)
        return cls(words, surfaces, tuple(name for name in sections if name), tuple(documents), tuple(audiences), dated,
                   alternatives_of(explained), frozenset(explained), signals=bool(signals or {doc for doc, _ in documents} - running),
                   signals_apart=bool(signals and running), signals_dated=any(passage.metadata.get("date") for passage in signals),
                   headed=headed(view.passages))


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of a question, or several that the bridge knows as one; `stems` are those of its whole words."""

    text: str
    stems: tuple[str, ...]
    parts: tuple[str, ...]
    alternatives: tuple[Alternative, ...]
    is_name: bool
    is_number: bool


_KEPT = 50_000  # terms; some 18,000, which 7,500 sentences of laws have, take 7 MB with those of the sentences
_MEASURES = frozenset((
    "lang", "hoog", "groot", "oud", "snel", "vroeg", "laat", "ver", "recent", "ernstig", "dikwijls", "zwaar", "diep",
    "long", "high", "large", "big", "old", "fast", "quickly", "soon", "early", "late", "far", "serious", "frequently", "heavy", "deep"))
_ONE_TERM = re.compile(r"\s(?:en|and)\s", re.I)  # "Bosnië en Herzegovina" is one thing
_WEIGHING = frozenset((  # words that ask for a choice, which the sources do not make
    "belangrijkste", "belangrijke", "voornaamste", "main", "important", "key", "principal"))


_APART = frozenset({"since", "until", "audience"})  # conditions that say nothing of what is asked; sections and documents: measured, no better


@dataclass(frozen=True)
class Understood:
    """A question as it is answered: standalone and corrected, with what it asks for and which terms must be met.

    `short_form` is the abbreviation whose long form is asked for, where the sources have it; `defined` are the terms whose meaning is.
    `parts` are the same question for each of several things of which one is enough, see `enumerations.py`; `titled` is the question
    without the names that some documents have in their titles, see `titles.py`; `excluded` is what it leaves out, see `exclusions.py`.
    """

    text: str
    language: Literal["nl", "en"]
    kind: Kind
    out_of_scope: str
    terms: tuple[Term, ...]
    filters: tuple[Filter, ...]
    corrections: tuple[tuple[str, str], ...]
    short_form: str = ""
    defined: tuple[Term, ...] = ()
    parts: "tuple[Understood, ...]" = ()
    titled: "Titled | None" = None
    excluded: tuple[tuple[Term, ...], ...] = ()

    @cached_property
    def put(self) -> str:
        """The question as it is put to the sources: without what it leaves out, the words of conditions on dates and audiences, and bare names of documents."""
        text = left_out(self.text, [term.text for thing in self.excluded for term in thing], self.language)[1]
        for one in self.filters:
            text = text.replace(one.said, " ", 1) if one.field in _APART or by_name_alone(one) else text
        return re.sub(r"\s+(?=[\s?!.,]|$)", "", text).strip(" ,") if re.search(r"\w", text) else self.text

    @property
    def asks_for_all(self) -> bool:
        """Whether all that there is is asked for ("Noem alle signalen"); the most important too, for the sources do not weigh themselves."""
        return self.kind == "list" and all(fold(term.text) in _WEIGHING for term in self.terms)


@dataclass(frozen=True)
class Titled:
    """A question without the names that some documents, by their ids, have in their titles."""

    names: tuple[str, ...]
    documents: frozenset[str]
    question: Understood


def understand(question: str, *, history: Sequence[str], vocabulary: Vocabulary, bridge: Bridge, literal: Sequence[str] = (),
               filters: Sequence[tuple[str, str]] | None = None) -> Understood:
    """Read a question; `history` holds the earlier questions of the conversation, oldest first.

    `filters` are the only conditions, as (field, value), that are read from it as such; None for all.

    `literal` holds words, or the whole question, that are meant as they were typed: they are not corrected, and nothing is added to them.
    """
    language = language_of(question) if len(question.split()) > 1 or not history else language_of(history[-1])
    bare = without_preamble(question, language)
    standalone = complete(bare, history=[without_preamble(one, language) for one in history])
    known = vocabulary.words + Counter(fold(word) for word in literal) if literal else vocabulary.words
    wanted = standalone if question in literal or not vocabulary.signals else _as_list(standalone)
    fixed, corrections = corrected(wanted, known, vocabulary.surfaces, language=language,
                                   known=lambda word: bridge.knows(label_key(word, language), language))
    also_called = partial(_called, language=language, bridge=bridge)
    found, asked_about = find_filters(fixed, vocabulary, also_called=also_called, only=filters)
    kind = kind_of(fixed)

    def about(text: str) -> tuple[Term, ...]:
        elsewhere = _HERE.sub(" ", text)
        found = terms_of(without_frame(elsewhere), language, bridge, vocabulary.abbreviations)
        return tuple(_as_typed(one, literal) for one in found or terms_of(elsewhere, language, bridge, vocabulary.abbreviations))

    terms = about(asked_about)
    things, rest = left_out(fixed, [term.text for term in terms], language) if kind in ("list", "fact") else ((), fixed)
    if {" ".join(thing) for thing in things} <= set(literal):
        things, rest = (), fixed
    kept = {term.text for term in (about(rest) if things else terms)}
    several = kind == "list" and not any(_ONE_TERM.search(term.text) for term in terms)
    parts = tuple(Understood(one, language, kind, "", about(find_filters(one, vocabulary, also_called=also_called, only=filters)[1]), found, ())
                  for one in (each_alone(asking_sentence(fixed), language) if several and not things else ()))
    understood = Understood(fixed, language, kind, out_of_scope(bare), tuple(one for one in terms if one.text in kept), found, corrections,
                            asked_short_form(fixed, vocabulary.short_forms), about(asked_word(fixed)), tuple(one for one in parts if one.terms),
                            excluded=tuple(tuple(one for one in terms if one.text in thing) for thing in things))
    return replace(understood, titled=_titled(understood, vocabulary.headed, literal))


def _titled(understood: Understood, documents: Sequence[tuple[str, str]], literal: Sequence[str]) -> Titled | None:
    """Return the question to the documents that have its names in their titles, without these; None where no title has any that is not `literal`."""
    names, docs = in_titles([term.text for term in understood.terms if term.is_name and term.text not in literal], documents)
    terms = tuple(term for term in understood.terms if term.text not in names)
    if not docs or not terms:
        return None
    text = reduce(without_name, names, understood.text)
    return Titled(names, docs, replace(understood, text=text, terms=terms, parts=()))


def _as_list(question: str) -> str:
    """Ask for what is to be counted ("How many signals are about X?"): an answer says how many it quotes, and the sources do not count themselves."""
    def which(match: re.Match[str]) -> str:
        word = "welke" if match[2].casefold() == "hoeveel" else "which"
        return f"{match[1]}{word}" if match[1] else word.capitalize()

    return _AND_WHICH.sub(lambda found: f"{found['and']} {found['about']}", _COUNTED.sub(which, question))


def _called(words: str, language: str, bridge: Bridge) -> list[str]:
    """Return what else some words are called in Dutch or English, no narrower and no looser."""
    return [one.label for one in bridge.alternatives(tuple(words.split()), language) if one.weight >= USUAL]


def _as_typed(term: Term, literal: Sequence[str]) -> Term:
    """Leave out what was added to a term that is meant as it was typed."""
    return replace(term, alternatives=()) if fold(term.text) in {fold(one) for one in literal} else term


_HERE = re.compile(r"\b(?:in|binnen|within) (?:heel |the )?(?:Nederland|Netherlands)\b", re.I)  # Dutch sources seldom say it of themselves
_AND_WHICH = re.compile(  # "Which trends are about A and which about B?" asks for those about A and about B
    r"(?<=\w )(?P<and>en|and) (?:welke|which)(?: ones| trends| signalen| signals)?(?: gaan| zijn er| are)? (?P<about>over|rond|about|on)\b", re.I)
_COUNTED = re.compile(
    r"^((?:en |and )?)(hoeveel|how many)\b(?=(?: \w+)? (?:signalen|trends|ontwikkelingen|signals|developments) (?:er )?"
    r"(?:(?:gaan|gingen|handelen)\b.*\bover\b|(?:zijn|staan) er\b|(?:noemen|vermelden|betreffen|raken)\b"
    r"|(?:zijn|staan|vallen|horen) (?:over|rond|onder|bij|in)\b|are (?:there|about|on|under|in)\b|(?:are|is) listed\b"
    r"|(?:deal with|concern|mention|refer to|relate to|address|speak of|talk about|fall under)\b))", re.I)


def terms_of(question: str, language: str, bridge: Bridge, abbreviations: Translations | None = None) -> tuple[Term, ...]:
    """Return the terms of a question in order: runs of words that the bridge or the sources' abbreviations know, then each content word left."""
    abbreviations = abbreviations or {}
    longest = max((len(stems) for _, stems in abbreviations), default=0)
    words = _verbs_joined(question) if language == "nl" else tokens(question)
    verb = asking_verb(question)
    if verb in words and any(is_content(word, language) for word in words if word != verb):
        words.remove(verb)
    telling = any(is_content(word, language) and not points_or_stresses(word) for word in words)
    keys = [label_key(word, language) for word in words]
    found: dict[tuple[str, ...], Term] = {}
    position = 0
    while position < len(words):
        opens = bridge.openings.get(keys[position][0], 0) if keys[position] else 0  # seldom more than 0
        length = max(_longest_label(words[position:position + opens], keys[position:position + opens], language, bridge),
                     _longest_form(words[position:position + longest], language, abbreviations))
        run = tuple(words[position:position + max(length, 1)])
        tells = is_content(run[0], language) and not (telling and points_or_stresses(run[0]))
        if length or (tells and not _asks_how_much(words[max(position - 1, 0):position + 2], language)):
            short = abbreviations.get((language, label_key(" ".join(run), language)), ())
            term = _term(run, language, bridge, short, first=position == 0)
            found.setdefault(term.stems, term)
        position += max(length, 1)
    return tuple(found.values())


def _asks_how_much(words: Sequence[str], language: str) -> bool:
    """Say whether the second of some words asks by which measure ("hoe lang", "how fast is"): a sentence that answers seldom has it.

    In English it may belong to a noun that follows ("how large companies deal with it").
    """
    measured = len(words) > 1 and fold(words[0]) in ("hoe", "how") and fold(words[1]) in _MEASURES
    return measured and (language == "nl" or not (words[2:] and is_content(words[2], language)))


def _verbs_joined(question: str) -> list[str]:
    """Return the words of a Dutch question, a separable verb in one piece ("Met wie werkt het OM samen?" asks for "samenwerken") and each compound whole."""
    together = with_whole_compounds(joined_with_te(question))
    words = tokens(together)
    for whole in separable_verbs(together):
        particle = next((position for position in range(len(words) - 1, 0, -1) if whole.startswith(fold(words[position]))), 0)
        verb = next((position for position in range(particle) if is_form(words[position], whole.removeprefix(fold(words[particle])))), None)
        if particle and verb is not None:
            words[verb] = whole
            del words[particle]
    return words


def _longest_label(words: Sequence[str], keys: Sequence[tuple[str, ...]], language: str, bridge: Bridge) -> int:
    """Return how many words from the first on are one label of the bridge, at least two, or 0; `keys` are the stems of each word."""
    for length in range(len(words), 1, -1):
        if bridge.knows(tuple(chain.from_iterable(keys[:length])), language) and (is_content(words[length - 1], language) or words[length - 1] in PARTICLES):
            return length
    return 0


def _longest_form(words: Sequence[str], language: str, abbreviations: Translations) -> int:
    """Return how many words from the first on are the long form of an abbreviation of the sources, at least two, or 0."""
    return next((length for length in range(len(words), 1, -1) if (language, label_key(" ".join(words[:length]), language)) in abbreviations), 0)


@lru_cache(maxsize=_KEPT)
def _term(run: tuple[str, ...], language: str, bridge: Bridge, short: tuple[Alternative, ...], *, first: bool) -> Term:
    """Return a run of words as a term, kept: those of questions and of sentences come back. `short` is what the sources abbreviate it to or from."""
    text = " ".join(run)
    whole = label_key(text, language)
    place = any(stem.startswith("@") for stem in whole)
    parts = tuple(stem for word in run for stem in stems(word, language)[1:])
    if len(whole) > 1:  # "Oekraïners" speaks of "Oekraïense vluchtelingen" too
        parts = (*(stem for stem in whole if stem.startswith("@")), *parts)
    code = any(character.isdigit() for character in f"{text}{''.join(whole)}")
    proper = text[:1].isupper() and not first and not code
    known = (*short, *bridge.alternatives(run, language))
    # what the bridge knows of those counts no more than "politie": the directive of the OM seldom names it
    named = not (text in CAPITAL_NAMES and known) and (bridge.names(run, language, first=first) or (proper and not known and _rare(text)))
    return Term(text, whole, parts, known, is_name=place or named, is_number=code)


def _rare(word: str) -> bool:
    """Say whether a word with a capital is a name rather than an ordinary word, by how often the languages use it."""
    return how_usual(word) < 3.2 or word.isupper()
