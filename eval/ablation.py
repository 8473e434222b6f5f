"""A grid over the settings of the assistant: `fusion.lexical=0,0.3,0.6`."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from itertools import product
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assistant.settings import AssistantSettings
from ingest.errors import UsageError

MOST_VARIATIONS = 64


@dataclass(frozen=True, slots=True)
class Variation:
    """One point of the grid: the values that differ, by dotted name, and the settings with them."""

    values: Mapping[str, float | int | bool | str]
    settings: AssistantSettings

    @property
    def label(self) -> str:
        """The values in one line, as on the command line."""
        return " ".join(f"{name}={value}" for name, value in self.values.items())


def parse_variations(given: Sequence[str], settings: AssistantSettings) -> tuple[Variation, ...]:
    """Return every combination of the values given, in their order.

    :raises UsageError: for an unknown setting, a value of another kind or out of bounds, a name given twice or too large a grid.
    """
    axes: dict[str, list[Any]] = {}
    for text in given:
        name, sign, values = text.partition("=")
        if not sign or not values:
            raise UsageError(f"--vary needs NAME=VALUE,VALUE..., not {text!r}")
        if name in axes:
            raise UsageError(f"--vary names {name} twice: give all its values at once")
        kind = _kind(settings, name)
        axes[name] = list(dict.fromkeys(_value(one.strip(), kind, name) for one in values.split(",")))
    grid = [dict(zip(axes, point, strict=True)) for point in product(*axes.values())]
    if len(grid) > MOST_VARIATIONS:
        raise UsageError(f"--vary asks for {len(grid)} runs; {MOST_VARIATIONS} at most")
    return tuple(Variation(point, _checked(varied(settings, point))) for point in grid)


def _checked(settings: AssistantSettings) -> AssistantSettings:
    """Return the settings when all are within their bounds, else raise UsageError."""
    try:
        TypeAdapter(AssistantSettings).validate_python(asdict(settings))
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors(include_url=False))
        raise UsageError(f"--vary: {wrong}") from None
    return settings


def varied(settings: AssistantSettings, values: Mapping[str, Any]) -> AssistantSettings:
    """Return the settings with some values replaced, by dotted name."""
    for name, value in values.items():
        settings = _replaced(settings, name.split("."), value)
    return settings


def _replaced(part: Any, path: Sequence[str], value: object) -> Any:  # noqa: ANN401 - a nested dataclass of any depth
    first, *rest = path
    return replace(part, **{first: _replaced(getattr(part, first), rest, value) if rest else value})


def _kind(settings: AssistantSettings, name: str) -> type:
    known = dict(_leaves(settings))
    if name not in known:
        raise UsageError(f"--vary: there is no setting {name!r}, there are {', '.join(known)}")
    return known[name]


def _leaves(part: Any, prefix: str = "") -> list[tuple[str, type]]:  # noqa: ANN401 - a nested dataclass of any depth
    found: list[tuple[str, type]] = []
    for one in fields(part):
        value = getattr(part, one.name)
        if is_dataclass(value):
            found += _leaves(value, f"{prefix}{one.name}.")
        elif isinstance(value, (bool, int, float, str)):
            found.append((prefix + one.name, type(value)))
    return found


def _value(text: str, kind: type, name: str) -> float | int | bool | str:
    if kind is bool:
        if text not in ("true", "false"):
            raise UsageError(f"--vary: {name} is true or false, not {text!r}")
        return text == "true"
    try:
        value: float | int | str = kind(text)
    except ValueError:
        raise UsageError(f"--vary: {name} is {'a whole number' if kind is int else 'a number'}, not {text!r}") from None
    if value != value or value in (float("inf"), float("-inf")):
        raise UsageError(f"--vary: {name} is a number, not {text!r}")
    return value
