"""The Word export, opened by LibreOffice: a footnote on the page for each quotation, to document, section and page."""

import re
import shutil
import subprocess

import pypdfium2
import pytest

from tests.ui.fakes import answer, document, evidence
from ui.export import Export, word_of

QUOTES = ("Water stijgt.", "Het peil <b>daalt</b> & zakt.", "De dijk houdt.")


def test_every_footnote_is_on_the_page_of_its_quotation(tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("needs LibreOffice: apt-get install libreoffice-writer")
    two = [answer(f"Vraag {n}?", evidence=tuple(evidence(k, quote) for k, quote in enumerate(QUOTES, 1))) for n in (1, 2)]
    (tmp_path / "a.docx").write_bytes(word_of(Export.of(two, {"nota.txt": document("nota.txt", "x", publisher="Rijk", published="2024-05-01")})))
    subprocess.run([office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path),
                    str(tmp_path / "a.docx")], check=True, capture_output=True, timeout=120)
    pdf = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    text = re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_bounded() for page in pdf))
    assert [text.count(quote) for quote in QUOTES] == [2, 2, 2]
    notes = re.findall(r"(\d) Nota water, p\. 14, 1 > 1\.2 Kust; Rijk; 2024-05-01; nota\.txt, tekens \d+–\d+\.", text)
    assert re.search(r"Gemaakt met Bronvast op \d{4}-\d\d-\d\d \d\d:\d\d .*, uit index .+, met instellingen .+\.", text)
    assert notes == [str(n) for n in range(1, 7)]
