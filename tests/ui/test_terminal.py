import io

from rich.console import Console

from assistant.answers import Reading
from tests.ui.fakes import answer, evidence, place
from ui.terminal import show_answer


def _shown(one):
    out = io.StringIO()
    show_answer(one, Console(file=out, highlight=False, width=100))
    return out.getvalue()


def test_the_quotation_stands_with_its_place_and_the_scope():
    shown = _shown(answer())
    assert "“Water stijgt.”" in shown
    assert "Nota water · 1 > 1.2 Kust · p. 14" in shown
    assert "24 van 24 passages" in shown


def test_labels_follow_the_language_of_the_answer():
    shown = _shown(answer(language="en", near=(evidence(2, "Wind."),)))
    assert "Just below the line" in shown and "24 of 24 passages" in shown


def test_what_comes_near_is_headed_by_whether_there_is_an_answer():
    near = (evidence(2, "Wind."),)
    assert "\nNet niet geciteerd (1):\n" in _shown(answer(near=near))
    unanswered = _shown(answer(status="related", evidence=(), near=near))
    assert "\nPassages die het dichtst in de buurt komen (1):\n" in unanswered and "Net niet" not in unanswered


def test_the_filters_that_were_applied_are_named_as_on_the_page():
    understood = Reading("Wat stijgt?", "list", filters=(("section", "1.2 Kust"), ("kind", "signal")))
    assert "\nAlleen onder: 1.2 Kust · Alleen signalen\n" in _shown(answer(understood=understood))
    assert "\nOnly under: 1.2 Kust · Only signals\n" in _shown(answer(understood=understood, language="en"))
    assert "Alleen" not in _shown(answer())


def test_the_other_places_of_a_quotation_are_named():
    assert "ook in Nota water" in _shown(answer(evidence=(evidence(also=(place(doc="b.txt"),)),)))


def test_source_text_is_neither_markup_nor_terminal_control():
    shown = _shown(answer(evidence=(evidence(quote="[red]rood[/red] \x1b[31m\x07 [/]"),)))
    assert "[red]rood[/red]" in shown and "\x1b" not in shown and "\x07" not in shown
