"""The door for language models: one MCP tool, `ask`, that gives quotations; behind the gate, so its list is not public."""

from typing import TYPE_CHECKING, Any

from ingest.errors import BronvastError
from ui.desk import Desk
from ui.gate import account_of

if TYPE_CHECKING:
    from mcp.server.fastmcp import FastMCP

PATH = "/mcp"


def mcp_door(desk: Desk) -> "FastMCP[Any]":
    """The MCP server over streamable HTTP, without state of its own: each call brings its token."""
    from mcp.server.fastmcp import Context, FastMCP
    from mcp.server.fastmcp.exceptions import ToolError
    from mcp.server.transport_security import TransportSecuritySettings

    # the gate has checked host and origin for every path
    server: FastMCP[Any] = FastMCP("Bronvast", stateless_http=True, json_response=True, streamable_http_path=PATH,
                                   transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False))

    @server.tool(name="ask", description="Ask the policy sources a question, in Dutch or English. Gives verbatim quotations "
                                         "with document, section and page, or says that the sources do not answer.")
    async def ask(question: str, ctx: Context[Any, Any, Any], history: list[str] | None = None) -> dict[str, Any]:
        request = ctx.request_context.request
        account = account_of(request.scope) if request is not None else None
        if account is None:
            raise ToolError("Sign in first.")
        try:
            answer = await desk.ask_soon(account, question, history=history or [], door="mcp")
        except BronvastError as error:
            raise ToolError(str(error)) from None
        return answer.to_json()
    return server
