"""Sentence boundaries in legal and policy prose; "¦" marks where a sentence must end."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import sentence_spans

HARD = [
    "Zie art. 5 van de wet. ¦ De minister beslist.",
    "Op grond van artikel 3.48, eerste lid. ¦ De IND beslist binnen vier weken.",
    "Dit volgt uit artikel 8, onder k, Vw. ¦ Het slachtoffer krijgt bedenktijd.",
    "De aanvraag steunt op artikel 4.22 Vb. ¦ De aanvrager betaalt leges.",
    "Zie Kamerstukken II 2023/24, 28 638, nr. 1. ¦ De brief noemt drie signalen.",
    "Dit staat in Stb. 2023, 15 en in Trb. 2006, 99. ¦ Het verdrag geldt nog.",
    "Het besluit d.d. 1 juli 2009 verhoogt de straf. ¦ Daarna daalde het aantal zaken.",
    "Slachtoffers komen o.a. uit Polen, Roemenië e.d. en melden zich zelden.",
    "Het gaat om boeten, dwangsommen e.d. ¦ De IND legt ze op.",
    "Denk bijv. aan Vietnamese jongeren. ¦ Zij werken in nagelstudio's.",
    "De zaak van mr. J. de Vries is gesloten. ¦ Het hof sprak vrij.",
    "Prof. dr. A.B. Jansen onderzocht dit. ¦ Haar rapport verscheen in 2024.",
    "Volgens H. van Dijk stijgt het aantal. ¦ 's Nachts zijn er minder controles.",
    "De boete bedraagt max. 15 jaar of € 1.250.000. ¦ Hoger kan niet.",
    "Dat is het max. ¦ Meer mag niet.",
    "Zie p. 3 e.v. en blz. 12. ¦ Het vervolg staat in hfst. 4.",
    "Het aantal steeg met 3.5 procent in 2023. ¦ 2024 liet een daling zien.",
    "1. De rapporteur wordt ondersteund door een bureau. ¦ 2. Het bureau is onafhankelijk.",
    "Ad b. De vreemdeling toont dit aan. ¦ Ad c. Dit is niet vereist.",
    "De aantekening luidt: ‘Arbeid vrij toegestaan. TWV niet vereist’. ¦ Dit geldt ook voor kinderen.",
    "“Wij zien dit vaker. Het is zorgelijk”, zegt de politie. ¦ Cijfers ontbreken.",
    "Is er sprake van dwang? ¦ Dan volgt aangifte! ¦ Zo niet, dan niet.",
    "Het rapport (zie bijlage 2.) is openbaar. ¦ De bijlage niet.",
    "De meldingen namen toe (zie ook A4/7.3). ¦ De oorzaak is onbekend.",
    "Dit geldt m.b.t. de B8/B9-procedure, i.v.m. de Wet Bibob, t/m 31 dec. 2025. ¦ Daarna niet meer.",
    "Het betreft B.V.'s in de regio Rotterdam c.q. Den Haag. ¦ De Belastingdienst weet dit.",
    "The Party, cf. Art. 5 para. 2, shall act. ¦ It may do so at once.",
    "The answer is no. ¦ The Parties differ, e.g. on visas.",
    "Mrs. Smith of GRETA agreed, i.e. signed. ¦ This was in the U.K. ¦ They left.",
    "Zij werken bij Bakker & Zn. in Zwolle. ¦ Oekraïners zijn kwetsbaar.",
]


@pytest.mark.parametrize("marked", HARD)
def test_sentences_end_where_a_reader_ends_them(marked: str) -> None:
    text = marked.replace("¦ ", "")
    assert [text[start:end] for start, end in sentence_spans(text)] == marked.split(" ¦ ")


def test_pairs_of_sentences_with_abbreviations_and_quotations_are_parted_once() -> None:
    pairs = (Path(__file__).parent / "sentence_pairs.txt").read_text(encoding="utf-8").splitlines()
    assert len(pairs) > 80
    for pair in pairs:
        text = pair.replace("¦ ", "")
        assert [text[start:end] for start, end in sentence_spans(text)] == pair.split(" ¦ ")


@given(st.text(alphabet="ab A.B;:!?*–1)’‘\n (é", max_size=200), st.integers(0, 50))
def test_spans_cover_all_but_white_space_in_order(text: str, start: int) -> None:
    start = min(start, len(text))
    spans = sentence_spans(text, start)
    edges = [start, *(edge for span in spans for edge in span), len(text)]
    assert edges == sorted(edges)
    assert all(not text[left:right].strip() for left, right in zip(edges[::2], edges[1::2], strict=True))
    assert all(text[first:last] == text[first:last].strip() != "" for first, last in spans)


def test_a_sentence_of_half_a_megabyte_takes_no_longer_than_prose() -> None:
    began = time.process_time()
    for text in ("a " * 250_000, "zie art. 5 en nr. 6 " * 25_000, "‘ . A" * 100_000, "; A" * 150_000):
        assert sentence_spans(text)
    assert time.process_time() - began < 10
