"""Judging by a language model: optional, kept apart from every measure, and itself measured by its agreement with the scores.

One request for each answered question, with the question and the quotations; nothing else is sent.
"""

import json
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources

from assistant.writing.asking.endpoint import Model
from assistant.writing.asking.failures import ModelFailedError
from assistant.writing.asking.prompts import Prompt
from eval.measures.agreement import cohens_kappa
from eval.run_files import RunLine, verdict_of

SAID = ("right", "incomplete", "wrong_quotation", "should_have_abstained")
TOKENS, LONGEST_S = 20, 60.0


@dataclass(frozen=True, slots=True)
class ModelJudgement:
    """What the model said of an answer: one of `SAID`, or "" with what went wrong; `right` is what the scores say."""

    id: str
    said: str
    right: bool
    fault: str = ""

    def to_json(self) -> dict[str, object]:
        """The judgement as a line of its file."""
        return {"id": self.id, "said": self.said, "right_by_scores": self.right, "fault": self.fault}


def judge(lines: Iterable[RunLine], model: Model, *, seconds: float = LONGEST_S) -> Iterator[ModelJudgement]:
    """Judge each answered question of a run; a reply that is none of the four words is a fault and counts for nothing."""
    system = resources.files("eval").joinpath("judge.txt").read_text(encoding="utf-8")
    for line in lines:
        if line.answer is None or line.answer["status"] != "answered":
            continue
        asked = {"question": line.question["question"], "history": line.question["history"],
                 "required": [[one["quote"] for one in group] for group in line.question["must"]],
                 "given": [one["quote"] for one in line.answer["evidence"]]}
        name, right = str(line.question["id"]), verdict_of(line) == "right"
        try:
            prompt = Prompt("judge", system.strip(), json.dumps(asked, ensure_ascii=False))
            reply = "".join(model.stream(prompt, response_format=None, tokens=TOKENS, deadline=time.monotonic() + seconds))
        except ModelFailedError as error:
            yield ModelJudgement(name, "", right, str(error))
            continue
        words = [word for word in re.findall(r"[a-z_]+", reply.casefold()) if word in SAID]
        yield ModelJudgement(name, words[0], right) if len(set(words)) == 1 else ModelJudgement(name, "", right, f"no judgement: {reply[:80]!r}")


def told(judgements: Iterable[ModelJudgement], model: str) -> dict[str, object]:
    """Return what a model's judgements come to, with Cohen's kappa of its "right" and that of the scores."""
    kept = list(judgements)
    valid = [one for one in kept if one.said]
    kappa = cohens_kappa([(str(one.said == "right"), str(one.right)) for one in valid])
    return {"model": model, "judged": len(valid), "without_judgement": len(kept) - len(valid),
            **{word: sum(one.said == word for one in valid) for word in SAID},
            "kappa_with_scores": None if kappa is None else round(kappa, 3)}
