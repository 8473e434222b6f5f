"""The two decisions: whether sentences are evidence, and whether the sources answer at all."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from assistant.bridge import bundled_bridge
from assistant.candidates import FEATURES
from assistant.decision import DecisionModel, Judge, Logistic, load_model, question_features, quoted, read_features
from assistant.settings import AssistantSettings
from assistant.term_match import counts_something_else
from assistant.understanding import understand
from benchmarks.fit_evidence import coefficients, mean_of
from tests.assistant.test_questions import SOURCES


def test_no_candidates_are_no_answer():
    decision = load_model().decide([])
    assert decision.answers == 0.0 and decision.evidence == ()


@given(st.lists(st.lists(st.floats(-8, 8), min_size=len(FEATURES), max_size=len(FEATURES)), min_size=1, max_size=20), st.randoms())
def test_the_order_of_the_candidates_changes_nothing(rows, random):
    model = load_model()
    decision = model.decide(rows)
    assert 0 <= decision.answers <= 1 and all(0 <= one <= 1 for one in decision.evidence)
    order = list(range(len(rows)))
    random.shuffle(order)
    shuffled = model.decide([rows[place] for place in order])
    assert np.allclose([decision.evidence[place] for place in order], shuffled.evidence)


def test_a_question_is_judged_by_how_far_its_best_sentence_stands_above_the_others():
    rows = np.arange(5 * len(FEATURES), dtype=float).reshape(5, -1)
    names = ("best", "above_second", "above_others", "equals", *(f"best_{one}" for one in FEATURES), *(f"three_{one}" for one in FEATURES))
    made = dict(zip(names, question_features(np.array([1.0, 4.0, 3.5, 0.0, -2.0]), rows), strict=True))
    assert made["best"] == 4.0 and made["above_second"] == 0.5 and made["above_others"] == 4.0 - (0.0 - 2.0) / 2
    assert made["equals"] == np.log1p(2) and made[f"best_{FEATURES[0]}"] == rows[1, 0]
    assert rows[:3, 0].min() < made[f"three_{FEATURES[0]}"] < rows[:3, 0].max()


def test_what_was_not_read_is_no_more_probable_than_what_was():
    rows = np.random.default_rng(1).normal(size=(12, len(FEATURES))).tolist()
    model = load_model()
    worth = model.most_probable(rows, 5)
    read = model.decide_read(rows, dict(zip(worth, [2.0, -1.0, 0.5, -3.0, 1.0], strict=True)))
    assert len(worth) == 5 and max(p for place, p in enumerate(read.evidence) if place not in worth) <= min(read.evidence[place] for place in worth)
    assert model.worth_reading([], 5) == model.most_probable([], 5) == [] and model.decide_read(rows, {}) == model.decide(rows)


def test_a_signal_is_weighed_beside_the_best_signal_and_a_sentence_beside_the_best_sentence():
    rows = np.zeros((4, len(FEATURES)))
    rows[:2, FEATURES.index("signal")] = 1
    made = read_features(rows, np.array([-1.0, -3.0, 4.0, 1.5]), np.zeros(4))
    assert made[:, -2].tolist() == [0.0, -2.0, 0.0, -2.5] and made[:, -3].tolist() == [-1.0, -3.0, 4.0, 1.5]


def test_two_thirds_as_many_sentences_of_running_text_as_signals_are_read():
    rows, signal = np.random.default_rng(1).normal(size=(12, len(FEATURES))), FEATURES.index("signal")
    model = load_model()
    rows[:, signal] = 1
    assert len(model.most_probable(rows.tolist(), 6)) == 6
    rows[:, signal] = 0
    assert len(model.most_probable(rows.tolist(), 6)) == 4 and model.worth_reading(rows.tolist(), 0) == []


def test_what_is_far_less_probable_than_the_best_is_not_read_and_of_an_english_question_more_is():
    model, better, english = load_model(), FEATURES.index("below_relevance"), FEATURES.index("english")
    rows = np.tile(model.plain.sentences.means, (12, 1))
    rows[:, [FEATURES.index("signal"), FEATURES.index("list"), english]] = 0
    assert len(model.worth_reading(rows.tolist(), 6)) == 4
    rows[:, english] = 1
    assert len(model.worth_reading(rows.tolist(), 6)) == 6
    rows[0, better] += 50 * model.plain.sentences.scales[better]
    assert model.worth_reading(rows.tolist(), 6)[0] == 0 and len(model.worth_reading(rows.tolist(), 6)) == 2
    assert len(model.worth_reading(rows.tolist(), 6, known=(0, 1))) == 6
    rows[:, FEATURES.index("list")] = 1
    assert len(model.worth_reading(rows.tolist(), 6)) == 6


def test_what_the_reader_says_counts():
    rows = np.zeros((3, len(FEATURES))).tolist()
    model = load_model()
    for best in range(3):
        scores = {place: 6.0 if place == best else -6.0 for place in range(3)}
        decision = model.decide_read(rows, scores)
        assert int(np.argmax(decision.evidence)) == best
    assert model.decide_read(rows, dict.fromkeys(range(3), 6.0)).answers > model.decide_read(rows, dict.fromkeys(range(3), -6.0)).answers


def test_a_count_of_something_else_is_seen():
    def other(question, sentence):
        return counts_something_else(understand(question, history=[], vocabulary=SOURCES, bridge=bundled_bridge()), sentence)

    assert other("Hoeveel mannen wachten op een bed?", "De opvang heeft 14 bedden voor vrouwen, niet voor alleenstaande mannen.")
    assert not other("Hoeveel bedden zijn er?", "De opvang heeft 14 bedden voor vrouwen, niet voor alleenstaande mannen.")
    assert not other("Hoeveel bedden zijn er?", "In artikel 12 staat dat er bedden zijn.")
    assert not other("Wie heeft bedden?", "De opvang heeft 14 plaatsen.")


def test_the_lines_are_probabilities():
    settings = AssistantSettings()
    assert 0 < settings.related_line < 1 and 0 < settings.answer_line < 1 and 0 < settings.signal_answer_line < 1
    assert 0 < settings.evidence_line <= settings.signal_line < 1


def test_running_text_gives_few_sentences_but_all_signals_and_lists():
    settings = AssistantSettings()
    equal = [0.9] * 6
    assert quoted(equal, [False] * 6, "fact", settings) == list(range(settings.most_sentences))
    assert quoted(equal, [False] * 6, "list", settings) == quoted(equal, [True] * 6, "fact", settings) == list(range(6))
    assert quoted(equal, [False] * 6, "fact", settings, ["a", "b", "a", "c", "d", "b"]) == [0, 1, 2, 3, 5], "what says the same does not count"
    assert quoted([0.9, 0.2], [False, False], "list", settings) == [0, 1] != quoted([0.9, 0.2], [True, False], "list", settings)
    assert quoted([0.05, 0.04], [True, True], "fact", settings) == [0] and quoted([], [], "fact", settings) == []
    assert quoted([0.9, 0.33], [True, True], "yesno", settings) == [0] != quoted([0.9, 0.33], [True, True], "fact", settings)


def test_the_mean_of_two_models_has_the_mean_of_their_log_odds():
    random = np.random.default_rng(3)

    def regression(count: int) -> Logistic:
        return Logistic(random.normal(size=count), random.normal(size=count), random.uniform(0.5, 2, count), float(random.normal()))

    def model() -> DecisionModel:
        return DecisionModel(Judge(regression(3), regression(10)), Judge(regression(6), regression(16)))

    one, other = model(), model()
    mean = mean_of(one, other)
    for name, count in (("sentences", 3), ("questions", 10)):
        rows = random.normal(size=(4, count))
        mine, theirs, kept = (getattr(each.plain, name).log_odds(rows) for each in (one, other, mean))
        assert np.allclose(kept, (mine + theirs) / 2)
        rows = random.normal(size=(4, count + (3 if name == "sentences" else 6)))
        mine, theirs, kept = (getattr(each.read, name).log_odds(rows) for each in (one, other, mean))
        assert np.allclose(kept, (mine + theirs) / 2)
        assert np.allclose(Logistic.of(coefficients(getattr(mean.read, name))).log_odds(rows), kept, atol=1e-3)
