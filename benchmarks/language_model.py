"""What a language model changes: nothing in status and quotations, and how much in the time until an answer is there.

    python -m benchmarks.language_model answers QUESTIONS.jsonl SOURCE... [--endpoint URL --model NAME] [--schema off] [--seconds 60] [--limit N]
        [--record FILE] [--replay RECORD]
    python -m benchmarks.language_model first-words SOURCE... [--rounds N]

`answers` asks every question of a set with and without a model, and checks every sentence shown again; without an endpoint it starts
the small model of `benchmarks.served`. `first-words` starts `bronvast serve` twice over one index, once with that model, and asks both
the same questions in turn over POST /api/ask/stream. The first line of the reply is the whole plain answer. Prints medians and their
ratio: while the model is idle at the start of each question, and while it is still writing beside an earlier answer (there the cores
are shared with the model on this machine).
"""

import argparse
import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from typing import Any

import httpx

from assistant.answers import Answer
from assistant.assistant import Assistant
from assistant.bridge import bundled_bridge
from assistant.generated import GeneratedText
from assistant.settings import AssistantSettings
from assistant.writing.asking.endpoint import Endpoint, Model
from assistant.writing.asking.failures import ModelFailedError
from assistant.writing.asking.prompts import Prompt
from assistant.writing.asking.reply import Proposal
from assistant.writing.checking.checks import gloss_fault, judge_sentence, suggestion_fault
from assistant.writing.material import Material
from assistant.writing.writer import Writer, WritingLimits
from benchmarks.served import served, small_model_server
from index.bundled import bundled_encoder
from index.source_index import SourceIndex
from index.update import update

QUESTIONS = ("Welke trends gelden voor Oekraïense vluchtelingen?", "Which trends apply to Ukrainian refugees?", "Wat staat er over informatiedeling?",
             "What is said about privacy?", "Hoe vraag ik een parkeervergunning aan?")


def differences(plain: Answer, assisted: Answer) -> list[str]:
    """Return the fields of the contract in which two answers differ, but for time and generated text."""
    one, other = plain.to_json(), assisted.to_json()
    return [name for name in one if name != "timing_ms" and one[name] != other.get(name)]


def faults(answer: Answer, generated: GeneratedText, history: list[str]) -> list[str]:
    """Check again, from the outside, all that would be shown."""
    material = Material.of(answer.evidence, most_characters=10**9)
    names = {one.n: name for name, one in material.quotations.items()}
    found = [judge_sentence(Proposal(one.text, tuple(names[n] for n in one.rests_on)), material, answer.language, bundled_bridge()).fault
             for one in generated.sentences]
    found += [gloss_fault(Proposal(one.text), material.quotations[names[one.n]], answer.language, bundled_bridge()) for one in generated.glosses]
    found += [suggestion_fault(Proposal(one), [*history, answer.question], answer.language, bundled_bridge()) for one in generated.suggestions]
    return [one for one in found if one is not None]


@dataclass
class Tally:
    """What was seen over a question set."""

    answers: Counter[str] = field(default_factory=Counter)
    notices: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    different: list[str] = field(default_factory=list)
    not_verbatim: list[str] = field(default_factory=list)
    faulty: list[str] = field(default_factory=list)
    shown: Counter[str] = field(default_factory=Counter)
    model_s: list[float] = field(default_factory=list)

    def add(self, name: str, plain: Answer, assisted: Answer, generated: GeneratedText, history: list[str], texts: dict[str, str]) -> None:
        """Count one question."""
        self.answers[plain.status] += 1
        self.notices[generated.notice or "none"] += 1
        self.dropped.update(dict(generated.dropped))
        self.shown.update(sentences=len(generated.sentences), glosses=len(generated.glosses), suggestions=len(generated.suggestions))
        self.model_s.append(generated.seconds)
        wrong = differences(plain, assisted)
        self.different += [f"{name}: {', '.join(wrong)}"] if wrong else []
        self.not_verbatim += [name for one in (*assisted.evidence, *assisted.near)
                              if texts[one.place.doc][one.place.start:one.place.end] != one.quote]
        self.faulty += [f"{name}: {fault}" for fault in faults(assisted, generated, history)]

    def lines(self) -> Iterator[str]:
        """The summary."""
        yield f"questions {sum(self.answers.values())}: {dict(self.answers)}"
        yield f"answers that differ from the plain mode: {self.different or 'none'}"
        yield f"quotations that are not verbatim: {self.not_verbatim or 'none'}"
        yield f"shown: {dict(self.shown)}; of these failing a second check: {self.faulty or 'none'}"
        yield f"dropped: {dict(self.dropped.most_common())}"
        yield f"notices: {dict(self.notices)}"
        yield f"seconds until the model was done: median {median(self.model_s or [0.0]):.1f}, longest {max(self.model_s, default=0.0):.1f}"


@dataclass
class Replay:
    """A model that says again what a record holds, so that changed checks can be run on real replies without the model."""

    replies: list[str] = field(default_factory=list)
    name: str = "replay"

    def stream(self, prompt: Prompt, *, response_format: object, tokens: int, deadline: float) -> Iterator[str]:
        """Give the next reply of the record."""
        if not self.replies:
            raise ModelFailedError("unreadable", "the record has no further reply")
        yield self.replies.pop(0)


def compare_answers(given: argparse.Namespace) -> None:
    """Run the comparison and print it."""
    questions = [json.loads(line) for line in given.questions.read_text("utf-8").splitlines() if line.strip()][:given.limit]
    encoder = bundled_encoder()
    with tempfile.TemporaryDirectory() as folder:
        update(Path(folder), given.sources, encoder=encoder)
        assistant = Assistant(SourceIndex.open(Path(folder), encoder=encoder), encoder, AssistantSettings())
        if given.replay or given.endpoint:
            _compare(assistant, Replay() if given.replay else Endpoint(given.endpoint, given.model), questions, given)
        else:
            with small_model_server() as endpoint:
                _compare(assistant, endpoint, questions, given)


def _compare(assistant: Assistant, model: Model, questions: list[dict[str, object]], given: argparse.Namespace) -> None:
    """Ask every question twice, once with the model beside it; an interruption ends it with what was counted until then."""
    writer = Writer(model, WritingLimits(given.seconds, given.tokens))
    if given.schema == "off":
        writer._schemas = False  # as after a server that refused the schema
    recorded = {one["id"]: one for one in map(json.loads, given.replay.read_text("utf-8").splitlines())} if given.replay else {}
    texts = {one.doc: one.text for one in assistant.index.documents}
    tally = Tally()
    with suppress(KeyboardInterrupt):
        for one in questions:
            if isinstance(model, Replay):
                model.replies = [exchange["received"] for exchange in recorded[one["id"]]["exchanges"]]
            history = [str(earlier) for earlier in one.get("history") or ()]  # type: ignore[attr-defined]
            plain, first = (assistant.ask(str(one["question"]), history=history) for _ in range(2))
            generated = writer.write(first, history=history)
            tally.add(str(one["id"]), plain, replace(first, generated=generated), generated, history, texts)
            print("\n".join(_lines(str(one["id"]), plain, generated)), flush=True)
            if given.record:
                with given.record.open("a", encoding="utf-8") as record:
                    record.write(json.dumps({"id": one["id"], **generated.record()}, ensure_ascii=False) + "\n")
    print("\n".join(tally.lines()))


def _lines(name: str, plain: Answer, generated: GeneratedText) -> Iterator[str]:
    """What is printed of one question."""
    yield f"{name} {plain.status} {generated.seconds:.1f} s {generated.notice or 'ok'} dropped {dict(generated.dropped)}"
    yield from (f"    {one.text} {list(one.rests_on)}" for one in generated.sentences)
    yield from (f"    gloss {one.n}: {one.text}" for one in generated.glosses)
    yield from (f"    or: {one}" for one in generated.suggestions)


def first_line_ms(client: httpx.Client, question: str, *, to_the_end: bool) -> float:
    """Return the milliseconds until the first line; go on reading until the model has done, or leave it writing."""
    started = time.perf_counter()
    with client.stream("POST", "/api/ask/stream", json={"question": question}) as reply:
        reply.raise_for_status()
        lines = reply.iter_lines()
        assert json.loads(next(lines))["status"]
        took = 1000 * (time.perf_counter() - started)
        if to_the_end:
            for _ in lines:
                pass
    return took


def compare_times(given: argparse.Namespace) -> None:
    """Measure the time until the first words and print it."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        update(folder / "index", given.sources, encoder=bundled_encoder())
        endpoint = stack.enter_context(small_model_server())
        model: dict[str, Any] = {"llm_endpoint": endpoint.address, "llm_model": endpoint.model, "llm_tokens": 100, "llm_seconds": 60}
        clients = {way: stack.enter_context(httpx.Client(base_url=stack.enter_context(
            served(folder / "index", folder / way, users=0, requests_per_minute=100_000, **settings)).url, timeout=120, trust_env=False))
            for way, settings in (("without", {}), ("with", model))}
        for to_the_end, when in ((True, "model idle when asked"), (False, "model still writing beside the last answer")):
            times: dict[str, list[float]] = {"without": [], "with": []}
            for question in QUESTIONS * given.rounds:
                for way, client in clients.items():
                    times[way].append(first_line_ms(client, question, to_the_end=to_the_end))
            without, beside = median(times["without"]), median(times["with"])
            print(f"{when}: without {without:.0f} ms, with {beside:.0f} ms, ratio {beside / without:.2f} ({len(times['with'])} questions each)", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ways = parser.add_subparsers(required=True)
    answers = ways.add_parser("answers", help="every question with and without a model")
    answers.set_defaults(run=compare_answers)
    answers.add_argument("questions", type=Path)
    answers.add_argument("sources", type=Path, nargs="+")
    answers.add_argument("--endpoint", default="")
    answers.add_argument("--model", default="")
    answers.add_argument("--schema", choices=["on", "off"], default="on")
    answers.add_argument("--seconds", type=float, default=60.0)
    answers.add_argument("--tokens", type=int, default=200)
    answers.add_argument("--limit", type=int)
    answers.add_argument("--record", type=Path)
    answers.add_argument("--replay", type=Path)
    words = ways.add_parser("first-words", help="the time until an answer is there")
    words.set_defaults(run=compare_times)
    words.add_argument("sources", type=Path, nargs="+")
    words.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    given.run(given)


if __name__ == "__main__":
    main()
