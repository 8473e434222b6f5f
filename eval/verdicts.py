"""What the scores of an answer come to in one word."""

from typing import Literal, get_args

from eval.run_files import RunLine

Verdict = Literal["right", "incomplete", "refused", "false_answer", "failed"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


def verdict_of(line: RunLine) -> Verdict:
    """Return the verdict on an answer: `incomplete` has less than what is required, or more than what may be quoted."""
    scored, values = line.scored, line.scored.values
    if scored.error:
        return "failed"
    if not line.question["answerable"]:
        return "false_answer" if values.get("false_answers", 0.0) else "right"
    if scored.status != "answered":
        return "refused"
    return "incomplete" if min(values.get("recall", 1.0), values.get("precision", 1.0), values.get("verbatim", 1.0)) < 1 else "right"
