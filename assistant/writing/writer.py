"""The writer: asks a model for text beside a finished answer, checks every sentence, and gives up in time.

It gets the answer after it was decided and cannot change it: status, quotations and near misses stay those of the answer.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.answers import Answer
from assistant.bridge import Bridge, bundled_bridge
from assistant.generated import Exchange, GeneratedText, Notice
from assistant.writing.asking.endpoint import Model
from assistant.writing.asking.failures import ModelFailedError
from assistant.writing.asking.prompts import Prompt, Task, prompt
from assistant.writing.asking.reply import Proposal, ReplyReader
from assistant.writing.asking.schemas import cited_texts, ids_alone, plain_texts
from assistant.writing.drafts import MOST_POINTED, MOST_SENTENCES, Draft
from assistant.writing.material import Material, marked
from ingest.language import language_of

_MOST_WORDINGS, _MOST_GLOSSES, _MOST_CITED = 2, 8, 6
_LEAST_TO_CHOOSE = MOST_POINTED + 1  # of three quotations nobody needs to be told which to read first
_MOST_EARLIER = 3  # questions of the conversation that go along
_INSTRUCTION_TOKENS = 500  # the longest prompt file has 892 characters, and ids, marks and names of fields come on top
_OF_ONE_REPLY: frozenset[Notice] = frozenset({"unreadable", "cut"})  # after these the server may well answer the next request
_CHARACTERS_PER_TOKEN = 2  # low, so that what is sent fits: SmolLM2, with a vocabulary for English, has 2.5 in Dutch


@dataclass(frozen=True, slots=True)
class WritingLimits:
    """The budget of one answer: seconds in all, tokens of each reply, tokens of context that the model has."""

    seconds: float = 20.0
    tokens: int = 500
    context: int = 4096


class Writer:
    """Adds checked text of a model to answers. Keeps nothing of a conversation, only whether the server knows schemas."""

    def __init__(self, model: Model, limits: WritingLimits = WritingLimits(), *, bridge: Bridge | None = None) -> None:
        self._model, self._limits = model, limits
        self._bridge = bridge or bundled_bridge()
        self._schemas = True

    @property
    def name(self) -> str:
        """The name of the model."""
        return self._model.name

    @property
    def limits(self) -> WritingLimits:
        """The budget of one answer."""
        return self._limits

    def write(self, answer: Answer, *, history: Sequence[str] = ()) -> GeneratedText:
        """Return all that the model adds to an answer; `history` holds the earlier questions, oldest first."""
        *_, last = self.stream(answer, history=history)
        return last

    def stream(self, answer: Answer, *, history: Sequence[str] = ()) -> Iterator[GeneratedText]:
        """Give what has been checked so far, each time that something has passed, and the whole at the end. Never raises for the model."""
        now = time.monotonic()
        draft = Draft(self._model.name, answer.language, now, now + self._limits.seconds)
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
        yield draft.text("nothing_left") if not notice and final.empty and draft.dropped else final

    def _beside_quotations(self, answer: Answer, draft: Draft) -> Iterator[None]:
        """Ask for an introduction, for translations of what is in the other language, and which of many to read first."""
        material = Material.of(answer.evidence, most_characters=self._room(answer.question))
        if not material.quotations:
            return
        wanted = cited_texts("sentences", list(material.quotations), most=MOST_SENTENCES, most_ids=_MOST_CITED)
        failed: ModelFailedError | None = None
        try:
            for proposal in self._asked("introduction", answer, material, wanted, draft):
                if draft.take_sentence(proposal, material, self._bridge):
                    yield
        except ModelFailedError as failure:
            if failure.notice not in _OF_ONE_REPLY:
                raise
            failed = failure
        foreign = {name: one for name, one in material.quotations.items() if language_of(one.quote) != answer.language}
        if foreign:
            yield from self._glosses(Material(dict(list(foreign.items())[:_MOST_GLOSSES])), answer, draft)
        if len(material.quotations) >= _LEAST_TO_CHOOSE:
            yield from self._choice(material, answer, draft)
        if failed is not None:
            raise failed

    def _beside_abstention(self, answer: Answer, history: Sequence[str], draft: Draft) -> Iterator[None]:
        """Ask for questions that the user may ask instead, and which near miss comes nearest; the abstention stays one."""
        questions = self._conversation(history, answer.question)
        if not questions:
            return
        if len(questions) > 1:
            yield from self._suggestions("followup", questions, 1, draft)
        yield from self._suggestions("wordings", questions, len(draft.suggestions) + _MOST_WORDINGS, draft)
        near = Material.of(answer.near, most_characters=self._room(answer.question))
        if len(near.quotations) > 1:
            yield from self._choice(near, answer, draft)

    def _glosses(self, foreign: Material, answer: Answer, draft: Draft) -> Iterator[None]:
        wanted = cited_texts("translations", list(foreign.quotations), most=len(foreign.quotations), most_ids=1)
        for proposal in self._asked("gloss", answer, foreign, wanted, draft):
            if draft.take_gloss(proposal, foreign, self._bridge):
                yield

    def _choice(self, material: Material, answer: Answer, draft: Draft) -> Iterator[None]:
        most = min(MOST_POINTED, len(material.quotations) - 1)
        ids = [one for proposal in self._asked("choice", answer, material, ids_alone(list(material.quotations), most=most), draft)
               for one in proposal.ids]
        if draft.take_choice(ids, material):
            yield

    def _suggestions(self, task: Task, questions: Sequence[str], most: int, draft: Draft) -> Iterator[None]:
        filled = prompt(task, draft.language, {"data": marked(list(questions))})
        for proposal in self._proposals(filled, plain_texts("questions", most=_MOST_WORDINGS), draft):
            if draft.take_suggestion(proposal, questions, self._bridge, most=most):
                yield

    def _asked(self, task: Task, answer: Answer, material: Material, wanted: Mapping[str, object], draft: Draft) -> Iterator[Proposal]:
        filled = prompt(task, answer.language, {"question": marked(answer.question), "data": marked(material.as_data())})
        return self._proposals(filled, wanted, draft)

    def _conversation(self, history: Sequence[str], question: str) -> list[str]:
        """Return the question after the earlier ones that fit, oldest first; empty when the question itself does not fit."""
        questions: list[str] = []
        room = self._room("")
        for one in [*history[-_MOST_EARLIER:], question][::-1]:
            room -= len(one)
            if room < 0:
                break
            questions.insert(0, one)
        return questions

    def _room(self, question: str) -> int:
        """Return how many characters of quotations fit beside the instruction, the question and the reply."""
        return _CHARACTERS_PER_TOKEN * (self._limits.context - self._limits.tokens - _INSTRUCTION_TOKENS) - len(question)

    def _proposals(self, filled: Prompt, wanted: Mapping[str, object], draft: Draft) -> Iterator[Proposal]:
        """Ask, and once more when the first time gave nothing and it may help, without a schema where the server may have refused that."""
        schema = self._schemas
        for last in (False, True):
            reader, found = ReplyReader(), 0
            try:
                for piece in self._model.stream(filled, response_format=wanted if schema else None, tokens=self._limits.tokens, deadline=draft.deadline):
                    for proposal in reader.feed(piece):
                        found += 1
                        yield proposal
                if not found and not reader.nothing:
                    raise ModelFailedError("unreadable", "the reply holds nothing that was asked for", again_after_s=0.0)
                self._schemas = schema
                return
            except ModelFailedError as failure:
                schema = schema and not failure.schema_refused
                if last or found or failure.again_after_s is None or time.monotonic() + failure.again_after_s >= draft.deadline:
                    raise
                time.sleep(failure.again_after_s)
            finally:
                draft.exchanges.append(Exchange(filled.name, f"{filled.system}\n\n{filled.user}", reader.text))
