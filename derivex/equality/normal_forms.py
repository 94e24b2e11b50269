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
from math import lcm
from typing import Any

from flint import fmpq, fmpq_mpoly
from sympy import factorint
from sympy.core.basic import Basic

from derivex.equality import rings
from derivex.equality.exact import Quotient, RationalFunctions
from derivex.equality.jets import Jet, compose
from derivex.equality.rings import UndefinedError, UnsupportedError
from derivex.expression.data import COUNT

__all__ = ["FinerAtomsError", "NormalForms"]

_MOST_PRODUCTS = 20_000
_SPARE = 24  # generators beyond the number of subexpressions
_LARGEST_MULTIPLE = 16  # of an angle that is split up
_MOST_TERMS_SPLIT = 6  # of an angle
_LARGEST_CONSTANT = 10**9  # that is factored

Key = tuple[Any, ...]


class FinerAtomsError(Exception):
    """An atom was met in a fraction: the computation must begin again with e^(m/2), say.

    Args:
        atom: which one.
        parts: into how many equal parts it must be cut.
    """

    def __init__(self, atom: Key, parts: int):
        super().__init__(atom, parts)
        self.atom = atom
        self.parts = parts


class NormalForms(RationalFunctions):
    """The field in which elementary functions have a normal form.

    Args:
        size: how many subexpressions there are.
        parts: into how many equal parts some atoms are cut; see :class:`FinerAtomsError`.
    """

    def __init__(self, size: int, parts: dict[Key, int]):
        super().__init__(size + _SPARE)
        self._parts = parts
        self._keys: list[Any] = []  # of the generators, in order
        self._relations: list[tuple[int, int, Quotient]] = []  # generator^power = value
        self._logs: dict[int, Quotient] = {}  # what log is taken of
        self._atoms: dict[int, tuple[Quotient, int]] = {}  # e^(m/parts): m and the parts
        self._free_of: dict[int, frozenset[int]] = {}  # the indices that a generator depends on
        self._depth = 0

    def leaf(self, key: Any) -> Quotient:
        new = key not in self._leaves
        found = super().leaf(key)
        if new:
            self._keys.append(key)
        return found

    # -- zero and sameness ---------------------------------------------------------------------

    def vanishes(self, value: Quotient) -> bool:
        """Whether a value is zero, by the relations between the generators."""
        return len(self._reduced(value).above) == 0

    def _reduced(self, value: Quotient) -> Quotient:
        """The value with no root or absolute value to a power that is known."""
        above, below = value.above, value.below
        for number, power, known in reversed(self._relations):
            above, extra = _lowered(above, number, power, known)
            if below is not None:
                below, other = _lowered(below, number, power, known)
                above = above if other is None else above * other
            if extra is not None:
                below = extra if below is None else below * extra
        return Quotient(above, below)

    def _simple(self, value: Quotient) -> Quotient:
        """The value in lowest terms."""
        value = self._reduced(value)
        if value.below is None:
            return value
        if len(value.above) * len(value.below) > _MOST_PRODUCTS:
            raise UnsupportedError("a fraction too long to be reduced")
        common = value.above.gcd(value.below)
        above, below = value.above / common, value.below / common
        if below.is_constant():
            return Quotient(above / below.leading_coefficient())
        scale = below.leading_coefficient()
        return Quotient(above / scale, below / scale)

    def _key(self, value: Quotient) -> Key:
        """What tells a value, also when the computation begins again."""

        def told(polynomial: fmpq_mpoly) -> Key:
            return tuple(sorted(
                (self._monomial_key(powers), str(coefficient))
                for powers, coefficient in polynomial.to_dict().items()
            ))  # fmt: skip

        value = self._simple(value)
        below = () if value.below is None else told(value.below)
        return (told(value.above), below)

    def _monomial_key(self, powers: Sequence[int]) -> Key:
        return tuple(
            (str(self._keys[number]), int(power)) for number, power in enumerate(powers) if power
        )

    # -- functions -----------------------------------------------------------------------------

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

    # -- exponentials, logarithms, powers --------------------------------------------------------

    def _exp(self, argument: Quotient) -> Quotient:
        result = self.one
        for coefficient, part, powers in self._terms(argument):
            logs = [number for number, power in enumerate(powers) if power and number in self._logs]
            if len(logs) == 1 and powers[logs[0]] == 1:
                # e^(m log u) is u^m.
                rest = self._without(part, logs[0])
                result = result * self._power_of(self._logs[logs[0]], rest, coefficient)
            else:
                result = result * self._atom(("exp", self._key(part)), part, coefficient)
        return result

    def _power_of(self, base: Quotient, exponent: Quotient, coefficient: Fraction) -> Quotient:
        """base^(coefficient · exponent), where the exponent is 1 or a product of letters."""
        if self._key(exponent) == self._key(self.one):
            return self._root(base, coefficient)
        key = ("power", self._key(base), self._key(exponent))
        return self._atom(key, exponent * self._log(base), coefficient)

    def _atom(self, key: Key, meaning: Quotient, coefficient: Fraction) -> Quotient:
        """e^(coefficient · meaning) as a power of the atom with that key."""
        parts = self._parts.get(key, 1)
        power = coefficient * parts
        if power.denominator != 1:
            raise FinerAtomsError(key, lcm(parts, coefficient.denominator))
        new = (*key, parts) not in self._leaves
        atom = self.leaf((*key, parts))
        if new:
            self._atoms[len(self._keys) - 1] = (meaning, parts)
            self._depends(atom, meaning)
        return super().integer_power(atom, power.numerator)

    def _log(self, argument: Quotient) -> Quotient:
        """What is positive is taken out: constants, exponentials and roots."""
        self.is_complete = False
        argument = self._simple(argument)
        if argument.is_zero():
            raise UndefinedError("the logarithm of zero")
        factor, rest = self._positive(argument)
        result = self.zero
        for prime, power in _primes(factor):
            result = result + self.leaf(("log", prime)) * self.number(power)
        above, below = rest.above, rest.below
        for sign, polynomial in ((1, above), (-1, below)):
            if polynomial is None:
                continue
            powers = _content(polynomial)
            for number, power in enumerate(powers):
                if power and number in self._atoms:
                    meaning, parts = self._atoms[number]
                    result = result + meaning * self.number(Fraction(sign * power, parts))
                    rest = rest * super().integer_power(self._generator(number), -sign * power)
        rest = self._simple(rest)
        if self._key(rest) != self._key(self.one):
            new = ("log", self._key(rest)) not in self._leaves
            logarithm = self.leaf(("log", self._key(rest)))
            if new:
                self._logs[len(self._keys) - 1] = rest
                self._depends(logarithm, rest)
            result = result + logarithm
        return result

    def _root(self, base: Quotient, exponent: Fraction) -> Quotient:
        """A power with a rational exponent."""
        if exponent.denominator == 1:
            return super().integer_power(base, exponent.numerator)
        base = self._simple(base)
        if base.is_zero():
            raise UndefinedError("a root of zero")
        factor, rest = self._positive(base)
        result = self.one
        for prime, power in _primes(factor):
            result = result * self._radical(self.number(prime), power * exponent)
        if self._key(rest) != self._key(self.one):
            number = self._only_generator(rest)
            if number is not None and self._is_exponential(number):
                meaning, parts = self._atoms[number]
                return result * self._exp(meaning * self.number(exponent / parts))
            result = result * self._radical(rest, exponent)
        return result

    def _radical(self, base: Quotient, exponent: Fraction) -> Quotient:
        if exponent.denominator == 1:
            return super().integer_power(base, exponent.numerator)
        key = ("root", self._key(base))
        parts = self._parts.get(key, 1)
        power = exponent * parts
        if power.denominator != 1:
            raise FinerAtomsError(key, lcm(parts, exponent.denominator))
        new = (*key, parts) not in self._leaves
        radical = self.leaf((*key, parts))
        if new:
            self._relate(radical, parts, base)
            self._depends(radical, base)
        return super().integer_power(radical, power.numerator)

    def power(self, base: Any, exponent: Any) -> Any:
        whole = self.as_integer(exponent)
        if whole is not None:
            return rings.integer_power(self, base, whole)
        self.is_complete = False
        constant = None if isinstance(exponent, Jet) else _constant(exponent)
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

    def _abs(self, argument: Quotient) -> Quotient:
        argument = self._simple(argument)
        if argument.is_zero():
            return self.zero
        constant = _constant(argument)
        if constant is not None:
            return self.number(abs(constant))
        factor, rest = self._positive(argument)
        if self._is_exponential(self._only_generator(rest)):
            return argument
        opposite = -rest
        rest = min(rest, opposite, key=self._key)  # |−u| is |u|
        new = ("abs", self._key(rest)) not in self._leaves
        found = self.leaf(("abs", self._key(rest)))
        if new:
            self._relate(found, 2, rest * rest)
            self._depends(found, rest)
        return found * self.number(factor)

    # -- angles --------------------------------------------------------------------------------

    def _angle(self, argument: Quotient) -> tuple[Quotient, Quotient]:
        """The sine and the cosine."""
        sine, cosine = self.zero, self.one
        terms = self._terms(argument)
        if len(terms) > _MOST_TERMS_SPLIT:
            terms = [self._whole_term(argument)]
        for coefficient, part, _ in terms:
            turns = coefficient * 2
            if self._key(part) == self._key(self.leaf("Pi")) and turns.denominator == 1:
                quarter = turns.numerator % 4
                turn = ((0, 1), (1, 0), (0, -1), (-1, 0))[quarter]
                new = (self.number(turn[0]), self.number(turn[1]))
            else:
                new = self._multiple(part, coefficient)
            sine, cosine = sine * new[1] + cosine * new[0], cosine * new[1] - sine * new[0]
        return sine, cosine

    def _multiple(self, part: Quotient, coefficient: Fraction) -> tuple[Quotient, Quotient]:
        """Sine and cosine of a multiple of an angle."""
        key = ("tan half", self._key(part))
        parts = self._parts.get(key, 1)
        times = coefficient * parts
        if times.denominator != 1:
            raise FinerAtomsError(key, lcm(parts, coefficient.denominator))
        if abs(times) > _LARGEST_MULTIPLE:
            raise UnsupportedError("a large multiple of an angle")
        half = self.leaf((*key, parts))
        self._depends(half, part)
        below = self.reciprocal(self.one + half * half)
        one = ((half + half) * below, (self.one - half * half) * below)
        sine, cosine = self.zero, self.one
        for _ in range(abs(times.numerator)):
            sine, cosine = sine * one[1] + cosine * one[0], cosine * one[1] - sine * one[0]
        return (sine if times > 0 else -sine), cosine

    # -- sums over an index ----------------------------------------------------------------------

    def over_letters(
        self,
        body: Callable[[Any], Any],
        bounds: Sequence[Any],
        multiplies: bool,
        whole: Basic | None,
    ) -> Any:
        """Σ by linearity; of a product over an index nothing is known."""
        bounds = bounds or (self.one, self.leaf(COUNT))
        if multiplies or any(isinstance(bound, Jet) for bound in bounds):
            raise UnsupportedError("a product over an index of unknown range")
        self.is_complete = False
        index = self.leaf(("index", self._depth))
        number = self._keys.index(("index", self._depth))
        self._free_of[number] = frozenset((number,))
        self._depth += 1
        try:
            value = body(index)
        finally:
            self._depth -= 1
        if isinstance(value, Jet):
            parts = {mask: self._sum(part, number, bounds) for mask, part in value.parts.items()}
            return Jet(parts)
        return self._sum(value, number, bounds)

    def _sum(self, value: Quotient, index: int, bounds: Sequence[Quotient]) -> Quotient:
        value = self._simple(value)
        before, inside = self.one, self.one
        if value.below is not None:
            content, factors = value.below.factor()
            before = self.number(Fraction(int(content.p), int(content.q)))
            for divisor, times in factors:
                whole = super().integer_power(Quotient(divisor), int(times))
                if index in self._indices_of(divisor):
                    inside = inside * whole
                else:
                    before = before * whole
        below = self.reciprocal(inside)
        sums: dict[Key, tuple[Quotient, Quotient]] = {}
        for powers, coefficient in value.above.to_dict().items():
            free = self.number(Fraction(int(coefficient.p), int(coefficient.q)))
            held = self.one
            for number, power in enumerate(powers):
                if power:
                    factor = super().integer_power(self._generator(number), int(power))
                    if index in self._free_of.get(number, ()):
                        held = held * factor
                    else:
                        free = free * factor
            held = held * below
            key = self._key(held)
            known = sums.get(key)
            sums[key] = (held, free if known is None else known[1] + free)
        result = self.zero
        for key, (held, free) in sums.items():
            if key == self._key(self.one):
                total = bounds[1] - bounds[0] + self.one
            else:
                ends = [self._key(bound) for bound in bounds]
                total = self.leaf(("sum", key, *ends))
                inner = self._indices_of_value(held) - {index}
                for end in bounds:
                    inner |= self._indices_of_value(end)
                self._free_of[self._keys.index(("sum", key, *ends))] = inner
            result = result + free * total
        return result * self.reciprocal(before)

    def entry(self, base: Basic, indices: Sequence[Any]) -> Any:
        if base in self._moved or any(isinstance(index, Jet) for index in indices):
            raise UnsupportedError("a derivative by an entry, beside entries with unknown indices")
        self._symbolic.add(base)
        self.is_complete = False
        found = self.leaf(("entry", str(base), *[self._key(index) for index in indices]))
        self._depends(found, *indices)
        return found

    def delta(self, first: Any, second: Any) -> Any:
        raise UnsupportedError("Kronecker's δ of letters")

    def _depends(self, generator: Quotient, *arguments: Quotient) -> None:
        """Note which indices a generator depends on."""
        number = self._only_generator(generator)
        held: frozenset[int] = frozenset()
        for argument in arguments:
            held |= self._indices_of_value(argument)
        if number is not None and held:
            self._free_of[number] = held

    def _indices_of_value(self, value: Quotient) -> frozenset[int]:
        held = self._indices_of(value.above)
        return held if value.below is None else held | self._indices_of(value.below)

    def _indices_of(self, polynomial: fmpq_mpoly) -> frozenset[int]:
        held: frozenset[int] = frozenset()
        for powers in polynomial.to_dict():
            for number, power in enumerate(powers):
                if power:
                    held |= self._free_of.get(number, frozenset())
        return held

    # -- pieces --------------------------------------------------------------------------------

    def _relate(self, generator: Quotient, power: int, value: Quotient) -> None:
        number = self._only_generator(generator)
        assert number is not None
        if all(known != number for known, _, _ in self._relations):
            self._relations.append((number, power, value))

    def _is_exponential(self, number: int | None) -> bool:
        """Whether a generator is positive, as e^u is; x^n need not be."""
        return number is not None and self._kind(number) == "exp"

    def _kind(self, number: int) -> Any:
        key = self._keys[number]
        return key[0] if isinstance(key, tuple) else None

    def _generator(self, number: int) -> Quotient:
        return self._leaves[self._keys[number]]

    def _only_generator(self, value: Quotient) -> int | None:
        """The number of the generator that a value is, if it is one."""
        if value.below is not None or len(value.above) != 1:
            return None
        ((powers, coefficient),) = value.above.to_dict().items()
        found = [number for number, power in enumerate(powers) if power]
        alone = len(found) == 1 and powers[found[0]] == 1 and coefficient == 1
        return found[0] if alone else None

    def _terms(self, argument: Quotient) -> list[tuple[Fraction, Quotient, Sequence[int]]]:
        """The terms of an argument: coefficient, the rest, and the powers of its generators."""
        argument = self._simple(argument)
        if argument.is_zero():
            return []
        if argument.below is not None:
            return [self._whole_term(argument)]
        found: list[tuple[Fraction, Quotient, Sequence[int]]] = []
        for powers, coefficient in argument.above.to_dict().items():
            part = self.one
            for number, power in enumerate(powers):
                if power:
                    part = part * super().integer_power(self._generator(number), int(power))
            found.append((Fraction(int(coefficient.p), int(coefficient.q)), part, powers))
        return found

    def _whole_term(self, argument: Quotient) -> tuple[Fraction, Quotient, Sequence[int]]:
        argument = self._simple(argument)
        leading = argument.above.leading_coefficient()
        scale = Fraction(int(leading.p), int(leading.q))
        return scale, argument * self.number(1 / scale), ()

    def _without(self, part: Quotient, number: int) -> Quotient:
        return self._simple(part * self.reciprocal(self._generator(number)))

    def _positive(self, value: Quotient) -> tuple[Fraction, Quotient]:
        """A positive number, and the rest."""
        leading = value.above.leading_coefficient()
        scale = abs(Fraction(int(leading.p), int(leading.q)))
        if max(scale.numerator, scale.denominator) > _LARGEST_CONSTANT:
            raise UnsupportedError("a number too large to be factored here")
        return scale, self._simple(value * self.number(1 / scale))


def _constant(value: Quotient) -> Fraction | None:
    if value.below is not None or not value.above.is_constant():
        return None
    if len(value.above) == 0:
        return Fraction(0)
    number: fmpq = value.above.leading_coefficient()
    return Fraction(int(number.p), int(number.q))


def _primes(number: Fraction) -> list[tuple[int, int]]:
    above = factorint(number.numerator)
    below = factorint(number.denominator)
    return [*above.items(), *((prime, -power) for prime, power in below.items())]


def _content(polynomial: fmpq_mpoly) -> list[int]:
    """For each generator the power with which it divides the polynomial."""
    powers = [list(map(int, each)) for each in polynomial.to_dict()]
    return [min(column) for column in zip(*powers, strict=True)]


def _lowered(
    polynomial: fmpq_mpoly, number: int, power: int, known: Quotient
) -> tuple[fmpq_mpoly, fmpq_mpoly | None]:
    """A polynomial with generator^power replaced, and what it was multiplied by for that."""
    groups: dict[int, dict[tuple[int, ...], Any]] = {}
    for exponents, coefficient in polynomial.to_dict().items():
        whole, rest = divmod(int(exponents[number]), power)
        lowered = (*exponents[:number], rest, *exponents[number + 1 :])
        groups.setdefault(whole, {})[lowered] = coefficient
    most = max(groups, default=0)
    if most == 0:
        return polynomial, None
    context = polynomial.context()
    below = known.below
    result = context.constant(0)
    for whole, terms in groups.items():
        part = context.from_dict(terms) * known.above**whole
        result += part if below is None else part * below ** (most - whole)
    return result, None if below is None else below**most


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
