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
    r"^(?:en |and )?(?:who|what|which|when)\b.*?\b(?P<frame>falls?|comes?) (?:under|within)\b",
    r"^(?:en |and )?(?:what|when|which)\b.*?\b(?P<frame>amounts?) to\b",
    r"\b(?:what|how) (?:is|are|do|does)\b.*\b(?P<frame>understood|understands?|defined)\b",
    r"^(?:en |and )?(?:wie|wat|wanneer|welke?)\b.*?\b(?P<frame>telt|tellen|gezien|beschouwd|aangemerkt|aangeduid|gekwalificeerd) als\b",
    r"^(?:en |and )?(?:wie|wat|wanneer|welke?)\b.*\bals\b.*\b(?P<frame>gezien|beschouwd|aangemerkt|aangeduid|gekwalificeerd)\W*$",
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


def without_frame(question: str) -> str:
    """Return a question without the words that only ask; a space stands in the place of each."""
    spans = {match.span(name) for pattern in _FRAMES if (match := pattern.search(question)) for name in match.groupdict() if match[name]}
    for start, end in sorted(spans, reverse=True):
        question = f"{question[:start]} {question[end:]}"
    return question
