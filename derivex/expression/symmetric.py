"""Which matrices are symmetric by how they are written: XᵀX, A + Aᵀ, diag(u)."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.expression.array_nodes import ArrayName, Inverse, MatrixProduct, Transpose
from derivex.expression.nodes import Apply, Plus

__all__ = ["is_symmetric"]


def is_symmetric(node: Basic) -> bool:
    """Whether a matrix is equal to its transpose by its form.

    >>> X = ArrayName("X: n by d")
    >>> is_symmetric(MatrixProduct(Transpose(X), X)), is_symmetric(X)
    (True, False)
    """
    while type(node) is Inverse:
        node = node.args[0]
    if type(node) is MatrixProduct:
        half = node.args[: len(node.args) // 2]
        middle = node.args[len(half) : len(node.args) - len(half)]
        mirrored = all(
            _mirror(left) is right for left, right in zip(half, node.args[::-1], strict=False)
        )
        return mirrored and all(map(is_symmetric, middle))
    if type(node) is Plus and len(node.args) == 2:
        return _mirror(node.args[0]) is node.args[1]
    if type(node) is ArrayName:
        return node.symmetric
    return type(node) is Apply and str(node.args[0]) == "diag"


def _mirror(node: Basic) -> Basic:
    """The transpose of a factor, as it is written."""
    return node.args[0] if type(node) is Transpose else Transpose(node)
