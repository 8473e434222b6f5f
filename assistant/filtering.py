"""Which sentences the filters of a question leave."""

import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.corpus import Corpus
from assistant.filters import Filter, in_running_text, numbered
from ingest.documents import Passage

_FEWEST_WORDS = 3  # of a signal; chosen, not measured
_WORD = re.compile(r"[^\W\d_]{2,}")


def allowed_rows(corpus: Corpus, found: Sequence[Filter], *, chosen: Sequence[tuple[str, str]] | None,
                 ) -> tuple[NDArray[np.bool_], tuple[tuple[str, str], ...]]:
    """Return which sentences take part (bool, sentences), and the filters that were applied as (field, value).

    `chosen` are the user's own, which replace those that were read from the question; None keeps these.
    """
    applied = tuple((one.field, one.value) for one in found) if chosen is None else tuple(chosen)
    about = {document.doc: document.metadata for document in corpus.view.documents}
    running = in_running_text(corpus.view.passages) if ("kind", "signal") in applied else frozenset()
    passes = np.array([all(_fits(passage, {**about[passage.doc], **passage.metadata}, field, value, running) for field, value in applied)
                       for passage in corpus.view.passages], dtype=bool) if applied else np.ones(len(corpus.view.passages), dtype=bool)
    return (passes[corpus.view.sentence_owner] if len(passes) else passes), applied


def _fits(passage: Passage, metadata: Mapping[str, str], field: str, value: str, running: frozenset[str]) -> bool:
    """Say whether a passage meets a condition; what a document says of itself holds for its passages.

    In `running` documents only signals are signals; elsewhere, as in a register or a list, also what stands by itself.
    """
    if field == "section":
        return f"{passage.section} > ".startswith(f"{value} > ") or any(value[-1:].isdigit() and numbered(part, value) for part in passage.section.split(" > "))
    if field == "document":
        return passage.doc == value
    if field == "kind":
        return passage.kind == value or (passage.doc not in running and _by_itself(passage))
    date = metadata.get("date") or metadata.get("published", "")
    if field == "since":
        return date >= value
    if field == "until":
        return "" < date <= value
    said = metadata.get(field, "").casefold()
    return value.casefold() in ([part.strip() for part in said.split(",")] if field == "audience" else said)


def _by_itself(passage: Passage) -> bool:
    """Say whether an item or row may be a signal: not the "Aruba" or "Ede | € 1.400" of a list, which its introduction or columns complete."""
    return len(_WORD.findall(passage.text)) >= _FEWEST_WORDS
