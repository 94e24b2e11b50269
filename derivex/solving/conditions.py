"""Which side conditions follow from others and need not be listed."""

from __future__ import annotations

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.engine import Columns, evaluate
from derivex.expression import ZERO, At, Mean, Total, postorder, substitute, value_of
from derivex.rulebook import RuleBook
from derivex.rulebook.procedures.factors import factors_of
from derivex.rulebook.procedures.means import without_index
from derivex.rulebook.procedures.polynomials import is_identically_zero
from derivex.solving.signs import root_of

__all__ = ["broken_conditions", "without_implied"]


def without_implied(conditions: tuple[Basic, ...]) -> tuple[Basic, ...]:
    """The conditions "… ≠ 0" without those that follow from another one.

    p ≠ 0 follows from q ≠ 0 if p = 0 would make q zero: mean(a²) ≠ 0 follows from
    mean(a²) − mean(a)² ≠ 0, since squares with the mean zero are all zero.
    """
    kept = list(conditions)
    for condition in conditions:
        others = [other for other in kept if other is not condition]
        if any(_makes_zero(condition, other) for other in others):
            kept.remove(condition)
    return tuple(kept)


def broken_conditions(
    conditions: tuple[Basic, ...], columns: Columns, book: RuleBook
) -> list[Basic]:
    """The conditions "… ≠ 0" that do not hold for the data."""
    return [
        condition
        for condition in conditions
        if value_of(evaluate(condition, {}, columns, book).result) == 0
    ]


def _makes_zero(condition: Basic, other: Basic) -> bool:
    """Whether the other expression is zero wherever this one is."""
    gone: dict[Basic, Basic] = {}
    if isinstance(condition, Symbol):
        gone[condition] = ZERO
    root = _root(condition)
    if root is not None:
        for node in postorder(other):
            body = _plain_body(node)
            if body is not None and root in _all_factors(body):
                gone[node] = ZERO
    return bool(gone) and bool(is_identically_zero(substitute(other, gone)))


def _plain_body(node: Basic) -> Basic | None:
    """What a sum over the data or a mean is taken of, written without index."""
    if type(node) is Mean:
        return node.args[0]
    if type(node) is Total and len(node.args) == 2:
        return without_index(*node.args)
    return None


def _root(condition: Basic) -> Basic | None:
    """u where the condition is Σ u² or mean(u²)."""
    body = _plain_body(condition)
    root = None if body is None else root_of(body)
    return root if root is not None and type(root) is not At else None


def _all_factors(body: Basic) -> list[Basic]:
    """The factors of a product and the bases of the powers among them."""
    found: list[Basic] = []
    for factor in factors_of(body):
        found.append(factor)
        root = root_of(factor)
        if root is not None:
            found.append(root)
    return found
