"""The record of a solution: moves from equation to equation, each of which can be redone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Phase
from derivex.equality import judge
from derivex.errors import RecordError
from derivex.expression import ZERO, Equation, Negative, Or, Plus, free_symbols, substitute
from derivex.matching import NO_FACTS, Context
from derivex.notation import TextWriter
from derivex.rulebook import Form, Procedure, Rule
from derivex.solving.definite_forms import is_definite_form

__all__ = [
    "Applied",
    "Chosen",
    "Column",
    "Combined",
    "Filled",
    "Given",
    "Made",
    "Move",
    "Proceeded",
    "Refuted",
    "Rewritten",
    "Term",
    "Words",
    "is_sum_of_squares",
    "never_holds",
    "put_in_place",
    "written",
]

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


@dataclass(frozen=True, eq=False)
class Proceeded:
    """A named procedure on one equation, such as "a product is zero where a factor is".

    Args:
        procedure: the procedure.
        parameters: what it works by, such as the unknown.
    """

    procedure: Procedure
    parameters: tuple[Basic, ...] = ()

    def redo(self, sources: Sequence[Basic]) -> Basic:
        """Run it again.

        Raises:
            RecordError: it does not apply.
        """
        (source,) = sources
        made = self.procedure.with_parameters(self.parameters).apply(source)
        if made is None:
            raise RecordError(
                f"the procedure {self.procedure.rule.name} does not apply to {source}"
            )
        return made


@dataclass(frozen=True, eq=False)
class Chosen:
    """One of several equations, which a case assumes to hold.

    Args:
        which: its place among them, from 0.
    """

    which: int

    def redo(self, sources: Sequence[Basic]) -> Basic:
        """Choose it again.

        Raises:
            RecordError: there is none.
        """
        (source,) = sources
        if type(source) is not Or or not 0 <= self.which < len(source.args):
            raise RecordError(f"{source} has no case {self.which + 1}")
        return source.args[self.which]


@dataclass(frozen=True, eq=False)
class Combined:
    """One equation and a multiple of another one added, side by side.

    Args:
        factor: what the second one is multiplied by: 1 or −1.
    """

    factor: int

    def redo(self, sources: Sequence[Basic]) -> Basic:
        """Add again."""
        first, second = sources
        sides = [
            Plus(one, other if self.factor > 0 else Negative(other))
            for one, other in zip(first.args, second.args, strict=True)
        ]
        return Equation(*sides)


@dataclass(frozen=True, eq=False)
class Term:
    """A sum of terms none of which is negative, or a definite quadratic form, set to zero.

    It is zero only where each of its terms is.

    Args:
        which: the term, from 0.
    """

    which: int

    def redo(self, sources: Sequence[Basic]) -> Basic:
        """Take the term again.

        Raises:
            RecordError: the equation is no such sum.
        """
        (source,) = sources
        left, right = source.args
        each_is_zero = is_sum_of_squares(left) or is_definite_form(left)
        if right is not ZERO or not each_is_zero or self.which >= len(left.args):
            raise RecordError(f"{source} does not make each of its terms 0")
        return Equation(left.args[self.which], ZERO)


def is_sum_of_squares(left: Basic) -> bool:
    """Whether no term of a sum is ever negative.

    >>> from derivex.expression import TWO, Power, symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> is_sum_of_squares(Plus(Power(x, TWO), Power(y, TWO))), is_sum_of_squares(Plus(x, y))
    (True, False)
    """
    return type(left) is Plus and all(-1 not in NO_FACTS.signs(term) for term in left.args)


@dataclass(frozen=True, eq=False)
class Refuted:
    """An equation without unknowns that never holds, such as 2 = 0."""

    def redo(self, sources: Sequence[Basic]) -> Basic:
        """See again that it does not hold.

        Raises:
            RecordError: it may hold.
        """
        (source,) = sources
        if not never_holds(source):
            raise RecordError(f"{source} may hold")
        return Or()


def never_holds(equation: Basic) -> bool:
    """Whether both sides are numbers, and not the same one; or one is seen to be no zero.

    >>> from derivex.expression import ONE, TWO
    >>> never_holds(Equation(ONE, TWO)), never_holds(Equation(ONE, ONE))
    (True, False)
    """
    left, right = equation.args
    difference = left if right is ZERO else Plus(left, Negative(right))
    if 0 not in NO_FACTS.signs(difference):
        return True
    if free_symbols(difference):
        return False
    return judge(left, right).kind == "wrong"


Made = Given | Applied | Rewritten | Filled | Proceeded | Chosen | Combined | Term | Refuted


def put_in_place(relation: Basic, place: int | None, new: Basic) -> Basic:
    """Several equations with one of them replaced by what it leads to.

    Args:
        relation: the equations, as ``Or``; or one equation.
        place: which of them; None for the whole.
        new: what takes its place: an equation, several, or none.
    """
    if place is None:
        return new
    found = [*relation.args]
    found[place : place + 1] = new.args if type(new) is Or else (new,)
    return found[0] if len(found) == 1 else Or(*found)


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
        place: which of several equations it changes, from 0; None where there is only one.
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
    place: int | None = None

    def redo(self, sources: Sequence[Basic]) -> Basic:
        """What it makes of its sources.

        Raises:
            RecordError: it does not apply to them.
        """
        if self.place is None:
            return self.made.redo(sources)
        relation, *others = sources
        if type(relation) is not Or or not 0 <= self.place < len(relation.args):
            raise RecordError(f"{relation} has no equation {self.place + 1}")
        return put_in_place(
            relation, self.place, self.made.redo([relation.args[self.place], *others])
        )

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
        again = move.redo([equations[source] for source in move.sources])
        if again is not move.equation:
            raise RecordError(
                f"equation {move.number}: “{move.says}” gives {again}, not {move.equation}"
            )
