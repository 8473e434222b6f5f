"""Chroma behind llama-index's vector store interface: the only module that names chromadb."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ingest.documents import Document
from ingest.errors import BronvastError

if TYPE_CHECKING:
    from llama_index.vector_stores.chroma import ChromaVectorStore

F32 = NDArray[np.float32]
COLLECTION = "passages"
_LARGEST_BATCH = 2_000  # chroma takes 5,461 rows at once; a smaller batch keeps the memory flat


class VectorStore:
    """The passages of an index in one Chroma collection with cosine distance; rows are named by document key and passage."""

    def __init__(self, folder: Path | None, *, address: str | None = None) -> None:
        """Open the store in a folder, or on a Chroma server at `address` (host:port)."""
        import chromadb
        from chromadb.config import Settings
        from llama_index.vector_stores.chroma import ChromaVectorStore as Store

        settings = Settings(anonymized_telemetry=False, allow_reset=False)
        try:
            if address:
                host, _, port = address.partition(":")
                self._client = chromadb.HttpClient(host=host, port=int(port or 8000), settings=settings)
            else:
                self._client = chromadb.PersistentClient(path=str(folder), settings=settings)
        except ValueError as error:
            raise BronvastError(f"The Chroma server at {address} does not answer: start it with `chroma run`") from error
        self._collection = self._client.get_or_create_collection(
            COLLECTION, metadata={"hnsw:space": "cosine"}, embedding_function=None)
        self.vector_store: ChromaVectorStore = Store(chroma_collection=self._collection)

    def add(self, key: str, document: Document, vectors: F32) -> None:
        """Add the passages of a document; `vectors` is float32, passages x dimensions. Rows that exist are replaced."""
        from llama_index.core.schema import TextNode

        self.remove([key])
        nodes = [TextNode(id_=f"{key}:{passage.passage_id}", text=passage.text, embedding=[float(value) for value in vector],
                          metadata={"key": key, "doc": document.doc, "start": passage.start, "end": passage.end,
                                    "section": passage.section, "kind": passage.kind})
                 for passage, vector in zip(document.passages, vectors, strict=True)]
        for first in range(0, len(nodes), _LARGEST_BATCH):
            self.vector_store.add(list(nodes[first:first + _LARGEST_BATCH]))

    def remove(self, keys: Sequence[str]) -> None:
        """Remove all passages of some documents."""
        for key in keys:
            if self._collection.get(where={"key": key}, limit=1, include=[])["ids"]:
                self._collection.delete(where={"key": key})

    def counts(self) -> dict[str, int]:
        """Return how many passages each document key has in the store."""
        found: dict[str, int] = {}
        for name in self._collection.get(include=[])["ids"]:
            key = name.rpartition(":")[0]
            found[key] = found.get(key, 0) + 1
        return found


def compact(folder: Path) -> None:
    """Rewrite Chroma's database so that removed text is in none of its pages any more."""
    import sqlite3

    database = folder / "chroma.sqlite3"
    if database.exists():
        with sqlite3.connect(database, timeout=30) as connection:
            # Chroma's write-ahead queue keeps what was added before it was deleted (operation 3). The rows stay, because
            # their numbers must not be given again; their text and vectors go.
            connection.execute("update embeddings_queue set metadata = '{}', vector = zeroblob(length(vector)) "
                               "where operation != 3 and seq_id < (select max(later.seq_id) from embeddings_queue later "
                               "where later.id = embeddings_queue.id and later.operation = 3)")
            connection.execute("insert into embedding_fulltext_search(embedding_fulltext_search) values('optimize')")
        connection = sqlite3.connect(database, timeout=30)
        connection.execute("vacuum")
        connection.execute("pragma wal_checkpoint(truncate)")
        connection.close()
