"""Where the files of the documents lie, so that a page can be shown as it was printed; only while a file is unchanged."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from ingest.sources import find_sources
from ui.state_files import changing, read_json, write_json_file

_PICTURED = (".pdf",)


class Originals:
    """A file that maps the SHA-256 of a document's bytes to the path that it was read from."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._checked: dict[tuple[str, int, int], str] = {}

    def note(self, paths: Iterable[Path]) -> None:
        """Remember where the files below these paths lie; those of documents that cannot be pictured are passed over."""
        found = {one.sha256: str(one.path.resolve()) for one in find_sources(list(paths)) if one.path.suffix.lower() in _PICTURED}
        if found:
            with changing(self._path):
                write_json_file(self._path, {sha256: path for sha256, path in (read_json(self._path) | found).items() if Path(path).exists()})

    def find(self, sha256: str) -> Path | None:
        """Return the file with exactly these bytes; None when it is unknown, gone or changed."""
        kept = read_json(self._path).get(sha256)
        path = Path(kept) if isinstance(kept, str) else None
        try:
            return path if path and self._hash(path) == sha256 else None
        except OSError:
            return None

    def _hash(self, path: Path) -> str:
        """Hash a file once for each time that it was changed."""
        status = path.stat()
        key = (str(path), status.st_mtime_ns, status.st_size)
        if key not in self._checked:
            with path.open("rb") as file:
                self._checked = {**self._checked, key: hashlib.file_digest(file, "sha256").hexdigest()}
        return self._checked[key]
