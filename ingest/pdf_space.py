"""From the user space of a PDF page to the page as it is shown: points, origin at the top left, y downwards, rotation and crop applied."""

import ctypes
from dataclasses import dataclass
from math import hypot
from typing import Any

_FINE = 100.0  # pdfium rounds to whole pixels: ask for hundredths of a point


@dataclass(frozen=True, slots=True)
class Space:
    """The affine map of one page: x' = a x + b y + c and y' = d x + e y + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    @classmethod
    def of(cls, page: Any) -> "Space":  # noqa: ANN401  (pypdfium2 has no types)
        """Ask pdfium where three points of the page are shown."""
        import pypdfium2.raw as pdfium

        width, height = (max(1, round(side * _FINE)) for side in page.get_size())
        x, y = ctypes.c_int(), ctypes.c_int()
        shown = []
        for point in ((0.0, 0.0), (1000.0, 0.0), (0.0, 1000.0)):
            pdfium.FPDF_PageToDevice(page, 0, 0, width, height, 0, *point, x, y)
            shown.append((x.value / _FINE, y.value / _FINE))
        (c, f), (right_x, right_y), (up_x, up_y) = shown
        return cls((right_x - c) / 1000, (up_x - c) / 1000, c, (right_y - f) / 1000, (up_y - f) / 1000, f)

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Return (x0, y0, x1, y1) of a rectangle as it is shown."""
        if self.b == self.d == 0.0 and self.a > 0.0 > self.e:  # neither turned nor mirrored, as most pages
            return self.a * left + self.c, self.e * top + self.f, self.a * right + self.c, self.e * bottom + self.f
        xs = (self.a * left + self.b * bottom + self.c, self.a * right + self.b * top + self.c)
        ys = (self.d * left + self.e * bottom + self.f, self.d * right + self.e * top + self.f)
        return min(xs), min(ys), max(xs), max(ys)

    def upright(self, along_x: float, along_y: float) -> bool:
        """Say whether a writing direction in user space runs from left to right as shown."""
        x, y = self.a * along_x + self.b * along_y, self.d * along_x + self.e * along_y
        return x > 0.95 * hypot(x, y)
