"""Whether the numbers, names and directions of a generated text stand in what it rests on, and whether it types that out."""

import re
from collections.abc import Sequence

from assistant.answers import Language
from assistant.bridge import Bridge
from assistant.directions import directions
from assistant.function_words import is_content
from assistant.writing.checking.clauses import EMPTY
from index.number_words import number_of
from index.places import territory_stem
from index.words import fold, stems, tokens, word_stems

_DIGITS = re.compile(r"\d+(?:[.,:/-]\d+)*(?P<percent>\s*(?:%|procent\b|percent\b|per cent\b))?")
_QUANTITIES = (
    ("first", "eerste", "first"), ("second", "tweede", "second"), ("third", "derde", "third"), ("quarter", "kwart", "quarter"), ("half", "helft", "half", "halve"),
    ("double", "dubbel", "dubbele", "verdubbeld", "verdubbelde", "verdubbelt", "verdubbeling", "double", "doubled", "twice", "tweemaal"),
    ("triple", "verdrievoudigd", "verdrievoudiging", "drievoudig", "triple", "tripled", "threefold"), ("halved", "gehalveerd", "halvering", "halveren", "halved", "halving"))
_BY_WORD = {word: value for value, *words in _QUANTITIES for word in words}
_LONGEST_COPY = 10  # words in a row: from there on a sentence is a quotation typed by a model


def numbers_stand(text: str, quoted: Sequence[str]) -> bool:
    """Say whether every number, as digits or in words, and every quantity such as "half" or "doubled" is in a quotation."""
    source = _numbers(" ".join(quoted))
    return _numbers(text) <= source


def names_stand(text: str, quoted: Sequence[str], language: Language, bridge: Bridge) -> bool:
    """Say whether every name, abbreviation, country and people is in a quotation; countries match across languages."""
    source = " ".join(quoted)
    places = {territory_stem(word) for word in tokens(source)} - {""}
    known = {fold(part) for word in tokens(source) for part in (word, *re.split(r"[-/]", word))} | set(stems(source, language))
    for position, word in enumerate(tokens(text)):
        place = territory_stem(word)
        if place:
            if place not in places:
                return False
        elif any(one.isupper() for one in word) and not _is_known(word, known, language) and not _opens(word, position, quoted, language, bridge):
            return False
    return True


def direction_agrees(text: str, quoted: Sequence[str]) -> bool:
    """Say whether what rises, falls, worsens or improves in a sentence does so in a quotation."""
    return directions(text) <= frozenset().union(*(directions(one) for one in quoted))


def is_copy(text: str, quoted: Sequence[str]) -> bool:
    """Say whether a sentence types out a quotation: all of one, or a long run of its words."""
    said = [fold(word) for word in tokens(text)]
    sources = [" ".join(fold(word) for word in tokens(one)) for one in quoted]
    if " ".join(said) in sources:
        return True
    runs = (" ".join(said[at:at + _LONGEST_COPY]) for at in range(len(said) - _LONGEST_COPY + 1))
    return any(run in source for run in runs for source in sources)


def _numbers(text: str) -> set[str]:
    found = {value for word in tokens(text) if (value := _BY_WORD.get(fold(word)) or number_of(word))}
    for match in _DIGITS.finditer(text):
        digits = re.sub(r"\s|%|procent|percent|per cent", "", match[0])
        thousands = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", digits)
        value = re.sub(r"[.,]", "", digits) if thousands else digits.replace(",", ".")
        found.add(f"{value}%" if match["percent"] else value)
    return found


def _is_known(word: str, known: set[str], language: Language) -> bool:
    folded = fold(word)
    return folded in known or folded.removesuffix("'s") in known or word_stems(word, language)[0] in known


def _opens(word: str, position: int, quoted: Sequence[str], language: Language, bridge: Bridge) -> bool:
    """Say whether a capital is only that of the sentence: a function word at its beginning, or one that translates a word of the quotations."""
    plain = word[1:].islower() or len(word) == 1
    source = {stem for one in quoted for known in tokens(one) for stem in (*word_stems(known, "nl"), *word_stems(known, "en"))}
    return position == 0 and plain and (not is_content(word, language) or fold(word) in EMPTY or _has_support(word, source, language, bridge))


def _has_support(word: str, source: set[str], language: Language, bridge: Bridge) -> bool:
    if source.intersection(word_stems(word, language)):
        return True
    return any(stem in source for other in bridge.alternatives((word,), language) for stem in other.stems)
