"""Documents on their way into an index: embedded together, forced to the disk and added to the store, before the manifest names them."""

import os
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.document_file import to_json
from index.encoder import Encoder
from index.manifest import Entry, file_of, sync_folder
from index.source_index import sentence_rows
from index.store import VectorStore
from ingest.documents import Document, Passage
from ingest.replies import asked_above

F32 = NDArray[np.float32]
_MOST_TEXTS = 256  # what a kill can cost: five to ten seconds of embedding on one core


class Batch:
    """Documents that were read and are not acknowledged yet. They exist only when a manifest with their entries is written."""

    def __init__(self, folder: Path, encoder: Encoder, store: VectorStore) -> None:
        self._folder, self._encoder, self._store = folder, encoder, store
        self._waiting: list[tuple[Entry, Document]] = []
        self._texts = 0

    def add(self, document: Document, *, names: tuple[str, ...], reading: str) -> None:
        """Let a document wait."""
        self._waiting.append((Entry(document.sha256, reading, names, len(document.passages)), document))
        self._texts += sum(max(1, len(passage.sentences)) for passage in document.passages)

    @property
    def full(self) -> bool:
        """Whether so much waits that it should be kept now."""
        return self._texts >= _MOST_TEXTS

    def keep(self) -> tuple[tuple[Entry, ...], int]:
        """Embed, write and store what waits; return the entries for the manifest, and how many texts were embedded.

        The files are on the disk and the rows in the store before this returns.
        """
        waiting, self._waiting, self._texts = self._waiting, [], 0
        if not waiting:
            return (), 0
        vectors = embed([document for _, document in waiting], self._encoder)
        (self._folder / "documents").mkdir(exist_ok=True)
        files: dict[Path, bytes] = {}
        for (entry, document), rows in zip(waiting, vectors, strict=True):
            buffer = BytesIO()
            np.save(buffer, rows)
            files[file_of(self._folder, entry.key, "npy")] = buffer.getvalue()
            files[file_of(self._folder, entry.key, "json")] = to_json(document).encode("utf-8")
        write_files(files)
        self._store.add([(entry.key, document, rows[:entry.passages]) for (entry, document), rows in zip(waiting, vectors, strict=True)])
        return tuple(entry for entry, _ in waiting), sum(map(len, vectors))


def embed(documents: Sequence[Document], encoder: Encoder) -> list[F32]:
    """Return for each document a vector for each passage, then for each sentence of passages with several: float32, rows x dimensions.

    Items and rows are embedded behind their introduction or column headings, and what answers a heading that asks something behind that; these
    are never part of the quotation.
    """
    texts = [_embedded_texts(document) for document in documents]
    vectors = np.asarray(encoder.passages([text for some in texts for text in some]), dtype=np.float32)
    ends = np.cumsum([len(some) for some in texts])
    return np.split(vectors, ends[:-1])


def _embedded_texts(document: Document) -> list[str]:
    rows, vector_of = sentence_rows(document)
    asked = [asked_above(document.passages, number) for number in range(len(document.passages))]
    texts = [_embedded_text(passage, passage.text, heading if len(passage.sentences) < 2 else "")
             for passage, heading in zip(document.passages, asked, strict=True)]
    for (number, start, end), row in zip(rows, vector_of, strict=True):
        if row >= len(document.passages):
            passage = document.passages[number]
            texts.append(_embedded_text(passage, document.text[start:end], asked[number] if start == passage.sentences[0][0] else ""))
    return texts


def _embedded_text(passage: Passage, text: str, asked: str) -> str:
    return " ".join(part for part in (passage.context, asked, text) if part)


def write_files(files: dict[Path, bytes]) -> None:
    """Write files of one folder beside their places, force them to the disk together, and move them there."""
    opened = []
    try:
        for path, content in files.items():
            opened.append(path.with_name(path.name + ".partial").open("wb", buffering=0))
            _write_all(opened[-1].fileno(), content)
        for file in opened:
            os.fsync(file.fileno())
    finally:
        for file in opened:
            file.close()
    for path in files:
        path.with_name(path.name + ".partial").replace(path)
    for folder in {path.parent for path in files}:
        sync_folder(folder)


def _write_all(descriptor: int, content: bytes) -> None:
    """Write every byte: a disk that fills up may take some of them before it refuses."""
    view = memoryview(content)
    while view:
        view = view[os.write(descriptor, view):]
