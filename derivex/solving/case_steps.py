"""The steps that the equations of a case can take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    ZERO,
    Apply,
    Equation,
    Or,
    Plus,
    free_symbols,
    postorder,
    value_of,
)
from derivex.solving.case import State
from derivex.solving.definite_forms import is_definite_form
from derivex.solving.equation_questions import degree_in, is_product, length_of, sum_of
from derivex.solving.isolate import DoesNotFitError, Isolated, isolate
from derivex.solving.linear import Sides
from derivex.solving.one_unknown import OneUnknown
from derivex.solving.other_forms import logarithms
from derivex.solving.record import is_sum_of_squares
from derivex.solving.signs import Sign, known_sign
from derivex.solving.undoing import ANGLES, undone
from derivex.solving.working import depends_on_any

if TYPE_CHECKING:
    from derivex.solving.cases import Branching

__all__ = [
    "add",
    "angle",
    "coefficient_of",
    "equations_of",
    "linear",
    "logarithm",
    "one_unknown",
    "split_product",
    "terms",
]


def equations_of(run: Branching, state: State) -> dict[int, Basic]:
    """The equations of a case that are still worked on."""
    return {
        origin: run.working.moves[at].equation
        for origin, at in state.active.items()
        if origin not in state.given_up and type(run.working.moves[at].equation) is Equation
    }


def one_unknown(run: Branching, state: State) -> bool:
    candidates = []
    for origin, equation in equations_of(run, state).items():
        names = [name for name in state.left if depends_on_any(equation, (name,))]
        if len(names) == 1:
            candidates.append((length_of(equation), origin, names[0]))
    if not candidates:
        return False
    _, origin, unknown = min(candidates, key=lambda each: each[:2])
    at = state.active[origin]
    solver = OneUnknown(run.working, unknown, run.intervals)
    after, done = solver.solve(at)
    state.active[origin] = after
    if not done:
        state.given_up.add(origin)
        relation = run.working.moves[after].equation
        if type(relation) is Or:
            state.given_up.discard(origin)
    return True


def split_product(run: Branching, state: State) -> bool:
    for origin, equation in equations_of(run, state).items():
        names = [name for name in state.left if depends_on_any(equation, (name,))]
        if not names:
            continue
        form = OneUnknown(run.working, names[0], run.intervals, names[1:])
        at = state.active[origin]
        after = form.into_product(at)
        if after != at:
            state.active[origin] = after
            return True
    return False


def logarithm(run: Branching, state: State) -> bool:
    """log(x) − log(y) = 0 as x/y = 1: logarithms of several unknowns, and nothing else of them."""
    for origin, equation in equations_of(run, state).items():
        names = [name for name in state.left if depends_on_any(equation, (name,))]
        left, right = equation.args
        if not names or right is not ZERO or not any(map(_is_log, postorder(left))):
            continue
        form = OneUnknown(run.working, names[0], run.intervals, names[1:])
        after = logarithms(form, state.active[origin])
        if after is not None and after != state.active[origin]:
            state.active[origin] = after
            return True
    return False


def _is_log(node: Basic) -> bool:
    return type(node) is Apply and str(node.args[0]) == "log"


def angle(run: Branching, state: State) -> bool:
    """sin(x + y) = 0 as x + y = 0 or x + y = π …: an angle with several unknowns in it."""
    working = run.working
    for origin, equation in equations_of(run, state).items():
        left, right = equation.args
        if type(left) is Apply and str(left.args[0]) in ANGLES and not free_symbols(right):
            at = state.active[origin]
            names = [name for name in state.left if depends_on_any(left, (name,))]
            after = undone(OneUnknown(working, names[0], run.intervals, names[1:]), at)
            if after is not None and after != at:
                state.active[origin] = after
                return True
    return False


def terms(run: Branching, state: State) -> bool:
    """x² + y² = 0 and x² + xy + y² = 0 only where x² = 0 and y² = 0."""
    working = run.working
    for origin, equation in equations_of(run, state).items():
        left, right = equation.args
        if right is not ZERO or type(left) is not Plus:
            continue
        if not (is_sum_of_squares(left) or is_definite_form(left)):
            continue
        at = state.active.pop(origin)
        for which in range(len(left.args)):
            key = origin if not which else max((*state.active, len(run.equations))) + 1
            state.active[key] = working.term(at, which)
        return True
    return False


def coefficient_of(run: Branching, equation: Basic, unknown: Symbol) -> Basic | None:
    """What an unknown is multiplied by in an equation that is linear in it; None if it is 0."""
    sides = run._sides.get(equation)
    if sides is None:
        sides = run._sides[equation] = Sides(equation, run.book)
    found = sides.coefficient(unknown)
    return None if found is ZERO else found


def linear(run: Branching, state: State) -> bool:
    """Isolate an unknown that occurs with a number, or what is never zero, before it."""
    best = None
    equations = equations_of(run, state)
    for origin, equation in equations.items():
        for position, unknown in enumerate(state.left):
            if not depends_on_any(equation, (unknown,)):
                continue
            coefficient = coefficient_of(run, equation, unknown)
            if coefficient is None or not _is_nonzero(run, coefficient, state):
                continue
            degree = max(
                (degree_in(other, unknown) for key, other in equations.items() if key != origin),
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
    working = run.working
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


def _is_nonzero(run: Branching, coefficient: Basic, state: State) -> bool:
    if coefficient in state.nonzero:
        return True
    return known_sign(coefficient, False).sign in (Sign.POSITIVE, Sign.NEGATIVE)


def add(run: Branching, state: State) -> bool:
    """Add or subtract two equations where that gives a product."""
    working = run.working
    equations = list(equations_of(run, state).items())
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
