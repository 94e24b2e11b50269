"""What each operation does with the tables of entries of its operands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from types import MappingProxyType

from sympy.core.basic import Basic

from derivex.equality.array_tables import (
    MOST_ENTRIES,
    Array,
    Part,
    entries_of_name,
    scalars,
    total,
    vanishes,
)
from derivex.equality.inverses import determinant, diagonal, inverse
from derivex.equality.rings import UnsupportedError
from derivex.expression.array_nodes import (
    ArrayName,
    Basis,
    Dot,
    Entries,
    Entrywise,
    Hadamard,
    Identity,
    Inverse,
    MatrixProduct,
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
    Gradient,
    Matrix,
    Named,
    Node,
    Over,
    Plus,
    Power,
    Row,
    Times,
    function_name,
)
from derivex.expression.traverse import free_symbols, rebuild, substitute

__all__ = ["OPERATIONS"]


def _plus(node: Node, parts: list[Part]) -> Part:
    if not any(isinstance(part, Array) for part in parts):
        return rebuild(node, list(scalars(node, parts)))
    return reduce(_sum, parts)


def _sum(left: Part, right: Part) -> Part:
    if vanishes(left) or vanishes(right):  # 0 is the zero of every shape
        return right if vanishes(left) else left
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
        return rebuild(node, list(scalars(node, parts)))
    return reduce(_product, parts)


def _product(left: Part, right: Part) -> Part:
    if not isinstance(left, Array):
        if not isinstance(right, Array):
            return Times(left, right)
        return right.map(lambda entry: Times(left, entry)) if not vanishes(left) else ZERO
    if not isinstance(right, Array):
        return left.map(lambda entry: Times(entry, right)) if not vanishes(right) else ZERO
    if left.shape[1] != right.shape[0]:
        raise UnsupportedError("the shapes of two factors do not fit together")
    columns = list(zip(*right.rows, strict=True))
    table = tuple(
        tuple(total([Times(a, b) for a, b in zip(row, column, strict=True)]) for column in columns)
        for row in left.rows
    )
    return table[0][0] if len(table) == len(columns) == 1 else Array(table)


def _dot(node: Node, parts: list[Part]) -> Part:
    left, right = parts
    if vanishes(left) or vanishes(right):
        return ZERO
    if not (isinstance(left, Array) and isinstance(right, Array) and left.shape == right.shape):
        raise UnsupportedError("the shapes of two factors do not fit together")
    return total([Times(a, b) for a, b in zip(left.entries, right.entries, strict=True)])


def _hadamard(node: Node, parts: list[Part]) -> Part:
    def both(left: Part, right: Part) -> Part:
        if vanishes(left) or vanishes(right):
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
    base, exponent = scalars(node, parts)
    if type(node._args[0]) is Norm and exponent is TWO and _is_root(base):
        return base._args[1]  # the square of the root, without the root
    return rebuild(node, [base, exponent])


def _is_root(node: Basic) -> bool:
    return type(node) is Apply and node._args[0] is function_name("sqrt")


def _norm(node: Node, parts: list[Part]) -> Part:
    entries = parts[0].entries if isinstance(parts[0], Array) else [parts[0]]
    if len(parts) == 1:
        return Apply(function_name("sqrt"), total([Power(entry, TWO) for entry in entries]))
    exponent = parts[1]
    assert not isinstance(exponent, Array)
    sizes = [Apply(function_name("abs"), entry) for entry in entries]
    if exponent is ONE:
        return total(list(sizes))
    return Power(total([Power(size, exponent) for size in sizes]), Over(ONE, exponent))


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
        return determinant(first.rows)
    if name == "tr":
        assert isinstance(first, Array)
        return total([row[position] for position, row in enumerate(first.rows)])
    if not isinstance(first, Array):
        return rebuild(node, [head, *scalars(node, arguments)])
    if name == "diag":
        return diagonal(first.entries)
    exponentials = [Apply(function_name("exp"), entry) for entry in first.entries]
    if name == "logsumexp":
        return Apply(function_name("log"), total(list(exponentials)))
    if name == "softmax":
        return Array(tuple((Over(each, total(list(exponentials))),) for each in exponentials))
    if len(arguments) > 1:
        raise UnsupportedError(f"{name} of a vector and something else")
    return first.map(lambda entry: Apply(node._args[0], entry))


def _spread(arguments: list[Part]) -> list[Basic]:
    """The arguments of a function of vectors: their entries, one after another."""
    found: list[Basic] = []
    for each in arguments:
        found += each.entries if isinstance(each, Array) else [each]
    return found


def _entry(node: Node, parts: list[Part]) -> Part:
    base, *indices = scalars(node, parts[1:]) and parts
    if isinstance(base, ArrayName):
        index, *rest = indices
        assert isinstance(index, Basic)
        whole = entries_of_name(base, index)
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
    expression, *variables = scalars(node, parts)
    variables = variables or list(free_symbols(expression))
    return Array((tuple(D(expression, variable) for variable in variables),))


def _size(part: Part) -> int:
    value = value_of(part) if isinstance(part, Basic) else None
    if value is None or value.denominator != 1 or not 1 <= value <= MOST_ENTRIES:
        raise UnsupportedError("the size of an array is not known")
    return int(value)


def _basis(node: Node, parts: list[Part]) -> Part:
    place, size = _size(parts[0]), _size(parts[1])
    return Array(tuple(((ONE if k + 1 == place else ZERO),) for k in range(size)))


OPERATIONS: Mapping[type, Callable[[Node, list[Part]], Part]] = MappingProxyType(
    {
        Row: lambda node, parts: Array((scalars(node, parts),)),
        Column: lambda node, parts: Array(tuple((entry,) for entry in scalars(node, parts))),
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
        Inverse: lambda node, parts: inverse(parts[0]),
        Apply: _apply,
        At: _entry,
        Identity: lambda node, parts: diagonal([ONE] * _size(parts[0])),
        Ones: lambda node, parts: Array(((ONE,),) * _size(parts[0])),
        Basis: _basis,
        Entries: lambda node, parts: parts[0],
        Named: lambda node, parts: (
            parts[1] if isinstance(parts[1], Array) else rebuild(node, list(scalars(node, parts)))
        ),
    }
)
"""By the kind of node: its table from itself and the tables of its operands."""
