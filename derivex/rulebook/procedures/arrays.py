"""Tidying products, transposes and inverses of vectors and matrices."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from sympy.core.basic import Basic

from derivex.expression import ZERO, Apply, Negative, Over, Plus, Times
from derivex.expression.array_nodes import (
    Dot,
    Entrywise,
    Hadamard,
    Identity,
    Inverse,
    MatrixProduct,
    Transpose,
)
from derivex.expression.nodes import Node
from derivex.expression.shapes import is_array, shape_of
from derivex.expression.symmetric import is_symmetric

__all__ = [
    "array_zeros",
    "entry_by_entry",
    "identity_factors",
    "inverses",
    "scalars_in_front",
    "transpose_of_sum",
    "transposes",
]


def array_zeros(node: Node) -> Basic | None:
    """A product of arrays one of which is zero, or the transpose of zero.

    >>> from derivex.expression.array_nodes import ArrayName
    >>> array_zeros(MatrixProduct(ArrayName("A: m by n"), ZERO))
    0
    """
    return ZERO if any(operand is ZERO for operand in node._args) else None


def identity_factors(node: Node) -> Basic | None:
    """Leave identity matrices out of a product; their transposes and inverses are the same.

    >>> from derivex.expression.array_nodes import ArrayName
    >>> from derivex.expression import symbol
    >>> identity_factors(MatrixProduct(ArrayName("A: m by n"), Identity(symbol("n"))))
    A: m by n
    """
    if type(node) is not MatrixProduct:
        return node._args[0] if type(node._args[0]) is Identity else None
    factors = [factor for factor in node._args if type(factor) is not Identity]
    if len(factors) == len(node._args):
        return None
    factors = factors or [node._args[0]]
    return factors[0] if len(factors) == 1 else MatrixProduct(*factors)


def scalars_in_front(node: Node) -> Basic | None:
    """Write the numbers in a product of arrays, or in a transpose, in front of it.

    >>> from derivex.expression.array_nodes import ArrayName
    >>> from derivex.expression import TWO
    >>> A, u = ArrayName("A: m by n"), ArrayName("u: n")
    >>> scalars_in_front(MatrixProduct(A, Times(TWO, u)))
    Times(2, MatrixProduct(A: m by n, u: n))
    """
    if type(node) is Hadamard or type(node) is Dot or type(node) is MatrixProduct:
        for position, factor in enumerate(node._args):
            around = _scaled(factor)
            if around is not None:
                bare, scale = around
                operands = [*node._args[:position], bare, *node._args[position + 1 :]]
                return scale(type(node)(*operands))
        return None
    around = _scaled(node._args[0])
    return None if around is None else around[1](type(node)(around[0]))


def _scaled(node: Basic) -> tuple[Basic, Callable[[Basic], Basic]] | None:
    """An array without the number before it, and what puts the number there again."""
    if type(node) is Negative:
        return node.args[0], Negative
    if type(node) is Over:
        return node.args[0], lambda inside: Over(inside, node.args[1])
    if type(node) is Times:
        arrays = [factor for factor in node.args if is_array(factor)]
        if len(arrays) == 1:
            numbers = [factor for factor in node.args if factor is not arrays[0]]
            return arrays[0], lambda inside: Times(*numbers, inside)
    return None


def transposes(node: Node) -> Basic | None:
    """The transpose of a product, of a transpose, of a symmetric or a diagonal matrix.

    >>> from derivex.expression.array_nodes import ArrayName
    >>> transposes(Transpose(MatrixProduct(ArrayName("A: m by n"), ArrayName("u: n"))))
    MatrixProduct(Transpose(u: n), Transpose(A: m by n))
    """
    inner = node._args[0]
    if type(inner) is Transpose:
        return inner.args[0]
    if type(inner) is MatrixProduct:
        return MatrixProduct(*[Transpose(factor) for factor in reversed(inner.args)])
    if is_symmetric(inner):
        return inner
    return None


def transpose_of_sum(node: Node) -> Basic | None:
    """The transpose of a sum, term by term.

    >>> from derivex.expression.array_nodes import ArrayName
    >>> transpose_of_sum(Transpose(Plus(ArrayName("u: n"), ArrayName("v: n"))))
    Plus(Transpose(u: n), Transpose(v: n))
    """
    inner = node._args[0]
    return Plus(*map(Transpose, inner.args)) if type(inner) is Plus else None


def entry_by_entry(node: Node) -> Basic | None:
    """A function of one letter alone, written with the array in its place.

    >>> from derivex.expression.array_nodes import ArrayName
    >>> from derivex.expression import function_name, symbol
    >>> t = symbol("t")
    >>> entry_by_entry(Entrywise(Apply(function_name("exp"), t), t, ArrayName("u: n")))
    Apply(exp, u: n)
    """
    body, name, array = node._args
    if type(body) is Apply and len(body.args) == 2 and body.args[1] is name:
        return Apply(body.args[0], array)
    if type(body) is Negative:
        return Negative(Entrywise(body.args[0], name, array))
    return None


def inverses(node: Node) -> Basic | None:
    """The inverse of an inverse, and a matrix next to its inverse.

    >>> from derivex.expression.array_nodes import ArrayName
    >>> A, u = ArrayName("A: n by n"), ArrayName("u: n")
    >>> inverses(Inverse(Inverse(A))), inverses(MatrixProduct(Inverse(A), A, u))
    (A: n by n, u: n)
    """
    if type(node) is Inverse:
        inner = node._args[0]
        if type(inner) is Inverse:
            return inner.args[0]
        if type(inner) is Transpose and type(inner.args[0]) is Inverse:
            return Transpose(inner.args[0].args[0])
        return None
    factors = node._args
    for position, (left, right) in enumerate(pairwise(factors)):
        if _core(left) == (_core(right)[0], -_core(right)[1], _core(right)[2]):
            others = [*factors[:position], *factors[position + 2 :]]
            if not others:
                shape = shape_of(left)
                return None if shape is None else Identity(shape[0])
            return others[0] if len(others) == 1 else MatrixProduct(*others)
    return None


def _core(node: Basic) -> tuple[Basic, int, bool]:
    """A matrix without inverse and transpose, whether it is inverted, and whether transposed."""
    sign, transposed = 1, False
    while type(node) in (Inverse, Transpose):
        if type(node) is Inverse:
            sign = -sign
        else:
            transposed = not transposed
        node = node.args[0]
    return node, sign, transposed
