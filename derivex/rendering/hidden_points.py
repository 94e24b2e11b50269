"""What the answers of an exercise are worth at points: how a page judges without the formulas.

The values are exact to the last digit of a double number.  A point lies where every row of the
exercise is meant to hold: assumptions and conditions are true there.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random
from time import monotonic
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.equality.arrays import Array, entries_of
from derivex.equality.balls import evaluate, precision
from derivex.equality.rings import UnsupportedError
from derivex.equality.sampling import random_point
from derivex.equality.survey import Survey, survey
from derivex.errors import ProblemError
from derivex.expression import (
    Apply,
    At,
    AtLeast,
    AtMost,
    Column,
    D,
    Decimal,
    Delta,
    E,
    Equation,
    FunctionName,
    Greater,
    Less,
    Mean,
    Named,
    Negative,
    Over,
    Plus,
    Power,
    RaisedName,
    Row,
    Times,
    Total,
    Unequal,
    pi,
    postorder,
    symbol,
)
from derivex.expression.functions import Functions
from derivex.expression.literals import value_of
from derivex.sheets import Exercise, Sheet

__all__ = ["EVALUATED", "HiddenPoint", "Judged", "judged_at_points", "name_of"]

_BITS = 120
_TRIES = 90
_SECONDS = 5.0  # for one exercise, if its answers take long to evaluate
_WANTED, _LEAST = 7, 3  # points at which an answer has a value
_LARGEST = 1e9
_COUNT = 3  # of data, where there are none
_RELATIONS: dict[type[Basic], Callable[[float, float], bool]] = {
    Greater: operator.gt,
    AtLeast: operator.ge,
    Less: operator.lt,
    AtMost: operator.le,
    Unequal: operator.ne,
}

# What the page can work out.
EVALUATED = (
    "exp", "log", "sqrt", "abs", "sign", "max", "min", "sin", "cos", "tan", "cot", "sec", "csc",
    "asin", "acos", "atan", "acot", "asec", "acsc", "sinh", "cosh", "tanh", "coth", "sech", "csch",
    "asinh", "acosh", "atanh", "acoth", "asech", "acsch", "floor", "ceiling", "atan2", "erf",
    "gamma", "factorial",
)  # fmt: skip
"""The functions that math.js has."""
_KINDS = frozenset(
    (At, Column, D, Decimal, Delta, Equation, Mean, Named, Negative, Over, Plus, Power, Row,
     Times, Total)
)  # fmt: skip
_LEAVES = frozenset((FunctionName, RaisedName))

Value = float | list[float]
Entries = list[Any]  # numbers, or lists of them


@dataclass(frozen=True)
class HiddenPoint:
    """A point.

    Args:
        values: of the names.
        columns: of the names that have entries.
        count: the number of data; None where there are none.
    """

    values: Mapping[str, float]
    columns: Mapping[str, Entries] = field(default_factory=dict)
    count: int | None = None


@dataclass(frozen=True)
class Judged:
    """What an exercise is judged with.

    Args:
        points: the points.
        values: for the number of a blank its value at each point, None where it has none there.
            A blank that has too few values is not among them.
        abbreviations: what names stand for that depend on others.
        equations: the blanks that stand for an equation; their values are the left side less
            the right one, which a factor may change.
    """

    points: tuple[HiddenPoint, ...]
    values: Mapping[int, tuple[Value | None, ...]]
    abbreviations: Mapping[Basic, Basic]
    equations: frozenset[int]


def judged_at_points(sheet: Sheet, exercise: Exercise, functions: Functions) -> Judged:
    """Points, and the values of the answers there.

    Args:
        sheet: the sheet, with its answers.
        exercise: the exercise.
        functions: what is known of functions.
    """
    answers = {
        number: answer
        for number in exercise.blanks
        if (answer := sheet.blank(number).answer) is not None and _can_be_judged(answer, functions)
    }
    deadline = monotonic() + _SECONDS
    values: dict[int, list[Value | None]] = {number: [] for number in answers}
    points: list[HiddenPoint] = []
    for point, names in _points(sheet, exercise, functions):
        found = {n: _value(answer, names, point, functions) for n, answer in answers.items()}
        needed = [n for n in answers if sum(v is not None for v in values[n]) < _WANTED]
        if not needed or monotonic() > deadline:
            break
        if any(found[number] is not None for number in needed):
            points.append(point)
            for number in answers:
                values[number].append(found[number])
    return Judged(
        tuple(points),
        {
            number: tuple(each)
            for number, each in values.items()
            if sum(value is not None for value in each) >= _LEAST
        },
        _abbreviations(sheet, exercise),
        frozenset(number for number, answer in answers.items() if type(answer) is Equation),
    )


def _can_be_judged(answer: Basic, functions: Functions) -> bool:
    """Whether the page can work out what such an answer is worth."""
    return all(_has_value(node, functions) for node in postorder(answer))


def _has_value(node: Basic, functions: Functions) -> bool:
    if isinstance(node, Symbol) or node.is_Number or type(node) in _LEAVES or node in (E, pi):
        return True
    if type(node) is not Apply:
        return type(node) in _KINDS
    name = getattr(node.args[0], "name", "")
    function = functions.get(name)
    if function is None or function.definition is None:
        return name in EVALUATED
    return not function.variadic and _can_be_judged(function.definition, functions)


def _points(
    sheet: Sheet, exercise: Exercise, functions: Functions
) -> Iterator[tuple[HiddenPoint, Mapping[Basic, Any]]]:
    """Points at which everything that is assumed holds, with the same by the names themselves."""
    roots = [row.expression for row in exercise.rows]
    roots += [a for n in exercise.blanks if (a := sheet.blank(n).answer) is not None]
    defined = _abbreviations(sheet, exercise)
    found = survey([*roots, *defined, *defined.values()])
    found.names.update({Symbol(name): None for name in sheet.knowledge.names})
    data = {name: _numbers(entries) for name, entries in sheet.knowledge.columns}
    shapes = {**dict.fromkeys(data, 1), **_indices(roots, found)}
    for name in shapes:
        found.names.pop(name, None)
    conditions = [*sheet.knowledge.assumptions]
    conditions += [condition for row in exercise.rows for condition in row.conditions]
    count = len(next(iter(data.values()))) if data else _COUNT if found.counts or shapes else None
    random = Random(f"{sheet.seed} {sheet.variant} {exercise.number}")
    for number in range(_TRIES):
        drawn = random_point(found, {}, random, count, positive=number % 3 > 0)
        names: dict[Basic, Any] = {name: drawn.values[name] for name in found.names}
        for name, depth in shapes.items():
            names[name] = data.get(name) or _column(random, depth, count or _COUNT)
        if count is not None:
            names[Symbol("n")] = Fraction(count)
        _define(names, defined, functions, count)
        if not _hold(conditions, names, functions):
            continue
        scalars = {name_of(n): float(v) for n, v in names.items() if isinstance(v, Fraction)}
        columns = {name_of(n): _floats(v) for n, v in names.items() if isinstance(v, list)}
        yield HiddenPoint(scalars, columns, count), names


def name_of(name: Basic) -> str:
    """What the page calls a name; x with its index above is another name than x."""
    told = str(getattr(name, "name", name))
    return f"{told}⁽⁾" if isinstance(name, RaisedName) else told


def _indices(roots: Sequence[Basic], found: Survey) -> dict[Symbol, int]:
    """The names that have entries, with how many indices these have."""
    depths: dict[Symbol, int] = {}
    for root in roots:
        for node in postorder(root):
            if type(node) is At and node.args[0] in found.bases:
                depths[node.args[0]] = len(node.args) - 1
    return depths


def _numbers(entries: Sequence[Basic]) -> list[Fraction]:
    return [Fraction(number) for entry in entries if (number := value_of(entry)) is not None]


def _column(random: Random, depth: int, count: int) -> Entries:
    if depth > 1:
        return [_column(random, depth - 1, count) for _ in range(count)]
    return [Fraction(random.randint(1, 4096), 1024) for _ in range(count)]


def _floats(entries: Entries) -> Entries:
    return [_floats(e) if isinstance(e, list) else float(e) for e in entries]


def _abbreviations(sheet: Sheet, exercise: Exercise) -> dict[Basic, Basic]:
    """What names stand for: those that the lesson defines, and those that a row introduces.

    A row may give a name to a part of it: with u = x².  It goes before one of the lesson.
    """
    roots = [row.expression for row in exercise.rows]
    found: dict[Basic, Basic] = dict(sheet.knowledge.defined.abbreviations)
    for root in roots:
        for node in postorder(root):
            if type(node) is Named:
                found[symbol(node.args[0].name)] = node.args[1]
    return {name: body for name, body in found.items() if isinstance(name, Symbol)}


def _define(
    names: dict[Basic, Any], defined: Mapping[Basic, Basic], functions: Functions, count: int | None
) -> None:
    """Give abbreviations the values of what they stand for; one without a value gets none."""
    for name, body in defined.items():
        value = _number(body, names, functions, count)
        names.pop(name, None)
        if value is not None:
            names[name] = Fraction(value)


def _hold(conditions: Sequence[Basic], names: Mapping[Basic, Any], functions: Functions) -> bool:
    """Whether all conditions that have a value hold, and not just so."""
    for condition in conditions:
        compare = _RELATIONS.get(type(condition))
        if compare is None:
            continue
        left, right = (_number(side, names, functions, None) for side in condition.args)
        if left is not None and right is not None and not compare(left, right):
            return False
    return True


def _value(
    answer: Basic, names: Mapping[Basic, Any], point: HiddenPoint, functions: Functions
) -> Value | None:
    if type(answer) is Equation:
        left, right = (_number(side, names, functions, point.count) for side in answer.args)
        # Where both sides are equal by chance, or always, nothing can be told from others.
        return None if left is None or right is None or left == right else left - right
    try:
        table = entries_of(answer)
    except (UnsupportedError, ProblemError, ValueError):
        return None
    if not isinstance(table, Array):
        return _number(answer, names, functions, point.count)
    values = [_number(entry, names, functions, point.count) for entry in table.entries]
    return None if None in values else [value for value in values if value is not None]


def _number(
    node: Basic, names: Mapping[Basic, Any], functions: Functions, count: int | None
) -> float | None:
    """The value of a scalar expression as a double number; None where it has none."""
    try:
        with precision(_BITS):
            ball = evaluate(node, names, functions, count, real=True)
            value = float(ball.real.mid())
            sure = float(ball.real.rad()) <= 1e-14 * (1 + abs(value))
    except (ProblemError, OverflowError, ValueError):
        return None
    return value if sure and math.isfinite(value) and abs(value) < _LARGEST else None
