"""Vectors and matrices by their entries, at small sizes.

An array of declared shape becomes a table of entries X[1, 2]; what is done with arrays becomes
scalar expressions in these entries, and a gradient becomes derivatives by each of them.  So
arrays are judged by the same evaluation as numbers, without any rule of matrix calculus.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.equality.array_operations import OPERATIONS
from derivex.equality.array_tables import Array, Part, entries_of_name, scalars, total, vanishes
from derivex.equality.rings import UnsupportedError
from derivex.expression.array_nodes import (
    Adjoint,
    ArrayName,
    Dot,
    Hessian,
    Jacobian,
    MatrixProduct,
    Nabla,
    Norm,
)
from derivex.expression.nodes import (
    ONE,
    TWO,
    ZERO,
    At,
    Column,
    D,
    Equation,
    Matrix,
    Negative,
    Node,
    Over,
    Power,
    Row,
    Substituted,
    Times,
    Total,
)
from derivex.expression.traverse import postorder, rebuild

__all__ = ["Array", "entries_of"]

_NOTHING: Mapping[Basic, Part] = MappingProxyType({})
_BY_ARRAY = frozenset({Nabla, Jacobian, Adjoint, Hessian})
_TABLES = (Row, Column, Matrix)


def entries_of(root: Basic, given: Mapping[Basic, Part] = _NOTHING) -> Part:
    """The table of entries of an expression; the expression itself if it is a scalar.

    Args:
        root: the expression; its arrays have numbers of rows and columns, not letters.
        given: tables for some subexpressions, which are not looked into.

    Raises:
        UnsupportedError: if the shapes do not fit, or for an operation that vectors do not have.

    >>> from derivex.expression.nodes import symbol
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
            done[node] = node if node.family else entries_of_name(node)
        elif not (isinstance(node, Node) and node._args):
            done[node] = node
        elif type(node) in _BY_ARRAY:
            done[node] = _derivatives(node, done, given)
        elif type(node) is D and type(node._args[1]) in (Norm, Dot, MatrixProduct):
            # By a whole number made of arrays: it stays a node of its own.
            operand, variable = node._args
            whole = Power(scalars(node, [done[variable]])[0], ONE)
            inside = entries_of(operand, {**given, variable: whole})
            done[node] = D(*scalars(node, [inside]), whole)
        else:
            done[node] = _combined(node, [done[part] for part in node._args])
    return done[root]


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
    if vanishes(inside):
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
    if vanishes(weights):
        return ZERO
    tops = inside.entries if isinstance(inside, Array) else [inside]
    factors = weights.entries if isinstance(weights, Array) else [weights]
    if len(tops) != len(factors):
        raise UnsupportedError("the shapes of an adjoint do not fit together")

    def adjoint(entry: Basic) -> Basic:
        pairs = zip(tops, factors, strict=True)
        return total([Times(factor, _slope(variable, top, entry)) for top, factor in pairs])

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
    rule = OPERATIONS.get(kind)
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
