"""Vectors and matrices by their entries, at small sizes.

An array of declared shape becomes a table of entries X[1, 2]; what is done with arrays becomes
scalar expressions in these entries, and a gradient becomes derivatives by each of them.  So
arrays are judged by the same evaluation as numbers, without any rule of matrix calculus.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from types import MappingProxyType
from typing import TypeAlias

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.equality.rings import UnsupportedError
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
)
from derivex.expression.literals import value_of
from derivex.expression.nodes import (
    ONE,
    TWO,
    ZERO,
    Apply,
    At,
    Column,
    D,
    Equation,
    Gradient,
    Matrix,
    Named,
    Negative,
    Node,
    Over,
    Plus,
    Power,
    Row,
    Substituted,
    Times,
    Total,
    function_name,
    integer,
    symbol,
)
from derivex.expression.traverse import free_symbols, postorder, rebuild, substitute

__all__ = ["Array", "entries_of"]

Rows = tuple[tuple[Basic, ...], ...]
_MOST_ENTRIES = 400
_LARGEST_DETERMINANT = 4


class Array:
    """A vector or matrix as a table of scalar expressions."""

    __slots__ = ("rows",)

    def __init__(self, rows: Rows):
        self.rows = rows

    @property
    def shape(self) -> tuple[int, int]:
        """The numbers of rows and of columns."""
        return len(self.rows), len(self.rows[0])

    @property
    def entries(self) -> list[Basic]:
        """All entries, row by row."""
        return [entry for row in self.rows for entry in row]

    def map(self, change: Callable[[Basic], Basic]) -> Array:
        """The array with every entry changed."""
        return Array(tuple(tuple(change(entry) for entry in row) for row in self.rows))

    def transposed(self) -> Array:
        """Rows and columns exchanged."""
        return Array(tuple(zip(*self.rows, strict=True)))


Part: TypeAlias = Array | Basic
_NOTHING: Mapping[Basic, Part] = MappingProxyType({})


def entries_of(root: Basic, given: Mapping[Basic, Part] = _NOTHING) -> Part:
    """The table of entries of an expression; the expression itself if it is a scalar.

    Args:
        root: the expression; its arrays have numbers of rows and columns, not letters.
        given: tables for some subexpressions, which are not looked into.

    Raises:
        UnsupportedError: if the shapes do not fit, or for an operation that vectors do not have.

    >>> x, y = symbol("x"), symbol("y")
    >>> entries_of(Times(x, Row(x, y))).rows
    ((Times(x, x), Times(x, y)),)
    >>> entries_of(Dot(ArrayName("w: 2"), ArrayName("w: 2")))
    Plus(Times(At(w, 1), At(w, 1)), Times(At(w, 2), At(w, 2)))
    """
    done: dict[Basic, Part] = dict(given)
    for node in postorder(root):
        if node in given:
            continue
        if type(node) is ArrayName:
            done[node] = node if node.family else _named(node)
        elif not (isinstance(node, Node) and node._args):
            done[node] = node
        elif type(node) in _BY_ARRAY:
            done[node] = _derivatives(node, done, given)
        elif type(node) is D and type(node._args[1]) in (Norm, Dot, MatrixProduct):
            # By a whole number made of arrays: it stays a node of its own.
            operand, variable = node._args
            whole = Power(_scalars(node, [done[variable]])[0], ONE)
            inside = entries_of(operand, {**given, variable: whole})
            done[node] = D(*_scalars(node, [inside]), whole)
        else:
            done[node] = _combined(node, [done[part] for part in node._args])
    return done[root]


def _named(node: ArrayName, *before: Basic) -> Part:
    """The entries X[1, 2] of an array, or w[1] of a vector; of a family behind its index."""
    if value_of(node.rows) is None or value_of(node.columns) is None:
        raise UnsupportedError(f"the size of {node.name} is not known")
    rows, columns = int(node.rows.p), int(node.columns.p)
    if rows * columns > _MOST_ENTRIES:
        raise UnsupportedError(f"{node.name} has too many entries to be compared one by one")
    base = symbol(node.source or node.name)

    def entry(i: int, j: int) -> Basic:
        if node.symmetric and j < i:
            i, j = j, i
        return At(base, *before, *_position(rows, columns, i, j))

    return Array(tuple(
        tuple(entry(i, j) for j in range(1, columns + 1)) for i in range(1, rows + 1)
    ))  # fmt: skip


def _position(rows: int, columns: int, i: int, j: int) -> tuple[Basic, ...]:
    if columns == 1:
        return (integer(i),)
    return (integer(j),) if rows == 1 else (integer(i), integer(j))


def _derivatives(node: Node, done: Mapping[Basic, Part], given: Mapping[Basic, Part]) -> Part:
    """A gradient, Jacobian or adjoint by the entries of its variable."""
    operand, variable = node._args[:2]
    by = done[variable]
    if not isinstance(by, Array):
        raise UnsupportedError("a gradient is taken by a vector or a matrix")
    names = type(variable) in _TABLES and all(
        isinstance(entry, Symbol) or type(entry) is At for entry in by.entries
    )
    if type(variable) is not ArrayName and not names:
        # Each entry of an expression is opaque: a node of its own that no sum takes in.
        by = by.map(lambda entry: Power(entry, ONE))
        inside: Part = entries_of(operand, {**given, variable: by})
    else:
        inside = done[operand]
    if type(node) is Nabla:
        if isinstance(inside, Array):
            raise UnsupportedError("a gradient is that of a number")
        return by.map(lambda entry: _slope(variable, inside, entry))
    if _vanishes(inside):
        return ZERO
    if type(node) is Hessian:
        if isinstance(inside, Array):
            raise UnsupportedError("a Hessian is that of a number")
        slopes = [_slope(variable, inside, entry) for entry in by.entries]
        return Array(tuple(
            tuple(_slope(variable, slope, entry) for entry in by.entries) for slope in slopes
        ))  # fmt: skip
    if type(node) is Jacobian:
        values = inside.entries if isinstance(inside, Array) else [inside]
        return Array(
            tuple(tuple(_slope(variable, value, entry) for entry in by.entries) for value in values)
        )
    weights = done[node._args[2]]
    if _vanishes(weights):
        return ZERO
    tops = inside.entries if isinstance(inside, Array) else [inside]
    factors = weights.entries if isinstance(weights, Array) else [weights]
    if len(tops) != len(factors):
        raise UnsupportedError("the shapes of an adjoint do not fit together")

    def adjoint(entry: Basic) -> Basic:
        pairs = zip(tops, factors, strict=True)
        return _total([Times(factor, _slope(variable, top, entry)) for top, factor in pairs])

    return by.map(adjoint)


def _slope(variable: Basic, value: Basic, entry: Basic) -> Basic:
    """The derivative by one entry.

    The entries of a symmetric matrix are varied as if each were free, which is what its
    gradient means in textbooks: half of what changes with both of them.
    """
    slope = D(value, entry)
    if type(variable) is ArrayName and variable.symmetric:
        first, second = entry._args[-2:]
        if len(entry._args) == 3 and first is not second:
            return Over(slope, TWO)
    return slope


def _combined(node: Node, parts: list[Part]) -> Part:
    kind = type(node)
    rule = _RULES.get(kind)
    if rule is not None:
        return rule(node, parts)
    scalars = [part for part in parts if not isinstance(part, Array)]
    if len(scalars) == len(parts):
        return rebuild(node, scalars)
    first, *rest = parts
    entrywise = kind in (Negative, Over, D, Total, Substituted) and len(rest) == len(parts) - 1
    if isinstance(first, Array) and entrywise and not any(isinstance(r, Array) for r in rest):
        others = [part for part in rest if not isinstance(part, Array)]
        return first.map(lambda entry: kind(entry, *others))
    if kind is Equation:
        raise UnsupportedError("an equation inside of an expression")
    raise UnsupportedError(f"vectors and matrices have no {kind.__name__}")


def _scalars(node: Node, parts: list[Part]) -> tuple[Basic, ...]:
    scalars = tuple(part for part in parts if not isinstance(part, Array))
    if len(scalars) < len(parts) or not parts:
        raise UnsupportedError(f"the parts of a {type(node).__name__} must be numbers")
    return scalars


def _vanishes(part: Part) -> bool:
    """Whether a scalar is zero as it stands: 0, −0, 0 + 0, 0·u."""
    if isinstance(part, Array):
        return False
    if not part._args:
        return value_of(part) == 0
    if type(part) in (Plus, Negative):
        return all(map(_vanishes, part._args))
    if type(part) is Times:
        return any(map(_vanishes, part._args))
    return type(part) is Over and _vanishes(part._args[0])


def _total(terms: list[Basic]) -> Basic:
    return Plus(*terms) if len(terms) > 1 else terms[0] if terms else ZERO


def _plus(node: Node, parts: list[Part]) -> Part:
    if not any(isinstance(part, Array) for part in parts):
        return rebuild(node, list(_scalars(node, parts)))
    return reduce(_sum, parts)


def _sum(left: Part, right: Part) -> Part:
    if _vanishes(left) or _vanishes(right):  # 0 is the zero of every shape
        return right if _vanishes(left) else left
    if not (isinstance(left, Array) and isinstance(right, Array) and left.shape == right.shape):
        raise UnsupportedError("only vectors and matrices of the same shape can be added")
    return _entrywise(Plus, left, right)


def _entrywise(kind: type[Node], left: Array, right: Array) -> Array:
    return Array(
        tuple(
            tuple(kind(a, b) for a, b in zip(*rows, strict=True))
            for rows in zip(left.rows, right.rows, strict=True)
        )
    )


def _times(node: Node, parts: list[Part]) -> Part:
    if not any(isinstance(part, Array) for part in parts):
        return rebuild(node, list(_scalars(node, parts)))
    return reduce(_product, parts)


def _product(left: Part, right: Part) -> Part:
    if not isinstance(left, Array):
        if not isinstance(right, Array):
            return Times(left, right)
        return right.map(lambda entry: Times(left, entry)) if not _vanishes(left) else ZERO
    if not isinstance(right, Array):
        return left.map(lambda entry: Times(entry, right)) if not _vanishes(right) else ZERO
    if left.shape[1] != right.shape[0]:
        raise UnsupportedError("the shapes of two factors do not fit together")
    columns = list(zip(*right.rows, strict=True))
    table = tuple(
        tuple(_total([Times(a, b) for a, b in zip(row, column, strict=True)]) for column in columns)
        for row in left.rows
    )
    return table[0][0] if len(table) == len(columns) == 1 else Array(table)


def _dot(node: Node, parts: list[Part]) -> Part:
    left, right = parts
    if _vanishes(left) or _vanishes(right):
        return ZERO
    if not (isinstance(left, Array) and isinstance(right, Array) and left.shape == right.shape):
        raise UnsupportedError("the shapes of two factors do not fit together")
    return _total([Times(a, b) for a, b in zip(left.entries, right.entries, strict=True)])


def _hadamard(node: Node, parts: list[Part]) -> Part:
    def both(left: Part, right: Part) -> Part:
        if _vanishes(left) or _vanishes(right):
            return ZERO
        if not (isinstance(left, Array) and isinstance(right, Array)):
            return _product(left, right)
        if left.shape != right.shape:
            raise UnsupportedError("the shapes of two factors do not fit together")
        return _entrywise(Times, left, right)

    return reduce(both, parts)


def _entrywise_function(node: Node, parts: list[Part]) -> Part:
    body, name, array = parts
    assert isinstance(body, Basic) and isinstance(name, Basic)
    if not isinstance(array, Array):
        return substitute(body, {name: Power(array, ONE)})
    # An entry may stand in the place of a variable: as a power it is a node of its own.
    return array.map(lambda entry: substitute(body, {name: Power(entry, ONE)}))


def _power(node: Node, parts: list[Part]) -> Part:
    base, exponent = _scalars(node, parts)
    if type(node._args[0]) is Norm and exponent is TWO and _is_root(base):
        return base._args[1]  # the square of the root, without the root
    return rebuild(node, [base, exponent])


def _is_root(node: Basic) -> bool:
    return type(node) is Apply and node._args[0] is function_name("sqrt")


def _norm(node: Node, parts: list[Part]) -> Part:
    entries = parts[0].entries if isinstance(parts[0], Array) else [parts[0]]
    if len(parts) == 1:
        return Apply(function_name("sqrt"), _total([Power(entry, TWO) for entry in entries]))
    exponent = parts[1]
    assert not isinstance(exponent, Array)
    sizes = [Apply(function_name("abs"), entry) for entry in entries]
    if exponent is ONE:
        return _total(list(sizes))
    return Power(_total([Power(size, exponent) for size in sizes]), Over(ONE, exponent))


def _apply(node: Node, parts: list[Part]) -> Part:
    head, *arguments = parts
    name = str(head)
    if any(type(each) is Entries for each in node._args[1:]):
        return rebuild(node, [head, *_spread(arguments)])
    first = arguments[0]
    if name in ("det", "tr", "diag", "softmax", "logsumexp") and not isinstance(first, Array):
        first = Array(((first,),))
    if name == "det":
        assert isinstance(first, Array)
        return _determinant(first.rows)
    if name == "tr":
        assert isinstance(first, Array)
        return _total([row[position] for position, row in enumerate(first.rows)])
    if not isinstance(first, Array):
        return rebuild(node, [head, *_scalars(node, arguments)])
    if name == "diag":
        return _diagonal(first.entries)
    exponentials = [Apply(function_name("exp"), entry) for entry in first.entries]
    if name == "logsumexp":
        return Apply(function_name("log"), _total(list(exponentials)))
    if name == "softmax":
        return Array(tuple((Over(each, _total(list(exponentials))),) for each in exponentials))
    if len(arguments) > 1:
        raise UnsupportedError(f"{name} of a vector and something else")
    return first.map(lambda entry: Apply(node._args[0], entry))


def _spread(arguments: list[Part]) -> list[Basic]:
    """The arguments of a function of vectors: their entries, one after another."""
    found: list[Basic] = []
    for each in arguments:
        found += each.entries if isinstance(each, Array) else [each]
    return found


def _diagonal(entries: list[Basic]) -> Array:
    size = range(len(entries))
    return Array(tuple(tuple(entries[i] if i == j else ZERO for j in size) for i in size))


def _determinant(rows: Rows) -> Basic:
    """The determinant by its first row (Laplace)."""
    if len(rows) > _LARGEST_DETERMINANT or len(rows) != len(rows[0]):
        raise UnsupportedError("a determinant that is too large, or of a matrix that is not square")
    if len(rows) == 1:
        return rows[0][0]
    terms: list[Basic] = []
    for column, entry in enumerate(rows[0]):
        term = Times(entry, _determinant(_without(rows, 0, column)))
        terms.append(Negative(term) if column % 2 else term)
    return Plus(*terms)


def _without(rows: Rows, row: int, column: int) -> Rows:
    return tuple(r[:column] + r[column + 1 :] for number, r in enumerate(rows) if number != row)


def _inverse(node: Node, parts: list[Part]) -> Part:
    """The inverse by the adjugate matrix (Cramer)."""
    matrix = parts[0]
    if not isinstance(matrix, Array):
        return Over(ONE, matrix)
    determinant = _determinant(matrix.rows)
    size = range(len(matrix.rows))
    if len(size) == 1:
        return Array(((Over(ONE, determinant),),))

    def entry(i: int, j: int) -> Basic:
        minor = Over(_determinant(_without(matrix.rows, j, i)), determinant)
        return Negative(minor) if (i + j) % 2 else minor

    return Array(tuple(tuple(entry(i, j) for j in size) for i in size))


def _entry(node: Node, parts: list[Part]) -> Part:
    base, *indices = _scalars(node, parts[1:]) and parts
    if isinstance(base, ArrayName):
        index, *rest = indices
        assert isinstance(index, Basic)
        whole = _named(base, index)
        return whole if not rest else _picked(whole, rest)
    if isinstance(base, Array):
        return _picked(base, indices)
    if node._args[0] is not base and all(value_of(each) == 1 for each in indices):
        return base  # the only entry of what is a number
    return rebuild(node, [base, *indices])


def _picked(table: Part, indices: list[Part]) -> Basic:
    assert isinstance(table, Array)
    places = [value_of(index) for index in indices if isinstance(index, Basic)]
    rows, columns = table.shape
    if None in places:
        # An entry at a letter: only names have those.
        first = table.rows[0][0]
        if len(indices) > 1 and 1 in table.shape:
            raise UnsupportedError("an array has no such entry")
        if type(first) is At and len(first._args) == len(indices) + 1:
            return At(first._args[0], *indices)
        raise UnsupportedError("an entry of an expression at an index that is no number")
    i, j = (int(place or 0) for place in (places if len(places) == 2 else (*places, 1)))
    if rows == 1 and len(places) == 1:
        i, j = j, i
    if not (1 <= i <= rows and 1 <= j <= columns):
        raise UnsupportedError("an array has no such entry")
    return table.rows[i - 1][j - 1]


def _matrix(node: Node, parts: list[Part]) -> Part:
    rows = [part.rows[0] for part in parts if isinstance(part, Array)]
    if len(rows) < len(parts) or len({len(row) for row in rows}) != 1:
        raise UnsupportedError("the rows of a matrix have different lengths")
    return Array(tuple(rows))


def _gradient(node: Node, parts: list[Part]) -> Part:
    expression, *variables = _scalars(node, parts)
    variables = variables or list(free_symbols(expression))
    return Array((tuple(D(expression, variable) for variable in variables),))


def _size(part: Part) -> int:
    value = value_of(part) if isinstance(part, Basic) else None
    if value is None or value.denominator != 1 or not 1 <= value <= _MOST_ENTRIES:
        raise UnsupportedError("the size of an array is not known")
    return int(value)


def _basis(node: Node, parts: list[Part]) -> Part:
    place, size = _size(parts[0]), _size(parts[1])
    return Array(tuple(((ONE if k + 1 == place else ZERO),) for k in range(size)))


_BY_ARRAY = frozenset({Nabla, Jacobian, Adjoint, Hessian})
_TABLES = (Row, Column, Matrix)

_RULES: Mapping[type, Callable[[Node, list[Part]], Part]] = MappingProxyType(
    {
        Row: lambda node, parts: Array((_scalars(node, parts),)),
        Column: lambda node, parts: Array(tuple((entry,) for entry in _scalars(node, parts))),
        Matrix: _matrix,
        Gradient: _gradient,
        Plus: _plus,
        Times: _times,
        MatrixProduct: lambda node, parts: reduce(_product, parts),
        Power: _power,
        Dot: _dot,
        Hadamard: _hadamard,
        Entrywise: _entrywise_function,
        Norm: _norm,
        Transpose: lambda node, parts: (
            parts[0].transposed() if isinstance(parts[0], Array) else parts[0]
        ),
        Inverse: _inverse,
        Apply: _apply,
        At: _entry,
        Identity: lambda node, parts: _diagonal([ONE] * _size(parts[0])),
        Ones: lambda node, parts: Array(((ONE,),) * _size(parts[0])),
        Basis: _basis,
        Entries: lambda node, parts: parts[0],
        Named: lambda node, parts: (
            parts[1] if isinstance(parts[1], Array) else rebuild(node, list(_scalars(node, parts)))
        ),
    }
)
