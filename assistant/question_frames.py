"""The frame of a question: the words with which anybody asks about anything, in that place only.

"Who counts as a family member?" is not about counting, "In welke gevallen ...?" not about cases, "Welke rol speelt de gemeente bij ...?" not about roles;
a sentence that answers seldom has those words. Elsewhere they tell something ("Hoeveel slachtoffers telt de regio?").
"""

import re

_FRAMES = tuple(re.compile(pattern, re.I) for pattern in (
    # what counts as something
    r"^(?:en |and )?(?:who|what|which|when|where)\b.*?\b(?P<frame>counts?|counted|qualif(?:y|ies)|regarded|seen|viewed|treated|classed|classified|deemed"
    r"|recogni[sz]ed) as\b",
    r"^(?:en |and )?(?:who|what|which|when)\b.*?\b(?P<frame>considered|regarded|deemed|thought)(?= (?:an?|the|to be|as)\b)",
    r"^(?:en |and )?(?:who|what|when|which \w+) (?:do|does|did) .*?\b(?P<frame>regard|consider|treat|view|classify|recogni[sz]e|deem)\b"
    r"(?!.*\bas (?:well|soon|long|far|much|many) as\b)(?=.* as (?!if\b|of\b))",
    r"^(?:en |and )?(?:who|what|which|when)\b.*?\b(?P<frame>falls?|comes?) (?:under|within)\b",
    r"^(?:en |and )?(?:what|when|which)\b.*?\b(?P<frame>amounts?) to\b",
    r"\b(?:what|how) (?:is|are|do|does)\b.*\b(?P<frame>understood|understands?|defined)\b",
    r"^(?:en |and )?(?:wie|wat|wanneer|welke?)\b.*?\b(?P<frame>telt|tellen|gezien|beschouwd|aangemerkt|aangeduid|gekwalificeerd) als\b",
    r"^(?:en |and )?(?:wie|wat|wanneer|welke?)\b.*\bals\b.*\b(?P<frame>gezien|beschouwd|aangemerkt|aangeduid|gekwalificeerd)\W*$",
    r"^(?:en |and )?(?:wie|wat|wanneer|welke? \w+) (?P<frame>beschouwt|beschouwen|ziet|zien|kwalificeert|kwalificeren)\b"
    r"(?!.*\bzowel\b)(?=.* als (?!gevolg\b|eerste\b|laatste\b|de\b|het\b|er\b|ze\b|zij\b|hij\b|men\b|je\b|u\b|we\b|wij\b))",
    r"^(?:en |and )?(?:wie|wat|wanneer|welke? \w+) (?P<frame>merkt|merken)\b(?=.*\baan als\b)",
    r"^(?:en |and )?(?:wie|wat|welke?)\b.*?\b(?P<frame>valt|vallen|versta(?:at|an)|gerekend)\b(?=.*\b(?:onder|tot|binnen)\b)",
    r"\bhoe (?:wordt|worden|is|zijn)\b.*\b(?P<frame>gedefinieerd|omschreven)\W*$",
    # when something holds
    r"\b(?:under|in) (?:what|which) (?P<frame>circumstances|cases|situations|instances)\b",
    r"\b(?:in|onder) welke (?P<frame>gevallen|situaties|omstandigheden)\b",
    # whether it does
    r"^(?:en |and )?(?:is it|isn't it) (?P<frame>true|correct|right) that\b", r"^(?:en |and )?(?P<frame>klopt) (?:het )?dat\b",
    r"^(?:en |and )?does it (?P<frame>matter) (?:whether|if|that|who|how|when|where)\b", r"^(?:en |and )?(?P<frame>maakt) het (?:iets )?(?P<rest>uit)\b",
    # what somebody does in it, and of what sort it is
    r"\b(?:what|which) (?P<frame>roles?|part) (?:do|does|did|is|are|has|have)\b(?=.*\b(?P<rest>play(?:ed)?|have|assigned|given)\b)",
    r"\bwelke? (?P<frame>rol(?:len)?) (?:speelt|spelen|speelde|heeft|hebben|krijgt|vervult|vervullen)\b",
    r"\b(?:what|which) (?P<frame>kinds?|sorts?|types?) of\b", r"\bwat voor (?P<frame>soorten|soort|type)\b",
))

_ASKING_VERB = re.compile(  # asks for a cause or an effect, or where something is, which a sentence tells in many ways
    r"^(?:en |and )?(?:(?:wat|waar(?:toe)?|what) (?:(?:kan|kunnen|can|may|might|could) )?"
    r"(?P<verb>leid(?:t|en|de|den)|veroorza(?:akt|ken|akte|akten)|leads?|led|caused?|causes)\b"
    r"(?! (?:do|does|did|is|are|was|were|has|have)\b)"
    r"|waar(?:toe)? (?:kan|kunnen|zal|zullen|zou|zouden)\b.*\b(?P<end>leiden)\W*$"
    r"|waar (?P<lies>zit|zitten|zat|zaten|ligt|liggen|lag|lagen) (?:de|het)\b|(?P<is>zit|zitten|ligt|liggen) er\b"
    r"|what (?:do|does|did|will|can|may|might|could|would)\b(?!.*\b(?:about|with|of|for)\b).*\b(?P<last>lead(?= to\W*$)|cause(?=\W*$)))", re.I)
_LEADS_TO = re.compile(  # "als de strafzaak niet tot een veroordeling heeft geleid"; a sentence tells in many ways what comes of something
    r"^(?!(?:[Ee]n |[Aa]nd )?(?:[Ww]ie|[Ww]ho|[Ww]elke \w+|[Ww]hich \w+) lei?d)"
    r".*?(?:\b([Ll]eidt|leid(?:en|de|den)|geleid) (?:\w+ ){0,4}?tot (?!nu\b|en met\b|aan\b|slot\b|\d)"
    r"|\btot (?!nu\b|en met\b|aan\b|slot\b|\d)(?:\w+ ){1,5}?(leidt|leiden|leidde|leidden|geleid)\b"
    r"|\b([Ll]eads?|led) (?:(?:directly|often|always|sometimes|usually|inevitably) )?to\b)")


def without_frame(question: str) -> str:
    """Return a question without the words that only ask; a space stands in the place of each."""
    spans = {match.span(name) for pattern in _FRAMES if (match := pattern.search(question)) for name in match.groupdict() if match[name]}
    for start, end in sorted(spans, reverse=True):
        question = f"{question[:start]} {question[end:]}"
    return question


def asking_verb(question: str) -> str:
    """Return the verb with which a question asks for a cause or an effect, or where something is, as it stands there; nothing where there is none."""
    asking = _ASKING_VERB.match(question) or _LEADS_TO.search(question)
    return next(filter(None, asking.groups()), "") if asking else ""
