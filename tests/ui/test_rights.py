"""Every route of the server, without a user, with another user, with a partner: nothing leaks."""

import json
import re
import shutil
import uuid

import httpx
import pytest
from starlette.routing import BaseRoute, Mount

from tests.ui.serving import PASSWORD, SECRET_WORDS, Running, running
from ui.gate import OPEN_PATHS


def every_route(routes: list[BaseRoute], prefix: str = "") -> list[tuple[str, str]]:
    """Method and path of each route, with something in the place of each parameter."""
    found: list[tuple[str, str]] = []
    for route in routes:
        if isinstance(route, Mount):
            found += every_route(route.routes, prefix + route.path)
        elif hasattr(route, "path"):
            path = re.sub(r"\{path(_or_url)?:path\}", "x", prefix + route.path)
            path = re.sub(r"\{[^}]*\}", "1", path)
            found += [(method, path or "/") for method in (route.methods or {"GET", "POST"})]
        elif hasattr(route, "original_router"):
            found += every_route(route.original_router.routes, prefix)
    return sorted(set(found))


def test_without_a_user_every_route_but_the_open_ones_is_refused_and_says_nothing(served: Running):
    routes = every_route(served.server.app.routes)
    assert len(routes) > 60, "the list of routes should hold Gradio's too"
    assert {("POST", "/api/ask"), ("POST", "/gradio_api/queue/join"), ("POST", "/mcp")} <= set(routes)
    with served.client() as stranger:
        for method, path in routes:
            if path in OPEN_PATHS:
                continue
            for headers in ({}, {"Cookie": "bronvast_session=forged"}, {"Authorization": "Bearer bv_forged"}):
                said = stranger.request(method, path, headers=headers)
                assert said.status_code == 401, (method, path, said.status_code)
                assert said.text in ("", '{"error":"Sign in first."}'), (method, path)


@pytest.mark.parametrize("path", ["//", "/./api/ask", "/sign-in/../", "/sign-in/", "/%2e%2e/config", "/health/../config",
                                  "/SIGN-IN", "/sign-in%2f..%2fconfig", "/health/x", "/gradio_api/../config"])
def test_no_way_of_writing_a_path_gets_past_the_gate(served: Running, path: str):
    with served.client() as stranger:
        raw = httpx.Request("GET", httpx.URL(served.url, raw_path=path.encode()))
        assert stranger.send(raw).status_code in (401, 404, 400), path


def test_the_open_pages_say_nothing_of_the_sources(served: Running):
    with served.client() as stranger:
        for path in OPEN_PATHS:
            said = stranger.get(path)
            assert not any(word in said.text for word in SECRET_WORDS)
        assert stranger.get("/", headers={"Accept": "text/html"}).headers["location"] == "/sign-in"


def _join(client: httpx.Client, served: Running, api_name: str, data: list, session: str) -> httpx.Response:
    config = client.get("/config").json()
    number = next(one["id"] for one in config["dependencies"] if one["api_name"] == api_name)
    return client.post("/gradio_api/queue/join", json={"data": data, "fn_index": number, "session_hash": session})


def _asked(client: httpx.Client, served: Running, api_name: str, data: list, session: str) -> str:
    assert _join(client, served, api_name, data, session).status_code == 200
    return client.get("/gradio_api/queue/data", params={"session_hash": session}).text


def test_the_page_answers_each_user_from_what_that_user_may_see(served: Running):
    with served.client("anna") as anna, served.client("pim") as pim:
        assert SECRET_WORDS[0] in _asked(anna, served, "ask", ["Wat?"], uuid.uuid4().hex)
        said = _asked(pim, served, "ask", ["Wat?"], uuid.uuid4().hex)
        assert "Openbare zin." in said and SECRET_WORDS[0] not in said


def test_a_session_of_the_queue_belongs_to_its_user(served: Running):
    session = uuid.uuid4().hex
    with served.client("anna") as anna, served.client("bert") as bert:
        event = _join(anna, served, "ask", ["Wat?"], session).json()["event_id"]
        stolen = {"session_hash": session, "event_id": event, "fn_index": 0}
        assert bert.get("/gradio_api/queue/data", params={"session_hash": session}).status_code == 404
        assert bert.get(f"/gradio_api/heartbeat/{session}").status_code == 404
        assert bert.post("/gradio_api/cancel", json=stolen).status_code == 404
        assert bert.post("/gradio_api/reset", json={"event_id": event}).status_code == 404
        assert _join(bert, served, "ask", ["Wat?"], session).status_code == 404
        component = {"session_hash": session, "component_id": 1, "fn_name": "x", "data": {}}
        assert bert.post("/gradio_api/component_server", json=component).status_code == 404
        assert SECRET_WORDS[0] in anna.get("/gradio_api/queue/data", params={"session_hash": session}).text


def test_a_file_is_given_only_to_the_user_who_was_told_of_it(served: Running):
    with served.client("anna") as anna, served.client("pim") as pim:
        said = _asked(anna, served, "file", [], uuid.uuid4().hex)
        path = re.search(r'"path":\s*"([^"]+anna\.txt)"', said)[1]
        assert SECRET_WORDS[0] in anna.get(f"/gradio_api/file={path}").text
        assert pim.get(f"/gradio_api/file={path}").status_code == 404


def test_an_upload_can_be_read_back_by_its_user_alone(served: Running):
    with served.client("bea") as bea, served.client("bert") as bert:
        sent = bea.post("/gradio_api/upload", files={"files": ("nota.txt", b"Zeester", "text/plain")})
        path = sent.json()[0]
        assert bea.get(f"/gradio_api/file={path}").text == "Zeester"
        assert bert.get(f"/gradio_api/file={path}").status_code == 404


@pytest.mark.parametrize(("method", "path"), [
    ("POST", "/gradio_api/call/ask"), ("POST", "/gradio_api/run/ask"), ("POST", "/gradio_api/api/ask"),
    ("GET", "/gradio_api/runs"), ("GET", "/gradio_api/stream/1/1/1/playlist.m3u8"), ("POST", "/gradio_api/vibe-edit"),
    ("GET", "/gradio_api/proxy=http://127.0.0.1/"), ("GET", "/monitoring"), ("GET", "/gradio_api/deep_link"),
    ("GET", "/gradio_api/file=/etc/passwd"), ("GET", "/?deep_link=x"), ("POST", "/gradio_api/process_recording"),
    ("GET", "/gradio_api/queue/data"), ("GET", "/login_check"), ("POST", "/login"), ("GET", "/gradio_api/openapi.json")])
def test_what_the_page_does_not_use_is_closed_to_users_too(served: Running, method: str, path: str):
    with served.client("anna") as anna:
        said = anna.request(method, path)
        if path.endswith("queue/data"):
            assert said.status_code in (404, 422)
        else:
            assert said.status_code == 404, said.text[:200]


def test_a_partner_sees_nothing_secret_on_any_route(served: Running):
    with served.client("pim") as pim, served.bearer("pim") as program:
        for client in (pim, program):
            for method, path in every_route(served.server.app.routes):
                if path == "/sign-out" or "heartbeat" in path:
                    continue
                said = client.request(method, path, json={"question": "Wat?"} if method == "POST" else None)
                assert not any(word in said.text for word in SECRET_WORDS), (method, path)
                assert said.status_code < 500, (method, path, said.text)


def test_a_partner_cannot_widen_what_it_sees(served: Running):
    with served.bearer("pim") as program:
        for audiences in (None, ["intern"], ["partners", "intern"], []):
            said = program.post("/api/ask", json={"question": "Wat?", "audiences": audiences})
            assert said.json()["evidence"][0]["quote"] == "Openbare zin."
        assert all(seen <= {"partners"} for seen in served.assistant.seen[-4:])


def test_a_cookie_opens_no_door_for_programs_and_another_site_cannot_send_with_it(served: Running):
    with served.client("anna") as anna:
        assert anna.post("/api/ask", json={"question": "Wat?"}).status_code == 401
        assert anna.post("/mcp", json={}).status_code == 401
        evil = anna.post("/gradio_api/queue/join", json={}, headers={"Origin": "http://evil.example"})
        assert evil.status_code == 403
        assert anna.post("/sign-out", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_every_response_has_the_policy_and_no_permission_for_other_sites(served: Running):
    with served.client("anna") as anna, served.client() as stranger:
        for said in (anna.get("/", headers={"Origin": "http://evil.example"}), stranger.get("/sign-in"), stranger.get("/x"),
                     anna.get("/config")):
            policy = said.headers["content-security-policy"]
            assert "default-src 'self'" in policy and "http" not in policy
            assert said.headers["x-content-type-options"] == "nosniff"
            assert not [name for name in said.headers if name.startswith("access-control-")]


def test_the_metrics_are_for_the_beheerder_and_hold_no_content(served: Running):
    with served.bearer("anna") as anna, served.bearer("bea") as bea:
        anna.post("/api/ask", json={"question": "Waar is Zeester?"})
        assert anna.get("/metrics").status_code == 403
        text = bea.get("/metrics").text
        assert 'bronvast_questions_total{door="api",status="answered"}' in text
        assert not any(word in text for word in (*SECRET_WORDS, "anna", "Waar"))


def test_a_removed_user_is_out_at_once(served: Running):
    from ui.accounts import Account

    served.accounts.add(Account("carla", "lezer"), PASSWORD)
    with served.client("carla") as browser, served.bearer("carla") as program:
        assert browser.get("/config").status_code == 200
        assert program.post("/api/ask", json={"question": "Wat?"}).status_code == 200
        served.accounts.remove("carla")
        assert browser.get("/config").status_code == 401
        assert program.post("/api/ask", json={"question": "Wat?"}).status_code == 401


def test_where_the_state_takes_nothing_every_door_says_so_in_a_line(tmp_path):
    with running(tmp_path) as served, served.client("anna") as browser, served.bearer("bert") as program:
        shutil.move(served.state / "audit.jsonl.lock", tmp_path / "kept")
        (served.state / "audit.jsonl.lock").mkdir()  # as good as a folder that may not be written, also for root
        said = [program.post("/api/ask", json={"question": "Wat?"}), browser.post("/sign-in", data={"name": "anna", "password": PASSWORD}),
                browser.post("/sign-in", data={"name": "anna", "password": "onjuist"}), browser.post("/sign-out")]
        assert [one.status_code for one in said] == [503] * 4
        assert all("audit.jsonl cannot be written" in one.json()["error"] and str(tmp_path) not in one.text for one in said)
        (served.state / "users.json").write_text("{")
        assert (said := program.post("/api/ask", json={"question": "Wat?"})).status_code == 503
        assert said.json() == {"error": "Who may sign in cannot be read on the server."}


def test_the_audit_log_says_who_asked_and_not_what(served: Running):
    with served.bearer("bert") as program:
        program.post("/api/ask", json={"question": "Waar woont Zeester?"})
    lines = [json.loads(line) for line in (served.state / "audit.jsonl").read_text().splitlines()]
    last = [line for line in lines if line["user"] == "bert" and line["deed"] == "asked"][-1]
    assert last["what"] == "api" and len(last["question_hash"]) == 32
    assert "Zeester" not in (served.state / "audit.jsonl").read_text()
