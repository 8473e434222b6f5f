"""What kind a file is: told by how it begins, whatever its name; what is of no kind that is read says how to save it."""

import zipfile
from pathlib import Path

import pytest

from ingest.errors import UnreadableError
from tests.ingest.reads import read
from tests.ingest.test_formats import word


@pytest.mark.parametrize("name", ["a", "a.aspx", "a.txt"])
@pytest.mark.parametrize("before", ["<!DOCTYPE html>", "\ufeff\n<!doctype HTML public>", "<html lang=nl>", "<!-- pagina -->\n<html>"])
def test_a_page_is_known_without_the_ending_of_its_name(tmp_path: Path, name: str, before: str) -> None:
    document = read(tmp_path / name, f"{before}<title>Haven</title><p>Boten varen.<p hidden>Geheim.")
    assert (document.title, document.text) == ("Haven", "Boten varen.")
    assert read(tmp_path / "a.md", f"{before}<p>Boten varen.</p>\n\n# Slot\n\nEen zin.").text.endswith("Een zin.")


@pytest.mark.parametrize(("kind", "reason"), [("spreadsheet", "save it as .xlsx"), ("presentation", "save it as PDF")])
def test_other_documents_of_libreoffice_say_how_to_save_them(tmp_path: Path, kind: str, reason: str) -> None:
    with zipfile.ZipFile(tmp_path / "a", "w") as package:
        package.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
    with pytest.raises(UnreadableError, match=reason):
        read(tmp_path / "a")


@pytest.mark.parametrize("kind", ["ms-word.document.macroEnabled", "openxmlformats-officedocument.wordprocessingml.template"])
def test_a_word_template_or_a_file_with_macros_is_no_damaged_file(tmp_path: Path, kind: str) -> None:
    word(tmp_path / "a.docx", ("Normal", "Een brief."))
    with zipfile.ZipFile(tmp_path / "a.docx") as package, zipfile.ZipFile(tmp_path / "a.docm", "w") as changed:
        for name in package.namelist():
            usual = b"openxmlformats-officedocument.wordprocessingml.document"
            changed.writestr(name, package.read(name).replace(usual + b".main", f"{kind}.main".encode()))
    with pytest.raises(UnreadableError, match="save it as .docx"):
        read(tmp_path / "a.docm")
