"""Opens the parts that a command needs, as late as possible: their libraries take seconds to import."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from ingest.errors import UsageError
from ui.settings import Settings

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.writing.asking.endpoint import Endpoint
    from assistant.writing.writer import Writer
    from index.chroma_server import ChromaServer
    from index.cross_encoder import CrossEncoder
    from index.encoder import Encoder, SentenceEncoder
    from index.source_index import SourceIndex
    from ingest.reading import ReadingSettings
    from ui.beside import Beside


def open_encoder(settings: Settings) -> SentenceEncoder:
    """The embedding model that the settings name: the bundled one, or any sentence-transformers name or folder."""
    if settings.embedding_model:
        from index.encoder import SentenceEncoder as Model

        return Model(settings.embedding_model)
    from index.bundled import bundled_encoder

    return bundled_encoder(settings.cache)


def reading_settings(settings: Settings, *, ocr: bool | None = None) -> ReadingSettings:
    """How files are read: `ocr` as it is given, else as the settings say.

    :raises UsageError: when text recognition is wanted and its extra, tesseract or a language is not installed.
    """
    from ingest.ocr import check_ocr
    from ingest.reading import SCAN_SECONDS, ReadingSettings

    wanted = settings.ocr if ocr is None else ocr
    if not wanted:
        return ReadingSettings()
    check_ocr()
    return ReadingSettings(ocr=True, seconds=SCAN_SECONDS)


def open_index(settings: Settings, encoder: Encoder | None = None) -> SourceIndex:
    """The index of the settings, for reading."""
    from index.source_index import SourceIndex

    check_there(settings)
    return SourceIndex.open(settings.index, encoder=encoder or open_encoder(settings))


def open_assistant(settings: Settings, encoder: Encoder | None = None) -> Assistant:
    """The assistant over the index of the settings; `encoder` where the model has been loaded already."""
    check_there(settings)
    from assistant.assistant import Assistant

    encoder = encoder or open_encoder(settings)
    return Assistant(open_index(settings, encoder), encoder, settings.answering, reranker=_reranker(settings))


def _reranker(settings: Settings) -> CrossEncoder | None:
    """The CrossEncoder that the settings name, if they do."""
    from index.cross_encoder import NamedCrossEncoder

    return NamedCrossEncoder(settings.answering.reranker) if settings.answering.reranker else None


def open_endpoint(settings: Settings) -> Endpoint | None:
    """The endpoint of the optional language model; None where none is set. Its client is loaded here, not in the seconds of the first answer.

    :raises UsageError: when the settings name one that cannot be right, or its client is not installed.
    """
    if not settings.llm_endpoint:
        return None
    from assistant.writing.asking.endpoint import Endpoint

    try:
        import_module("llama_index.llms.openai_like")
    except ModuleNotFoundError:
        raise UsageError("llm_endpoint is set but its client is not installed: install bronvast[llm]") from None
    return Endpoint(settings.llm_endpoint, settings.llm_model, settings.llm_key.get_secret_value(), settings.llm_context)


def open_writer(settings: Settings) -> Writer | None:
    """The writer beside the answers; None where no language model is set. Nothing is sent before the first answer."""
    endpoint = open_endpoint(settings)
    if endpoint is None:
        return None
    from assistant.bridge import bridge_of
    from assistant.writing.writer import Writer, WritingLimits

    limits = WritingLimits(settings.llm_seconds, settings.llm_tokens, settings.llm_context)
    return Writer(endpoint, limits, bridge=bridge_of(settings.answering.terms))


def wanted_writer(settings: Settings) -> Writer:
    """The writer where a command asks for one. Raises UsageError where none is set."""
    writer = open_writer(settings)
    if writer is None:
        raise UsageError("--model needs a language model: set llm_endpoint and llm_model, see docs/language-model.md")
    return writer


def open_beside(settings: Settings) -> Beside | None:
    """What the server writes beside answers; None where no language model is set."""
    writer = open_writer(settings)
    if writer is None:
        return None
    from ui.beside import Beside

    return Beside(writer, at_once=settings.llm_at_once)


def index_stamp(settings: Settings) -> object:
    """Something that differs when an ingest has changed the index."""
    try:
        status = (settings.index / "manifest.json").stat()
    except FileNotFoundError:
        return None
    return status.st_mtime_ns, status.st_ino, status.st_size


def check_there(settings: Settings) -> None:
    """Say that there is no index before seconds are spent on loading a model."""
    if not settings.index.is_dir():
        raise UsageError(f"there is no index at {settings.index}: make one with `bronvast ingest PATH --index {settings.index}`")


def warm_assistant(settings: Settings, encoder: Encoder) -> Assistant:
    """The assistant after a first question, so that nobody else's question waits for the model (5 s cold, 0.05 s warm)."""
    from index.reader import reader_for

    assistant = open_assistant(settings, encoder)
    assistant.ask("Wat is er gemeld over kinderen?")  # one that is searched and read: "Welke trends zijn er?" is not
    if reader := reader_for(encoder):
        reader.load()  # also for the kind of text that the answer had none of
    return assistant


def chroma_of(settings: Settings) -> ChromaServer | None:
    """The Chroma server with its token, or None for Chroma in this process."""
    if not settings.chroma_server:
        return None
    from index.chroma_server import ChromaServer

    return ChromaServer(settings.chroma_server, settings.chroma_token.get_secret_value(), settings.chroma_wait_s)
