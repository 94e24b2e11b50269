"""Directional derivatives: how fast a function changes along a direction.

By the theorem D_v f = ∇f · v, or by the limit of (f(x + h v) − f(x))/h; and what the direction
is at a point: one of descent, of ascent, the steepest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Derivation, Status
from derivex.engine.definitions import NO_DEFINITIONS, Definitions, filled_in
from derivex.engine.differentiate import differentiate
from derivex.engine.evaluate import evaluate
from derivex.engine.first_principles import by_limit, fresh_increment, refuse_no_limit
from derivex.engine.gradient import gradient
from derivex.equality import judge
from derivex.equality.decimals import sign_of_value
from derivex.errors import ProblemError
from derivex.expression import (
    ONE,
    TWO,
    ZERO,
    Apply,
    D,
    Limit,
    Negative,
    Over,
    Plus,
    Power,
    Row,
    Times,
    free_symbols,
    function_name,
    moved_along,
    substitute,
    value_of,
)
from derivex.notation import TextWriter
from derivex.rulebook import RuleBook

__all__ = ["Directional", "Steepest", "directional_derivative"]


@dataclass(frozen=True)
class Steepest:
    """The direction in which a function grows fastest at a point.

    Source: by the Cauchy–Schwarz inequality ∇f · v ≤ ‖∇f‖ ‖v‖, with equality for v = ∇f/‖∇f‖.

    Args:
        gradient: the gradient there, as a row, with its arithmetic.
        slope: its length ‖∇f‖, which is the greatest slope, with its arithmetic.
        direction: ∇f/‖∇f‖ as a row, with its arithmetic; None where the gradient is zero.
    """

    gradient: Derivation
    slope: Derivation
    direction: Derivation | None


@dataclass(frozen=True)
class Directional:
    """A directional derivative.

    Args:
        expression: the function.
        by: its variables, in order.
        asked: the direction that was asked for, as a row.
        direction: the direction that was used: that one, or that one over its length.
        length: the length of the direction that was asked for, with its arithmetic.
        is_unit: whether that length is 1; None if it depends on letters in the direction.
        derivation: the derivative along the direction, and its value at the point.
        from_limit: whether it was found by the limit.
        point: the point; empty if none was asked for.
        sign: −1, 0 or 1 for the sign of the value at the point; None where it has none.
        steepest: the steepest direction at the point; None without a point.
    """

    expression: Basic
    by: tuple[Symbol, ...]
    asked: Basic
    direction: Basic
    length: Derivation
    is_unit: bool | None
    derivation: Derivation
    from_limit: bool
    point: Mapping[Basic, Basic]
    sign: int | None
    steepest: Steepest | None

    @property
    def partial(self) -> int | None:
        """The number of the variable along whose axis the direction goes, if it is that e_i.

        The directional derivative is then the partial derivative by this variable.
        """
        entries = [value_of(entry) for entry in self.direction.args]
        one, zero = Fraction(1), Fraction(0)
        if entries.count(one) == 1 and entries.count(zero) == len(entries) - 1:
            return entries.index(one)
        return None

    def replay(self) -> None:
        """Redo every step."""
        self.derivation.replay()
        self.length.replay()
        if self.steepest is not None:
            self.steepest.gradient.replay()
            self.steepest.slope.replay()
            if self.steepest.direction is not None:
                self.steepest.direction.replay()


def directional_derivative(
    expression: Basic,
    by: Sequence[Symbol],
    direction: Sequence[Basic],
    book: RuleBook,
    definitions: Definitions = NO_DEFINITIONS,
    point: Mapping[Basic, Basic] | None = None,
    *,
    from_limit: bool = False,
    unit: bool = False,
    increment: Symbol | None = None,
) -> Directional:
    """The derivative of a function along a direction.

    Args:
        expression: the function.
        by: its variables.
        direction: a component for each of them.
        book: the rules.
        definitions: functions and abbreviations that are filled in first.
        point: where the value is wanted as well.
        from_limit: whether to find it by the limit instead of by ∇f · v.
        unit: whether to take the direction over its length.
        increment: the letter of the increment in the limit.

    Raises:
        ProblemError: another number of components than of variables, or a direction of length 0.

    >>> from derivex.expression import ONE, symbol
    >>> from derivex.rulebook import shipped_book
    >>> x, y = symbol("x"), symbol("y")
    >>> found = directional_derivative(Times(x, y), [x, y], [ONE, TWO], shipped_book())
    >>> print(TextWriter().write(found.derivation.result), found.is_unit)
    y + 2x False
    """
    by = tuple(by)
    asked = Row(*direction)
    _check(by, asked)
    length = _length(asked, book)
    if _equal(length.result, ZERO, book):
        raise ProblemError(
            "the direction has length 0, so it points nowhere",
            hint="give a direction with a component that is not 0",
        )
    is_unit = _equal(length.result, ONE, book)
    used = asked
    if unit and not is_unit:
        used = _over(asked, length.result, book).result
    if from_limit:
        derivation = _from_limit(expression, by, used, book, definitions, increment)
    else:
        derivation = _by_gradient(expression, by, used, book, definitions)
    point = dict(point or {})
    sign = steepest = None
    if point:
        if derivation.status is Status.FINISHED:
            value = _value_there(derivation, point, from_limit, book)
            derivation = derivation.then(*value.phases[1:])
            sign = sign_of_value(derivation.result, book.functions)
        steepest = _steepest(expression, by, point, book, definitions)
    return Directional(
        expression,
        by,
        asked,
        used,
        length,
        None if free_symbols(asked) and not is_unit else is_unit,
        derivation,
        from_limit,
        point,
        sign,
        steepest,
    )


def _value_there(
    derivation: Derivation, point: Mapping[Basic, Basic], from_limit: bool, book: RuleBook
) -> Derivation:
    try:
        return evaluate(derivation.result, point, {}, book, conditions=derivation.conditions)
    except ProblemError:
        if from_limit:  # the limit for all points is none for this one, which may have its own
            refuse_no_limit(substitute(derivation.start, point), book)
        raise


def _equal(left: Basic, right: Basic, book: RuleBook) -> bool:
    exact = value_of(left)
    if exact is not None:
        return exact == value_of(right)
    return judge(left, right, book.functions).holds


def _check(by: tuple[Symbol, ...], asked: Basic) -> None:
    if len(asked.args) == len(by):
        return
    write = TextWriter().write
    names = ", ".join(map(write, by))
    count = len(asked.args)
    raise ProblemError(
        f"the direction {write(Row(*asked.args))} has "
        f"{count} component{'s' * (count != 1)}, but there "
        f"{'is 1 variable' if len(by) == 1 else f'are {len(by)} variables'}: {names}",
        hint="give one component for each variable, or name the variables with --by",
    )


def _length(vector: Basic, book: RuleBook) -> Derivation:
    """√(v₁² + v₂² + …), worked out as far as it goes."""
    squares = [Power(entry, TWO) for entry in vector.args]
    total = squares[0] if len(squares) == 1 else Plus(*squares)
    return evaluate(Apply(function_name("sqrt"), total), {}, {}, book)


def _over(vector: Basic, length: Basic, book: RuleBook) -> Derivation:
    return evaluate(Row(*[Over(entry, length) for entry in vector.args]), {}, {}, book)


def _by_gradient(
    expression: Basic,
    by: tuple[Symbol, ...],
    direction: Basic,
    book: RuleBook,
    definitions: Definitions,
) -> Derivation:
    terms = [
        Times(D(expression, variable), entry)
        for variable, entry in zip(by, direction.args, strict=True)
    ]
    return differentiate(terms[0] if len(terms) == 1 else Plus(*terms), [], book, definitions)


def _from_limit(
    expression: Basic,
    by: tuple[Symbol, ...],
    direction: Basic,
    book: RuleBook,
    definitions: Definitions,
    increment: Symbol | None,
) -> Derivation:
    filled = filled_in(expression, definitions)
    step = fresh_increment(Plus(filled, *direction.args), increment)
    moved = substitute(
        filled,
        {
            variable: moved_along(variable, step, entry)
            for variable, entry in zip(by, direction.args, strict=True)
        },
    )
    return by_limit(Limit(Over(Plus(moved, Negative(filled)), step), step, ZERO), book)


def _steepest(
    expression: Basic,
    by: tuple[Symbol, ...],
    point: Mapping[Basic, Basic],
    book: RuleBook,
    definitions: Definitions,
) -> Steepest | None:
    derived = gradient(expression, by, book, None, definitions)
    if any(partial.status is not Status.FINISHED for partial in derived.partials):
        return None
    try:
        there = evaluate(derived.row, point, {}, book, conditions=derived.conditions)
    except ProblemError:
        return None  # a kink, or outside of the domain: there is no gradient
    entries = there.result.args
    slope = _length(there.result, book)
    if all(value_of(entry) == 0 for entry in entries):
        return Steepest(there, slope, None)
    return Steepest(there, slope, _over(there.result, slope.result, book))
