"""Which quantities pass what back to which: the edges of the graph, walked backward."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sympy.core.basic import Basic

from derivex.engine.quantities import Quantity
from derivex.engine.shared_parts import is_whole, variables_in
from derivex.expression import Plus

__all__ = ["Contribution", "contributions_of", "sum_of"]


@dataclass(frozen=True)
class Contribution:
    """What one quantity passes back to another one, or to a variable.

    Args:
        quantity: the quantity in whose definition the other one stands.
        part: the terms of that definition in which it stands; all of it, if it is no sum.
    """

    quantity: Quantity
    part: Basic


def sum_of(terms: Sequence[Basic]) -> Basic:
    """The sum; a single term is its own."""
    return terms[0] if len(terms) == 1 else Plus(*terms)


def contributions_of(
    quantities: Sequence[Quantity], by: Sequence[Basic]
) -> dict[Basic, tuple[Contribution, ...]]:
    """For each quantity and variable the definitions in which it stands, in order.

    Quantities from which nothing leads to a variable, or to which nothing leads from the whole,
    are left out; a variable that does not occur contributes to nothing.
    """
    varying: dict[Basic, None] = dict.fromkeys(by)
    found: dict[Basic, list[Contribution]] = {}
    for quantity in quantities:
        body = quantity.body
        terms = body._args if type(body) is Plus else (body,)
        where: dict[Basic, list[Basic]] = {}
        for term in terms:
            for leaf in _leaves(term, varying):
                where.setdefault(leaf, []).append(term)
        for leaf, inside in where.items():
            part = body if len(inside) == len(terms) else sum_of(inside)
            found.setdefault(leaf, []).append(Contribution(quantity, part))
        if where:
            varying[quantity.name] = None
    reached: set[Basic] = {quantities[-1].name}
    passed: dict[Basic, tuple[Contribution, ...]] = {}
    for name in [*(quantity.name for quantity in reversed(quantities)), *by]:
        users = [each for each in found.get(name, ()) if each.quantity.name in reached]
        if users:
            reached.add(name)
            passed[name] = tuple(users)
    return passed


def _leaves(term: Basic, varying: Mapping[Basic, None]) -> list[Basic]:
    """The variables and varying quantities that a term depends on, in order of appearance."""
    found: dict[Basic, None] = {}
    seen: set[Basic] = set()
    stack = [term]
    while stack:
        node = stack.pop()
        if node in seen:
            continue
        seen.add(node)
        if is_whole(node):
            found.update(dict.fromkeys(variables_in(node, varying)))
        elif node in varying:
            found[node] = None
        else:
            stack.extend(reversed(node._args))
    return list(found)
