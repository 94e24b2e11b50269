"""The written tree: expressions that stay exactly as they were written.

SymPy's own ``Add``, ``Mul`` and ``Derivative`` evaluate and re-sort when they are built or
rebuilt.  These nodes do neither.  They are subclasses of SymPy's ``Basic`` so that SymPy's
tools can walk them, and they are *interned*: building the same node twice gives the same
object, so equality is identity, a hash costs nothing, and equal subexpressions are shared.

Leaves are canonical SymPy symbols and non-negative integers (see :func:`symbol` and
:func:`integer`), the constants π and e, and :class:`Decimal`, :class:`FunctionName`.
"""

from __future__ import annotations

import sys
import weakref
from fractions import Fraction
from typing import Any, cast

from sympy import E, I, Integer, Symbol, pi
from sympy.core.basic import Basic

__all__ = [
    "Apply",
    "At",
    "Column",
    "D",
    "DOTS",
    "Decimal",
    "Dots",
    "Equation",
    "FunctionName",
    "Gradient",
    "Matrix",
    "Mean",
    "Negative",
    "Node",
    "ONE",
    "Over",
    "Plus",
    "Power",
    "Row",
    "Times",
    "Total",
    "Word",
    "TWO",
    "ZERO",
    "E",
    "I",
    "function_name",
    "integer",
    "pi",
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
    >>> Plus(x, ONE) is Plus(x, ONE)
    True
    >>> Plus(ONE, x) == Plus(x, ONE)
    False
    """

    __slots__ = ("__weakref__",)
    _args: tuple[Basic, ...]

    def __new__(cls, *args: Basic) -> Node:
        return _interned(cls, args)

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


class Plus(Node):
    """A sum of two or more terms; nested sums are flattened."""

    __slots__ = ()

    def __new__(cls, *terms: Basic) -> Node:
        for term in terms:
            if type(term) is Plus:
                return _interned(cls, _flat(Plus, terms))
        return _interned(cls, terms)


class Times(Node):
    """A product of two or more factors; nested products are flattened."""

    __slots__ = ()

    def __new__(cls, *factors: Basic) -> Node:
        for factor in factors:
            if type(factor) is Times:
                return _interned(cls, _flat(Times, factors))
        return _interned(cls, factors)


class Negative(Node):
    """Minus its operand.  Numbers are non-negative, so −3 is ``Negative(3)``."""

    __slots__ = ()


class Over(Node):
    """Numerator over denominator."""

    __slots__ = ()


class Power(Node):
    """Base to an exponent."""

    __slots__ = ()


class Apply(Node):
    """A function applied to its arguments: ``Apply(function_name("sin"), x)``."""

    __slots__ = ()


class At(Node):
    """An indexed quantity: ``At(a, i)`` is a_i."""

    __slots__ = ()


class Total(Node):
    """A sum Σ: ``Total(body, index)`` over all data, or ``Total(body, index, lower, upper)``."""

    __slots__ = ()


class Mean(Node):
    """The mean over all data of a body written without index: mean(a h) is (1/n) Σ_i a_i h_i."""

    __slots__ = ()


class D(Node):
    """The derivative of an expression by a variable, which may be a whole expression."""

    __slots__ = ()


class Gradient(Node):
    """All partial derivatives: ``Gradient(expression, a, b)`` is ∇ of it, by a and b."""

    __slots__ = ()


class Row(Node):
    """A row vector."""

    __slots__ = ()


class Column(Node):
    """A column vector."""

    __slots__ = ()


class Matrix(Node):
    """A matrix, given by its rows (each a :class:`Row`)."""

    __slots__ = ()


class Equation(Node):
    """Two sides joined by an equals sign."""

    __slots__ = ()


class Dots(Node):
    """The dots of a rule: ``Plus(u, DOTS)`` stands for a sum with any number of terms."""

    __slots__ = ()


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


def _interned(cls: type[Node], args: tuple[Basic, ...]) -> Node:
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


def _flat(kind: type[Node], operands: tuple[Basic, ...]) -> tuple[Basic, ...]:
    flat: list[Basic] = []
    for operand in operands:
        if type(operand) is kind:
            flat.extend(operand._args)  # already flat itself
        else:
            flat.append(operand)
    return tuple(flat)


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


ZERO = integer(0)
ONE = integer(1)
TWO = integer(2)
DOTS = Dots()


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
