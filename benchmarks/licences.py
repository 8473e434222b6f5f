"""The licences of everything that Bronvast needs to run, as a table; ends with 1 where one is unknown or does not go with EUPL-1.2.

    python -m benchmarks.licences            # writes docs/licences.md
    python -m benchmarks.licences --check    # only says what is wrong

Read from the metadata of the installed packages: the dependencies of pyproject.toml and of its extras `llm` and `oidc`,
and what these need in turn. Bronvast does not contain these packages; it asks the installer for them.
"""

import argparse
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

_PROJECT = Path(__file__).resolve().parents[1]
_PAGE = _PROJECT / "docs" / "licences.md"
_EXTRAS = ("llm", "oidc")
# Licences that ask no more than to be named, and weak copyleft ones of libraries that are used unchanged; the EUPL names the
# LGPL and MPL in its appendix of compatible licences. (pattern, name)
_COMPATIBLE = (
    (r"\bMIT\b|\bExpat\b|\bX11\b", "MIT"), (r"Apache", "Apache-2.0"), (r"BSD[- ]?3|3-Clause|New BSD", "BSD-3-Clause"),
    (r"BSD[- ]?2|2-Clause|Simplified BSD", "BSD-2-Clause"), (r"0BSD", "0BSD"), (r"\bBSD\b", "BSD"), (r"\bISC\b", "ISC"),
    (r"MPL|Mozilla Public", "MPL-2.0"), (r"PSF|Python Software Foundation|Python-2\.0", "PSF-2.0"), (r"Unlicense|Public Domain|CC0", "public domain"),
    (r"\bZPL\b|Zope", "ZPL-2.1"), (r"HPND|Historical Permission", "HPND"), (r"zlib", "Zlib"), (r"LGPL|Lesser General", "LGPL"), (r"Boost|BSL-1", "BSL-1.0"))
_INCOMPATIBLE = re.compile(r"\bAGPL|Affero|\bSSPL|Commons Clause|\bBUSL|Non-?Commercial|Proprietary", re.I)
_COPYLEFT = re.compile(r"(?<!L)(?<!Lesser )\bGPL|(?<!Lesser )(?<!Affero )General Public", re.I)
# What the metadata of a package does not say, read in its own repository or wheel.
_SAID_ELSEWHERE = {"locate": "MIT"}  # its classifier says "Other", its LICENSE file is MIT's


@dataclass(frozen=True, slots=True)
class Licence:
    """A package, its version, what its metadata says, and the licence that this is; empty where it is unknown or not compatible."""

    name: str
    version: str
    said: str
    licence: str


def needed(roots: list[Requirement]) -> Iterator[Distribution]:
    """Yield the distributions behind some requirements and all that these need, each once."""
    seen: set[tuple[str, frozenset[str]]] = set()
    given: set[str] = set()
    waiting = [(one, frozenset(one.extras)) for one in roots]
    while waiting:
        requirement, extras = waiting.pop()
        name = canonicalize_name(requirement.name)
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        try:
            found = distribution(name)
        except PackageNotFoundError:  # a marker of another system, or an extra that is not installed here
            continue
        if name not in given:
            given.add(name)
            yield found
        for line in found.requires or ():
            one = Requirement(line)
            if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
                waiting.append((one, frozenset(one.extras)))


def licence_of(found: Distribution) -> Licence:
    """Say which licence a package has, by its expression, its classifiers or its own words."""
    about, name = found.metadata, canonicalize_name(found.metadata["Name"])
    classifiers = [one.rpartition(" :: ")[2] for one in about.get_all("Classifier") or () if one.startswith("License ::")]
    expression, (own, *_) = about.get_all("License-Expression"), about.get_all("License") or [""]
    lines = own.strip().splitlines()
    said = _SAID_ELSEWHERE.get(name) or "; ".join(expression or ()) or "; ".join(classifiers) or (lines[0][:80] if lines else "") or _in_file(found)
    return Licence(name, found.version, said, compatible(said))


def compatible(said: str) -> str:
    """Return the licences that a text names when one of them goes with EUPL-1.2, else nothing."""
    names = [name for pattern, name in _COMPATIBLE if re.search(pattern, said, re.I)]
    if "BSD" in names and len([name for name in names if name.startswith("BSD")]) > 1:
        names.remove("BSD")
    choice = " or " in said.casefold() and names
    if not choice and (_INCOMPATIBLE.search(said) or _COPYLEFT.search(said)):
        return ""
    return " and ".join(names)


def _in_file(found: Distribution) -> str:
    """The first words of a package's licence file."""
    for path in found.files or ():
        if re.fullmatch(r"(?i)(?:licen[cs]e|copying)[^/]*", path.name) and ".dist-info" in str(path):
            return " ".join(Path(str(path.locate())).read_text("utf-8", "replace").split())[:200]
    return ""


def all_licences() -> list[Licence]:
    """The licences of all that is needed to run, in the order of the names."""
    project = tomllib.loads((_PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in _EXTRAS for line in project["optional-dependencies"][extra])]
    return sorted((licence_of(one) for one in needed([Requirement(line) for line in lines])), key=lambda one: one.name)


def page(licences: list[Licence]) -> str:
    """The table as Markdown."""
    rows = "\n".join(f"| {one.name} | {one.version} | {one.licence or '**not compatible or unknown**: ' + one.said[:60]} |" for one in licences)
    return (f"# Licences of what Bronvast runs on\n\nBronvast itself is EUPL-1.2. Made by `python -m benchmarks.licences` from the metadata of the "
            f"installed packages: {len(licences)} packages, the extras `llm` and `oidc` included. They are asked for by name and not contained.\n\n"
            f"| package | version | licence |\n|---|---|---|\n{rows}\n")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--check", action="store_true", help="write nothing")
    given = parser.parse_args()
    licences = all_licences()
    if not given.check:
        _PAGE.write_text(page(licences), encoding="utf-8")
    wrong = [one for one in licences if not one.licence]
    for one in wrong:
        print(f"{one.name} {one.version}: {one.said[:100] or 'no licence said'}")
    print(f"{len(licences)} packages, {len(wrong)} unknown or not compatible with EUPL-1.2")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
