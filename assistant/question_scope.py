"""What is no question to the sources: arithmetic, small talk, writing tasks, instructions, what the sources are about.

What is plain by its form is told by patterns. For the rest a multinomial logistic regression on the vector of the question says how much it
looks like one to the assistant itself, or to nobody who keeps documents; the surer that is, the surer the sources must be to answer it.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]

ADDRESSEES = "addressees.npz"
_PLAINLY = 0.8  # from here on a question is put to somebody else than the documents
_DOUBT = 0.5    # up to here the sources need not be surer than of any question
# An order stands at the beginning of a sentence or after a word that asks for it: "willing to act as a witness" is none.
_ORDER = (r"(?:^|[.!?,;:\"“”)]\s*|\s[-–]\s|\b(?:please|alsjeblieft|alstublieft|now|nu|you (?:to|must|should|can|will)|(?:can|could|will|would|must|should) you)\s+(?:just |now |only )?)")

_TEXT = r"(?:\w*(?:brief|tekst|mail|rapport|verslag|notitie|nota)|cv|spelling|\w*letter|text|report|essay|draft|note)"

_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("arithmetic", re.compile(r"^(?:(?:hoeveel|wat|what|how much) (?:is|zijn|are) |bereken |calculate |compute |reken uit )?[\s(]*-?\d[\d.,]*\s*"
                              r"(?:[-+*/x×:^%]|plus|min|keer|maal|gedeeld door|minus|times|divided by)\s*\(?-?\d[\d.,\s()+*/x-]*\s*(?:=|\?|\.)*$", re.I)),
    ("arithmetic", re.compile(r"\b(?:wortel van|square root of|procent van \d+|percent of \d+)\b.*\d", re.I)),
    ("small_talk", re.compile(
        r"^(?:hallo|hoi|hey|hi|hello|dag|goedemorgen|goedemiddag|goedenavond|good (?:morning|afternoon|evening)|dank(?: je| u)?(?: wel)?|bedankt|thanks|thank you"
        r"|tot ziens|doei|bye|goodbye|ok|oke|oké|test|leuk|mooi|top|prima)\b[\s!.?,\w]{0,15}$"
        r"|\b(?:hoe gaat het(?: met (?:je|jou|u))?\s*\?*$|how are you\b|wie ben (?:je|jij)\b|wie bent u\b|who are you\b|hoe heet (?:je|jij|u)\b|what(?:'s| is) your name|wat kun (?:je|jij)\b"
        r"|what can you do|ben (?:je|jij) een (?:robot|mens|computer|ai)|are you (?:a|an) (?:robot|human|ai|computer)|vertel (?:me |ons )?een (?:mop|grap|verhaal)|tell (?:me |us )?a (?:joke|story)"
        r"|hoe voel (?:je|jij)\b|hou je van|do you (?:like|love|feel))", re.I)),
    ("writing_task", re.compile(
        r"(?:\b(?:schrijf|componeer|rijm|bedenk|verzin)|" + _ORDER + r"(?:dicht|ontwerp|stel(?! (?:dat|vast|je voor|u voor)\b)))\b.{0,40}\b(?:gedicht|verhaal|lied|liedje|rap|haiku|sonnet|brief|e-?mail|mail|memo|speech|toespraak|essay|artikel|blog"
        r"|tweet|persbericht|nota|slogan|recept|code|script|programma|functie|sollicitatie\w*|samenvatting op)\b"
        r"|" + _ORDER + r"(?:write|compose|draft(?! (?:articles?|laws?|acts?|bills?|texts?)\b)|create|generate|make up|invent)\b.{0,40}\b(?:poem|story|song|rap|haiku|sonnet|letter|e-?mail|memo|speech|essay|article|blog|tweet|press release|slogan"
        r"|recipe|code|script|program|function|joke)\b"
        r"|\b(?:kun|kan|kunt|wil|wilt|zou|could|can|would|will) (?:je|jij|u|you) (?:even |please )?(?:mijn|onze|deze|dit|my|our|this) (?:\w+ )?" + _TEXT +
        r"\b[^.,:;?]{0,40}\b(?:na(?:kijken|lezen)|verbeteren|corrigeren|herschrijven|inkorten|vertalen)\b"
        r"|" + _ORDER + r"(?:proofread|rewrite|correct|shorten|translate|review|edit|check|herschrijf|verbeter|corrigeer) (?:my|our|this|mijn|onze|deze|dit) (?:\w+ )?" + _TEXT + r"\b"
        r"|^(?:vertaal|translate)\b|\b(?:vertaal (?:dit|deze|de volgende)|translate (?:this|the following))\b", re.I)),
    ("instruction", re.compile(
        r"(?:\b(?:negeer|vergeet)|" + _ORDER + r"(?:ignore|disregard|forget))\b.{0,40}\b(?:instructies?|regels|prompt|opdracht|bovenstaande|vorige|instructions?|rules|previous|above)\b"
        r"|\b(?:doe alsof|gedraag je|speel de rol|je bent nu|you are now|roleplay|system prompt|systeemprompt|jailbreak|developer mode)\b"
        r"|" + _ORDER + r"(?:pretend|act as)\b"
        r"|" + _ORDER + r"(?:zeg|herhaal|antwoord|say|repeat|answer|reply|respond)\b (?:alleen |only |just )?(?:na |after )?(?:me |with |met )?[:\"“‘']"
        r"|\b(?:toon|laat|geef|print|show|reveal|output) .{0,20}(?:\bprompt|wachtwoord|password|api.?key"
        r"|\b(?:je|jouw|uw|your|systeem|system|bovenstaande|above)[ -]?(?:\w+ )?(?:instructies|instructions)"
        r"|(?:instructies|instructions) (?:hierboven|above))\b", re.I)),
    ("about_sources", re.compile(
        r"^(?:waar|waarover) (?:gaan|gaat|handelen|handelt) (?:dit|(?:deze|die|de|het|dit|dat) (?:bronnen?|documenten|document|teksten?|stukken|stuk|verzameling|index))(?: allemaal)?(?: over)?[\s?.!]*$"
        r"|^what (?:is|are|do|does) (?:this|it|(?:these|those|the|this|that|your) (?:sources?|documents?|texts?|collection|index)) (?:all )?(?:about|deal with|cover)[\s?.!]*$"
        r"|^(?:welke|wat voor) (?:onderwerpen|thema's|bronnen|documenten) (?:staan|zitten|zijn|heb je|hebt u)(?: er)?(?: (?:in|hier)(?: (?:de|deze) (?:bronnen|documenten|index))?)?[\s?.!]*$"
        r"|^(?:which|what) (?:topics|subjects|themes|sources|documents) (?:are there|do you have|are (?:in|covered by) (?:the|these) (?:sources|documents|index))[\s?.!]*$", re.I)),
)


def out_of_scope(question: str) -> str:
    """Return why a question is not one to the sources, or the empty string; general knowledge cannot be told by its form."""
    return next((reason for reason, pattern in _RULES if pattern.search(question)), "")


@dataclass(frozen=True, slots=True)
class Addressees:
    """Tells to whom a question is put. `weights` are 2 x dimensions, `bias` 2: of the assistant itself and of nobody here, against the documents."""

    weights: F32
    bias: F32

    def of(self, question: F32) -> tuple[float, float]:
        """Return how probable it is that a question (vector, dimensions) is put to the assistant itself, and to nobody here: each 0 to 1."""
        odds = np.exp(np.clip(self.weights @ question + self.bias, -30.0, 30.0))
        itself, nobody = odds / (1 + odds.sum())
        return float(itself), float(nobody)


def surer(line: float, elsewhere: float) -> float:
    """Return the line that an answer must reach (0 to 1), raised for a question that is put `elsewhere` (0 to 1) than to documents."""
    return line + (1 - line) * max(0.0, elsewhere - _DOUBT)


def to_itself(elsewhere: tuple[float, float]) -> bool:
    """Say whether a question is plainly put elsewhere than to documents, and to the assistant itself rather than to nobody here."""
    return sum(elsewhere) > _PLAINLY and elsewhere[0] > elsewhere[1]


@lru_cache(maxsize=1)
def bundled_addressees() -> Addressees:
    """Read the regression for the bundled model, made by `benchmarks/fit_addressees.py`."""
    with resources.files("assistant").joinpath(ADDRESSEES).open("rb") as file, np.load(file, allow_pickle=False) as kept:
        return Addressees(kept["weights"].astype(np.float32), kept["bias"].astype(np.float32))
