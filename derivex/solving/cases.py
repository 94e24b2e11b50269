"""Systems of equations that are not linear: moves that lead to cases, and a point for each.

A case holds some equations.  While it can go on it takes the simplest step: an equation in one
unknown is solved, an unknown that is known is put into the others, a product that is zero is
split up, an unknown of which only a multiple occurs is isolated, equations are added.  Where an
equation has become several of which one holds, each begins a case of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.engine import normal_phase
from derivex.errors import ProblemError
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
    substitute,
    value_of,
)
from derivex.rulebook import RuleBook
from derivex.rulebook.procedures.letters import Letters, TooLargeError
from derivex.rulebook.procedures.polynomial_factors import factors_of_polynomial
from derivex.rulebook.procedures.polynomials import is_identically_zero
from derivex.solving.intervals import Intervals
from derivex.solving.isolate import DoesNotFitError, Isolated, isolate
from derivex.solving.linear import Sides
from derivex.solving.one_unknown import VALUES, OneUnknown, is_solved
from derivex.solving.record import Move, Words, is_sum_of_squares, never_holds
from derivex.solving.signs import Sign, known_sign
from derivex.solving.working import Working, depends_on_any

__all__ = ["COVERED", "Branching", "Case", "Found"]

COVERED = "every solution of this case is one of"
"""What is said of a case that belongs to another one."""

MOST_CASES = 64
"""Cases after which a solution would be no use to a reader."""


@dataclass(frozen=True, eq=False)
class Case:
    """What is assumed in a case, and what it leads to.

    Args:
        label: its name, such as "A" or "B.2"; empty for the whole.
        heading: what is assumed in it; empty for the whole.
        moves: the moves in it, up to where it falls into cases of its own.
        cases: those.
        points: the numbers of the solutions that it ends with, from 0.
        remark: how it ended where there is no solution, or none was found.
    """

    label: str
    heading: Words
    moves: tuple[Move, ...]
    cases: tuple[Case, ...] = ()
    points: tuple[int, ...] = ()
    remark: Words = ()

    def every(self) -> Iterator[Case]:
        """The case, and all cases in it, in the order in which they are worked."""
        stack: list[Case] = [self]
        while stack:
            case = stack.pop()
            yield case
            stack.extend(reversed(case.cases))


@dataclass(frozen=True, eq=False)
class Found:
    """A solution that a case ends with.

    Args:
        values: what the unknowns are.
        free: the unknowns that may take any value.
        relations: equations between unknowns that are left, on a whole curve of solutions.
        exact: whether the values are exact, not rounded.
    """

    values: dict[Symbol, Basic]
    free: tuple[Symbol, ...] = ()
    relations: tuple[Basic, ...] = ()
    exact: bool = True


@dataclass
class _State:
    """What holds in a case: the latest form of each equation, and what is known."""

    active: dict[int, int]
    left: list[Symbol]
    solved: list[tuple[Symbol, int]] = field(default_factory=list)
    settled: dict[Symbol, int] = field(default_factory=dict)
    given_up: set[int] = field(default_factory=set)
    tried: set[tuple[int, int, int]] = field(default_factory=set)
    nonzero: frozenset[Basic] = frozenset()
    others: tuple[tuple[str, Basic], ...] = ()
    """What is assumed in other cases, with their labels."""

    def copy(self) -> _State:
        return _State(
            dict(self.active),
            list(self.left),
            list(self.solved),
            dict(self.settled),
            set(self.given_up),
            set(self.tried),
            self.nonzero,
            self.others,
        )


class _ContradictionError(Exception):
    """The equations of a case cannot hold together."""

    def __init__(self, words: Words):
        super().__init__()
        self.words = words


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
        return self._case("", (), 0, _State(active, list(self.unknowns)))

    # -- a case ----------------------------------------------------------------------------

    def _case(self, label: str, heading: Words, since: int, state: _State) -> Case:
        working = self.working
        self._count += 1
        if self._count > MOST_CASES:
            self.complete = False
            return Case(label, heading, (), remark=("there are too many cases",))
        try:
            split = self._work(state)
        except _ContradictionError as error:
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

    def _work(self, state: _State):  # type: ignore[no-untyped-def]
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

    def _settle(self, state: _State) -> None:
        """Drop what holds anyway, and see what cannot hold."""
        working = self.working
        seen: dict[Basic, int] = {}
        for origin, at in list(state.active.items()):
            relation = working.moves[at].equation
            if relation is Or():
                raise _ContradictionError(("no real solution",))
            if any(type(node) is Over and node.args[1] is ZERO for node in postorder(relation)):
                raise _ContradictionError((f"({origin}) has no value: it divides by 0",))
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
                raise _ContradictionError(words)
            elif free_symbols(relation):
                del state.active[origin]
                self.conditions[relation] = None
            elif _agrees(relation, self.book):
                del state.active[origin]

    def _use_solved(self, state: _State) -> bool:
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

    def _alternatives(self, state: _State):  # type: ignore[no-untyped-def]
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
        def start(state: _State) -> None:
            state.active[origin] = self.working.choose(at, place)

        return (equation,), start

    # -- steps -----------------------------------------------------------------------------

    def _equations(self, state: _State) -> dict[int, Basic]:
        return {
            origin: self.working.moves[at].equation
            for origin, at in state.active.items()
            if origin not in state.given_up and type(self.working.moves[at].equation) is Equation
        }

    def _one_unknown(self, state: _State) -> bool:
        candidates = []
        for origin, equation in self._equations(state).items():
            names = [name for name in state.left if depends_on_any(equation, (name,))]
            if len(names) == 1:
                candidates.append((_length(equation), origin, names[0]))
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

    def _split_product(self, state: _State) -> bool:
        for origin, equation in self._equations(state).items():
            names = [name for name in state.left if depends_on_any(equation, (name,))]
            form = OneUnknown(self.working, names[0], self.intervals, names[1:])
            at = state.active[origin]
            after = form.into_product(at)
            if after != at:
                state.active[origin] = after
                return True
        return False

    def _terms(self, state: _State) -> bool:
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

    def _linear(self, state: _State) -> bool:
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
                    (_degree(other, unknown) for key, other in equations.items() if key != origin),
                    default=0,
                )
                rank = (degree, value_of(coefficient) is None, _length(equation), position, origin)
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

    def _is_nonzero(self, coefficient: Basic, state: _State) -> bool:
        if coefficient in state.nonzero:
            return True
        return known_sign(coefficient, False).sign in (Sign.POSITIVE, Sign.NEGATIVE)

    def _add(self, state: _State) -> bool:
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
                    if not _is_product(_sum(first, second, factor)):
                        continue
                    words = (f"{'add' if factor > 0 else 'subtract'} ({other})",)
                    state.active[origin] = working.combine(*key[:2], factor, words)
                    return True
        return False

    def _by_coefficient(self, state: _State):  # type: ignore[no-untyped-def]
        """q y + r = 0 in the cases q = 0 and q ≠ 0."""
        best = None
        for origin, equation in self._equations(state).items():
            for unknown in state.left:
                if not depends_on_any(equation, (unknown,)):
                    continue
                coefficient = self._coefficient(equation, unknown)
                if coefficient is None or coefficient in state.nonzero:
                    continue
                rank = (_length(coefficient), _length(equation), origin)
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

        def zero(inner: _State) -> None:
            key = max((*inner.active, len(self.equations))) + 1
            assumed = self.working.assume(Equation(coefficient, ZERO), origin, ())
            inner.active[key] = assumed

        def nonzero(inner: _State) -> None:
            inner.nonzero = inner.nonzero | {coefficient}

        from derivex.expression import Unequal

        return [
            ((Unequal(coefficient, ZERO),), nonzero),
            ((Equation(coefficient, ZERO),), zero),
        ]

    # -- the end of a case -----------------------------------------------------------------

    def _end(self, label: str, heading: Words, since: int, state: _State) -> Case:
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
                for each in _each(working.moves[at].equation)
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

    def _other_case(self, relations: tuple[Basic, ...], state: _State) -> str | None:
        """Another case in whose assumption all that is left here is contained.

        What is known here makes its assumption one of the equations that hold here, so that every
        solution of this case is one of that case.
        """
        known = {name: self.working.moves[at].equation.args[1] for name, at in state.solved}
        for label, assumption in state.others:
            sides = [
                normal_phase(_filled(side, known), self.book, *VALUES).result
                for side in assumption.args
            ]
            if Equation(*sides) in relations:
                return label
        return None

    def _is_curve(self, relations: tuple[Basic, ...], state: _State) -> bool:
        """Whether fewer equations are left than unknowns in them."""
        if any(type(each) is not Equation for each in relations):
            return False
        names = [name for name in state.left if any(depends_on_any(e, (name,)) for e in relations)]
        return len(relations) < len(names)

    def _why_not(self, relations: tuple[Basic, ...], state: _State) -> Words:
        words: list[str | Basic] = ["not solved by these moves: "]
        for place, relation in enumerate(relations):
            words += [", "] if place else []
            words.append(relation)
        return tuple(words)


def _filled(side: Basic, known: dict[Symbol, Basic]) -> Basic:
    """An expression with all known unknowns put in, also those that are in others of them."""
    for _ in known:
        made = substitute(side, dict(known))
        if made is side:
            break
        side = made
    return side


def _each(relation: Basic) -> tuple[Basic, ...]:
    return relation.args if type(relation) is Or else (relation,)


def _label(label: str, number: int) -> str:
    own = chr(ord("A") + number) if number < 26 else f"A{number}"
    return f"{label}.{number + 1}" if label else own


def _length(node: Basic) -> int:
    from derivex.solving.shorten import size_of

    return size_of(node)


def _degree(equation: Basic, unknown: Symbol) -> int:
    """The degree in an unknown, a large one where it stands inside of functions."""
    if not depends_on_any(equation, (unknown,)):
        return 0
    left, right = equation.args
    letters = Letters(Plus(left, Negative(right)))
    position = letters.letters.get(unknown)
    if position is None:
        return 99
    try:
        top, _ = letters.fraction(Plus(left, Negative(right)))
    except TooLargeError:
        return 99
    inside = any(
        unknown in free_symbols(letter) for letter in letters.letters if letter is not unknown
    )
    return 99 if inside else int(top.degrees()[position])


def _sum(first: Basic, second: Basic, factor: int) -> Basic:
    sides = [
        Plus(first.args[0], Negative(first.args[1])),
        Plus(second.args[0], Negative(second.args[1])),
    ]
    return Plus(sides[0], sides[1] if factor > 0 else Negative(sides[1]))


def _is_product(node: Basic) -> bool:
    """Whether a polynomial has more than one factor, or is zero."""
    letters = Letters(node)
    try:
        top, bottom = letters.fraction(node)
    except TooLargeError:
        return False
    if top.is_zero() or not bottom.is_constant():
        return bool(top.is_zero())
    _, factors = factors_of_polynomial(letters, top)
    return len(factors) > 1


def _agrees(relation: Basic, book: RuleBook) -> bool:
    """Whether two numbers are equal as far as their digits tell."""
    from derivex.equality import judge

    try:
        return judge(relation.args[0], relation.args[1], book.functions).holds
    except ProblemError:
        return False
