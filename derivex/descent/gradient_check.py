"""A gradient checked entry by entry: by central differences, and against the derived one.

Every entry is judged by itself and relative to its own size, so that neither a factor of 1.001
nor a wrong sign at a scale of 10⁻⁹ gets through; and it is said where rounding leaves it open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from sympy.core.basic import Basic

from derivex.descent.coordinates import Coordinates, coordinates_of, entries_of
from derivex.descent.differences import Slope, by_balls, by_floats, exact_function
from derivex.descent.figures import rounded_to
from derivex.engine import Columns, GradientDerivation, evaluate
from derivex.errors import ProblemError, RecordError
from derivex.expression import free_symbols, number, value_of
from derivex.expression.array_nodes import ArrayName
from derivex.rulebook import RuleBook

__all__ = [
    "EPSILON",
    "Entry",
    "Finding",
    "GradientCheck",
    "Judgement",
    "check_formula",
    "check_function",
]

EPSILON = Fraction(1, 10_000)
"""The step that the table shows, as in most texts."""

_SAME = Fraction(1, 10**6)  # the relative error up to which two numbers count as the same
_KNOWN = Fraction(1, 10**4)  # the relative error of a derivative that is known well enough
_DIGITS = 17  # that are kept of a number


class Finding(Enum):
    """What came out for an entry."""

    AGREES = "agrees"
    WRONG = "wrong"
    OPEN = "not resolved"
    KINK = "no derivative"
    VALUELESS = "no value"
    """What is checked has no value at the point, where the function has a derivative."""


class Judgement(Enum):
    """What came out of comparing a given formula with the derived one."""

    PROVEN = "proven"
    TESTED = "tested"
    WRONG = "wrong"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Entry:
    """One entry of a gradient.

    Args:
        variable: what it is the derivative by.
        above: the function at x + ε e, where e is 1 for this variable and 0 for the others.
        below: the function at x − ε e.
        quotient: (above − below)/(2ε).
        slope: the derivative as it is known best, from smaller steps.
        error: how far that may be from the derivative.
        checked: the number that is checked; None where a formula has no value.
        formula: the formula that was given, if it was one.
        derived: the derivative by the rules, as a formula, if there is one.
        judgement: whether the formula that was given is equal to that one.
        finding: whether the number is right.
        left: the slope to the left of a kink, where there is no derivative.
        right: the slope to the right of it.
    """

    variable: Basic
    above: Basic
    below: Basic
    quotient: Basic
    slope: Basic
    error: Basic
    checked: Basic | None
    formula: Basic | None
    derived: Basic | None
    judgement: Judgement | None
    finding: Finding
    left: Basic | None = None
    right: Basic | None = None

    @property
    def relative(self) -> Fraction:
        """How far the number is from the slope, relative to the larger of the two."""
        checked, slope = _checked(self), _value(self.slope)
        size = max(abs(checked), abs(slope))
        return abs(checked - slope) / size if size else Fraction(0)

    @property
    def ratio(self) -> Fraction | None:
        """The number over the slope; None where the slope is zero."""
        slope = _value(self.slope)
        return _checked(self) / slope if slope else None


@dataclass(frozen=True)
class GradientCheck:
    """A gradient that was checked.

    Args:
        expression: the function; None for one of Python's.
        name: what the function is called where it is one of Python's.
        point: where.
        epsilon: the step of the differences that are shown.
        given: whether a gradient was given; else it is the derived one that is checked.
        gradient: the derivation of the gradient; None for a function of Python's.
        entries: its entries, in order.
    """

    expression: Basic | None
    name: str
    point: Mapping[Basic, Basic]
    epsilon: Basic
    given: bool
    gradient: GradientDerivation | None
    entries: tuple[Entry, ...]

    @property
    def finding(self) -> Finding:
        """Wrong if an entry is; else at a kink, without value or not resolved if one is."""
        findings = {entry.finding for entry in self.entries}
        order = (Finding.WRONG, Finding.KINK, Finding.VALUELESS, Finding.OPEN)
        return next((each for each in order if each in findings), Finding.AGREES)

    @property
    def whole(self) -> Fraction:
        """The relative error of the gradient as one vector, which hides small entries."""
        difference = sum((_checked(e) - _value(e.slope)) ** 2 for e in self.entries)
        size = sum(_checked(e) ** 2 + _value(e.slope) ** 2 for e in self.entries)
        return Fraction(float(difference / size) ** 0.5) if size else Fraction(0)

    def replay(self) -> None:
        """Redo the derivation of the gradient, and the quotients.

        Raises:
            RecordError: something does not come out as recorded.
        """
        if self.gradient is not None:
            self.gradient.replay()
        epsilon = _value(self.epsilon)
        for entry in self.entries:
            quotient = (_value(entry.above) - _value(entry.below)) / (2 * epsilon)
            size = max(abs(_value(entry.above)), abs(_value(entry.below)))
            if abs(quotient - _value(entry.quotient)) > size / epsilon / 10**15:
                raise RecordError(f"the quotient for {entry.variable} is not what is recorded")


def check_formula(
    gradient: GradientDerivation,
    expression: Basic,
    point: Mapping[Basic, Basic],
    given: Sequence[Basic | Fraction] | None,
    columns: Columns,
    book: RuleBook,
    epsilon: Fraction = EPSILON,
) -> GradientCheck:
    """Check a gradient of a formula, with many digits.

    Args:
        gradient: the derivation of the gradient.
        expression: the function, definitions filled in.
        point: where.
        given: what is checked, formulas or numbers; the derived gradient if left out.  For a
            vector its entries, or one formula for the whole.
        columns: the data.
        book: the rules, for the functions.
        epsilon: the step of the differences that are shown.

    Raises:
        ProblemError: the function has no value there, or there are not as many entries as
            variables.
    """
    missing = [str(name) for name in gradient.by if name not in point]
    if missing:
        raise ProblemError(f"the point does not say what {' and '.join(missing)} is")
    variables: Sequence[Basic] = gradient.by
    derived = [partial.result for partial in gradient.partials]
    if any(isinstance(name, ArrayName) for name in variables):
        entries_at = entries_of(point[variables[0]])
        coordinates = coordinates_of(variables, len(entries_at))

        def spread(node: Basic) -> tuple[Basic, ...]:
            return _by_entries(node, coordinates, columns, book)

        (expression,) = spread(expression)
        derived = [entry for each in derived for entry in spread(each)]
        if given is not None:
            given = [
                entry
                for each in given
                for entry in (spread(each) if isinstance(each, Basic) else (each,))
            ]
        variables = coordinates.names
        point = dict(zip(variables, entries_at, strict=True))
    _check_count(given, variables)
    place = [_value(point[name]) for name in variables]
    function = exact_function(expression, variables, columns, book.functions)
    entries = []
    for index, variable in enumerate(variables):
        claim = derived[index] if given is None else given[index]
        formula = claim if given is not None and isinstance(claim, Basic) else None
        if formula is not None and not free_symbols(formula) and free_symbols(derived[index]):
            formula = None  # a number is the value at this point
        value = claim if isinstance(claim, Fraction) else None
        if isinstance(claim, Basic):
            with suppress(ProblemError):  # it has none there
                value = exact_function(claim, variables, columns, book.functions)(place)
        judgement = None
        if formula is not None:
            judgement = _judged(formula, derived[index], book)
        slope = by_balls(function, place, index)
        finding = Finding.VALUELESS if value is None else _found(value, slope)
        if value is None and slope.sides is not None:
            finding = Finding.KINK
        if judgement is Judgement.WRONG:
            finding = Finding.WRONG  # even where the two happen to be equal at this point
        shown = _shown(function, place, index, epsilon)
        entries.append(
            _entry(variable, shown, slope, value, formula, derived[index], judgement, finding)
        )
    return GradientCheck(
        gradient.expression, "", dict(point), number(epsilon, decimal=True), given is not None,
        gradient, tuple(entries),
    )  # fmt: skip


def _by_entries(
    node: Basic, coordinates: Coordinates, columns: Columns, book: RuleBook
) -> tuple[Basic, ...]:
    """The entries of an expression with those of the vector put in; of a number itself."""
    from derivex.equality.arrays import Array
    from derivex.equality.arrays import entries_of as table_of
    from derivex.equality.rings import UnsupportedError

    assert coordinates.vector is not None
    column = Array(tuple((name,) for name in coordinates.names))
    try:
        found = table_of(node, {coordinates.vector: column})
    except UnsupportedError:  # a shape that only the data tell
        point = coordinates.point(coordinates.names)
        return entries_of(evaluate(node, point, columns, book).result)
    return tuple(found.entries) if isinstance(found, Array) else (found,)


def check_function(
    function: Callable[[Sequence[float]], float],
    given: Sequence[float],
    variables: Sequence[Basic],
    point: Sequence[float],
    name: str,
    epsilon: Fraction = EPSILON,
) -> GradientCheck:
    """Check a gradient of a function of Python's, in floating point.

    Args:
        function: takes a point, gives a number.
        given: what is checked.
        variables: names for the entries of the point.
        point: where.
        name: what the function is called.
        epsilon: the step of the differences that are shown.

    Raises:
        ProblemError: the function has no value there, or there are not as many entries as
            variables.
    """
    _check_count(given, variables)
    entries = []

    def exact(there: Sequence[Fraction]) -> Fraction:
        return Fraction(function([float(each) for each in there]))

    place = [Fraction(each) for each in point]
    for index, variable in enumerate(variables):
        slope = by_floats(function, point, index)
        value = Fraction(given[index])
        shown = _shown(exact, place, index, epsilon)
        finding = _found(value, slope)
        entries.append(_entry(variable, shown, slope, value, None, None, None, finding))
    where = {variable: _number(value) for variable, value in zip(variables, place, strict=True)}
    return GradientCheck(
        None, name, where, number(epsilon, decimal=True), True, None, tuple(entries)
    )


def _counted(things: Sequence[object], one: str, many: str) -> str:
    return f"{len(things)} {one if len(things) == 1 else many}"


def _check_count(given: Sequence[object] | None, variables: Sequence[Basic]) -> None:
    if given is not None and len(given) != len(variables):
        names = ", ".join(map(str, variables))
        raise ProblemError(
            f"the gradient has {_counted(given, 'entry', 'entries')}, and there "
            f"{'is' if len(variables) == 1 else 'are'} "
            f"{_counted(variables, 'variable', 'variables')}: {names}",
            hint="give one entry for each variable, in order",
        )


def _judged(formula: Basic, derived: Basic, book: RuleBook) -> Judgement:
    from derivex.equality import judge  # flint takes a while to import

    return Judgement(judge(formula, derived, book.functions).kind)


def _found(value: Fraction, slope: Slope) -> Finding:
    """Whether a number is the derivative, as far as that is known."""
    if slope.sides is not None:
        return Finding.KINK
    size = max(abs(value), abs(slope.value))
    away = abs(value - slope.value)
    if away > slope.error and away > _SAME * size:
        return Finding.WRONG
    if slope.error <= _KNOWN * size or not value:
        return Finding.AGREES  # of zero that it is so up to the error is all that can be known
    return Finding.OPEN


def _shown(
    function: Callable[[Sequence[Fraction]], Fraction],
    place: Sequence[Fraction],
    index: int,
    epsilon: Fraction,
) -> tuple[Fraction, Fraction, Fraction]:
    above, below = list(place), list(place)
    above[index] += epsilon
    below[index] -= epsilon
    high, low = function(above), function(below)
    return high, low, (high - low) / (2 * epsilon)


def _entry(
    variable: Basic,
    shown: tuple[Fraction, Fraction, Fraction],
    slope: Slope,
    value: Fraction | None,
    formula: Basic | None,
    derived: Basic | None,
    judgement: Judgement | None,
    finding: Finding,
) -> Entry:
    above, below, quotient = map(_number, shown)
    return Entry(
        variable,
        above,
        below,
        quotient,
        _number(slope.value),
        _number(slope.error, 3),
        None if value is None else _number(value),
        formula,
        derived,
        judgement,
        finding,
        *(map(_number, slope.sides) if slope.sides is not None else ()),
    )


def _number(value: Fraction, digits: int = _DIGITS) -> Basic:
    return number(rounded_to(value, digits), decimal=True)


def _checked(entry: Entry) -> Fraction:
    """The number that is checked; the slope where it has no value."""
    return _value(entry.slope if entry.checked is None else entry.checked)


def _value(written: Basic) -> Fraction:
    value = value_of(written)
    if value is None:
        raise ProblemError(f"{written} is not a number")
    return value
