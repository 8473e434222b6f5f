"""The folder of what can be made again: the unpacked model."""

import os
from pathlib import Path


def cache_folder() -> Path:
    """The user's cache: BRONVAST_CACHE where it is set, else `bronvast` in XDG_CACHE_HOME or in ~/.cache."""
    own = os.environ.get("BRONVAST_CACHE")
    return Path(own) if own else Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "bronvast"
