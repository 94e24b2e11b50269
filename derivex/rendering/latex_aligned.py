r"""Rows of formulas with justifications as an ``align*`` that is no wider than its page.

The justifications stand in the last column.  One that is too wide for what the formulas leave is
wrapped there; formulas that are too wide are broken.  Where neither helps, the justifications
stand below the formulas, and in the end everything is set in a smaller size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from derivex.notation.marks import CLOSING, COLOURS, opening_mark
from derivex.rendering.latex_breaking import CONTINUED, broken, set_height, set_width, widest_run
from derivex.rendering.latex_metrics import SIZES, text_width
from derivex.rendering.latex_text import latex_text

__all__ = [
    "A4_ROOM",
    "ARTICLE_ROOM",
    "AlignedRow",
    "aligned",
    "can_be_set",
    "coloured",
    "side_by_side",
]

ARTICLE_ROOM = 342.0
"""The width of the lines of an ordinary ``article`` on A4 paper, in points at a size of 10."""
A4_ROOM = 412.0
"""The same for lines of 160 mm at a size of 11 points."""

_GAP = 14.0  # between the columns, which amsmath makes at least 10 points
_SIGN = 14.0  # of the width of = with the room round it
_LEAST_FORMULAS = 0.42  # of the width, for the formulas
_SAYS_SHARE = 0.34
_LEAST_SAYS = 90.0
_TOLERANCE = 1.015  # less than what the measures have in reserve
_HIGHEST = 560.0  # points; more does not stand on a page
_MOST_TO_TRY = 150_000  # characters; for more than a book's worth no plans are compared
_MOST_IN_ONE = 40_000  # characters
_ROW_GAP = 4.0

# Dark enough to be read in print.
_COLOURS = ("1F4E9E", "B03A2E", "196F3D", "8E2C9E", "0B6570", "9C4A00")
assert len(_COLOURS) == COLOURS


@dataclass(frozen=True)
class AlignedRow:
    """A row.

    Args:
        left: the formula before the sign in the middle; "" where it is that of the row above.
        right: what stands after it, with the sign itself; "" where there is no sign.
        says: the justification, as plain text.
        label: a number such as (1).
    """

    left: str
    right: str
    says: str = ""
    label: str = ""

    @property
    def lead(self) -> str:
        """What stands on the left, the label included."""
        return rf"\text{{{self.label}}}\quad {self.left}" if self.label else self.left


@dataclass(frozen=True)
class _Plan:
    """How a block is laid out.

    Args:
        hanging: whether what stands on the left has rows of its own.
        says: the width of the column of justifications; 0 where they stand below the formulas.
    """

    hanging: bool
    says: float


def aligned(rows: Sequence[AlignedRow], room: float) -> str:
    """The rows as an ``align*`` environment.

    Args:
        rows: the rows.
        room: the width of the page, in points at a size of 10.
    """
    if sum(len(row.left) + len(row.right) for row in rows) > _MOST_TO_TRY:
        measured = [_Measured(row) for row in rows]
        return "\n".join(_parted(_by_plan(measured, _Plan(True, 0.0), room)[0]))
    written: list[str] = []
    for size, command in SIZES:
        best, fits = _laid_out(rows, room / size)
        if fits or not written:
            written = best
        if fits:
            return _environment(written, command)
    return _environment(best, SIZES[-1][1])


def can_be_set(latex: str, room: float) -> bool:
    """Whether a formula that is too wide can be broken so that it fits the page, in some size."""
    if widest_run(latex) <= room - 1.5 * CONTINUED and set_height(latex) <= _HIGHEST:
        return True
    for size, _ in (SIZES[0], SIZES[-1]):
        lines = broken(latex, room / size - CONTINUED / 2, room / size - 1.5 * CONTINUED)
        fits = CONTINUED / 2 + _width(lines) <= _TOLERANCE * room / size
        if fits and not any(set_height(line) > _HIGHEST for line in lines):
            return True
    return False


def _environment(rows: Sequence[str], size: str) -> str:
    body = "\\begin{align*}\n" + " \\\\\n".join(rows) + "\n\\end{align*}"
    before = size + (r"\allowdisplaybreaks" if _is_long(rows) else "")
    return f"{{{before}\n{body}\n}}" if before else body


def _parted(rows: Sequence[str]) -> Iterator[str]:
    """Several environments, for TeX keeps the whole of one in its memory."""
    part: list[str] = []
    size = 0
    for row in rows:
        if part and size + len(row) > _MOST_IN_ONE:
            yield _environment(part, "")
            part, size = [], 0
        part.append(row)
        size += len(row)
    yield _environment(part, "")


def _is_long(rows: Sequence[str]) -> bool:
    """Whether rows need more than a page, and have to be parted between two."""
    height = 0.0
    for row in rows:
        formula = row.partition(" && ")[0]
        height += _ROW_GAP + max(12.0, set_height(formula.replace("&", "", 1)))
    return height > _HIGHEST


def _laid_out(rows: Sequence[AlignedRow], room: float) -> tuple[list[str], bool]:
    """The rows of the first plan that has room for everything, and whether there is one."""
    measured = [_Measured(row) for row in rows]
    found: list[str] = []
    best: list[str] | None = None
    fewest = 0
    for plan in _plans(measured, room):
        found, width = _by_plan(measured, plan, room)
        if width > _TOLERANCE * room or any(map(_is_too_high, found)):
            continue
        broken_inside = sum(r"\begin{aligned}" in row for row in found)
        if best is None or (broken_inside <= fewest // 2 and fewest > 1):
            best, fewest = found, broken_inside
        if fewest <= 1:
            break
    return (found, False) if best is None else (best, True)


def _is_too_high(row: str) -> bool:
    """Whether a row does not fit on a page."""
    return r"\begin{" in row and set_height(row.partition(" && ")[0].replace("&", "", 1)) > _HIGHEST


class _Measured:
    """A row and the widths of what is in it."""

    def __init__(self, row: AlignedRow):
        self.row = row
        self.says = latex_text(row.says) if row.says.strip() else ""
        self.left_width = set_width(row.lead) if row.lead else 0.0
        self.right_width = set_width(row.right) if row.right else 0.0
        self.says_width = _sentence_width(self.says)
        self.least_says = _widest_piece(self.says)


def _sentence_width(sentence: str) -> float:
    """How wide a sentence is, with its formulas."""
    width = 0.0
    for place, piece in enumerate(sentence.split("$")):
        width += set_width(piece) if place % 2 else 1.02 * text_width(piece)
    return width


def _widest_piece(sentence: str) -> float:
    """The width of the longest piece of a sentence that TeX does not break."""
    widest = 0.0
    for place, piece in enumerate(sentence.split("$")):
        if place % 2:
            parts = re.split(r"(?<=[=<>+]) |(?<= -) |\\allowbreak|(?<=\\le|\\ge) ", piece)
            widest = max(widest, *map(set_width, parts))
        else:
            widest = max(widest, *map(text_width, piece.split(" ")))
    return widest


def _plans(rows: Sequence[_Measured], room: float) -> Iterator[_Plan]:
    """The plans, the most usual one first."""
    left, right, said = _widest(rows)
    alone = max((row.left_width for row in rows if not row.row.right), default=0.0)
    gap = _GAP if said else 0.0
    formulas = max(left + right, alone)
    if formulas + gap + said <= room:
        yield _Plan(False, said)
        return
    least = max((row.least_says for row in rows), default=0.0)
    column = min(said, room - gap - formulas)
    if column >= max(_LEAST_SAYS, least):
        yield _Plan(False, column)
        return
    column = min(said, max(_SAYS_SHARE * room, least))
    if room - gap - column - left >= _LEAST_FORMULAS * room:
        yield _Plan(False, column)
    yield _Plan(True, column)
    if left <= (1 - _LEAST_FORMULAS) * room:
        yield _Plan(False, 0.0)
    yield _Plan(True, 0.0)


def _widest(rows: Sequence[_Measured]) -> tuple[float, float, float]:
    left = max((row.left_width for row in rows if row.row.right), default=0.0)
    right = max((row.right_width for row in rows), default=0.0)
    said = max((row.says_width for row in rows), default=0.0)
    return left, right, said


def _by_plan(rows: Sequence[_Measured], plan: _Plan, room: float) -> tuple[list[str], float]:
    """The rows laid out by a plan, and how wide they are together."""
    left = 0.0 if plan.hanging else _widest(rows)[0]
    column = plan.says + _GAP if plan.says else 0.0
    written: list[str] = []
    formulas = 0.0
    for row in rows:
        lines, width, place = _formula_rows(row, plan.hanging, left, room - column)
        formulas = max(formulas, width)
        says = row.says
        if says and plan.says:
            lines[place] += " && " + _said(row, plan.says)
        elif says:
            lines += _said_below(row, room - left)
        written += lines
    return written, formulas + column


def _said(row: _Measured, width: float) -> str:
    if row.says_width <= width + 0.5:
        return rf"\text{{{row.says}}}"
    return rf"\parbox[t]{{{width / 10:.1f}em}}{{\raggedright {row.says}}}"


def _said_below(row: _Measured, room: float) -> list[str]:
    inner = room - CONTINUED - 2.0
    if row.says_width <= inner:
        return [rf"&\qquad \text{{{row.says}}}"]
    return [rf"&\qquad \parbox[t]{{{inner / 10:.1f}em}}{{\raggedright {row.says}}}"]


def _formula_rows(
    row: _Measured, hanging: bool, left: float, room: float
) -> tuple[list[str], float, int]:
    """The rows of one formula, how wide they are, and in which of them its sign stands."""
    lead, right = row.row.lead, row.row.right
    if not right:
        found = broken(lead, room)
        return _set_in(f"& {found[0]}", found, ""), _width(found), 0
    if not hanging:
        found = broken(right, room - left)
        return _set_in(f"{lead} &{found[0]}".strip(), found, ""), left + _width(found), 0
    first = broken(lead, room) if lead else []
    # The sign stands set in, so that what is on its left is seen to be on the left.
    second = broken(right, room - CONTINUED / 2, room - 1.5 * CONTINUED)
    lines = _set_in(f"& {first[0]}", first, "") if first else []
    width = max(_width(first) if first else 0.0, CONTINUED / 2 + _width(second))
    return lines + _set_in(rf"&\quad {second[0]}", second, r"\quad"), width, len(lines)


def _set_in(first: str, lines: Sequence[str], further: str) -> list[str]:
    return [first, *(rf"&{further}\qquad {line}" for line in lines[1:])]


def _width(lines: Sequence[str]) -> float:
    """The width of lines of which all but the first are set in."""
    return max(set_width(line) + (CONTINUED if place else 0.0) for place, line in enumerate(lines))


def side_by_side(columns: Sequence[Sequence[AlignedRow]], room: float) -> str:
    """Columns of rows next to one another where there is room, else one below the other."""
    measured = [[_Measured(row) for row in column] for column in columns]
    widths = [_widest(column) for column in measured]
    whole = sum(left + right + said + (_GAP if said else 0.0) for left, right, said in widths)
    if whole + 2 * _GAP * (len(columns) - 1) > room:
        return "\n".join(aligned(column, room) for column in columns)
    rows: list[str] = []
    for place in range(max(map(len, columns))):
        cells: list[str] = []
        for column, (_, _, said) in zip(measured, widths, strict=True):
            row = column[place] if place < len(column) else None
            cells.append(f"{row.row.lead} &{row.row.right}" if row else "&")
            if said:
                cells.append(rf"& \text{{{row.says}}}" if row and row.says else "&")
        rows.append(" & ".join(cells))
    return _environment(rows, "")


_MARK = re.compile("[\ue000-\ue00f]")


def coloured(latex: str) -> str:
    r"""LaTeX in which marks have become colours; \mathcolor changes no room.

    >>> from derivex.notation.marks import enclosed_in_marks
    >>> print(coloured(enclosed_in_marks("2x", 1)))
    \mathcolor[HTML]{B03A2E}{2x}
    """
    if latex.isascii():
        return latex
    commands = {opening_mark(n): rf"\mathcolor[HTML]{{{_COLOURS[n]}}}{{" for n in range(COLOURS)}
    return _MARK.sub(lambda found: "}" if found[0] == CLOSING else commands[found[0]], latex)
