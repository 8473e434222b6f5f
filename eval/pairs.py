"""Which questions ask the same in another language."""

from collections import defaultdict
from collections.abc import Sequence

from eval.anchors import letters
from eval.questions import LANGUAGES, Question


def pair_names(questions: Sequence[Question]) -> dict[str, str]:
    """Return the pair of each question by its id; questions without a counterpart are left out.

    A pair is named by the question's own `pair`, else by ids that differ in an ending `-nl`, `-en` only, else by kind
    and required quotations that are the same.
    """
    groups: dict[str, list[Question]] = defaultdict(list)
    by_ending = _by_ending(questions)
    for question in questions:
        name = question.pair or by_ending.get(question.id) or _by_quotations(question)
        if name:
            groups[name].append(question)
    return {question.id: name for name, members in groups.items()
            if {member.language for member in members} == set(LANGUAGES) for question in members}


def _by_ending(questions: Sequence[Question]) -> dict[str, str]:
    stems: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        if question.id.endswith(f"-{question.language}"):
            stems[question.id.removesuffix(f"-{question.language}")].append(question)
    return {question.id: stem for stem, members in stems.items() if len(members) > 1 for question in members}


def _by_quotations(question: Question) -> str:
    if not question.must or question.history:
        return ""
    groups = sorted("|".join(sorted(letters(anchor.quote) for anchor in group)) for group in question.must)
    return f"{question.kind}: {'; '.join(groups)}"
