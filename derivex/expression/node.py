"""What every written node is: interned, immutable, and exactly as it was written.

SymPy's own ``Add``, ``Mul`` and ``Derivative`` evaluate and re-sort when they are built or
rebuilt.  These nodes do neither.  They are subclasses of SymPy's ``Basic`` so that SymPy's
tools can walk them, and they are *interned*: building the same node twice gives the same
object, so equality is identity, a hash costs nothing, and equal subexpressions are shared.

Leaves are canonical SymPy symbols and non-negative integers (see :func:`symbol` and
:func:`integer`), the constants π and e, and words (:class:`Decimal`, :class:`FunctionName`).
"""

from __future__ import annotations

import sys
import weakref
from fractions import Fraction
from typing import Any, cast

from sympy import Integer, Symbol
from sympy.core.basic import Basic

__all__ = [
    "Decimal",
    "FunctionName",
    "Node",
    "Word",
    "function_name",
    "integer",
    "interned",
    "symbol",
]

# Weak references to every living node, keyed by class and the identities of the operands.
# A living node keeps its operands alive, so a key is never ambiguous; the entry of a dead
# node is overwritten when the same node is built again, and swept when the table has doubled.
_nodes: dict[Any, weakref.ref[Node]] = {}
_sweep_at = 200_000


def _sweep() -> None:
    global _sweep_at
    for key in [key for key, reference in _nodes.items() if reference() is None]:
        del _nodes[key]
    _sweep_at = max(200_000, 2 * len(_nodes))


class Node(Basic):
    """An inner node of the written tree.  Its ``args`` are its operands, in written order.

    >>> x = symbol("x")
    >>> from derivex.expression.nodes import ONE, Plus
    >>> Plus(x, ONE) is Plus(x, ONE)
    True
    >>> Plus(ONE, x) == Plus(x, ONE)
    False
    """

    __slots__ = ("__weakref__",)
    _args: tuple[Basic, ...]

    def __new__(cls, *args: Basic) -> Node:
        return interned(cls, args)

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other

    def __ne__(self, other: object) -> bool:
        return self is not other

    def __repr__(self) -> str:
        return _structure(self)

    __str__ = __repr__
    _sympystr = _sympyrepr = lambda self, printer: _structure(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), self._args

    __reduce_ex__ = lambda self, protocol: self.__reduce__()  # noqa: E731


class Word(Node):
    """A leaf that is told by its text."""

    __slots__ = ("text",)
    text: str

    def __new__(cls, text: str) -> Node:
        key = (cls, text)
        reference = _nodes.get(key)
        node = reference() if reference is not None else None
        if node is None:
            node = object.__new__(cls)
            node._args = ()  # type: ignore[misc]  # a slot of Basic
            node._mhash = None
            node._assumptions = None
            node.text = sys.intern(text)
            _nodes[key] = weakref.ref(node)
        return node

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.text,)


class Decimal(Word):
    """A non-negative decimal, kept digit by digit as it was written: ``Decimal("0.50")``."""

    __slots__ = ()

    @property
    def value(self) -> Fraction:
        """The exact value.

        >>> Decimal("0.50").value
        Fraction(1, 2)
        """
        return Fraction(self.text)


class FunctionName(Word):
    """The name of a function, known (sin) or not (f)."""

    __slots__ = ()

    @property
    def name(self) -> str:
        """The name."""
        return self.text


def interned(cls: type[Node], args: tuple[Basic, ...]) -> Node:
    """The one node of that kind with those operands."""
    key = (cls, *map(id, args))
    reference = _nodes.get(key)
    if reference is not None:
        found = reference()
        if found is not None:
            return found
    node = _new_object(cls)
    node._args = args  # type: ignore[misc]  # a slot of Basic
    node._mhash = None
    node._assumptions = None
    _nodes[key] = _reference(node)
    if len(_nodes) > _sweep_at:
        _sweep()
    return node


_new_object = object.__new__
_reference = weakref.ref


_symbols: dict[str, Symbol] = {}
_integers: dict[int, Integer] = {}


def symbol(name: str) -> Symbol:
    """The one symbol of that name (no assumptions)."""
    found = _symbols.get(name)
    if found is None:
        found = _symbols[name] = Symbol(name)
    return found


def integer(value: int) -> Integer:
    """The one integer leaf of that value, which must not be negative."""
    found = _integers.get(value)
    if found is None:
        if value < 0:
            raise ValueError("numbers in the written tree are non-negative; use Negative")
        found = _integers[value] = Integer(value)
    return found


def function_name(name: str) -> FunctionName:
    """The one leaf for the function of that name."""
    return cast(FunctionName, FunctionName(name))


_REPRESENTATION_LIMIT = 10_000


def _structure(node: Basic) -> str:
    """The structure of a tree, for debugging; iterative, and cut off when very long."""
    pieces: list[str] = []
    length = 0
    stack: list[Basic | str] = [node]
    while stack:
        top = stack.pop()
        if isinstance(top, str):
            piece = top
        elif isinstance(top, Word):
            piece = top.text
        elif isinstance(top, Node):
            piece = type(top).__name__ + "("
            stack.append(")")
            for position, operand in enumerate(reversed(top._args)):
                if position:
                    stack.append(", ")
                stack.append(operand)
        else:
            piece = str(top)
        pieces.append(piece)
        length += len(piece)
        if length > _REPRESENTATION_LIMIT:
            pieces.append("…")
            break
    return "".join(pieces)
