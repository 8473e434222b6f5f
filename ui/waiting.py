"""Renders a question that is being answered: the steps that are done and the one that is at hand, with the way to stop."""

from collections.abc import Sequence
from html import escape

from assistant.answers import Language, Step
from ui.cards import asked_html
from ui.strings import PAGE


def waiting_html(question: str, steps: Sequence[Step], language: Language) -> str:
    """Return the question with its steps; none yet while it is being read."""
    say = PAGE[language]
    lines = [say["step_understanding"]]
    if steps:
        lines[0] = say["step_understood"].format(text=steps[0].reading.text)
        lines += [say[f"step_{step.stage}"].format(count=step.count) for step in steps]
    shown = "".join(f'<li class="{"now" if number == len(lines) else "done"}"><bdi>{escape(line)}</bdi></li>' for number, line in enumerate(lines, 1))
    return (f'<section class="turn waiting" lang="{language}">{asked_html(question[:2000], language)}<ol class="steps">{shown}</ol>'
            f'<button type="button" class="plain late" data-press="stop-asking">{say["stop"]}</button></section>')
