"""Opens the parts that a command needs, as late as possible: their libraries take seconds to import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.errors import UsageError
from ui.settings import Settings

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from index.encoder import Encoder
    from index.source_index import SourceIndex


def open_encoder(settings: Settings) -> Encoder:
    """The embedding model that the settings name: the bundled one, or any sentence-transformers name or folder."""
    from index.bundled import bundled_encoder

    if settings.embedding_model:
        raise UsageError("embedding_model: only the bundled model can be used in this version")
    return bundled_encoder(settings.cache)


def open_index(settings: Settings) -> SourceIndex:
    """The index of the settings, for reading."""
    from index.source_index import SourceIndex

    return SourceIndex.open(settings.index, encoder=open_encoder(settings))


def open_assistant(settings: Settings) -> Assistant:
    """The assistant over the index of the settings."""
    from assistant.assistant import Assistant

    encoder = open_encoder(settings)
    from index.source_index import SourceIndex

    return Assistant(SourceIndex.open(settings.index, encoder=encoder), encoder, settings.answering)
