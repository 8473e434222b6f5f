"""A scripted endpoint: a real HTTP server on loopback that answers as it is told, and keeps what it was asked."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from assistant.writing.asking.endpoint import Endpoint
from assistant.writing.writer import Writer, WritingLimits
from tests.ui.fakes import answer, evidence

LIMITS = WritingLimits(seconds=60.0, tokens=300)  # far more than any act takes: no test depends on how fast the machine is
QUOTES = ("Het waterpeil bij Lobith steeg in 2021 met 40 procent.", "De gemeente heeft de dijk niet verhoogd.",
          "Volgens Rijkswaterstaat is er mogelijk schade aan de kade.")
GOOD = "Bij Lobith steeg het waterpeil in 2021 met 40 procent."
Act = Callable[["_Handler", dict], None]


@dataclass
class Script:
    """What the server does, one act for each request, the last one for all that follow."""

    acts: list[Act]
    requests: list[dict] = field(default_factory=list)
    endpoint: Endpoint | None = None
    over: threading.Event = field(default_factory=threading.Event)
    models: tuple[str, ...] = ()

    def data(self, request: int = 0) -> list[dict]:
        """The quotations that stood in a request, with their ids."""
        return quotations(self.requests[request])


class _Handler(BaseHTTPRequestHandler):
    script: Script

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.script.requests.append({**body, "authorization": self.headers.get("Authorization", "")})
        act = self.script.acts[min(len(self.script.requests), len(self.script.acts)) - 1]
        with suppress(BrokenPipeError, ConnectionResetError):
            act(self, body)

    def do_GET(self):
        self.start(200, "application/json")
        self.wfile.write(json.dumps({"data": [{"id": one} for one in self.script.models]}).encode())

    def log_message(self, *_):
        pass

    def start(self, status=200, kind="text/event-stream", **headers):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def event(self, text):
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m",
                 "choices": [{"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": None}]}
        self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
        self.wfile.flush()

    def end(self):
        self.wfile.write(b"data: [DONE]\n\n")


@contextmanager
def scripted(*acts: Act) -> Iterator[Script]:
    script = Script(list(acts))
    handler = type("Handler", (_Handler,), {"script": script})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    script.endpoint = Endpoint(f"http://127.0.0.1:{server.server_port}/v1", "scripted", "geheim")
    try:
        yield script
    finally:
        script.over.set()
        server.shutdown()
        server.server_close()


def quotations(body: dict) -> list[dict]:
    """The quotations in a request, read as a model reads them: between the marks."""
    user = body["messages"][-1]["content"]
    found = []
    for line in user.splitlines():
        with suppress(json.JSONDecodeError):
            value = json.loads(line)
            if isinstance(value, list):
                found += [one for one in value if isinstance(one, dict)]
    return found


def says(*sentences, ids=None, pieces=7) -> Act:
    """Reply with sentences, each resting on these ids (a list, or None: all that were given)."""
    def act(handler, body):
        given = [one["id"] for one in quotations(body)] if ids is None else ids
        handler_says(handler, json.dumps({"sentences": [{"text": one, "ids": given} for one in sentences]}), pieces)
    return act


def raw(text, pieces=7) -> Act:
    return lambda handler, body: handler_says(handler, text, pieces)


def handler_says(handler, text, pieces):
    handler.start()
    for at in range(0, len(text), pieces):
        handler.event(text[at:at + pieces])
    handler.end()


def fails(status, **headers) -> Act:
    def act(handler, body):
        handler.start(status, "application/json", **headers)
        handler.wfile.write(b'{"error": {"message": "SECRET SERVER TEXT"}}')
    return act


def silent(handler, body):
    """Take the request and say nothing for as long as the test lasts."""
    handler.script.over.wait(60)


def trickles(handler, body):
    """One byte at a time, never a whole event: each read succeeds and nothing ever comes."""
    handler.start()
    while not handler.script.over.wait(0.1):
        handler.wfile.write(b":")
        handler.wfile.flush()


def closes(after="") -> Act:
    def act(handler, body):
        if after:  # in chunks of which the last never comes, so that the client knows that something is missing
            handler.protocol_version = "HTTP/1.1"
            handler.start(Transfer_Encoding="chunked")
            event = f'data: {{"choices": [{{"index": 0, "delta": {{"content": {json.dumps(after)}}}}}]}}\n\n'.encode()
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(event), event))
            handler.wfile.flush()
        handler.close_connection = True
        handler.connection.shutdown(2)
    return act


def about(number: int, text: str) -> Act:
    """Reply with one sentence that rests on the quotation of this number."""
    return lambda handler, body: raw(json.dumps({"sentences": [{"text": text, "ids": [quotations(body)[number - 1]["id"]]}]}))(handler, body)


def about_first(text: str) -> Act:
    return about(1, text)


def lobith(*quotes, **changes):
    """An answer with these quotations."""
    given = tuple(evidence(n, quote) for n, quote in enumerate(quotes or QUOTES, 1))
    return answer("Wat is er gebeurd bij Lobith?", **{"evidence": given, **changes})


def written(*acts, to=None, limits=LIMITS, history=()):
    """What a writer makes of these acts, and the script with what it was asked."""
    with scripted(*acts) as script:
        return Writer(script.endpoint, limits).write(to or lobith(), history=history), script
