"""What goes to stdout: JSON, exact text or lines, always UTF-8; everything else goes to stderr."""

import json
import sys
from collections.abc import Mapping


def write_text(text: str) -> None:
    """Write the text exactly, with no newline added and whatever the locale is."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def write_json(value: Mapping[str, object] | list[object]) -> None:
    """Write one JSON value on one line, at once."""
    line = json.dumps(value, ensure_ascii=False)
    try:
        encoded = line.encode()
    except UnicodeEncodeError:  # a lone surrogate has no UTF-8; JSON has an escape for it
        encoded = json.dumps(value).encode()
    sys.stdout.buffer.write(encoded + b"\n")
    sys.stdout.buffer.flush()


def note(text: str) -> None:
    """Write a line for the person at the terminal, on stderr."""
    sys.stderr.write(" ".join(text.encode("utf-8", "backslashreplace").decode().splitlines()) + "\n")
