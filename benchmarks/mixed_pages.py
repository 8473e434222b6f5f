"""Pages of two columns mixed line by line, and fifty pages of plain text that are not mixed.

Mixed ones differ in widths, type, headings, bullets, gaps, broken words, rows out of step; the others are prose in several widths,
tables, contents pages, forms, lists, letters.

The paragraphs are parted by their hash into those for tuning and those held out, so that no sentence is in both. The kinds
of pages and their shares were set before the method was tuned.
"""

import hashlib
import random
import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab.pdfbase.pdfmetrics import stringWidth

HEADINGS = ("1.2 Uitgangspunten", "2.1 Opvang en begeleiding", "3.4 Toezicht", "Samenwerking", "Rol van de gemeente", "2.3 Findings",
            "Vervolg", "4.1 Gegevens delen", "5 Bijlagen", "Wat gemeenten melden")
FONTS = ("Helvetica", "Times-Roman", "Helvetica-Bold", "Courier", "Times-Italic", "characters")
LONGEST, SHORTEST = 700, 25   # letters of a paragraph
PLACES = ("Oudermeer", "Rietbeek", "Duinhaven", "Veldkamp", "Zuidland", "Noorderhoek")
FIELDS = ("Naam", "Voornamen", "Geboortedatum", "Nationaliteit", "Adres", "Postcode en plaats", "Telefoon", "Datum melding", "Soort uitbuiting",
          "Meldende instantie")


@dataclass(frozen=True, slots=True)
class MixedPage:
    """The rows of a page, its columns as they were before, their paragraphs in reading order, and their headings."""

    rows: tuple[str, ...]
    columns: tuple[tuple[str, ...], tuple[str, ...]]
    paragraphs: tuple[str, ...]
    headings: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Setting:
    """How a page is set. Widths in thousandths of the type size; `out_of_step`: rows of the columns do not lie side by side."""

    font: str
    widths: tuple[float, float]
    rows: tuple[int, int]
    gaps: bool
    headed: bool
    bullets: bool
    lower: bool
    broken: bool
    out_of_step: bool
    flowing: bool

    @classmethod
    def drawn(cls, chance: random.Random) -> "Setting":
        """Draw a setting."""
        both, share = chance.uniform(34_000, 68_000), chance.choice((0.5, 0.5, 0.5, 0.5, 0.4, 0.6, 0.35))
        height = chance.randint(24, 48)
        return cls(chance.choice(FONTS), (both * share, both * (1 - share)), (height, int(height * chance.choice((1.0, 1.0, 0.8, 0.6)))),
                   gaps=chance.random() < 0.4, headed=chance.random() < 0.4, bullets=chance.random() < 0.25, lower=chance.random() < 0.12,
                   broken=chance.random() < 0.2, out_of_step=chance.random() < 0.12, flowing=chance.random() < 0.4)

    @property
    def kind(self) -> str:
        """What is out of the ordinary."""
        names = [name for name in ("gaps", "headed", "bullets", "lower", "broken", "out_of_step", "flowing") if getattr(self, name)]
        return " ".join([self.font, *names])


def paragraphs(folders: Sequence[Path], *, held_out: bool) -> list[str]:
    """Return the running paragraphs and items of some folders of Markdown, half of them."""
    lines = [re.sub(r"\s*#+(?: [\d.]+)?$", "", line.strip().replace("**", "")) for folder in folders for path in sorted(folder.glob("*.md"))
             for line in path.read_text(encoding="utf-8").splitlines()]
    texts = [re.sub(r"^(?:[*-]|\d+\.) ", "", line) for line in lines if SHORTEST < len(line) < LONGEST and "|" not in line and not line.startswith("#")]
    return sorted({text for text in texts if hashlib.sha256(text.encode()).digest()[0] % 2 == held_out})


def filled(text: str, width: float, measure: Callable[[str], float], *, broken: bool = False) -> list[str]:
    """Fill lines greedily; `broken` allows a long word to be broken between a vowel and a consonant."""
    lines: list[str] = []
    for word in text.split():
        if lines and measure(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
            continue
        cuts = [match.end() for match in re.finditer(r"[aeiou](?=[bdfgklmnprstvz][aeiou])", word) if 3 <= match.end() <= len(word) - 3] if broken else []
        cuts = [cut for cut in cuts if word.isalpha() and lines and measure(f"{lines[-1]} {word[:cut]}-") <= width]
        if cuts:
            lines[-1] += f" {word[:cuts[-1]]}-"
            word = word[cuts[-1]:]
        lines.append(word)
    return lines


def mixed_page(texts: Sequence[str], setting: Setting, chance: random.Random) -> MixedPage:
    """Make one page."""
    def measure(text: str) -> float:
        return len(text) * 500 if setting.font == "characters" else stringWidth(text, setting.font, 1000)

    columns: list[list[str]] = []
    used: list[str] = []
    headings: list[str] = []
    rest = ""
    for width, rows in zip(setting.widths, setting.rows, strict=True):
        lines: list[str] = filled(rest, width, measure, broken=setting.broken)
        while len(lines) < rows * 0.85:
            text = chance.choice(texts)
            if setting.lower:
                text = text[:1].lower() + text[1:]
            if setting.headed and chance.random() < 0.5:
                heading = chance.choice(HEADINGS)
                headings.append(heading)
                lines += [*([""] if setting.gaps and lines else []), heading]
            elif setting.gaps and lines:
                lines.append("")
            text = f"• {text}" if setting.bullets and chance.random() < 0.6 else text
            used.append(text.removeprefix("• "))
            fresh = filled(text, width, measure, broken=setting.broken)
            room = max(rows - len(lines), 2)
            if setting.flowing and not setting.broken and not columns and len(fresh) > room:
                fresh = fresh[:room]
                rest = " ".join(text.split()[sum(len(line.split()) for line in fresh):])
            lines += fresh
        columns.append(lines)
    return MixedPage(_mixed(columns[0], columns[1], setting.out_of_step), (tuple(columns[0]), tuple(columns[1])), tuple(used), tuple(headings), setting.kind)


def _mixed(left: Sequence[str], right: Sequence[str], out_of_step: bool) -> tuple[str, ...]:
    rows = max(len(left), len(right))
    pairs = zip([*left, *[""] * (rows - len(left))], [*right, *[""] * (rows - len(right))], strict=True)
    if out_of_step:
        return tuple(line for pair in pairs for line in pair if line)
    return tuple(f"{one} {other}".strip() for one, other in pairs)


def mixed_pages(folders: Sequence[Path], *, held_out: bool, count: int = 24) -> list[MixedPage]:
    """Return the pages for tuning, or those held out."""
    texts = paragraphs(folders, held_out=held_out)
    chance = random.Random(f"mixed {held_out}")
    return [mixed_page(texts, Setting.drawn(chance), chance) for _ in range(count)]


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


def unmixed_pages(texts: Sequence[str]) -> list[tuple[str, list[str]]]:
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
