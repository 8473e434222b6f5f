"""How many faithful sentences pass the checks of what a model writes, and how many that say something else.

    python -m benchmarks.sentence_checks CASES... [--list]
    python -m benchmarks.sentence_checks --twist TEXT...

Cases are written by hand, faithful and not. A twist of a real sentence is made by chance: two words exchanged, a word replaced by one
from elsewhere, a negation or another qualifying word left out, or a number raised by one. Not every exchange changes what is said
("other various measures"), so the shares of twists are an upper bound.
"""

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.answers import Evidence, Language, Place
from assistant.bridge import bundled_bridge
from assistant.function_words import is_content
from assistant.generated import Rejection
from assistant.writing.asking.reply import Proposal
from assistant.writing.checking.binding import binding_fault
from assistant.writing.checking.checks import judge_sentence
from assistant.writing.material import Material
from ingest.language import language_of

_NEGATIONS = re.compile(r" (?:niet|geen|nooit|zonder|not|no|never|without)(?= )")
_QUALIFIERS = re.compile(r" (?:mogelijk|kan|kunnen|moet|moeten|mag|mogen|may|can|must|shall|volgens|indien|tenzij|alleen|minstens|ten minste|ten hoogste"
                         r"|altijd|vaak|soms|alle|elke|often|only|all|some|ongeveer)(?= )")
_MOST = 500


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


def check_cases(paths: list[Path], *, listed: bool) -> None:
    """Print the shares, by what is wrong, and each case that goes the wrong way where they are listed."""
    for path in paths:
        cases = list(read_cases(path))
        shown, seen = Counter(), Counter()
        for case in cases:
            fault = case.fault()
            seen[case.wrong] += 1
            shown[case.wrong] += fault is None
            if listed and (fault is None) == bool(case.wrong):
                print(f"  {case.wrong or 'faithful':10} {fault or 'shown':10} {case.text}")
        print(f"{path.name}: faithful sentences shown {shown['']} of {seen['']}; others shown {sum(shown.values()) - shown['']} of {len(cases) - seen['']}: "
              + ", ".join(f"{name} {shown[name]}/{seen[name]}" for name in sorted(seen) if name))


def twists(sentence: str, language: Language, others: list[str], chance: random.Random) -> Iterator[tuple[str, str]]:
    """Give each twist of a sentence with its kind."""
    words = sentence[:-1].split()
    places = [place for place, word in enumerate(words) if place and word.isalpha() and word.islower() and is_content(word, language)]
    if len(places) > 1:
        one, two = chance.sample(places, 2)
        yield "exchanged", " ".join({one: words[two], two: words[one]}.get(place, word) for place, word in enumerate(words)) + "."
        yield "replaced", " ".join(chance.choice(others) if place == one else word for place, word in enumerate(words)) + "."
    yield "negation", _NEGATIONS.sub("", sentence, count=1)
    yield "qualifier", _QUALIFIERS.sub("", sentence, count=1)
    yield "number", re.sub(r"\d+", lambda found: str(int(found[0]) + 1), sentence, count=1)


def check_twists(paths: list[Path]) -> None:
    """Print how many twists of each kind pass, and how many sentences pass as themselves."""
    chance = random.Random(7)
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    sentences = [one for line in lines for one in re.split(r"(?<=[.!?])\s+", line.strip())
                 if 6 <= len(one.split()) <= 22 and one[0].isupper() and one[-1] == "."]
    chance.shuffle(sentences)
    others = [word for one in sentences[:_MOST] for word in re.findall(r"[a-zà-ü]{4,}", one)]
    made, passed = Counter(), Counter()
    for sentence in sentences[:_MOST]:
        language = language_of(sentence)
        for kind, twisted in [("itself", sentence), *((kind, one) for kind, one in twists(sentence, language, others, chance) if one != sentence)]:
            made[kind] += 1
            passed[kind] += binding_fault(twisted, [sentence], language)[0] is None
    for kind, count in made.items():
        print(f"{kind}: {passed[kind]} of {count} pass")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--list", action="store_true", help="the cases that go the wrong way")
    parser.add_argument("--twist", action="store_true", help="twist the sentences of texts instead of reading cases")
    given = parser.parse_args()
    if given.twist:
        check_twists(given.files)
    else:
        check_cases(given.files, listed=given.list)


if __name__ == "__main__":
    main()
