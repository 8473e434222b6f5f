"""What the page offers to ask: the filters that the documents of a user have, and questions that they answer."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from itertools import islice

from assistant.answers import Language
from ingest.documents import Document
from ingest.errors import BronvastError
from ui.desk import Desk, narrowed, seen
from ui.strings import PAGE

FIELDS = ("document", "section", "theme", "target_group", "region", "source", "audience", "since", "until", "kind")
_MOST_CHOICES = 300  # of one kind; a list that nobody reads to its end is no help
_MOST_EXAMPLES, _MOST_TRIED = 4, 12
_LONGEST = 90  # characters of a question that reads at a glance
_SAYS_NOTHING = frozenset({"samenvatting", "inleiding", "voorwoord", "conclusie", "conclusies", "bijlage", "bijlagen", "inhoud", "bronnen", "colofon", "overig",
                           "summary", "introduction", "foreword", "conclusion", "conclusions", "annex", "annexes", "contents", "sources", "other"})
_NUMBERED = re.compile(r"^(?:\d+(?:\.\d+)*\.?|[a-z]\))\s+", re.I)
Choice = tuple[str, str]  # what is shown, and the filter as it is written


def choices(documents: Iterable[Document], language: Language) -> list[Choice]:
    """Return the filters of these documents in words, each with its written form."""
    found: dict[str, dict[str, str]] = {name: {} for name in FIELDS}
    for document in documents:
        found["document"][document.doc] = document.title
        for audience in document.metadata.get("audience", "").split(","):
            found["audience"][audience.strip()] = audience.strip()
        for passage in document.passages:
            found["section"][passage.section] = passage.section
            for name in ("theme", "target_group", "region", "source"):
                found[name][passage.metadata.get(name, "")] = passage.metadata.get(name, "")
            year = passage.metadata.get("date", "")[:4]
            if year.isdigit():
                found["since"][f"{year}-01-01"] = found["until"][f"{year}-12-31"] = year
    say = PAGE[language]
    kept = {name: sorted((label, value) for value, label in values.items() if value)[:_MOST_CHOICES] for name, values in found.items()}
    if len(kept["document"]) < 2:
        kept["document"] = []
    return [(f"{say[f'field_{name}']}: {label}", written((name, value))) for name in FIELDS for label, value in kept[name]]


def one_of_each(chosen: Sequence[str] | None) -> tuple[tuple[str, str], ...]:
    """Return the chosen filters, the last of each kind; what is no filter is left out."""
    return tuple(dict(found for one in chosen or () if (found := _read(one))).items())


def recognised(chosen: Sequence[str] | None, documents: Iterable[Document], language: Language) -> tuple[list[str], list[str]]:
    """Return what was chosen as it is written, what was typed as the choice that it names, and apart what was typed and names none, or several."""
    named = {one: one if _read(one) else "" for one in chosen or ()}
    if not all(named.values()):
        offered = [(label.casefold(), value) for label, value in choices(documents, language)]
        named |= {typed: _named(" ".join(typed.split()).casefold(), offered) for typed, value in named.items() if not value}
    return [value for value in named.values() if value], [typed for typed, value in named.items() if not value and typed.strip()]


def _named(typed: str, offered: Sequence[Choice]) -> str:
    """Return the filter whose label this is, else the only one whose label begins so, else the only one whose label holds it; or the empty string."""
    for fits in (str.__eq__, str.startswith, str.__contains__):
        found = [value for label, value in offered if typed and fits(label, typed)]
        if len(found) == 1:
            return found[0]
    return ""


def _read(one: str) -> tuple[str, str] | None:
    """Return a filter as the page passes it on; None for what is none."""
    try:
        name, value = json.loads(one)
    except (ValueError, TypeError):
        return None
    return (name, value) if name in FIELDS and isinstance(value, str) else None


def written(one: tuple[str, str]) -> str:
    """Return a filter as the page passes it on."""
    return json.dumps(list(one), ensure_ascii=False)


@dataclass
class Examples:
    """Remembers the questions for each index, audience and language, so that each is tried once."""

    desk: Desk
    _kept: dict[tuple[object, ...], tuple[str, ...]] = field(default_factory=dict)

    def questions(self, name: str | None, language: Language) -> tuple[str, ...]:
        """Return some questions that the documents of this user answer."""
        account, assistant = self.desk.account(name), self.desk.assistant()
        audiences = narrowed(account, None)
        key = (assistant.index.hash, audiences, language)
        if key not in self._kept:
            tried = islice(_candidates(list(seen(self.desk, account).values()), language), _MOST_TRIED)
            answered = (one for one in tried if self._answered(one, audiences))
            self._kept = {**{old: kept for old, kept in self._kept.items() if old[0] == key[0]}, key: tuple(islice(answered, _MOST_EXAMPLES))}
        return self._kept[key]

    def _answered(self, question: str, audiences: frozenset[str] | None) -> bool:
        try:
            return self.desk.assistant().ask(question, audiences=audiences).status == "answered"
        except BronvastError:
            return False

    def html(self, name: str | None, language: Language) -> str:
        """Return the questions, each a button; empty where there are none."""
        wishes = [(one, escape(json.dumps({"do": "ask", "question": one}))) for one in self.questions(name, language)]
        buttons = "".join(f'<li><button type="button" class="example" data-wish="{wish}"><bdi>{escape(one)}</bdi></button></li>' for one, wish in wishes)
        return f'<h2 class="label">{PAGE[language]["examples"]}</h2><ul class="examples">{buttons}</ul>' if buttons else ""


def _candidates(documents: Sequence[Document], language: Language) -> Iterator[str]:
    """Give questions about what the documents name, in turn: a country or people, a heading of each document."""
    about = [PAGE[language]["ask_about"].format(what=name) for name in _peoples(documents, language)]
    under = [PAGE[language]["ask_under"].format(what=heading) for heading in _headings(documents, language)]
    pairs = list(zip(about[:2], under, strict=False))
    rest = [*under[len(pairs):], *about[len(pairs):]]
    yield from (one for one in [*(one for pair in pairs for one in pair), *rest] if len(one) <= _LONGEST)


def _peoples(documents: Sequence[Document], language: Language) -> list[str]:
    """Return the countries that the documents name, as the language names them, the one named most often first."""
    from collections import Counter

    from index.places import territory_stem
    from index.words import tokens

    found = Counter(stem for document in documents for passage in document.passages for word in tokens(passage.text)
                    if word[:1].isupper() and (stem := territory_stem(word)))
    return [name for stem, _ in found.most_common() if (name := _territories(language).get(stem.removeprefix("@").upper(), "")) and stem != "@nl"]


@lru_cache(maxsize=2)
def _territories(language: Language) -> dict[str, str]:
    from babel import Locale

    return {str(code): str(name) for code, name in Locale(language).territories.items() if len(str(code)) == 2}


def _headings(documents: Sequence[Document], language: Language) -> list[str]:
    """Return the first telling heading of each document in this language, else of all, then their second and third; each once."""
    spoken = [one for one in documents if one.language == language] or documents
    by_document = [list(dict.fromkeys(_NUMBERED.sub("", passage.section.rpartition(" > ")[2]) for passage in one.passages if passage.section))
                   for one in spoken]
    telling = [[one for one in headings if one.casefold() not in _SAYS_NOTHING] for headings in by_document]
    return list(dict.fromkeys(headings[place] for place in range(3) for headings in telling if place < len(headings)))
