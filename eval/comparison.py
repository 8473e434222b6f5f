"""Two runs of the same questions side by side: what differs, whether it is real, and which questions got better or worse."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from eval.measures.intervals import Difference, paired_difference
from eval.measures.means import Mean
from eval.run_files import RunHeader, SavedRun
from eval.scoring import LOWER_IS_BETTER, MEASURES, NEUTRAL, Scored
from ingest.errors import UsageError

# Which measure says whether a question got better: the first of these that differs.
TELLING = ("failed", "f1", "false_answers", "char_f1", "exact_f1", "hit@1", "hit@3", "verbatim", "placed", "guard_violations")

CHANCE = 0.05  # a difference that equal runs show more often is not called better or worse


@dataclass(frozen=True, slots=True)
class Compared:
    """One measure in both runs, over the questions to which it applies in both."""

    name: str
    first: Mean
    second: Mean
    difference: Difference

    @property
    def better(self) -> bool | None:
        """Say whether the second run is better; None where the measure has no better side, or chance explains the difference.

        The interval alone does not tell: of few questions that differ the same way the bootstrap draws no others.
        """
        if self.name in NEUTRAL or self.difference.low <= 0 <= self.difference.high or self.difference.p > CHANCE:
            return None
        return (self.difference.mean > 0) != (self.name in LOWER_IS_BETTER)


@dataclass(frozen=True, slots=True)
class Change:
    """A question whose scores differ: whether the second run is better, and the values that changed (before, after)."""

    id: str
    better: bool
    values: Mapping[str, tuple[float, float]]
    status: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs compared. `differs` names what is not the same in their headers; `left_out` the questions of one run alone."""

    first: RunHeader
    second: RunHeader
    measures: tuple[Compared, ...]
    changes: tuple[Change, ...]
    unchanged: int
    differs: Mapping[str, tuple[object, object]]
    left_out: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        """The comparison as plain values."""
        return {"measures": [{"name": one.name, "first": one.first.value, "second": one.second.value, **asdict(one.difference),
                              "better": one.better} for one in self.measures],
                "better": [asdict(one) for one in self.changes if one.better],
                "worse": [asdict(one) for one in self.changes if not one.better],
                "unchanged": self.unchanged, "differs": dict(self.differs), "left_out": list(self.left_out)}


def compare(first: SavedRun, second: SavedRun, *, different_sets: bool = False) -> Comparison:
    """Compare two runs question by question.

    :raises UsageError: when they are of different questions and `different_sets` does not allow it (then only the
        questions with an id in both are compared), when one is not complete, or when no question is in both.
    """
    for run in (first, second):
        if not run.complete:
            raise UsageError(f"{run.path} is not complete ({len(run.scored)} of {run.header.questions} questions): run it to its end first")
    if first.header.set_hash != second.header.set_hash and not different_sets:
        raise UsageError(f"{first.path} and {second.path} are runs of different question sets ({first.header.set_name}, "
                         f"{second.header.set_name}): add --different-sets to compare the questions with the same id")
    ones, others = ({one.id: one for one in run.scored} for run in (first, second))
    pairs = [(one, others[one.id]) for one in first.scored if one.id in others]
    if not pairs:
        raise UsageError(f"{first.path} and {second.path} have no question in common")
    changes = [change for one, other in pairs if (change := _change(one, other)) is not None]
    return Comparison(first.header, second.header, _measures(pairs), tuple(changes), len(pairs) - len(changes),
                      differences(first.header, second.header), tuple(sorted(set(ones) ^ set(others))))


def _measures(pairs: Sequence[tuple[Scored, Scored]]) -> tuple[Compared, ...]:
    found = []
    for name in MEASURES:
        values = [(one.values[name], other.values[name]) for one, other in pairs if name in one.values and name in other.values]
        difference = paired_difference([after - before for before, after in values])
        if difference is not None:
            found.append(Compared(name, Mean.of(before for before, _ in values), Mean.of(after for _, after in values), difference))
    return tuple(found)


def _change(one: Scored, other: Scored) -> Change | None:
    """Return what changed in a question; a measure that applies in one run alone, or has no better side, changes nothing by itself."""
    values = {name: (one.values[name], other.values[name]) for name in MEASURES
              if name in one.values and name in other.values and one.values[name] != other.values[name]}
    telling = next((name for name in (*TELLING, *values) if name in values and name not in NEUTRAL), None)
    if telling is None:
        return None
    before, after = values[telling]
    return Change(one.id, (after > before) != (telling in LOWER_IS_BETTER), values, (one.status, other.status))


def differences(first: RunHeader, second: RunHeader) -> dict[str, tuple[object, object]]:
    """Name what is not the same: index, model, versions, and each setting by its dotted name."""
    one, other = _flat(first.to_json()), _flat(second.to_json())
    hidden = {"settings_hash"} if one.get("settings_hash") != other.get("settings_hash") and first.settings != second.settings else set()
    return {name: (one.get(name), other.get(name)) for name in sorted(one.keys() | other.keys())
            if one.get(name) != other.get(name) and name not in hidden}


def _flat(values: Mapping[str, object], prefix: str = "") -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            found |= _flat(value, f"{prefix}{name}.")
        else:
            found[prefix + name] = value
    return found
