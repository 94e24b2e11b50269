"""A case of a solution: what is assumed in it, what is known, and what it ends with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.solving.record import Move, Words

__all__ = ["COVERED", "Case", "ContradictionError", "Found", "State"]

COVERED = "every solution of this case is one of"
"""What is said of a case that belongs to another one."""


@dataclass(frozen=True, eq=False)
class Case:
    """What is assumed in a case, and what it leads to.

    Args:
        label: its name, such as "A" or "B.2"; empty for the whole.
        heading: what is assumed in it; empty for the whole.
        moves: the moves in it, up to where it falls into cases of its own.
        cases: those.
        points: the numbers of the solutions that it ends with, from 0.
        remark: how it ended where there is no solution, or none was found.
    """

    label: str
    heading: Words
    moves: tuple[Move, ...]
    cases: tuple[Case, ...] = ()
    points: tuple[int, ...] = ()
    remark: Words = ()

    def every(self) -> Iterator[Case]:
        """The case, and all cases in it, in the order in which they are worked."""
        stack: list[Case] = [self]
        while stack:
            case = stack.pop()
            yield case
            stack.extend(reversed(case.cases))


@dataclass(frozen=True, eq=False)
class Found:
    """A solution that a case ends with.

    Args:
        values: what the unknowns are.
        free: the unknowns that may take any value.
        relations: equations between unknowns that are left, on a whole curve of solutions.
        exact: whether the values are exact, not rounded.
    """

    values: dict[Symbol, Basic]
    free: tuple[Symbol, ...] = ()
    relations: tuple[Basic, ...] = ()
    exact: bool = True


@dataclass
class State:
    """What holds in a case: the latest form of each equation, and what is known."""

    active: dict[int, int]
    left: list[Symbol]
    solved: list[tuple[Symbol, int]] = field(default_factory=list)
    settled: dict[Symbol, int] = field(default_factory=dict)
    given_up: set[int] = field(default_factory=set)
    tried: set[tuple[int, int, int]] = field(default_factory=set)
    nonzero: frozenset[Basic] = frozenset()
    others: tuple[tuple[str, Basic], ...] = ()
    """What is assumed in other cases, with their labels."""
    required: tuple[Basic, ...] = ()
    """Relations that the case assumes, such as x ≥ 0."""

    def copy(self) -> State:
        return State(
            dict(self.active),
            list(self.left),
            list(self.solved),
            dict(self.settled),
            set(self.given_up),
            set(self.tried),
            self.nonzero,
            self.others,
            self.required,
        )


class ContradictionError(Exception):
    """The equations of a case cannot hold together."""

    def __init__(self, words: Words):
        super().__init__()
        self.words = words
