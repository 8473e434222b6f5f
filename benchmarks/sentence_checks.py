"""How many faithful sentences pass the checks, and how many that say something else: `python -m benchmarks.sentence_checks FILE... [--list]`."""

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.answers import Evidence, Language, Place
from assistant.bridge import bundled_bridge
from assistant.generated import Rejection
from assistant.writing.asking.reply import Proposal
from assistant.writing.checking.checks import judge_sentence
from assistant.writing.material import Material


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence beside quotations; `wrong` says what it does wrong, "" for a faithful one."""

    text: str
    language: Language
    cited: tuple[int, ...]
    quotes: tuple[str, ...]
    wrong: str

    @property
    def material(self) -> Material:
        """The quotations as a model would get them."""
        evidence = [Evidence(n, quote, Place("a.txt", "0" * 64, "A", "", None, n, n + len(quote)), 0.9, f"p{n}") for n, quote in enumerate(self.quotes, 1)]
        return Material.of(evidence, most_characters=10**6)

    def fault(self) -> Rejection | None:
        """Return what the checks say of it."""
        ids = list(self.material.quotations)
        return judge_sentence(Proposal(self.text, tuple(ids[n - 1] for n in self.cited)), self.material, self.language, bundled_bridge()).fault


def read_cases(path: Path) -> Iterator[Case]:
    """Read a file of cases."""
    quotes: list[str] = []
    fresh = False
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            quotes, fresh = [*quotes, line[2:]] if fresh else [line[2:]], True
        elif line[:2] in ("+ ", "- "):
            fresh = False
            kind, rest = line[0], line[2:]
            wrong, rest = ("", rest) if kind == "+" else tuple(rest.split(" ", 1))
            language, cited, text = rest.split(" ", 2)
            yield Case(text, "nl" if language == "nl" else "en", tuple(int(one) for one in cited.split(",")), tuple(quotes), wrong)


def main() -> None:
    """Print the shares, by what is wrong, and with --list each case that goes the wrong way."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--list", action="store_true")
    given = parser.parse_args()
    for path in given.files:
        cases = list(read_cases(path))
        shown, seen = Counter(), Counter()
        for case in cases:
            fault = case.fault()
            seen[case.wrong] += 1
            shown[case.wrong] += fault is None
            if given.list and (fault is None) == bool(case.wrong):
                print(f"  {case.wrong or 'faithful':10} {fault or 'shown':10} {case.text}")
        print(f"{path.name}: faithful sentences shown {shown['']} of {seen['']}; others shown {sum(shown.values()) - shown['']} of {len(cases) - seen['']}: "
              + ", ".join(f"{name} {shown[name]}/{seen[name]}" for name in sorted(seen) if name))


if __name__ == "__main__":
    main()
