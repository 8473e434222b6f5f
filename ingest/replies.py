"""What replies to a heading that asks: "Kan ik anoniem melden?", and below it "Tegenover het Steunpunt niet."."""

import re
from collections.abc import Sequence

from ingest.documents import Passage

_ASKS_WHETHER = re.compile(
    r"(?:\d+(?:\.\d+)*\.?\s+)?(?:is|zijn|was|heeft|heb|hebben|kan|kunnen|mag|mogen|moet|moeten|wordt|worden|gaat|geldt|krijg|krijgt|krijgen|hoef|hoeft|hoor|sluit"
    r"|doet|bestaat|are|does|do|did|has|have|can|could|may|must|should|will)\b", re.I)
_REPLIES = re.compile(
    r"^(?:ja|jawel|nee|neen|liever|soms|meestal|nooit|altijd|alleen|yes|no|never|always|sometimes|only|usually|in principe|in principle)\b"
    r"|^(?:dat|that) (?:kan|mag|hangt|moet|hoeft|gebeurt|can|may|depends|must)\b|\b(?:wel|niet|not)(?=[.,;!])", re.I)


def asked_above(passages: Sequence[Passage], number: int) -> str:
    """Return the heading that a paragraph replies to; nothing where it does not.

    It opens what stands beneath a heading that asks a question, and is all of its paragraph or, where yes or no is asked, says which: "Deze vraag
    krijgen wij vaak." replies nothing.
    """
    passage = passages[number]
    heading = passage.section.rpartition(" > ")[2]
    before = passages[number - 1] if number else None
    if not heading.endswith("?") or passage.kind != "sentences" or (before and (before.doc, before.section) == (passage.doc, passage.section)):
        return ""
    if len(passage.sentences) < 2:
        return heading
    first, last = (offset - passage.start for offset in passage.sentences[0])
    return heading if _ASKS_WHETHER.match(heading) and _REPLIES.search(passage.text[first:last]) else ""
