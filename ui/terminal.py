"""An answer in the terminal: the sentence, the quotations with their places, what came near, and the scope."""

from collections.abc import Iterator, Mapping, Sequence

from rich.console import Console
from rich.text import Text

from assistant.answers import Answer, Evidence, Place
from ui.terminal_strings import TERMINAL

_CONTROL = {code: "\N{REPLACEMENT CHARACTER}" for code in (*range(32), 127, *range(128, 160)) if code not in (9, 10)}


def show_answer(answer: Answer, console: Console | None = None) -> None:
    """Print the answer. Source text is printed as it is, never read as markup or as terminal control."""
    out = console or Console(highlight=False)
    for part in rendered(answer):
        out.print(part, soft_wrap=not out.is_terminal)


def rendered(answer: Answer) -> Iterator[Text]:
    """The parts of the answer, from top to bottom."""
    words = TERMINAL[answer.language]
    yield _plain(answer.text, "bold")
    if answer.understood.text and answer.understood.text != answer.question:
        yield _plain(words["understood"].format(text=answer.understood.text), "dim")
    yield from _quotations(answer.evidence, words)
    if answer.near:
        yield _plain(f"\n{words['near']}:")
        yield from _quotations(answer.near, words, numbered=False)
    scope = answer.scope
    yield _plain("\n" + words["scope"].format(scored=scope.scored, passages=scope.passages, documents=scope.documents,
                                              matched=scope.matched), "dim")


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
