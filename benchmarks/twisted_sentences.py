"""Twists real sentences by chance and counts how often the check takes the twist for the sentence: `python -m benchmarks.twisted_sentences FILE...`.

A twist is two words exchanged, a word replaced by one from elsewhere, a negation or another qualifying word left out, or a number raised
by one. Not every exchange changes what is said ("other various measures"), so the shares are an upper bound.
"""

import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from assistant.answers import Language
from assistant.function_words import is_content
from assistant.writing.checking.binding import binding_fault
from ingest.language import language_of

_NEGATIONS = re.compile(r" (?:niet|geen|nooit|zonder|not|no|never|without)(?= )")
_QUALIFIERS = re.compile(r" (?:mogelijk|kan|kunnen|moet|moeten|mag|mogen|may|can|must|shall|volgens|indien|tenzij|alleen|minstens|ten minste|ten hoogste"
                         r"|altijd|vaak|soms|alle|elke|often|only|all|some|ongeveer)(?= )")
_MOST = 500


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


def main() -> None:
    """Print how many twists of each kind pass, and how many sentences pass as themselves."""
    chance = random.Random(7)
    lines = [line for name in sys.argv[1:] for line in Path(name).read_text(encoding="utf-8").splitlines()]
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


if __name__ == "__main__":
    main()
