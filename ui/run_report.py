"""A run as one HTML file that a manager can read: the outcome first, then the curves, then every question, the misses first.

Nothing in it is fetched, and every word of a question, a source or a setting is escaped.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from assistant.answers import Language
from eval.measures.intervals import wilson
from eval.measures.means import Mean
from eval.questions import LANGUAGES
from eval.run_files import VERDICTS, RunLine, SavedRun, Verdict, read_run, verdict_of
from eval.summaries import Summary, summarise
from ui.evaluation_strings import MEANINGS, REPORT, decimal, kind_name, measure_name

SIDE, LEFT, TOP = 250, 44, 12  # pixels
INK, LINE, FAINT = "#1b1b1b", "#154273", "#767676"
MOST_MISSES, MOST_RIGHT = 1_000, 500  # questions; a browser takes long over more, and the file of the run has all
FEW = 20  # questions; below it the 95% interval of a share is wider than 40 points
_STYLE = """
*{box-sizing:border-box}
body{font:16px/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff;overflow-wrap:anywhere}
h1,h2,h3{line-height:1.25}h2{margin-top:2.5rem}.wide{overflow-x:auto}table{border-collapse:collapse;margin:.5rem 0}
th,td{padding:.25rem .75rem .25rem 0;text-align:left;border-bottom:1px solid #ccc;vertical-align:top;overflow-wrap:normal}
th.n,td.n{text-align:right;font-variant-numeric:tabular-nums}td.n{white-space:nowrap}th{vertical-align:bottom}.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:1rem}
.cards div{border:1px solid #ccc;border-radius:.5rem;padding:.75rem 1rem}.cards b{display:block;font-size:2rem;line-height:1.2}.about{color:#555}
.bar{display:flex;height:1.75rem;border-radius:.25rem;overflow:hidden;border:1px solid #555}.bar span+span{border-left:2px solid #fff}
.right{background:#2e7d32}.incomplete{background:#f2b134}.refused{background:#8a8a8a}.false_answer{background:#b3261e}.failed{background:#1b1b1b}
.key{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.25rem 1.5rem}
.key i{display:inline-block;width:.9rem;height:.9rem;margin-right:.4rem;border:1px solid #555}
article{border-left:5px solid #767676;padding:.25rem 0 .25rem 1rem;margin:1.5rem 0}article.miss{border-color:#b3261e}h3{margin:.25rem 0;font-size:1.05rem}
.sides{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(20rem,100%),1fr));gap:0 2rem}h4{margin:.75rem 0 .25rem;font-size:.95rem}
blockquote{margin:.25rem 0;padding-left:.75rem;border-left:2px solid #ccc}ol,ul{margin:.25rem 0;padding-left:1.25rem}
figure{margin:0 0 1rem}svg{width:100%;max-width:24rem}summary{cursor:pointer}
dt{font-weight:600}dd{margin:0 0 .5rem}pre{white-space:pre-wrap}@media print{details{display:block}}
"""


def curve(points: Sequence[tuple[float, float]], *, title: str, about: str, axes: tuple[str, str], diagonal: bool) -> str:
    """Return a figure with the names of its axes (across, up); with `diagonal` points are marked and the line of equality drawn. Empty without points."""
    if not points:
        return ""
    across, up = axes
    placed = [(LEFT + x * SIDE, TOP + (1 - y) * SIDE) for x, y in points]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{LINE}"/>' for x, y in placed) if diagonal else ""
    straight = f'<path d="M{LEFT} {TOP + SIDE}L{LEFT + SIDE} {TOP}" stroke="{FAINT}" stroke-dasharray="4"/>' if diagonal else ""
    told = "; ".join(f"{100 * x:.0f}%: {100 * y:.0f}%" for x, y in points[:: max(1, len(points) // 10)])
    return (f'<figure><figcaption><strong>{escape(title)}</strong><br>{escape(about)}</figcaption>'
            f'<svg role="img" aria-label="{escape(title)}: {told}" viewBox="0 0 {LEFT + SIDE + 20} {TOP + SIDE + 44}" font-size="12" fill="none">'
            f'<path d="M{LEFT} {TOP}V{TOP + SIDE}H{LEFT + SIDE}" stroke="{INK}"/>{straight}'
            f'<polyline points="{line}" stroke="{LINE}" stroke-width="2"/>{dots}<g fill="{INK}">{_ticks()}'
            f'<text x="{LEFT + SIDE / 2}" y="{TOP + SIDE + 38}" text-anchor="middle">{escape(across)}</text>'
            f'<text x="{LEFT + 6}" y="{TOP + 8}">{escape(up)}</text></g></svg></figure>')


def _ticks() -> str:
    return "".join(f'<text x="{LEFT + share * SIDE}" y="{TOP + SIDE + 18}" text-anchor="middle">{100 * share:.0f}%</text>'
                   f'<text x="{LEFT - 6}" y="{TOP + 4 + (1 - share) * SIDE}" text-anchor="end">{100 * share:.0f}%</text>' for share in (0, 0.5, 1))


def generated_part(answer: Mapping[str, Any]) -> str:
    """Return the part of an answer's JSON that a model wrote as HTML, "" where none did; everything is escaped."""
    text = answer.get("generated")
    if not text:
        return ""
    shown = [f"{one['text']} [{', '.join(map(str, one['rests_on']))}]" for one in text["sentences"]]
    shown += [f"translation of {one['n']}: {one['text']}" for one in text["glosses"]]
    shown += [f"proposed question: {one}" for one in text["suggestions"]]
    shown += [f"points to {', '.join(map(str, text['pointed']))}"] if text["pointed"] else []
    dropped = ", ".join(f"{reason} {count}" for reason, count in text["dropped"].items())
    said = f"<p>Left out: {escape(dropped or 'nothing')}. Notice: {escape(text['notice'] or 'none')}.</p>"
    exchanges = "".join(f"<details><summary>Prompt {escape(one['prompt'])}</summary><pre>{escape(one['sent'])}</pre>"
                        f"<h5>Reply</h5><pre>{escape(one['received'])}</pre></details>" for one in text.get("exchanges", ()))
    listed = f"<ul>{''.join(f'<li>{escape(one)}</li>' for one in shown)}</ul>" if shown else "<p>None shown.</p>"
    return f"<h4>Written by {escape(text['model'])}</h4>{listed}{said}{exchanges}"


def write_report(run: Path, target: Path, language: Language = "nl") -> None:
    """Write the report of a run's file. Raises UsageError where the run cannot be read, OSError where the target cannot be written."""
    report = _Report(read_run(run), REPORT[language], MEANINGS[language], language)
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("w", encoding="utf-8", errors="backslashreplace") as file:
        file.writelines(report.parts())


@dataclass(frozen=True, slots=True)
class _Report:
    saved: SavedRun
    say: Mapping[str, str]
    meanings: Mapping[str, str]
    language: Language

    def parts(self) -> Iterable[str]:
        """Yield the report a part at a time; never all answers of the run in memory."""
        summary = summarise(self.saved.scored)
        outcomes = _outcomes(self.saved)
        yield self._opening()
        yield self._in_short(outcomes, summary)
        yield f"<h2>{self.say['outcomes']}</h2>{self._bar(sum((outcomes[key] for key in outcomes), Counter()))}"
        yield f"<h2>{self.say['kinds']}</h2>{self._kinds(outcomes)}"
        yield f"<h2>{self.say['curves']}</h2>{self._curves(summary)}"
        yield from self._questions()
        yield f"<h2>{self.say['all_measures']}</h2>{self._measures(summary)}<h2>{self.say['what_was_run']}</h2>{self._about()}</main></body></html>\n"

    def _opening(self) -> str:
        title = escape(self.say["title"].format(name=self.saved.header.set_name))
        answerable = sum("false_refusals" in one.values for one in self.saved.scored)
        about = self.say["about"].format(questions=len(self.saved.scored), when=self.saved.started[:16].replace("T", " "), answerable=answerable,
                                         other=len(self.saved.scored) - answerable)
        stopped = self.say["stopped"].format(done=len(self.saved.scored), total=self.saved.header.questions)
        return (f'<!doctype html><html lang="{self.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
                f"<title>Bronvast: {title}</title><style>{_STYLE}</style></head><body><main><h1>{title}</h1><p>{escape(about)}</p>"
                + ("" if self.saved.complete else f"<p><strong>{stopped}</strong></p>"))

    def _in_short(self, outcomes: Mapping[tuple[str, str, bool], Counter[Verdict]], summary: Summary) -> str:
        """Return the figures that tell most, each with the number of questions and how sure it is."""
        wanted, unwanted = (sum((found for (*_, answerable), found in outcomes.items() if answerable is one), Counter[Verdict]()) for one in (True, False))
        cards = [self._card("card_right", wanted["right"], wanted.total()), self._card("card_refused", wanted["refused"], wanted.total()),
                 self._card("card_false", unwanted["false_answer"], unwanted.total())]
        verbatim = summary.means["verbatim"]
        if verbatim.value is not None:
            cards.append(f"<div><b>{_percent(verbatim.value)}%</b>{self.say['card_verbatim']}</div>")
        few = f'<p class="about">{self.say["few"]}</p>' if min(filter(None, (wanted.total(), unwanted.total())), default=0) < FEW else ""
        return f'<h2>{self.say["in_short"]}</h2><div class="cards">{"".join(cards)}</div>{few}'

    def _card(self, name: str, count: int, of: int) -> str:
        if not of:
            return ""
        low, high = wilson(count, of)
        sure = self.say["between"].format(low=_percent(low), high=_percent(high))
        return f'<div><b>{_percent(count / of)}%</b>{self.say[name]}<br><span class="about">{count} {self.say["of"]} {of}; {sure}</span></div>'

    def _bar(self, found: Counter[Verdict]) -> str:
        present = [one for one in VERDICTS if found[one]]
        parts = "".join(f'<span class="{one}" style="flex:{found[one]}" title="{self.say[one]}: {found[one]}"></span>' for one in present)
        key = "".join(f'<li><i class="{one}"></i>{self.say[one]}: {found[one]}</li>' for one in present)
        return f'<div class="bar" role="presentation">{parts}</div><ul class="key">{key}</ul>'

    def _kinds(self, outcomes: Mapping[tuple[str, str, bool], Counter[Verdict]]) -> str:
        """Return how many questions of each kind and language had which outcome."""
        present = [one for one in VERDICTS if any(found[one] for found in outcomes.values())]
        parts: dict[str, Counter[Verdict]] = {}
        for (language, kind, _), found in sorted(outcomes.items(), key=lambda one: one[0][1]):
            for name in (escape(kind_name(kind, self.language)), self.say[language]):
                parts.setdefault(name, Counter()).update(found)
        names = sorted(parts, key=lambda name: (name in (self.say[one] for one in LANGUAGES), name))
        rows = [[name, str(parts[name].total()), *(str(parts[name][one] or "") for one in present)] for name in names]
        return _table([self.say["kind"], self.say["questions"], *(self.say[one] for one in present)], rows, numbers=1)

    def _curves(self, summary: Summary) -> str:
        risk, bins = [(one.coverage, one.risk) for one in summary.curve], [(one.score, one.right) for one in summary.bins]
        say = self.say
        pictures = (curve(risk, title=say["risk"], about=say["risk_about"], axes=(say["risk_x"], say["risk_y"]), diagonal=False)
                    + curve(bins, title=say["reliability"], about=say["reliability_about"], axes=(say["reliability_x"], say["reliability_y"]), diagonal=True))
        return f'<div class="sides">{pictures}</div>'

    def _questions(self) -> Iterable[str]:
        """Yield every question, those that went wrong first and open, the others folded."""
        count = sum(verdict_of(line) == "right" for line in self.saved.lines())
        for right, most, total in ((False, MOST_MISSES, len(self.saved.scored) - count), (True, MOST_RIGHT, count)):
            yield f"<h2>{self.say['rights' if right else 'misses'].format(count=total)}</h2>" + ("" if total or right else f"<p>{self.say['no_misses']}</p>")
            shown = 0
            for line in self.saved.lines():
                if (verdict_of(line) == "right") is right and shown < most:
                    shown += 1
                    yield self._question(line, folded=right)
            if total > most:
                yield f"<p>{self.say['left_out'].format(count=total - most)}</p>"

    def _question(self, line: RunLine, *, folded: bool) -> str:
        asked, answer, verdict = line.question, line.answer or {}, verdict_of(line)
        kind = kind_name(str(asked["kind"]), self.language)
        required = "".join("<li>" + f" {self.say['or']} ".join(f"<blockquote>{escape(one['quote'])}</blockquote>" for one in group) + "</li>"
                           for group in asked["must"])
        expected = f"<ul>{required}</ul>" if asked["answerable"] else f"<p>{self.say['no_answer']}</p>"
        scores = "; ".join(f"{measure_name(name, self.language)} {decimal(value, 2, self.language)}" for name, value in line.scored.values.items())
        history = f'<p class="about">{self.say["after"]}: {escape(" / ".join(asked["history"]))}</p>' if asked["history"] else ""
        why = "; ".join(self._reasons(line, verdict))
        head = f"<h3><bdi>{escape(str(asked['question']))}</bdi></h3>"
        body = (f'{history}<p><strong>{self.say[verdict]}</strong>{": " + why if why else ""} '
                f'<span class="about">({escape(str(asked["id"]))}, {escape(kind)}, {escape(str(asked["language"]))})</span></p>'
                f'<div class="sides"><section><h4>{self.say["expected"]}</h4>{expected}</section>'
                f"<section><h4>{self.say['given']}</h4>{self._quotations(answer.get('evidence', ()))}</section></div>"
                f"<h4>{self.say['near']}</h4>{self._quotations(answer.get('near', ()))}{generated_part(answer)}"
                f'<details><summary class="about">{self.say["scores"]}</summary><p class="about">{escape(scores)}</p></details>')
        if folded:
            return f'<article class="right-one"><details><summary>{head}</summary>{body}</details></article>\n'
        return f'<article class="miss">{head}{body}</article>\n'

    def _reasons(self, line: RunLine, verdict: Verdict) -> list[str]:
        """Say why an answer is not right."""
        values, groups = line.scored.values, len(line.question["must"])
        if verdict == "failed":
            return [escape(line.scored.error)]
        said = [self.say[f"why_{verdict}"]] if verdict in ("refused", "false_answer") else []
        if verdict == "incomplete":
            if values.get("recall", 1.0) < 1:
                said.append(self.say["why_missing"].format(found=round(values["recall"] * groups), all=groups))
            if values.get("precision", 1.0) < 1:
                said.append(self.say["why_extra"].format(share=_percent(1 - values["precision"])))
            if values.get("verbatim", 1.0) < 1:
                said.append(self.say["why_verbatim"])
        return [*said, self.say["why_unfit"]] if line.scored.unfit else said

    def _quotations(self, quotations: Iterable[Mapping[str, Any]]) -> str:
        shown = "".join(f'<li><blockquote>{escape(one["quote"])}</blockquote><span class="about">{escape(_source(one))}, '
                        f'{self.say["score"]} {100 * float(one.get("score", 0)):.0f}%</span></li>' for one in quotations)
        return f"<ol>{shown}</ol>" if shown else f"<p>{self.say['none']}</p>"

    def _measures(self, summary: Summary) -> str:
        languages = [name for name in LANGUAGES if name in summary.slices]
        rows = [(measure_name(name, self.language), self.meanings.get(name, ""), self._figure(mean), str(mean.n),
                 *(self._figure(summary.slices[one].get(name)) for one in languages))
                for name, mean in {**summary.means, **summary.times}.items() if mean.value is not None]
        heads = (self.say["measure"], self.say["meaning"], self.say["all"], self.say["questions"], *(self.say[one] for one in languages))
        return _table(heads, [[escape(cell) for cell in row] for row in rows], numbers=2)

    def _figure(self, mean: Mean | None) -> str:
        if mean is None or mean.value is None:
            return ""
        return decimal(mean.value, 3 if abs(mean.value) < 10 else 0, self.language)  # milliseconds need no places

    def _about(self) -> str:
        header, say = self.saved.header, self.say
        about = {say["set"]: f"{header.set_name} ({header.set_hash})", say["index"]: header.index_hash, say["settings_hash"]: header.settings_hash,
                 say["model"]: header.model,
                 say["language_model"]: json.dumps(header.language_model, ensure_ascii=False) if header.language_model else say["nothing"],
                 say["versions"]: ", ".join(f"{name} {version}" for name, version in header.versions.items())}
        listed = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in about.items())
        settled = escape(json.dumps(header.settings, ensure_ascii=False, indent=1))
        return f"<dl>{listed}</dl><details><summary>{say['settings']}</summary><pre>{settled}</pre></details>"


def _outcomes(saved: SavedRun) -> dict[tuple[str, str, bool], Counter[Verdict]]:
    """Count the verdicts by language, kind, and whether the sources answer."""
    found: dict[tuple[str, str, bool], Counter[Verdict]] = {}
    for line in saved.lines():
        key = (str(line.question["language"]), str(line.question["kind"]), bool(line.question["answerable"]))
        found.setdefault(key, Counter())[verdict_of(line)] += 1
    return found


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: int) -> str:
    """Return a table of cells that are HTML; those from column `numbers` on are figures."""
    kinds = [" class=n" if place >= numbers else "" for place in range(len(heads))]
    top = "".join(f"<th scope=col{kind}>{escape(head)}</th>" for kind, head in zip(kinds, heads, strict=True))
    body = "".join("<tr>" + "".join(f"<td{kind}>{cell}</td>" for kind, cell in zip(kinds, row, strict=True)) + "</tr>" for row in rows)
    return f'<div class="wide" tabindex="0"><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'


def _source(quotation: Mapping[str, Any]) -> str:
    page = f", p. {quotation['page']}" if quotation.get("page") else ""
    return f"{quotation.get('title') or quotation.get('doc', '')} {quotation.get('section', '')}{page}".strip()


def _percent(share: float) -> str:
    """Return a share as a whole percentage; what is not all is never 100, what is not nothing never 0."""
    return "99" if 0.995 <= share < 1 else "1" if 0 < share < 0.005 else f"{100 * share:.0f}"
