"""The numbers of a walk forward and a walk backward: each quantity from those before it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sympy import Float, Rational, Symbol
from sympy.core.basic import Basic

from derivex.engine.evaluate import Columns, evaluate
from derivex.errors import ProblemError
from derivex.expression import (
    AtLeast,
    AtMost,
    D,
    Equation,
    Greater,
    Less,
    Negative,
    Plus,
    Relation,
    Unequal,
    free_symbols,
    number,
    postorder,
    value_of,
)
from derivex.notation import TextWriter
from derivex.rulebook import RuleBook

__all__ = ["Value", "refuse_kinks", "values_at"]

_CERTAIN = 60  # bits of a number that make sure of the digits of a float
_LARGEST = 10**40  # what an exact number is made of; larger ones are rounded
_DIGITS = 6
"""Digits that are shown of a number that is not exact."""
_LONGEST = 12
"""Characters of an exact number that is shown whole."""


@dataclass(frozen=True)
class Value:
    """A number: exact, or a ball around it.

    Args:
        exact: the number as it is written, or None where it is no fraction.
        ball: the number as a ball (``flint.acb``), which the exact number is inside of.
    """

    exact: Basic | None
    ball: Any

    @property
    def decimal(self) -> str:
        """The number with six significant digits."""
        from derivex.equality.values import value_text  # flint takes a while to import

        text = value_text(self.ball, _DIGITS)
        return "−" + text[1:] if text.startswith("-") else text

    @property
    def number(self) -> Basic:
        """The number as SymPy has it: a fraction where it is exact, else a float."""
        if self.exact is not None:
            value = value_of(self.exact)
            assert value is not None
            return Rational(value.numerator, value.denominator)
        return Float(self.ball.real.mid().str(15, radius=False), 15)

    def __str__(self) -> str:
        """``= 0.5``, or ``≈ 0.462117`` where it is rounded."""
        if self.exact is not None:
            written = TextWriter().write(self.exact)
            if len(written) <= _LONGEST:
                return f"= {written}"
        return f"≈ {self.decimal}"


def values_at(
    definitions: Iterable[tuple[Basic, Basic]],
    point: Mapping[Basic, Basic],
    columns: Columns,
    book: RuleBook,
) -> dict[Basic, Value]:
    """The values of quantities at a point, each found from those of the quantities before it.

    Numbers are exact as long as only +, −, ·, / and whole powers are made of them; beyond that
    they are balls, whose digits are certain.

    Args:
        definitions: the names and what they stand for, each after those that it is made of.
        point: the values of the variables.
        columns: the data.
        book: the rules of arithmetic, and the functions.

    Returns:
        the values of those that have one; what needs a letter without a value has none.

    Raises:
        ProblemError: something has no value at the point.

    >>> from derivex.expression import Apply, Times, TWO, function_name, integer, symbol
    >>> from derivex.rulebook import shipped_book
    >>> x, u, v = symbol("x"), symbol("u"), symbol("v")
    >>> steps = [(u, Times(TWO, x)), (v, Apply(function_name("exp"), u))]
    >>> found = values_at(steps, {x: integer(3)}, {}, shipped_book())
    >>> print(found[u], found[v])
    = 6 ≈ 403.429
    """
    from derivex.equality.balls import PRECISIONS

    steps = [
        (name, body)
        for name, body in definitions
        if not any(type(node) is D for node in postorder(body))
    ]
    found: dict[Basic, Value] = {}
    for bits in PRECISIONS:
        found = _values(steps, point, columns, book, bits)
        if all(_is_certain(value) for value in found.values()):
            break
    return found


def _values(
    definitions: Iterable[tuple[Basic, Basic]],
    point: Mapping[Basic, Basic],
    columns: Columns,
    book: RuleBook,
    bits: int,
) -> dict[Basic, Value]:
    from derivex.equality import balls

    known: dict[Basic, Basic] = dict(point)
    entries = {name: value for name, value in point.items() if not isinstance(name, Symbol)}
    rounded: dict[Basic, Any] = {}
    found: dict[Basic, Value] = {}
    with balls.precision(bits):
        ring = balls.Balls()
        for name, body in definitions:
            # Only what is needed is handed on: each quantity costs as much as its definition.
            needed = {each: known[each] for each in free_symbols(body) if each in known}
            filled = evaluate(body, {**entries, **needed}, columns, book).result
            exact = value_of(filled)
            if exact is not None:
                ball = ring.number(exact)
                if exact.denominator < _LARGEST and abs(exact.numerator) < _LARGEST:
                    if isinstance(name, Symbol):
                        known[name] = filled
                    found[name] = Value(filled, ball)
                    continue
            else:
                letters = free_symbols(filled)
                if any(letter not in rounded for letter in letters):
                    continue
                around = {letter: rounded[letter] for letter in letters}
                ball = balls.evaluate(filled, around, book.functions, real=True)
                whole = ball.real.unique_fmpz() if ball.is_exact() else None
                if whole is not None and abs(whole) < _LARGEST:
                    filled = number(int(whole))
                    if isinstance(name, Symbol):
                        known[name] = filled
                    found[name] = Value(filled, ball)
                    continue
            if isinstance(name, Symbol):
                rounded[name] = ball
            found[name] = Value(None, ball)
    return found


def refuse_kinks(
    conditions: Iterable[Basic],
    values: Mapping[Basic, Value],
    point: Mapping[Basic, Basic],
    book: RuleBook,
) -> None:
    """Refuse a point at which a rule that was used does not hold: a kink, a jump.

    Args:
        conditions: relations under which the rules hold, between variables and quantities.
        values: the values of the quantities.
        point: the values of the variables.
        book: the rules, for their functions.

    Raises:
        ProblemError: a condition does not hold there, as far as the digits can tell.
    """
    from derivex.equality.balls import evaluate as ball_of

    for condition in conditions:
        letters = free_symbols(condition)
        around: dict[Basic, Any] = {
            letter: values[letter].ball if letter in values else value_of(point[letter])
            for letter in letters
            if letter in values or letter in point
        }
        if len(around) < len(letters) or not isinstance(condition, Relation):
            continue
        left, right = condition.args
        difference = ball_of(Plus(left, Negative(right)), around, book.functions).real
        if not _FALSE[type(condition)](difference):
            continue
        write = TextWriter().write
        told = ", ".join(
            f"{write(letter)} {values[letter]}"
            if letter in values
            else f"{write(letter)} = {write(point[letter])}"
            for letter in letters
        )
        raise ProblemError(
            f"the rules used give no derivative at {told}: they hold only where {write(condition)}",
            hint="look at the function on both sides of that point",
        )


_FALSE: Mapping[type[Basic], Callable[[Any], bool]] = {
    Unequal: lambda difference: difference.contains(0),
    Equation: lambda difference: not difference.contains(0),
    Greater: lambda difference: not difference > 0,
    AtLeast: lambda difference: difference < 0,
    Less: lambda difference: not difference < 0,
    AtMost: lambda difference: difference > 0,
}
"""When a relation does not hold, by the difference of its sides as a ball."""


def _is_certain(value: Value) -> bool:
    """Whether the digits that are shown are known; of a zero no digit is ever known."""
    if value.exact is not None or value.ball.contains(0):
        return True
    return bool(value.ball.rel_accuracy_bits() > _CERTAIN)
