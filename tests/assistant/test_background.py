"""Scores against the background: the moments of a cohort, and that the shipped background tells related from unrelated."""

import numpy as np
import pytest
from scipy import linalg, stats

from assistant.background import Cohort, Meaning, bundled_background, own_background
from tests.real import real_encoder


def test_moments_are_those_of_the_distribution():
    random = np.random.default_rng(7)
    factor = random.normal(size=(8, 2)).astype(np.float32)
    mean = random.normal(size=8).astype(np.float32)
    drawn = mean + random.normal(size=(200_000, 2)) @ factor.T + 0.5 * random.normal(size=(200_000, 8))
    vector = random.normal(size=8).astype(np.float32)
    vector /= np.linalg.norm(vector)
    of_cohort = Cohort(mean, factor, 0.25).moments(vector[None])
    scores = drawn @ vector
    assert abs(of_cohort[0][0] - scores.mean()) < 0.02
    assert abs(of_cohort[1][0] / scores.std() - 1) < 0.02


def test_one_vector_gives_one_mean_and_deviation():
    mean, deviation = Cohort(np.ones(4, np.float32), np.zeros((4, 1), np.float32), 0.04).moments(np.ones(4, np.float32))
    assert float(mean) == 4.0
    assert abs(float(deviation) - 0.2) < 1e-6


def test_a_related_sentence_lies_far_above_the_background_and_an_unrelated_one_does_not():
    encoder, background = real_encoder(), bundled_background()
    question = encoder.queries(["Hoe wordt melk tot kaas gemaakt?"])[0]
    sentences = encoder.passages(["Van melk wordt kaas gemaakt door stremsel toe te voegen.", "De trein naar Zwolle vertrekt van spoor vier."])
    mean, deviation = background.sentences["nl"].moments(question)
    related, unrelated = (sentences @ question - mean) / deviation
    assert related > 3 > unrelated


def test_both_languages_have_both_cohorts():
    background = bundled_background()
    assert set(background.sentences) == set(background.questions) == {"nl", "en"}


def test_meaning_is_the_log_likelihood_ratio_of_one_meaning_against_two():
    random = np.random.default_rng(3)
    within, between = np.diag(random.uniform(0.5, 2, 4)), np.diag(random.uniform(0.1, 3, 4))
    variance, axes = linalg.eigh(between, within)
    question_mean, passage_mean = random.normal(size=(2, 4))
    means = {"nl": passage_mean.astype(np.float32), "en": (passage_mean + 1).astype(np.float32)}
    model = Meaning(axes.astype(np.float32), variance.astype(np.float32), {"nl": question_mean.astype(np.float32)}, means)
    question, vectors = random.normal(size=4).astype(np.float32), random.normal(size=(3, 4)).astype(np.float32)
    english = np.array([False, True, False])
    total, zero = within + between, np.zeros(4)
    together = stats.multivariate_normal(np.zeros(8), np.block([[total, between], [between, total]]))
    apart = stats.multivariate_normal(zero, total)
    expected = [together.logpdf(np.r_[question - question_mean, centred]) - apart.logpdf(question - question_mean) - apart.logpdf(centred)
                for centred in (vectors - np.stack([means["en" if one else "nl"] for one in english]))]
    found = model.scores(question, "nl", vectors @ model.direction(question, "nl"), model.passage_terms(vectors, english), english)
    assert np.allclose(found, expected, atol=1e-4)


def test_the_shipped_model_of_meaning_finds_the_translation_among_others():
    encoder, meaning = real_encoder(), bundled_background().meaning
    questions = encoder.queries(["Which vegetables grow in the shade?", "When does the swimming pool open?", "Who repairs broken bicycles?"])
    sentences = encoder.passages(["Het zwembad gaat om zeven uur open.", "Kapotte fietsen worden door vrijwilligers gemaakt.",
                                  "In de schaduw groeien spinazie en sla."])
    dutch = np.zeros(3, dtype=bool)
    terms = meaning.passage_terms(sentences, dutch)
    scores = [meaning.scores(question, "en", sentences @ meaning.direction(question, "en"), terms, dutch) for question in questions]
    assert [int(np.argmax(one)) for one in scores] == [2, 0, 1]


def test_another_model_gets_a_background_of_the_sentences_of_its_index():
    vectors = np.random.default_rng(2).normal(size=(50, 16)).astype(np.float32)
    background, question = own_background(vectors), vectors[7]
    mean, deviation = background.sentences["nl"].moments(question)
    assert np.isclose(float(mean), float((vectors @ question).mean()), rtol=1e-4)
    assert np.isclose(float(deviation), float((vectors @ question).std(ddof=1)), rtol=1e-3)
    scores = background.relevance.scores(question, vectors @ background.relevance.direction(question), background.relevance.lengths(vectors))
    assert int(np.argmax(scores)) == 7


@pytest.mark.parametrize("texts", [0, 1, 2])
def test_a_background_of_hardly_any_sentences_is_finite(texts):
    vectors = np.random.default_rng(2).normal(size=(texts, 80)).astype(np.float32)
    background, question = own_background(vectors), np.ones(80, dtype=np.float32)
    dutch = np.zeros(texts, dtype=bool)
    products = vectors @ background.meaning.direction(question, "nl")
    meaning = background.meaning.scores(question, "nl", products, background.meaning.passage_terms(vectors, dutch), dutch)
    assert np.isfinite([*background.sentences["nl"].moments(question), *meaning]).all()
