"""The web server: the page and the doors for programs, behind one gate."""

import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import anyio
import anyio.to_thread
from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from starlette.exceptions import HTTPException

from ingest.errors import BronvastError, UsageError
from ui.desk import Desk
from ui.doors import MCP_PATH, api_router, mcp_door
from ui.gate import Gate, Keys, account_of
from ui.gradio_gate import GradioGate
from ui.limits import BusyError, Pace
from ui.monitoring import CONTENT_TYPE, Measures
from ui.oidc import outside_routes
from ui.page_routes import PREFIX as PAGE_PREFIX
from ui.page_routes import generated_router, page_router
from ui.reasons import without_folders
from ui.settings import Settings
from ui.sign_in import SignIn, sign_in_router
from ui.uploads import Uploads

if TYPE_CHECKING:
    from gradio import Blocks


OWN_PATHS = ("/sign-in", "/sign-out", "/health", "/ready", "/metrics", "/api", MCP_PATH, PAGE_PREFIX)
# one question is some ten events of the page: the steps that stream, the cards that open
_EVENTS_A_QUESTION = 10
_SWEEP_EVERY_S = 3600.0


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


@dataclass(frozen=True, slots=True)
class Server:
    """What uvicorn runs (`gate`), the application behind it, whose routes can be listed, and the desk that it asks."""

    gate: Gate
    app: FastAPI
    desk: Desk


def build_server(settings: Settings, desk: Desk, *, page: "Callable[[], Blocks] | None", signing: SignIn | None,
                 keys: Keys | None, ready: Callable[[], bool] = lambda: True) -> Server:
    """Put page and doors together. `signing` and `keys` are None where signing in is off."""
    door = mcp_door(desk)
    mcp_app = door.streamable_http_app()

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with door.session_manager.run(), anyio.create_task_group() as tasks:
            tasks.start_soon(_sweep_often, desk)
            yield
            tasks.cancel_scope.cancel()

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    _say_errors(app)
    app.include_router(probe_router(desk.measures, ready))
    app.include_router(api_router(desk))
    app.router.routes.extend(mcp_app.routes)
    if signing is not None:
        app.include_router(sign_in_router(signing))
        if signing.outside:
            app.router.routes.extend(outside_routes(settings, signing))
    if page is not None:
        app.include_router(page_router(desk, settings.index))
        app.include_router(generated_router(desk))
        _mount(app, page(), settings)
    uploads = Uploads(_upload_folder() if page is not None else settings.state / "uploads", int(settings.upload_mb * 1e6))
    gradio = GradioGate(uploads, Pace(settings.requests_per_minute * _EVENTS_A_QUESTION), own_paths=OWN_PATHS)
    return Server(Gate(app, keys=keys, gradio=gradio, measures=desk.measures), app, desk)


async def _sweep_often(desk: Desk) -> None:
    """Delete what is past its time, each hour; what cannot be done now is done the next time."""
    while True:
        await anyio.sleep(_SWEEP_EVERY_S)
        for sweep in (desk.keeping.sweep, desk.audit.sweep):
            try:
                await anyio.to_thread.run_sync(sweep)
            except (OSError, BronvastError) as error:
                logging.getLogger(__name__).warning("what is past its time could not be deleted: %s", type(error).__name__)


def _upload_folder() -> Path:
    from gradio.utils import get_upload_folder

    return Path(get_upload_folder())


def _mount(app: FastAPI, page: "Blocks", settings: Settings) -> None:
    import gradio

    def user(request: Request) -> str | None:
        account = account_of(request.scope)
        return account.name if account else None

    page.queue(max_size=settings.waiting_questions + settings.concurrent_questions,
               default_concurrency_limit=max(4, 2 * settings.concurrent_questions))
    look = getattr(page, "bronvast_look", {})
    gradio.mount_gradio_app(app, page, path="/", auth_dependency=user, footer_links=[], run_history=False, show_error=False,
                            max_file_size=int(settings.upload_mb * 1e6), enable_monitoring=False, mcp_server=False,
                            ssr_mode=False, pwa=False, **look)
    page.has_launched = True  # which mounting does not say; without it Gradio takes any path of the machine from an event


def _say_errors(app: FastAPI) -> None:
    """Answer errors with one line each, and nothing of what was asked or where things lie on the server."""
    @app.exception_handler(BusyError)
    async def busy(_: Request, error: BusyError) -> JSONResponse:
        return JSONResponse({"error": str(error)}, 429, {"Retry-After": str(error.retry_after)})

    @app.exception_handler(UsageError)
    async def wrong_use(_: Request, error: UsageError) -> JSONResponse:
        return JSONResponse({"error": without_folders(error)}, 422)

    @app.exception_handler(BronvastError)
    async def failed(_: Request, error: BronvastError) -> JSONResponse:
        return JSONResponse({"error": without_folders(error)}, 503)

    @app.exception_handler(HTTPException)
    async def refused(_: Request, error: HTTPException) -> JSONResponse:
        return JSONResponse({"error": str(error.detail)}, error.status_code, dict(error.headers or {}))

    @app.exception_handler(RequestValidationError)
    async def not_valid(_: Request, error: RequestValidationError) -> JSONResponse:
        wrong = "; ".join(f"{'.'.join(str(part) for part in one['loc'][1:]) or 'body'}: {one['msg']}" for one in error.errors())
        return JSONResponse({"error": " ".join(wrong.encode("utf-8", "replace").decode().split())}, 422)  # a field's name may hold line ends
