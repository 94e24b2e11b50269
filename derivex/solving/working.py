"""The sheet that a solution is worked out on: every equation written down is a recorded move."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Phase, Step, follow, say
from derivex.engine import normal_phase
from derivex.engine.forms import collect_phase
from derivex.expression import (
    ZERO,
    Equation,
    Negative,
    Or,
    Relation,
    Unequal,
    free_symbols,
    value_of,
)
from derivex.matching import NO_FACTS, Context
from derivex.notation import TextWriter
from derivex.rulebook import Form, RuleBook
from derivex.solving.record import (
    Applied,
    Chosen,
    Combined,
    Filled,
    Given,
    Made,
    Move,
    Proceeded,
    Refuted,
    Rewritten,
    Term,
    Words,
    is_sum_of_squares,
    put_in_place,
)
from derivex.solving.signs import is_certain

__all__ = [
    "ARITHMETIC",
    "MEANS",
    "MULTIPLY_OUT",
    "TIDY",
    "VALUES",
    "Working",
    "depends_on_any",
    "procedure_phase",
    "rule_phase",
    "with_values",
]

ARITHMETIC = ("arithmetic", "signs")
TIDY = ("arithmetic", "signs", "denominators", "tidying")
MULTIPLY_OUT = ("arithmetic", "denominators", "expanding", "tidying")
MEANS = ("arithmetic", "means", "tidying")
VALUES = ("arithmetic", "signs", "angles", "undoing", "denominators", "expanding", "tidying")
"""What brings the value of an unknown into the form in which it is written."""

_DIVISIONS = ("divide", "divide-by-negative", "multiply")
_PLACE = re.compile(r"\{(-?)(\w)\}")


class Working:
    """The equations written down so far.

    Args:
        book: the rules.
        means: whether sums over the data are written as means.
        data: whether the equations speak of data, so that n is their number.
    """

    def __init__(self, book: RuleBook, means: bool = False, data: bool = False):
        self.book = book
        self.data = data
        self.means = means
        self.moves: list[Move] = []
        self.purpose: Words = ()
        self.place: int | None = None
        """Which of several equations is worked on, where a move led to several."""

    def equation(self, at: int) -> Basic:
        """The equation of that number; of several the one that is worked on."""
        relation = self.moves[at].equation
        if self.place is not None and type(relation) is Or:
            return relation.args[self.place]
        return relation

    def give(self, equation: Basic, origin: int) -> int:
        """Write down one of the given equations."""
        return self._add(equation, (), (), (), Given(equation), origin, label=f"({origin})")

    def apply(
        self, name: str, at: int, unknown: Symbol, condition: Basic | None = None
    ) -> int | None:
        """Apply a move of the rule book; None where none of its forms fits.

        Args:
            name: the name of the rule.
            at: the number of the equation.
            unknown: what is being isolated.
            condition: what must not be zero, where that is not known.
        """
        rule = self.book.rules[name]
        source = self.equation(at)
        context = Context()
        for form in rule.forms:
            slots = form.match(source, context, unknown)
            if slots is None:
                continue
            equation = form.build(slots, context)
            words = self._phrase(rule.phrase, form, slots)
            made = Applied(form, unknown)
            if condition is None and form.provisions is not None:
                condition = _said(form.conditions_of(slots))
            if condition is not None and _is_known(_relation(condition)):
                condition = None
            return self._next(at, equation, words, (rule,), made, condition=condition)
        return None

    def proceed(self, name: str, at: int, *parameters: Basic, words: Words | None = None) -> int:
        """Run a procedure on an equation; the same number if it changes nothing."""
        procedure = self.book.rules[name].procedure
        assert procedure is not None
        equation = procedure.with_parameters(parameters).apply(self.equation(at))
        if equation is None or equation is self.equation(at):
            return at
        said = words or (procedure.rule.phrase,)
        return self._next(at, equation, said, (procedure.rule,), Proceeded(procedure, parameters))

    def require(self, at: int, condition: Basic) -> None:
        """Say of a move what must hold for it."""
        self.moves[at] = replace(self.moves[at], condition=condition)

    def refute(self, at: int) -> int:
        """Drop an equation that never holds."""
        left, right = self.equation(at).args
        words: Words = (left, " is never ", right)
        if not (free_symbols(left) or free_symbols(right)):
            words = (left, " is not ", right)
        return self._next(at, Or(), words, (), Refuted())

    def assume(self, equation: Basic, origin: int, words: Words) -> int:
        """Write down an equation that is assumed, or that says what a new letter stands for."""
        return self._add(equation, words, (), (), Given(equation), origin)

    def choose(self, at: int, which: int) -> int:
        """Begin a case: the equation of that place holds."""
        made = Chosen(which)
        equation = made.redo([self.moves[at].equation])
        return self._next(at, equation, (), (), made)

    def term(self, at: int, which: int) -> int:
        """Set one term of a sum to zero, none of which is ever negative."""
        made = Term(which)
        equation = made.redo([self.equation(at)])
        words: Words = ("no term of the sum is negative, so each is 0",)
        if not is_sum_of_squares(self.equation(at).args[0]):
            words = ("the quadratic form is definite, so it is 0 only where each letter is",)
        return self._next(at, equation, words, (), made)

    def combine(self, first: int, second: int, factor: int, words: Words) -> int:
        """Add one equation, or its negative, to another."""
        made = Combined(factor)
        equation = made.redo([self.equation(first), self.equation(second)])
        origin = self.moves[first].origin
        at = self._add(equation, words, (), (first, second), made, origin)
        return self.rewrite(at, MULTIPLY_OUT, MULTIPLY_OUT, joined=True)

    def rewrite(
        self,
        at: int,
        left: Sequence[str] = (),
        right: Sequence[str] = (),
        joined: bool = False,
    ) -> int:
        """Rewrite the sides by the rules of some tables; the same number if nothing changes."""
        sides = self.equation(at).args
        phases = [
            normal_phase(side, self.book, *tables) if tables else None
            for side, tables in zip(sides, (left, right), strict=True)
        ]
        return self.rewritten(at, phases[0], phases[1], joined)

    def rewritten(
        self,
        at: int,
        left: Phase | None,
        right: Phase | None,
        joined: bool = False,
        words: Words | None = None,
    ) -> int:
        """Write down the results of phases on the two sides."""
        left, right = (
            None if phase is None or phase.result is phase.start else phase
            for phase in (left, right)
        )
        if left is None and right is None:
            return at
        made = Rewritten(left, right)
        equation = Equation(
            *[
                side if phase is None else phase.result
                for side, phase in zip(self.equation(at).args, (left, right), strict=True)
            ]
        )
        steps = [step for phase in (left, right) if phase for step in phase.steps.values()]
        rules = tuple(dict.fromkeys(step.rule for step in steps))
        if words is None:
            # Arithmetic is said last: it only finishes what the others do.
            phrases = sorted((rule.phrase for rule in rules), key=lambda each: each == "arithmetic")
            words = (say(phrases),)
        return self._next(at, equation, words, rules, made, joined=joined)

    def collect(self, at: int, unknown: Symbol) -> int:
        """Collect the terms with the unknown on the left-hand side."""
        left = collect_phase(self.equation(at).args[0], [unknown], self.book)
        return self.rewritten(at, left, None, words=("collect ", unknown))

    def fill(self, into: int, solved: Sequence[tuple[Symbol, int]], words: Words) -> int:
        """Put the right-hand sides of solved equations into another equation."""
        made = Filled(tuple(unknown for unknown, _ in solved))
        numbers = (into, *[number for _, number in solved])
        equation = made.redo([self.equation(number) for number in numbers])
        origin = self.moves[into].origin
        at = self._add(equation, words, (), numbers, made, origin, purpose=self.purpose)
        return self.rewrite(at, ("fractions",), ("fractions",), joined=True)

    def label(self, at: int) -> None:
        """Give the equation the number of the given equation that it is a form of."""
        self.moves[at] = replace(self.moves[at], label=f"({self.moves[at].origin})")

    def mark_easy(self, since: int, plain: bool) -> None:
        """Say of the moves since a number that they fit one line if only numbers divide.

        Args:
            since: the number of the first of them.
            plain: whether they are moves of equations and nothing else.
        """
        easy = plain and not any(_divides_by_letters(move) for move in self.moves[since:])
        for number in range(since, len(self.moves)):
            self.moves[number] = replace(self.moves[number], easy=easy)

    # -- writing down ----------------------------------------------------------------------

    def _next(self, at: int, equation: Basic, words: Words, rules, made: Made, **more) -> int:  # type: ignore[no-untyped-def]
        origin = self.moves[at].origin
        more.setdefault("purpose", self.purpose)
        return self._add(equation, words, rules, (at,), made, origin, **more)

    def _add(self, equation, words, rules, sources, made, origin, **more) -> int:  # type: ignore[no-untyped-def]
        number = len(self.moves)
        if sources and self.place is not None:
            relation = self.moves[sources[0]].equation
            if type(relation) is Or:
                equation = put_in_place(relation, self.place, equation)
                more["place"] = self.place
        self.moves.append(
            Move(number, equation, words, tuple(rules), sources, made, origin, **more)
        )
        return number

    def _phrase(self, phrase: str, form: Form, slots: list[Basic]) -> Words:
        """The phrase of a move with the formulas that its letters stand for."""
        names = form.names(slots)
        words: list[str | Basic] = []
        end = 0
        for found in _PLACE.finditer(phrase):
            words.append(phrase[end : found.start()])
            part = names[found.group(2)]
            assert isinstance(part, Basic)
            words.append(self.negated(part) if found.group(1) else part)
            end = found.end()
        words.append(phrase[end:])
        return tuple(word for word in words if word != "")

    def negated(self, part: Basic) -> Basic:
        """The expression with the opposite sign, without a bracket."""
        return normal_phase(Negative(part), self.book, *ARITHMETIC).result


def _said(conditions: tuple[Basic, ...]) -> Basic | None:
    """The condition of a move: u for u ≠ 0, or a relation."""
    if not conditions:
        return None
    (condition, *_) = conditions
    if type(condition) is Unequal and condition.args[1] is ZERO:
        return condition.args[0]
    return condition


def _relation(condition: Basic) -> Basic:
    return condition if isinstance(condition, Relation) else Unequal(condition, ZERO)


def _is_known(relation: Basic) -> bool:
    return is_certain(relation) or NO_FACTS.implies(relation)


def _divides_by_letters(move: Move) -> bool:
    if not isinstance(move.made, Applied) or move.made.form.rule.name not in _DIVISIONS:
        return False
    return any(isinstance(word, Basic) and value_of(word) is None for word in move.words)


def rule_phase(start: Basic, name: str, book: RuleBook) -> Phase | None:
    """One rule applied to a whole expression; None where it does not fit."""
    for form in book.rules[name].forms:
        context = Context()
        slots = form.match(start, context)
        if slots is not None:
            step = Step(form, start, form.build(slots, context), tuple(slots))
            steps = {start: step}
            return Phase(start, steps, follow(start, steps))
    return None


def procedure_phase(start: Basic, name: str, book: RuleBook) -> Phase | None:
    """One procedure applied to a whole expression; None where it changes nothing."""
    procedure = book.rules[name].procedure
    assert procedure is not None
    made = procedure.apply(start)
    if made is None or made is start:
        return None
    steps = {start: Step(procedure, start, made)}
    return Phase(start, steps, follow(start, steps))


def with_values(working: Working, at: int) -> int:
    """Tidy both sides, known values put in, on the line of the equation before."""
    return working.rewrite(at, (), VALUES, joined=True)


def shown(expression: Basic) -> str:
    """An expression in a message."""
    return str(TextWriter().write(expression))


def depends_on_any(expression: Basic, unknowns: Iterable[Symbol]) -> bool:
    """Whether any of the unknowns occurs in the expression."""
    found = free_symbols(expression)
    return any(unknown in found for unknown in unknowns)
