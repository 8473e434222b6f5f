"""Reads one file into a document: choose the reader, read, assemble."""

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from ingest.assembly import assemble
from ingest.blocks import Draft
from ingest.documents import Document
from ingest.errors import UnreadableError
from ingest.formats import read_draft

SCAN_SECONDS = 1_800.0  # the limit of a file whose scans are recognised, two to six seconds a page; a page has one of its own
_READING = 4  # raised when a reader gives other text or passages than before


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
    draft = _draft(path, settings, known)
    document = assemble(draft, doc=doc, sha256=hashlib.sha256(content).hexdigest(), metadata=known)
    if not document.passages:
        why = next((remark.what for remark in draft.remarks if remark.kind == "warning"), "it holds no text that can be quoted, leave it out")
        raise UnreadableError(f"nothing to quote: {why}")
    return document


def _draft(path: Path, settings: ReadingSettings, columns: Mapping[str, str]) -> Draft:
    """Read the blocks of a file. What parsers raise on damaged files is theirs to choose; only they are guarded here, so that
    a fault of our own in what follows is not taken for a fault of the file."""
    try:
        return read_draft(path, ocr=settings.ocr, columns=columns)
    except PermissionError as error:
        raise UnreadableError("may not be read: change its rights") from error
    except RecursionError as error:
        raise UnreadableError("nested too deeply: open it in its own program and save it again") from error
    except (ArithmeticError, AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError, AssertionError,
            SyntaxError, EOFError, zlib.error) as error:
        raise UnreadableError(f"damaged ({type(error).__name__}): open it in its own program and save it again") from error
