"""Reasons that a user reads are in the language of the page: each one that reading, asking and evaluating can give."""

import ast
from pathlib import Path

import pytest

from ui.reasons import failure_html, reason_in

ROOT = Path(__file__).resolve().parents[2]
MADE_IN = [*sorted((ROOT / "ingest").glob("*.py")), *(ROOT / path for path in (
    "index/chroma_server.py", "index/manifest.py", "index/source_index.py", "index/store.py", "index/update.py", "assistant/assistant.py",
    "eval/comparison.py", "eval/question_fields.py", "eval/question_sets.py", "eval/question_tables.py", "eval/run_files.py",
    "ui/bench_room.py", "ui/question_folder.py", "ui/source_changes.py", "ui/state_files.py"))]
# said to who runs the command, never on the page: text recognition, pictures of pages, folders
OF_THE_COMMAND = {"ocr.py", "pictures.py", "sources.py"}
# where a reason stands among what is given: an error, a remark, a fault of a question set, the part of a larger one
GIVEN = {"UnreadableError": 0, "UsageError": 0, "BronvastError": 0, "DamagedStoreError": 0, "Remark": 1, "Fault": 1, "_fault": 0, "_Unparsed": 0}
COMPOSED = {"7", "nothing to quote: 7", "7 of 7 pages hold no text7", "7: searched, not quoted", "7 at character 7",
            "`7` 7", "signal 7 7", "another process holds it"}  # of parts; tried below as they come out


def _words(node: ast.expr) -> list[str]:
    """A string as it may come out, both of an alternative: what is filled in is a number."""
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.JoinedStr):
        return ["".join(part.value if isinstance(part, ast.Constant) else "7" for part in node.values)]
    if isinstance(node, ast.IfExp):
        return _words(node.body) + _words(node.orelse)
    if isinstance(node, ast.BoolOp):
        return [one for part in node.values for one in _words(part)]
    return []


def _given(node: ast.AST) -> ast.expr | None:
    """What a part of a module gives as a reason, or notes as one under a name."""
    if isinstance(node, ast.Call):
        place = GIVEN.get(node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", ""))
        return node.args[place] if place is not None and len(node.args) > place else None
    noted = isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id in ("hidden", "reason", "_WHITE")
    return node.value if noted else None


def _reasons_of(path: Path) -> list[str]:
    """The reasons of a module, and why a word of a PDF is hidden, which a function returns."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    given = [found for node in nodes if (found := _given(node)) is not None]
    given += [node.value for node in nodes if isinstance(node, ast.Return) and node.value and path.name == "pdf_words.py"]
    return [words for one in given for words in _words(one) if words]


def reasons() -> list[str]:
    """Every text that is given as a reason in these modules."""
    from ingest.reading import _ADVICE

    columns = ["there is no column `id`; the first row names the columns", "column `id` stands twice"]  # made before they are given
    return sorted({*(one for path in MADE_IN if path.name not in OF_THE_COMMAND for one in _reasons_of(path)), *_ADVICE.values(), *columns})


def test_the_modules_that_are_left_out_and_walked_over_are_there():
    assert {path.name for path in MADE_IN} >= OF_THE_COMMAND and all(path.is_file() for path in MADE_IN)


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
    ("text that no reader sees: smaller than 2 pt", "tekst die geen lezer ziet: kleiner dan 2 punt"),
    ("/srv/state/runs/a-1.jsonl is not complete (3 of 9 questions): run it to its end first",
     "a-1.jsonl is niet volledig (3 van 9 vragen): kies een toetsronde die af is"),
    ("a.jsonl and b.jsonl are runs of different question sets: choose two of the same set",
     "a.jsonl en b.jsonl zijn toetsronden met verschillende vragensets: kies er twee met dezelfde"),
    ("/srv/state/runs/a.jsonl and /srv/state/runs/b.jsonl have no question in common", "a.jsonl en b.jsonl hebben geen vraag gemeen"),
    ("/tmp/gradio/3f/a b.csv is not a CSV: line contains NUL", "a b.csv is geen CSV: sla het opnieuw op als CSV UTF-8"),
    ("/tmp/a.csv is not UTF-8 text: save it as `CSV UTF-8`", "a.csv is geen UTF-8-tekst: sla het op als `CSV UTF-8`"),
    ("The Chroma server at http://10.0.0.7:8000 has not answered for 30 s: start it with `chroma run`, then run the command again",
     "De server van de index (Chroma) antwoordt al 30 s niet: probeer het straks nog eens of vraag uw beheerder"),
    ("`must[0]` has offsets 3 to 2: needs whole numbers with 0 <= start < end", "`must[0]` loopt van 3 tot 2: nodig zijn hele getallen met 0 <= start < end"),
    ("signal 's1' has offsets 3 to 2: needs whole numbers with 0 <= start < end",
     "signaal 's1' loopt van 3 tot 2: nodig zijn hele getallen met 0 <= start < end"),
    ("not JSON: Expecting value at character 3", "geen JSON: kijk bij teken 3"),
    ("unknown field 'qoute' in `must[0]`: is `quote` meant?", "onbekend veld 'qoute' in `must[0]`: is `quote` bedoeld?"),
    ("Het is te druk. / Too busy.", "Het is te druk."), ("nobody knows this one", "nobody knows this one")])
def test_a_reason_is_put_into_dutch_whole_and_without_paths_of_the_server(reason: str, dutch: str):
    assert reason_in("nl", reason) == dutch


def test_of_a_reason_in_both_languages_the_page_shows_its_own():
    assert reason_in("en", "Het is te druk. / Too busy.") == "Too busy."


def test_a_failure_names_a_file_without_the_folders_of_the_server_in_either_language():
    error = ValueError("/srv/state/uploads/3f2a/vragen 1.csv is not UTF-8 text: save it as `CSV UTF-8`")
    assert failure_html("en", error) == "That did not work: vragen 1.csv is not UTF-8 text: save it as `CSV UTF-8`"
    assert failure_html("nl", error) == "Dat lukte niet: vragen 1.csv is geen UTF-8-tekst: sla het op als `CSV UTF-8`"
    assert "http://10.0.0.7:8000/x" in failure_html("en", ValueError("What answers at http://10.0.0.7:8000/x is not a Chroma server"))
