"""What the server counts, in the form of Prometheus, and a line of JSON in its log for each request: numbers and statuses, never content, names or paths."""

import json
import logging
import time
import traceback
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.types import Message, Scope, Send

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
LOG = logging.getLogger("bronvast.requests")
_AREAS = ("sign-in", "sign-out", "health", "ready", "metrics", "api", "mcp", "gradio_api", "assets", "static", "theme.css")


class Measures:
    """The counters of one server, in a registry of its own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.requests = Counter("bronvast_requests", "HTTP requests", ["area", "status"], registry=self._registry)
        self.questions = Counter("bronvast_questions", "Questions by status of the answer", ["door", "status"],
                                 registry=self._registry)
        self.seconds = Histogram("bronvast_answer_seconds", "Time from question to answer", registry=self._registry,
                                 buckets=(0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10, 20))
        self.inside = Gauge("bronvast_questions_inside", "Questions worked on or waiting", registry=self._registry)
        self.busy = Counter("bronvast_refused_busy", "Questions refused because of a limit", registry=self._registry)

    def text(self) -> bytes:
        """Everything counted so far."""
        return generate_latest(self._registry)


class JsonLines(logging.Formatter):
    """Log records as lines of JSON; of an exception only its class, because its text can hold source text."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, object] = {"at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
                                   "level": record.levelname.lower(), "from": record.name}
        fields = getattr(record, "fields", None)
        if isinstance(fields, dict):
            line |= fields
        elif record.exc_info and record.exc_info[0]:
            line |= {"what": "exception", "class": record.exc_info[0].__name__, "where": _where(record)}
        else:
            line["what"] = record.getMessage() if record.name.startswith(("bronvast", "uvicorn.error")) else "message"
        return json.dumps(line, ensure_ascii=False)


def log_all() -> None:
    """Log as lines of JSON what this process would else print on stderr: Gradio prints tracebacks, and warnings, that hold what was asked."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    logging.captureWarnings(True)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    traceback.print_exc = lambda *_given, **_named: logging.getLogger("bronvast.page").exception("an event failed")


def logged(scope: Scope, send: Send, measures: Measures) -> Send:
    """Wrap `send` so that the request is logged and counted when its response begins."""
    started, area = time.perf_counter(), area_of(scope["path"])

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            status = message["status"]
            measures.requests.labels(area, str(status)).inc()
            LOG.info("request", extra={"fields": {"what": "request", "method": scope["method"], "area": area, "status": status,
                                                  "ms": round(1000 * (time.perf_counter() - started), 1)}})
        await send(message)

    return sending


def area_of(path: str) -> str:
    """The part of the server that a path belongs to, from a fixed list: a path itself can hold the name of a document."""
    first = path.lstrip("/").split("/")[0]
    return first if first in _AREAS else "page" if not first else "other"


def _where(record: logging.LogRecord) -> str:
    trace = record.exc_info[2] if record.exc_info else None
    place = ""
    while trace is not None:
        code = trace.tb_frame.f_code
        place, trace = f"{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}", trace.tb_next
    return place
