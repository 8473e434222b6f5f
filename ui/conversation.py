"""A conversation on the page: its questions with the HTML of their answers; free of Gradio."""

import secrets
from dataclasses import dataclass, field, replace
from html import escape

from assistant.answers import Language
from ui.cards import export_links
from ui.strings import PAGE

MOST_TURNS = 30  # of one conversation on the page; older ones scroll out


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with the HTML of its answer, the name of the answer on the shelf, and whether it quotes."""

    question: str
    html: str
    key: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Conversation:
    """The turns on the page, oldest first; `id` tells it apart on the shelf and in the history."""

    turns: tuple[Turn, ...] = ()
    id: str = field(default_factory=lambda: secrets.token_hex(6))

    @property
    def questions(self) -> list[str]:
        """What was asked, oldest first."""
        return [turn.question for turn in self.turns]

    def html(self, language: Language, notice: str = "") -> str:
        """Return all turns, a notice, and the way to keep more than one answer in a file; the script reads the name of the conversation there."""
        links = export_links([turn.key for turn in self.turns], language, quoted=any(turn.quoted for turn in self.turns))
        whole = f'<div class="after whole"><span class="label">{PAGE[language]["export_all"]}</span>{links}</div>' if len(self.turns) > 1 else ""
        name = self.id if self.turns else ""
        return f'<div data-conversation="{escape(name)}">{"".join(turn.html for turn in self.turns)}{notice}{whole}</div>'

    def after(self, turn: Turn) -> "Conversation":
        """Return the conversation with one turn more."""
        return replace(self, turns=(*self.turns, turn)[-MOST_TURNS:])
