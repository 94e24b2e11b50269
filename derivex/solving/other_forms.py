"""Equations that are brought into another form first: powers, logarithms, angles, roots.

Each step takes a solver and the number of an equation, all of whose terms stand on the left-hand
side, and gives the number of the next one; None where it does not fit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sympy.core.basic import Basic

from derivex.derivation import Phase, Step, follow
from derivex.engine import normal_phase
from derivex.expression import (
    TWO,
    ZERO,
    Apply,
    Negative,
    Power,
    Times,
    postorder,
    value_of,
)
from derivex.rulebook import Procedure
from derivex.rulebook.procedures.equations import coefficients_of
from derivex.rulebook.procedures.polynomials import quotient
from derivex.solving.linear import terms_of
from derivex.solving.undoing import undone
from derivex.solving.working import MULTIPLY_OUT

if TYPE_CHECKING:
    from derivex.solving.one_unknown import OneUnknown

__all__ = ["OTHER_FORMS"]


def _is_call(node: Basic, *names: str) -> bool:
    return type(node) is Apply and len(node.args) == 2 and str(node.args[0]) in names


# -- exponentials ------------------------------------------------------------------------------


def exponentials(solver: OneUnknown, at: int) -> int | None:
    """e^(2x) as (e^x)², and 4^x as (2^x)²."""
    left, _ = solver.sides(at)
    atoms = solver.atoms(left)
    if len(atoms) < 2 or any(type(atom) is not Power for atom in atoms):
        return None
    bases = {atom.args[0] for atom in atoms}
    if len(bases) > 1:
        return _one_base(solver, at, left, list(bases))
    return _as_powers(solver, at, left, [atom.args[1] for atom in atoms])


def _one_base(solver: OneUnknown, at: int, left: Basic, bases: list[Basic]) -> int | None:
    """4^x as 2^(2x), where all bases are powers of one."""
    values = [value_of(base) for base in bases]
    if any(value is None or value <= 1 for value in values):
        return None
    smallest = min(bases, key=lambda base: value_of(base) or 0)
    chosen = _procedure(solver, "power-of-base", smallest)
    phase = _applied(left, chosen, [base for base in bases if base is not smallest], place=0)
    if phase is None or {
        node.args[0] for node in solver.atoms(phase.result) if type(node) is Power
    } != {smallest}:
        return None
    return solver.working.rewritten(at, phase, None)


def _as_powers(solver: OneUnknown, at: int, left: Basic, exponents: Sequence[Basic]) -> int | None:
    base = min(exponents, key=lambda each: (type(each) is Negative, len(list(postorder(each)))))
    shares = [quotient(exponent, base) for exponent in exponents]
    values = [None if share is None else value_of(share) for share in shares]
    if any(value is None or value.denominator != 1 for value in values):
        return None
    phase = _applied(left, _procedure(solver, "exponentials-as-powers", base), exponents, place=1)
    return None if phase is None else solver.working.rewritten(at, phase, None)


def _procedure(solver: OneUnknown, name: str, parameter: Basic) -> Procedure:
    procedure = solver.working.book.rules[name].procedure
    assert procedure is not None
    return procedure.with_parameters((parameter,))


def _applied(left: Basic, chosen: Procedure, operands: Sequence[Basic], place: int) -> Phase | None:
    """A procedure on all powers whose operand at that place is one of several."""
    steps = {}
    for node in postorder(left):
        if type(node) is Power and node.args[place] in operands:
            made = chosen.apply(node)
            if made is not None:
                steps[node] = Step(chosen, node, made)
    return Phase(left, steps, follow(left, steps)) if steps else None


# -- logarithms --------------------------------------------------------------------------------


def logarithms(solver: OneUnknown, at: int) -> int | None:
    """log(u) + log(v) = c as log(u v) = c, and that as u v = e^c."""
    working = solver.working
    left, right = solver.sides(at)
    holding = [term for term in terms_of(left) if solver.depends(term)]
    if right is not ZERO or not all(_is_logarithm(term) for term in holding):
        return None
    free = [term for term in terms_of(left) if not solver.depends(term)]
    if free:
        at = _must(working.apply(_away(free[0]), at, solver.unknown))
        at = working.rewrite(at, (), ("arithmetic", "signs"), joined=True)
    if len(holding) > 1:
        at = working.rewrite(at, ("logarithms",), ())
    while not _is_call(solver.sides(at)[0], "log"):
        after = undone(solver, at)
        if after is None:
            return None
        at = after
    return undone(solver, at)


def _away(term: Basic) -> str:
    return "add" if type(term) is Negative else "subtract"


def _must(number: int | None) -> int:
    assert number is not None, "terms without the unknown stand in a sum"
    return number


def _is_logarithm(term: Basic) -> bool:
    if type(term) is Negative:
        term = term.args[0]
    factors = term.args if type(term) is Times else (term,)
    rest = [factor for factor in factors if not _is_call(factor, "log")]
    whole = all((value := value_of(each)) is not None and value.denominator == 1 for each in rest)
    return len(rest) == len(factors) - 1 and whole


# -- angles ------------------------------------------------------------------------------------


def double_angles(solver: OneUnknown, at: int) -> int | None:
    """sin(2x) and cos(2x) by sin(x) and cos(x), where these occur as well."""
    left, _ = solver.sides(at)
    calls = [atom for atom in solver.atoms(left) if _is_call(atom, "sin", "cos")]
    doubled = [
        call for call in calls if any(_is_double(call.args[1], other.args[1]) for other in calls)
    ]
    if not doubled:
        return None
    sines = [call for call in calls if _is_call(call, "sin") and call not in doubled]
    table = "double-angles-by-sine" if sines else "double-angles-by-cosine"
    after = solver.working.rewrite(at, (table,), ())
    return solver.working.rewrite(after, MULTIPLY_OUT, ()) if after != at else None


def _is_double(inside: Basic, other: Basic) -> bool:
    share = quotient(inside, other)
    return share is not None and value_of(share) == 2


def squared_cosines(solver: OneUnknown, at: int) -> int | None:
    """cos(x)² as 1 − sin(x)², where no other cosine is left then."""
    working = solver.working
    left, _ = solver.sides(at)
    squares = [
        node
        for node in postorder(left)
        if type(node) is Power and node.args[1] is TWO and _is_call(node.args[0], "cos")
    ]
    if not squares or not all(_is_call(atom, "sin", "cos") for atom in solver.atoms(left)):
        return None
    changed = normal_phase(left, working.book, "cosines-as-sines")
    if any(_is_call(node, "cos") for node in postorder(changed.result)):
        return None
    at = working.rewritten(at, changed, None)
    return working.rewrite(at, MULTIPLY_OUT, ())


def one_sine(solver: OneUnknown, at: int) -> int | None:
    """a sin(u) + b cos(u) = c as r sin(u + φ) = c."""
    working = solver.working
    left, _ = solver.sides(at)
    atoms = solver.atoms(left)
    if len(atoms) != 2 or not all(_is_call(atom, "sin", "cos") for atom in atoms):
        return None
    free = [term for term in terms_of(left) if not solver.depends(term)]
    since = len(working.moves)
    start = at
    if free:
        at = _must(working.apply(_away(free[0]), at, solver.unknown))
        at = working.rewrite(at, (), ("arithmetic", "signs"), joined=True)
    after = working.rewrite(at, ("one-sine",), ())
    if after == at:
        del working.moves[since:]
        return start
    return after


# -- roots -------------------------------------------------------------------------------------


def squared(solver: OneUnknown, at: int) -> int | None:
    """√u = v squared on both sides, the root alone on the left before."""
    working = solver.working
    left, right = solver.sides(at)
    roots = [node for node in solver.atoms(left) if _is_call(node, "sqrt")]
    if not 0 < len(roots) < 3 or right is not ZERO:
        return None
    found = coefficients_of(left, roots[0])
    if found is None or len(found) != 2:
        return None
    words = ("solve for ", roots[0])
    at = working.proceed("part-alone", at, roots[0], words=words)
    after = working.apply("square-both-sides-implied", at, solver.unknown)
    return None if after is None else working.rewrite(after, MULTIPLY_OUT, MULTIPLY_OUT)


OTHER_FORMS: tuple[Callable[[OneUnknown, int], int | None], ...] = (
    exponentials,
    logarithms,
    squared_cosines,
    double_angles,
    one_sine,
    squared,
)
"""In the order in which they are tried."""
