"""The tables and answers of the bench as HTML; every word of a question, source or person is escaped."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from assistant.answers import Language
from eval.run_files import verdict_of
from ui.evaluation_strings import BENCH, REPORT, decimal, kind_name, measure_name
from ui.judgements import Agreement, Judged
from ui.reasons import reason_in
from ui.strings import PAGE

if TYPE_CHECKING:
    from eval.comparison import Comparison
    from eval.question_sets import QuestionSetError
    from eval.run_files import RunLine

_SHOWN = ("recall", "precision", "f1", "hit@1", "hit@3", "false_answers", "false_refusals", "verbatim")
MOST_ROWS = 500  # a page with more rows is slow to read and to draw; the filters and the report have the rest


def lines_html(lines: Sequence["RunLine"], language: Language) -> str:
    """Return the questions of a run with their outcome and scores, misses first as they are given, and the means."""
    say = BENCH[language]
    rows = [[escape(str(line.question["id"])), f"<bdi>{escape(str(line.question['question']))}</bdi>", escape(str(line.question["language"])),
             escape(kind_name(str(line.question["kind"]), language)), f'<span class="verdict {verdict_of(line)}">{REPORT[language][verdict_of(line)]}</span>',
             *(_number(line.scored.values.get(name), language) for name in _SHOWN[:2])] for line in lines[:MOST_ROWS]]
    heads = ["", say["question"], say["language"], say["kind"], say["verdict"], *(measure_name(name, language) for name in _SHOWN[:2])]
    means = [[measure_name(name, language), _mean([line.scored.values[name] for line in lines if name in line.scored.values], language),
              str(sum(name in line.scored.values for line in lines))] for name in _SHOWN]
    return _table(say["means"], [say["measure"], say["mean"], say["questions"]], means) + _table(say["answers"], heads, rows)


def question_html(line: "RunLine", judged: Sequence[Judged], language: Language, settled: Judged | None = None) -> str:
    """Return one question: what was expected beside what was given, each quotation with its source, and who judged it how."""
    say, asked, answer = BENCH[language], line.question, line.answer or {}
    groups = "".join("<li>" + " / ".join(f"<blockquote>{escape(one['quote'])}</blockquote>" for one in group) + "</li>"
                     for group in asked["must"])
    expected = f"<ul>{groups}</ul>" if asked["answerable"] else f"<p>{say['no_answer']}</p>"
    people = "".join(f"<li>{escape(one.judge)}: {say[one.judgement]}{f' ({escape(one.note)})' if one.note else ''}</li>" for one in judged)
    told = f"<ul>{people}</ul>" if people else f"<p>{say['hidden']}</p>"
    if people and settled is not None:
        note = escape(f": {settled.note}" if settled.note else "")
        told += f"<p><strong>{say['settled']}: {say[settled.judgement]}</strong> ({escape(settled.judge)}{note})</p>"
    failed = f'<p role="alert">{escape(line.scored.error)}</p>' if line.scored.error else ""
    nowhere = "".join(f"<li><blockquote>{escape(one)}</blockquote></li>" for one in line.scored.unfit)
    unfit = f'<div role="alert"><p>{REPORT[language]["why_unfit"]}:</p><ul>{nowhere}</ul></div>' if nowhere else ""
    return (f'<article class="bench-question"><h2><bdi>{escape(str(asked["question"]))}</bdi></h2>'
            f'<p>{say["status"]}: {escape(PAGE[language].get(line.scored.status, line.scored.status))}; {REPORT[language][verdict_of(line)]}</p>{failed}{unfit}'
            f'<div class="side-by-side"><section><h3>{say["expected"]}</h3>{expected}</section>'
            f'<section><h3>{say["given"]}</h3>{_quotations(answer.get("evidence", ()), language)}'
            f'<h3>{say["near"]}</h3>{_quotations(answer.get("near", ()), language)}</section></div>'
            f'<h3>{say["judged_by"]}</h3>{told}</article>')


def comparison_html(found: "Comparison", language: Language) -> str:
    """Return what got better and worse between two runs, with the intervals of the differences, their p and number of questions."""
    say = BENCH[language]
    apart = "; " if language == "nl" else ", "  # a comma stands in the numbers
    rows = [[escape(measure_name(one.name, language)), _number(one.first.value, language), _number(one.second.value, language),
             "{} ({}{apart}{})".format(*(decimal(value, 3, language, signed=True) for value in (one.difference.mean, one.difference.low, one.difference.high)),
                                       apart=apart),
             decimal(one.difference.p, 3, language), str(one.difference.n),
             "" if one.better is None else say["better" if one.better else "worse"]] for one in found.measures]
    changes = "".join(f'<li>{escape(one.id)}: <strong>{say["better" if one.better else "worse"]}</strong> '
                      f'({apart.join(_change(name, values, language) for name, values in one.values.items())})</li>'
                      for one in found.changes)
    told = f"<ul>{changes}</ul>" if changes else f"<p>{say['no_change']}</p>"
    return (_table(say["compared"], [say["measure"], say["first"], say["second"], say["difference"], "p", say["questions"], ""], rows)
            + f"{told}<p>{say['same'].format(count=found.unchanged)}</p>")


def agreements_html(found: Sequence[Agreement], language: Language) -> str:
    """Return Cohen's kappa of each two people and the answers on which they differ."""
    say, parts = BENCH[language], []
    for one in found:
        if one.kappa is None:
            continue
        first, second = (escape(name) for name in one.judges)
        said = say["kappa"].format(first=first, second=second, kappa=decimal(one.kappa, 2, language), both=one.both)
        rows = [[escape(question), say[mine], say[other], say[agreed] if agreed else say["open"]] for question, mine, other, agreed in one.disagreements]
        hidden = f"<p>{say['yet'].format(count=one.hidden)}</p>" if one.hidden else ""
        parts.append(f"<p>{said}</p>" + (_table(say["differ"], [say["question"], first, second, say["settled"]], rows) if rows else "") + hidden)
    return "".join(parts) or f"<p>{say['no_pair']}</p>"


def faults_html(error: "QuestionSetError", language: Language, *, running: bool = False) -> str:
    """Return why a question set was not added, or not run, each fault with its line."""
    say, shown, count = BENCH[language], error.faults[:MOST_ROWS], len(error.faults)
    told = say["faults_run" if running else "faults_added"].format(name=error.name, faults=say["fault" if count == 1 else "faults"].format(count=count))
    faults = "".join(f"<li>{fault.line}: {escape(reason_in(language, fault.reason))}</li>" for fault in shown)
    more = f"<li>… {count - len(shown)}</li>" if count > len(shown) else ""
    return f'<div role="alert"><p>{escape(told)}</p><ul>{faults}{more}</ul></div>'


def feedback_html(lines: Sequence[Mapping[str, Any]], language: Language) -> str:
    """Return what readers said, the newest first."""
    say = BENCH[language]
    rows = [[escape(str(one["at"])[:16].replace("T", " ")), f"<bdi>{escape(str(one['question']))}</bdi>", say[one["verdict"]],
             f"<bdi>{escape(str(one['note']))}</bdi>"] for one in lines[:MOST_ROWS]]
    return _table(say["feedback"], [say["when"], say["question"], say["verdict"], say["note"]], rows) if rows else f"<p>{say['no_feedback']}</p>"


def _change(name: str, values: tuple[float, float], language: Language) -> str:
    before, after = (decimal(value, 2, language) for value in values)
    return f"{escape(measure_name(name, language))} {before} → {after}"


def _quotations(quotations: Iterable[Mapping[str, Any]], language: Language) -> str:
    sure = REPORT[language]["score"]
    shown = "".join(f"<li><blockquote>{escape(one['quote'])}</blockquote><span>{escape(_place(one))} · "
                    f"{sure} {100 * float(one.get('score', 0)):.0f}%</span></li>" for one in quotations)
    return f"<ol>{shown}</ol>" if shown else f"<p>{BENCH[language]['none']}</p>"


def _place(one: Mapping[str, Any]) -> str:
    return ", ".join(str(part) for part in (one.get("title") or one.get("doc", ""), one.get("section", "")) if part)


def _table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    top = "".join(f'<th scope="col">{head}</th>' if head else "<td></td>" for head in heads)
    return (f'<div class="bench-table" tabindex="0" role="region" aria-label="{caption}"><table><caption>{caption}</caption>'
            f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>")


def _number(value: float | None, language: Language) -> str:
    return "" if value is None else decimal(value, 2, language)


def _mean(values: Sequence[float], language: Language) -> str:
    return decimal(sum(values) / len(values), 3, language) if values else ""
