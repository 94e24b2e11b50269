"""The vectors and matrices of several formulas, found from all of them.

In z = Wx + b alone every letter may be a number.  Where a = σ(z) and ŷ = vᵀa stand beside it, a is
a vector, and so is z; then W is a matrix.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import pairwise
from typing import NamedTuple

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.documents.shapes import has_arrays, of_size, with_arrays
from derivex.errors import ReadError
from derivex.expression import ONE
from derivex.expression.array_nodes import ArrayName
from derivex.expression.shapes import SCALAR, shape_of
from derivex.notation import Scope, read_relation
from derivex.notation.characters import plain_name
from derivex.notation.inferred_shapes import infer_arrays
from derivex.notation.lexer import Source, words_of

__all__ = ["shapes_together"]

_LONGEST = 400  # characters of an equation from which shapes are inferred
_MOST = 60  # equations that are looked at


class _Equation(NamedTuple):
    """An equation, and those of its sides that are names: where one is an array, both are.

    Args:
        source: the equation.
        sides: its sides that are names.
        names: all names in it: what is multiplied with a matrix is an array, too.
    """

    source: Source
    sides: set[str]
    names: set[str]

    def tells_of(self, array: ArrayName) -> bool:
        """Whether it may tell about others, where something is an array."""
        matrix = ONE not in (array.rows, array.columns)
        return array.name in (self.names if matrix else self.sides)


def shapes_together(
    chains: Sequence[Sequence[Source]],
    scope: Scope,
    bold: Mapping[str, bool],
    functions: Iterable[str],
) -> dict[str, ArrayName]:
    """The vectors and matrices in equations, of which one tells about the next.

    Args:
        chains: the formulas with signs of equality between them.
        scope: what is known about their names.
        bold: the names that are set bold, and whether there is one for every index.
        functions: names that are functions, and so no arrays.

    >>> chains = [[Source("z"), Source("W x + b")], [Source("h"), Source("v^T z")]]
    >>> found = shapes_together(chains, Scope(), {}, ())
    >>> sorted(array.text for array in found.values())
    ['W: d by n', 'b: d', 'v: d', 'x: n', 'z: d']
    """
    sources = [source for chain in chains for source in chain]
    if not has_arrays(sources, bold):
        return {}
    known = with_arrays(scope, sources, bold, functions)
    others = set(functions)
    waiting = [
        _Equation(
            left.equated(right),
            {_name(left), _name(right)} - {""},
            {plain_name(word.text) for side in (left, right) for word in words_of(side)},
        )
        for chain in chains
        for left, right in pairwise(chain)
        if len(left.text) + len(right.text) < _LONGEST
    ][:_MOST]
    told = {size for each in scope.arrays.values() for size in (each.rows, each.columns)}
    while waiting and known.arrays:
        left = []
        for equation in waiting:
            if not any(map(equation.tells_of, known.arrays.values())):
                left.append(equation)
                continue
            with suppress(ReadError, ValueError):
                inferred = infer_arrays(equation.source, known, number=False)
                known = known.with_arrays(*_new(inferred, equation, known, others))
                known = _with_equal_sides(equation.source, known, told)
        if len(left) == len(waiting):
            break
        waiting = left
    return {name: each for name, each in known.arrays.items() if scope.arrays.get(name) is not each}


def _new(
    inferred: Iterable[ArrayName], equation: _Equation, known: Scope, others: Collection[str]
) -> Iterator[ArrayName]:
    """The arrays of an equation; by a matrix in it only those that have a size in common."""
    sizes = {size for each in known.arrays.values() for size in (each.rows, each.columns)}
    by_side = not equation.sides.isdisjoint(known.arrays)
    for each in inferred:
        if each.name not in others and (by_side or {each.rows, each.columns} & sizes):
            yield each


def _with_equal_sides(equation: Source, known: Scope, told: Collection[Basic]) -> Scope:
    """The scope in which both sides of an equation have one size, where the sizes are free."""
    sides = [shape_of(side) for side in read_relation(equation, known).expression.args]
    if len(sides) != 2 or sides[0] is None or sides[1] is None or SCALAR in sides:
        return known
    renamed: dict[Basic, Basic] = {}
    for one, other in zip(*sides, strict=True):
        old, new = (other, one) if isinstance(other, Symbol) and other not in told else (one, other)
        if old is not new and isinstance(old, Symbol) and old not in told and new is not ONE:
            renamed[old] = new
    if not renamed:
        return known
    return known.with_arrays(*(of_size(each, renamed) for each in known.arrays.values()))


def _name(source: Source) -> str:
    """The name that a formula is, if it is nothing else."""
    words = words_of(source)
    return plain_name(words[0].text) if len(words) == 1 else ""
