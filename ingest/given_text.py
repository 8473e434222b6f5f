"""Text that a user gives to a command: a file, or `-` for the standard input."""

import sys
from pathlib import Path

from ingest.errors import UsageError


def given_text(path: Path, *, save_as: str = "UTF-8") -> str:
    """Read UTF-8 text, with or without a byte order mark. Raises UsageError, which tells to save it as `save_as`, where it is none."""
    try:
        return (sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()).decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path} is not UTF-8 text: save it as {save_as}") from None
