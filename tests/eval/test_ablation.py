import pytest

from assistant.settings import AssistantSettings
from eval.ablation import parse_variations
from ingest.errors import UsageError

SETTINGS = AssistantSettings()


def test_a_grid_has_every_combination_in_order():
    grid = parse_variations(["fusion.lexical=0,0.3", "most_near=1,2"], SETTINGS)
    assert [one.label for one in grid] == ["fusion.lexical=0.0 most_near=1", "fusion.lexical=0.0 most_near=2",
                                           "fusion.lexical=0.3 most_near=1", "fusion.lexical=0.3 most_near=2"]
    assert grid[2].settings.fusion.lexical == 0.3 and grid[2].settings.most_near == 1
    assert grid[2].settings.fusion.dense == SETTINGS.fusion.dense
    assert len({one.settings.hash for one in grid}) == 4


def test_without_variations_there_is_one_run_with_the_settings_as_they_are():
    (only,) = parse_variations([], SETTINGS)
    assert only.label == "" and only.settings == SETTINGS


@pytest.mark.parametrize("given", [["fusion.lexical"], ["fusion.lexical="], ["nothing=1"], ["fusion=1"], ["most_near=1.5"],
                                   ["answer_line=hoog"], ["answer_line=nan"], ["answer_line=0.1", "answer_line=0.2"],
                                   ["answer_line=0.1,2"], ["most_sentences=0"], ["most_near=-1"], ["field_log_odds=-1"],
                                   ["most_near=" + ",".join(map(str, range(65)))]])
def test_a_wrong_variation_is_refused_with_a_reason(given):
    with pytest.raises(UsageError, match="--vary"):
        parse_variations(given, SETTINGS)
