"""Numbers written as words, in Dutch and English, as the digits that they stand for: vijfenveertig, forty-five, honderdtwintig."""

from functools import lru_cache

_NL_UNITS = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien",
             "zeventien", "achttien", "negentien")
_NL_TENS = ("twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig")
_EN_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
             "seventeen", "eighteen", "nineteen")
_EN_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_OTHERS = {"nul": "0", "zero": "0", "beide": "2", "both": "2", "dozijn": "12", "dozen": "12", "hundred": "100", "hundreds": "100", "honderden": "100",
           "thousand": "1000", "thousands": "1000", "duizenden": "1000", "miljoen": "1000000", "miljoenen": "1000000", "million": "1000000",
           "millions": "1000000", "miljard": "1000000000", "billion": "1000000000", "anderhalf": "1.5", "anderhalve": "1.5"}
_ARTICLES = frozenset({"een", "one"})  # far oftener an article or a pronoun than the number 1
_ORDINAL_ENDINGS = ("ste", "de", "th")


@lru_cache(maxsize=50_000)
def number_of(word: str) -> str:
    """Return the digits that a word stands for, with "e" behind an ordinal, or nothing: "vijfentwintig" is 25, "twaalfde" 12e."""
    folded = word.casefold().replace("é", "e")
    if folded in _ARTICLES:
        return ""
    cardinal = _cardinal(folded)
    if cardinal:
        return cardinal
    return next((f"{value}e" for ending in _ORDINAL_ENDINGS if folded.endswith(ending) and (value := _cardinal(folded.removesuffix(ending)))), "")


def _cardinal(word: str) -> str:
    if word in _OTHERS:
        return _OTHERS[word]
    head, thousand, rest = word.partition("duizend")
    if not thousand:
        return str(_below_thousand().get(word, "") or _hundreds(word) or "")
    front, back = _below_thousand().get(head, 0) if head else 1, _below_thousand().get(rest.removeprefix("en"), 0) if rest else 0
    return str(1000 * front + back) if front and (back or not rest) else ""


def _hundreds(word: str) -> int:
    """Return what "vijftienhonderd" and "eenentwintighonderd" stand for."""
    head, hundred, rest = word.partition("honderd")
    front, back = _below_thousand().get(head, 0), _below_thousand().get(rest.removeprefix("en"), 0) if rest else 0
    return 100 * front + back if hundred and 10 < front < 100 and (back or not rest) else 0


@lru_cache(maxsize=1)
def _below_thousand() -> dict[str, int]:
    """Return every number from 1 to 999 by its Dutch word, and to 99 by its English one."""
    words = {word: value for value, word in enumerate(_NL_UNITS, 1)} | {word: value for value, word in enumerate(_EN_UNITS, 1)}
    for tens, (dutch, english) in enumerate(zip(_NL_TENS, _EN_TENS, strict=True), 2):
        words |= {dutch: 10 * tens, english: 10 * tens}
        for unit in range(1, 10):
            words |= {f"{_NL_UNITS[unit - 1]}en{dutch}": 10 * tens + unit, f"{english}-{_EN_UNITS[unit - 1]}": 10 * tens + unit}
    dutch_below = {word: value for word, value in words.items() if "-" not in word and word not in _EN_UNITS and word not in _EN_TENS}
    for hundreds in range(1, 10):
        head = "honderd" if hundreds == 1 else f"{_NL_UNITS[hundreds - 1]}honderd"
        words[head] = 100 * hundreds
        words |= {f"{head}{joint}{word}": 100 * hundreds + value for word, value in dutch_below.items() for joint in ("", "en")}
    return words
