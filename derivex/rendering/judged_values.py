"""What an answer is worth in numbers: the scalar expressions that tell it from others.

A vector is worth its entries, at a small size; a convex set its support function along some
directions; an equation both of its sides; a choice of equations the product of what their sides
differ by.  A page that finds the same numbers for what somebody typed takes it for right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.equality.arrays import Array, entries_of
from derivex.equality.sizes import sizes_of, with_sizes
from derivex.equality.supports import dimension_of, supports
from derivex.equality.unfolding import unfolded
from derivex.expression import (
    Apply,
    Equation,
    Gradient,
    LeftLimit,
    Limit,
    Negative,
    Or,
    Over,
    Plus,
    Power,
    Product,
    RightLimit,
    Subdifferential,
    Times,
    Total,
    free_symbols,
    is_set,
)
from derivex.expression.array_nodes import (
    ArrayName,
    Basis,
    Dot,
    Hessian,
    Jacobian,
    MatrixProduct,
    Nabla,
    Norm,
    Ones,
)
from derivex.expression.functions import Functions
from derivex.expression.literals import value_of
from derivex.expression.nodes import ZERO, Cases, D
from derivex.expression.traverse import postorder
from derivex.sheets import leaves
from derivex.sheets.forms import DERIVED

__all__ = [
    "Taken",
    "Worth",
    "chosen_sizes",
    "dimension_in",
    "head_of",
    "length_of_ones",
    "solved_for",
    "taken_of",
    "told_worth",
    "worth_of",
]

_HEADS: Mapping[type, str] = {
    D: "D", Jacobian: "D", Nabla: "grad", Gradient: "grad", Hessian: "D", Plus: "+", Times: "*",
    MatrixProduct: "*", Dot: "*", Over: "/", Power: "^", Negative: "-", Apply: "call",
    Limit: "limit", RightLimit: "limit", LeftLimit: "limit", Total: "sum", Product: "product",
    Subdifferential: "subgradients", Norm: "norm", Cases: "cases",
}  # fmt: skip


@dataclass(frozen=True)
class Worth:
    """The numbers by which an answer is known.

    Args:
        kind: "number", "table", "set", "equation" (first the left sides) or "or".
        scalars: expressions whose values at a point are told.
        shape: of a table, the numbers of rows and columns.
        count: how many equations there are to choose from.
        solved: the name for which the equation is solved, or each of those to choose from.
        derived: whether there are derivatives in it.
        limits: whether there are limits in it.
    """

    kind: str
    scalars: tuple[Basic, ...]
    shape: tuple[int, int] | None = None
    count: int = 1
    solved: str = ""
    derived: bool = False
    limits: bool = False


@dataclass(frozen=True)
class Taken:
    """What a step has taken away: a part of that kind, as long and as much worth, is left.

    Args:
        head: what the reader of the page calls its kind.
        leaves: how many letters and numbers it has.
        worth: what it is worth.
        names: the names in it.
        by: what it is differentiated by, if it is a derivative.
    """

    head: str
    leaves: int
    worth: Worth
    names: frozenset[Basic] = frozenset()
    by: Basic | None = None


def head_of(node: Basic) -> str:
    """What the page calls a kind of expression; "" where it has no such kind."""
    return _HEADS.get(type(node), "")


def told_worth(
    answer: Basic, sizes: Mapping[Symbol, Basic], dimension: int, functions: Functions
) -> Worth:
    """What an answer is worth, and what is in it that need not be done."""
    kinds = {type(node) for node in postorder(answer)}
    return replace(
        worth_of(answer, sizes, dimension, functions),
        derived=bool(kinds & DERIVED),
        limits=any(issubclass(kind, Limit) for kind in kinds),
    )


def worth_of(
    answer: Basic, sizes: Mapping[Symbol, Basic], dimension: int, functions: Functions
) -> Worth:
    """What an answer is worth.

    Args:
        answer: the answer.
        sizes: numbers for the letters that are sizes of arrays.
        dimension: how many entries the elements of sets have.
        functions: the functions, with a definition each.

    Raises:
        UnsupportedError: it is of a kind that is not worth numbers.
    """
    (sized,) = with_sizes([answer], sizes) if sizes else [answer]
    if type(sized) is Or:
        worths = [worth_of(each, {}, dimension, functions) for each in sized.args]
        product = reduce(Times, [_difference(each) for each in worths])
        solved = {each.solved for each in worths}
        return Worth("or", (product,), None, len(worths), solved.pop() if len(solved) == 1 else "")
    if type(sized) is Equation:
        sides = [_entries(side)[0] for side in sized.args]
        length = max(map(len, sides))
        wide = [side * length if len(side) == 1 else side for side in sides]
        told = tuple(unfolded([each for side in wide for each in side], functions))
        return Worth("equation", told, solved=solved_for(sized))
    if is_set(sized):
        along = [_entries(each)[0][0] for each in supports(sized, dimension)]
        return Worth("set", tuple(unfolded(along, functions)))
    entries, shape = _entries(sized)
    return Worth("table" if shape else "number", tuple(unfolded(entries, functions)), shape)


def taken_of(
    removed: Sequence[Basic],
    sizes: Mapping[Symbol, Basic],
    dimension: int,
    functions: Functions,
) -> list[Taken]:
    """What a step has taken away, as far as the page can recognise it."""
    return [
        Taken(
            head_of(old),
            leaves(old),
            worth_of(old, sizes, dimension, functions),
            frozenset(free_symbols(old)),
            old.args[1] if type(old) in DERIVED and len(old.args) > 1 else None,
        )
        for old in removed
        if head_of(old)
    ]


def chosen_sizes(roots: Sequence[Basic]) -> dict[Symbol, Basic]:
    """Numbers for what is the size of an array in an exercise; none where there are no arrays."""
    arrays = any(type(node) in (ArrayName, Ones) for root in roots for node in postorder(root))
    return sizes_of(roots) if arrays else {}


def dimension_in(roots: Sequence[Basic]) -> int:
    """How many entries the elements of the sets in an exercise have."""
    return dimension_of([root for root in roots if any(map(is_set, postorder(root)))])


def length_of_ones(roots: Sequence[Basic], sizes: Mapping[Symbol, Basic]) -> int | None:
    """The length of the vector of ones, and of those with a single 1, that are written without it.

    None where there are several.
    """
    lengths = {
        value_of(sizes.get(size, size) if isinstance(size, Symbol) else size)
        for root in roots
        for node in postorder(root)
        if type(node) in (Ones, Basis)
        for size in (node.args[-1],)
    }
    (only,) = lengths if len(lengths) == 1 else (None,)
    return None if only is None else int(only)


def solved_for(equation: Basic) -> str:
    """The name that stands alone on the left of an equation, and only there; "" if none does."""
    name, value = equation.args
    if isinstance(name, Symbol | ArrayName) and name not in free_symbols(value):
        return str(name.name)
    return ""


def _entries(scalar_or_table: Basic) -> tuple[list[Basic], tuple[int, int] | None]:
    table = entries_of(scalar_or_table)
    return (table.entries, table.shape) if isinstance(table, Array) else ([table], None)


def _difference(equation: Worth) -> Basic:
    left, right = equation.scalars
    return left if right is ZERO else Plus(left, Negative(right))
