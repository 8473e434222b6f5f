"""Typing errors, capitals and missing diacritics, forgiven towards words that the sources hold or that are usual.

A word that the languages know is never changed, and neither is a name of a country or people: "Syrische" must not become a
word of the sources, and "orgaanhandel" not "mensenhandel".
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from assistant.function_words import how_usual
from index.places import territory_stem
from index.words import WORD, fold, split_compound

_LEAST_LENGTH = 5
_LEAST_SIMILARITY = 0.84  # Damerau-Levenshtein; one slip in seven letters; not measured
_USUAL_SIMILARITY = 0.79  # one slip in five letters, towards the usual words of the language, where the sources have none
_USUAL_WORDS = 30_000
_USUAL, _OFTEN = 2.5, 3.0  # on the Zipf scale, how usual a word has to be, and one of which another is a form
_ENDING = re.compile(r"(?:ers?|ors?)$")
_LEAST_STEM = 5  # letters of a word without its ending


def _unknown(_: str) -> bool:
    return False


def corrected(question: str, words: Counter[str], surfaces: Mapping[str, str], *, language: str,
              known: Callable[[str], bool] = _unknown) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the question with its typing errors mended, and which words were changed into which; `known` words stay, seldom as they may be."""
    changes: list[tuple[str, str]] = []
    shouted = question.isupper()

    def mend(word: str) -> str:
        better = None if known(word) else _better(word, words, language)
        if better is None:
            return _unshouted(word, surfaces) if shouted else word
        written = surfaces.get(better, better)
        if not shouted:
            changes.append((word, written))
        return written

    pieces, end = [], 0
    for match in WORD.finditer(question):
        pieces += [question[end:match.start()], mend(match[0])]
        end = match.end()
    return "".join([*pieces, question[end:]]), tuple(changes)


def _unshouted(word: str, surfaces: Mapping[str, str]) -> str:
    """Return a word of a question in capitals as the sources write it, or in small letters; a first letter alone proves no name."""
    written = surfaces.get(fold(word), word.casefold())
    return written.casefold() if written[1:].islower() and _known(written) and not territory_stem(written) else written


def _better(word: str, words: Counter[str], language: str) -> str | None:
    """Return the folded word of the sources, or else of the language, that was meant; None when the word stands as it is."""
    folded = fold(word)
    if folded in words or len(folded) < _LEAST_LENGTH or any(character.isdigit() for character in folded):
        return None
    if territory_stem(word) or _known(word) or split_compound(folded):
        return None
    if word[:1].isupper():  # a name that the sources do not hold is no typing error of a usual word
        return _nearest(folded, words, _LEAST_SIMILARITY)
    return _nearest(folded, words, _LEAST_SIMILARITY) or _nearest(folded, _usual(language), _USUAL_SIMILARITY)


def _nearest(folded: str, words: Iterable[str], least: float) -> str | None:
    """Return the word of about the same length and the same first letter that is most alike, if it is alike enough."""
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    candidates = [other for other in words if other[:1] == folded[0] and abs(len(other) - len(folded)) <= 2 and len(other) >= _LEAST_LENGTH]
    found = process.extractOne(folded, candidates, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=least)
    return str(found[0]) if found else None


@lru_cache(maxsize=2)
def _usual(language: str) -> tuple[str, ...]:
    """Return the most frequent words of a language, folded, the most frequent first."""
    from wordfreq import top_n_list

    return tuple(dict.fromkeys(fold(word) for word in top_n_list(language, _USUAL_WORDS) if word.isalpha()))


def _known(word: str) -> bool:
    """Say whether one of the languages has the word, with or without its diacritics, or what it is a form of: "exploiters"."""
    base = _ENDING.sub("", word.casefold())
    return how_usual(word) >= _USUAL or (base != word.casefold() and len(base) >= _LEAST_STEM and how_usual(base) >= _OFTEN)
