import numpy as np
import pytest

from index.products import dots


def test_each_of_a_few_vectors_is_held_against_each_of_many():
    random = np.random.default_rng(4)
    few, many = random.normal(size=(3, 5)).astype(np.float32), random.normal(size=(40, 5)).astype(np.float32)
    found = dots(few, many)
    assert found.dtype == np.float32
    assert np.allclose(found, few @ many.T, atol=1e-5)


@pytest.mark.parametrize(("few", "many"), [(0, 3), (2, 0)])
def test_nothing_against_something_is_nothing(few, many):
    assert dots(np.zeros((few, 4), np.float32), np.zeros((many, 4), np.float32)).shape == (few, many)
