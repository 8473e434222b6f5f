"""The term bridge: concepts that people edit, general words both ways, and what is refused."""

import re
from importlib import resources

import pytest

from assistant.bridge import bundled_bridge, label_key, read_bridge
from ingest.errors import UsageError

HEAD = ':boot a skos:Concept ;\n    skos:prefLabel "boot"@nl, "boat"@en ;\n    skos:altLabel "schip"@nl .\n'


def test_a_label_gives_the_others_of_its_concept_and_what_is_narrower():
    bridge = read_bridge(HEAD + ':sloep a skos:Concept ;\n    skos:prefLabel "sloep"@nl ;\n    skos:broader :boot .\n', name="t.ttl")
    found = {one.label: (one.weight, one.relation) for one in bridge.alternatives(("boats",), "en")}
    assert found["schip"] == (1.0, "synonym") and found["sloep"] == (0.7, "narrower")
    assert not bridge.alternatives(("trein",), "nl")


def test_general_words_go_both_ways_and_in_any_form():
    bridge = bundled_bridge()
    assert bridge.alternatives(("lorries",), "en")[0].label == "vrachtwagen"
    assert "lorry" in {one.label for one in bridge.alternatives(("vrachtwagens",), "nl")}
    assert bridge.knows(("waiting", "lists"), "en") and bridge.alternatives(("waiting", "lists"), "en")[0].label == "wachtlijst"


def test_a_concept_goes_before_general_words():
    bridge = read_bridge(':loon a skos:Concept ;\n    skos:prefLabel "gage"@nl, "wage"@en .\n', name="t.ttl",
                         translations=bundled_bridge().translations)
    assert {one.label for one in bridge.alternatives(("wage",), "en")} == {"gage"}


def test_the_list_of_everyday_words_is_well_formed():
    lines = resources.files("assistant").joinpath("everyday_words.txt").read_text(encoding="utf-8").splitlines()[1:]
    assert len(lines) > 1500
    assert not [line for line in lines if not re.fullmatch(r"[^\W\d_][\w' -]*: [^\W\d_][\w' -]*(?:, [^\W\d_][\w' -]*)*", line)]
    words = [line.partition(": ")[0] for line in lines]
    assert words == sorted(set(words))


@pytest.mark.parametrize(("text", "reason"), [
    (":boot skos:Concept", "line 1: expected a concept"), (HEAD.replace("altLabel", "note"), "line 3"),
    (HEAD + ":sloep a skos:Concept ;\n    skos:broader :schuit .\n", ":schuit, which has no labels")])
def test_what_is_no_bridge_is_refused_with_its_line(text, reason):
    with pytest.raises(UsageError, match=re.escape(reason)):
        read_bridge(text, name="t.ttl")


def test_a_key_has_the_whole_words_only():
    assert len(label_key("arbeidsuitbuiting in havens", "nl")) == 3
