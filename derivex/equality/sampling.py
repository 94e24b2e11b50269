"""Random points, and random expressions to put in place of the letters of a rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.equality.survey import Survey
from derivex.expression.data import COUNT
from derivex.expression.nodes import (
    ONE,
    TWO,
    Apply,
    Negative,
    Over,
    Plus,
    Power,
    Times,
    function_name,
    integer,
)

__all__ = [
    "KINDS",
    "Point",
    "random_expression",
    "random_point",
    "random_value",
    "range_of",
    "simple_point",
]

KINDS = ("real", "positive", "nonnegative", "negative", "nonzero", "integer", "positive integer")
"""What may be assumed of a name: which values it is tried with."""

# Small numbers in an order in which they look well in a counterexample.
_SIMPLE = tuple(map(Fraction, ("2", "1", "3", "-1", "0", "1/2", "-2", "5", "-1/2", "4", "-3")))
_COLUMNS = ((3, 1, 2, 5), (1, 2, 1, 4), (2, 3, 5, 1))  # simple data
_GRAIN = 1024
_MODERATE = (1, 2, 3)
_WIDE = (Fraction(1, 2), 1, 1, 3, 3, 10, 100)

Key = tuple[Basic, tuple[int, ...]]


@dataclass
class Point:
    """Values for names, exact; complex ones as pairs.

    Args:
        values: of the names that are single values.
        count: the number of data, or None.
        entries: of indexed quantities, as far as they were asked for.
        random: where further entries come from; None for small numbers in turn.
    """

    values: dict[Symbol, Fraction | tuple[Fraction, Fraction]]
    count: int | None
    entries: dict[Key, Fraction] = field(default_factory=dict)
    random: Random | None = None

    def draw(self, base: Basic, indices: tuple[int, ...], kind: str) -> Fraction:
        """The value of an entry, chosen when it is first asked for."""
        found = self.entries.get((base, indices))
        if found is None:
            if self.random is None:
                order = list(dict.fromkeys([*(name for name, _ in self.entries), base]))
                column = _COLUMNS[order.index(base) % len(_COLUMNS)]
                found = Fraction(column[sum(indices) % len(column)])
                found = -found if kind == "negative" else found
            else:
                found = random_value(self.random, kind)
            self.entries[base, indices] = found
        return found

    def shown(self) -> tuple[tuple[str, str], ...]:
        """The point as text, data as lists where these are complete."""
        shown = [(name.name, _value_text(value)) for name, value in self.values.items()]
        columns: dict[Basic, dict[tuple[int, ...], Fraction]] = {}
        for (base, indices), value in sorted(
            self.entries.items(), key=lambda entry: (str(entry[0][0]), entry[0][1])
        ):
            columns.setdefault(base, {})[indices] = value
        for base, column in columns.items():
            if list(column) == [(position + 1,) for position in range(len(column))]:
                shown.append((str(base), f"({', '.join(map(str, column.values()))})"))
            elif rows := _rows(column):
                written = (f"[{', '.join(map(str, row))}]" for row in rows)
                shown.append((str(base), f"[{', '.join(written)}]"))
            else:
                for indices, value in column.items():
                    shown.append((f"{base}[{', '.join(map(str, indices))}]", str(value)))
        if self.count is not None:
            shown.append((COUNT.name, str(self.count)))
        return tuple(shown)


def _rows(entries: Mapping[tuple[int, ...], Fraction]) -> list[list[Fraction]]:
    """The rows of a matrix of which every entry is known; empty for anything else.

    >>> _rows({(1, 1): Fraction(5), (1, 2): Fraction(3)})
    [[Fraction(5, 1), Fraction(3, 1)]]
    """
    if any(len(indices) != 2 for indices in entries):
        return []
    height, width = (max(indices[at] for indices in entries) for at in (0, 1))
    keys = [[(row + 1, column + 1) for column in range(width)] for row in range(height)]
    if [key for row in keys for key in row] != list(entries):
        return []
    return [[entries[key] for key in row] for row in keys]


def _value_text(value: Fraction | tuple[Fraction, Fraction]) -> str:
    if isinstance(value, Fraction):
        return str(value)
    real, imaginary = value
    sign = "-" if imaginary < 0 else "+"
    return f"{real} {sign} {abs(imaginary)}i"


def simple_point(
    found: Survey, assumptions: Mapping[Basic, str], number: int, count: int | None
) -> Point:
    """The so-many-th of a sequence of points with small numbers."""
    values: dict[Symbol, Fraction | tuple[Fraction, Fraction]] = {}
    for position, name in enumerate(found.names):
        kind = "positive integer" if name in found.whole else assumptions.get(name, "real")
        allowed = [value for value in _SIMPLE if _fits(value, kind)]
        if name in found.whole:
            lowest, highest = range_of(name, found, count)
            allowed = [value for value in allowed if lowest <= value <= highest]
        values[name] = allowed[(number + position) % len(allowed)]
    return Point(values, count)


def range_of(name: Symbol, found: Survey, count: int | None) -> tuple[int, int]:
    """The integers that an index or a bound is tried with: an index lies within all bounds."""
    if name in found.bounds:
        return 2, 3
    if found.bounds:
        return 1, min(2, count or 2)
    return 1, count or 3


def random_point(
    found: Survey,
    assumptions: Mapping[Basic, str],
    random: Random,
    count: int | None,
    *,
    wide: bool = False,
    positive: bool = False,
    imaginary: bool = False,
) -> Point:
    """A random point.

    Args:
        found: what occurs in the expressions.
        assumptions: what is known of some names, one of :data:`KINDS`.
        random: the source of randomness.
        count: the number of data, or None.
        wide: also very small and large values, and some near the numbers written there.
        positive: positive values only.
        imaginary: complex values, where nothing is assumed.
    """
    values: dict[Symbol, Fraction | tuple[Fraction, Fraction]] = {}
    literals = [literal for literal in found.literals if literal < 10**6] if wide else []
    for name in found.names:
        if name in found.whole:
            values[name] = Fraction(random.randint(*range_of(name, found, count)))
            continue
        kind = assumptions.get(name, "real")
        value = random_value(random, kind, wide=wide, near=literals)
        if positive and kind != "negative":
            value = abs(value)
        if imaginary and kind in ("real", "nonzero"):
            values[name] = (value, random_value(random, "nonzero"))
        else:
            values[name] = value
    return Point(values, count, {}, random)


def random_value(
    random: Random, kind: str = "real", *, wide: bool = False, near: Sequence[Fraction] = ()
) -> Fraction:
    """A random number of the kind, one of :data:`KINDS`; never zero.

    >>> random_value(Random(1), "positive integer") > 0
    True
    """
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is not one of {', '.join(KINDS)}")
    if "integer" in kind:
        value = Fraction(random.randint(1, 5))
    else:
        scale = random.choice(_WIDE if wide else _MODERATE)
        value = Fraction(random.randint(1, _GRAIN), _GRAIN) * scale
        if near and random.random() < 0.3:
            value = random.choice(near) + value * random.choice((-1, 1))
    if kind == "negative":
        return -abs(value) or Fraction(-1)
    if kind in ("real", "nonzero", "integer"):
        return (value if random.random() < 0.5 else -value) or Fraction(1)
    return abs(value) or Fraction(1)


def _fits(value: Fraction, kind: str) -> bool:
    if kind == "real":
        return True
    if kind == "nonzero":
        return value != 0
    if kind == "negative":
        return value < 0
    if kind == "nonnegative":
        return value >= 0
    whole = value.denominator == 1
    if kind == "integer":
        return whole
    return value > 0 and (kind == "positive" or whole)


def random_expression(random: Random, variables: Sequence[Basic], depth: int = 2) -> Basic:
    """A random expression that is smooth, and defined and positive, for positive variables.

    Args:
        random: the source of randomness.
        variables: what it is made of; all of them may, but need not, occur.
        depth: how many operations may stand inside one another.

    >>> from derivex.expression.nodes import symbol
    >>> random_expression(Random(2), [symbol("x")], 1)
    Plus(x, 3)
    """
    if depth <= 0 or not variables:
        return random.choice(variables) if variables else integer(random.randint(1, 5))

    def part() -> Basic:
        return random_expression(random, variables, depth - 1 - random.randint(0, 1))

    makers: list[Callable[[], Basic]] = [
        lambda: Plus(part(), integer(random.randint(1, 4))),
        lambda: Plus(part(), part()),
        lambda: Times(integer(random.randint(2, 4)), part()),
        lambda: Times(part(), part()),
        lambda: Over(part(), random.choice((TWO, integer(3)))),
        lambda: Over(part(), Plus(ONE, part())),
        lambda: Power(part(), random.choice((TWO, integer(3)))),
        lambda: Apply(function_name("sqrt"), part()),
        lambda: Apply(function_name("exp"), Negative(part())),
        lambda: Apply(function_name("log"), Plus(ONE, part())),
        lambda: Plus(TWO, Apply(function_name("sin"), part())),
    ]
    return random.choice(makers)()
