"""Scores against the background: the moments of a cohort, and that the shipped background tells related from unrelated."""

import numpy as np

from assistant.background import Cohort, bundled_background
from index.bundled import bundled_encoder


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
    encoder, background = bundled_encoder(), bundled_background()
    question = encoder.queries(["Hoe wordt melk tot kaas gemaakt?"])[0]
    sentences = encoder.passages(["Van melk wordt kaas gemaakt door stremsel toe te voegen.", "De trein naar Zwolle vertrekt van spoor vier."])
    mean, deviation = background.sentences["nl"].moments(question)
    related, unrelated = (sentences @ question - mean) / deviation
    assert related > 3 > unrelated


def test_both_languages_have_both_cohorts():
    background = bundled_background()
    assert set(background.sentences) == set(background.questions) == {"nl", "en"}
