"""Makes documents as a word processor does, sets them with LibreOffice, and says what must be read from the PDFs."""

import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks.layout_pages import ROWS, Page, paragraphs, sentences

_SECONDS = 300
_HEAD = '''<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles><style:default-style style:family="paragraph"><style:text-properties style:font-name="{font}" fo:font-family="{font}" fo:font-size="{size}pt"/>
</style:default-style>
<style:style style:name="Standard" style:family="paragraph"><style:paragraph-properties fo:text-align="{align}" fo:margin-bottom="{gap}pt"
 fo:line-height="120%"/>
</style:style>
<style:style style:name="Heading_20_1" style:family="paragraph" style:default-outline-level="1"><style:paragraph-properties fo:margin-top="10pt"
 fo:margin-bottom="6pt"/><style:text-properties fo:font-size="16pt" fo:font-weight="bold"/></style:style>
<style:style style:name="Heading_20_2" style:family="paragraph" style:default-outline-level="2"><style:paragraph-properties fo:margin-top="8pt"
 fo:margin-bottom="4pt"/><style:text-properties fo:font-size="12pt" fo:font-weight="bold"/></style:style>
<style:style style:name="Note" style:family="paragraph"><style:text-properties fo:font-size="8pt"/></style:style>
<style:style style:name="Bold" style:family="paragraph"><style:text-properties fo:font-weight="bold"/></style:style>
</office:styles><office:automatic-styles>
<style:page-layout style:name="L"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2cm"/>
<style:header-style><style:header-footer-properties fo:margin-bottom="0.5cm" fo:min-height="0.6cm"/></style:header-style>
<style:footer-style><style:header-footer-properties fo:margin-top="0.5cm" fo:min-height="0.6cm"/></style:footer-style></style:page-layout>
<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties fo:border="{border}" fo:padding="2pt"/></style:style>
<style:style style:name="Box" style:family="graphic"><style:graphic-properties fo:border="0.5pt solid #000000" fo:padding="6pt"
 style:wrap="none" style:vertical-pos="from-top" style:vertical-rel="paragraph" style:horizontal-pos="center" style:horizontal-rel="paragraph"/></style:style>
<text:list-style style:name="Dots"><text:list-level-style-bullet text:level="1" text:bullet-char="•"><style:list-level-properties
 text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-14pt"
 fo:margin-left="20pt"/></style:list-level-properties></text:list-level-style-bullet></text:list-style>
{sections}</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L">
<style:header><text:p text:style-name="Note">{head}</text:p></style:header>
<style:footer><text:p text:style-name="Note">Voorbeeldrapport, bladzijde <text:page-number/></text:p></style:footer></style:master-page></office:master-styles>
<office:body><office:text>'''
_FOOT = "</office:text></office:body></office:document>"


@dataclass(slots=True)
class _Writing:
    """A document in the making: its body, and what must be read from it."""

    font: str = "Liberation Serif"
    size: float = 10.5
    justified: bool = True
    border: str = "0.5pt solid #000000"
    gap: float = 6.0
    body: list[str] = field(default_factory=list)
    run: list[str] = field(default_factory=list)
    rows: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)

    def paragraph(self, text: Sequence[str], style: str = "Standard") -> None:
        """Add a paragraph of sentences."""
        self.body.append(f'<text:p text:style-name="{style}">{escape(" ".join(text))}</text:p>')
        self.run += text

    def noted(self, text: Sequence[str], note: str) -> None:
        """Add a paragraph with a footnote behind its first sentence."""
        number = len(self.notes) + 1
        mark = (f'<text:note text:note-class="footnote"><text:note-citation>{number}</text:note-citation><text:note-body>'
                f'<text:p text:style-name="Note">{escape(note)}</text:p></text:note-body></text:note>')
        self.body.append(f'<text:p text:style-name="Standard">{escape(text[0])}{mark} {escape(" ".join(text[1:]))}</text:p>')
        self.run += text
        self.notes.append(f"{number} {note}")

    def heading(self, text: str, level: int) -> None:
        """Add a heading."""
        self.body.append(f'<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}">{escape(text)}</text:h>')

    def columns(self, count: int, texts: Sequence[Sequence[str]]) -> None:
        """Add paragraphs in so many columns."""
        self.body.append(f'<text:section text:style-name="S{count}" text:name="section{len(self.body)}">')
        for text in texts:
            self.paragraph(text)
        self.body.append("</text:section>")

    def page(self, pdf: bytes) -> Page:
        """Return the page that LibreOffice made of it."""
        runs = [self.run, self.aside] if self.aside else [self.run]
        return Page(pdf, runs, self.rows, self.notes, absent=["Rapportage voor de raad", "Voorbeeldrapport, bladzijde"])

    def xml(self) -> str:
        """Return the document as flat OpenDocument."""
        sections = "".join(f'<style:style style:name="S{count}" style:family="section"><style:section-properties><style:columns fo:column-count="{count}" '
                           f'fo:column-gap="16pt"/></style:section-properties></style:style>' for count in (2, 3))
        return _HEAD.format(font=self.font, size=self.size, align="justify" if self.justified else "start", border=self.border, gap=self.gap,
                            sections=sections, head="Rapportage voor de raad") + "".join(self.body) + _FOOT


def _columns(count: int, seed: int) -> _Writing:
    made = _Writing(font="Liberation Sans" if seed % 2 else "Liberation Serif", size=9.0 if count == 3 else 10.5)
    made.heading("Signalen van uitbuiting", 1)
    made.columns(count, paragraphs(16, seed=seed * 10))
    made.heading("Werkwijzen over de grens", 1)
    made.columns(count, paragraphs(14, seed=seed * 10 + 1))
    return made


def _table(seed: int, border: str) -> _Writing:
    made = _Writing(border=border)
    made.paragraph(paragraphs(1, seed=seed * 10)[0])
    made.body.append('<table:table table:name="T"><table:table-column table:number-columns-repeated="3"/>')
    for number, row in enumerate(ROWS):
        cells = "".join(f'<table:table-cell table:style-name="Cell"><text:p text:style-name="{"Standard" if number else "Bold"}">{escape(cell)}</text:p>'
                        f"</table:table-cell>" for cell in row)
        made.body.append(f"<table:table-row>{cells}</table:table-row>")
    made.body.append("</table:table>")
    made.rows = [(" | ".join(ROWS[0]), " | ".join(row)) for row in ROWS[1:]]
    for text in paragraphs(3, seed=seed * 10 + 1):
        made.paragraph(text)
    return made


def _notes(seed: int) -> _Writing:
    made = _Writing()
    for text, note in zip(paragraphs(18, seed=seed * 10), sentences(18, seed=seed * 10 + 1), strict=True):
        made.noted(text, note)
    return made


def _aside(seed: int) -> _Writing:
    made = _Writing(justified=False)
    made.aside = sentences(4, seed=seed * 10 + 2)
    before, behind = paragraphs(4, seed=seed * 10), paragraphs(5, seed=seed * 10 + 1)
    for text in before:
        made.paragraph(text)
    boxed = f'<draw:text-box><text:p text:style-name="Standard">{escape(" ".join(made.aside))}</text:p></draw:text-box>'
    made.body.append('<text:p text:style-name="Standard"><draw:frame draw:style-name="Box" draw:name="B" text:anchor-type="paragraph" svg:width="12cm" '
                     f'svg:height="3.4cm">{boxed}</draw:frame></text:p>')
    for text in behind:
        made.paragraph(text)
    return made


def _list(seed: int) -> _Writing:
    made = _Writing(gap=0.0)
    made.heading("Werkwijze", 2)
    made.paragraph([*paragraphs(1, seed=seed * 10)[0], "De volgende punten vragen aandacht:"])
    made.run.remove("De volgende punten vragen aandacht:")
    items = sentences(6, seed=seed * 10 + 1)
    entries = "".join(f'<text:list-item><text:p text:style-name="Standard">{escape(item)}</text:p></text:list-item>' for item in items)
    made.body.append(f'<text:list text:style-name="Dots">{entries}</text:list>')
    made.run += items
    made.paragraph(paragraphs(1, seed=seed * 10 + 2)[0])
    return made


OFFICE_LAYOUTS: Mapping[str, Callable[[int], _Writing]] = {
    "LibreOffice: headings across two justified columns": lambda seed: _columns(2, seed),
    "LibreOffice: headings across three justified columns": lambda seed: _columns(3, seed),
    "LibreOffice: table with rules": lambda seed: _table(seed, "0.5pt solid #000000"),
    "LibreOffice: table without rules": lambda seed: _table(seed, "none"),
    "LibreOffice: footnotes over several pages": _notes,
    "LibreOffice: boxed aside": _aside,
    "LibreOffice: list with bullets": _list,
}


def office() -> str | None:
    """Return where LibreOffice is, or None; it is needed for these pages only."""
    return shutil.which("soffice")


def office_pages(seeds: int, folder: Path) -> dict[str, list[Page]]:
    """Return so many pages of each layout; all are set in one call, with a profile of their own in the folder."""
    written = {(name, seed): make(seed) for name, make in OFFICE_LAYOUTS.items() for seed in range(1, seeds + 1)}
    paths = {key: folder / f"{number}.fodt" for number, key in enumerate(written)}
    for key, made in written.items():
        paths[key].write_text(made.xml(), "utf-8")
    converted(list(paths.values()), folder)
    found: dict[str, list[Page]] = {}
    for (name, seed), path in paths.items():
        found.setdefault(name, []).append(written[name, seed].page(path.with_suffix(".pdf").read_bytes()))
    return found


def converted(paths: Sequence[Path], folder: Path, kind: str = "pdf", *, read_as: str = "") -> None:
    """Convert documents with LibreOffice, each to NAME.kind in the folder, which also holds its profile; `read_as` names its import filter."""
    filters = {"docx": "docx:MS Word 2007 XML", "odt": "odt:writer8", "pdf": "pdf:writer_pdf_Export"}
    call = [office() or "soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", *([f"--infilter={read_as}"] if read_as else []),
            "--convert-to", filters[kind], "--outdir", str(folder), *map(str, paths)]
    subprocess.run(call, check=True, capture_output=True, timeout=_SECONDS)
