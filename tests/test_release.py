"""What an installation gets: every dependency is locked with hashes and has a licence that goes with EUPL-1.2."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from benchmarks.licences import all_licences, compatible
from ui.settings import Settings

_PROJECT = Path(__file__).resolve().parents[1]


def test_every_installed_dependency_has_a_compatible_licence():
    licences = all_licences()
    assert [f"{one.name}: {one.said}" for one in licences if not one.licence] == []
    assert {"chromadb", "torch", "gradio", "numpy", "openai"} <= {one.name for one in licences}


@pytest.mark.parametrize(("said", "licence"), [
    ("MIT License", "MIT"), ("Apache Software License; MIT License", "MIT and Apache-2.0"), ("BSD-3-Clause", "BSD-3-Clause"),
    ("Mozilla Public License 2.0 (MPL 2.0)", "MPL-2.0"), ("LGPL-3.0-or-later", "LGPL"), ("MIT OR GPL-2.0-only", "MIT"),
    ("GNU Affero General Public License v3", ""), ("AGPL-3.0", ""), ("GPL-3.0-only", ""), ("GNU General Public License (GPL)", ""),
    ("MIT AND GPL-2.0-only", ""), ("Other/Proprietary License", ""), ("", ""), ("SSPL-1.0", ""), ("All rights reserved", "")])
def test_licences_that_do_not_go_with_the_eupl_are_found(said, licence):
    assert compatible(said) == licence


def test_the_lock_file_has_every_dependency_in_a_fitting_version_with_hashes():
    lock = (_PROJECT / "requirements.lock").read_text("utf-8")
    locked = dict(re.findall(r"^([a-z0-9-]+)(?:\[[^\]]+\])?==(\S+) \\$", lock, re.M))
    hashed = set(re.findall(r"^([a-z0-9-]+)(?:\[[^\]]+\])?==[^\n]+\n\s+--hash=sha256:[0-9a-f]{64}", lock, re.M))
    project = tomllib.loads((_PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = [Requirement(line) for line in (*project["dependencies"], *project["optional-dependencies"]["llm"])]
    assert [str(one) for one in needed if not one.specifier.contains(locked.get(canonicalize_name(one.name), "0"))] == [], "run make lock"
    assert hashed == set(locked) and len(locked) > 100
    assert locked["torch"].endswith("+cpu"), "the torch of PyPI does not start without CUDA packages: make lock takes the wheel for processors"
    assert not re.search(r"^(nvidia-|cuda-|triton)", lock, re.M), "CUDA packages are not free"


def test_the_unit_file_sets_nothing_that_would_win_over_the_settings_file_that_it_names():
    unit, admin = (_PROJECT / "bronvast.service").read_text("utf-8"), (_PROJECT / "docs" / "admin.md").read_text("utf-8")
    assert re.findall(r"BRONVAST_\w+", unit) == ["BRONVAST_SETTINGS"] and "--settings" not in unit
    example = tomllib.loads(re.search(r"```toml\n(.+?)```", admin, re.S)[1])
    assert {"index", "state", "cache"} <= set(example) and set(example) <= set(Settings.model_fields)


def test_what_git_passes_over_and_git_itself_are_not_copied_into_the_container():
    left_out = {line.removeprefix("**/").strip("/") for line in (_PROJECT / ".dockerignore").read_text("utf-8").splitlines()}
    assert left_out >= {line.strip("/") for line in (_PROJECT / ".gitignore").read_text("utf-8").splitlines()} | {".git"}
