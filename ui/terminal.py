"""An answer in the terminal: the sentence, the quotations with their places, what came near, and the scope."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.console import Console
from rich.text import Text

from assistant.answers import Answer, Evidence, Place
from assistant.generated import GeneratedText
from ui.cards import filter_words
from ui.strings import GENERATED, PAGE, TERMINAL, dropped_line, notice_line, pointed_line, scope_line

_CONTROL = {code: "\N{REPLACEMENT CHARACTER}" for code in (*range(32), 127, *range(128, 160)) if code not in (9, 10)}


def show_answer(answer: Answer, console: Console | None = None) -> None:
    """Print the answer. Source text is printed as it is, never read as markup or as terminal control."""
    out = console or Console(highlight=False)
    for part in rendered(answer):
        out.print(part, soft_wrap=not out.is_terminal)


def show_generated(parts: Iterable[GeneratedText], answer: Answer, console: Console | None = None) -> None:
    """Print below an answer what the model adds, each part as soon as it has been checked."""
    out = console or Console(highlight=False)
    if out.is_terminal:
        out.print(_plain("\n" + GENERATED[answer.language]["waiting"], "dim"))
    printed: set[str] = set()
    last: GeneratedText | None = None
    for last in parts:
        for line in generated_lines(last, answer):
            if line.plain not in printed:
                printed.add(line.plain)
                out.print(line, soft_wrap=not out.is_terminal)
    for text in _remarks(last, answer) if last is not None else ():
        out.print(text, soft_wrap=not out.is_terminal)


def generated_lines(generated: GeneratedText, answer: Answer) -> Iterator[Text]:
    """What has been checked: under a heading that says who wrote it, with the numbers of the quotations that it rests on."""
    words = GENERATED[answer.language]
    if generated.sentences:
        yield _plain("\n" + words["title"].format(model=generated.model), "bold")
        yield _plain(words["explained"], "dim")
    for one in generated.sentences:
        yield _plain(f"  {one.text} {' '.join(f'[{n}]' for n in one.rests_on)}")
    for gloss in generated.glosses:
        yield _plain(f"\n{words['gloss'].format(n=gloss.n)}:\n    {gloss.text}")
    pointed = pointed_line(answer.language, generated.model, generated.pointed, answered=answer.status == "answered")
    if pointed:
        yield _plain("\n" + pointed)
    if generated.suggestions:
        yield _plain("\n" + words["suggestions"].format(model=generated.model) + ":", "bold")
    for question in generated.suggestions:
        yield _plain(f"  {question}")


def _remarks(generated: GeneratedText, answer: Answer) -> Iterator[Text]:
    """What was left out, and why there is less than there could be."""
    for line in (dropped_line(answer.language, dict(generated.dropped)), notice_line(answer.language, generated.notice)):
        if line:
            yield _plain("\n" + line, "dim")


def rendered(answer: Answer) -> Iterator[Text]:
    """The parts of the answer, from top to bottom."""
    words = TERMINAL[answer.language]
    yield _plain(answer.text, "bold")
    if answer.understood.text and answer.understood.text != answer.question:
        yield _plain(words["understood"].format(text=answer.understood.text), "dim")
    if answer.understood.filters:
        yield _plain(" · ".join(filter_words(one, answer.language) for one in answer.understood.filters), "dim")
    if answer.understood.left_out:
        yield _plain(f'{PAGE[answer.language]["left_out"]}: {", ".join(answer.understood.left_out)}', "dim")
    for name, title in answer.understood.titled:
        yield _plain(f'{PAGE[answer.language]["titled"]}: {title} ({name})', "dim")
    yield from _quotations(answer.evidence, words)
    if answer.near:
        title = PAGE[answer.language]["near" if answer.status == "answered" else "near_related"].format(count=len(answer.near))
        yield _plain(f"\n{title}:")
        yield from _quotations(answer.near, words, numbered=False)
    yield _plain("\n" + scope_line(answer), "dim")


def place_line(place: Place, page: str) -> str:
    """Title (or name), section and page, as far as there are any."""
    parts = [place.title or place.doc, place.section, page.format(page=place.page) if place.page is not None else ""]
    return " · ".join(part for part in parts if part)


def _quotations(quoted: Sequence[Evidence], words: Mapping[str, str], *, numbered: bool = True) -> Iterator[Text]:
    for one in quoted:
        mark = f"[{one.n}]" if numbered else "-"
        yield _plain(f"\n{mark} “{one.quote}”")
        lines = [place_line(one.place, words["page"])]
        if one.context:
            lines.append(f"{words['context']}: {one.context}")
        lines += [f"{words['also']} {place_line(other, words['page'])}" for other in one.also]
        yield _plain("\n".join("    " + line for line in lines), "dim")


def _plain(text: str, style: str = "") -> Text:
    """Text that a source cannot use to move the cursor or colour the screen."""
    return Text(text.translate(_CONTROL), style=style)
