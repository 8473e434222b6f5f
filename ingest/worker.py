"""Reads each file in a process of its own kind of prison: a limit of time and memory, and a crash costs that file alone."""

import multiprocessing
import resource
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from ingest.documents import Document
from ingest.errors import BronvastError
from ingest.reading import ReadingSettings, read_document
from ingest.sources import SourceFile

_OWN_MEMORY = 2 << 30  # address space of Python and its libraries before a file is opened


def read_all(sources: Sequence[SourceFile], settings: ReadingSettings) -> Iterator[tuple[SourceFile, Document | str]]:
    """Read files one by one; yield each with its document, or with the reason why it could not be read.

    One worker process serves until a file hangs, explodes or crashes it; then the next file gets a new one.
    """
    worker = _Worker(settings)
    try:
        for source in sources:
            yield source, worker.read(source)
    finally:
        worker.stop()


class _Worker:
    def __init__(self, settings: ReadingSettings) -> None:
        self._settings = settings
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None

    def read(self, source: SourceFile) -> Document | str:
        connection = self._started()
        connection.send((source.path, source.doc, dict(source.metadata)))
        try:
            if not connection.poll(self._settings.seconds):
                self.stop()
                return f"takes longer than {self._settings.seconds:.0f} s to read: split it, or save it again"
            outcome: Document | str = connection.recv()
        except (EOFError, ConnectionResetError):
            self.stop()
            return "crashes its reader: open it in its own program and save it again"
        return outcome

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _started(self) -> Connection:
        if self._connection is None:
            context = multiprocessing.get_context("forkserver")
            self._connection, inside = context.Pipe()
            self._process = context.Process(target=_serve, args=(inside, self._settings), daemon=True)
            self._process.start()
            inside.close()
        return self._connection


def _serve(connection: Connection, settings: ReadingSettings) -> None:
    """Read files until the connection ends; every outcome is a document or a one-line reason."""
    limit = _OWN_MEMORY + settings.memory_bytes
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    while True:
        try:
            path, doc, metadata = connection.recv()
        except EOFError:
            return
        connection.send(_outcome(path, doc, metadata, settings))


def _outcome(path: Path, doc: str, metadata: dict[str, str], settings: ReadingSettings) -> Document | str:
    try:
        return read_document(path, doc=doc, settings=settings, metadata=metadata)
    except BronvastError as error:
        return str(error)
    except (MemoryError, RecursionError):
        return f"needs more than {settings.memory_bytes >> 20} MiB to read: split it, or save it again"
    except (ArithmeticError, AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError, AssertionError, SyntaxError) as error:
        # What parsers raise on damaged files is theirs to choose; the type tells the next engineer where to look.
        return f"damaged ({type(error).__name__}): open it in its own program and save it again"
