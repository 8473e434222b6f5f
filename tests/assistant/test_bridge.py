"""The term bridge: concepts that people edit, general words both ways, and what is refused."""

import re
from importlib import resources
from time import perf_counter

import pytest

from assistant.bridge import bridge_of, bundled_bridge, label_key, read_bridge
from assistant.function_words import is_content
from assistant.settings import AssistantSettings
from ingest.errors import UsageError

HEAD = ':boot a skos:Concept ;\n    skos:prefLabel "boot"@nl, "boat"@en ;\n    skos:altLabel "schip"@nl .\n'
ASKED_ABOUT = {"melding"}  # a word for asking in "welke meldingen", a subject in "een melding doen"


def test_a_label_gives_the_others_of_its_concept_and_what_is_narrower():
    bridge = read_bridge(HEAD + ':sloep a skos:Concept ;\n    skos:prefLabel "sloep"@nl ;\n    skos:broader :boot .\n', name="t.ttl")
    found = {one.label: (one.weight, one.relation) for one in bridge.alternatives(("boats",), "en")}
    assert found["schip"] == (1.0, "synonym") and found["sloep"] == (0.7, "narrower")
    assert not bridge.alternatives(("trein",), "nl")


def test_general_words_go_both_ways_and_in_any_form():
    bridge = bundled_bridge()
    assert bridge.alternatives(("lorries",), "en")[0].label == "vrachtwagen"
    assert "lorry" in {one.label for one in bridge.alternatives(("vrachtwagens",), "nl")}
    assert bridge.knows(label_key("waiting lists", "en"), "en") and "wachtlijst" in {one.label for one in bridge.alternatives(("waiting", "lists"), "en")}


@pytest.mark.parametrize(("word", "language", "other"), [
    ("werken", "nl", "arbeid"), ("criminal", "en", "strafrechtelijk"), ("signs", "en", "teken"), ("committed", "en", "plegen"),
    ("procurement", "en", "inkoop")])
def test_a_label_takes_no_usual_word_that_shares_its_stem(word, language, other):
    assert other in {one.label for one in bundled_bridge().alternatives((word,), language)}


def test_a_concept_goes_before_general_words():
    bridge = read_bridge(':loon a skos:Concept ;\n    skos:prefLabel "gage"@nl, "wage"@en .\n', name="t.ttl",
                         translations=bundled_bridge().translations)
    assert {one.label for one in bridge.alternatives(("wage",), "en")} == {"gage"}


@pytest.mark.parametrize(("word", "language", "synonym"), [("salaris", "nl", "loon"), ("stijgen", "nl", "toenemen"),
                                                           ("aankomst", "nl", "arriveren"), ("lawyers", "en", "attorney")])
def test_a_word_has_its_synonyms_too_and_less_sure_than_a_label(word, language, synonym):
    found = {one.label: one for one in bundled_bridge().translations[language, label_key(word, language)]}
    assert found[synonym].relation == "synonym" and 0.5 <= found[synonym].weight <= 0.8
    assert "translation" in {one.relation for one in found.values()}


def test_general_words_join_a_concept_without_a_label_in_the_other_language():
    bridge = read_bridge(':loon a skos:Concept ;\n    skos:prefLabel "loon"@nl ;\n    skos:altLabel "gage"@nl .\n', name="t.ttl",
                         translations=bundled_bridge().translations)
    found = [one.label for one in bridge.alternatives(("loon",), "nl")]
    assert found[0] == "gage" and {"salaris", "wage"} <= set(found)


@pytest.mark.parametrize(("name", "least"), [("everyday_words.txt", 4000), ("synonyms.txt", 1000), ("synonyms_en.txt", 600)])
def test_the_lists_of_general_words_are_well_formed(name, least):
    lines = resources.files("assistant").joinpath(name).read_text(encoding="utf-8").splitlines()[1:]
    assert len(lines) > least
    assert not [line for line in lines if not re.fullmatch(r"[^\W\d_][\w' -]*: [^\W\d_][\w' -]*(?:, [^\W\d_][\w' -]*)*", line)]
    words = [line.partition(": ")[0] for line in lines]
    assert words == sorted(set(words))


@pytest.mark.parametrize(("text", "reason"), [
    (":boot skos:Concept", "line 1: expected a concept"), (HEAD.replace("altLabel", "note"), "line 3"),
    (HEAD + ":sloep a skos:Concept ;\n    skos:broader :schuit .\n", ":schuit, which has no labels")])
def test_what_is_no_bridge_is_refused_with_its_line(text, reason):
    with pytest.raises(UsageError, match=re.escape(reason)):
        read_bridge(text, name="t.ttl")


@pytest.mark.parametrize("text", [
    "\ufeff" + HEAD, HEAD.replace("@en ;", "@en ;  # a boat; \"or\" a ship"), HEAD.replace(" ;\n   ", " ;"), HEAD.replace("\n", "\r\n")])
def test_a_file_of_an_administrator_stands_in_the_place_of_the_shipped_one(tmp_path, text):
    (tmp_path / "own.ttl").write_bytes(text.encode())
    own = bridge_of(str(tmp_path / "own.ttl"))
    assert set(own.concepts) == {"boot"} and own.translations == bundled_bridge().translations
    assert [label.text for label in own.concepts["boot"]] == ["boot", "boat", "schip"]


def test_a_mark_of_a_comment_in_a_label_is_part_of_it():
    bridge = read_bridge(HEAD.replace("schip", "schip #1; oud"), name="t.ttl")
    assert [label.text for label in bridge.concepts["boot"]] == ["boot", "boat", "schip #1; oud"]


@pytest.mark.parametrize(("content", "reason"), [
    (HEAD.encode() + b':dok a skos:Concept ;\n    skos:prefLabel "d\xf6k"@nl .\n', "own.ttl, line 5: not UTF-8"),
    (HEAD.replace('"boat"', '"boat').encode(), "own.ttl, line 2: expected"), (None, "own.ttl cannot be read: No such file")])
def test_a_file_of_terms_that_cannot_be_read_is_named(tmp_path, content, reason):
    if content is not None:
        (tmp_path / "own.ttl").write_bytes(content)
    with pytest.raises(UsageError, match=re.escape(reason)):
        bridge_of(str(tmp_path / "own.ttl"))


def test_the_hash_of_the_settings_is_that_of_what_the_file_of_terms_holds(tmp_path):
    for name, text in (("a.ttl", HEAD), ("b.ttl", HEAD), ("c.ttl", HEAD.replace("schip", "schuit"))):
        (tmp_path / name).write_text(text, encoding="utf-8")
    first, same, other = (AssistantSettings(terms=str(tmp_path / name)).hash for name in ("a.ttl", "b.ttl", "c.ttl"))
    assert first == same and len({first, other, AssistantSettings().hash}) == 3


def test_a_key_has_the_whole_words_only():
    assert len(label_key("arbeidsuitbuiting in havens", "nl")) == 3


@pytest.fixture(scope="module")
def shipped():
    return read_bridge(resources.files("assistant").joinpath("terms.ttl").read_text(encoding="utf-8"), name="terms.ttl")


def test_the_shipped_file_opens_each_concept_once_and_is_read_quickly():
    text = resources.files("assistant").joinpath("terms.ttl").read_text(encoding="utf-8")
    started = perf_counter()
    bridge = read_bridge(text, name="terms.ttl")
    print(f"{len(bridge.concepts)} concepts read in {perf_counter() - started:.2f} s")
    opened = re.findall(r"^:([\w-]+) a skos:Concept", text, re.M)
    assert len(opened) == len(set(opened)) and set(opened) == set(bridge.concepts)


def test_each_shipped_concept_has_both_languages(shipped):
    assert not [name for name, labels in shipped.concepts.items() if {label.language for label in labels} != {"nl", "en"}]


def test_shipped_links_name_concepts_and_never_lead_back(shipped):
    assert {other for links in (shipped.broader, shipped.related) for others in links.values() for other in others} <= set(shipped.concepts)

    def above(name: str, path: tuple[str, ...] = ()) -> bool:
        return name in path or any(above(other, (*path, name)) for other in shipped.broader.get(name, ()))

    assert not [name for name in shipped.concepts if above(name)]
    assert not [name for name, others in shipped.related.items() if name in others]


def test_no_shipped_label_names_more_than_two_concepts(shipped):
    assert not {key: names for key, names in shipped.labels.items() if len(names) > 2}


def test_no_shipped_label_of_one_word_is_a_function_word_of_its_language(shipped):
    """Such a label would stand in every second sentence."""
    labels = [label for some in shipped.concepts.values() for label in some if len(label.stems) == 1]
    assert not [label.text for label in labels if not is_content(label.text, label.language) and label.concept not in ASKED_ABOUT]


@pytest.mark.parametrize(("words", "language", "inside"), [
    (("Noord-Brabant",), "nl", "Eindhoven"), (("northern", "provinces"), "en", "Emmen"), (("Aziatische",), "nl", "Nepal"),
    (("Eastern", "Europe"), "en", "Bulgarije")])
def test_a_region_stands_for_what_lies_in_it(words, language, inside):
    found = {one.label: one for one in bundled_bridge().alternatives(words, language)}
    assert found[inside].relation == "narrower" and found[inside].weight < 1


@pytest.mark.parametrize(("words", "language", "name"), [
    (("Drenthe",), "nl", True), (("Leger", "des", "Heils"), "nl", True), (("Salvation", "Army"), "en", True), (("IND",), "nl", True),
    (("Dublin", "claimant"), "en", False), (("mensenhandel",), "nl", False), (("haven",), "nl", False),
    (("leiden",), "nl", False), (("Leiden",), "nl", True), (("Drentse",), "nl", True)])
def test_a_label_with_capitals_is_a_name(words, language, name):
    assert bundled_bridge().names(words, language) is name


def test_the_first_word_is_a_name_only_to_the_letter():
    assert bundled_bridge().names(("Drenthe",), "nl", first=True)
    assert not bundled_bridge().names(("Leidt",), "nl", first=True)


def test_a_word_for_doing_it_again_is_translated_by_its_rest():
    bridge = bundled_bridge()
    assert "herbenoemen" in {one.label for one in bridge.alternatives(("reappointed",), "en")}
    assert "reappoint" in {one.label for one in bridge.alternatives(("herbenoemd",), "nl")}
    assert "heronderzoek" in {one.label for one in bridge.alternatives(("re-examined",), "en")}
    assert not bridge.alternatives(("rezzzzen",), "en")
    assert all(not one.label.startswith("her") for one in bridge.alternatives(("rejected",), "en")), "a word that is known by itself"


def test_what_lies_beneath_a_concept_is_found_at_any_depth():
    bridge = bundled_bridge()
    assert {"horeca", "hotel", "beautysector"} <= bridge.beneath("sector")
    assert "sector" not in bridge.beneath("sector")
    assert bridge.beneath("hotel") == set()


@pytest.mark.parametrize(("word", "language", "kept", "left_out"), [
    ("hospital", "en", "ziekenhuis", "horeca"), ("expected", "en", "verwacht", "zwanger"), ("hospital", "en", "ziekenhuis", "restaurant"),
    ("signed", "en", "ondertekend", "teken"), ("signs", "en", "teken", "ondertekend"),
    ("allowed", "en", "toestaan", "leefgeld"), ("several", "en", "meerdere", "ernstig"), ("kind", "en", "soort", "kind"),
    ("difference", "en", "verschillende", "anders"),
    ("gevallen", "nl", "cases", "vervalst"), ("zaken", "nl", "matter", "pocket"), ("stellen", "nl", "put", "diefstal")])
def test_a_word_is_not_widened_by_another_word_or_sense(word, language, kept, left_out):
    labels = {one.label for one in bundled_bridge().alternatives((word,), language)}
    assert left_out not in labels and kept in labels


def test_a_label_of_the_other_language_names_nothing_where_the_word_has_a_meaning_of_its_own():
    assert not bundled_bridge().match(("kind",), "en") and bundled_bridge().match(("kind",), "nl")
    assert bundled_bridge().match(("arbeidsuitbuiting",), "en")


def test_the_list_of_misleading_words_is_well_formed():
    lines = [line for line in resources.files("assistant").joinpath("misleading_words.txt").read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    terms = [line.partition(": ")[0] for line in lines]
    assert len(lines) > 400 and len(set(terms)) == len(terms)
    assert all(re.fullmatch(r"(?:nl|en) [^:]+: [^,]+(?:, [^,]+)*", line) for line in lines)
