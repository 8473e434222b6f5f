"""What `benchmarks.chaos` breaks: one ingest, upload or reader as a process of its own, with an encoder that needs no model.

    python -m benchmarks.chaos_victim ingest|upload|ask INDEX SOURCES [CHROMA]

Prints `begun`, then a line for each deed that is done. A failure is one line on stderr and status 1, as that of the command.
"""

import hashlib
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.chroma_server import ChromaServer
from index.source_index import SourceIndex
from index.update import update
from ingest.errors import BronvastError

F32 = NDArray[np.float32]


class HashEncoder:
    """A vector for each text from its bytes: the same text, the same vector, far from all others."""

    name, dimensions = "hash", 384  # as many as the background of the assistant has

    def queries(self, texts: Sequence[str]) -> F32:
        return self.passages(texts)

    def passages(self, texts: Sequence[str]) -> F32:
        rows = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in zip(rows, texts, strict=True):
            row += np.random.default_rng(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")).standard_normal(self.dimensions)
        return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), dtype=np.float32)


def sentence(number: int) -> str:
    """The sentence that only document `number` has."""
    word = "".join("bdfghjklmnpr"[digit] + "aeiou"[digit % 5] for digit in map(int, f"{number:04d}"))
    return f"De {word}se regeling geldt niet voor {word}ers uit {number} gemeenten."


def write_sources(folder: Path, count: int, *, first: int = 0) -> Path:
    """Write documents, each with a sentence of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(first, first + count):
        filler = "\n\n".join(f"Alinea {part} van stuk {number} zegt iets over water en dijken." for part in range(12))
        (folder / f"d{number:04d}.md").write_text(f"# Stuk {number}\n\n{sentence(number)}\n\n{filler}\n", encoding="utf-8")
    return folder


def wrong_documents(folder: Path, numbers: Sequence[int]) -> tuple[list[int], list[int]]:
    """Return which documents are not in the open index, and which of the others do not hold their sentence, word for word, as a passage."""
    held = {document.doc: [passage.text for passage in document.passages] for document in SourceIndex.open(folder, encoder=HashEncoder()).documents}
    lost = [number for number in numbers if f"d{number:04d}.md" not in held]
    return lost, [number for number in set(numbers) - set(lost) if sentence(number) not in held[f"d{number:04d}.md"]]


def answers(folder: Path, questions: Sequence[str]) -> list[dict[str, Any]]:
    """Open the index as one process does and answer the questions; what differs between two indexes of the same documents is left out."""
    from assistant.assistant import Assistant
    from assistant.settings import AssistantSettings

    assistant = Assistant(SourceIndex.open(folder, encoder=HashEncoder()), HashEncoder(), AssistantSettings())
    return [{name: value for name, value in assistant.ask(question).to_json().items() if name not in ("timing_ms", "index_hash")} for question in questions]


def questions(numbers: Sequence[int]) -> list[str]:
    """A question to each of these documents, one to all, and one that none answers."""
    return [*map(sentence, numbers), "Welke alinea's zeggen iets over water en dijken?", "Hoe hoog is de toren van Sneek?"]


def upload(index: Path, sources: Path, chroma: str) -> None:
    """Give the files one by one, as the page does; each is acknowledged by a line."""
    from ui.settings import Settings
    from ui.source_changes import SourceChanges

    settings = Settings(index=index, state=index.parent / "state", chroma_server=chroma, chroma_wait_s=2)
    changes = SourceChanges(settings, HashEncoder())
    for path in sorted(sources.glob("*.md")):
        changes.add(path, {})
        print(f"kept {path.stem}", flush=True)


def ask(index: Path) -> None:
    """Open the index, look some documents up and ask two of them, again and again; a wrong one is a line."""
    while True:
        opened = SourceIndex.open(index, encoder=HashEncoder())
        numbers = [int(document.doc[1:5]) for document in opened.documents]
        some = random.sample(numbers, min(5, len(numbers)))
        lost, wrong = wrong_documents(index, some)
        given = answers(index, [sentence(number) for number in some[:2]])
        wrong += [number for number, one in zip(some, given, strict=False) if sentence(number) not in [found["quote"] for found in one["evidence"]]]
        print(f"asked {len(numbers)}" if not lost and not wrong else f"wrong {lost} {wrong}", flush=True)


def main() -> int:
    action, index, sources, chroma = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), (sys.argv[4] if len(sys.argv) > 4 else "")
    print("begun", flush=True)
    try:
        if action == "ingest":
            server = ChromaServer(chroma, wait_s=2) if chroma else None
            report = update(index, [sources], encoder=HashEncoder(), chroma=server)
            print(f"done {report.documents}", flush=True)
        elif action == "upload":
            upload(index, sources, chroma)
        else:
            ask(index)
    except BronvastError as error:
        print(f"bronvast: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
