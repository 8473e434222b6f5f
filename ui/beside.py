"""What the language model writes beside answers of the server: after each of them, and for only so many at once."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from assistant.generated import GeneratedText
from ui.generated_card import generated_html, gloss_html

if TYPE_CHECKING:
    from assistant.answers import Answer
    from assistant.writing.writer import Writer

_MOST_HISTORY = 20  # as many earlier questions as the desk takes along


class Beside:
    """Writes beside finished answers; who comes when all writers are busy is told so at once, for the answer is complete."""

    def __init__(self, writer: Writer, *, at_once: int) -> None:
        self._writer, self._free = writer, threading.BoundedSemaphore(at_once)

    def stream(self, answer: Answer, history: Sequence[str]) -> Iterator[GeneratedText]:
        """Give what has been checked so far, the whole at the end; see `Writer.stream`."""
        if not self._free.acquire(blocking=False):
            yield GeneratedText(self._writer.name, notice="busy")
            return
        try:
            yield from self._writer.stream(answer, history=history[-_MOST_HISTORY:])
        finally:
            self._free.release()


def page_line(answer: Answer, generated: GeneratedText, *, writing: bool) -> str:
    """Return a line of JSON for the page's script: the HTML of the block, and of each translation by number."""
    glosses: Mapping[str, str] = {str(one.n): gloss_html(answer, generated, one.n) for one in generated.glosses}
    return json.dumps({"html": generated_html(answer, generated, writing=writing), "glosses": glosses, "writing": writing}) + "\n"

