"""Pictures as text, for a terminal: one panel below the other."""

from __future__ import annotations

from collections.abc import Iterator
from math import atan2, isfinite, pi

import numpy as np

from derivex.plots.picture import (
    Arrows,
    Axis,
    Contours,
    Curve,
    Line,
    Mark,
    Panel,
    Path,
    Picture,
    Points,
    Thing,
)
from derivex.plots.scales import tick_labels, ticks

__all__ = ["as_characters"]

_SHADES = " .:-=+*#%@"
_ARROWS = "→↗↑↖←↙↓↘"
_ASCII_ARROWS = ">/^\\<\\v/"
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))  # of a Braille sign, by row
_NARROWEST = 24
_NARROW = 50  # where there are fewer rows, and fewer numbers beside them
_WIDEST = 100
_TOLD_APART = 2  # more curves than these get numbers
_MARKS = {
    Mark.DISC: "●@",
    Mark.RING: "○o",
    Mark.UP: "▲^",
    Mark.DOWN: "▼v",
    Mark.CROSS: "×x",
}
_LETTERS = "*o+x#"  # for curves where there is no Braille


def as_characters(picture: Picture, width: int = 80, unicode: bool = True) -> str:
    """The picture as lines of text, none longer than ``width`` where that is possible.

    Args:
        picture: what is in it.
        width: how many columns there are.
        unicode: whether more than ASCII can be shown.
    """
    flat = [panel for panel in picture.panels if panel.z is None]  # contours tell heights as well
    parts = ["\n".join(_panel(panel, width, unicode)) for panel in flat]
    return "\n\n".join(parts) + "\n"


def _panel(panel: Panel, width: int, unicode: bool) -> Iterator[str]:
    most = 3 if width < _NARROW else 5
    marks = _numbers(panel.y, most)
    margin = max(map(len, marks.values()), default=0) + 1
    columns = max(min(width, _WIDEST) - margin - 2, _NARROWEST)
    rows = max(columns // 4, 8)
    curves = sum(isinstance(thing, Curve) and bool(thing.label) for thing in panel.things)
    canvas = _Canvas(panel.x, panel.y, columns, rows, unicode, curves)
    legend: list[str] = []
    arrows = any(isinstance(thing, Arrows) for thing in panel.things)
    for thing in panel.things:
        if arrows and isinstance(thing, Contours):
            continue  # shades would hide the arrows
        sign = canvas.draw(thing)
        if sign and thing.label:
            legend.append(f"  {sign}  {thing.label}")
    if panel.title:
        yield panel.title
    yield panel.y.label
    bar, corner, line, notch = ("│", "└", "─", "┤") if unicode else ("|", "+", "-", "+")
    labels = {canvas.row(value): text for value, text in marks.items()}
    for number, text in enumerate(canvas.lines()):
        label = labels.get(number, "")
        edge = notch if label else bar
        yield f"{label:>{margin}}{edge}{text}".rstrip()
    yield " " * margin + corner + line * columns
    yield " " * (margin + 1) + _under(panel.x, canvas)
    yield f"{panel.x.label:>{margin + 1 + columns}}"
    yield from legend


def _numbers(axis: Axis, most: int) -> dict[float, str]:
    """The numbers at an axis, and how they are written."""
    places = ticks(axis.low, axis.high, most)
    return dict(zip(places, tick_labels(places), strict=True))


def _under(axis: Axis, canvas: _Canvas) -> str:
    """The numbers below the horizontal axis."""
    line = ""
    for value, text in _numbers(axis, max(canvas.columns // 10, 4)).items():
        start = max(canvas.column(value) - len(text) // 2, 0)
        if start > len(line) or not line:
            line = line.ljust(start) + text
    return line


class _Canvas:
    """Characters in rows and columns, and in each of them dots for curves."""

    def __init__(self, x: Axis, y: Axis, columns: int, rows: int, unicode: bool, curves: int):
        self.x, self.y = x, y
        self.numbered = curves if curves > _TOLD_APART else 0  # so many curves carry numbers
        self.columns, self.rows = columns, rows
        self.unicode = unicode
        self._signs = [[" "] * columns for _ in range(rows)]
        self._dots = [[0] * columns for _ in range(rows)]
        self._curves = 0

    def column(self, x: float) -> int:
        """The column of a coordinate; it may be outside."""
        return self._cell(x, self.x, self.columns)

    def row(self, y: float) -> int:
        """The row of a coordinate, counted from the top."""
        return self.rows - 1 - self._cell(y, self.y, self.rows)

    @staticmethod
    def _cell(value: float, axis: Axis, count: int) -> int:
        place = (value - axis.low) / (axis.high - axis.low) * count
        return count - 1 if place == count else int(np.floor(place))

    def lines(self) -> Iterator[str]:
        """The rows, from the top."""
        for signs, dots in zip(self._signs, self._dots, strict=True):
            yield "".join(
                chr(0x2800 + each) if each and sign == " " else sign
                for sign, each in zip(signs, dots, strict=True)
            )

    def draw(self, thing: Thing) -> str:
        """Draw something; what it is drawn with."""
        match thing:
            case Contours():
                return self._shade(thing)
            case Curve():
                return self._curve(thing)
            case Arrows():
                return self._arrows(thing)
            case Path():
                return self._path(thing)
            case Points():
                sign = _MARKS[thing.mark][not self.unicode]
                for x, y in zip(thing.x, thing.y, strict=True):
                    self._put(x, y, sign)
                return sign
        return ""

    def _shows(self, x: float, y: float) -> bool:
        """Whether a point is on the canvas."""
        if not (isfinite(x) and isfinite(y)):
            return False
        return 0 <= self.row(y) < self.rows and 0 <= self.column(x) < self.columns

    def _put(self, x: float, y: float, sign: str) -> None:
        if self._shows(x, y):
            self._signs[self.row(y)][self.column(x)] = sign

    def _shade(self, contours: Contours) -> str:
        """The lower, the lighter."""
        for row in range(self.rows):
            y = self.y.high - (row + 0.5) * (self.y.high - self.y.low) / self.rows
            for column in range(self.columns):
                x = self.x.low + (column + 0.5) * (self.x.high - self.x.low) / self.columns
                near = contours.values[
                    np.abs(contours.y - y).argmin(), np.abs(contours.x - x).argmin()
                ]
                if isfinite(near):
                    band = int(np.searchsorted(contours.levels, near))
                    shade = band * (len(_SHADES) - 1) // max(len(contours.levels), 1)
                    self._signs[row][column] = _SHADES[shade]
        return f"{_SHADES[1]} to {_SHADES[-1]}"

    def _curve(self, curve: Curve) -> str:
        sign = _LETTERS[self._curves % len(_LETTERS)]
        self._curves += 1
        step = {Line.DASHED: 6, Line.DASH_DOT: 4, Line.DOTTED: 3}.get(curve.line, 0)
        count = 0
        shown: list[tuple[float, float]] = []
        for x, y in _along(curve, self):
            count += 1
            if self._shows(x, y):
                shown.append((x, y))
            if step and count // step % 2:
                continue
            if not self.unicode:
                self._put(x, y, sign)
                continue
            self._dot(x, y)
        if self.numbered and curve.label and shown:
            # Not all at the same place, where they would hide one another.
            place = int(len(shown) * (self._curves - 0.5) / self.numbered)
            self._put(*shown[min(place, len(shown) - 1)], str(self._curves))
            return str(self._curves)
        return "⠒" if self.unicode and not step else "⠂" if self.unicode else sign

    def _dot(self, x: float, y: float) -> None:
        across = self._cell(x, self.x, self.columns * 2)
        down = self.rows * 4 - 1 - self._cell(y, self.y, self.rows * 4)
        if 0 <= across < self.columns * 2 and 0 <= down < self.rows * 4:
            self._dots[down // 4][across // 2] |= _DOTS[down % 4][across % 2]

    def _arrows(self, arrows: Arrows) -> str:
        signs = _ARROWS if self.unicode else _ASCII_ARROWS
        for x, y, along, up in zip(arrows.x, arrows.y, arrows.along, arrows.up, strict=True):
            if isfinite(along) and isfinite(up) and (along or up):
                right = along / (self.x.high - self.x.low)
                above = up / (self.y.high - self.y.low)
                self._put(x, y, signs[round(atan2(above, right) / (pi / 4)) % 8])
        return signs[0]

    def _path(self, path: Path) -> str:
        begin, passed, end = ("■", "•", "★") if self.unicode else ("S", "o", "E")
        for x, y in zip(path.x, path.y, strict=True):
            self._put(x, y, passed)
        self._put(path.x[-1], path.y[-1], end)
        self._put(path.x[0], path.y[0], begin)
        return f"{begin} {passed} {end}"


def _along(curve: Curve, canvas: _Canvas) -> Iterator[tuple[float, float]]:
    """Points of a curve, close enough that no dot between two of them is left out."""
    for k in range(len(curve.x) - 1):
        (x, y), (to_x, to_y) = (curve.x[k], curve.y[k]), (curve.x[k + 1], curve.y[k + 1])
        if not np.isfinite([x, y, to_x, to_y]).all():
            continue
        across = abs(to_x - x) / (canvas.x.high - canvas.x.low) * canvas.columns * 2
        up = abs(to_y - y) / (canvas.y.high - canvas.y.low) * canvas.rows * 4
        count = int(min(max(across, up), 4 * canvas.rows * canvas.columns)) + 1
        for part in range(count):
            yield x + (to_x - x) * part / count, y + (to_y - y) * part / count
    if len(curve.x) and isfinite(curve.x[-1]) and isfinite(curve.y[-1]):
        yield float(curve.x[-1]), float(curve.y[-1])
