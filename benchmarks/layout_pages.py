"""Makes PDF pages in the layouts of policy reports with reportlab, and says what must be read from them.

Every sentence is different, so that its place in a reading can be told.
"""

import io
import random
from dataclasses import dataclass, field

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
MARGIN, LEADING, SIZE = 56.0, 13.0, 10.0
TOP, FOOT = HEIGHT - 80.0, 90.0
VOWELS = "aeiouyéë"
WHO = ("De gemeente", "Het meldpunt", "De inspectie", "Een opvanghuis", "De politie", "Het expertisecentrum", "De regietafel",
       "Een vertrouwenspersoon", "Het samenwerkingsverband", "De zorgcoördinator", "Een buurtteam", "De wijkagent")
DOES = ("ziet", "meldt", "beschrijft", "onderzoekt", "bespreekt", "registreert", "vermoedt", "signaleert")
WHAT = ("dat arbeidsmigranten vaker in te kleine woningen verblijven", "een toename van schulden onder jonge bezorgers",
        "dat slachtoffers hun paspoort moeten afgeven", "steeds meer verzoeken om onafhankelijke rechtsbijstand",
        "dat advertenties na enkele uren van de website verdwijnen", "de gevolgen van onduidelijke verantwoordelijkheden",
        "nieuwe werkwijzen waarbij tussenpersonen onbereikbaar blijven", "dat huisvestingsproblemen en uitbuiting samengaan",
        "hoe bestaanszekerheid en afhankelijkheid elkaar beïnvloeden", "minder meldingen uit de vleesverwerkende industrie",
        "dat voorlichtingsmateriaal niet in de juiste talen beschikbaar is", "signalen van gedwongen winkeldiefstallen")
WHERE = ("in de haven", "aan de grens", "buiten het centrum", "op het bedrijventerrein", "in de tuinbouw", "rond het station",
         "in kleine dorpen", "bij de opvang", "in de binnenvaart", "langs de snelweg")
TAIL = ("", ", al zijn de cijfers onvolledig", " en vraagt om een vervolggesprek", ", volgens medewerkers van de uitvoeringsorganisatie",
        " zonder dat daarvoor een verklaring is gevonden", ", met name tijdens de zomermaanden")


@dataclass(frozen=True, slots=True)
class Page:
    """A file, the runs of sentences that must be read in order, and the rows (context, text) that its tables hold."""

    pdf: bytes
    runs: list[list[str]]
    rows: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Set:
    """A line of type where it stands on the page."""

    x: float
    y: float
    text: str
    width: float = 0.0  # set to this width by word spaces, when not 0
    font: str = "Helvetica"
    size: float = SIZE


def sentences(count: int, *, seed: int) -> list[str]:
    """Return so many different sentences of 8 to 25 words."""
    chance = random.Random(seed)
    found: dict[str, None] = {}
    while len(found) < count:
        parts = [chance.choice(words) for words in (WHO, DOES, WHAT, WHERE, TAIL)]
        found[f"{' '.join(parts[:4])}{parts[4]} in het jaar {chance.randint(1990, 2025)}."] = None
    return list(found)


def paragraphs(count: int, *, seed: int) -> list[list[str]]:
    """Return so many paragraphs of two to five sentences."""
    chance = random.Random(seed)
    sizes = [chance.randint(2, 5) for _ in range(count)]
    pool = iter(sentences(sum(sizes), seed=seed))
    return [[next(pool) for _ in range(size)] for size in sizes]


def wrap(text: str, width: float, *, hyphens: bool = False, size: float = SIZE) -> list[str]:
    """Break a text into lines; with `hyphens` also inside words, between a vowel and a consonant before a vowel."""
    lines, line = [], ""
    for word in text.split():
        trial = f"{line} {word}".strip()
        if stringWidth(trial, "Helvetica", size) <= width:
            line = trial
            continue
        cuts = [cut for cut in range(len(word) - 3, 2, -1) if word[cut - 1] in VOWELS and word[cut] not in VOWELS and word[cut + 1] in VOWELS
                and word.isalpha()] if hyphens else []
        cut = next((one for one in cuts if stringWidth(f"{line} {word[:one]}-", "Helvetica", size) <= width), 0)
        if cut:
            lines.append(f"{line} {word[:cut]}-")
            line = word[cut:]
        else:
            lines.append(line)
            line = word
    return [one for one in [*lines, line] if one]


def column(texts: list[list[str]], x: float, width: float, *, top: float = TOP, justified: bool = False, hyphens: bool = False,
           gap: float = LEADING) -> list[Set]:
    """Set paragraphs below one another; lines stand on one grid of baselines when `gap` is the leading."""
    found, y = [], top
    for text in texts:
        lines = wrap(" ".join(text), width, hyphens=hyphens)
        for number, line in enumerate(lines):
            found.append(Set(x, y, line, width if justified and number < len(lines) - 1 else 0.0))
            y -= LEADING
        y -= gap
    return found


def filling(width: float, *, seed: int, top: float = TOP, bottom: float = FOOT, hyphens: bool = False) -> list[list[str]]:
    """Return as many paragraphs as fill a column from top to bottom, at least one."""
    texts = paragraphs(14, seed=seed)
    while len(texts) > 1 and column(texts, 0.0, width, top=top, hyphens=hyphens)[-1].y < bottom:
        texts.pop()
    return texts


def drawn(*pages: list[Set], shapes: tuple[tuple[float, float, float, float], ...] = ()) -> bytes:
    """Draw lines of type in the order given, a page for each list; shapes are rectangles (x, y, width, height) on the first page."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=True)
    for number, lines in enumerate(pages):
        for x, y, width, height in shapes if not number else ():
            canvas.rect(x, y, width, height, stroke=1, fill=0)
        for line in lines:
            text = canvas.beginText(line.x, line.y)
            text.setFont(line.font, line.size)
            room = line.width - stringWidth(line.text, line.font, line.size)
            text.setWordSpace(room / line.text.count(" ") if line.width and " " in line.text else 0.0)
            text.textOut(line.text)
            canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def columns(count: int, *, seed: int, mixed: bool = False, justified: bool = False, gutter: float = 18.0) -> Page:
    """So many columns on aligned baselines; `mixed` writes them into the file line by line across the page."""
    width = (WIDTH - 2 * MARGIN - (count - 1) * gutter) / count
    texts = [filling(width, seed=seed * 10 + number, hyphens=justified) for number in range(count)]
    lines = [line for number, text in enumerate(texts)
             for line in column(text, MARGIN + number * (width + gutter), width, justified=justified, hyphens=justified)]
    if mixed:
        lines.sort(key=lambda line: (-line.y, line.x))
    return Page(drawn(lines), [[one for text in texts for paragraph in text for one in paragraph]])


def heading_across(seed: int) -> Page:
    """A title across two columns, and halfway a heading across that parts the page into two bands."""
    width = (WIDTH - 2 * MARGIN - 20) / 2
    bottoms = (HEIGHT / 2 + 30, HEIGHT / 2 + 30, FOOT + 100, FOOT + 100)
    texts = [filling(width, seed=seed * 10 + number, top=TOP - 40 if number < 2 else HEIGHT / 2, bottom=bottoms[number]) for number in range(4)]
    lines = [Set(MARGIN, TOP, "Mensenhandel in beeld, een overzicht van signalen", font="Helvetica-Bold", size=20)]
    ends = []
    for number in (0, 1):
        lines += column(texts[number], MARGIN + number * (width + 20), width, top=TOP - 40)
        ends.append(lines[-1].y)
    below = min(ends) - 40
    lines.append(Set(MARGIN, below, "2 Werkwijzen van netwerken over de grens", font="Helvetica-Bold", size=14))
    for number in (0, 1):
        lines += column(texts[2 + number], MARGIN + number * (width + 20), width, top=below - 30)
    return Page(drawn(lines), [[one for text in texts for paragraph in text for one in paragraph]])


def aside(seed: int) -> Page:
    """A frame in the second of two columns, between its paragraphs."""
    width = (WIDTH - 2 * MARGIN - 20) / 2
    left, right, boxed = filling(width, seed=seed * 10), paragraphs(4, seed=seed * 10 + 1), sentences(4, seed=seed * 10 + 2)
    lines, x = column(left, MARGIN, width), MARGIN + width + 20
    first = column(right[:1], x, width)
    inside = column([boxed], x + 8, width - 16, top=first[-1].y - 34)
    while column(right[1:], x, width, top=inside[-1].y - 30)[-1].y < FOOT:
        right.pop()
    rest = column(right[1:], x, width, top=inside[-1].y - 30)
    shape = (x, inside[-1].y - 8, width, inside[0].y - inside[-1].y + 26)
    runs = [[one for text in left + right for one in text], boxed]
    return Page(drawn(lines + first + inside + rest, shapes=(shape,)), runs)


ROWS = (("Regio", "Aantal meldingen", "Toelichting"), ("Twente", "112", "vooral in de tuinbouw"), ("Groot Rijnmond", "340", "in de haven en de bouw"),
        ("Zeeland", "58", "geen bijzonderheden bekend"), ("Drenthe", "41", "daling sinds het voorjaar"))


def table(seed: int, *, ruled: bool) -> Page:
    """A table between two paragraphs, with rules or only aligned."""
    before, behind = paragraphs(2, seed=seed * 10), paragraphs(2, seed=seed * 10 + 1)
    width, offsets, step = WIDTH - 2 * MARGIN, (0.0, 130.0, 260.0), 20.0
    lines = column(before, MARGIN, width)
    top = lines[-1].y - 44
    shapes = []
    for number, row in enumerate(ROWS):
        y = top - number * step
        for left, right, cell in zip(offsets, (*offsets[1:], width), row, strict=True):
            lines.append(Set(MARGIN + left + 4, y, cell, font="Helvetica-Bold" if not number else "Helvetica"))
            shapes.append((MARGIN + left, y - 6, right - left, step))
    lines += column(behind, MARGIN, width, top=top - len(ROWS) * step - 30)
    rows = [(" | ".join(ROWS[0]), " | ".join(row)) for row in ROWS[1:]]
    return Page(drawn(lines, shapes=tuple(shapes) if ruled else ()), [[one for text in before + behind for one in text]], rows)


def footnotes(seed: int) -> Page:
    """Two columns with marks in the text, and their notes in small type at the foot, below a short rule."""
    width = (WIDTH - 2 * MARGIN - 20) / 2
    texts = [filling(width, seed=seed * 10 + number, bottom=FOOT + 60) for number in (0, 1)]
    lines = [line for number, text in enumerate(texts) for line in column(text, MARGIN + number * (width + 20), width)]
    notes = [f"{number} {text}" for number, text in enumerate(sentences(2, seed=seed * 10 + 5), 1)]
    for number, position in ((1, 3), (2, len(lines) - 4)):
        mark = lines[position]
        lines.append(Set(mark.x + stringWidth(mark.text, "Helvetica", SIZE) + 0.5, mark.y + 4, str(number), size=6))
    y = FOOT + 14
    for note in notes:
        lines += [Set(MARGIN, y - 10 * number, line, size=8) for number, line in enumerate(wrap(note, WIDTH - 2 * MARGIN, size=8))]
        y = lines[-1].y - 10
    return Page(drawn(lines, shapes=((MARGIN, FOOT + 28, 120, 0.4),)), [[one for text in texts for part in text for one in part]], notes=notes)


def running(seed: int, *, justified: bool = False) -> Page:
    """Six pages of two columns with heads that differ left and right, and page numbers; the text runs on over the pages."""
    width, pages = (WIDTH - 2 * MARGIN - 20) / 2, []
    texts = sentences(6 * 32, seed=seed * 10)
    lines = wrap(" ".join(texts), width, hyphens=justified)
    per = -(-len(lines) // 12)
    heads = ("Rapportage mensenhandel", "Signalen uit de uitvoering")
    for number in range(6):
        page = [Set(MARGIN, HEIGHT - 42, heads[number % 2], size=8), Set(WIDTH - MARGIN - 10 if number % 2 else MARGIN, 40, str(11 + number), size=8)]
        for side in (0, 1):
            part = lines[(2 * number + side) * per:(2 * number + side + 1) * per]
            page += [Set(MARGIN + side * (width + 20), TOP - row * LEADING, line, width if justified else 0.0) for row, line in enumerate(part)]
        pages.append(page)
    return Page(drawn(*pages), [texts], absent=list(heads))


def listed(seed: int) -> Page:
    """An introduction that ends in a colon, items with bullets over two lines, and a paragraph behind."""
    width = (WIDTH - 2 * MARGIN - 20) / 2
    before, items, behind = paragraphs(2, seed=seed * 10), sentences(6, seed=seed * 10 + 1), paragraphs(2, seed=seed * 10 + 2)
    lines = column([*before, ["De volgende punten vragen aandacht:"]], MARGIN, width)
    y = lines[-1].y - LEADING
    for item in items:
        lines.append(Set(MARGIN, y, "•"))
        for line in wrap(item, width - 12):
            lines.append(Set(MARGIN + 12, y, line))
            y -= LEADING
    lines += column(behind, MARGIN + width + 20, width)
    return Page(drawn(lines), [[*(one for text in before for one in text), *items, *(one for text in behind for one in text)]])


def captions(seed: int) -> Page:
    """A picture with a caption in the first of two columns; the paragraph above it goes on below."""
    width = (WIDTH - 2 * MARGIN - 20) / 2
    left, right = paragraphs(3, seed=seed * 10), filling(width, seed=seed * 10 + 1)
    first = column(left[:2], MARGIN, width)
    top = first[-1].y - 20
    caption = Set(MARGIN, top - 96, "Figuur 1: Meldingen per regio, eerste halfjaar.", size=8)
    rest = column(left[2:], MARGIN, width, top=top - 130)
    return Page(drawn(first + [caption] + rest + column(right, MARGIN + width + 20, width), shapes=((MARGIN, top - 80, width, 80),)),
                [[one for text in left + right for one in text], ["Figuur 1: Meldingen per regio, eerste halfjaar."]])


LAYOUTS = {
    "one column": lambda seed: columns(1, seed=seed),
    "two columns, aligned baselines": lambda seed: columns(2, seed=seed),
    "three columns, aligned baselines": lambda seed: columns(3, seed=seed),
    "four columns, aligned baselines": lambda seed: columns(4, seed=seed, gutter=14.0),
    "two columns, mixed in the file": lambda seed: columns(2, seed=seed, mixed=True),
    "three columns, mixed in the file": lambda seed: columns(3, seed=seed, mixed=True),
    "headings across two columns": heading_across,
    "boxed aside": aside,
    "table with rules": lambda seed: table(seed, ruled=True),
    "table aligned, no rules": lambda seed: table(seed, ruled=False),
    "footnotes with marks": footnotes,
    "running heads and feet": running,
    "justified, hyphens, two columns": lambda seed: columns(2, seed=seed, justified=True),
    "justified, hyphens, three columns": lambda seed: columns(3, seed=seed, justified=True),
    "justified, six pages run on": lambda seed: running(seed, justified=True),
    "list with an introduction": listed,
    "picture with a caption": captions,
}
