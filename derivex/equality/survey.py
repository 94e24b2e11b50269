"""One look over some expressions: what their values depend on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from sympy import I, Integer, Symbol
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
)
from derivex.expression.data import COUNT
from derivex.expression.infinity import INFINITY, infinite_sign
from derivex.expression.literals import value_of
from derivex.expression.nodes import (
    And,
    Antiderivative,
    Apply,
    At,
    Binder,
    Branch,
    Column,
    D,
    Decimal,
    Delta,
    Dotted,
    Equation,
    Gradient,
    Integral,
    Matrix,
    Mean,
    Node,
    Or,
    Power,
    Product,
    Row,
    Total,
)
from derivex.expression.primes import function_of
from derivex.expression.sets import SetNode
from derivex.expression.traverse import free_symbols

__all__ = ["Survey", "survey"]

_CONDITIONED = (Branch, And, Or)
_OF_ARRAYS = (
    Adjoint,
    Dot,
    Entrywise,
    Hadamard,
    Hessian,
    Inverse,
    Jacobian,
    MatrixProduct,
    Nabla,
    Norm,
    Transpose,
)
_ARRAYS = frozenset((Row, Column, Matrix, Gradient, Equation, *_OF_ARRAYS))
_OF_DECLARED_SIZE = frozenset((ArrayName, Basis, Identity, Ones))


@dataclass
class Survey:
    """What occurs in some expressions.

    Args:
        names: the free symbols that are single values, in order of appearance.
        bases: the symbols that are indexed.
        whole: the free symbols among ``names`` that must be integers: indices and bounds.
        bounds: those of them that are bounds of sums; an index is within them.
        calls: the functions that are applied, with the number of their arguments.
        literals: the numbers that are written there.
        counts: whether there is a sum over all data, so that n is their number.
        means: whether a mean occurs.
        dots: whether a sum or product with dots occurs.
        arrays: whether a vector, matrix or gradient occurs, or an equation that is no condition.
        cases: whether there is a case distinction.
        primes: whether the derivative of a function occurs, such as f′.
        sized: whether an array of declared shape occurs.
        roots: whether a power has an exponent that is no integer.
        imaginary: whether i occurs.
        integrals: whether an integral occurs, which takes long to evaluate.
        infinite: whether ∞ occurs: a limit there has fewer digits.
        endless: whether a sum, product or integral goes on to ∞, which may have no value.
        vectors: the symbols that a derivative is by although they are indexed elsewhere.
        sets: whether a set occurs.
        spread: whether a function takes all entries of a vector, so that it has as many
            arguments as the vector has entries.
        size: the number of distinct subexpressions.
    """

    names: dict[Symbol, None] = field(default_factory=dict)
    bases: dict[Symbol, None] = field(default_factory=dict)
    whole: dict[Symbol, None] = field(default_factory=dict)
    bounds: dict[Symbol, None] = field(default_factory=dict)
    calls: dict[str, int] = field(default_factory=dict)
    literals: dict[Fraction, None] = field(default_factory=dict)
    vectors: dict[Symbol, None] = field(default_factory=dict)
    counts: bool = False
    means: bool = False
    dots: bool = False
    primes: bool = False
    arrays: bool = False
    cases: bool = False
    sized: bool = False
    roots: bool = False
    imaginary: bool = False
    integrals: bool = False
    infinite: bool = False
    endless: bool = False
    sets: bool = False
    spread: bool = False
    size: int = 0


def survey(roots: Sequence[Basic]) -> Survey:
    """Look over expressions, each shared part once.

    >>> from derivex.expression import ONE, Times, Total, symbol
    >>> a, i, x = symbol("a"), symbol("i"), symbol("x")
    >>> found = survey([Times(x, Total(At(a, i), i))])
    >>> list(found.names), list(found.bases), found.counts
    ([x], [a], True)
    """
    found = Survey()
    binds = False
    integers: list[Basic] = []
    bounds: list[Basic] = []
    conditions: set[Basic] = set()
    seen: set[Basic] = set()
    stack = list(reversed(roots))
    while stack:
        node = stack.pop()
        if node in seen:
            continue
        seen.add(node)
        if isinstance(node, Symbol):
            found.names[node] = None
            continue
        if not isinstance(node, Node):
            if isinstance(node, Integer):
                found.literals[Fraction(node.p)] = None
            elif node is I:
                found.imaginary = True
            elif node is INFINITY:
                found.infinite = True
            continue
        kind = type(node)
        operands = node._args
        if isinstance(node, (Integral, Product, Total)) and any(map(infinite_sign, operands[2:])):
            found.endless = True
        if kind is Apply:
            name, places = function_of(operands[0])
            found.calls[name.name] = len(operands) - 1
            found.primes = found.primes or bool(places)
            operands = operands[1:]
        elif kind is At:
            if isinstance(operands[0], Symbol):
                found.bases[operands[0]] = None
                operands = operands[1:]
            integers.extend(operands)
        elif kind is Delta:
            integers.extend(operands)
        elif kind is Integral or kind is Antiderivative:
            binds = found.integrals = True
        elif isinstance(node, Binder) and kind is not Total and kind is not Product:
            binds = True
        elif kind is Total or kind is Product:
            binds = True
            if len(operands) == 2:
                found.counts = True
            integers.extend(operands[2:])
            bounds.extend(operands[2:])
        elif kind is Power:
            exponent = value_of(operands[1])
            if exponent is None or exponent.denominator != 1:
                found.roots = True
        elif kind is Dotted:
            found.dots = True
            operands = operands[:1]
        elif kind is Mean:
            found.means = found.counts = True
        elif kind in _CONDITIONED:
            found.cases = True
            conditions.update(operands)
        elif kind is Entries:
            found.arrays = found.spread = True
        elif kind in _ARRAYS:
            found.arrays = found.arrays or node not in conditions
        elif kind in _OF_DECLARED_SIZE:
            found.arrays = found.sized = True
        elif isinstance(node, SetNode):
            found.sets = True
        elif isinstance(node, Decimal):
            found.literals[node.value] = None
        elif kind is D and isinstance(operands[1], Symbol):
            found.vectors[operands[1]] = None
        stack.extend(reversed(operands))
    found.size = len(seen)
    found.vectors = {name: None for name in found.vectors if name in found.bases}
    if binds:
        free = dict.fromkeys(name for root in roots for name in free_symbols(root))
        found.names = {name: None for name in found.names if name in free}
    for operand in integers:
        found.whole.update({name: None for name in free_symbols(operand) if name in found.names})
    for operand in bounds:
        found.bounds.update({name: None for name in free_symbols(operand) if name in found.whole})
    if found.counts:
        found.names.pop(COUNT, None)
        found.whole.pop(COUNT, None)
    return found
