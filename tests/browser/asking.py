"""What a person does on the page, in one call each."""


def ask(tab, question: str) -> None:
    """Type a question, send it with Enter, and wait for its answer."""
    answered = "count => document.querySelectorAll('#conversation .turn').length > count"
    before = tab.locator("#conversation .turn").count()
    send(tab, question, f"count => ({answered})(count) || document.querySelector('#waiting .turn')", before)
    tab.wait_for_function(f"count => ({answered})(count) && !document.querySelector('#waiting .waiting')", arg=before)


def send(tab, question: str, heard: str, given: object = None) -> None:
    """Type a question and press Enter until the page has `heard` it, a function of the page and what it is given.

    The page takes no question before the one before it has ended, and on a busy machine its answer may stand there a moment earlier.
    """
    tab.fill("#question textarea", question)
    for _ in range(20):
        tab.press("#question textarea", "Enter")
        for _ in range(10):
            tab.wait_for_timeout(100)
            if tab.evaluate(heard, given):
                return
    raise AssertionError(f"the page does not take {question!r}")


def quotes(tab) -> list[str]:
    """The quotations of the last answer, near misses left out."""
    turn = tab.locator("#conversation .turn").last
    return [one.inner_text() for one in turn.locator(".answer > .card blockquote").all()]


def to_english(tab) -> None:
    """Choose English; on a busy machine the choice shows before the page listens to it, so choose again until it does."""
    for _ in range(20):
        tab.get_by_label("English").click()
        tab.wait_for_timeout(500)
        if tab.evaluate("document.documentElement.lang") == "en":
            return
    raise AssertionError("the page stays in Dutch")
