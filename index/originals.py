"""Where the files of an index were when they were read, so that a quotation can be proved against them, and its page drawn."""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from ingest.sources import SourceFile

NAME = "originals.json"


def note_originals(folder: Path, sources: Iterable[SourceFile], names: Iterable[str]) -> None:
    """Add the places of the files that were just read; names that the index no longer has are left out.

    Written beside its place and moved there, so that it is whole or as it was.
    """
    kept = {**read_originals(folder), **{source.doc: source.path.resolve() for source in sources}}
    known = set(names)
    _write(folder, {doc: path for doc, path in kept.items() if doc in known})


def note_moved(folder: Path, doc: str, path: Path) -> None:
    """Note that the file of a document was moved after it was read."""
    _write(folder, {**read_originals(folder), doc: path.resolve()})


def _write(folder: Path, kept: Mapping[str, Path]) -> None:
    partial = folder / (NAME + ".partial")
    partial.write_text(json.dumps({doc: os.fsdecode(path) for doc, path in sorted(kept.items())}, indent=1), encoding="utf-8", errors="surrogatepass")
    partial.replace(folder / NAME)


def read_originals(folder: Path) -> Mapping[str, Path]:
    """Return the file of each document name; empty where none was noted, or the note cannot be read."""
    try:
        kept = json.loads((folder / NAME).read_text(encoding="utf-8", errors="surrogatepass"))
    except (OSError, ValueError):
        return {}
    return {doc: Path(path) for doc, path in kept.items() if isinstance(path, str)} if isinstance(kept, dict) else {}


def original_of(folder: Path, doc: str, sha256: str) -> Path | None:
    """Return the file of a document if it still has exactly these bytes; None when it is unknown, gone or changed."""
    path = read_originals(folder).get(doc)
    try:
        status = path.stat() if path else None
        return path if path and status and _hash(path, status.st_mtime_ns, status.st_size) == sha256 else None
    except OSError:
        return None


@lru_cache(maxsize=256)
def _hash(path: Path, _changed_ns: int, _size: int) -> str:
    """Hash a file once for each time that it was changed."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
