"""The checks that every generated text passes before anyone sees it, in an order that names the plainest fault first."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers import Evidence, Language
from assistant.bridge import Bridge
from assistant.generated import Rejection
from assistant.writing.asking.reply import Proposal
from assistant.writing.checking import facts, form
from assistant.writing.checking.binding import binding_fault
from assistant.writing.checking.crossing import crossing_fault, qualifies_alike, translates
from assistant.writing.material import Material, cited
from ingest.language import language_of

_MOST_CITED = 12


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a sentence may not be shown (None: it may), and the ids of the quotations that it rests on."""

    fault: Rejection | None
    ids: tuple[str, ...] = ()


def judge_sentence(proposal: Proposal, material: Material, language: Language, bridge: Bridge) -> Verdict:
    """Judge a proposed sentence, whose text must have been tidied. It rests on those of its ids whose words it says again."""
    if not proposal.ids or len(proposal.ids) > _MOST_CITED:
        return Verdict("no_id")
    if any(one not in material.quotations for one in proposal.ids):
        return Verdict("unknown_id")
    quoted = _texts(cited(proposal.ids, material))
    fault = _form_fault(proposal.text, language) or _fact_fault(proposal.text, quoted, language, bridge)
    if fault is not None:
        return Verdict(fault)
    own = {language_of(one) == language for one in quoted}
    if len(own) > 1:
        return Verdict("combined")
    fault, numbers = binding_fault(proposal.text, quoted, language) if own == {True} else crossing_fault(proposal.text, quoted, language, bridge)
    return Verdict(fault, tuple(proposal.ids[number] for number in sorted(numbers)))


def gloss_fault(proposal: Proposal, original: Evidence, language: Language, bridge: Bridge) -> Rejection | None:
    """Return why a translation may not be shown: it must have the numbers, names and qualifying words of its original, no more and no less."""
    text, quote = proposal.text, original.quote
    if form.has_markup(text):
        return "markup"
    if not text or not 0.4 * len(quote) <= len(text) <= 2.5 * len(quote) + 20:
        return "length"
    if form.has_quotation_marks(text) and not form.has_quotation_marks(quote):
        return "quotation_marks"
    if not form.in_language(text, language):
        return "language"
    if not (facts.numbers_stand(text, [quote]) and facts.numbers_stand(quote, [text])):
        return "number"
    if not facts.names_stand(text, [quote], language, bridge):
        return "name"
    if not (facts.direction_agrees(text, [quote]) and facts.direction_agrees(quote, [text])):
        return "direction"
    if not qualifies_alike(text, [quote], language):
        return "hedge"
    return None if translates(text, quote, language, bridge) else "support"


def suggestion_fault(proposal: Proposal, questions: Sequence[str], language: Language, bridge: Bridge) -> Rejection | None:
    """Return why another wording of a question may not be offered: names and numbers come from the user's own questions."""
    text = proposal.text
    if form.has_markup(text):
        return "markup"
    if form.has_quotation_marks(text):
        return "quotation_marks"
    if not text.endswith("?") or len(text.split()) < 3 or text.count("?") > 1:
        return "shape"
    if form.too_long(text):
        return "length"
    if not form.in_language(text, language):
        return "language"
    if not facts.numbers_stand(text, questions):
        return "number"
    return None if facts.names_stand(text, questions, language, bridge) else "name"


def _form_fault(text: str, language: Language) -> Rejection | None:
    if form.has_markup(text):
        return "markup"
    if form.has_quotation_marks(text):
        return "quotation_marks"
    if form.too_long(text):
        return "length"
    if not form.is_sentence(text):
        return "shape"
    if form.speaks_of_itself(text):
        return "meta"
    return None if form.in_language(text, language) else "language"


def _fact_fault(text: str, quoted: Sequence[str], language: Language, bridge: Bridge) -> Rejection | None:
    if facts.is_copy(text, quoted):
        return "copy"
    if not facts.numbers_stand(text, quoted):
        return "number"
    if not facts.names_stand(text, quoted, language, bridge):
        return "name"
    return None if facts.direction_agrees(text, quoted) else "direction"


def _texts(evidence: Sequence[Evidence]) -> list[str]:
    """The words that a sentence may rest on: the quotation with the context that is shown above it."""
    return [f"{one.context} {one.quote}" if one.context else one.quote for one in evidence]
