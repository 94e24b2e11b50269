"""Systems of equations that are not linear: moves that lead to cases, and a point for each.

A case holds some equations.  While it can go on it takes the simplest step: an equation in one
unknown is solved, an unknown that is known is put into the others, a product that is zero is
split up, an unknown of which only a multiple occurs is isolated, equations are added.  Where an
equation has become several of which one holds, each begins a case of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    ZERO,
    Equation,
    Nearly,
    Negative,
    Or,
    Over,
    Plus,
    free_symbols,
    postorder,
)
from derivex.rulebook import RuleBook
from derivex.rulebook.procedures.polynomials import is_identically_zero
from derivex.solving import case_splits, case_steps
from derivex.solving.case import Case, ContradictionError, Found, State
from derivex.solving.case_ends import end_of
from derivex.solving.equation_questions import (
    agrees,
    is_solved,
)
from derivex.solving.intervals import Intervals
from derivex.solving.linear import Sides
from derivex.solving.record import Words, never_holds
from derivex.solving.working import VALUES, Working, depends_on_any

__all__ = ["Branching"]

MOST_CASES = 64
"""Cases after which a solution would be no use to a reader."""


class Branching:
    """Solves a system by cases.

    Args:
        equations: the equations.
        unknowns: what they are solved for.
        book: the rules.
        intervals: where angles are looked for.
        by_coefficient: whether cases may begin with "a coefficient is zero, or it is not".
    """

    def __init__(
        self,
        equations: Sequence[Basic],
        unknowns: Sequence[Symbol],
        book: RuleBook,
        intervals: Intervals,
        by_coefficient: bool = True,
    ):
        self._splits = by_coefficient
        self.working = Working(book)
        self.book = book
        self.intervals = intervals
        self.unknowns = tuple(unknowns)
        self.equations = tuple(equations)
        self.found: list[Found] = []
        self.complete = True
        self.conditions: dict[Basic, None] = {}
        self._count = 0
        self._sides: dict[Basic, Sides] = {}

    def run(self) -> Case:
        """Work the whole system."""
        active = {
            origin: self.working.give(equation, origin)
            for origin, equation in enumerate(self.equations, 1)
        }
        return self._case("", (), 0, State(active, list(self.unknowns)))

    # -- a case ----------------------------------------------------------------------------

    def _case(self, label: str, heading: Words, since: int, state: State) -> Case:
        working = self.working
        self._count += 1
        if self._count > MOST_CASES:
            self.complete = False
            return Case(label, heading, (), remark=("there are too many cases",))
        try:
            split = self._work(state)
        except ContradictionError as error:
            moves = tuple(working.moves[since:])
            return Case(label, heading, moves, remark=error.words)
        if split is None:
            return end_of(self, label, heading, since, state)
        moves = tuple(working.moves[since:])
        cases = []
        assumed = [
            (number, words[0])
            for number, (words, _) in enumerate(split)
            if len(words) == 1 and type(words[0]) is Equation
        ]
        for number, (words, start) in enumerate(split):
            inner = state.copy()
            began = len(working.moves)
            start(inner)
            name = _label(label, number)
            # Only a later case is pointed to, so that no two point to one another.
            later = [(_label(label, each), words) for each, words in assumed if each > number]
            inner.others = (*state.others, *later)
            cases.append(self._case(name, words, began, inner))
        return Case(label, heading, moves, tuple(cases))

    def _work(self, state: State):  # type: ignore[no-untyped-def]
        """Go on until nothing is left, or cases begin: their headings and what begins them."""
        while True:
            self._settle(state)
            if not state.active:
                return None
            if self._use_solved(state):
                continue
            cases = self._alternatives(state) or case_splits.by_branch(self, state)
            if cases is not None:
                return cases
            if (
                case_steps.one_unknown(self, state)
                or case_steps.split_product(self, state)
                or case_steps.terms(self, state)
                or case_steps.angle(self, state)
                or case_steps.logarithm(self, state)
            ):
                continue
            if case_steps.linear(self, state) or case_steps.add(self, state):
                continue
            cases = case_splits.by_sign(self, state)
            if cases is not None or not self._splits:
                return cases
            return case_splits.by_coefficient(self, state)

    def _settle(self, state: State) -> None:
        """Drop what holds anyway, and see what cannot hold."""
        working = self.working
        seen: dict[Basic, int] = {}
        for origin, at in list(state.active.items()):
            relation = working.moves[at].equation
            if relation is Or():
                raise ContradictionError(("no real solution",))
            if any(type(node) is Over and node.args[1] is ZERO for node in postorder(relation)):
                raise ContradictionError((f"({origin}) has no value: it divides by 0",))
            if type(relation) is Or:
                known = {
                    working.moves[other].equation
                    for key, other in state.active.items()
                    if key != origin
                }
                if known.intersection(relation.args):
                    del state.active[origin]
                continue
            if relation in seen:
                del state.active[origin]
                continue
            seen[relation] = origin
            left, right = relation.args
            difference = left if right is ZERO else Plus(left, Negative(right))
            if depends_on_any(difference, state.left) and not is_identically_zero(difference):
                continue
            if is_identically_zero(difference):
                del state.active[origin]
                continue
            if depends_on_any(relation, self.unknowns) and depends_on_any(relation, state.left):
                continue
            at = working.rewrite(at, VALUES, VALUES)
            state.active[origin] = at
            relation = working.moves[at].equation
            if relation.args[0] is relation.args[1]:
                del state.active[origin]
            elif never_holds(relation):
                words = (*relation.args[:1], " is not ", *relation.args[1:])
                raise ContradictionError(words)
            elif free_symbols(relation):
                del state.active[origin]
                self.conditions[relation] = None
            elif agrees(relation, self.book):
                del state.active[origin]

    def _use_solved(self, state: State) -> bool:
        """Put an unknown that is known into the other equations."""
        working = self.working
        for origin, at in state.active.items():
            equation = working.moves[at].equation
            unknown = equation.args[0] if type(equation) is Equation else None
            if unknown not in state.left or not is_solved(equation, unknown):
                continue
            del state.active[origin]
            state.left.remove(unknown)
            state.solved.append((unknown, at))
            for other, into in list(state.active.items()):
                if depends_on_any(working.moves[into].equation, (unknown,)):
                    words: Words = ("substitute ", unknown, f" into ({other})")
                    state.active[other] = self._fill(into, unknown, at, words)
                    state.given_up.discard(other)
            return True
        return False

    def _fill(self, into: int, unknown: Symbol, at: int, words: Words) -> int:
        working = self.working
        relation = working.moves[into].equation
        if type(relation) is not Or:
            into = working.fill(into, [(unknown, at)], words)
            return working.rewrite(into, VALUES, VALUES)
        for place, equation in enumerate(relation.args):
            if depends_on_any(equation, (unknown,)):
                working.place = place
                into = working.fill(into, [(unknown, at)], words)
                into = working.rewrite(into, VALUES, VALUES)
        working.place = None
        return into

    def _alternatives(self, state: State):  # type: ignore[no-untyped-def]
        """The cases that begin with an equation that has become several."""
        working = self.working
        for origin, at in list(state.active.items()):
            relation = working.moves[at].equation
            if type(relation) is Nearly:
                relation = Or(relation)
            if type(relation) is not Or:
                continue
            unknown = relation.args[0].args[0]
            solved = all(
                each.args[0] is unknown and is_solved(each, unknown) for each in relation.args
            )
            others = [number for key, number in state.active.items() if key != origin]
            elsewhere = [working.moves[number].equation for number in others]
            elsewhere += [working.moves[number].equation for _, number in state.solved]
            if (
                unknown in state.left
                and solved
                and not any(depends_on_any(each, (unknown,)) for each in elsewhere)
                and not any(depends_on_any(each.args[1], self.unknowns) for each in relation.args)
            ):
                del state.active[origin]
                state.left.remove(unknown)
                state.settled[unknown] = at
                return self._alternatives(state)
            if origin in state.given_up:
                continue
            if any(type(each) is Nearly for each in relation.args):
                state.given_up.add(origin)  # a rounded number is not put into other equations
                continue
            return [
                self._choice(origin, at, place, equation)
                for place, equation in enumerate(relation.args)
            ]
        return None

    def _choice(self, origin: int, at: int, place: int, equation: Basic):  # type: ignore[no-untyped-def]
        def start(state: State) -> None:
            state.active[origin] = self.working.choose(at, place)

        return (equation,), start


def _label(label: str, number: int) -> str:
    own = chr(ord("A") + number) if number < 26 else f"A{number}"
    return f"{label}.{number + 1}" if label else own
