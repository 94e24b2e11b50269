"""Arithmetic on numbers inside sums, products, fractions and powers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from operator import itemgetter

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    ZERO,
    Apply,
    At,
    D,
    Negative,
    Plus,
    Power,
    Times,
)
from derivex.expression.array_nodes import ARRAYS
from derivex.expression.literals import (
    INTEGER_TYPES,
    LITERAL_TYPES,
    NUMBER_TYPES,
    Value,
    number_like,
    quick_value,
)
from derivex.expression.nodes import Node
from derivex.expression.shapes import is_array
from derivex.limits import MAX_BITS
from derivex.rulebook.procedures.factors import is_number, product_of

__all__ = [
    "add_numbers",
    "coefficients_first",
    "multiply_numbers",
    "number_power",
    "reduce",
    "signs_first",
]


def add_numbers(node: Node) -> Basic | None:
    """Add the numbers in a sum up, where the first of them stands that is not zero.

    >>> from derivex.expression import integer, symbol
    >>> x = symbol("x")
    >>> add_numbers(Plus(integer(2), x, integer(3), ZERO))
    Plus(5, x)
    """
    numbers: list[Basic] = []
    rest: list[Basic] = []
    position = None
    total: Value = 0
    for term in node._args:
        kind = type(term)
        value: Value | None
        if kind in INTEGER_TYPES:
            value = term.p
        elif kind in NUMBER_TYPES:
            value = quick_value(term)
            if value is None:
                rest.append(term)
                continue
        else:
            rest.append(term)
            continue
        total += value
        numbers.append(term)
        if position is None and term is not ZERO:
            position = len(rest)
    if not numbers or (len(numbers) == 1 and position is not None):
        return None
    if total or not rest:
        rest.insert(position or 0, number_like(total, numbers))
    if len(rest) == 1:
        return rest[0]
    return Plus(*rest) if Plus in map(type, rest) else Plus.interned.made(tuple(rest))


def signs_first(node: Node) -> Basic | None:
    """Write the sign of a product in front of it.

    >>> from derivex.expression import Negative, symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> signs_first(Times(x, Negative(y)))
    Negative(Times(x, y))
    """
    negative = sum(type(factor) is Negative for factor in node._args)
    if not negative:
        return None
    bare = [factor._args[0] if type(factor) is Negative else factor for factor in node._args]
    product = Times(*bare)
    return Negative(product) if negative % 2 else product


def multiply_numbers(node: Node) -> Basic | None:
    """Multiply the numbers in a product and write the result as its first factor.

    Letters directly behind a number go with it, as on paper: 2(x + 1) · 2x is 4x(x + 1).

    >>> from derivex.expression import ONE, integer, symbol
    >>> x = symbol("x")
    >>> multiply_numbers(Times(integer(3), Plus(x, ONE), integer(2), x))
    Times(6, x, Plus(x, 1))
    >>> multiply_numbers(Times(Plus(x, ONE), integer(2), x, integer(2)))
    Times(4, x, Plus(x, 1))
    """
    numbers: list[Basic] = []
    product: Value = 1
    factors = node._args
    last = 0
    for position, factor in enumerate(factors):
        kind = type(factor)
        value: Value | None
        if kind in INTEGER_TYPES:
            value = factor.p
        elif kind in NUMBER_TYPES:
            value = quick_value(factor)
            if value is None:
                continue
        else:
            continue
        product *= value
        numbers.append(factor)
        last = position
    if len(numbers) < 2:
        return None
    rest: Sequence[Basic] = factors[len(numbers) :]
    if last >= len(numbers):  # they do not all stand in front
        rest = [factors[position] for position in _without_numbers(factors)]
    if product == 1 and rest:
        return product_of(rest)
    written = number_like(product, numbers)
    return Times.interned.made((written, *rest)) if rest else written


def _without_numbers(factors: tuple[Basic, ...]) -> list[int]:
    """Where the factors stand that are no numbers; letters behind one come before the brackets.

    They go with it to the front: the letters there stay before them if they do in the alphabet,
    so that a · 2x is 2ax, and y · 2x is 2xy.
    """
    first: list[int] = []  # letters at the beginning
    behind: list[int] = []  # letters behind a number
    others: list[int] = []
    after_number = False
    for position, factor in enumerate(factors):
        kind = type(factor)
        if kind is Power:
            kind = type(factor._args[0])
        if kind in _LETTERS:
            (behind if after_number else others if others else first).append(position)
        elif kind in NUMBER_TYPES and is_number(factor):
            after_number = True
        else:
            after_number = False
            others.append(position)
    if first and behind and _name(factors[behind[0]]) < _name(factors[first[0]]):
        return behind + first + others
    return first + behind + others


def _name(letter: Basic) -> str:
    """The name of a letter, of its power or of an entry: what goes before in the alphabet."""
    while letter._args:
        letter = letter._args[0]
    return str(letter)


def coefficients_first(node: Node) -> Basic | None:
    """Move a number, and the letters that follow it, to the front; functions and arrays go last.

    >>> from derivex.expression import Apply, function_name, integer, symbol
    >>> x = symbol("x")
    >>> coefficients_first(Times(Apply(function_name("cos"), x), integer(2), x))
    Times(2, x, Apply(cos, x))
    >>> a, y = symbol("a"), symbol("y")
    >>> [coefficients_first(Times(letter, integer(2), x)) for letter in (a, y)]
    [Times(2, a, x), Times(2, x, y)]
    """
    factors = node._args
    kinds = (*map(type, factors),)
    order = _ORDERS.get(kinds)
    if order is None:
        order = _in_order(factors, [_RANKS.get(type(each)) or _rank(each) for each in factors])
        # The kinds tell it where there are no two letters, whose names may count.
        if len(kinds) <= _MOST_KINDS and kinds.count(Symbol) < 2 and _RANKS.keys() >= {*kinds}:
            _ORDERS[kinds] = order
    return Times.interned.made(tuple(map(factors.__getitem__, order))) if order else None


def _in_order(factors: tuple[Basic, ...], ranks: list[int]) -> Sequence[int]:
    """Where the factors stand that come first, second and so on; empty if all stay."""
    order: Sequence[int] = range(len(ranks))
    if _NUMBER in ranks[1:]:
        numbers = [position for position in order if ranks[position] == _NUMBER]
        order = numbers + _without_numbers(factors)
        ranks = [ranks[position] for position in order]
    if _BRACKET in ranks and _FUNCTION in ranks:
        functions = ranks.index(_FUNCTION)
        for position, rank in enumerate(ranks):
            if rank == _BRACKET:
                # A bracket stays where it is: before the functions, or after them.
                ranks[position] = _FUNCTION if position > functions else _LETTER
    if ranks != sorted(ranks):
        ranked = sorted(zip(ranks, order, strict=True), key=_first)  # stable: else as written
        return [position for _, position in ranked]
    return () if type(order) is range else order


_first = itemgetter(0)
_LETTERS = frozenset({Symbol, At})
_NUMBER, _LETTER, _BRACKET, _FUNCTION, _ARRAY = range(1, 6)
_RANKS = {
    **dict.fromkeys(LITERAL_TYPES, _NUMBER),
    Symbol: _LETTER,
    Plus: _BRACKET,
    Apply: _FUNCTION,
    D: _FUNCTION,
    **dict.fromkeys(ARRAYS, _ARRAY),
}
"""The ranks of factors of which the kind tells enough."""

_RANKS_OF_POWERS = {Plus: _BRACKET, Apply: _FUNCTION, D: _FUNCTION}
"""The same for a number as exponent, by the kind of the base."""

_ORDERS: dict[tuple[type, ...], Sequence[int]] = {}
"""The order of factors whose kinds tell it."""
_MOST_KINDS = 6


def _rank(factor: Basic) -> int:
    if type(factor) is Power and type(factor._args[1]) in LITERAL_TYPES:
        return _RANKS_OF_POWERS.get(type(factor._args[0]), _LETTER)
    if is_number(factor):
        return _NUMBER
    if _is_transcendental(factor):
        return _FUNCTION
    if type(factor) is At and is_array(factor):
        return _ARRAY
    base = factor._args[0] if type(factor) is Power else factor
    return _BRACKET if type(base) is Plus else _LETTER


def _is_transcendental(factor: Basic) -> bool:
    """Whether a factor is written after the letters: sin(x), sin(x)², e^x."""
    if type(factor) is Power:
        if quick_value(factor._args[1]) is None:
            return isinstance(factor._args[1], Node) or not isinstance(factor._args[0], Node)
        factor = factor._args[0]
    return type(factor) in (Apply, D)


def reduce(node: Node) -> Basic | None:
    """Bring a fraction of numbers to lowest terms, or divide it out.

    >>> from derivex.expression import Over, integer
    >>> reduce(Over(integer(6), integer(4)))
    Over(3, 2)
    """
    top, bottom = (quick_value(operand) for operand in node._args)
    if top is None or not bottom:
        return None
    reduced = number_like(Fraction(top) / bottom, node._args)
    return None if reduced is node else reduced


_HIGHEST_ROOT = 1000


def exact_root(value: Fraction, order: int) -> Fraction | None:
    """The root of a number that is not negative, where it is a fraction."""
    if value == 0:
        return value
    if value < 0 or order > _HIGHEST_ROOT or value == 1:
        return None
    parts: list[int] = []
    for part in (value.numerator, value.denominator):
        low, high = 1, 1 << (part.bit_length() // order + 1)
        while low < high:  # the root lies between them
            middle = (low + high) // 2
            low, high = (middle + 1, high) if middle**order < part else (low, middle)
        root = low
        if root**order != part:
            return None
        parts.append(root)
    return Fraction(*parts)


def number_power(node: Node) -> Basic | None:
    """A number to a whole power, or its exact root, unless the result would be enormous.

    >>> from derivex.expression import Over, integer
    >>> number_power(Power(integer(2), integer(10)))
    1024
    >>> number_power(Power(integer(8), Over(integer(2), integer(3))))
    4
    """
    base, exponent = (quick_value(operand) for operand in node._args)
    if base is None or exponent is None:
        return None
    if exponent.denominator != 1:
        root = exact_root(Fraction(base), exponent.denominator)
        if root is None:
            return None
        base, exponent = root, Fraction(exponent.numerator)
    size = max(abs(base.numerator), base.denominator).bit_length() * abs(exponent.numerator)
    if size > MAX_BITS or (base == 0 and exponent <= 0):
        return None
    return number_like(Fraction(base) ** exponent.numerator, node._args[:1])
