"""Sums over many data, each told as one number: nobody writes a thousand terms out."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sympy.core.basic import Basic

from derivex.descent.figures import of_float, rounded_to
from derivex.engine import Columns, evaluate
from derivex.engine.evaluate import length_of
from derivex.errors import ProblemError
from derivex.expression import Apply, Mean, Total, function_name, number, postorder, value_of
from derivex.expression.data import COUNT
from derivex.notation import TextWriter
from derivex.rulebook import RuleBook

__all__ = ["Adding"]

_DIGITS = 12
_ROUNDING = 2.0**-50  # of a term, relative to it


@dataclass(frozen=True)
class Adding:
    """What the sums and means in an expression without variables come to.

    Args:
        columns: the data.
        book: the rules of arithmetic.
        exact: whether they are fractions; else they have as many digits as floating point gives.
    """

    columns: Columns
    book: RuleBook
    exact: bool

    def __call__(self, expression: Basic) -> tuple[str, Mapping[Basic, Basic]]:
        """What was done, in words, and the number for each sum that is in no other one.

        Raises:
            ProblemError: a sum has no value.
        """
        value_for: Callable[[Basic], Basic] = self._exactly if self.exact else self._nearly
        count = length_of(self.columns)
        found = {node: value_for(node) for node in _outermost(expression)}
        rounded = "" if self.exact else f", to {_DIGITS} digits"
        return f"adding up {count} rows{rounded}", {**found, COUNT: number(count)}

    def _exactly(self, sum_: Basic) -> Basic:
        return evaluate(sum_, {}, self.columns, self.book).result

    def _nearly(self, sum_: Basic) -> Basic:
        """The sum in floating point, with the digits that rounding leaves."""
        from derivex.descent.compiling import compiled  # NumPy takes a while to import

        body, *bounds = sum_.args
        size_of = type(sum_)(Apply(function_name("abs"), body), *bounds)
        tape = compiled([sum_, size_of], [], self.columns, self.book.functions)
        value, size = map(float, tape([]))
        if not (math.isfinite(value) and math.isfinite(size)):
            raise ProblemError(
                f"{TextWriter().write(sum_)} has no finite value",
                hint="start inside of its domain",
            )
        sure = math.log10(abs(value) / (_ROUNDING * size)) if value else 0
        written = of_float(value)
        exact = value_of(written) if written is not None else None
        assert exact is not None
        return number(rounded_to(exact, max(1, min(_DIGITS, int(sure)))), decimal=True)


def _outermost(expression: Basic) -> list[Basic]:
    """The sums and means that stand in no other one, in order."""
    sums = [node for node in postorder(expression) if type(node) in (Total, Mean)]
    inner = {
        part
        for sum_ in sums
        for operand in sum_.args
        for part in postorder(operand)
        if type(part) in (Total, Mean)
    }
    return [each for each in sums if each not in inner]
