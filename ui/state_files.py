"""Small files of the server's own state: JSON, readable by their owner alone, never half written, one writer."""

import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock

from ingest.errors import BronvastError

OWNER_ONLY = 0o600


@contextmanager
def changing(path: Path) -> Iterator[None]:
    """Hold the right to change the file, across processes, for the time of a read and a write.

    :raises BronvastError: when the disk is full, or the folder may not be written; without its path, because the page says it too.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with FileLock(path.with_name(path.name + ".lock"), timeout=10):
            yield
    except OSError as error:
        reason = error.strerror or "another process holds it"
        raise BronvastError(f"{path.name} cannot be written in the folder of state: {reason}") from error


def read_json(path: Path) -> dict[str, Any]:
    """The mapping in the file; empty when there is no file.

    :raises BronvastError: when the file is not the mapping that was written.
    """
    try:
        value = json.loads(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise BronvastError(f"{path} is damaged: restore it from a backup, or remove it and start again") from None
    if not isinstance(value, dict):
        raise BronvastError(f"{path} is damaged: restore it from a backup, or remove it and start again")
    return value


def write_json_file(path: Path, value: Mapping[str, object]) -> None:
    """Replace the file in one step, readable by its owner alone."""
    write_bytes(path, json.dumps(value, indent=1, ensure_ascii=False).encode())


def write_bytes(path: Path, content: bytes) -> None:
    """Replace the file in one step, readable by its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = path.with_name(f"{path.name}.{secrets.token_hex(4)}.partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def append_line(path: Path, line: bytes) -> None:
    """Add a line to the file, readable by its owner alone, on a line of its own also where a crash or a full disk cut off the last one."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, OWNER_ONLY)
    with os.fdopen(descriptor, "a+b") as file:
        end = file.seek(0, os.SEEK_END)
        file.seek(max(0, end - 1))
        begin = b"\n" if file.read(1) not in (b"", b"\n") else b""
        file.write(begin + line + b"\n")


def lines_since(path: Path, oldest: str) -> Iterator[dict[str, Any]]:
    """Every JSON object of the file whose `at` is not before `oldest`, in their order; a line that is anything else is passed over."""
    for raw in path.read_bytes().splitlines() if path.exists() else ():
        try:
            line = json.loads(raw)
        except ValueError:
            continue
        if isinstance(line, dict) and isinstance(line.get("at"), str) and line["at"] >= oldest:
            yield line


def secret_of(folder: Path) -> bytes:
    """The key of this installation: 32 random bytes, made once, shared by every process on the folder."""
    path = folder / "secret"
    with changing(path):
        if not path.exists():
            write_bytes(path, secrets.token_bytes(32))
        return path.read_bytes()
