"""Brings an index up to date with files and folders: adds, replaces, renames and (with prune) removes."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter

import numpy as np

from index.batch import Batch
from index.chroma_server import ChromaServer
from index.document_file import from_json
from index.encoder import Encoder
from index.ingest_report import Changes, IngestReport, Notice, Progress
from index.manifest import Entry, Manifest, existing_manifest, file_of, read_manifest, write_manifest, writing
from index.originals import note_originals, read_originals
from index.store import VectorStore, compact
from index.word_space import forget_words, keep_words
from ingest.documents import Document
from ingest.errors import BronvastError, UsageError
from ingest.reading import ReadingSettings
from ingest.sources import SourceFile, find_sources, of_no_file, passed_over, unreadable_folders
from ingest.worker import Outcome, read_all

# hears of the names that go for good, and of the documents that go with their last one, before anything of them is taken away
Leaving = Callable[[Collection[str], Sequence[Entry]], None]
_SURROGATES = re.compile(r"[\ud800-\udfff]")  # bytes of a name that are no UTF-8


def update(folder: Path, paths: Sequence[Path], *, encoder: Encoder, reading: ReadingSettings | None = None,
           prune: bool = False, dry_run: bool = False, tell: Notice = lambda notice: None,
           chroma: ChromaServer | str | None = None, leaving: Leaving = lambda names, entries: None) -> IngestReport:
    """Read files and folders into the index at `folder`; a document is acknowledged when the manifest names it, and then whole.

    A file whose bytes and reading settings are known is not read or embedded again. Raises UsageError when another process
    writes to the index, and BronvastError when the disk is full. A file that cannot be read is in the report with its reason.
    """
    settings = reading or ReadingSettings()
    if dry_run:
        return _Ingest(folder, paths, encoder, settings, prune, tell).rehearsed()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with writing(folder, wait_s=0):
            store = VectorStore(folder / "chroma", address=chroma)
            return _Ingest(folder, paths, encoder, settings, prune, tell).carried_out(store, leaving)
    except OSError as error:
        raise BronvastError(f"The index at {folder} cannot be written: {error.strerror or error}; "
                            "what was there before is still there") from error


def remove(folder: Path, names: Sequence[str], *, chroma: ChromaServer | str | None = None,
           leaving: Leaving = lambda names, entries: None) -> tuple[str, ...]:
    """Remove documents by name, and every byte of their text from the index folder; return all names that went, for one text may have several.

    Raises UsageError for an unknown name.
    """
    with writing(folder, wait_s=30):
        manifest = existing_manifest(folder)
        there = {name for entry in manifest.entries for name in entry.names}
        unknown = [name for name in names if name not in there]
        if unknown:
            raise UsageError(f"There is no document {unknown[0]} in the index at {folder}: `bronvast passages` lists what there is")
        kept = [entry for entry in manifest.entries if not set(entry.names) & set(names)]
        gone = there - {name for entry in kept for name in entry.names}
        leaving(gone, [entry for entry in manifest.entries if entry not in kept])
        store = VectorStore(folder / "chroma", address=chroma)  # first: where it is damaged the document keeps its name, to be removed by later
        write_manifest(folder, manifest.with_entries(kept))
        note_originals(folder, (), (name for entry in kept for name in entry.names))
        sweep(folder, store, kept)
        return tuple(sorted(gone))


@dataclass(slots=True)
class _Ingest:
    """One ingest: what was asked, the files that there are, the documents by key as they will be, and what has changed so far.

    `owners` has the key of the document of each name, `closed` the folders that may not be looked into, with the reason.
    """

    folder: Path
    paths: Sequence[Path]
    encoder: Encoder
    settings: ReadingSettings
    prune: bool
    tell: Notice
    started: float = field(default_factory=perf_counter)
    changes: Changes = field(default_factory=Changes)
    manifest: Manifest = field(init=False)
    sources: Sequence[SourceFile] = field(init=False)
    closed: Sequence[tuple[str, str]] = field(init=False)
    entries: dict[str, Entry] = field(init=False)
    owners: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.manifest = read_manifest(self.folder) or Manifest(self.encoder.name)
        if self.manifest.model != self.encoder.name:
            raise UsageError(f"The index at {self.folder} was made with the model {self.manifest.model}: "
                             f"ingest into a new folder for {self.encoder.name}")
        sources = find_sources(self.paths, index=self.folder)
        self.sources = [source for source in sources if not _SURROGATES.search(source.doc)]
        self.changes.failed += [(_SURROGATES.sub("?", source.doc), "has a name that is not UTF-8: give it another name")
                                for source in sources if _SURROGATES.search(source.doc)]
        self.closed = list(unreadable_folders(self.paths))
        self.changes.failed += self.closed
        self.changes.warnings += [*of_no_file(self.paths), *passed_over(self.paths)]
        self.entries = self._renamed()
        self.owners = {name: key for key, entry in self.entries.items() for name in entry.names}

    def carried_out(self, store: VectorStore, leaving: Leaving) -> IngestReport:
        """Do it, for who holds the writer's lock."""
        sweep(self.folder, store, list(self.entries.values()), swept_only_if_needed=True)
        self._read_in(Batch(self.folder, self.encoder, store))
        gone = self._remove_gone()
        leaving(self.changes.done["removed"], gone)
        entries = list(self.entries.values())
        write_manifest(self.folder, self.manifest.with_entries(entries))
        note_originals(self.folder, self.sources, (name for entry in entries for name in entry.names))
        sweep(self.folder, store, entries, swept_only_if_needed=True)
        keep_words(self.folder, entries, encoder=self.encoder, tell=self.tell)
        return self._report(dry_run=False)

    def rehearsed(self) -> IngestReport:
        """Do what `carried_out` does, but for embedding and writing: the report is what a run would do."""
        names = self._names()
        for source, outcome in self._read(self._wanted()):
            if isinstance(outcome, Document):
                self._take(Entry(*self._identity(source), names[self._identity(source)], len(outcome.passages)))
        self._remove_gone()
        return self._report(dry_run=True)

    def _report(self, *, dry_run: bool) -> IngestReport:
        return self.changes.report(documents=len(self.entries), passages=sum(entry.passages for entry in self.entries.values()),
                                   seconds=perf_counter() - self.started, dry_run=dry_run)

    def _identity(self, source: SourceFile) -> tuple[str, str]:
        """Return what makes a document: the hash of its bytes, and the hash of how it is read, with what its sidecar says."""
        return source.sha256, self.settings.hash_with(source.metadata)

    def _names(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """Return the names of each document that the files make."""
        names: dict[tuple[str, str], tuple[str, ...]] = {}
        for source in self.sources:
            names[self._identity(source)] = (*names.get(self._identity(source), ()), source.doc)
        return names

    def _renamed(self) -> dict[str, Entry]:
        """Give known documents the names that they have now.

        A name that is now that of another known document leaves its old one; that of an unknown one does so later, when its text is whole. A file that
        has another name now leaves the old one, if it lies there no more.
        """
        names_of, lay = self._names(), read_originals(self.folder)
        known = {(entry.sha256, entry.reading) for entry in self.manifest.entries}
        taken = {name: identity for identity, names in names_of.items() if identity in known for name in names}
        entries: dict[str, Entry] = {}
        for entry in self.manifest.entries:
            identity = entry.sha256, entry.reading
            found = names_of.get(identity, ())
            moved = [name for name in found if name not in entry.names]
            kept = [name for name in entry.names if taken.get(name, identity) == identity and not (moved and name not in found and _is_gone(lay.get(name)))]
            self.changes.done["renamed"] += moved
            self.changes.done["unchanged"] += [name for name in found if name in entry.names]
            if found or kept:
                entries[entry.key] = replace(entry, names=tuple(sorted({*found, *kept})))
        return entries

    def _wanted(self) -> list[SourceFile]:
        """Return a file for each document that is not known; content that is known otherwise gets a notice."""
        known = {(entry.sha256, entry.reading) for entry in self.entries.values()}
        wanted = {self._identity(source): source for source in self.sources if self._identity(source) not in known}
        contents = {entry.sha256 for entry in self.entries.values()}
        self.changes.done["reread"] += [source.doc for source in self.sources if self._identity(source) in wanted and source.sha256 in contents]
        if self.changes.done["reread"]:
            self.tell(f"{len(self.changes.done['reread'])} known documents are read again: how files are read, or what their sidecars say, has changed")
        return list(wanted.values())

    def _read(self, wanted: Sequence[SourceFile]) -> Iterator[tuple[SourceFile, Outcome]]:
        """Read the wanted files; note what could not be read and what was left out, and tell how far the run is."""
        started, changes, names = perf_counter(), self.changes, self._names()
        for number, (source, outcome) in enumerate(read_all(wanted, self.settings), 1):
            if isinstance(outcome, str):
                changes.failed += [(name, outcome) for name in names[self._identity(source)]]
            else:
                changes.warnings += [(source.doc, remark.what) for remark in outcome.remarks if remark.kind in ("warning", "quarantined")]
                changes.pages, changes.passages = changes.pages + len(outcome.pages), changes.passages + len(outcome.passages)
            yield source, outcome
            self.tell(Progress(number, len(wanted), changes.pages, changes.passages, perf_counter() - started, source.doc))

    def _read_in(self, batch: Batch) -> None:
        """Read the wanted files; some documents at a time are kept, and then acknowledged by a manifest that names them."""
        wanted, names = self._wanted(), self._names()
        for number, (source, outcome) in enumerate(self._read(wanted), 1):
            if isinstance(outcome, Document):
                batch.add(outcome, names=names[self._identity(source)], reading=self._identity(source)[1])
            if batch.full or number == len(wanted):
                kept, embedded = batch.keep()
                self.changes.embedded += embedded
                for entry in kept:
                    self._take(entry)
                write_manifest(self.folder, self.manifest.with_entries(self.entries.values()))

    def _take(self, new: Entry) -> None:
        """Let a new document take its names from the documents that had them."""
        for key in {self.owners[name] for name in new.names if name in self.owners}:
            left = tuple(name for name in self.entries[key].names if name not in new.names)
            if left:
                self.entries[key] = replace(self.entries[key], names=left)
            else:
                del self.entries[key]
        kind = "replaced" if any(name in self.owners for name in new.names) else "added"
        self.changes.done[kind] += list(new.names)
        self.entries[new.key] = new
        self.owners |= dict.fromkeys(new.names, new.key)

    def _remove_gone(self) -> list[Entry]:
        """With `prune`, remove the names of files that lay in the given folders and lie there no more; return the documents that went with their last.

        What may not be looked into holds all. What came from elsewhere, from the page too, stays.
        """
        folders = [path.resolve() for path in self.paths if path.is_dir()] if self.prune else []
        found, closed = {source.doc for source in self.sources}, tuple(f"{name}/" for name, _ in self.closed)
        gone = {name for name, path in read_originals(self.folder).items() if any(folder in path.parents for folder in folders)
                and name not in found and not name.startswith(closed) and "./" not in closed}
        left = []
        for entry in list(self.entries.values()):
            kept = tuple(name for name in entry.names if name not in gone)
            self.changes.done["removed"] += [name for name in entry.names if name in gone]
            if kept:
                self.entries[entry.key] = replace(entry, names=kept)
            else:
                left.append(self.entries.pop(entry.key))
        return left


def _is_gone(path: Path | None) -> bool:
    """Say whether a file lies no more where it was when it was read, as far as that was noted."""
    return path is None or not path.exists()


def sweep(folder: Path, store: VectorStore, entries: Sequence[Entry], *, swept_only_if_needed: bool = False) -> None:
    """Bring files and store in line with the documents that exist: what a killed run or a deletion left is removed.

    Files go last: as long as one is left, a sweep that was killed is known to be unfinished.
    """
    keys = {entry.key for entry in entries}
    files, counts = strange_files(folder, keys), store.counts()
    strangers = [key for key in counts if key not in keys]
    for entry in entries:
        if counts.get(entry.key, 0) != entry.passages:
            refill(folder, store, entry)
    if strangers or files or not swept_only_if_needed:
        erase(folder, store, strangers, files, entries)


def strange_files(folder: Path, keys: Collection[str]) -> list[Path]:
    """Return the files of documents that are not among these keys: what a killed run left, or a deletion has still to remove."""
    documents = folder / "documents"
    return sorted(path for path in documents.iterdir() if path.stem not in keys) if documents.is_dir() else []


def erase(folder: Path, store: VectorStore, strangers: Sequence[str], files: Sequence[Path], entries: Sequence[Entry]) -> None:
    """Remove rows and files of none of the documents, and every byte that is left of their text in the index folder."""
    forget_words(folder, entries)
    store.remove(strangers)
    compact(folder / "chroma")
    for path in files:
        path.unlink()


def refill(folder: Path, store: VectorStore, entry: Entry) -> None:
    """Add the rows of a document again from its own files."""
    document = from_json(file_of(folder, entry.key, "json").read_text(encoding="utf-8"), doc=entry.names[0])
    store.remove([entry.key])
    store.add([(entry.key, document, np.load(file_of(folder, entry.key, "npy"))[:entry.passages])])
