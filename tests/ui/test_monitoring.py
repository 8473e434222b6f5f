import json
import logging
import sys
import traceback
import warnings

import httpx
import pytest

from tests.ui.serving import running
from ui.monitoring import JsonLines, area_of, log_all


def test_requests_are_logged_without_path_query_name_or_body(tmp_path, caplog):
    caplog.set_level(logging.INFO)
    with running(tmp_path, signing_in=False, page=False) as one:
        httpx.post(one.url + "/api/ask?geheim=1", json={"question": "Waar is Zeester?"})
        httpx.get(one.url + "/gradio_api/file=/tmp/Zeester.pdf")
    lines = [JsonLines().format(record) for record in caplog.records if record.name == "bronvast.requests"]
    assert json.loads(lines[0])["area"] == "api" and json.loads(lines[0])["status"] == 200
    assert not any("Zeester" in line or "geheim" in line for line in lines)


def test_an_exception_is_logged_by_class_and_place_and_not_by_its_text():
    try:
        raise ValueError("Zeester")
    except ValueError:
        record = logging.LogRecord("uvicorn.error", logging.ERROR, "x", 1, "failed", (), sys.exc_info())
    line = json.loads(JsonLines().format(record))
    assert line["class"] == "ValueError" and line["where"].startswith("test_monitoring.py:") and "Zeester" not in str(line)


def test_messages_of_other_libraries_are_not_passed_on():
    record = logging.LogRecord("chromadb", logging.WARNING, "x", 1, "stored Zeester", (), None)
    assert "Zeester" not in JsonLines().format(record)


def test_an_area_comes_from_a_fixed_list():
    assert [area_of(path) for path in ("/", "/api/ask", "/Zeester.pdf", "//x")] == ["page", "api", "other", "other"]


@pytest.fixture
def logging_as_it_was(monkeypatch):
    monkeypatch.setattr(traceback, "print_exc", traceback.print_exc)
    root, kept = logging.getLogger(), (logging.getLogger().handlers[:], logging.getLogger().level)
    yield
    logging.captureWarnings(False)
    root.handlers[:], root.level = kept


@pytest.mark.usefixtures("logging_as_it_was")
def test_what_goes_wrong_in_an_event_of_the_page_is_one_line_without_what_was_asked(tmp_path, capfd):
    log_all()
    with running(tmp_path, signing_in=False) as one, httpx.Client(base_url=one.url, timeout=20) as client:
        one.assistant.ask = lambda *_given, **_named: [][len("Zeester")]
        joined = client.post("/gradio_api/queue/join", json={"data": ["Waar is Zeester?"], "fn_index": 0, "session_hash": "abc"})
        assert joined.status_code == 200 and "process_completed" in client.get("/gradio_api/queue/data", params={"session_hash": "abc"}).text
    warnings.warn("Zeester is not in the list of choices", stacklevel=1)
    lines = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    assert [line["class"] for line in lines if line["what"] == "exception"] == ["IndexError"]
    assert "py.warnings" in [line["from"] for line in lines] and "Zeester" not in str(lines)
