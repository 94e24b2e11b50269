"""One equation in one unknown: which move comes next.

What stands around an unknown that occurs once is undone from the outside.  Otherwise everything is
brought to one side and factored, and a product is zero where a factor is.  A polynomial that
cannot be factored is solved by the quadratic formula, where it is quadratic in the unknown or in
something that holds it: x², e^x, sin(x).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    Apply,
    Dependence,
    Or,
    Over,
    Power,
    postorder,
    value_of,
)
from derivex.rulebook.procedures.letters import Letters
from derivex.solving.angle_forms import sum_as_product
from derivex.solving.equation_questions import is_solved
from derivex.solving.intervals import Intervals
from derivex.solving.isolate import DoesNotFitError, Isolated, isolate
from derivex.solving.linear import Sides
from derivex.solving.other_forms import OTHER_FORMS, logarithm_of_powers
from derivex.solving.record import never_holds
from derivex.solving.to_zero import TO_ZERO, as_fraction, zero_product
from derivex.solving.undoing import undo
from derivex.solving.working import TIDY, VALUES, Working, with_values

__all__ = ["OneUnknown"]


class OneUnknown:
    """Solves one equation, or each of several, for one unknown.

    Args:
        working: where the moves are written down.
        unknown: the unknown.
        intervals: where angles are looked for.
        others: further unknowns, for the steps that only bring an equation into another form.
    """

    def __init__(
        self,
        working: Working,
        unknown: Symbol,
        intervals: Intervals,
        others: Sequence[Symbol] = (),
    ):
        self.working = working
        self.unknown = unknown
        self.intervals = intervals
        self._dependences = [Dependence(name) for name in (unknown, *others)]
        self.stuck: set[Basic] = set()
        self._met: set[Basic] = set()  # what comes again would come for ever

    def depends(self, node: Basic) -> bool:
        """Whether an expression holds one of the unknowns."""
        return any(dependence.of(node) for dependence in self._dependences)

    def solve(self, at: int) -> tuple[int, bool]:
        """Solve; the number of the last relation, and whether all of it is solved."""
        working = self.working
        while True:
            place = self._unsolved(at)
            if place is None:
                return at, not self.stuck
            relation = working.moves[at].equation
            working.place = place if type(relation) is Or else None
            try:
                before = working.equation(at)
                after = at if before in self._met else self._step(at)
            finally:
                working.place = None
            if after == at:
                self.stuck.add(before)
            self._met.add(before)
            at = after

    def _unsolved(self, at: int) -> int | None:
        """The place of the first equation that is still to be worked on."""
        relation = self.working.moves[at].equation
        for place, equation in enumerate(relation.args if type(relation) is Or else (relation,)):
            if equation in self.stuck or is_solved(equation, self.unknown):
                continue
            if not self.depends(equation) and not never_holds(equation):
                continue  # a condition on other letters
            return place
        return None

    # -- one step --------------------------------------------------------------------------

    def _step(self, at: int) -> int:
        working, unknown = self.working, self.unknown
        equation = working.equation(at)
        if not self.depends(equation):
            return working.refute(at)
        attempts: tuple[Callable[[int], int | None], ...] = (
            self._linear,
            *[partial(form, self) for form in (undo, logarithm_of_powers, *TO_ZERO, *OTHER_FORMS)],
        )
        for attempt in attempts:
            after = attempt(at)
            if after is not None and after != at:
                return after
        assert unknown is not None
        return at

    def sides(self, at: int) -> tuple[Basic, Basic]:
        """The two sides of the equation of that number."""
        left, right = self.working.equation(at).args
        return left, right

    def _linear(self, at: int) -> int | None:
        equation = self.working.equation(at)
        if any(self.depends(part) for part in _not_polynomial(equation)):
            return None
        coefficient = Sides(equation, self.working.book).coefficient(self.unknown)
        if coefficient is None:
            return None
        working = self.working
        since = len(working.moves)
        if working.place is not None:
            working.purpose = ("solve each for ", self.unknown)
        try:
            after, how = isolate(working, at, self.unknown)
        except DoesNotFitError:
            del working.moves[since:]
            working.purpose = ()
            return None
        if how is Isolated.ALONE:
            after = with_values(working, after)
        working.purpose = ()
        if since < len(working.moves) and working.moves[since].purpose:
            working.mark_easy(since, True)
        return after

    def into_product(self, at: int) -> int:
        """Bring an equation in several unknowns into the form "a factor is zero", if it has it.

        The number of the last relation; the same if it has not.  Fractions are cleared anyway.
        """
        working = self.working
        fraction = any(
            type(node) is Over and self.depends(node.args[1])
            for node in postorder(working.equation(at))
        )
        since, start = len(working.moves), at
        for attempt in (*TO_ZERO[:3], sum_as_product):
            after = attempt(self, at)
            if attempt is as_fraction and fraction and after is not None:
                since, start = len(working.moves), after
            at = at if after is None else after
            found = attempt in (zero_product, sum_as_product) and after is not None
            if found and (type(working.moves[at].equation) is Or or since <= at):
                return at
        del working.moves[since:]
        return start

    def tidied(self, at: int) -> int:
        """Tidy what a move has left, each of several equations."""
        working = self.working
        relation = working.moves[at].equation
        if type(relation) is not Or:
            return working.rewrite(at, TIDY, VALUES, joined=True)
        place = working.place
        try:
            for number in range(len(relation.args)):
                working.place = number
                if number >= (place or 0):
                    at = working.rewrite(at, TIDY, VALUES, joined=True)
        finally:
            working.place = place
        return at

    def atoms(self, left: Basic) -> list[Basic]:
        """The parts with the unknown of which the left-hand side is a polynomial."""
        return [node for node in Letters(left).letters if self.depends(node)]


def _not_polynomial(equation: Basic) -> Iterator[Basic]:
    """The parts in which an unknown would make the equation not linear."""
    for node in postorder(equation):
        if type(node) is Apply:
            yield node
        elif type(node) is Over:
            yield node.args[1]
        elif type(node) is Power and (value_of(node.args[1]) is None):
            yield node
