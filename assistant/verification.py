"""Proves the quotations of a saved answer against the original files: each is read again, and the words must stand there."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from assistant.answers import Answer, Evidence, Place
from ingest.documents import Document
from ingest.reading import ReadingSettings
from ingest.sources import SIDECARS, SourceFile, metadata_of
from ingest.worker import read_all

Outcome = Literal["proven", "gone", "changed", "unreadable", "altered", "moved", "misplaced"]


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of one place of a quotation: `proven`, or why not, in one sentence for the user."""

    n: int
    doc: str
    quote: str
    outcome: Outcome
    reason: str = ""
    file: str = ""
    near: bool = False

    def to_json(self) -> dict[str, object]:
        """The proof as plain values."""
        return asdict(self)


class Originals:
    """The original files: where the index knows them to be, and the files and folders in which they are looked for."""

    def __init__(self, known: Mapping[str, Path], sources: Sequence[Path] = ()) -> None:
        self._known, self._sources = known, tuple(sources)
        self._by_hash: dict[str, Path] | None = None

    def file(self, doc: str, sha256: str) -> Path | None:
        """Return the file of a document: one with the right bytes where there is any, else one of its name."""
        named = [path for path in self._candidates(doc) if path.is_file()]
        right = next((path for path in named if hash_of(path) == sha256), None) or self._elsewhere(sha256)
        return right or next(iter(named), None)

    def _candidates(self, doc: str) -> Iterator[Path]:
        for source in self._sources:
            yield source / doc if source.is_dir() else source
        if doc in self._known:
            yield self._known[doc]

    def _elsewhere(self, sha256: str) -> Path | None:
        """Find a file that was renamed below the folders given, by its bytes."""
        if self._by_hash is None:
            files = [file for source in self._sources if source.is_dir() for file in sorted(source.rglob("*"))]
            self._by_hash = {hash_of(file): file for file in reversed(files) if file.is_file() and file.suffix not in SIDECARS}
        return self._by_hash.get(sha256)


def verify(answer: Answer, originals: Originals, *, settings: ReadingSettings | None = None) -> tuple[Proof, ...]:
    """Prove every quotation of an answer, near misses and further places too, in their order.

    A quotation is proven when the file has the bytes that it had, and, read anew, has exactly these words from `start`
    to `end`, in the section and on the page that the answer names.
    """
    asked = [(one, place, near) for near, group in ((False, answer.evidence), (True, answer.near))
             for one in group for place in (one.place, *one.also)]
    files = {key: originals.file(*key) for key in dict.fromkeys((place.doc, place.doc_sha256) for _, place, _ in asked)}
    read = _read({path for path in files.values() if path is not None}, settings or ReadingSettings())
    return tuple(_proof(one, place, near, files[place.doc, place.doc_sha256], read) for one, place, near in asked)


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes; the empty string when it may not be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _read(files: set[Path], settings: ReadingSettings) -> dict[Path, Document | str]:
    """Read files anew, in a worker with the limits of an ingest; a text is the reason why one could not be read."""
    sources = [SourceFile(path, path.name, hash_of(path), metadata_of(path)) for path in sorted(files)]
    return {source.path: outcome for source, outcome in read_all(sources, settings, workers=1)} if sources else {}


def _proof(one: Evidence, place: Place, near: bool, path: Path | None, read: Mapping[Path, Document | str]) -> Proof:
    outcome, reason = _outcome(one.quote, place, path, read)
    return Proof(one.n, place.doc, one.quote, outcome, reason, str(path or ""), near)


def _outcome(quote: str, place: Place, path: Path | None, read: Mapping[Path, Document | str]) -> tuple[Outcome, str]:
    if path is None:
        return "gone", f"the file of {place.doc} is not where it was: say with --sources in which folder it is now"
    document = read[path]
    if isinstance(document, str):
        return "unreadable", f"{path} cannot be read any more: {document}"
    stands = place.start >= 0 and document.text[place.start:place.end] == quote
    if document.sha256 != place.doc_sha256:
        words = "the same words still stand there" if quote and quote in document.text else "these words no longer stand in it"
        return "changed", f"{path} has changed since the answer was given; {words}"
    if not quote or quote not in document.text:
        return "altered", f"{path} does not have these words"
    if not stands:
        at = document.text.find(quote)
        return "moved", f"{path} has these words at {at} to {at + len(quote)}, not at {place.start} to {place.end}"
    return _placed(place, document, path)


def _placed(place: Place, document: Document, path: Path) -> tuple[Outcome, str]:
    """Compare the section with those of the passages at the place, and the page with those on which its words stand."""
    pages = document.pages_of(place.start, place.end)
    there = [(passage.section, page) for passage in document.passages
             if passage.start < place.end and place.start < passage.end for page in pages or (passage.page,)]
    if (place.section, place.page) in there or not there:
        return "proven", ""
    section, page = there[0]
    where = f"section {section!r}" + (f", page {page}" if page is not None else "")
    said = f"section {place.section!r}" + (f", page {place.page}" if place.page is not None else "")
    return "misplaced", f"{path} has these words in {where}, not in {said}"
