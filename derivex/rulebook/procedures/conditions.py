"""The conditions of a case distinction, solved for a variable and put in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from sympy.core.basic import Basic

from derivex.expression import (
    ZERO,
    And,
    AtLeast,
    AtMost,
    Branch,
    Cases,
    Dependence,
    Equation,
    Greater,
    Less,
    Negative,
    Or,
    Over,
    Plus,
    Relation,
    Unequal,
    free_symbols,
    number,
    postorder,
    transform,
)
from derivex.expression.literals import value_of
from derivex.expression.nodes import Node
from derivex.rulebook.procedures.factors import coefficient_and_rest
from derivex.rulebook.procedures.piecewise_linear import is_straight, turning_points, value_at

__all__ = ["joined_cases", "order_cases", "solve_conditions"]

_MIRRORED: dict[type, type] = {
    Equation: Equation,
    Unequal: Unequal,
    Less: Greater,
    AtMost: AtLeast,
    Greater: Less,
    AtLeast: AtMost,
}


def solve_conditions(node: Node, *variables: Basic) -> Basic | None:
    """Solve conditions for a variable in which they are linear with a number as coefficient.

    >>> from derivex.expression import ONE, TWO, Times, symbol
    >>> x = symbol("x")
    >>> positive = Less(ZERO, Plus(Times(TWO, x), Negative(ONE)))
    >>> solve_conditions(Cases(Branch(x, positive)), x)
    Cases(Branch(x, Greater(x, Over(1, 2))))
    """
    branches = []
    for branch in node._args:
        value, *conditions = branch.args
        branches.append(Branch(value, *[_solved(each, *variables) for each in conditions]))
    made = Cases(*branches)
    return None if made is node else made


def _solved(condition: Basic, *variables: Basic) -> Basic:
    if isinstance(condition, Relation) and _is_turned(condition):
        left, right = condition.args
        condition = _MIRRORED[type(condition)](right, left)

    def change(part: Basic) -> Basic:
        if not isinstance(part, Relation):
            return part
        for variable in variables:
            solved = _solved_relation(part, variable)
            if solved is not None:
                return solved
        return part

    return transform(condition, change)


def _solved_relation(relation: Relation, variable: Basic) -> Basic | None:
    left, right = relation.args
    depends = Dependence(variable).of
    if (left is variable and not depends(right)) or (right is variable and not depends(left)):
        return None
    parts = _linear(left, right, variable)
    if parts is None:
        return _solved_by_pieces(relation, variable)
    coefficient, rest = parts
    kind = type(relation)
    # c x + rest against 0: x against −rest/c.
    if coefficient < 0:
        kind = _MIRRORED[kind]
        others = list(rest)
    else:
        others = [_minus(term) for term in rest]
    value = others[0] if len(others) == 1 else Plus(*others) if others else ZERO
    if abs(coefficient) != 1 and value is not ZERO:
        value = Over(value, number(abs(coefficient)))
    return kind(variable, value)


def _solved_by_pieces(relation: Relation, variable: Basic) -> Basic | None:
    """|x| < 1 as −1 < x < 1; None where that says no more than the relation itself."""
    marks = _Marks.of([Cases(Branch(ZERO, relation))])
    return marks.where(relation) if marks is not None and marks.variable is variable else None


def _is_turned(relation: Relation) -> bool:
    """Whether it is 0 < u, which reads better as u > 0."""
    left, right = relation.args
    return value_of(left) is not None and value_of(right) is None


def _linear(left: Basic, right: Basic, variable: Basic) -> tuple[Fraction, list[Basic]] | None:
    """left − right as a number times the variable plus terms that are free of it."""
    depends = Dependence(variable).of
    coefficient = Fraction(0)
    rest: list[Basic] = []
    terms = [(1, term) for term in _terms(left)]
    for sign, term in [*terms, *[(-1, term) for term in _terms(right)]]:
        if not depends(term):
            if term is not ZERO:
                rest.append(term if sign > 0 else _minus(term))
            continue
        number_, factors = coefficient_and_rest(term)
        if factors != (variable,):
            return None
        coefficient += sign * Fraction(number_)
    return (coefficient, rest) if coefficient else None


def _terms(node: Basic) -> tuple[Basic, ...]:
    return node.args if type(node) is Plus else (node,)


def _minus(term: Basic) -> Basic:
    return term.args[0] if type(term) is Negative else Negative(term)


def order_cases(node: Node) -> Basic | None:
    """Cases told by where a variable lies among numbers, from the least to the greatest.

    >>> from derivex.expression import ONE, TWO, symbol
    >>> x = symbol("x")
    >>> order_cases(Cases(Branch(ONE, Greater(x, ZERO)), Branch(TWO, AtMost(x, ZERO))))
    Cases(Branch(2, AtMost(x, 0)), Branch(1, Greater(x, 0)))
    """
    made = joined_cases(node, (node,))
    return None if made is node else made


def joined_cases(node: Basic, several: tuple[Basic, ...]) -> Basic | None:
    """One case distinction for a node with several in it, from the least to the greatest place.

    Args:
        node: one of them, or a node that has them as operands.
        several: the distinctions, each told by functions of one variable made of straight
            pieces; a case may be a distinction of the same kind.

    Returns:
        None where they are told by something else.
    """
    marks = _Marks.of(several)
    if marks is None:
        return None
    ordered: list[tuple[Basic, int, int]] = []  # a value, the first and the last region of it
    for position, sample in enumerate(marks.samples):
        values = {each: marks.value_at(each, sample) for each in several}
        if None in values.values():
            return None
        if node in values:
            value_here = values[node]
        else:
            value_here = type(node)(*[values.get(part, part) for part in node.args])
        assert isinstance(value_here, Basic)
        if ordered and ordered[-1][0] is value_here:
            ordered[-1] = (value_here, ordered[-1][1], position)
        else:
            ordered.append((value_here, position, position))
    if len(ordered) == 1:
        return ordered[0][0]
    return Cases(*[Branch(value, marks.between(first, last)) for value, first, last in ordered])


class _Marks:
    """The line of a variable, cut where conditions begin or cease to hold.

    Args:
        variable: the variable.
        relations: relations between functions of it that are made of straight pieces.
        written: numbers as they were written.
    """

    def __init__(self, variable: Basic, relations: list[Basic], written: dict[Fraction, Basic]):
        self.variable = variable
        differences = [Plus(left, Negative(right)) for left, right in (r.args for r in relations)]
        marks = turning_points(differences, variable)
        # Corners inside of a condition at which nothing changes are of no interest.
        self.places: list[Fraction] = []
        while True:
            self.samples = _samples(marks)
            self._truth = [
                [_relation_holds(relation, variable, sample) for relation in relations]
                for sample in self.samples
            ]
            idle = [
                mark
                for position, mark in enumerate(marks)
                if self._truth[2 * position] == self._truth[2 * position + 1]
                and self._truth[2 * position + 1] == self._truth[2 * position + 2]
            ]
            if not idle:
                break
            marks.remove(idle[0])
        self.places = marks
        self._written = written

    @staticmethod
    def of(distinctions: Iterable[Basic]) -> _Marks | None:
        """The marks of some case distinctions; None where they do not depend on one variable."""
        relations = list(dict.fromkeys(_relations_in(distinctions)))
        names = list(
            dict.fromkeys(name for relation in relations for name in free_symbols(relation))
        )
        if len(names) != 1:
            return None
        (variable,) = names
        written: dict[Fraction, Basic] = {}
        for relation in relations:
            if not isinstance(relation, Relation) or not is_straight(
                Plus(*relation.args), variable
            ):
                return None
            for side in relation.args:
                value = value_of(side)
                if value is not None:
                    written[value] = side
        return _Marks(variable, relations, written)

    def value_at(self, distinction: Basic, sample: Fraction) -> Basic | None:
        """The case that counts at a place; None if there is none."""
        while type(distinction) is Cases:
            for branch in distinction.args:
                if all(self.holds(each, sample) for each in branch.args[1:]):
                    distinction = branch.args[0]
                    break
            else:
                return None
        return distinction

    def holds(self, condition: Basic, sample: Fraction) -> bool:
        """Whether a condition holds at a place."""
        known: dict[Basic, bool] = {}
        for part in postorder(condition):
            if isinstance(part, Relation):
                known[part] = _relation_holds(part, self.variable, sample)
            elif type(part) is And:
                known[part] = all(known[each] for each in part.args)
            elif type(part) is Or:
                known[part] = any(known[each] for each in part.args)
        return known[condition]

    def between(self, first: int, last: int) -> Basic:
        """The condition for some neighbouring regions; those at odd positions are single points."""
        places = [self._written.get(place) or number(place) for place in self.places]
        return _between(self.variable, places, first, last)

    def where(self, condition: Basic) -> Basic | None:
        """A condition as where the variable lies; None if it holds nowhere or everywhere."""
        runs: list[list[int]] = []
        for position, sample in enumerate(self.samples):
            if not self.holds(condition, sample):
                continue
            if runs and runs[-1][1] == position - 1:
                runs[-1][1] = position
            else:
                runs.append([position, position])
        if not runs or runs == [[0, len(self.samples) - 1]]:
            return None
        found = [self.between(first, last) for first, last in runs]
        return found[0] if len(found) == 1 else Or(*found)


def _relations_in(distinctions: Iterable[Basic]) -> Iterator[Basic]:
    """All relations that tell the cases, also those of cases that are case distinctions."""
    waiting = list(distinctions)
    while waiting:
        for branch in waiting.pop().args:
            if type(branch.args[0]) is Cases:
                waiting.append(branch.args[0])
            conditions = list(branch.args[1:])
            while conditions:
                condition = conditions.pop()
                if type(condition) in (And, Or):
                    conditions += condition.args
                else:
                    yield condition


def _samples(marks: list[Fraction]) -> list[Fraction]:
    """A number in each region: before the first mark, at it, between it and the second, …"""
    if not marks:
        return [Fraction(0)]
    samples = [marks[0] - 1]
    for position, place in enumerate(marks):
        after = marks[position + 1] if position + 1 < len(marks) else place + 2
        samples += [place, (place + after) / 2]
    return samples


def _relation_holds(relation: Basic, variable: Basic, sample: Fraction) -> bool:
    from derivex.equality.choices import HOLDS  # which a plain derivative does without

    left, right = (value_at(side, variable, sample) for side in relation.args)
    return HOLDS[type(relation)]((left > right) - (left < right))


def _between(variable: Basic, places: list[Basic], first: int, last: int) -> Basic:
    """The condition for some neighbouring regions; those at odd positions are single points."""
    if first == last and first % 2:
        return Equation(variable, places[first // 2])
    below = places[(first - 1) // 2] if first else None
    above = places[last // 2] if last < 2 * len(places) else None
    if below is None:
        assert above is not None
        return (AtMost if last % 2 else Less)(variable, above)
    if above is None:
        return (AtLeast if first % 2 else Greater)(variable, below)
    return And(
        (AtMost if first % 2 else Less)(below, variable),
        (AtMost if last % 2 else Less)(variable, above),
    )
