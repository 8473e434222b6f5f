"""False premises: a question that takes for granted what the nearest sentence denies is not confirmed.

"Waarom is de wet gewijzigd?" presupposes a change; "De wet is niet gewijzigd" denies it. "Is de wet gewijzigd?"
presupposes nothing, and the same sentence answers it. A sentence that holds the number or period asked for answers too.
"Waarom al na vijf jaar?" is denied by a sentence that says fifteen years, "Why A instead of B?" by "B instead of A", and "Waarom is er geen
opvang?" by a sentence that says that there is. Nor does a sentence about one year answer a question about another.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from assistant.answer_types import MEASURED, asked_for, holds
from assistant.directions import opposed
from assistant.exchanges import exchanged, of_another_amount
from assistant.function_words import is_content
from assistant.term_match import long_words, stems_of_term, stems_of_text
from assistant.understanding import Understood
from index.number_words import number_of
from index.words import stems, tokens

_PRESUPPOSES = re.compile(
    r"^(?:en |and )?(?:waarom|waardoor|hoezo|sinds wanneer|hoe komt het|wanneer (?:(?:is|zijn) (?!een\b|er\b|iets\b|iemand\b)|werd|werden|heeft|hebben)|hoeveel"
    r"|hoe (?:vaak|lang|snel|hoog|groot|ver|oud)|vanaf welke?"
    r"|met hoeveel|door wie|wie heeft|wat is de reden|why|since when|how come|when (?:was|were|did)|how (?:many|much|often|long|soon|high|large|big|far|old)"
    r"|by how much|by whom|who (?:decided|changed|introduced)|what is the reason|hoe is het .{1,60}\bgelukt"
    r"|how (?:did|has|have) .{1,60}\b(?:become|(?:come|came) to (?!the\b|an?\b)\w+|managed? to))\b", re.I)
_HOW = re.compile(  # takes for granted only which way it goes
    r"^(?:en |and )?(?:hoe|how) (?:is|zijn|was|waren|heeft|hebben|had|hadden|werd|werden|did|has|have|had|was|were)\b", re.I)
_TAKES_AWAY = re.compile(
    r"\b(?:we?g(?:ge)?n[eo]me\w*|neemt .{1,60}\bweg|wegval\w*|valt weg|vallen weg|tegengegaan|tegen(?:te)?gaan|tak(?:es?|ing) away|remov\w+)\b", re.I)
_NOW_THAT = re.compile(r"^(?:en |and )?(?:nu|now that|since) (?P<premise>[^,]{8,160}),", re.I)
_NAMES_ONE = re.compile(  # "when" is none: it asks on what condition
    r"^(?:en |and )?(?:(?:door|in|bij|met|voor|by|in|with|for) )?(?:welke?|wie|waar|which|who|where)\b", re.I)
_NO_THING = r"\b(?!-(?!ontvankelijk|aansprakelijk|bevoegd|strafbaar)\w)"  # "niet-vervolging" is a thing
_NEGATION = re.compile(rf"\b(?:niet|geen|nooit|noch|zonder|not|no|never|cannot|neither|nor){_NO_THING}|n['’]t\b", re.I)
_DENIED = re.compile(rf"\b(?:niet|geen|nooit|not|no|never|cannot){_NO_THING}|n['’]t\b", re.I)  # of a whole premise, not "zonder papieren"
_LACKING = re.compile(
    r"\b(?:zelden|nauwelijks|amper|weinig|onvoldoende|onmogelijk|gebrek|tekort\w*|ontbre\w+|ontbrak\w*|niemand|niets|nergens|weiger\w*|gestopt|stopt|beëindig\w*"
    r"|vervall?en|verbied\w*|verboden|afgeschaft|vergeten|minder|alleen|slechts|pas|seldom|rarely|hardly|barely|few|little|lack\w*|shortage\w*|missing"
    r"|insufficient\w*|impossible|unable|nobody|nothing|none|refus\w*|stop\w*|end(?:s|ed)|abolish\w*|prohibit\w*|forbid\w*|without|only|less|fail\w*)\b", re.I)
_NO_NEGATION = re.compile(  # a limit, or one of two things that both hold
    r"\b(?:niet|geen|not|no) (?:\w+ )?(?:langer|meer|minder|later|eerder|vaker|hoger|lager|ouder|jonger|verder|longer|more|less|fewer|later|earlier|older"
    r"|younger) (?:dan|than)\b|\b(?:niet|not) (?:alleen|slechts|only|merely)\b|\b(?:zonder|without) \w+ing\b", re.I)
_LIMITED = re.compile(  # the same, of a question that neither compares nor says "automatically"
    r"\b(?:niet|not) (?:zonder meer|per se|noodzakelijk\w*|necessarily|automatisch|automatically)\b"
    r"|\b(?:niet|not) (?:later|eerder|ouder|jonger|earlier|older|younger) \w+ (?:dan|than)\b", re.I)
_COMPARES_OR_LIMITS = re.compile(r"\b(?:dan|than|zonder meer|per se|noodzakelijk\w*|necessarily|automatisch|automatically)\b", re.I)
_WANTING = re.compile(r"\b(?:ontbre\w+|ontbrak\w*|onvoldoende|lack|lacks|lacked|lacking|insufficient\w*|without|zonder)\b", re.I)
_HAS_NOT = re.compile(
    r"\b(?:do|does|did)(?: not|n['’]t) have\b|\b(?:has|have|had) no\b|\bgeen\b.{0,80}\b(?:heeft|hebben|had|hadden)\b"
    r"|\b(?:heeft|hebben|had|hadden) geen\b|\bniet over\b.{0,80}\bbeschik\w+|\bbeschik\w+ niet over\b", re.I)
_HARDLY = re.compile(  # nearly a negation: "Waarom kan de politie weinig doen?" is said by "omdat zij niet binnen mag"
    r"\b(?:weinig|nauwelijks|amper|zelden|moeilijk|lastig|onmogelijk|little|hardly|barely|rarely|seldom|unable"
    r"|(?:is|are|was|were|it|so|too|very) (?:\w+ )?(?:impossible|difficult|hard))\b", re.I)
_LEFT_OUT = re.compile(  # "Why is Poland left out?" is said by "Polen is niet opgenomen"
    r"(?<!\bde )(?<!\bhet )(?<!\been )(?<!\btegen )(?<!\bvan )(?<!\bthe )(?<!\ba )(?<!\bagainst )"
    r"\b(?:le(?:ft|aves?|aving) out|omit\w*|exclu\w+|exempt\w*|refus\w+|reject\w*|denie[sd]|deny|ban(?:s|ned)?|forb[aio]d\w*|prohibit\w*|oppose[sd]?|avoid\w*"
    r"|(?:weg|buiten beschouwing )gela?ten|laten? .{1,40}\b(?:weg|buiten beschouwing)|uitgesloten|uitsluit\w*|uitgezonderd|vrijgesteld\w*|gewei?gerd\w*"
    r"|weiger\w*|afgewezen|afwij[sz]\w*|wij(?:st|zen) .{1,60}\baf|verb[io]e?d\w*|geschrapt|schrapt\w*|vermij\w+|vermeden)\b", re.I)
_AVOIDS = re.compile(  # "it is to be avoided that ...", not who does something "to avoid" another thing
    r"\b(?:(?:dient|moet|behoort|is) vermeden te worden|(?:wordt|worden) vermeden|vermeden (?:wordt|worden|moet worden|dient te worden)"
    r"|(?:is|are|must|should|has) (?:to )?be avoided)\b", re.I)
_GOES_ON = re.compile(r",\s*(?=(?:en |and )?(?:dat|that)\b)", re.I)
_CLAUSE = re.compile(r"[,;:.]|\b(?:maar|doch|echter|but|however|terwijl|while|whereas)\b", re.I)
_CORRECTS = re.compile(r"^\s*(?:en |and )?(?:niet|not) (?:door|aan|bij|voor|van|met|by|to|for|from|with|de|het|the)\b", re.I)
_ASKS_WHO = re.compile(r"^(?:en |and )?(?:door wie|wie|by whom|who)\b", re.I)
_YEAR = re.compile(r"\b(?:19|20|21)\d\d\b")
_IN_YEAR = re.compile(r"\b(?:in|gedurende|during|het jaar|the year)\s+(?:\w+\s+)?(?:19|20|21)\d\d\b", re.I)
_UNITS = {"year": "jar", "month": "maand", "week": "wek", "day": "dag", "hour": "uur"}  # by their stems, English as Dutch
_PERIODS = frozenset(_UNITS.values())
_AFTER_A_WHILE = re.compile(r"\b(?:na|binnen|after|within|al|pas|already|only)\s+(?:na |after |binnen |within )?(?:\d+|[a-z]{3,})\s+\w+", re.I)
_BOUNDS = re.compile(
    r"\b(?:vanaf|tot|(?:meer|minder|langer|korter|ouder|jonger) dan|ruim|minstens|ten ?minste|maximaal|hoogstens|ten hoogste|verlengd"
    r"|more than|less than|(?:longer|shorter|older|younger) than|over|at least|at most|up to|extended)\b", re.I)
_DECIMAL = re.compile(r"\b\d+[.,]\d+\b")
_CAUSE = re.compile(r"\b(?:omdat|doordat|want|aangezien|zodat|because|since|as)\b", re.I)
_WHY = re.compile(r"(?:(?<=[\w,] )(?:omdat|doordat|aangezien|because)|(?<=, )want)\b[^,;:.]*", re.I)  # "omdat zij niet vervolgd worden" is the answer to why
_LACKED = re.compile(r"\b(?:zonder|without) (?:\w+ )?\w+", re.I)  # "bezorgers zonder papieren huren ..." denies nothing of them but papers
_SHARE = 0.4  # of the question's content words, which a negated clause must hold; chosen on the questions of samples/
_MOST_SHARE = 0.7  # where the question only asks which, who, when or where: "Welk datalek ...?" takes a leak for granted
_NEARLY_ALL = 0.75  # of the words of a question that a sentence must hold to say the opposite by saying it; not measured
_IF = re.compile(r"^\s*(?:als|indien|wanneer|if|when)\b", re.I)
_SHORT = 4    # content words: a clause as short as "De wet is niet gewijzigd" needs only one of them


def denies(understood: Understood, sentence: str, *, around: str = "", by_negation: bool = True) -> bool:
    """Say whether a sentence negates what a question takes for granted, says that it goes the other way, or says what the question takes not to be.

    The words are those of the question and what the term bridge equates with them, so that a Dutch sentence can deny an English
    premise; of "Now that ..., how ...?" those of its first clause. A sentence that goes the other way may have one of them only, where what
    is `around` it, the signal that it is of, has the others. Without `by_negation` a negated clause
    counts for nothing, only what goes the other way or is put the other way round.
    """
    now = _NOW_THAT.search(understood.text)
    premise = now["premise"] if now else understood.text
    presupposes = now is not None or _PRESUPPOSES.search(premise) is not None
    only_how = not presupposes and _HOW.search(premise) is not None
    least = _SHARE if presupposes or only_how else _MOST_SHARE if _NAMES_ONE.search(premise) else 0.0
    if not least:
        return False
    wanted = asked_for(understood.text)
    asked = [stems_of_term(term) for term in understood.terms
             if now is None or re.search(rf"(?<!\w){re.escape(term.text)}(?!\w)", premise)]
    if _NEGATION.search(premise):
        return wanted == "reason" and _affirms(sentence, asked) and bool(_DENIED.search(_NO_NEGATION.sub(" ", premise)))
    if presupposes and (exchanged(understood, sentence) or of_another_amount(understood, sentence)):
        return True
    if wanted in MEASURED and holds(sentence, wanted):
        return False
    if only_how and _TAKES_AWAY.search(sentence):
        return False
    main, *causes = _CAUSE.split(sentence)
    opposite, shared = opposed(premise, sentence, " ".join(causes)), _shared(asked, stems_of_text(sentence))
    if (opposite or _of_another_number(premise, main)) and shared >= least * len(asked):
        return True
    if opposite and shared and _shared(asked, stems_of_text(f"{around} {sentence}")) >= least * len(asked):
        return True
    if only_how or not by_negation:
        return False
    who = bool(_ASKS_WHO.search(premise))
    bare = _NO_NEGATION.sub(" ", _WHY.sub(" ", sentence) if wanted == "reason" else sentence)
    bare = _GOES_ON.sub(" ", bare) if _AVOIDS.search(bare) else bare
    clauses = [clause for clause in _CLAUSE.split(bare if _COMPARES_OR_LIMITS.search(premise) else _LIMITED.sub(" ", bare)) if clause.strip()]
    asserted = [clause for place, clause in enumerate(clauses) if not (_IF.match(clause) and (now or place + 1 < len(clauses)))]  # no condition
    wanting = _WANTING.search(premise) is not None  # "who lack resources" is said by "who do not have resources"
    left_out, avoided = _LEFT_OUT.search(premise) is not None, _AVOIDS.search(premise) is not None
    hardly = _HARDLY.search(premise) is not None
    telling = (clause for clause in asserted
               if not (wanting and _HAS_NOT.search(clause)) and not (left_out and not _LEFT_OUT.search(clause))
               and not (hardly and not _HARDLY.search(clause)) and not (avoided and not (_AVOIDS.search(clause) and _NEGATION.search(clause))))
    return any(_negates(clause, asked, who=who, least=least) for clause in telling)


def _affirms(sentence: str, asked: Sequence[frozenset[str]]) -> bool:
    """Say whether a sentence says, with nearly all words of a question, what that takes not to be, and gives no reason."""
    denies_or_explains = _NEGATION.search(sentence) or _LACKING.search(sentence) or holds(sentence, "reason")
    return not denies_or_explains and _shared(asked, stems_of_text(sentence)) >= max(2, _NEARLY_ALL * len(asked))


def _of_another_number(question: str, main: str) -> bool:
    """Say whether the main clause of a sentence gives another number where a question gives one: "al na vijf jaar", and "na vijftien jaar".

    Only one number of a unit on each side, and none with a bound or a range ("vanaf", "meer dan", "8 tot 16").
    """
    if not _AFTER_A_WHILE.search(question) or _BOUNDS.search(main):
        return False
    asked, said = _counted(question), _counted(main)
    return any(len(numbers) == 1 and len(said.get(unit, ())) == 1 and numbers != said[unit] for unit, numbers in asked.items())


def _counted(text: str) -> dict[str, set[str]]:
    """Return the numbers of periods in a text by the stem of the unit, in the words of either language: "vijf jaar" -> jar: 5."""
    words, found = tokens(_DECIMAL.sub(" ", text)), defaultdict[str, set[str]](set)
    for number, unit in zip(words, words[1:], strict=False):
        value = number if number.isdigit() else number_of(number)
        if value.isdigit():
            for stem in {_UNITS.get(stem, stem) for language in ("nl", "en") for stem in stems(unit, language)} & _PERIODS:
                found[stem].add(value)
    return found


def _negates(clause: str, asked: Sequence[frozenset[str]], *, who: bool, least: float) -> bool:
    """Say whether a clause negates two terms of the question, a fair share of them, or one where it is short.

    "..., not by the victim" answers who did, and denies a question that takes for granted that the victim did.
    """
    clause = _LACKED.sub(lambda lacked: lacked[0] if _shared(asked, stems_of_text(lacked[0])) else " ", clause)
    if not _NEGATION.search(clause) and not _AVOIDS.search(clause):
        return False
    words = long_words(clause)
    if _CORRECTS.search(clause):
        named = [stems_of_text(word) for word in words if not _NEGATION.fullmatch(word) and is_content(word, "nl") and is_content(word, "en")]
        return not who and bool(named) and all(any(word & term for term in asked) for word in named)
    shared = _shared(asked, stems_of_text(clause))
    return shared >= max(2, least * len(asked)) or (least == _SHARE and shared > 0 and len(words) <= _SHORT)


def _shared(asked: Sequence[frozenset[str]], said: frozenset[str]) -> int:
    return sum(bool(term & said) for term in asked)


def of_another_year(question: str, sentence: str, around: str) -> bool:
    """Say whether a sentence names years but not the one year that a question asks about ("in 2032"); `around` is its passage and headings.

    A period ("sinds 2023", "between 2029 and 2031") and a year in a name ("Vreemdelingenwet 2000") are left to the filters and the decision.
    """
    asked, said = (set(_YEAR.findall(text)) for text in (question, sentence))
    return len(asked) == 1 and bool(said) and bool(_IN_YEAR.search(question)) and not asked & (said | set(_YEAR.findall(around)))
