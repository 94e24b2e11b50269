"""Nudges: how far a value moves when its variable is moved a little, and the ratio of the two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Derivation
from derivex.engine.definitions import NO_DEFINITIONS, Definitions
from derivex.engine.evaluate import evaluate
from derivex.equality.decimals import decimal_value
from derivex.errors import ProblemError
from derivex.expression import number, value_of
from derivex.rulebook import RuleBook

__all__ = ["Nudge", "NudgeTable", "nudges"]

_ROWS = 4
_DIGITS = 15  # of values that are not rational


@dataclass(frozen=True)
class Nudge:
    """One nudge and what it does.

    Args:
        nudge: by how much the variable is moved.
        nudged: the value after that.
        difference: that value minus the one before.
        ratio: the difference over the nudge.
    """

    nudge: Basic
    nudged: Basic
    difference: Basic
    ratio: Basic


@dataclass(frozen=True)
class NudgeTable:
    """A function at a point, nudged less and less.

    Args:
        expression: the function.
        variable: what is nudged.
        at: where.
        value: the function there.
        rows: the nudges, each a tenth of the one before.
        exact: whether all numbers are exact; otherwise they are rounded.
        limit: the derivative, with its value at the point: what the ratio goes to.
    """

    expression: Basic
    variable: Symbol
    at: Basic
    value: Basic
    rows: tuple[Nudge, ...]
    exact: bool
    limit: Derivation


def nudges(
    expression: Basic,
    variable: Symbol,
    point: Mapping[Basic, Basic],
    first: Basic,
    limit: Derivation,
    book: RuleBook,
    definitions: Definitions = NO_DEFINITIONS,
) -> NudgeTable:
    """The table of nudges at a point.

    Args:
        expression: the function.
        variable: what is nudged.
        point: the value of every letter.
        first: the first nudge; the others are a tenth of it, a hundredth, and so on.
        limit: the derivative, with its value at the point.
        book: the rules of arithmetic.
        definitions: functions and abbreviations that are filled in first.

    Raises:
        ProblemError: the nudge or the point is no number, or the function has no value there.
    """
    at, size = value_of(point[variable]), value_of(first)
    if at is None:
        raise ProblemError(f"the value of {variable} is not a number", hint="write 2 or 0.5")
    if size is None or not size:
        raise ProblemError("a nudge is a number other than 0", hint="write 0.001")

    def value_at(moved: Fraction) -> tuple[Fraction, bool]:
        moved_point = {**point, variable: number(moved, decimal=True)}
        found = evaluate(expression, moved_point, {}, book, definitions).result
        exact = value_of(found)
        if exact is not None:
            return exact, True
        return decimal_value(found, book.functions, _DIGITS + 15), False

    value, exact = value_at(at)
    rows = []
    for position in range(_ROWS):
        nudge = size / 10**position
        nudged, each = value_at(at + nudge)
        exact = exact and each
        rows.append((nudge, nudged, nudged - value, (nudged - value) / nudge))
    return NudgeTable(
        expression,
        variable,
        point[variable],
        _written(value, exact),
        tuple(Nudge(*[_written(each, exact) for each in row]) for row in rows),
        exact,
        limit,
    )


def _written(value: Fraction, exact: bool) -> Basic:
    """An exact decimal where it ends, a fraction where not; rounded where it is not exact."""
    if not exact:
        value = _rounded(value)
    return number(value, decimal=True)


def _rounded(value: Fraction) -> Fraction:
    from decimal import Context, Decimal

    context = Context(prec=_DIGITS - 5)
    return Fraction(context.divide(Decimal(value.numerator), Decimal(value.denominator)))
