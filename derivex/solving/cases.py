"""Systems of equations that are not linear: moves that lead to cases, and a point for each.

A case holds some equations.  While it can go on it takes the simplest step: an equation in one
unknown is solved, an unknown that is known is put into the others, a product that is zero is
split up, an unknown of which only a multiple occurs is isolated, equations are added.  Where an
equation has become several of which one holds, each begins a case of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.engine import normal_phase
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
    value_of,
)
from derivex.rulebook import RuleBook
from derivex.rulebook.procedures.polynomials import is_identically_zero
from derivex.solving.case import COVERED, Case, ContradictionError, Found, State
from derivex.solving.equation_questions import (
    agrees,
    alternatives_of,
    degree_in,
    filled_in,
    is_product,
    length_of,
    sum_of,
)
from derivex.solving.intervals import Intervals
from derivex.solving.isolate import DoesNotFitError, Isolated, isolate
from derivex.solving.linear import Sides
from derivex.solving.one_unknown import VALUES, OneUnknown, is_solved
from derivex.solving.record import Words, is_sum_of_squares, never_holds
from derivex.solving.signs import Sign, known_sign
from derivex.solving.working import Working, depends_on_any

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
            return self._end(label, heading, since, state)
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
            cases = self._alternatives(state)
            if cases is not None:
                return cases
            if self._one_unknown(state) or self._split_product(state) or self._terms(state):
                continue
            if self._linear(state) or self._add(state):
                continue
            return self._by_coefficient(state) if self._splits else None

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

    # -- steps -----------------------------------------------------------------------------

    def _equations(self, state: State) -> dict[int, Basic]:
        return {
            origin: self.working.moves[at].equation
            for origin, at in state.active.items()
            if origin not in state.given_up and type(self.working.moves[at].equation) is Equation
        }

    def _one_unknown(self, state: State) -> bool:
        candidates = []
        for origin, equation in self._equations(state).items():
            names = [name for name in state.left if depends_on_any(equation, (name,))]
            if len(names) == 1:
                candidates.append((length_of(equation), origin, names[0]))
        if not candidates:
            return False
        _, origin, unknown = min(candidates, key=lambda each: each[:2])
        at = state.active[origin]
        solver = OneUnknown(self.working, unknown, self.intervals)
        after, done = solver.solve(at)
        state.active[origin] = after
        if not done:
            state.given_up.add(origin)
            relation = self.working.moves[after].equation
            if type(relation) is Or:
                state.given_up.discard(origin)
        return True

    def _split_product(self, state: State) -> bool:
        for origin, equation in self._equations(state).items():
            names = [name for name in state.left if depends_on_any(equation, (name,))]
            form = OneUnknown(self.working, names[0], self.intervals, names[1:])
            at = state.active[origin]
            after = form.into_product(at)
            if after != at:
                state.active[origin] = after
                return True
        return False

    def _terms(self, state: State) -> bool:
        """x² + y² = 0 only where x² = 0 and y² = 0."""
        working = self.working
        for origin, equation in self._equations(state).items():
            left, right = equation.args
            if right is not ZERO or not is_sum_of_squares(left):
                continue
            at = state.active.pop(origin)
            for which in range(len(left.args)):
                key = origin if not which else max((*state.active, len(self.equations))) + 1
                state.active[key] = working.term(at, which)
            return True
        return False

    def _coefficient(self, equation: Basic, unknown: Symbol) -> Basic | None:
        sides = self._sides.get(equation)
        if sides is None:
            sides = self._sides[equation] = Sides(equation, self.book)
        found = sides.coefficient(unknown)
        return None if found is ZERO else found

    def _linear(self, state: State) -> bool:
        """Isolate an unknown that occurs with a number, or what is never zero, before it."""
        best = None
        equations = self._equations(state)
        for origin, equation in equations.items():
            for position, unknown in enumerate(state.left):
                if not depends_on_any(equation, (unknown,)):
                    continue
                coefficient = self._coefficient(equation, unknown)
                if coefficient is None or not self._is_nonzero(coefficient, state):
                    continue
                degree = max(
                    (
                        degree_in(other, unknown)
                        for key, other in equations.items()
                        if key != origin
                    ),
                    default=0,
                )
                rank = (
                    degree,
                    value_of(coefficient) is None,
                    length_of(equation),
                    position,
                    origin,
                )
                if best is None or rank < best[0]:
                    best = rank, origin, unknown
        if best is None:
            return False
        _, origin, unknown = best
        working = self.working
        since = len(working.moves)
        working.purpose = ("solve ", f"({origin})", " for ", unknown)
        try:
            at, how = isolate(working, state.active[origin], unknown)
        except DoesNotFitError:
            at, how = state.active[origin], Isolated.NOT_LINEAR
        working.purpose = ()
        if how is not Isolated.ALONE:
            del working.moves[since:]
            state.given_up.add(origin)
            return True
        working.mark_easy(since, True)
        state.active[origin] = at
        return True

    def _is_nonzero(self, coefficient: Basic, state: State) -> bool:
        if coefficient in state.nonzero:
            return True
        return known_sign(coefficient, False).sign in (Sign.POSITIVE, Sign.NEGATIVE)

    def _add(self, state: State) -> bool:
        """Add or subtract two equations where that gives a product."""
        working = self.working
        equations = list(self._equations(state).items())
        for place, (origin, first) in enumerate(equations):
            for other, second in equations[place + 1 :]:
                for factor in (-1, 1):
                    key = (state.active[origin], state.active[other], factor)
                    if key in state.tried:
                        continue
                    state.tried.add(key)
                    if not is_product(sum_of(first, second, factor)):
                        continue
                    words = (f"{'add' if factor > 0 else 'subtract'} ({other})",)
                    state.active[origin] = working.combine(*key[:2], factor, words)
                    return True
        return False

    def _by_coefficient(self, state: State):  # type: ignore[no-untyped-def]
        """q y + r = 0 in the cases q = 0 and q ≠ 0."""
        best = None
        for origin, equation in self._equations(state).items():
            for unknown in state.left:
                if not depends_on_any(equation, (unknown,)):
                    continue
                coefficient = self._coefficient(equation, unknown)
                if coefficient is None or coefficient in state.nonzero:
                    continue
                rank = (length_of(coefficient), length_of(equation), origin)
                if best is None or rank < best[0]:
                    best = rank, origin, unknown, coefficient
        if best is None:
            return None
        _, origin, unknown, coefficient = best
        if (
            len(state.active) == 1
            and len(state.left) > 1
            and depends_on_any(coefficient, state.left)
        ):
            return None  # a curve, which one would rather see as it stands

        def zero(inner: State) -> None:
            key = max((*inner.active, len(self.equations))) + 1
            assumed = self.working.assume(Equation(coefficient, ZERO), origin, ())
            inner.active[key] = assumed

        def nonzero(inner: State) -> None:
            inner.nonzero = inner.nonzero | {coefficient}

        from derivex.expression import Unequal

        return [
            ((Unequal(coefficient, ZERO),), nonzero),
            ((Equation(coefficient, ZERO),), zero),
        ]

    # -- the end of a case -----------------------------------------------------------------

    def _end(self, label: str, heading: Words, since: int, state: State) -> Case:
        """Substitute back, and write down the points."""
        working = self.working
        relations = tuple(working.moves[at].equation for at in state.active.values())
        if relations and not self._is_curve(relations, state):
            other = self._other_case(relations, state)
            if other is not None:
                remark: Words = (f"{COVERED} Case {other}, below",)
                return Case(label, heading, tuple(working.moves[since:]), remark=remark)
            self.complete = False
            moves = tuple(working.moves[since:])
            return Case(label, heading, moves, remark=self._why_not(relations, state))
        values: dict[Symbol, Basic] = {}
        known: list[tuple[Symbol, int]] = []
        for unknown, at in reversed(state.solved):
            right = working.moves[at].equation.args[1]
            used = [pair for pair in known if depends_on_any(right, (pair[0],))]
            if used:
                words: list[str | Basic] = ["substitute "]
                for place, (name, _) in enumerate(used):
                    words += [", " if 0 < place < len(used) - 1 else " and "] if place else []
                    words.append(name)
                words.append(" back")
                at = working.fill(at, used, tuple(words))
                at = working.rewrite(at, (), VALUES)
            known.append((unknown, at))
            values[unknown] = working.moves[at].equation.args[1]
        moves = tuple(working.moves[since:])
        numbers = []
        settled = [
            [
                (unknown, each.args[1], type(each) is Equation)
                for each in alternatives_of(working.moves[at].equation)
            ]
            for unknown, at in state.settled.items()
        ]
        free = tuple(
            name
            for name in state.left
            if not any(depends_on_any(each, (name,)) for each in relations)
        )
        for choice in product(*settled):
            whole = values | {unknown: value for unknown, value, _ in choice}
            exact = all(sure for _, _, sure in choice)
            ordered = {name: whole[name] for name in self.unknowns if name in whole}
            numbers.append(len(self.found))
            self.found.append(Found(ordered, free, relations, exact))
        return Case(label, heading, moves, points=tuple(numbers))

    def _other_case(self, relations: tuple[Basic, ...], state: State) -> str | None:
        """Another case in whose assumption all that is left here is contained.

        What is known here makes its assumption one of the equations that hold here, so that every
        solution of this case is one of that case.
        """
        known = {name: self.working.moves[at].equation.args[1] for name, at in state.solved}
        for label, assumption in state.others:
            sides = [
                normal_phase(filled_in(side, known), self.book, *VALUES).result
                for side in assumption.args
            ]
            if Equation(*sides) in relations:
                return label
        return None

    def _is_curve(self, relations: tuple[Basic, ...], state: State) -> bool:
        """Whether fewer equations are left than unknowns in them."""
        if any(type(each) is not Equation for each in relations):
            return False
        names = [name for name in state.left if any(depends_on_any(e, (name,)) for e in relations)]
        return len(relations) < len(names)

    def _why_not(self, relations: tuple[Basic, ...], state: State) -> Words:
        words: list[str | Basic] = ["not solved by these moves: "]
        for place, relation in enumerate(relations):
            words += [", "] if place else []
            words.append(relation)
        return tuple(words)


def _label(label: str, number: int) -> str:
    own = chr(ord("A") + number) if number < 26 else f"A{number}"
    return f"{label}.{number + 1}" if label else own
