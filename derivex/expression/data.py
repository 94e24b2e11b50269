"""Which names stand for data: one value per item, rather than one value."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression.nodes import ONE, At, Binder, FunctionName, Mean, Node, Over, Total, symbol
from derivex.expression.traverse import postorder, rebuild

__all__ = ["COUNT", "data_names", "mean_as_total"]

COUNT = symbol("n")
"""The number of data, in an expression that has any."""


def data_names(*roots: Basic) -> dict[Symbol, None]:
    """The symbols that name data, as an ordered set.

    These are the indexed ones (a of a_i), and those that occur in a mean and nowhere outside
    of one: in s·mean(a) + mean(s h), a and h are data and s is a number.

    >>> from derivex.expression.nodes import Plus, Times
    >>> a, h, s = symbol("a"), symbol("h"), symbol("s")
    >>> list(data_names(Plus(Times(s, Mean(a)), Mean(Times(s, h)))))
    [a, h]
    """
    inside: dict[Symbol, None] = {}
    outside: set[Symbol] = set()
    indexed: dict[Symbol, None] = {}
    indices: set[Basic] = {COUNT}
    seen: set[tuple[int, bool]] = set()
    stack: list[tuple[Basic, bool]] = [(root, False) for root in reversed(roots)]
    while stack:
        node, averaged = stack.pop()
        if (id(node), averaged) in seen:
            continue
        seen.add((id(node), averaged))
        if isinstance(node, Symbol):
            if averaged:
                inside[node] = None
            else:
                outside.add(node)
        elif isinstance(node, Node) and not isinstance(node, FunctionName):
            operands = node._args
            if type(node) is At:
                if isinstance(operands[0], Symbol):
                    indexed[operands[0]] = None
                    operands = operands[1:]
            elif isinstance(node, Binder):
                indices.add(operands[1])
            averaged = averaged or type(node) is Mean
            stack.extend((operand, averaged) for operand in reversed(operands))
    averages = {name: None for name in inside if name not in outside and name not in indices}
    return indexed | averages


def mean_as_total(mean: Node, data: dict[Symbol, None]) -> Node:
    """The same mean as (1/n) Σ_i, with every name in ``data`` indexed.

    >>> a = symbol("a")
    >>> mean_as_total(Mean(a), {a: None})
    Over(Total(At(a, i), i, 1, n), n)
    """
    body = mean._args[0]
    parts = list(postorder(body))
    taken = {part for part in parts if isinstance(part, Symbol)}  # bound ones included
    index = next(name for name in _index_names() if name not in taken)
    indexed: dict[Basic, Basic] = {}
    for part in parts:
        if isinstance(part, Symbol) and part in data:
            indexed[part] = At(part, index)
        elif type(part) is At:
            # What has an index keeps it; the index itself may hold data.
            base, *indices = part._args
            indexed[part] = rebuild(part, [base, *[indexed[inner] for inner in indices]])
        elif isinstance(part, Node) and part._args:
            indexed[part] = rebuild(part, [indexed[operand] for operand in part._args])
        else:
            indexed[part] = part
    return Over(Total(indexed[body], index, ONE, COUNT), COUNT)


def _index_names() -> Iterator[Symbol]:
    yield from map(symbol, "ijk")
    number = 1
    while True:
        yield symbol(f"i_{number}")
        number += 1
