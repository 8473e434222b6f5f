"""What a user gives as text is read with its mark left off, and refused in one line."""

import io
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from ingest.errors import UsageError
from ingest.given_text import given_text


def test_the_mark_at_the_beginning_is_left_off(tmp_path):
    (tmp_path / "vragen.txt").write_bytes("Wat speelt er in Curaçao?".encode("utf-8-sig"))
    assert given_text(tmp_path / "vragen.txt") == "Wat speelt er in Curaçao?"


def test_a_dash_is_the_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO("één".encode())))
    assert given_text(Path("-")) == "één"


@pytest.mark.parametrize(("content", "message"), [(b"caf\xe9", "is not UTF-8 text: save it as `CSV UTF-8`"), (None, "cannot be read: No such file")])
def test_what_cannot_be_read_is_refused_with_what_to_do(tmp_path, content, message):
    if content is not None:
        (tmp_path / "een.csv").write_bytes(content)
    with pytest.raises(UsageError, match=message):
        given_text(tmp_path / "een.csv", save_as="`CSV UTF-8`")
