"""The kinds of nodes for vectors and matrices.

A vector is a column: an array with one column.  The shape of an array stands in its name's leaf,
so that every expression has one (see :mod:`derivex.expression.shapes`).  Products of arrays do
not commute and are nodes of their own: no rule for numbers can take them for a product of
numbers.  A :class:`~.nodes.Times` has at most one factor that is an array.
"""

from __future__ import annotations

import re
from typing import cast

from sympy.core.basic import Basic

from derivex.expression.node import Node, Word, integer, symbol
from derivex.expression.nodes import ONE, At, Binder, D, Plus, Times

__all__ = [
    "ARRAYS",
    "DERIVATIVES",
    "FLAT",
    "Adjoint",
    "ArrayName",
    "Basis",
    "Dot",
    "Entries",
    "Entrywise",
    "Hadamard",
    "Hessian",
    "Identity",
    "Inverse",
    "Jacobian",
    "MatrixProduct",
    "Nabla",
    "Norm",
    "Ones",
    "Transpose",
    "array_name",
    "differentiated",
    "stands_whole",
]

_TEXT = re.compile(
    r"(?P<name>\S+?)(?P<family>\[\])?: (?P<rows>\w+)(?: by (?P<columns>\w+))?"
    r"(?P<symmetric> symmetric)?(?: rows of (?P<source>\S+))?"
)


class ArrayName(Word):
    """The name of a vector or matrix, with its shape: ``ArrayName("X: n by d")``.

    Attributes:
        name: the name.
        rows, columns: the shape, whole numbers or letters.
        family: whether there is one such array for every index: x_1, x_2, …
        symmetric: whether the array is its own transpose.
        source: the matrix whose rows these are, as columns; empty if they are none.

    >>> ArrayName("X: n by d").columns, ArrayName("theta: d").columns
    (d, 1)
    """

    __slots__ = ("columns", "family", "name", "rows", "source", "symmetric")
    name: str
    rows: Basic
    columns: Basic
    family: bool
    symmetric: bool
    source: str

    def __new__(cls, text: str) -> ArrayName:
        node = cast(ArrayName, super().__new__(cls, text))
        if not hasattr(node, "source"):
            found = _TEXT.fullmatch(text)
            if found is None:
                raise ValueError(f"{text!r} declares no array")
            node.name = found["name"]
            node.rows = _size(found["rows"])
            node.columns = _size(found["columns"] or "1")
            node.family = found["family"] is not None
            node.symmetric = found["symmetric"] is not None
            node.source = found["source"] or ""
        return node


def _size(text: str) -> Basic:
    return integer(int(text)) if text.isdigit() else symbol(text)


def array_name(
    name: str,
    rows: Basic,
    columns: Basic = ONE,
    family: bool = False,
    symmetric: bool = False,
    source: str = "",
) -> ArrayName:
    """The leaf for an array of that name and shape.

    >>> array_name("A", symbol("d"), symbol("d"), symmetric=True).text
    'A: d by d symmetric'
    """
    text = f"{name}{'[]' if family else ''}: {rows}"
    if columns is not ONE:
        text += f" by {columns}"
    text += " symmetric" if symmetric else ""
    text += f" rows of {source}" if source else ""
    return ArrayName(text)


class MatrixProduct(Node):
    """A product of two or more arrays, in their order; nested ones are flattened."""

    __slots__ = ()

    def __new__(cls, *factors: Basic) -> Node:
        flat: list[Basic] = []
        for factor in factors:
            flat.extend(factor._args if type(factor) is MatrixProduct else (factor,))
        return cls.interned[tuple(flat)]  # type: ignore[no-any-return]


class Transpose(Node):
    """The transpose of an array."""

    __slots__ = ()


class Inverse(Node):
    """The inverse of a square matrix."""

    __slots__ = ()


class Dot(Node):
    """The inner product of two arrays of one shape, Σ_ij u_ij v_ij; for vectors w·x."""

    __slots__ = ()


class Hadamard(Node):
    """The product of arrays of one shape, entry by entry."""

    __slots__ = ()

    def __new__(cls, *factors: Basic) -> Node:
        flat: list[Basic] = []
        for factor in factors:
            flat.extend(factor._args if type(factor) is Hadamard else (factor,))
        return cls.interned[tuple(flat)]  # type: ignore[no-any-return]


class Norm(Node):
    """``Norm(u)`` is √(Σ u_ij²), Frobenius' for a matrix; ``Norm(u, p)`` is (Σ |u_i|^p)^(1/p)."""

    __slots__ = ()


class Identity(Node):
    """The identity matrix with so many rows."""

    __slots__ = ()


class Ones(Node):
    """The vector of so many ones."""

    __slots__ = ()


class Basis(Node):
    """``Basis(k, d)`` is the unit vector e_k with d entries."""

    __slots__ = ()


class Entries(Node):
    """``f(Entries(x))`` is f(x_1, …, x_n): the entries of a vector as the arguments of f."""

    __slots__ = ()


class Entrywise(Binder):
    """``Entrywise(f, t, U)``: the value of f with each entry of the array U for t, an array."""

    __slots__ = ()


class Nabla(Node):
    """``Nabla(f, w)``: the gradient of a number by an array, an array of the shape of w."""

    __slots__ = ()


class Jacobian(Node):
    """``Jacobian(u, w)``: the matrix of the derivatives ∂u_i/∂w_j of a vector by a vector."""

    __slots__ = ()


class Hessian(Node):
    """``Hessian(f, w)``: the matrix of the second derivatives of a number by a vector."""

    __slots__ = ()


class Adjoint(Node):
    """``Adjoint(U, W, G)``: what the gradient by an array U becomes as one by W.

    Its entries are Σ_kl G_kl ∂U_kl/∂W_ij; G is not differentiated.  For vectors it is the
    transposed Jacobian times G.
    """

    __slots__ = ()


ARRAYS: frozenset[type] = frozenset(
    {ArrayName, MatrixProduct, Transpose, Inverse, Hadamard, Identity, Ones, Basis}
)
"""Kinds of nodes that are vectors or matrices, whatever their operands are."""

DERIVATIVES: frozenset[type] = frozenset({D, Nabla, Jacobian, Adjoint, Hessian})
"""The kinds of derivatives, which are rewritten from the outside in."""


def stands_whole(array: Basic, expression: Basic) -> bool:
    """Whether an array stands in an expression as a whole, not only by its entries.

    >>> w, k = ArrayName("w: d"), symbol("k")
    >>> stands_whole(w, Norm(w)), stands_whole(w, At(w, k))
    (True, False)
    """
    if type(array) is not ArrayName or array.family:
        return False
    seen: set[Basic] = set()
    stack = [expression]
    while stack:
        node = stack.pop()
        if node is array:
            return True
        if node._args and node not in seen:
            seen.add(node)
            stack.extend(
                node._args[1:] if type(node) is At and node._args[0] is array else node._args
            )
    return False


def differentiated(start: Basic, count: int) -> Basic:
    """What stands under so many derivatives, the outermost of which may be transposed.

    >>> w = ArrayName("w: d")
    >>> differentiated(Transpose(Nabla(Norm(w), w)), 1)
    Norm(w: d)
    """
    if count and type(start) is Transpose:
        start = start._args[0]
    for _ in range(count):
        start = start._args[0]
    return start


FLAT: frozenset[type] = frozenset({Plus, Times, MatrixProduct, Hadamard})
"""The kinds of nodes that take in operands of their own kind."""
