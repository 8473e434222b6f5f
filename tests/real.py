"""The bundled model for tests: one for each worker, for loading it takes seconds."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from assistant.assistant import Assistant
from assistant.settings import AssistantSettings
from index.bundled import BundledEncoder, bundled_encoder
from index.source_index import SourceIndex
from index.update import update


@lru_cache(maxsize=1)
def real_encoder() -> BundledEncoder:
    """Return the encoder that all tests of a worker share."""
    return bundled_encoder()


def real_assistant(folder: Path, texts: Mapping[str, str]) -> Assistant:
    """Return an assistant over some texts, by the names of their files, which are written in a folder."""
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    encoder = real_encoder()
    update(folder / "index", [folder / name for name in sorted(texts)], encoder=encoder)
    return Assistant(SourceIndex.open(folder / "index", encoder=encoder), encoder, AssistantSettings())
