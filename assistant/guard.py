"""The guard: a quotation is widened until it has its negation, hedge, attribution and condition.

The unit is the sentence, so what a sentence says of itself is always whole. Four things reach over its border: a
sentence that leans on the one before it ("Dit geldt ..."), a sentence that takes the one before it back ("Tenzij ...",
"Dit geldt niet voor ..."), a list item whose introduction holds the condition ("Geen recht bestaat als:"), and an
introduction without its list ("De volgende gegevens worden bewaard:").
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.documents import Document, Passage

# Closed classes of function words: the whole class of each language, not words picked from a text.
_NEGATION = r"niet|geen|nooit|niemand|nergens|noch|zonder|evenmin|nauwelijks|not|no|never|none|nobody|nor|neither|without|n't"
_HEDGE = (r"mogelijk|misschien|wellicht|waarschijnlijk|vermoedelijk|naar verluidt|lijkt|lijken|schijnt|schijnen|zou|zouden"
          r"|kan|kunnen|vermoed\w*|vermoeden|niet zeker|onzeker|onduidelijk|onbevestigd\w*|aanwijzingen?|schatting\w*|naar schatting"
          r"|hypothese\w*|veronderstel\w*|perhaps|possibly|maybe|might|may|could|probably|apparently|allegedly|reportedly"
          r"|presum\w+|suspect\w*|suspicio\w*|uncertain|unclear|unconfirmed|estimat\w+|seems?|hypothes\w+|assum\w+")
_ATTRIBUTION = (r"volgens|aldus|meent|menen|stelt|stellen|beweert|beweren|zegt|zeggen|vindt|vinden|meldt|melden|verklaart"
                r"|verklaren|schrijft|schrijven|betoogt|betogen|noemt|noemen|rapporteert|rapporteren|geeft aan|geven aan|in de ogen van"
                r"|gesteld|beweerd|bewering\w*|getuigenis\w*|getuigen?|according to|says|said|claims?|claimed|argues?|argued|states?|stated|reports?|reported"
                r"|believes?|believed|alleges?|alleged|in the view of|in the words of|told")
_CONDITION = (r"als|indien|mits|tenzij|wanneer|zolang|voor zover|voorzover|behalve|behoudens|uitgezonderd|slechts|alleen"
              r"|uitsluitend|pas|in geval|ingeval|bij wijze van uitzondering|op voorwaarde|onder de voorwaarden?|voorwaarden?"
              r"|if|unless|provided|only|except|when|where|as long as|in case|on condition|conditions?|subject to")
_BEARS = re.compile(rf"\b(?:{_NEGATION}|{_HEDGE}|{_ATTRIBUTION}|{_CONDITION})\b", re.I)
_OBLIGES = re.compile(r"\b(?:moet\w*|dient|dienen|mag|mogen|verboden|verplicht|hoeft|hoeven|must|shall|should|prohibited)\b", re.I)

# A sentence that opens with one of these says nothing alone: it points at the sentence before it.
_LEANS = re.compile(
    r"^(?:(?:dit|dat|deze|die|zij|ze|hij|het|hun|haar|zijn|hen|hierop|hiervan|hierdoor|hierbij|hiervoor|hieruit|daarvan|daarop"
    r"|daarbij|daardoor|daarvoor|daaruit|daarmee|daartoe|hetzelfde|dezelfde|zulke|dergelijke|zo'n|ook zij|ook dat|ook dit)\b"
    r"|(?:in|onder|om|tot|bij|op|voor|met|van|uit|door) (?:dat|dit|die|deze|zulke|dergelijke)\b"
    r"|(?:op grond|naar aanleiding|als gevolg|in verband) (?:hier|daar)(?:van|mee)\b"
    r"|(?:this|that|these|those|it|they|he|she|their|its|his|her|such|the same|in that case|in this case|under these|for that|for this)\b)",
    re.I)

_LEANS_AT_END = re.compile(
    r"\b(?:daarvan|hiervan|daarvoor|hiervoor|daarbij|hierbij|daarmee|hiermee|daartoe|hiertoe"
    r"|(?:for|of|from|by|with|about|to|in) (?:this|that|these|those|it|them))\W*$", re.I)

# A sentence that opens with one of these takes back or narrows the one before it.
_RETRACTS = re.compile(
    r"^(?:tenzij|behalve|mits|maar|echter|toch|niettemin|desondanks|daarentegen|uitgezonderd|behoudens|uitzondering\w*|een uitzondering"
    r"|unless|except|but|however|nevertheless|nonetheless|yet|an exception|exceptions?|provided)\b"
    r"|^(?:dit|dat|deze \w+|die \w+|het vorenstaande|het voorgaande|het bovenstaande|hiervan|daarvan|hierop|daarop|dezelfde \w+)\b[^.;:]{0,60}"
    r"\b(?:niet|geen|nooit|alleen|slechts|uitsluitend|mits|tenzij|pas|uitzondering|mogelijk|vermoed\w*|onzeker|onbevestigd\w*"
    r"|onjuist|aanname|schatting|volgens|ontkend|weersproken|betwist)\b"
    r"|^(?:this|that|these \w+|the above|the foregoing|it|they)\b[^.;:]{0,60}"
    r"\b(?:not|never|only|unless|except|provided|unconfirmed|disputed|denied|uncertain|estimate|according|n't)\b"
    r"|^[^.;:,]{0,60}\b(?:echter|daarentegen|however)\b"
    r"|^(?:tenminste|althans|at least)\b,?"
    r"|^(?:het|de|dit|dat|deze|the) (?:cijfers?|aantal(?:len)?|getal(?:len)?|percentages?|figures?|numbers?|counts?)\b[^.;:]{0,40}"
    r"\b(?:schatting\w*|geschat\w*|voorlopig\w*|onzeker\w*|estimat\w+|provisional|uncertain)\b"
    r"|\b(?:geldt|gelden)\b[^.;:]{0,60}\bniet\b|\b(?:do|does|did) not apply\b|\bniet van toepassing\b", re.I)

# A short sentence that takes back the one before it wherever it points at it, or by these words alone.
_SHORT = 14  # words
_POINTS = re.compile(
    r"\b(?:dit|dat|so|this|that)(?=\W*$|,)|\b(?:daarvan|hiervan|daarvoor|hiervoor|daartoe|daarmee|hiermee|daaraan|daarover|hierover|of them|of these|for this"
    r"|for that)\b", re.I)
_DENIES = re.compile(
    r"\b(?:ontken\w*|bestrij\w*|bestreden|betwist\w*|weersprak\w*|weerspre\w*|weersproken|ingetrokken|herroep\w*|twijfel\w*|afgeweken|afwijk\w*"
    r"|den(?:y|ies|ied)|disput\w*|contest\w*|withdr\w*|retract\w*|reject\w*|doubts?|doubted|depart\w*|deviat\w*)\b", re.I)
_LIMITED = re.compile(rf"\b(?:{_NEGATION}|alleen|slechts|uitsluitend|zelden|pas|only|rarely|seldom)\b", re.I)
_PART_OF = re.compile(r"^\w+ (?:daarvan|hiervan|of them|of these)\b", re.I)
_OTHERS = re.compile(r"^(?:wie|degenen? die|those|anyone|whoever|he|she|they|hij|zij|ze|it|dat|dit|that|this)\b", re.I)
_THIS = re.compile(r"\b(?:dit|dat|hiervan|daarvan|hierover|daarover|this|that|it|them)\b", re.I)
_LIMITS = re.compile(
    r"\b(?:uitgezonderd|uitzondering|vrijgesteld|excepted|exempt(?:ed)?|exception)\b|\b(?:anders|otherwise|differently|het tegendeel|the opposite)\W*$"
    r"|^(?:\W*\w+){0,5}\W+(?:alleen|slechts|uitsluitend|only)\b(?:\W*\w+){0,3}\W*$", re.I)

_OPEN_QUOTE = "“‘«„\""
_LONG, _ALIKE = re.compile(r"[^\W\d_]{5,}"), 6  # letters
MOST_LISTED = 400  # words of a list with its introduction
MOST_WORDS = 150  # a quotation is a sentence or a few: beyond this the introduction is shown beside it instead


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of a document's text that may be quoted whole."""

    start: int
    end: int


def bears_meaning(text: str) -> bool:
    """Say whether a text holds a negation, hedge, attribution, condition or duty that what follows depends on."""
    return bool(_BEARS.search(text) or _OBLIGES.search(text))


def whole(start: int, end: int, *, sentences: tuple[tuple[int, int], ...], text: str) -> Span:
    """Widen `text[start:end]` over the sentences around it until nothing that qualifies it is left outside.

    `sentences` are half-open spans of `text` in order, those of one passage, within which the result stays; widening the
    result again changes nothing.
    """
    inside = [number for number, (first, last) in enumerate(sentences) if first < end and start < last]
    if not inside:
        return Span(start, end)
    low, high = inside[0], inside[-1]
    while low > 0 and _needs_before(text, sentences[low - 1], sentences[low]):
        low -= 1
    while high + 1 < len(sentences) and _takes_back(text, sentences[high], sentences[high + 1]):
        high += 1
    return Span(sentences[low][0], sentences[high][1])


def clause_end(passage: Passage) -> int:
    """Return where a list item ends that is a clause of its introduction, as an offset in its document.

    An item that begins in lower case ends with its sentence; what follows is running text, for many texts do not mark where a list ends. Of any
    other passage it is the end of the passage.
    """
    runs_on = passage.kind == "item" and len(passage.sentences) > 1 and passage.text[:1].islower()
    return passage.sentences[0][1] if runs_on else passage.end


def whole_unit(span: Span, passage: Passage, following: Passage | None, document: Document) -> Span:
    """Widen a sentence of a passage until nothing that qualifies it is left outside: what the assistant quotes and the evaluation asks for.

    Of a signal or row that is all of it; of a list item all of it with its introduction; in prose, and in what runs on after the last item of a
    list, the sentence. `following` is the passage after it, by which a last item is known.
    """
    if passage.kind in ("signal", "row"):
        return Span(passage.start, passage.end)
    if passage.kind == "item" and (clause_end(passage) == passage.end or (following is not None and of_one_list(following, passage))):
        return with_introduction(Span(passage.start, passage.end), passage, document)
    sentences = passage.sentences or ((passage.start, passage.end),)
    found = whole(max(span.start, passage.start), min(span.end, passage.end), sentences=sentences, text=document.text)
    if passage.kind == "item" and leans(document.text[found.start:found.end]):
        found = Span(passage.start, found.end)
    return with_introduction(found, passage, document) if found.start == passage.start else found


def of_one_list(one: Passage, other: Passage) -> bool:
    """Say whether two passages are items of the same list, or of lists within it: of one introduction, or of none under one heading."""
    ours, others = ((item.context_span[0] if item.context_span else item.section) for item in (one, other))
    return (one.doc, one.kind, ours) == (other.doc, "item", others)


def with_introduction(span: Span, passage: Passage, document: Document) -> Span:
    """Widen a list item to the introduction of its list when that says whether, when or by whom the item holds."""
    if passage.context_span is None or passage.kind != "item":
        return span
    start, end = passage.context_span
    introduction = document.text[start:end]
    stretch = document.text[start:span.end]
    if start >= span.start or not bears_meaning(introduction) or len(stretch.split()) > MOST_WORDS:
        return span
    return Span(start, span.end)


def with_items(span: Span, following: Sequence[Passage], document: Document) -> Span:
    """Widen a sentence that introduces a list ("Het rapport bevat:") to the last item of that list.

    `following` are the passages after that of the sentence, in the order of the document: the items, or lines that begin in lower case and end in a
    semicolon. A list of more than MOST_LISTED words is left to its own items.
    """
    if not document.text[span.start:span.end].rstrip().endswith(":"):
        return span
    end, before, closes = span.end, ":", span.end
    for passage in following:
        introduced = passage.context_span is not None and span.start <= passage.context_span[0] < end
        goes_on = before in ":;" and passage.text[:1].islower()
        if passage.doc != document.doc or not passage.quotable or not (introduced or goes_on):
            break
        end, before, closes = passage.end, passage.text.rstrip()[-1:], _list_end(passage, document)
    return span if len(document.text[span.start:closes].split()) > MOST_LISTED else Span(span.start, closes)


def with_siblings(span: Span, items: Sequence[Passage], document: Document) -> Span:
    """Widen a list item to its whole list with the introduction, for a question that asks for all; one of more than MOST_LISTED words stays as it is."""
    if len(items) < 2:
        return span
    start, end = min(span.start, items[0].context_span[0] if items[0].context_span else items[0].start), max(span.end, _list_end(items[-1], document))
    return span if len(document.text[start:end].split()) > MOST_LISTED else Span(start, end)


def _list_end(last: Passage, document: Document) -> int:
    """Return where a list ends: with its last item, and with what narrows that or takes it back."""
    if clause_end(last) == last.end:
        return last.end
    return whole(*last.sentences[0], sentences=last.sentences, text=document.text).end


def leans(sentence: str) -> bool:
    """Say whether a sentence says nothing alone: it points at the one before it."""
    return bool(_LEANS.match(sentence) or _LEANS_AT_END.search(sentence))


def _needs_before(text: str, before: tuple[int, int], this: tuple[int, int]) -> bool:
    """Say whether the sentence `this` depends on the sentence `before` for a qualification."""
    earlier, sentence = text[slice(*before)].strip(), text[slice(*this)].strip()
    if earlier.endswith(":"):
        return bears_meaning(earlier)
    if _inside_quotation(earlier):
        return True
    return _retracts(sentence, earlier) or bool(leans(sentence) and _BEARS.search(earlier))


def _takes_back(text: str, this: tuple[int, int], after: tuple[int, int]) -> bool:
    """Say whether the sentence `after` narrows, doubts or takes back the sentence `this`."""
    sentence = text[slice(*this)].strip()
    return _retracts(text[slice(*after)].strip(), sentence) or _inside_quotation(sentence)


def _retracts(sentence: str, earlier: str) -> bool:
    """Say whether a sentence narrows, doubts or takes back the `earlier` one just before it."""
    if _RETRACTS.search(sentence) or _PART_OF.search(sentence):
        return True
    if len(sentence.split()) > _SHORT:
        return False
    if _LIMITS.search(sentence) or (_DENIES.search(sentence) and _THIS.search(sentence)):
        return True
    return bool(_LIMITED.search(sentence)) and bool(_POINTS.search(sentence) or _OTHERS.search(sentence) or _share_a_word(sentence, earlier))


def _share_a_word(one: str, other: str) -> bool:
    """Say whether two sentences have a noun or verb in common, as words of five letters and more that begin alike."""
    return bool({word[:_ALIKE].casefold() for word in _LONG.findall(one)} & {word[:_ALIKE].casefold() for word in _LONG.findall(other)})


def _inside_quotation(sentence: str) -> bool:
    """Say whether a quotation that somebody else speaks is still open at the end of a sentence."""
    opened = sum(sentence.count(mark) for mark in _OPEN_QUOTE[:-1])
    closed = sum(sentence.count(mark) for mark in "”»") + len(re.findall(r"’(?!\w)", sentence))
    return opened > closed
