"""Elementary functions in a normal form: rational functions over algebraically chosen generators.

Every function is written by few others, so that their laws become arithmetic:

* sin, cos, tan, … of sums by those of the terms, and these by t = tan(u/2), which is free;
* exponentials, and powers with letters in the exponent, as products of powers of atoms e^m;
* roots as generators r with r^q = u, absolute values with |u|² = u²;
* sums over an index by linearity: what is free of the index stands before the sum, and what is
  left goes by a name for the index that depends only on how deep it stands.

An equality that holds here holds wherever both sides have a real value.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from derivex.equality import rings
from derivex.equality.angles import Angles
from derivex.equality.exact import Quotient
from derivex.equality.exponentials import FinerAtomsError
from derivex.equality.generators import constant_of
from derivex.equality.jets import Jet, compose
from derivex.equality.rings import UnsupportedError

__all__ = ["FinerAtomsError", "NormalForms"]


class NormalForms(Angles):
    """The field in which elementary functions have a normal form.

    Args:
        size: the largest number of generators that may be asked for.
        parts: into how many equal parts some atoms are cut; see :class:`FinerAtomsError`.
    """

    def constant(self, name: str) -> Quotient:
        self.is_complete = False
        if name == "Exp1":
            return self._exp(self.one)
        found = self.leaf(name)
        if name == "ImaginaryUnit":
            self._relate(found, 2, self.number(-1))
        return found

    def apply(self, name: str, arguments: Sequence[Any], node: Any) -> Any:
        self.is_complete = False
        if name in ("max", "min") and len(arguments) == 2:
            first, second = arguments
            gap = self._of("abs", first - second)
            whole = first + second
            return (whole + gap if name == "max" else whole - gap) * self.number(Fraction(1, 2))
        if len(arguments) == 1:
            composed = _COMPOSED.get(name)
            if composed is not None:
                return composed(self, arguments[0])
            return self._of(name, arguments[0])
        if any(isinstance(argument, Jet) for argument in arguments):
            raise UnsupportedError(f"the derivative of {name}")
        return self._unknown(name, arguments)

    def _of(self, name: str, argument: Any) -> Any:
        """One of the functions that the others are written by, of a value or a jet."""
        if not isinstance(argument, Jet):
            return self._value(name, argument)
        return compose(lambda at, count: self._taylor(name, at, count), argument, self.zero)

    def _value(self, name: str, argument: Quotient) -> Quotient:
        if name == "exp":
            return self._exp(argument)
        if name == "log":
            return self._log(argument)
        if name == "sin":
            return self._angle(argument)[0]
        if name == "cos":
            return self._angle(argument)[1]
        if name == "abs":
            return self._abs(argument)
        return self._unknown(name, [argument])

    def _unknown(self, name: str, arguments: Sequence[Quotient]) -> Quotient:
        found = self.leaf((name, *[self._key(argument) for argument in arguments]))
        self._depends(found, *arguments)
        return found

    def _taylor(self, name: str, at: Quotient, count: int) -> list[Quotient]:
        """The first Taylor coefficients of a function at a point."""
        value = self._value(name, at)
        found = [value]
        if name == "exp":
            for order in range(1, count):
                found.append(found[-1] * self.number(Fraction(1, order)))
        elif name == "log":
            power = self.one
            for order in range(1, count):
                power = power * self.reciprocal(at)
                found.append(power * self.number(Fraction((-1) ** (order + 1), order)))
        elif name in ("sin", "cos"):
            sine, cosine = self._angle(at)
            turns = [sine, cosine, -sine, -cosine]
            first, factorial = (0 if name == "sin" else 1), 1
            for order in range(1, count):
                factorial *= order
                found.append(turns[(first + order) % 4] * self.number(Fraction(1, factorial)))
        elif name == "abs":
            found += [value * self.reciprocal(at), *[self.zero] * count]
        elif count <= 2 and name in _SLOPES:
            found += [_SLOPES[name](self, at)] if count == 2 else []
        else:
            raise UnsupportedError(f"a derivative of {name}")
        return found[:count]

    def power(self, base: Any, exponent: Any) -> Any:
        whole = self.as_integer(exponent)
        if whole is not None:
            return rings.integer_power(self, base, whole)
        self.is_complete = False
        constant = None if isinstance(exponent, Jet) else constant_of(exponent)
        if constant is None:
            return self._of("exp", exponent * self._of("log", base))
        if not isinstance(base, Jet):
            return self._root(base, constant)

        def taylor(at: Quotient, count: int) -> list[Quotient]:
            found, binomial = [], Fraction(1)
            for order in range(count):
                found.append(self._root(at, constant - order) * self.number(binomial))
                binomial = binomial * (constant - order) / (order + 1)
            return found

        return compose(taylor, base, self.zero)


def _half(ring: NormalForms, value: Any) -> Any:
    return value * ring.number(Fraction(1, 2))


def _sinh(ring: NormalForms, u: Any) -> Any:
    return _half(ring, ring._of("exp", u) - ring._of("exp", -u))


def _cosh(ring: NormalForms, u: Any) -> Any:
    return _half(ring, ring._of("exp", u) + ring._of("exp", -u))


def _inverse(ring: NormalForms, u: Any) -> Any:
    return rings.integer_power(ring, u, -1)


def _tan(ring: NormalForms, u: Any) -> Any:
    return rings.quotient(ring, ring._of("sin", u), ring._of("cos", u))


def _tanh(ring: NormalForms, u: Any) -> Any:
    return rings.quotient(ring, _sinh(ring, u), _cosh(ring, u))


_COMPOSED: dict[str, Callable[[NormalForms, Any], Any]] = {
    "sqrt": lambda ring, u: ring.power(u, ring.number(Fraction(1, 2))),
    "tan": _tan,
    "cot": lambda ring, u: rings.quotient(ring, ring._of("cos", u), ring._of("sin", u)),
    "sec": lambda ring, u: _inverse(ring, ring._of("cos", u)),
    "csc": lambda ring, u: _inverse(ring, ring._of("sin", u)),
    "sinh": _sinh,
    "cosh": _cosh,
    "tanh": _tanh,
    "coth": lambda ring, u: _inverse(ring, _tanh(ring, u)),
    "sech": lambda ring, u: _inverse(ring, _cosh(ring, u)),
    "csch": lambda ring, u: _inverse(ring, _sinh(ring, u)),
    "sign": lambda ring, u: rings.quotient(ring, ring._of("abs", u), u),
    "acot": lambda ring, u: ring._of("atan", _inverse(ring, u)),
    "asec": lambda ring, u: ring._of("acos", _inverse(ring, u)),
    "acsc": lambda ring, u: ring._of("asin", _inverse(ring, u)),
}

_MINUS_HALF = Fraction(-1, 2)

# The slopes of what stays a function of its own (DLMF 4.24, 4.38, 7.2).
_SLOPES: dict[str, Callable[[NormalForms, Quotient], Quotient]] = {
    "asin": lambda ring, u: ring._root(ring.one - u * u, _MINUS_HALF),
    "acos": lambda ring, u: -ring._root(ring.one - u * u, _MINUS_HALF),
    "atan": lambda ring, u: ring.reciprocal(ring.one + u * u),
    "asinh": lambda ring, u: ring._root(ring.one + u * u, _MINUS_HALF),
    "acosh": lambda ring, u: ring._root(u * u - ring.one, _MINUS_HALF),
    "atanh": lambda ring, u: ring.reciprocal(ring.one - u * u),
    "erf": lambda ring, u: (
        ring._exp(-(u * u)) * ring.number(2) * ring._root(ring.leaf("Pi"), _MINUS_HALF)
    ),
}
