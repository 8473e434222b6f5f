"""Abbreviations that the sources explain themselves: "Licht Verstandelijk Beperkten (LVB)" makes LVB and its long form one term.

The long form is found as Schwartz and Hearst do (A Simple Algorithm for Identifying Abbreviation Definitions in Biomedical
Text, 2003): the letters of the short form, from last to first, in the words before the bracket; the first one opens a word.
It may also stand in the bracket: "COSM (Categorale Opvang voor Slachtoffers van Mensenhandel)". Of a short form that is not in
capitals ("pgb", "Wtta") each word of the long form that tells something gives its first letter.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from assistant.bridge import Alternative, Translations
from assistant.function_words import how_usual, is_content
from index.words import whole_stems

_SHORT = r"(?P<short>[A-Z][\w&-]{0,8}?[A-Z][\w&-]{0,8}?(?=(?:['’]?s)?(?![\w&-]))|[^\W\d_]{2,10})(?:['’]?(?:s|ers?))?"
_BRACKET = (r"(?P<before>(?<![\w’'-])(?:[^\W_][\w’'-]*[ ,]+){1,12})\((?:(?:hierna|verder|hereinafter|hereafter)(?: te noemen| referred to as)?[:,]? )?"
            r"(?:(?:de|het|the) )?[‘“„'\"]?")
_EXPLAINED = re.compile(rf"{_BRACKET}{_SHORT}[’”'\"]?\)")
_IN_COMPOUND = re.compile(rf"{_BRACKET}(?P<short>[A-Z]{{2,10}})-(?P<last>[^\W\d_]+)[’”'\"]?\)")  # "informatie gestuurd werken methodiek (IGW-methodiek)"
_IN_BRACKETS = re.compile(rf"\b{_SHORT} \((?:(?:de|het|the) )?(?P<long>(?:[^\W_][\w’'-]*[ ,]+){{1,7}}[^\W_][\w’'-]*)\)")
_LONGEST = 10  # letters of a short form
_USUAL = 4.0   # how often a language uses a word (Zipf) that is an ordinary one, no short form: "deels"; chosen on some forty of each, not measured

_ASKS_LONG_FORM = (  # of {short}
    r"\bwaar(?:voor sta(?:at|an) (?:(?:de|het|die) )?(?:(?:letters|afkorting) )?{short}\b| sta(?:at|an) (?:(?:de|het|die) )?(?:(?:letters|afkorting) )?{short}"
    r"(?: (?:eigenlijk|precies|nou|dan|ook alweer))? voor\b)"
    r"|\b(?:afkorting|abbreviation|acronym|letters) {short}\b"
    r"|^\W*{short}\W+(?:(?:is|wat|what|waar)\b.*\b(?:afkorting|abbreviation|acronym|stands? for|short for|betekent|means?)|(?:stands?|is short) for"
    r"|staat voor)\b"
    r"|\bwhat (?:do|does) {short} (?:stand for|mean)\b|\bwhat is {short} (?:short|an? (?:abbreviation|acronym)) (?:for|of)\b")
_ASKS_MEANING = re.compile(
    r"^(?:(?:wat|what) (?:is|are|zijn) (?:de |het |een |the |an? )?(?P<is>[\w&-]+)"
    r"|(?:wat|what) (?:betekent|does) (?:de |het |the )?(?P<means>[\w&-]+)(?: mean)?)"
    r"(?: (?:en wat doet|and what does) (?:het|die|zij|hij|it|she|he|they)(?: do)?)?\W*$", re.I)


def find_abbreviations(texts: Iterable[str]) -> dict[str, str]:
    """Return what texts explain: each short form with its long form, the first explanation kept."""
    found: dict[str, str] = {}
    for text in texts:
        for short, long in _explanations(text) if "(" in text else ():
            found.setdefault(short, long)
    return found


def asked_short_form(question: str, known: Iterable[str]) -> str:
    """Return which of the `known` short forms a question asks the meaning of ("What does LVB stand for?", "Wat is het COA?"), or nothing."""
    forms = {short.casefold(): short for short in sorted(known)} | {short: short for short in known}
    asked = _ASKS_MEANING.search(question.strip())
    for word in dict.fromkeys(re.findall(r"[\w&-]+", question)):
        short = forms.get(word) or forms.get(word.casefold(), "")
        if not short or (word != short and how_usual(short) >= _USUAL):
            continue
        if re.search(_ASKS_LONG_FORM.format(short=re.escape(word)), question, re.I) or (asked and word in (asked["is"], asked["means"])):
            return short
    return ""


def explains(text: str, short: str) -> bool:
    """Say whether a text gives the long form of a short one."""
    return short in text and any(one == short for one, _ in _explanations(text))


def _explanations(text: str) -> Iterator[tuple[str, str]]:
    """Yield the short forms that a text explains, each with its long form."""
    before = ((match["short"], _long_form(match["short"], match["before"].strip(" ,"))) for match in _EXPLAINED.finditer(text))
    inside = ((match["short"], match["long"]) for match in _IN_BRACKETS.finditer(text) if _long_form(match["short"], match["long"]) == match["long"])
    compound = ((match["short"], _long_form(match["short"], match["before"].rstrip(" ,").removesuffix(match["last"]).rstrip()))
                for match in _IN_COMPOUND.finditer(text) if match["before"].rstrip(" ,").endswith(f" {match['last']}"))
    for short, long in chain(before, inside, compound):
        if long and len(short) <= _LONGEST and (_in_capitals(short) or _by_initials(short, long)):
            yield short, long


def _in_capitals(short: str) -> bool:
    return sum(letter.isupper() for letter in short) > 1


def _by_initials(short: str, long: str) -> bool:
    """Say whether a form that is no ordinary word has the first letter of each word of the long form that tells something, in order."""
    initials = [word[0].casefold() for word in re.findall(r"\w+", long) if is_content(word, "nl") and is_content(word, "en")]
    letters = iter(short.casefold())
    return len(initials) > 1 and all(initial in letters for initial in initials) and how_usual(short) < _USUAL


def alternatives_of(abbreviations: Mapping[str, str]) -> Translations:
    """Return by language and stems what each form, short or long, may also be called; either language may be that of the question."""
    found: dict[tuple[str, tuple[str, ...]], tuple[Alternative, ...]] = {}
    for short, long in abbreviations.items():
        for language in ("nl", "en"):
            stems, spelled = whole_stems(short, language), whole_stems(long, language)
            found[language, stems] = (Alternative(long, spelled, 1.0, "abbreviation", language),)
            found[language, spelled] = (Alternative(short, stems, 1.0, "abbreviation", language),)
    return found


def _long_form(short: str, before: str) -> str:
    """Return the end of `before` that the letters of a short form stand for, or nothing."""
    letters = [letter for letter in short.casefold() if letter.isalnum()]
    place = len(before)
    for number in range(len(letters) - 1, -1, -1):
        place = before.casefold().rfind(letters[number], 0, place)
        while number == 0 and place >= 0 and not _opens_a_term(before, place):
            place = before.casefold().rfind(letters[0], 0, place)
        if place < 0:
            return ""
    long = before[place:]
    return long if len(long) > len(short) and len(long.split()) <= 2 * len(letters) else ""


def _opens_a_term(text: str, place: int) -> bool:
    """Say whether a word begins here that tells something: "en Mensensmokkel" is not what EMM stands for."""
    return not text[place - 1:place].isalnum() and is_content(text[place:].split()[0].strip(","), "nl")
