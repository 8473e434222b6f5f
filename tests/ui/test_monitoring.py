import json
import logging
import sys

import httpx

from tests.ui.serving import running
from ui.monitoring import JsonLines, area_of


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
