"""The file of terms that an administrator may put in the place of the bundled one."""

from functools import lru_cache
from pathlib import Path

from ingest.errors import UsageError


@lru_cache(maxsize=8)
def term_text(path: str) -> str:
    """Return the text of a file of terms, with or without a mark of its encoding (BOM).

    It is read once in a process, so that what answers are made with and the hash that they carry are of the same text.
    :raises UsageError: when it cannot be read, or is not UTF-8.
    """
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[:error.start].count(b"\n") + 1
        raise UsageError(f"{path}, line {line}: not UTF-8; save it as UTF-8") from None
    except OSError as error:
        raise UsageError(f"the file of terms {path} cannot be read: {error.strerror}") from None
    except ValueError:
        raise UsageError(f"the file of terms {path!r} cannot be read: that is no path") from None
