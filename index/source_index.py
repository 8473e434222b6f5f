"""An index opened for reading: the documents that the manifest names, and every vector of their passages and sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from index.document_file import from_json
from index.encoder import Encoder
from index.manifest import Entry, Manifest, checked_manifest, file_of
from ingest.documents import Document, Passage
from ingest.errors import BronvastError, UsageError

F32 = NDArray[np.float32]
I64 = NDArray[np.int64]


@dataclass(frozen=True)
class IndexView:
    """What one user may see. Row i of `vectors` is passage i; row j of `sentence_vectors` is sentence j, which lies in
    passage `sentence_owner[j]` at `sentence_spans[j]` (offsets of its document). Vectors are float32 of length 1."""

    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    vectors: F32
    sentence_vectors: F32
    sentence_owner: I64
    sentence_spans: I64

    def sentence_text(self, row: int) -> str:
        """Return the words of a sentence, as they stand in its document."""
        passage = self.passages[int(self.sentence_owner[row])]
        start, end = self.sentence_spans[row]
        return passage.text[start - passage.start:end - passage.start]

    def quotable(self, row: int) -> bool:
        """Say whether a sentence may be quoted: the order of its words is not in doubt."""
        return self.passages[int(self.sentence_owner[row])].quotable


class SourceIndex:
    """The index in a folder as its manifest stood when it was opened; a later ingest does not change what is open."""

    def __init__(self, folder: Path, manifest: Manifest, documents: tuple[Document, ...], vectors: dict[str, F32],
                 keys: dict[str, str]) -> None:
        self.folder, self.manifest, self.documents = folder, manifest, documents
        self._vectors, self._keys = vectors, keys
        self._views: dict[frozenset[str] | None, IndexView] = {}
        self._hashes: dict[frozenset[str] | None, str] = {}
        self._by_name = {document.doc: document for document in documents}

    @classmethod
    def open(cls, folder: Path, *, encoder: Encoder) -> "SourceIndex":
        """Open an index, also while it is written to: when a record goes on the way, the manifest that has taken its place is opened.

        Raises UsageError where there is none or another model made it, BronvastError where a record is missing or damaged.
        """
        manifest = checked_manifest(folder, encoder.name)
        while True:
            try:
                return cls._of(folder, manifest)
            except FileNotFoundError as error:
                now = checked_manifest(folder, encoder.name)
                if now.hash == manifest.hash:
                    raise BronvastError(f"A record of the index at {folder} is missing: `bronvast doctor --mend` says which") from error
                manifest = now
            except (ValueError, LookupError, TypeError, EOFError, BadZipFile) as error:
                raise BronvastError(f"A record of the index at {folder} is damaged: `bronvast doctor --mend` says which") from error

    @classmethod
    def _of(cls, folder: Path, manifest: Manifest) -> "SourceIndex":
        documents, vectors, keys = [], {}, {}
        for entry in manifest.entries:
            document = from_json(file_of(folder, entry.key, "json").read_text(encoding="utf-8"), doc=entry.names[0])
            documents.append(document)
            keys[document.doc] = entry.key
            vectors[entry.key] = np.load(file_of(folder, entry.key, "npy")).astype(np.float32)
        return cls(folder, manifest, tuple(documents), vectors, keys)

    @property
    def hash(self) -> str:
        """Sixteen characters that change when any document, name or the model does."""
        return self.manifest.hash

    def hash_for(self, audiences: frozenset[str] | None) -> str:
        """Return the hash of what a user with these audiences may see, so that it tells nothing of the rest."""
        if audiences not in self._hashes:
            seen = [entry for entry in self.manifest.entries if may_see(self._by_name[entry.names[0]], audiences)]
            self._hashes[audiences] = self.manifest.with_entries(seen).hash
        return self._hashes[audiences]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The manifest's documents with all their names."""
        return self.manifest.entries

    def document(self, doc: str) -> Document:
        """Return a document by any of its names; raises UsageError for an unknown one."""
        for entry in self.manifest.entries:
            if doc in entry.names:
                return self._by_name[entry.names[0]]
        raise UsageError(f"There is no document {doc} in this index: `bronvast passages` lists what there is")

    def view(self, audiences: frozenset[str] | None = None) -> IndexView:
        """Return what a user with these audiences may see; None sees everything. A document without audience is for all."""
        if audiences not in self._views:
            seen = [document for document in self.documents if may_see(document, audiences)]
            self._views[audiences] = _view(seen, [self._vectors[self._keys[document.doc]] for document in seen])
        return self._views[audiences]


def may_see(document: Document, audiences: frozenset[str] | None) -> bool:
    """Say whether one of the audiences is among those of a document (a list with commas in its metadata)."""
    needed = {part.strip() for part in document.metadata.get("audience", "").split(",") if part.strip()}
    return audiences is None or not needed or bool(needed & audiences)


def sentence_rows(document: Document) -> tuple[list[tuple[int, int, int]], list[int]]:
    """Return the sentences of a document as (passage number, start, end), and which row of its vectors each one has.

    The file of vectors holds a row for each passage, then a row for each sentence of the passages with several.
    """
    rows, vector_of, extra = [], [], len(document.passages)
    for number, passage in enumerate(document.passages):
        spans = passage.sentences or ((passage.start, passage.end),)
        for start, end in spans:
            rows.append((number, start, end))
            vector_of.append(number if len(spans) == 1 else extra)
            extra += len(spans) > 1
    return rows, vector_of


def _view(documents: Iterable[Document], vectors: Iterable[F32]) -> IndexView:
    kept: list[Document] = []
    passages: list[Passage] = []
    passage_vectors: list[F32] = []
    sentence_vectors: list[F32] = []
    owners: list[int] = []
    spans: list[tuple[int, int]] = []
    for document, rows_of in zip(documents, vectors, strict=True):
        rows, vector_of = sentence_rows(document)
        first = len(passages)
        kept.append(document)
        passages += document.passages
        passage_vectors.append(rows_of[:len(document.passages)])
        sentence_vectors.append(rows_of[vector_of])
        owners += [first + number for number, _, _ in rows]
        spans += [(start, end) for _, start, end in rows]
    empty = np.zeros((0, 1), dtype=np.float32)
    return IndexView(tuple(kept), tuple(passages), np.concatenate(passage_vectors) if kept else empty,
                     np.concatenate(sentence_vectors) if kept else empty, np.array(owners, dtype=np.int64),
                     np.array(spans, dtype=np.int64).reshape(-1, 2))
