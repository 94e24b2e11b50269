"""Names without a definition that are differentiated, and what they depend on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    D,
    free_symbols,
    postorder,
)

__all__ = ["dependencies", "differentiated_names"]


def differentiated_names(roots: Iterable[Basic]) -> dict[Symbol, dict[Symbol, None]]:
    """The bare names that are differentiated, each with what it is differentiated by.

    >>> from derivex.expression import symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> differentiated_names([D(y, x), D(x, x)])
    {y: {x: None}}
    """
    found: dict[Symbol, dict[Symbol, None]] = {}
    for root in roots:
        for node in postorder(root):
            if type(node) is not D:
                continue
            operand, by = node.args
            while type(operand) is D:
                operand = operand.args[0]
            if isinstance(operand, Symbol) and isinstance(by, Symbol) and operand is not by:
                found.setdefault(operand, {})[by] = None
    return found


def dependencies(
    found: Mapping[Symbol, Mapping[Symbol, None]], known: Mapping[Basic, Basic]
) -> dict[Symbol, tuple[Symbol, ...]]:
    """What each name without a definition depends on directly.

    With dy/dx, dy/du and du/dx, y depends on u and u on x; y depends on x only through u.
    What would depend on itself is left out: with dy/dx and dx/dy, y depends on x.
    """
    direct: dict[Symbol, list[Symbol]] = {}
    for name, by in found.items():
        if name not in known:
            for each in by:
                if not _reaches(direct, each, name):
                    direct.setdefault(name, []).append(each)
    for name, body in known.items():
        if isinstance(name, Symbol) and name in found:
            direct.setdefault(name, []).extend(free_symbols(body))
    reduced: dict[Symbol, tuple[Symbol, ...]] = {}
    for name, by_names in direct.items():
        if name in known:
            continue
        reduced[name] = tuple(
            each
            for each in by_names
            if not any(other is not each and _reaches(direct, other, each) for other in by_names)
        )
    return reduced


def _reaches(direct: Mapping[Symbol, list[Symbol]], start: Symbol, goal: Symbol) -> bool:
    seen: set[Symbol] = set()
    stack = [start]
    while stack:
        name = stack.pop()
        if name is goal:
            return True
        if name not in seen:
            seen.add(name)
            stack.extend(direct.get(name, ()))
    return False
