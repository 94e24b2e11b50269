"""What is in a picture, as plain data: who draws it, and on what, is decided elsewhere.

A picture has panels, a panel has axes and things on them, and all coordinates are floating-point
numbers.  One thing is told from another by shape (dashes, markers, thickness) as well as by
colour, so that a picture is still legible when it is printed in grey.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[np.float64]

__all__ = [
    "Arrows",
    "Axis",
    "Contours",
    "Curve",
    "Line",
    "Mark",
    "Panel",
    "Path",
    "Picture",
    "Points",
    "Surface",
    "Thing",
    "side_by_side",
]


class Line(Enum):
    """How a curve is drawn."""

    SOLID = "solid"
    DASHED = "dashed"
    DOTTED = "dotted"
    DASH_DOT = "dashes and dots"
    THICK = "thick"


class Mark(Enum):
    """How a point is drawn."""

    DISC = "disc"
    RING = "ring"
    UP = "triangle that points up"
    DOWN = "triangle that points down"
    CROSS = "cross"


@dataclass(frozen=True)
class Axis:
    """An axis.

    Args:
        label: what is measured along it, as text.
        low: where it begins.
        high: where it ends; greater than ``low``.
    """

    label: str
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Curve:
    """Points joined by lines; a gap where a coordinate is NaN.

    Args:
        x: the horizontal coordinates.
        y: the vertical ones, as many.
        label: what it is, for the legend; "" to leave it out there.
        line: how it is drawn.
        rank: curves of one rank have one colour; the first is 0.
    """

    x: Numbers
    y: Numbers
    label: str = ""
    line: Line = Line.SOLID
    rank: int = 0


@dataclass(frozen=True, eq=False)
class Points:
    """Points that are not joined.

    Args:
        x: the horizontal coordinates.
        y: the vertical ones.
        label: what they are, for the legend.
        mark: how each of them is drawn.
        names: what is written beside each of them, if anything.
    """

    x: Numbers
    y: Numbers
    label: str = ""
    mark: Mark = Mark.DISC
    names: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Contours:
    """Lines along which a function of two variables has one value.

    Args:
        x: the horizontal coordinates of the grid, ascending.
        y: the vertical ones.
        values: the function, a row for each y and a column for each x; NaN where it has no value.
        levels: the values of the lines, ascending.
        label: what the function is.
    """

    x: Numbers
    y: Numbers
    values: Numbers
    levels: tuple[float, ...]
    label: str


@dataclass(frozen=True, eq=False)
class Surface:
    """The graph of a function of two variables; arguments as for :class:`Contours`."""

    x: Numbers
    y: Numbers
    values: Numbers
    label: str


@dataclass(frozen=True, eq=False)
class Arrows:
    """Arrows in the plane.

    Args:
        x: where each begins.
        y: where each begins.
        along: how far it goes to the right, in units of the axis.
        up: how far it goes up.
        label: what they are, for the legend.
    """

    x: Numbers
    y: Numbers
    along: Numbers
    up: Numbers
    label: str = ""


@dataclass(frozen=True, eq=False)
class Path:
    """Points in the order in which they were reached.

    Args:
        x: the horizontal coordinates.
        y: the vertical ones.
        height: the value of the function at each of them.
        label: what it is, for the legend.
    """

    x: Numbers
    y: Numbers
    height: Numbers
    label: str


Thing: TypeAlias = Curve | Points | Contours | Surface | Arrows | Path


@dataclass(frozen=True)
class Panel:
    """Axes, and what is drawn on them.

    Args:
        title: a line above it.
        x: the horizontal axis.
        y: the vertical axis.
        things: what is drawn, from back to front.
        z: the axis of the heights, where a surface is drawn.
        equal: whether a unit has the same length along both axes.
    """

    title: str
    x: Axis
    y: Axis
    things: tuple[Thing, ...]
    z: Axis | None = None
    equal: bool = False

    def labelled(self) -> Iterator[Thing]:
        """The things that the legend names."""
        for thing in self.things:
            if thing.label and not isinstance(thing, (Contours, Surface)):
                yield thing


@dataclass(frozen=True)
class Picture:
    """Panels side by side.

    Args:
        title: a short plain text that says what is shown; also for who cannot see it.
        panels: from left to right; at least one.
    """

    title: str
    panels: tuple[Panel, ...]

    @property
    def description(self) -> str:
        """What is shown, and from where to where, for who cannot see it."""
        first = self.panels[0]
        axes = [axis for axis in (first.x, first.y) if axis.label]
        told = ", ".join(f"{axis.label} from {axis.low:.3g} to {axis.high:.3g}" for axis in axes)
        return f"{self.title}; {told}".replace("-", "−")


def side_by_side(pictures: Sequence[Picture]) -> Picture:
    """Several pictures as one, panel beside panel.

    >>> side_by_side([Picture("a", ()), Picture("b", ())])
    Picture(title='a; b', panels=())
    """
    title = "; ".join(picture.title for picture in pictures)
    return Picture(title, tuple(panel for each in pictures for panel in each.panels))
