from concurrent.futures import ThreadPoolExecutor

import anyio
import pytest
from mcp import ClientSession
from mcp.client.streamable_http import streamablehttp_client

from tests.ui.serving import SECRET_WORDS, Running


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
