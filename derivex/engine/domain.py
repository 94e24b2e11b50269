"""Points outside of the domain of a function: there is no derivative where there is no value."""

from __future__ import annotations

from collections.abc import Mapping

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.errors import ProblemError
from derivex.expression import And, At, Branch, Or, Relation, free_symbols, postorder
from derivex.expression.functions import Functions
from derivex.expression.nodes import Node
from derivex.notation import TextWriter

__all__ = ["refuse_outside"]

_PRECISIONS = (64, 512)  # bits; what has no value at either is taken to have none


def refuse_outside(
    expression: Basic,
    point: Mapping[Basic, Basic],
    functions: Functions,
    derivative: bool = False,
) -> None:
    """Refuse a point at which a function itself has no real value.

    Args:
        expression: the function, in letters.
        point: what is filled in; nothing is asked where a letter stays without a value.
        functions: the known functions.
        derivative: whether the expression is the derivative itself.

    Raises:
        ProblemError: naming the part that has no value.

    >>> from derivex.expression import Apply, Negative, ONE, function_name, symbol
    >>> x = symbol("x")
    >>> refuse_outside(Apply(function_name("log"), x), {x: Negative(ONE)}, {})
    Traceback (most recent call last):
    ...
    derivex.errors.ProblemError: log(x) has no real value at x = −1, so it has no derivative there
    """
    if not point or any(name not in point for name in free_symbols(expression)):
        return
    if any(type(node) is At for node in postorder(expression)):
        return  # the data are looked at when they are filled in
    # Imported here: a derivative without a point needs no numbers.
    from derivex.equality.balls import evaluate, has_no_value, precision

    with precision(_PRECISIONS[-1]):
        try:
            values = {name: evaluate(value, {}) for name, value in point.items()}
        except ProblemError:
            return
    if not all(isinstance(name, Symbol) for name in values):
        return

    def undefined(node: Basic) -> bool:
        return all(has_no_value(node, values, functions, bits) for bits in _PRECISIONS)

    if not undefined(expression):
        return
    parts = (node for node in postorder(expression) if isinstance(node, Node) and node.args)
    culprit = next((node for node in parts if _is_scalar(node) and undefined(node)), expression)
    write = TextWriter().write
    there = ", ".join(f"{write(name)} = {write(value)}" for name, value in point.items())
    consequence = "so the derivative has none" if derivative else "so it has no derivative there"
    raise ProblemError(f"{write(culprit)} has no real value at {there}, {consequence}")


def _is_scalar(node: Node) -> bool:
    return not isinstance(node, (Relation, And, Or, Branch))
