"""The order in which SymPy prints the terms of a sum and the factors of a product.

SymPy's own answer (``as_ordered_terms``, ``as_ordered_factors``) builds a long nested key for
every operand and asks its assumptions about each, which costs tens of microseconds a term.
Nearly always the beginnings of the keys decide; where they are equal, the keys are made from
what commonly stands in an expression, and only for the rest SymPy is asked.  The tests compare
the outcome with SymPy's over many expressions.

Method: SymPy orders terms lexicographically by their exponents, highest first, over the
generators of the sum, which are sorted, like the factors of a product, by class, name and
exponent (``Expr.sort_key``).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from sympy import Add, Function, Integer, Mul, Number, NumberSymbol, Pow, Rational, Symbol
from sympy.core.exprtools import decompose_power
from sympy.core.sorting import default_sort_key
from sympy.functions.elementary.exponential import exp

__all__ = ["in_factor_order", "in_term_order", "number_first"]

_EXPONENTIAL_CLASS = exp.class_key()

_class_keys: dict[type, tuple[int, int, str]] = {}


def in_factor_order(factors: Sequence[Any]) -> list[Any]:
    """The factors of an evaluated product, without its number, in SymPy's order."""
    try:
        return _by_own_keys(factors)
    except _UnknownOrderError:
        return sorted(factors, key=default_sort_key)


def _by_own_keys(factors: Sequence[Any]) -> list[Any]:
    """The factors in order, if the keys that are made here tell it.

    Raises:
        _UnknownOrderError: they do not.
    """
    if len(factors) < 2:
        return list(factors)
    keys = _linear_keys(factors)
    if not keys:
        keys = list(map(_first_key, factors))
        if len(set(keys)) < len(keys):
            keys = list(map(_sort_key, factors))
    return [factors[position] for position in sorted(range(len(keys)), key=keys.__getitem__)]


def _linear_keys(factors: Sequence[Any]) -> list[Any]:
    """The keys of (x + 1) (x + 2) …, which its letter and then its number decide; else none."""
    keys: list[Any] = []
    for factor in factors:
        if type(factor) is not Add or len(factor._args) != 2:
            return []
        number, letter = factor._args
        if type(letter) is not Symbol or not isinstance(number, Integer):
            return []
        keys.append((letter.name, number.p))
    return keys


def number_first(terms: Sequence[Any]) -> list[Any] | None:
    """SymPy's exception to its order: 1 − 2x keeps its number in front.  Else None."""
    if len(terms) != 2:
        return None
    first, second = terms
    if type(second) is Symbol or type(first) is Symbol:
        return None
    if not isinstance(first, (Number, NumberSymbol)):
        first, second = second, first
    if not isinstance(first, (Number, NumberSymbol)) or not isinstance(second, Mul):
        return None
    factors = second.args
    if len(factors) != 2:
        return None
    numbers = [factor for factor in factors if isinstance(factor, (Number, NumberSymbol))]
    if not numbers or not isinstance(numbers[0], Number):
        return None
    positive = isinstance(first, NumberSymbol) or not _is_negative(first)
    return [first, second] if positive and _is_negative(numbers[0]) else None


def in_term_order(total: Add) -> list[Any]:
    """The terms of a sum in SymPy's order."""
    terms = total.args
    if len(terms) == 2:
        first, second = terms
        if type(second) is Symbol and isinstance(first, Number):
            return [second, first]
        exception = number_first(terms)
        if exception is not None:
            return exception
        if isinstance(first, Number) and _is_letter(second):
            return [second, first]
    monomials = [_monomial(term) for term in terms]
    generators: dict[Any, int] = {}
    for monomial in monomials:
        generators.update(monomial)
    ordered = _sorted_generators(list(generators))
    for rank, generator in enumerate(ordered):
        generators[generator] = rank
    keys = [monomial_key(monomial, generators) for monomial in monomials]
    if len(set(keys)) < len(keys):
        return list(total.as_ordered_terms())  # √2·x and 3x: their coefficients decide
    return [terms[position] for position in sorted(range(len(keys)), key=keys.__getitem__)]


def _is_letter(term: Any) -> bool:
    """Whether a term is a letter or a letter with a coefficient, as in 2x + 1."""
    if isinstance(term, Mul):
        coefficient, term, *rest = term.args
        if rest or not isinstance(coefficient, Rational):
            return False
    return type(term) is Symbol


def monomial_key(monomial: dict[Any, int], ranks: dict[Any, int]) -> tuple[int, ...]:
    """A key that sorts sparse monomials as SymPy sorts their dense exponent vectors.

    Against the end of a shorter monomial, a generator with a positive exponent comes earlier
    and one with a negative exponent later, and the more so the lower its rank.
    """
    key: list[int] = []
    size = len(ranks) + 1
    for rank, exponent in sorted([(ranks[base], power) for base, power in monomial.items()]):
        key.append(rank - size if exponent > 0 else size - rank)
        key.append(-exponent)
    key.append(0)
    return tuple(key)


class _Exponential(NamedTuple):
    """e to the power of a product divided by a number, without building it in SymPy."""

    factors: tuple[Any, ...]
    denominator: int

    def exponent(self) -> Any:
        if self.denominator != 1:
            return Mul._from_args([Rational(1, self.denominator), *self.factors])
        return self.factors[0] if len(self.factors) == 1 else Mul._from_args(self.factors)

    def built(self) -> Any:
        return exp(self.exponent())


def _sorted_generators(generators: list[Any]) -> list[Any]:
    try:
        return _by_own_keys(generators)
    except _UnknownOrderError:
        original = {
            entry.built() if isinstance(entry, _Exponential) else entry: entry
            for entry in generators
        }
        return [original[entry] for entry in sorted(original, key=default_sort_key)]


def _monomial(term: Any) -> dict[Any, int]:
    """The generators of a term and their exponents; its numerical factors left out."""
    if isinstance(term, Symbol):
        return {term: 1}
    if isinstance(term, Number):
        return {}
    monomial: dict[Any, int] = {}
    for factor in term.args if isinstance(term, Mul) else (term,):
        if isinstance(factor, Number):
            continue
        if isinstance(factor, Symbol):
            monomial[factor] = 1
            continue
        if isinstance(factor, Pow):
            base, exponent = factor.args
            if isinstance(exponent, Rational):
                if isinstance(base, Symbol) and exponent.q == 1:
                    monomial[base] = exponent.p
                    continue
                if exponent.p == 1 and not _is_number(base):
                    monomial[factor] = 1
                    continue
        if _is_number(factor):
            continue
        # SymPy's own test of the kind also says yes of a power of e.
        if type(factor) is exp or (isinstance(factor, Pow) and isinstance(factor, exp)):
            argument = factor.args[0]
            if isinstance(argument, Mul) and isinstance(argument.args[0], Rational):
                # e^(−2x/3) is the power −2 of e^(x/3).
                coefficient, *rest = argument.args
                monomial[_Exponential(tuple(rest), coefficient.q)] = coefficient.p
            else:
                monomial[_Exponential((argument,), 1)] = 1
        elif isinstance(factor, Pow):
            base, power = decompose_power(factor)
            monomial[base] = power
        else:
            monomial[factor] = 1
    return monomial


def _is_number(expression: Any) -> bool:
    """Whether there is no letter in it; SymPy is asked only where that is not seen at once."""
    if Symbol in map(type, expression._args):
        return False
    return bool(expression.is_number)


def _class_key(expression: Any) -> tuple[int, int, str]:
    kind = type(expression)
    found = _class_keys.get(kind)
    if found is None:
        found = expression.class_key()
        if len(_class_keys) < 1000:  # undefined functions are classes of their own
            _class_keys[kind] = found
    return found


def _first_key(factor: Any) -> tuple[Any, str]:
    """The beginning of SymPy's key: the class, and for a letter its name.

    It decides where no two factors have the same; powers have the class of their base.
    """
    kind = type(factor)
    if kind is Pow:
        factor = factor.args[0]
        kind = type(factor)
    elif kind is _Exponential:
        return _EXPONENTIAL_CLASS, ""
    return _class_keys.get(kind) or _class_key(factor), factor.name if kind is Symbol else ""


class _UnknownOrderError(Exception):
    """Something in an expression for whose key SymPy has to be asked."""


_NUMBER_CLASS = (1, 0, "Number")
_SYMBOL_CLASS = Symbol("x").class_key()
_EXPONENT_ONE = (_NUMBER_CLASS, (0, ()), (), 1)


def _sort_key(expression: Any) -> tuple[Any, ...]:
    """SymPy's whole key, except that numbers in it are Python's own.

    Raises:
        _UnknownOrderError: it holds something else than letters, rational numbers, functions,
            sums, products and powers.
    """
    kind = type(expression)
    if kind is Symbol:
        return _SYMBOL_CLASS, (1, (expression.name,)), _EXPONENT_ONE, 1
    if isinstance(expression, Rational):
        return _NUMBER_CLASS, (0, ()), (), _value(expression)
    if kind is _Exponential:
        return _EXPONENTIAL_CLASS, (1, (_sort_key(expression.exponent()),)), _EXPONENT_ONE, 1
    coefficient: Any = 1
    if kind is Mul:
        first, *rest = expression.args
        if isinstance(first, Rational):
            coefficient = _value(first)
            if len(rest) > 1:
                keys = tuple(map(_sort_key, in_factor_order(rest)))
                return _class_key(expression), (len(keys), keys), _EXPONENT_ONE, coefficient
            (expression,) = rest
            kind = type(expression)
    exponent = _EXPONENT_ONE
    if kind is Pow:
        expression, power = expression.args
        kind = type(expression)
        exponent = _sort_key(power)
        if isinstance(expression, Rational):
            if expression.p == 1:
                raise _UnknownOrderError  # (1/2)^x counts as 2^(−x)
            return _NUMBER_CLASS, (1, (str(expression),)), exponent, coefficient
        if kind is Symbol:
            return _SYMBOL_CLASS, (1, (expression.name,)), exponent, coefficient
        if kind is Pow:
            raise _UnknownOrderError
    elif kind is Symbol:
        return _SYMBOL_CLASS, (1, (expression.name,)), exponent, coefficient
    operands = expression.args
    if kind is Add:
        if len(operands) == 2 and type(operands[1]) is Symbol:
            number, letter = operands
            if isinstance(number, Rational):  # x + 1: the most frequent sum
                first = _SYMBOL_CLASS, (1, (letter.name,)), _EXPONENT_ONE, 1
                second = _NUMBER_CLASS, (0, ()), (), _value(number)
                return _class_key(expression), (2, (first, second)), exponent, coefficient
        operands = in_term_order(expression)
    elif kind is Mul:
        operands = in_factor_order(operands)
    elif not isinstance(expression, Function):
        raise _UnknownOrderError
    keys = tuple(map(_sort_key, operands))
    return _class_key(expression), (len(keys), keys), exponent, coefficient


def _value(rational: Rational) -> Any:
    return rational.p if rational.q == 1 else Fraction(rational.p, rational.q)


def _is_negative(number: Any) -> bool:
    if isinstance(number, Rational):
        return bool(number.p < 0)
    return bool(number < 0)
