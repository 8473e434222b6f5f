"""Brings an index up to date with files and folders: adds, replaces, renames and (with prune) removes."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import numpy as np
from filelock import FileLock, Timeout

from index.batch import Batch
from index.chroma_server import ChromaServer
from index.encoder import Encoder
from index.ingest_report import Changes, IngestReport, Notice, Progress
from index.manifest import Entry, Manifest, read_manifest, write_manifest
from index.originals import note_originals
from index.store import VectorStore, compact
from index.word_space import forget_words, keep_words
from ingest.documents import Document
from ingest.errors import BronvastError, UsageError
from ingest.reading import ReadingSettings
from ingest.sources import SourceFile, find_sources
from ingest.worker import Outcome, read_all


def update(folder: Path, paths: Sequence[Path], *, encoder: Encoder, reading: ReadingSettings | None = None,
           prune: bool = False, dry_run: bool = False, tell: Notice = lambda notice: None,
           chroma: ChromaServer | str | None = None) -> IngestReport:
    """Read files and folders into the index at `folder`; a document is acknowledged when the manifest names it, and then whole.

    A file whose bytes and reading settings are known is not read or embedded again. Raises UsageError when another process
    writes to the index, and BronvastError when the disk is full. A file that cannot be read is in the report with its reason.
    """
    settings = reading or ReadingSettings()
    if dry_run:
        return _rehearsed(folder, paths, encoder, settings, prune, tell)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / "writer.lock", timeout=0):
            return _locked(folder, paths, encoder, settings, prune, tell, VectorStore(folder / "chroma", address=chroma))
    except Timeout as error:
        raise UsageError(f"Another process is writing to the index at {folder}: wait until it has ended") from error
    except OSError as error:
        raise BronvastError(f"The index at {folder} cannot be written: {error.strerror or error}; "
                            "what was there before is still there") from error


def remove(folder: Path, names: Sequence[str], *, chroma: ChromaServer | str | None = None) -> None:
    """Remove documents by name, and every byte of their text from the index folder; raises UsageError for an unknown name."""
    try:
        with FileLock(folder / "writer.lock", timeout=30):
            _remove_locked(folder, names, chroma)
    except Timeout as error:
        raise UsageError(f"Another process is writing to the index at {folder}: wait until it has ended") from error


def _remove_locked(folder: Path, names: Sequence[str], chroma: ChromaServer | str | None) -> None:
    manifest = read_manifest(folder)
    if manifest is None:
        raise UsageError(f"There is no index at {folder}")
    there = {name for entry in manifest.entries for name in entry.names}
    unknown = [name for name in names if name not in there]
    if unknown:
        raise UsageError(f"There is no document {unknown[0]} in the index at {folder}")
    store = VectorStore(folder / "chroma", address=chroma)  # first: where it is damaged the document keeps its name, to be removed by later
    kept = [entry for entry in manifest.entries if not set(entry.names) & set(names)]
    write_manifest(folder, manifest.with_entries(kept))
    note_originals(folder, (), (name for entry in kept for name in entry.names))
    sweep(folder, store, kept)


def _locked(folder: Path, paths: Sequence[Path], encoder: Encoder, settings: ReadingSettings, prune: bool, tell: Notice,
            store: VectorStore) -> IngestReport:
    started, manifest = perf_counter(), _manifest(folder, encoder)
    changes, sources = Changes(), find_sources(paths, index=folder)
    entries = _renamed(manifest, sources, settings, changes)
    sweep(folder, store, list(entries.values()), swept_only_if_needed=True)
    wanted = _wanted(entries, sources, settings, changes, tell)
    _read_in(folder, wanted, sources, Batch(folder, encoder, store), entries, manifest, settings, changes, tell)
    for entry in _gone(entries, sources, paths) if prune else []:
        changes.done["removed"] += entry.names
        del entries[entry.key]
    write_manifest(folder, manifest.with_entries(entries.values()))
    note_originals(folder, sources, (name for entry in entries.values() for name in entry.names))
    sweep(folder, store, list(entries.values()), swept_only_if_needed=True)
    keep_words(folder, list(entries.values()), encoder=encoder, tell=tell)
    return changes.report(documents=len(entries), passages=sum(entry.passages for entry in entries.values()),
                          seconds=perf_counter() - started, dry_run=False)


def _rehearsed(folder: Path, paths: Sequence[Path], encoder: Encoder, settings: ReadingSettings, prune: bool, tell: Notice) -> IngestReport:
    """Do what `_locked` does, but for embedding and writing: the report is what a run would do."""
    started, manifest = perf_counter(), _manifest(folder, encoder)
    changes, sources = Changes(), find_sources(paths, index=folder)
    entries = _renamed(manifest, sources, settings, changes)
    wanted, names = _wanted(entries, sources, settings, changes, tell), _names_by_content(sources)
    owners = {name: key for key, entry in entries.items() for name in entry.names}
    for source, outcome in _told(wanted, settings, changes, tell):
        if isinstance(outcome, Document):
            new = Entry(source.sha256, settings.hash_with(source.metadata), tuple(names[source.sha256]), len(outcome.passages))
            _replace_names(entries, owners, new, changes)
    for entry in _gone(entries, sources, paths) if prune else []:
        changes.done["removed"] += entry.names
        del entries[entry.key]
    return changes.report(documents=len(entries), passages=sum(entry.passages for entry in entries.values()),
                          seconds=perf_counter() - started, dry_run=True)


def _manifest(folder: Path, encoder: Encoder) -> Manifest:
    manifest = read_manifest(folder) or Manifest(encoder.name)
    if manifest.model != encoder.name:
        raise UsageError(f"The index at {folder} was made with the model {manifest.model}: ingest into a new folder for {encoder.name}")
    return manifest


def _wanted(entries: Mapping[str, Entry], sources: Sequence[SourceFile], settings: ReadingSettings, changes: Changes,
            tell: Notice) -> list[SourceFile]:
    """Return a file for each content that is not known as it would be read now; content known otherwise gets a notice."""
    known = {(entry.sha256, entry.reading) for entry in entries.values()}
    wanted = {source.sha256: source for source in sources if (source.sha256, settings.hash_with(source.metadata)) not in known}
    contents = {entry.sha256 for entry in entries.values()}
    changes.done["reread"] += [source.doc for source in sources if source.sha256 in wanted and source.sha256 in contents]
    if changes.done["reread"]:
        tell(f"{len(changes.done['reread'])} known documents are read again: how files are read, or what their sidecars say, has changed")
    return list(wanted.values())


def _told(wanted: Sequence[SourceFile], settings: ReadingSettings, changes: Changes, tell: Notice) -> Iterator[tuple[SourceFile, Outcome]]:
    """Read the wanted files; note what could not be read and what was left out, and tell how far the run is."""
    started = perf_counter()
    for number, (source, outcome) in enumerate(read_all(wanted, settings), 1):
        if isinstance(outcome, str):
            changes.failed.append((source.doc, outcome))
        else:
            changes.warnings += [(source.doc, remark.what) for remark in outcome.remarks if remark.kind in ("warning", "quarantined")]
            changes.pages, changes.passages = changes.pages + len(outcome.pages), changes.passages + len(outcome.passages)
        yield source, outcome
        tell(Progress(number, len(wanted), changes.pages, changes.passages, perf_counter() - started, source.doc))


def _read_in(folder: Path, wanted: Sequence[SourceFile], sources: Sequence[SourceFile], batch: Batch, entries: dict[str, Entry],
             manifest: Manifest, settings: ReadingSettings, changes: Changes, tell: Notice) -> None:
    """Read the wanted files; some documents at a time are kept, and then acknowledged by a manifest that names them."""
    names, owners = _names_by_content(sources), {name: key for key, entry in entries.items() for name in entry.names}
    for number, (source, outcome) in enumerate(_told(wanted, settings, changes, tell), 1):
        if isinstance(outcome, Document):
            batch.add(outcome, names=tuple(names[source.sha256]), reading=settings.hash_with(source.metadata))
        if batch.full or number == len(wanted):
            kept, embedded = batch.keep()
            changes.embedded += embedded
            for entry in kept:
                _replace_names(entries, owners, entry, changes)
            write_manifest(folder, manifest.with_entries(entries.values()))


def _names_by_content(sources: Sequence[SourceFile]) -> dict[str, list[str]]:
    """Return the names of each content, by the hash of its bytes."""
    names: dict[str, list[str]] = {}
    for source in sources:
        names.setdefault(source.sha256, []).append(source.doc)
    return names


def _renamed(manifest: Manifest, sources: Sequence[SourceFile], settings: ReadingSettings, changes: Changes) -> dict[str, Entry]:
    """Give known content the names that it has now; a name that now holds other content leaves its old document."""
    now, names_of = {source.doc: source.sha256 for source in sources}, _names_by_content(sources)
    readings = {(source.sha256, settings.hash_with(source.metadata)) for source in sources}
    entries: dict[str, Entry] = {}
    for entry in manifest.entries:
        found = names_of.get(entry.sha256, [])
        stale = (entry.sha256, entry.reading) not in readings
        kept = [name for name in entry.names if now.get(name, entry.sha256) == entry.sha256]
        if found and not stale:
            moved = [name for name in found if name not in entry.names]
            here = [name for name in kept if name in now] or ([] if moved else kept)
            names = tuple(sorted({*found, *here}))
            changes.done["renamed"] += moved
            changes.done["unchanged"] += [name for name in found if name in entry.names]
            entries[entry.key] = replace(entry, names=names)
        else:
            entries[entry.key] = entry  # replaced later, when the new text is whole
    return entries


def _replace_names(entries: dict[str, Entry], owners: dict[str, str], new: Entry, changes: Changes) -> None:
    """Let a new document take its names from the documents that had them; `owners` has the key of each name."""
    for key in {owners[name] for name in new.names if name in owners}:
        left = tuple(name for name in entries[key].names if name not in new.names)
        if left:
            entries[key] = replace(entries[key], names=left)
        else:
            del entries[key]
    kind = "replaced" if any(name in owners for name in new.names) else "added"
    changes.done[kind] += list(new.names)
    entries[new.key] = new
    owners |= dict.fromkeys(new.names, new.key)


def _gone(entries: dict[str, Entry], sources: Sequence[SourceFile], paths: Sequence[Path]) -> list[Entry]:
    """Return the documents that none of the given folders hold any more."""
    if not any(path.is_dir() for path in paths):
        return []
    found = {source.sha256 for source in sources}
    return [entry for entry in entries.values() if entry.sha256 not in found]


def sweep(folder: Path, store: VectorStore, entries: Sequence[Entry], *, swept_only_if_needed: bool = False) -> None:
    """Bring files and store in line with the documents that exist: what a killed run or a deletion left is removed.

    Files go last: as long as one is left, a sweep that was killed is known to be unfinished.
    """
    keys = {entry.key for entry in entries}
    files, counts = strange_files(folder, keys), store.counts()
    strangers = [key for key in counts if key not in keys]
    for entry in entries:
        if counts.get(entry.key, 0) != entry.passages:
            _refill(folder, store, entry)
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


def _refill(folder: Path, store: VectorStore, entry: Entry) -> None:
    """Add the rows of a document again from its own files."""
    from index.document_file import from_json

    document = from_json((folder / "documents" / f"{entry.key}.json").read_text(encoding="utf-8"), doc=entry.names[0])
    store.remove([entry.key])
    store.add([(entry.key, document, np.load(folder / "documents" / f"{entry.key}.npy")[:entry.passages])])
