"""What a sidecar says of a source: `NAME.yaml` beside a file, or an entry in the folder's `bronnen.yaml`."""

from collections.abc import Mapping
from pathlib import Path

from ingest.errors import UsageError

REGISTER_KEYS = ("text", "date", "source", "theme", "target_group", "region")
KEYS = frozenset({"title", "publisher", "published", "audience", "classification", *REGISTER_KEYS})
FOLDER_FILE = "bronnen.yaml"


def metadata_of(path: Path) -> Mapping[str, str]:
    """Return the metadata of a file; its own sidecar wins over the folder's. Raises UsageError for an unknown key."""
    folder_file = path.parent / FOLDER_FILE
    found: dict[str, str] = {}
    if folder_file.exists():
        entry = _read(folder_file).get(path.name, {})
        found |= _checked(entry, folder_file)
    for own in (path.with_name(path.name + ".yaml"), path.with_suffix(".yaml")):
        if own.exists() and own != path and own.name != FOLDER_FILE:
            return found | _checked(_read(own), own)
    return found


def _read(path: Path) -> dict[str, object]:
    import yaml

    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not YAML: {str(error).splitlines()[0]}") from error
    if not isinstance(content, dict):
        raise UsageError(f"{path} must hold keys with values, such as `title: ...`")
    return content


def _checked(entry: object, path: Path) -> dict[str, str]:
    if not isinstance(entry, dict):
        raise UsageError(f"{path} must hold keys with values for each file")
    unknown = sorted(str(key) for key in entry if key not in KEYS)
    if unknown:
        raise UsageError(f"{path} has unknown keys {', '.join(unknown)}; known are {', '.join(sorted(KEYS))}")
    return {key: ",".join(str(part) for part in value) if isinstance(value, list) else str(value)
            for key, value in entry.items() if value is not None}
