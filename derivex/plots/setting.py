"""What expressions are evaluated with for a picture: definitions, data and functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from sympy import Symbol
from sympy.core.basic import Basic

from derivex.descent.compiling import compiled
from derivex.engine import NO_DEFINITIONS, Columns, Definitions, filled_in
from derivex.engine.evaluate import length_of
from derivex.errors import ProblemError
from derivex.expression import free_symbols, substitute
from derivex.expression.functions import NO_FUNCTIONS, Functions
from derivex.notation import TextWriter
from derivex.plots.picture import Axis
from derivex.plots.sampling import GRID, Function

__all__ = ["Setting"]

_USUAL = (-4.0, 4.0)
_MANY_ROWS = 20_000
_COARSE = 25


@dataclass(frozen=True)
class Setting:
    """What is known where something is drawn.

    Args:
        definitions: functions and abbreviations.
        columns: the data.
        functions: the functions of the rule book.
        values: what other letters are.
        ranges: from where to where variables are shown, where that was said.
    """

    definitions: Definitions = NO_DEFINITIONS
    columns: Columns = field(default_factory=dict)
    functions: Functions = field(default_factory=lambda: NO_FUNCTIONS)
    values: Mapping[Basic, Basic] = field(default_factory=dict)
    ranges: Mapping[Symbol, tuple[float, float]] = field(default_factory=dict)

    @property
    def grid(self) -> int:
        """Places along each side of a grid: fewer, where each value takes long."""
        return GRID if length_of(self.columns) <= _MANY_ROWS else _COARSE

    def written(self, expression: Basic) -> str:
        """An expression as it stands in titles and at axes."""
        return TextWriter().write(expression)

    def axis(self, variable: Symbol, low: float | None = None, high: float | None = None) -> Axis:
        """The axis of a variable: as was said, else as proposed, else a usual one."""
        usual = (low, high) if low is not None and high is not None else _USUAL
        return Axis(self.written(variable), *self.ranges.get(variable, usual))

    def full(self, expression: Basic) -> Basic:
        """An expression with definitions and the values of letters filled in."""
        return substitute(filled_in(expression, self.definitions), self.values)

    def function(self, expression: Basic, by: Sequence[Symbol]) -> Function:
        """An expression as a function of some variables; NaN where it has no value.

        Raises:
            ProblemError: a letter in it has no value.
        """
        together = self.functions_of([expression], by)

        def value(point: Sequence[float]) -> float:
            return together(point)[0]

        return value

    def functions_of(
        self, expressions: Sequence[Basic], by: Sequence[Symbol]
    ) -> Callable[[Sequence[float]], Sequence[float]]:
        """Several expressions as one function.

        Raises:
            ProblemError: a letter in one of them has no value.
        """
        trees = [self.full(each) for each in expressions]
        known = {*by, *self.columns}
        free = dict.fromkeys(
            letter
            for tree in trees
            for letter in free_symbols(tree)
            if isinstance(letter, Symbol) and letter not in known and letter.name != "n"
        )
        if free:
            names = ", ".join(letter.name for letter in free)
            raise ProblemError(
                f"{names} {'has' if len(free) == 1 else 'have'} no value, so nothing can be drawn",
                hint=f"say it: --at {next(iter(free)).name}=1",
            )
        tape = compiled(trees, by, self.columns, self.functions)

        def values(point: Sequence[float]) -> Sequence[float]:
            with np.errstate(all="ignore"):
                return [float(each) for each in tape(point)]

        return values
