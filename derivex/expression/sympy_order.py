"""The order in which SymPy prints the terms of a sum and the factors of a product.

SymPy's own answer (``as_ordered_terms``, ``as_ordered_factors``) builds a long nested key for
every operand and asks its assumptions about each, which costs tens of microseconds a term.
Nearly always the beginnings of the keys decide.  Here only these are made, and SymPy is asked
where they are equal.  The tests compare the outcome with SymPy's over many expressions.

Method: SymPy orders terms lexicographically by their exponents, highest first, over the
generators of the sum, which are sorted, like the factors of a product, by class, name and
exponent (``Expr.sort_key``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sympy import Add, Mul, Number, NumberSymbol, Pow, Rational, Symbol
from sympy.core.exprtools import decompose_power
from sympy.core.sorting import default_sort_key
from sympy.functions.elementary.exponential import exp

__all__ = ["in_factor_order", "in_term_order", "number_first"]

_ANY_EXPONENTIAL = exp(Symbol("x"))

_class_keys: dict[type, tuple[int, int, str]] = {}


def in_factor_order(factors: Sequence[Any]) -> list[Any]:
    """The factors of an evaluated product, without its number, in SymPy's order."""
    if len(factors) < 2:
        return list(factors)
    keys = [_short_key(factor) for factor in factors]
    if _decided(keys):
        return [factors[position] for position in sorted(range(len(keys)), key=keys.__getitem__)]
    return sorted(factors, key=default_sort_key)


def number_first(terms: Sequence[Any]) -> list[Any] | None:
    """SymPy's exception to its order: 1 − 2x keeps its number in front.  Else None."""
    if len(terms) != 2:
        return None
    first, second = terms
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
    spoof = number_first(terms)
    if spoof is not None:
        return spoof
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

    def built(self) -> Any:
        return exp(Mul(Rational(1, self.denominator), *self.factors))


def _sorted_generators(generators: list[Any]) -> list[Any]:
    if len(generators) < 2:
        return generators
    exponentials = [entry for entry in generators if isinstance(entry, _Exponential)]
    if not exponentials:
        return in_factor_order(generators)
    if len(exponentials) == 1:
        # Its class alone decides its place: any e^u will do.
        original = {_ANY_EXPONENTIAL: exponentials[0]}
    else:
        original = {entry.built(): entry for entry in exponentials}
    plain = [entry for entry in generators if not isinstance(entry, _Exponential)]
    return [original.get(entry, entry) for entry in in_factor_order([*plain, *original])]


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
                if exponent.p == 1 and not base.is_number:
                    monomial[factor] = 1
                    continue
        if factor.is_number:
            continue
        if isinstance(factor, exp):
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


def _short_key(factor: Any) -> tuple[Any, ...]:
    """The beginning of SymPy's sort key: class, name of an atom, exponent's class and value."""
    base, exponent = factor, None
    if isinstance(factor, Pow):
        base, exponent = factor.args
        if isinstance(base, Rational) and base.p == 1 and base.q != 1:
            return ((), "", (), 0)  # (1/2)^x counts as 2^(−x): left to SymPy
    kind = type(base)
    class_key = _class_keys.get(kind)
    if class_key is None:
        class_key = base.class_key()
        if len(_class_keys) < 1000:  # undefined functions are classes of their own
            _class_keys[kind] = class_key
    name: Any = ""
    if isinstance(base, Symbol):
        name = base.name
    elif isinstance(base, Rational):
        name = str(base)
    elif isinstance(base, Add):
        name = _inside_of_sum(base) or ""
    if exponent is None:
        return class_key, name, _NUMBER_CLASS, 1
    if isinstance(exponent, Rational):
        value = exponent.p if exponent.q == 1 else exponent.p / exponent.q
        return class_key, name, _NUMBER_CLASS, value
    return class_key, name, (9,), 0


_NUMBER_CLASS = (1, 0, "Number")
_SYMBOL_CLASS = Symbol("x").class_key()


def _inside_of_sum(total: Add) -> tuple[Any, ...] | None:
    """What SymPy's key of a sum says of its terms, if each is a number times a power of a letter.

    That is all there is inside of such a sum, so this decides.
    """
    inside: list[Any] = []
    for term in in_term_order(total):
        coefficient, base, exponent = 1, term, 1
        if isinstance(base, Mul):
            if len(base.args) != 2 or not isinstance(base.args[0], Rational):
                return None
            number, base = base.args
            coefficient = number.p if number.q == 1 else number.p / number.q
        if isinstance(base, Pow):
            base, power = base.args
            if not isinstance(power, Rational):
                return None
            exponent = power.p if power.q == 1 else power.p / power.q
        if isinstance(base, Rational):
            if base is not term:
                return None
            value = base.p if base.q == 1 else base.p / base.q
            inside.append((_NUMBER_CLASS, "", 0, value))
        elif isinstance(base, Symbol):
            inside.append((_SYMBOL_CLASS, base.name, exponent, coefficient))
        else:
            return None
    return len(inside), tuple(inside)


def _decided(keys: list[tuple[Any, ...]]) -> bool:
    """Whether the short keys tell all apart, for reasons that SymPy's long keys share."""
    begun: set[Any] = set()
    full: set[Any] = set()
    known_inside = {key[0] for key in keys if isinstance(key[1], tuple)}
    for key in keys:
        if not key[0] or key in full:
            return False
        full.add(key)
        if not key[1]:
            # Operands of the same class, neither of them an atom: their insides come first.
            if key[0] in begun or key[0] in known_inside:
                return False
            begun.add(key[0])
    return True


def _is_negative(number: Any) -> bool:
    if isinstance(number, Rational):
        return bool(number.p < 0)
    return bool(number < 0)
