"""The screen for lines that are equations: which of many follow from a given one?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.diagnosis.screening import Screen
from derivex.diagnosis.solved import equations_of, residual, solved_together
from derivex.equality.clock import worked
from derivex.errors import DerivexError
from derivex.expression import (
    ONE,
    ZERO,
    Column,
    Equation,
    Negative,
    Plus,
    contains,
    substitute,
)
from derivex.expression.array_nodes import ArrayName
from derivex.expression.functions import Functions

__all__ = ["AnyScreen", "DifferenceScreen", "EquationScreen", "difference_of_sides"]

_MOST_SOLVED = 250


class EquationScreen:
    """Finds equations that hold wherever some given ones do.

    What is given is solved for one name after the other, and that put into the candidates.  Where
    it cannot be solved, the candidates are, and a solution of one must be one of what is given: so
    a single case of several is found, too.

    Args:
        given: an equation, or several joined by “and”.
        written: the line that the candidates are changes of.
        functions: the known functions.
        assumptions: relations that hold at every point.
        deadline: the moment, by ``equality.clock.worked``, after which nothing is found any more.
    """

    def __init__(
        self,
        given: Basic,
        written: Basic,
        functions: Functions,
        assumptions: tuple[Basic, ...] = (),
        deadline: float | None = None,
    ):
        self.given = equations_of(given)
        self.functions = functions
        self.deadline = worked() + 5.0 if deadline is None else deadline
        first = [
            side
            for equation in equations_of(written)
            for side in equation.args
            if isinstance(side, Symbol)
        ]
        self._solution = solved_together(self.given, functions, first)
        zeros = [residual(equation) for equation in (*self.given, *equations_of(written))]
        count = len(equations_of(written)) if self._solution is not None else len(self.given)
        target = ZERO if count == 1 else Column(*[ZERO] * count)
        around = [*zeros, *(self._solution or {}).values()]
        self._screen = Screen(target, around, functions, assumptions, self.deadline)
        # What holds at every point says nothing.
        self._anywhere = Screen(ZERO, around, functions, assumptions, self.deadline)

    @property
    def usable(self) -> bool:
        """Whether anything can be compared."""
        return self._screen.usable

    @property
    def time_is_up(self) -> bool:
        """Whether the deadline has passed."""
        return worked() > self.deadline

    @property
    def wanted(self) -> list[complex]:
        """What the residuals are to be: zero."""
        return self._screen.wanted

    def values(self, candidates: Sequence[Basic]) -> list[list[complex] | None]:
        """The residuals of equations where the given ones hold."""
        residuals = [self._residual(candidate) for candidate in candidates]
        found = iter(self._screen.values([each for each in residuals if each is not None]))
        return [None if each is None else next(found) for each in residuals]

    def agreeing(self, candidates: Iterable[Basic]) -> list[Basic]:
        """Those of the candidates that follow from what is given, as far as can be seen."""
        lines = list(candidates)
        if self._solution is None:
            lines = lines[:_MOST_SOLVED]
        made: dict[Basic, list[Basic]] = {}
        for line in lines:
            if self.time_is_up:
                break
            zero = self._residual(line)
            if zero is not None:
                made.setdefault(zero, []).append(line)
        fits = self._screen.agreeing(made)
        return [line for zero in fits for line in made[zero] if not self._is_empty(line)]

    def confirms(self, candidate: Basic) -> bool:
        """Whether a candidate follows from what is given by the judge's verdict."""
        zero = self._residual(candidate)
        return zero is not None and self._screen.confirms(zero)

    def _is_empty(self, line: Basic) -> bool:
        zeros = [residual(equation) for equation in equations_of(line)]
        return bool(self._anywhere.agreeing(zeros))

    def _residual(self, line: Basic) -> Basic | None:
        """What is zero if a line follows from what is given."""
        equations = equations_of(line)
        if not all(type(equation) is Equation for equation in equations):
            return None
        try:
            if self._solution is not None:
                zeros = [substitute(residual(each), self._solution) for each in equations]
            else:
                solution = solved_together(equations, self.functions)
                if solution is None:
                    return None
                zeros = [substitute(residual(each), solution) for each in self.given]
        except DerivexError:
            return None
        return zeros[0] if len(zeros) == 1 else Column(*zeros)


class DifferenceScreen:
    """Finds equations between vectors that say the same as a given one.

    Their sides differ by what those of the given one differ by; or they say what a name is, and
    with that the given one holds.

    Args:
        given: an equation.
        written: the line that the candidates are changes of.
        functions: the known functions.
        assumptions: relations that hold at every point.
        deadline: the moment, by ``equality.clock.worked``, after which nothing is found any more.
    """

    def __init__(
        self,
        given: Basic,
        written: Basic,
        functions: Functions,
        assumptions: tuple[Basic, ...] = (),
        deadline: float | None = None,
    ):
        self._given = difference_of_sides(given)
        name, value = written.args
        self._solved = name if isinstance(name, ArrayName) and not contains(value, name) else None
        target = self._given
        if self._solved is not None:
            target = Plus(target, Negative(target))
        around = [self._difference(written)]
        self._screen = Screen(target, around, functions, assumptions, deadline)

    @property
    def usable(self) -> bool:
        """Whether anything can be compared."""
        return self._screen.usable

    @property
    def time_is_up(self) -> bool:
        """Whether the deadline has passed."""
        return self._screen.time_is_up

    @property
    def wanted(self) -> list[complex]:
        """By what the sides are to differ."""
        return self._screen.wanted

    def values(self, candidates: Sequence[Basic]) -> list[list[complex] | None]:
        """By what the sides of equations differ."""
        return self._screen.values([self._difference(each) for each in candidates])

    def agreeing(self, candidates: Iterable[Basic]) -> list[Basic]:
        """Those of the candidates that say the same as what is given, as far as can be seen."""
        made: dict[Basic, Basic] = {}
        for line in candidates:
            if type(line) is Equation:
                difference = self._difference(line)
                made |= {Negative(difference): line, difference: line}
        return list(dict.fromkeys(made[each] for each in self._screen.agreeing(made)))

    def confirms(self, candidate: Basic) -> bool:
        """Whether a candidate says the same by the judge's verdict."""
        difference = self._difference(candidate)
        return any(map(self._screen.confirms, (difference, Negative(difference))))

    def _difference(self, line: Basic) -> Basic:
        """By what the sides of an equation differ, or of the given one with what it says put in."""
        name, value = line.args
        if self._solved is None:
            return difference_of_sides(line)
        if name is not self._solved or contains(value, name):
            return ONE
        return substitute(self._given, {name: value})


def difference_of_sides(equation: Basic) -> Basic:
    """The left side less the right one: no two equations that differ are the same by it."""
    left, right = equation.args
    return Plus(left, Negative(right))


AnyScreen = Screen | EquationScreen | DifferenceScreen
