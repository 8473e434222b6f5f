"""The page of the bloemlezing in both of its forms."""

import json
from collections import Counter

from ingest.reading import ReadingSettings, read_document
from ingest.unmix import unmixed


def _gold(samples):
    return [json.loads(line) for line in (samples / "bloemlezing-p14.signals.jsonl").read_text("utf-8").splitlines()]


def test_the_pdf_gives_all_24_signals_in_order_with_section_and_printed_page(samples):
    document = read_document(samples / "bloemlezing-p14.pdf", doc="p14.pdf", settings=ReadingSettings())
    assert [(one.text, one.section, one.page) for one in document.passages] == [(g["text"], g["section"], 14) for g in _gold(samples)]
    assert all(one.boxes and one.kind == "signal" for one in document.passages)


def test_the_mixed_text_gives_most_signals_and_marks_what_is_in_doubt(samples):
    document = read_document(samples / "bloemlezing-p14.txt", doc="p14.txt", settings=ReadingSettings())
    gold = Counter(one["text"] for one in _gold(samples))
    found = Counter(one.text for one in document.passages)
    assert sum((gold & found).values()) >= 22
    assert any(remark.kind == "repaired" for remark in document.remarks)
    assert {one.text for one in document.passages if one.quotable and "Oekraï" in one.text} == {text for text in gold if "Oekraï" in text}


def test_no_word_of_a_mixed_text_is_lost(samples):
    lines = (samples / "bloemlezing-p14.txt").read_text("utf-8").splitlines()
    split = unmixed(lines)
    assert Counter(" ".join(lines).split()) == Counter(word for column in split.columns for line in column.lines for word in line.split())


def test_a_text_that_is_not_mixed_stays_as_it_is():
    lines = ["De gemeente meldt dat het aantal aanvragen in het afgelopen jaar is gestegen, en", "dat de doorlooptijd langer werd.", ""] * 12
    assert unmixed(lines).columns[0].lines == tuple(lines)
