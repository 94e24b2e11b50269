"""Numbers rounded to as many places as another one is written with."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.errors import ProblemError
from derivex.expression import Decimal, Negative, number, value_of
from derivex.expression.functions import Functions
from derivex.notation import TextWriter

__all__ = ["rounded_like"]


def rounded_like(value: Basic, written: Basic, functions: Functions) -> Basic:
    """The value of an expression without letters, rounded to the places of a decimal.

    Args:
        value: the expression.
        written: a number: 0.2143 has four places, 12 has none.
        functions: the known functions.

    Raises:
        ProblemError: the expression has no value, or what is written is no decimal.

    >>> from derivex.expression import Over, integer
    >>> rounded_like(Over(integer(2), integer(3)), Decimal("0.667"), {})
    0.667
    """
    places = _places(written)
    exact = value_of(value)
    if exact is not None:
        return _shown(round(exact * 10**places), places)
    from derivex.equality.balls import PRECISIONS, evaluate, precision

    for bits in PRECISIONS:
        with precision(bits):
            scaled = evaluate(value, {}, functions, real=True).real * 10**places
            nearest = ((2 * scaled + 1) / 2).floor().unique_fmpz()
        if nearest is not None:
            return _shown(int(nearest), places)
    raise ProblemError(f"{TextWriter().write(value)} lies too near to where rounding changes")


def _places(written: Basic) -> int:
    plain = written.args[0] if type(written) is Negative else written
    if value_of(written) is None or (type(plain) is not Decimal and not plain.is_Integer):
        raise ProblemError(
            f"{TextWriter().write(written)} is not written as a decimal",
            hint="after ≈ stand numbers such as 0.2143, or = is meant",
        )
    return len(str(plain).partition(".")[2]) if type(plain) is Decimal else 0


def _shown(scaled: int, places: int) -> Basic:
    """A number of so many places, zeros at the end included."""
    if not places:
        return number(scaled)
    digits = str(abs(scaled)).rjust(places + 1, "0")
    made = Decimal(f"{digits[:-places]}.{digits[-places:]}")
    return Negative(made) if scaled < 0 else made
