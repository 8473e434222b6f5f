"""What sort of answer a question asks for."""

import re
from typing import Literal

from assistant.answer_types import ASKS_WHO, DEFINITION
from assistant.function_words import asking_sentence

Kind = Literal["list", "fact", "yesno", "definition", "number", "comparison"]

_LIST = re.compile(
    r"^(?:en |and )?(?:(?:de |the )?(?:trends|signalen|signals|ontwikkelingen|developments) (?:over|rond|voor|bij|about|on|regarding|concerning)"
    r"|welke|wat zijn|noem|geef|som|lijst|toon|zoek|alle|wat (?:zeggen|staat|wordt|is er|weten|melden|vermelden|speelt|valt|merk\w+"
    r"|gaat er)|which|what (?:are|do|does the source|is (?:said|known|written|reported|mentioned|noted|going on|happening|there))|list|name|give|show|find|all"
    r"|hoe (?:gaat het (?:met|in|bij)|staat het|is het gesteld)|how (?:are|is) (?:things|matters|it|the situation)"
    r"|wat is (?:er )?bekend|vertel (?:\w+ ){0,2}over"
    r"|wat is de (?:situatie|stand van zaken)|what is the (?:situation|state of)|tell me about|anything|everything|alles|iets (?:over|bekend)"
    r"|(?:zijn er|are there)(?: any| ook| nog)? (?:signalen|trends|ontwikkelingen|signals|developments)"
    r"|(?:in|voor|op|bij|van|uit|door|onder|met|over|naar) welke (?:\w+e )?(?!plaats\b|reden\b|basis\b|grens\b|kans\b|prijs\b|les\b)\w{3,}(?:en|s)"
    r"|(?:in|for|on|at|from|by|under|with|about|to) (?:which|what) (?:\w+ )?\w{3,}(?<![sui])s"
    r"|what (?:(?!do\b|does\b|did\b)\w+ ){0,2}\w{3,}(?<![sui])s (?:are|do|have|can|must|should|were|will|did|may))\b|\b(?:noem|geef) alles\b"
    r"|\b(?:zoek|wil|need|want|looking for)\b.{1,20}\b(?:trends|signalen|signals) (?:over|rond|about|on)\b"
    r"|[.?!,] [^.?!]*\ball of them\b|(?:^|, )wat\b.*\ballemaal\b", re.I)
_NUMBER = re.compile(r"\b(?:hoeveel|hoe vaak|hoe ?lang|hoe (?:hoog|groot|oud|snel)|welk (?:percentage|aantal|bedrag)|how"
                     r" (?:many|much|often|long|high|large|old|fast|soon)|what (?:percentage|number|share))\b", re.I)
_DEFINITION = re.compile(rf"{DEFINITION}|^wat is (?:een )?[\w-]+\?*$|^what is (?:an? )?[\w-]+\?*$", re.I)
_YESNO = re.compile(
    r"^(?:en )?(?:is|zijn|was|waren|heeft|hebben|had|kan|kunnen|mag|mogen|moet|moeten|wordt|worden|werd|gaat|gaan|doet|doen|geldt|gelden|krijgt|krijgen"
    r"|hoeft|zal|zullen|vraagt|vragen|komt|komen|staat|maakt|maken|neemt|nemen|bestaat|bestaan|biedt|vindt|valt|vallen|klopt|are|does|do|did|has|have|can|could|may"
    r"|must|should|will|would|were|am|shall)\b", re.I)
_COMPARISON = re.compile(r"(?<!make any )\b(?:verschil(?! uit\b)|verschillen|vergelijk\w*|ten opzichte van|meer dan|difference|differ"
                         r"|compare\w*|versus|vs)\b", re.I)


def kind_of(question: str) -> Kind:
    """Return what sort of answer a question asks for."""
    if _COMPARISON.search(question):
        return "comparison"
    if _NUMBER.search(question) and not ASKS_WHO.match(question):
        return "number"
    if _DEFINITION.search(question):
        return "definition"
    asked = asking_sentence(question)
    if _LIST.search(question) or _LIST.search(asked):
        return "list"
    return "yesno" if _YESNO.search(asked) else "fact"
