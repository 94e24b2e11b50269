"""Sets by numbers: the support function of a convex set, σ(d) = the greatest g·d in it.

It determines a closed convex set, adds when sets are added, and that of a subdifferential is
the derivative along d from one side (R. T. Rockafellar, Convex Analysis, theorem 23.4).  So sets
are compared by a few real numbers, corners included.
"""

from __future__ import annotations

from collections.abc import Sequence

from sympy.core.basic import Basic

from derivex.equality.arrays import Array, entries_of
from derivex.equality.rings import UnsupportedError
from derivex.expression.literals import number
from derivex.expression.nodes import (
    ONE,
    ZERO,
    Apply,
    Branch,
    Cases,
    Negative,
    Node,
    Over,
    Plus,
    Row,
    Times,
    Total,
    function_name,
)
from derivex.expression.sets import (
    Hull,
    Interval,
    Singleton,
    Subdifferential,
    is_set,
)
from derivex.expression.traverse import postorder

__all__ = ["OneSided", "dimension_of", "directions_of", "supports"]

Pair = tuple[Basic, Basic]
"""The support along a direction, and along the opposite one."""


class OneSided(Node):
    """The derivative of an expression along a direction, from one side.

    ``OneSided(f, x, d)``, or with rows in the place of x and d.
    """

    __slots__ = ()


def dimension_of(sides: Sequence[Basic]) -> int:
    """How many variables the sets have elements for.

    Raises:
        UnsupportedError: there are several answers.
    """
    found: set[int] = set()
    for side in sides:
        for node in postorder(side):
            if type(node) is Subdifferential and type(node.args[1]) is Row:
                found.add(len(node.args[1].args))
            elif type(node) is Singleton and isinstance(table := entries_of(node.args[0]), Array):
                found.add(table.shape[1])
    if len(found) > 1:
        raise UnsupportedError("sets of vectors of different lengths")
    return found.pop() if found else 1


def supports(root: Basic, dimension: int) -> list[Basic]:
    """The support function of a set along some directions, as scalar expressions.

    Args:
        root: the set.
        dimension: how many entries its elements have; 1 for a set of numbers.

    Raises:
        UnsupportedError: the set is made in a way that has no support function here.

    >>> from derivex.expression.nodes import symbol
    >>> supports(Interval(symbol("a"), symbol("b")), 1)
    [b, Negative(a)]
    """
    found: list[Basic] = []
    for direction in directions_of(dimension):
        found.extend(_Along(direction).pair(root))
    return found


def directions_of(dimension: int) -> list[tuple[int, ...]]:
    """The directions of supports: one for numbers; for vectors the axes and two that are skew."""
    if dimension == 1:
        return [(1,)]
    axes = [tuple(int(at == axis) for at in range(dimension)) for axis in range(dimension)]
    skew = tuple(1 + at % 2 for at in range(dimension))
    other = tuple((-1) ** at * (at + 1) for at in range(dimension))
    return [*axes, skew, other]


class _Along:
    """Support functions along one direction and its opposite."""

    def __init__(self, direction: tuple[int, ...]):
        self.direction = direction

    def pair(self, root: Basic) -> Pair:
        """The supports of a set; parts of it that are no sets are left as they are."""
        done: dict[Basic, Pair] = {}
        stack = [root]
        while stack:
            node = stack[-1]
            if node in done:
                stack.pop()
                continue
            waiting = [part for part in self._sets_in(node) if part not in done]
            if waiting:
                stack.extend(waiting)
            else:
                done[node] = self._of(node, done)
        return done[root]

    def _sets_in(self, node: Basic) -> list[Basic]:
        kind = type(node)
        if kind in (Singleton, Interval, Subdifferential):
            return []
        if kind is Cases:
            return [branch.args[0] for branch in node.args]
        if kind is Times:
            # The set that is multiplied by a row has numbers as its elements.
            (factor,) = [part for part in node.args if is_set(part)] or [node]
            if factor is not node and self._row_beside(node, factor) is not None:
                return []
            return [factor]
        return [part for part in node.args if is_set(part)]

    def _of(self, node: Basic, done: dict[Basic, Pair]) -> Pair:
        kind = type(node)
        if kind is Singleton:
            value = self._dot(node.args[0])
            return value, Negative(value)
        if kind is Interval:
            if len(self.direction) > 1:
                raise UnsupportedError("an interval in the place of a set of vectors")
            return node.args[1], Negative(node.args[0])
        if kind is Subdifferential:
            return self._one_sided(node)
        if kind is Hull:
            pairs = [done[part] for part in node.args]
            return _greatest([a for a, _ in pairs]), _greatest([b for _, b in pairs])
        if kind is Plus:
            pairs = [done[part] if is_set(part) else _nothing(part) for part in node.args]
            return Plus(*[a for a, _ in pairs]), Plus(*[b for _, b in pairs])
        if kind is Negative:
            along, against = done[node.args[0]]
            return against, along
        if kind is Over:
            return _scaled(Over(ONE, node.args[1]), done[node.args[0]])
        if kind is Total:
            along, against = done[node.args[0]]
            return Total(along, *node.args[1:]), Total(against, *node.args[1:])
        if kind is Cases:
            return _cases(node, done)
        if kind is Times:
            return self._of_product(node, done)
        raise UnsupportedError(f"a set made by {kind.__name__}")

    def _of_product(self, node: Basic, done: dict[Basic, Pair]) -> Pair:
        sets = [part for part in node.args if is_set(part)]
        if len(sets) != 1:
            raise UnsupportedError("a product of sets")
        row = self._row_beside(node, sets[0])
        if row is not None:
            return _scaled(self._dot(row), _Along((1,)).pair(sets[0]))
        others = [part for part in node.args if part is not sets[0]]
        return _scaled(others[0] if len(others) == 1 else Times(*others), done[sets[0]])

    def _row_beside(self, node: Basic, factor: Basic) -> Basic | None:
        """The other factors of a product, where they make a row."""
        if len(self.direction) == 1:
            return None
        others = [part for part in node.args if part is not factor]
        product = others[0] if len(others) == 1 else Times(*others)
        return product if isinstance(entries_of(product), Array) else None

    def _dot(self, element: Basic) -> Basic:
        if len(self.direction) == 1:
            return element
        table = entries_of(element)
        if not isinstance(table, Array) or table.shape != (1, len(self.direction)):
            raise UnsupportedError("the elements of a set are not rows of the same length")
        products = [
            Times(number(step), entry)
            for entry, step in zip(table.rows[0], self.direction, strict=True)
        ]
        return Plus(*products)

    def _one_sided(self, node: Basic) -> Pair:
        operand, variable = node.args
        if len(self.direction) == 1:
            return OneSided(operand, variable, ONE), OneSided(operand, variable, Negative(ONE))
        if type(variable) is not Row or len(variable.args) != len(self.direction):
            raise UnsupportedError("a subdifferential by another number of variables")
        along = Row(*[number(step) for step in self.direction])
        against = Row(*[number(-step) for step in self.direction])
        return OneSided(operand, variable, along), OneSided(operand, variable, against)


def _nothing(part: Basic) -> Pair:
    raise UnsupportedError("a number added to a set")


def _greatest(values: list[Basic]) -> Basic:
    return values[0] if len(values) == 1 else Apply(function_name("max"), *values)


def _positive_part(value: Basic) -> Basic:
    return Apply(function_name("max"), value, ZERO)


def _scaled(factor: Basic, pair: Pair) -> Pair:
    """σ of c S: c⁺ σ(d) + c⁻ σ(−d)."""
    up, down = _positive_part(factor), _positive_part(Negative(factor))
    along, against = pair
    return (
        Plus(Times(up, along), Times(down, against)),
        Plus(Times(up, against), Times(down, along)),
    )


def _cases(node: Basic, done: dict[Basic, Pair]) -> Pair:
    sides: list[Basic] = []
    for side in (0, 1):
        branches = [Branch(done[part.args[0]][side], *part.args[1:]) for part in node.args]
        sides.append(Cases(*branches))
    return sides[0], sides[1]
