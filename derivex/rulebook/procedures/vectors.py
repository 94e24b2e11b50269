"""Arithmetic on vectors written out by their entries."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.expression import Column, Negative, Plus, Row, Times
from derivex.expression.nodes import Node
from derivex.rulebook.procedures.factors import product_of

__all__ = ["add_vectors", "negate_vector", "scale_vector"]

_VECTORS = (Row, Column)


def add_vectors(node: Node) -> Basic | None:
    """Add vectors of the same shape entry by entry.

    >>> from derivex.expression import ONE, TWO
    >>> add_vectors(Plus(Column(ONE, TWO), Column(TWO, TWO)))
    Column(Plus(1, 2), Plus(2, 2))
    """
    first = node._args[0]
    if not isinstance(first, _VECTORS):
        return None
    for term in node._args:
        if type(term) is not type(first) or len(term.args) != len(first.args):
            return None
    entries = zip(*[term.args for term in node._args], strict=True)
    return type(first)(*[Plus(*terms) for terms in entries])


def scale_vector(node: Node) -> Basic | None:
    """Multiply a vector by the other factors of a product.

    >>> from derivex.expression import ONE, TWO
    >>> scale_vector(Times(TWO, Row(ONE, TWO)))
    Row(Times(2, 1), Times(2, 2))
    """
    vectors = [factor for factor in node._args if isinstance(factor, _VECTORS)]
    if len(vectors) != 1:
        return None
    (vector,) = vectors
    scale = product_of([factor for factor in node._args if factor is not vector])
    return type(vector)(*[Times(scale, entry) for entry in vector.args])


def negate_vector(node: Node) -> Basic | None:
    """Take the minus into a vector.

    >>> from derivex.expression import ONE, TWO
    >>> negate_vector(Negative(Row(ONE, TWO)))
    Row(Negative(1), Negative(2))
    """
    vector = node._args[0]
    if not isinstance(vector, _VECTORS):
        return None
    return type(vector)(*[Negative(entry) for entry in vector.args])
