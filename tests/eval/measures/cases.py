"""A small text with quotations of it, for tests of the measures."""

from assistant.answers import Evidence, Place
from eval.anchors import Texts
from eval.measures.quotations import Quoted, Required
from eval.questions import Anchor
from ingest.documents import Document, Passage

A, B, C, D = "Het water stijgt.", "De dijk is vier meter hoog.", "De officier beslist.", "Niemand woont er."
TEXT = f"{A} {B} {C} {D}"
SHA = "ab" * 32


def passage(text: str, number: int) -> Passage:
    start = TEXT.index(text)
    return Passage(f"p{number}", "nota.txt", SHA, "Nota", "1 Kust", 3, "sentences", start, start + len(text), text)


DOCUMENT = Document("nota.txt", SHA, "Nota", TEXT, passages=tuple(passage(text, number) for number, text in enumerate((A, B, C, D))))
TEXTS = Texts([DOCUMENT])


def required(*groups: object, may: tuple[str, ...] = ()) -> Required:
    """Each group is a quotation, or a tuple of alternatives."""
    sets = tuple(tuple(TEXTS.fit(Anchor(quote)) for quote in ((group,) if isinstance(group, str) else group)) for group in groups)
    return Required(sets, tuple(TEXTS.fit(Anchor(quote)) for quote in may))


def evidence(quote: str, score: float = 0.9, **changes: object) -> Evidence:
    start = TEXT.index(quote)
    values = {"doc": "nota.txt", "doc_sha256": SHA, "title": "Nota", "section": "1 Kust", "page": 3, "start": start, "end": start + len(quote)}
    return Evidence(1, quote, Place(**{**values, **changes}), score, "p0")


def quoted(*quotes: str) -> list[Quoted]:
    """The quotations with falling scores."""
    return [Quoted.of(evidence(quote, 0.9 - 0.1 * place)) for place, quote in enumerate(quotes)]
