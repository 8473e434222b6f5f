"""Chroma behind llama-index's vector store interface: the only module that names chromadb."""

import struct
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from index.chroma_server import ANSWER_WITHIN_S, ChromaServer, check_server, patiently, refuse_in_a_line
from ingest.documents import Document
from ingest.errors import BronvastError

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from llama_index.vector_stores.chroma import ChromaVectorStore

F32 = NDArray[np.float32]
COLLECTION = "passages"
_LARGEST_BATCH = 2_000  # chroma takes 5,461 rows at once; a smaller batch keeps the memory flat


T = TypeVar("T")


class DamagedStoreError(BronvastError):
    """Chroma's database is damaged; it can be made again from the records."""


class VectorStore:
    """The passages of an index in one Chroma collection with cosine distance; rows are named by document key and passage."""

    def __init__(self, folder: Path | None, *, address: ChromaServer | str | None = None) -> None:
        """Open the store in a folder, or on a Chroma server.

        Raises BronvastError when the server stays away, and DamagedStoreError when the folder holds no sound database.
        """
        from llama_index.vector_stores.chroma import ChromaVectorStore as Store

        self._server = ChromaServer(address) if isinstance(address, str) else address
        self._client = _server_client(self._server) if self._server else _own_client(folder)
        self._collection = self._safely(lambda: self._client.get_or_create_collection(
            COLLECTION, metadata={"hnsw:space": "cosine"}, embedding_function=None))
        self.vector_store: ChromaVectorStore = Store(chroma_collection=self._collection)

    def _safely(self, call: Callable[[], T]) -> T:
        """Make a call to Chroma, patiently where it is a server; every call here may be made twice."""
        from chromadb.errors import InternalError

        try:
            return patiently(call, self._server) if self._server else call()
        except InternalError as error:
            reason = " ".join(str(error).split())[:160]
            if "full" in reason or "No space" in reason:
                raise BronvastError(f"Chroma cannot write: {reason}; make room on the disk") from error
            raise DamagedStoreError(f"Chroma cannot read or write its database ({reason}): run `bronvast doctor --mend`") from error

    def add(self, rows: Sequence[tuple[str, Document, F32]]) -> None:
        """Add the passages of documents by key; their vectors are float32, passages x dimensions. No key may be there yet."""
        from llama_index.core.schema import TextNode

        nodes = [TextNode(id_=f"{key}:{passage.passage_id}", text=passage.text, embedding=vector,
                          metadata={"key": key, "doc": document.doc, "start": passage.start, "end": passage.end,
                                    "section": passage.section, "kind": passage.kind})
                 for key, document, vectors in rows
                 for passage, vector in zip(document.passages, vectors.tolist(), strict=True)]
        for first in range(0, len(nodes), _LARGEST_BATCH):
            batch = list(nodes[first:first + _LARGEST_BATCH])
            self._safely(lambda batch=batch: self.vector_store.add(batch))  # type: ignore[misc]

    def remove(self, keys: Sequence[str]) -> None:
        """Remove all passages of some documents."""
        for key in keys:
            if self._safely(lambda key=key: self._collection.get(where={"key": key}, limit=1, include=[]))["ids"]:  # type: ignore[misc]
                self._safely(lambda key=key: self._collection.delete(where={"key": key}))  # type: ignore[misc]

    def counts(self) -> dict[str, int]:
        """Return how many passages each document key has in the store."""
        found: dict[str, int] = {}
        for name in self._safely(lambda: self._collection.get(include=[]))["ids"]:
            key = name.rpartition(":")[0]
            found[key] = found.get(key, 0) + 1
        return found


def _own_client(folder: Path | None) -> "ClientAPI":
    """Chroma in this process, in a folder."""
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings
    from chromadb.errors import InternalError

    try:
        return chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False, allow_reset=False))
    except InternalError as error:
        SharedSystemClient._identifier_to_system.pop(str(folder), None)  # else chroma gives the broken one again
        raise DamagedStoreError(f"The Chroma database in {folder} is damaged: run `bronvast doctor --mend`") from error


def _server_client(server: ChromaServer) -> "ClientAPI":
    """A client of a Chroma server that is there, with a limit to the time of each request."""
    import chromadb
    from chromadb.config import Settings

    check_server(server)
    parts = urlsplit(server.url)
    settings = Settings(anonymized_telemetry=False, allow_reset=False)
    try:
        client = chromadb.HttpClient(host=str(parts.hostname), port=int(parts.port or 0), ssl=parts.scheme == "https",
                                     headers=server.headers or None, settings=settings)
    except ValueError as error:
        raise BronvastError(f"The Chroma server at {server.url} cannot be used: {' '.join(str(error).split())[:160]}") from error
    session = client._server._session  # type: ignore[attr-defined]  # chroma has no setting for these two
    session.timeout = ANSWER_WITHIN_S
    session.event_hooks = {"response": [lambda response: refuse_in_a_line(response, server)]}
    return client


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
    for header in folder.glob("*/header.bin"):
        _blank_unused(header)


def _blank_unused(header: Path) -> None:
    """Put zeros in the places of Chroma's vector files that hold no vector yet.

    Chroma writes a new graph as the memory is, so an unused place may hold any text that the process had in hand. The header
    gives, after a version (int32), the offset, places, places in use and bytes of a place (uint64 each).
    """
    *_, used, size = struct.unpack_from("<iQQQQ", header.read_bytes())
    for name, start in (("data_level0.bin", used * size), ("length.bin", used * 4)):
        path = header.with_name(name)
        left = path.stat().st_size - start if path.exists() else 0
        if left > 0:
            with path.open("r+b") as file:
                file.seek(start)
                file.write(bytes(left))
