"""The doors for programs: the same `ask` as an HTTP endpoint with its description, and as an MCP tool."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from assistant.answers import Answer
from ingest.errors import BronvastError
from ui.command_line import json_bytes
from ui.desk import Desk
from ui.gate import account_of
from ui.reasons import without_folders

if TYPE_CHECKING:
    from mcp.server.fastmcp import FastMCP


# counted before cleaning; the settings hold the limit that counts, and 100,000 characters must be a clear "no", not a hang
Text = Annotated[str, StringConstraints(max_length=100_000)]
MCP_PATH = "/mcp"


class AskBody(BaseModel):
    """What can be asked. Unknown fields are refused, so that a typing error does not pass as a default."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [
        {"question": "Welke trends gelden voor Oekraïense vluchtelingen?", "history": []}]})

    question: Text = Field(description="The question, in Dutch or English")
    history: list[Text] = Field(default_factory=list, max_length=100, description="Earlier questions, oldest first")
    id: Annotated[str, StringConstraints(max_length=200)] = Field("", description="Comes back in the answer")
    filters: list[tuple[Text, Text]] | None = Field(
        None, description="Name and value of properties; replaces the filters read from the question")
    audiences: list[Text] | None = Field(None, description="Narrows what is searched; cannot widen what the token may see")


class ErrorBody(BaseModel):
    """Why there is no answer, in one line."""

    error: str


def answer_lines(desk: Desk, answer: Answer, history: Sequence[str]) -> Iterator[bytes]:
    """Give the answer as a line of JSON, then a line for each part that the model adds, the whole at the end."""
    yield json_bytes(answer.to_json()) + b"\n"
    if desk.beside is None:
        return
    last = None
    for last in desk.beside.stream(answer, history):
        yield json_bytes({"generated": last.to_json(), "writing": True}) + b"\n"
    if last is not None:
        yield json_bytes({"generated": last.to_json(), "writing": False}) + b"\n"


def api_router(desk: Desk) -> APIRouter:
    """The routes below /api."""
    router = APIRouter(prefix="/api")
    problems: dict[int | str, dict[str, Any]] = {
        status: {"model": ErrorBody, "description": meaning} for status, meaning in (
            (401, "No valid token"), (413, "Too large"), (422, "Wrong use"), (429, "Too busy: Retry-After says how long"),
            (503, "A failure: the line says which"))}

    @router.post("/ask", responses=problems, response_class=JSONResponse, summary="One answer with its quotations")
    async def ask(body: AskBody, request: Request) -> Response:
        """Answer one question from the passages that the token's user may see; the answer as `bronvast ask --json`."""
        account = account_of(request.scope)
        assert account is not None  # the gate lets nobody else through
        answer = await desk.ask_soon(account, body.question, history=body.history, id=body.id, filters=body.filters,
                                     audiences=None if body.audiences is None else frozenset(body.audiences))
        return Response(json_bytes(answer.to_json()), media_type="application/json")

    @router.post("/ask/stream", responses=problems, response_class=StreamingResponse,
                 summary="One answer at once, then what a language model adds")
    async def ask_stream(body: AskBody, request: Request) -> Response:
        """Answer as /api/ask does on the first line; each further line has `generated`, checked so far, where a model is set."""
        account = account_of(request.scope)
        assert account is not None  # the gate lets nobody else through
        answer = await desk.ask_soon(account, body.question, history=body.history, id=body.id, filters=body.filters,
                                     audiences=None if body.audiences is None else frozenset(body.audiences))
        return StreamingResponse(answer_lines(desk, answer, body.history), media_type="application/x-ndjson")

    @router.get("/openapi.json", include_in_schema=False)
    def description() -> dict[str, Any]:
        schema = get_openapi(title="Bronvast", version="1", routes=router.routes,
                             description="Answers with the sentences of the sources themselves.")
        schema["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        schema["security"] = [{"token": []}]
        return schema

    return router


def mcp_door(desk: Desk) -> "FastMCP[Any]":
    """The MCP server over streamable HTTP, without state of its own: each call brings its token."""
    from mcp.server.fastmcp import Context, FastMCP
    from mcp.server.fastmcp.exceptions import ToolError
    from mcp.server.transport_security import TransportSecuritySettings

    # the gate has checked host and origin for every path
    server: FastMCP[Any] = FastMCP("Bronvast", stateless_http=True, json_response=True, streamable_http_path=MCP_PATH,
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
            raise ToolError(without_folders(error)) from None
        return answer.to_json()
    return server
