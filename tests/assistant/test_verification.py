import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant.answers import Answer, Evidence, Place, Reading, Scope
from assistant.evidence import quote
from assistant.saved_answers import answer_from_json
from assistant.verification import Originals, hash_of, verify
from benchmarks.layout_pages import Set, drawn
from eval.measures.faithfulness import is_placed
from index.originals import note_moved, note_originals, original_of, read_originals
from ingest.blocks import Box
from ingest.errors import UsageError
from ingest.reading import ReadingSettings, read_document
from ingest.sources import find_sources
from ui.command import run

TEXT = "# Nota\n\n## Kust\n\nHet water stijgt ieder jaar een stukje. De dijk is nu vier meter hoog.\n\n## Land\n\nNiemand woont er nog.\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "bronnen" / "deel").mkdir(parents=True)
    (tmp_path / "bronnen" / "deel" / "nota.md").write_text(TEXT, encoding="utf-8")
    return tmp_path / "bronnen"


def answer_of(folder: Path, quote: str = "De dijk is nu vier meter hoog.") -> Answer:
    path = folder / "deel" / "nota.md"
    document = read_document(path, doc="deel/nota.md", settings=ReadingSettings())
    start = document.text.index(quote)
    passage = next(one for one in document.passages if one.start <= start < one.end)
    place = Place("deel/nota.md", hash_of(path), document.title, passage.section, passage.page, start, start + len(quote))
    return Answer("a", "Hoe hoog?", "nl", "answered", "Zin.", (Evidence(1, quote, place, 0.9, passage.passage_id),), (),
                  Scope(1, 3, 3, 1), Reading("Hoe hoog?", "fact"))


def with_place(answer: Answer, **changes: object) -> Answer:
    one = answer.evidence[0]
    return replace(answer, evidence=(replace(one, place=replace(one.place, **changes)),))


def outcomes(answer, folder, known=None):
    return [proof.outcome for proof in verify(answer, Originals(known or {}, [folder] if folder else []))]


def test_a_quotation_that_stands_in_its_file_is_proven(folder):
    (proof,) = verify(answer_of(folder), Originals({}, [folder]))
    assert (proof.outcome, proof.reason) == ("proven", "")


def test_one_other_word_is_not_proven(folder):
    answer = answer_of(folder)
    forged = replace(answer, evidence=(replace(answer.evidence[0], quote="De dijk is nu zes meter hoog."),))
    assert outcomes(forged, folder) == ["altered"]
    assert outcomes(replace(answer, evidence=(replace(answer.evidence[0], quote=""),)), folder) == ["altered"]


@pytest.mark.parametrize(("changes", "outcome"), [({"start": 3, "end": 33}, "moved"), ({"start": -30, "end": -1}, "moved"),
                                                  ({"section": "Nota > Land"}, "misplaced"), ({"page": 9}, "misplaced")])
def test_a_wrong_place_is_not_proven_and_the_right_one_is_named(folder, changes, outcome):
    (proof,) = verify(with_place(answer_of(folder), **changes), Originals({}, [folder]))
    assert proof.outcome == outcome and "not " in proof.reason


def over_the_page(folder: Path) -> Path:
    first = "Elke boot die in de haven van de stad ligt betaalt aan het begin van ieder jaar"
    lines = [Set(60, 760 - 14 * number, first) for number in range(3)]
    path = folder / "a.pdf"
    path.write_bytes(drawn(lines, [Set(60, 760, "het liggeld. Op de steiger liggen de boten van de vissers. De rest"), Set(60, 746, "volgt.")]))
    return path


@pytest.mark.parametrize(("opening", "page"), [("Elke boot", 1), ("Op de steiger", 2)])
def test_a_quotation_has_the_page_of_its_first_word_and_that_alone_is_proven(tmp_path, opening, page):
    document = read_document(path := over_the_page(tmp_path), doc="a.pdf", settings=ReadingSettings())
    passage, = document.passages
    row = next(number for number, (start, _) in enumerate(passage.sentences) if document.text.startswith(opening, start))
    view = SimpleNamespace(passages=[passage], sentence_owner=[0] * len(passage.sentences), sentence_spans=passage.sentences)
    judged = SimpleNamespace(candidate=SimpleNamespace(row=row), probability=0.9)
    one = quote(judged, SimpleNamespace(view=view, documents={"a.pdf": document}), why="")
    assert (one.place.page, one.place.boxes[0].page) == (page, page)
    answer = Answer("a", "Wie betaalt?", "nl", "answered", "Zin.", (one,), (), Scope(1, 1, 3, 1), Reading("Wie betaalt?", "fact"))
    assert outcomes(answer, path) == ["proven"]
    assert outcomes(with_place(answer, page=3 if page == 1 else 1), path) == ["misplaced"]
    assert is_placed(one.place, {"a.pdf": document}) and not is_placed(replace(one.place, page=3 if page == 1 else 1), {"a.pdf": document})


def test_a_file_that_has_changed_is_named_and_whether_the_words_remain(folder):
    answer, path = answer_of(folder), folder / "deel" / "nota.md"
    path.write_text(TEXT + "\nEr kwam een zin bij.\n", encoding="utf-8")
    (proof,) = verify(answer, Originals({}, [folder]))
    assert proof.outcome == "changed" and "nota.md has changed" in proof.reason and "still stand" in proof.reason
    path.write_text(TEXT.replace("vier", "vijf"), encoding="utf-8")
    (proof,) = verify(answer, Originals({}, [folder]))
    assert proof.outcome == "changed" and "no longer" in proof.reason


def test_a_file_that_was_renamed_below_the_folder_given_is_found_by_its_bytes(folder):
    answer = answer_of(folder)
    (folder / "deel" / "nota.md").rename(folder / "oud.md")
    assert outcomes(answer, folder) == ["proven"]


def test_a_file_that_is_gone_and_one_that_cannot_be_read_are_named(folder):
    answer, path = answer_of(folder), folder / "deel" / "nota.md"
    path.write_bytes(b"")
    (proof,) = verify(answer, Originals({}, [folder]))
    assert proof.outcome == "unreadable" and "nota.md cannot be read" in proof.reason
    path.unlink()
    (proof,) = verify(answer, Originals({"deel/nota.md": path}))
    assert proof.outcome == "gone" and "deel/nota.md" in proof.reason and "--sources" in proof.reason


def test_near_misses_and_further_places_are_proved_too(folder):
    answer = answer_of(folder)
    one = answer.evidence[0]
    further = replace(answer, evidence=(replace(one, also=(replace(one.place, start=1),)),), near=(one,))
    assert outcomes(further, folder) == ["proven", "moved", "proven"]


def test_the_index_remembers_where_its_files_were(folder, tmp_path):
    index = tmp_path / "index"
    index.mkdir()
    note_originals(index, find_sources([folder]), ["deel/nota.md"])
    assert read_originals(index) == {"deel/nota.md": (folder / "deel" / "nota.md").resolve()}
    assert outcomes(answer_of(folder), None, read_originals(index)) == ["proven"]
    path = folder / "deel" / "nota.md"
    assert original_of(index, "deel/nota.md", hash_of(path)) == path.resolve() and original_of(index, "deel/nota.md", "0") is None
    moved = path.rename(tmp_path / "nota.md")
    assert original_of(index, "deel/nota.md", hash_of(moved)) is None is original_of(index, "x.md", "")
    note_moved(index, "deel/nota.md", moved)
    assert original_of(index, "deel/nota.md", hash_of(moved)) == moved.resolve()
    note_originals(index, [], [])
    assert read_originals(index) == {}
    (index / "originals.json").write_text("{")
    assert read_originals(index) == {} == read_originals(tmp_path / "nowhere")


def test_an_answer_comes_back_from_its_json():
    place = Place("a", "b", "Titel", "1", 3, 4, 9, (Box(1, 0.0, 1.0, 2.0, 3.0),))
    answer = Answer("x", "?", "en", "answered", "t", (Evidence(1, "quote", place, 0.5, "p", (replace(place, doc="c"),), "why", "context"),),
                    (), Scope(1, 2, 3, 1), Reading("?", "fact", (("a", "b"),), (("land", "NL"),), (("x", ("y", "z")),), ("Polen",), (("Edam", "Plan Edam"),)),
                    "s", "i", {"total": 1.0})
    assert answer_from_json(json.loads(json.dumps(answer.to_json()))) == answer


@pytest.mark.parametrize("value", [None, [], {}, {"error": "leeg"}, {"status": "maybe", "question": "?", "evidence": []},
                                   {"status": "answered", "question": "?", "evidence": [{"quote": "x"}]},
                                   {"status": "answered", "question": "?", "evidence": [3]}, {"status": "answered", "question": "?", "evidence": 3},
                                   {"status": "answered", "question": "?", "evidence": [{"quote": "x", "doc": "d", "doc_sha256": "e",
                                                                                         "start": "1", "end": 2}]}])
def test_what_is_not_an_answer_is_refused_in_one_line(value):
    with pytest.raises(UsageError) as caught:
        answer_from_json(value)
    assert "\n" not in str(caught.value)


def test_the_command_proves_an_answer_and_exits_1_with_a_line_when_the_file_changed(folder, tmp_path, capfd):
    saved = tmp_path / "answer.json"
    saved.write_text(json.dumps(answer_of(folder).to_json(), indent=2))
    command = ["verify", str(saved), "--sources", str(folder)]
    assert run(command) == 0
    assert capfd.readouterr().out.startswith("proven     [1] deel/nota.md “De dijk")
    assert run([*command, "--json"]) == 0
    assert json.loads(capfd.readouterr().out)["proven"] is True
    (folder / "deel" / "nota.md").write_text("Iets anders.")
    assert run(command) == 1
    said = capfd.readouterr()
    assert "1 of 1 quotations not proven" in said.err and "has changed" in said.err and said.out.startswith("changed")


def test_the_command_takes_a_batch_and_names_a_line_that_is_no_answer(folder, tmp_path, capfd):
    saved, line = tmp_path / "answers.jsonl", json.dumps(answer_of(folder).to_json())
    saved.write_text(f"{line}\n\n{line}\n")
    assert run(["verify", str(saved), "--sources", str(folder)]) == 0
    assert len(capfd.readouterr().out.splitlines()) == 2
    saved.write_text(f"{line}\n[]\n")
    assert run(["verify", str(saved), "--sources", str(folder)]) == 2
    assert "line 2" in capfd.readouterr().err
    saved.write_text("{")
    assert run(["verify", str(saved)]) == 2
    assert run(["verify", str(tmp_path / "none.json")]) == 2
    assert run(["verify", str(saved), "--sources", str(tmp_path / "nowhere")]) == 2
