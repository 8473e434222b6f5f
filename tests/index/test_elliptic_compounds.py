"""Compounds that share their last part are written out, and nothing else is."""

import pytest

from index.elliptic_compounds import completed_compounds, with_whole_compounds
from index.word_space import sentence_words


@pytest.mark.parametrize(("sentence", "compounds"), [
    ("Er is aandacht voor bron- en transitielanden.", ["bronlanden"]), ("Het opsporings- of vervolgingsonderzoek loopt.", ["opsporingsonderzoek"]),
    ("Land- en tuinbouw zijn gevoelig.", ["Landbouw"]), ("De wet- en regelgeving is oud.", []), ("Een niet-vervolging en een haven.", []),
    ("Dit speelt bij arbeids- en seksuele uitbuiting.", ["arbeidsuitbuiting"]), ("Zowel bij arbeids- als bij criminele uitbuiting.", ["arbeidsuitbuiting"]),
    ("De opvang van dag- en hele weken.", []),
    ("De schuit - en haar lading - bleef.", []), ("", [])])
def test_the_shared_part_is_given_back(sentence, compounds):
    assert completed_compounds(sentence) == compounds
    assert set(compounds) <= set(sentence_words(sentence))


def test_a_text_is_written_out_in_place():
    assert with_whole_compounds("Welke zorg- en dienstverlening is er?") == "Welke zorgverlening en dienstverlening is er?"
