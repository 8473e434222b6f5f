"""The page itself behind the gate: what a user may not see is in none of its responses."""

import uuid
from types import SimpleNamespace

import pytest

from tests.ui.fakes import document
from tests.ui.serving import SECRET_WORDS, running

OPEN = document("open.txt", "Openbare zin.")
SECRET = document(f"{SECRET_WORDS[0]}.txt", f"{SECRET_WORDS[1]} in Frankrijk.", audience="intern")


class Index:
    """Two documents, one of them for the audience `intern`."""

    def view(self, audiences):
        seen = (OPEN, SECRET) if audiences is None or "intern" in audiences else (OPEN,)
        return SimpleNamespace(documents=seen, passages=tuple(passage for one in seen for passage in one.passages))


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    build_page = pytest.importorskip("ui.page", reason="needs the page").build_page
    with running(tmp_path_factory.mktemp("page"), build_page=build_page, index=Index(), requests_per_minute=1000) as one:
        yield one


def _given(component: dict) -> object:
    """What a person could give to a component: a question to a box for text, else what it holds."""
    return "Wat?" if component["type"] == "textbox" else component["props"].get("value")


def _everything(client) -> str:
    """The page, its configuration, and what each of its events gives."""
    config = client.get("/config").json()
    said = client.get("/", headers={"Accept": "text/html"}).text + client.get("/config").text
    said += client.get("/gradio_api/info").text
    for event in config["dependencies"]:
        session, components = uuid.uuid4().hex, {one["id"]: one for one in config["components"]}
        data = [_given(components[number]) for number in event["inputs"]]
        joined = client.post("/gradio_api/queue/join", json={"data": data, "fn_index": event["id"], "session_hash": session})
        if joined.status_code == 200:
            said += client.get("/gradio_api/queue/data", params={"session_hash": session}).text
    return said


def test_a_partner_finds_no_title_no_text_and_no_count_of_what_is_not_theirs(served):
    with served.client("pim") as pim:
        said = _everything(pim)
    assert "Openbare zin." in said
    assert not any(word in said for word in SECRET_WORDS)


def test_a_user_who_may_see_everything_does_find_it(served):
    with served.client("anna") as anna:
        assert all(word in _everything(anna) for word in SECRET_WORDS)


def test_the_page_asks_for_nothing_from_elsewhere(served):
    import re

    with served.client("anna") as anna:
        page = anna.get("/", headers={"Accept": "text/html"}).text
    loaded = re.findall(r'(?:src|href)="(https?://[^"]+)"', page)
    assert [one for one in loaded if not one.startswith(served.url)] == []
