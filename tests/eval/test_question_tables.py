"""CSV and XLSX: what is written comes back, what evaluators type by hand is read, and faults have their row."""

import tempfile
from contextlib import nullcontext
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.question_sets import QuestionSet, QuestionSetError, read_questions, write_questions
from eval.questions import Anchor, Question
from ingest.errors import UsageError

FORMS = (".jsonl", ".csv", ".xlsx")
# What XML and UTF-8 can hold; `_` is left out because openpyxl takes _x000D_ for an escape.
SAID = st.text(st.characters(codec="utf-8", min_codepoint=32, exclude_characters="_\x7f\ufffe\uffff") | st.sampled_from("\n=+-@'\",;\t["),
               min_size=1, max_size=20).filter(str.strip)
ANCHORS = st.builds(lambda quote, doc, start, long: Anchor(quote, doc, start, start + long) if start is not None else Anchor(quote, doc),
                    SAID, st.just("") | SAID, st.none() | st.integers(0, 9_000), st.integers(1, 99))
PAIRS = st.tuples(SAID, SAID)


@st.composite
def questions(draw):
    ids = draw(st.lists(SAID.map(str.strip), min_size=1, max_size=4, unique=True))
    made = []
    for one in ids:
        must = tuple(tuple(group) for group in draw(st.lists(st.lists(ANCHORS, min_size=1, max_size=2), max_size=2)))
        made.append(Question(one, draw(SAID), draw(st.sampled_from(["nl", "en"])), draw(SAID), tuple(draw(st.lists(SAID, max_size=2))), bool(must),
                             must, tuple(draw(st.lists(ANCHORS, max_size=1))), draw(st.none() | st.lists(PAIRS, max_size=2).map(tuple)),
                             draw(st.just("") | SAID)))
    return tuple(made)


@settings(max_examples=60, deadline=None)
@given(questions(), st.sampled_from(FORMS))
def test_every_set_that_is_written_comes_back_as_it_was(made, form):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"set{form}"
        write_questions(path, made)
        assert read_questions(path).hash == QuestionSet("", made).hash


@pytest.mark.parametrize("form", FORMS)
def test_the_sets_of_the_samples_come_back_from_every_form(samples, tmp_path, form):
    for source in sorted((samples / "questions").glob("*.jsonl")):
        before = read_questions(source)
        write_questions(tmp_path / f"{source.stem}{form}", before.questions)
        assert read_questions(tmp_path / f"{source.stem}{form}").hash == before.hash


@pytest.mark.parametrize(("sign", "start"), [(";", b"\xef\xbb\xbf"), (",", b""), ("\t", b"")])
def test_a_table_typed_by_hand_is_read(tmp_path, sign, start):
    rows = ["ID|Question|Answerable|Quote|Required|Toelichting", "1|Hoe hoog is de dijk?|WAAR|De dijk is vier meter hoog.||eigen",
            "1|||De dijk is hoog.||", "|||Hoog is de dijk.|may|", "2|Wie woont er?|nee|||"]
    path = tmp_path / "set.csv"
    path.write_bytes(start + "\r\n".join(rows).replace("|", sign).encode() + b"\r\n\r\n")
    found = read_questions(path)
    one, two = found.questions
    assert [[anchor.quote for anchor in group] for group in one.must] == [["De dijk is vier meter hoog."], ["De dijk is hoog."]]
    assert [anchor.quote for anchor in one.may] == ["Hoog is de dijk."] and one.id == "1" and one.line == 2
    assert not two.answerable and found.passed_over == {"toelichting": 1}


def test_a_workbook_with_numbers_booleans_and_a_text_like_a_formula_is_read(tmp_path):
    book = openpyxl.Workbook()
    for row in (["id", "question", "answerable", "required", "doc", "start", "end", "quote"], [1.0, "Wat?", True, 1, "nota", 3.0, 8, "water"],
                [1, None, None, 1.0, "nota", 9, 11, "dijk"], [2, "Wie?", False]):
        book.active.append(row)
    book.save(tmp_path / "set.xlsx")
    one, two = read_questions(tmp_path / "set.xlsx").questions
    assert one.id == "1" and one.must == ((Anchor("water", "nota", 3, 8), Anchor("dijk", "nota", 9, 11)),) and not two.answerable
    write_questions(tmp_path / "again.xlsx", [Question("a", "=1+1", answerable=False)])
    cell = openpyxl.load_workbook(tmp_path / "again.xlsx").active["D2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_every_fault_of_a_table_has_its_row(tmp_path):
    rows = ["id,question,language,answerable,required,start,end,quote,kidn",
            "a,Wat?,nl,true,1,x,9,water,", "b,Wat?,fr,true,1,,,water,", "c,Wat?,nl,soms,1,,,water,",
            "d,Wat?,nl,true,1,,,,", "a,Iets anders?,nl,true,2,,,dijk,", "e,Wat?,nl,true,1,9,3,water,fact"]
    (tmp_path / "set.csv").write_text("\n".join(rows))
    with pytest.raises(QuestionSetError) as caught:
        read_questions(tmp_path / "set.csv")
    found = [(fault.line, fault.reason) for fault in caught.value.faults]
    for line, reason in ((2, "`start` must be a whole number, not 'x'"), (3, "not 'fr'"), (4, "not 'soms'"), (5, "no `quote`"),
                         (6, "`question` is another than in row 2"), (7, "offsets 9 to 3"), (1, "is `kind` meant?")):
        assert any(line == at and reason in said for at, said in found), (line, reason, found)


@pytest.mark.parametrize(("slip", "meant"), [("requird", "required"), ("Qoute", "quote"), ("dco", "doc"), ("strat", "start"), ("kidn", "kind")])
def test_a_misspelt_column_is_a_fault_of_the_first_row_and_the_rest_is_read_as_meant(tmp_path, slip, meant):
    names = ["id", "question", "kind", "required", "doc", "start", "end", "quote"]
    rows = ["a,Wat?,fact,1,nota,3,8,water", "b,Wie?,fact,1,nota,x,8,dijk"]
    (tmp_path / "set.csv").write_text("\n".join([",".join(slip if name == meant else name for name in names), *rows]))
    with pytest.raises(QuestionSetError) as caught:
        read_questions(tmp_path / "set.csv")
    first, *others = [(fault.line, fault.reason) for fault in caught.value.faults]
    assert first == (1, f"unknown column {slip.casefold()!r}: is `{meant}` meant?") and {line for line, _ in others} == {3}


@pytest.mark.parametrize(("row", "beyond"), [
    ("a,Wat?,De dijk is hoog, en breed.", ["' en breed.'"]), ("a,Wat?,hoog,,x,y", ["'x'", "'y'"]), (",,,los", ["'los'"]),
    ("a,Wat?,hoog,, ,", []), ('a,Wat?,"hoog, en breed"', [])])
@pytest.mark.parametrize("head", ["id,question,quote", "id,question,quote,,"])
def test_a_cell_beyond_the_last_column_is_a_fault_of_its_row(tmp_path, head, row, beyond):
    (tmp_path / "set.csv").write_text(f"{head}\nz,Wie?,dijk\n{row}\n")
    with pytest.raises(QuestionSetError) if beyond else nullcontext() as caught:
        read_questions(tmp_path / "set.csv")
    found = [(fault.line, fault.reason.split(" stands")[0]) for fault in caught.value.faults] if beyond else []
    assert found == [(3, one) for one in beyond]


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"id,question,id\n", b"id,question\n", b"\xff\xfe\x00", b'id,question\n"a,b\n'])
@pytest.mark.parametrize("form", [".csv", ".xlsx"])
def test_a_file_that_is_no_table_is_refused_in_words(tmp_path, content, form):
    (tmp_path / f"set{form}").write_bytes(content)
    with pytest.raises(UsageError, match="set"):
        read_questions(tmp_path / f"set{form}")


def test_what_a_form_cannot_hold_is_refused_and_nothing_is_written(tmp_path):
    for name, text in (("a.xlsx", "bel\x07"), ("b.xlsx", "x" * 40_000), ("c.docx", "Wat?")):
        with pytest.raises(UsageError):
            write_questions(tmp_path / name, [Question("a", text, answerable=False)])
        assert not (tmp_path / name).exists()
