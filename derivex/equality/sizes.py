"""Small sizes for the arrays of an expression, and sums over indices written out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.equality.rings import UnsupportedError
from derivex.expression.array_nodes import ArrayName, Basis, Identity, Ones
from derivex.expression.data import COUNT
from derivex.expression.literals import value_of
from derivex.expression.nodes import ONE, ZERO, At, Dotted, Node, Plus, Total, integer
from derivex.expression.traverse import free_symbols, postorder, rebuild, substitute

__all__ = ["free_indices", "sizes_of", "with_sizes"]

_SIZES = (3, 2, 2)  # of the first letter, the second, … in turn


def sizes_of(roots: Sequence[Basic], first: int = 0) -> dict[Symbol, Basic]:
    """Numbers for the letters that are sizes of arrays, and for free indices.

    A letter that is a size has that value wherever it stands.

    Args:
        roots: the expressions.
        first: which of the small sizes the first letter gets.  Free indices are 1, 2, 1, … where
            it is 0, 2, 1, 2, … where it is 2, and all the same, 2, where it is 4.

    >>> sizes_of([ArrayName("X: n by d")])
    {n: 3, d: 2}
    """
    values: dict[Symbol, Basic] = {}
    sizes = count(first)
    for node in (node for root in roots for node in postorder(root)):
        wanted: tuple[Basic, ...] = ()
        if type(node) is ArrayName:
            wanted = (node.rows, node.columns)
        elif type(node) in (Identity, Ones):
            wanted = node._args
        elif type(node) is Basis:
            wanted = node._args[1:]
        elif type(node) is Total:
            wanted = node._args[2:] or (COUNT,)
        for size in wanted:
            if isinstance(size, Symbol) and size not in values:
                values[size] = integer(_SIZES[next(sizes) % len(_SIZES)])
    for position, index in enumerate(free_indices(roots)):
        if index not in values:
            values[index] = integer(2 if first == 4 else 1 + (position + first // 2) % 2)
    return values


def free_indices(roots: Sequence[Basic]) -> list[Symbol]:
    """The letters that are indices of entries, and not bound by a sum.

    >>> from derivex.expression.nodes import symbol
    >>> free_indices([At(symbol("x"), symbol("i"))])
    [i]
    """
    free = {name for root in roots for name in free_symbols(root)}
    found: dict[Symbol, None] = {}
    for node in (node for root in roots for node in postorder(root)):
        if type(node) is At or type(node) is Basis:
            places = node._args[1:] if type(node) is At else node._args[:1]
            names = (name for place in places for name in free_symbols(place))
            found.update(dict.fromkeys(name for name in names if isinstance(name, Symbol)))
    return [name for name in found if name in free]


def with_sizes(roots: Sequence[Basic], values: Mapping[Symbol, Basic]) -> list[Basic]:
    """The expressions with numbers for the sizes of arrays; sums run over their terms."""
    numbered = {
        node: _sized(node, values)
        for root in roots
        for node in postorder(root)
        if type(node) is ArrayName
    }
    return [_unrolled(substitute(root, {**values, **numbered}), values) for root in roots]


def _sized(array: ArrayName, values: Mapping[Symbol, Basic]) -> ArrayName:
    rows, columns = (
        values.get(size, size) if isinstance(size, Symbol) else size
        for size in (array.rows, array.columns)
    )
    head, _, _ = array.text.partition(":")
    rest = " symmetric" if array.symmetric else ""
    rest += f" rows of {array.source}" if array.source else ""
    return ArrayName(f"{head}: {rows} by {columns}{rest}")


def _unrolled(root: Basic, values: Mapping[Symbol, Basic]) -> Basic:
    """Every sum as the sum of its terms."""
    done: dict[Basic, Basic] = {}
    for node in postorder(root):
        if not (isinstance(node, Node) and node._args):
            done[node] = node
            continue
        if type(node) is Dotted:
            done[node] = done[node._args[0]]  # what it means
            continue
        now = rebuild(node, [done[part] for part in node._args])
        done[node] = _terms(now, values) if type(now) is Total else now
    return done[root]


def _terms(total: Node, values: Mapping[Symbol, Basic]) -> Basic:
    body, index, *bounds = total._args
    lower, upper = (value_of(each) for each in (bounds or (ONE, values[COUNT])))
    if lower is None or upper is None or lower.denominator != 1 or upper - lower > 20:
        raise UnsupportedError("a sum over arrays whose bounds are not known")
    terms = [substitute(body, {index: integer(k)}) for k in range(int(lower), int(upper) + 1)]
    return Plus(*terms) if len(terms) > 1 else terms[0] if terms else ZERO
