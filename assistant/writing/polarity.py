"""Whether a generated sentence keeps what qualifies its quotations: negation, doubt, attribution, condition, duty, direction.

Closed classes of words, Dutch and English together, so that a Dutch quotation can be compared with an English sentence.
"""

import re
from collections.abc import Sequence

from assistant.answers import Language
from assistant.directions import directions
from assistant.function_words import is_content
from index.words import fold, tokens, word_stems

_NEGATION = re.compile(
    r"\b(?:niet|geen|nooit|niemand|nergens|niets|noch|evenmin|zonder|nauwelijks|amper|weinig|gebrek\w*|ontbre\w+|ontbrak\w*|tekort\w*"
    r"|afwezig\w*|weiger\w*|geweiger\w*|verbod\w*|verbied\w*|onmogelijk\w*|not|no|never|none|nobody|nothing|nowhere|nor|neither|cannot"
    r"|without|hardly|barely|scarcely|few|little|lack\w*|absen\w+|shortage\w*|refus\w*|prohibit\w*|forbid\w*|bann?ed|unable|impossible"
    r"|fail(?:s|ed|ing)?)\b|n['’]t\b", re.I)
_DOUBT = re.compile(
    r"\b(?:mogelijke?|mogelijkerwijs|misschien|wellicht|waarschijnlijke?|vermoed\w*|vermoeden\w*|lijk(?:t|en)|schijn(?:t|en)|zou|zouden|kan"
    r"|kunnen|onzeker\w*|onduidelijk\w*|onbevestigd\w*|aanwijzing\w*|schatting\w*|geschat\w*|dreig\w*|potenti[eë]\w*|possibl[ey]|perhaps"
    r"|maybe|may|might|could|can|probabl[ey]|likely|apparent\w*|alleged\w*|reportedly|suspect\w*|presum\w*|uncertain\w*|unclear"
    r"|unconfirmed|indications?|estimat\w*|seems?|potential\w*)\b", re.I)
_ATTRIBUTION = re.compile(
    r"\b(?:volgens|aldus|meen(?:t|de|den)|menen|stelt|stellen|beweer\w*|zegt|zeggen|vindt|vinden|meldt|melden|verklaart|verklaren"
    r"|aange(?:eft|ven)|aangeeft|according to|says?|said|claim\w*|argu\w*|stat(?:es|ed)|report(?:s|ed)?|believ\w*|alleg\w*|indicat\w*"
    r"|declar\w*|view of)\b", re.I)
_CONDITION = re.compile(
    r"\b(?:indien|mits|tenzij|zolang|voor ?zover|behalve|behoudens|uitgezonderd|slechts|alleen|uitsluitend|pas|wanneer|als|voorwaard\w*"
    r"|in ?geval|if|unless|provided|only|except|when|as long as|in case|condition\w*|subject to)\b", re.I)
_DUTY = re.compile(r"\b(?:moet|moeten|moest|dient|dienen|verplicht\w*|hoeft|hoeven|mag|mogen|must|shall|should|required|obliged|obligat\w*|have to|has to"
                   r"|need(?:s)? to|allowed|permitted)\b", re.I)
_CLAUSE = re.compile(r"[,;:.]|\b(?:maar|doch|echter|terwijl|but|however|while|whereas)\b", re.I)
_PREFIXES = ("on", "in", "un", "im", "ir", "dis", "non", "niet-", "non-", "anti")


def negation_agrees(text: str, quoted: Sequence[str], language: Language) -> bool:
    """Say whether a sentence negates where its quotations do and only there.

    Every quotation that negates needs a negation in the sentence; each clause must have the polarity that its words have
    in the quotations, as far as they share words; and a word may not lose or gain a prefix that turns it round.
    """
    negated = bool(_NEGATION.search(text))
    if negated != any(_NEGATION.search(one) for one in quoted):
        return False
    return not _turned_round(text, quoted) and _clauses_agree(text, quoted, language)


def qualification_kept(text: str, quoted: Sequence[str]) -> bool:
    """Say whether doubt, attribution and conditions of the quotations are in the sentence too, and duties on both sides."""
    for kind in (_DOUBT, _ATTRIBUTION, _CONDITION):
        if any(kind.search(one) for one in quoted) and not kind.search(text):
            return False
    return bool(_DUTY.search(text)) == any(_DUTY.search(one) for one in quoted)


def direction_agrees(text: str, quoted: Sequence[str]) -> bool:
    """Say whether what rises, falls, worsens or improves in a sentence does so in a quotation."""
    return directions(text) <= frozenset().union(*(directions(one) for one in quoted))


def _turned_round(text: str, quoted: Sequence[str]) -> bool:
    """Say whether a word stands with a reversing prefix on one side and without it on the other."""
    said, source = ({fold(word) for word in tokens(one)} for one in (text, " ".join(quoted)))
    return any(_reverses(said - source, source, prefix) or _reverses(source - said, said, prefix) for prefix in _PREFIXES)


def _reverses(words: set[str], others: set[str], prefix: str) -> bool:
    return any(len(word) > 3 and prefix + word in others for word in words)


def _clauses_agree(text: str, quoted: Sequence[str], language: Language) -> bool:
    polarity: dict[str, set[bool]] = {}
    for clause in (part for one in quoted for part in _CLAUSE.split(one)):
        for stem in _stems(clause, language):
            polarity.setdefault(stem, set()).add(bool(_NEGATION.search(clause)))
    for clause in _CLAUSE.split(text):
        known = [polarity[stem] for stem in _stems(clause, language) if stem in polarity]
        if known and not any(bool(_NEGATION.search(clause)) in one for one in known):
            return False
    return True


def _stems(text: str, language: Language) -> set[str]:
    return {word_stems(word, language)[0] for word in tokens(text) if is_content(word, language)}
