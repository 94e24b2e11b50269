"""Whether an answer has the form that is asked for; equal it is already."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.engine import normal_phase
from derivex.errors import DerivexError
from derivex.expression import (
    Equation,
    Gradient,
    Integral,
    LeftLimit,
    Limit,
    Mean,
    Negative,
    Over,
    Plus,
    Power,
    Prime,
    Product,
    RightLimit,
    Substituted,
    Times,
    Total,
    free_symbols,
    postorder,
    value_of,
)
from derivex.expression.array_nodes import DERIVATIVES
from derivex.rulebook import RuleBook

__all__ = ["other_form"]

_DERIVED = frozenset({*DERIVATIVES, Gradient, Prime})
_UNDONE: tuple[tuple[frozenset[type], str], ...] = (
    (_DERIVED, "a derivative is left in it"),
    (frozenset({Limit, LeftLimit, RightLimit}), "a limit is left in it"),
    (frozenset({Integral}), "an integral is left in it"),
    (frozenset({Substituted}), "values are still to be put into it"),
    (frozenset({Total, Product, Mean}), "a sum or product over an index is left in it"),
)
"""What is work that is left to do, where the key has nothing of the kind."""


def other_form(answer: Basic, key: Basic, form: str, book: RuleBook) -> str:
    """What is against the form of an answer, in a sentence part; "" if it is as asked for.

    Whatever form is asked for, nothing may be left to be done that the key has done: d/dx x^2
    equals 2x and is no answer.

    Args:
        answer: what was answered; it is equal to the key.
        key: what belongs there.
        form: one of :data:`derivex.sheets.FORMS`.
        book: the rules, which know what arithmetic is left.

    >>> from derivex.expression import TWO, Plus, Times, symbol
    >>> from derivex.rulebook import shipped_book
    >>> x = symbol("x")
    >>> bracket = Times(TWO, Plus(x, TWO))
    >>> other_form(bracket, bracket, "expanded", shipped_book())
    'it is not multiplied out'
    """
    kinds, wanted = _kinds(answer), _kinds(key)
    for undone, says in _UNDONE:
        if kinds & undone and not wanted & undone:
            return says
    solved = _solved_for(key)
    if solved is not None and solved not in (_solved_for(answer), _solved_for(_swapped(answer))):
        return f"it is not solved for {solved}"
    if form in ("worked out", "number") and _changes(answer, book, "arithmetic"):
        return "arithmetic is left to do in it"
    if form == "number" and value_of(answer) is None and value_of(key) is not None:
        return "it is not worked out to one number"
    if form == "expanded" and _has_products_of_sums(answer):
        return "it is not multiplied out"
    if form == "factored" and _is_sum(answer) and not _is_sum(key):
        return "it is not a product"
    return ""


def _kinds(root: Basic) -> set[type]:
    return {type(node) for node in postorder(root)}


def _solved_for(equation: Basic) -> Basic | None:
    """The name that an equation is solved for; None if it is not."""
    if type(equation) is not Equation:
        return None
    name, value = equation.args
    free = free_symbols(name)
    if len(free) == 1 and name in free and name not in free_symbols(value):
        return name
    return None


def _swapped(equation: Basic) -> Basic:
    return Equation(*equation.args[::-1]) if type(equation) is Equation else equation


def _changes(root: Basic, book: RuleBook, *tables: str) -> bool:
    """Whether rules of some tables have something to do."""
    try:
        return bool(normal_phase(root, book, *tables).steps)
    except DerivexError:
        return False


def _has_products_of_sums(root: Basic) -> bool:
    """Whether a sum stands as a factor, or in a power, outside of functions."""
    stack = [(root, False)]
    while stack:
        node, inside = stack.pop()
        kind = type(node)
        if kind is Plus:
            if inside:
                return True
            stack.extend((part, False) for part in node.args)
        elif kind in (Times, Power):
            parts = node.args if kind is Times else node.args[:1]
            stack.extend((part, True) for part in parts)
        elif kind is Negative:
            stack.append((node.args[0], True))
        elif kind is Over:
            stack.append((node.args[0], inside))
    return False


def _is_sum(root: Basic) -> bool:
    while type(root) is Negative:
        root = root.args[0]
    return type(root) is Plus
