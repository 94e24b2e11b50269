"""Isolating an unknown in one equation that is linear in it, move by move."""

from __future__ import annotations

from enum import Enum

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.engine import normal_phase
from derivex.expression import Dependence, Negative, Over, Plus, Times, value_of
from derivex.rulebook.procedures.polynomials import is_identically_zero, numerator_of
from derivex.solving.linear import is_spread, terms_of
from derivex.solving.signs import Sign, has_data, known_sign
from derivex.solving.working import ARITHMETIC, MEANS, MULTIPLY_OUT, TIDY, Working, rule_phase

__all__ = ["DoesNotFitError", "Isolated", "isolate"]


class DoesNotFitError(Exception):
    """A move does not fit the equation, which is of another kind than was thought."""


class Isolated(Enum):
    """How isolating an unknown ended."""

    ALONE = "alone on the left, and absent on the right"
    VANISHED = "the unknown cancelled out"
    NOT_LINEAR = "not linear"


def isolate(working: Working, at: int, unknown: Symbol) -> tuple[int, Isolated]:
    """Bring the unknown alone to the left-hand side; it is then absent on the right.

    Args:
        working: where the moves are written down.
        at: the number of the equation.
        unknown: what is isolated.

    Returns:
        The number of the last equation, and how it ended.
    """
    depends = Dependence(unknown).of
    first, second = (
        () if is_spread(side, unknown) else MULTIPLY_OUT for side in _sides(working, at)
    )
    at = working.rewrite(at, first, second)
    left, right = _sides(working, at)
    if not (is_spread(left, unknown) and is_spread(right, unknown)):
        return at, Isolated.NOT_LINEAR
    if depends(right):
        at = _gather(working, at, unknown)
    left, _ = _sides(working, at)
    free = [term for term in terms_of(left) if not depends(term)]
    if free and depends(left):
        name = "add" if type(free[0]) is Negative else "subtract"
        unknown_first = depends(terms_of(left)[0])
        at = _must(working.apply(name, at, unknown))
        at = working.rewrite(at, (), TIDY, joined=True)
        if not unknown_first:
            # s Σ a_i + b n − Σ h_i = 0 gives b n = Σ h_i − s Σ a_i, as on paper.
            at = working.rewrite(at, (), ("ordering",), joined=True)
    left, _ = _sides(working, at)
    if type(left) is Plus:
        at = working.collect(at, unknown)
    left, _ = _sides(working, at)
    if depends(left) and _vanishes(left):
        at = _to_zero(working, at)
    if not depends(working.equation(at).args[0]):
        return at, Isolated.VANISHED
    at = _divide(working, at, unknown)
    left, right = _sides(working, at)
    assert left is unknown and not depends(right), "the unknown is not isolated"
    return at, Isolated.ALONE


def _sides(working: Working, at: int) -> tuple[Basic, Basic]:
    left, right = working.equation(at).args
    return left, right


def _must(number: int | None) -> int:
    if number is None:
        raise DoesNotFitError("a move that the strategy chose does not fit")
    return number


def _gather(working: Working, at: int, unknown: Symbol) -> int:
    """Bring every term with the unknown to the left-hand side."""
    depends = Dependence(unknown).of
    left, right = _sides(working, at)
    if not depends(left):
        return _must(working.apply("swap-sides", at, unknown))
    first = next(term for term in terms_of(right) if depends(term))
    name = "bring-over-adding" if type(first) is Negative else "bring-over"
    at = _must(working.apply(name, at, unknown))
    return working.rewrite(at, ARITHMETIC, ARITHMETIC, joined=True)


def _vanishes(left: Basic) -> bool:
    return bool(is_identically_zero(left))


def _to_zero(working: Working, at: int) -> int:
    """Multiply out a left-hand side that is 0 for every value of its letters."""
    one_denominator = ("arithmetic", "common-denominator", "denominators")
    for tables in (MULTIPLY_OUT, one_denominator, MULTIPLY_OUT):
        at = working.rewrite(at, tables, ())
    return at


def _divide(working: Working, at: int, unknown: Symbol) -> int:
    """Undo what stands around the unknown, from the outside."""
    while (left := working.equation(at).args[0]) is not unknown:
        right = working.equation(at).args[1]
        if type(left) is Negative and type(left.args[0]) is Times and type(right) is not Plus:
            divisor = _coefficient(left.args[0], unknown)
            needed = condition(divisor, working.data)
            at = _must(working.apply("divide-by-negative", at, unknown, needed))
            at = _divided(working, at)
        elif type(left) is Negative:
            at = _must(working.apply("change-signs", at, unknown))
            at = working.rewrite(at, (), TIDY, joined=True)
        elif type(left) is Over:
            at = _must(working.apply("multiply", at, unknown))
            at = working.rewrite(at, (), MULTIPLY_OUT, joined=True)
        else:
            assert type(left) is Times
            divisor = _coefficient(left, unknown)
            at = _must(working.apply("divide", at, unknown, condition(divisor, working.data)))
            at = _divided(working, at)
    return at


def _coefficient(product: Basic, unknown: Symbol) -> Basic:
    factors = [factor for factor in product.args if factor is not unknown]
    return factors[0] if len(factors) == 1 else Times(*factors)


def condition(divisor: Basic, data: bool) -> Basic | None:
    """What must not be zero so that one may divide; None where that is known."""
    known = known_sign(divisor, data)
    if known.sign in (Sign.POSITIVE, Sign.NEGATIVE):
        return None
    return numerator_of(divisor) or divisor


def _divided(working: Working, at: int) -> int:
    """Tidy the right-hand side after a division."""
    right = working.equation(at).args[1]
    if type(right) is Over and type(right.args[0]) is Plus:
        split = rule_phase(right, "split-fraction", working.book)
        assert split is not None
        top, bottom = right.args
        if working.means and type(bottom) is not Plus and has_data(top, bottom):
            # Each term becomes a ratio of means.
            at = working.rewritten(at, None, split, joined=True)
        elif value_of(bottom) is not None:
            whole = normal_phase(split.result, working.book, *TIDY)
            if not any(_has_fraction(term) for term in terms_of(whole.result)):
                at = working.rewritten(at, None, split, joined=True)
    return working.rewrite(at, (), TIDY, joined=True)


def _has_fraction(term: Basic) -> bool:
    while type(term) is Negative:
        term = term.args[0]
    factors = term.args if type(term) is Times else (term,)
    return any(type(factor) is Over for factor in factors)


def into_means(working: Working, at: int) -> int:
    """Write the sums over the data as means."""
    return working.rewrite(at, MEANS, MEANS)
