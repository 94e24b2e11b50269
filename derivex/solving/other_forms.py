"""Equations that are brought into another form first: powers, logarithms, angles, roots.

Each step takes a solver and the number of an equation, all of whose terms stand on the left-hand
side, and gives the number of the next one; None where it does not fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from sympy.core.basic import Basic

from derivex.derivation import Phase, Step, follow
from derivex.expression import (
    ONE,
    ZERO,
    Greater,
    Negative,
    Over,
    Plus,
    Power,
    Times,
    integer,
    postorder,
    value_of,
)
from derivex.rulebook import Procedure
from derivex.rulebook.procedures.exponentials import without_number
from derivex.rulebook.procedures.polynomials import quotient
from derivex.solving.angle_forms import (
    double_angles,
    one_sine,
    squares_by_one,
    sum_as_product,
    tangents,
)
from derivex.solving.equation_questions import is_call
from derivex.solving.linear import terms_of
from derivex.solving.radicals import in_one_root, root_alone
from derivex.solving.to_zero import constants_away, numerator_alone
from derivex.solving.undoing import undone
from derivex.solving.working import VALUES

if TYPE_CHECKING:
    from derivex.solving.one_unknown import OneUnknown

__all__ = ["OTHER_FORMS", "logarithms"]


_LARGEST_ROOT = 1000  # a base above that is no power that a reader would see
_MOST_RELATED = 12  # the exponent up to which it is looked for a common base


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
    if any(value is None or value <= 1 or value.denominator != 1 for value in values):
        return None
    smallest = integer(_common_root([int(value) for value in values if value is not None]))
    if smallest is ONE:
        return None
    chosen = _procedure(solver, "power-of-base", smallest)
    phase = _applied(left, chosen, [base for base in bases if base is not smallest], place=0)
    if phase is None or {
        node.args[0] for node in solver.atoms(phase.result) if type(node) is Power
    } != {smallest}:
        return None
    return solver.working.rewritten(at, phase, None)


def _common_root(values: Sequence[int]) -> int:
    """The largest whole number of which all of them are powers, such as 2 for 4 and 8; else 1."""

    def is_power(value: int, root: int) -> bool:
        while value % root == 0:
            value //= root
        return value == 1

    least = min(values)
    roots = (root for root in range(min(least, _LARGEST_ROOT), 1, -1))
    return next((root for root in roots if all(is_power(each, root) for each in values)), 1)


def _as_powers(solver: OneUnknown, at: int, left: Basic, exponents: Sequence[Basic]) -> int | None:
    bare = [without_number(each)[0] for each in exponents]
    base = min(bare, key=lambda each: (type(each) is Negative, len(list(postorder(each)))))
    shares = [quotient(exponent, base) for exponent in bare]
    values = [None if share is None else value_of(share) for share in shares]
    if any(value is None or value.denominator != 1 for value in values):
        return None
    phase = _applied(left, _procedure(solver, "exponentials-as-powers", base), exponents, place=1)
    if phase is None:
        return None
    return solver.working.rewrite(solver.working.rewritten(at, phase, None), VALUES, ())


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
    if right is ZERO and holding and all(_is_scaled_logarithm(solver, term) for term in holding):
        return numerator_alone(solver, at)
    if right is not ZERO or not all(_is_logarithm(term) for term in holding):
        return None
    at = constants_away(solver, at)
    if len(holding) > 1:
        at = working.rewrite(at, ("logarithms",), ())
    while not is_call(solver.sides(at)[0], "log"):
        after = undone(solver, at)
        if after is None:
            return None
        at = after
    return undone(solver, at)


def _is_scaled_logarithm(solver: OneUnknown, term: Basic) -> bool:
    """log(u)/log(2), a logarithm to another base."""
    if type(term) is Negative:
        term = term.args[0]
    return type(term) is Over and _is_logarithm(term.args[0]) and not solver.depends(term.args[1])


def _is_logarithm(term: Basic) -> bool:
    if type(term) is Negative:
        term = term.args[0]
    factors = term.args if type(term) is Times else (term,)
    rest = [factor for factor in factors if not is_call(factor, "log")]
    whole = all((value := value_of(each)) is not None and value.denominator == 1 for each in rest)
    return len(rest) == len(factors) - 1 and whole


def logarithm_of_powers(solver: OneUnknown, at: int) -> int | None:
    """2^x = 5 · 3^x as x log(2) = log(5) + x log(3), and x^x = c as x log(x) = log(c)."""
    working = solver.working
    equation = working.equation(at)
    powers = [node for node in postorder(equation) if _is_power(solver, node)]
    bases = list(dict.fromkeys(power.args[0] for power in powers))
    holding = [base for base in bases if solver.depends(base)]
    same = len(bases) == 1 and len(powers) == 2 and not holding
    if not same and (len(bases) != 1 + (not holding) or _related(bases)):
        return None
    if holding and any(solver.depends(side) for side in equation.args[1:]):
        return None
    since, start = len(working.moves), at
    left, right = equation.args
    if right is ZERO:
        if type(left) is not Plus or len(left.args) != 2:
            return None
        at = working.proceed("part-alone", at, powers[0], words=("solve for ", powers[0]))
    if same:
        compared = working.apply("compare-exponents", at, solver.unknown)
        if compared is not None:
            return compared
    after = working.proceed("logarithm-of-both", at)
    if after == at:
        del working.moves[since:]
        return start
    if holding:
        working.require(after, Greater(holding[0], ZERO))
    return working.rewrite(after, VALUES, VALUES, joined=True)


def _is_power(solver: OneUnknown, node: Basic) -> bool:
    return type(node) is Power and solver.depends(node.args[1])


def _related(bases: Iterable[Basic]) -> bool:
    """Whether two of the bases are powers of one number, such as 4 and 8."""
    values = [value_of(base) for base in bases]
    return any(
        one**first == other**second
        for one, other in combinations([each for each in values if each is not None], 2)
        for first in range(1, _MOST_RELATED)
        for second in range(1, _MOST_RELATED)
    )


OTHER_FORMS: tuple[Callable[[OneUnknown, int], int | None], ...] = (
    exponentials,
    logarithms,
    tangents,
    squares_by_one,
    double_angles,
    one_sine,
    sum_as_product,
    in_one_root,
    root_alone,
)
"""In the order in which they are tried."""
