"""The Chroma server that the settings name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.settings import Settings

if TYPE_CHECKING:
    from index.chroma_server import ChromaServer


def chroma_of(settings: Settings) -> ChromaServer | None:
    """The Chroma server with its token, or None for Chroma in this process."""
    if not settings.chroma_server:
        return None
    from index.chroma_server import ChromaServer

    return ChromaServer(settings.chroma_server, settings.chroma_token.get_secret_value(), settings.chroma_wait_s)
