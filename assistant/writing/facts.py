"""Whether the numbers, names and content words of a generated sentence stand in the quotations that it rests on."""

import re
from collections.abc import Sequence

from assistant.answers import Language
from assistant.bridge import Bridge
from assistant.function_words import is_content
from index.places import territory_stem
from index.words import fold, stems, tokens, word_stems

_DIGITS = re.compile(r"\d+(?:[.,:/-]\d+)*(?P<percent>\s*(?:%|procent\b|percent\b|per cent\b))?")
_NUMBER_WORDS = (
    ("0", "nul", "zero"), ("2", "twee", "two", "beide", "both"), ("3", "drie", "three"), ("4", "vier", "four"), ("5", "vijf", "five"),
    ("6", "zes", "six"), ("7", "zeven", "seven"), ("8", "acht", "eight"), ("9", "negen", "nine"), ("10", "tien", "ten"),
    ("11", "elf", "eleven"), ("12", "twaalf", "twelve", "dozijn", "dozen"), ("13", "dertien", "thirteen"), ("14", "veertien", "fourteen"),
    ("15", "vijftien", "fifteen"), ("16", "zestien", "sixteen"), ("17", "zeventien", "seventeen"), ("18", "achttien", "eighteen"),
    ("19", "negentien", "nineteen"), ("20", "twintig", "twenty"), ("30", "dertig", "thirty"), ("40", "veertig", "forty"),
    ("50", "vijftig", "fifty"), ("60", "zestig", "sixty"), ("70", "zeventig", "seventy"), ("80", "tachtig", "eighty"),
    ("90", "negentig", "ninety"), ("100", "honderd", "honderden", "hundred", "hundreds"), ("1000", "duizend", "duizenden", "thousand", "thousands"),
    ("1000000", "miljoen", "miljoenen", "million", "millions"), ("1000000000", "miljard", "billion"),
    ("first", "eerste", "first"), ("second", "tweede", "second"), ("third", "derde", "third"), ("quarter", "kwart", "quarter"),
    ("half", "helft", "half", "halve"), ("double", "dubbel", "dubbele", "verdubbeld", "verdubbeling", "double", "doubled", "twice", "tweemaal"),
    ("most", "meerderheid", "merendeel", "meeste", "grootste", "majority", "most", "mostly"),
    ("minority", "minderheid", "minority"), ("many", "veel", "vele", "talrijke", "many", "numerous", "much"),
    ("all", "alle", "iedere", "ieder", "elke", "elk", "iedereen", "altijd", "allemaal", "geheel", "all", "every", "everyone", "each", "always", "entire"),
    ("some", "sommige", "enkele", "several", "some", "verschillende", "meerdere", "various"))
_BY_WORD = {word: value for value, *words in _NUMBER_WORDS for word in words}
_LEAST_SUPPORT = 0.5  # a plain majority of the content words, not fitted to any text
_LONGEST_COPY = 10  # words in a row: from there on a sentence is a quotation typed by a model
# Openings that add nothing; any other word that opens a sentence with a capital may be a name and must be in the quotations.
_OPENINGS = frozenset((
    "daarnaast", "verder", "bovendien", "tevens", "ook", "vooral", "samengevat", "kortom", "daarbij", "tegelijk",
    "tegelijkertijd", "hierdoor", "daardoor", "daarom", "ten", "furthermore", "moreover", "additionally", "overall", "in",
    "together", "also", "further", "similarly", "meanwhile", "therefore", "thus"))


def numbers_stand(text: str, quoted: Sequence[str]) -> bool:
    """Say whether every number, as digits or in words, and every quantity such as "most" or "half" is in a quotation."""
    source = _numbers(" ".join(quoted))
    return _numbers(text) <= source


def names_stand(text: str, quoted: Sequence[str], language: Language) -> bool:
    """Say whether every name, abbreviation, country and people is in a quotation; countries match across languages."""
    source = " ".join(quoted)
    places = {territory_stem(word) for word in tokens(source)} - {""}
    known = {fold(part) for word in tokens(source) for part in (word, *re.split(r"[-/]", word))} | set(stems(source, language))
    for position, word in enumerate(tokens(text)):
        place = territory_stem(word)
        if place:
            if place not in places:
                return False
        elif any(one.isupper() for one in word) and not _is_known(word, known, language) and not _opens(word, position, language):
            return False
    return True


def is_supported(text: str, quoted: Sequence[str], language: Language, bridge: Bridge) -> bool:
    """Say whether at least half of the content words are in the quotations: themselves, their stem, or a translation."""
    source = {stem for one in quoted for word in tokens(one) for stem in (*word_stems(word, "nl"), *word_stems(word, "en"))}
    words = [word for word in tokens(text) if is_content(word, language)]
    found = sum(_has_support(word, source, language, bridge) for word in words)
    return bool(words) and found >= _LEAST_SUPPORT * len(words)


def is_copy(text: str, quoted: Sequence[str]) -> bool:
    """Say whether a sentence types out a quotation: all of one, or a long run of its words."""
    said = [fold(word) for word in tokens(text)]
    sources = [" ".join(fold(word) for word in tokens(one)) for one in quoted]
    if " ".join(said) in sources:
        return True
    runs = (" ".join(said[at:at + _LONGEST_COPY]) for at in range(len(said) - _LONGEST_COPY + 1))
    return any(run in source for run in runs for source in sources)


def _numbers(text: str) -> set[str]:
    found = {_BY_WORD[fold(word)] for word in tokens(text) if fold(word) in _BY_WORD}
    for match in _DIGITS.finditer(text):
        digits = re.sub(r"\s|%|procent|percent|per cent", "", match[0])
        thousands = re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", digits)
        value = re.sub(r"[.,]", "", digits) if thousands else digits.replace(",", ".")
        found.add(f"{value}%" if match["percent"] else value)
    return found


def _is_known(word: str, known: set[str], language: Language) -> bool:
    folded = fold(word)
    return folded in known or folded.removesuffix("'s") in known or word_stems(word, language)[0] in known


def _opens(word: str, position: int, language: Language) -> bool:
    """Say whether a capital is only that of the sentence: a function word or connective at its beginning."""
    plain = word[1:].islower() or len(word) == 1
    return position == 0 and plain and (not is_content(word, language) or fold(word) in _OPENINGS)


def _has_support(word: str, source: set[str], language: Language, bridge: Bridge) -> bool:
    if source.intersection(word_stems(word, language)):
        return True
    return any(stem in source for other in bridge.alternatives((word,), language) for stem in other.stems)
