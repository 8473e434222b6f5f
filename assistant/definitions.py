"""Definitions: which word a question asks the meaning of, and whether a sentence defines that word.

A sentence defines a word where it says so of that very word: it begins with it and goes on as definitions do ("“Child” shall mean ...",
"Een schijnrelatie is een relatie die ...", "Kind: iedere persoon ..."), or it says what is understood by it ("De IND verstaat onder mantelzorg ..."),
or it has the word in brackets behind what it describes ("verhuurd aan een ander (accounthuur)").
"""

import re
from collections.abc import Sequence

from assistant.bridge import label_key
from index.words import codes_parted

Label = tuple[str, ...]  # its stems
_ARTICLE = r"(?:(?:de|het|een|the|an?) )?"
_ASKED = (  # each with the word in a group
    r"\bwat (?:betekent|betekenen) (.+)",
    r"\bwat houdt (.+?) in\W*$",
    r"\bwat (?:wordt|worden) (?:er |hier )?(?:.{0,40} )??(?:onder|met) (.+?) (?:verstaan|bedoeld)",
    r"\bwat (?:wordt|worden) (?:er )?(?:verstaan|bedoeld) (?:onder|met) (.+)",
    r"\b(?:verstaat|bedoelt|verstaan|bedoelen) .{0,40}?(?:onder|met) (.+)",
    r"\b(?:definitie van|betekenis van|definition of|meaning of) (.+)",
    r"\bhoe wordt (.+?) (?:gedefinieerd|omschreven)",
    r"\bhow (?:is|are) (.+?) defined",
    r"\bwhat (?:is|are) (?:meant|understood) by (.+)",
    r"\bwhat do(?:es)? (.+?) mean\b(?! by)",
    r"\b(?:means?|understands?) by (.+)",
    r"\b(?:who|what) (?:counts?|qualif(?:y|ies)|is considered) (?:as |to be )?(.+)",
    r"\b(?:wie|wat) (?:telt|geldt) (?:.{0,40} )?als (.+)",
    r"^(?:wat (?:is|zijn)|what (?:is|are)) (.+)")
_QUESTIONS = [re.compile(pattern, re.I) for pattern in _ASKED]
_CONDITION = re.compile(  # what the word is asked of, which sentences seldom repeat; "voor", "by", "for" part one word from another of the same name
    r"[,?!.;(]| (?:volgens|in de zin|in het kader|bedoeld|binnen|in|onder|according|under|within|for the purposes?|as|precies|eigenlijk|exactly)\b", re.I)
_IN_BRACKETS = re.compile(r"^[\w' -]{2,60} \(([^()]{2,40})\)")
_MARK = re.compile(rf"^\W*(?:\(?\w{{1,2}}[.)] )?[“„‘'\"]?{_ARTICLE}[“„‘'\"]?", re.I)
_GOES_ON = re.compile(
    r"^[”’'\"]?(?:: ?\S|\. (?:een|elke?|iedere?|an?|any|every)\b"
    r"|(?:,? (?:\(.{1,60}\) )?)(?:betekent|betekenen|means?\b|shall mean|(?:verwijst|verwijzen) naar|(?:shall )?refers? to|houdt in"
    r"|(?:is|are) defined as|wordt gedefinieerd als|(?:is|zijn|are) (?:een|elke?|iedere?|alle|degenen?|iemand|personen|an?|any|every|all|the|de|het)\b))", re.I)
_UNDERSTOOD = re.compile(
    rf"\b(?:verstaat|verstaan) (?:\w+ ){{0,3}}?(?:onder|met) (?:het begrip |de term )?{_ARTICLE}[“„‘'\"]?"
    rf"|\b(?:onder|met) (?:het begrip |de term )?{_ARTICLE}[“„‘'\"]?(?=.{{2,80}} (?:wordt|worden) (?:.{{0,40}} )?(?:verstaan|bedoeld)\b)"
    rf"|\b(?:onder|met) (?:het begrip |de term )?{_ARTICLE}[“„‘'\"]?"
    r"(?=[^,;:.]{2,60} (?:(?:versta(?:an)?|bedoel(?:en)?) (?:ik|wij|we)|(?:verstaat|bedoelt) (?:de|het))\b)"
    rf"|\bby (?:the term )?{_ARTICLE}[“„‘'\"]?(?=[^,;:.]{{2,60}} (?:I|we) (?:mean|understand)\b)"
    rf"|\bby (?:the term )?{_ARTICLE}[“„‘'\"]?(?=.{{2,80}} (?:is|are) (?:meant|understood)\b)", re.I)
_DESCRIBING = 9  # words before a bracket, among which a verb must be
_VERB = re.compile(r"\w*(?:ge|ver|be|ont)\w{2,}(?:[dt]|en)|\w{3,}(?:ed|ing)|(?:is|are|wordt|worden|die|dat|who|that|which)", re.I)
_GLOSS = re.compile(rf"(?<=\w) \([“„‘'\"]?{_ARTICLE}(?P<word>[^\W\d_][^()“”„‘'\";,]{{2,40}}?)[”’'\"]?\)")
_WORD = re.compile(r"[^\W_][\w-]*")


def asked_word(question: str) -> str:
    """Return the word or words that a question asks the meaning of ("Wat verstaat de IND onder mantelzorg?"), or nothing."""
    asked = next((found[1] for pattern in _QUESTIONS if (found := pattern.search(question.strip()))), "")
    if original := _IN_BRACKETS.search(asked):  # "informal care (mantelzorg)": the word of the sources
        return original[1].strip(" “”„‘’'\"")
    return _CONDITION.split(asked, maxsplit=1)[0].strip(" “”„‘’'\"")


def defines(sentence: str, terms: Sequence[Sequence[Label]], language: str) -> bool:
    """Say whether a sentence (in this language) defines what some terms name together, in their order; each by the stems of its labels."""
    if not terms:
        return False
    sentence = codes_parted(sentence)
    mark = _MARK.match(sentence)
    begins = _behind(sentence, mark.end() if mark else 0, terms, language)
    if begins and _GOES_ON.match(sentence[begins:]):
        return True
    return any(_behind(sentence, place.end(), terms, language) for place in _UNDERSTOOD.finditer(sentence)) or any(
        _describes(sentence[:gloss.start()]) and _behind(sentence, gloss.start("word"), terms, language) == gloss.end("word")
        for gloss in _GLOSS.finditer(sentence))


def _describes(before: str) -> bool:
    """Say whether what stands before a bracket may describe something: words with a verb, no name and no article of a law."""
    last = before.split()[-_DESCRIBING:]
    return bool(last) and last[-1].islower() and last[-1].isalpha() and not any(map(str.isdigit, " ".join(last[-3:]))) and any(map(_VERB.fullmatch, last[:-1]))


def _behind(sentence: str, start: int, terms: Sequence[Sequence[Label]], language: str) -> int:
    """Return where the terms end that stand from `start` on, one after the other, or 0."""
    for labels in terms:
        start = next((end for label in sorted(labels, key=len, reverse=True) if (end := _end_of(label, sentence, start, language))), 0)
        if not start:
            return 0
    return start


def _end_of(label: Label, sentence: str, start: int, language: str) -> int:
    """Return where words with these stems end that begin at `start`, or 0."""
    words = [match for _, match in zip(label, _WORD.finditer(sentence, start), strict=False)]
    if len(words) < len(label) or sentence[start:words[0].start()].strip(" “„‘'\""):
        return 0
    return words[-1].end() if label_key(sentence[words[0].start():words[-1].end()], language) == label else 0
