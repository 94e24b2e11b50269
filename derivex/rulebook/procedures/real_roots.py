"""Real roots of polynomials with certain digits, by FLINT."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from sympy.core.basic import Basic

from derivex.expression import (
    ZERO,
    Decimal,
    Nearly,
    Negative,
    Or,
    integer,
    value_of,
)
from derivex.expression.nodes import Node
from derivex.rulebook.procedures.equations import coefficients_of

__all__ = ["isolated_roots", "real_roots", "rounded"]


def real_roots(equation: Node, unknown: Basic) -> Basic | None:
    """The real roots of a polynomial with rational coefficients, each to ten certain digits.

    FLINT isolates all complex roots with error bounds, and knows which of them are real.

    >>> from derivex.expression import ONE, ZERO, Equation, Negative, Plus, Power, integer, symbol
    >>> x = symbol("x")
    >>> real_roots(Equation(Plus(Power(x, integer(5)), Negative(x), Negative(ONE)), ZERO), x)
    Nearly(x, 1.167303978)
    """
    left, right = equation._args
    found = coefficients_of(left, unknown) if right is ZERO else None
    if found is None or len(found) < 4:
        return None
    values = [value_of(part) for part in found]
    if any(value is None for value in values):
        return None
    roots = isolated_roots([value for value in values if value is not None])
    made = [Nearly(unknown, rounded(root)) for root in roots]
    return made[0] if len(made) == 1 else Or(*made)


_BITS = 320


def isolated_roots(coefficients: list[Fraction]) -> list[Any]:
    """The real roots as balls, in rising order, each with many more digits than are written."""
    import flint

    from derivex.equality.balls import precision

    with precision(_BITS):
        polynomial = flint.fmpq_poly(
            [flint.fmpq(value.numerator, value.denominator) for value in coefficients]
        )
        found: Any = polynomial.complex_roots()
        roots = [root.real for root, _ in found if root.imag == 0]
        return sorted(roots, key=lambda root: root.mid())


def rounded(ball: Any, digits: int = 10) -> Basic:
    """A ball as a decimal of which every digit is certain, the last one rounded.

    Raises:
        ValueError: the ball is not small enough.
    """
    from decimal import ROUND_HALF_EVEN, Context
    from decimal import Decimal as Digits

    if ball.contains(0):
        if not abs(ball) < 1e-30:
            raise ValueError("a ball that is too large")
        return ZERO
    context = Context(prec=digits, rounding=ROUND_HALF_EVEN)
    found = {
        context.plus(Digits(end.str(60, radius=False))) for end in (ball.lower(), ball.upper())
    }
    if len(found) > 1:
        raise ValueError("a ball that is too large")
    (decimal,) = found
    text = format(abs(decimal), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    made: Basic = Decimal(text) if "." in text else integer(int(text))
    return Negative(made) if decimal < 0 else made
