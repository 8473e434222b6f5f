"""What goes to stdout: JSON, exact text or lines, always UTF-8; everything else goes to stderr."""

import json
import sys
from collections.abc import Mapping


def write_text(text: str) -> None:
    """Write the text exactly, with no newline added and whatever the locale is."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def json_bytes(value: Mapping[str, object] | list[object]) -> bytes:
    """The value as JSON in UTF-8; a lone surrogate, which has no UTF-8, as the escape that JSON has for it."""
    try:
        return json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(value).encode()


def write_json(value: Mapping[str, object] | list[object]) -> None:
    """Write one JSON value on one line, at once."""
    sys.stdout.flush()
    sys.stdout.buffer.write(json_bytes(value) + b"\n")
    sys.stdout.buffer.flush()


def note(text: str) -> None:
    """Write a line for the person at the terminal, on stderr."""
    sys.stderr.write(" ".join(text.encode("utf-8", "backslashreplace").decode().splitlines()) + "\n")
