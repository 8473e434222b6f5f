"""Curves in the unit square as pictures (SVG), with their points in words for who cannot see them."""

from collections.abc import Sequence
from html import escape

SIDE, LEFT, TOP = 250, 44, 12  # pixels
INK, LINE, FAINT = "#1b1b1b", "#154273", "#767676"


def curve(points: Sequence[tuple[float, float]], *, title: str, about: str, axes: tuple[str, str], diagonal: bool) -> str:
    """Return a figure with the names of its axes (across, up); with `diagonal` points are marked and the line of equality drawn. Empty without points."""
    if not points:
        return ""
    across, up = axes
    placed = [(LEFT + x * SIDE, TOP + (1 - y) * SIDE) for x, y in points]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{LINE}"/>' for x, y in placed) if diagonal else ""
    straight = f'<path d="M{LEFT} {TOP + SIDE}L{LEFT + SIDE} {TOP}" stroke="{FAINT}" stroke-dasharray="4"/>' if diagonal else ""
    told = "; ".join(f"{100 * x:.0f}%: {100 * y:.0f}%" for x, y in points[:: max(1, len(points) // 10)])
    return (f'<figure><figcaption><strong>{escape(title)}</strong><br>{escape(about)}</figcaption>'
            f'<svg role="img" aria-label="{escape(title)}: {told}" viewBox="0 0 {LEFT + SIDE + 20} {TOP + SIDE + 44}" font-size="12" fill="none">'
            f'<path d="M{LEFT} {TOP}V{TOP + SIDE}H{LEFT + SIDE}" stroke="{INK}"/>{straight}'
            f'<polyline points="{line}" stroke="{LINE}" stroke-width="2"/>{dots}<g fill="{INK}">{_ticks()}'
            f'<text x="{LEFT + SIDE / 2}" y="{TOP + SIDE + 38}" text-anchor="middle">{escape(across)}</text>'
            f'<text x="{LEFT + 6}" y="{TOP + 8}">{escape(up)}</text></g></svg></figure>')


def _ticks() -> str:
    return "".join(f'<text x="{LEFT + share * SIDE}" y="{TOP + SIDE + 18}" text-anchor="middle">{100 * share:.0f}%</text>'
                   f'<text x="{LEFT - 6}" y="{TOP + 4 + (1 - share) * SIDE}" text-anchor="end">{100 * share:.0f}%</text>' for share in (0, 0.5, 1))
