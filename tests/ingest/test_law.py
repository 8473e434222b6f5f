"""Real legal texts: the same passages from every format, and quotations that are single sentences."""

import json
import re
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from benchmarks.office_pages import converted, office
from ingest.documents import Document
from ingest.reading import ReadingSettings, read_document


def read(path: Path) -> Document:
    return read_document(path, doc=path.name, settings=ReadingSettings())


def bare(text: str) -> str:
    return re.sub(r"[\s*]+", " ", text).strip(" .;")


def test_laws_as_html_give_the_passages_and_sections_of_markdown(shared_data: Path, tmp_path: Path) -> None:
    for path in sorted((shared_data / "law").glob("*.md")):
        page = tmp_path / f"{path.stem}.html"
        body = MarkdownIt("commonmark").enable("table").render(path.read_text("utf-8"))
        page.write_text(f"<meta charset=utf-8>{body}", "utf-8")
        law, same = read(path), read(page)
        assert [one.text for one in law.passages] == [one.text for one in same.passages]
        assert [one.path for one in law.sections] == [one.path for one in same.sections]
        assert all(len(one.text.split()) <= 120 for one in law.passages if len(one.sentences) > 1 and one.kind == "sentences")


def test_the_gold_quotations_of_law_questions_lie_inside_one_sentence(shared_data: Path) -> None:
    laws = {path.stem: read(path) for path in (shared_data / "law").glob("*.md")}
    sentences = {name: {bare(law.text[start:end]) for one in law.passages for start, end in one.sentences}
                 for name, law in laws.items()}
    lines = (shared_data / "questions" / "law.jsonl").read_text("utf-8").splitlines()
    gold = [(place["doc"], bare(place["quote"])) for line in lines for place in json.loads(line)["gold"]]
    assert gold and all(any(quote in sentence for sentence in sentences[doc]) for doc, quote in gold)
    assert sum(quote in sentences[doc] for doc, quote in gold) >= 0.8 * len(gold)


@pytest.mark.skipif(office() is None, reason="needs LibreOffice (soffice) on the path")
def test_laws_as_pdf_give_the_passages_and_sections_of_markdown(shared_data: Path, tmp_path: Path) -> None:
    paths = [path for path in sorted((shared_data / "law").glob("*.md")) if path.stat().st_size < 200_000]  # the longest takes half a minute
    pages = [tmp_path / f"{path.stem}.html" for path in paths]
    for path, page in zip(paths, pages, strict=True):
        page.write_text(f"<meta charset=utf-8>{MarkdownIt('commonmark').enable('table').render(path.read_text('utf-8'))}", "utf-8")
    converted(pages, tmp_path, read_as="HTML (StarWriter)")
    for path, page in zip(paths, pages, strict=True):
        law, same = read(path), read(page.with_suffix(".pdf"))
        texts, found = [one.text for one in law.passages], [one.text for one in same.passages]
        equal = [text for block in SequenceMatcher(None, texts, found, autojunk=False).get_matching_blocks() for text in texts[block.a:block.a + block.size]]
        assert sum(map(len, equal)) >= 0.99 * sum(map(len, texts)), path.name
        sections = {section.path for section in law.sections}
        assert len(sections & {section.path for section in same.sections}) >= 0.98 * len(sections), path.name
