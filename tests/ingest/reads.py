"""A text as a file of some format, read, and its passages."""

from pathlib import Path

from ingest.documents import Document
from ingest.reading import ReadingSettings, read_document


def read(path: Path, content: str | bytes | None = None, **metadata: str) -> Document:
    """Read a file, with this content if any is given."""
    if content is not None:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_document(path, doc=path.name, settings=ReadingSettings(), metadata=metadata)


def texts(document: Document) -> list[str]:
    """Return the texts of the passages."""
    return [passage.text for passage in document.passages]
