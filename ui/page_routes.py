"""What the page fetches beside Gradio: pictures of pages, a document to read through, exports, judgements.

Each asks first what the user may see; what is not there and what is not theirs are answered alike.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from assistant.answers import Answer, Language
from index.originals import original_of
from ingest.errors import UnreadableError
from ingest.pictures import page_picture
from ui.accounts import Account
from ui.asking import personal_in
from ui.beside import Beside, page_line
from ui.desk import Desk, seen, still_seen
from ui.document_html import reading_page
from ui.export import Export, csv_of, markdown_of, word_of
from ui.gate import account_of
from ui.keeping import LONGEST_NOTE, Shelf, Shelved, Verdict

PREFIX = "/page"
_MOST_ANSWERS = 60  # in one export; the shelf holds no more
_KINDS = {"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "md": "text/markdown; charset=utf-8",
          "csv": "text/csv; charset=utf-8"}
Kind = Literal["docx", "md", "csv"]


class Judgement(BaseModel):
    """What a user says of an answer."""

    model_config = ConfigDict(extra="forbid")

    answer: str = Field(max_length=64)
    verdict: Verdict
    reasons: list[str] = Field(default_factory=list, max_length=10)
    note: str = Field("", max_length=LONGEST_NOTE)


def page_router(desk: Desk, index: Path) -> APIRouter:
    """GET /page/picture (of a file of this folder of the `index`), /page/read and /page/export, POST /page/feedback; each for the user that the gate found."""
    router = APIRouter(prefix=PREFIX, include_in_schema=False)

    @router.get("/picture")
    def picture(request: Request, doc: str = Query(max_length=2000), page: int = Query(ge=1, le=100_000)) -> Response:
        document = seen(desk, _account(request)).get(doc)
        path = original_of(index, doc, document.sha256) if document and document.words else None
        if document is None or path is None:
            return _nothing()
        try:
            drawn = _drawn(path, document.sha256, page)
        except UnreadableError:
            return _nothing()
        return Response(drawn, media_type="image/png", headers={"Cache-Control": "no-store"})

    @router.get("/read")
    def read(request: Request, doc: str = Query(max_length=2000), start: int = Query(0, ge=0), end: int = Query(0, ge=0),
             language: Language = "nl") -> Response:
        account = _account(request)
        document = seen(desk, account).get(doc)
        if document is None:
            return _nothing()
        desk.audit.write(account.name, "opened", what=doc)
        return HTMLResponse(reading_page(document, (start, end), language), headers={"Cache-Control": "no-store"})

    @router.get("/export")
    def export(request: Request, kind: Kind, answers: str = Query(max_length=20 * _MOST_ANSWERS)) -> Response:
        account = _account(request)
        found = _answers(desk, account, answers.split(",")[:_MOST_ANSWERS])
        if not found:
            return _nothing()
        made = Export.of(found, seen(desk, account))
        desk.audit.write(account.name, "exported", what=kind)
        headers = {"Content-Disposition": f'attachment; filename="bronvast.{kind}"', "Cache-Control": "no-store"}
        return Response(_file(made, kind), media_type=_KINDS[kind], headers=headers)

    @router.post("/feedback")
    def feedback(request: Request, said: Judgement) -> Response:
        account = _account(request)
        asked = desk.keeping.shelf.find_asked(account.name, said.answer)
        if asked is None or desk.keeping.feedback is None:
            return _nothing()
        documents = seen(desk, account).values()
        question, note, *history = [text if not personal_in(text, documents) else "" for text in (asked.answer.question, said.note, *asked.history)]
        desk.keeping.feedback.add(replace(asked.answer, question=question), said.verdict, reasons=said.reasons, note=note, history=history,
                                  filters=asked.filters, key=said.answer)
        return JSONResponse({"kept": True})

    return router


def _file(made: Export, kind: Kind) -> bytes:
    if kind == "docx":
        return word_of(made)
    return (markdown_of(made) if kind == "md" else csv_of(made)).encode("utf-8")


def _answers(desk: Desk, account: Account, keys: list[str]) -> list[Answer]:
    """Return the user's own answers of these names; none when one is not at hand, or quotes what the user may not see any more."""
    found = [answer for key in keys if (answer := desk.keeping.shelf.find(account.name, key)) is not None]
    documents = seen(desk, account)
    return found if len(found) == len(keys) and all(still_seen(answer, documents) for answer in found) else []


@lru_cache(maxsize=32)
def _drawn(path: Path, sha256: str, page: int) -> bytes:
    """Draw a page once; `sha256` tells a changed file of the same path apart."""
    return page_picture(path, page)


def _account(request: Request) -> Account:
    account = account_of(request.scope)
    assert account is not None, "the gate lets nobody through without an account"
    return account


def _nothing() -> JSONResponse:
    return JSONResponse({"error": "Not found"}, 404, headers={"Cache-Control": "no-store"})


def generated_router(desk: Desk) -> APIRouter:
    """GET /page/generated: a line for each part that has been checked, the whole at the end, and then kept with the answer."""
    router = APIRouter(prefix=PREFIX, include_in_schema=False)

    @router.get("/generated")
    def generated(request: Request, answer: str = Query(max_length=64)) -> Response:
        account = _account(request)
        asked = desk.keeping.shelf.find_asked(account.name, answer)
        if asked is None or desk.beside is None:
            return _nothing()
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
