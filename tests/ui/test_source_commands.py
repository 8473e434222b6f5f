import json

import pytest

from ingest.errors import BronvastError, UsageError
from tests.index.small import FakeEncoder
from tests.ui.fakes import FakeSources, document
from tests.ui.serving import free_port
from ui.settings import Settings
from ui.source_changes import SourceChanges
from ui.source_commands import write_document, write_passages


def test_each_passage_is_one_line_with_the_fields_of_the_contract(capfd):
    write_passages(FakeSources((document("a.txt", "Eén zin."), document("b.txt", "Nog één."))))
    lines = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [line["text"] for line in lines] == ["Eén zin.", "Nog één."]
    assert list(lines[0]) == ["passage_id", "doc", "section", "page", "kind", "start", "end", "text", "boxes"]


def test_passages_of_another_audience_take_no_part(capfd):
    sources = FakeSources((document("a.txt", "Open.", audience="open"), document("b.txt", "Dicht.", audience="dicht")))
    write_passages(sources, frozenset({"open"}))
    assert [json.loads(line)["doc"] for line in capfd.readouterr().out.splitlines()] == ["a.txt"]


@pytest.mark.parametrize("text", ["Zonder regeleinde", "Met\nregel\n", "", "één\r\n\ttab ﬁ"])
def test_the_text_is_printed_to_the_byte(text, capfdbinary):
    write_document(FakeSources((document("a.txt", text),)), "a.txt", as_json=False)
    assert capfdbinary.readouterr().out == text.encode()


def test_an_unknown_document_is_wrong_use():
    with pytest.raises(UsageError, match=r"no document b\.txt"):
        write_document(FakeSources((document("a.txt", "x"),)), "b.txt", as_json=False)


def test_an_upload_waits_for_the_chroma_server_as_long_as_the_settings_say(tmp_path):
    settings = Settings(index=tmp_path / "index", state=tmp_path / "state", chroma_server=f"127.0.0.1:{free_port()}", chroma_wait_s=0.2)
    (tmp_path / "brug.md").write_text("# Brug\n\nDe brug gaat open.\n", "utf-8")
    with pytest.raises(BronvastError, match=r"has not answered for 0\.2 s"):
        SourceChanges(settings, FakeEncoder()).add(tmp_path / "brug.md", {})
