"""Small texts and an encoder that needs no model: enough of an index for tests of the stores."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.update import update
from ingest.documents import Document, Passage


class FakeEncoder:
    """A vector for each text from its letters: the same text, the same vector; counts what it was given."""

    dimensions = 16

    def __init__(self, name: str = "fake") -> None:
        self.name, self.embedded = name, 0

    def queries(self, texts: Sequence[str]) -> np.ndarray:
        return self._vectors(texts)

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        self.embedded += len(texts)
        return self._vectors(texts)

    def _vectors(self, texts: Sequence[str]) -> np.ndarray:
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            random = np.random.default_rng(int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:8], "big"))
            row += random.standard_normal(self.dimensions)
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def document(doc: str, *texts: str, **metadata: str) -> Document:
    """A document of which each text is one passage of one sentence."""
    sha256, passages, start = hashlib.sha256(" ".join(texts).encode()).hexdigest(), [], 0
    for text in texts:
        end = start + len(text)
        passages.append(Passage(f"{sha256[:8]}-{start}", doc, sha256, doc, "", None, "sentences", start, end, text, ((start, end),)))
        start = end + 1
    return Document(doc, sha256, doc, " ".join(texts), passages=tuple(passages), metadata=metadata)


def sources(folder: Path, **texts: str) -> Path:
    """Write a Markdown file for each name and return the folder."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(f"# {name.title()}\n\n{text}\n", encoding="utf-8")
    return folder


def small_index(folder: Path, encoder: FakeEncoder | None = None, **texts: str) -> Path:
    """Ingest a file for each name into `folder/index` and return that."""
    given = texts or {"kust": "Het water stijgt langs de hele kust. De dijken worden niet verhoogd.", "brug": "De brug gaat open."}
    update(folder / "index", [sources(folder / "bronnen", **given)], encoder=encoder or FakeEncoder())
    return folder / "index"
