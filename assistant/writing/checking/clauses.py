"""A text as clauses of phrases: what a word is bound to, as far as closed classes of words show it, without a parser.

"In 2021 steeg het waterpeil bij Lobith" has one clause with the phrases (in: 2021 steeg), (waterpeil), (bij: Lobith).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from assistant.answers import Language
from assistant.writing.checking.markers import marked_off
from index.number_words import number_of
from index.words import WORD, fold, whole_stems

_TOKEN = re.compile(rf"¦\w+|{WORD.pattern}|‖")
# "Jan de Vries", "Raad van State": one name, of which no part stands alone.
_NAME_LINKS = re.compile(r"(?<=[^\W\d_a-z]\w)(\w*) ((?:van|de|der|den|ter|ten|von|du|di)(?: (?:de|der|den))?) (?=[^\W\d_a-z])")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[^\W_a-z])|;\s+")
_LEANS = re.compile(r"(?:tenzij|mits|behalve|maar|echter|dit|dat|deze|die|daar\w*|hier\w*|zij|ze|hij|het|er|unless|except|but|however|this|that|these|those|they|it|he|she)\b", re.I)
_BORDER = re.compile(r"([,:()–—]|\s-\s|(?<!\w)(?:dat|that|waarbij|terwijl|while|whereas|maar|doch|echter|but|however|om(?= .{1,60} te ))(?!\w))", re.I)
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
_INFINITIVE = re.compile(r"..en$|(?:g|st|sl)aan$|(?:d|vold)oen$|zien$")
_ENGLISH_ALONE = frozenset(("to", "for", "by", "on", "at", "about"))
AGENT = frozenset(("door", "by"))


@dataclass(frozen=True, slots=True)
class Phrase:
    """Content words that stand together, under the preposition before them ("" for none); `fixed` of them follow an article."""

    under: str
    words: tuple[str, ...]
    fixed: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """Phrases in order, the groups of the qualifying words among them, sorted, one for each word, and its auxiliary verbs.

    `sentence` numbers the sentence that it is of; `written` has each word of content as it stands in the text; `introduces` says that it
    stands before a colon, so that what follows holds only under it ("Not allowed is: ..."); `told`, that it follows "that", so that what is denied
    beside it may be this clause.
    """

    phrases: tuple[Phrase, ...]
    marks: tuple[str, ...]
    auxiliaries: frozenset[str]
    sentence: int = 0
    written: tuple[str, ...] = ()
    introduces: bool = False
    told: bool = False

    @property
    def groups(self) -> frozenset[str]:
        """The groups of its qualifying words."""
        return frozenset(self.marks)

    @property
    def words(self) -> tuple[str, ...]:
        """All words of content."""
        return tuple(word for phrase in self.phrases for word in phrase.words)


def clauses_of(text: str, language: Language) -> tuple[Clause, ...]:
    """Return the clauses of a text; a sentence that leans on the one before it counts as one with it."""
    found: list[Clause] = []
    number = 0
    plain = re.sub(r"(?<=\d),(?=\d)", ".", re.sub(r"\s*%", " procent" if language == "nl" else " percent", text))
    for place, sentence in enumerate(_SENTENCE.split(plain)):
        number += place > 0 and not _LEANS.match(sentence)
        *before, rest = re.split(r":(?!\d)", sentence)
        found += [replace(one, introduces=True) for part in before for one in _parts(part, language, number)]
        found += _parts(rest, language, number)
    return tuple(one for one in found if one.phrases or one.marks)


def is_verb(word: str, language: Language) -> bool:
    """Say whether a word may be a verb: in Dutch by its dictionary form, in English only as far as that rules it out."""
    if language == "en":
        return word.islower()
    from simplemma import lemmatize

    lemma = lemmatize(word.casefold(), lang="nl")
    return bool(_INFINITIVE.search(lemma))


def _parts(sentence: str, language: Language, number: int) -> Iterator[Clause]:
    border = ""
    for place, bordered in enumerate(_BORDER.split(sentence)):
        if place % 2:
            border = bordered.casefold()
            continue
        for opened in _OPENER.split(bordered):
            for part in _conjoined(opened, language):
                yield replace(_clause(part, language, number), told=border in ("dat", "that"))


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
    cutter = _Cutter(language)
    for token in _TOKEN.findall(plain):
        cutter.take(token)
    cutter.close()
    return Clause(tuple(cutter.phrases), tuple(sorted(groups.elements())), frozenset(cutter.auxiliaries), sentence, tuple(cutter.written))


@dataclass
class _Cutter:
    """Takes the words of a clause one by one and keeps the phrases that they make."""

    language: Language
    phrases: list[Phrase] = field(default_factory=list)
    auxiliaries: set[str] = field(default_factory=set)
    written: list[str] = field(default_factory=list)
    _under: str = ""
    _fixed: bool = False
    _words: list[str] = field(default_factory=list)

    def take(self, token: str) -> None:
        folded = token if token.isupper() and len(token) > 1 else fold(token)  # "OM" is no "om"
        if token[0] == "¦" or self._governs(folded):
            self._begin(token if token[0] == "¦" else folded)
        elif folded in _ARTICLES and folded not in AUXILIARIES:
            if self._words:
                self._begin("")
            self._fixed = True
        elif token == "‖" or folded in AUXILIARIES or folded in EMPTY:
            self.auxiliaries |= {folded} & AUXILIARIES
            if self._words or token != "‖":  # "aan alle voorwaarden" stays under "aan"
                self._begin("")
        else:
            if self._words and not self._fixed and number_of(token) and not self._words[-1][:1].isdigit():
                self._begin("")  # "in Eindhoven | twee koeriers"
            self._words.append(key(token, self.language))
            self.written.append(token)

    def close(self) -> None:
        """End the phrase; a preposition that governs nothing is part of its verb, as in "loopt voor op"."""
        if not self._words and self._under in _PREPOSITIONS and not self._fixed:
            self._words.append(self._under)
            self.written.append(self._under)
        if self._words:
            self.phrases.append(Phrase(self._under, tuple(self._words), self._fixed))

    def _begin(self, under: str) -> None:
        self.close()
        self._under, self._fixed, self._words = under, False, []

    def _governs(self, folded: str) -> bool:
        return folded in _PREPOSITIONS and not (self.language == "nl" and folded in _ENGLISH_ALONE)


def key(word: str, language: Language) -> str:
    """Return what two forms of one word have in common: the number, or the stem of the dictionary form."""
    number = number_of(word)
    if number:
        return number
    if word[:1].isdigit():
        return re.sub(r"(?<=\d)\.(?=\d{3}(?!\d))", "", word)
    return "-".join(whole_stems(word, language))
