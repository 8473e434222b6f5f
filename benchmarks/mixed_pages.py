"""Pages of two columns mixed line by line: other widths, type, headings, bullets, gaps, broken words, rows out of step.

The paragraphs are parted by their hash into those for tuning and those held out, so that no sentence is in both. The kinds
of pages and their shares were set before the method was tuned.
"""

import hashlib
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab.pdfbase.pdfmetrics import stringWidth

HEADINGS = ("1.2 Uitgangspunten", "2.1 Opvang en begeleiding", "3.4 Toezicht", "Samenwerking", "Rol van de gemeente", "2.3 Findings",
            "Vervolg", "4.1 Gegevens delen", "5 Bijlagen", "Wat gemeenten melden")
FONTS = ("Helvetica", "Times-Roman", "Helvetica-Bold", "Courier", "Times-Italic", "characters")
LONGEST, SHORTEST = 700, 25   # letters of a paragraph


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
