"""What the page offers before a question: filters and examples, made of what this user may see."""

import json
from dataclasses import replace
from types import SimpleNamespace

from assistant.answers import Answer
from tests.ui.fakes import answer, document
from ui.accounts import Account
from ui.desk import narrowed
from ui.suggestions import Examples, choices, one_of_each, recognised, written


def _documents():
    one = document("a.md", "Vluchtelingen uit Hongarije komen aan.", audience="partners, intern")
    two = document("b.md", "Gemeenten delen informatie.")
    dated = replace(two.passages[0], section="2 Delen", metadata={
        "theme": "opvang", "date": "2023-04-01", "region": "Drenthe", "source": "GGD", "target_group": "jongeren"})
    return [one, replace(two, passages=(dated,))]


def test_documents_sections_themes_dates_and_audiences_can_be_chosen_in_words():
    shown = dict(choices(_documents(), "nl"))
    assert {"Onder: 1 Deel", "Onder: 2 Delen", "Thema: opvang", "Gebied: Drenthe", "Bron: GGD", "Doelgroep: jongeren", "Voor: intern", "Voor: partners",
            "Vanaf: 2023", "Tot en met: 2023"} <= set(shown)
    assert json.loads(shown["Vanaf: 2023"]) == ["since", "2023-01-01"] and json.loads(shown["Tot en met: 2023"]) == ["until", "2023-12-31"]
    assert [label for label in dict(choices(_documents(), "en")) if label.startswith("Theme: ")] == ["Theme: opvang"]


def test_a_single_document_is_no_choice_and_no_documents_give_none():
    assert not [label for label, _ in choices(_documents()[:1], "nl") if label.startswith("Document")]
    assert choices([], "nl") == []


def test_of_two_filters_of_one_kind_the_last_counts_and_what_is_no_filter_is_left_out():
    chosen = [written(("document", "a.md")), "verzonnen", '["password", "x"]', "[1, 2]", written(("section", "1")), written(("document", "b.md"))]
    assert one_of_each(chosen) == (("document", "b.md"), ("section", "1")) and one_of_each(None) == ()


def test_a_typed_filter_is_the_choice_that_is_called_so_or_the_only_one_that_begins_so_or_holds_it():
    def named(*chosen: str) -> tuple[list[str], list[str]]:
        return recognised(chosen, _documents(), "nl")

    delen, opvang = written(("section", "2 Delen")), written(("theme", "opvang"))
    assert named("onder: 2 DELEN", opvang, "thema: op") == ([delen, opvang, opvang], [])
    assert named("  2 delen ") == named("Onder: 2") == ([delen], [])
    assert named("Onder: ", "verzonnen", "", '["password", "x"]') == ([], ["Onder: ", "verzonnen", '["password", "x"]']), "several, none, no filter"
    assert recognised(["Under: 2 delen"], _documents(), "en") == ([delen], []) and recognised(None, _documents(), "nl") == ([], [])


class Asked:
    """Answers what the documents that are seen hold; notes what was asked for whom."""

    def __init__(self, documents) -> None:
        self.documents, self.asked = documents, []
        self.index = SimpleNamespace(hash="h", view=self.view)

    def view(self, audiences):
        seen = [one for one in self.documents if audiences is None or not one.metadata.get("audience") or audiences & set(one.metadata["audience"].split(", "))]
        return SimpleNamespace(documents=seen)

    def ask(self, question: str, *, audiences=None, **_: object) -> Answer:
        self.asked.append((question, audiences))
        held = any(word in one.text or word in one.passages[0].section for one in self.view(audiences).documents
                   for word in question.rstrip("?").split()[-1:])
        return answer(question, status="answered" if held else "not_found")


def _examples(role: str, audiences=None) -> tuple[Examples, Asked]:
    assistant, account = Asked(_documents()), Account("pim", role, audiences)
    return Examples(SimpleNamespace(account=lambda name: account, assistant=lambda: assistant)), assistant


def test_only_examples_that_the_sources_answer_are_shown_and_each_is_tried_once():
    examples, assistant = _examples("lezer")
    shown = examples.questions("pim", "nl")
    assert "Wat zeggen de bronnen over Hongarije?" in shown and "Wat staat er onder Delen?" in shown
    assert all(question in [asked for asked, _ in assistant.asked] for question in shown)
    before = len(assistant.asked)
    assert examples.questions("pim", "nl") == shown and len(assistant.asked) == before
    examples.questions("pim", "en")
    assert "What do the sources say about Hungary?" in [asked for asked, _ in assistant.asked]


def test_two_documents_with_the_same_heading_give_one_example():
    assistant = Asked([document("a.md", "Gemeenten delen informatie."), document("b.md", "Vluchtelingen uit Hongarije komen aan.")])
    examples = Examples(SimpleNamespace(account=lambda name: Account("pim", "lezer"), assistant=lambda: assistant))
    assert examples.questions("pim", "nl").count("Wat staat er onder Deel?") == 1


def test_a_partner_gets_examples_of_what_a_partner_may_see_and_no_other():
    examples, assistant = _examples("partner", frozenset({"elders"}))
    assert "Hongarije" not in examples.html("pim", "nl") and examples.questions("pim", "nl") == ("Wat staat er onder Delen?",)
    assert {audiences for _, audiences in assistant.asked} == {frozenset({"elders"})} == {narrowed(Account("pim", "partner", frozenset({"elders"})), None)}


def test_a_heading_that_says_nothing_is_no_example():
    documents = [replace(one, passages=(replace(one.passages[0], section=heading),))
                 for one, heading in zip(_documents(), ("Samenvatting", "1. Inleiding"), strict=True)]
    assistant = Asked(documents)
    examples = Examples(SimpleNamespace(account=lambda name: Account("anna", "lezer"), assistant=lambda: assistant))
    assert not [one for one in examples.questions("anna", "nl") if "Samenvatting" in one or "Inleiding" in one]
