"""The checks that every generated text passes before anyone sees it, in an order that names the plainest fault first."""

from collections.abc import Sequence

from assistant.answers import Evidence, Language
from assistant.bridge import Bridge
from assistant.generated import Rejection
from assistant.writing import facts, form, polarity
from assistant.writing.material import Material, cited
from assistant.writing.reply import Proposal

_MOST_CITED = 12


def sentence_fault(proposal: Proposal, material: Material, language: Language, bridge: Bridge) -> Rejection | None:
    """Return why a proposed sentence may not be shown, or None. Its text must have been tidied."""
    if not proposal.ids or len(proposal.ids) > _MOST_CITED:
        return "no_id"
    if any(one not in material.quotations for one in proposal.ids):
        return "unknown_id"
    quoted = _texts(cited(proposal.ids, material))
    return _form_fault(proposal.text, language) or _fact_fault(proposal.text, quoted, language, bridge)


def gloss_fault(proposal: Proposal, original: Evidence, language: Language) -> Rejection | None:
    """Return why a translation may not be shown: it must have the numbers, names and negation of its original, no more and no less."""
    text, quoted = proposal.text, [original.quote]
    if form.has_markup(text):
        return "markup"
    if not text or not 0.4 * len(original.quote) <= len(text) <= 2.5 * len(original.quote) + 20:
        return "length"
    if form.has_quotation_marks(text) and not form.has_quotation_marks(original.quote):
        return "quotation_marks"
    if not form.in_language(text, language):
        return "language"
    if not (facts.numbers_stand(text, quoted) and facts.numbers_stand(original.quote, [text])):
        return "number"
    if not facts.names_stand(text, quoted, language):
        return "name"
    if not polarity.negation_agrees(text, quoted, language):
        return "negation"
    if not polarity.qualification_kept(text, quoted):
        return "hedge"
    return None if polarity.direction_agrees(text, quoted) and polarity.direction_agrees(original.quote, [text]) else "direction"


def suggestion_fault(proposal: Proposal, questions: Sequence[str], language: Language) -> Rejection | None:
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
    return None if facts.names_stand(text, questions, language) else "name"


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
    if not facts.names_stand(text, quoted, language):
        return "name"
    if not polarity.negation_agrees(text, quoted, language):
        return "negation"
    if not polarity.qualification_kept(text, quoted):
        return "hedge"
    if not polarity.direction_agrees(text, quoted):
        return "direction"
    return None if facts.is_supported(text, quoted, language, bridge) else "support"


def _texts(evidence: Sequence[Evidence]) -> list[str]:
    """The words that a sentence may rest on: the quotation with the context that is shown above it."""
    return [f"{one.context} {one.quote}" if one.context else one.quote for one in evidence]
