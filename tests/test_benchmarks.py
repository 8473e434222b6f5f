"""Every benchmark that docs, code or another benchmark names is there."""

import re
from pathlib import Path

import pytest

_PROJECT = Path(__file__).resolve().parents[1]
_NAMED_IN = sorted(path for pattern in ("docs/**/*.md", "README.md", "CONTRIBUTING.md", "Makefile", "*/**/*.py", "assistant/*.txt")
                   for path in _PROJECT.glob(pattern) if path.relative_to(_PROJECT).parts[0] != ".venv")


def named(text: str) -> set[str]:
    """The modules that a text names, as `benchmarks.layouts` or `benchmarks/layouts.py`."""
    return set(re.findall(r"\bbenchmarks[./](\w+)", text))


def test_names_are_found_in_both_forms():
    assert named("`python -m benchmarks.layouts 5`, benchmarks/fit_joints.py") == {"layouts", "fit_joints"}


@pytest.mark.parametrize("path", [path for path in _NAMED_IN if "benchmarks" in path.read_text("utf-8")], ids=lambda path: str(path.relative_to(_PROJECT)))
def test_every_benchmark_that_is_named_is_there(path):
    there = {one.stem for one in (_PROJECT / "benchmarks").glob("*.py")}
    assert named(path.read_text("utf-8")) <= there
