"""Every question of a set with and without a language model: same status, same quotations, and every sentence shown checked.

    python -m benchmarks.language_model QUESTIONS.jsonl SOURCE... [--endpoint URL --model NAME] [--schema off] [--seconds 60] [--limit N] [--record FILE]

Without an endpoint it starts the server of `benchmarks.small_model`.
"""

import argparse
import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant.answers import Answer
from assistant.assistant import Assistant
from assistant.bridge import bundled_bridge
from assistant.generated import GeneratedText
from assistant.settings import AssistantSettings
from assistant.writing.asking.endpoint import Endpoint
from assistant.writing.asking.reply import Proposal
from assistant.writing.checking.checks import gloss_fault, judge_sentence, suggestion_fault
from assistant.writing.material import Material
from assistant.writing.writer import Writer, WritingLimits
from benchmarks.small_model import small_model_server
from index.bundled import bundled_encoder
from index.source_index import SourceIndex
from index.update import update


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
    first_words_ms: list[float] = field(default_factory=list)
    plain_ms: list[float] = field(default_factory=list)
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
        yield (f"median ms to the first words: plain {median(self.plain_ms):.0f}, with the model on {median(self.first_words_ms):.0f}; "
               f"median s until the model was done {median(self.model_s):.1f}, longest {max(self.model_s):.1f}")


def median(values: list[float]) -> float:
    """Return the middle value."""
    return sorted(values)[len(values) // 2]


def main() -> None:
    """Run the comparison and print it."""
    given = _arguments()
    questions = [json.loads(line) for line in given.questions.read_text("utf-8").splitlines() if line.strip()][:given.limit]
    encoder = bundled_encoder()
    with tempfile.TemporaryDirectory() as folder:
        update(Path(folder), given.sources, encoder=encoder)
        assistant = Assistant(SourceIndex.open(Path(folder), encoder=encoder), encoder, AssistantSettings())
        if given.endpoint:
            _compare(assistant, Endpoint(given.endpoint, given.model), questions, given)
        else:
            with small_model_server() as endpoint:
                _compare(assistant, endpoint, questions, given)


def _compare(assistant: Assistant, endpoint: Endpoint, questions: list[dict[str, object]], given: argparse.Namespace) -> None:
    writer = Writer(endpoint, WritingLimits(given.seconds, given.tokens))
    if given.schema == "off":
        writer._schemas = False  # noqa: SLF001 - as after a server that refused the schema
    texts = {one.doc: one.text for one in assistant.index.documents}
    tally = Tally()
    assistant.ask("Waar gaan deze bronnen over?")
    for one in questions:
        history = [str(earlier) for earlier in one.get("history") or ()]  # type: ignore[attr-defined]
        started = time.perf_counter()
        plain = assistant.ask(str(one["question"]), history=history)
        tally.plain_ms.append(1000 * (time.perf_counter() - started))
        started = time.perf_counter()
        first = assistant.ask(str(one["question"]), history=history)
        tally.first_words_ms.append(1000 * (time.perf_counter() - started))
        generated = writer.write(first, history=history)
        tally.add(str(one["id"]), plain, replace(first, generated=generated), generated, history, texts)
        print(f"{one['id']} {plain.status} {generated.seconds:.1f} s {generated.notice or 'ok'} dropped {dict(generated.dropped)}", flush=True)
        for sentence in generated.sentences:
            print(f"    {sentence.text} {list(sentence.rests_on)}", flush=True)
        for line in [*(f"gloss {gloss.n}: {gloss.text}" for gloss in generated.glosses), *(f"or: {text}" for text in generated.suggestions)]:
            print(f"    {line}", flush=True)
        if given.record:
            with given.record.open("a", encoding="utf-8") as record:
                record.write(json.dumps({"id": one["id"], **generated.record()}, ensure_ascii=False) + "\n")
    print("\n".join(tally.lines()))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path)
    parser.add_argument("sources", type=Path, nargs="+")
    parser.add_argument("--endpoint", default="")
    parser.add_argument("--model", default="")
    parser.add_argument("--schema", choices=["on", "off"], default="on")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--tokens", type=int, default=200)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--record", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
