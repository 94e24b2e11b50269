"""What becomes of equations where a condition on their letters does not hold.

A solution with letters holds under conditions: a x = b has the solution b/a if a ≠ 0.  Where a
condition fails, one letter is expressed by the others (a = 0) and put into the equations, which are
then solved anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.engine import normal_phase
from derivex.expression import (
    ZERO,
    And,
    AtLeast,
    AtMost,
    Equation,
    Greater,
    Less,
    Negative,
    Over,
    Plus,
    Relation,
    Unequal,
    free_symbols,
    substitute,
    value_of,
)
from derivex.matching import NO_FACTS
from derivex.rulebook import RuleBook
from derivex.rulebook.procedures.equations import parts_by_degree
from derivex.rulebook.procedures.letters import Letters, TooLargeError
from derivex.rulebook.procedures.polynomial_factors import factors_of_polynomial
from derivex.rulebook.procedures.polynomials import quotient
from derivex.solving.record import Words
from derivex.solving.signs import has_data

if TYPE_CHECKING:
    from derivex.solving.classify import Classification
    from derivex.solving.solution import Solution

__all__ = ["SpecialCase", "Specials"]

_MOST = 12
"""Special cases that are followed; a reader of more would have lost the thread."""

_TIDY = ("arithmetic", "signs", "denominators", "expanding", "tidying")
_OPPOSITE: dict[type[Basic], type[Basic]] = {
    AtLeast: Less,
    Greater: AtMost,
    AtMost: Greater,
    Less: AtLeast,
}


@dataclass(frozen=True, eq=False)
class SpecialCase:
    """What holds where a condition fails.

    Args:
        assumed: what is assumed: a = 0, perhaps after b ≠ 0.
        solution: the equations with this put in, and solved.
        kinds: where they are those of a gradient, what its points are.
    """

    assumed: tuple[Basic, ...]
    solution: Solution
    kinds: tuple[Classification, ...] = ()

    def put_into(self, expression: Basic) -> Basic:
        """An expression with what is assumed to be equal put in."""
        for relation in self.assumed:
            if type(relation) is Equation:
                expression = substitute(expression, {relation.args[0]: relation.args[1]})
        return expression


@dataclass
class Specials:
    """Follows the special cases of a solution, and theirs.

    Args:
        solve: how equations are solved, without special cases.
        book: the rules.
    """

    solve: Callable[[Sequence[Basic]], Solution]
    book: RuleBook
    left: int = field(default=_MOST, init=False)

    def added_to(self, solution: Solution, before: tuple[Basic, ...] = ()) -> Solution:
        """The solution with its special cases, each with its own.

        Args:
            solution: the solution of the equations.
            before: what is assumed already.
        """
        letters = _letters(solution)
        if not letters or has_data(*solution.equations) or _is_large(solution):
            return solution
        notes: list[Words] = []
        found: list[tuple[tuple[Basic, ...], Solution]] = []
        assumed = list(before)
        for condition in _conditions(solution):
            if isinstance(condition, Relation) and type(condition) is not Equation:
                notes += _without(condition, solution)
                continue
            vanishing = type(condition) is Equation
            expression = _difference(condition) if vanishing else condition
            places = self._places(expression, letters, assumed)
            if places is not None and _hold_unknowns(places, solution):
                places = None
            if places is None or len(places) > self.left:
                notes.append(("The case ", Equation(expression, ZERO), " was not followed"))
                places = []
            for letter, value in places:
                self.left -= 1
                equations = [substitute(each, {letter: value}) for each in solution.equations]
                found.append(((*assumed, Equation(letter, value)), self.solve(equations)))
            if not vanishing and not _is_assumed(expression, assumed):
                assumed.append(Unequal(expression, ZERO))
        cases = [SpecialCase(here, self.added_to(special, here)) for here, special in found]
        if not cases and not notes:
            return solution
        return replace(solution, special=tuple(cases), notes=(*solution.notes, *notes))

    def _places(
        self, expression: Basic, letters: Sequence[Symbol], assumed: Sequence[Basic]
    ) -> list[tuple[Symbol, Basic]] | None:
        """Where an expression is zero, as a letter and its value; None where that is not known."""
        known = Letters(expression)
        try:
            top, _ = known.fraction(expression)
        except TooLargeError:
            return None
        found: list[tuple[Symbol, Basic]] = []
        for factor, _ in factors_of_polynomial(known, top)[1]:
            tree = known.tree(factor)
            if 0 not in NO_FACTS.signs(tree) or _is_assumed(tree, assumed):
                continue
            place = self._zero_of(known, factor, letters, assumed)
            if place is None:
                return None
            found.append(place)
        return found

    def _zero_of(
        self, known: Letters, factor: object, letters: Sequence[Symbol], assumed: Sequence[Basic]
    ) -> tuple[Symbol, Basic] | None:
        """A letter of which the polynomial is a multiple plus a rest, and where that is zero."""
        for letter in reversed(letters):
            position = known.letters.get(letter)
            others = [name for name in known.letters if name is not letter]
            if position is None or any(letter in free_symbols(name) for name in others):
                continue
            parts = parts_by_degree(known, factor, position)
            if len(parts) != 2:
                continue
            rest, slope = (known.tree(part) for part in parts)
            if value_of(slope) is None and not _is_assumed(slope, assumed):
                continue
            value = normal_phase(Over(Negative(rest), slope), self.book, *_TIDY).result
            return letter, value
        return None


def _hold_unknowns(places: Sequence[tuple[Symbol, Basic]], solution: Solution) -> bool:
    """Whether a letter would be expressed by what is asked for."""
    unknown = set(solution.unknowns)
    return any(not unknown.isdisjoint(free_symbols(value)) for _, value in places)


def _letters(solution: Solution) -> list[Symbol]:
    unknown = set(solution.unknowns)
    found = {name for each in solution.equations for name in free_symbols(each)} - unknown
    return sorted((name for name in found if isinstance(name, Symbol)), key=str)


def _is_large(solution: Solution) -> bool:
    elimination = solution.elimination
    return elimination is not None and any(
        name in free_symbols(condition)
        for condition in solution.conditions
        for name in elimination.definitions
    )


def _conditions(solution: Solution) -> Iterator[Basic]:
    """What must not be zero, and relations; at last what must hold for there to be a solution."""
    for condition in solution.conditions:
        for part in condition.args if type(condition) is And else (condition,):
            if type(part) is Unequal and part.args[1] is ZERO:
                yield part.args[0]
            else:
                yield part
    for word in solution.reason:
        if type(word) is Equation and free_symbols(word):
            yield word


def _difference(equation: Basic) -> Basic:
    left, right = equation.args
    if left is ZERO:
        return right
    return left if right is ZERO else Plus(left, Negative(right))


def _without(relation: Basic, solution: Solution) -> list[Words]:
    """That there is no solution where a relation fails on which all of them rest."""
    opposite = _OPPOSITE.get(type(relation))
    if opposite is None or len(solution.equations) != 1 or solution.case is None:
        return []
    for move in solution.case.moves:
        parts = move.condition.args if type(move.condition) is And else (move.condition,)
        if relation in parts and move.place is None:
            return [("There is no real solution where ", opposite(*relation.args))]
    return []


def _is_assumed(node: Basic, assumed: Sequence[Basic]) -> bool:
    """Whether something is a number times what is assumed not to be zero."""
    for relation in assumed:
        if type(relation) is Unequal:
            share = quotient(node, relation.args[0])
            if share is not None and value_of(share) is not None:
                return True
    return False
