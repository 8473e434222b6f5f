"""What an ingest run does, as it goes on and at its end."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: files of `files`, the pages and passages in them, the seconds since reading began, and the file just read."""

    done: int
    files: int
    pages: int
    passages: int
    seconds: float
    doc: str

    @property
    def passages_a_second(self) -> float:
        """Passages read so far, by the time that reading, embedding and keeping them took."""
        return self.passages / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float:
        """What the other files will take if they are like those before."""
        return self.seconds / self.done * (self.files - self.done) if self.done else 0.0


Notice = Callable[[Progress | str], None]  # told how far the run is, and what a user should know at once


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What a run did, by document name; `failed` and `warnings` hold (name, reason).

    `reread` are the documents that were read again because the way of reading, or what their sidecars say, has changed.
    With `dry_run` it is what a run would do: files were read, nothing was embedded or written.
    """

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    reread: tuple[str, ...] = ()
    failed: tuple[tuple[str, str], ...] = ()
    warnings: tuple[tuple[str, str], ...] = ()
    documents: int = 0
    passages: int = 0
    pages_read: int = 0
    passages_read: int = 0
    embedded: int = 0
    seconds: float = 0.0
    dry_run: bool = False

    @property
    def failed_all(self) -> bool:
        """Say whether no file could be read."""
        return bool(self.failed) and not (self.added or self.replaced or self.unchanged or self.renamed)

    def to_json(self) -> dict[str, object]:
        """The report as plain values."""
        return asdict(self)


@dataclass(slots=True)
class Changes:
    """The run as it goes on: the names that were found and what happened to each."""

    done: dict[str, list[str]] = field(default_factory=lambda: {"added": [], "replaced": [], "unchanged": [], "renamed": [],
                                                               "removed": [], "reread": []})
    failed: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)
    pages: int = 0
    passages: int = 0
    embedded: int = 0

    def report(self, *, documents: int, passages: int, seconds: float, dry_run: bool) -> IngestReport:
        """Return the report of the run, with the size of the index after it."""
        names = {kind: tuple(sorted(found)) for kind, found in self.done.items()}
        return IngestReport(**names, failed=tuple(self.failed), warnings=tuple(self.warnings), documents=documents, passages=passages,
                            pages_read=self.pages, passages_read=self.passages, embedded=self.embedded, seconds=round(seconds, 2),
                            dry_run=dry_run)
