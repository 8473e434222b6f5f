"""The writer: asks a model for text beside a finished answer, checks every sentence, and gives up in time.

It gets the answer after it was decided and cannot change it: status, quotations and near misses stay those of the answer.
"""

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.answers import Answer, Evidence, Language
from assistant.bridge import Bridge, bundled_bridge
from assistant.generated import Exchange, GeneratedSentence, GeneratedText, Gloss, Notice, Rejection
from assistant.writing.checks import gloss_fault, sentence_fault, suggestion_fault
from assistant.writing.endpoint import Model
from assistant.writing.failures import ModelFailedError
from assistant.writing.form import tidied
from assistant.writing.material import Material, marked
from assistant.writing.prompts import Prompt, prompt
from assistant.writing.reply import Proposal, ReplyReader
from assistant.writing.schemas import cited_texts, plain_texts
from ingest.language import language_of

_MOST_SENTENCES, _MOST_SUGGESTIONS, _MOST_GLOSSES = 4, 2, 8
_INSTRUCTION_TOKENS = 400  # the longest prompt file has 688 characters, and ids, marks and names of fields come on top
_CHARACTERS_PER_TOKEN = 3  # low for Dutch with a small vocabulary, so that what is sent fits


@dataclass(frozen=True, slots=True)
class WritingLimits:
    """The budget of one answer: seconds in all, tokens of each reply, tokens of context that the model has."""

    seconds: float = 20.0
    tokens: int = 500
    context: int = 4096


@dataclass
class _Draft:
    """What has passed and what was dropped so far."""

    model: str
    started: float
    deadline: float
    sentences: list[GeneratedSentence] = field(default_factory=list)
    glosses: list[Gloss] = field(default_factory=list)
    suggestions: list[str] = field(default_factory=list)
    dropped: Counter[Rejection] = field(default_factory=Counter)
    exchanges: list[Exchange] = field(default_factory=list)

    def text(self, notice: Notice = "") -> GeneratedText:
        return GeneratedText(self.model, tuple(self.sentences), tuple(self.glosses), tuple(self.suggestions),
                             tuple(sorted(self.dropped.items())), notice, time.monotonic() - self.started, tuple(self.exchanges))


class Writer:
    """Adds checked text of a model to answers. Keeps nothing of a conversation, only whether the server knows schemas."""

    def __init__(self, model: Model, limits: WritingLimits = WritingLimits(), *, bridge: Bridge | None = None) -> None:  # noqa: B008
        self._model, self._limits = model, limits
        self._bridge = bridge or bundled_bridge()
        self._schemas = True

    def write(self, answer: Answer, *, history: Sequence[str] = ()) -> GeneratedText:
        """Return all that the model adds to an answer; `history` holds the earlier questions, oldest first."""
        *_, last = self.stream(answer, history=history)
        return last

    def stream(self, answer: Answer, *, history: Sequence[str] = ()) -> Iterator[GeneratedText]:
        """Give what has been checked so far, each time that something has passed, and the whole at the end. Never raises for the model."""
        now = time.monotonic()
        draft = _Draft(self._model.name, now, now + self._limits.seconds)
        if answer.status == "out_of_scope":
            yield draft.text("not_asked")
            return
        parts = self._beside_quotations(answer, draft) if answer.status == "answered" else self._beside_abstention(answer, history, draft)
        notice: Notice = ""
        try:
            for _ in parts:
                yield draft.text()
        except ModelFailedError as failure:
            notice = failure.notice
        final = draft.text(notice)
        yield draft.text("nothing_left") if not notice and final.empty and draft.exchanges else final

    def _beside_quotations(self, answer: Answer, draft: _Draft) -> Iterator[None]:
        """Ask for an introduction, then for translations of what is in the other language; yield after each that passes."""
        room = _CHARACTERS_PER_TOKEN * (self._limits.context - self._limits.tokens - _INSTRUCTION_TOKENS) - len(answer.question)
        material = Material.of(answer, most_characters=room)
        if not material.quotations:
            return
        filled = prompt("introduction", answer.language, {"question": marked(answer.question), "data": marked(material.as_data())})
        wanted = cited_texts("sentences", list(material.quotations), most=_MOST_SENTENCES)
        for proposal in self._proposals(filled, wanted, draft):
            if self._take_sentence(proposal, material, answer.language, draft):
                yield
        foreign = {name: one for name, one in material.quotations.items() if language_of(one.quote) != answer.language}
        if foreign:
            yield from self._glosses(dict(list(foreign.items())[:_MOST_GLOSSES]), answer.language, draft)

    def _glosses(self, foreign: Mapping[str, Evidence], language: Language, draft: _Draft) -> Iterator[None]:
        material = Material(foreign)
        filled = prompt("gloss", language, {"data": marked(material.as_data())})
        for proposal in self._proposals(filled, cited_texts("translations", list(foreign), most=len(foreign)), draft):
            if self._take_gloss(proposal, material, language, draft):
                yield

    def _beside_abstention(self, answer: Answer, history: Sequence[str], draft: _Draft) -> Iterator[None]:
        """Ask for other wordings, which the user may ask; the abstention stays one."""
        questions = [*history[-3:], answer.question]
        filled = prompt("wordings", answer.language, {"data": marked(questions)})
        for proposal in self._proposals(filled, plain_texts("questions", most=_MOST_SUGGESTIONS), draft):
            text = " ".join(proposal.text.split())
            fault = suggestion_fault(Proposal(text), questions, answer.language)
            if self._taken(fault, text, (*questions, *draft.suggestions), len(draft.suggestions) < _MOST_SUGGESTIONS, draft):
                draft.suggestions.append(text)
                yield

    def _take_sentence(self, proposal: Proposal, material: Material, language: Language, draft: _Draft) -> bool:
        tidy = Proposal(tidied(proposal.text), proposal.ids)
        fault = sentence_fault(tidy, material, language, self._bridge)
        known = [one.text for one in draft.sentences]
        if not self._taken(fault, tidy.text, known, len(known) < _MOST_SENTENCES, draft):
            return False
        numbers = sorted(material.quotations[one].n for one in tidy.ids)
        draft.sentences.append(GeneratedSentence(tidy.text, tuple(numbers)))
        return True

    def _take_gloss(self, proposal: Proposal, material: Material, language: Language, draft: _Draft) -> bool:
        text = " ".join(proposal.text.split())
        original = material.quotations.get(proposal.ids[0]) if len(proposal.ids) == 1 else None
        fault: Rejection | None = "unknown_id" if original is None else gloss_fault(Proposal(text, proposal.ids), original, language)
        if not self._taken(fault, text, (), True, draft) or original is None:
            return False
        if any(one.n == original.n for one in draft.glosses):
            draft.dropped["repeated"] += 1
            return False
        draft.glosses.append(Gloss(original.n, text))
        return True

    @staticmethod
    def _taken(fault: Rejection | None, text: str, known: Sequence[str], room: bool, draft: _Draft) -> bool:
        """Count why a text is dropped, or say that it is taken."""
        if fault is None and text.casefold() in [one.casefold() for one in known]:
            fault = "repeated"
        if fault is None and not room:
            fault = "surplus"
        if fault is not None:
            draft.dropped[fault] += 1
        return fault is None

    def _proposals(self, filled: Prompt, wanted: Mapping[str, object], draft: _Draft) -> Iterator[Proposal]:
        """Ask, and once more when the first time gave nothing and it may help."""
        for last in (False, True):
            reader, found = ReplyReader(), 0
            try:
                for piece in self._model.stream(filled, response_format=wanted if self._schemas else None, tokens=self._limits.tokens,
                                                deadline=draft.deadline):
                    for proposal in reader.feed(piece):
                        found += 1
                        yield proposal
                if found:
                    return
                raise ModelFailedError("unreadable", "the reply holds no sentence with its ids", again_after_s=0.0)
            except ModelFailedError as failure:
                self._schemas = self._schemas and not failure.schema_refused
                if last or found or failure.again_after_s is None or time.monotonic() + failure.again_after_s >= draft.deadline:
                    raise
                time.sleep(failure.again_after_s)
            finally:
                draft.exchanges.append(Exchange(filled.name, f"{filled.system}\n\n{filled.user}", reader.text))
