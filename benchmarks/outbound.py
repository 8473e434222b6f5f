"""Every address that a command and its children connect or send to, as the system sees it; ends with 1 where one is not loopback.

    python -m benchmarks.outbound -- bronvast ask "Welke trends gelden voor Oekraïense vluchtelingen?" --index .bronvast/demo
    python -m benchmarks.outbound --suite tests/eval tests/ui      # pytest over each of these, a row for each
    python -m benchmarks.outbound --demo                           # what `make demo` does, and its page opened and asked in Chromium

Needs strace (Debian's package). Sockets of this machine alone (unix, netlink) are left out; UDP that only looks an address up in
the routing table, without sending, counts too. The browser is no part of Bronvast: its own calls have a column of their own.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

from benchmarks.served import bronvast, environment, free_port

_ADDRESS = re.compile(r'(?:inet_addr\("([0-9.]+)"\)|inet_pton\(AF_INET6, "([0-9a-fA-F:.]+)")')
_CALLS = "connect,sendto,sendmsg,sendmmsg"
_BORN = re.compile(r"^(\d+) +(?:(?:clone3?|v?fork)\(|<\.\.\. (?:clone3?|v?fork) resumed>).* = (\d+)$")
_RUN = re.compile(r'^(\d+) +execve\("([^"]+)"')
_BROWSER = re.compile(r"chrom(e|ium)[^/]*$")  # and not Chroma
_SAMPLES = Path(__file__).resolve().parents[1] / "samples"
_QUESTION = "Welke trends gelden voor Oekraïense vluchtelingen?"


@dataclass(slots=True)
class Calls:
    """The addresses that were called, by the command and by browsers that it started."""

    ours: Counter[str] = field(default_factory=Counter)
    browser: Counter[str] = field(default_factory=Counter)

    @property
    def loopback(self) -> int:
        return sum(count for address, count in (self.ours + self.browser).items() if is_loopback(address))

    @property
    def outside(self) -> dict[str, int]:
        return outside(self.ours)


def outside(found: Counter[str]) -> dict[str, int]:
    """The addresses that are not of this machine alone."""
    return {address: count for address, count in found.items() if not is_loopback(address)}


def calls(lines: Iterable[str]) -> Calls:
    """Count the internet addresses in a trace of strace; a browser is what runs a program of that name, and its children."""
    found, browsers = Calls(), set[str]()
    for line in lines:
        who = line.partition(" ")[0]
        if born := _BORN.match(line):
            browsers |= {born.group(2)} if born.group(1) in browsers else set()
        elif run := _RUN.match(line):
            browsers |= {who} if _BROWSER.search(run.group(2)) else set()
        else:
            (found.browser if who in browsers else found.ours).update(four or six for four, six in _ADDRESS.findall(line))
    return found


def is_loopback(address: str) -> bool:
    """Say whether an address is of this machine alone; `::ffff:127.0.0.1` is."""
    one = ip_address(address)
    return (getattr(one, "ipv4_mapped", None) or one).is_loopback


def traced(command: Sequence[str]) -> tuple[int, str, Calls]:
    """Run a command; return its exit status, the last line that it said and its calls."""
    with tempfile.TemporaryDirectory() as folder:
        trace = Path(folder) / "trace"
        done = subprocess.run(["strace", "-f", "-qq", "-e", f"trace={_CALLS},execve,clone,clone3,fork,vfork", "-e", "signal=none", "-o", str(trace), *command],
                              env=environment(), stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, check=False)
        with trace.open(encoding="utf-8", errors="replace") as lines:
            return done.returncode, (done.stdout.strip().splitlines() or [""])[-1], calls(lines)


def demo(folder: Path) -> list[tuple[str, list[str]]]:
    """The commands of `make demo`, the last with a page that asks."""
    index = ["--index", str(folder / "index")]
    return [("demo: ingest", bronvast(["ingest", str(_SAMPLES / "bloemlezing-p14.pdf"), *index])), ("demo: ask", bronvast(["ask", _QUESTION, *index])),
            ("demo: serve, page opened and asked", [sys.executable, "-m", "benchmarks.outbound", "--page", str(folder)])]


def opened(folder: Path) -> None:
    """Serve the index in the folder, open its page in Chromium and ask."""
    from playwright.sync_api import sync_playwright

    from benchmarks.page import CHROMIUM, QUIET, measured
    from benchmarks.served import wait_ready

    url = f"http://127.0.0.1:{(port := free_port())}"
    process = subprocess.Popen(bronvast(["serve", "--port", str(port), "--index", str(folder / "index")]), env=environment(state=folder / "state"))
    try:
        wait_ready(url, process, 600)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", *QUIET])
            tab = browser.new_page()
            tab.set_default_timeout(300_000)
            measured(tab, url, _QUESTION)
            print(f"{tab.locator('#conversation .turn').count()} answer on the page")
            browser.close()
    finally:
        process.terminate()
        process.wait(60)


def table(rows: Sequence[tuple[str, str, Calls]]) -> str:
    """The commands as a table of Markdown."""
    head = ("command", "ended with", "calls to loopback", "to other addresses", "the browser's own to others")
    shown = [head, ("---",) * len(head), *((name, said, found.loopback, _listed(found.outside), _listed(outside(found.browser))) for name, said, found in rows)]
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in shown)


def _listed(addresses: dict[str, int]) -> str:
    return ", ".join(f"{address} ({count})" for address, count in addresses.items()) or "none"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--suite", nargs="+", default=[], help="folders or files of tests")
    parser.add_argument("--demo", action="store_true")
    parser.add_argument("--page", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    given = parser.parse_args()
    if given.page:
        opened(given.page)
        return 0
    rows: list[tuple[str, str, Calls]] = []
    with tempfile.TemporaryDirectory() as folder:
        command = [part for part in given.command if part != "--"]
        commands = [(part, [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", part]) for part in given.suite]
        for name, one in [*commands, *(demo(Path(folder)) if given.demo else []), *([(" ".join(command), command)] if command else [])]:
            status, last, found = traced(one)
            rows.append((name, f"{status}: {last}" if name in given.suite or "page" in name else str(status), found))
            print(rows[-1][0], rows[-1][1], found.loopback, found.outside, file=sys.stderr, flush=True)
    if not rows:
        parser.error("give --suite, --demo or a command after --")
    print(table(rows))
    return int(any(found.outside for _, _, found in rows))


if __name__ == "__main__":
    sys.exit(main())
