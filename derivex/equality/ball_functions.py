"""The elementary functions on complex balls, and their Taylor coefficients there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import methodcaller
from types import MappingProxyType
from typing import Any, cast

from flint import acb, acb_series, arb

from derivex.equality.jets import Jet, compose, main_part
from derivex.equality.rings import UndefinedError, UnsupportedError
from derivex.equality.special_functions import BRANCHED, SPECIAL, apply_special

__all__ = ["REAL_ONLY", "apply_ball", "power_taylor", "sign_of"]

Series = Callable[[acb_series], acb_series]


def apply_ball(name: str, arguments: Sequence[Any], real: bool) -> Any:
    """An elementary function of balls or jets of balls.

    Raises:
        UndefinedError: outside of its domain; with ``real``, where its value is not real.
        UnsupportedError: if there is no such function, or not with so many arguments.
    """
    if name in ("max", "min"):
        return _extreme(name, arguments)
    if name in SPECIAL:
        return apply_special(name, arguments, real)
    if name == "atan2":
        return _atan2(*arguments)
    if len(arguments) != 1:
        raise UnsupportedError(f"{name} takes one argument")
    argument = arguments[0]
    if name in ("abs", "sign"):
        return _by_sign(name, argument)
    if name in ("floor", "ceiling"):
        return _step(name, argument)
    function = _VALUES.get(name)
    if function is None:
        raise UnsupportedError(f"the function {name} has no value")
    if isinstance(argument, Jet):
        if real:
            _value(name, function, argument.parts.get(0, acb(0)), real)  # defined at all?
        result = compose(lambda at, count: _taylor(name, function, at, count), argument, acb(0))
        if not all(part.is_finite() for part in result.parts.values()):
            raise UndefinedError(f"{name} has no derivative here")
        return result
    return _value(name, function, argument, real)


def _value(name: str, function: Callable[[Any], Any], argument: acb, real: bool) -> acb:
    if real and name in _PARTIAL:
        # Functions of real balls are not finite outside of their real domain.
        value = acb(function(argument.real)) if argument.imag.is_zero() else acb("nan")
    else:
        value = function(argument)
    if not value.is_finite():
        raise UndefinedError(f"{name} has no value here")
    return value


def _taylor(name: str, function: Callable[[Any], Any], point: acb, count: int) -> list[acb]:
    """The first Taylor coefficients of a function at a point."""
    variable = acb_series([point, 1], count)
    try:
        series = _SERIES[name](variable)
    except (ValueError, ZeroDivisionError):
        raise UndefinedError(f"{name} has no derivative here") from None
    if name in _BY_DERIVATIVE:
        coefficients = series.integral().coeffs()[:count]
        coefficients[:1] = [function(point)]
    else:
        coefficients = series.coeffs()
    return [*coefficients, *[acb(0)] * (count - len(coefficients))]


def power_taylor(point: acb, exponent: acb, count: int) -> list[acb]:
    """The first Taylor coefficients of t ↦ t^c at a nonzero point: binomial(c, k) t^(c−k)."""
    if point.is_zero():
        raise UndefinedError("the power has no derivative at zero")
    coefficient = point**exponent
    coefficients = [coefficient]
    for order in range(count - 1):
        coefficient = coefficient * (exponent - order) / (order + 1) / point
        coefficients.append(coefficient)
    return coefficients


def _real(value: Any) -> arb:
    main = main_part(value)
    if main is None:
        return arb(0)
    if not main.imag.is_zero():
        raise UndefinedError("this function orders its arguments, which are not real")
    return cast(arb, main.real)


def sign_of(value: Any) -> int:
    """The sign of a real ball, or of a jet of one.

    Raises:
        UndefinedError: the ball does not tell, or the jet passes through zero.
    """
    real = _real(value)
    if real > 0:
        return 1
    if real < 0:
        return -1
    if real.is_zero() and not isinstance(value, Jet):
        return 0
    raise UndefinedError("this is at a jump or a corner, or between two cases")


def _by_sign(name: str, argument: Any) -> Any:
    """|u| and sign u.  They have no derivative at zero."""
    sign = sign_of(argument)
    return argument * sign if name == "abs" else acb(sign)


def _step(name: str, argument: Any) -> Any:
    """A whole number below or above.  Where there is a jump there is no derivative."""
    real = _real(argument)
    step = (real.floor() if name == "floor" else real.ceil()).unique_fmpz()
    if step is None or (isinstance(argument, Jet) and real.contains_integer()):
        raise UndefinedError(f"{name} jumps here")
    return acb(step)


def _extreme(name: str, arguments: Sequence[Any]) -> Any:
    if not arguments:
        raise UnsupportedError(f"{name} takes arguments")
    best = arguments[0]
    for argument in arguments[1:]:
        difference = _real(argument - best)
        if difference > 0:
            best = argument if name == "max" else best
        elif difference < 0:
            best = best if name == "max" else argument
        elif not difference.is_zero() or isinstance(argument, Jet) or isinstance(best, Jet):
            raise UndefinedError(f"{name} is at a corner here")
    return best


def _atan2(*arguments: Any) -> Any:
    """The angle of the point (x, y), from −π to π.

    For jets by atan2(y, x) = atan2(b, a) + atan((y a − x b)/(x a + y b)), where (a, b) is the
    point itself: so near it the quotient is small.
    """
    if len(arguments) != 2:
        raise UnsupportedError("atan2 takes two arguments")
    y, x = arguments
    b, a = _real(y), _real(x)
    if b.contains(0) and not a > 0 and not (b.is_zero() and a < 0):
        raise UndefinedError("atan2 is at its jump here, or at the origin")
    angle = acb(arb.atan2(b, a))
    if not isinstance(y, Jet) and not isinstance(x, Jet):
        return angle
    if b.is_zero() and not a > 0:
        raise UndefinedError("atan2 is at its jump here")
    above, below = y * acb(a) - x * acb(b), x * acb(a) + y * acb(b)
    reciprocal = compose(lambda at, count: _taylor_inverse(at, count), _jet(below), acb(0))
    turned = _jet(above) * reciprocal
    taylor = compose(
        lambda at, count: _taylor("atan", methodcaller("atan"), at, count), turned, acb(0)
    )
    return taylor + angle


def _jet(value: Any) -> Jet:
    return value if isinstance(value, Jet) else Jet({0: value})


def _taylor_inverse(point: acb, count: int) -> list[acb]:
    return [(-1) ** order / point ** (order + 1) for order in range(count)]


def _inverse(value: Any) -> Any:
    return 1 / value


_VALUES: Mapping[str, Callable[[Any], Any]] = MappingProxyType(
    {
        **{
            name: methodcaller(name)
            for name in (
                *("exp", "log", "sqrt", "sin", "cos", "tan", "cot", "sec", "csc"),
                *("sinh", "cosh", "tanh", "coth", "sech", "csch"),
                *("asin", "acos", "atan", "asinh", "acosh", "atanh"),
            )
        },
        "acot": lambda value: _inverse(value).atan(),
        "asec": lambda value: _inverse(value).acos(),
        "acsc": lambda value: _inverse(value).asin(),
        "acoth": lambda value: _inverse(value).atanh(),
        "asech": lambda value: _inverse(value).acosh(),
        "acsch": lambda value: _inverse(value).asinh(),
    }
)


def _sinh(t: acb_series) -> acb_series:
    return (t.exp() - (-t).exp()) / 2


def _cosh(t: acb_series) -> acb_series:
    return (t.exp() + (-t).exp()) / 2


# As series; those of _BY_DERIVATIVE as the series of the derivative, to be integrated
# (DLMF 4.24, 4.38), because their own would leave the branch.
_SERIES: Mapping[str, Series] = MappingProxyType(
    {
        "exp": lambda t: t.exp(),
        "log": lambda t: t.log(),
        "sqrt": lambda t: t.sqrt(),
        "sin": lambda t: t.sin(),
        "cos": lambda t: t.cos(),
        "tan": lambda t: t.sin() / t.cos(),
        "cot": lambda t: t.cos() / t.sin(),
        "sec": lambda t: 1 / t.cos(),
        "csc": lambda t: 1 / t.sin(),
        "sinh": _sinh,
        "cosh": _cosh,
        "tanh": lambda t: _sinh(t) / _cosh(t),
        "coth": lambda t: _cosh(t) / _sinh(t),
        "sech": lambda t: 1 / _cosh(t),
        "csch": lambda t: 1 / _sinh(t),
        "asin": lambda t: (1 - t * t).rsqrt(),
        "acos": lambda t: -(1 - t * t).rsqrt(),
        "atan": lambda t: 1 / (1 + t * t),
        "acot": lambda t: -1 / (1 + t * t),
        "asec": lambda t: (1 - 1 / (t * t)).rsqrt() / (t * t),
        "acsc": lambda t: -(1 - 1 / (t * t)).rsqrt() / (t * t),
        "asinh": lambda t: (1 + t * t).rsqrt(),
        "acosh": lambda t: (t - 1).rsqrt() * (t + 1).rsqrt(),
        "atanh": lambda t: 1 / (1 - t * t),
        "acoth": lambda t: 1 / (1 - t * t),
        "asech": lambda t: -1 / t * (1 - t).rsqrt() * (1 + t).rsqrt(),
        "acsch": lambda t: -(1 + 1 / (t * t)).rsqrt() / (t * t),
    }
)

_BY_DERIVATIVE = frozenset(
    (
        *("asin", "acos", "atan", "acot", "asec", "acsc"),
        *("asinh", "acosh", "atanh", "acoth", "asech", "acsch"),
    )
)

# Functions that are not real everywhere on the real line.
_PARTIAL = frozenset(
    ("log", "sqrt", "asin", "acos", "asec", "acsc", "acosh", "atanh", "acoth", "asech")
)

REAL_ONLY = (
    _PARTIAL
    | _BY_DERIVATIVE
    | BRANCHED
    | {"abs", "sign", "max", "min", "atan2", "floor", "ceiling"}
)
"""Functions with several branches or corners: equalities with them are asked of real values."""
