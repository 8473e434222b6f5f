"""The footnotes and endnotes of a Word file, each counted by itself, with the mark that stands in the text."""

from collections import Counter

from docx.document import Document as WordFile
from lxml import etree

from ingest.word_styles import Element, W, value

_KINDS = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class WordNotes:
    """The notes of a file, given out by reference in the order of the text."""

    def __init__(self, file: WordFile) -> None:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        self._stories: dict[tuple[str, str | None], Element] = {}
        self._cited = Counter[str]()
        for relation in file.part.rels.values():
            kind = relation.reltype.rpartition("/")[2].removesuffix("s")
            if kind in _KINDS.values() and not relation.is_external:
                root = etree.fromstring(relation.target_part.blob, parser)
                self._stories |= {(kind, note.get(f"{W}id")): note for note in root}
        places = [file.settings.element, *file.element.body.iter(f"{W}sectPr")]
        said = {kind: [found for one in places if (found := value(one, f"{kind}Pr/numFmt"))] for kind in _KINDS.values()}
        self._formats = {"footnote": "decimal", "endnote": "lowerRoman"} | {kind: found[-1] for kind, found in said.items() if found}

    def cite(self, reference: Element) -> tuple[str, Element] | None:
        """Return the mark and the note that a reference in the text stands for, None where the file has no such note."""
        kind = _KINDS[reference.tag]
        self._cited[kind] += 1
        note = self._stories.get((kind, reference.get(f"{W}id")))
        return None if note is None else (_mark(self._cited[kind], self._formats[kind]), note)


def is_reference(element: Element) -> bool:
    """Say whether an element stands for the mark of a note."""
    return element.tag in _KINDS


def _mark(number: int, style: str) -> str:
    """Return a number as Word writes it in some format."""
    if style.endswith("Roman"):
        text = ""
        for worth, letters in _ROMAN:
            text += number // worth * letters
            number %= worth
    elif style.endswith("Letter"):  # a to z, then aa to zz
        text = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    else:
        return str(number)
    return text.upper() if style.startswith("upper") else text
