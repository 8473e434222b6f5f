"""How Bronvast grows: `benchmarks.scale` at several sizes, each part in a process of its own, as a table and a picture.

    python -m benchmarks.scale_growth PASSAGES.jsonl.gz QUESTIONS.jsonl... --lines 1350 3300 6600 13200
    python -m benchmarks.scale_growth --draw docs/pictures/growth.svg --work FOLDER     # the table and the picture of what was measured

A size is a number of lines of the file; Bronvast cuts them finer. What was measured is kept as lines of JSON in the work folder.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.scale import Report
from benchmarks.served import environment

_WIDTH, _HEIGHT, _LEFT, _BELOW = 640, 300, 60, 40
_SERIES = (("read_p50_ms", "with reading", "#1d4ed8"), ("plain_p50_ms", "without reading", "#b45309"),
           ("llama_index_p50_ms", "llama-index, ten nearest", "#4b5563"))


def measure(source: Path, questions: Sequence[Path], lines: int, work: Path, *, rounds: int, parts: Sequence[str]) -> Report:
    """Measure one size; return what the parts printed, as one report."""
    report: Report = {"lines": lines}
    for part in parts:
        command = [sys.executable, "-m", "benchmarks.scale", str(source), *map(str, questions), "--passages", str(lines), "--work", str(work),
                   "--rounds", str(rounds), "--only", part]
        said = subprocess.run(command, capture_output=True, text=True, env=environment(), check=True).stdout
        found = json.loads(said.strip().splitlines()[-1])
        report |= {f"{part}_{name}" if name == "peak_mb" else name: value for name, value in found.items()}
        print(json.dumps(found), file=sys.stderr, flush=True)
    return report


def measured(kept: Path) -> list[Report]:
    """What was measured, the latest of each part of each size, in order of size."""
    sizes: dict[int, Report] = {}
    for line in kept.read_text("utf-8").splitlines():
        one = json.loads(line)
        sizes[one["lines"]] = sizes.get(one["lines"], {}) | one
    return [sizes[lines] for lines in sorted(sizes)]


def table(reports: Sequence[Report]) -> str:
    """The sizes as a table of Markdown."""
    head = ("passages", "ingest, vectors given: by the clock / by processor time", "disk: records / Chroma / words", "memory",
            "with reading: p50 / p95, processor p50", "without: p50 / p95, processor p50", "llama-index: p50 / p95", "ratio of p50s")
    rows = [(f"{one['passages']:,}", _rate(one), _disk(one), f"{float(str(one['memory_mb'])) / 1000:.1f} GB",
             f"{_pair(one, 'read')}, {_ms(one, 'read_cpu_p50_ms')} ms", f"{_pair(one, 'plain')}, {_ms(one, 'plain_cpu_p50_ms')} ms",
             _pair(one, "llama_index"), f"{_ratio(one, 'read'):.1f} / {_ratio(one, 'plain'):.1f}") for one in reports]
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, ("---",) * len(head), *rows))


def _rate(one: Report) -> str:
    return f"{one.get('passages_per_s', '-')} / {one.get('passages_per_cpu_s', '-')} a second"


def _ms(one: Report, name: str) -> str:
    return f"{float(str(one[name])):.0f}"


def _pair(one: Report, name: str) -> str:
    return f"{_ms(one, f'{name}_p50_ms')} / {_ms(one, f'{name}_p95_ms')} ms"


def _ratio(one: Report, name: str) -> float:
    return float(str(one[f"{name}_p50_ms"])) / float(str(one["llama_index_p50_ms"]))


def _disk(one: Report) -> str:
    disk = one.get("disk_mb")
    return f"{disk['documents']:.0f} / {disk['chroma']:.0f} / {float(str(one['words_mb'])):.0f} MB" if isinstance(disk, dict) else "-"


def drawing(reports: Sequence[Report]) -> str:
    """The medians by size as an SVG."""
    most_ms = max(float(str(one[name])) for one in reports for name, _, _ in _SERIES) * 1.1
    most = max(int(str(one["passages"])) for one in reports)

    def place(passages: object, ms: object) -> tuple[float, float]:
        return (_LEFT + (_WIDTH - _LEFT - 170) * float(str(passages)) / most, _HEIGHT - _BELOW - (_HEIGHT - _BELOW - 15) * float(str(ms)) / most_ms)

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" font-size="12" role="img">',
             "<title>Median time of an answer by number of passages</title>", f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>']
    for step in range(0, int(most_ms) + 1, 50 if most_ms < 400 else 100):
        x, y = place(0, step)
        parts.append(f'<path d="M{x} {y:.0f}H{_WIDTH - 165}" stroke="#e5e7eb"/><text x="{x - 6}" y="{y + 4:.0f}" text-anchor="end">{step} ms</text>')
    for one in reports:
        x, y = place(one["passages"], 0)
        parts.append(f'<text x="{x:.0f}" y="{y + 18:.0f}" text-anchor="middle">{one["passages"]:,}</text>')
    for name, label, colour in _SERIES:
        points = [place(one["passages"], one[name]) for one in reports]
        line = " ".join(f"{x:.0f},{y:.0f}" for x, y in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.0f}" cy="{y:.0f}" r="3" fill="{colour}"/>' for x, y in points]
        parts.append(f'<text x="{points[-1][0] + 8:.0f}" y="{points[-1][1] + 4:.0f}" fill="{colour}">{label}</text>')
    x, y = place(most / 2, 0)
    return "\n".join([*parts, f'<text x="{x:.0f}" y="{y + 34:.0f}" text-anchor="middle">passages</text>', "</svg>", ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("source", type=Path, nargs="?")
    parser.add_argument("questions", type=Path, nargs="*")
    parser.add_argument("--lines", type=int, nargs="+", default=[1_350, 3_300, 6_600, 13_200])
    parser.add_argument("--parts", nargs="+", choices=("ingest", "ask", "llama"), default=["ingest", "ask", "llama"])
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--work", type=Path, default=Path("/tmp/bronvast-scale"))
    parser.add_argument("--draw", type=Path, help="the SVG to write")
    given = parser.parse_args()
    kept = given.work / "growth.jsonl"
    for lines in given.lines if given.source else []:
        report = measure(given.source, given.questions, lines, given.work, rounds=given.rounds, parts=given.parts)
        with kept.open("a", encoding="utf-8") as file:
            file.write(json.dumps(report) + "\n")
    reports = measured(kept)
    whole = [one for one in reports if "read_p50_ms" in one and "llama_index_p50_ms" in one]
    if whole:
        print(table(whole))
        if given.draw:
            given.draw.write_text(drawing(whole), encoding="utf-8")


if __name__ == "__main__":
    main()
