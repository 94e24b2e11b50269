"""Brackets, fraction bars and arrays: signs that grow with what they hold."""

from __future__ import annotations

from derivex.rendering.box import Part, Sketch, Stroke, above_one_another, beside, text_sketch

__all__ = ["array", "braced", "enclosed", "fraction", "is_flat", "overlined"]

# Each side as top, middle, bottom; one row high they are the plain characters.
_TALL = {
    "(": ("⎛", "⎜", "⎝"), ")": ("⎞", "⎟", "⎠"),
    "[": ("⎡", "⎢", "⎣"), "]": ("⎤", "⎥", "⎦"),
    "|": ("│", "│", "│"), "‖": ("║", "║", "║"),
}  # fmt: skip
_TALL_ASCII = {
    "(": ("/", "|", "\\"), ")": ("\\", "|", "/"),
    "[": ("[", "[", "["), "]": ("]", "]", "]"),
    "|": ("|", "|", "|"),
}  # fmt: skip


def is_flat(inside: Sketch) -> bool:
    """Whether plain brackets hold it: it is one row high, apart from exponents above that."""
    return inside.below == 0 and inside.above <= 1


def enclosed(inside: Sketch, opening: str, closing: str, unicode: bool) -> Sketch:
    """The sketch between two brackets as tall as it is."""
    left = _tall(opening, inside, unicode)
    right = _tall(closing, inside, unicode)
    return beside((left, inside, right))


def _tall(bracket: str, inside: Sketch, unicode: bool) -> Sketch:
    if is_flat(inside):
        return Sketch(1, 0, 0, ((0, 0, bracket),))
    if bracket in _BRACES:
        return _brace(bracket, inside, unicode)
    top, middle, bottom = (_TALL if unicode else _TALL_ASCII)[bracket]
    stroke = Stroke(top, middle, bottom, inside.height, vertical=True)
    return Sketch(1, inside.above, inside.below, ((-inside.above, 0, stroke),))


def braced(inside: Sketch, unicode: bool) -> Sketch:
    """The sketch behind a brace whose point is on its baseline."""
    if inside.height == 1:
        return beside(("{ ", inside))
    return beside((_brace("{", inside, unicode), " ", inside))


def _brace(bracket: str, inside: Sketch, unicode: bool) -> Sketch:
    """A brace as tall as a sketch of two rows or more, its point on the baseline."""
    top, bar, point, bottom, *short = tuple((_BRACES if unicode else _BRACES_ASCII)[bracket])
    column = [bar] * inside.height
    column[0], column[-1] = top, bottom
    if 0 < inside.above < inside.height - 1:
        column[inside.above] = point
    if inside.height == 2:
        column = short or column  # a brace of two rows has no row for its point
    parts = tuple((row - inside.above, 0, character) for row, character in enumerate(column))
    return Sketch(1, inside.above, inside.below, parts)


_BRACES = {"{": "⎧⎪⎨⎩⎰⎱", "}": "⎫⎪⎬⎭⎱⎰"}
_BRACES_ASCII = {"{": "/|<\\", "}": "\\|>/"}


def fraction(above: Sketch, below: Sketch, unicode: bool, overhang: int = 0) -> Sketch:
    """One sketch over another with a bar between them, which is the baseline.

    Args:
        above: the numerator.
        below: the denominator.
        unicode: whether the bar is drawn with a line or with hyphens.
        overhang: by how much the bar is longer than what it divides, on each side.
    """
    width = max(above.width, below.width) + 2 * overhang
    line = "─" if unicode else "-"
    parts: tuple[Part, ...] = (
        (-1 - above.below, (width - above.width) // 2, above),
        (0, 0, Stroke(line, line, line, width)),
        (1 + below.above, (width - below.width) // 2, below),
    )
    return Sketch(width, above.height, below.height, parts)


def overlined(inside: Sketch) -> Sketch:
    """The sketch with a line over it."""
    top = -inside.above - 1
    parts: tuple[Part, ...] = ((top, 0, Stroke("_", "_", "_", inside.width)), (0, 0, inside))
    return Sketch(inside.width, inside.above + 1, inside.below, parts)


def array(rows: list[list[Sketch]]) -> Sketch:
    """Entries in rows and columns, each column flush right, tall rows apart from the others."""
    widths = [
        max(row[place].width for row in rows if place < len(row))
        for place in range(max(map(len, rows)))
    ]
    lines: list[Sketch] = []
    for row in rows:
        parts: list[Part] = []
        column = 0
        for entry, width in zip(row, widths, strict=False):
            parts.append((0, column + width - entry.width, entry))
            column += width + 2
        above = max(entry.above for entry in row)
        below = max(entry.below for entry in row)
        if lines and (above or lines[-1].below):
            lines.append(text_sketch(""))
        lines.append(Sketch(sum(widths) + 2 * (len(widths) - 1), above, below, tuple(parts)))
    return above_one_another(lines, base=(len(lines) - 1) // 2)
