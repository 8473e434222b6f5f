"""Reads one file into a document: choose the reader, read, assemble."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from ingest.assembly import assemble
from ingest.documents import Document
from ingest.errors import UnreadableError
from ingest.formats import read_draft

_READING = 1  # raised when a reader gives other text or passages than before


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """How files are read: whether scans are recognised, and the limits of one file in seconds and bytes."""

    ocr: bool = False
    seconds: float = 60.0
    memory_bytes: int = 1 << 30

    @property
    def hash(self) -> str:
        """Twelve characters that change when a file would be read otherwise; limits do not count."""
        return self.hash_with({})

    def hash_with(self, metadata: Mapping[str, str]) -> str:
        """The hash together with what the sidecar says of a file."""
        content = json.dumps([_READING, self.ocr, dict(sorted(metadata.items()))])
        return hashlib.sha256(content.encode()).hexdigest()[:12]

    def to_json(self) -> dict[str, object]:
        """The settings as plain values."""
        return asdict(self)


def read_document(path: Path, *, doc: str, settings: ReadingSettings, metadata: Mapping[str, str] | None = None) -> Document:
    """Read a file. Raises UnreadableError, in one line that says what to do, when it is empty, damaged or of no known kind."""
    content = path.read_bytes()
    if not content:
        raise UnreadableError("the file is empty: leave it out or fill it")
    known = metadata or {}
    draft = read_draft(path, ocr=settings.ocr, columns=known)
    document = assemble(draft, doc=doc, sha256=hashlib.sha256(content).hexdigest(), metadata=known)
    if not document.passages:
        why = next((remark.what for remark in draft.remarks if remark.kind == "warning"), "it holds no text")
        raise UnreadableError(f"nothing to quote: {why}")
    return document
