"""Real footnotes for python-docx, which has none: the footnotes part of the package, written by hand (ECMA-376, 17.11)."""

from typing import Any
from xml.sax.saxutils import escape

_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_MARKS = ((-1, "separator"), (0, "continuationSeparator"))  # the lines that Word draws above footnotes; both must be there


class Footnotes:
    """Collects the footnotes of one document and writes them when all are known."""

    def __init__(self, document: Any) -> None:  # noqa: ANN401  (python-docx has no types)
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import Pt

        self._document, self._texts = document, list[str]()
        text = document.styles.add_style("Footnote Text", WD_STYLE_TYPE.PARAGRAPH)
        text.font.name, text.font.size = "Calibri", Pt(9)
        text.paragraph_format.space_after = Pt(2)
        document.styles.add_style("Footnote Reference", WD_STYLE_TYPE.CHARACTER).font.superscript = True

    def add(self, paragraph: Any, text: str) -> None:  # noqa: ANN401
        """Put a reference behind the last run of a paragraph, to a footnote of this text."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        self._texts.append(text)
        run = paragraph.add_run(style="Footnote Reference")
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(len(self._texts)))
        run._r.append(reference)

    def write(self) -> None:
        """Add the part with all footnotes to the package."""
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        style = self._document.styles["Footnote Text"].style_id, self._document.styles["Footnote Reference"].style_id
        marks = "".join(f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>' for number, kind in _MARKS)
        notes = "".join(_note(number, text, *style) for number, text in enumerate(self._texts, 1))
        content = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:footnotes xmlns:w="{_SPACE}">{marks}{notes}</w:footnotes>'
        part = Part(PackURI("/word/footnotes.xml"), _CONTENT, content.encode("utf-8"), self._document.part.package)
        self._document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _note(number: int, text: str, paragraph: str, reference: str) -> str:
    return (f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="{paragraph}"/></w:pPr><w:r><w:rPr><w:rStyle w:val="{reference}"/></w:rPr>'
            f'<w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {escape(text)}</w:t></w:r></w:p></w:footnote>')
