"""Points at which equations hold, found by Newton's method with many digits.

Whether one equation follows from others is asked of such points: all but as many letters as there
are equations get numbers, and the rest is solved for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations, islice
from random import Random
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.checking.knowledge import Knowledge
from derivex.checking.patience import Patience
from derivex.checking.vector_equations import by_entries
from derivex.checking.writing_out import written_out
from derivex.equality.balls import Balls, precision
from derivex.equality.clock import worked
from derivex.equality.pair import PointEntries
from derivex.equality.program import Program
from derivex.equality.rings import UndefinedError
from derivex.equality.sampling import Point, random_value, range_of, simple_point
from derivex.equality.surroundings import Surroundings, TimeUpError
from derivex.equality.survey import survey
from derivex.equality.unfolding import unfolded
from derivex.equality.unknown import with_stand_ins
from derivex.expression import (
    TWO,
    AtLeast,
    AtMost,
    D,
    Decimal,
    Equation,
    Greater,
    Less,
    Named,
    Negative,
    Over,
    Plus,
    Power,
    Times,
    Unequal,
    free_symbols,
    function_name,
    postorder,
    substitute,
    symbol,
)

__all__ = ["SolutionPoint", "Solutions", "rounded_to"]

_BITS = 320
_ITERATIONS = 60
_SMALL = -110  # a step or residual below 2 to this power is none
_HOLDS, _FAILS = -70, -36  # what an equation may be off by, and what it surely is
_STARTS = 30
_AGAIN = 12
_CHOICES = 8
_SECONDS = 1.5
_LARGEST_SIMPLE = 10**7  # a number that is longer, or so near to 0, is no simple fraction


@dataclass
class SolutionPoint:
    """Values at which the equations of one list hold.

    Args:
        shown: the names and their values, as text.
        sides: the values of the sides of the other equations, as text.
        fails: the numbers of those that do not hold here.
    """

    shown: tuple[tuple[str, str], ...]
    sides: list[tuple[str, str]] = field(default_factory=list)
    fails: list[int] = field(default_factory=list)


class Solutions:
    """Solutions of some equations, at which others are looked at.

    Args:
        given: equations.
        asked: equations; whether they hold at the solutions of the others.
        knowledge: functions, definitions and assumptions.
        conditions: further relations that a solution must meet.
        unknowns: lists of letters of which it is worth a try to solve for all of one.

    Raises:
        UnsupportedError: equations of a kind that has no values.
    """

    def __init__(
        self,
        given: Sequence[Basic],
        asked: Sequence[Basic],
        knowledge: Knowledge,
        conditions: Sequence[Basic] = (),
        unknowns: Sequence[tuple[Symbol, ...]] = (),
    ):
        self._unknowns = unknowns
        self._kinds = knowledge.kinds
        roots = [side for each in (*given, *asked) for side in each.args]
        conditions = [*knowledge.conditions, *conditions]
        roots += [side for each in conditions for side in each.args]
        self._of_second_order = any(
            type(node) is D and any(type(part) is D for part in postorder(node.args[0]))
            for root in roots
            for node in postorder(root)
        )
        roots, self._follows = _locally(roots, knowledge)
        counts = [len(given), len(asked), len(conditions)]
        self._rounded = [rounded_to(each) for each in asked]
        self._by_entries = survey(roots).arrays
        if self._by_entries:
            roots, counts = by_entries(roots, counts)
            self._rounded = [None] * counts[1]
        found = survey(roots)
        functions, _ = with_stand_ins(roots, found.calls, knowledge.functions)
        roots = unfolded(roots, functions)
        self._found = survey(roots)
        self._given, self._asked = counts[:2]
        self._conditions = [type(each) for each in conditions]
        self._sides = roots
        self._program = Program(roots)
        self._residuals = Program(roots[: 2 * self._given])
        self._ring = Balls(real=True)
        self._patience = knowledge.patience or Patience(2 * _SECONDS)
        for name in self._follows:
            self._found.names.pop(name, None)

    def points(self, most: int = 6) -> Iterator[SolutionPoint]:
        """Solutions at which the asked equations have values, simple ones first."""
        with self._patience.share() as seconds:
            self._deadline = worked() + seconds
            yield from self._found_points(most)

    def _found_points(self, most: int) -> Iterator[SolutionPoint]:
        random = Random(1)
        given = 0
        again = 0  # how many solutions came that were known
        seen: set[tuple[tuple[str, str], ...]] = set()
        choices = list(islice(self._choices(), _CHOICES))
        for start in range(_STARTS):
            for unknown in choices:
                if given >= most or again >= _AGAIN or worked() > self._deadline:
                    return
                point = self._start(start, random)
                try:
                    with precision(_BITS):
                        solved = self._newton(point, unknown, random)
                        made = self._looked_at(point, solved) if solved is not None else None
                except (UndefinedError, ZeroDivisionError):
                    continue
                except TimeUpError:
                    return
                if made is None:
                    continue
                if made.shown in seen:
                    again += 1
                    continue
                seen.add(made.shown)
                given += 1
                yield made

    @property
    def names(self) -> list[Symbol]:
        """The letters that may have any value."""
        return [name for name in self._found.names if name not in self._found.whole]

    def _choices(self) -> Iterator[tuple[Symbol, ...]]:
        """Which letters are solved for: those of the given equations, as many as there are."""
        inside = survey(self._sides[: 2 * self._given]).names
        yield from (each for each in self._unknowns if len(each) == self._given)
        names = [name for name in self.names if name in inside]
        if self._by_entries:  # those of vectors, in which the equations are linear
            names.sort(key=lambda name: name.name.count(","))
        yield from combinations(names, min(self._given, len(names)))

    def _start(self, number: int, random: Random) -> Point:
        count = [2, 3, 1, 4][number % 4] if self._found.counts else None
        if number < 6:
            return simple_point(self._found, self._kinds, number, count)
        values: dict[Symbol, Fraction | tuple[Fraction, Fraction]] = {}
        for name in self._found.names:
            if name in self._found.whole:
                values[name] = Fraction(random.randint(*range_of(name, self._found, count)))
            else:
                values[name] = random_value(
                    random, self._kinds.get(name, "real"), wide=number % 2 == 0
                )
        return Point(values, count, {}, random)

    def _run(self, program: Program, point: Point, values: Mapping[Symbol, Any]) -> list[Any]:
        names: dict[Basic, Any] = {
            name: values.get(name, None) or self._ring.number(_real(value))
            for name, value in point.values.items()
        }
        for name, leader in self._follows.items():
            names[name] = names.setdefault(leader, self._ring.one)
        entries = PointEntries(self._kinds, self._ring, point)
        around = Surroundings(names, entries, point.count, deadline=self._deadline)
        return program.run(self._ring, around)

    def _newton(
        self, point: Point, unknown: tuple[Symbol, ...], random: Random
    ) -> dict[Symbol, Any] | None:
        """The values of the unknown letters; None if the method does not converge."""
        from flint import acb, arb

        if not unknown:
            values: dict[Symbol, Any] = {}
            residual = self._residual(point, values)
            return values if all(_below(each, _HOLDS) for each in residual) else None
        values = {name: self._ring.number(_real(point.values[name])) for name in unknown}
        step_before: Any = None
        factor = 1
        small = acb(arb(2) ** (-_BITS // 3))
        for _ in range(_ITERATIONS):
            residual = self._residual(point, values)
            if all(each.is_zero() for each in residual):
                return values
            slopes = []
            for name in unknown:
                moved = self._residual(point, {**values, name: values[name] + small})
                slopes.append([(b - a) / small for a, b in zip(residual, moved, strict=True)])
            step = _solve(slopes, residual)
            if step is None:
                return None
            if step_before is not None and len(unknown) == 1 and factor == 1:
                factor = _multiplicity(step_before, step[0])
            step_before = step[0]
            values = {
                name: _middle(value - factor * change)
                for (name, value), change in zip(values.items(), step, strict=True)
            }
            sizes = [abs(value.mid()) + 1 for value in (each.real for each in values.values())]
            if all(
                _below(factor * change, _SMALL, size)
                for change, size in zip(step, sizes, strict=True)
            ):
                residual = self._residual(point, values)
                return values if all(_below(each, _HOLDS) for each in residual) else None
        return None

    def _residual(self, point: Point, values: Mapping[Symbol, Any]) -> list[Any]:
        sides = self._run(self._residuals, point, values)
        return [_middle(sides[k] - sides[k + 1]) for k in range(0, len(sides), 2)]

    def _looked_at(self, point: Point, solved: Mapping[Symbol, Any]) -> SolutionPoint | None:
        """What the other equations say there; None where a condition does not hold."""
        exact = {name: _simplest(value) for name, value in solved.items()}
        better = {}
        for name, value in solved.items():
            simple = exact[name]
            better[name] = value if simple is None else self._ring.number(simple)
        solved = better
        sides = self._run(self._program, point, solved)
        residuals = [sides[k] - sides[k + 1] for k in range(0, 2 * self._given, 2)]
        if not all(_below(_middle(each), _HOLDS) for each in residuals):
            return None
        rest = sides[2 * (self._given + self._asked) :]
        for number, kind in enumerate(self._conditions):
            if not _met(kind, rest[2 * number] - rest[2 * number + 1]):
                return None
        shown = []
        for name, text in point.shown():
            key = symbol(name)
            if key in solved:
                text = str(exact[key]) if exact[key] is not None else _text(solved[key])
            if "″" not in name or self._of_second_order:
                shown.append((_said(name), text))
        made = SolutionPoint(tuple(shown))
        for number in range(self._asked):
            k = 2 * (self._given + number)
            left, right = _middle(sides[k]), _middle(sides[k + 1])
            if not (left.is_finite() and right.is_finite()):
                return None
            made.sides.append((_text(left), _text(right)))
            size = abs(left.real) + abs(right.real) + 1
            if _below(left - right, _HOLDS, size):
                continue
            if self._rounds(number, left - right):
                continue
            if _below(left - right, _FAILS, size):
                return None
            made.fails.append(number)
        return made

    def _rounds(self, number: int, difference: Any) -> bool:
        """Whether a solution rounds to the decimal that an equation gives."""
        half = self._rounded[number]
        return (
            half is not None
            and abs(Fraction(str(difference.real.mid().str(30, radius=False)))) <= half
        )


def rounded_to(equation: Basic) -> Fraction | None:
    """Half a unit of the last place of the decimal that an equation gives for something.

    >>> rounded_to(Equation(symbol("x"), Decimal("0.33")))
    Fraction(1, 200)
    """
    for side, other in (equation.args, equation.args[::-1]):
        alone = side.args[0] if type(side) is Negative else side
        if isinstance(alone, Decimal) and free_symbols(other):
            return Fraction(1, 2 * 10 ** len(alone.text.partition(".")[2]))
    return None


def _locally(roots: list[Basic], knowledge: Knowledge) -> tuple[list[Basic], dict[Symbol, Symbol]]:
    """Implicit functions near a point: y as y₀ + y₁ (x − x₀) + ½ y₂ (x − x₀)², where x is x₀.

    So y and its derivatives have values that are independent of one another.

    Returns:
        the expressions, and for each x₀ the letter whose value it has.
    """
    names: dict[Basic, Basic] = dict(knowledge.names)
    follows: dict[Symbol, Symbol] = {}
    for name, by in knowledge.implicit.items():
        value: list[Basic] = [symbol(f"{name}")]
        for letter in by:
            origin = symbol(f"{letter}·")
            follows[origin] = letter
            change = Plus(letter, Negative(origin))
            value.append(Times(symbol(f"{name}′{letter}"), change))
            value.append(Times(symbol(f"{name}″{letter}"), Over(Power(change, TWO), TWO)))
        # The name itself is the value at the point, so the model goes by another one.
        names[name] = Plus(*value)
    plain = Knowledge(knowledge.functions)
    made: dict[Basic, Basic] = {}
    for name in dict.fromkeys(letter for root in roots for letter in free_symbols(root)):
        if name in names:
            _model(name, names, knowledge.implicit, made, set())
    if not made:
        return written_out(plain, roots), follows
    out = written_out(Knowledge(knowledge.functions), [substitute(root, made) for root in roots])
    return out, follows


def _model(
    name: Basic,
    names: Mapping[Basic, Basic],
    implicit: Mapping[Symbol, tuple[Symbol, ...]],
    made: dict[Basic, Basic],
    above: set[Basic],
) -> None:
    if name in made or name in above:
        return
    body = names[name]
    inner: dict[Basic, Basic] = {}
    for part in free_symbols(body):
        if part is name or part not in names:
            continue
        _model(part, names, implicit, made, above | {name})
        if part in made:
            inner[part] = made[part]
    made[name] = Named(function_name(str(name)), substitute(body, inner))


def _solve(slopes: list[list[Any]], residual: list[Any]) -> list[Any] | None:
    """The step of Newton's method: slopes[j][i] is the derivative of the i-th by the j-th."""
    from flint import acb_mat

    size = len(residual)
    if len(slopes) != size:
        return None
    matrix = acb_mat([[slopes[j][i] for j in range(size)] for i in range(size)])
    column = acb_mat([[each] for each in residual])
    try:
        found = matrix.solve(column)
    except (ZeroDivisionError, ValueError):
        return None
    steps = [_middle(found[i, 0]) for i in range(size)]
    return steps if all(each.is_finite() for each in steps) else None


def _multiplicity(before: Any, step: Any) -> int:
    """How often a root counts, told by the rate at which the method converges to it."""
    if before.is_zero():
        return 1
    ratio = float((step / before).real.mid())
    if not 0.4 < ratio < 0.99:
        return 1
    guess = 1 / (1 - ratio)
    return round(guess) if abs(guess - round(guess)) < 0.02 else 1


def _middle(value: Any) -> Any:
    from flint import acb

    if not value.is_finite():
        raise UndefinedError("no value")
    return acb(value.real.mid())


def _below(value: Any, power: int, size: Any = 1) -> bool:
    from flint import arb

    return bool(abs(value.real.mid()) < size * arb(2) ** power)


def _met(kind: type[Basic], difference: Any) -> bool:
    value = difference.real
    if kind is Unequal:
        return not _below(_middle(difference), _HOLDS)
    if kind is Equation:
        return _below(_middle(difference), _HOLDS)
    if kind in (Less, AtMost):
        return bool(value < 0) or (kind is AtMost and bool(value <= 0))
    if kind in (Greater, AtLeast):
        return bool(value > 0) or (kind is AtLeast and bool(value >= 0))
    return True


def _simplest(value: Any) -> Fraction | None:
    """The fraction with a small denominator that a value is, as far as can be seen."""
    size = abs(value.real.mid())
    if bool(size > _LARGEST_SIMPLE) or bool(size * _LARGEST_SIMPLE < 1):
        return Fraction(0) if _below(value, _HOLDS) else None
    text = value.real.mid().str(40, radius=False)
    exact = Fraction(text)
    near = exact.limit_denominator(5000)
    if abs(near - exact) < Fraction(1, 10**25) * (1 + abs(exact)):
        return near
    return None


def _text(value: Any) -> str:
    simple = _simplest(value)
    if simple is not None and abs(simple.numerator) < 10**6:
        return str(simple)
    text = value.real.mid().str(6, radius=False)
    return str(text)


def _said(name: str) -> str:
    """The name of a derivative at a point: y′x is dy/dx."""
    for sign, told in (("′", "d{}/d{}"), ("″", "d^2{}/d{}^2")):
        head, found, tail = name.partition(sign)
        if found:
            return told.format(head, tail)
    return name


def _real(value: Fraction | tuple[Fraction, Fraction]) -> Fraction:
    return value if isinstance(value, Fraction) else value[0]
