"""An equation brought to one side: a fraction, a product, a quadratic equation in something."""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.engine import normal_phase
from derivex.engine.one_fraction import over_one_denominator
from derivex.errors import ProblemError
from derivex.expression import (
    TWO,
    ZERO,
    And,
    AtLeast,
    Equation,
    Nearly,
    Negative,
    Or,
    Over,
    Plus,
    Power,
    Times,
    Unequal,
    free_symbols,
    integer,
    postorder,
    symbol,
    value_of,
)
from derivex.rulebook.procedures.equations import coefficients_of
from derivex.solving.linear import terms_of
from derivex.solving.record import never_holds
from derivex.solving.undoing import undone
from derivex.solving.working import MULTIPLY_OUT, VALUES, Working, procedure_phase

if TYPE_CHECKING:
    from derivex.solving.one_unknown import OneUnknown

__all__ = [
    "TO_ZERO",
    "as_fraction",
    "constants_away",
    "numerator_alone",
    "with_letter",
    "zero_product",
]


def one_side(solver: OneUnknown, at: int) -> int | None:
    _, right = solver.sides(at)
    if right is ZERO:
        return None
    after = solver.working.apply("to-one-side", at, solver.unknown)
    assert after is not None
    return solver.working.rewrite(after, MULTIPLY_OUT, (), joined=True)


def as_fraction(solver: OneUnknown, at: int) -> int | None:
    """The numerator alone, where the unknown stands below a fraction line."""
    left, _ = solver.sides(at)
    if type(left) is Negative and type(left.args[0]) is Over:
        return _sign_changed(solver, at)
    if not any(type(node) is Over and solver.depends(node.args[1]) for node in postorder(left)):
        return None
    return numerator_alone(solver, at)


def constants_away(solver: OneUnknown, at: int) -> int:
    """The terms without the unknown on the right-hand side; the same number if there are none."""
    working = solver.working
    left, _ = solver.sides(at)
    free = [term for term in terms_of(left) if not solver.depends(term)]
    if not free:
        return at
    name = "add" if type(free[0]) is Negative else "subtract"
    after = working.apply(name, at, solver.unknown)
    assert after is not None, "terms without the unknown stand in a sum"
    return working.rewrite(after, (), ("arithmetic", "signs"), joined=True)


def numerator_alone(solver: OneUnknown, at: int) -> int | None:
    """The left-hand side over one denominator, and what stands above it set to zero."""
    working = solver.working
    left, _ = solver.sides(at)
    if type(left) is not Over:
        try:
            for phase in over_one_denominator(left, working.book):
                at = working.rewritten(at, phase, None)
        except ProblemError:
            return None
        left, _ = solver.sides(at)
        if type(left) is not Over:
            return at
    after = working.apply("numerator-is-zero", at, solver.unknown)
    return at if after is None else working.rewrite(after, MULTIPLY_OUT, (), joined=True)


def _sign_changed(solver: OneUnknown, at: int) -> int:
    after = solver.working.apply("change-signs", at, solver.unknown)
    assert after is not None
    return solver.working.rewrite(after, (), VALUES, joined=True)


def zero_product(solver: OneUnknown, at: int) -> int | None:
    """The factors of the left-hand side, one of which is zero."""
    working = solver.working
    left, _ = solver.sides(at)
    if type(left) is Negative and type(left.args[0]) is Plus:
        return _sign_changed(solver, at)
    if never_holds(working.equation(at)):
        return working.refute(at)
    after = working.proceed("zero-product", at)
    if after != at:
        return after
    phase = procedure_phase(left, "factor-polynomial", working.book)
    if phase is not None and _is_worth_it(phase.result):
        at = working.rewritten(at, phase, None)
        return working.proceed("zero-product", at)
    multiplied = working.rewrite(at, MULTIPLY_OUT, ())
    return None if multiplied == at else multiplied


def quadratic(solver: OneUnknown, at: int) -> int | None:
    working = solver.working
    left, _ = solver.sides(at)
    atoms = solver.atoms(left)
    if len(atoms) != 1:
        return None
    (atom,) = atoms
    found = coefficients_of(left, atom)
    if found is None:
        return None
    if len(found) == 3:
        after = _no_root(solver, at, atom, found)
        if after == at:
            after = working.proceed("quadratic-formula", at, atom)
            if after != at:
                _require_roots(solver, after, found)
        return None if after == at else solver.tidied(after)
    if len(found) == 2 and atom is not solver.unknown:
        return _isolate_atom(solver, at)
    step = gcd(*[degree for degree, part in enumerate(found) if part is not ZERO])
    if step == len(found) - 1:
        return _isolate_atom(solver, at)  # x⁵ − 3 = 0
    if atom is solver.unknown and step > 1:
        return with_letter(solver, at, Power(atom, integer(step)))
    if atom is solver.unknown:
        return working.proceed("real-roots", at, atom)
    return None


def _discriminant(solver: OneUnknown, found: list[Basic]) -> tuple[Basic, Basic]:
    """b² − 4ac with the coefficients put in, and its value."""
    constant, linear, square = found
    whole = Plus(Power(linear, TWO), Negative(Times(integer(4), square, constant)))
    return whole, normal_phase(whole, solver.working.book, *MULTIPLY_OUT).result


def _require_roots(solver: OneUnknown, at: int, found: list[Basic]) -> None:
    """Say of the quadratic formula what must hold of the letters in its coefficients."""
    _, value = _discriminant(solver, found)
    required: list[Basic] = []
    for relation in (Unequal(found[2], ZERO), AtLeast(value, ZERO)):
        if free_symbols(relation):
            required.append(relation)
    if required:
        solver.working.require(at, required[0] if len(required) == 1 else And(*required))


def _no_root(solver: OneUnknown, at: int, atom: Basic, found: list[Basic]) -> int:
    """A quadratic equation with a negative discriminant; the same number for any other."""
    whole, value = _discriminant(solver, found)
    words = ("no real solution, for the discriminant ", whole, " = ", value, " is negative")
    return solver.working.proceed("no-real-root", at, atom, words=words)


def _isolate_atom(solver: OneUnknown, at: int) -> int | None:
    """a e^x + b = 0: the terms without it go to the right."""
    left, _ = solver.sides(at)
    if not any(not solver.depends(term) for term in terms_of(left)):
        return None
    return undone(solver, at)


def with_letter(solver: OneUnknown, at: int, old: Basic) -> int | None:
    """x⁴ − 5x² + 5 = 0 is quadratic in t = x²; what follows for t is then put back."""
    working = solver.working
    if working.place is not None:
        return None
    letter = _new_letter(working)
    origin = working.moves[at].origin
    named = working.assume(Equation(letter, old), origin, ("write ", letter, " for ", old))
    after = working.proceed("new-letter", at, old, letter, words=("with ", letter, " = ", old))
    if after == at:
        return None
    inner = type(solver)(working, letter, solver.intervals)
    after, done = inner.solve(after)
    relation = working.moves[after].equation
    rounded = any(type(node) is Nearly for node in postorder(relation))
    if not done or rounded:
        # A rounded number is not put into an equation as if it were exact.
        del working.moves[named:]
        return working.proceed("real-roots", at, solver.unknown)
    if relation is Or():
        return after
    back = ("put back ", letter, " = ", old)
    for place in range(len(relation.args) if type(relation) is Or else 1):
        working.place = place if type(relation) is Or else None
        after = working.fill(after, [(letter, named)], back)
    working.place = None
    return after


def _is_worth_it(product: Basic) -> bool:
    """Whether something was factored, not only a number or a sign taken out."""
    inside = product.args[0] if type(product) is Negative else product
    if type(inside) is Over:
        inside = inside.args[0]
    factors = inside.args if type(inside) is Times else (inside,)
    holding = [factor for factor in factors if value_of(factor) is None]
    return len(holding) > 1 or any(type(factor) is Power for factor in holding)


def _new_letter(working: Working) -> Symbol:
    taken = {name for move in working.moves for name in free_symbols(move.equation)}
    return next(
        symbol(name)
        for name in ("t", "u", "w", "z", *[f"t_{number}" for number in range(1, 99)])
        if symbol(name) not in taken
    )


TO_ZERO = (one_side, as_fraction, zero_product, quadratic)
"""In the order in which they are tried."""
