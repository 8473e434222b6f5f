"""Countries and their peoples as one stem, in Dutch and English: Oekraïne, Oekraïense, Oekraïners, Ukrainian -> `@ua`.

The names are CLDR's (package babel); the adjectives and peoples follow from them by the endings of each language, and
`peoples.txt` has those that do not (Dutch, French, Greek ...).
"""

import re
import unicodedata
from functools import lru_cache
from importlib import resources

_ENDINGS = re.compile(r"e?n?s(?:e|en)?|(?:n|an|ian|i)?ers?|aans?e?|an(?:en)?|ian?s?|eze?n?|ees|isch?e?|ish|is?|ns?|eers?|eans?|eens?e?|en?|")
PEOPLES = "peoples.txt"
_NO_PLACE = "-"
_SHORTEST_ROOT = 4


def _plain(word: str) -> str:
    folded = unicodedata.normalize("NFKD", word.casefold())
    return "".join(character for character in folded if not unicodedata.combining(character)).replace("-", "")


@lru_cache(maxsize=50_000)
def territory_stem(word: str) -> str:
    """Return `@` and the country's code for the name of a country or people, else the empty string."""
    plain = _plain(word)
    if plain in (irregular := _irregular()):
        return irregular[plain]
    if len(plain) < _SHORTEST_ROOT or not plain.isalpha():
        return ""
    names, roots = _names()
    if plain in names:
        return f"@{names[plain]}"
    for length in range(len(plain), _SHORTEST_ROOT, -1):
        if plain[:length] in roots and _ENDINGS.fullmatch(plain[length:]):
            return f"@{roots[plain[:length]]}"
    return ""


@lru_cache(maxsize=1)
def _irregular() -> dict[str, str]:
    """Return the stem of each word of `peoples.txt`, empty for those that are no place."""
    found: dict[str, str] = {}
    for line in resources.files("index").joinpath(PEOPLES).read_text(encoding="utf-8").splitlines():
        code, _, words = line.partition(": ")
        if not line.startswith("#"):
            found |= dict.fromkeys(words.split(", "), "" if code == _NO_PLACE else f"@{code.casefold()}")
    return found


@lru_cache(maxsize=1)
def _names() -> tuple[dict[str, str], dict[str, str]]:
    """Return the names of countries, and their roots (the name less its last vowels), each with the country's code."""
    from babel import Locale

    names: dict[str, str] = {}
    for language in ("nl", "en"):
        for code, name in Locale(language).territories.items():
            plain = _plain(str(name))
            if len(code) == 2 and code.isalpha() and plain.isalpha() and plain != "wereld":
                names[plain] = code.casefold()
    roots: dict[str, str] = {}
    for name, code in names.items():
        for ending in ("", "ie", "ia", "ije", "a", "e", "o", "y", "ine", "ne", "land"):
            root = name.removesuffix(ending)
            if name.endswith(ending) and len(root) > _SHORTEST_ROOT:
                roots.setdefault(root, code)
    return names, roots
