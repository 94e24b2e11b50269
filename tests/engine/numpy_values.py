"""The value of an expression with vectors and matrices, by NumPy: a reading of its own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from typing import Any

import numpy as np
from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    Apply,
    At,
    E,
    Negative,
    Over,
    Plus,
    Power,
    Times,
    Total,
    integer,
    substitute,
    value_of,
)
from derivex.expression.array_nodes import (
    ArrayName,
    Basis,
    Dot,
    Entrywise,
    Hadamard,
    Identity,
    Inverse,
    MatrixProduct,
    Norm,
    Ones,
    Transpose,
)

__all__ = ["numpy_value"]

Values = Mapping[str, Any]

_FUNCTIONS = {
    "det": np.linalg.det,
    "tr": np.trace,
    "diag": np.diag,
    "logsumexp": lambda u: np.log(np.exp(u).sum()),
    "softmax": lambda u: np.exp(u) / np.exp(u).sum(),
}


def numpy_value(node: Basic, values: Values) -> Any:
    """The value; vectors are arrays with one axis."""
    kind = type(node)
    if kind is ArrayName or isinstance(node, Symbol):
        return values[node.name]  # type: ignore[attr-defined]
    if node is E:
        return np.e
    if not node.args:
        number = value_of(node)
        assert number is not None, node
        return float(number)
    if kind is Total:
        body, index, lower, upper = node.args
        first, last = (int(numpy_value(bound, values)) for bound in (lower, upper))
        terms = (substitute(body, {index: integer(k)}) for k in range(first, last + 1))
        return sum(numpy_value(term, values) for term in terms)
    if kind is At:
        base, *places = node.args
        inside = values[str(getattr(base, "name", base))] if not base.args else None
        table = inside if inside is not None else numpy_value(base, values)
        return table[tuple(int(numpy_value(place, values)) - 1 for place in places)]
    if kind is Entrywise:
        body, name, array = node.args
        entries = numpy_value(array, values)
        return np.vectorize(lambda x: numpy_value(body, {**values, str(name): x}))(entries)
    if kind is Apply:
        name = str(node.args[0])
        function = _FUNCTIONS.get(name) or getattr(np, name)
        return function(*[numpy_value(part, values) for part in node.args[1:]])
    if kind is MatrixProduct:
        return _matrix_product(node, values)
    parts = [numpy_value(part, values) for part in node.args]
    return _OPERATIONS[kind](*parts)


def _matrix_product(node: Basic, values: Values) -> Any:
    """By columns: a vector is one, and so is a row only if it is transposed."""
    product = reduce(np.matmul, [_columns(part, values) for part in node.args])
    if product.shape == (1, 1):
        return product[0, 0]
    return product[:, 0] if product.shape[1] == 1 else product


def _columns(node: Basic, values: Values) -> Any:
    if type(node) is Transpose:
        return _columns(node.args[0], values).T
    found = np.asarray(numpy_value(node, values))
    return found.reshape(-1, 1) if found.ndim == 1 else found.reshape(found.shape or (1, 1))


_OPERATIONS: dict[type, Any] = {
    Plus: lambda *terms: sum(terms),
    Negative: lambda u: -u,
    Times: lambda *factors: reduce(np.multiply, factors),
    Over: lambda u, v: u / v,
    Power: lambda u, v: u**v,
    Dot: lambda u, v: (u * v).sum(),
    Hadamard: lambda *factors: reduce(np.multiply, factors),
    Norm: lambda u, p=2: (np.abs(u) ** p).sum() ** (1 / p),
    Inverse: np.linalg.inv,
    Transpose: np.transpose,
    Identity: lambda size: np.eye(int(size)),
    Ones: lambda size: np.ones(int(size)),
    Basis: lambda place, size: np.eye(int(size))[int(place) - 1],
}
