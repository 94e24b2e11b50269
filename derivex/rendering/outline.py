"""Results laid out as blocks: derivations, equations side by side, remarks.

What stands in which block is decided here, once for all outputs; how a block looks in a
terminal or in LaTeX is decided by the modules that write them.  The outlines of solutions
and of lessons are registered by the modules next to this one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import singledispatch
from typing import TYPE_CHECKING

from derivex.derivation import Derivation, Detail, Line
from derivex.engine import GradientDerivation
from derivex.notation import TextWriter
from derivex.rendering.equations import EquationRow
from derivex.rendering.number_table import NumberTable
from derivex.rendering.readable import readable

if TYPE_CHECKING:
    from derivex.plots.picture import Picture

__all__ = ["Block", "Equations", "Figure", "Lines", "Remark", "SideBySide", "outline"]


@dataclass(frozen=True)
class Remark:
    """A sentence.  ``failed`` marks what is not as expected."""

    text: str
    failed: bool = False


@dataclass(frozen=True)
class Lines:
    """A derivation."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Equations:
    """Equations one below the other, with labels and reasons."""

    rows: tuple[EquationRow, ...]


@dataclass(frozen=True)
class SideBySide:
    """Columns of equations next to each other."""

    columns: tuple[Equations, ...]


@dataclass(frozen=True)
class Figure:
    """A picture.

    Args:
        picture: what is in it.
        file: the file that it is in, for formats that refer to one; "" where there is none.
    """

    picture: Picture
    file: str = ""


Block = Remark | Lines | Equations | SideBySide | NumberTable | Figure


@singledispatch
def outline(result: object, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    """The blocks of a result.

    Args:
        result: any record: a derivation, gradient, solution, descent, or what a lesson holds.
        detail: how many lines a derivation has.
        writer: writes the formulas inside remarks.

    Raises:
        TypeError: there is no way to show such a thing.
    """
    raise TypeError(f"there is no outline of a {type(result).__name__}")


@outline.register
def _(result: Derivation, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    yield Lines(tuple(readable(result.lines(detail))))
    for node in result.stuck:
        yield Remark(f"no rule covers {writer.write(node)}", failed=True)


@outline.register
def _(result: GradientDerivation, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    for partial in result.partials:
        yield from outline(partial, detail, writer)
    if not result.is_one_derivation:
        yield Lines((Line(result.start), Line(result.row)))
