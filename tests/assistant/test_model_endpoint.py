"""An endpoint is examined before it is used: what is wrong is one line that says which setting to change."""

import json
import os
from dataclasses import replace

import pytest

from assistant.writing.asking.endpoint import Endpoint
from assistant.writing.asking.endpoint_check import examine_endpoint
from benchmarks.served import INSTALL, missing_packages, small_model_server
from tests.assistant.scripted import closes, fails, scripted, silent


def says(status=200, **value):
    """Answer with this JSON."""
    def act(handler, body):
        handler.start(status, "application/json")
        handler.wfile.write(json.dumps(value).encode())
    return act


def counts(most):
    """Answer as a model of which the server reads at most so many tokens, four characters each."""
    def act(handler, body):
        read = min(len(body["messages"][0]["content"]) // 4, most)
        says(choices=[{"message": {"content": "x"}}], usage={"prompt_tokens": read})(handler, body)
    return act


def found(*acts, seconds=30.0, models=(), **changes):
    with scripted(*acts) as script:
        script.models = models
        return examine_endpoint(replace(script.endpoint, **changes), seconds=seconds)


def test_nothing_is_wrong_with_an_endpoint_that_reads_all_it_should():
    assert found(counts(4096)) is None


@pytest.mark.parametrize(("act", "where", "says_also"), [
    (fails(401), "llm_key", "BRONVAST_LLM_KEY"), (fails(403), "llm_key", "403"), (fails(404), "llm_endpoint", "/v1"), (fails(500), "llm_endpoint", "500"),
    (fails(429), "llm_endpoint", "too many"), (lambda handler, body: handler.start(302, Location="http://127.0.0.1:9/"), "llm_endpoint", "302"),
    (closes(), "llm_endpoint", "nobody answers"), (says(hallo=1), "llm_endpoint", "not OpenAI-compatible"),
    (says(404, error={"message": "model 'scripted' not found"}), "llm_model", "'scripted'"),
    (says(404, error={"code": "DeploymentNotFound", "message": "The API deployment does not exist"}), "llm_model", "deployment"),
    (says(400, error="te\x1b[31mveel\nregels"), "llm_endpoint", "te [31mveel regels"),
], ids=["401", "403", "404", "500", "429", "redirect", "closed", "no-chat", "no-model", "no-deployment", "odd-words"])
def test_what_a_server_refuses_is_one_line_with_the_setting(act, where, says_also):
    finding = found(act)
    assert finding is not None and finding.where == where and says_also in finding.line
    assert "\n" not in finding.line and "\x1b" not in finding.line and "geheim" not in finding.line


def test_a_model_that_is_not_there_is_told_with_those_that_are():
    finding = found(fails(404), models=("llama3.1:8b", "mistral"))
    assert finding is not None and finding.where == "llm_model" and "llama3.1:8b, mistral" in finding.line


def test_a_server_that_cuts_the_text_off_in_silence_has_too_small_a_context():
    finding = found(counts(2048))
    assert finding is not None and finding.where == "llm_context" and "4096" in finding.line


def test_a_server_that_takes_too_long_is_told_by_the_setting_of_seconds():
    finding = found(silent, seconds=0.5)
    assert finding is not None and finding.where == "llm_seconds"


def test_an_address_where_nobody_listens():
    finding = examine_endpoint(Endpoint("http://127.0.0.1:9/v1", "m"), seconds=5)
    assert finding is not None and "nobody answers at http://127.0.0.1:9/v1" in finding.line


@pytest.fixture(scope="module")
def real():
    if missing_packages() and not os.environ.get("CI"):
        pytest.skip(f"needs a model server: {INSTALL}")
    with small_model_server(context=512, key="sleutel") as one:
        yield one


@pytest.mark.parametrize(("changes", "where"), [
    ({}, ""), ({"key": "fout"}, "llm_key"), ({"context": 2048}, "llm_context"), ({"address": "v2"}, "llm_endpoint")
])
def test_a_real_server_is_examined(real, changes, where):
    changed = {name: real.address.replace("/v1", "/v2") if name == "address" else value for name, value in changes.items()}
    finding = examine_endpoint(replace(real, **changed), seconds=60)
    assert (finding.where if finding else "") == where
