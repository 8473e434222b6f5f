"""What a watchdog asks: is the process alive, can it answer, and how busy has it been."""

from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from ui.gate import account_of
from ui.measures import CONTENT_TYPE, Measures


def probe_router(measures: Measures, ready: Callable[[], bool]) -> APIRouter:
    """GET /health, /ready and, for the beheerder, /metrics. None of them says anything about the sources."""
    router = APIRouter(include_in_schema=False)

    @router.get("/health")
    def health() -> PlainTextResponse:
        return PlainTextResponse("ok")

    @router.get("/ready")
    def readiness() -> PlainTextResponse:
        return PlainTextResponse("ok") if ready() else PlainTextResponse("not ready", 503, {"Retry-After": "5"})

    @router.get("/metrics")
    def metrics(request: Request) -> Response:
        account = account_of(request.scope)
        if account is None or not account.manages:
            return JSONResponse({"error": "For the beheerder only."}, 403)
        return Response(measures.text(), media_type=CONTENT_TYPE)

    return router
