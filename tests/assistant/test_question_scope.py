"""To whom a question is put: the regression on its vector, and the line that it raises."""

import numpy as np
import pytest

from assistant.question_scope import Addressees, bundled_addressees, surer, to_itself
from tests.real import real_encoder


def test_the_probabilities_are_those_of_a_multinomial_regression():
    addressees = Addressees(np.array([[1.0, 0.0], [0.0, 2.0]], np.float32), np.array([0.5, -1.0], np.float32))
    odds = np.exp([1.5, 1.0])
    assert np.allclose(addressees.of(np.array([1.0, 1.0], np.float32)), odds / (1 + odds.sum()), atol=1e-6)


@pytest.mark.parametrize(("elsewhere", "line"), [(0.0, 0.4), (0.5, 0.4), (0.75, 0.55), (1.0, 0.7)])
def test_the_line_rises_with_the_doubt_that_a_question_is_put_to_documents(elsewhere, line):
    assert surer(0.4, elsewhere) == pytest.approx(line)


@pytest.mark.parametrize(("elsewhere", "itself"), [((0.5, 0.4), True), ((0.4, 0.5), False), ((0.6, 0.1), False), ((0.9, 0.0), True)])
def test_only_what_is_plainly_put_to_the_assistant_is_to_itself(elsewhere, itself):
    assert to_itself(elsewhere) is itself


def test_what_is_said_to_the_assistant_stands_apart_from_questions_to_documents():
    said = ["Slaap jij eigenlijk ook?", "Tell me your honest opinion about me", "Reken even uit hoeveel 3 dozijn eieren is"]
    asked = ["Wie betaalt de tolk bij het intakegesprek?", "Which municipalities lack shelter for men?", "Hoeveel meldingen deden scholen in 2031?"]
    addressees, encoder = bundled_addressees(), real_encoder()
    assert all(to_itself(addressees.of(one)) for one in encoder.queries(said))
    assert max(sum(addressees.of(one)) for one in encoder.queries(asked)) < 0.5
