"""What a text says is equal: A_ij = A_ji, or that the weights t_k sum to 1."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.checking.knowledge import Knowledge
from derivex.expression import (
    TWO,
    Apply,
    At,
    D,
    Over,
    Plus,
    Power,
    Times,
    Total,
    contains,
    free_symbols,
    function_name,
    postorder,
    substitute,
    symbol,
    value_of,
)
from derivex.expression.array_nodes import Dot, Jacobian, MatrixProduct, Nabla, Norm, Transpose

__all__ = [
    "by_identities",
    "lengths",
    "says_length",
    "says_weights",
    "symmetric_entries",
    "with_weights",
]


def by_identities(root: Basic, identities: Sequence[tuple[Basic, Basic]]) -> Basic:
    """An expression with the right sides of identities in the place of their left sides."""
    known: dict[Basic, Basic] = {}
    by = [node.args[1] for node in postorder(root) if type(node) in (D, Nabla, Jacobian)]
    for left, right in identities:
        length = _length_squared(left) if by else None
        if length is not None and any(contains(each, length[0]) for each in by):
            continue  # how wᵀw changes with w is not said by what it is at a w
        if _says_symmetric(left, right):
            root = symmetric_entries(root, left.args[0])
        else:
            known[left] = right
    return substitute(root, known)


def says_weights(left: Basic, right: Basic) -> bool:
    """Whether an equation says what the entries of a list sum to: Σ_k t_k = 1.

    >>> t, k = symbol("t"), symbol("k")
    >>> says_weights(Total(At(t, k), k), symbol("c")), says_weights(t, k)
    (True, False)
    """
    entry = left.args[0] if type(left) is Total else left
    if type(entry) is not At or entry is left or entry.args[1:] != (left.args[1],):
        return False
    return isinstance(entry.args[0], Symbol) and not contains(right, entry.args[0])


def says_length(left: Basic, right: Basic) -> bool:
    """Whether an equation says how long a vector is: ‖w‖² = 1, or wᵀw = 1.

    >>> from derivex.expression.array_nodes import ArrayName, Norm
    >>> says_length(Norm(ArrayName("w: d")), TWO), says_length(symbol("w"), TWO)
    (True, False)
    """
    whole = _length_squared(left)
    return whole is not None and not free_symbols(right) and value_of(right) != 0


def lengths(left: Basic, right: Basic) -> list[tuple[Basic, Basic]]:
    """All ways to say how long a vector is: ‖w‖, ‖w‖² and wᵀw."""
    found = _length_squared(left)
    if found is None:
        return [(left, right)]
    vector, root = found
    squared = Power(right, TWO) if root else right
    return [
        (Power(Norm(vector), TWO), squared),
        (MatrixProduct(Transpose(vector), vector), squared),
        (Dot(vector, vector), squared),
        (Norm(vector), Apply(function_name("sqrt"), squared)),
    ]


def _length_squared(node: Basic) -> tuple[Basic, bool] | None:
    """The vector whose length, or squared length, something is; and whether it is the length."""
    if type(node) is Norm and len(node.args) == 1:
        return node.args[0], True
    if type(node) is Power and node.args[1] is TWO and type(node.args[0]) is Norm:
        return (node.args[0].args[0], False) if len(node.args[0].args) == 1 else None
    if type(node) in (MatrixProduct, Dot) and len(node.args) == 2:
        first, second = node.args
        turned = first.args[0] if type(first) is Transpose else first
        if turned is second and (type(node) is Dot or turned is not first):
            return second, False
    return None


def with_weights(
    knowledge: Knowledge, identities: Sequence[tuple[Basic, Basic]], roots: Sequence[Basic]
) -> Knowledge:
    """What is known, with t_k / Σ_m t_m for every t_k of which it is said that they sum to 1.

    That is the same for those, and for any others it makes it so.  Entries by which something
    is differentiated are left as they are.
    """
    for left, right in identities:
        if not says_weights(left, right):
            continue
        (entry, _, *bounds), used = left.args, free_symbols(left.args[0])
        base = entry.args[0]
        if base in knowledge.entries or base in set(_variables(roots)):
            continue
        bounds = bounds or _bounds_of(base, (*roots, *knowledge.names.values()))
        other = next(name for name in map(symbol, "mlqrs") if name not in used)
        total = Total(At(base, other), other, *bounds)
        knowledge = knowledge.defining_entry(entry, Times(right, Over(entry, total)))
    return knowledge


def _bounds_of(base: Basic, roots: Sequence[Basic]) -> list[Basic]:
    """The bounds of the sums over a list, if these all have the same."""
    found = {
        node.args[2:]
        for root in roots
        for node in postorder(root)
        if type(node) is Total and contains(node.args[0], base)
    }
    return list(found.pop()) if len(found) == 1 else []


def _variables(roots: Sequence[Basic]) -> Iterator[Basic]:
    """The names of the entries by which something is differentiated."""
    for root in roots:
        for node in postorder(root):
            if type(node) is D and type(node.args[1]) is At:
                yield node.args[1].args[0]


def _says_symmetric(left: Basic, right: Basic) -> bool:
    """Whether an identity is A_ij = A_ji, for all i and j."""
    if not (type(left) is At and type(right) is At and len(left.args) == 3):
        return False
    table, row, column = left.args
    free = isinstance(row, Symbol) and isinstance(column, Symbol) and row is not column
    return free and right.args == (table, column, row)


def symmetric_entries(root: Basic, table: Basic) -> Basic:
    """An expression with half the sum of A_ij and A_ji for every entry A_ij.

    That is the same where A is symmetric, and for any numbers it makes it so.

    >>> from derivex.expression import symbol
    >>> A, i, j = symbol("A"), symbol("i"), symbol("j")
    >>> symmetric_entries(At(A, i, j), A)
    Over(Plus(At(A, i, j), At(A, j, i)), 2)
    """
    halves = {
        node: Over(Plus(node, At(table, node.args[2], node.args[1])), TWO)
        for node in postorder(root)
        if type(node) is At
        and len(node.args) == 3
        and node.args[0] is table
        and node.args[1] is not node.args[2]
    }
    return substitute(root, halves)
