"""What a person does on the page, in one call each."""


def ask(tab, question: str) -> None:
    """Type a question, send it with Enter, and wait for its answer."""
    before = tab.locator("#conversation .turn").count()
    tab.fill("#question textarea", question)
    tab.press("#question textarea", "Enter")
    tab.wait_for_function("count => document.querySelectorAll('#conversation .turn').length > count && !document.querySelector('#waiting .waiting')",
                          arg=before, timeout=20_000)


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
