"""A text as clauses of phrases: what a word is bound to, as far as closed classes of words show it, without a parser.

"In 2021 steeg het waterpeil bij Lobith" has one clause with the phrases (in: 2021 steeg), (waterpeil), (bij: Lobith).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answers import Language
from assistant.writing.markers import marked_off
from assistant.writing.number_words import number_of
from index.words import WORD, fold, whole_stems

_TOKEN = re.compile(rf"¦\w+|{WORD.pattern}|‖")
# "Jan de Vries", "Raad van State": one name, of which no part stands alone.
_NAME_LINKS = re.compile(r"(?<=[^\W\d_a-z]\w)(\w*) ((?:van|de|der|den|ter|ten|von|du|di)(?: (?:de|der|den))?) (?=[^\W\d_a-z])")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[^\W_a-z])|;\s+")
_LEANS = re.compile(r"(?:tenzij|mits|behalve|maar|echter|dit|dat|deze|die|daar\w*|hier\w*|zij|ze|hij|het|er|unless|except|but|however|this|that|these|those|they|it|he|she)\b", re.I)
_BORDER = re.compile(r"[,:()–—]|\s-\s|(?<!\w)(?:dat|that|waarbij|terwijl|while|whereas|maar|doch|echter|but|however|om(?= .{1,60} te ))(?!\w)", re.I)
# Words that open a clause and say how it hangs together; they stand in markers.py too, and stay with the clause that they open.
_OPENER = re.compile(r"(?<!\w)(?=(?:wanneer|als|indien|mits|tenzij|omdat|doordat|nadat|voordat|totdat|hoewel|zodat|want|when|if|unless|because|after|before|although|though)(?!\w))",
                     re.I)
_AND = re.compile(r"(?<!\w)(?:en|and)(?!\w)", re.I)
_ARTICLES = frozenset("de het een deze dit die hun haar zijn ons onze the a an this these those their its his her our".split())
AUXILIARIES = frozenset(("is zijn was waren ben wordt worden werd werden geworden heeft hebben had hadden geweest are were be been being has have having do does did"
                         ).split())
PASSIVES = frozenset("is zijn was waren wordt worden werd werden are were be been being".split())
EMPTY = frozenset(("er daar hier te om en and dat that there zich also ook daarnaast verder bovendien tevens daarbij furthermore moreover additionally"
                    " sprake daarvan hiervan ervan hiervoor who which die to").split())
_PREPOSITIONS = frozenset(("in op bij aan met van naar uit door voor over onder boven binnen buiten tussen tegen tijdens per via rond langs richting"
                           " on at by with of from for about above within outside between against during among near into through below to").split())
AGENT = frozenset(("door", "by"))


@dataclass(frozen=True, slots=True)
class Phrase:
    """Content words that stand together, under the preposition before them ("" for none); `fixed` of them follow an article."""

    under: str
    words: tuple[str, ...]
    fixed: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """Phrases in order, the groups of qualifying words among them, and its auxiliary verbs.

    `sentence` numbers the sentence that it is of; `written` has each word of content as it stands in the text.
    """

    phrases: tuple[Phrase, ...]
    groups: frozenset[str]
    auxiliaries: frozenset[str]
    sentence: int = 0
    written: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """All words of content."""
        return tuple(word for phrase in self.phrases for word in phrase.words)


def clauses_of(text: str, language: Language) -> tuple[Clause, ...]:
    """Return the clauses of a text; a sentence that leans on the one before it counts as one with it."""
    found: list[Clause] = []
    number = 0
    for place, sentence in enumerate(_SENTENCE.split(re.sub(r"\s*%", " procent" if language == "nl" else " percent", text))):
        number += place > 0 and not _LEANS.match(sentence)
        found += [_clause(part, language, number) for part in _parts(sentence, language)]
    return tuple(one for one in found if one.phrases or one.groups)


def is_verb(word: str, language: Language) -> bool:
    """Say whether a word may be a verb: in Dutch by its dictionary form, in English only as far as that rules it out."""
    if language == "en":
        return word.islower()
    from simplemma import lemmatize

    lemma = lemmatize(word.casefold(), lang="nl")
    return lemma.endswith("n") and len(lemma) > 3 and (lemma != word.casefold() or lemma.endswith("en"))


def _parts(sentence: str, language: Language) -> Iterator[str]:
    for bordered in _BORDER.split(sentence):
        for opened in _OPENER.split(bordered):
            yield from _conjoined(opened, language)


def _conjoined(text: str, language: Language) -> Iterator[str]:
    """Split at "en" where both sides have a verb of their own."""
    begin = 0
    for joint in _AND.finditer(text):
        if _has_verb(text[begin:joint.start()], language) and _has_verb(text[joint.end():], language):
            yield text[begin:joint.start()]
            begin = joint.end()
    yield text[begin:]


def _has_verb(text: str, language: Language) -> bool:
    words = WORD.findall(text)
    return any(word.casefold() in AUXILIARIES or (word.endswith("ed") if language == "en" else is_verb(word, language)) for word in words)


def _clause(text: str, language: Language, sentence: int) -> Clause:
    """Cut a clause into phrases at prepositions, articles, auxiliaries and qualifying words."""
    plain, groups = marked_off(_NAME_LINKS.sub(lambda link: f"{link[1]}-{link[2].replace(' ', '-')}-", text), language)
    phrases: list[Phrase] = []
    under, fixed = "", False
    words: list[str] = []
    written: list[str] = []
    auxiliaries: set[str] = set()

    def close() -> None:
        if not words and under in _PREPOSITIONS and not fixed:  # one that governs nothing is part of its verb: "loopt voor op"
            words.append(under)
            written.append(under)
        if words:
            phrases.append(Phrase(under, tuple(words), fixed))
            words.clear()

    for token in _TOKEN.findall(plain):
        folded = token if token.isupper() and len(token) > 1 else fold(token)  # "OM" is no "om"
        if token[0] == "¦":
            close()
            under, fixed = token, False
        elif folded in _PREPOSITIONS and not (language == "nl" and folded in ("to", "for", "by", "on", "at", "about")):
            close()
            under, fixed = folded, False
        elif folded in _ARTICLES and folded not in AUXILIARIES:
            if words:
                close()
                under = ""
            fixed = True
        elif token == "‖" or folded in AUXILIARIES or folded in EMPTY:
            auxiliaries |= {folded} & AUXILIARIES
            if words or token != "‖":  # "aan alle voorwaarden" stays under "aan"
                close()
                under, fixed = "", False
        else:
            words.append(key(token, language))
            written.append(token)
    close()
    return Clause(tuple(phrases), groups, frozenset(auxiliaries), sentence, tuple(written))


def key(word: str, language: Language) -> str:
    """Return what two forms of one word have in common: the number, or the stem of the dictionary form."""
    number = number_of(word)
    if number:
        return number
    if word[:1].isdigit():
        return re.sub(r"(?<=\d)[.,](?=\d{3}(?!\d))", "", word).replace(",", ".")
    return whole_stems(word, language)[0]
