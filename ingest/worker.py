"""Reads files in processes of their own with a limit of time and memory: a crash or a bomb costs that file alone."""

import multiprocessing
import os
import resource
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection, wait
from pathlib import Path
from time import monotonic

from ingest.documents import Document
from ingest.errors import BronvastError
from ingest.reading import ReadingSettings, read_document
from ingest.sources import SourceFile

_AHEAD = 8  # documents that wait for their turn while an earlier file is slow; more would only take memory

Outcome = Document | str


def read_all(sources: Sequence[SourceFile], settings: ReadingSettings, *,
             workers: int | None = None) -> Iterator[tuple[SourceFile, Outcome]]:
    """Read files side by side; yield each in the order given with its document, or the reason why it could not be read.

    A worker process serves until a file hangs, explodes or crashes it; then the next file gets a new one. Without
    `workers` there is one for each processor, four at most.
    """
    count = max(1, min(workers or min(os.cpu_count() or 1, 4), len(sources)))
    pool = [_Worker(settings) for _ in range(count)]
    outcomes: dict[int, Outcome] = {}
    following = 0
    try:
        for position, source in enumerate(sources):
            while position not in outcomes:
                for worker in pool:
                    if worker.position is None and following < min(len(sources), position + count + _AHEAD):
                        worker.begin(following, sources[following])
                        following += 1
                outcomes.update(_finished(pool))
            yield source, outcomes.pop(position)
    finally:
        for worker in pool:
            worker.stop()


def _finished(pool: Sequence["_Worker"]) -> dict[int, Outcome]:
    """Wait until a worker answers, dies or is over its time; return what came of those files."""
    busy = [worker for worker in pool if worker.position is not None]
    wait([worker.connection for worker in busy], timeout=max(0.0, min(worker.deadline for worker in busy) - monotonic()))
    found = {worker.position: worker.outcome() for worker in busy}
    return {position: outcome for position, outcome in found.items() if position is not None and outcome is not None}


class _Worker:
    """A process that reads one file at a time; `position` is the number of that file, None when it is free."""

    def __init__(self, settings: ReadingSettings) -> None:
        self._settings = settings
        self.position: int | None = None
        self.deadline = 0.0
        self._start()

    def begin(self, position: int, source: SourceFile) -> None:
        """Hand a file to the process."""
        try:
            self._send(source)
        except (BrokenPipeError, ConnectionResetError):  # it died between two files
            self._restart()
            self._send(source)
        self.position, self.deadline = position, monotonic() + self._settings.seconds

    def _send(self, source: SourceFile) -> None:
        self.connection.send((source.path, source.doc, dict(source.metadata)))

    def outcome(self) -> Outcome | None:
        """Return what came of the file, None while it is being read."""
        try:
            if self.connection.poll():
                found: Outcome = self.connection.recv()
                self.position = None
                return found
        except (EOFError, ConnectionResetError):
            self._restart()
            return "crashes its reader: open it in its own program and save it again"
        if monotonic() < self.deadline:
            return None
        self._restart()
        return f"takes longer than {self._settings.seconds:g} s to read: split it, or save it again"

    def stop(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.join()
        self.connection.close()

    def _restart(self) -> None:
        self.stop()
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("forkserver")
        self.connection, inside = context.Pipe()
        self.position, self.deadline = None, 0.0
        self._process = context.Process(target=_serve, args=(inside, self._settings), daemon=True)
        self._process.start()
        inside.close()


def _serve(connection: Connection, settings: ReadingSettings) -> None:
    """Read files until the connection ends; every outcome is a document or a one-line reason."""
    while True:
        try:
            path, doc, metadata = connection.recv()
        except EOFError:
            return
        _limit_memory(settings.memory_bytes)
        connection.send(_outcome(path, doc, metadata, settings))


def _limit_memory(memory_bytes: int) -> None:
    """Let the process take so many bytes more than it has mapped now; what Python and its libraries map does not count."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) if Path("/proc/self/statm").exists() else 0
    limit = pages * resource.getpagesize() + memory_bytes
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))


def _outcome(path: Path, doc: str, metadata: dict[str, str], settings: ReadingSettings) -> Outcome:
    try:
        return read_document(path, doc=doc, settings=settings, metadata=metadata)
    except BronvastError as error:
        return str(error)
    except MemoryError:
        return f"needs more than {settings.memory_bytes >> 20} MiB to read: split it, or save it again"
    except RecursionError:
        return "nested too deeply: open it in its own program and save it again"
    except OSError as error:
        return f"cannot be read: {error.strerror}"
