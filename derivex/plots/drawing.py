"""From results to pictures: what is drawn of each kind of record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import singledispatch

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.descent import Descent
from derivex.descent.preparing import float_column
from derivex.engine import GradientDerivation
from derivex.engine.nudges import NudgeTable
from derivex.engine.subgradient import SubgradientDerivation
from derivex.engine.tangent import Tangent
from derivex.errors import ProblemError
from derivex.expression import value_of
from derivex.plots.curves import graph_picture, path_on_graph, tangent_picture
from derivex.plots.fits import Fit, fit_frame, fit_picture, model_of, spread_steps
from derivex.plots.landscapes import Walk, around, landscape_picture
from derivex.plots.picture import Axis, Panel, Path, Picture, Thing
from derivex.plots.scales import short
from derivex.plots.setting import Setting
from derivex.plots.stationary_points import stationary_picture
from derivex.plots.subdifferentials import kink_differences, lowest_slopes, subgradient_picture
from derivex.solving import StationarySolution

__all__ = ["descent_frames", "draw", "draw_expression"]

_MOST_FRAMES = 40
_REACH = 3.0  # beyond a point on the axis, on each side
_NAMED = 60  # characters of a formula that stands in a title


def draw_expression(
    expression: Basic,
    by: Sequence[Symbol],
    setting: Setting,
    *,
    gradient: GradientDerivation | None = None,
    surface: bool = False,
) -> Picture:
    """The graph of a function of one variable, or the contours of one of two.

    Args:
        expression: the function.
        by: its variables.
        setting: what it is evaluated with.
        gradient: its gradient, where the field is to be drawn.
        surface: whether the surface is drawn as well.

    Raises:
        ProblemError: there are more variables than can be drawn.
    """
    name = _name(expression, setting)
    if len(by) == 1:
        if gradient is not None or surface:
            raise ProblemError(
                "a field or a surface needs two variables", hint="leave --field and --surface out"
            )
        function = setting.function(expression, by)
        return graph_picture([(name, function)], setting.axis(by[0]), name, name)
    x, y = (setting.axis(variable) for variable in _two(by))
    slopes = None
    if gradient is not None:
        slopes = setting.functions_of([each.result for each in gradient.partials], by)
    function = setting.function(expression, by)
    return landscape_picture(
        name, function, x, y, gradient=slopes, surface=surface, grid=setting.grid
    )


def _two(by: Sequence[Symbol]) -> Sequence[Symbol]:
    if len(by) != 2:
        names = ", ".join(variable.name for variable in by)
        raise ProblemError(
            f"a picture shows one or two variables, and there are {len(by)}: {names}",
            hint="give the others values with --at, or name two with --by",
        )
    return by


def _name(expression: Basic, setting: Setting) -> str:
    written = setting.written(expression)
    return written if len(written) <= _NAMED else "the function"


@singledispatch
def draw(record: object, setting: Setting, surface: bool = False) -> tuple[Picture, ...]:
    """The pictures of a record; none where there is nothing to draw.

    Args:
        record: a derivation, a descent, or what else a lesson leads to.
        setting: what is known there.
        surface: whether functions of two variables are drawn as surfaces, too.
    """
    return ()


@draw.register
def _(record: Descent, setting: Setting, surface: bool = False) -> tuple[Picture, ...]:
    pictures = []
    by = record.coordinates.names
    if len(by) == 1:
        pictures.append(_on_graph(record, setting))
    elif len(by) == 2:
        pictures.append(_on_contours(record, setting, surface))
    fit = _fitting(record, setting)
    if fit is not None:
        pictures.append(fit_picture(fit))
    return tuple(pictures)


def _points(record: Descent) -> list[tuple[float, ...]]:
    return [each.coordinates for each in record.history]


def _expression(record: Descent, setting: Setting) -> Basic:
    """The function in the letters that are moved."""
    return record.by_coordinates(setting.full(record.gradient.expression))


def _what(record: Descent) -> str:
    names = {"plain": "gradient descent", "momentum": "momentum", "adam": "Adam"}
    return f"{names.get(record.method.name, record.method.name)}, rate {record.rate}"


def _on_graph(record: Descent, setting: Setting) -> Picture:
    (variable,) = record.coordinates.names
    reached = [point[0] for point in _points(record)]
    axis, _ = around((setting.written(variable), ""), [(each, 0.0) for each in reached])
    axis = setting.axis(variable, axis.low, axis.high)
    name = _name(record.gradient.expression, setting)
    expression = _expression(record, setting)
    function = setting.function(expression, [variable])
    return path_on_graph(name, function, axis, reached, _what(record))


def _on_contours(record: Descent, setting: Setting, surface: bool) -> Picture:
    by = record.coordinates.names
    x, y = _around_path(record, setting)
    name = _name(record.gradient.expression, setting)
    expression = _expression(record, setting)
    points = tuple((point[0], point[1]) for point in _points(record))
    walk = Walk(points, _what(record))
    function = setting.function(expression, by)
    return landscape_picture(name, function, x, y, walk=walk, surface=surface, grid=setting.grid)


def _around_path(record: Descent, setting: Setting) -> tuple[Axis, Axis]:
    first, second = record.coordinates.names
    points = [(point[0], point[1]) for point in _points(record)]
    x, y = around((setting.written(first), setting.written(second)), points)
    return setting.axis(first, x.low, x.high), setting.axis(second, y.low, y.high)


def _fitting(record: Descent, setting: Setting) -> Fit | None:
    """The model that a descent fits to data; None where its function is no such loss."""
    model = model_of(setting.full(record.gradient.expression), setting.columns)
    if model is None or not {model.variable, model.observed} <= set(setting.columns):
        return None
    x, y = (float_column(setting.columns[name]) for name in (model.variable, model.observed))
    by = record.coordinates.names
    bare = Setting(setting.definitions, {}, setting.functions, setting.values)
    return Fit(
        x,
        y,
        setting.written(model.variable),
        setting.written(model.observed),
        bare.function(model.expression, [*by, model.variable]),
        tuple(_points(record)),
        tuple(each.number for each in record.history),
        tuple(setting.written(variable) for variable in by),
    )


def descent_frames(record: Descent, setting: Setting, surface: bool = False) -> list[Picture]:
    """One picture a step: how far the path has come, and the model on the data where it fits one.

    Raises:
        ProblemError: there are more variables than can be drawn, and nothing is fitted.
    """
    by = record.coordinates.names
    still: tuple[Panel, ...] = ()
    if len(by) <= 2:
        ground = _on_graph(record, setting) if len(by) == 1 else None
        still = (ground or _on_contours(record, setting, surface)).panels
    fit = _fitting(record, setting)
    if fit is None and not still:
        raise ProblemError(
            f"a path in {len(by)} variables cannot be drawn, so nothing moves",
            hint="a descent by one or two variables moves, and a fit of a line or curve to data",
        )
    frames = []
    for number in spread_steps(len(record.history), _MOST_FRAMES):
        title = _reached(record, setting, number)
        panels = [] if fit is None else [fit_frame(fit, number)]
        for place, panel in enumerate(still):
            named = title if fit is None and not place else panel.title
            panels.append(replace(panel, title=named, things=_so_far(panel, number)))
        frames.append(Picture(title, tuple(panels)))
    return frames


def _reached(record: Descent, setting: Setting, number: int) -> str:
    pairs = zip(record.coordinates.names, record.history[number].coordinates, strict=True)
    told = ", ".join(f"{setting.written(name)} = {short(value, 3)}" for name, value in pairs)
    return f"step {record.history[number].number}: {told}"


def _so_far(panel: Panel, number: int) -> tuple[Thing, ...]:
    """What is drawn, with each path up to a step only."""
    return tuple(
        replace(
            thing, **{part: getattr(thing, part)[: number + 1] for part in ("x", "y", "height")}
        )
        if isinstance(thing, Path)
        else thing
        for thing in panel.things
    )


@draw.register
def _(record: StationarySolution, setting: Setting, surface: bool = False) -> tuple[Picture, ...]:
    name = _name(record.gradient.expression, setting)
    found = stationary_picture(record, name, setting, surface)
    return () if found is None else (found,)


@draw.register
def _(record: Tangent, setting: Setting, surface: bool = False) -> tuple[Picture, ...]:
    return (_touched(record.expression, record.variable, record.at, record.slope.result, setting),)


@draw.register
def _(record: NudgeTable, setting: Setting, surface: bool = False) -> tuple[Picture, ...]:
    moved = [float(value_of(row.nudge) or 0) for row in record.rows[:1]]
    slope = record.limit.result
    return (_touched(record.expression, record.variable, record.at, slope, setting, moved),)


def _touched(
    expression: Basic,
    variable: Symbol,
    at: Basic,
    slope: Basic,
    setting: Setting,
    moved: Sequence[float] = (),
) -> Picture:
    place = setting.function(at, [])(())
    steep = setting.function(slope, [variable])((place,))
    reach = max(_REACH, *(2 * abs(each) for each in moved), abs(place) / 2)
    axis = setting.axis(variable, place - reach, place + reach)
    function = setting.function(expression, [variable])
    return tangent_picture(_name(expression, setting), function, steep, place, axis, moved)


@draw.register
def _(
    record: SubgradientDerivation, setting: Setting, surface: bool = False
) -> tuple[Picture, ...]:
    start = record.derivation.start
    expression, variable = start.args[0], start.args[1]
    if not isinstance(variable, Symbol):
        return ()
    sets = setting.full(record.derivation.result)
    function = setting.function(expression, [variable])
    slopes = setting.function(lowest_slopes(sets), [variable])
    kinks = [setting.function(each, [variable]) for each in kink_differences(sets, variable)]
    axis = setting.axis(variable)
    return (subgradient_picture(_name(expression, setting), function, slopes, kinks, axis),)
