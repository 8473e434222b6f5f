import socket

import pytest

from ingest.errors import BronvastError, UsageError
from ui.command import run
from ui.serve_command import Fresh, check_address, check_port
from ui.settings import Settings


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "bronvast.example.nl", ""])
def test_another_address_without_users_is_refused(host):
    with pytest.raises(UsageError, match="bronvast user add"):
        check_address(Settings(host=host), has_users=False)
    check_address(Settings(host=host), has_users=True)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_this_machine_alone_needs_no_users(host):
    check_address(Settings(host=host), has_users=False)


def test_serving_to_a_network_without_users_is_one_line(tmp_path, capfd, monkeypatch):
    monkeypatch.setenv("BRONVAST_STATE", str(tmp_path / "state"))
    assert run(["serve", "--host", "0.0.0.0"]) == 2
    assert capfd.readouterr().err.startswith("bronvast: without users")


def test_the_assistant_is_made_again_only_when_the_index_has_changed(monkeypatch):
    import ui.serve_command

    monkeypatch.setattr(ui.serve_command, "_LOOK_EVERY_S", 0)
    stamp, made = [1], []
    fresh = Fresh(lambda: made.append(object()) or made[-1], lambda: stamp[0])
    first = fresh()
    assert fresh() is first
    stamp[0] = 2
    assert fresh() is not first and len(made) == 2


def test_a_server_without_its_index_is_not_ready():
    def broken():
        raise UsageError("no index")

    assert not Fresh(broken, lambda: 1).ready()
    assert Fresh(lambda: object(), lambda: 1).ready()


def test_a_port_that_is_taken_is_one_line():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(BronvastError, match="--port"):
            check_port(Settings(port=taken.getsockname()[1]))
    check_port(Settings(port=0))


def test_who_has_changed_the_index_waits_for_the_assistant_over_it_and_others_are_not_kept_waiting():
    stamp, made = [1], []
    fresh = Fresh(lambda: made.append(object()) or made[-1], lambda: stamp[0])
    first = fresh()
    stamp[0] = 2
    assert fresh() is first, "it has looked within this second"
    fresh.renew()
    assert fresh() is made[1] and len(made) == 2


def _damaged(stamp: list, error: BronvastError) -> Fresh:
    """A kept assistant whose index has gone since."""
    def make() -> object:
        if stamp[0] > 1:
            raise error
        return object()

    fresh = Fresh(make, lambda: stamp[0])
    fresh()
    return fresh


def test_while_the_index_cannot_be_opened_no_question_is_answered_from_the_one_before(monkeypatch):
    import ui.serve_command

    stamp = [1]
    fresh = _damaged(stamp, BronvastError("damaged"))
    monkeypatch.setattr(ui.serve_command, "_LOOK_EVERY_S", 0)
    stamp[0] = 2
    assert not fresh.ready()
    monkeypatch.setattr(ui.serve_command, "_LOOK_EVERY_S", 1_000)
    for _ in range(3):
        with pytest.raises(BronvastError, match="damaged"):
            fresh()
    with fresh._lock, pytest.raises(BronvastError, match="damaged"):
        fresh()
    stamp[0] = 1
    fresh.renew()
    assert fresh.ready()


def test_an_index_that_goes_while_the_page_is_served_is_no_wrong_use_by_who_asks(monkeypatch):
    import ui.serve_command

    monkeypatch.setattr(ui.serve_command, "_LOOK_EVERY_S", 0)
    stamp = [1]
    fresh = _damaged(stamp, UsageError("There is no index at /srv/index"))
    stamp[0] = 2
    with pytest.raises(BronvastError, match="no index") as caught:
        fresh()
    assert not isinstance(caught.value, UsageError)
