"""What can be said for certain about the sign of an expression, and why.

Letters stand for real numbers, and n for the number of data, which is at least 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from sympy import NumberSymbol, Symbol
from sympy.core.basic import Basic

from derivex.errors import ProblemError
from derivex.expression import (
    TWO,
    Apply,
    At,
    AtLeast,
    AtMost,
    Greater,
    Less,
    Mean,
    Negative,
    Over,
    Plus,
    Power,
    Times,
    Total,
    Unequal,
    free_symbols,
    integer,
    postorder,
    value_of,
)
from derivex.expression.data import COUNT
from derivex.notation import TextWriter
from derivex.rulebook.procedures.factors import base_and_exponent, factors_of
from derivex.rulebook.procedures.means import without_index
from derivex.rulebook.procedures.polynomials import quotient

__all__ = ["Known", "Sign", "has_data", "is_certain", "known_sign", "spread_of"]


class Sign(Enum):
    """What is known of a sign."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    ZERO = "zero"
    NOT_NEGATIVE = "not negative"
    NOT_POSITIVE = "not positive"
    UNKNOWN = "unknown"


_OPPOSITE = {
    Sign.POSITIVE: Sign.NEGATIVE,
    Sign.NEGATIVE: Sign.POSITIVE,
    Sign.NOT_NEGATIVE: Sign.NOT_POSITIVE,
    Sign.NOT_POSITIVE: Sign.NOT_NEGATIVE,
    Sign.ZERO: Sign.ZERO,
    Sign.UNKNOWN: Sign.UNKNOWN,
}


@dataclass(frozen=True)
class Known:
    """A sign, with what it holds by and what makes the expression zero."""

    sign: Sign
    because: str = ""
    unless: str = ""


def is_certain(relation: Basic) -> bool:
    """Whether a relation between numbers without letters holds, by certain digits.

    >>> from derivex.expression import ONE, Apply, Greater, function_name
    >>> is_certain(Greater(Apply(function_name("sqrt"), TWO), ONE))
    True
    """
    from derivex.equality.balls import evaluate, precision

    if free_symbols(relation):
        return False
    with precision(128):
        try:
            first, second = (evaluate(side, {}, real=True).real for side in relation.args)
        except ProblemError:
            return False
        kind = type(relation)
        if kind in (Less, AtMost):
            first, second = second, first
        if kind is Unequal:
            return bool(first != second)
        strict = kind in (Less, Greater)
        return kind in _ORDERS and bool(first > second if strict else first >= second)


_ORDERS = (Less, AtMost, Greater, AtLeast)


def has_data(*expressions: Basic) -> bool:
    """Whether there is a sum over all data, a mean or an indexed quantity: n counts data then."""
    return any(
        type(node) in (Mean, At) or (type(node) is Total and len(node.args) == 2)
        for expression in expressions
        for node in postorder(expression)
    )


def known_sign(expression: Basic, data: bool) -> Known:
    """The sign of an expression, as far as it can be seen.

    Args:
        expression: what is asked about.
        data: whether n is the number of data.

    >>> from derivex.expression import Power, TWO, symbol
    >>> known_sign(Power(symbol("x"), TWO), False).sign
    <Sign.NOT_NEGATIVE: 'not negative'>
    """
    sign = _plain_sign(expression, data)
    if sign is Sign.UNKNOWN:
        spread = spread_of(expression, data)
        if spread is not None:
            return spread
    return Known(sign)


def _plain_sign(expression: Basic, data: bool) -> Sign:
    """The sign as it follows from the signs of the parts."""
    done: dict[Basic, Sign] = {}
    for node in postorder(expression):
        done[node] = _sign(node, done, data)
    return done[expression]


def _sign(node: Basic, done: dict[Basic, Sign], data: bool) -> Sign:
    value = value_of(node)
    if value is not None:
        return Sign.ZERO if not value else Sign.POSITIVE if value > 0 else Sign.NEGATIVE
    if isinstance(node, NumberSymbol) or (data and node is COUNT):
        return Sign.POSITIVE
    if type(node) is Negative:
        return _OPPOSITE[done[node.args[0]]]
    if type(node) in (Times, Over):
        return _of_product([done[operand] for operand in node.args], type(node) is Over)
    if type(node) is Plus:
        return _of_sum([done[operand] for operand in node.args])
    if type(node) is Power:
        return _of_power(node, done)
    if type(node) is Apply and str(node.args[0]) == "exp":
        return Sign.POSITIVE
    if (type(node) is Total and len(node.args) == 2) or type(node) is Mean:
        return done[node.args[0]]
    return Sign.UNKNOWN


def _of_product(signs: list[Sign], is_fraction: bool) -> Sign:
    if is_fraction and signs[1] not in (Sign.POSITIVE, Sign.NEGATIVE):
        # Where the fraction is defined, its denominator is not zero.
        strict = {Sign.NOT_NEGATIVE: Sign.POSITIVE, Sign.NOT_POSITIVE: Sign.NEGATIVE}
        signs = [signs[0], strict.get(signs[1], Sign.UNKNOWN)]
    if Sign.ZERO in signs:
        return Sign.ZERO
    if Sign.UNKNOWN in signs:
        return Sign.UNKNOWN
    downward = sum(sign in (Sign.NEGATIVE, Sign.NOT_POSITIVE) for sign in signs) % 2
    if all(sign in (Sign.POSITIVE, Sign.NEGATIVE) for sign in signs):
        return Sign.NEGATIVE if downward else Sign.POSITIVE
    return Sign.NOT_POSITIVE if downward else Sign.NOT_NEGATIVE


def _of_sum(signs: list[Sign]) -> Sign:
    signs = [sign for sign in signs if sign is not Sign.ZERO]
    if not signs:
        return Sign.ZERO
    for strict, weak in (
        (Sign.POSITIVE, Sign.NOT_NEGATIVE),
        (Sign.NEGATIVE, Sign.NOT_POSITIVE),
    ):
        if all(sign in (strict, weak) for sign in signs):
            return strict if strict in signs else weak
    return Sign.UNKNOWN


def _of_power(node: Basic, done: dict[Basic, Sign]) -> Sign:
    base, exponent = node.args
    if done[base] is Sign.POSITIVE:
        return Sign.POSITIVE
    value = value_of(exponent)
    if value is None or value.denominator != 1 or value <= 0:
        return Sign.UNKNOWN
    if value.numerator % 2:
        return done[base]
    if done[base] in (Sign.NEGATIVE, Sign.POSITIVE):
        return Sign.POSITIVE
    return Sign.ZERO if done[base] is Sign.ZERO else Sign.NOT_NEGATIVE


def spread_of(expression: Basic, data: bool = True) -> Known | None:
    """n Σ u² − (Σ u)² and mean(u²) − mean(u)², which Cauchy and Schwarz prove not negative.

    A factor of known sign, such as 4/n², may stand before them.

    Both are zero only if all u are equal.  (Cauchy–Schwarz inequality for u and 1, …, 1.)

    >>> from derivex.expression import ONE, TWO, symbol
    >>> a = symbol("a")
    >>> spread_of(Plus(Mean(Power(a, TWO)), Negative(Power(Mean(a), TWO)))).unless
    'all a_i are equal'
    """
    for node in postorder(expression):
        if type(node) is Total and len(node.args) == 2:
            root, index = root_of(node.args[0]), node.args[1]
            if root is None or without_index(root, index) is None:
                continue
            first, second = Times(COUNT, node), Power(Total(root, index), TWO)
        elif type(node) is Mean:
            root = root_of(node.args[0])
            if root is None:
                continue
            first, second = node, Power(Mean(root), TWO)
        else:
            continue
        factor = quotient(expression, Plus(first, Negative(second)))
        if factor is None or type(factor) is Plus:
            continue
        sign = _plain_sign(factor, data)
        if sign in (Sign.POSITIVE, Sign.NEGATIVE):
            found = Sign.NOT_NEGATIVE if sign is Sign.POSITIVE else Sign.NOT_POSITIVE
            because = "the Cauchy–Schwarz inequality"
            return Known(found, because, f"all {_entries(root)} are equal")
    return None


def root_of(body: Basic) -> Basic | None:
    """u where the body is u², as a product of squares."""
    roots: list[Basic] = []
    for factor in factors_of(body):
        base, exponent = base_and_exponent(factor)
        if exponent is None or exponent.denominator != 1 or exponent.numerator % 2:
            return None
        half = exponent.numerator // 2
        roots.append(base if half == 1 else Power(base, integer(half)))
    return roots[0] if len(roots) == 1 else Times(*roots)


def _entries(root: Basic) -> str:
    text = TextWriter().write(root)
    return f"{text}_i" if isinstance(root, Symbol) else str(text)
