"""What the page fetches while a language model writes: lines of JSON with HTML, for answers that this user was given."""

from collections.abc import Iterator

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from ui.beside import Beside, page_line
from ui.desk import Desk
from ui.gate import account_of
from ui.shelf import Shelf, Shelved


def generated_router(desk: Desk) -> APIRouter:
    """GET /page/generated: a line for each part that has been checked, the whole at the end, and then kept with the answer."""
    router = APIRouter(prefix="/page", include_in_schema=False)

    @router.get("/generated")
    def generated(request: Request, answer: str = Query(max_length=64)) -> Response:
        account = account_of(request.scope)
        assert account is not None, "the gate lets nobody through without an account"
        asked = desk.keeping.shelf.find_asked(account.name, answer)
        if asked is None or desk.beside is None:
            return JSONResponse({"error": "Not found"}, 404, headers={"Cache-Control": "no-store"})
        lines = _lines(asked, desk.beside, desk.keeping.shelf, (account.name, answer))
        return StreamingResponse(lines, media_type="application/x-ndjson", headers={"Cache-Control": "no-store"})

    return router


def _lines(asked: Shelved, beside: Beside, shelf: Shelf, place: tuple[str, str]) -> Iterator[str]:
    last = asked.answer.generated
    if last is None:
        for last in beside.stream(asked.answer, asked.history):
            yield page_line(asked.answer, last, writing=True)
        if last is not None and last.notice != "busy":
            shelf.join(*place, last)
    if last is not None:
        yield page_line(asked.answer, last, writing=False)
