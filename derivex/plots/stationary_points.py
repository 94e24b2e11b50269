"""Pictures of stationary points: on the graph or on the contours, each marked as what it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sympy import Symbol
from sympy.core.basic import Basic

from derivex.errors import ProblemError
from derivex.expression import free_symbols
from derivex.plots.curves import points_on_graph
from derivex.plots.landscapes import around, landscape_picture
from derivex.plots.picture import Axis, Curve, Line, Mark, Picture, Points, Thing
from derivex.plots.setting import Setting
from derivex.solving import StationarySolution, Verdict

__all__ = ["stationary_picture"]

_MARKS = {
    Verdict.MINIMUM: Mark.DOWN,
    Verdict.MAXIMUM: Mark.UP,
    Verdict.SADDLE: Mark.CROSS,
    Verdict.INFLECTION: Mark.CROSS,
    Verdict.NEITHER: Mark.CROSS,
    Verdict.PLATEAU: Mark.DISC,
    Verdict.VARYING: Mark.RING,
    Verdict.UNDECIDED: Mark.RING,
}
_REACH = 2.0  # beyond a point that is alone, on each side
_SAMPLES = 200  # of a curve of stationary points
_MOST_NAMED = 12


@dataclass(frozen=True)
class _Found:
    """A stationary point, or a curve of them.

    Args:
        name: P1 for the first.
        values: what the unknowns are, as far as they are determined.
        verdict: what it is.
    """

    name: str
    values: Mapping[Symbol, Basic]
    verdict: Verdict


def stationary_picture(
    record: StationarySolution, name: str, setting: Setting, surface: bool = False
) -> Picture | None:
    """The function with its stationary points; None where there is nothing to draw.

    Args:
        record: the points.
        name: the function, as it is written.
        setting: what it is evaluated with.
        surface: whether the graph of a function of two variables is drawn as a surface, too.

    Raises:
        ProblemError: a letter has no value.
    """
    by = record.solution.unknowns
    if len(by) not in (1, 2) or record.constraints:
        return None
    found = list(_found(record))
    places = [(each, place) for each in found if (place := _place(each, by, setting)) is not None]
    axes = _axes(by, [place for _, place in places], setting)
    expression = record.gradient.expression
    function = setting.function(expression, by)
    curves = [curve for each in found for curve in _curve(each, by, axes, setting)]
    if not places and not curves:
        return None
    named = 1 < len(places) <= _MOST_NAMED
    title = f"{name}: stationary points"
    marked: list[Thing] = [*curves]
    for verdict, mark in _MARKS.items():
        of_kind = [(each, place) for each, place in places if each.verdict is verdict]
        if of_kind:
            heights = [function(place) for _, place in of_kind]
            x = np.array([place[0] for _, place in of_kind])
            y = np.array(heights if len(by) == 1 else [place[1] for _, place in of_kind])
            names = tuple(each.name for each, _ in of_kind) if named else ()
            marked.append(Points(x, y, verdict.value, mark, names))
    if len(by) == 1:
        return points_on_graph(name, title, function, axes[0], marked)
    first, second = axes
    return landscape_picture(
        name,
        function,
        first,
        second,
        things=marked,
        surface=surface,
        title=title,
        grid=setting.grid,
    )


def _found(record: StationarySolution) -> Iterator[_Found]:
    """The points and the curves, with what they are."""
    solution = record.solution
    for number, (point, kind) in enumerate(zip(solution.points, record.kinds, strict=False), 1):
        if not point.relations:
            yield _Found(f"P{number}", point.values, kind.verdict)
    if record.classification is not None and not record.kinds:
        worked = solution.values.unknowns if solution.values else {}
        values = {**solution.results, **{name: each.result for name, each in worked.items()}}
        yield _Found("", values, record.classification.verdict)
    for corner in record.corners:
        yield _Found("", corner.values, corner.verdict)


def _place(each: _Found, by: Sequence[Symbol], setting: Setting) -> tuple[float, ...] | None:
    """The coordinates of a point; None for a curve, or where a letter has no value."""
    if not all(name in each.values for name in by):
        return None
    try:
        place = tuple(setting.function(each.values[name], [])(()) for name in by)
    except ProblemError:
        return None
    return place if np.isfinite(place).all() else None


def _axes(
    by: Sequence[Symbol], places: Sequence[tuple[float, ...]], setting: Setting
) -> tuple[Axis, ...]:
    if not places:
        return tuple(setting.axis(variable) for variable in by)
    padded = [(place[0], place[-1]) for place in places]
    x, y = around((setting.written(by[0]), setting.written(by[-1])), padded, _REACH)
    return tuple(
        setting.axis(name, axis.low, axis.high) for name, axis in zip(by, (x, y), strict=False)
    )


def _curve(
    each: _Found, by: Sequence[Symbol], axes: Sequence[Axis], setting: Setting
) -> Iterator[Curve]:
    """The curve that a free unknown runs through."""
    free = [name for name in by if name not in each.values]
    if len(by) != 2 or len(free) != 1:
        return
    (other,) = each.values
    if any(name is not free[0] for name in free_symbols(setting.full(each.values[other]))):
        return
    axis = axes[by.index(free[0])]
    along = np.linspace(axis.low, axis.high, _SAMPLES)
    value = setting.function(each.values[other], free)
    across = np.array([value((place,)) for place in along])
    x, y = (along, across) if by[0] is free[0] else (across, along)
    label = {Verdict.MINIMUM: "minima", Verdict.MAXIMUM: "maxima"}.get(
        each.verdict, "stationary points"
    )
    yield Curve(x, y, label, Line.THICK, 1)
