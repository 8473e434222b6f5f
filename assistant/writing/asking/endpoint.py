"""An OpenAI-compatible endpoint, through llama-index: pieces of a reply until it ends, the tokens are used up, or time is.

The only module that knows llama-index's language models, the OpenAI client and HTTP. The request runs in a thread of its
own, so that no server, however slowly it trickles, holds a caller beyond the deadline.
"""

import queue
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from assistant.writing.asking.failures import ModelFailedError
from assistant.writing.asking.prompts import Prompt
from ingest.errors import UsageError

if TYPE_CHECKING:
    import httpx

CONNECT_S = 5.0
_CHARACTERS_PER_TOKEN = 8  # more than any tokenizer needs for Dutch or English: beyond it the server has ignored max_tokens
_BYTES_PER_TOKEN, _BYTES_AROUND = 2_000, 200_000  # a chunk of the API around a token has some 300 bytes
_SHORT_WAIT_S = 0.5
_LONGEST_WAIT_S = 3.0
_REFUSES_SCHEMA = (400, 404, 415, 422, 500, 501)  # what servers answer to a response_format that they do not know


class Model(Protocol):
    """What writes: a name for the record, and pieces of a reply."""

    @property
    def name(self) -> str:
        """The name that runs and readers see."""
        ...

    def stream(self, prompt: Prompt, *, response_format: Mapping[str, object] | None, tokens: int, deadline: float) -> Iterator[str]:
        """Give the reply in pieces, at most `tokens` long and not beyond `deadline` (of `time.monotonic`).

        :raises ModelFailedError: for anything that goes wrong, also half-way.
        """
        ...


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model answers: base address (with /v1 where the server has it), model name, key, and tokens of context."""

    address: str
    model: str
    key: str = field(default="", repr=False)
    context: int = 4096

    def __post_init__(self) -> None:
        if not self.address.startswith(("http://", "https://")) or len(self.address.split()) != 1:
            raise UsageError("llm_endpoint must be an http or https address, such as http://127.0.0.1:11434/v1")
        if not self.model:
            raise UsageError("llm_endpoint is set but llm_model is not: name the model that the endpoint serves")

    @property
    def name(self) -> str:
        """The model's name."""
        return self.model

    @property
    def base(self) -> str:
        """The address without a stroke at its end, to which a path is added."""
        return self.address.rstrip("/")

    def stream(self, prompt: Prompt, *, response_format: Mapping[str, object] | None, tokens: int, deadline: float) -> Iterator[str]:
        """Give the reply in pieces; see `Model.stream`."""
        request = _Request(self, prompt, response_format, tokens, deadline)
        return request.pieces()


@dataclass
class _Request:
    """One request in its thread: what has arrived stands in a queue, None marks the end."""

    endpoint: Endpoint
    prompt: Prompt
    response_format: Mapping[str, object] | None
    tokens: int
    deadline: float
    _arrived: "queue.Queue[str | None]" = field(default_factory=queue.Queue)
    _stopped: threading.Event = field(default_factory=threading.Event)
    _failure: ModelFailedError | None = None

    def pieces(self) -> Iterator[str]:
        threading.Thread(target=self._run, name="bronvast-model", daemon=True).start()
        characters = count = 0
        try:
            while (piece := self._next()) is not None:
                count, characters = count + 1, characters + len(piece)
                yield piece
                if count > 2 * self.tokens or characters > _CHARACTERS_PER_TOKEN * self.tokens:
                    raise ModelFailedError("cut", "the model went on beyond its budget of tokens")
            if self._failure is not None:
                raise self._failure
        finally:
            self._stopped.set()

    def _next(self) -> str | None:
        try:
            return self._arrived.get(timeout=max(0.0, self.deadline - time.monotonic()))
        except queue.Empty:
            raise ModelFailedError("timeout", "the model did not answer within its budget of seconds") from None

    def _run(self) -> None:
        import httpx
        import openai

        from assistant.writing.asking.bounded_replies import BoundedTransport, Bounds

        self._failure = ModelFailedError("unreadable", "the reply is not that of a chat model", again_after_s=_SHORT_WAIT_S)
        try:
            verify = ssl.create_default_context() if self.endpoint.address.startswith("https://") else False
            # no proxy and no redirect: the question goes to the address that the administrator set and nowhere else
            timeout = httpx.Timeout(max(0.1, self.deadline - time.monotonic()), connect=CONNECT_S)
            bounds = Bounds(self.deadline, _BYTES_AROUND + _BYTES_PER_TOKEN * self.tokens, self._stopped.is_set)
            with httpx.Client(trust_env=False, follow_redirects=False, timeout=timeout, transport=BoundedTransport(bounds, verify=verify)) as client:
                self._receive(client, timeout)
            self._failure = None
        except ModelFailedError as failure:
            self._failure = failure
        except (openai.OpenAIError, httpx.HTTPError, httpx.InvalidURL) as error:
            self._failure = _failure(error, with_schema=self.response_format is not None)
        except (ValueError, TypeError, AttributeError, LookupError, RecursionError):
            pass  # a reply of another form than the API's: `_failure` says so already
        except OSError:
            self._failure = ModelFailedError("unreachable", "the connection failed", again_after_s=_SHORT_WAIT_S)
        finally:
            self._arrived.put(None)

    def _receive(self, client: "httpx.Client", timeout: "httpx.Timeout") -> None:
        from llama_index.core.base.llms.types import ChatMessage, MessageRole
        from llama_index.llms.openai_like import OpenAILike

        server = OpenAILike(
            model=self.endpoint.model, api_base=self.endpoint.base, api_key=self.endpoint.key or "none", is_chat_model=True,
            context_window=self.endpoint.context, max_tokens=self.tokens, temperature=0.0, max_retries=0,
            timeout=timeout.read or CONNECT_S, http_client=client)
        messages = [ChatMessage(role=MessageRole.SYSTEM, content=self.prompt.system),
                    ChatMessage(role=MessageRole.USER, content=self.prompt.user)]
        wanted: dict[str, Any] = {"response_format": self.response_format} if self.response_format else {}
        for part in server.stream_chat(messages, **wanted):
            if self._stopped.is_set():
                return
            if part.delta:
                self._arrived.put(part.delta)


def _failure(error: Exception, *, with_schema: bool) -> ModelFailedError:
    """Turn an error of the client into the notice that it comes to, without anything that the server wrote."""
    import httpx
    import openai

    if isinstance(error, (openai.APITimeoutError, httpx.ReadTimeout, httpx.WriteTimeout)):
        if isinstance(error.__cause__, httpx.ConnectTimeout):
            return ModelFailedError("unreachable", "no connection within 5 seconds")
        return ModelFailedError("timeout", "the model did not answer within its budget of seconds")
    if isinstance(error, openai.RateLimitError):
        return ModelFailedError("busy", "the server answered 429, too many requests", again_after_s=_wait(error.response.headers))
    if isinstance(error, openai.APIStatusError):
        status = error.status_code
        again = _SHORT_WAIT_S if status >= 500 or (with_schema and status in _REFUSES_SCHEMA) else None
        return ModelFailedError("server_error" if status >= 500 else "refused", f"the server answered {status}", again_after_s=again,
                                schema_refused=with_schema and status in _REFUSES_SCHEMA)
    if isinstance(error, (openai.APIConnectionError, httpx.TransportError)):
        return ModelFailedError("unreachable", "the connection failed", again_after_s=_SHORT_WAIT_S)
    return ModelFailedError("unreadable", "the reply is not that of a chat model", again_after_s=_SHORT_WAIT_S)


def _wait(headers: Mapping[str, str]) -> float | None:
    """Return how long to wait after a 429, None when the server asks for longer than a reader would wait."""
    try:
        asked = float(headers.get("retry-after", _SHORT_WAIT_S))
    except ValueError:
        asked = _SHORT_WAIT_S
    return max(asked, 0.0) if asked <= _LONGEST_WAIT_S else None
