"""What of a model's reply has passed the checks so far, and what was dropped and why."""

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assistant.answers import Language
from assistant.bridge import Bridge
from assistant.generated import Exchange, GeneratedSentence, GeneratedText, Gloss, Notice, Rejection
from assistant.writing.asking.reply import Proposal
from assistant.writing.checking.checks import gloss_fault, judge_sentence, suggestion_fault
from assistant.writing.checking.form import tidied
from assistant.writing.material import Material

MOST_SENTENCES, MOST_SUGGESTIONS, MOST_POINTED = 4, 3, 3


@dataclass
class Draft:
    """The generated text of one answer while it grows; every `take_` says whether the proposal passed and is kept."""

    model: str
    language: Language
    started: float
    deadline: float
    sentences: list[GeneratedSentence] = field(default_factory=list)
    glosses: list[Gloss] = field(default_factory=list)
    suggestions: list[str] = field(default_factory=list)
    pointed: list[int] = field(default_factory=list)
    dropped: Counter[Rejection] = field(default_factory=Counter)
    exchanges: list[Exchange] = field(default_factory=list)

    def text(self, notice: Notice = "") -> GeneratedText:
        """Return what there is so far."""
        return GeneratedText(self.model, tuple(self.sentences), tuple(self.glosses), tuple(self.suggestions), tuple(sorted(self.dropped.items())),
                             notice, time.monotonic() - self.started, tuple(self.exchanges), tuple(sorted(self.pointed)))

    def take_sentence(self, proposal: Proposal, material: Material, bridge: Bridge) -> bool:
        """Take a sentence of an introduction."""
        tidy = Proposal(tidied(proposal.text), proposal.ids)
        verdict = judge_sentence(tidy, material, self.language, bridge)
        if not self._passes(verdict.fault, tidy.text, [one.text for one in self.sentences], room=len(self.sentences) < MOST_SENTENCES):
            return False
        self.sentences.append(GeneratedSentence(tidy.text, tuple(sorted(material.quotations[one].n for one in verdict.ids))))
        return True

    def take_gloss(self, proposal: Proposal, material: Material, bridge: Bridge) -> bool:
        """Take a translation of one quotation; the first that passes stands."""
        text = " ".join(proposal.text.split())
        original = material.quotations.get(proposal.ids[0]) if len(proposal.ids) == 1 else None
        fault: Rejection | None = "unknown_id" if original is None else gloss_fault(Proposal(text, proposal.ids), original, self.language, bridge)
        if fault is None and original is not None and any(one.n == original.n for one in self.glosses):
            fault = "repeated"
        if not self._passes(fault, text, (), room=True) or original is None:
            return False
        self.glosses.append(Gloss(original.n, text))
        return True

    def take_suggestion(self, proposal: Proposal, questions: Sequence[str], bridge: Bridge, *, most: int) -> bool:
        """Take another wording of the last of these questions."""
        text = " ".join(proposal.text.split())
        fault = suggestion_fault(Proposal(text), questions, self.language, bridge)
        if not self._passes(fault, text, (*questions, *self.suggestions), room=len(self.suggestions) < min(most, MOST_SUGGESTIONS)):
            return False
        self.suggestions.append(text)
        return True

    def take_choice(self, ids: Iterable[str], material: Material) -> bool:
        """Take the quotations that a model points to, known ones only; pointing to all of them says nothing and is dropped."""
        chosen = dict.fromkeys(ids)
        known = [material.quotations[one].n for one in chosen if one in material.quotations]
        if len(known) < len(chosen):
            self.dropped["unknown_id"] += len(chosen) - len(known)
        if len(known) > MOST_POINTED or len(known) == len(material.quotations):
            self.dropped["surplus"] += 1
            return False
        self.pointed = known
        return bool(known)

    def _passes(self, fault: Rejection | None, text: str, known: Sequence[str], *, room: bool) -> bool:
        """Count why a text is dropped, or say that it is taken."""
        if fault is None and text.casefold() in [one.casefold() for one in known]:
            fault = "repeated"
        if fault is None and not room:
            fault = "surplus"
        if fault is not None:
            self.dropped[fault] += 1
        return fault is None
