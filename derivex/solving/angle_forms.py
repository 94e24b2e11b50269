"""Equations with angles that are brought into another form: one sine, single angles, a product."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy.core.basic import Basic

from derivex.engine import normal_phase
from derivex.expression import ZERO, Plus, postorder, value_of
from derivex.rulebook.procedures.polynomials import quotient
from derivex.solving.equation_questions import is_call
from derivex.solving.to_zero import constants_away
from derivex.solving.working import MULTIPLY_OUT, VALUES

if TYPE_CHECKING:
    from derivex.solving.one_unknown import OneUnknown

__all__ = ["double_angles", "one_sine", "squares_by_one", "sum_as_product", "tangents"]


def double_angles(solver: OneUnknown, at: int) -> int | None:
    """sin(2x) and cos(2x) by sin(x) and cos(x), where these occur as well."""
    left, _ = solver.sides(at)
    calls = [atom for atom in solver.atoms(left) if is_call(atom, "sin", "cos")]
    doubled = [
        call for call in calls if any(_is_double(call.args[1], other.args[1]) for other in calls)
    ]
    if not doubled:
        return None
    sines = [call for call in calls if is_call(call, "sin") and call not in doubled]
    table = "double-angles-by-sine" if sines else "double-angles-by-cosine"
    after = solver.working.rewrite(at, (table,), ())
    return solver.working.rewrite(after, MULTIPLY_OUT, ()) if after != at else None


def _is_double(inside: Basic, other: Basic) -> bool:
    share = quotient(inside, other)
    return share is not None and value_of(share) == 2


def tangents(solver: OneUnknown, at: int) -> int | None:
    """tan(x) as sin(x)/cos(x), beside a sine or a cosine."""
    left, _ = solver.sides(at)
    calls = [atom for atom in solver.atoms(left) if is_call(atom, "sin", "cos", "tan")]
    if len({call.args[0] for call in calls}) < 2:
        return None
    return solver.working.rewrite(at, ("tangents-as-fractions",), ())


def sum_as_product(solver: OneUnknown, at: int) -> int | None:
    """cos(x) + cos(3x) as 2 cos(2x) cos(x)."""
    working = solver.working
    left, right = solver.sides(at)
    if right is not ZERO or type(left) is not Plus or len(left.args) != 2:
        return None
    after = working.rewrite(at, ("sums-as-products",), ())
    return after if after == at else working.rewrite(after, VALUES, (), joined=True)


def squares_by_one(solver: OneUnknown, at: int) -> int | None:
    """cos(x)² as 1 − sin(x)², where no other cosine is left then; or sin(x)² as 1 − cos(x)²."""
    working = solver.working
    left, _ = solver.sides(at)
    if not all(is_call(atom, "sin", "cos") for atom in solver.atoms(left)):
        return None
    for gone, table in (("cos", "cosines-as-sines"), ("sin", "sines-as-cosines")):
        changed = normal_phase(left, working.book, table)
        if changed.result is left or any(is_call(node, gone) for node in postorder(changed.result)):
            continue
        return working.rewrite(working.rewritten(at, changed, None), MULTIPLY_OUT, ())
    return None


def one_sine(solver: OneUnknown, at: int) -> int | None:
    """a sin(u) + b cos(u) = c as r sin(u + φ) = c."""
    working = solver.working
    left, _ = solver.sides(at)
    atoms = solver.atoms(left)
    if len(atoms) != 2 or not all(is_call(atom, "sin", "cos") for atom in atoms):
        return None
    since = len(working.moves)
    start = at
    at = constants_away(solver, at)
    after = working.rewrite(at, ("one-sine",), ())
    if after == at:
        del working.moves[since:]
        return start
    return after
