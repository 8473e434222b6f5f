"""An answer or a conversation as a Word document: each quotation with a real footnote to document, section and page."""

import re
from io import BytesIO
from typing import Any

from assistant.answers import Answer, Language
from ui.cards import scope_line
from ui.export import Export
from ui.strings import PAGE
from ui.word_footnotes import Footnotes

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what no XML 1.0 file may hold
_LANGUAGES: dict[Language, str] = {"nl": "nl-NL", "en": "en-GB"}


def word_of(export: Export) -> bytes:
    """Return the .docx of the answers, in the order asked."""
    import docx

    document = docx.Document()
    _look(document, export)
    notes = Footnotes(document)
    document.add_heading(PAGE[export.language]["title"], 0)
    for answer in export.answers:
        _write(document, notes, answer, export)
    document.add_paragraph(_clean(export.origin())).runs[0].italic = True
    notes.write()
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _write(document: Any, notes: Footnotes, answer: Answer, export: Export) -> None:  # noqa: ANN401  (python-docx has no types)
    say = PAGE[answer.language]
    document.add_heading(_clean(answer.question), 1)
    sentence = document.add_paragraph()
    sentence.add_run(f"{say[answer.status]}. ").bold = True
    sentence.add_run(_clean(answer.text))
    for one in answer.evidence:
        quotation = document.add_paragraph(_clean(f"“{one.quote}”"), style="Quote")
        also = "".join(f" {say['also']}: {export.footnote(place)}" for place in one.also)
        notes.add(quotation, _clean(export.footnote(one.place) + also))
    document.add_paragraph(scope_line(answer))


def _look(document: Any, export: Export) -> None:  # noqa: ANN401
    """Set type, colour, language and properties; the template is American and blue."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), _LANGUAGES[export.language])
    normal.element.get_or_add_rPr().append(language)
    for name in ("Title", "Heading 1"):
        document.styles[name].font.color.rgb = RGBColor(0x1F, 0x29, 0x37)
        document.styles[name].font.name = "Calibri"
    quote = document.styles["Quote"]
    quote.font.italic, quote.font.color.rgb = False, RGBColor(0, 0, 0)
    quote.paragraph_format.left_indent, quote.paragraph_format.space_after = Cm(1), Pt(6)
    document.core_properties.author, document.core_properties.comments = "Bronvast", ""
    document.core_properties.title = _clean(export.answers[0].question)[:200] if export.answers else "Bronvast"
    document.core_properties.created = document.core_properties.modified = export.made.replace(tzinfo=None)


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)
