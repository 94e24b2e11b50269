"""Trees as a table of nodes, each shared node once, in which every operand is an earlier row.

::

    [["Symbol", "x"], ["Integer", "2"], ["Power", 0, 1], …]

Everything in a stored object refers to the rows of one table by their numbers, from 0.
"""

from __future__ import annotations

from typing import Any

from sympy import Integer, Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    INFINITY,
    Decimal,
    E,
    FunctionName,
    ImplicitName,
    RaisedName,
    array_nodes,
    function_name,
    integer,
    nodes,
    pi,
    postorder,
    raised_name,
    symbol,
)
from derivex.expression.array_nodes import ArrayName
from derivex.expression.nodes import Node, Plus, Word
from derivex.notation import TextWriter
from derivex.storage.entry_error import EntryError, short

__all__ = ["INNER", "LEAVES", "NodeTable", "read_nodes"]

INNER: dict[str, type[Node]] = {
    name: kind
    for module in (nodes, array_nodes)
    for name in module.__all__
    if isinstance(kind := getattr(module, name), type)
    and issubclass(kind, Node)
    and not issubclass(kind, Word)
    and kind is not Node
}
"""The nodes that have operands, by the names that the table has for them."""

_CONSTANTS = {"e": E, "pi": pi, "infinity": INFINITY}

_MADE_OF_TEXT = {
    "Array": ArrayName,
    "Constant": _CONSTANTS.__getitem__,
    "Decimal": Decimal,
    "Function": function_name,
    "Implicit": ImplicitName,
    "Integer": lambda digits: integer(int(digits)),
    "Raised": raised_name,
    "Symbol": symbol,
}
LEAVES = tuple(_MADE_OF_TEXT)
"""The nodes without operands; each is made of a text."""


class NodeTable:
    """Numbers the nodes of some trees, each shared node once."""

    def __init__(self) -> None:
        self.rows: list[list[Any]] = []
        self._numbers: dict[Basic, int] = {}

    def number(self, root: Basic) -> int:
        """The number of a node; it and its operands are added where they are new."""
        if root not in self._numbers:
            for node in postorder(root):
                if node not in self._numbers:
                    self._numbers[node] = len(self.rows)
                    self.rows.append(self._row(node))
        return self._numbers[root]

    def _row(self, node: Basic) -> list[Any]:
        if isinstance(node, RaisedName):
            return ["Raised", node.name]
        if isinstance(node, Symbol):
            return ["Symbol", node.name]
        if isinstance(node, Integer):
            return ["Integer", str(node.p)]
        if isinstance(node, Decimal):
            return ["Decimal", node.text]
        if isinstance(node, ImplicitName):
            return ["Implicit", node.text]
        if isinstance(node, ArrayName):
            return ["Array", node.text]
        if isinstance(node, FunctionName):
            return ["Function", node.name]
        if isinstance(node, Node):
            return [type(node).__name__, *[self._numbers[operand] for operand in node._args]]
        return ["Constant", next(name for name, each in _CONSTANTS.items() if each is node)]


def read_nodes(rows: Any) -> list[Basic]:
    """The nodes of a table.

    Raises:
        EntryError: naming the row that is none.
    """
    if not isinstance(rows, list):
        raise EntryError(f"{short(rows)} is no table of nodes")
    made: list[Basic] = []
    writer = TextWriter()
    for number, row in enumerate(rows):
        try:
            node = _node(row, made)
            writer.piece(node)  # what cannot be written has too few operands, or wrong ones
            made.append(node)
        except EntryError as error:
            raise error.inside(number) from None
        except (KeyError, IndexError, TypeError, ValueError, AttributeError):
            raise EntryError(f"{short(row)} is no node", number) from None
    return made


def _node(row: Any, made: list[Basic]) -> Basic:
    if not isinstance(row, list) or not row or not isinstance(row[0], str):
        raise EntryError(f"{short(row)} is no row that begins with the kind of a node")
    kind, *rest = row
    make = _MADE_OF_TEXT.get(kind)
    if make is not None:
        (text,) = rest
        if not isinstance(text, str):
            raise EntryError(f"{short(text)} is no text")
        leaf: Basic = make(text)
        return leaf
    if kind not in INNER:
        raise EntryError(f"“{short(kind)}” is no kind of node")
    for number in rest:
        if type(number) is not int or not 0 <= number < len(made):
            raise EntryError(f"{short(number)} is not the number of an earlier node")
    operands = [made[number] for number in rest]
    return Plus.grouped(*operands) if kind == "Plus" else INNER[kind](*operands)
