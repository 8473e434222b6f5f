"""The filters that a user can choose: what the documents this user may see are, hold and say of themselves."""

import json
from collections.abc import Iterable, Sequence

from assistant.answers import Language
from ingest.documents import Document
from ui.strings import PAGE

FIELDS = ("document", "section", "theme", "target_group", "region", "source", "audience", "since", "until")
_MOST = 300  # of one kind; a list that nobody reads to its end is no help
Choice = tuple[str, str]  # what is shown, and the filter as it is written


def choices(documents: Iterable[Document], language: Language) -> list[Choice]:
    """Return the filters of these documents in words, each with its written form."""
    found: dict[str, dict[str, str]] = {field: {} for field in FIELDS}
    for document in documents:
        found["document"][document.doc] = document.title
        for audience in document.metadata.get("audience", "").split(","):
            found["audience"][audience.strip()] = audience.strip()
        for passage in document.passages:
            found["section"][passage.section] = passage.section
            for field in ("theme", "target_group", "region", "source"):
                found[field][passage.metadata.get(field, "")] = passage.metadata.get(field, "")
            year = passage.metadata.get("date", "")[:4]
            if year.isdigit():
                found["since"][f"{year}-01-01"] = found["until"][f"{year}-12-31"] = year
    say = PAGE[language]
    kept = {field: sorted((label, value) for value, label in values.items() if value)[:_MOST] for field, values in found.items()}
    if len(kept["document"]) < 2:
        kept["document"] = []
    return [(f"{say[f'field_{field}']}: {label}", written((field, value))) for field in FIELDS for label, value in kept[field]]


def one_of_each(chosen: Sequence[str] | None) -> tuple[tuple[str, str], ...]:
    """Return the chosen filters, the last of each kind; what is no filter is left out."""
    found: dict[str, str] = {}
    for one in chosen or ():
        try:
            field, value = json.loads(one)
        except (ValueError, TypeError):
            continue
        if field in FIELDS and isinstance(value, str):
            found[field] = value
    return tuple(found.items())


def written(one: tuple[str, str]) -> str:
    """Return a filter as the page passes it on."""
    return json.dumps(list(one), ensure_ascii=False)
