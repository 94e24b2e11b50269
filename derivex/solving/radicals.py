"""Equations with roots of the unknown: a root alone is undone, or all are powers of one root."""

from __future__ import annotations

from math import lcm
from typing import TYPE_CHECKING

from sympy.core.basic import Basic

from derivex.expression import (
    ONE,
    ZERO,
    Apply,
    Over,
    Power,
    integer,
)
from derivex.rulebook.procedures.equations import coefficients_of
from derivex.rulebook.procedures.roots import radical_of
from derivex.solving.to_zero import with_letter
from derivex.solving.working import MULTIPLY_OUT, VALUES

if TYPE_CHECKING:
    from derivex.solving.one_unknown import OneUnknown

__all__ = ["in_one_root", "root_alone"]

_UNDONE = ("square-both-sides-implied", "cube-both-sides", "raise-to-power-implied")


def in_one_root(solver: OneUnknown, at: int) -> int | None:
    """x − 3x^(1/2) + 2 = 0 is quadratic in t = x^(1/2), x − ∛x = 0 is cubic in t = ∛x."""
    left, right = solver.sides(at)
    atoms = solver.atoms(left)
    if right is not ZERO or len(atoms) < 2:
        return None
    found = [radical_of(atom) for atom in atoms]
    bases = {base for base, _ in found}
    kinds = {atom.args[0] for atom in atoms if type(atom) is Apply}
    order = lcm(*(exponent.denominator for _, exponent in found))
    if len(bases) != 1 or len(kinds) > 1 or order == 1:
        return None
    (base,) = bases
    if kinds:
        root: Basic = Apply(*kinds, base)
    else:
        root = Power(base, Over(ONE, integer(order)))
    return with_letter(solver, at, root)


def root_alone(solver: OneUnknown, at: int) -> int | None:
    """√u = v squared on both sides, the root alone on the left before; other roots likewise."""
    working = solver.working
    left, right = solver.sides(at)
    roots = [node for node in solver.atoms(left) if radical_of(node)[1].numerator == 1]
    roots = [node for node in roots if radical_of(node)[1].denominator > 1]
    if not 0 < len(roots) < 3 or right is not ZERO:
        return None
    found = coefficients_of(left, roots[0])
    if found is None or len(found) != 2:
        return None
    words = ("solve for ", roots[0])
    at = working.proceed("part-alone", at, roots[0], words=words)
    for name in _UNDONE:
        after = working.apply(name, at, solver.unknown)
        if after is not None:
            return working.rewrite(after, MULTIPLY_OUT, VALUES)
    return None
