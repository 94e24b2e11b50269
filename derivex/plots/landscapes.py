"""Pictures of a function of two variables: contours, surface, gradient field, paths."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from derivex.plots.picture import (
    Arrows,
    Axis,
    Contours,
    Panel,
    Path,
    Picture,
    Surface,
    Thing,
)
from derivex.plots.sampling import GRID, Function, contour_levels, height_axis, on_grid, widened

__all__ = ["Walk", "around", "field_arrows", "landscape_picture", "path_of"]

_ARROWS_ACROSS = 13
_FARTHEST = 6  # a path that leaves this many times the rest's range behind is cut off


@dataclass(frozen=True)
class Walk:
    """Points reached one after the other, and what reached them.

    Args:
        points: the points, each with two coordinates.
        label: what reached them.
    """

    points: tuple[tuple[float, float], ...]
    label: str


def landscape_picture(
    name: str,
    function: Function,
    x: Axis,
    y: Axis,
    *,
    walk: Walk | None = None,
    gradient: Callable[[Sequence[float]], Sequence[float]] | None = None,
    things: Sequence[Thing] = (),
    surface: bool = False,
    title: str = "",
    grid: int = GRID,
) -> Picture:
    """Contours, and what is asked for on them; with ``surface`` the surface beside them.

    Args:
        name: the function, as it is written.
        function: the function of two variables.
        x: the first variable, from where to where.
        y: the second one.
        walk: a path to be drawn.
        gradient: the gradient at a point, where its field is to be drawn.
        things: what else is drawn on the contours.
        surface: whether the graph is drawn as a surface as well.
        title: what stands above it; what is drawn, if left out.
        grid: at how many places along each variable the function is worked out.
    """
    across, up, values = on_grid(function, x, y, grid)
    drawn: list[Thing] = [Contours(across, up, values, contour_levels(values), name)]
    if gradient is not None:
        drawn.append(field_arrows(gradient, x, y))
    path = None
    if walk is not None:
        path = path_of(walk, function)
        drawn.append(path)
    drawn += things
    what = [name]
    if gradient is not None:
        what.append("its gradient field")
    if walk is not None:
        what.append(walk.label)
    title = title or ", ".join(what)
    panels = [Panel(title, x, y, tuple(drawn))]
    if surface:
        solid: list[Thing] = [Surface(across, up, values, name)]
        if path is not None:
            solid.append(path)
        heights = height_axis(name, values)
        panels.append(Panel(name, x, y, tuple(solid), heights))
    return Picture(title, tuple(panels))


def path_of(walk: Walk, function: Function) -> Path:
    """The walk as it is drawn: with the height of each of its points."""
    places = np.array(walk.points, dtype=np.float64)
    heights = np.array([function(point) for point in walk.points])
    return Path(places[:, 0], places[:, 1], heights, walk.label)


def field_arrows(
    gradient: Callable[[Sequence[float]], Sequence[float]], x: Axis, y: Axis
) -> Arrows:
    """The gradient on a grid, scaled so that the longest arrow spans about one cell.

    Lengths are as in the plane of the variables; their proportions stay, except that the
    shortest are drawn no shorter than a seventh of the longest, so that they can be seen.
    """
    step_x = (x.high - x.low) / _ARROWS_ACROSS
    step_y = (y.high - y.low) / _ARROWS_ACROSS
    places = [
        (x.low + (i + 0.5) * step_x, y.low + (j + 0.5) * step_y)
        for j in range(_ARROWS_ACROSS)
        for i in range(_ARROWS_ACROSS)
    ]
    slopes = np.array([tuple(gradient(place)) for place in places], dtype=np.float64)
    known = np.isfinite(slopes).all(axis=1)
    starts, slopes = np.array(places)[known], slopes[known]
    # In cells, so that an arrow fits into one whatever the units of the axes are.
    lengths = np.hypot(slopes[:, 0] / step_x, slopes[:, 1] / step_y)
    longest = lengths.max(initial=0.0)
    if longest > 0:
        shown = np.where(lengths > 0, np.maximum(lengths, longest / 7), 1.0)
        slopes = slopes * (0.9 * shown / longest / np.where(lengths > 0, lengths, 1.0))[:, None]
    return Arrows(starts[:, 0], starts[:, 1], slopes[:, 0], slopes[:, 1], "gradient")


def around(
    labels: tuple[str, str], points: Sequence[tuple[float, float]], reach: float = 1.0
) -> tuple[Axis, Axis]:
    """Axes that show some points with space around them; on each side ``reach`` of one point.

    A point so far off that the others would be one dot (a descent that diverges) is left out.

    >>> around(("a", "b"), [(0.0, 0.0), (2.0, 1.0)])[0]
    Axis(label='a', low=-0.7, high=2.7)
    """
    known = [point for point in points if np.isfinite(point).all()]
    shown = np.array(_near(known) or [(0.0, 0.0)])
    axes = []
    for label, coordinates in zip(labels, shown.T, strict=True):
        axes.append(widened(label, float(coordinates.min()), float(coordinates.max()), 0.35, reach))
    return axes[0], axes[1]


def _near(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The points up to the first that is far away from all before it."""
    kept: list[tuple[float, float]] = []
    for point in points:
        if len(kept) >= 3:
            before = np.array(kept)
            reach = np.ptp(before, axis=0).max()
            if reach and np.abs(np.array(point) - before.mean(axis=0)).max() > _FARTHEST * reach:
                break
        kept.append(point)
    return kept
