r"""Breaking a formula in LaTeX that is too wide for the page where a mathematician would break it.

It is broken before words, then before relations, then before + and −, then before signs of
multiplication, outside of brackets before inside, and inside of short ones only where there is
nothing else.  Brackets that are broken get a fixed size; a fraction, a root or an
array that is too wide itself holds lines.  Where two factors without a sign part, the line begins
with \cdot.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from derivex.notation.marks import CLOSING
from derivex.rendering.latex_metrics import DELIMITERS
from derivex.rendering.latex_parts import (
    DEEPEST,
    SCRIPT_SIZE,
    Kind,
    Part,
    depth_of,
    gap,
    parts_of,
    width_of,
)

__all__ = ["CONTINUED", "broken", "set_height", "set_width", "widest_run"]

CONTINUED = 20.0
"""The room in points by which the rest of a broken formula is set in (a ``\\qquad``)."""

_SAFETY = 1.035  # the widths are right within 4 %
_ROUNDED = 0.01  # points; the room may be just what was measured
_NARROW = 0.35  # of the line; a shorter one looks as if something were missing
_BOX = re.compile(r"\\parbox\[t\]\{(\d+)em\}")  # what is written as text
_WORD, _RELATION, _SIGN, _PRODUCT, _COMMA = range(5)
_SIDE_BY_SIDE, _SHORT_BRACKET, _DIGITS, _BRACKET = range(5, 9)  # where there is nothing better
# What the sign that a line begins with takes more than in its middle, or a · that it begins with.
_AT_THE_BEGINNING: dict[int | None, float] = {
    _RELATION: 2.8,
    _SIGN: 2.2,
    _PRODUCT: 2.2,
    _SIDE_BY_SIDE: 7.2,
}
_DEEPEST_BROKEN = 4  # lines inside of one another; nobody reads lines in fractions in fractions …
_SMALLEST = 40.0  # points; there is no sense in lines that are shorter


@lru_cache(maxsize=5_000)
def set_width(latex: str) -> float:
    """How wide a formula in display style will be at most, in points at a size of 10.

    >>> 22 < set_width("a + b") < 23
    True
    """
    if depth_of(latex) > DEEPEST:
        return float("inf")
    box = _BOX.search(latex)
    if box is not None:
        return 10.0 * float(box[1]) + 20.0
    return _SAFETY * width_of(parts_of(latex))


def set_height(latex: str) -> float:
    """How high a formula will be, with what is below its line, in points at a size of 10."""
    if depth_of(latex) > DEEPEST:
        return float("inf")
    parts = parts_of(latex)
    return max((p.height for p in parts), default=0.0) + max((p.depth for p in parts), default=0.0)


def widest_run(latex: str) -> float:
    """How wide the widest part of a formula is between two places at which a line may end."""
    return _SAFETY * max(map(width_of, _runs(parts_of(latex))), default=0.0)


def broken(latex: str, room: float, continued: float | None = None, level: int = 0) -> list[str]:
    """The lines of a formula, none of them wider than there is room, as far as that can be.

    Args:
        latex: the formula.
        room: for the first line, in points at a size of 10.
        continued: for the others; the same less :data:`CONTINUED` by default.
        level: how many formulas that hold lines it is in.

    >>> broken("a + b + c = d", 40, 40)
    ['a + b + c', '{}= d']
    """
    if depth_of(latex) > DEEPEST or _BOX.search(latex) is not None:
        return [latex]
    continued = room - CONTINUED if continued is None else continued
    rooms = room / _SAFETY + _ROUNDED, continued / _SAFETY + _ROUNDED
    parts = parts_of(latex)
    if width_of(parts) <= rooms[0]:
        return [latex]
    narrowest = max(_SMALLEST, min(rooms))
    parts = _beside_the_fraction(parts, narrowest)
    parts = [part for run in _runs(parts) for part in _made_to_fit(run, narrowest, level)]
    return list(_written(_cut(parts, rooms)))


def _cut(parts: Sequence[Part], rooms: tuple[float, float]) -> list[list[Part]]:
    """The parts of each line."""
    ranks, depths = list(_ranks(parts)), list(_depths(parts))
    short = set(_inside_short_brackets(parts, _NARROW * rooms[1]))
    lines: list[list[Part]] = []
    start, room = 0, rooms[0]
    while start < len(parts):
        end = _best(parts, ranks, depths, short, start, room)
        lines.append(list(parts[start:end]))
        start, room = end, rooms[1]
    return lines


def _best(
    parts: Sequence[Part], ranks: Sequence[int | None], depths: Sequence[int], short: set[int],
    start: int, room: float,
) -> int:  # fmt: skip
    """Where the line that begins with a part ends best."""
    best: tuple[tuple[int, bool, int, int], int] | None = None
    width = _AT_THE_BEGINNING.get(ranks[start], 0.0) if start else 0.0
    before: Part | None = None
    for place in range(start, len(parts)):
        part = parts[place]
        rank = ranks[place]
        if place > start and rank is not None:
            if width > room and best is not None:
                return best[1]
            worst = max(
                rank if rank >= _SIDE_BY_SIDE else 0, _SHORT_BRACKET if place in short else 0
            )
            depth = 0 if rank == _BRACKET else depths[place]
            key = (worst, width < _NARROW * room, depth, rank)
            if best is None or key <= best[0]:
                best = key, place
            if width > room:
                return best[1]
        if part.kind is not Kind.MARK:
            width += part.width if before is None else gap(before.kind, part.kind) + part.width
            before = part
    return len(parts) if width <= room or best is None else best[1]


def _depths(parts: Sequence[Part]) -> Iterator[int]:
    depth = 0
    for part in parts:
        if part.kind is Kind.CLOSING:
            depth -= 1
        yield depth
        if part.kind is Kind.OPENING:
            depth += 1


def _inside_short_brackets(parts: Sequence[Part], most: float) -> Iterator[int]:
    """The places of what stands inside of brackets that are no wider than that."""
    opened: list[tuple[int, float]] = []  # where brackets begin, and the width up to there
    width = 0.0
    for place, part in enumerate(parts):
        if part.kind is Kind.OPENING:
            opened.append((place, width))
        width += part.width
        if part.kind is Kind.CLOSING and opened:
            start, before = opened.pop()
            if width - before <= most:
                yield from range(start + 1, place + 1)


_NO_FACTOR = (r"\partial", r"\nabla", r"\sum", r"\prod", r"\int", r"\lim")


def _ranks(parts: Sequence[Part]) -> Iterator[int | None]:
    """How good it is to begin a line with a part; None where that cannot be."""
    before: Part | None = None
    for part in parts:
        if part.kind is Kind.MARK:
            yield None
            continue
        yield None if before is None else _rank(before, part)
        before = part


def _rank(before: Part, part: Part) -> int | None:
    if part.kind is Kind.PUNCTUATION:
        return None
    if before.kind is Kind.OPENING or part.kind is Kind.CLOSING:
        return _BRACKET  # where calls are nested so deep that there is nothing else
    if part.tex.startswith(_WORDS):
        return _WORD
    if before.tex.startswith(_WORDS):
        return None
    if part.kind is Kind.RELATION:
        return _RELATION
    if part.kind is Kind.BINARY:
        return _SIGN if part.tex[:1] in "+-" or part.tex.startswith(r"\cup") else _PRODUCT
    if before.kind is Kind.PUNCTUATION:
        return _COMMA
    sides = (Kind.ORDINARY, Kind.CLOSING, Kind.INNER)
    if before.kind is Kind.CLOSING and part.kind is Kind.OPENING:
        return _SIDE_BY_SIDE
    if part.spaced and before.kind in sides and part.kind in (*sides, Kind.OPENING, Kind.OPERATOR):
        return None if _is_operator(before) else _SIDE_BY_SIDE
    if before.tex.isdigit() and part.tex.isdigit():
        return _DIGITS
    return None


_WORDS = (r"\text{ or }", r"\text{ and }")


def _is_operator(part: Part) -> bool:
    r"""Whether a part acts on what follows, as \frac{\partial}{\partial x} does."""
    if part.command == "frac":
        return _BARE_DERIVATIVE.fullmatch(part.inner[0][0]) is not None
    return part.tex.startswith(_NO_FACTOR)


_BARE_DERIVATIVE = re.compile(r"(\\partial|d)(\^\{\d+\})? *")


# -- lines ------------------------------------------------------------------------------------


def _written(lines: Sequence[Sequence[Part]]) -> Iterator[str]:
    """The LaTeX of lines; marks and brackets that a line leaves open are open in the next one."""
    split = set(_split_fences(lines))
    marks: list[str] = []
    last: Part | None = None
    for line in lines:
        pieces = list(marks)
        first = True
        for part in line:
            tex = _of_fixed_size(part) if part.fence in split else part.tex
            if part.kind is Kind.MARK:
                if part.tex == CLOSING:
                    marks.pop()
                else:
                    marks.append(part.tex)
            elif first:
                tex = _beginning(last, part) + tex
            if part.spaced and not (first and part.kind is not Kind.MARK):
                tex = " " + tex
            first = first and part.kind is Kind.MARK
            last = part if part.kind is not Kind.MARK else last
            pieces.append(tex)
        yield "".join(pieces).strip() + CLOSING * len(marks)


def _beginning(last: Part | None, part: Part) -> str:
    """What a line begins with, beside its first part."""
    if last is None:
        return ""
    if part.kind in (Kind.BINARY, Kind.RELATION):
        return "{}"
    return r"{}\cdot " if _rank(last, part) == _SIDE_BY_SIDE else ""


def _split_fences(lines: Sequence[Sequence[Part]]) -> Iterator[int]:
    """The brackets that do not close in the line in which they open."""
    for line in lines:
        counted = Counter(part.fence for part in line if part.fence)
        yield from (number for number, times in counted.items() if times == 1)


def _of_fixed_size(part: Part) -> str:
    r"""A bracket \left( or \right) as \Bigl( or \Bigr), which need not stand in one line."""
    for command, letter in ((r"\left", "l"), (r"\right", "r")):
        if part.tex.startswith(command):
            whole = 2 * (part.height - 2.5)
            size = next(name for most, _, name in DELIMITERS if whole <= most)
            sign = part.tex.removeprefix(command)
            return f"\\{size}{letter}{sign}" if size else sign.removeprefix(".")
    return part.tex


# -- what is too wide by itself ----------------------------------------------------------------


_DERIVATIVE = re.compile(r"(\\partial|d)(\^\{\d+\})? ?(.+)", re.DOTALL)


def _beside_the_fraction(parts: Sequence[Part], room: float) -> list[Part]:
    """The parts; what is differentiated stands beside a fraction that is too wide.

    There it can be broken.  It stays in the fraction if what is below the line is wide, too.
    """
    found: list[Part] = []
    for part in parts:
        derived = None
        if part.width > room and part.command == "frac":
            (above,), (below,) = part.inner
            derived = _DERIVATIVE.fullmatch(above)
            if derived and below.startswith(derived[1]) and set_width(below) < _NARROW * room:
                operator = rf"\frac{{{derived[1]}{derived[2] or ''}}}{{{below}}}"
                first, *others = parts_of(f"{operator} {derived[3]}")
                first.spaced = part.spaced
                found += [first, *others]
                continue
        found.append(part)
    return found


def _runs(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """The parts between two places at which a line may end."""
    run: list[Part] = []
    for part, rank in zip(parts, _ranks(parts), strict=True):
        if rank is not None and run:
            yield run
            run = []
        run.append(part)
    if run:
        yield run


def _made_to_fit(run: Sequence[Part], room: float, level: int) -> list[Part]:
    """Parts that stay together, those with something inside made narrower where they must be."""
    excess = width_of(run) - room
    wide = [part for part in run if _gives_way(part)]
    if excess <= 0 or not wide or level >= _DEEPEST_BROKEN:
        return list(run)
    whole = sum(part.width for part in wide)
    left = max(_SMALLEST * len(wide), whole - excess)
    # The widest gives way first.
    target = left / len(wide)
    spare = sum(max(0.0, target - part.width) for part in wide)
    larger = [part for part in wide if part.width > target]
    target += spare / max(1, len(larger))
    return [
        _shrunk(part, target, level + 1) if part in larger and part.width > target else part
        for part in run
    ]


def _gives_way(part: Part) -> bool:
    """Whether there is something in a part that could have lines of its own."""
    return part.width > _SMALLEST if part.inner else part.script_width > _SMALLEST


def _with_narrow_scripts(part: Part, room: float, level: int) -> Part:
    """A part whose scripts have lines of their own where they are wider than there is room."""
    base = part.tex[: -sum(len(f"_{{{script}}}") for script, _ in part.scripts.values())]
    left = max(_SMALLEST, room - (part.width - part.script_width))
    tex = base
    for sign, (script, width) in part.scripts.items():
        inner = left / SCRIPT_SIZE
        lines = broken(script, inner, inner, level) if width > left else [script]
        body = r" \\ ".join(lines)
        tex += f"{sign}{{{body if len(lines) == 1 else _SMALL_LINES.format(body)}}}"
    return replace(part, tex=tex, width=room)


_SMALL_LINES = r"\begin{{subarray}}{{l}} {} \end{{subarray}}"


def _shrunk(part: Part, room: float, level: int) -> Part:
    """A part that holds lines in its inside, so that it has room; the same if there is no way."""
    if not part.inner:
        return _with_narrow_scripts(part, room, level)
    inner = max(_SMALLEST, room - 14.0)
    if part.command in ("frac", "sqrt", "overline"):
        groups = "".join("{" + _stacked(group, inner, level) + "}" for (group,) in part.inner)
        scripts = part.tex[len(f"\\{part.command}" + "".join(f"{{{g}}}" for (g,) in part.inner)) :]
        return replace(part, tex=f"\\{part.command}{groups}{scripts}", width=room)
    if part.command.endswith("matrix") or part.command == "cases":
        rows = _narrow_array(part.inner, room - 20.0, level)
        end = f"\\end{{{part.command}}}"
        scripts = part.tex[part.tex.rindex(end) + len(end) :]
        body = r" \\ ".join(" & ".join(row) for row in rows)
        tex = f"\\begin{{{part.command}}} {body} {end}{scripts}"
        return replace(part, tex=tex, width=room)
    return part


def _stacked(latex: str, room: float, level: int) -> str:
    """A formula that may have several lines, aligned on the left."""
    lines = broken(latex, room, level=level)
    if len(lines) == 1:
        return lines[0]
    body = r" \\ ".join(
        f"&{line}" if not place else rf"&\qquad {line}" for place, line in enumerate(lines)
    )
    return rf"\begin{{aligned}} {body} \end{{aligned}}"


def _narrow_array(rows: Sequence[Sequence[str]], room: float, level: int) -> list[list[str]]:
    """The entries of an array, in lines where its columns would be too wide."""
    columns = max(map(len, rows))
    natural = [
        max((set_width(row[place]) for row in rows if place < len(row)), default=0.0)
        for place in range(columns)
    ]
    left = room - 10.0 * (columns - 1)
    # What narrow columns do not need is shared by the wide ones.
    share = left / columns
    wide = [place for place in range(columns) if natural[place] > share]
    spare = left - sum(natural[place] for place in range(columns) if place not in wide)
    share = max(_SMALLEST, spare / max(1, len(wide)))
    return [
        [
            _stacked(cell, share, level) if place in wide and set_width(cell) > share else cell
            for place, cell in enumerate(row)
        ]
        for row in rows
    ]
