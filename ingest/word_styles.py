"""The styles of a Word file, each with those that it is based on, and whether they or a run of text hide it."""

from collections.abc import Iterator
from typing import Any

from docx.document import Document as WordFile

from ingest.hidden import SMALLEST_POINTS, is_white

Element = Any  # an lxml element: the library has no types

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ON, _OFF = ("1", "true", "on"), ("0", "false", "off")
_FILLS = frozenset({"solidFill", "gradFill", "blipFill", "pattFill"})


class Styles:
    """What the styles of a file say, by style id."""

    def __init__(self, file: WordFile) -> None:
        self._styles = {style.get(f"{W}styleId"): style for style in file.styles.element.iter(f"{W}style")}
        self._usual = next((name for name, style in self._styles.items() if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in _ON), None)

    def chain(self, style_id: str | None) -> Iterator[Element]:
        """Yield a style and those that it is based on."""
        seen: set[str] = set()
        while style_id is not None and style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            style = self._styles[style_id]
            yield style
            style_id = value(style, "basedOn")

    def names(self, style_id: str | None) -> list[str]:
        """The names of a style and of those that it is based on."""
        found = (style.find(f"{W}name") for style in self.chain(style_id))
        return [name.get(f"{W}val") or "" for name in found if name is not None]

    def hides(self, run: Element) -> bool:
        """Say whether a run cannot be seen: hidden, smaller than 2 points, or white on a page without shading, by itself or by its styles."""
        around = list(run.iterancestors(f"{W}p", f"{W}tc", f"{W}tbl"))
        paragraph = next((one for one in around if one.tag == f"{W}p"), None)
        above = value(paragraph, "pPr/pStyle") if paragraph is not None else None
        said = [run, *self.chain(value(run, "rPr/rStyle")), *self.chain(above or self._usual)]
        vanish = next((found for one in said if (found := child_at(one, "rPr/vanish")) is not None), None)
        if vanish is not None and vanish.get(f"{W}val") not in _OFF:
            return True
        size = _nearest(said, "rPr/sz")
        if size.isdigit() and int(size) < 2 * SMALLEST_POINTS:
            return True
        return is_white(_nearest(said, "rPr/color")) and not (any(map(_shaded, [*said, *around])) or _in_filled_shape(run))


def child_at(element: Element, names: str) -> Element | None:
    """Return the element at a path of Word's names below another."""
    return element.find("/".join(W + name for name in names.split("/")))


def value(element: Element, names: str) -> str | None:
    """Return the value of the element at a path, None where there is none."""
    found = child_at(element, names)
    return None if found is None else found.get(f"{W}val")


def _nearest(said: list[Element], names: str) -> str:
    return next((found for one in said if (found := value(one, names)) is not None), "")


def _shaded(element: Element) -> bool:
    if element.tag == f"{W}tbl":
        return True  # the table's style may shade it
    grounds = (child_at(element, one) for one in ("rPr/shd", "pPr/shd", "tcPr/shd"))
    return child_at(element, "rPr/highlight") is not None or any(ground is not None and _tints(ground) for ground in grounds)


def _tints(ground: Element) -> bool:
    fill = ground.get(f"{W}fill") or "auto"
    plain = (ground.get(f"{W}val") or "clear") in ("clear", "nil") and not ground.get(f"{W}themeFill")
    return not plain or not (fill == "auto" or is_white(fill))


def _in_filled_shape(run: Element) -> bool:
    shape = next((one for one in run.iterancestors() if one.tag.endswith("}wsp") or one.get("fillcolor")), None)
    if shape is None or shape.get("fillcolor"):
        return shape is not None
    said = {one.tag.rpartition("}")[2]: one for part in shape if part.tag.endswith(("}spPr", "}style")) for one in part}
    styled = "fillRef" in said and said["fillRef"].get("idx") != "0"
    return "noFill" not in said and (styled or not _FILLS.isdisjoint(said))
