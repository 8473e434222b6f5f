"""Names that stand in the title or letterhead of a document: all that it says, it says of these, and most of its sentences do not repeat them.

"Hoeveel uur werkt de ketenregisseur van Lindermonde?" is asked of the annual plan of Lindermonde as "Hoeveel uur werkt de ketenregisseur?".
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.function_words import PREPOSITIONS
from index.words import fold, tokens
from ingest.documents import Passage

_SORT = r"(?:(?:veiligheids|arbeidsmarkt|politie)?regio|gemeente|provincie|stad|eiland|region|municipality|province|city|town|island)"
_ELSEWHERE = re.compile(rf"(?:(?:In|Te|Uit|At|From)\s+(?:(?:de|het|the)\s+(?:buur)?{_SORT}\s+)?|(?:De|Het|The)\s+(?:buur)?{_SORT}\s+(?:van\s+|of\s+)?)"
                        r"(?P<name>[A-ZÀ-Þ][\w-]+)")
_SENDER = re.compile(rf"^(?i:{_SORT}\s+)?(?P<name>[A-ZÀ-Þ][\w’'-]+(?:[ -][A-ZÀ-Þ][\w’'-]+){{0,3}}),\s+(?:den\s+)?\d{{1,2}} [a-zé]{{3,9}} (?:19|20)\d\d\b")
_LEADS = rf"(?:,\s*)?\b(?:{PREPOSITIONS}|binnen|volgens|within|according to)\s+"


def without_name(question: str, name: str) -> str:
    """Return a question without a name and the preposition that puts it in its place; without the name alone behind "the" or "de regio"; else as it is."""
    its = rf"{re.escape(name)}(?:['’]?s)?(?![\w-])(?!\s*(?:,|en\b|and\b|of\b|or\b)\s*(?-i:[A-ZÀ-Þ]))"
    placed = rf"{_LEADS}(?:(?:(?:de|het|the)\s+)?{_SORT}\s+(?:(?:of|van)\s+)?{its}|the\s+{its}(?:\s+{_SORT}\b|(?!\s+\w))|(?:(?:de|het)\s+)?{its})"
    bare, found = re.subn(placed, "", question, flags=re.I)
    if not found:
        bare = re.sub(rf"\b({_SORT})\s+(?:(?:of|van)\s+)?{its}|\b(the)\s+{its}(?=\s+\w)", lambda match: match[1] or match[2], question, flags=re.I)
    return re.sub(r"\s+(?=[\s?!.,]|$)", "", bare).strip(" ,")


def headed(passages: Sequence[Passage]) -> tuple[tuple[str, str], ...]:
    """Return each document with its title, and with the name before the date that it opens with ("Gemeente Duinoord, 3 mei 2031")."""
    first = {passage.doc: passage for passage in reversed(passages)}
    senders = ((doc, _SENDER.match(one.text)) for doc, one in first.items() if not one.section)
    return (*((doc, one.title) for doc, one in first.items()), *((doc, sender["name"]) for doc, sender in senders if sender))


def in_titles(names: Sequence[str], documents: Sequence[tuple[str, str]]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return which names stand in titles, and the documents, given as (name, title), that have all of these in theirs; nothing where none does."""
    holding = {name: frozenset(doc for doc, title in documents if _plain(name) in _plain(title) and not _beside_another(name, title)) for name in names}
    known = tuple(name for name, docs in holding.items() if docs)
    docs = frozenset[str].intersection(*(holding[name] for name in known)) if known else frozenset[str]()
    return (known if docs else ()), docs


def of_another_place(sentence: str, title: str) -> bool:
    """Say whether a sentence begins with another place than a title has: "In Duinoord heeft de opvang ...", "De gemeente Duinoord betaalt ..."."""
    begins = _ELSEWHERE.match(sentence)
    return begins is not None and _plain(begins["name"]) not in _plain(title)


def _beside_another(name: str, title: str) -> bool:
    """Say whether a title joins a name and another one: what it says may be of either."""
    joint = r"\s*(?:,|\ben\b|\band\b|&)\s*"
    its = rf"\b(?i:{re.escape(name)})\b"
    return re.search(rf"{its}{joint}[A-ZÀ-Þ]|[A-ZÀ-Þ][\w-]+{joint}{its}", title) is not None


@lru_cache(maxsize=50_000)
def _plain(text: str) -> str:
    return f" {' '.join(fold(word) for word in tokens(text))} "
