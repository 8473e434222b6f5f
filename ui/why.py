"""Says in plain words why a sentence was quoted, from the terms of the question that it meets."""

import re
from html import escape

from assistant.answers import Language
from ui.strings import PAGE

_TERM = re.compile(r"(?P<term>.+?): (?P<share>\d{1,3})%(?:, |$)")
_WHOLLY = 95  # percent from which the word itself stands there; what only comes near it has a smaller share


def why_html(why: str, language: Language) -> str:
    """Return the reason folded away; empty where none is known."""
    if not why:
        return ""
    say = PAGE[language]
    sentences = "".join(f"<p><bdi>{escape(one)}</bdi></p>" for one in why_words(why, language))
    return f'<details class="why"><summary>{say["why"]}</summary>{sentences}</details>'


def why_words(why: str, language: Language) -> tuple[str, ...]:
    """Return one or two sentences: the words that come back, and those that only come near."""
    say = PAGE[language]
    found = [(match["term"], int(match["share"])) for match in _TERM.finditer(why)]
    if not found:
        return (say["why_text"].format(why=why),)
    groups = (("why_whole", [term for term, share in found if share >= _WHOLLY]), ("why_near", [term for term, share in found if share < _WHOLLY]))
    return tuple(say[name].format(terms=_listed(terms, language)) for name, terms in groups if terms)


def _listed(terms: list[str], language: Language) -> str:
    quoted = [f"‘{term}’" for term in terms]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} {PAGE[language]['and']} {quoted[-1]}"
