"""An answer or a conversation as Markdown, and its quotations as CSV; says when it was made, from what, with which settings."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.answers import Answer, Language, Place
from ingest.documents import Document
from ui.cards import reference, scope_line
from ui.strings import PAGE

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so is run by a spreadsheet (OWASP, CSV injection)
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~&]|^[-+#=]|(?<=^\d)[.)]|(?<=^\d\d)[.)])")  # what could be taken for its marks


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
            lines += [f"> {_plain(one.quote)}[^{number}]", ""]
        lines += [scope_line(answer), ""]
    return "\n".join([*lines, *notes, "", f"*{_plain(export.origin())}*", ""])


def csv_of(export: Export) -> str:
    """Return the quotations as CSV with a byte order mark, for spreadsheets; no cell is taken for a formula."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";")
    writer.writerow(["question", "status", "n", "quote", "title", "section", "page", "doc", "doc_sha256", "start", "end", "publisher",
                     "published", "made", "index", "settings"])
    for answer in export.answers:
        rows = [(one, place) for one in answer.evidence for place in (one.place, *one.also)]
        for one, place in rows:
            document = export.documents.get(place.doc)
            about = document.metadata if document else {}
            writer.writerow([_cell(value) for value in (
                answer.question, answer.status, one.n, one.quote, place.title, place.section, place.page if place.page is not None else "",
                place.doc, place.doc_sha256, place.start, place.end, about.get("publisher", ""), about.get("published", ""),
                export.made.isoformat(timespec="seconds"), answer.index_hash, answer.settings_hash)])
        if not rows:
            writer.writerow([_cell(value) for value in (answer.question, answer.status, *[""] * 11, export.made.isoformat(timespec="seconds"),
                                                        answer.index_hash, answer.settings_hash)])
    return "\ufeff" + file.getvalue()


def _cell(value: object) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _plain(text: str) -> str:
    """Return text that Markdown shows as it is, on one line."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))
