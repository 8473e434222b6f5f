"""Changing the sources from the page: files are kept beside the state, read into the index, or taken out of it."""

import json
import shutil
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from ingest.errors import BronvastError, UsageError
from ui.opening import chroma_of, reading_settings
from ui.settings import Settings
from ui.state_files import write_bytes

if TYPE_CHECKING:
    from index.encoder import Encoder
    from index.ingest_report import IngestReport
    from index.manifest import Entry

MADE_SET = "made-from-feedback.jsonl"  # the question set that the bench makes, see `bench_room`


@dataclass(frozen=True)
class SourceChanges:
    """Adds, replaces and removes documents. One change at a time; files given here are kept in `state/sources`.

    `renew` returns when questions are answered from the sources as they are now.
    """

    settings: Settings
    encoder: "Encoder"
    renew: Callable[[], None] = lambda: None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, given: Path, metadata: Mapping[str, str]) -> "IngestReport":
        """Read one file into the index under its own name; a document of that name is replaced when the new one is whole.

        :raises BronvastError: when the file cannot be read; what was there before is still there.
        """
        from index.originals import note_moved
        from index.update import update

        name = PurePath(given.name).name
        if name.startswith("."):
            raise UsageError(f"{name} is a hidden file: give it another name")
        folder = self.settings.state / "sources"
        trial = folder / ".new" / name
        with self._lock:
            shutil.rmtree(trial.parent, ignore_errors=True)
            trial.parent.mkdir(parents=True, mode=0o700)
            try:
                shutil.copyfile(given, trial)
                _write_sidecar(trial, metadata)
                report = update(self.settings.index, [trial], encoder=self.encoder, reading=reading_settings(self.settings),
                                chroma=chroma_of(self.settings))
                if report.failed:
                    raise BronvastError(report.failed[0][1])
                trial.replace(folder / name)
                _sidecar(folder / name).unlink(missing_ok=True)
                if _sidecar(trial).exists():
                    _sidecar(trial).replace(_sidecar(folder / name))
                note_moved(self.settings.index, name, folder / name)
            finally:
                shutil.rmtree(trial.parent, ignore_errors=True)
        return report

    def remove(self, name: str) -> None:
        """Take a document out of the index, every byte of it, the file that was given here, and what runs quote of it.

        :raises UsageError: when there is no such document.
        """
        with self._lock:
            remove_everywhere(self.settings, [name])


def remove_everywhere(settings: Settings, names: Sequence[str]) -> tuple[str, ...]:
    """Remove documents from the index, and their text from the folder of state: uploaded files, runs that quote them, questions made of them.

    The writer's lock of the index is held for all of it, and the index comes last: as long as it has a document, what was stopped halfway can be
    asked again. All names that went are returned.
    :raises UsageError: when there is no such document, or another process writes to the index; then nothing has been taken away.
    """
    from index.update import remove

    return remove(settings.index, names, chroma=chroma_of(settings), leaving=partial(forget, settings))


def forget(settings: Settings, names: Collection[str], entries: Sequence["Entry"]) -> None:
    """Take what goes out of the index from the folder of state: files of these names that were uploaded, words of these documents."""
    gone = _texts(settings.index, entries)
    for name in names:
        if PurePath(name).name == name:
            for path in (settings.state / "sources" / name, _sidecar(settings.state / "sources" / name)):
                path.unlink(missing_ok=True)
    for run in sorted((settings.state / "runs").glob("*.jsonl*")) if gone else ():  # an interrupted one ends in .partial
        _rewrite(run, lambda line: _without_words(line, gone))
    if gone:
        _rewrite(settings.state / "questions" / MADE_SET, lambda line: None if _quotes(line, gone) else line)


def _texts(index: Path, entries: Sequence["Entry"]) -> dict[str, str]:
    """Return the text of these documents, by the hash of their bytes; nothing for a record that cannot be read."""
    from index.document_file import from_json

    found = {}
    for entry in entries:
        try:
            found[entry.sha256] = from_json((index / "documents" / f"{entry.key}.json").read_text("utf-8")).text
        except (OSError, ValueError, LookupError, TypeError):
            found[entry.sha256] = ""
    return found


def _rewrite(path: Path, change: Callable[[dict[str, Any]], dict[str, Any] | None]) -> None:
    """Change each line of a file of JSON lines, or take it out; a file in which nothing changes is left alone."""
    before = path.read_text("utf-8", "replace").removesuffix("\n").split("\n") if path.exists() else []  # it may be cut off inside a letter
    after = []
    for raw in before:
        try:
            value = json.loads(raw)
        except ValueError:  # a last line that was cut off
            continue
        changed = change(value)
        if changed is not None:
            after.append(raw if changed == json.loads(raw) else json.dumps(changed, ensure_ascii=False))
    if after != before:
        write_bytes(path, "".join(f"{line}\n" for line in after).encode())


def _quotes(question: Mapping[str, Any], gone: Mapping[str, str]) -> bool:
    """Say whether a question asks for words of one of these texts."""
    return any(anchor["quote"] in text for group in question.get("must", []) for anchor in group for text in gone.values())


def _without_words(line: dict[str, Any], gone: Mapping[str, str]) -> dict[str, Any]:
    """Return a line of a run without the words of these documents: quotations, required ones, composed text; places and scores stay."""
    question, answer = line.get("question"), line.get("answer") or {}
    if question:
        question["must"] = [[one for one in group if not any(one["quote"] in text for text in gone.values())] for group in question.get("must", [])]
        question["may"] = [one for one in question.get("may", []) if not any(one["quote"] in text for text in gone.values())]
    for one in [one for kind in ("evidence", "near") for one in answer.get(kind, [])]:
        if one["doc_sha256"] in gone:
            one |= {"quote": "", "context": "", "section": "", "title": "", "why": ""}
            answer["text"] = ""
            answer.pop("generated", None)
        one["also"] = [other for other in one["also"] if other["doc_sha256"] not in gone]
    return line


def _sidecar(path: Path) -> Path:
    return path.with_name(path.name + ".yaml")


def _write_sidecar(path: Path, metadata: Mapping[str, str]) -> None:
    import yaml

    said = {key: value.strip() for key, value in metadata.items() if value.strip()}
    if any("\n" in value for value in said.values()):
        raise UsageError("Title, publisher, date and audience are one line each")
    if said:
        _sidecar(path).write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
