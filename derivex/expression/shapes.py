"""The shape of every expression: a number, or an array with rows and columns.

A shape follows from the shapes of the operands, from the leaves up.  The number 0 is the zero
of every shape, as on paper.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import MappingProxyType
from typing import TypeAlias
from weakref import WeakKeyDictionary

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression.array_nodes import (
    Adjoint,
    ArrayName,
    Basis,
    Dot,
    Entries,
    Entrywise,
    Hadamard,
    Hessian,
    Identity,
    Inverse,
    Jacobian,
    MatrixProduct,
    Nabla,
    Norm,
    Ones,
    Transpose,
    array_name,
)
from derivex.expression.literals import value_of
from derivex.expression.node import integer, symbol
from derivex.expression.nodes import (
    ONE,
    Apply,
    At,
    Binder,
    Branch,
    Cases,
    Column,
    D,
    Dots,
    Gap,
    Gradient,
    Matrix,
    Mean,
    Negative,
    Over,
    Plus,
    Power,
    Row,
    Times,
)

__all__ = ["ANY", "SCALAR", "Shape", "ShapeError", "fits", "is_array", "name_for", "shape_of"]

Shape: TypeAlias = "tuple[Basic, Basic] | None"
"""The numbers of rows and columns; None for a zero, which has every shape."""

SCALAR: Shape = (ONE, ONE)
ANY: Shape = None


class ShapeError(Exception):
    """Shapes that do not fit.

    Args:
        what: what they should do: "be added", "be multiplied".
        operands: the expressions that do not fit, whose shapes are told.
        hint: what to do about it.
    """

    def __init__(self, what: str, operands: Sequence[Basic], hint: str = ""):
        super().__init__(what)
        self.what = what
        self.operands = tuple(operands)
        self.hint = hint


_known: WeakKeyDictionary[Basic, Shape] = WeakKeyDictionary()


def shape_of(root: Basic) -> Shape:
    """The shape of an expression; :data:`ANY` if it is zero.

    Raises:
        ShapeError: the shapes in it do not fit together.

    >>> X, theta = ArrayName("X: n by d"), ArrayName("theta: d")
    >>> shape_of(MatrixProduct(X, theta)), shape_of(Norm(theta))
    ((n, 1), (1, 1))
    """
    if not root._args:
        return _leaf(root)
    found = _known.get(root, ())
    if found != ():
        return found  # type: ignore[return-value]
    stack: list[Basic] = [root]
    while stack:
        node = stack[-1]
        if node in _known:
            stack.pop()
            continue
        waiting = [part for part in node._args if part._args and part not in _known]
        if waiting:
            stack.extend(waiting)
            continue
        stack.pop()
        shapes = [_known[part] if part._args else _leaf(part) for part in node._args]
        _known[node] = _combine(node, shapes)
    return _known[root]


def is_array(node: Basic) -> bool:
    """Whether an expression is a vector or a matrix, not a number."""
    return shape_of(node) not in (SCALAR, ANY)


def fits(node: Basic, shape: Shape) -> bool:
    """Whether an expression has a shape; zero has all of them."""
    return shape_of(node) in (shape, ANY)


def _leaf(node: Basic) -> Shape:
    if type(node) is ArrayName:
        return node.rows, node.columns
    # The dots of a rule stand for terms of any shape.
    return ANY if type(node) is Dots or value_of(node) == 0 else SCALAR


def _combine(node: Basic, shapes: list[Shape]) -> Shape:
    rule = _RULES.get(type(node))
    if rule is not None:
        return rule(node, shapes)
    if isinstance(node, Binder):
        return shapes[0]
    return SCALAR


def _same(node: Basic, shapes: list[Shape], what: str) -> Shape:
    first: int | None = None
    for position, shape in enumerate(shapes):
        if shape is ANY:
            continue
        if first is not None and shape != shapes[first]:
            raise ShapeError(what, (node._args[first], node._args[position]))
        first = position if first is None else first
    return ANY if first is None else shapes[first]


def _sum(node: Basic, shapes: list[Shape]) -> Shape:
    return _same(node, shapes, "be added")


def _times(node: Basic, shapes: list[Shape]) -> Shape:
    if ANY in shapes:
        return ANY
    arrays = [position for position, shape in enumerate(shapes) if shape != SCALAR]
    if len(arrays) > 1:
        raise ShapeError("be multiplied as numbers are", [node._args[k] for k in arrays[:2]])
    return shapes[arrays[0]] if arrays else SCALAR


def _matrix_product(node: Basic, shapes: list[Shape]) -> Shape:
    if ANY in shapes:
        return ANY
    rows, columns = None, None
    for position, shape in enumerate(shapes):
        assert shape is not None
        if shape == SCALAR:
            continue
        if columns is not None and shape[0] != columns:
            raise ShapeError("be multiplied", node._args[position - 1 : position + 1])
        rows = shape[0] if rows is None else rows
        columns = shape[1]
    return SCALAR if rows is None or columns is None else (rows, columns)


def _over(node: Basic, shapes: list[Shape]) -> Shape:
    if shapes[1] not in (SCALAR, ANY):
        raise ShapeError("be divided by", node._args[1:])
    return shapes[0]


def _power(node: Basic, shapes: list[Shape]) -> Shape:
    for position in (0, 1):
        if shapes[position] not in (SCALAR, ANY):
            what = "be raised to a power" if position == 0 else "be an exponent"
            hint = "write ‖u‖^2 for the squared norm of u, u^T u or u·u for u times itself"
            raise ShapeError(what, node._args[position : position + 1], hint)
    return shapes[0] if value_of(node._args[1]) not in (None, 0) else SCALAR


def _square(node: Basic, shape: Shape, what: str, operand: int = 0) -> None:
    if shape is not None and shape[0] != shape[1]:
        raise ShapeError(what, node._args[operand : operand + 1], "a square matrix is needed")


def _inverse(node: Basic, shapes: list[Shape]) -> Shape:
    _square(node, shapes[0], "be inverted")
    return shapes[0]


def _dot(node: Basic, shapes: list[Shape]) -> Shape:
    _same(node, shapes, "be multiplied by a dot product")
    return ANY if ANY in shapes else SCALAR


def _hadamard(node: Basic, shapes: list[Shape]) -> Shape:
    shape = _same(node, shapes, "be multiplied entry by entry")
    return ANY if ANY in shapes else shape


def _apply(node: Basic, shapes: list[Shape]) -> Shape:
    name = str(node._args[0])
    arguments = shapes[1:]
    if name in ("det", "tr"):
        _square(node, arguments[0], f"have the {'determinant' if name == 'det' else 'trace'}", 1)
        return SCALAR
    if len(arguments) == 1:
        shape = arguments[0]
        if name in ("diag", "softmax", "logsumexp") and shape not in (SCALAR, ANY):
            assert shape is not None
            if shape[1] != ONE:
                raise ShapeError(f"be the argument of {name}", node._args[1:], "give it a vector")
            return {"diag": (shape[0], shape[0]), "softmax": shape}.get(name, SCALAR)
        return SCALAR if shape is ANY else shape  # entry by entry
    for position, shape in enumerate(arguments, 1):
        if shape not in (SCALAR, ANY):
            raise ShapeError(f"be an argument of {name}", node._args[position : position + 1])
    return SCALAR


def _entry(node: Basic, shapes: list[Shape]) -> Shape:
    base, *indices = node._args
    shape = shapes[0]
    count = len(indices)
    if type(base) is ArrayName and base.family:
        if count == 1:
            return shape
        count -= 1
    if shape in (SCALAR, ANY):
        return SCALAR
    assert shape is not None
    wanted = 1 if ONE in shape else 2
    if count != wanted and not (count == 2 and wanted == 1):
        told = "one index" if wanted == 1 else "two indices"
        raise ShapeError(f"have {count} indices", (base,), f"an entry of it has {told}")
    return SCALAR


def _nabla(node: Basic, shapes: list[Shape]) -> Shape:
    if shapes[0] not in (SCALAR, ANY):
        hint = "a gradient is that of a number; of a vector there is the Jacobian"
        raise ShapeError("have a gradient", node._args[:1], hint)
    return shapes[1]


def _hessian(node: Basic, shapes: list[Shape]) -> Shape:
    _nabla(node, shapes)
    if shapes[1] is None:
        return ANY
    if shapes[1][1] != ONE:
        hint = "a Hessian is taken by a vector"
        raise ShapeError("be what a Hessian is by", node._args[1:], hint)
    return shapes[1][0], shapes[1][0]


def _jacobian(node: Basic, shapes: list[Shape]) -> Shape:
    for position in (0, 1):
        shape = shapes[position]
        if shape is not None and shape[1] != ONE:
            hint = "a Jacobian is that of a vector by a vector"
            raise ShapeError("have a Jacobian", node._args[position : position + 1], hint)
    if shapes[0] is None or shapes[1] is None:
        return ANY
    return shapes[0][0], shapes[1][0]


def _table(node: Basic, shapes: list[Shape]) -> Shape:
    for entry, shape in zip(node._args, shapes, strict=True):
        if shape not in (SCALAR, ANY):
            raise ShapeError("be an entry", (entry,))
    count = integer(len(shapes))
    return (count, ONE) if type(node) is Column else (ONE, count)


def _rows(node: Basic, shapes: list[Shape]) -> Shape:
    _same(node, shapes, "be rows of one matrix")
    return integer(len(shapes)), integer(len(node._args[0]._args))


_RULES: MappingProxyType[type, Callable[[Basic, list[Shape]], Shape]] = MappingProxyType(
    {
        Plus: _sum,
        Negative: lambda node, shapes: shapes[0],
        Mean: lambda node, shapes: shapes[0],
        Gap: lambda node, shapes: ANY,  # what was left out may be an array
        Times: _times,
        Over: _over,
        Power: _power,
        MatrixProduct: _matrix_product,
        Transpose: lambda node, shapes: shapes[0] and (shapes[0][1], shapes[0][0]),
        Inverse: _inverse,
        Dot: _dot,
        Hadamard: _hadamard,
        Entrywise: lambda node, shapes: shapes[2],
        Norm: lambda node, shapes: SCALAR,
        Apply: _apply,
        At: _entry,
        D: lambda node, shapes: shapes[0],
        Nabla: _nabla,
        Jacobian: _jacobian,
        Hessian: _hessian,
        Adjoint: lambda node, shapes: shapes[1],
        Identity: lambda node, shapes: (node._args[0], node._args[0]),
        Ones: lambda node, shapes: (node._args[0], ONE),
        Entries: lambda node, shapes: SCALAR,
        Basis: lambda node, shapes: (node._args[1], ONE),
        Row: _table,
        Column: _table,
        Matrix: _rows,
        Gradient: lambda node, shapes: (ONE, integer(max(len(shapes) - 1, 1))),
        Cases: lambda node, shapes: _same(node, shapes, "be cases of one value"),
        Branch: lambda node, shapes: shapes[0],
    }
)


def name_for(name: str, body: Basic) -> Symbol | ArrayName:
    """The leaf that stands for an expression: a letter, or a vector or matrix of its shape.

    >>> name_for("u", symbol("x")), name_for("v", Column(ONE, ONE)).text
    (u, 'v: 2')
    """
    shape = shape_of(body)
    return symbol(name) if shape is None or shape == SCALAR else array_name(name, *shape)
