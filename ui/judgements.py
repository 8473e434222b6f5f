"""What people judge of the answers of a run, and how far two of them agree."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

Judgement = Literal["right", "incomplete", "wrong_quotation", "should_have_abstained"]
JUDGEMENTS: tuple[Judgement, ...] = get_args(Judgement)
JUDGED_BY_MODEL = ".judged-by-model.jsonl"  # behind the name of a run: what a language model said of it, which is no run


@dataclass(frozen=True, slots=True)
class Judged:
    """The last judgement of one person on one answer."""

    question: str
    judge: str
    judgement: str
    note: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two persons agree on the answers that both judged, by what each said before seeing the other's judgement.

    `kappa` is Cohen's (None without a common answer). `disagreements` has question, first, second and what was settled ("" while it
    is open), open ones first; `hidden` counts those that the viewer has yet to judge.
    """

    judges: tuple[str, str]
    both: int
    kappa: float | None
    disagreements: tuple[tuple[str, str, str, str], ...]
    hidden: int = 0


def said_of(lines: Iterable[Mapping[str, Any]], run: str, started: str, *, settled: bool) -> Iterator[Judged]:
    """Return the judgements of a run among all lines that are kept, or what was settled.

    A later run in the terminal takes the name of an earlier, so a judgement names the time too; one that was kept without it was not given before.
    """
    for line in lines:
        of_it = line["started"] == started if "started" in line else line["at"] >= started
        if line["run"] == run and of_it and bool(line.get("settled")) is settled:
            yield Judged(line["question"], line["judge"], line["judgement"], line["note"])


def agreements_of(said: Iterable[Judged], settled: Mapping[str, Judged], viewer: str) -> list[Agreement]:
    """Return the agreement of each two persons, with the differences that the viewer may see: on answers that the viewer has judged."""
    from eval.measures.agreement import cohens_kappa

    alone = _independent(said)
    names, found = sorted(alone), []
    for place, first in enumerate(names):
        for second in names[place + 1:]:
            both = sorted(alone[first].keys() & alone[second].keys())
            pairs = [(alone[first][one], alone[second][one]) for one in both]
            differ = [(one, *pair, settled[one].judgement if one in settled else "") for one, pair in zip(both, pairs, strict=True) if pair[0] != pair[1]]
            shown = sorted((one for one in differ if one[0] in alone.get(viewer, ())), key=lambda one: bool(one[3]))
            found.append(Agreement((first, second), len(both), cohens_kappa(pairs), tuple(shown), len(differ) - len(shown)))
    return found


def _independent(said: Iterable[Judged]) -> dict[str, dict[str, str]]:
    """Return by person and question the last judgement that was given before another's on the same answer could be seen.

    Others' judgements show after one's own, so a person is independent until both that person and another have judged.
    """
    found: dict[str, dict[str, str]] = {}
    judges: dict[str, set[str]] = {}
    for one in said:
        seen = judges.setdefault(one.question, set())
        if one.judge in seen and len(seen) > 1:
            continue
        seen.add(one.judge)
        found.setdefault(one.judge, {})[one.question] = one.judgement
    return found
