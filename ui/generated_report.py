"""What a language model wrote beside an answer, as the report of a run shows it to an evaluator: shown, dropped, sent and received."""

from collections.abc import Mapping
from html import escape
from typing import Any


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
