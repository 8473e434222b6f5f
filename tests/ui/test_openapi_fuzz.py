"""Whatever fits the OpenAPI description, or nearly does, gets an answer or one clear line from the real server: no 500, no traceback."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.ui.serving import running

schemathesis = pytest.importorskip("schemathesis")
few = settings(max_examples=40, deadline=None, derandomize=True, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))


def _ask_all(client, operation, url, mode, seen):
    """Send the cases of one operation, and hold every response to the promise."""
    @few
    @given(case=operation.as_strategy(generation_mode=schemathesis.GenerationMode(mode)))
    def asks(case):
        sent = case.as_transport_kwargs(base_url=url)
        body = {"content": sent["data"]} if sent.get("data") is not None else {"json": sent.get("json")}
        headers = {name: value for name, value in sent.get("headers", {}).items() if name.lower() not in ("authorization", "user-agent")}
        answer = client.request(case.method, operation.path, headers=headers, **body)
        seen.add(answer.status_code)
        assert answer.status_code in (200, 400, 401, 405, 413, 415, 422, 429), (answer.status_code, answer.text[:200])
        assert "Traceback" not in answer.text
        assert answer.status_code == 200 or "\n" not in answer.json()["error"]

    asks()


@pytest.mark.parametrize("mode", ["positive", "negative"])
def test_every_operation_of_the_description_answers_without_a_failure_of_the_server(tmp_path, mode):
    with running(tmp_path, page=False, requests_per_minute=1_000_000) as server, server.bearer("bea") as client:
        described = schemathesis.openapi.from_dict(client.get("/api/openapi.json").json())
        operations = [one.ok() for one in described.get_all_operations()]
        assert {one.path for one in operations} == {"/api/ask", "/api/ask/stream"}
        seen = set()
        for operation in operations:
            _ask_all(client, operation, server.url, mode, seen)
        assert seen >= ({200} if mode == "positive" else {422})
