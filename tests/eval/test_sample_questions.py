"""The question sets under samples/ hold against the sources they are about, as ingest reads them."""

from collections import Counter, defaultdict

import pytest

from eval.anchors import Texts, unfit_anchors
from eval.question_sets import read_questions
from ingest.reading import ReadingSettings, read_document

SOURCES = {"bloemlezing": ("bloemlezing-p14.pdf",), "fictief": ("fictief/handreiking-gemeenten.md", "fictief/partner-brief.md",
                                                                "fictief/signalen-arbeid.md", "fictief/signalen-jeugd.md"),
           "regels": ("fictief/regeling-verblijf-getuigen.md", "fictief/evaluatie-aanpak.md", "fictief/convention-protocol.md"),
           "signalen": ("fictief/signalen-noord.md", "fictief/signalen-register.csv", "fictief/signals-partners.md")}
FICTITIOUS = ("fictief", "regels", "signalen")


@pytest.fixture(scope="module")
def read():
    known = {}

    def reading(path):
        if path not in known:
            known[path] = read_document(path, doc=path.name, settings=ReadingSettings())
        return known[path]

    return reading


@pytest.fixture(params=sorted(SOURCES))
def name(request):
    return request.param


@pytest.fixture
def questions(samples, name):
    return read_questions(samples / "questions" / f"{name}.jsonl").questions


def test_every_quotation_stands_in_the_text_that_ingest_reads(samples, name, questions, read):
    texts = Texts(read(samples / source) for source in SOURCES[name])
    assert unfit_anchors(questions, texts) == []


@pytest.mark.parametrize("fictitious", FICTITIOUS)
def test_every_quotation_of_a_fictitious_source_is_word_for_word_in_the_source_it_names(samples, read, fictitious):
    sources = {(samples / path).stem: samples / path for path in SOURCES[fictitious]}
    for question in read_questions(samples / "questions" / f"{fictitious}.jsonl").questions:
        for anchor in question.anchors:
            source = sources[anchor.doc]
            assert anchor.quote in source.read_text(encoding="utf-8"), question.id
            assert anchor.quote in read(source).text, question.id


@pytest.mark.parametrize("fictitious", FICTITIOUS)
def test_a_quotation_is_a_whole_sentence_item_or_row_so_that_quoting_it_is_possible(samples, read, fictitious):
    for path in SOURCES[fictitious]:
        document = read(samples / path)
        sentences = {document.text[start:end] for passage in document.passages for start, end in passage.sentences}
        for question in read_questions(samples / "questions" / f"{fictitious}.jsonl").questions:
            assert {anchor.quote for anchor in question.anchors if anchor.doc == (samples / path).stem} <= sentences, question.id


def test_every_signal_of_the_register_keeps_its_columns(samples, read):
    signals = [passage for passage in read(samples / "fictief" / "signalen-register.csv").passages if passage.kind == "signal"]
    assert len(signals) == 30
    assert all(set(signal.metadata) == {"date", "source", "theme", "target_group", "region"} for signal in signals)


def test_both_languages_and_the_unanswerable_have_their_share(questions):
    languages = Counter(question.language for question in questions)
    assert languages["nl"] == languages["en"]
    unanswerable = sum(not question.answerable for question in questions)
    assert 0.4 <= unanswerable / len(questions) <= 0.6


def test_a_pair_asks_the_same_once_in_each_language(questions):
    pairs = defaultdict(list)
    for question in questions:
        if question.pair:
            pairs[question.pair].append(question)
    for pair, both in pairs.items():
        assert [question.language for question in both] == ["nl", "en"], pair
        assert len({(question.kind, question.answerable, question.must, question.may, bool(question.history)) for question in both}) == 1, pair


def test_a_follow_up_has_a_history_and_no_question_stands_twice(questions):
    assert all(bool(question.history) == (question.kind == "followup") for question in questions)
    assert max(Counter((question.question, question.history) for question in questions).values()) == 1


def test_a_required_quotation_is_asked_for_once_and_never_also_optional(questions):
    for question in questions:
        required = [anchor for alternatives in question.must for anchor in alternatives]
        assert len(required) == len(set(required)), question.id
        assert all(len(alternatives) > 1 for alternatives in question.must if set(alternatives) & set(question.may)), question.id


def test_every_fictitious_source_says_so_in_its_first_line(samples):
    listed = {path for name in FICTITIOUS for path in SOURCES[name]}
    assert {f"fictief/{path.name}" for path in (samples / "fictief").iterdir()} == listed
    for path in sorted(listed):
        assert (samples / path).read_text(encoding="utf-8").removeprefix("# ").startswith("FICTIEF"), path
