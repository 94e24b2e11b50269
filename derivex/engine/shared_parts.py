"""Which parts of an expression deserve a name of their own."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    Apply,
    At,
    Binder,
    Cases,
    Dependence,
    Negative,
    Over,
    Plus,
    Power,
    Times,
    free_symbols,
)

__all__ = ["is_whole", "parts_to_name", "variables_in", "varying_nodes"]

_MOST_OPERANDS = 8  # of a sum or product that stands inside of another one


def is_whole(node: Basic) -> bool:
    """Whether a node is not looked into: an entry, or something that binds a name."""
    return type(node) is At or type(node) is Cases or isinstance(node, Binder)


def variables_in(node: Basic, varying: Collection[Basic]) -> list[Basic]:
    """The varying names on which a node depends that is not looked into."""
    letters = free_symbols(node)
    return [name for name in letters if name in varying] + [
        each for each in varying if type(each) is At and Dependence(each).of(node)
    ]


def varying_nodes(root: Basic, varying: Collection[Basic]) -> list[Basic]:
    """The nodes that depend on a varying name, operands before what they are operands of."""
    order: list[Basic] = []
    depends: dict[Basic, bool] = {}
    entries = [each for each in varying if not isinstance(each, Symbol)]
    stack: list[tuple[Basic, bool]] = [(root, False)]
    while stack:
        node, ready = stack.pop()
        if node in depends:
            continue
        if not node._args:
            depends[node] = node in varying
            continue
        if is_whole(node):
            if type(node) is At and not entries:
                depends[node] = any(name in varying for name in free_symbols(node))
            else:
                depends[node] = bool(variables_in(node, varying))
        elif ready:
            depends[node] = any(depends[operand] for operand in node._args)
        else:
            stack.append((node, True))
            stack.extend((operand, False) for operand in reversed(node._args))
            continue
        if depends[node]:
            order.append(node)
    return order


def parts_to_name(order: Sequence[Basic]) -> set[Basic]:
    """The nodes that get a name, of those that vary.

    They are the values of functions, of sums over an index and of case distinctions, what
    stands inside of functions, powers and fractions, long sums and products inside of one
    another, and whatever is used more than once.
    """
    varying = set(order)
    uses: dict[Basic, int] = {}
    found: set[Basic] = set()
    for node in order:
        kind = type(node)
        if kind is Apply or kind is Cases or isinstance(node, Binder):
            found.add(node)
        if is_whole(node):
            continue
        for operand in set(node._args) & varying:
            uses[operand] = uses.get(operand, 0) + 1
            if type(operand) is At:
                continue
            if uses[operand] > 1:
                found.add(operand)
            if kind in (Apply, Power, Over):
                if type(operand) is not Negative or operand._args[0]._args:
                    found.add(operand)
            elif len(operand._args) > _MOST_OPERANDS and type(operand) in (Plus, Times):
                found.add(operand)
    return found
