"""The words that qualify a statement, in groups of one meaning, Dutch and English together.

A sentence has each group of `KEPT` as often as its source, for of two negations one may not go, and gains none of `NOT_ADDED`. What stands
in no group and is not neutral is a word of content.
"""

import re
from collections import Counter
from collections.abc import Mapping

from assistant.answers import Language

_Groups = Mapping[str, str]
KEPT: _Groups = {
    "not": r"niet|geen|nooit|niemand|nergens|niets|noch|evenmin|not|no|never|none|nobody|nothing|nowhere|nor|neither|cannot|n['’]t",
    "without": r"zonder|without", "hardly": r"nauwelijks|amper|hardly(?: ever)?|barely|scarcely", "lack": r"gebrek|ontbre\w+|ontbrak\w*|tekort\w*|lack\w*|shortage\w*",
    "refusal": r"weiger\w*|geweigerd\w*|refus\w*", "ban": r"verbod\w*|verbied\w*|verboden|verbood|prohibit\w*|forbid\w*|forbade|bann?ed",
    "impossible": r"onmogelijk\w*|impossible|unable",
    "denied": r"ontken\w*|ontkracht\w*|weerleg\w*|betwist\w*|onjuist|onwaar|mythen?|den(?:y|ies|ied|ying)|denials?|refut\w*|disput(?:es|ed)(?= (?:that|whether))"
              r"|(?:false|incorrect|wrong)(?= that)|(?<=(?:is|as) )(?:false|incorrect|wrong)|untrue|myths?",
    "possible": r"mogelijke?|mogelijkerwijs|misschien|wellicht|eventuee?le?|possibl[ey]|perhaps|maybe|may(?! \d)(?<!\d may)|might|could|potenti[eë]\w*|potential\w*",
    "probable": r"waarschijnlijke?|vermoed\w*|vermoeden\w*|likely|probabl[ey]|presum\w*|suspect\w*|allege\w*|reportedly",
    "seeming": r"lijk(?:t|en)|schijn(?:t|en)|seems?|appears?|apparent\w*", "can": r"kan|kunnen|kon|konden|can", "would": r"zou|zouden|would",
    "unsure": r"onzeker\w*|onduidelijk\w*|onbevestigd\w*|(?:be)?twijfel\w*|uncertain\w*|unclear|unconfirmed|doubt\w*",
    "unlikely": r"onwaarschijnlijke?|unlikely|improbable", "signs": r"aanwijzing(?:en)?|indications?",
    "estimated": r"schatting\w*|geschat\w*|estimat\w*", "threat": r"dreig\w*|threat\w*",
    "according": r"volgens|aldus|according to",
    "says": r"meen(?:t|de|den)|menen|stelt|stellen|beweer\w*|bewering(?:en)?|zegt|zeggen|vindt|vinden dat|meldt|melden dat|verklaart|verklaren|aangeeft|aangeven"
            r"|says?|said|claim\w*|argu(?:e|es|ed)|believ\w*|declar\w*|reports? that|reported that",
    "if": r"indien|mits|zolang|voor ?zover|wanneer|als|voorwaard\w*|in ?geval|if|provided that|(?<=, )provided|when|as long as|in case|condition\w*|subject to",
    "unless": r"tenzij|unless", "except": r"behalve|behoudens|uitgezonderd|except", "only": r"slechts|alleen|uitsluitend|enkel|louter|pas|only|solely|merely|just",
    "must": r"moet|moeten|moest|moesten|dient|dienen|verplicht\w*|must|should|required|obliged|obligat\w*|ha(?:ve|s|d) to|needs? to",
    "shall": r"shall", "need": r"hoeft|hoeven|hoefde\w*|needn['’]t|need not", "allowed": r"mag|mogen|mocht\w*|allowed|permitted",
    "will": r"zal|zullen|gaat|gaan|will|going to", "intent": r"wil|willen|wilde\w*|van plan|voornemens|beoog\w*|streef\w*|streven|overweeg\w*|overwegen|plans? to|intend\w*"
            r"|aims? to|wants? to|consider(?:s|ed|ing)?|propos\w*|voorgesteld|voorstel\w*|advis\w*|advies|recommend\w*",
    "always": r"altijd|steevast|telkens|always|invariably", "often": r"vaak|dikwijls|regelmatig|veelal|meestal|doorgaans|often|frequently|usually|regularly|generally",
    "sometimes": r"soms|af en toe|incidenteel|incidentele|sometimes|occasionally", "rarely": r"zelden|sporadisch|rarely|seldom",
    "all": r"alle|allen|iedere?|elke?|iedereen|allemaal|all|every|everyone|each|entire", "most": r"meerderheid|merendeel|meeste|majority|most|mostly|largely|grotendeels",
    "half": r"half|helft|halve", "some": r"sommige|enkele|several|some|verschillende|meerdere|various|een aantal|a number of|deels|gedeeltelijk\w*|partly|partially",
    "minority": r"minderheid|minority|weinig|few|little", "almost": r"bijna|vrijwel|nagenoeg|nearly|almost", "about": r"about(?= (?:\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thir|fif|twen|for|half|a )))|ongeveer|circa|zo['’]n|rond de|approximately|roughly|around",
    "over": r"over(?= (?:\d|de \d))|ruim|meer dan|more than|upwards of", "under": r"minder dan|less than|fewer than",
    "at least": r"minstens|minimaal|ten ?minste|at least|minimum", "at most": r"hooguit|hoogstens|maximaal|ten hoogste|at most|up to|maximum",
}
NOT_ADDED: _Groups = {
    "cause": r"omdat|doordat|want|waardoor|daardoor|hierdoor|daarom|dus|wegens|vanwege|dankzij|als gevolg van|because(?: of)?|due to|owing to|therefore|thus|so that"
             r"|thanks to|hence|consequently|as a result",
    "after": r"na|nadat|sinds|sindsdien|vervolgens|after|since|afterwards", "before": r"voordat|alvorens|before|prior to", "until": r"tot(?: en met)?|totdat|until|till",
    "although": r"hoewel|ondanks|although|though|despite", "or": r"of|ofwel|or",
}
_ALL = {name: re.compile(rf"(?<!\w)(?:{words})(?!\w)" if name != "not" else rf"(?<!\w)(?:{words})(?!\w)|n['’]t\b", re.I) for name, words in {**KEPT, **NOT_ADDED}.items()}
_BEFORE_OTHERS = ("over", "under", "at least", "at most", "says", "intent", "must", "according", "cause", "hardly", "need")  # of several words, or holding another's

_GOVERNING = frozenset({"without", "according", "except", "after", "before", "until", "cause"})


def marked_off(text: str, language: Language) -> tuple[str, Counter[str]]:
    """Return a text without its qualifying words, and the groups that they belong to, with how often.

    In their place stands "‖", which ends a phrase, or "¦group" for one that governs the phrase after it, as a preposition does.
    """
    found: Counter[str] = Counter()
    if language == "en":
        text = re.sub(r"(?<!\w)(of|pas|want|die)(?!\w)", r"_\1", text)
    for name in (*_BEFORE_OTHERS, *(one for one in _ALL if one not in _BEFORE_OTHERS)):
        text, count = _ALL[name].subn(f" ¦{name} " if name in _GOVERNING else " ‖ ", text)
        if count:
            found[name] = count
    return text.replace("_", ""), found


def groups_of(text: str, language: Language) -> Counter[str]:
    """Return the groups of the qualifying words of a text, with how often they come."""
    return marked_off(text, language)[1]


def kept(groups: Mapping[str, int]) -> Counter[str]:
    """Return the groups that a sentence must have as often as its source."""
    return Counter({one: count for one, count in groups.items() if one in KEPT})


# Languages divide some meanings in other ways ("kan" is "can" or "may"), so between two languages these count as one.
_BROADER = {**dict.fromkeys(("possible", "probable", "seeming", "can", "would", "unsure", "allowed"), "doubt"), **dict.fromkeys(("according", "says"), "said"),
            **dict.fromkeys(("not", "lack", "refusal", "ban", "impossible", "denied"), "not"), "except": "unless", **dict.fromkeys(("will", "intent"), "will"),
            **dict.fromkeys(("hardly", "rarely", "minority"), "hardly"), **dict.fromkeys(("if", "must", "shall", "need"), "bound")}


def kept_across(groups: Mapping[str, int]) -> Counter[str]:
    """Return the groups that a translation must have as often as its original."""
    found: Counter[str] = Counter()
    for one, count in kept(groups).items():
        found[_BROADER.get(one, one)] += count
    return found
