"""Whether an endpoint can be used as it is set: address, key, model, size of context, time; the first thing wrong, in one line.

It sends two requests of its own text, one short and one that fills the context; nothing of the sources.
"""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.writing.asking.endpoint import CONNECT_S, Endpoint
from index.finding import Finding

if TYPE_CHECKING:
    import httpx

_SAMPLE = "De gemeente heeft in 2021 de dijk bij Lobith niet verhoogd, omdat volgens de provincie het geld mogelijk ontbreekt. "
_SHORT = 6  # samples, about 700 characters: enough to see how many characters this model has to a token
_LEFT = 60  # tokens around the text: the marks of a chat and the reply
_READ = 0.8  # of the expected tokens; a server that cuts the text off reads fewer
_MOST_NAMES, _LONGEST = 6, 200


def examine_endpoint(endpoint: Endpoint, *, seconds: float) -> Finding | None:
    """Return what is wrong with an endpoint, or None; waits `seconds` for each of its two replies."""
    import httpx

    with httpx.Client(trust_env=False, follow_redirects=False, timeout=httpx.Timeout(seconds, connect=CONNECT_S)) as client:
        try:
            short = _chat(client, endpoint, _SAMPLE * _SHORT)
        except httpx.TimeoutException as error:
            return _no_time(endpoint, "a short question", seconds) if not isinstance(error, httpx.ConnectTimeout) else _nobody(endpoint)
        except (httpx.HTTPError, httpx.InvalidURL, OSError):
            return _nobody(endpoint)
        wrong = _refusal(client, endpoint, short)
        if wrong is not None or not short.tokens:
            return wrong
        repeated = int((endpoint.context - _LEFT) / short.tokens * _SHORT)
        try:
            full = _chat(client, endpoint, _SAMPLE * max(repeated, 1))
        except httpx.TimeoutException:
            return _no_time(endpoint, f"{endpoint.context} tokens", seconds)
        except (httpx.HTTPError, OSError):
            return _nobody(endpoint)
        expected = short.tokens * repeated / _SHORT
        if full.status != 200 or (full.tokens and full.tokens < _READ * expected):
            return Finding("llm_context", f"the server does not read the {endpoint.context} tokens that are set",
                           f"lower llm_context, or raise it at the server (Ollama num_ctx, llama.cpp -c, vLLM --max-model-len){full.said}")
    return None


@dataclass(frozen=True, slots=True)
class _Reply:
    """The status of a reply, the tokens that the server read (0: it does not say), and what it says is wrong."""

    status: int
    tokens: int
    said: str
    is_chat: bool


def _chat(client: "httpx.Client", endpoint: Endpoint, text: str) -> _Reply:
    """Ask for one token beside a text."""
    body = {"model": endpoint.model, "max_tokens": 1, "temperature": 0.0, "messages": [{"role": "user", "content": text}]}
    reply = client.post(f"{endpoint.base}/chat/completions", json=body, headers=_headers(endpoint))
    value = _object(reply)
    usage = value.get("usage")
    tokens = usage.get("prompt_tokens") if isinstance(usage, Mapping) else None
    return _Reply(reply.status_code, tokens if isinstance(tokens, int) else 0, _said(value), isinstance(value.get("choices"), list))


def _refusal(client: "httpx.Client", endpoint: Endpoint, reply: _Reply) -> Finding | None:
    """Return what a reply to the short question says is wrong."""
    if reply.status in (401, 403):
        return Finding("llm_key", f"the server refuses the key ({reply.status})", "set BRONVAST_LLM_KEY to a key that it knows")
    if reply.status == 429:
        return Finding("llm_endpoint", "the server has too many requests (429)", f"try again later{reply.said}")
    if reply.status >= 500:
        return Finding("llm_endpoint", f"the server reports an error ({reply.status})", f"see its own log{reply.said}")
    if reply.status in (400, 404, 422):
        served = _served(client, endpoint)
        names_model = any(word in reply.said.casefold() for word in ("model", "deployment"))
        if served and endpoint.model not in served or not served and names_model:
            known = f"it serves {', '.join(served[:_MOST_NAMES])}" if served else "ask its administrator for the name"
            return Finding("llm_model", f"the server does not know {endpoint.model!r}", f"{known}{reply.said if not served else ''}")
    if reply.status == 404 or 300 <= reply.status < 400:
        return Finding("llm_endpoint", f"{endpoint.base} is not the base address ({reply.status})", "that of most servers ends in /v1")
    if reply.status != 200:
        return Finding("llm_endpoint", f"the server refuses the request ({reply.status})", f"see its own log{reply.said}")
    if not reply.is_chat:
        return Finding("llm_endpoint", f"what answers at {endpoint.base} is not OpenAI-compatible", "that of most servers ends in /v1")
    return None


def _served(client: "httpx.Client", endpoint: Endpoint) -> list[str]:
    """Return the names of the models that a server lists, none where it does not."""
    import httpx

    try:
        listed = _object(client.get(f"{endpoint.base}/models", headers=_headers(endpoint))).get("data")
    except httpx.HTTPError:
        return []
    return [_plain(one["id"]) for one in listed if isinstance(one, Mapping) and isinstance(one.get("id"), str)] if isinstance(listed, list) else []


def _headers(endpoint: Endpoint) -> dict[str, str]:
    return {"Authorization": f"Bearer {endpoint.key or 'none'}"}


def _object(reply: "httpx.Response") -> Mapping[str, Any]:
    try:
        value = reply.json()
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError):
        return {}
    return value if isinstance(value, Mapping) else {}


def _said(value: Mapping[str, Any]) -> str:
    """Return the server's own word for what is wrong, as far as it is short text, to stand behind a sentence."""
    error = value.get("error", value.get("message", ""))
    text = error.get("message", "") if isinstance(error, Mapping) else error
    return f" (it says: {_plain(text)})" if isinstance(text, str) and text else ""


def _plain(text: str) -> str:
    """Return text that cannot steer a terminal, on one line."""
    return " ".join("".join(" " if unicodedata.category(one)[0] == "C" else one for one in text).split())[:_LONGEST]


def _nobody(endpoint: Endpoint) -> Finding:
    return Finding("llm_endpoint", f"nobody answers at {endpoint.base}", "start the server, or correct the address")


def _no_time(endpoint: Endpoint, what: str, seconds: float) -> Finding:
    return Finding("llm_seconds", f"{endpoint.model} does not read {what} within {seconds:g} seconds",
                   "raise llm_seconds, lower llm_context, or take a smaller model")
