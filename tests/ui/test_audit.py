import errno
import json
import stat

import pytest

from ingest.errors import BronvastError
from ui.audit import Audit


class Clock:
    now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


def test_the_question_is_kept_as_a_keyed_hash_unless_its_text_is_switched_on(tmp_path):
    quiet = Audit(tmp_path / "a.jsonl", secret=b"1", days=9)
    quiet.write("anna", "asked", question="Waar is Jan?")
    assert "Jan" not in (tmp_path / "a.jsonl").read_text()
    assert next(quiet.lines())["question_hash"] == quiet.hash("Waar is Jan?")
    assert quiet.hash("x") != Audit(tmp_path / "b", secret=b"2", days=9).hash("x")
    full = Audit(tmp_path / "c.jsonl", secret=b"1", days=9, keeps_text=True)
    full.write("anna", "asked", question="Waar is Jan?")
    assert next(full.lines())["question"] == "Waar is Jan?"
    assert stat.S_IMODE((tmp_path / "a.jsonl").stat().st_mode) == 0o600


def test_lines_leave_the_file_when_their_time_is_over(tmp_path):
    clock = Clock()
    audit = Audit(tmp_path / "a.jsonl", secret=b"1", days=10, clock=clock)
    audit.write("anna", "opened", what="oud.pdf")
    clock.now += 11 * 86_400
    assert list(audit.lines()) == []
    audit.write("anna", "opened", what="nieuw.pdf")
    assert "oud.pdf" not in (tmp_path / "a.jsonl").read_text() and "nieuw.pdf" in (tmp_path / "a.jsonl").read_text()


def test_a_line_cut_off_by_a_crash_does_not_spoil_the_others(tmp_path):
    audit = Audit(tmp_path / "a.jsonl", secret=b"1", days=9)
    audit.write("anna", "changed", what="a.pdf")
    with (tmp_path / "a.jsonl").open("ab") as file:
        file.write(b'{"at": "20')
    assert [line["what"] for line in audit.lines()] == ["a.pdf"]
    audit.write("anna", "changed", what="b.pdf")
    assert [line["what"] for line in audit.lines()] == ["a.pdf", "b.pdf"]


def test_lines_that_are_no_deeds_are_passed_over(tmp_path):
    audit = Audit(tmp_path / "a.jsonl", secret=b"1", days=9)
    (tmp_path / "a.jsonl").write_bytes(b'3\n[1]\n{}\n{"at": 5}\nnull\n"at"\n\n\xff\n')
    audit.write("anna", "changed", what="a.pdf")
    assert [line["what"] for line in audit.lines()] == ["a.pdf"]


@pytest.mark.parametrize("wrong", [OSError(errno.ENOSPC, "No space left on device"), PermissionError(errno.EACCES, "Permission denied")])
def test_a_disk_that_takes_nothing_is_an_error_with_its_reason_and_leaves_no_part_behind(tmp_path, monkeypatch, wrong):
    def full(_):
        raise wrong

    audit = Audit(tmp_path / "a.jsonl", secret=b"1", days=9)
    audit.write("anna", "changed", what="a.pdf")
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(BronvastError, match=f"a.jsonl cannot be written in the folder of state: {wrong.strerror}"):
        Audit(tmp_path / "a.jsonl", secret=b"1", days=9).write("anna", "changed", what="b.pdf")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jsonl", "a.jsonl.lock"]


def test_a_line_is_one_line_whatever_the_user_is_called(tmp_path):
    audit = Audit(tmp_path / "a.jsonl", secret=b"1", days=9)
    audit.write("x\n{}\ud800", "refused", what="password")
    assert len((tmp_path / "a.jsonl").read_bytes().splitlines()) == 1
    assert json.loads((tmp_path / "a.jsonl").read_bytes())["deed"] == "refused"
