"""The learned projection: cosines behind it, and what it finds."""

import numpy as np

from assistant.relevance import Relevance, bundled_relevance
from index.bundled import bundled_encoder


def test_the_score_is_the_cosine_behind_the_projection():
    random = np.random.default_rng(5)
    projection, asked, given = random.normal(size=(4, 4)), random.normal(size=4), random.normal(size=4)
    relevance = Relevance(projection.astype(np.float32), asked.astype(np.float32), given.astype(np.float32))
    question, vectors = random.normal(size=4).astype(np.float32), random.normal(size=(9, 4)).astype(np.float32)
    left, right = projection @ question + asked, vectors @ projection.T + given
    expected = right @ left / np.linalg.norm(left) / np.linalg.norm(right, axis=1)
    assert np.allclose(relevance.scores(question, vectors, relevance.lengths(vectors)), expected, atol=1e-5)


def test_many_vectors_are_measured_in_parts_as_at_once():
    relevance, vectors = bundled_relevance(), np.random.default_rng(1).normal(size=(8193, 384)).astype(np.float32)
    at_once = np.linalg.norm(vectors @ relevance.projection.T + relevance.passage, axis=1)
    assert np.allclose(relevance.lengths(vectors), at_once, rtol=1e-4)


def test_a_vector_without_a_direction_scores_nothing_and_raises_nothing():
    relevance = Relevance(np.eye(2, dtype=np.float32), -np.ones(2, np.float32), -np.ones(2, np.float32))
    mean = np.ones((1, 2), dtype=np.float32)
    assert relevance.scores(mean[0], mean, relevance.lengths(mean)).tolist() == [0.0]


def test_behind_the_shipped_projection_an_answer_stands_apart_from_unrelated_sentences():
    encoder, relevance = bundled_encoder(), bundled_relevance()
    questions = encoder.queries(["How long may a guest stay on the island?", "Wie betaalt de reparatie van een kapotte fiets?"])
    sentences = encoder.passages([
        "Een bezoeker mag hoogstens veertien dagen op het eiland blijven.", "De verhuurder betaalt het herstel van de fiets.",
        "Spinazie groeit goed in de schaduw.", "Het orkest oefent op donderdagavond."])
    lengths = relevance.lengths(sentences)
    for answer, question in enumerate(questions):
        scores, alone = relevance.scores(question, sentences, lengths), sentences @ question
        unrelated = [0, 1, 2, 3]
        unrelated.remove(answer)
        assert scores[answer] - scores[unrelated].max() > 2 * (alone[answer] - alone[unrelated].max()) > 0
