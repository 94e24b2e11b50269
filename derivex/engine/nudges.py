"""Nudges: how far a value moves when its variable is moved a little, and the ratio of the two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Derivation, Status
from derivex.engine.definitions import NO_DEFINITIONS, Definitions
from derivex.engine.differentiate import differentiate
from derivex.engine.evaluate import evaluate
from derivex.engine.first_principles import differentiate_by_limit, refuse_no_limit
from derivex.equality.decimals import decimal_value
from derivex.errors import ProblemError
from derivex.expression import number, substitute, value_of
from derivex.rulebook import RuleBook

__all__ = ["Nudge", "NudgeTable", "nudges"]

_ROWS = 4
_DIGITS = 10  # of a table that is rounded
_MOST_DIGITS = 28  # of a table that is not
_SPARE = 20  # what a difference of values close to one another may lose


@dataclass(frozen=True)
class Nudge:
    """One nudge and what it does.

    Args:
        nudge: by how much the variable is moved.
        at: where it is then.
        nudged: the value after that.
        difference: that value minus the one before.
        ratio: the difference over the nudge.
    """

    nudge: Basic
    at: Basic
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
        about: that value, rounded, where it is no rational number; else None.
    """

    expression: Basic
    variable: Symbol
    at: Basic
    value: Basic
    rows: tuple[Nudge, ...]
    exact: bool
    limit: Derivation
    about: Basic | None

    def replay(self) -> None:
        """Redo every step of the limit."""
        self.limit.replay()


def nudges(
    expression: Basic,
    variable: Symbol,
    point: Mapping[Basic, Basic],
    first: Basic,
    book: RuleBook,
    definitions: Definitions = NO_DEFINITIONS,
) -> NudgeTable:
    """The table of nudges at a point.

    Args:
        expression: the function.
        variable: what is nudged.
        point: the value of every letter.
        first: the first nudge; the others are a tenth of it, a hundredth, and so on.
        book: the rules.
        definitions: functions and abbreviations that are filled in first.

    Raises:
        ProblemError: the nudge or the point is no number, the function has no value there, or
            the ratio has no limit.
    """
    if variable not in point:
        raise ProblemError(
            f"it is not said where: {variable} has no value", hint=f"for example: {variable} = 2"
        )
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
        return decimal_value(found, book.functions, _DIGITS + _SPARE), False

    value, exact = value_at(at)
    rows: list[tuple[Fraction, ...]] = []
    for position in range(_ROWS):
        nudge = size / 10**position
        nudged, each = value_at(at + nudge)
        exact = exact and each
        rows.append((nudge, at + nudge, nudged, nudged - value, (nudged - value) / nudge))
    exact = exact and all(map(_is_short, (value, *(each for row in rows for each in row))))
    limit = _limit(expression, variable, point, book, definitions)
    return NudgeTable(
        expression,
        variable,
        point[variable],
        _written(value, exact),
        tuple(Nudge(*[_written(each, exact) for each in row]) for row in rows),
        exact,
        limit,
        _about(limit, book),
    )


def _about(limit: Derivation, book: RuleBook) -> Basic | None:
    if limit.status is not Status.FINISHED or value_of(limit.result) is not None:
        return None
    return _written(decimal_value(limit.result, book.functions), exact=False)


def _limit(
    expression: Basic,
    variable: Symbol,
    point: Mapping[Basic, Basic],
    book: RuleBook,
    definitions: Definitions,
) -> Derivation:
    """The derivative by its definition where the rules for limits reach, and its value."""
    derivation = differentiate_by_limit(expression, [variable], book, definitions)
    if derivation.status is not Status.FINISHED:
        refuse_no_limit(substitute(derivation.result, point), book)
        derivation = differentiate(expression, [variable], book, definitions)
    if derivation.status is not Status.FINISHED:
        return derivation
    return derivation.then(*evaluate(derivation.result, point, {}, book).phases[1:])


def _is_short(value: Fraction) -> bool:
    """Whether a number is a decimal of not too many digits."""
    rounded = _rounded(value, _MOST_DIGITS)
    return rounded == value


def _written(value: Fraction, exact: bool) -> Basic:
    return number(value if exact else _rounded(value, _DIGITS), decimal=True)


def _rounded(value: Fraction, digits: int) -> Fraction:
    context = Context(prec=digits)
    return Fraction(context.divide(Decimal(value.numerator), Decimal(value.denominator)))
