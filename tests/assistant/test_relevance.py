"""The learned projections: cosines behind them, and what they find with the question encoder."""

import numpy as np

from assistant.relevance import Projection, Relevance, bundled_relevance
from index.question_encoder import QuestionEncoder
from tests.real import real_encoder


def test_the_score_is_the_cosine_behind_the_projections():
    random = np.random.default_rng(5)
    asked, given = (Projection(random.normal(size=(4, 4)).astype(np.float32), random.normal(size=4).astype(np.float32)) for _ in range(2))
    relevance = Relevance(asked, given)
    question, vectors = random.normal(size=4).astype(np.float32), random.normal(size=(9, 4)).astype(np.float32)
    left, right = asked.matrix @ question + asked.shift, vectors @ given.matrix.T + given.shift
    expected = right @ left / np.linalg.norm(left) / np.linalg.norm(right, axis=1)
    assert np.allclose(relevance.scores(question, vectors @ relevance.direction(question), relevance.lengths(vectors)), expected, atol=1e-5)


def test_many_vectors_are_measured_in_parts_as_at_once():
    relevance, vectors = bundled_relevance(), np.random.default_rng(1).normal(size=(8193, 384)).astype(np.float32)
    at_once = np.linalg.norm(vectors @ relevance.passages.matrix.T + relevance.passages.shift, axis=1)
    assert np.allclose(relevance.lengths(vectors), at_once, rtol=1e-4)


def test_a_vector_without_a_direction_scores_nothing_and_raises_nothing():
    centred = Projection(np.eye(2, dtype=np.float32), -np.ones(2, np.float32))
    relevance = Relevance(centred, centred)
    mean = np.ones((1, 2), dtype=np.float32)
    assert relevance.scores(mean[0], mean @ relevance.direction(mean[0]), relevance.lengths(mean)).tolist() == [0.0]


def test_behind_the_shipped_projections_an_answer_stands_apart_from_unrelated_sentences():
    encoder, relevance = real_encoder(), bundled_relevance()
    questions = ["How long may a guest stay on the island?", "Wie betaalt de reparatie van een kapotte fiets?"]
    sentences = encoder.passages([
        "Een bezoeker mag hoogstens veertien dagen op het eiland blijven.", "De verhuurder betaalt het herstel van de fiets.",
        "Spinazie groeit goed in de schaduw.", "Het orkest oefent op donderdagavond."])
    lengths, tuned = relevance.lengths(sentences), QuestionEncoder(encoder)
    for answer, question in enumerate(questions):
        asked, alone = tuned.vector(question), sentences @ encoder.queries([question])[0]
        scores = relevance.scores(asked, sentences @ relevance.direction(asked), lengths)
        unrelated = [0, 1, 2, 3]
        unrelated.remove(answer)
        assert scores[answer] - scores[unrelated].max() > 2 * (alone[answer] - alone[unrelated].max()) > 0
