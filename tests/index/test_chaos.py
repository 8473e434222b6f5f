"""A small `benchmarks.chaos`: an ingest and an upload that are killed lose nothing that was acknowledged."""

import random

import pytest

from benchmarks.chaos import Outcome, run_round


@pytest.mark.parametrize("action", ["ingest", "upload"])
def test_what_was_acknowledged_survives_a_kill_and_the_next_ingest_mends_the_rest(tmp_path, action):
    outcome = Outcome()
    run_round("kill", action, tmp_path, random.Random(action), outcome)
    assert outcome.acknowledged >= 15
    assert outcome.answers == 18
    assert (outcome.lost, outcome.wrong, outcome.unequal, outcome.unclear, outcome.not_mended) == (0, 0, 0, 0, 0)
