"""Runs and comparisons in the terminal: tables of measures with their numbers of questions."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from eval.comparison import Change, Comparison
from eval.measures.means import Mean
from eval.questions import LANGUAGES
from eval.summaries import Summary

KIND_MEASURES = ("f1", "recall", "precision", "hit@1", "false_answers", "false_refusals")
GRID_MEASURES = (("f1", "recall", "precision", "hit@1", "hit@3", "nDCG@10"), ("false_answers", "false_refusals", "time_p50_ms"))  # a table each


def show_runs(runs: Sequence[tuple[str, Summary, Path]], console: Console | None = None) -> None:
    """Print one run with its languages and kinds, or a line for each run of a grid."""
    out = console or Console(highlight=False)
    if len(runs) > 1:
        for measures in GRID_MEASURES:
            out.print(grid_table([(label, summary) for label, summary, _ in runs], measures))
            out.print()
    else:
        out.print(run_table(runs[0][1]))
        out.print()
        out.print(kind_table(runs[0][1]))
    for _, _, path in runs:
        out.print(f"run: {path}", markup=False, soft_wrap=True)


def run_table(summary: Summary) -> Table:
    """Return the measures of a run: over all questions, with their number, and in each language."""
    languages = [name for name in LANGUAGES if name in summary.slices]
    table = _table("measure", "all", "n", *languages)
    for name, mean in {**summary.means, **summary.times}.items():
        if mean.value is not None:
            table.add_row(name, shown(mean), str(mean.n), *(shown(summary.slices[part].get(name)) for part in languages))
    return table


def kind_table(summary: Summary) -> Table:
    """Return the measures that tell most, for each kind of question."""
    table = _table("kind", "n", *KIND_MEASURES)
    for kind, means in summary.slices.items():
        if kind not in LANGUAGES:
            table.add_row(kind, str(means["answered"].n), *(shown(means[name]) for name in KIND_MEASURES))
    return table


def grid_table(runs: Sequence[tuple[str, Summary]], measures: Sequence[str]) -> Table:
    """Return a row for each run of a grid; its settings are folded where they are long, figures never are."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("settings", overflow="fold")
    for name in measures:
        table.add_column(name, justify="right", no_wrap=True)
    for label, summary in runs:
        table.add_row(label, *(shown(summary.value(name)) for name in measures))
    return table


def show_comparison(found: Comparison, console: Console | None = None) -> None:
    """Print what differs between two runs, the measures with their intervals, and the questions that changed."""
    out = console or Console(highlight=False)
    if found.first.set_hash != found.second.set_hash:
        out.print(Text(f"different question sets: {found.first.set_name} and {found.second.set_name}; compared by id", "bold"))
    for name, (before, after) in found.differs.items():
        out.print(Text(f"{name}: {before} -> {after}"))
    out.print(comparison_table(found))
    for title, better in (("better", True), ("worse", False)):
        changes = [one for one in found.changes if one.better is better]
        out.print(f"\n{title}: {len(changes)}")
        for one in changes:
            out.print(Text(f"  {change_line(one)}"), soft_wrap=True)
    out.print(f"\nunchanged: {found.unchanged}" + (f"; in one run alone: {len(found.left_out)}" if found.left_out else ""))


def comparison_table(found: Comparison) -> Table:
    """Return each measure of two runs: means, difference with its 95% interval, chance under equality, questions."""
    table = _table("measure", "first", "second", "difference", "95% interval", "p", "n", "")
    for one in found.measures:
        verdict = {True: "better", False: "worse", None: ""}[one.better]
        difference = one.difference
        table.add_row(one.name, shown(one.first), shown(one.second), f"{difference.mean:+.3f}",
                      f"{difference.low:+.3f} {difference.high:+.3f}", f"{difference.p:.3f}", str(difference.n), verdict)
    return table


def change_line(change: Change) -> str:
    """Return a question that changed with its values, before and after."""
    status = "" if change.status[0] == change.status[1] else f" {change.status[0]} -> {change.status[1]}"
    values = ", ".join(f"{name} {before:.2f} -> {after:.2f}" for name, (before, after) in change.values.items())
    return f"{change.id}{status}: {values}"


def shown(mean: Mean | None) -> str:
    """Return a mean to three places, large ones whole; nothing where it applies to no question."""
    if mean is None or mean.value is None:
        return ""
    return f"{mean.value:.3f}" if abs(mean.value) < 10 else f"{mean.value:.0f}"


def _table(first: str, *others: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(first, no_wrap=True)
    for name in others:
        table.add_column(name, justify="right", overflow="fold")
    return table
