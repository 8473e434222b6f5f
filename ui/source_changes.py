"""Changing the sources from the page: files are kept beside the state, read into the index, or taken out of it."""

import shutil
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from ingest.errors import BronvastError, UsageError
from ui.opening import reading_settings
from ui.originals import Originals
from ui.settings import Settings
from ui.stores import chroma_of

if TYPE_CHECKING:
    from index.encoder import Encoder
    from index.ingest_report import IngestReport


@dataclass(frozen=True)
class SourceChanges:
    """Adds, replaces and removes documents. One change at a time; files given here are kept in `state/sources`.

    `renew` returns when questions are answered from the sources as they are now.
    """

    settings: Settings
    encoder: "Encoder"
    originals: Originals
    renew: Callable[[], None] = lambda: None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, given: Path, metadata: Mapping[str, str]) -> "IngestReport":
        """Read one file into the index under its own name; a document of that name is replaced when the new one is whole.

        :raises BronvastError: when the file cannot be read; what was there before is still there.
        """
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
            finally:
                shutil.rmtree(trial.parent, ignore_errors=True)
            self.originals.note([folder / name])
        return report

    def remove(self, name: str) -> None:
        """Take a document out of the index, every byte of it, and the file that was given here.

        :raises UsageError: when there is no such document.
        """
        from index.update import remove

        with self._lock:
            remove(self.settings.index, [name], chroma=chroma_of(self.settings))
            if PurePath(name).name == name:
                for path in (self.settings.state / "sources" / name, _sidecar(self.settings.state / "sources" / name)):
                    path.unlink(missing_ok=True)


def _sidecar(path: Path) -> Path:
    return path.with_name(path.name + ".yaml")


def _write_sidecar(path: Path, metadata: Mapping[str, str]) -> None:
    import yaml

    said = {key: value.strip() for key, value in metadata.items() if value.strip()}
    if any("\n" in value for value in said.values()):
        raise UsageError("Title, publisher, date and audience are one line each")
    if said:
        _sidecar(path).write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
