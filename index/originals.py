"""Where the files of an index were when they were read, so that a quotation can be proved against them later."""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from ingest.sources import SourceFile

NAME = "originals.json"


def note_originals(folder: Path, sources: Iterable[SourceFile], names: Iterable[str]) -> None:
    """Add the places of the files that were just read; names that the index no longer has are left out.

    Written beside its place and moved there, so that it is whole or as it was.
    """
    kept = {**read_originals(folder), **{source.doc: source.path.resolve() for source in sources}}
    known = set(names)
    partial = folder / (NAME + ".partial")
    partial.write_text(json.dumps({doc: os.fsdecode(path) for doc, path in sorted(kept.items()) if doc in known}, indent=1),
                       encoding="utf-8", errors="surrogatepass")
    partial.replace(folder / NAME)


def read_originals(folder: Path) -> Mapping[str, Path]:
    """Return the file of each document name; empty where none was noted, or the note cannot be read."""
    try:
        kept = json.loads((folder / NAME).read_text(encoding="utf-8", errors="surrogatepass"))
    except (OSError, ValueError):
        return {}
    return {doc: Path(path) for doc, path in kept.items() if isinstance(path, str)} if isinstance(kept, dict) else {}
