from dataclasses import replace

from eval.measures.faithfulness import guard_violations, is_placed, is_verbatim, place_share, verbatim_share
from ingest.documents import Document, Passage
from tests.eval.measures.cases import DOCUMENT, A, B, evidence

DOCUMENTS = {"nota.txt": DOCUMENT}


def test_a_slice_is_verbatim_and_one_letter_less_at_its_place_is_not():
    assert is_verbatim(evidence(A), DOCUMENTS)
    assert not is_verbatim(replace(evidence(A), quote="Het water stijgt,"), DOCUMENTS)
    assert not is_verbatim(evidence(A, start=1), DOCUMENTS)


def test_a_word_cut_in_two_is_not_verbatim():
    assert not is_verbatim(evidence("water stijg"), DOCUMENTS)
    assert not is_verbatim(evidence("ater stijgt"), DOCUMENTS)
    assert is_verbatim(evidence("water stijgt"), DOCUMENTS)


def test_offsets_outside_the_text_and_an_unknown_document_are_not_verbatim():
    assert not is_verbatim(evidence(A, start=9_000, end=9_017), DOCUMENTS)
    assert not is_verbatim(evidence(A, doc="anders.txt"), DOCUMENTS)


def test_a_place_names_file_section_and_page():
    assert is_placed(evidence(A).place, DOCUMENTS)
    for wrong in ({"page": 4}, {"section": "2 Land"}, {"doc_sha256": "cd" * 32}, {"doc": "anders.txt"}):
        assert not is_placed(evidence(A, **wrong).place, DOCUMENTS)


def test_shares_count_quotations_and_every_further_place():
    broken = replace(evidence(B), also=(evidence(B, page=9).place,))
    assert place_share([evidence(A), broken], DOCUMENTS) == 0.5
    assert verbatim_share([evidence(A), evidence("ater stijgt")], DOCUMENTS) == 0.5
    assert verbatim_share([], DOCUMENTS) == 1.0


def test_a_quotation_without_the_sentence_that_takes_it_back_is_a_violation():
    text = "De opvang is open. Dit geldt niet voor minderjarigen."
    spans = ((0, 18), (19, len(text)))
    passage = Passage("p0", "nota.txt", "ab" * 32, "Nota", "1", None, "sentences", 0, len(text), text, sentences=spans)
    documents = {"nota.txt": Document("nota.txt", "ab" * 32, "Nota", text, passages=(passage,))}
    cut = replace(evidence(A, start=0, end=18), quote=text[:18])
    assert guard_violations([cut], documents) == 1
    assert guard_violations([replace(cut, quote=text, place=replace(cut.place, end=len(text)))], documents) == 0


def test_what_runs_on_after_a_list_is_whole_without_the_introduction_and_its_last_item_is_not():
    text = "Geen recht bestaat als:\n\nde haven dicht is. De schipper meldt zich elke maand."
    item, later = text.index("de haven"), text.index("De schipper")
    passage = Passage("p0", "nota.txt", "ab" * 32, "Nota", "1", None, "item", item, len(text), text[item:], context=text[:23], context_span=(0, 23),
                      sentences=((item, later - 1), (later, len(text))))
    documents = {"nota.txt": Document("nota.txt", "ab" * 32, "Nota", text, passages=(passage,))}
    cut = replace(evidence(A, start=later, end=len(text)), quote=text[later:])
    assert guard_violations([cut], documents) == 0
    assert guard_violations([replace(cut, quote=text[item:later - 1], place=replace(cut.place, start=item, end=later - 1))], documents) == 1
