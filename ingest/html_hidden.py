"""What the style sheets inside a page and its elements themselves take from sight."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag
from soupsieve import SelectorSyntaxError, SoupSieve
from soupsieve import compile as compiled

from ingest.hidden import is_white, points, too_small

Declarations = Mapping[str, str]  # properties of CSS with their values, both in small letters

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_PLAIN = re.compile(r"(?:[a-z][\w-]*)?(?:[.#][\w-]+)+|[a-z][\w-]*")
_ELSEWHERE = re.compile(r"/\*.*?\*/|@media[^{}]*(?:\bprint\b|max-(?:device-)?width)[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.S)
_CLEAR = re.compile(r"transparent|rgba?\(.*[,/]\s*0?\.?0+%?\s*\)|#(?:[\da-f]{3}0|[\da-f]{6}00)")
_NOTHING_LEFT = re.compile(r"rect\(\s*(?:[01](?:px)?[\s,]*){4}\)|inset\(\s*(?:50|100)%.*\)")
_NO_GROUND = frozenset({"transparent", "none", "inherit", "initial", "unset"})


@dataclass(frozen=True, slots=True)
class _Rule:
    """A selector, what it declares, and a name that its elements have: ".class", "#id", an element's, or "" where any may be meant."""

    selector: SoupSieve
    said: Declarations
    name: str

    def among(self, named: Mapping[str, Sequence[Tag]]) -> list[Tag]:
        return [one for one in named.get(self.name, ()) if self.selector.match(one)]


class Sheets:
    """The rules of the style sheets inside a page, as far as they bear on what some of them hide; those for print or small screens do not count.

    Of rules for one element the last holds, whatever their selectors: pages state what hides before what shows.
    """

    def __init__(self, soup: BeautifulSoup) -> None:
        rules = [rule for sheet in soup.find_all("style") for rule in _rules(sheet.get_text())]
        hiding = [rule for rule in rules if _hides(rule.said, on_ground=False)]
        named = _by_name(soup.find_all(True)) if hiding else {}
        touched = {id(one): one for rule in hiding for element in rule.among(named) for one in (element, *element.parents)}
        named = _by_name(touched.values())
        self._said: dict[int, dict[str, str]] = {key: {} for key in touched}  # by element; the page outlives its sheets
        for rule in rules if touched else ():
            for element in rule.among(named):
                self._said[id(element)].update(rule.said)

    def hide(self, element: Tag) -> bool:
        """Say whether an element cannot be seen; white text is seen on a ground of another colour."""
        if element.has_attr("hidden") or (element.name == "dialog" and not element.has_attr("open")):
            return True
        said = self._of(element)
        return bool(said) and _hides(said, on_ground=any(self._grounds(one) for one in element.parents))

    def _of(self, element: Tag) -> Declarations:
        colour = {"color": str(element["color"]).casefold()} if element.name == "font" and element.has_attr("color") else {}
        return {**colour, **self._said.get(id(element), {}), **_declarations(str(element.get("style") or ""))}

    def _grounds(self, element: Tag) -> bool:
        return element.has_attr("bgcolor") or _ground(self._of(element)) is not None


def _by_name(elements: Iterable[Tag]) -> dict[str, list[Tag]]:
    found: dict[str, list[Tag]] = defaultdict(list)
    for one in elements:
        for name in {"", one.name, f"#{one.get('id')}", *(f".{each}" for each in one.get_attribute_list("class"))}:
            found[name].append(one)
    return found


def _rules(css: str) -> Iterator[_Rule]:
    """Yield the rules of a style sheet, by each of their selectors; one that only a browser can follow is left out."""
    for selectors, body in _RULE.findall(_ELSEWHERE.sub("", css)):
        said = _declarations(body)
        for selector in selectors.split(",") if said else ():
            try:
                yield _Rule(compiled(selector.strip()), said, _name(selector))
            except (SelectorSyntaxError, NotImplementedError):  # "::before"
                continue


def _name(selector: str) -> str:
    last = re.split(r"[\s>+~]+", selector.strip())[-1]
    return re.findall(r"[.#]?[\w-]+", last)[-1] if _PLAIN.fullmatch(last) else ""


def _declarations(style: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in style.casefold().split(";"))
    return {name.strip(): value.replace("!important", "").strip() for name, _, value in pairs if value}


def _hides(said: Declarations, *, on_ground: bool) -> bool:
    ground, colour = _ground(said), said.get("color")
    white = is_white(colour) and (not on_ground if ground is None else is_white(ground))
    painted = any(said.get(name) == "text" for name in ("background-clip", "-webkit-background-clip"))  # letters in the colours of their ground
    clear = said.get("opacity") in ("0", "0.0", "0%") or (colour is not None and _CLEAR.fullmatch(colour) is not None and not painted)
    gone = said.get("display") == "none" or said.get("visibility") in ("hidden", "collapse")
    return gone or clear or white or too_small(said.get("font-size")) or _off_page(said)


def _ground(said: Declarations) -> str | None:
    ground = said.get("background-color") or said.get("background")
    return None if ground in _NO_GROUND else ground


def _off_page(said: Declarations) -> bool:
    lifted = said.get("position") in ("absolute", "fixed")  # only there `clip` counts
    clipped = (said.get("clip-path", ""), said.get("clip", "") if lifted else "")
    return any(map(_NOTHING_LEFT.fullmatch, clipped)) or any((points(said.get(side)) or 0.0) <= -700 for side in ("left", "top", "text-indent", "margin-left"))
