"""Vectors and matrices that are written out: what is done with them, entry by entry."""

from __future__ import annotations

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    TWO,
    Apply,
    At,
    Column,
    D,
    Delta,
    Matrix,
    Negative,
    Over,
    Plus,
    Power,
    Row,
    Times,
    function_name,
    postorder,
)
from derivex.expression.array_nodes import (
    Basis,
    Hadamard,
    Identity,
    Jacobian,
    MatrixProduct,
    Nabla,
    Transpose,
    stands_whole,
)
from derivex.expression.nodes import ONE, Node
from derivex.expression.shapes import is_array
from derivex.rulebook.procedures.components import entry_by_components

__all__ = [
    "derivative_of_vector",
    "determinant_of_entries",
    "dot_product_of_entries",
    "gradient_by_entries",
    "hessian_by_entries",
    "jacobian_by_entries",
    "entry_of_units",
    "norm_of_entries",
    "partial_as_entry",
    "product_of_entries",
    "transpose_of_entries",
]

_TABLES = (Row, Column, Matrix)


def _rows(table: Basic) -> list[tuple[Basic, ...]]:
    if type(table) is Matrix:
        return [row.args for row in table.args]
    return [table.args] if type(table) is Row else [(entry,) for entry in table.args]


def _entries(table: Basic) -> list[Basic]:
    return [entry for row in _rows(table) for entry in row]


def _table(rows: list[list[Basic]]) -> Basic:
    """The table with these rows."""
    if len(rows) == 1:
        return Row(*rows[0])
    if len(rows[0]) == 1:
        return Column(*[row[0] for row in rows])
    return Matrix(*[Row(*row) for row in rows])


def _sum(terms: list[Basic]) -> Basic:
    return Plus(*terms) if len(terms) > 1 else terms[0]


def _are_names(table: Basic) -> bool:
    return type(table) in _TABLES and all(
        isinstance(entry, Symbol) or type(entry) is At for entry in _entries(table)
    )


def gradient_by_entries(node: Node) -> Basic | None:
    """The gradient by a vector of letters: the vector of the partial derivatives.

    >>> from derivex.expression import symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> gradient_by_entries(Nabla(Times(x, y), Column(x, y)))
    Column(D(Times(x, y), x), D(Times(x, y), y))
    """
    operand, variable = node._args
    if not _are_names(variable):
        return None
    return _table([[D(operand, name) for name in row] for row in _rows(variable)])


def hessian_by_entries(node: Node) -> Basic | None:
    """The Hessian by a vector of letters: the Jacobian of the gradient.

    >>> from derivex.expression.array_nodes import Hessian
    >>> from derivex.expression import symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> hessian_by_entries(Hessian(Times(x, y), Column(x, y)))
    Jacobian(Nabla(Times(x, y), Column(x, y)), Column(x, y))
    """
    operand, variable = node._args
    return Jacobian(Nabla(operand, variable), variable) if _are_names(variable) else None


def jacobian_by_entries(node: Node) -> Basic | None:
    """The Jacobian of a vector by a vector of letters: a row for each entry of the vector.

    >>> from derivex.expression import symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> jacobian_by_entries(Jacobian(Column(x, y), Column(x, y)))
    Matrix(Row(D(x, x), D(x, y)), Row(D(y, x), D(y, y)))
    """
    operand, variable = node._args
    if not _are_names(variable) or type(operand) not in (Row, Column):
        return None
    names = _entries(variable)
    return Matrix(*[Row(*[D(entry, name) for name in names]) for entry in operand.args])


def derivative_of_vector(node: Node) -> Basic | None:
    """The derivative of a vector or matrix by a number, entry by entry.

    >>> from derivex.expression import symbol
    >>> x = symbol("x")
    >>> derivative_of_vector(D(Column(x, ONE), x))
    Column(D(x, x), D(1, x))
    """
    operand, variable = node._args
    if type(operand) not in _TABLES or type(variable) in _TABLES:
        return None
    return _table([[D(entry, variable) for entry in row] for row in _rows(operand)])


def partial_as_entry(node: Node) -> Basic | None:
    """The derivative by an entry of an array that stands there whole: an entry of the gradient.

    >>> from derivex.expression import symbol
    >>> from derivex.expression.array_nodes import ArrayName, Norm
    >>> w = ArrayName("w: d")
    >>> partial_as_entry(D(Norm(w), At(w, ONE)))
    At(Nabla(Norm(w: d), w: d), 1)
    """
    operand, variable = node._args
    if type(variable) is not At or is_array(operand):
        return None
    array, *places = variable._args
    return At(Nabla(operand, array), *places) if stands_whole(array, operand) else None


def entry_of_units(node: Node) -> Basic | None:
    """The entry of what is made of identity matrices and unit vectors, by δ.

    >>> from derivex.expression import symbol
    >>> from derivex.expression.array_nodes import Identity
    >>> entry_of_units(At(Identity(symbol("d")), ONE, TWO))
    Delta(1, 2)
    """
    array, *places = node._args
    if type(array) is Identity:
        return Delta(*places)
    if type(array) is Basis:
        return Delta(places[0], array._args[0])
    if not any(type(part) in (Identity, Basis) for part in postorder(array)):
        return None
    if type(array) is MatrixProduct and len(array._args) == 2 and len(places) == 2:
        column, row = array._args
        if type(row) is Transpose and is_array(column):
            return Times(At(column, places[0]), At(row._args[0], places[1]))
    return entry_by_components(node)


def dot_product_of_entries(node: Node) -> Basic | None:
    """The dot product: the sum of the products of the entries.

    >>> from derivex.expression.array_nodes import Dot
    >>> dot_product_of_entries(Dot(Column(ONE, TWO), Column(TWO, ONE)))
    Plus(Times(1, 2), Times(2, 1))
    """
    left, right = node._args
    if type(left) not in _TABLES or type(right) not in _TABLES:
        return None
    pairs = zip(_entries(left), _entries(right), strict=True)
    return _sum([Times(first, second) for first, second in pairs])


def norm_of_entries(node: Node) -> Basic | None:
    """The norm: √(Σ u_i²), and (Σ |u_i|^p)^(1/p) for the L^p norm.

    >>> from derivex.expression.array_nodes import Norm
    >>> norm_of_entries(Norm(Column(ONE, TWO)))
    Apply(sqrt, Plus(Power(1, 2), Power(2, 2)))
    >>> norm_of_entries(Norm(Column(ONE, TWO), ONE))
    Plus(Apply(abs, 1), Apply(abs, 2))
    """
    vector, *exponent = node._args
    if type(vector) not in _TABLES:
        return None
    entries = _entries(vector)
    if not exponent:
        return Apply(function_name("sqrt"), _sum([Power(entry, TWO) for entry in entries]))
    sizes: list[Basic] = [Apply(function_name("abs"), entry) for entry in entries]
    if exponent[0] is ONE:
        return _sum(sizes)
    total = _sum([Power(size, exponent[0]) for size in sizes])
    return Power(total, Over(ONE, exponent[0]))


def product_of_entries(node: Node) -> Basic | None:
    """The first two factors of a matrix product, rows times columns; ⊙ entry by entry.

    >>> from derivex.expression.array_nodes import MatrixProduct
    >>> product_of_entries(MatrixProduct(Row(ONE, TWO), Column(TWO, ONE)))
    Plus(Times(1, 2), Times(2, 1))
    """
    for position in range(len(node._args) - 1):
        left, right = node._args[position : position + 2]
        if type(left) in _TABLES and type(right) in _TABLES:
            made = _product(type(node), _rows(left), _rows(right))
            others = [*node._args[:position], made, *node._args[position + 2 :]]
            if len(others) == 1:
                return made
            # A row times a column is a number, which is no factor among matrices.
            plain = type(made) not in _TABLES
            factors = [other for other in others if other is not made] if plain else others
            rest = factors[0] if len(factors) == 1 else type(node)(*factors)
            return Times(made, rest) if plain else rest
    return None


def _product(
    kind: type[Basic], left: list[tuple[Basic, ...]], right: list[tuple[Basic, ...]]
) -> Basic:
    if kind is Hadamard:
        pairs = zip(left, right, strict=True)
        return _table([[Times(a, b) for a, b in zip(*rows, strict=True)] for rows in pairs])
    columns = list(zip(*right, strict=True))
    made = [
        [_sum([Times(a, b) for a, b in zip(row, column, strict=True)]) for column in columns]
        for row in left
    ]
    return made[0][0] if len(made) == len(columns) == 1 else _table(made)


def transpose_of_entries(node: Node) -> Basic | None:
    """The transpose of what is written out: rows become columns.

    >>> from derivex.expression.array_nodes import Transpose
    >>> transpose_of_entries(Transpose(Column(ONE, TWO)))
    Row(1, 2)
    """
    table = node._args[0]
    if type(table) not in _TABLES:
        return None
    return _table([list(column) for column in zip(*_rows(table), strict=True)])


def determinant_of_entries(node: Node) -> Basic | None:
    """The trace of a matrix that is written out, and the determinant by its first row.

    >>> one = Matrix(Row(ONE, TWO), Row(TWO, ONE))
    >>> determinant_of_entries(Apply(function_name("det"), one))
    Plus(Times(1, 1), Negative(Times(2, 2)))
    """
    if len(node._args) != 2 or type(node._args[1]) is not Matrix:
        return None
    rows = _rows(node._args[1])
    if str(node._args[0]) == "tr":
        return _sum([row[position] for position, row in enumerate(rows)])
    if str(node._args[0]) != "det" or len(rows) != len(rows[0]):
        return None
    terms: list[Basic] = []
    for position, entry in enumerate(rows[0]):
        left = [[*row[:position], *row[position + 1 :]] for row in rows[1:]]
        smaller = left[0][0] if len(left) == 1 else Apply(node._args[0], _table(left))
        term = Times(entry, smaller)
        terms.append(Negative(term) if position % 2 else term)
    return _sum(terms)
