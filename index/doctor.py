"""Finds what is wrong with an index and mends what can be mended: the manifest decides what exists, records make the rest."""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from index.batch import embed, write_files
from index.chroma_server import ChromaServer
from index.document_file import from_json
from index.encoder import Encoder
from index.finding import Finding
from index.manifest import Entry, Manifest, file_of, no_index, read_manifest, write_manifest, writing
from index.source_index import sentence_rows
from index.store import DamagedStoreError, VectorStore
from index.update import erase, refill, strange_files
from index.word_space import FILE, keep_words, read_kept
from ingest.documents import Document
from ingest.errors import BronvastError

_WAIT_S = 5.0


def examine(folder: Path, *, encoder: Encoder, mend: bool = False, chroma: ChromaServer | str | None = None) -> tuple[Finding, ...]:
    """Look through an index, its records, its store and the files of words; with `mend`, put right what can be.

    Nobody may write meanwhile: raises UsageError when an ingest runs. Raises BronvastError when a Chroma server is gone.
    """
    if not folder.is_dir():
        raise no_index(folder)
    with writing(folder, wait_s=_WAIT_S):
        try:
            manifest = read_manifest(folder)
        except BronvastError as error:  # nothing behind a manifest that cannot be read may be touched
            return (Finding("manifest.json", "cannot be read", str(error)),)
        if manifest is None:
            return (Finding("manifest.json", "is missing", "`bronvast restore` a backup, or ingest the sources again"),)
        if manifest.model != encoder.name:
            return (Finding("manifest.json", f"was made with the model {manifest.model}, the settings name {encoder.name}",
                            "set embedding_model back, or ingest into a new folder"),)
        return tuple(_Visit(folder, manifest, encoder, mend, chroma).findings())


@dataclass(slots=True)
class _Visit:
    """One look through an index under its lock."""

    folder: Path
    manifest: Manifest
    encoder: Encoder
    mend: bool
    chroma: ChromaServer | str | None

    def findings(self) -> Iterator[Finding]:
        """Everything that is wrong, mended on the way where that was asked."""
        kept: list[Entry] = []
        for entry in self.manifest.entries:
            document = self._document(entry)
            if isinstance(document, str):
                yield Finding(entry.names[0], document, f"ingest {entry.names[0]} again", self.mend)
                continue
            kept.append(entry)
            wrong = self._wrong_vectors(entry, document)
            if wrong:
                if self.mend:
                    self._save_vectors(entry, document)
                yield Finding(entry.names[0], wrong, "its vectors are made again from its text", self.mend)
        if self.mend and len(kept) < len(self.manifest.entries):
            write_manifest(self.folder, self.manifest.with_entries(kept))
        yield from self._store(kept)
        yield from self._words(kept)

    def _document(self, entry: Entry) -> Document | str:
        """The document of an entry, or what is wrong with its record."""
        try:
            document = from_json(file_of(self.folder, entry.key, "json").read_text(encoding="utf-8"), doc=entry.names[0])
        except FileNotFoundError:
            return "its record is missing"
        except (ValueError, LookupError, TypeError, RecursionError):
            return "its record is damaged"
        if document.sha256 != entry.sha256 or len(document.passages) != entry.passages:
            return "its record is of another document"
        return document

    def _wrong_vectors(self, entry: Entry, document: Document) -> str:
        """What is wrong with the vectors of a document, or nothing."""
        try:
            vectors = np.load(file_of(self.folder, entry.key, "npy"), allow_pickle=False)
        except FileNotFoundError:
            return "its vectors are missing"
        except (ValueError, EOFError, BadZipFile):
            return "its vectors are damaged"
        rows = max((*sentence_rows(document)[1], len(document.passages) - 1), default=-1) + 1
        if vectors.shape != (rows, self.encoder.dimensions):
            return f"it has {len(vectors)} vectors instead of {rows}"
        lengths = np.linalg.norm(vectors.astype(np.float32), axis=1)
        return "" if np.isfinite(lengths).all() and (abs(lengths - 1) < 0.01).all() else "its vectors are damaged"

    def _save_vectors(self, entry: Entry, document: Document) -> None:
        buffer = BytesIO()
        np.save(buffer, embed([document], self.encoder)[0])
        write_files({file_of(self.folder, entry.key, "npy"): buffer.getvalue()})

    def _strangers(self, strange: Sequence[Path], keys: Sequence[str]) -> Iterator[Finding]:
        """Files and rows that belong to no document: what a killed run left, or what should have been deleted."""
        remedy = "removed" if self.mend else "it can be removed"
        for path in strange:
            yield Finding(str(path.relative_to(self.folder)), "belongs to no document", remedy, self.mend)
        for key in keys:
            yield Finding(f"chroma {key}", "belongs to no document", remedy, self.mend)

    def _store(self, entries: Sequence[Entry]) -> Iterator[Finding]:
        """Where Chroma holds other passages than the manifest names; `entries` have whole records."""
        home = self.folder / "chroma"
        try:
            store = VectorStore(home, address=self.chroma)
            counts = store.counts()
        except DamagedStoreError:
            if self.mend:
                shutil.rmtree(home)
                store, counts = VectorStore(home), {}
            yield Finding("chroma", "the database is damaged", "it is made again from the records", self.mend)
            if not self.mend:
                return
        known = {entry.key for entry in (entries if self.mend else self.manifest.entries)}
        strangers = [key for key in counts if key not in known]
        strange = [*strange_files(self.folder, known), *sorted(self.folder.glob("*.partial*"))]
        yield from self._strangers(strange, strangers)
        for entry in entries:
            have = counts.get(entry.key, 0)
            if have != entry.passages:
                if self.mend:
                    refill(self.folder, store, entry)
                yield Finding(entry.names[0], f"Chroma holds {have} of its {entry.passages} passages", "added from its record", self.mend)
        if self.mend and (strangers or strange):
            erase(self.folder, store, strangers, strange, entries)

    def _words(self, entries: Sequence[Entry]) -> Iterator[Finding]:
        """The file of word vectors; `entries` have whole records."""
        damaged = (self.folder / FILE).exists() and read_kept(self.folder) is None
        if self.mend:
            keep_words(self.folder, entries, encoder=self.encoder)
        if damaged:
            yield Finding(FILE, "is damaged, or of an older version", "it is made again from the records", self.mend)
