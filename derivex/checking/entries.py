"""Entries of vectors and matrices: a_ij of A, and entries that there cannot be."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.checking.knowledge import Knowledge
from derivex.checking.links import Finding, compare
from derivex.equality import Counterexample
from derivex.expression import ONE, At, Plus, postorder, substitute, symbol
from derivex.expression.array_nodes import ArrayName
from derivex.notation import TextWriter

__all__ = ["entries_of_matrices", "nonexistent_entry"]


def entries_of_matrices(trees: Sequence[Basic], knowledge: Knowledge) -> dict[Basic, Basic]:
    """The entries of matrices under their customary small names, a_jk as A_jk.

    A small letter is meant so where it has two indices wherever it stands, and the matrix with
    the capital letter is there.

    >>> from derivex.expression.array_nodes import array_name
    >>> A, a, j, k = array_name("A", symbol("n"), symbol("n")), *map(symbol, "ajk")
    >>> entries_of_matrices([A, At(a, j, k)], Knowledge())
    {At(a, j, k): At(A: n by n, j, k)}
    """
    nodes = [node for tree in trees for node in postorder(tree)]
    matrices = {
        symbol(node.name.lower()): node
        for node in nodes
        if isinstance(node, ArrayName)
        and node.columns is not ONE
        and len(node.name) == 1
        and node.name.isupper()
        and not node.family
    }
    entries: dict[Basic, Basic] = {}
    other: set[Basic] = set()  # names that stand for something else
    for node in dict.fromkeys(nodes):
        if type(node) is At and len(node.args) == 3 and node.args[0] in matrices:
            entries[node] = At(matrices[node.args[0]], *node.args[1:])
        other.update(
            part
            for at, part in enumerate(node.args)
            if isinstance(part, Symbol) and not (node in entries and at == 0)
        )
    known = {*knowledge.names, *knowledge.columns, *knowledge.entries}
    return {
        entry: meant
        for entry, meant in entries.items()
        if entry.args[0] not in other and entry.args[0] not in known
    }


def nonexistent_entry(before: Basic, after: Basic, knowledge: Knowledge) -> Finding | None:
    """That a line is wrong because a vector has no entry x_ii, where it holds with x_i.

    None where there is no such entry in it, or more is wrong.
    """
    surplus = {
        node: At(node.args[0], node.args[1])
        for node in postorder(after)
        if type(node) is At
        and len(node.args) == 3
        and isinstance(node.args[0], ArrayName)
        and node.args[0].columns is ONE
        and not node.args[0].family
    }
    if not surplus or not compare(before, substitute(after, surplus), knowledge).holds:
        return None
    write = TextWriter().write
    told = " and ".join(f"no entry {write(entry)}" for entry in surplus)
    name = next(iter(surplus)).args[0]
    shown = compare(before, Plus(before, ONE), knowledge).witness
    witness = shown and Counterexample(shown.point, shown.left, "no value")
    return Finding("wrong", f"{name.name} is a vector and has {told}", witness)
