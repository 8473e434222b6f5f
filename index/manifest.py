"""The manifest: the one file that decides which documents exist in an index."""

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

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
        """The name of its files."""
        return f"{self.sha256[:24]}-{self.reading}"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The model that made the vectors, and the documents, in the order of their first names."""

    model: str
    entries: tuple[Entry, ...] = ()

    @property
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
        kept = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise BronvastError(f"{folder / NAME} is damaged: restore a backup, or remove {folder} and ingest again") from error
    if kept.get("format") != FORMAT:
        raise BronvastError(f"{folder} was made by another version (format {kept.get('format')}): ingest the sources again "
                            "into a new folder")
    entries = tuple(Entry(one["sha256"], one["reading"], tuple(one["names"]), one["passages"]) for one in kept["documents"])
    return Manifest(kept["model"], entries)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest beside its place, force it to the disk, and move it there: whole or not at all."""
    partial = folder / (NAME + ".partial")
    with partial.open("w", encoding="utf-8") as file:
        json.dump({"format": FORMAT, "model": manifest.model, "documents": [asdict(entry) for entry in manifest.entries]},
                  file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(folder / NAME)


def checked_manifest(folder: Path, model: str) -> Manifest:
    """Return the manifest of an index made by `model`; raises UsageError where there is none or another model made it."""
    manifest = read_manifest(folder)
    if manifest is None:
        raise UsageError(f"There is no index at {folder}: make one with `bronvast ingest PATH --index {folder}`")
    if manifest.model != model:
        raise UsageError(f"The index at {folder} was made with the model {manifest.model}, the settings name {model}: "
                         "set the model back, or ingest into a new folder")
    return manifest
