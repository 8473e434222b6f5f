"""An answer or a conversation in a file: Word with real footnotes, Markdown, quotations as CSV; says when it was made, from what, with which settings."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from assistant.answers import Answer, Language, Place
from ingest.documents import Document
from ui.cards import context_line, reference
from ui.strings import PAGE, scope_line

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so is run by a spreadsheet (OWASP, CSV injection)
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~&]|^[-+#=]|(?<=^\d)[.)]|(?<=^\d\d)[.)])")  # what could be taken for its marks
_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"  # of WordprocessingML
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_MARKS = ((-1, "separator"), (0, "continuationSeparator"))  # the lines that Word draws above footnotes; both must be there
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what no XML 1.0 file may hold
_LANGUAGES: dict[Language, str] = {"nl": "nl-NL", "en": "en-GB"}


@dataclass(frozen=True, slots=True)
class Export:
    """What goes into a file: the answers in the order asked, the documents that they quote, and when it was made."""

    answers: tuple[Answer, ...]
    documents: Mapping[str, Document]
    made: datetime

    @classmethod
    def of(cls, answers: Sequence[Answer], documents: Mapping[str, Document]) -> "Export":
        """Take these answers now."""
        return cls(tuple(answers), documents, datetime.now().astimezone())

    @property
    def language(self) -> Language:
        """The language of the first answer, in which the export is written."""
        return self.answers[0].language if self.answers else "nl"

    def origin(self) -> str:
        """Return when this was made, from which index and with which settings."""
        say = PAGE[self.language]
        hashes = [", ".join(dict.fromkeys(hashed for hashed in found if hashed)) or "-"
                  for found in ([one.index_hash for one in self.answers], [one.settings_hash for one in self.answers])]
        return say["origin"].format(at=self.made.strftime("%Y-%m-%d %H:%M %Z").strip(), index=hashes[0], settings=hashes[1])

    def footnote(self, place: Place) -> str:
        """Return where a quotation stands: title, page, section, publisher, date, file and offsets."""
        document = self.documents.get(place.doc)
        about = [document.metadata.get(key, "") for key in ("publisher", "published")] if document else []
        file = PAGE[self.language]["file_place"].format(doc=place.doc, start=place.start, end=place.end)
        return "; ".join([reference(place, self.language), *(one for one in about if one), file]) + "."


def markdown_of(export: Export) -> str:
    """Return the answers as Markdown, with a footnote for each quotation."""
    say = PAGE[export.language]
    lines, notes = [f"# {say['title']}", ""], list[str]()
    for answer in export.answers:
        lines += [f"## {_plain(answer.question)}", "", f"**{PAGE[answer.language][answer.status]}.** {_plain(answer.text)}", ""]
        for one in answer.evidence:
            number = len(notes) + 1
            also = "".join(f" {say['also']}: {export.footnote(place)}" for place in one.also)
            notes.append(f"[^{number}]: {_plain(export.footnote(one.place) + also)}")
            above = context_line(one, answer.language)
            lines += [*([_plain(above), ""] if above else []), f"> {_plain(one.quote)}[^{number}]", ""]
        lines += [scope_line(answer), ""]
    return "\n".join([*lines, *notes, "", f"*{_plain(export.origin())}*", ""])


def csv_of(export: Export) -> str:
    """Return the quotations as CSV with a byte order mark, for spreadsheets; no cell is taken for a formula."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";")
    writer.writerow(["question", "status", "n", "context", "quote", "title", "section", "page", "doc", "doc_sha256", "start", "end", "publisher",
                     "published", "made", "index", "settings"])
    for answer in export.answers:
        rows = [(one, place, context) for one in answer.evidence  # under what the other places stand is not known
                for place, context in ((one.place, one.context), *((other, "") for other in one.also))]
        for one, place, context in rows:
            document = export.documents.get(place.doc)
            about = document.metadata if document else {}
            writer.writerow([_cell(value) for value in (
                answer.question, answer.status, one.n, context, one.quote, place.title, place.section, place.page if place.page is not None else "",
                place.doc, place.doc_sha256, place.start, place.end, about.get("publisher", ""), about.get("published", ""),
                export.made.isoformat(timespec="seconds"), answer.index_hash, answer.settings_hash)])
        if not rows:
            writer.writerow([_cell(value) for value in (answer.question, answer.status, *[""] * 12, export.made.isoformat(timespec="seconds"),
                                                        answer.index_hash, answer.settings_hash)])
    return "\ufeff" + file.getvalue()


def _cell(value: object) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _plain(text: str) -> str:
    """Return text that Markdown shows as it is, on one line."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


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
        if above := context_line(one, answer.language):
            document.add_paragraph(_clean(above), style="Context")
        quotation = document.add_paragraph(_clean(f"“{one.quote}”"), style="Quote")
        also = "".join(f" {say['also']}: {export.footnote(place)}" for place in one.also)
        notes.add(quotation, _clean(export.footnote(one.place) + also))
    document.add_paragraph(scope_line(answer))


def _look(document: Any, export: Export) -> None:  # noqa: ANN401
    """Set type, colour, language and properties; the template is American and blue."""
    from docx.enum.style import WD_STYLE_TYPE
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
    context = document.styles.add_style("Context", WD_STYLE_TYPE.PARAGRAPH)
    context.base_style, context.font.size, context.font.color.rgb = normal, Pt(10), RGBColor(0x4B, 0x55, 0x63)
    context.paragraph_format.left_indent, context.paragraph_format.space_after = Cm(1), Pt(2)
    context.paragraph_format.keep_with_next = True
    document.core_properties.author, document.core_properties.comments = "Bronvast", ""
    document.core_properties.title = _clean(export.answers[0].question)[:200] if export.answers else "Bronvast"
    document.core_properties.created = document.core_properties.modified = export.made.replace(tzinfo=None)


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)
