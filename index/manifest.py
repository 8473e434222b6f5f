"""The manifest: the one file that decides which documents exist in an index."""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from ingest.errors import BronvastError, UsageError

FORMAT = 1
NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """A document: the hash of its bytes, the hash of how it was read, and the names under which it was given."""

    sha256: str
    reading: str
    names: tuple[str, ...]
    passages: int

    @property
    def key(self) -> str:
        """The name of its files, see `file_of`."""
        return f"{self.sha256[:24]}-{self.reading}"


def file_of(folder: Path, key: str, kind: Literal["json", "npy"]) -> Path:
    """Return where the record (json) or the vectors (npy) of a document stand in the folder of an index."""
    return folder / "documents" / f"{key}.{kind}"


@dataclass(frozen=True)
class Manifest:
    """The model that made the vectors, and the documents, in the order of their first names."""

    model: str
    entries: tuple[Entry, ...] = ()

    @cached_property
    def hash(self) -> str:
        """Sixteen characters that change when any document, name or the model does."""
        content = json.dumps([self.model, [asdict(entry) for entry in self.entries]], sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()[:16]

    def with_entries(self, entries: Iterable[Entry]) -> "Manifest":
        """Return the manifest with these documents instead."""
        return Manifest(self.model, tuple(sorted(entries, key=lambda entry: entry.names)))


def read_manifest(folder: Path) -> Manifest | None:
    """Return the manifest of an index folder, or None where there is none; raises BronvastError when it is damaged."""
    try:
        return parse_manifest((folder / NAME).read_text(encoding="utf-8"), where=folder)
    except FileNotFoundError:
        return None
    except NotADirectoryError as error:
        raise UsageError(f"{folder} is a file, not the folder of an index") from error
    except UnicodeDecodeError as error:
        raise _damaged(folder) from error


def parse_manifest(text: str, *, where: Path) -> Manifest:
    """Read a manifest; raises BronvastError, naming `where`, when it is damaged or of another version."""
    try:
        kept = json.loads(text)
        version = kept.get("format")
    except (json.JSONDecodeError, RecursionError, AttributeError) as error:
        raise _damaged(where) from error
    if version != FORMAT:
        raise BronvastError(f"{where} was made by another version of Bronvast (format {version}, this one writes {FORMAT}): ingest "
                            "the sources again into a new folder, or use the version that made it")
    try:
        entries = tuple(Entry(one["sha256"], one["reading"], tuple(one["names"]), one["passages"]) for one in kept["documents"])
        return Manifest(kept["model"], entries)
    except (KeyError, TypeError) as error:
        raise _damaged(where) from error


def _damaged(where: Path) -> BronvastError:
    return BronvastError(f"The manifest of {where} is damaged: `bronvast restore` a backup, or remove the folder and ingest again")


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest beside its place, force it to the disk, and move it there: whole or not at all.

    One line for each document, each made once: an ingest writes the manifest after every batch.
    """
    partial = folder / (NAME + ".partial")
    lines = ",\n".join(map(_line, manifest.entries))
    with partial.open("w", encoding="utf-8") as file:
        file.write(f'{{"format": {FORMAT}, "model": {json.dumps(manifest.model)}, "documents": [\n{lines}\n]}}\n')
        file.flush()
        os.fsync(file.fileno())
    partial.replace(folder / NAME)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Force the names in a folder to the disk, where the system can: a moved file is only there for good after it."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@lru_cache(maxsize=100_000)
def _line(entry: Entry) -> str:
    return json.dumps(asdict(entry), ensure_ascii=False)


def existing_manifest(folder: Path) -> Manifest:
    """Return the manifest of an index; raises UsageError where there is none."""
    manifest = read_manifest(folder)
    if manifest is None:
        raise no_index(folder)
    return manifest


def no_index(folder: Path) -> UsageError:
    """Return the error that says where no index is, and how one is made."""
    return UsageError(f"There is no index at {folder}: make one with `bronvast ingest PATH --index {folder}`")


def checked_manifest(folder: Path, model: str) -> Manifest:
    """Return the manifest of an index made by `model`; raises UsageError where there is none or another model made it."""
    manifest = existing_manifest(folder)
    if manifest.model != model:
        raise UsageError(f"The index at {folder} was made with the model {manifest.model}, the settings name {model}: "
                         "set the model back, or ingest into a new folder")
    return manifest


@contextmanager
def writing(folder: Path, *, wait_s: float) -> Iterator[None]:
    """Hold the writer's lock of an index; raises UsageError when another process does after `wait_s`."""
    try:
        with FileLock(folder / "writer.lock", timeout=wait_s):
            yield
    except Timeout as error:
        raise UsageError(f"Another process is writing to the index at {folder}: wait until it has ended") from error
