"""Renders what a language model added to an answer as HTML: pure, escaped, and in words of its own apart from the quotations."""

from html import escape

from assistant.answers import Answer
from assistant.generated import GeneratedText, Gloss
from ui.generated_strings import GENERATED, dropped_line, notice_line


def generated_html(answer: Answer, generated: GeneratedText | None = None) -> str:
    """Return the block that stands above the quotation cards, or "" where there is nothing to say.

    `generated` is what there is so far while the model still writes; without it the text of the answer is taken.
    """
    text = generated or answer.generated
    if text is None or text.notice == "not_asked":
        return ""
    say = GENERATED[answer.language]
    remarks = "".join(f'<p class="notice">{escape(line)}</p>' for line in
                      (dropped_line(answer.language, dict(text.dropped)), notice_line(answer.language, text.notice)) if line)
    sentences = "".join(
        f'<li><bdi>{escape(one.text)}</bdi> <span class="rests">({escape(say["rests"].format(numbers=", ".join(map(str, one.rests_on))))})</span></li>'
        for one in text.sentences)
    block = (f'<h3>{escape(say["title"].format(model=text.model))}</h3><p class="explained">{say["explained"]}</p><ul>{sentences}</ul>'
             if sentences else "")
    asked = "".join(f"<li><bdi>{escape(one)}</bdi></li>" for one in text.suggestions)
    others = f'<h3>{escape(say["suggestions"].format(model=text.model))}</h3><ul class="suggestions">{asked}</ul>' if asked else ""
    if not (block or others or remarks):
        return ""
    return f'<aside class="generated" lang="{answer.language}">{block}{others}{remarks}</aside>'


def gloss_html(answer: Answer, n: int, generated: GeneratedText | None = None) -> str:
    """Return the translation that stands under the card of quotation `n`, or "" where there is none."""
    text = generated or answer.generated
    found: Gloss | None = next((one for one in text.glosses if one.n == n), None) if text is not None else None
    if found is None:
        return ""
    label = GENERATED[answer.language]["gloss"].format(n=n)
    return (f'<div class="gloss" lang="{answer.language}"><span class="label">{escape(label)}</span> '
            f"<bdi>{escape(found.text)}</bdi></div>")
