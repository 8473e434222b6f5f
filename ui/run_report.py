"""A run as one HTML file: what the means are, the curves, and every question, the misses first. Nothing in it is fetched."""

import json
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from eval.measures.means import Mean
from eval.questions import LANGUAGES
from eval.run_files import RunLine, SavedRun, read_run
from eval.summaries import Summary, summarise
from ui.generated_report import generated_part

_EXPLAINED = {
    "recall": "share of the required quotations that were given", "precision": "share of the quotations given that are right",
    "f1": "recall and precision in one figure", "hit@1": "the first quotation is right", "hit@3": "a right one is among the first three",
    "nDCG@10": "quality of the ranking (retrieval)", "answered": "questions that were answered",
    "false_answers": "unanswerable questions that were answered (lower is better)",
    "false_refusals": "answerable questions that were refused (lower is better)", "verbatim": "quotations that are the source, letter for letter",
    "placed": "quotations whose place is right", "guard_violations": "quotations that lost what qualifies them",
    "calibration_error": "how far probabilities are from how often they are right", "risk_area": "errors among the questions answered first",
    "generated_shown": "texts of the language model that passed its checks and were shown beside the answer",
    "generated_dropped": "texts of the language model that failed the checks (lower is better)",
    "generated_notices": "answers beside which the language model failed or had nothing left (lower is better)",
    "language_gap": "English less Dutch, on paired questions"}
_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}
table{border-collapse:collapse;margin:1rem 0}th,td{padding:.25rem .75rem;text-align:left;border-bottom:1px solid #ccc;vertical-align:top}
td.n{text-align:right;font-variant-numeric:tabular-nums}article{border-left:4px solid #767676;padding:.25rem 1rem;margin:1.5rem 0}
article.miss{border-color:#b3261e}blockquote{margin:.25rem 0;padding-left:.75rem;border-left:2px solid #ccc}
h3{margin:.25rem 0;font-size:1.05rem}figure{display:inline-block;margin:1rem 2rem 1rem 0}p.about{color:#555}dt{font-weight:600}dd{margin:0 0 .5rem}
"""
_SIDE = 260  # pixels of a curve


def write_report(run: Path, target: Path) -> None:
    """Write the report of a run's file. Raises UsageError where the run cannot be read, OSError where the target cannot be written."""
    saved = read_run(run)
    summary = summarise(saved.scored)
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("w", encoding="utf-8") as file:
        file.write(_opening(saved, summary))
        for missed in (True, False):
            for line in saved.lines():
                if is_miss(line) == missed:
                    file.write(_question(line, missed=missed))
        file.write("</main></body></html>\n")


def is_miss(line: RunLine) -> bool:
    """Say whether a question was not answered as it should be: refused, answered falsely, incomplete, or with a wrong quotation."""
    values = line.scored.values
    worst = (values.get("recall", 1.0), values.get("precision", 1.0), 1 - values.get("false_answers", 0.0), values.get("verbatim", 1.0))
    return bool(line.scored.error) or min(worst) < 1


def _opening(saved: SavedRun, summary: Summary) -> str:
    header = saved.header
    settled = json.dumps(header.settings, ensure_ascii=False, indent=1)
    about = {"Question set": f"{header.set_name} ({header.set_hash})", "Questions scored": f"{summary.questions} of {header.questions}",
             "Index": header.index_hash, "Settings": header.settings_hash, "Model": header.model,
             "Language model": json.dumps(header.language_model, ensure_ascii=False) if header.language_model else "none",
             "Versions": ", ".join(f"{name} {version}" for name, version in header.versions.items())}
    state = "" if saved.complete else "<p><strong>This run was stopped before its end.</strong></p>"
    return (f'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>Bronvast: {escape(header.set_name)}</title><style>{_STYLE}</style></head><body><main>"
            f"<h1>Evaluation of {escape(header.set_name)}</h1>{state}{_in_words(summary)}"
            f"<h2>Measures</h2>{_means(summary)}<h2>By kind of question</h2>{_kinds(summary)}<h2>Curves</h2>{_curves(summary)}"
            f"<h2>What was run</h2><dl>{''.join(f'<dt>{escape(name)}</dt><dd>{escape(value)}</dd>' for name, value in about.items())}</dl>"
            f"<details><summary>All settings</summary><pre>{escape(settled)}</pre></details>"
            "<h2>Questions</h2><p>Those that went wrong come first.</p>")


def _in_words(summary: Summary) -> str:
    """Return the result as a manager reads it."""
    said = []
    for name, words in (("recall", "of the required quotations were given"), ("precision", "of the quotations given are right"),
                        ("false_refusals", "of the answerable questions were refused"),
                        ("false_answers", "of the questions without an answer in the sources were answered all the same"),
                        ("verbatim", "of the quotations shown are the source, letter for letter")):
        mean = summary.means.get(name)
        if mean is not None and mean.value is not None:
            said.append(f"<li>{100 * mean.value:.0f}% {words} ({mean.n} questions)</li>")
    return f"<ul>{''.join(said)}</ul>"


def _means(summary: Summary) -> str:
    languages = [name for name in LANGUAGES if name in summary.slices]
    rows = [(name, _EXPLAINED.get(name, ""), _figure(mean), str(mean.n), *(_figure(summary.slices[one].get(name)) for one in languages))
            for name, mean in {**summary.means, **summary.times}.items() if mean.value is not None]
    return _table(("measure", "meaning", "all", "questions", *languages), rows, numbers=2)


def _kinds(summary: Summary) -> str:
    names = ("recall", "precision", "hit@1", "hit@3", "false_refusals", "false_answers")
    rows = [(kind, str(means["answered"].n), *(_figure(means.get(name)) for name in names))
            for kind, means in summary.slices.items() if kind not in LANGUAGES]
    return _table(("kind", "questions", *names), rows, numbers=1)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: int) -> str:
    """Return a table whose cells are figures from column `numbers` on."""
    body = "".join("<tr>" + "".join(f"<td{' class=n' if place >= numbers else ''}>{escape(cell)}</td>" for place, cell in enumerate(row)) + "</tr>"
                   for row in rows)
    return f"<table><thead><tr>{''.join(f'<th scope=col>{escape(head)}</th>' for head in heads)}</tr></thead><tbody>{body}</tbody></table>"


def _figure(mean: Mean | None) -> str:
    return "" if mean is None or mean.value is None else f"{mean.value:.3f}"


def _curves(summary: Summary) -> str:
    risk = [(one.coverage, one.risk) for one in summary.curve]
    bins = [(one.score, one.right) for one in summary.bins]
    return (_curve("Risk and coverage", "share of questions answered, the surest first", "share answered wrongly", risk, diagonal=False)
            + _curve("Reliability", "probability given", "share that is right", bins, diagonal=True))


def _curve(title: str, across: str, up: str, points: Sequence[tuple[float, float]], *, diagonal: bool) -> str:
    """Return a curve in the unit square as a picture with its points in words for who cannot see it."""
    if not points:
        return ""
    placed = [(40 + x * _SIDE, 10 + (1 - y) * _SIDE) for x, y in points]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="#154273"/>' for x, y in placed) if diagonal else ""
    straight = f'<path d="M40 {10 + _SIDE}L{40 + _SIDE} 10" stroke="#767676" stroke-dasharray="4"/>' if diagonal else ""
    ticks = "".join(f'<text x="{40 + share * _SIDE}" y="{28 + _SIDE}" text-anchor="middle">{share:g}</text>'
                    f'<text x="34" y="{14 + (1 - share) * _SIDE}" text-anchor="end">{share:g}</text>' for share in (0, 0.5, 1))
    told = "; ".join(f"{x:.2f}: {y:.2f}" for x, y in points[:: max(1, len(points) // 10)])
    return (f'<figure><svg role="img" aria-label="{escape(title)}: {told}" width="{_SIDE + 70}" height="{_SIDE + 60}" font-size="12" fill="none">'
            f'<path d="M40 10V{10 + _SIDE}H{40 + _SIDE}" stroke="#1b1b1b"/>{straight}<polyline points="{line}" stroke="#154273" stroke-width="2"/>{dots}'
            f'<g fill="#1b1b1b">{ticks}<text x="{40 + _SIDE / 2}" y="{48 + _SIDE}" text-anchor="middle">{escape(across)}</text></g></svg>'
            f"<figcaption>{escape(title)}: {escape(up)}</figcaption></figure>")


def _question(line: RunLine, *, missed: bool) -> str:
    asked, answer = line.question, line.answer or {}
    required = "".join("<li>" + " or ".join(f"<blockquote>{escape(one['quote'])}</blockquote>" for one in group) + "</li>" for group in asked["must"])
    expected = f"<ul>{required}</ul>" if asked["answerable"] else "<p>No answer: the sources do not hold one.</p>"
    scores = ", ".join(f"{name} {value:.2f}" for name, value in line.scored.values.items() if name in _EXPLAINED)
    failed = f"<p>Failed: {escape(line.scored.error)}</p>" if line.scored.error else ""
    return (f'<article class="{"miss" if missed else "right"}"><h3>{escape(str(asked["question"]))}</h3>'
            f'<p class="about">{escape(str(asked["id"]))}, {escape(str(asked["kind"]))}, {escape(str(asked["language"]))}: '
            f"{'went wrong' if missed else 'right'}; {escape(line.scored.status)}</p>{failed}"
            f"<h4>Expected</h4>{expected}<h4>Given</h4>{_quotations(answer.get('evidence', ()))}"
            f"<h4>Near misses</h4>{_quotations(answer.get('near', ()))}{generated_part(answer)}<p class=\"about\">{escape(scores)}</p></article>\n")


def _quotations(quotations: Iterable[Mapping[str, Any]]) -> str:
    shown = "".join(f"<li><blockquote>{escape(one['quote'])}</blockquote><span class=\"about\">{escape(str(one.get('title') or one.get('doc', '')))} "
                    f"{escape(str(one.get('section', '')))}, score {float(one.get('score', 0)):.2f}</span></li>" for one in quotations)
    return f"<ol>{shown}</ol>" if shown else "<p>None.</p>"
