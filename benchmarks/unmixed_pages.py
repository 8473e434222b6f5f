"""Fifty pages of plain text that are not mixed: prose in several widths, tables, contents pages, forms, lists, letters."""

import random
import textwrap
from collections.abc import Callable, Sequence

from benchmarks.mixed_pages import HEADINGS

Page = tuple[str, list[str]]
PLACES = ("Oudermeer", "Rietbeek", "Duinhaven", "Veldkamp", "Zuidland", "Noorderhoek")
FIELDS = ("Naam", "Voornamen", "Geboortedatum", "Nationaliteit", "Adres", "Postcode en plaats", "Telefoon", "Datum melding", "Soort uitbuiting",
          "Meldende instantie")


def prose(texts: Sequence[str], chance: random.Random, width: int, gap: bool = True) -> list[str]:
    """Fill one column."""
    lines: list[str] = []
    for text in chance.sample(texts, 6):
        lines += textwrap.wrap(text, width, break_on_hyphens=False) + ([""] if gap else [])
    return lines


def table(texts: Sequence[str], chance: random.Random, gap: str) -> list[str]:
    """Rows of a place, a kind and numbers."""
    words = [word for text in texts[:40] for word in text.split() if word.isalpha() and len(word) > 5]
    rows = [f"{chance.choice(PLACES)}{gap}{chance.choice(words)} {chance.choice(words)}{gap}{chance.randint(1, 900)}{gap}{chance.randint(1, 99)}%"
            for _ in range(24)]
    return [f"Gemeente{gap}Soort signaal{gap}Aantal{gap}Aandeel", *rows]


def wide_table(texts: Sequence[str], chance: random.Random) -> list[str]:
    """Rows with a statement of a few words in each of two cells."""
    cells = [" ".join(text.split()[:chance.randint(3, 7)]) for text in chance.sample(texts, 40)]
    return ["Signaal   Duiding", *(f"{left:<50.50}  {right}" for left, right in zip(cells[::2], cells[1::2], strict=True))]


def contents(texts: Sequence[str], chance: random.Random, dots: bool) -> list[str]:
    """Titles and page numbers."""
    lines = ["Inhoud", ""]
    for number in range(1, 26):
        title = " ".join(chance.choice(texts).split()[:chance.randint(2, 8)]).rstrip(".,;:")
        lines.append(f"{number // 5 + 1}.{number % 5 + 1} {title} {'.' * (60 - len(title)) if dots else ''} {number * 3}")
    return lines


def form(texts: Sequence[str], chance: random.Random, pairs: bool) -> list[str]:
    """Labels and what was filled in, one or two to a row."""
    lines = ["Meldformulier mensenhandel", ""]
    for _ in range(14):
        one, other = chance.sample(FIELDS, 2)
        value = " ".join(chance.choice(texts).split()[:2])
        lines.append(f"{one}: {value}  {other}: {chance.randint(1, 30)}-{chance.randint(1, 12)}-2030" if pairs else f"{one}: {value}")
    return lines


def items(texts: Sequence[str], chance: random.Random, mark: str) -> list[str]:
    """A list of statements, wrapped."""
    lines: list[str] = []
    for number, text in enumerate(chance.sample(texts, 9), 1):
        lines += textwrap.wrap(f"{mark or f'{number}.'} {' '.join(text.split()[:30])}", 76)
    return lines


def letter(texts: Sequence[str], chance: random.Random) -> list[str]:
    """A letterhead of short lines, then paragraphs."""
    return ["Gemeente Oudermeer", "Postbus 12", "1234 AB Oudermeer", "", "Datum 3 maart 2031   Ons kenmerk 2031-114", "Betreft signalen", "",
            "Geachte heer, mevrouw,", "", *prose(texts, chance, 72)]


def statements(texts: Sequence[str], chance: random.Random) -> list[str]:
    """A statement on each line, however long."""
    return [" ".join(text.split()[:chance.randint(5, 16)]).rstrip(".,;") + "." for text in chance.sample(texts, 30)]


def headed(texts: Sequence[str], chance: random.Random) -> list[str]:
    """Sections with headings and ragged paragraphs."""
    lines: list[str] = []
    for text in chance.sample(texts, 8):
        lines += [chance.choice(HEADINGS), *textwrap.wrap(text, chance.choice((58, 66, 74)))]
    return lines


def columns_in_turn(texts: Sequence[str], chance: random.Random) -> list[str]:
    """Two narrow columns, one after the other, as they should be."""
    return prose(texts, chance, 40, gap=False) + prose(texts, chance, 40, gap=False)


def unmixed_pages(texts: Sequence[str]) -> list[Page]:
    """Return fifty pages and their kinds, made from at least forty paragraphs."""
    chance = random.Random("unmixed")
    longer = [text for text in texts if len(text) > 150]
    makers: list[tuple[str, Callable[[], list[str]]]] = [
        *((f"prose {width}", lambda width=width: prose(longer, chance, width)) for width in (36, 48, 60, 68, 76, 84, 92, 100, 110, 124)),
        *((f"dense prose {width}", lambda width=width: prose(longer, chance, width, gap=False)) for width in (44, 64, 80, 96, 116)),
        *((f"table {len(gap)}", lambda gap=gap: table(texts, chance, gap)) for gap in (" ", "  ", "     ", "\t", " | ")),
        *((f"wide table {number}", lambda: wide_table(texts, chance)) for number in range(3)),
        *((f"contents {dots}", lambda dots=dots: contents(texts, chance, dots)) for dots in (True, False, True, False, False)),
        *((f"form {pairs}", lambda pairs=pairs: form(texts, chance, pairs)) for pairs in (True, False, True, False, True)),
        *((f"items {mark}", lambda mark=mark: items(texts, chance, mark)) for mark in ("•", "-", "")),
        *((f"letter {number}", lambda: letter(longer, chance)) for number in range(3)),
        *((f"statements {number}", lambda: statements(texts, chance)) for number in range(4)),
        *((f"headed {number}", lambda: headed(longer, chance)) for number in range(4)),
        *((f"in turn {number}", lambda: columns_in_turn(longer, chance)) for number in range(3))]
    return [(kind, make()) for kind, make in makers]
