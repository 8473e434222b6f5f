from collections.abc import Iterator

import pytest

from tests.ui.serving import Running, running


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server with signing in on, shared by the tests that leave it as it was."""
    import os

    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    with running(tmp_path_factory.mktemp("served"), requests_per_minute=1000) as one:
        yield one
