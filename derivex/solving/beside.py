"""A function just beside a point: |u|, max, min and case distinctions as the branch that holds.

Beside a point, on one side of it, each of them is the same branch all the way up to the point, so
that the function is smooth there, and its slope from that side is an ordinary derivative.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.engine import differentiate, normal_phase
from derivex.equality.balls import evaluate, precision
from derivex.errors import ProblemError
from derivex.expression import (
    ZERO,
    And,
    Apply,
    AtLeast,
    AtMost,
    Cases,
    Equation,
    Greater,
    Less,
    Negative,
    Or,
    Plus,
    Relation,
    Unequal,
    free_symbols,
    number,
    postorder,
    substitute,
    transform,
)
from derivex.matching import NO_FACTS
from derivex.rulebook import RuleBook
from derivex.solving.equation_questions import agrees
from derivex.solving.working import VALUES, depends_on_any

__all__ = ["beside", "bends", "sign_at", "with_branches"]

_BITS = 256
_HIGHEST = 6
"""The order of the last derivative that is looked at to tell a sign beside a point."""

_HOLDS: dict[type[Basic], tuple[int, ...]] = {
    Less: (-1,),
    AtMost: (-1, 0),
    Greater: (1,),
    AtLeast: (1, 0),
    Equation: (0,),
    Unequal: (1, -1),
}


def with_branches(expression: Basic, book: RuleBook) -> Basic:
    """The definitions of functions with branches put in: relu(x) as max(x, 0).

    >>> from derivex.expression import function_name, symbol
    >>> from derivex.rulebook import shipped_book
    >>> with_branches(Apply(function_name("relu"), symbol("x")), shipped_book())
    Apply(max, x, 0)
    """

    def change(node: Basic) -> Basic:
        function = book.functions.get(str(node.args[0])) if type(node) is Apply else None
        if function is None or function.definition is None or function.variadic:
            return node
        if len(function.parameters) != len(node.args) - 1 or not _has_branches(function.definition):
            return node
        given = dict(zip(function.parameters, node.args[1:], strict=True))
        return with_branches(substitute(function.definition, given), book)

    return transform(expression, change)


def _has_branches(expression: Basic) -> bool:
    return any(type(node) is Cases or _called(node) for node in postorder(expression))


def _called(node: Basic) -> str:
    """abs, max, min or sign, if the node is a call of one of them."""
    name = str(node.args[0]) if type(node) is Apply else ""
    return name if name in ("abs", "max", "min", "sign") else ""


def bends(expression: Basic, unknowns: Sequence[Symbol]) -> tuple[Basic, ...]:
    """The expressions with unknowns where whose sign changes another branch holds.

    Args:
        expression: a function, as :func:`with_branches` gives it.
        unknowns: its variables.

    >>> from derivex.expression import function_name, symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> bends(Plus(Apply(function_name("abs"), x), Apply(function_name("max"), x, y)), [x, y])
    (x, Plus(x, Negative(y)))
    """
    found = [each for node in postorder(expression) for each in _bends_of(node)]
    return tuple(dict.fromkeys(each for each in found if depends_on_any(each, unknowns)))


def _bends_of(node: Basic) -> Iterator[Basic]:
    name = _called(node)
    if name in ("abs", "sign"):
        yield node.args[1]
    elif name:
        yield from (_gap(*pair) for pair in combinations(node.args[1:], 2))
    elif type(node) is Cases:
        for branch in node.args:
            for condition in branch.args[1:]:
                for relation in postorder(condition):
                    if isinstance(relation, Relation):
                        yield _gap(*relation.args)


def _gap(left: Basic, right: Basic) -> Basic:
    return left if right is ZERO else Plus(left, Negative(right))


def beside(
    expression: Basic, unknown: Symbol, place: Basic, side: int, book: RuleBook
) -> Basic | None:
    """The function beside a point; None where it cannot be told which branches hold.

    Args:
        expression: a function of one variable, as :func:`with_branches` gives it.
        unknown: the variable.
        place: its value at the point.
        side: 1 for what is greater, −1 for what is less.
        book: the rules.

    >>> from derivex.expression import function_name, symbol
    >>> from derivex.rulebook import shipped_book
    >>> x = symbol("x")
    >>> beside(Apply(function_name("abs"), x), x, ZERO, -1, shipped_book())
    Negative(x)
    """

    def sign(difference: Basic) -> int:
        found = _sign_beside(difference, unknown, place, side, book)
        if found is None:
            raise _UnknownError
        return found

    def holds(condition: Basic) -> bool:
        if type(condition) is And:
            return all(holds(part) for part in condition.args)
        if type(condition) is Or:
            return any(holds(part) for part in condition.args)
        if not isinstance(condition, Relation):
            raise _UnknownError
        return sign(_gap(*condition.args)) in _HOLDS[type(condition)]

    def change(node: Basic) -> Basic:
        name = _called(node)
        if name == "sign":
            return number(sign(node.args[1]))
        if name == "abs":
            return node.args[1] if sign(node.args[1]) >= 0 else Negative(node.args[1])
        if name:
            best, *others = node.args[1:]
            for other in others:
                if sign(_gap(other, best)) == (1 if name == "max" else -1):
                    best = other
            return best
        if type(node) is Cases:
            for value, *conditions in (branch.args for branch in node.args):
                if all(holds(condition) for condition in conditions):
                    return value
            raise _UnknownError
        return node

    try:
        return transform(expression, change)
    except _UnknownError:
        return None


class _UnknownError(Exception):
    """It cannot be told which branch holds."""


def _sign_beside(
    expression: Basic, unknown: Symbol, place: Basic, side: int, book: RuleBook
) -> int | None:
    """The sign that an expression has beside a point, all the way up to it."""
    current = expression
    for order in range(_HIGHEST + 1):
        if not depends_on_any(current, (unknown,)):
            found = sign_at(current, {}, book)
            return None if found is None else found * side**order
        found = sign_at(current, {unknown: place}, book)
        if found != 0:
            return None if found is None else found * side**order
        slope = differentiate(current, [unknown], book)
        if slope.stuck:
            return None
        current = normal_phase(slope.result, book, *VALUES).result
    return None


def sign_at(expression: Basic, values: dict[Symbol, Basic], book: RuleBook) -> int | None:
    """The sign of an expression at a point; None where it has no value or that is not known."""
    there = normal_phase(substitute(expression, dict(values)), book, *VALUES).result
    signs = NO_FACTS.signs(there)
    if len(signs) == 1:
        return next(iter(signs))
    if free_symbols(there):
        return None
    with precision(_BITS):
        try:
            found = evaluate(there, {}, book.functions, real=True)
        except ProblemError:
            return None
        if not found.is_finite():
            return None
        if not found.contains(0):
            return 1 if found.real > 0 else -1
    return 0 if agrees(Equation(there, ZERO), book) else None
