"""Two sines or cosines added, as a product; the squares of both, as 1."""

from __future__ import annotations

from fractions import Fraction

from sympy.core.basic import Basic

from derivex.expression import (
    TWO,
    Apply,
    Negative,
    Over,
    Plus,
    Power,
    function_name,
    pi,
    value_of,
)
from derivex.expression.nodes import Node
from derivex.rulebook.procedures.factors import (
    coefficient_and_rest,
    factors_of,
    key_of,
    with_coefficient,
)

__all__ = ["squares_of_both", "sum_as_product"]


def sum_as_product(node: Node) -> Basic | None:
    """sin(u) ± sin(v), cos(u) ± cos(v) and sin(u) ± cos(v), each times one number, as a product.

    A cosine beside a sine is read as sin(π/2 − v).

    >>> from derivex.expression import symbol
    >>> cosines = [Apply(function_name("cos"), symbol(name)) for name in "xy"]
    >>> sum_as_product(Plus(*cosines)).args[1:]
    (Apply(cos, Over(Plus(x, y), 2)), Apply(cos, Over(Plus(x, Negative(y)), 2)))
    """
    if len(node._args) != 2:
        return None
    terms = [term for term in map(_term, node._args) if term is not None]
    if len(terms) != 2:
        return None
    (first, one), (second, other) = sorted(terms, key=lambda term: term[1]._args[0] is not _SIN)
    if abs(first) != abs(second):
        return None
    u, v = one._args[1], other._args[1]
    cosines = one._args[0] is not _SIN
    if not cosines and other._args[0] is not _SIN:
        v = Plus(Over(pi, TWO), Negative(v))
    plus = first == second
    functions = {
        (False, True): (_SIN, _COS),
        (False, False): (_COS, _SIN),
        (True, True): (_COS, _COS),
        (True, False): (_SIN, _SIN),
    }[cosines, plus]
    number = -2 * first if cosines and not plus else 2 * first
    halves = Over(Plus(u, v), TWO), Over(Plus(u, Negative(v)), TWO)
    return with_coefficient(
        number, [Apply(name, half) for name, half in zip(functions, halves, strict=True)]
    )


def squares_of_both(node: Node) -> Basic | None:
    """Write u sin(v)² + u cos(v)² as u.

    >>> from derivex.expression import Power, Times, symbol
    >>> x, r = symbol("x"), symbol("r")
    >>> sine, cosine = [Power(Apply(function_name(name), x), TWO) for name in ("sin", "cos")]
    >>> squares_of_both(Plus(Times(r, cosine), x, Times(r, sine)))
    Plus(r, x)
    """
    if len([term for term in node._args if _has_squared(term)]) < 2:
        return None
    found: dict[tuple[object, ...], int] = {}
    for place, term in enumerate(node._args):
        coefficient, rest = coefficient_and_rest(term)
        for factor in rest:
            squared = _squared(factor)
            if squared is None:
                continue
            name, angle = squared
            others = tuple(each for each in rest if each is not factor)
            partner = found.get(
                (_COS if name is _SIN else _SIN, angle, coefficient, key_of(others))
            )
            if partner is not None:
                terms = list(node._args)
                terms[partner] = with_coefficient(coefficient, others)
                del terms[place]
                return terms[0] if len(terms) == 1 else Plus(*terms)
            found[name, angle, coefficient, key_of(others)] = place
    return None


def _has_squared(term: Basic) -> bool:
    """Whether a term may have the square of a sine or cosine as a factor."""
    if type(term) is Negative:
        term = term._args[0]
    for factor in factors_of(term):
        if type(factor) is Power and type(factor._args[0]) is Apply:
            return True
    return False


def _squared(factor: Basic) -> tuple[Basic, Basic] | None:
    """The function, sine or cosine, of which a factor is the square, and its angle."""
    if (
        type(factor) is not Power
        or factor._args[1] is not TWO
        or type(factor._args[0]) is not Apply
    ):
        return None
    name, *angles = factor._args[0]._args
    return (name, angles[0]) if name is _SIN or name is _COS else None


_SIN, _COS = function_name("sin"), function_name("cos")


def _term(node: Basic) -> tuple[Fraction, Apply] | None:
    """The number before a sine or cosine, and that."""
    sign = 1
    if type(node) is Negative:
        node, sign = node._args[0], -1
    factors = factors_of(node)
    number = Fraction(sign)
    for factor in factors[:-1]:
        value = value_of(factor)
        if value is None:
            return None
        number *= value
    last = factors[-1]
    if type(last) is not Apply or len(last._args) != 2 or last._args[0] not in (_SIN, _COS):
        return None
    return number, last
