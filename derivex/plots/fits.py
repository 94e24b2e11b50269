"""Pictures of a line, or another curve, that fits data better from step to step."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from sympy import Integer, Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    At,
    Mean,
    Negative,
    Plus,
    Power,
    Total,
    postorder,
    substitute,
)
from derivex.plots.picture import Axis, Curve, Line, Mark, Panel, Picture, Points, Thing
from derivex.plots.sampling import Function, height_axis, on_line, widened
from derivex.plots.scales import short

if TYPE_CHECKING:
    from derivex.plots.picture import Numbers

__all__ = ["Fit", "Model", "fit_frame", "fit_picture", "model_of", "spread_steps"]

_SHOWN = 6  # lines in one picture: more cannot be told apart
_MOST_DATA = 300  # points that can still be seen one by one
_LINES = (Line.DOTTED, Line.DASHED, Line.DASH_DOT)  # with four colours, twelve different ones


@dataclass(frozen=True)
class Model:
    """What a loss compares with the data: the model's value for one of them, and the other.

    Args:
        expression: the model; ``variable`` stands for the data it starts from.
        variable: the column that the model starts from.
        observed: the column that it is compared with.
    """

    expression: Basic
    variable: Symbol
    observed: Symbol


def model_of(loss: Basic, columns: Collection[Basic] = ()) -> Model | None:
    """The model in a sum of squared residuals, (s a_i + b − h_i)² for each i; None without one.

    A residual is a sum in which one entry of data is subtracted, or is added to a negative
    rest, and in which exactly one other column occurs.

    Args:
        loss: the function that is made small, with definitions filled in.
        columns: the names of the data, which a mean is written with instead of their entries.

    >>> from derivex.notation import TextWriter, read_text
    >>> found = model_of(read_text("1/2 sum_i (s a_i + b - h_i)^2").expression)
    >>> TextWriter().write(found.expression), str(found.variable), str(found.observed)
    ('sa + b', 'a', 'h')
    """
    for total in postorder(loss):
        if not isinstance(total, (Total, Mean)):
            continue
        for node in postorder(total.args[0]):
            if type(node) is Power and node.args[1] == Integer(2):
                found = _compared(node.args[0], columns)
                if found is not None:
                    return found
    return None


def _compared(residual: Basic, columns: Collection[Basic]) -> Model | None:
    if type(residual) is not Plus:
        return None
    for term in residual.args:
        entry = term.args[0] if type(term) is Negative else term
        observed = _column_of(entry, columns)
        if observed is None:
            continue
        rest = [other for other in residual.args if other is not term]
        others = {
            node: column
            for other in rest
            for node in postorder(other)
            if (column := _column_of(node, columns)) is not None
        }
        if len(set(others.values())) != 1 or observed in others.values():
            continue
        if type(term) is not Negative:  # h_i − (s a_i + b), multiplied out or not
            rest = [each.args[0] if type(each) is Negative else Negative(each) for each in rest]
        model = rest[0] if len(rest) == 1 else Plus(*rest)
        variable = next(iter(others.values()))
        return Model(substitute(model, dict(others)), variable, observed)
    return None


def _column_of(node: Basic, columns: Collection[Basic]) -> Symbol | None:
    """The column of which a node is an entry, a_i or in a mean just a; None if it is no data."""
    name = node.args[0] if type(node) is At and len(node.args) == 2 else node
    if isinstance(name, Symbol) and (name is not node or name in columns):
        return name
    return None


@dataclass(frozen=True, eq=False)
class Fit:
    """A model at the points of a descent, and the data.

    Args:
        x: the data that the model starts from.
        y: the data it is compared with.
        x_label: what the first are called.
        y_label: what the second are called.
        model: the model's value, from the parameters and the entry.
        points: the parameters at each iterate that was kept, the start first.
        steps: how many steps had been taken there.
        parameters: what they are called.
    """

    x: Numbers
    y: Numbers
    x_label: str
    y_label: str
    model: Callable[[Sequence[float]], float]
    points: tuple[tuple[float, ...], ...]
    steps: tuple[int, ...]
    parameters: tuple[str, ...]

    def says(self, number: int) -> str:
        """The step of an iterate and the parameters there, in words."""
        pairs = zip(self.parameters, self.points[number], strict=True)
        told = ", ".join(f"{name} = {short(value, 3)}" for name, value in pairs)
        return f"step {self.steps[number]}: {told}"


def fit_picture(fit: Fit) -> Picture:
    """The data, and the model after some of the steps; the last line is solid."""
    title = "the model, step by step"
    return Picture(title, (_data_panel(fit, spread_steps(len(fit.points), _SHOWN), title),))


def fit_frame(fit: Fit, number: int) -> Panel:
    """The data with the model after one of the steps."""
    return _data_panel(fit, (number,), fit.says(number))


def spread_steps(count: int, most: int) -> tuple[int, ...]:
    """Steps to be shown: the first ones close together, for then most happens; and the last."""
    if count <= most:
        return tuple(range(count))
    spread = np.geomspace(1, count, most) - 1
    return tuple(sorted({*(round(float(each)) for each in spread), 0, count - 1}))


def _data_panel(fit: Fit, numbers: Sequence[int], title: str) -> Panel:
    x = widened(fit.x_label, float(fit.x.min()), float(fit.x.max()), 0.1)
    curves = list(_models(fit, numbers, x))
    every = [on_line(_fixed(fit, each), x)[1] for each in (0, len(fit.points) - 1)]
    y = height_axis(fit.y_label, fit.y, *every, keep=(float(fit.y.min()), float(fit.y.max())))
    things: list[Thing] = [_shown_data(fit), *curves]
    return Panel(title, x, y, tuple(things))


def _models(fit: Fit, numbers: Sequence[int], x: Axis) -> Iterator[Curve]:
    for place, number in enumerate(numbers):
        last = number == numbers[-1]
        line = Line.SOLID if last else _LINES[place % len(_LINES)]
        yield Curve(
            *on_line(_fixed(fit, number), x), fit.says(number), line, 0 if last else 1 + place % 4
        )


def _shown_data(fit: Fit) -> Points:
    """The data; of very many some, evenly chosen."""
    count = len(fit.x)
    if count <= _MOST_DATA:
        return Points(fit.x, fit.y, "data", Mark.RING)
    some = np.linspace(0, count - 1, _MOST_DATA).round().astype(int)
    return Points(fit.x[some], fit.y[some], f"{_MOST_DATA} of {count} data", Mark.RING)


def _fixed(fit: Fit, number: int) -> Function:
    point = fit.points[number]

    def value(at: Sequence[float]) -> float:
        return fit.model((*point, *at))

    return value
