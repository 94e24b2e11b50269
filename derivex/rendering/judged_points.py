"""What a page judges an exercise with: points, what the answers are worth there, and names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sympy.core.basic import Basic

from derivex.expression import RaisedName
from derivex.expression.functions import Function
from derivex.rendering.judged_values import Taken, Worth

__all__ = ["EVALUATED", "Entries", "HiddenPoint", "Judged", "JudgedBlank", "Values", "name_of"]

# What the page can work out.
EVALUATED = (
    "exp", "log", "sqrt", "abs", "sign", "max", "min", "sin", "cos", "tan", "cot", "sec", "csc",
    "asin", "acos", "atan", "acot", "asec", "acsc", "sinh", "cosh", "tanh", "coth", "sech", "csch",
    "asinh", "acosh", "atanh", "acoth", "asech", "acsch", "floor", "ceiling", "atan2", "erf",
    "gamma", "factorial",
)  # fmt: skip
"""The functions that math.js has."""

Values = tuple[float, ...]
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
class JudgedBlank:
    """What the answers to a blank are held against.

    Args:
        worth: what the right answer is worth.
        values: its numbers at each point, None where it has none there.
        taken: what the step has taken away, with its numbers at each point.
    """

    worth: Worth
    values: tuple[Values | None, ...]
    taken: tuple[tuple[Taken, tuple[Values | None, ...]], ...] = ()


@dataclass(frozen=True)
class Judged:
    """What an exercise is judged with.

    Args:
        points: the points.
        blanks: by number; a blank that has too few values is not among them.
        abbreviations: what names stand for that depend on others.
        stand_ins: what stands for functions of which nothing is known.
        directions: along which the supports of sets are taken.
        size: the length of vectors of ones.
        symmetric: the names of the symmetric matrices.
    """

    points: tuple[HiddenPoint, ...]
    blanks: Mapping[int, JudgedBlank]
    abbreviations: Mapping[Basic, Basic]
    stand_ins: Mapping[str, Function]
    directions: tuple[tuple[int, ...], ...] = ((1,),)
    size: int | None = None
    symmetric: tuple[str, ...] = ()


def name_of(name: Basic) -> str:
    """What the page calls a name; x with its index above is another name than x."""
    told = str(getattr(name, "name", name))
    return f"{told}⁽⁾" if isinstance(name, RaisedName) else told
