"""The record of a solution: moves from equation to equation, each of which can be redone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Phase
from derivex.errors import RecordError
from derivex.expression import Equation, substitute
from derivex.matching import Context
from derivex.notation import TextWriter
from derivex.rulebook import Form, Rule

__all__ = ["Applied", "Column", "Filled", "Given", "Made", "Move", "Rewritten", "Words", "written"]

Words = tuple["str | Basic", ...]
"""A sentence with formulas in it, which each output writes in its own notation."""


def written(words: Words) -> str:
    """The sentence as text.

    >>> from derivex.expression import symbol
    >>> written(("collect ", symbol("b")))
    'collect b'
    """
    writer = TextWriter()
    return "".join(word if isinstance(word, str) else writer.write(word) for word in words)


@dataclass(frozen=True, eq=False)
class Given:
    """The equation is one of those to be solved."""

    equation: Basic

    def redo(self, sources: Sequence[Basic]) -> Basic:
        """The equation again."""
        return self.equation


@dataclass(frozen=True, eq=False)
class Applied:
    """A rule of the table of moves, such as ``u + c = v  <=>  u = v - c``, on one equation."""

    form: Form
    unknown: Symbol

    def redo(self, sources: Sequence[Basic]) -> Basic:
        """Apply the rule to the source again.

        Raises:
            RecordError: the source has not the form that the rule wants.
        """
        (source,) = sources
        context = Context()
        slots = self.form.match(source, context, self.unknown)
        if slots is None:
            raise RecordError(f"the rule {self.form.rule.name} does not apply to {source}")
        return self.form.build(slots, context)


@dataclass(frozen=True, eq=False)
class Rewritten:
    """One side or both rewritten by rules of equality; None where a side stays as it was."""

    left: Phase | None
    right: Phase | None

    def redo(self, sources: Sequence[Basic]) -> Basic:
        """Rewrite the sides again.

        Raises:
            RecordError: a step does not come out as recorded.
        """
        (source,) = sources
        sides: list[Basic] = []
        for side, phase in zip(source.args, (self.left, self.right), strict=True):
            if phase is None:
                sides.append(side)
                continue
            if phase.start is not side:
                raise RecordError(f"what was rewritten is {phase.start}, not {side}")
            phase.replay()
            sides.append(phase.result)
        return Equation(*sides)


@dataclass(frozen=True, eq=False)
class Filled:
    """The right-hand sides of solved equations put in the place of their unknowns.

    The first source is what they are put into, the others are the solved equations.
    """

    unknowns: tuple[Symbol, ...]

    def redo(self, sources: Sequence[Basic]) -> Basic:
        """Substitute again.

        Raises:
            RecordError: a source is not solved for its unknown.
        """
        into, *solved = sources
        replacements: dict[Basic, Basic] = {}
        for unknown, equation in zip(self.unknowns, solved, strict=True):
            if equation.args[0] is not unknown:
                raise RecordError(f"{equation} is not solved for {unknown}")
            replacements[unknown] = equation.args[1]
        return Equation(*[substitute(side, replacements) for side in into.args])


Made = Given | Applied | Rewritten | Filled


@dataclass(frozen=True, eq=False)
class Move:
    """One equation of a solution, and how it came about.

    Args:
        number: its place among all equations of the solution, from 0.
        equation: the equation.
        words: what was done, in words: "subtract 3 from both sides"; empty if it is given.
        rules: the rules that were applied.
        sources: the numbers of the equations that it was made from.
        made: how it is made from them.
        origin: which of the given equations it is a form of, from 1.
        label: the number by which other moves refer to it, such as "(1)", or "".
        condition: what must not be zero for the move to be allowed; None if nothing.
        purpose: the larger move that it is a part of: "solve (1) for a"; empty if it is none.
        joined: whether it only tidies the equation before it, with which it shares a line.
        easy: whether the larger move is divided by numbers only, so that it fits one line.
    """

    number: int
    equation: Basic
    words: Words
    rules: tuple[Rule, ...]
    sources: tuple[int, ...]
    made: Made
    origin: int
    label: str = ""
    condition: Basic | None = None
    purpose: Words = ()
    joined: bool = False
    easy: bool = False

    @property
    def says(self) -> str:
        """What was done, as text."""
        return written(self.words)


@dataclass(frozen=True, eq=False)
class Column:
    """What is done with one equation while it is worked on by itself.

    Args:
        heading: the number of the equation, such as "(1)".
        moves: the equation and its forms, from the top.
    """

    heading: str
    moves: tuple[Move, ...]


def replay(moves: Mapping[int, Move] | Sequence[Move]) -> None:
    """Redo every move from its sources.

    Raises:
        RecordError: naming the first move that does not come out as recorded.
    """
    ordered = list(moves.values()) if isinstance(moves, Mapping) else list(moves)
    equations = {move.number: move.equation for move in ordered}
    for move in ordered:
        again = move.made.redo([equations[source] for source in move.sources])
        if again is not move.equation:
            raise RecordError(
                f"equation {move.number}: “{move.says}” gives {again}, not {move.equation}"
            )
