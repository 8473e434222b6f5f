"""Sources and vectors for the scale benchmark: laws as files, their vectors kept in a folder that the model fills once.

    python -m benchmarks.scale_vectors PASSAGES.jsonl.gz --passages 5000 --work /tmp/bronvast-scale

Reads the first passages of the file as one Markdown file for each law, reads these files as `bronvast ingest` does, and
embeds every text that an ingest would embed, in bfloat16 where the processor has it. It may be stopped and started again.
"""

import argparse
import gzip
import hashlib
import json
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder
from index.source_index import sentence_rows
from ingest.errors import UnreadableError
from ingest.reading import ReadingSettings, read_document

F32 = NDArray[np.float32]
_MANY = 200  # texts: no question has as many
JITTER = 0.35  # of a vector's length: a text without a vector gets that of another text, moved by this much


def write_sources(passages: Path, count: int, folder: Path) -> list[Path]:
    """Write the first `count` passages as one Markdown file for each law; return the files."""
    laws: dict[str, list[dict[str, str]]] = {}
    with gzip.open(passages, "rt", encoding="utf-8") as file:
        for line, _ in zip(file, range(count), strict=False):
            one = json.loads(line)
            laws.setdefault(one["doc"], []).append(one)
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, parts in laws.items():
        body = [f"# {_line(parts[0]['title'])}", *(piece for one in parts for piece in (f"## {_line(one['head'])}", one["text"]))]
        files.append(folder / f"{name}.md")
        files[-1].write_text("\n\n".join(body) + "\n", encoding="utf-8")
    return files


def embedded_texts(files: Sequence[Path]) -> list[str]:
    """Return every text that an ingest of these files embeds, each once, the shortest first."""
    found: set[str] = set()
    for path in files:
        try:
            document = read_document(path, doc=path.name, settings=ReadingSettings())
        except UnreadableError:
            continue
        lead = {number: f"{one.context} " if one.context else "" for number, one in enumerate(document.passages)}
        found |= {lead[number] + one.text for number, one in enumerate(document.passages)}
        found |= {lead[number] + document.text[start:end] for number, start, end in sentence_rows(document)[0]}
    return sorted(found, key=lambda text: (len(text), text))


class KeptVectors:
    """An encoder that answers from a file of vectors; texts without one get a jittered neighbour, counted in `made_up`."""

    def __init__(self, file: Path, inner: Encoder) -> None:
        self._inner, self.made_up, self.found = inner, 0, 0
        self._database = sqlite3.connect(file)
        self._database.execute("create table if not exists vectors (text blob primary key, vector blob) without rowid")
        self._pool: F32 | None = None

    @property
    def name(self) -> str:
        return self._inner.name

    @property
    def dimensions(self) -> int:
        return self._inner.dimensions

    def queries(self, texts: Sequence[str]) -> F32:
        """Of questions the model's own; of the many words of an index made-up ones, which serve for speed alone."""
        if len(texts) < _MANY:
            return self._inner.queries(texts)
        return self.passages(texts)

    def passages(self, texts: Sequence[str]) -> F32:
        rows = [self._vector(text) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, self.dimensions), np.float32)

    def missing(self, texts: Sequence[str]) -> list[str]:
        """Return the texts that have no vector yet."""
        have = {row[0] for row in self._database.execute("select text from vectors")}
        return [text for text in texts if _key(text) not in have]

    def keep(self, texts: Sequence[str], vectors: F32) -> None:
        """Keep the vectors of some texts."""
        rows = [(_key(text), vector.astype(np.float16).tobytes()) for text, vector in zip(texts, vectors, strict=True)]
        with self._database:
            self._database.executemany("insert or replace into vectors values (?, ?)", rows)

    def _vector(self, text: str) -> F32:
        row = self._database.execute("select vector from vectors where text = ?", (_key(text),)).fetchone()
        if row is not None:
            self.found += 1
            return np.frombuffer(row[0], dtype=np.float16).astype(np.float32)
        self.made_up += 1
        if self._pool is None:
            blobs = self._database.execute("select vector from vectors limit 20000").fetchall()
            self._pool = np.stack([np.frombuffer(blob[0], dtype=np.float16) for blob in blobs]).astype(np.float32)
        random = np.random.default_rng(int.from_bytes(_key(text)[:8], "big"))
        noise = random.standard_normal(self._pool.shape[1], dtype=np.float32)
        moved = self._pool[random.integers(len(self._pool))] + JITTER * noise / np.linalg.norm(noise)
        return np.asarray(moved / np.linalg.norm(moved), dtype=np.float32)


def embed_missing(texts: Sequence[str], kept: KeptVectors, *, batch: int = 512) -> None:
    """Embed what is missing, batch by batch, with one line of progress each."""
    import torch

    from benchmarks.train_reader import fast_in_bfloat16
    from index.bundled import bundled_encoder

    torch.set_num_threads(1)
    model = bundled_encoder()._loaded().to(torch.bfloat16 if fast_in_bfloat16() else torch.float32)
    started = time.perf_counter()
    for first in range(0, len(texts), batch):
        some = list(texts[first:first + batch])
        vectors = model.encode(some, prompt_name="document", batch_size=32, convert_to_tensor=True, show_progress_bar=False)
        numbers = vectors.float().numpy()
        kept.keep(some, numbers / np.linalg.norm(numbers, axis=1, keepdims=True))
        done = first + len(some)
        print(f"{done}/{len(texts)} texts, {done / (time.perf_counter() - started):.1f}/s", flush=True)


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]


def _line(text: str) -> str:
    return " ".join(text.split())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("source", type=Path)
    parser.add_argument("--passages", type=int, default=5_000)
    parser.add_argument("--work", type=Path, default=Path("/tmp/bronvast-scale"))
    parser.add_argument("--texts", type=int, help="stop at so many texts: the others get made-up vectors, which serve for speed alone")
    given = parser.parse_args()
    from index.bundled import bundled_encoder

    files = write_sources(given.source, given.passages, given.work / f"sources-{given.passages}")
    texts = embedded_texts(files)
    kept = KeptVectors(given.work / "vectors.sqlite3", bundled_encoder())
    missing = kept.missing(texts)
    print(f"{len(files)} files, {len(texts)} texts, {len(missing)} without a vector", flush=True)
    embed_missing(missing[:given.texts], kept)


if __name__ == "__main__":
    main()
