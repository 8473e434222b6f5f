"""Each term of a question is embedded once, and its vector is the one that the model makes."""

from itertools import islice

import numpy as np
import pytest

from assistant import term_vectors
from assistant.term_vectors import TermVectors, term_vectors_of
from tests.index.small import FakeEncoder


class _Telling(FakeEncoder):
    """Remembers what it was asked to embed."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[list[str]] = []

    def queries(self, texts):
        self.asked.append(list(texts))
        return super().queries(texts)


def test_only_the_question_and_new_terms_are_embedded():
    encoder = _Telling()
    vectors = TermVectors(encoder)
    vectors.beside("Wie helpt kinderen?", ["helpt", "kinderen"])
    vectors.beside("Wie helpt kinderen en ouders?", ["helpt", "kinderen", "ouders"])
    vectors.beside("Wie helpt kinderen?", ["kinderen", "kinderen"])
    assert encoder.asked == [["Wie helpt kinderen?", "helpt", "kinderen"], ["Wie helpt kinderen en ouders?", "ouders"], ["Wie helpt kinderen?"]]


@pytest.mark.parametrize("terms", [[], ["kinderen"], ["ouders", "kinderen", "ouders", "helpt"]])
def test_the_vectors_are_those_of_the_model_in_the_order_of_the_terms(terms):
    encoder = FakeEncoder()
    vectors = TermVectors(encoder)
    vectors.beside("Een eerdere vraag", ["helpt", "kinderen"])
    assert np.array_equal(vectors.beside("Wie helpt?", terms), encoder.queries(["Wie helpt?", *terms]))


def test_memory_is_bounded_and_a_full_one_still_answers(monkeypatch):
    monkeypatch.setattr(term_vectors, "_KEPT", 3)
    encoder = _Telling()
    vectors = TermVectors(encoder)
    names = iter("abcdefghij")
    while two := list(islice(names, 2)):
        assert np.array_equal(vectors.beside("Vraag", two), FakeEncoder().queries(["Vraag", *two]))
    encoder.asked.clear()
    assert np.array_equal(vectors.beside("Vraag", ["i", "a", "j", "b"]), FakeEncoder().queries(["Vraag", "i", "a", "j", "b"]))
    assert encoder.asked == [["Vraag", "a", "b"]]


def test_another_index_with_the_same_model_shares_what_is_kept():
    one, other = FakeEncoder(), FakeEncoder()
    assert term_vectors_of(one) is term_vectors_of(one)
    assert term_vectors_of(other) is not term_vectors_of(one)


def test_the_bundled_model_makes_the_same_vector_whatever_stands_beside():
    from index.bundled import bundled_encoder

    encoder = bundled_encoder()
    terms = ["Oekraïense", "vluchtelingen", "Openbaar Ministerie"]
    alone = np.concatenate([encoder.queries([term]) for term in terms])
    assert np.array_equal(TermVectors(encoder).beside("Welke trends raken Oekraïense vluchtelingen?", terms)[1:], alone)
