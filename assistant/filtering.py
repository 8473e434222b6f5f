"""Which sentences the filters of a question leave."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.corpus import Corpus
from assistant.filters import Filter
from ingest.documents import Passage


def allowed_rows(corpus: Corpus, found: Sequence[Filter], *, chosen: Sequence[tuple[str, str]] | None,
                 ) -> tuple[NDArray[np.bool_], tuple[tuple[str, str], ...]]:
    """Return which sentences take part (bool, sentences), and the filters that were applied as (field, value).

    `chosen` are the user's own, which replace those that were read from the question; None keeps these.
    """
    applied = tuple((one.field, one.value) for one in found) if chosen is None else tuple(chosen)
    passes = np.array([all(_fits(passage, field, value) for field, value in applied) for passage in corpus.view.passages], dtype=bool)
    return (passes[corpus.view.sentence_owner] if len(passes) else passes), applied


def _fits(passage: Passage, field: str, value: str) -> bool:
    if field == "section":
        return passage.section == value or passage.section.startswith(f"{value} > ")
    if field == "document":
        return passage.doc == value
    if field == "since":
        return (passage.metadata.get("date") or "0") >= value
    if field == "until":
        return (passage.metadata.get("date") or "9") <= value
    return value.casefold() in passage.metadata.get(field, "").casefold()
