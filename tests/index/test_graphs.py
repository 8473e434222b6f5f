"""A graph in text runs with the weights that are given beside it, on as many threads as the environment allows."""

import numpy as np
import pytest

from index import graphs
from index.graphs import graph_session

_SUM = '<ir_version: 10, opset_import: ["" : 20]> sum (float[N, D] left) => (float[N, D] both) { both = Add (left, right) }'


def test_a_graph_runs_with_its_weights():
    right = np.arange(6, dtype=np.float32).reshape(3, 2).T  # not in order in memory
    session = graph_session(_SUM, {"right": right})
    assert np.array_equal(session.run(["both"], {"left": np.ones((2, 3), np.float32)})[0], right + 1)


@pytest.mark.parametrize(("named", "threads"), [("1", 1), ("3,1", 3), ("", 0), ("many", 0)])
def test_the_environment_says_how_many_threads(monkeypatch, named, threads):
    monkeypatch.setenv("OMP_NUM_THREADS", named)
    assert graphs._threads() == threads
    session = graph_session(_SUM, {"right": np.zeros((1, 1), np.float32)})
    assert session.get_session_options().intra_op_num_threads == threads
