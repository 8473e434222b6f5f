"""Brings an index up to date with files and folders: adds, replaces, renames and (with prune) removes."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from time import perf_counter

import numpy as np
from filelock import FileLock, Timeout

from index.batch import Batch
from index.chroma_server import ChromaServer
from index.encoder import Encoder
from index.manifest import Entry, Manifest, read_manifest, write_manifest
from index.originals import note_originals
from index.store import VectorStore, compact
from ingest.errors import BronvastError, UsageError
from ingest.reading import ReadingSettings
from ingest.sources import SourceFile, find_sources
from ingest.worker import read_all


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What a run did, by document name; `failed` and `warnings` hold (name, reason)."""

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: tuple[tuple[str, str], ...] = ()
    warnings: tuple[tuple[str, str], ...] = ()
    documents: int = 0
    passages: int = 0
    embedded: int = 0
    seconds: float = 0.0
    dry_run: bool = False

    @property
    def failed_all(self) -> bool:
        """Say whether no file could be read."""
        return bool(self.failed) and not (self.added or self.replaced or self.unchanged or self.renamed)

    def to_json(self) -> dict[str, object]:
        """The report as plain values."""
        return asdict(self)


@dataclass(slots=True)
class _Changes:
    """The run as it goes on: the names that were found and what happened to each."""

    done: dict[str, list[str]] = field(default_factory=lambda: {"added": [], "replaced": [], "unchanged": [], "renamed": [],
                                                               "removed": []})
    failed: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)
    embedded: int = 0


def update(folder: Path, paths: Sequence[Path], *, encoder: Encoder, reading: ReadingSettings | None = None,
           prune: bool = False, dry_run: bool = False, progress: Callable[[str], None] = lambda line: None,
           chroma: ChromaServer | str | None = None) -> IngestReport:
    """Read files and folders into the index at `folder`; a document is acknowledged when the manifest names it, and then whole.

    A file whose bytes and reading settings are known is not read or embedded again. Raises UsageError when another process
    writes to the index, and BronvastError when the disk is full. A file that cannot be read is in the report with its reason.
    """
    started, settings = perf_counter(), reading or ReadingSettings()
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "writer.lock", timeout=0)
    try:
        with lock:
            return _locked(folder, paths, encoder, settings, prune, dry_run, progress, chroma, started)
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
    kept = [entry for entry in manifest.entries if not set(entry.names) & set(names)]
    write_manifest(folder, manifest.with_entries(kept))
    note_originals(folder, (), (name for entry in kept for name in entry.names))
    sweep(folder, VectorStore(folder / "chroma", address=chroma), kept)


def _locked(folder: Path, paths: Sequence[Path], encoder: Encoder, settings: ReadingSettings, prune: bool, dry_run: bool,
            progress: Callable[[str], None], chroma: ChromaServer | str | None, started: float) -> IngestReport:
    manifest = read_manifest(folder) or Manifest(encoder.name)
    if manifest.model != encoder.name:
        raise UsageError(f"The index at {folder} was made with the model {manifest.model}: ingest into a new folder for {encoder.name}")
    changes, sources = _Changes(), find_sources(paths)
    entries = _renamed(manifest, sources, settings, changes)
    store = None if dry_run else VectorStore(folder / "chroma", address=chroma)
    if store:
        sweep(folder, store, list(entries.values()), swept_only_if_needed=True)
    known = {(entry.sha256, entry.reading) for entry in entries.values()}
    wanted = list({source.sha256: source for source in sources
                   if (source.sha256, settings.hash_with(source.metadata)) not in known}.values())
    if store:
        _read_in(folder, wanted, sources, Batch(folder, encoder, store), entries, manifest, settings, changes, progress)
    if dry_run:
        changes.done["added"] += [source.doc for source in wanted]
    gone = _gone(entries, sources, paths) if prune else []
    changes.done["removed"] += [name for entry in gone for name in entry.names]
    for entry in gone:
        del entries[entry.key]
    if not dry_run and store:
        write_manifest(folder, manifest.with_entries(entries.values()))
        note_originals(folder, sources, (name for entry in entries.values() for name in entry.names))
        sweep(folder, store, list(entries.values()), swept_only_if_needed=True)
    return IngestReport(**{name: tuple(sorted(found)) for name, found in changes.done.items()}, failed=tuple(changes.failed),
                        warnings=tuple(changes.warnings), documents=len(entries),
                        passages=sum(entry.passages for entry in entries.values()), embedded=changes.embedded,
                        seconds=round(perf_counter() - started, 2), dry_run=dry_run)


def _read_in(folder: Path, wanted: Sequence[SourceFile], sources: Sequence[SourceFile], batch: Batch, entries: dict[str, Entry],
             manifest: Manifest, settings: ReadingSettings, changes: _Changes, progress: Callable[[str], None]) -> None:
    """Read the wanted files; some documents at a time are kept, and then acknowledged by a manifest that names them."""
    names, owners = _names_by_content(sources), {name: key for key, entry in entries.items() for name in entry.names}
    for number, (source, outcome) in enumerate(read_all(wanted, settings), 1):
        progress(f"{number}/{len(wanted)} {source.doc}")
        if isinstance(outcome, str):
            changes.failed.append((source.doc, outcome))
        else:
            changes.warnings += [(source.doc, remark.what) for remark in outcome.remarks if remark.kind in ("warning", "quarantined")]
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


def _renamed(manifest: Manifest, sources: Sequence[SourceFile], settings: ReadingSettings, changes: _Changes) -> dict[str, Entry]:
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


def _replace_names(entries: dict[str, Entry], owners: dict[str, str], new: Entry, changes: _Changes) -> None:
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
        erase(folder, store, strangers, files)


def strange_files(folder: Path, keys: Collection[str]) -> list[Path]:
    """Return the files of documents that are not among these keys: what a killed run left, or a deletion has still to remove."""
    documents = folder / "documents"
    return sorted(path for path in documents.iterdir() if path.stem not in keys) if documents.is_dir() else []


def erase(folder: Path, store: VectorStore, strangers: Sequence[str], files: Sequence[Path]) -> None:
    """Remove rows and files of no document, and every byte that is left of their text in the index folder."""
    (folder / "words.npz").unlink(missing_ok=True)
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
