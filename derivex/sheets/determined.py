"""Solving a sheet: does what remains determine each blank?

Rows are complete or they are not.  A gap in a row is determined

* by its value, where some row of equal value is complete and no second value of the gap gives
  the row the same value: the gap is reached through sums, products with something that is not
  zero, and the like;
* by the row's reason, where that is to be seen, the row before is printed without gaps, and what
  the reason names, redone, makes this row of it: what a rule does inside a sum over data, it does
  to each of its terms.

What was found in an exercise may be put into the first row of one that goes on from it.

A gap in an equation is determined where its reason is to be seen and the move that it names,
redone from complete equations, leads to it, and no other value gives an equation like it.

A reason is determined where the rows on both sides of it are complete and only one naming of
rules fits.  What was determined completes its row, which may determine more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sympy import Integer
from sympy.core.basic import Basic

from derivex.diagnosis import justify
from derivex.engine import filled_in
from derivex.equality import judge
from derivex.errors import DerivexError
from derivex.expression import (
    ONE,
    ZERO,
    Apply,
    Branch,
    D,
    Equation,
    Gap,
    Negative,
    Over,
    Plus,
    Power,
    Row,
    Times,
    integer,
    value_of,
)
from derivex.expression.array_nodes import Transpose
from derivex.expression.functions import Functions
from derivex.expression.nodes import Cases, Column, E, Matrix
from derivex.expression.shapes import is_array
from derivex.matching import Context
from derivex.rulebook import RuleBook
from derivex.rulebook.rule import PUTTING_IN
from derivex.sheets.candidates import At
from derivex.sheets.filled_values import are_told
from derivex.sheets.knowledge import SheetKnowledge
from derivex.sheets.places import path_to
from derivex.sheets.redoing import Redoing
from derivex.sheets.sheet import gaps_in, with_answers
from derivex.sheets.worked import Worked, WorkedRow

__all__ = ["Solver", "State"]

_SECONDS = 1.0
_ENTRIES = (Row, Column, Matrix, Transpose, Cases, Branch)
_ONE_TO_ONE = frozenset(
    [
        "exp",
        "log",
        "ln",
        "log2",
        "log10",
        "sqrt",
        "cbrt",
        "tanh",
        "sinh",
        "arctan",
        "arcsin",
        "arccos",
        "arsinh",
        "artanh",
        "sigmoid",
        "softplus",
        "erf",
    ]
)


@dataclass
class State:
    """What is to be seen of the rows of a sheet while blanks are chosen.

    Args:
        exercises: the exercises, complete.
        shown: what is shown of each row; rows that are not in it are complete.
        hidden: the rows whose reasons are blanks, with the blank's number.
        answers: what belongs into each gap.
    """

    exercises: Sequence[Worked]
    shown: Mapping[At, Basic]
    hidden: Mapping[At, int]
    answers: Mapping[int, Basic]

    def row(self, at: At) -> Basic:
        """What is shown of a row."""
        found = self.shown.get(at)
        if found is not None:
            return found
        return self.exercises[at.exercise].columns[at.column][at.row].expression


class Solver:
    """Decides what is determined, and remembers what is dear to find out.

    Args:
        book: the rules.
        knowledge: the definitions by which rows are equal.
    """

    def __init__(self, book: RuleBook, knowledge: SheetKnowledge):
        self.book = book
        self.knowledge = knowledge
        self.functions: Functions = knowledge.functions(book)
        self.redoing = Redoing(knowledge.assumptions, self.functions)
        self._nonzero: dict[Basic, bool] = {}
        self._named: dict[tuple[Basic, Basic, str], bool] = {}

    def undetermined(self, state: State, number: int) -> frozenset[int]:
        """The blanks of an exercise that what remains does not determine.

        Args:
            state: the sheet.
            number: the exercise, from 0; what it goes on from is looked at as well.
        """
        first = number
        while state.exercises[first].goes_on:
            first -= 1
        last = number
        while last + 1 < len(state.exercises) and state.exercises[last + 1].goes_on:
            last += 1
        rows = [
            At(exercise, column, row)
            for exercise in range(first, last + 1)
            for column, each in enumerate(state.exercises[exercise].columns)
            for row in range(len(each))
        ]
        return _Attempt(self, state, rows).run()

    # -- what is asked of the judge ------------------------------------------------------------

    def nonzero(self, factor: Basic) -> bool:
        """Whether an expression is known not to be zero throughout."""
        found = self._nonzero.get(factor)
        if found is None:
            value = value_of(factor)
            if value is not None:
                found = value != 0
            elif is_array(factor):
                found = False  # nothing is said of arrays, by which dividing is another matter
            else:
                try:
                    filled = filled_in(factor, self.knowledge.defined)
                    verdict = judge(filled, ZERO, self.functions, seconds=_SECONDS)
                    found = verdict.kind == "wrong"
                except DerivexError:
                    found = False
            self._nonzero[factor] = found
        return found

    def is_named(self, before: Basic, after: Basic, says: str) -> bool:
        """Whether a step between two complete rows can be named in one way only, and is."""
        key = (before, after, says)
        found = self._named.get(key)
        if found is None:
            try:
                way = justify(before, after, self.book, seconds=_SECONDS)
            except DerivexError:
                way = None
            found = self._named[key] = way is not None and way.says == says
        return found

    def has_other_name(self, row: WorkedRow) -> bool:
        """Whether another rule makes the same of what was rewritten in a row."""
        phrases = {rule.phrase for rule in row.rules}
        context = Context(functions=self.functions)
        for redex, replacement in row.changed:
            if type(redex) is not D:
                continue
            for form in self.book.derivatives.candidates(*redex.args[:2]):
                if form.rule.phrase in phrases:
                    continue
                slots = form.match(redex, context)
                if slots is not None and form.build(slots, context) is replacement:
                    return True
        return False


class _Attempt:
    """Solving the blanks of some rows as far as that goes."""

    def __init__(self, solver: Solver, state: State, rows: Sequence[At]):
        self.solver = solver
        self.state = state
        self.rows = rows
        self.open: dict[At, frozenset[int]] = {
            at: frozenset(gaps_in(state.shown[at])) if at in state.shown else frozenset()
            for at in rows
        }
        self.solved: set[int] = set()
        self.unnamed = {at: number for at, number in state.hidden.items() if at in self.open}
        self.numbered = {row.moves[-1].number: at for at in rows if (row := self._row(at)).moves}
        self.equations = {number: self._row(at).expression for number, at in self.numbered.items()}

    def run(self) -> frozenset[int]:
        wanted = frozenset().union(*self.open.values())
        while True:
            before = len(self.solved)
            for at in self.rows:
                missing = self.open[at] - self.solved
                if missing:
                    self.solved.update(
                        number
                        for number in missing
                        if self._is_carried(at, number) or self._forced(at, number)
                    )
            if len(self.solved) == before:
                break
        reasons = {
            number for at, number in self.unnamed.items() if not self._reason_is_determined(at)
        }
        return (wanted - self.solved) | reasons

    def _complete(self, at: At) -> bool:
        return self.open[at] <= self.solved

    def _worked(self, at: At) -> Worked:
        return self.state.exercises[at.exercise]

    def _before(self, at: At) -> At | None:
        return At(at.exercise, at.column, at.row - 1) if at.row else None

    def _row(self, at: At) -> WorkedRow:
        return self._worked(at).columns[at.column][at.row]

    def _is_carried(self, at: At, number: int) -> bool:
        """Whether a row with which an exercise goes on has in a gap what was found before."""
        answers = self.state.answers
        return (
            not self._row(at).says
            and self._worked(at).goes_on
            and any(answers[each] is answers[number] for each in self.solved if each in answers)
        )

    def _forced(self, at: At, number: int) -> bool:
        """Whether a gap in a row can only be filled in one way."""
        redone = self._is_redone(at)
        before = self._before(at)
        model: Basic | None = None
        if self._worked(at).kind == "equations":
            if not redone:
                return False
        elif redone and before is not None and not self.open[before]:
            model = self._row(before).expression
        elif not redone and not self._has_equal(at):
            return False
        return self._reached(at, number, model)

    def _is_redone(self, at: At) -> bool:
        """Whether the reason of a row is to be seen, and leads to it from what is complete."""
        return bool(self._row(at).says) and at not in self.unnamed and self._would_be_redone(at)

    def _would_be_redone(self, at: At) -> bool:
        """Whether a row is reached from what is complete by what its reason names."""
        row, before = self._row(at), self._before(at)
        if row.moves and not row.steps:
            needed = self.solver.redoing.sources(row, self.equations)
            return needed is not None and all(
                self._complete(self.numbered[number]) for number in needed
            )
        if before is None or not self._complete(before):
            return False
        if row.filled:
            start = self._row(before).expression
            told = are_told(row, self._worked(at), self.solver.knowledge)
            return told and self.solver.redoing.by_filling_in(row, start)
        return self.solver.redoing.by_steps(row)

    def _has_equal(self, at: At) -> bool:
        """Whether a complete row has the same value: none stands where something is filled in."""
        column = self._worked(at).columns[at.column]
        first = last = at.row
        while first and not column[first].filled:
            first -= 1
        while last + 1 < len(column) and not column[last + 1].filled:
            last += 1
        return any(
            row != at.row and self._complete(At(at.exercise, at.column, row))
            for row in range(first, last + 1)
        )

    def _reached(self, at: At, number: int, model: Basic | None) -> bool:
        """Whether a second value of the gap would change the row.

        Args:
            at: the row.
            number: the gap.
            model: the row before, where the reason says what is done to each part of it.
        """
        found = {each: self.state.answers[each] for each in self.open[at] & self.solved}
        shown = with_answers(self.state.row(at), found)
        path = path_to(Gap(integer(number)), shown)
        if path is None or not self._is_alone(shown, number):
            return False
        for node, position in path:
            like = _like(node, position, model)
            if like is None and not self._one_to_one(node, position):
                return False
            model = like if like is not None else _beneath(node, position, model)
        return True

    def _is_alone(self, shown: Basic, number: int) -> bool:
        """Whether no other open gap stands in the entry, or on the side, where this one does."""
        here = shown
        while type(here) in (*_ENTRIES, Equation):
            inside = [part for part in here.args if number in gaps_in(part)]
            if len(inside) != 1:
                return False
            (here,) = inside
        return gaps_in(here) == (number,)

    def _one_to_one(self, node: Basic, position: int) -> bool:
        """Whether a node with another operand at that position has another value."""
        kind = type(node)
        if kind in (Plus, Negative, Equation) or kind in _ENTRIES:
            return True
        others = [part for at, part in enumerate(node.args) if at != position]
        if kind is Times:
            return all(not gaps_in(part) and self.solver.nonzero(part) for part in others)
        if kind is Over:
            return not gaps_in(others[0]) and (position == 0 or self.solver.nonzero(others[0]))
        if kind is Power:
            return _power_is_one_to_one(others[0], position)
        if kind is Apply:
            return len(node.args) == 2 and getattr(node.args[0], "name", "") in _ONE_TO_ONE
        return False

    def _reason_is_determined(self, at: At) -> bool:
        row, before = self._row(at), self._before(at)
        if row.reasons == (PUTTING_IN,):
            return self._complete(at) and self._would_be_redone(at)
        if before is None or not (self._complete(before) and self._complete(at)):
            return False
        start, end = self._row(before).expression, row.expression
        says = row.says.partition(", where ")[0].partition(", if ")[0]
        return self.solver.is_named(start, end, says) and not self.solver.has_other_name(row)


def _like(node: Basic, position: int, model: Basic | None) -> Basic | None:
    """What stands in the row before where the gap stands in a node that is else the same."""
    if model is None or type(model) is not type(node) or len(model.args) != len(node.args):
        return None
    for at, (new, old) in enumerate(zip(node.args, model.args, strict=True)):
        if at != position and new is not old:
            return None
    return model.args[position]


def _beneath(node: Basic, position: int, model: Basic | None) -> Basic | None:
    """What stands in the row before at the same place, if it is built alike there."""
    if model is None or type(model) is not type(node) or len(model.args) != len(node.args):
        return None
    return model.args[position]


def _power_is_one_to_one(other: Basic, position: int) -> bool:
    if position == 0:
        return isinstance(other, Integer) and int(other) % 2 == 1
    value = value_of(other)
    return other is E or (value is not None and value > 0 and other is not ONE)
