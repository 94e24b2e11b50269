"""Small edits of a line: what someone may have meant to write.

Every edit changes one place.  They are made from the kind of thing that stands there: a number is
another one, a sign is turned, an exponent is one more or less, a name is another of the names that
occur, a factor or a term is left out or put in, an index is another index.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.diagnosis.places import Place
from derivex.expression import (
    ONE,
    TWO,
    Apply,
    At,
    Binder,
    Equation,
    Negative,
    Node,
    Over,
    Plus,
    Power,
    Times,
    Total,
    function_name,
    number,
)
from derivex.expression.array_nodes import DERIVATIVES, MatrixProduct, Transpose
from derivex.expression.literals import LITERAL_TYPES, has_decimal, value_of

__all__ = ["Edit", "edits_at", "joined", "negated"]

# What is taken for one another.
_LIKE_FUNCTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "sin": ("cos", "tan", "sinh", "csc"),
        "cos": ("sin", "cosh", "sec"),
        "tan": ("cot", "sec", "sin", "tanh"),
        "cot": ("tan", "csc"),
        "sec": ("csc", "cos", "tan"),
        "csc": ("sec", "sin", "cot"),
        "sinh": ("cosh", "sin", "tanh"),
        "cosh": ("sinh", "cos"),
        "tanh": ("tan", "sinh", "cosh"),
        "exp": ("log",),
        "log": ("exp",),
        "asin": ("acos", "atan"),
        "acos": ("asin", "atan"),
        "atan": ("asin", "tan"),
        "max": ("min",),
        "min": ("max",),
    }
)


@dataclass(frozen=True, eq=False)
class Edit:
    """A line with one place changed.

    Args:
        name: the kind of slip that it puts right: ``sign``, ``number``, …
        cost: how far-fetched it is; smaller is likelier.
        wrong: what stands there.
        right: what may have been meant.
        line: the whole line with that.
        bound: the names that are bound where it stands.
        part: what was left out or is too much, where it is that.
    """

    name: str
    cost: float
    wrong: Basic
    right: Basic
    line: Basic
    bound: tuple[Basic, ...] = ()
    part: Basic | None = None


def negated(node: Basic) -> Basic:
    """Minus an expression, without two signs in a row."""
    if type(node) is Negative:
        return node._args[0]
    if type(node) in (Times, Over) and type(node.args[0]) is Negative:
        return type(node)(node.args[0].args[0], *node.args[1:])
    return Negative(node)


def joined(kind: type[Node], operands: Sequence[Basic]) -> Basic:
    """A sum or product of operands, of which there may be one."""
    return operands[0] if len(operands) == 1 else kind(*operands)


def edits_at(
    place: Place, names: Sequence[Symbol], indices: Sequence[Basic], numbers: Sequence[Fraction]
) -> Iterator[Edit]:
    """The edits at one place.

    Args:
        place: the place.
        names: the names that occur in this line and the line before.
        indices: the indices that occur.
        numbers: the numbers that occur.
    """
    node = place.node
    # What stands under a derivative was copied from the line before, mostly without a slip.
    further = 1.5 if any(type(holder) in DERIVATIVES for holder, _ in place.around) else 0.0
    for name, cost, right, part in _changes(place, node, names, indices, numbers):
        cost += further
        if right is not node:
            yield Edit(name, cost, node, right, place.replaced(right), place.bound, part)


_Change = tuple[str, float, Basic, "Basic | None"]


def _changes(
    place: Place,
    node: Basic,
    names: Sequence[Symbol],
    indices: Sequence[Basic],
    numbers: Sequence[Fraction],
) -> Iterator[_Change]:
    kind = type(node)
    holder = place.holder
    if kind in LITERAL_TYPES and not isinstance(holder, At):
        yield from _numbers(node, place, numbers)
    if isinstance(node, Symbol) and _in_exponent(place):
        yield "exponent", 2.2, Plus(node, ONE), None
        yield "exponent", 2.2, Plus(node, Negative(ONE)), None
    if _may_lose_its_sign(place):
        likely = type(node) is Negative or holder is None or type(holder) is Equation
        yield "sign", 1.0 if likely else 1.5, negated(node), None
    if isinstance(node, Symbol) and type(holder) is not At:
        for other in names:
            if other is not node:
                yield "variable", 2.0, other, None
    if kind is At:
        yield from _indices(node, indices)
    if kind is Power:
        yield from _powers(node)
    elif _may_be_squared(node, holder):
        yield "exponent", 3.0, Power(node, TWO), None
        if isinstance(node, Symbol):
            yield "exponent", 3.1, Power(node, number(3)), None
    if kind is Apply:
        yield from _functions(node)
    if kind in (Plus, Times):
        yield from _operands(node)
        yield from _brackets(node)
    if kind is Times:
        yield from _products_of_sums(node)
    if kind is Over:
        top, bottom = node._args
        yield "inverted", 2.5, Over(bottom, top), None
        yield "extra-factor", 3.5, top, bottom
        if value_of(top) != 1:
            yield "extra-factor", 2.6, Over(ONE, bottom), top
        yield "exponent", 3.0, Over(top, Power(bottom, TWO)), None
    if type(holder) in (Times, Over) and isinstance(node, (Symbol, At, Apply)):
        yield "inverted", 2.7, Over(ONE, node), None
    if type(holder) is Equation and kind is Times and type(node._args[0]) is Over:
        top, bottom = node._args[0]._args
        below = joined(Times, [*([] if top is ONE else [top]), *node._args[1:]])
        yield "inverted", 2.5, Over(bottom, below), None
    if kind is Negative and type(node._args[0]) is Plus:
        yield from _minus_before_bracket(node)
    if kind is Total:
        yield from _totals(node)
    if kind is Transpose:
        yield "transpose", 2.0, node._args[0], None
    if kind is MatrixProduct:
        yield "order", 2.5, MatrixProduct(*reversed(node._args)), None


def _may_lose_its_sign(place: Place) -> bool:
    """Terms are turned where their sum is looked at, and what has a minus before it with that."""
    holder = place.holder
    if isinstance(holder, (At, Plus, Negative)):
        return False
    if isinstance(holder, Binder) and place.around[-1][1]:  # a bound
        return False
    if isinstance(holder, (Times, Over)) and type(holder.args[0]) is Negative:
        return place.around[-1][1] == 0
    return not (type(holder) is Power and place.around[-1][1] == 1)


def _may_be_squared(node: Basic, holder: Basic | None) -> bool:
    if isinstance(holder, (At, Power)) or type(node) in LITERAL_TYPES:
        return False
    plain = type(node) not in (Negative, Plus, Times, Over)
    return plain or type(holder) in (Over, Times, Apply)


def _numbers(node: Basic, place: Place, numbers: Sequence[Fraction]) -> Iterator[_Change]:
    value = value_of(node)
    assert value is not None
    name = "exponent" if _in_exponent(place) else "number"
    near = [value - 1, value + 1, value * 2, value / 2, value**2 if value < 100 else value]
    near += [Fraction(0), Fraction(1)]
    if value.denominator == 1 and value > 9:
        digits = str(value.numerator)
        near += [
            Fraction(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])
            for at in range(len(digits) - 1)
        ]
    seen = {value}
    for position, other in enumerate([*near, *numbers]):
        fits = other.denominator == 1 or value.denominator > 1
        if fits and other not in seen and not (other == 1 and type(place.holder) is Power):
            seen.add(other)
            likely = 1.6 if position < 2 else 2.0
            yield name, likely if value else 2.8, number(other, has_decimal(node)), None


def _in_exponent(place: Place) -> bool:
    return any(type(holder) is Power and position == 1 for holder, position in place.around)


def _indices(node: Basic, indices: Sequence[Basic]) -> Iterator[_Change]:
    base, *rest = node._args
    if len(rest) > 1:
        yield "index", 2.2, At(base, *rest[:-1]), None
    for position, index in enumerate(rest):
        for other in indices:
            if other is not index:
                changed = [*rest[:position], other, *rest[position + 1 :]]
                yield "index", 2.0, At(base, *changed), None


def _powers(node: Basic) -> Iterator[_Change]:
    base, exponent = node._args
    value = value_of(exponent)
    if value is None:  # else the number that stands there is edited
        yield "exponent", 1.8, Power(base, Plus(exponent, Negative(ONE))), None
        yield "exponent", 1.8, Power(base, Plus(exponent, ONE)), None
        yield "exponent", 1.8, Power(base, negated(exponent)), None
        yield "exponent", 2.4, Power(base, Times(TWO, exponent)), None
    elif type(exponent) not in (Negative, Over):
        yield "exponent", 1.8, Power(base, number(-value)), None
    else:
        for cost, near in ((1.8, value - 1), (1.8, value + 1), (1.8, -value)):
            yield "exponent", cost, Power(base, number(near)), None
    yield "exponent", 2.0, base, None
    if type(base) is Total:
        body, *range_of = base._args
        yield "brackets", 2.3, Total(Power(body, exponent), *range_of), None
    if type(base) is Times:
        head, *rest = base._args
        yield "brackets", 2.5, Times(head, Power(joined(Times, rest), exponent)), None


def _functions(node: Basic) -> Iterator[_Change]:
    head, *arguments = node._args
    for name in _LIKE_FUNCTIONS.get(str(head), ()):
        yield "function", 2.2, Apply(function_name(name), *arguments), None
    if len(arguments) == 1:
        yield "function", 3.0, arguments[0], None


def _operands(node: Basic) -> Iterator[_Change]:
    """One operand too many."""
    assert isinstance(node, Node)
    kind = type(node)
    name = "extra-term" if kind is Plus else "extra-factor"
    operands = node._args
    for position, operand in enumerate(operands):
        rest = [*operands[:position], *operands[position + 1 :]]
        yield name, 2.2, joined(kind, rest), operand
        if kind is Plus:
            yield (
                "sign",
                1.0,
                Plus(*operands[:position], negated(operand), *operands[position + 1 :]),
                operand,
            )
    if kind is Plus and len(operands) > 2:
        first = operands[0]
        yield "sign", 1.4, Plus(first, *map(negated, operands[1:])), joined(Plus, operands[1:])


def _brackets(node: Basic) -> Iterator[_Change]:
    """A factor before a bracket that was left out: 2x + 3 for 2(x + 3)."""
    if type(node) is not Plus:
        return
    assert isinstance(node, Node)
    first, *rest = node._args
    if type(first) is Times:
        for cut in range(1, len(first._args)):
            factor, inside = first._args[:cut], joined(Times, first._args[cut:])
            yield "brackets", 2.4, Times(*factor, Plus(inside, *rest)), None
    for position, operand in enumerate(node._args):
        if type(operand) is Times and type(operand._args[-1]) is Plus:
            *before, inside = operand._args
            first_term, *others = inside._args
            opened = [joined(Times, [*before, first_term]), *others]
            yield (
                "brackets",
                2.6,
                Plus(*node._args[:position], *opened, *node._args[position + 1 :]),
                None,
            )


def _products_of_sums(node: Basic) -> Iterator[_Change]:
    """The product of two sums over the same index, for the sum of the products."""
    assert isinstance(node, Node)
    totals = [factor for factor in node._args if type(factor) is Total]
    for position, first in enumerate(totals):
        for second in totals[position + 1 :]:
            if first._args[1:] == second._args[1:]:
                rest = [each for each in node._args if each is not first and each is not second]
                body = Times(first._args[0], second._args[0])
                both = Total(body, *first._args[1:])
                yield "brackets", 2.4, joined(Times, [*rest, both]), None


def _minus_before_bracket(node: Basic) -> Iterator[_Change]:
    first, *rest = node._args[0]._args
    yield "sign", 1.2, Plus(Negative(first), *rest), node._args[0]


def _totals(node: Basic) -> Iterator[_Change]:
    assert isinstance(node, Node)
    body, index, *bounds = node._args
    if type(body) is Power:
        base, exponent = body._args
        yield "brackets", 2.3, Power(Total(base, index, *bounds), exponent), None
    if type(body) is Times:
        head, *rest = body._args
        other = Total(joined(Times, rest), index, *bounds)
        yield "brackets", 2.6, Times(Total(head, index, *bounds), other), None
    for position, bound in enumerate(bounds):
        for shift in (ONE, Negative(ONE)):
            changed = list(bounds)
            changed[position] = Plus(bound, shift)
            yield "bounds", 3.0, Total(body, index, *changed), None
    if type(node) is Total:
        yield "sum", 3.2, body if index not in _leaves(body) else node, None


def _leaves(node: Basic) -> set[Basic]:
    found: set[Basic] = set()
    stack = [node]
    while stack:
        top = stack.pop()
        found.add(top)
        stack.extend(top.args)
    return found
