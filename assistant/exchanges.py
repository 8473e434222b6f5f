"""Whether a sentence puts things the other way round than a question.

"A instead of B" and "B boven A", "from A to B" and "van B naar A", "too many" and "te weinig".
"""

import re
from collections.abc import Sequence

from assistant.function_words import is_content
from assistant.term_match import labels_of_term
from assistant.understanding import Term, Understood
from index.words import stems, tokens

_SIDE = 80  # characters of a side that are looked at; not measured
_BEFORE, _AFTER = rf"(?P<first>.{{3,{_SIDE}}})", rf"(?P<second>.{{3,{_SIDE}}})"
_PREFERENCES = tuple(re.compile(pattern, re.I | re.S) for pattern in (
    rf"\b(?:prefer(?:s|red|ring)?|verkies(?:t|en)|verkiezen|verkoos|verkozen)\b(?P<first>.{{3,{_SIDE}}}?)\b(?:boven|over|to)\b{_AFTER}",
    rf"{_BEFORE}\b(?:in plaats van|boven(?! (?:de )?\d)|instead of|rather than|above(?! all\b| (?:the age of )?\d)|outweigh(?:s|ed|ing)?"
    rf"|(?:weegt|wegen|woog|wogen) zwaarder dan|(?:takes?|took|taking) precedence over)\b{_AFTER}"))
_WAYS = (re.compile(rf"\b(?:from|van|vanuit|uit)\b(?P<second>.{{3,{_SIDE}}}?)\b(?:to|towards|into|naar)\b{_AFTER.replace('second', 'first')}", re.I | re.S),)
_MOVES = re.compile(
    r"\b(?:\w*(?:verplaat\w+|verschui\w+|verschoven|verhui\w+|overstap\w*|vertrek\w*|vertrok\w*|reiz\w+|reist|trek(?:t|ken)|stuur\w*|gestuurd|verhandel\w*"
    r"|vervoer\w*|smokkel\w*|keren terug|keert terug|terugke\w+)|mov(?:e|es|ed|ing)|shift\w*|switch\w*|travel\w*|migrat\w+|relocat\w+|transfer\w*"
    r"|displac\w+|sen[dt]s?|sending|traffick\w+|transport\w*|smuggl\w+|return\w*)\b", re.I)
_TOO_MANY = re.compile(r"\b(?:te ?veel|een overschot aan|too (?:many|much)|(?:a |an )?(?:surplus|excess) of) (?P<noun>(?:\w+ )?\w+)", re.I)
_TOO_FEW = re.compile(r"\b(?:te weinig|(?:een )?te ?kort aan|(?:een )?gebrek aan|onvoldoende|too (?:few|little)|(?:a )?(?:shortage|lack) of"
                      r"|insufficient|not enough) (?P<noun>(?:\w+ )?\w+)", re.I)


def exchanged(understood: Understood, sentence: str) -> bool:
    """Say whether two terms of a question have changed sides in a sentence that prefers one of them or moves between them, as the question does.

    Not where each side has kept a term.
    """
    orders = (_PREFERENCES, _WAYS) if _MOVES.search(understood.text) and _MOVES.search(sentence) else (_PREFERENCES,)
    for order in orders:
        asked, said = (_sides(text, order, understood.terms) for text in (understood.text, sentence))
        if asked and said and asked[0] & said[1] and asked[1] & said[0] and not (asked[0] & said[0] and asked[1] & said[1]):
            return True
    return False


def of_another_amount(understood: Understood, sentence: str) -> bool:
    """Say whether a question takes for granted that there is too much of what a sentence says there is too little of, or the other way round."""
    for asked, said in ((_TOO_MANY, _TOO_FEW), (_TOO_FEW, _TOO_MANY)):
        wanted, given = asked.search(understood.text), [found["noun"] for found in said.finditer(sentence)]
        if wanted and any(_same(wanted["noun"], noun, understood.terms) for noun in given):
            return True
    return False


def _same(one: str, other: str, terms: Sequence[Term]) -> bool:
    """Say whether two short texts have a word that tells something in common, or a term by whatever label."""
    mine, theirs = ({stem for word in tokens(text) if is_content(word, "nl") and is_content(word, "en") for stem in stems(word, "nl")} for text in (one, other))
    return bool(mine & theirs) or any(_stands_in(term, one) and _stands_in(term, other) for term in terms)


def _sides(text: str, order: Sequence[re.Pattern[str]], terms: Sequence[Term]) -> tuple[set[int], set[int]] | None:
    """Return which terms stand only on the first side and only on the second of what a text puts in an order, or None where it does not.

    First is what is preferred, or where something goes to.
    """
    found = next((found for pattern in order if (found := pattern.search(text))), None)
    if found is None:
        return None
    first, second = ({number for number, term in enumerate(terms) if _stands_in(term, found[side])} for side in ("first", "second"))
    return first - second, second - first


def _stands_in(term: Term, text: str) -> bool:
    """Say whether a text holds all words of a label of a term; compounds are taken apart."""
    said = {*stems(text, "nl"), *stems(text, "en")}
    return any(said.issuperset(label) for label in labels_of_term(term))
