"""Whatever an endpoint does wrong, it ends in a notice within the budget, and in what had passed until then."""

import json
import threading
import time
from dataclasses import dataclass, replace

import pytest

from assistant.answers import Answer
from assistant.writing.asking.endpoint import Endpoint
from assistant.writing.assisted import Assisted
from assistant.writing.writer import Writer, WritingLimits
from ingest.errors import UsageError
from tests.assistant.scripted import (
    GOOD,
    LIMITS,
    QUOTES,
    about,
    about_first,
    closes,
    fails,
    lobith,
    quotations,
    raw,
    says,
    scripted,
    silent,
    trickles,
    written,
)


@pytest.fixture(scope="module", autouse=True)
def imported():
    """The client takes seconds to import, which is not what a budget of one second should go to."""
    written(fails(400))


@pytest.mark.parametrize(("acts", "notice", "requests"), [
    ([fails(429)], "busy", 2), ([fails(429, Retry_After="3600")], "busy", 1), ([fails(500)], "server_error", 2),
    ([fails(401)], "refused", 1), ([closes()], "unreachable", 2), ([closes('{"sentences": [{"te')], "unreachable", 2),
    ([raw('{"sentences": [{"text": "Bij Lobith')], "unreadable", 2), ([raw("Geen JSON maar praat.")], "unreadable", 2),
    ([raw("")], "unreadable", 2), ([lambda handler, body: handler.start(200, "text/html")], "unreadable", 2),
    ([lambda handler, body: (handler.start(), handler.wfile.write(b"data: [[[\n\n"))], "unreadable", 2),
    ([lambda handler, body: (handler.start(), handler.wfile.write(b'data: {"choices": 7}\n\n'))], "unreadable", 2),
    ([lambda handler, body: handler.start(302, Location="http://127.0.0.1:9/")], "refused", 1),
], ids=["429", "429-long-wait", "500", "401", "closed", "closed-half-way", "half-json", "prose", "empty", "html-page", "broken-event",
        "other-shape", "redirect"])
def test_a_failing_endpoint_ends_in_a_notice_after_one_retry_at_most(acts, notice, requests):
    generated, script = written(*acts)
    assert generated.empty and generated.notice == notice
    assert len(script.requests) == requests


@pytest.mark.parametrize("act", [silent, trickles], ids=["silence", "trickle"])
def test_a_silent_endpoint_is_given_up_on_at_the_deadline(act):
    generated, script = written(act, limits=WritingLimits(seconds=1.0))
    assert generated.notice == "timeout" and generated.empty
    assert len(script.requests) <= 1


def test_nothing_goes_on_behind_an_answer_that_was_given_up_on():
    with scripted(trickles) as script:
        Writer(script.endpoint, WritingLimits(seconds=1.0)).write(lobith())
        until = time.monotonic() + 20
        while any(one.name == "bronvast-model" for one in threading.enumerate()) and time.monotonic() < until:
            time.sleep(0.05)
        assert not any(one.name == "bronvast-model" for one in threading.enumerate())


def test_one_endless_line_is_cut_off():
    def endless(handler, body):
        handler.start()
        for _ in range(100_000):
            handler.wfile.write(b"data: " + b"x" * 1000)

    generated, _ = written(endless)
    assert generated.notice == "cut" and generated.empty


def test_a_hundred_thousand_tokens_are_cut_off_and_what_had_passed_is_kept():
    def endless(handler, body):
        handler.start()
        handler.event(json.dumps({"text": GOOD, "ids": [quotations(body)[0]["id"]]}))
        for _ in range(100_000):
            handler.event(" woord")

    generated, _ = written(endless)
    assert generated.notice == "cut" and [one.text for one in generated.sentences] == [GOOD]
    assert len(generated.exchanges[0].received) <= 8 * LIMITS.tokens + 100


def test_an_endless_list_of_sentences_is_capped():
    sentences = [f"{word}bij Lobith steeg het waterpeil in 2021 met 40 procent.".capitalize().replace("lobith", "Lobith") for word in
                 ("", "daarnaast ", "ook ", "verder ", "bovendien ", "tevens ", "daarbij ", "er ")]
    generated, _ = written(says(*sentences, pieces=400), to=lobith(QUOTES[0]))
    assert len(generated.sentences) == 4
    assert dict(generated.dropped) == {"surplus": 4}


NAMED = {
    "invented ids": (says(GOOD, ids=["E1"]), LIMITS), "invented quotations": (about_first("Bij Lobith “steeg het water tot de kerk”."), LIMITS),
    "wrong numbers": (about_first("Bij Lobith steeg het waterpeil in 2021 met 60 procent."), LIMITS),
    "dropped negation": (about(2, "De gemeente heeft de dijk verhoogd."), LIMITS),
    "other language": (about_first("At Lobith the water level rose by 40 percent in 2021."), LIMITS),
    "html": (about_first("<img src=http://evil.example/x.png> Lobith steeg."), LIMITS),
    "100,000 tokens": (lambda handler, body: (handler.start(), [handler.event(" woord") for _ in range(100_000)]), LIMITS),
    "half a json": (raw('{"sentences": [{"text": "Bij Lobith st'), LIMITS), "silence": (silent, WritingLimits(seconds=1.0)),
    "429": (fails(429), LIMITS), "500": (fails(500), LIMITS), "closed": (closes(), LIMITS)}


@pytest.mark.parametrize("name", NAMED)
def test_whatever_an_endpoint_does_the_answer_is_the_plain_one_with_a_notice_within_the_budget(name):
    act, limits = NAMED[name]
    plain, began = lobith(), time.monotonic()
    with scripted(act) as script:
        answer = Assisted(Answers(plain), Writer(script.endpoint, limits)).ask(plain.question)
    assert replace(answer, generated=None) == plain
    assert answer.generated is not None and answer.generated.empty and answer.generated.notice
    assert time.monotonic() - began < limits.seconds + 5


@dataclass(frozen=True)
class Answers:
    """Gives one answer to everything."""

    answer: Answer

    def ask(self, question, *, history=(), id="", audiences=None, filters=None):
        return self.answer

    def ranked(self, question, *, history=(), filters=None):
        return self.answer.evidence


def test_nobody_listening_ends_in_a_notice():
    with scripted(fails(500)) as script:
        endpoint = script.endpoint
    generated = Writer(endpoint, LIMITS).write(lobith())
    assert generated.notice == "unreachable" and generated.empty


def test_half_a_json_keeps_the_sentences_that_are_whole():
    def act(handler, body):
        first = json.dumps({"text": GOOD, "ids": [quotations(body)[0]["id"]]})
        raw(f'Hier is het: ```json\n{{"sentences": [{first}, {{"text": "En dan')(handler, body)

    generated, script = written(act)
    assert [one.text for one in generated.sentences] == [GOOD] and len(script.requests) == 1


@pytest.mark.parametrize("reply", ['{"sentences": []}', "```json\n{ \"sentences\" : [ ] }\n```", "[]"])
def test_a_reply_that_proposes_nothing_is_no_failure(reply):
    generated, script = written(raw(reply))
    assert generated.empty and generated.notice == "" and len(script.requests) == 1


@pytest.mark.parametrize(("introduction", "notice"), [('{"sentences": []}', ""), ("Geen JSON maar praat.", "unreadable")])
def test_translations_come_also_where_the_introduction_gave_nothing(introduction, notice):
    text = "The municipality has not raised the dike."
    acts = [raw(introduction)] * (2 if notice else 1)
    generated, _ = written(*acts, says(text), to=lobith(QUOTES[1], language="en"))
    assert [one.text for one in generated.glosses] == [text] and generated.notice == notice


def test_the_retry_can_succeed():
    generated, script = written(fails(503), about_first(GOOD))
    assert len(generated.sentences) == 1 and generated.notice == "" and len(script.requests) == 2


def test_a_server_without_schemas_is_asked_without_and_that_is_remembered():
    with scripted(fails(400), about_first(GOOD)) as script:
        writer = Writer(script.endpoint, LIMITS)
        first, second = writer.write(lobith()), writer.write(lobith())
    assert len(first.sentences) == len(second.sentences) == 1
    assert ["response_format" in one for one in script.requests] == [True, False, False]


def test_a_server_that_fails_without_a_schema_too_is_asked_with_one_again():
    with scripted(fails(500), fails(500), about_first(GOOD)) as script:
        writer = Writer(script.endpoint, LIMITS)
        assert writer.write(lobith()).notice == "server_error" and len(writer.write(lobith()).sentences) == 1
    assert ["response_format" in one for one in script.requests] == [True, False, True]


@pytest.mark.parametrize(("address", "model"), [("127.0.0.1:8080", "m"), ("file:///etc/passwd", "m"), ("http://127.0.0.1/v1", ""), ("http://a b", "m")])
def test_an_endpoint_that_cannot_be_right_is_refused_in_one_line(address, model):
    with pytest.raises(UsageError, match=r"^llm_endpoint[^\n]+$"):
        Endpoint(address, model)


def test_the_key_is_not_in_what_is_printed_of_an_endpoint():
    assert "geheim" not in repr(Endpoint("http://127.0.0.1/v1", "m", "geheim"))
