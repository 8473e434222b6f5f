"""Finds the files to read below the given paths, and what their sidecars say: `NAME.yaml` beside a file, or an entry in `bronnen.yaml`.

Both may end in `.yml` too.
"""

import hashlib
import os
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest.errors import UsageError

SIDECARS = (".yaml", ".yml")
REGISTER_KEYS = ("text", "date", "source", "theme", "target_group", "region")
_KEYS = frozenset({"title", "publisher", "published", "audience", "classification", *REGISTER_KEYS})
_FOLDER_FILES = tuple(f"bronnen{end}" for end in SIDECARS)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read: where it is, its name relative to the folder that was given, the SHA-256 of its bytes, and what its
    sidecar says of it."""

    path: Path
    doc: str
    sha256: str
    metadata: Mapping[str, str] = field(default_factory=dict)


def find_sources(paths: Sequence[Path], *, index: Path | None = None) -> tuple[SourceFile, ...]:
    """Return the files below the paths in the order of their names; sidecars and hidden files are not sources.

    A file given by itself is named by its last part, one in a folder by its path below that folder. The files of an `index`
    that stands in such a folder are not sources. Raises UsageError for a path that does not exist, and for two files of one name.
    """
    found: dict[str, Path] = {}
    own = index.resolve() if index else None
    for path in paths:
        if not path.exists():
            raise UsageError(f"There is no file or folder {path}")
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                inside = file.relative_to(path)
                hidden = any(part.startswith(".") for part in inside.parts)
                if file.is_file() and not hidden and not _is_sidecar(file) and own not in file.resolve().parents:
                    _add(found, inside.as_posix(), file)
        else:
            _add(found, path.name, path)
    sidecars = {folder: _sidecars(folder) for folder in {file.parent for file in found.values()}}
    return tuple(SourceFile(file, name, _hash(file), _metadata(file, sidecars[file.parent])) for name, file in sorted(found.items()))


def _add(found: dict[str, Path], name: str, file: Path) -> None:
    """Note a file under its name; two files of one name could not be told apart in a quotation."""
    other = found.setdefault(name, file)
    if not other.samefile(file):
        raise UsageError(f"{other} and {file} would both be named {name}: give the folder above them")


def _hash(path: Path) -> str:
    """Hash a file; one that may not be read gets a hash of its own, so that its reader can name it with the reason."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except PermissionError:
        return hashlib.sha256(str(path).encode()).hexdigest()


def metadata_of(path: Path) -> Mapping[str, str]:
    """Return the metadata of a file; its own sidecar wins over the folder's.

    Names are the same whichever way their accents are written. Raises UsageError for an unknown key, and for what cannot be read.
    """
    return _metadata(path, _sidecars(path.parent))


def _sidecars(folder: Path) -> Mapping[str, Path]:
    """Return the sidecars in a folder by their plain names."""
    return {_plain(one.name): one for one in folder.iterdir() if _is_sidecar(one)}


def _metadata(path: Path, sidecars: Mapping[str, Path]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for folder_file in (sidecars[name] for name in _FOLDER_FILES if name in sidecars):
        entries = {_plain(str(name)): entry for name, entry in _read(folder_file).items()}
        found |= _checked(entries.get(_plain(path.name), {}), folder_file)
    for name in (path.name, path.stem):
        for end in SIDECARS:
            own = sidecars.get(_plain(name + end))
            if own and own != path and _plain(own.name) not in _FOLDER_FILES:
                return found | _checked(_read(own), own)
    return found


def unreadable_folders(paths: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """Yield each folder below the paths that may not be looked into, by its name, "." for one of the paths itself, with the reason."""
    for path in (one for one in paths if one.is_dir()):
        for folder in (path, *(one for one in sorted(path.rglob("*")) if one.is_dir())):
            if not os.access(folder, os.R_OK | os.X_OK):
                yield folder.relative_to(path).as_posix(), "is a folder that may not be looked into: its files were not read"


def passed_over(paths: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """Yield each link below the paths that is not followed, with what to do: to a folder, or to nothing."""
    for folder in (path for path in paths if path.is_dir()):
        for link in (one for one in sorted(folder.rglob("*")) if one.is_symlink() and not one.is_file()):
            inside = link.relative_to(folder)
            if not any(part.startswith(".") for part in inside.parts):
                yield inside.as_posix(), ("is a link to a folder, which is not followed: give that folder too" if link.is_dir()
                                          else "is a link to nothing: mend it or take it away")


def _is_sidecar(path: Path) -> bool:
    return path.suffix.casefold() in SIDECARS


def _plain(name: str) -> str:
    """Return a name with its accents written one way, its ending in small letters: "café.YAML" as macOS and Windows have it."""
    stem, dot, end = unicodedata.normalize("NFC", name).rpartition(".")
    return f"{stem}{dot}{end.casefold() if f'.{end.casefold()}' in SIDECARS else end}"


def of_no_file(paths: Sequence[Path]) -> Iterator[tuple[str, str]]:
    """Yield each sidecar below the paths that belongs to no file, and each such entry of `bronnen.yaml`, with what is wrong: a name may be mistyped."""
    for folder in (path for path in paths if path.is_dir()):
        for sidecar in (one for one in sorted(folder.rglob("*")) if _is_sidecar(one)):
            name = sidecar.relative_to(folder).as_posix()
            if any(part.startswith(".") for part in Path(name).parts):
                continue
            beside = [one for one in sidecar.parent.iterdir() if not _is_sidecar(one)]
            if _plain(sidecar.name) in _FOLDER_FILES:
                there = {_plain(one.name) for one in beside}
                yield from ((name, f"says something of {key}, and there is no such file") for key in _read(sidecar) if _plain(str(key)) not in there)
            elif _plain(sidecar.stem) not in {_plain(part) for one in beside for part in (one.name, one.stem)}:
                yield name, f"belongs to no file: give it the name of its file, with {sidecar.suffix} behind it"


def _read(path: Path) -> dict[str, object]:
    import yaml

    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (yaml.YAMLError, ValueError) as error:
        raise UsageError(f"{path} is not YAML: {str(error).splitlines()[0]}") from error
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    if not isinstance(content, dict):
        raise UsageError(f"{path} must hold keys with values, such as `title: ...`")
    return content


def _checked(entry: object, path: Path) -> dict[str, str]:
    if not isinstance(entry, dict):
        raise UsageError(f"{path} must hold keys with values for each file")
    unknown = sorted(str(key) for key in entry if key not in _KEYS)
    if unknown:
        raise UsageError(f"{path} has unknown keys {', '.join(unknown)}; known are {', '.join(sorted(_KEYS))}")
    said = {key: ",".join("" if part is None else str(part) for part in value) if isinstance(value, list) else str(value)
            for key, value in entry.items() if value is not None}
    if "audience" in entry and not all(name.strip() for name in said.get("audience", "").split(",")):
        raise UsageError(f"{path} gives an empty audience: name who may see the document, or leave the line out if everyone may")
    return said
