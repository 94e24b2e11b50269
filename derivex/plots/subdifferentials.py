"""The picture of subgradients: the graph with lines that touch it from below, and the sets.

For a convex function of one variable the set at a point goes from the slope on its left to the
slope on its right, so its graph is that of the slope with a vertical stroke at every kink.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from sympy import Symbol
from sympy.core.basic import Basic

from derivex.errors import ProblemError
from derivex.expression import (
    Branch,
    Cases,
    Equation,
    Negative,
    Plus,
    free_symbols,
    postorder,
    rebuild,
)
from derivex.expression.sets import Hull, Interval, SetNode, Singleton
from derivex.plots.picture import Axis, Curve, Line, Panel, Picture, Points, Thing
from derivex.plots.sampling import Function, height_axis, on_line, widened
from derivex.plots.scales import short

__all__ = ["kink_differences", "lowest_slopes", "subgradient_picture"]

_BESIDE = 1e-9  # of the width: how far from a kink its slopes on both sides are read off
_BISECTIONS = 60


def lowest_slopes(sets: Basic) -> Basic:
    """The least element of a set, case by case: the set of one number is that number.

    Args:
        sets: what a subdifferential came out as.

    Raises:
        ProblemError: it holds a set whose least element is not written in it.

    >>> from derivex.expression import ONE, Negative
    >>> lowest_slopes(Interval(Negative(ONE), ONE)) == Negative(ONE)
    True
    """
    done: dict[Basic, Basic] = {}
    for node in postorder(sets):
        if isinstance(node, (Singleton, Interval)):
            done[node] = done.get(node.args[0], node.args[0])
        elif isinstance(node, (SetNode, Hull)):
            raise ProblemError(
                "this subdifferential is not a case distinction of numbers and intervals",
                hint="give the letters in it values, or a point with --at",
            )
        elif isinstance(node, (Cases, Branch)):
            done[node] = rebuild(node, [done.get(operand, operand) for operand in node.args])
    return done.get(sets, sets)


def kink_differences(sets: Basic, variable: Symbol) -> tuple[Basic, ...]:
    """Left side minus right side of every condition u = v on the variable in a case distinction.

    The kinks are where one of these is zero.
    """
    found = dict.fromkeys(
        Plus(node.args[0], Negative(node.args[1]))
        for node in postorder(sets)
        if isinstance(node, Equation) and variable in free_symbols(node)
    )
    return tuple(found)


def subgradient_picture(
    name: str,
    function: Function,
    slopes: Function,
    differences: Sequence[Function],
    x: Axis,
) -> Picture:
    """Two panels: the graph with lines touching it at a kink, and the subgradients.

    Args:
        name: the function, as it is written.
        function: the function, convex.
        slopes: its least subgradient at a point.
        differences: what is zero at its kinks.
        x: the variable, from where to where.
    """
    kinks = sorted({kink for each in differences for kink in _zeros(each, x)})
    ends = [_sides(slopes, kink, x) for kink in kinks]
    along, values = on_line(function, x, kinks)
    graph: list[Thing] = [Curve(along, values, name)]
    y = height_axis(name, values)
    for number, (kink, (left, right)) in enumerate(zip(kinks, ends, strict=True)):
        graph += _touching(kink, function((kink,)), left, right, x, named=not number)
    sets: list[Thing] = list(_set_graph(slopes, kinks, ends, x))
    heights = [thing.y for thing in sets if isinstance(thing, Curve)]
    slope_axis = widened(f"∂({name})" if " " in name else f"∂{name}", *_span(heights), 0.15)
    return Picture(
        f"{name} and its subgradients",
        (
            Panel(name, x, y, tuple(graph)),
            Panel("its subgradients", x, slope_axis, tuple(sets)),
        ),
    )


def _span(heights: Sequence[np.ndarray]) -> tuple[float, float]:
    finite = np.concatenate(heights)
    finite = finite[np.isfinite(finite)]
    if not finite.size:
        raise ProblemError(
            "there are no subgradients in what is to be drawn", hint="choose another --range"
        )
    return float(finite.min()), float(finite.max())


def _sides(slopes: Function, kink: float, x: Axis) -> tuple[float, float]:
    beside = _BESIDE * (x.high - x.low)
    return slopes((kink - beside,)), slopes((kink + beside,))


def _touching(
    kink: float, height: float, left: float, right: float, x: Axis, named: bool
) -> list[Thing]:
    """Lines through a kink with slopes from the set there, its ends among them."""
    reach = (x.high - x.low) * 0.3
    ends = np.array([kink - reach, kink + reach])
    things: list[Thing] = []
    for part in (0.0, 0.25, 0.5, 0.75, 1.0):
        slope = left + (right - left) * part
        label = "slopes in the set at the kink" if named and not part else ""
        things.append(Curve(ends, height + slope * (ends - kink), label, Line.DOTTED, 1))
    things.append(Points(np.array([kink]), np.array([height])))
    return things


def _set_graph(
    slopes: Function, kinks: Sequence[float], ends: Sequence[tuple[float, float]], x: Axis
) -> list[Thing]:
    """The slope between the kinks, a stroke at each of them, discs at the ends of the strokes."""
    things: list[Thing] = []
    borders = [x.low, *kinks, x.high]
    beside = _BESIDE * (x.high - x.low)
    for number, (low, high) in enumerate(pairwise(borders)):
        if high - low > 4 * beside:
            piece = Axis(x.label, low + beside, high - beside)
            label = "slope" if not number else ""
            things.append(Curve(*on_line(slopes, piece), label))
    for number, (kink, (left, right)) in enumerate(zip(kinks, ends, strict=True)):
        place = np.array([kink, kink])
        low, high = sorted((left, right))
        label = f"[{short(low)}, {short(high)}] at {x.label} = {short(kink)}" if number < 3 else ""
        things.append(Curve(place, np.array([low, high]), label, Line.THICK, 1))
        things.append(Points(place, np.array([low, high])))
    return things


def _zeros(difference: Function, x: Axis) -> list[float]:
    """Where a function changes its sign, or is zero, by halving."""
    samples = np.linspace(x.low, x.high, 400)  # so many that none of them is 0 by its making
    values = [difference((each,)) for each in samples]
    found: list[float] = []
    pairs = zip(samples, samples[1:], values, values[1:], strict=False)
    for low, high, at_low, at_high in pairs:
        if at_low == 0:
            found.append(float(low))
        elif at_low * at_high < 0:
            found.append(_halved(difference, float(low), float(high), at_low))
    return [float(f"{each:.12g}") if abs(each) > 1e-12 else 0.0 for each in found]


def _halved(difference: Function, low: float, high: float, at_low: float) -> float:
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        value = difference((middle,))
        if value == 0:
            return middle
        if (value < 0) == (at_low < 0):
            low = middle
        else:
            high = middle
    return (low + high) / 2
