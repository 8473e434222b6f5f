"""The vectors of single words: kept beside the index, renewed with it, and never holding words that are gone."""

import numpy as np
import pytest

from index.word_space import open_word_space
from tests.index.small import FakeEncoder


class _Counting(FakeEncoder):
    asked: tuple[str, ...] = ()

    def queries(self, texts):
        self.asked += tuple(texts)
        return super().queries(texts)


def test_a_kept_space_is_read_without_the_model(tmp_path):
    first = open_word_space(tmp_path, ["brug", "kust"], key="k", encoder=FakeEncoder())
    encoder = _Counting()
    again = open_word_space(tmp_path, ["brug", "kust"], key="k", encoder=encoder)
    assert encoder.asked == () and again.words == first.words
    assert again.vectors == pytest.approx(first.vectors, abs=1e-3)


def test_only_new_words_are_embedded_and_words_that_are_gone_leave_the_file(tmp_path):
    open_word_space(tmp_path, ["brug", "zeester"], key="k", encoder=FakeEncoder())
    encoder = _Counting()
    space = open_word_space(tmp_path, ["brug", "kust"], key="l", encoder=encoder)
    assert encoder.asked == ("kust",) and space.words == ("brug", "kust")
    with np.load(tmp_path / "words.npz") as file:
        assert list(file["words"]) == ["brug", "kust"]


def test_another_model_makes_all_words_anew(tmp_path):
    open_word_space(tmp_path, ["brug"], key="k", encoder=FakeEncoder())
    encoder = _Counting("other")
    open_word_space(tmp_path, ["brug"], key="k", encoder=encoder)
    assert "brug" in encoder.asked


def test_a_word_is_nearest_to_itself(tmp_path):
    space = open_word_space(tmp_path, ["brug", "dijk", "kust"], key="k", encoder=FakeEncoder())
    near = space.similarity(["dijk"], language="nl", encoder=FakeEncoder())
    assert near.shape == (1, 3) and near[0].argmax() == 1 and near[0, 1] == pytest.approx(1, abs=1e-2)
    assert space.similarity([], language="nl", encoder=FakeEncoder()).shape == (0, 3)


def test_a_folder_that_cannot_be_written_still_serves(tmp_path):
    space = open_word_space(tmp_path / "none", ["brug"], key="k", encoder=FakeEncoder())
    assert space.words == ("brug",) and not (tmp_path / "none").exists()


def test_no_words_give_an_empty_space(tmp_path):
    space = open_word_space(tmp_path, [], key="k", encoder=FakeEncoder())
    assert space.vectors.shape == (0, 16)
