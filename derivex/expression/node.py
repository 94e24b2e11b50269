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
from typing import Any, ClassVar, cast

from sympy import Integer, Symbol
from sympy.core.basic import Basic

__all__ = [
    "Decimal",
    "FunctionName",
    "ImplicitName",
    "RaisedName",
    "Node",
    "Word",
    "forget_unused",
    "function_name",
    "integer",
    "known_integer",
    "raised_name",
    "symbol",
]


class Interned(dict[Any, Any]):
    """The nodes of one kind, by their operands; looking a new one up makes it.

    ``Power.interned[x, n]`` is what ``Power(x, n)`` gives, without a call.  The nodes are held
    until so many were made that :func:`forget_unused` looks which of them are still in use.
    So many of the oldest ones are long in use, as those of the rules are.
    """

    __slots__ = ("kind", "limit", "long_used")

    def __init__(self, kind: type[Node]):
        self.kind = kind
        self.limit = _MOST_UNUSED
        self.long_used = 0

    def made(self, operands: tuple[Basic, ...]) -> Node:
        """A new node."""
        node = _new_object(self.kind)
        node._args = operands  # type: ignore[misc]  # a slot of Basic
        if len(self) >= self.limit:
            forget_unused()
        return self.setdefault(operands, node)  # type: ignore[no-any-return]

    __missing__ = made


_new_object = object.__new__
_MOST_UNUSED = 100_000
_tables: list[Interned] = []
_most_long_used = 0


def forget_unused(everything: bool = False) -> None:
    """Let go of all nodes that are used nowhere else.

    It is done by itself whenever the number of nodes has doubled, so it costs the same for
    each node made.  Nodes that were in use the last time are looked at again only when they
    have become twice as many, or if everything is to be looked at.
    """
    global _most_long_used
    if everything or sum(table.long_used for table in _tables) > _most_long_used:
        for table in _tables:
            table.long_used = 0
    looked_at = []
    for table in _tables:
        references = []
        while len(table) > table.long_used:
            references.append(weakref.ref(table.popitem()[1]))
        looked_at.append(references)
    again = not any(table.long_used for table in _tables)
    for table, references in zip(_tables, looked_at, strict=True):
        for reference in reversed(references):
            node = reference()
            if node is not None:
                table[node.text if isinstance(node, Word) else node._args] = node
        table.long_used = len(table)
    living = sum(map(len, _tables))
    if again:
        _most_long_used = 2 * living
    for table in _tables:
        table.limit = len(table) + max(_MOST_UNUSED, living)


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
    _mhash = _assumptions = None  # slots of Basic, which nodes do not need
    interned: ClassVar[Interned]
    table: ClassVar[type[Interned]] = Interned

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.interned = cls.table(cls)
        _tables.append(cls.interned)

    def __new__(cls, *operands: Basic) -> Node:
        return cls.interned[operands]  # type: ignore[no-any-return]

    # As identity decides, Python's own will do, and do it faster than a function written here.
    __hash__ = object.__hash__
    __eq__ = object.__eq__
    __ne__ = object.__ne__

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
        node = cls.interned.get(text)
        if node is None:
            node = _new_object(cls)
            node._args = ()  # type: ignore[misc]
            node.text = sys.intern(text)
            node = cls.interned.setdefault(node.text, node)
        return node  # type: ignore[no-any-return]

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


class ImplicitName(FunctionName):
    """The name of a quantity that depends on others: ``ImplicitName("y(x)")`` is the y of x.

    Applied to what it depends on it is written without its argument, y, and its derivative
    is dy/dx.  At a value it is written like any function, y(2).
    """

    __slots__ = ()

    @property
    def name(self) -> str:
        """The name of the quantity."""
        return self.text.partition("(")[0]

    @property
    def arguments(self) -> tuple[Symbol, ...]:
        """The names that it depends on.

        >>> ImplicitName("y(x)").arguments
        (x,)
        """
        return tuple(map(symbol, self.text.partition("(")[2][:-1].split(",")))


class RaisedName(Symbol):
    """The name of data that is written with its index above: the x of x⁽ⁱ⁾, the i-th example.

    It is another name than the x of x_i.
    """

    __slots__ = ()


_symbols: dict[str, Symbol] = {}
_raised_names: dict[str, RaisedName] = {}
_integers: dict[int, Integer] = {}


def symbol(name: str) -> Symbol:
    """The one symbol of that name (no assumptions)."""
    found = _symbols.get(name)
    if found is None:
        found = _symbols[name] = Symbol(name)
    return found


def raised_name(name: str) -> RaisedName:
    """The one name of data with that name and the index above."""
    found = _raised_names.get(name)
    if found is None:
        found = _raised_names[name] = RaisedName(name)
    return found


def integer(value: int) -> Integer:
    """The one integer leaf of that value, which must not be negative."""
    found = _integers.get(value)
    if found is None:
        if value < 0:
            raise ValueError("numbers in the written tree are non-negative; use Negative")
        found = _integers[value] = Integer(value)
    return found


known_integer = _integers.get
"""The integer leaf of that value if there is one already: what is asked most often, in no time."""


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
