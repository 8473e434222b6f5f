"""A real server with a weak model beside real answers: nothing of them changes, and what is shown has passed its checks.

The whole set of questions is a command: `python -m benchmarks.language_model answers`.
"""

import os
import re
from dataclasses import replace

import pytest

from assistant.assistant import Assistant
from assistant.settings import AssistantSettings
from assistant.writing.writer import Writer, WritingLimits
from benchmarks.language_model import differences, faults
from benchmarks.served import INSTALL, missing_packages, small_model_server
from index.source_index import SourceIndex
from index.update import update
from tests.real import real_encoder

LIMITS = WritingLimits(seconds=300.0, tokens=32, context=1024)  # short, so that three questions take seconds
ASKED = ("Welke trends gelden voor Oekraïense vluchtelingen?", "Which trends apply to Ukrainian refugees?", "Hoe vraag ik een parkeervergunning aan?")


@pytest.fixture(scope="module")
def endpoint():
    if missing_packages() and not os.environ.get("CI"):
        pytest.skip(f"needs a model server: {INSTALL}")
    with small_model_server(context=LIMITS.context) as one:
        yield one


@pytest.fixture(scope="module")
def assistant(tmp_path_factory, pytestconfig):
    folder, encoder = tmp_path_factory.mktemp("index"), real_encoder()
    update(folder, [pytestconfig.rootpath / "samples" / "bloemlezing-p14.pdf"], encoder=encoder)
    return Assistant(SourceIndex.open(folder, encoder=encoder), encoder, AssistantSettings())


@pytest.mark.parametrize("question", ASKED)
def test_a_weak_model_changes_nothing_of_an_answer_and_what_is_shown_passes_its_checks_again(endpoint, assistant, question):
    plain, again = assistant.ask(question), assistant.ask(question)
    generated = Writer(endpoint, LIMITS).write(again)
    assert any(one.received for one in generated.exchanges), f"the server wrote nothing: {generated.notice}"
    assisted = replace(again, generated=generated)
    assert differences(plain, assisted) == [] and faults(assisted, generated, []) == []
    texts = {one.doc: one.text for one in assistant.index.documents}
    assert all(texts[one.place.doc][one.place.start:one.place.end] == one.quote for one in (*assisted.evidence, *assisted.near))


def test_the_server_holds_the_model_to_the_schema(endpoint, assistant):
    exchange = Writer(endpoint, LIMITS).write(assistant.ask(ASKED[0])).exchanges[0]
    assert re.match(r'\s*\{\s*"sentences"\s*:\s*\[\s*\{\s*"(?:text|ids)"', exchange.received)
    named = re.findall(r'"(E[^"]*)"', exchange.received)
    assert all(f'"{one}"' in exchange.sent for one in named)
