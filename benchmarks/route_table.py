"""Asks every route of a running server without a user, as a reader, as a partner, and with a partner's token; prints the table of docs/routes.md.

    python -m benchmarks.route_table > docs/routes.md

A cell holds the status, and "leak" where an answer to someone who may not see it holds a word of a document that is not theirs.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import httpx

from tests.ui.serving import SECRET_WORDS, running
from tests.ui.test_page_rights import Index
from tests.ui.test_rights import every_route
from ui.gate import OPEN_PATHS
from ui.page import build_page

HEAD = """# Every route of the server

Made by `python -m benchmarks.route_table > docs/routes.md`, with two documents of which a partner may see one. Gradio's own routes are in it; what the
page does not use is closed (404) to everyone. 401: sign in first. 422: the request asks for nothing that exists. A session, event or file of one user is
404 for another (`tests/ui/test_rights.py`). Routes open without a user: {open}.

| method | path | nobody | reader | partner | partner's token |
|---|---|---|---|---|---|"""


SECRET = f"{SECRET_WORDS[0]}.txt"
# what of these routes needs a document to be answered at all: one that a partner may see, one that a partner may not, and none
AIMED = [("GET", f"/page/{what}doc={doc}") for what in ("read?", "picture?page=1&") for doc in ("open.txt", SECRET, "nergens.txt")]


def cell(client: httpx.Client, method: str, path: str, *, may_see: bool) -> str:
    """Return the status of a request, and whether it tells what it must not."""
    said = client.request(method, path, json={"question": "Wat?"} if method == "POST" else None)
    return f"{said.status_code}{'' if may_see or not any(word in said.text for word in SECRET_WORDS) else ' leak'}"


def main() -> int:
    """Print the table; the exit status is 1 when anything leaks."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    leaks = 0
    with (tempfile.TemporaryDirectory() as folder, running(Path(folder), build_page=build_page, index=Index(), requests_per_minute=10_000) as one,
          one.client() as nobody, one.client("anna") as reader, one.client("pim") as partner, one.bearer("pim") as program):
        print(HEAD.format(open=", ".join(f"`{path}`" for path in sorted(OPEN_PATHS))))
        for method, path in [*every_route(one.server.app.routes), *AIMED]:
            if "heartbeat" in path or path == "/sign-out":  # the one never ends, the other ends the session
                continue
            cells = [cell(client, method, path, may_see=client is reader) for client in (nobody, reader, partner, program)]
            leaks += sum("leak" in one for one in cells)
            print(f"| {method} | `{path}` | {' | '.join(cells)} |")
        print(f"\n{leaks} leaks.")
    return 1 if leaks else 0


if __name__ == "__main__":
    sys.exit(main())
