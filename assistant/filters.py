"""Conditions that a question states in words: "in paragraaf 1.7", "onder Informatiedeling", "in de Aanwijzing", "sinds 2023", "voor gemeenten", "welke signalen".

A filter is only read where the sources have such a section, document, date, audience or kind of passage. It is shown, and can be taken off.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import starmap
from typing import Protocol

from assistant.periods import periods
from index.words import fold
from ingest.documents import Passage


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition: `field` is section, document, since, until, audience or kind, `value` what it must be, `said` the words of the question."""

    field: str
    value: str
    said: str


class Named(Protocol):
    """What the sources have that a question may name: sections, documents as (name, title), audiences.

    And whether they have dates, signals of a date, and signals beside other documents.
    """

    @property
    def sections(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def documents(self) -> tuple[tuple[str, str], ...]: ...  # noqa: D102
    @property
    def audiences(self) -> Iterable[str]: ...  # noqa: D102
    @property
    def dated(self) -> bool: ...  # noqa: D102
    @property
    def signals_dated(self) -> bool: ...  # noqa: D102
    @property
    def signals_apart(self) -> bool: ...  # noqa: D102


AlsoCalled = Callable[[str], Collection[str]]
_IN = r"(?:in|onder|uit|van|volgens|bij|under|from|of|according to)\s+(?:de\s+|het\s+|the\s+)?"
_PART = r"(?:paragraaf|par\.|sectie|hoofdstuk|onderdeel|section|chapter|paragraph|kop|kopje|heading|thema|theme|document)\s+"
_NUMBERED = (re.compile(rf"(?:\b{_IN})?\b{_PART}(?P<name>\d+(?:\.\d+)*)\b", re.I),
             re.compile(r"(?:\b" + _IN + r")?(?<![\w.])(?P<name>\d+(?:\.\d+)+)(?![\w.]*\d)", re.I))
_NUMBER = re.compile(r"(?:^|> )\d+(?:\.\d+)*\.?\s")
_ARTICLE = re.compile(rf"(?:\b{_IN})?\b(?P<name>(?:artikel|article)\s+\d+\w{{0,2}})\b(?!\.\d)", re.I)
_CITES = re.compile(r"(?:\(|\b(?:bedoeld in|referred to in|grond van|krachtens|ingevolge|zin van|overeenkomstig|meaning of)\s+(?:het |the )?)$", re.I)  # names a rule for what it says, no place to look
_CITES_A_PART = re.compile(r",? ?(?:(?:eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste) lid,? )?(?:aanhef en )?onder(?:deel)? \w\b", re.I)
_CITES_LOOSELY = re.compile(r"^(?:under|onder)\b", re.I)
_ASKS_FOR_IT = re.compile(r"\b(?:staat|zegt|regelt|luidt|bepaalt|says?|does|provides?)\b", re.I)
_ARTICLE_WORD = re.compile(r"^(?:artikel|article)\s+")
_CITED = re.compile(r"\b(?:(?:artikel|artikelen|art\.|article|articles|lid|nummer|nr\.|stb\.)\s*|(?:artikel|art\.|article)\s+\d+\w*,?\s+)$", re.I)
_NAMED = re.compile(rf"\b(?P<opening>(?:{_IN}|(?:zegt|zeggen|staat|does|do|say)\s+(?:in\s+)?(?:de|het|the)\s+)(?:{_PART})?)[\"“‘']?(?P<name>[\w-]+(?:\s+[\w-]+){{0,7}})", re.I)
_IDIOM = re.compile(  # names no document
    r"\b(?:caught|catch\w*|seized|surprised) in the act\b|\b(?:interests?|breach|violation|rule|letter|eyes?|force|officers?) of the law\b|\bin het belang van de wet\b", re.I)
_UNDER = re.compile(rf"(?:under|onder)\b|.*\b{_PART}$", re.I)
_ENDS = re.compile(r"[\"”’']?[\s?.!]*$")
_FOR = re.compile(r"\b(?:voor|for)\s+(?P<name>[\w-]+)", re.I)
_SIGNALS = re.compile(r"(?:^|[,.:;?–-]\s*|\b(?:welke?|which|what|alle|all|any|zijn er|are there|zijn de|are the|noem|geef|toon|list|show|give)\s+(?:(?!de\b|the\b)\w+\s+)?"
                      r"|\b(?:zeggen|melden|laten|volgens|uit|in|do|does|from|according to)\s+(?:de|the)\s+)"
                      r"(?P<name>signalen|signals?|trends?)\b(?!\s+(?:van|of|that|die|waar\w*)\b)", re.I)
_SIGNALS_ON = re.compile(  # "Ik zoek de trends over ...", "Is there a trend about ...?"
    r"\b(?:noem|geef|toon|som|zoek|wil|need|want|list|show|give|looking for|is er|zijn er|is there|are there)(?:\s+(?:me|mij|ik|us|ons|alle|all|graag|naar))*"
    r"\s+(?:de|the|een|an?)\s+(?:\w+\s+)?(?P<name>signalen|signaal|signals?|trends?)(?=\s+(?:over|rond|rondom|waarin|in|about|on|concerning|regarding|around)\b)", re.I)
_OF_SOMETHING = re.compile(r"\b(?:her(?:ken|kend|kennen)|wijzen|duiden|spot|recogni[sz](?:e|es|ing)\b|recognition|indicat\w+|point to|alert)\b", re.I)  # a sign of it, no entry of a list of signals
# Words that open the title of a document, so that "in de handreiking" names one also without a capital; Dutch by English.
_SORTS = {"guide": ("handreiking", "leidraad"), "guidance": ("handreiking", "leidraad"), "instruction": ("aanwijzing", "instructie"),
          "guideline": ("richtlijn",), "directive": ("richtlijn",), "act": ("wet",), "law": ("wet",), "treaty": ("verdrag",), "convention": ("verdrag",),
          "circular": ("circulaire",), "letter": ("brief",), "report": ("rapport", "verslag", "evaluatie", "onderzoek"), "evaluation": ("evaluatie",),
          "rapport": ("evaluatie", "onderzoek"), "decree": ("besluit",), "regulation": ("regeling", "verordening", "reglement"), "scheme": ("regeling",),
          "covenant": ("convenant",), "protocol": ("protocol",), "memo": ("memo", "notitie"), "brief": ("brief",), "policy framework": ("beleidskader",),
          "annual report": ("jaarverslag",), "anthology": ("bloemlezing",), "note": ("notitie",), "plan": ("plan",), "register": ("register",),
          "study": ("onderzoek",), "advice": ("advies",), "factsheet": ("factsheet",)}
_SORT_NAMES = frozenset(_SORTS) | {name for names in _SORTS.values() for name in names}
_PUNCTUATION = re.compile(r"[\W_]+")
_OPENING = 3  # letters; nothing shorter is looked for
_INDEXES = 16  # of names that are kept: one for what each audience may see


def _by_no_other_name(_: str) -> Collection[str]:
    return ()


def find_filters(question: str, sources: Named, *, also_called: AlsoCalled = _by_no_other_name,
                 only: Collection[tuple[str, str]] | None = None) -> tuple[tuple[Filter, ...], str]:
    """Return the conditions of a question, one of each field, and the question without their words; those that are not among `only` are words like others.

    `also_called` gives other names for some words, in any language: what is listed "under International" stands in the section "Internationaal".
    That is looked for only where a question ends with "under ..." or names a heading: "of the National Rapporteur" is no section "Nationaliteit".
    """
    found: dict[str, Filter] = {}
    for finder in (_section_by_number, partial(_section_or_document, also_called=also_called), _dates, _audience, _signals):
        for one in finder(question, sources):
            if one.field not in found and (only is None or (one.field, one.value) in only):
                found[one.field] = one
                question = question.replace(one.said, " ", 1)
    return tuple(found.values()), question


def _section_by_number(question: str, sources: Named) -> Iterator[Filter]:
    """Find a section by its number ("1.7", "paragraaf 2") or as an article, with the words of its heading where they follow."""
    for pattern in (*_NUMBERED, _ARTICLE):
        for match in pattern.finditer(question):
            before = question[:match.start("name")]
            if pattern is not _ARTICLE and (_CITED.search(before) or _CITED.search(question[:match.start()])):
                continue
            if pattern is _ARTICLE and (
                    _CITES.search(before) or (_CITES_A_PART.match(question, match.end()) and not _ASKS_FOR_IT.search(question))):
                continue
            fitting = dict.fromkeys(part for name in sources.sections for part in name.split(" > ") if numbered(part, match["name"]))
            if not fitting and pattern is _NUMBERED[0] and _NUMBER.search(" > ".join(sources.sections)):
                yield Filter("section", match["name"], match[0])  # no section has this number, so nothing is left: better than another section's
                return
            if pattern is _ARTICLE and _CITES_LOOSELY.match(match[0]) and _in_several(fitting, sources.sections):
                continue
            if fitting:
                heading = next(iter(fitting))
                value = next(name for name in sources.sections if heading in name.split(" > ")) if len(fitting) == 1 else match["name"]
                behind = question[match.end():]
                rest = heading[len(match["name"]):].strip(". ")
                said = match[0] + behind[:len(rest) + 1] if rest and fold(behind.strip()).startswith(fold(rest)) else match[0]
                yield Filter("section", _up_to(value, heading), said)
                return


def _in_several(headings: Collection[str], paths: Iterable[str]) -> bool:
    """Say whether some headings are of several sections: of several laws, or several articles of that number."""
    return len({path[:path.index(heading)] + heading for path in paths for heading in headings if heading in path.split(" > ")}) > 1


def _up_to(path: str, heading: str) -> str:
    """Return the path of a section down to one of its headings."""
    parts = path.split(" > ")
    return " > ".join(parts[:parts.index(heading) + 1]) if heading in parts else path


def numbered(heading: str, number: str) -> bool:
    """Say whether a heading carries a number: "1.7 Internationaal", "Artikel 5. Taken"; an article is one in either language."""
    wanted = _ARTICLE_WORD.sub("(?:artikel|article) ", re.escape(fold(number)).replace("\\ ", " "))
    return bool(re.match(wanted + r"(?![\w]|\.\d)", fold(heading)))


def _section_or_document(question: str, sources: Named, *, also_called: AlsoCalled) -> Iterator[Filter]:
    """Find the section or document that a question names after "in", "onder", "volgens", "says the" ..."""
    for match in _each(_NAMED, _IDIOM.sub(lambda idiom: "," * len(idiom[0]), question)):
        named_so = _UNDER.match(match["opening"]) and _ENDS.match(question, match.end())
        if named_so and (section := _section(match["name"], sources.sections, also=also_called(match["name"]))):
            yield Filter("section", section, match[0])
            break
        for words in _shorter(match["name"]):
            said = match["opening"] + words
            if section := _section(words, sources.sections):
                yield Filter("section", section, said)
                break
            if document := _document(words, sources.documents, marked=words[:1].isupper()):
                yield Filter("document", document, said)
                break


def _each(pattern: re.Pattern[str], question: str) -> Iterator[re.Match[str]]:
    """Find a pattern anew behind each of its openings, for what one seems to name may hold the next: "van wat in het verdrag staat"."""
    match = pattern.search(question)
    while match:
        yield match
        match = pattern.search(question, match.end("opening"))


def by_name_alone(condition: Filter) -> bool:
    """Say whether a condition is a document that is named as people name a place, "van Lindermonde", not "volgens de Leerplichtwet"."""
    return condition.field == "document" and not any(word.endswith(sort) for word in _plain(condition.said).split() for sort in _SORT_NAMES)


def _section(words: str, names: tuple[str, ...], *, also: Collection[str] = ()) -> str:
    """Return the section whose heading, less its number, is what was named, word for word and with a capital, or what it is `also` called."""
    if not words[:1].isupper():
        return ""
    sections = _by_heading(names)
    return next((sections[one] for one in (fold(words), *map(fold, also)) if one in sections), "")  # what is called just so first


@lru_cache(maxsize=_INDEXES)
def _by_heading(names: tuple[str, ...]) -> dict[str, str]:
    """Return by each heading, folded and less its number, the path down to it in the first of some sections that has it."""
    found: dict[str, str] = {}
    for name in names:
        for part in name.split(" > "):
            found.setdefault(fold(re.sub(r"^[\d.]+\s+", "", part)), _up_to(name, part))
    return found


def _document(words: str, documents: tuple[tuple[str, str], ...], *, marked: bool) -> str:
    """Return the one document that was named: by its file name, or by how its title begins after a mark as in "DRAFT – "."""
    wanted = _plain(words)
    sort = wanted.split(" ")[0]
    if len(wanted) < 3 or not (marked or sort in _SORT_NAMES or "-" in words or " " in words):
        return ""
    asked = (wanted, *(_plain(f"{other}{wanted[len(sort):]}") for other in _SORTS.get(sort, ())))
    fitting = []
    near = {place for one in asked for place in _by_opening(documents).get(one[:_OPENING], ())}
    for doc, title in (documents[place] for place in sorted(near)):
        whole, beginnings = _names_of(doc, title)
        named = (marked or sort in _SORT_NAMES) and any(f"{one} ".startswith(f"{other} ") for one in beginnings for other in asked)
        if whole in asked or named or (wanted in _SORT_NAMES and set(asked) & set(whole.split())) or (marked and len(wanted) >= 5 and any(one.startswith(wanted) for one in beginnings)):
            fitting.append(doc)
    return fitting[0] if len(fitting) == 1 else ""


@lru_cache(maxsize=50_000)
def _names_of(doc: str, title: str) -> tuple[str, tuple[str, ...]]:
    """Return the file name of a document and the beginnings of its title, in plain letters."""
    parts = (title, *re.split(r"\s[–—|:-]\s", title)[1:])
    return _plain(doc.rpartition("/")[2].rpartition(".")[0]), tuple(_plain(part) for part in parts)


@lru_cache(maxsize=_INDEXES)
def _by_opening(documents: tuple[tuple[str, str], ...]) -> dict[str, list[int]]:
    """Return the places of the documents of which a word of the file name, or the beginning of the title, opens with the same few letters."""
    found: dict[str, list[int]] = {}
    for place, (doc, title) in enumerate(documents):
        whole, beginnings = _names_of(doc, title)
        for opening in {one[:_OPENING] for one in (*beginnings, whole, *whole.split())}:
            found.setdefault(opening, []).append(place)
    return found


def _dates(question: str, sources: Named) -> Iterator[Filter]:
    """Find "sinds 2023" and "tot 2020", where the sources carry dates, and "in 2022" of signals that do."""
    if sources.dated:
        yield from starmap(Filter, periods(question, of_signals=sources.signals_dated and _of_signals(question) is not None))


def _audience(question: str, sources: Named) -> Iterator[Filter]:
    """Find "voor gemeenten", where a document is meant for them."""
    for match in _FOR.finditer(question):
        for audience in sources.audiences:
            if fold(match["name"]) == fold(audience):
                yield Filter("audience", audience, match[0])


def _signals(question: str, sources: Named) -> Iterator[Filter]:
    """Find "welke signalen ...", "which trends ...", where the sources have signals and running text: that is about something else."""
    if sources.signals_apart and (asked := _of_signals(question)):
        yield Filter("kind", "signal", asked["name"])


def _of_signals(question: str) -> re.Match[str] | None:
    """Return where a question asks for signals, as entries of a list of them."""
    return None if _OF_SOMETHING.search(question) else _SIGNALS.search(question) or _SIGNALS_ON.search(question)


def in_running_text(passages: Iterable[Passage]) -> frozenset[str]:
    """Return the documents of which more than a tenth of the passages is running text: not lists of signals, nor registers of them."""
    every, running = Counter[str](), Counter[str]()
    for passage in passages:
        every[passage.doc] += 1
        running[passage.doc] += passage.kind == "sentences"
    return frozenset(doc for doc, count in every.items() if 10 * running[doc] > count)


def _plain(text: str) -> str:
    return _PUNCTUATION.sub(" ", fold(text)).strip()


def _shorter(name: str) -> list[str]:
    words = name.split()
    return [" ".join(words[:count]) for count in range(len(words), 0, -1)]
