"""The term bridge: which labels mean the same, are narrower or related, in Dutch and English; a SKOS file that people edit.

The file is Turtle in a plain form: a property with all its values on one line. Only these properties are read: skos:prefLabel,
skos:altLabel, skos:broader, skos:related. Comments (#) are passed over; everything else is refused with its line number.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib import resources

from assistant.term_file import term_text
from index.words import fold, whole_stems
from ingest.errors import UsageError

_LABEL = re.compile(r'skos:(?P<property>prefLabel|altLabel)\s+(?P<labels>"[^"]+"@(?:nl|en)(?:\s*,\s*"[^"]+"@(?:nl|en))*)\s*[;.]$')
_ONE = re.compile(r'"([^"]+)"@(nl|en)')
_LINK = re.compile(r"skos:(?P<property>broader|related)\s+(?P<names>:[\w-]+(?:\s*,\s*:[\w-]+)*)\s*[;.]$")
_OPENING = re.compile(r"^:(?P<name>[\w-]+)\s+a\s+skos:Concept\s*;$")
_COMMENT = re.compile(r"^((?:[^\"#]|\"[^\"]*\")*)#.*$")
_STATEMENT = re.compile(r"(?:[^\";]|\"[^\"]*\")+;?")


@dataclass(frozen=True, slots=True)
class Label:
    """A label of a concept: its words, its language, its stems in that language in order."""

    text: str
    language: str
    stems: tuple[str, ...]
    concept: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another label for a term of a question, with what it is worth (0 to 1), how it relates, its language, and its concept if it has one."""

    label: str
    stems: tuple[str, ...]
    weight: float
    relation: str
    language: str
    concept: str = ""


Translations = Mapping[tuple[str, tuple[str, ...]], tuple[Alternative, ...]]  # by (language, stems of a term)
Growing = dict[tuple[str, tuple[str, ...]], dict[tuple[str, ...], Alternative]]  # the same, while it is read
Misleading = Mapping[tuple[str, str], frozenset[str]]  # by (language, form of a word): the labels by which it is not widened
USUAL = 0.85  # what the first translation of an everyday word is worth; chosen, not measured
SYNONYM = 0.8  # and its first synonym; each next of either is worth 0.1 less
LEAST = 0.5
_AGAIN = {"en": ("re", "her"), "nl": ("her", "re")}  # by language: what opens a word for doing something again, and what does in the other
_SHORTEST_REST = 4
_KEPT = 20_000  # words whose alternatives are kept, some megabytes


@dataclass(frozen=True, eq=False)
class Bridge:
    """The concepts, found by the stems of their labels; and by language the general words for a term, by its stems. Each is only equal to itself.

    `misleading` says which labels are another word's of the same stem, or another sense: "hospital" is no hospitality.
    """

    labels: dict[tuple[str, ...], tuple[str, ...]]
    concepts: dict[str, tuple[Label, ...]]
    broader: dict[str, tuple[str, ...]]
    related: dict[str, tuple[str, ...]]
    translations: Translations = field(default_factory=dict)
    misleading: Misleading = field(default_factory=dict)

    @cached_property
    def openings(self) -> dict[str, int]:
        """The stems with which labels, terms and translations of several words begin, each with how many stems the longest of them has."""
        found: dict[str, int] = {}
        for key in (*self.labels, *(stems for _, stems in self.translations)):
            if len(key) > 1:
                found[key[0]] = max(found.get(key[0], 0), len(key))
        return found

    @cached_property
    def narrower(self) -> dict[str, tuple[str, ...]]:
        """The concepts directly beneath each that has any."""
        found: dict[str, list[str]] = defaultdict(list)
        for concept, above in self.broader.items():
            for name in above:
                found[name].append(concept)
        return {name: tuple(beneath) for name, beneath in found.items()}

    def beneath(self, concept: str) -> set[str]:
        """Return the concepts beneath one, at any depth."""
        found, new = set[str](), list(self.narrower.get(concept, ()))
        while new:
            one = new.pop()
            if one not in found:
                found.add(one)
                new.extend(self.narrower.get(one, ()))
        return found

    def knows(self, key: tuple[str, ...], language: str) -> bool:
        """Say whether some stems are those of a label of a concept, or of a term that has a translation or a synonym."""
        return key in self.labels or (language, key) in self.translations

    def match(self, words: tuple[str, ...], language: str) -> tuple[str, ...]:
        """Return the concepts that a run of words names; in the words of the other language only where they are no words of this one ("kind", "arts")."""
        key = label_key(" ".join(words), language)
        concepts = self.labels.get(key, ())
        if (language, key) not in self.translations:
            return concepts
        return tuple(one for one in concepts if any(label.stems == key and label.language == language for label in self.concepts[one]))

    def names(self, words: tuple[str, ...], language: str, *, first: bool = False) -> bool:
        """Say whether a run of words is written as the name of a place, organisation or law: a label with a capital on its first and last word.

        The `first` words of a text have a capital anyway, and must be the label to the letter: "leidt" has the stem of Leiden.
        """
        text, key = " ".join(words), label_key(" ".join(words), language)
        labels = (label.text for concept in self.labels.get(key, ()) for label in self.concepts[concept] if label.stems == key)
        return text[:1].isupper() and any(label[:1].isupper() and label.split()[-1][:1].isupper() and (not first or label == text) for label in labels)

    def alternatives(self, words: tuple[str, ...], language: str) -> tuple[Alternative, ...]:
        """Return what else may stand for a run of words, the surest first.

        General words (translations, synonyms) join only where no concept says how the term is called in the other language.
        """
        return self._alternatives(words, language)

    @cached_property
    def _alternatives(self) -> Callable[[tuple[str, ...], str], tuple[Alternative, ...]]:
        """What `alternatives` finds, kept: the words of questions and of sentences come back."""
        return lru_cache(maxsize=_KEPT)(self._found)

    def _found(self, words: tuple[str, ...], language: str) -> tuple[Alternative, ...]:
        found: dict[tuple[str, ...], Alternative] = {}
        own = label_key(" ".join(words), language)
        unwanted = self.misleading.get((language, fold(" ".join(words))), frozenset[str]())
        concepts = [one for one in self.match(words, language) if not unwanted
                    or any(label.text.casefold() not in unwanted for label in self.concepts[one] if label.stems != own)]
        for concept in concepts:
            self._add(found, concept, 1.0, "synonym", own)
            for narrower in self.narrower.get(concept, ()):
                self._add(found, narrower, 0.7, "narrower", own)
            for other in self.related.get(concept, ()):
                self._add(found, other, 0.4, "related", own)
        if all(label.language == language for concept in concepts for label in self.concepts[concept]):
            for general in self.translations.get((language, own), ()):
                found.setdefault(general.stems, general)
        if not found and len(words) == 1:
            found = {one.stems: one for one in self._done_again(words[0], language)}
        return tuple(sorted((one for one in found.values() if one.label.casefold() not in unwanted), key=lambda one: (-one.weight, one.label.casefold())))

    def _done_again(self, word: str, language: str) -> Iterator[Alternative]:
        """Yield what a word for doing something again may be called in the other language, by what the rest of it is: "reappointed", "herbenoemen"."""
        prefix, other = _AGAIN[language]
        rest = word.casefold().removeprefix(prefix).lstrip("-")
        if word.casefold().startswith(prefix) and len(rest) >= _SHORTEST_REST:
            for one in self.alternatives((rest,), language):
                if one.language != language and one.relation in ("synonym", "translation") and len(one.stems) == 1:
                    label = f"{other}{one.label}"
                    yield Alternative(label, label_key(label, one.language), USUAL * one.weight, "translation", one.language)

    def _add(self, found: dict[tuple[str, ...], Alternative], concept: str, weight: float, relation: str, own: tuple[str, ...]) -> None:
        for label in self.concepts.get(concept, ()):
            if label.stems and label.stems != own and (label.stems not in found or found[label.stems].weight < weight):
                found[label.stems] = Alternative(label.text, label.stems, weight, relation, label.language, concept)


def label_key(text: str, language: str) -> tuple[str, ...]:
    """Return the whole-word stems of a label, by which it is found."""
    return whole_stems(text, language)


@lru_cache(maxsize=4)
def bridge_of(terms: str) -> Bridge:
    """Read the bridge of a file of terms, by its path; empty for the one that is shipped. The general words are those of the package.

    :raises UsageError: when the file cannot be read, or a line of it is not in the plain form.
    """
    text = term_text(terms) if terms else resources.files("assistant").joinpath("terms.ttl").read_text(encoding="utf-8")
    return read_bridge(text, name=terms or "terms.ttl", translations=bundled_translations(), misleading=misleading_words())


def bundled_bridge() -> Bridge:
    """Read the bridge that is shipped with the package."""
    return bridge_of("")


@lru_cache(maxsize=1)
def bundled_translations() -> Translations:
    """Read the general words of the package, all both ways: those grown from parallel texts, the everyday ones, synonyms."""
    found: Growing = defaultdict(dict)
    for line in _lines("word_pairs.txt"):
        word, *others = line.split("\t")
        for other, _, probability in (one.rpartition(":") for one in others):
            _pair(found, ("en", word), ("nl", other), min(0.9, 0.4 + float(probability)), "translation")
    for name, left, right, most in (("everyday_words.txt", "en", "nl", USUAL), ("synonyms.txt", "nl", "nl", SYNONYM),
                                    ("synonyms_en.txt", "en", "en", SYNONYM)):
        for line in _lines(name):
            word, _, listed = line.partition(": ")
            for place, other in enumerate(listed.split(", ")):
                _pair(found, (left, word), (right, other), max(most - 0.1 * place, LEAST), "synonym" if left == right else "translation")
    return {term: tuple(sorted(others.values(), key=lambda one: (-one.weight, one.label.casefold()))) for term, others in found.items()}


@lru_cache(maxsize=1)
def misleading_words() -> Misleading:
    """Read by which labels a word is not widened."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    for line in _lines("misleading_words.txt"):
        term, _, listed = line.partition(": ")
        language, _, word = term.partition(" ")
        found[language, fold(word)] = frozenset(one.casefold() for one in listed.split(", "))
    return found


def _lines(name: str) -> list[str]:
    """Return the entries of a list of the package, its comments left out."""
    text = resources.files("assistant").joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _pair(found: Growing, left: tuple[str, str], right: tuple[str, str], weight: float, relation: str) -> None:
    """Add two words, each with its language, both ways, with the highest of their weights."""
    keys = {side: label_key(side[1], side[0]) for side in (left, right)}
    for (language, word), (spoken, label) in ((left, right), (right, left)):
        own, stems_of = keys[language, word], keys[left if (language, word) == right else right]
        if own and stems_of and own != stems_of:
            known = found[language, own].get(stems_of)
            if known is None or known.weight < weight:
                found[language, own][stems_of] = Alternative(label, stems_of, weight, relation, spoken)


def read_bridge(text: str, *, name: str, translations: Translations | None = None, misleading: Misleading | None = None) -> Bridge:
    """Read the SKOS file; raises UsageError that names the line where it is not in the plain form."""
    concepts: dict[str, list[Label]] = defaultdict(list)
    broader: dict[str, tuple[str, ...]] = {}
    related: dict[str, tuple[str, ...]] = {}
    current = ""
    for number, line in _statements(text):
        if opening := _OPENING.match(line):
            current = opening["name"]
        elif (labels := _LABEL.match(line)) and current:
            for label, language in _ONE.findall(labels["labels"]):
                concepts[current].append(Label(label, language, label_key(label, language), current))
        elif (link := _LINK.match(line)) and current:
            names = tuple(part.strip().removeprefix(":") for part in link["names"].split(","))
            (broader if link["property"] == "broader" else related)[current] = names
        else:
            raise UsageError(f"{name}, line {number}: expected a concept, a label or a link, found {line[:60]!r}")
    return _bridge(concepts, broader, related, name=name, words=(translations or {}, misleading or {}))


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Yield what stands in a file, up to each ";", with the number of its line; no comment or prefix."""
    for number, raw in enumerate(text.splitlines(), 1):
        line = _COMMENT.sub(r"\1", raw).strip()
        if line and not line.startswith("@prefix"):
            whole = line.count('"') % 2  # a label that is not closed
            yield from ((number, one.strip()) for one in ([line] if whole else _STATEMENT.findall(line)))


def _bridge(concepts: dict[str, list[Label]], broader: dict[str, tuple[str, ...]], related: dict[str, tuple[str, ...]], *,
            name: str, words: tuple[Translations, Misleading]) -> Bridge:
    for links in (broader, related):
        for concept, others in links.items():
            unknown = [other for other in others if other not in concepts]
            if unknown:
                raise UsageError(f"{name}: :{concept} points to :{unknown[0]}, which has no labels")
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for concept, labels in concepts.items():
        for label in labels:
            found[label.stems] = tuple(dict.fromkeys((*found.get(label.stems, ()), concept)))
    return Bridge(found, {concept: tuple(labels) for concept, labels in concepts.items()}, broader, related, *words)
