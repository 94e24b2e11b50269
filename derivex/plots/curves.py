"""Pictures of a function of one variable: its graph, tangents, secants, slopes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from derivex.errors import ProblemError
from derivex.plots.picture import Axis, Curve, Line, Mark, Panel, Path, Picture, Points, Thing
from derivex.plots.sampling import Function, height_axis, on_line
from derivex.plots.scales import short

__all__ = ["graph_picture", "path_on_graph", "points_on_graph", "tangent_picture"]


def graph_picture(
    functions: Sequence[tuple[str, Function]], x: Axis, title: str, y_label: str = "y"
) -> Picture:
    """Graphs in one panel.

    Args:
        functions: each with its name.
        x: the variable, from where to where.
        title: what is shown.
        y_label: what stands at the vertical axis.
    """
    things: list[Thing] = []
    lines = (Line.SOLID, Line.DASHED, Line.DOTTED)
    for rank, (name, function) in enumerate(functions):
        along, values = on_line(function, x)
        things.append(Curve(along, values, name, lines[rank % len(lines)], rank))
    y = height_axis(y_label, *[thing.y for thing in things if isinstance(thing, Curve)])
    return Picture(title, (Panel(title, x, y, tuple(things)),))


def tangent_picture(
    name: str,
    function: Function,
    slope: float,
    at: float,
    x: Axis,
    nudges: Sequence[float] = (),
) -> Picture:
    """A graph, the line that touches it at a point, and the secants through nudged points.

    Args:
        name: the function, as it is written.
        function: the function.
        slope: its derivative at the point.
        at: the point.
        x: the variable, from where to where.
        nudges: by how much the variable is moved, the largest first.

    Raises:
        ProblemError: the function has no value there.
    """
    value = function((at,))
    if not np.isfinite([value, slope]).all():
        raise ProblemError(f"there is no tangent at {x.label} = {short(at)}")
    along, values = on_line(function, x, (at,))
    ends = np.array([x.low, x.high])
    things: list[Thing] = [Curve(along, values, name)]
    moved: list[float] = []
    for rank, nudge in enumerate(nudges[:3], 2):
        there = function((at + nudge,))
        if not np.isfinite(there) or not nudge:
            continue
        ratio = (there - value) / nudge
        label = f"secant, nudge {short(nudge)}: slope {short(ratio, 6)}"
        things.append(Curve(ends, value + ratio * (ends - at), label, Line.DOTTED, rank))
        moved.append(nudge)
    label = f"tangent at {x.label} = {short(at)}: slope {short(slope, 6)}"
    things.append(Curve(ends, value + slope * (ends - at), label, Line.DASHED, 1))
    if moved:
        places = np.array([at + nudge for nudge in moved])
        heights = np.array([function((each,)) for each in places])
        things.append(Points(places, heights, mark=Mark.RING))
    things.append(Points(np.array([at]), np.array([value])))
    y = height_axis(name, values, keep=(value,))
    title = f"{name} and its tangent"
    return Picture(title, (Panel(title, x, y, tuple(things)),))


def points_on_graph(
    name: str, title: str, function: Function, x: Axis, marked: Sequence[Thing]
) -> Picture:
    """A graph with points on it.

    Args:
        name: the function, as it is written.
        title: what is shown.
        function: the function.
        x: the variable, from where to where.
        marked: the points.
    """
    places = [each for each in marked if isinstance(each, Points)]
    along, values = on_line(function, x, [float(place) for each in places for place in each.x])
    y = height_axis(name, values, keep=[float(place) for each in places for place in each.y])
    return Picture(title, (Panel(title, x, y, (Curve(along, values, name), *marked)),))


def path_on_graph(
    name: str, function: Function, x: Axis, reached: Sequence[float], what: str
) -> Picture:
    """A graph with the points that a descent on one variable has reached.

    Args:
        name: the function, as it is written.
        function: the function.
        x: the variable, from where to where.
        reached: the points, in order.
        what: what reached them, for the legend.
    """
    along, values = on_line(function, x)
    places = np.array(reached, dtype=np.float64)
    heights = np.array([function((each,)) for each in places])
    inside = (places >= x.low) & (places <= x.high) & np.isfinite(heights)
    shown = np.where(inside, heights, np.nan)
    path = Path(places, shown, shown, what)
    y = height_axis(name, values, heights[inside])
    title = f"{name}: {what}"
    return Picture(title, (Panel(title, x, y, (Curve(along, values, name), path)),))
