"""Sentences that are quoted with the one before them, for they go on with what it says: its aim, what it means, its reason, or what it announces."""

import re

from assistant.answer_types import asked_for, holds
from assistant.candidates import HARDLY, Ranking
from assistant.corpus import Corpus
from assistant.coverage import SAID
from assistant.guard import leans
from assistant.term_match import stems_of_text
from assistant.understanding import Understood

# A sentence whose subject stands in the one before it, though nothing points there; one that says what that means, and what asks for it.
_ELLIPTIC = re.compile(
    r"^(?:(?:het )?doel|(?:de )?(?:reden|inzet|aanleiding|oorzaak)|(?:the )?(?:aim|purpose|goal|reason|cause))"
    r"(?: (?:hier|daar)van| of this)? (?:is|was)\b", re.I)
_MEANS = re.compile(r"^(?:dit|dat|hiermee|daarmee|this|that|it) (?:betekent|houdt in|wil zeggen|brengt mee|means|implies|entails)\b", re.I)
_ASKS_MEANING = re.compile(r"\b(?:beteken(?:t|en|de|is)|inhoudt?|meant?|means|imply|implies|entails?)\b|\bhoudt\b.*\bin\W*$", re.I)
_ARTICLE = re.compile(r"^het (?!(?:is|was|zijn|gaat|betreft|kan|moet|wordt|werd|heeft|dient|mag|zal|zou|geldt)\b)", re.I)  # "het kabinet", no pronoun
_THEREFORE = re.compile(  # its reason stands before it
    r"^(?:(?:mede |juist )?daarom|daardoor|hierdoor|hierom|vandaar(?! uit)|als gevolg (?:hiervan|daarvan)|om (?:die|deze) redenen?"
    r"|(?:dit|dat) (?:heeft|had|leidde) ertoe"
    r"|therefore|hence|for (?:this|that|these) reasons?|that is why|as a result|(?:this|that) (?:has )?led to)\b", re.I)
_NEW = 0.1  # the share of a question that the next sentence must add; set on four sets

# "Over drie onderwerpen is nog niets besloten. Het eerste is ..., Het tweede betreft ..."
_SEVERAL = re.compile(
    r"\b(?:twee|drie|vier|vijf|zes|zeven|acht|negen|tien|[2-9]|10|enkele|verschillende|meerdere|een aantal"
    r"|two|three|four|five|six|seven|eight|nine|ten|several|some|a number of)\b", re.I)
_IS = r"(?: \w+)? (?:is|was|zijn|betreft|gaat|luidt|houdt|heeft|vormt|concerns|relates|has)\b"
_FIRST = re.compile(rf"^(?:(?:het|de|the) (?:eerste|first){_IS}|(?:ten eerste|in de eerste plaats|allereerst|firstly|in the first place)\b)", re.I)
_NEXT = re.compile(
    rf"^(?:(?:het|de|een|the|a) (?:tweede|derde|vierde|vijfde|zesde|laatste|second|third|fourth|fifth|sixth|last){_IS}"
    r"|(?:ten (?:tweede|derde|vierde|slotte)|in de (?:tweede|derde|laatste) plaats|tot slot|secondly|thirdly|lastly|finally)\b)", re.I)
_MOST_BETWEEN = 2  # sentences on one thing of such a series; chosen, not measured


def along(row: int, ranking: Ranking, understood: Understood, corpus: Corpus) -> tuple[int, int]:
    """Return the first and the last sentence that are quoted with this one, by their rows: the row itself where none is.

    Of a list also what it announces, in a list of items or in sentences that count ("Het eerste is ..."). Where a reason is asked for that it does
    not give, the sentence that does: the one before "Daarom ...", else the next.
    """
    if understood.kind == "list" and (last := _announced(row, corpus)) > row:
        return row, last
    if asked_for(understood.text) == "reason":
        if _THEREFORE.match(corpus.view.sentence_text(row)):
            return _reason_before(row, corpus), row
        if _reason_behind(row, corpus):
            return row, row + 1
    return row, row + 1 if _answers_on(row, ranking, understood, corpus) else row


def _reason_before(row: int, corpus: Corpus) -> int:
    """Return the first of the one or two sentences before "Daarom ..." that say why, two where the last leans on the other; the row itself where none is."""
    view, first = corpus.view, row
    while first and first > row - 2 and view.sentence_owner[first - 1] == view.sentence_owner[row] and view.quotable(first - 1):
        first -= 1
        if not leans(view.sentence_text(first)):
            break
    return first


def _reason_behind(row: int, corpus: Corpus) -> bool:
    """Say whether a sentence gives no reason and the next one may: it gives one, or goes on about the same, and draws no conclusion."""
    text, behind = corpus.view.sentence_text(row), next((corpus.view.sentence_text(after) for after in _following(row, corpus)), "")
    if not behind or holds(text, "reason") or _THEREFORE.match(behind) or behind.rstrip().endswith(":"):
        return False
    return holds(behind, "reason") or leans(behind) or bool(stems_of_text(text) & stems_of_text(behind))


def _announced(row: int, corpus: Corpus) -> int:
    """Return the last sentence of what a sentence announces; its own row where it announces nothing."""
    following = _following(row, corpus)
    if not following or corpus.view.sentence_text(row).rstrip().endswith(":"):
        return row
    texts = [corpus.view.sentence_text(one) for one in following]
    if texts[0].rstrip().endswith(":") and leans(texts[0]):
        return following[0]
    if not (_SEVERAL.search(corpus.view.sentence_text(row)) and _FIRST.match(texts[0])):
        return row
    counted = [place for place, text in enumerate(texts) if _NEXT.match(text)]
    last = 0
    for place in counted:
        if place - last > _MOST_BETWEEN + 1:
            break
        last = place
    return following[last] if last else row


def _following(row: int, corpus: Corpus) -> list[int]:
    """Return the sentences after this one in its passage, as far as they may be quoted."""
    view, found = corpus.view, list[int]()
    if view.passages[int(view.sentence_owner[row])].kind in ("signal", "row"):
        return found
    for after in range(row + 1, len(view.sentence_owner)):
        if view.sentence_owner[after] != view.sentence_owner[row] or not view.quotable(after):
            break
        found.append(after)
    return found


def _answers_on(row: int, ranking: Ranking, understood: Understood, corpus: Corpus) -> bool:
    """Say whether the next sentence leans on this one and says what of the question this one leaves out: "Doel is ...", "Dat betekent dat ..."."""
    sentence = next((corpus.view.sentence_text(after) for after in _following(row, corpus)), "")
    if not sentence or sentence.rstrip().endswith(":"):
        return False
    if _MEANS.match(sentence) and _ASKS_MEANING.search(understood.text):
        return True
    coverage = ranking.coverage
    here, there = coverage.own[:, row], coverage.own[:, row + 1]
    new = (there >= SAID) & (here < HARDLY) & (coverage.weights >= _NEW)
    return bool(new.any()) and (leans(sentence) and not _ARTICLE.match(sentence) or _ELLIPTIC.match(sentence) is not None)
