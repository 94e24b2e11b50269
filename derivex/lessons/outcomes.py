"""What the statements of a lesson lead to: data only, for whoever shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Derivation
from derivex.descent import Descent, GradientCheck
from derivex.engine import GradientDerivation
from derivex.engine.backward import BackwardDerivation
from derivex.engine.differentiability import Differentiability
from derivex.engine.directional import Directional
from derivex.engine.nudges import NudgeTable
from derivex.engine.subgradient import SubgradientDerivation
from derivex.engine.tangent import Tangent
from derivex.expression.array_nodes import ArrayName
from derivex.lessons.lesson import Statement
from derivex.notation import Definition
from derivex.sheets import BlankKind
from derivex.solving import ImplicitDerivative, Solution, StationarySolution

if TYPE_CHECKING:
    from derivex.plots.picture import Picture

__all__ = [
    "BlankMark",
    "BlankMarks",
    "Choice",
    "Data",
    "Drawing",
    "Expectation",
    "Outcome",
    "Requirement",
    "Result",
    "Shapes",
]


@dataclass(frozen=True)
class Data:
    """A column of data.

    Args:
        name: its name.
        entries: its entries, numbers as they were written.
    """

    name: Symbol
    entries: Sequence[Basic]


@dataclass(frozen=True)
class Shapes:
    """Vectors and matrices that are declared.

    Args:
        arrays: their names, with their shapes.
    """

    arrays: tuple[ArrayName, ...]


@dataclass(frozen=True)
class Expectation:
    """What a lesson says must come out, and what did.

    Args:
        name: the left side, as it is written in the lesson.
        expected: the right side.
        found: the left side, worked out.
        holds: whether the two are equal.
        says: how that is known where it is not by exact calculation, and where they differ;
            else empty.
        rounded: whether only the digits that are written must agree: ≈ 0.2143.
    """

    name: str
    expected: Basic
    found: Basic
    holds: bool
    says: str = ""
    rounded: bool = False


@dataclass(frozen=True)
class BlankMark:
    """Something that is to be left out.

    Args:
        part: which of the derivations of the statement before, from 0.
        column: the column of its row, from 0.
        row: the row, from 0.
        kind: what it is.
        answer: the expression; None for a reason.
        says: the reason, where it is one.
    """

    part: int
    column: int
    row: int
    kind: BlankKind
    answer: Basic | None = None
    says: str = ""


@dataclass(frozen=True)
class BlankMarks:
    """What a ``blank`` statement marks.

    Args:
        marks: what is to be left out.
        points: what a right answer is worth.
    """

    marks: tuple[BlankMark, ...]
    points: int = 1


@dataclass(frozen=True)
class Choice:
    """What was chosen for some letters.

    Args:
        values: the letters with their values.
    """

    values: tuple[tuple[Symbol, Basic], ...]


@dataclass(frozen=True)
class Requirement:
    """What a variant must meet.

    Args:
        says: what is required, as it is written in the lesson.
        holds: whether it is met.
        below: the number that all numbers must be below, where that is what is required.
    """

    says: str
    holds: bool
    below: int | None = None


@dataclass(frozen=True)
class Drawing:
    """What a ``plot`` statement draws.

    Args:
        picture: what is in the picture, as numbers.
    """

    picture: Picture


Result: TypeAlias = (
    Definition
    | BlankMarks
    | Choice
    | Requirement
    | Drawing
    | Data
    | Shapes
    | Derivation
    | GradientDerivation
    | BackwardDerivation
    | SubgradientDerivation
    | Descent
    | GradientCheck
    | Solution
    | StationarySolution
    | ImplicitDerivative
    | NudgeTable
    | Tangent
    | Directional
    | Differentiability
    | Expectation
)
"""One record that a statement leads to."""


@dataclass(frozen=True)
class Outcome:
    """What one statement led to.

    Args:
        statement: the statement.
        results: its records, in order: ``evaluate s, b`` has two.
        notes: how ambiguous formulas in it were read.
    """

    statement: Statement
    results: tuple[Result, ...]
    notes: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether no expectation in it failed."""
        return all(result.holds for result in self.results if isinstance(result, Expectation))
