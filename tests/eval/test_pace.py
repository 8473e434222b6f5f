import pytest

from eval.pace import Pace


def test_what_is_left_goes_by_the_questions_asked_since_the_start_and_not_by_an_earlier_run():
    now = [0.0]
    pace = Pace(lambda: now[0])
    now[0] += 60  # the first question loads things
    for done in range(5_001, 5_011):
        now[0] += 2
        assert pace.left(done, 10_000) is None, "too few to say"
    now[0] += 2
    assert pace.left(5_011, 10_000) == pytest.approx(2 * 4_989)
    now[0] += 2
    assert pace.left(10_000, 10_000) == 0
