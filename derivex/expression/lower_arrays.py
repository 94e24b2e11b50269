"""Vectors and matrices as SymPy's matrix expressions, with symbols of the declared shapes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from types import MappingProxyType
from typing import Any

import sympy
from sympy import MatrixBase
from sympy.core.basic import Basic
from sympy.matrices.expressions.matexpr import MatrixExpr

from derivex.expression.array_nodes import (
    ArrayName,
    Basis,
    Dot,
    Hadamard,
    Identity,
    Inverse,
    MatrixProduct,
    Norm,
    Ones,
    Transpose,
)
from derivex.expression.data import COUNT
from derivex.expression.node import Node

__all__ = ["ARRAY_BUILDERS", "apply_to_array", "array_entry", "array_symbol", "is_matrix"]


def is_matrix(value: Any) -> bool:
    """Whether a SymPy object is a matrix, of entries or symbolic."""
    return isinstance(value, (MatrixBase, MatrixExpr))


def array_symbol(node: ArrayName) -> Any:
    """The matrix symbol for an array; for a family the one whose rows are its members."""
    if node.family:
        return sympy.MatrixSymbol(node.source or node.name, COUNT, node.rows)
    return sympy.MatrixSymbol(node.name, node.rows, node.columns)


def array_entry(node: Node, parts: list[Any]) -> Any:
    """An entry of an array, or a member of a family; SymPy counts from 0."""
    base, *indices = parts
    named = node._args[0]
    if type(named) is ArrayName and named.family:
        member = base[indices[0] - 1, :].T
        return member if len(indices) == 1 else member[indices[1] - 1, 0]
    places = [index - 1 for index in indices]
    if len(places) == 1:
        places = [places[0], 0] if base.shape[1] == 1 else [0, places[0]]
    return base[tuple(places)]


def _number(value: Any) -> Any:
    """A matrix with one entry as a number: its trace."""
    return sympy.Trace(value) if is_matrix(value) and value.shape == (1, 1) else value


def _product(parts: Sequence[Any]) -> Any:
    return _number(reduce(lambda left, right: left * right, parts))


def _dot(parts: Sequence[Any]) -> Any:
    left, right = parts
    return sympy.Trace(left.T * right)


def _norm(parts: Sequence[Any]) -> Any:
    array = parts[0]
    if len(parts) == 1:
        return sympy.sqrt(sympy.Trace(array.T * array))
    exponent = parts[1]
    index = sympy.Dummy("k", integer=True)
    sizes = sympy.Sum(sympy.Abs(array[index, 0]) ** exponent, (index, 0, array.shape[0] - 1))
    return sizes if exponent == 1 else sizes ** (1 / exponent)


def _basis(parts: Sequence[Any]) -> Any:
    place, size = parts
    row, column = sympy.symbols("row column", integer=True)
    entry = sympy.Lambda((row, column), sympy.KroneckerDelta(row, place - 1))
    return sympy.FunctionMatrix(size, 1, entry)


def apply_to_array(name: str, argument: Any, function: Callable[[Any], Any]) -> Any:
    """A function of an array: of the whole of it, or entry by entry.

    Args:
        name: the name of the function.
        argument: the matrix.
        function: the function of a number.
    """
    if name == "det":
        return sympy.Determinant(argument)
    if name == "tr":
        return sympy.Trace(argument)
    if name == "diag":
        return sympy.DiagMatrix(argument)
    if name in ("softmax", "logsumexp"):
        powers = argument.applyfunc(sympy.exp)
        total = sympy.Trace(sympy.OneMatrix(1, argument.shape[0]) * powers)
        return sympy.log(total) if name == "logsumexp" else powers / total
    place = sympy.Dummy("t")
    return argument.applyfunc(sympy.Lambda(place, function(place)))


ARRAY_BUILDERS: MappingProxyType[type[Basic], Callable[[list[Any]], Any]] = MappingProxyType(
    {
        MatrixProduct: _product,
        Transpose: lambda parts: parts[0].T,
        Inverse: lambda parts: parts[0].I,
        Dot: _dot,
        Hadamard: lambda parts: sympy.HadamardProduct(*parts),
        Norm: _norm,
        Identity: lambda parts: sympy.Identity(parts[0]),
        Ones: lambda parts: sympy.OneMatrix(parts[0], 1),
        Basis: _basis,
    }
)
