"""What an equation says of one of its names, so that another one can be tested by its value.

From Σx/λ − n = 0 follows λ = Σx/n.  Another equation follows from it if its two sides are equal
once that is put in.  This only decides what is true: nothing of it is shown to a reader, who gets
the moves of :mod:`derivex.solving`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.diagnosis.screening import Screen
from derivex.equality.exact import RationalFunctions
from derivex.equality.pair import Leaves
from derivex.equality.program import Program
from derivex.equality.rings import UndefinedError, UnsupportedError
from derivex.equality.surroundings import Surroundings
from derivex.equality.survey import survey
from derivex.errors import DerivexError
from derivex.expression import (
    ONE,
    ZERO,
    And,
    Apply,
    At,
    Binder,
    E,
    Negative,
    Node,
    Over,
    Plus,
    Power,
    Times,
    free_symbols,
    function_name,
    postorder,
    substitute,
)
from derivex.expression.functions import Functions
from derivex.expression.literals import value_of

__all__ = ["equations_of", "residual", "solved_together", "solved_for"]

_RATIONAL = (Plus, Negative, Times, Over, Power)
_INVERSES = {"exp": "log", "log": "exp", "sinh": "asinh", "tan": "atan", "tanh": "atanh"}


def equations_of(node: Basic) -> list[Basic]:
    """The equations that a line holds: it may be one, or several joined by “and”."""
    return list(node.args) if type(node) is And else [node]


def residual(equation: Basic) -> Basic:
    """What is zero where an equation holds."""
    left, right = equation.args
    if value_of(right) == 0:
        return left
    if value_of(left) == 0:
        return right
    return Plus(left, Negative(right))


def solved_together(
    equations: Sequence[Basic], functions: Functions, first: Iterable[Symbol] = ()
) -> dict[Basic, Basic] | None:
    """Values for names with which all equations hold, in terms of the others; None if not found.

    Args:
        equations: the equations.
        functions: the known functions.
        first: the names to solve for, if possible.
    """
    values: dict[Basic, Basic] = {}
    for equation in equations:
        zero = substitute(residual(equation), values)
        found = solved_for(zero, functions, [name for name in first if name not in values])
        if found is None:
            # It may follow from the others already.
            screen = Screen(ZERO, [zero], functions)
            if screen.agreeing([zero]):
                continue
            return None
        name, value = found
        values = {key: substitute(each, {name: value}) for key, each in values.items()}
        values[name] = value
    return values


def solved_for(
    zero: Basic, functions: Functions, first: Iterable[Symbol] = ()
) -> tuple[Basic, Basic] | None:
    """A name and what it must be for an expression to be zero.

    Either the name stands there once, and what is around it can be undone; or the expression is
    affine in it.
    """
    fixed = _fixed(zero)
    names = [name for name in (*first, *free_symbols(zero)) if name not in fixed]
    for name in dict.fromkeys(names):
        if name not in free_symbols(zero):
            continue
        value = _undone(zero, name)
        if value is None:
            value = _affine(zero, name, functions)
        if value is not None:
            return name, value
    return None


def _fixed(node: Basic) -> set[Basic]:
    """Names that cannot be solved for: of indices, bounds and data."""
    found: set[Basic] = set()
    for part in postorder(node):
        if type(part) is At:
            found.update(free_symbols(part))
        elif isinstance(part, Binder):
            for operand in part.args[1:]:
                found.update(free_symbols(operand))
    return found


def _undone(zero: Basic, name: Basic) -> Basic | None:
    """What a name is that stands there once, by undoing what is around it from the outside in."""
    value: Basic = ZERO
    node = zero
    while node is not name:
        if not isinstance(node, Node):
            return None
        holding = [at for at, part in enumerate(node._args) if name in free_symbols(part)]
        if len(holding) != 1:
            return None
        (at,) = holding
        rest = [*node._args[:at], *node._args[at + 1 :]]
        inner = _inverse(type(node), node, at, rest, value)
        if inner is None:
            return None
        value, node = inner, node._args[at]
    return value


def _inverse(kind: type, node: Basic, at: int, rest: list[Basic], value: Basic) -> Basic | None:
    """What the operand that holds the name must be for the node to have a value."""
    if kind is Plus:
        others = rest[0] if len(rest) == 1 else Plus(*rest)
        return Negative(others) if value is ZERO else Plus(value, Negative(others))
    if kind is Negative:
        return value if value is ZERO else Negative(value)
    if kind is Times:
        return Over(value, rest[0] if len(rest) == 1 else Times(*rest))
    if kind is Over:
        return Times(value, rest[0]) if at == 0 else Over(rest[0], value)
    if kind is Power and at == 0:
        exponent = value_of(rest[0])
        odd = exponent is not None and exponent.numerator % 2
        return Power(value, Over(ONE, rest[0])) if odd else None
    if kind is Power and rest[0] is E:
        return Apply(function_name("log"), value)
    if kind is Apply and str(node.args[0]) in _INVERSES:
        return Apply(function_name(_INVERSES[str(node.args[0])]), value)
    return None


def _affine(zero: Basic, name: Basic, functions: Functions) -> Basic | None:
    """What a name must be where the expression is affine in it."""
    at_zero, at_one = substitute(zero, {name: ZERO}), substitute(zero, {name: ONE})
    slope = Plus(at_one, Negative(at_zero))
    degree = _degree(zero, name)
    if degree is not None:
        return Over(Negative(at_zero), slope) if degree == 1 else None
    line = Plus(at_zero, Times(name, slope))
    screen = Screen(zero, [line], functions)
    if not screen.agreeing([line]) or Screen(ZERO, [slope], functions).agreeing([slope]):
        return None
    return Over(Negative(at_zero), slope) if screen.confirms(line) else None


def _degree(zero: Basic, name: Basic) -> int | None:
    """The degree of an expression in a name, if it is a polynomial in it; None if that is not seen.

    Where the name stands in a denominator as well, what is told is 2 or more.
    """
    stack = [zero]
    while stack:
        node = stack.pop()
        if node is name or name not in free_symbols(node):
            continue
        if type(node) not in _RATIONAL or (
            type(node) is Power and name in free_symbols(node.args[1])
        ):
            return None
        stack.extend(node.args)
    found = survey([zero])
    ring = RationalFunctions(found.size)
    values: dict[Basic, Any] = {each: ring.leaf(each) for each in found.names}
    try:
        (value,) = Program([zero]).run(ring, Surroundings(values, Leaves(ring)))
    except (UnsupportedError, UndefinedError, DerivexError):
        return None
    generator = ring.leaf(name).above
    at = generator.degrees().index(1)
    if value.below is not None and value.below.degrees()[at]:
        return 2
    return int(value.above.degrees()[at])
