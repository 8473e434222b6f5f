"""The doors for programs, with a real client each."""

import json
from concurrent.futures import ThreadPoolExecutor

import anyio
import pytest
from mcp import ClientSession
from mcp.client.streamable_http import streamablehttp_client

from ingest.errors import BronvastError
from tests.ui.serving import SECRET_WORDS, Running


def test_the_answer_is_the_json_of_the_contract(served: Running):
    with served.bearer("anna") as program:
        said = program.post("/api/ask", json={"question": "Wat?", "id": "x1", "history": ["Eerder?"]})
    value = said.json()
    assert said.status_code == 200 and value["id"] == "x1"
    assert {"status", "text", "evidence", "near", "scope", "timing_ms"} <= set(value)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b'{"question": 3}', b'{"question": "x", "other": 1}',
                                  b'{"question": "x", "history": "y"}', b'{"question": null}', b"\xff\xfe", b"[" * 100_000,
                                  b'{"question": "x", "filters": [["a"]]}', b'{"question": "x", "id": {}}'])
def test_wrong_bodies_are_422_with_one_line(served: Running, body: bytes):
    with served.bearer("anna") as program:
        said = program.post("/api/ask", content=body, headers={"Content-Type": "application/json"})
    assert said.status_code in (400, 422), said.text
    assert list(said.json()) == ["error"] and "\n" not in said.json()["error"] and "Traceback" not in said.text


def test_a_question_of_100_000_characters_is_refused_at_once(served: Running):
    with served.bearer("anna") as program:
        said = program.post("/api/ask", json={"question": "a" * 100_000})
    assert said.status_code == 422 and "2000" in said.json()["error"]


@pytest.mark.parametrize("question", ["wat \x00 nu", "wat \ud800 nu", "\u202e?", "<script>alert(1)</script>", "x" * 2000])
def test_odd_questions_are_asked_all_the_same(served: Running, question: str):
    with served.bearer("anna") as program:
        body = json.dumps({"question": question}).encode()
        said = program.post("/api/ask", content=body, headers={"Content-Type": "application/json"})
    assert said.status_code == 200 or (said.status_code == 422 and "\ud800" in question), said.text


def test_a_body_that_is_too_large_is_413(served: Running):
    with served.bearer("anna") as program:
        said = program.post("/api/ask", content=b'{"question": "' + b"x" * 9_000_000 + b'"}')
    assert said.status_code == 413


def test_the_description_names_the_token_and_the_errors(served: Running):
    with served.bearer("anna") as program:
        described = program.get("/api/openapi.json").json()
    assert list(described["paths"]) == ["/api/ask", "/api/ask/stream"]
    assert described["security"] == [{"token": []}]
    assert {"200", "401", "422", "429"} <= set(described["paths"]["/api/ask"]["post"]["responses"])


def _session(served: Running, headers: dict[str, str], act):
    async def talk():
        async with (streamablehttp_client(served.url + "/mcp", headers=headers) as (read, write, _),
                    ClientSession(read, write) as session):
            await session.initialize()
            return await act(session)

    with ThreadPoolExecutor(1) as apart:  # the browser tests keep an event loop in the main thread
        return apart.submit(anyio.run, talk).result()


def _token(served: Running, name: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {served.tokens.issue(name, days=1)}"}


def test_a_real_client_lists_and_calls_the_tool(served: Running):
    async def act(session):
        tools = (await session.list_tools()).tools
        return tools, await session.call_tool("ask", {"question": "Wat?"})

    tools, said = _session(served, _token(served, "anna"), act)
    assert [tool.name for tool in tools] == ["ask"]
    assert not said.isError and SECRET_WORDS[0] in said.content[0].text


def test_a_partner_gets_what_a_partner_may_see(served: Running):
    async def act(session):
        return await session.call_tool("ask", {"question": "Wat?"})

    said = _session(served, _token(served, "pim"), act)
    assert "Openbare zin." in said.content[0].text and SECRET_WORDS[0] not in said.content[0].text


def test_without_a_token_not_even_the_list_is_given(served: Running):
    async def act(session):
        return await session.list_tools()

    with pytest.raises(BaseExceptionGroup):
        _session(served, {}, act)
    with served.client() as stranger:
        call = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
        said = stranger.post("/mcp", json=call, headers={"Accept": "application/json, text/event-stream"})
    assert said.status_code == 401 and "ask" not in said.text


def test_a_question_that_is_too_long_is_an_error_of_the_tool_in_one_line(served: Running):
    async def act(session):
        return await session.call_tool("ask", {"question": "a" * 100_000})

    said = _session(served, _token(served, "anna"), act)
    assert said.isError and "2000" in said.content[0].text and "Traceback" not in said.content[0].text


def test_a_program_is_not_told_the_folders_of_the_server(served: Running, monkeypatch):
    def ask(*_given, **_named):
        raise BronvastError("The manifest of /srv/bronvast/index is damaged: see `/srv/bronvast/log`")

    async def act(session):
        return await session.call_tool("ask", {"question": "Wat?"})

    monkeypatch.setattr(served.assistant, "ask", ask)
    with served.bearer("anna") as program:
        said = program.post("/api/ask", json={"question": "Wat?"})
    assert (said.status_code, said.json()) == (503, {"error": "The manifest of index is damaged: see `log`"})
    assert "/srv" not in _session(served, _token(served, "anna"), act).content[0].text
