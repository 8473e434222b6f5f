"""Which sentences the filters of a question leave."""

import re
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.corpus import Corpus
from assistant.filters import Filter, numbered
from ingest.documents import Passage

_FEWEST_WORDS = 3  # of a signal; chosen, not measured
_WORD = re.compile(r"[^\W\d_]{2,}")


def allowed_rows(corpus: Corpus, found: Sequence[Filter], *, chosen: Sequence[tuple[str, str]] | None, subject: bool = True,
                 ) -> tuple[NDArray[np.bool_], tuple[tuple[str, str], ...]]:
    """Return which sentences take part (bool, sentences), and the filters that were applied as (field, value).

    `chosen` are the user's own, which replace those that were read from the question; None keeps these. `subject` says whether it is about anything else.
    """
    applied = tuple((one.field, one.value) for one in found) if chosen is None else tuple(chosen)
    passes = np.ones(len(corpus.view.passages), dtype=bool)
    for field, value in applied:
        fits = _fitting(corpus, field, value, subject=subject)
        passes &= np.fromiter(map(fits, corpus.view.passages), dtype=bool, count=len(passes))
    return (passes[corpus.view.sentence_owner] if len(passes) else passes), applied


def every_signal(corpus: Corpus) -> NDArray[np.bool_]:
    """Return which sentences are signals, or, in sources without any, stand by themselves in lists and registers: bool, sentences."""
    return corpus.signals if corpus.signals.any() else allowed_rows(corpus, (), chosen=[("kind", "signal")], subject=False)[0]


def _fitting(corpus: Corpus, field: str, value: str, *, subject: bool) -> Callable[[Passage], bool]:
    """Return what says whether a passage meets a condition; what a document says of itself holds for its passages.

    In documents with running text only signals are signals; in others, as in a register or a list, also what stands by itself: for a question without
    a `subject`, "Noem alle signalen", only in those on the field.
    """
    if field == "section":
        sections = {section for section in {passage.section for passage in corpus.view.passages} if _lies_in(section, value)}
        return lambda passage: passage.section in sections
    if field == "document":
        return lambda passage: passage.doc == value
    if field == "kind":
        return lambda passage: passage.kind == value or (
            value == "signal" and passage.doc not in corpus.running and _by_itself(passage) and (subject or passage.doc in corpus.on_field))
    about = {document.doc: document.metadata for document in corpus.view.documents}
    return lambda passage: _said({**about[passage.doc], **passage.metadata}, field, value)


def _lies_in(section: str, value: str) -> bool:
    """Say whether a section is the one that is named, by its path or its number, or lies beneath it."""
    return f"{section} > ".startswith(f"{value} > ") or any(value[-1:].isdigit() and numbered(part, value) for part in section.split(" > "))


def _said(metadata: Mapping[str, str], field: str, value: str) -> bool:
    """Say whether what is said of a passage meets a condition on its date or on another field."""
    date = metadata.get("date") or metadata.get("published", "")
    if field == "since":
        return bool(date) and date >= value[:len(date)]  # a register may say the year alone
    if field == "until":
        return "" < date <= value
    said = metadata.get(field, "").casefold()
    return value.casefold() in ([part.strip() for part in said.split(",")] if field == "audience" else said)


def _by_itself(passage: Passage) -> bool:
    """Say whether an item, or one cell of a row, may be a signal: not the "Aruba" or "Ede | € 1.400" of a list, which its introduction or columns complete."""
    return any(len(_WORD.findall(cell)) >= _FEWEST_WORDS for cell in passage.text.split(" | "))
