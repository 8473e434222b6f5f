"""Reasons that a user reads are in the language of the page: each one that reading, asking and evaluating can give."""

import ast
from pathlib import Path

import pytest

from ui.reasons import reason_in

ROOT = Path(__file__).resolve().parents[2]
MADE_IN = [*sorted((ROOT / "ingest").glob("*.py")), ROOT / "ui" / "bench_room.py", ROOT / "ui" / "source_changes.py", ROOT / "assistant" / "assistant.py"]
# said to who runs the command, never on the page: sidecars, text recognition, pictures of pages, folders
COMPOSED = {"7", "nothing to quote: 7", "7 of 7 pages hold no text7", "7: searched, not quoted"}  # of parts; tried below as they come out
OF_THE_COMMAND = {"sidecar.py", "ocr.py", "pictures.py", "sources.py"}


def _words(node: ast.expr) -> str:
    """A string as it may come out: what is filled in is a number."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(_words(part) if isinstance(part, ast.Constant) else "7" for part in node.values)
    return ""


def reasons() -> list[str]:
    """Every text that is given to an error or a remark in these modules."""
    found = []
    for path in MADE_IN:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            if name in ("UnreadableError", "UsageError", "BronvastError", "Remark") and path.name not in OF_THE_COMMAND:
                found.append(_words(node.args[1 if name == "Remark" else 0]))
    from ingest.reading import _ADVICE

    return sorted({one for one in [*found, *_ADVICE.values()] if one})


@pytest.mark.parametrize("reason", sorted({*reasons()} - COMPOSED))
def test_each_reason_has_its_dutch(reason: str):
    assert reason_in("nl", reason) != reason and reason_in("en", reason) == reason


@pytest.mark.parametrize(("reason", "dutch"), [
    ("nothing to quote: 3 pages without text, a scan perhaps: ingest again with --ocr to recognise it",
     "niets om te citeren: 3 bladzijden zonder tekst, misschien een scan: vraag uw beheerder om tekstherkenning aan te zetten"),
    ("2 of 3 pages hold no text (scans?): ingest again with --ocr to recognise it",
     "2 van 3 bladzijden hebben geen tekst (scans?): vraag uw beheerder om tekstherkenning aan te zetten"),
    ("text that no reader sees: white on white", "tekst die geen lezer ziet: wit op wit"),
    ("text of page 4 recognised with a confidence of 0.61: searched, not quoted",
     "tekst van bladzijde 4 herkend, zekerheid 0,61: wel doorzocht, niet geciteerd"),
    ("The question has 2001 characters; ask it in at most 2000.", "De vraag telt 2001 tekens; stel haar in ten hoogste 2000."),
    ("audit.jsonl cannot be written in the folder of state: No space left on device",
     "Dit kan niet worden bijgehouden: vraag uw beheerder of de schijf vol is"),
    ("There is no document <b>a</b>.pdf in the index at /srv/index: `bronvast passages` lists what there is",
     "Er is geen document <b>a</b>.pdf meer: laad de pagina opnieuw"),
    ("Het is te druk. / Too busy.", "Het is te druk."), ("nobody knows this one", "nobody knows this one")])
def test_a_reason_is_put_into_dutch_whole_and_without_paths_of_the_server(reason: str, dutch: str):
    assert reason_in("nl", reason) == dutch


def test_of_a_reason_in_both_languages_the_page_shows_its_own():
    assert reason_in("en", "Het is te druk. / Too busy.") == "Too busy."
