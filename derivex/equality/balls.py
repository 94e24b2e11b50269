"""Evaluation in complex balls: midpoints with rigorous error bounds.

Two balls that do not meet prove that two values differ; python-flint (Arb) keeps the bounds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from types import MappingProxyType
from typing import Any, cast

import flint
from flint import acb, arb, fmpq
from sympy import Symbol
from sympy.core.basic import Basic

from derivex.equality.ball_functions import REAL_ONLY, apply_ball, power_taylor, sign_of
from derivex.equality.extrapolation import limit_by_values, limit_far_away, total_far_away
from derivex.equality.integrals import integrated, is_analytic
from derivex.equality.jets import Jet, compose, main_part
from derivex.equality.one_sided import CORNERS, corner, side_of
from derivex.equality.program import Program
from derivex.equality.rings import UndefinedError, UnsupportedError, integer_power
from derivex.equality.surroundings import Surroundings
from derivex.errors import ProblemError
from derivex.expression.functions import Functions

__all__ = ["PRECISIONS", "Balls", "evaluate", "has_no_value", "precision"]

PRECISIONS = (128, 512, 2048)
"""Bits that values are computed with, one after the other, until they can be told apart."""

_NO_FUNCTIONS: Functions = MappingProxyType({})
_LARGEST_EXPONENT = 1 << 20
_CONSTANTS = {
    "Pi": lambda: acb(arb.pi()),
    "Exp1": lambda: acb(arb.const_e()),
    "ImaginaryUnit": lambda: acb(0, 1),
    "Infinity": lambda: acb(arb.pos_inf()),
}


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Evaluate with so many bits inside the block."""
    before = flint.ctx.prec
    flint.ctx.prec = bits
    try:
        yield
    finally:
        flint.ctx.prec = before


class Balls:
    """The ring of complex balls.

    Args:
        real: whether only real values count: √(−1) is then undefined, not i.
        beside: whether a positive infinitesimal tells the side of a corner.
    """

    def __init__(self, real: bool = False, beside: bool = False):
        self.real = real
        self._beside = beside
        self.zero = acb(0)
        self.one = acb(1)

    def number(self, value: int | Fraction) -> acb:
        if isinstance(value, int):
            return acb(value)
        return acb(fmpq(value.numerator, value.denominator))

    def constant(self, name: str) -> acb:
        return _CONSTANTS[name]()

    def reciprocal(self, value: acb) -> acb:
        if value.is_zero():
            raise UndefinedError("a division by zero")
        return 1 / value

    def integer_power(self, base: acb, exponent: int) -> acb:
        if exponent < 0 and base.is_zero():
            raise UndefinedError("a division by zero")
        if abs(exponent) > _LARGEST_EXPONENT:
            if base.is_zero():
                return base
            return (base.log() * exponent).exp()
        return base**exponent

    def power(self, base: Any, exponent: Any) -> Any:
        whole = self.as_integer(exponent)
        if whole is not None:
            if whole == 0 and isinstance(base, acb) and base.is_zero():
                raise UndefinedError("0^0 where the exponent is not written as 0")
            return integer_power(self, base, whole)
        if isinstance(exponent, Jet):
            if not isinstance(base, Jet) and (base - 1).is_zero():
                return base
            logarithm = apply_ball("log", [base], self.real)
            return apply_ball("exp", [exponent * logarithm], self.real)
        if isinstance(base, Jet):
            self._check_base(main_part(base), exponent)
            return compose(lambda at, count: power_taylor(at, exponent, count), base, self.zero)
        self._check_base(base, exponent)
        return base**exponent

    def _check_base(self, base: acb, exponent: acb) -> None:
        if not self.real or base is None:
            return
        if base.is_zero() and not exponent.real > 0:
            raise UndefinedError("a division by zero")
        if not base.real >= 0:
            raise UndefinedError("a power of a negative number with an exponent that is no integer")

    def apply(self, name: str, arguments: Sequence[Any], node: Any) -> Any:
        if self._beside and name in CORNERS:
            return corner(name, arguments)
        return apply_ball(name, arguments, self.real)

    def beside_corners(self) -> Balls:
        return Balls(self.real, beside=True)

    def entry(self, base: Basic, indices: Sequence[Any]) -> Any:
        raise UndefinedError("an index is not an integer")

    def delta(self, first: Any, second: Any) -> Any:
        raise UndefinedError("an index is not an integer")

    def moves_entry(self, base: Basic) -> None:
        """Nothing to note: every index is a number here."""

    def over_letters(
        self,
        body: Callable[[Any], Any],
        bounds: Sequence[Any],
        multiplies: bool,
        whole: Basic | None,
    ) -> Any:
        raise UndefinedError("a bound is not an integer, or the number of data is not known")

    def sign(self, value: Any) -> int:
        return side_of(value) if self._beside else sign_of(value)

    def limit(self, near: Callable[[Any], Any], sides: Sequence[int]) -> Any:
        return limit_by_values(near, sides)

    def limit_far_away(self, at: Callable[[Any], Any], side: int, whole: bool) -> Any:
        return limit_far_away(at, side, whole)

    def total_far_away(
        self, piece: Callable[[Any, Any], Any], start: Any, side: int, whole: bool, multiplies: bool
    ) -> Any:
        return total_far_away(piece, start, side, whole, multiplies)

    def integral(self, integrand: Callable[[Any, Any], Any]) -> Any:
        return integrated(integrand, AnalyticBalls())

    def as_integer(self, value: Any) -> int | None:
        if isinstance(value, Jet) or not value.is_exact() or not value.imag.is_zero():
            return None
        if not value.is_finite():
            return None
        whole = value.real.unique_fmpz()
        return None if whole is None or abs(whole) > 1 << 64 else int(whole)


class AnalyticBalls(Balls):
    """Complex balls on which a function is analytic; where it has a branch it has no value.

    A ball across a branch cut would be taken for one of a single branch.
    """

    def apply(self, name: str, arguments: Sequence[Any], node: Any) -> Any:
        # In those of several arguments the last one is integrated over, the others are orders.
        if name in REAL_ONLY and not is_analytic(name, main_part(arguments[-1])):
            raise UndefinedError(f"{name} is not analytic here")
        return super().apply(name, arguments, node)

    def power(self, base: Any, exponent: Any) -> Any:
        if self.as_integer(exponent) is None and not is_analytic("log", main_part(base)):
            raise UndefinedError("the power is not analytic here")
        return super().power(base, exponent)


def evaluate(
    node: Basic,
    point: Mapping[Basic, Any],
    functions: Functions = _NO_FUNCTIONS,
    data_length: int | None = None,
    *,
    real: bool = False,
) -> acb:
    """The value of a scalar expression at a point, at flint's current precision.

    A sum without bounds and a mean run over the data; entries of data count from 1.
    Derivatives are Taylor coefficients of values, not found by any rule of differentiation.

    Args:
        node: the expression, a number as a whole (for vectors, evaluate the entries).
        point: a number for every symbol; a list, a list of lists, … for names of data.
        functions: the known functions; the others have no value.
        data_length: the number of data, where the point has no list to tell it.
        real: whether values that are not real, such as √(−1), count as undefined.

    Raises:
        ProblemError: if the expression has no value there, or is of no kind that has one.

    >>> from derivex.expression import Apply, D, Power, TWO, function_name, symbol
    >>> x = symbol("x")
    >>> square = Apply(function_name("sin"), Power(x, TWO))
    >>> print(evaluate(D(square, x), {x: acb(2)}).real.str(6, radius=False))
    -2.61457
    """
    try:
        result = _value(node, point, functions, data_length, real)
    except UndefinedError as error:
        raise ProblemError(f"the expression has no value at this point: {error}") from None
    except UnsupportedError as error:
        raise ProblemError(str(error)) from None
    if isinstance(result, Jet) or not result.is_finite():
        raise ProblemError("the expression has no value at this point")
    return cast(acb, result)


def has_no_value(node: Basic, point: Mapping[Basic, Any], functions: Functions, bits: int) -> bool:
    """Whether a scalar expression is seen to have no real value at a point.

    Args:
        node: the expression.
        point: a number for every symbol.
        functions: the known functions.
        bits: the precision.
    """
    with precision(bits):
        try:
            _value(node, point, functions, None, True)
        except UndefinedError:
            return True
        except UnsupportedError:
            return False
    return False


def _value(
    node: Basic,
    point: Mapping[Basic, Any],
    functions: Functions,
    data_length: int | None,
    real: bool,
) -> Any:
    ring = Balls(real)
    program = Program.of([node], functions)
    lengths = [len(value) for value in point.values() if isinstance(value, (list, tuple))]
    count = data_length if data_length is not None else max(lengths, default=None)
    values: dict[Basic, Any] = {}
    entries: dict[tuple[Basic, tuple[int, ...]], Any] = {}
    for name, value in point.items():
        if isinstance(value, (list, tuple)):
            _spread(name, value, entries)
        elif isinstance(name, Symbol):
            values[name] = ring.number(value) if isinstance(value, Fraction) else acb(value)
        else:
            raise ProblemError(f"a point gives values to names, not to {name}")
    (result,) = program.run(ring, Surroundings(values, entries, count))
    return result


def _spread(name: Basic, values: Sequence[Any], entries: dict[Any, Any]) -> None:
    """Enter every number of a list of (lists of …) numbers under its indices, from 1."""
    stack: list[tuple[tuple[int, ...], Any]] = [((), values)]
    while stack:
        indices, value = stack.pop()
        if isinstance(value, (list, tuple)):
            stack.extend(((*indices, i), part) for i, part in enumerate(value, 1))
        elif isinstance(value, Fraction):
            entries[name, indices] = acb(fmpq(value.numerator, value.denominator))
        else:
            entries[name, indices] = acb(value)
