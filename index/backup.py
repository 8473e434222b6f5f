"""Backup and restore of an index while it is being used: one file with hashes, checked before anything is changed.

A backup holds the manifest and the records; Chroma and the vectors of words are made again from them. A restore takes the way of
an ingest: records first, then the manifest in one step, so that whenever it is stopped the index is the old or the new one.
"""

import gzip
import hashlib
import io
import json
import os
import re
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.chroma_server import ChromaServer
from index.manifest import NAME, Manifest, existing_manifest, parse_manifest, read_manifest, sync_folder, write_manifest, writing
from index.store import VectorStore
from index.update import sweep
from ingest.errors import BronvastError, UsageError

_CONTENTS = "backup.json"  # the last member, so that a file that was cut off has none
_VERSION = 1
_RECORD = re.compile(r"documents/[0-9a-f]{24}-[0-9a-f]{12}\.(?:json|npy)")
_WAIT_S = 30.0


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What a backup holds: counts, and bytes of the file."""

    documents: int
    passages: int
    bytes: int


def backup(folder: Path, file: Path) -> BackupReport:
    """Write a backup of the index at `folder` as it is at this moment; questions go on, an ingest is refused so long.

    Raises UsageError where there is no index, `file` exists or its folder does not, and BronvastError when it cannot be written.
    """
    if file.exists():
        raise UsageError(f"{file} exists: give the backup another name")
    if not file.absolute().parent.is_dir():
        raise UsageError(f"there is no folder {file.absolute().parent}: make it first, or write the backup elsewhere")
    with _locked(folder):
        manifest = existing_manifest(folder)
        try:
            return _write(file, folder, manifest)
        except FileNotFoundError as error:
            raise BronvastError(f"{error.filename} is missing: run `bronvast doctor` first") from error
        except OSError as error:
            raise BronvastError(f"The backup cannot be written to {file}: {error.strerror or error}") from error


def restore(folder: Path, file: Path, *, chroma: ChromaServer | str | None = None) -> BackupReport:
    """Make the index at `folder` what it was when `file` was written; documents added since are removed.

    Raises UsageError for a file that is no backup, and BronvastError when it is damaged, was made by another version or
    model, or when the disk is full: the index is then what it was.
    """
    if file.is_dir():
        raise UsageError(f"{file} is a folder: name the file that `bronvast backup` wrote")
    manifest, hashes = _checked(file)
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder):
        present = _present(folder)
        if present is not None and present.model != manifest.model:
            raise UsageError(f"The backup was made with the model {manifest.model}, the index at {folder} with {present.model}: "
                             "restore into a new folder")
        _unpack(file, folder, hashes)
        write_manifest(folder, manifest)
        sweep(folder, VectorStore(folder / "chroma", address=chroma), manifest.entries)
    return BackupReport(len(manifest.entries), sum(entry.passages for entry in manifest.entries), file.stat().st_size)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    try:
        with writing(folder, wait_s=_WAIT_S):
            yield
    except OSError as error:
        raise BronvastError(f"{folder} cannot be written: {error.strerror or error}; the index is what it was") from error


def _present(folder: Path) -> Manifest | None:
    """Return the manifest that a restore replaces; one that is damaged is none."""
    try:
        return read_manifest(folder)
    except BronvastError:
        return None


def _write(file: Path, folder: Path, manifest: Manifest) -> BackupReport:
    """Write the archive beside its place, readable by its owner alone, force it to the disk, and move it there."""
    partial, hashes = file.with_name(file.name + ".partial"), dict[str, str]()
    names = [NAME, *(f"documents/{entry.key}.{kind}" for entry in manifest.entries for kind in ("json", "npy"))]
    try:
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw:
            with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=1) as archive:
                for name in names:
                    content = (folder / name).read_bytes()
                    hashes[name] = hashlib.sha256(content).hexdigest()
                    _add(archive, name, content)
                _add(archive, _CONTENTS, json.dumps({"version": _VERSION, "files": hashes}).encode())
            raw.flush()
            os.fsync(raw.fileno())
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)
    sync_folder(file.absolute().parent)
    return BackupReport(len(manifest.entries), sum(entry.passages for entry in manifest.entries), file.stat().st_size)


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    archive.addfile(member, io.BytesIO(content))


def _checked(file: Path) -> tuple[Manifest, dict[str, str]]:
    """Read a backup through once: return its manifest and its hashes when every file is there and right."""
    seen: dict[str, str] = {}
    kept: dict[str, bytes] = {}
    for name, content in _members(file):
        seen[name] = hashlib.sha256(content).hexdigest()
        if name in (NAME, _CONTENTS):
            kept[name] = content
    try:
        contents = json.loads(kept[_CONTENTS])
        version, hashes = contents["version"], dict(contents["files"])
    except (KeyError, ValueError, TypeError) as error:
        raise BronvastError(f"{file} is not a whole backup: take another one") from error
    if version != _VERSION:
        raise BronvastError(f"{file} was made by another version of Bronvast: restore it with that version")
    wrong = sorted({name for name in {*seen, *hashes} - {_CONTENTS} if seen.get(name) != hashes.get(name)})
    if wrong or NAME not in kept:
        raise BronvastError(f"{file} is damaged ({', '.join(wrong[:3]) or NAME}): take another backup")
    manifest = parse_manifest(kept[NAME].decode("utf-8"), where=file)
    missing = [entry for entry in manifest.entries for kind in ("json", "npy") if f"documents/{entry.key}.{kind}" not in seen]
    if missing:
        raise BronvastError(f"{file} is damaged: it lacks {missing[0].names[0]}; take another backup")
    return manifest, hashes


def _members(file: Path) -> Iterator[tuple[str, bytes]]:
    """Read the files of an archive; nothing is extracted by the names that it gives."""
    try:
        with tarfile.open(file, mode="r|gz") as archive:
            for member in archive:
                content = archive.extractfile(member) if member.isfile() else None
                if content is None or not (member.name in (NAME, _CONTENTS) or _RECORD.fullmatch(member.name)):
                    raise UsageError(f"{file} is not a backup of Bronvast: it holds {member.name[:80]!r}")
                yield member.name, content.read()
    except FileNotFoundError as error:
        raise UsageError(f"there is no file {file}") from error
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise BronvastError(f"{file} is not a whole backup: take another one") from error


def _unpack(file: Path, folder: Path, hashes: dict[str, str]) -> None:
    """Write the records that are not there yet; the manifest does not name them before all are on the disk."""
    (folder / "documents").mkdir(exist_ok=True)
    for name, content in _members(file):
        if not _RECORD.fullmatch(name):
            continue
        target = folder / name
        if target.exists() and hashlib.sha256(target.read_bytes()).hexdigest() == hashes[name]:
            continue
        if hashlib.sha256(content).hexdigest() != hashes[name]:
            raise BronvastError(f"{file} changed while it was read: the index is what it was")
        partial = target.with_name(target.name + ".partial")
        with partial.open("wb") as written:
            written.write(content)
            written.flush()
            os.fsync(written.fileno())
        partial.replace(target)
    sync_folder(folder / "documents")
