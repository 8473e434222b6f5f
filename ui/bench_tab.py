"""The bench on the page, which only evaluators who see every source have.

Without postponed annotations: Gradio gives the request by the annotation of a parameter.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, TypeVar

import gradio as gr

from assistant.answers import Language
from eval.question_sets import QuestionSetError
from eval.questions import LANGUAGES
from eval.run_files import VERDICTS
from eval.runs import Pace
from ingest.errors import BronvastError
from ui.accounts import Account
from ui.bench_html import agreements_html, comparison_html, faults_html, feedback_html, lines_html, question_html
from ui.bench_room import BenchRoom
from ui.evaluation_strings import BENCH, REPORT, kind_name
from ui.judgements import JUDGEMENTS
from ui.reasons import failure_html
from ui.strings import chosen_language

T = TypeVar("T")
_PRIVATE = {"api_visibility": "private", "show_progress": "hidden"}


@dataclass(frozen=True, slots=True)
class BenchTab:
    """The components of the bench by name; `room` is None where nothing can be evaluated. `opened` has the run and the question shown last."""

    room: BenchRoom | None
    tab: Any
    parts: dict[str, Any]
    opened: Any

    @property
    def outputs(self) -> list[Any]:
        """What `labelled` gives values for."""
        return [self.tab, *self.parts.values()]

    def labelled(self, language: Language, *, shown: bool) -> list[Any]:
        """Return the words of the bench and what can be chosen; nothing of a run where it is not shown."""
        say, room = BENCH[language], self.room if shown else None
        runs, outcomes = (room.runs(), [(REPORT[language][one], one) for one in VERDICTS]) if room else ([], [])
        choices: dict[str, Any] = {
            "set": room.sets() if room else [], "runs": runs, "compare_with": runs,
            "language": [(say["all"], ""), *((REPORT[language][one], one) for one in LANGUAGES)],
            "kind": [(say["all"], "")], "verdict": [(say["all"], ""), *outcomes], "judgement": [(say[one], one) for one in JUDGEMENTS],
            **({} if room else {"question": [], "answered": [], "required": []})}
        updates = []
        for name, part in self.parts.items():
            if isinstance(part, gr.Button):
                updates.append(gr.update(value=say[name]))
            elif isinstance(part, gr.HTML):
                updates.append(gr.update(value=feedback_html(room.feedback(), language) if room and name == "feedback_list" else ""))
            elif name in ("language", "kind", "verdict"):
                updates.append(gr.update(label=say[name], choices=choices[name], value=""))
            elif name in choices:
                updates.append(gr.update(label=say[name], choices=choices[name]))
            else:
                updates.append(gr.update(label=say[name]))
        return [gr.update(label=say["tab"], visible=room is not None), *updates]

    def bind(self, language: Any) -> None:  # noqa: ANN401  (gradio has no types)
        """Bind the events; each checks anew that the user may use the bench."""
        part, said, private = self.parts, self.parts["said"], _PRIVATE
        part["run"].click(self._run, [part["set"], language], [said, part["runs"], part["compare_with"]], trigger_mode="once", **private)
        part["stop"].click(self._stop, language, said, **private)
        part["add_set"].upload(self._add_set, [part["add_set"], language], [part["set"], said], **private)
        looking, opening = self._showing(language)
        part["runs"].change(*looking, **private).then(*opening, **private)
        for name in ("language", "kind", "verdict"):
            part[name].input(*looking, **private)  # of the user alone: a change that looking makes would overtake what is done meanwhile
        part["question"].change(*opening, **private)
        part["judge"].click(self._judge, [part["runs"], part["question"], part["judgement"], part["note"], language],
                            [part["opened"], part["agreements"], said], trigger_mode="once", **private)
        part["settle"].click(self._settle, [part["runs"], part["question"], part["judgement"], part["note"], language],
                             [part["opened"], part["agreements"], said], trigger_mode="once", **private)
        part["compare"].click(self._compare, [part["runs"], part["compare_with"], language], [part["compared"], said], **private)
        part["answered"].change(self._choose_feedback, [part["answered"], language], [part["required"], said], **private)
        self.tab.select(self._refresh, language, [part["feedback_list"], part["answered"], part["runs"], part["compare_with"]], **private)
        part["make"].click(self._make, [part["answered"], part["required"], language], [part["set"], said], trigger_mode="once", **private)

    def show_again(self, relabelled: Any, language: Any) -> None:  # noqa: ANN401
        """Show the chosen run and question again after the words of the page were changed, which empties what is said of them."""
        looking, opening = self._showing(language)
        relabelled.then(*looking, **_PRIVATE).then(*opening, **_PRIVATE)

    def _showing(self, language: Any) -> tuple[tuple[Any, ...], tuple[Any, ...]]:  # noqa: ANN401
        """Return the events that show a run and a question of it: handler, inputs, outputs."""
        part, said = self.parts, self.parts["said"]
        chosen = [part[name] for name in ("runs", "language", "kind", "verdict", "question")]
        return ((self._look, [*chosen, language], [part["lines"], part["question"], part["kind"], part["agreements"], said]),
                (self._open, [part["runs"], part["question"], self.opened, language],
                 [part["opened"], said, part["judgement"], part["note"], self.opened]))

    def _account(self, request: gr.Request) -> Account | None:
        """Return who asks where that user may use the bench."""
        if self.room is None:
            return None
        account = self.room.desk.account(request.username)
        return account if self.room.admits(account) else None

    def _try(self, request: gr.Request, language: str, action: Callable[[BenchRoom, Account], T], *, running: bool = False,
             ) -> tuple[T | None, str]:
        """Return what an action gives, or None, and a line that says why not, as HTML; `running`: a faulty set is not run."""
        known = chosen_language(language)
        try:
            account = self._account(request)
            if account is None or self.room is None:
                return None, f'<p role="alert">{BENCH[known]["not_allowed"]}</p>'
            return action(self.room, account), ""
        except QuestionSetError as error:
            return None, faults_html(error, known, running=running)
        except BronvastError as error:
            return None, f'<p role="alert">{failure_html(known, error)}</p>'

    def _run(self, name: str | None, language: str, request: gr.Request) -> Iterator[Any]:
        say, pace = BENCH[chosen_language(language)], Pace()
        steps, refused = self._try(request, language, lambda room, _: room.run(name or ""))
        while steps is not None:
            step, refused = self._try(request, language, lambda *_: next(steps, None), running=True)
            if step is None:
                break
            if step.path is None:
                left = pace.left(step.done, step.total)
                more = f"; {say['left'].format(minutes=max(round(left / 60), 1))}" if left is not None and left >= 45 else ""
                yield _status(say["progress"].format(done=step.done, total=step.total) + more), gr.skip(), gr.skip()
                continue
            runs, told = self.room.runs() if self.room else [], say["stopped" if step.stopped else "done"].format(done=step.done, total=step.total)
            nowhere = f" {say['unfit'].format(count=step.unfit)}" if step.unfit else ""
            yield _status(told + nowhere), gr.update(choices=runs, value=step.path.name), gr.update(choices=runs)
        if refused:
            yield refused, gr.skip(), gr.skip()

    def _refresh(self, language: str, request: gr.Request) -> Any:  # noqa: ANN401
        found, _ = self._try(request, language, lambda room, account: (room.feedback(), room.answered(account), room.runs()))
        if found is None:
            return (gr.skip(),) * 4
        said, answered, runs = found
        choices = [(f"{one['question'][:80]} ({one['at'][:10]})", one["key"]) for one in answered]
        return feedback_html(said, chosen_language(language)), gr.update(choices=choices), gr.update(choices=runs), gr.update(choices=runs)

    def _stop(self, language: str, request: gr.Request) -> Any:  # noqa: ANN401
        _, refused = self._try(request, language, lambda room, _: room.stop())
        return refused or gr.skip()

    def _add_set(self, path: str | None, language: str, request: gr.Request) -> Any:  # noqa: ANN401
        added, refused = self._try(request, language, lambda room, _: (room.add_set(Path(path or "")), room.sets()))
        if added is None:
            return gr.skip(), refused
        given = Path(path or "").name
        told = BENCH[chosen_language(language)]["added" if added[0] == given else "added_as"].format(given=escape(given), name=escape(added[0]))
        return gr.update(choices=added[1], value=added[0]), _status(told)

    def _look(self, run: str | None, spoken: str | None, kind: str | None, verdict: str | None, question: str | None, language: str,
              request: gr.Request) -> Any:  # noqa: ANN401
        if not run:
            return (gr.skip(),) * 5
        known = chosen_language(language)

        def looked(room: BenchRoom, account: Account) -> tuple[str, Any, Any, str]:
            lines = room.lines(run, language=spoken or "", kind=kind or "", verdict=verdict or "")
            kinds = [(kind_name(one, known), one) for one in sorted({str(line.question["kind"]) for line in room.lines(run)})]
            questions = [(f"{line.question['id']}: {line.question['question']}", line.question["id"]) for line in lines]
            gone = {"value": None} if question and all(question != one for _, one in questions) else {}  # a choice made meanwhile stays
            return (lines_html(lines, known), gr.update(choices=questions, **gone), gr.update(choices=[(BENCH[known]["all"], ""), *kinds]),
                    agreements_html(room.agreements(account, run), known))

        found, refused = self._try(request, language, looked)
        return (*found, gr.skip()) if found else (*(gr.skip(),) * 4, refused)

    def _open(self, run: str | None, question: str | None, last: Any, language: str, request: gr.Request) -> Any:  # noqa: ANN401
        """Show a question; a judgement and a note that were filled in stay while it is the same one, and are never those of another."""
        filled = (gr.skip(), gr.skip()) if (run, question) == last else (None, "")
        if not run or not question:
            return "", gr.skip(), *filled, (run, question)
        opened, refused = self._try(request, language, lambda room, account: _opened(room, account, run, question, chosen_language(language)))
        return opened or "", refused or gr.skip(), *filled, last if refused else (run, question)

    def _judge(self, run: str | None, question: str | None, judgement: str | None, note: str, language: str, request: gr.Request) -> Any:  # noqa: ANN401
        return self._keep(BenchRoom.judge, (run or "", question or "", judgement or "", note or ""), language, request)

    def _settle(self, run: str | None, question: str | None, judgement: str | None, note: str, language: str, request: gr.Request) -> Any:  # noqa: ANN401
        return self._keep(BenchRoom.settle, (run or "", question or "", judgement or "", note or ""), language, request)

    def _keep(self, keep: Callable[..., None], said: tuple[str, str, str, str], language: str, request: gr.Request) -> Any:  # noqa: ANN401
        known = chosen_language(language)

        def kept(room: BenchRoom, account: Account) -> tuple[str, str]:
            keep(room, account, *said)
            return _opened(room, account, said[0], said[1], known), agreements_html(room.agreements(account, said[0]), known)

        found, refused = self._try(request, language, kept)
        return (*found, _status(BENCH[known]["kept"])) if found else (gr.skip(), gr.skip(), refused)

    def _compare(self, shown: str | None, other: str | None, language: str, request: gr.Request) -> tuple[str, str]:
        compared, refused = self._try(request, language, lambda room, _: comparison_html(room.compare(other or "", shown or ""), chosen_language(language)))
        return compared or "", refused

    def _choose_feedback(self, key: str | None, language: str, request: gr.Request) -> Any:  # noqa: ANN401
        if not key:
            return gr.update(choices=[], value=[]), gr.skip()
        quotations, refused = self._try(request, language, lambda room, account: room.quotations(room.answer_of(account, key)))
        return gr.update(choices=quotations or [], value=[]), refused

    def _make(self, key: str | None, required: list[str], language: str, request: gr.Request) -> Any:  # noqa: ANN401
        if not key:
            return gr.skip(), gr.skip()
        made, refused = self._try(request, language, lambda room, account: (room.make_question(room.answer_of(account, key), required), room.sets()))
        if made is None:
            return gr.skip(), refused
        return gr.update(choices=made[1]), _status(BENCH[chosen_language(language)]["made"].format(name=escape(made[0])))


def build_bench(room: BenchRoom | None) -> BenchTab:
    """Lay the bench out, hidden until the user is known to be an evaluator."""
    say = BENCH["nl"]

    def dropdown(name: str, **more: Any) -> Any:  # noqa: ANN401
        return gr.Dropdown([], label=say[name], elem_id=f"bench-{name.replace('_', '-')}", **more)

    def button(name: str, **more: Any) -> Any:  # noqa: ANN401
        return gr.Button(say[name], elem_id=f"bench-{name}", scale=0, min_width=180, **more)

    def html(name: str) -> Any:  # noqa: ANN401
        return gr.HTML("", elem_id=f"bench-{name}")

    parts: dict[str, Any] = {}
    with gr.Tab(say["tab"], id="bench", visible=False) as tab:
        with gr.Row():
            parts["set"] = dropdown("set")
            parts["run"], parts["stop"] = button("run", variant="primary"), button("stop")
        parts["add_set"] = gr.File(label=say["add_set"], elem_id="bench-add-set", height=140)
        parts["said"] = html("said")
        parts["runs"] = dropdown("runs")
        with gr.Row():
            for name in ("language", "kind", "verdict"):
                parts[name] = dropdown(name, min_width=120)
        parts["lines"] = html("lines")
        parts["question"] = dropdown("question")
        parts["opened"] = html("opened")
        with gr.Row():
            parts["judgement"] = gr.Radio([], label=say["judgement"], elem_id="bench-judgement")
            parts["note"] = gr.Textbox(label=say["note"], elem_id="bench-note", max_length=1000)
        with gr.Row():
            parts["judge"], parts["settle"] = button("judge"), button("settle")
        parts["agreements"] = html("agreements")
        with gr.Row():
            parts["compare_with"] = dropdown("compare_with")
            parts["compare"] = button("compare")
        parts["compared"] = html("compared")
        parts["feedback_list"] = html("feedback-list")
        parts["answered"] = dropdown("answered", allow_custom_value=True)  # a page that was open before the server started knows choices of its own
        parts["required"] = gr.CheckboxGroup([], label=say["required"], elem_id="bench-required")
        parts["make"] = button("make")
    return BenchTab(room, tab, parts, gr.State(None))


def _opened(room: BenchRoom, account: Account, run: str, question: str, language: Language) -> str:
    line = next((one for one in room.lines(run) if one.question["id"] == question), None)
    return question_html(line, room.seen_by(account, run, question), language, room.settled(run).get(question)) if line else ""


def _status(text: str) -> str:
    return f'<p role="status">{text}</p>'
