"""The value of an expression without letters, as a fraction close to it."""

from __future__ import annotations

from fractions import Fraction

from sympy.core.basic import Basic

from derivex.errors import ProblemError
from derivex.expression.functions import Functions

__all__ = ["decimal_value", "sign_of_value"]

_BITS = 256


def decimal_value(expression: Basic, functions: Functions, digits: int = 30) -> Fraction:
    """The value to so many significant digits.

    Raises:
        ProblemError: the expression has no real value, or one with letters in it.

    >>> from derivex.expression import Apply, TWO, function_name
    >>> float(decimal_value(Apply(function_name("sqrt"), TWO), {}))
    1.4142135623730951
    """
    from derivex.equality.balls import evaluate, precision  # flint takes a while

    with precision(_BITS):
        value = evaluate(expression, {}, functions, real=True)
        if not value.imag.contains(0):
            raise ProblemError("the expression has no real value there")
        if value.real.contains(0):
            return Fraction(0)
        return Fraction(value.real.mid().str(digits, radius=False))


def sign_of_value(expression: Basic, functions: Functions) -> int | None:
    """−1, 0 or 1 for the sign of a value; None where it has letters, or is not known to be 0."""
    from derivex.equality.balls import evaluate, precision
    from derivex.expression import value_of

    exact = value_of(expression)
    if exact is not None:
        return (exact > 0) - (exact < 0)
    with precision(_BITS):
        try:
            value = evaluate(expression, {}, functions, real=True)
        except ProblemError:
            return None
        if not value.real.contains(0):
            return 1 if value.real > 0 else -1
    return None
