"""Fixtures for all tests: the shared data where it lies beside the project, and no network but loopback."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("bronvast", deadline=None)  # a busy machine is no fault
settings.load_profile("bronvast")

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take minutes, so that no worker is left with one of them at the end."""
    items.sort(key=lambda item: item.path.parent.name != "browser")


@pytest.fixture
def shared_data() -> Path:
    """The folder ../shared/data; skips where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip("needs ../shared/data, which is not beside this checkout")
    return SHARED_DATA


@pytest.fixture
def samples() -> Path:
    """The folder samples/ of the project."""
    return Path(__file__).resolve().parents[1] / "samples"


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Refuse every socket to a host that is not this machine, so that a contact with the outside fails a test."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and address[0] not in LOOPBACK:
            raise AssertionError(f"a test tried to reach {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    yield
