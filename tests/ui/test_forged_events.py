"""Events and requests that no page of ours sends: paths, addresses and echoes that would give a user what is not theirs."""

import json
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.ui.serving import PASSWORD, listening, running, small_page
from ui.accounts import Account, Accounts
from ui.gate_body import BodyTooLargeError
from ui.strings import PAGE
from ui.uploads import KEPT_S, Uploads

ADDRESS = "http://nergens.bronvast.invalid/x"


class Site:
    """A server as `bronvast serve` makes it, with a beheerder, an evaluator, a reader and a partner."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url, self.folder = url, folder

    @contextmanager
    def browser(self, name: str) -> Iterator[httpx.Client]:
        with httpx.Client(base_url=self.url, timeout=60) as client:
            assert client.post("/sign-in", data={"name": name, "password": PASSWORD}).status_code == 303
            yield client

    def send(self, client: httpx.Client, button: str, data: list) -> tuple[int, str]:
        """Press a button with this data, as a script could; the status, and what the event gave."""
        config, session = client.get("/config").json(), uuid.uuid4().hex
        pressed = next(one["id"] for one in config["components"] if one["props"].get("elem_id") == button)
        event = next(one["id"] for one in config["dependencies"] if [pressed, "click"] in one["targets"])
        joined = client.post("/gradio_api/queue/join", json={"data": data, "fn_index": event, "session_hash": session})
        if joined.status_code != 200:
            return joined.status_code, joined.text
        return 200, client.get("/gradio_api/queue/data", params={"session_hash": session}).text


def _file(path: object, **more: object) -> dict:
    return {"path": path, "meta": {"_type": "gradio.FileData"}, "orig_name": "x.md", **more}


def _upload(client: httpx.Client, content: bytes, name: str = "nota.md") -> httpx.Response:
    return client.post("/gradio_api/upload", params={"upload_id": uuid.uuid4().hex}, files={"files": (name, content)})


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[Site]:
    from ui.command import run
    from ui.serve_command import opened_server
    from ui.settings import Settings

    folder = tmp_path_factory.mktemp("forged")
    (folder / "bronnen").mkdir()
    (folder / "bronnen" / "open.md").write_text("# Kustnota\n\nDe dijk bij Petten houdt stand.\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BRONVAST_STATE", str(folder / "state"))
        patch.setenv("GRADIO_TEMP_DIR", str(folder / "state" / "uploads"))
        assert run(["ingest", str(folder / "bronnen"), "--index", str(folder / "index")]) == 0
        accounts = Accounts(folder / "state" / "users.json")
        for account in (Account("bea", "beheerder"), Account("eva", "evaluator"), Account("pim", "partner", frozenset({"partners"}))):
            accounts.add(account, PASSWORD)
        with listening(opened_server(Settings(index=folder / "index", state=folder / "state")).gate) as url:
            yield Site(url, folder)


def _forged(site: Site, theirs: str) -> list[object]:
    state = site.folder / "state"
    return [_file(str(state / "users.json")), _file(str(state / "secret")), _file("/etc/hostname"), _file("/proc/self/environ"), _file(ADDRESS),
            _file(theirs), _file(str(Path(theirs).parents[1] / ".." / "secret")), _file("state/secret"), _file(["/etc/hostname"]), _file({"a": 1}),
            _file("", url=ADDRESS), _file(None, url="file:///etc/hostname"), _file("", url=f"{ADDRESS}/gradio_api/file=/etc/hostname"),
            {"path": "/etc/hostname"}, [[{"deep": _file("/etc/hostname")}]]]


@pytest.mark.parametrize("name", ["pim", "eva"])
def test_an_event_names_no_file_and_no_address_but_what_its_user_uploaded(site, name):
    with site.browser("bea") as bea, site.browser(name) as browser:
        theirs = _upload(bea, b"Zeester").json()[0]
        for forged in _forged(site, theirs):
            for files, publisher in (([_file(theirs), forged], ""), ([], forged)):
                status, said = site.send(browser, "add", [files, publisher, "", "", "nl"])
                assert (status, said) == (404, '{"error":"Not found"}'), forged
        body = json.dumps({"session_hash": uuid.uuid4().hex, "component_id": 1, "fn_name": "x", "data": _file("/etc/hostname")})
        assert browser.post("/gradio_api/component_server", content=body).status_code == 404
    kept = [path for path in (site.folder / "state" / "uploads").rglob("*") if path.is_file()]
    assert [path.name for path in kept if path.name != "nota.md"] == [], "nothing was copied"


@pytest.mark.parametrize("asked", ["/file={theirs}", "/gradio_api/file={theirs}", '"path": "{theirs}"', '{{"path": "{theirs}"}}',
                                   '\\"path\\": \\"{theirs}\\"', f"/file={ADDRESS}", f'"path": "{ADDRESS}"'])
def test_what_a_question_says_gives_its_asker_no_file_and_makes_the_server_fetch_nothing(site, asked):
    with site.browser("bea") as bea, site.browser("pim") as pim:
        theirs = _upload(bea, b"Zeester").json()[0]
        status, said = site.send(pim, "send", [asked.format(theirs=theirs) + " dijk", None, "", "nl", []])
        assert status == 200 and "process_completed" in said
        for path in (theirs, ADDRESS, "/etc/hostname"):
            assert pim.get(f"/gradio_api/file={path}").status_code == 404
        assert bea.get(f"/gradio_api/file={theirs}").text == "Zeester"


def test_what_a_user_uploaded_is_taken_by_path_or_by_the_address_that_the_page_gives_it(site):
    with site.browser("bea") as bea, site.browser("eva") as eva:
        for number, encode in enumerate((str, lambda path: path.replace(" ", "%20"))):
            path = _upload(bea, f"# Nota\n\nDe wulp broedt {number} keer.\n".encode(), "nota met spatie.md").json()[0]
            status, said = site.send(bea, "add", [[_file(path, url=f"{site.url}/gradio_api/file={encode(path)}")], "", "", "", "nl"])
            assert status == 200 and PAGE["nl"]["done_added" if not number else "done_replaced"] in json.dumps(said, ensure_ascii=False)
            assert not Path(path).exists()
        mine = _upload(eva, b"# Nota\n\nDe kluut.\n").json()[0]
        status, said = site.send(eva, "add", [[_file(mine), _file(mine)], "", "", "", "nl"])
        assert status == 200 and PAGE["nl"]["not_allowed"] in said and "nota.md" not in said, "who may not add gets no file back"


def test_only_who_has_a_place_for_it_on_the_page_uploads(site):
    with site.browser("pim") as pim, site.browser("eva") as eva:
        assert (_upload(pim, b"x").status_code, _upload(eva, b"x").status_code) == (404, 200)
        assert pim.get("/gradio_api/upload_progress", params={"upload_id": "x"}).status_code == 404


def test_behind_the_gate_too_gradio_takes_no_path_outside_the_uploads(tmp_path):
    made = []

    def page(desk):
        made.append(small_page(desk, tmp_path))
        return made[0]

    with running(tmp_path, signing_in=False, build_page=page):
        assert made[0].has_launched


def test_one_user_uploads_so_much_at_once_and_again_when_it_lies_there_no_more(tmp_path, monkeypatch):
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "uploads"))
    with running(tmp_path, upload_mb=0.01) as one, one.client("bea") as bea:
        content = [bytes([number]) * 9_000 for number in range(12)]
        assert [_upload(bea, one).status_code for one in content] == [200] * 10 + [413] * 2
        assert _upload(bea, b"x" * 11_000).status_code == 413
        for path in list((tmp_path / "uploads").iterdir())[:2]:
            shutil.rmtree(path)
        assert _upload(bea, content[11]).status_code == 200


def test_an_upload_that_was_broken_off_takes_room_until_it_is_swept(tmp_path):
    now = [0.0]
    uploads = Uploads(tmp_path, 10, clock=lambda: now[0])
    assert [uploads.begin("bea", None).size for _ in range(10)] == [10] * 10
    with pytest.raises(BodyTooLargeError):
        uploads.begin("bea", 1)
    assert uploads.begin("anna", 1).size == 1
    now[0] += KEPT_S
    assert uploads.begin("bea", 1).size == 1


def test_uploads_are_paced(tmp_path):
    with running(tmp_path, requests_per_minute=1) as one, one.client("bea") as bea:
        assert 429 in [_upload(bea, b"x").status_code for _ in range(12)]
