"""Words as the index matches them: folded, stemmed in Dutch or English, compounds taken apart, peoples by country, numbers in digits."""

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from index.number_words import number_of
from index.places import territory_stem

if TYPE_CHECKING:
    import snowballstemmer

WORD = re.compile(r"[^\W_]+(?:[’'./&-][^\W_]+)*")
_CODE = re.compile(r"\d|^[A-Z][A-Z0-9/]+$")
_CODE_WITH_WORD = re.compile(r"(?<![^\W_])((?:[A-Za-z]{1,3}\d+)(?:/[A-Za-z]{1,3}\d+)*|\d+[a-z])-(?=[^\W\d_]{3,})")  # "B8/B9-procedure", "G4-gemeenten"
_POSSESSIVE = re.compile(r"['’]s$")
_VOWELS = "aeiou"
_ADVERB = re.compile(r"(?:er|daar|hier|waar)(?:aan|achter|bij|binnen|door|in|langs|mee|na|naar|naast|om|onder|op|over|tegen|toe|tussen|uit|van|voor)")  # never a part
_LINKS = ("", "s", "e", "en", "er", "-")
_SHORTEST_PART = 4
_COMMON_WORDS = 60_000
# Short frequent words that make nonsense of a split ("aan-sprake-lijk"): a part must be a word of its own, not an affix.
_NO_PART = frozenset(["lijk", "baar", "heid", "loos", "ling", "schap", "zaam", "achtig", "gaan", "staan", "doen", "zijn", "hebben", "ging", "hing", "ende", "ring", "ting", "ding", "eren", "eerd", "isch", "iten", "ieel", "iteit", "atie", "aties", "ering", "eringen", "elijk", "sten", "ders", "ters", "eind"])


CAPITAL_NAMES = frozenset(["OM", "WHO"])  # organisations that are function words in small letters; the stem keeps the capitals
# By language, what stemming would make one with a word that means something else: "busy", "allow", "authorise", "sever"; "vak", "stellen", "inhoud".
_OWN_STEM = {
    "en": frozenset(["business", "allowance", "authority", "complicity", "confidant", "directive", "follower", "important", "influencer",
                     "publication", "questioning", "secondment", "several"]),
    "nl": frozenset(["vaker", "stelen", "inhouding", "afgelopen"])}
_AMERICAN = (  # spellings, with the British ones
    (re.compile(r"(?<=[a-z]{3})iz(?=(?:e[ds]?|ers?|ing|ation(?:s|al|ally)?)$)"), "is"),
    (re.compile(r"^(lab|behavi|neighb|hon|col|fav|harb)or(?=(?:s|ed|ing|ers?|able|ably|ful|al|hoods?|ly)?$)"), r"\1our"),
    (re.compile(r"^(cent|theat)er(?=s?$)"), r"\1re"), (re.compile(r"^center(?=(?:ed|ing)$)"), "centr"),
    (re.compile(r"^(def|off)ens(?=es?$)"), r"\1enc"), (re.compile(r"^licenc"), "licens"),
    (re.compile(r"^program(?=s?$)"), "programme"))
_SAID_AS = {"seconded": "secondment", "seconding": "secondment", "importance": "important", "importantly": "important"}  # English forms of those
# Words that are oftener something else: "ten hoogste" (an index has both languages), "in acht nemen", boxes; both are two in passing.
_NO_NUMBER = frozenset(["ten", "both", "beide", "acht", "dozen"])


def fold(word: str) -> str:
    """Return a word in lower case without diacritics, its apostrophes straight."""
    if word.isascii():
        return word.casefold()
    plain = unicodedata.normalize("NFKD", word.casefold().replace("’", "'"))
    return "".join(character for character in plain if not unicodedata.combining(character))


def tokens(text: str) -> list[str]:
    """Return the words of a text as written, codes such as "B8/B9" and "273f" whole, without what is joined to them ("B8/B9-procedure")."""
    return WORD.findall(codes_parted(text))


def codes_parted(text: str) -> str:
    """Put a blank for the hyphen between a code and a word ("B8/B9 procedure"), so that every character keeps its place."""
    return _CODE_WITH_WORD.sub(r"\1 ", text)


def stems(text: str, language: str) -> list[str]:
    """Return the stems of a text in order; a compound gives its own stem and then those of its parts."""
    return [stem for word in tokens(text) for stem in word_stems(word, language)]


@lru_cache(maxsize=200_000)
def whole_stems(text: str, language: str) -> tuple[str, ...]:
    """Return the stem of each word of a text as a whole, its parts left out."""
    return tuple(_whole_stem(word, language) for word in tokens(text))


@lru_cache(maxsize=200_000)
def _whole_stem(word: str, language: str) -> str:
    if (name := _POSSESSIVE.sub("", word)) in CAPITAL_NAMES:
        return name
    folded = fold(word).removesuffix("'s")
    return territory_stem(word) or _number(folded) or (folded if _CODE.search(word) and "-" not in word else _stem(folded, language))


def _number(folded: str) -> str:
    """Return the digits that a word stands for, or nothing."""
    return number_of(folded) if folded not in _NO_NUMBER else ""


@lru_cache(maxsize=200_000)
def word_stems(word: str, language: str) -> tuple[str, ...]:
    """Return the stem of one word, then those of its parts when it is a compound (or joined by a hyphen or stroke)."""
    whole, folded = _whole_stem(word, language), fold(word).removesuffix("'s")
    if whole in CAPITAL_NAMES or whole.startswith("@") or whole[:1].isdigit() and folded.isalpha():
        return (whole,)
    if _CODE.search(word) and "-" not in word:
        pieces = [piece for piece in re.split(r"[/]", folded) if piece]
        return (folded, *(piece for piece in pieces if piece != folded))
    if "-" in folded or "/" in folded:
        pieces = [piece if piece in CAPITAL_NAMES else fold(piece) for piece in re.split(r"[-/]", _POSSESSIVE.sub("", word)) if len(piece) > 1]
        return tuple(dict.fromkeys((whole, *(stem for piece in pieces for stem in word_stems(piece, language)))))
    parts = split_compound(folded) if language == "nl" else ()
    first = _number(parts[0]) if parts else ""
    return tuple(dict.fromkeys((whole, *([first] if first else []), *(_stem(part, language) for part in (parts[1:] if first else parts)))))


@lru_cache(maxsize=100_000)
def split_compound(word: str) -> tuple[str, ...]:
    """Return the parts of a Dutch compound, joined pairs included, or nothing: "arbeidsuitbuitingszaken" -> arbeid, uitbuiting, zaken.

    The fewest parts win, then the most frequent ones (word frequencies of wordfreq).
    """
    if len(word) < 2 * _SHORTEST_PART or not word.isalpha():
        return ()
    best: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
    known = _frequencies()
    for end in range(_SHORTEST_PART, len(word) + 1):
        for start in range(0, end - _SHORTEST_PART + 1):
            if start not in best or (start == 0 and end == len(word)):
                continue
            part = _part(word[start:end], known, last=end == len(word))
            if part:
                cost, parts = best[start]
                offer = (cost + 10 - known[part] / 2, (*parts, part))
                if end not in best or offer[0] < best[end][0]:
                    best[end] = offer
    found = best.get(len(word), (0.0, ()))[1]
    return found if len(found) > 1 else ()


def _part(piece: str, known: dict[str, float], *, last: bool) -> str | None:
    """Return the word that a piece of a compound stands for, its linking letters taken off."""
    for link in _LINKS if not last else ("",):
        bare = piece[:len(piece) - len(link)] if link else piece
        if piece.endswith(link) and len(bare) >= _SHORTEST_PART and bare in known and bare not in _NO_PART and not _ADVERB.fullmatch(bare):
            return bare
    return None


@lru_cache(maxsize=1)
def _frequencies() -> dict[str, float]:
    """Return the common Dutch words of four letters and more with their Zipf frequency (log10 per billion words)."""
    from wordfreq import freq_to_zipf, get_frequency_dict, top_n_list

    listed = get_frequency_dict("nl")  # a look there for each, which wordfreq's own function takes apart into words first
    words = {fold(word) for word in top_n_list("nl", _COMMON_WORDS) if len(word) >= _SHORTEST_PART and word.isalpha()}
    kept = {word: round(freq_to_zipf(listed[word]), 2) for word in words if word in listed}
    return {word: frequency for word, frequency in kept.items() if frequency >= (2.7 if len(word) >= 6 else 3.0)}


@lru_cache(maxsize=200_000)
def _stem(word: str, language: str) -> str:
    if len(word) <= 3 or any(character.isdigit() for character in word):
        return word
    if language == "en":
        word = _SAID_AS.get(word, _british(word))
    lemma = word if word in _OWN_STEM[language] else _lemma(word, language)
    if lemma in _OWN_STEM[language]:
        return lemma
    return _dutch(str(_snowball("dutch_porter").stemWord(lemma))) if language == "nl" else str(_snowball("english").stemWord(lemma))


def _british(word: str) -> str:
    """Return an English word as the British spell it: "organization" is "organisation"."""
    for american, british in _AMERICAN:
        word = american.sub(british, word)
    return word


def _lemma(word: str, language: str) -> str:
    """Return the dictionary form, which Snowball does not find: "genomen" and "neemt" are "nemen", "steden" is "stad"."""
    from simplemma import lemmatize

    return fold(lemmatize(word, lang=language)).replace("_", "")


@lru_cache(maxsize=2)
def _snowball(name: str) -> "snowballstemmer.stemmer":
    import snowballstemmer

    return snowballstemmer.stemmer(name)


def _dutch(stem: str) -> str:
    """Bring together what Snowball leaves apart: rijbewijz/rijbewijs, brief/briev, zaak/zak(en), stell(en)/stel."""
    if len(stem) >= 6 and stem[-1] in "dt" and stem[-2] in "bcfgkmnprsvz":
        stem = stem[:-1]
    if stem.endswith("z"):
        stem = stem[:-1] + "s"
    elif stem.endswith("v"):
        stem = stem[:-1] + "f"
    if len(stem) >= 4 and stem[-2] == stem[-3] and stem[-2] in _VOWELS and stem[-1] not in _VOWELS:
        stem = stem[:-2] + stem[-1]
    if len(stem) >= 4 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
        stem = stem[:-1]
    return stem
