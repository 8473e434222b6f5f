"""The page itself behind the gate: what a user may not see is in none of its responses."""

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest

from tests.ui.fakes import document
from tests.ui.serving import PASSWORD, SECRET_WORDS, listening, running
from ui.accounts import Account, Accounts

OPEN = document("open.txt", "Openbare zin.")
SECRET = document(f"{SECRET_WORDS[0]}.txt", f"{SECRET_WORDS[1]} in Frankrijk.", audience="intern")


class Index:
    """Two documents, one of them for the audience `intern`."""

    hash = ""

    def hash_for(self, audiences):
        return ""

    def view(self, audiences):
        seen = (OPEN, SECRET) if audiences is None or "intern" in audiences else (OPEN,)
        return SimpleNamespace(documents=seen, passages=tuple(passage for one in seen for passage in one.passages))


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    build_page = pytest.importorskip("ui.page", reason="needs the page").build_page
    with running(tmp_path_factory.mktemp("page"), build_page=build_page, index=Index(), requests_per_minute=1000) as one:
        yield one


def _given(component: dict, question: str) -> object:
    """What a person could give to a component: a question to a box for text, else what it holds."""
    return question if component["type"] == "textbox" else component["props"].get("value")


def _everything(client, question: str = "Wat?") -> str:
    """The page, its configuration, and what each of its events gives."""
    config = client.get("/config").json()
    said = client.get("/", headers={"Accept": "text/html"}).text + client.get("/config").text
    said += client.get("/gradio_api/info").text
    for event in config["dependencies"]:
        session, components = uuid.uuid4().hex, {one["id"]: one for one in config["components"]}
        data = [_given(components[number], question) for number in event["inputs"]]
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


QUESTION = "Welke trends gelden voor Oekraïense vluchtelingen?"  # answered by the PDF alone, which is for `intern`
HIDDEN = ("Geheimdossier", "geheim.pdf", "Oekraïners", "ontheemden", "Informatiedeling", "Internationaal", "intern\"", "24 van")


@dataclass(frozen=True)
class Real:
    """A server as `bronvast serve` makes it, over a PDF for `intern` and a note for everyone."""

    url: str

    @contextmanager
    def client(self, name: str | None) -> Iterator[httpx.Client]:
        with httpx.Client(base_url=self.url, timeout=60) as client:
            if name:
                assert client.post("/sign-in", data={"name": name, "password": PASSWORD}).status_code == 303
            yield client


@pytest.fixture(scope="module")
def real(tmp_path_factory) -> Iterator[Real]:
    from ui.command import run
    from ui.serve_command import opened_server
    from ui.settings import Settings

    folder = tmp_path_factory.mktemp("real")
    (folder / "bronnen").mkdir()
    shutil.copy(Path(__file__).resolve().parents[2] / "samples" / "bloemlezing-p14.pdf", folder / "bronnen" / "geheim.pdf")
    (folder / "bronnen" / "geheim.yaml").write_text("title: Geheimdossier\naudience: intern\n", encoding="utf-8")
    (folder / "bronnen" / "open.md").write_text("# Kustnota\n\n## De dijk\n\nDe dijk bij Petten houdt stand. Vluchtelingen zijn welkom in Petten.\n",
                                               encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BRONVAST_STATE", str(folder / "state"))
        assert run(["ingest", str(folder / "bronnen"), "--index", str(folder / "index")]) == 0
    accounts = Accounts(folder / "state" / "users.json")
    for account in (Account("anna", "lezer"), Account("bert", "lezer"), Account("ina", "partner", frozenset({"intern"})),
                    Account("pim", "partner", frozenset({"partners"}))):
        accounts.add(account, PASSWORD)
    with listening(opened_server(Settings(index=folder / "index", state=folder / "state", requests_per_minute=10_000)).gate) as url:
        yield Real(url)


def _picture(client: httpx.Client, doc: str = "geheim.pdf") -> httpx.Response:
    return client.get("/page/picture", params={"doc": doc, "page": 1})


@pytest.mark.parametrize("path", ["/page/picture?doc=geheim.pdf&page=1", "/page/read?doc=geheim.pdf", "/page/export?kind=docx&answers=x"])
def test_without_a_cookie_a_pdf_gives_no_picture_no_text_and_no_export(real, path: str):
    with real.client("anna") as anna, real.client(None) as stranger:
        assert _picture(anna).status_code == 200, "drawn, and so at hand in the memory of the server"
        for headers in ({}, {"Cookie": "bronvast_session=forged"}, {"Authorization": "Bearer bv_forged"}):
            said = stranger.get(path, headers=headers)
            assert said.status_code == 401 and said.text == '{"error":"Sign in first."}'


def test_the_picture_and_text_of_a_pdf_are_for_its_audience_and_to_a_partner_it_is_as_if_there_were_none(real):
    with real.client("anna") as anna, real.client("ina") as ina, real.client("pim") as pim:
        for client in (anna, ina):
            assert _picture(client).content.startswith(b"\x89PNG") and "Oekraïners" in client.get("/page/read?doc=geheim.pdf").text
        for path in ("/page/picture?page=1&doc=", "/page/picture?page=99&doc=", "/page/read?start=40&end=90&doc="):
            there, nowhere = pim.get(path + "geheim.pdf"), pim.get(path + "nergens.pdf")
            assert (there.status_code, there.content, sorted(there.headers)) == (nowhere.status_code, nowhere.content, sorted(nowhere.headers))
            assert there.status_code == 404


def _shown(client: httpx.Client, question: str = QUESTION) -> str:
    """The page with what each of its events gives, this question asked wherever a person could type one."""
    return _everything(client, question)


def test_an_answer_with_its_export_belongs_to_who_asked_it(real):
    import re

    with real.client("anna") as anna, real.client("bert") as bert, real.client("pim") as pim:
        said = _shown(anna)
        key = re.search(r'data-key=\\"([0-9a-f]{16})', said)[1]
        for kind in ("docx", "md", "csv"):
            path = f"/page/export?kind={kind}&answers={key}"
            assert anna.get(path).status_code == 200 and anna.get(f"{path},0123456789abcdef").status_code == 404, "all of it or nothing"
            for other in (bert, pim):
                assert other.get(path).content == other.get(f"/page/export?kind={kind}&answers=0123456789abcdef").content == b'{"error":"Not found"}'
        judged = {"answer": key, "verdict": "up"}
        assert (bert.post("/page/feedback", json=judged).status_code, pim.post("/page/feedback", json=judged).status_code) == (404, 404)


def test_answers_near_misses_filters_examples_and_counts_hold_nothing_of_a_pdf_for_another_audience(real):
    with real.client("ina") as ina, real.client("pim") as pim:
        for question in (QUESTION, "Wat staat er onder Internationaal?", "Waarom is de focus op preventie zo groot?"):
            said = _shown(pim, question).replace(question, "")
            assert [word for word in HIDDEN if word in said] == [], question
        assert "De dijk" in said and "Kustnota" in said, "what is for everyone is there"
        ours = _shown(ina)
        assert all(word in ours for word in ("Geheimdossier", "Oekraïners", "Informatiedeling")), "the same events show it to its audience"


def test_a_partner_who_names_the_conversation_or_filter_of_another_gets_nothing_of_it(real):
    import json
    import re

    with real.client("anna") as anna, real.client("pim") as pim:
        said = _shown(anna)
        conversation = re.search(r'data-conversation=\\"([^"\\]+)', said)[1]
        for wish in ({"do": "reopen", "conversation": conversation}, {"do": "ask", "question": "Wat?", "filters": [["document", "geheim.pdf"]]},
                     {"do": "ask", "question": QUESTION, "filters": [["audience", "intern"]]}):
            theirs = _shown(pim, json.dumps(wish)).replace(json.dumps(wish), "").replace(QUESTION, "")
            assert [word for word in ("Geheimdossier", "Oekraïners", "ontheemden", "Informatiedeling", "24 van") if word in theirs] == []
