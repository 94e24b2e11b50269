"""Are the moves of equations sound?  Equations with a planted solution, before and after.

An equation is given a solution x₀ by choosing one of its letters so that both sides have the
same value there.  After the move the equation must still hold at x₀, or one of the equations if
the move leads to several.  Where the move claims that both have the same solutions, one is planted
in the second as well.  A move that says that an equation never holds is tried at many places.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from random import Random

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.equality import judge
from derivex.equality.balls import evaluate, precision
from derivex.errors import ProblemError, RuleError
from derivex.expression import (
    ONE,
    ZERO,
    AtLeast,
    AtMost,
    Greater,
    Negative,
    Or,
    Over,
    Plus,
    Unequal,
    number,
    substitute,
    symbol,
    value_of,
)
from derivex.expression.functions import Functions
from derivex.matching import Context, Slots
from derivex.rulebook.exact_values import NoValueError, exact_value
from derivex.rulebook.findings import FEW, Finding, shown
from derivex.rulebook.form import Form
from derivex.rulebook.instances import Bindings, Drawer, assemble
from derivex.rulebook.rule import Judgement

__all__ = ["check_move_form"]

_TRIES = 24
_SECONDS = 3.0
_BITS = 128
_PLACES = (2, 3, 1, -1, 5, Fraction(1, 2), -2)
_NONZERO = frozenset(("is nonzero", "is a nonzero number"))


def check_move_form(form: Form, functions: Functions) -> Finding:
    """Test one form of a move at random equations with a known solution."""
    used = 0
    if form.after is Or():
        return _check_never(form, functions)
    ways = [False] if form.rule.judgement is Judgement.IMPLIED else [False, True]
    for backwards in ways:
        tester = _Tester(form, functions, backwards)
        for attempt in range(_TRIES):
            outcome = tester.attempt(3 * attempt // _TRIES)
            if isinstance(outcome, RuleError):
                return Finding(form.rule, "wrong", used + 1, (outcome,))
            used += outcome
    warnings: tuple[str, ...] = ()
    if used < FEW:
        warnings = (f"the move {form.rule.name} could be tested at {used} equations only",)
    return Finding(form.rule, "tested" if used else "undecided", used, (), warnings)


def _check_never(form: Form, functions: Functions) -> Finding:
    """Test a move that says of an equation that it never holds."""
    tester = _Tester(form, functions, False)
    used = 0
    for attempt in range(_TRIES):
        bindings = tester.drawer.bindings(3 * attempt // _TRIES)
        first = None if bindings is None else assemble(form, bindings)
        if first is None or form.match(first, Context(), tester.unknown) is None:
            continue
        for value in _PLACES:
            place = number(value)
            if tester.holds(first, place) is True:
                return Finding(
                    form.rule, "wrong", used + 1, (tester.refusal(first, form.after, place),)
                )
        used += 1
    warnings: tuple[str, ...] = ()
    if used < FEW:
        warnings = (f"the move {form.rule.name} could be tested at {used} equations only",)
    return Finding(form.rule, "tested" if used else "undecided", used, (), warnings)


class _Tester:
    def __init__(self, form: Form, functions: Functions, backwards: bool):
        self.form = form
        self.functions = functions
        self.backwards = backwards
        self.random = Random(f"{form.rule.name} {backwards}")
        self.alternative = 0
        self.unknown = symbol(form.letters.unknown or "x")
        self.drawer = Drawer(form, functions, self.random, parameters=False)
        if self.drawer.roles.variables == ():
            self.drawer.parameters = [self.unknown]
        self.letters = [
            name for name in self.drawer.roles.values if name not in self.drawer.roles.repeated
        ]

    def attempt(self, level: int) -> bool | RuleError:
        """One equation: whether it could be used and agrees; the refusal if it does not."""
        bindings = self.drawer.bindings(level)
        if bindings is None:
            return False
        place = number(self.random.choice(_PLACES[: 2 + 3 * level]))
        self.alternative = self.random.randrange(4)
        agreed = False
        for planted in self._planted(bindings, place):
            sides = self._equations(planted)
            if sides is None:
                continue
            first, second, slots = sides
            given, claimed = (second, first) if self.backwards else (first, second)
            if self.holds(given, place) is not True or not self._allowed(slots, place):
                continue
            outcome = self.holds(claimed, place)
            if outcome is False:
                return self.refusal(given, claimed, place)
            agreed = agreed or outcome is True
        return agreed

    # -- planting --------------------------------------------------------------------------

    def _planted(self, bindings: Bindings, place: Basic) -> Iterator[Bindings]:
        """The same letters with one of them moved so that the equation holds at the place."""
        letters = self.random.sample(self.letters, len(self.letters))
        if len(letters) > 1 and self.random.random() < 0.3:
            zero = letters.pop()
            bindings = self._moved(bindings, zero, Negative(self._at(bindings[zero], place)))
        for letter in letters:
            for shift in self._shifts(bindings, letter, place):
                yield self._moved(bindings, letter, shift)

    def _shifts(self, bindings: Bindings, letter: str, place: Basic) -> Iterator[Basic]:
        """What may be added to a letter; exact if the equation is linear in it."""
        yield ZERO
        here = self._gap(bindings, place)
        there = self._gap(self._moved(bindings, letter, ONE), place)
        if here is not None and there is not None:
            yield Over(Negative(here), Plus(there, Negative(here)))
        old = Negative(self._at(bindings[letter], place))
        yield old
        for other in self.letters:
            if other != letter:
                value = self._at(bindings[other], place)
                yield Plus(value, old)
                yield Plus(Negative(value), old)

    def _gap(self, bindings: Bindings, place: Basic) -> Basic | None:
        """How far the sides of the equation are apart at the place."""
        sides = self._equations(bindings)
        if sides is None:
            return None
        first, second, _ = sides
        equation = second if self.backwards else first
        if type(equation) is Or:
            equation = equation.args[self.alternative % len(equation.args)]
        left, right = equation.args
        return Plus(self._at(left, place), Negative(self._at(right, place)))

    def _moved(self, bindings: Bindings, letter: str, shift: Basic) -> Bindings:
        old = bindings[letter]
        assert isinstance(old, Basic)
        try:
            exact = exact_value(shift)
        except NoValueError:
            return bindings
        plain = value_of(old)
        if exact == 0:
            new: Basic = old
        elif exact is not None and plain is not None:
            new = number(plain + exact)
        else:
            new = Plus(old, shift if exact is None else number(exact))
        return {**bindings, letter: new}

    # -- equations -------------------------------------------------------------------------

    def _equations(self, bindings: Bindings) -> tuple[Basic, Basic, Slots] | None:
        first = assemble(self.form, bindings)
        context = Context()
        slots = self.form.match(first, context, self.unknown)
        return None if slots is None else (first, self.form.build(slots, context), slots)

    def _at(self, node: Basic | tuple[Basic, ...], place: Basic) -> Basic:
        assert isinstance(node, Basic)
        return substitute(node, {self.unknown: place})

    def holds(self, equation: Basic, place: Basic) -> bool | None:
        """Whether the place solves the equation; None where that cannot be told."""
        if type(equation) is Or:
            each = [self.holds(alternative, place) for alternative in equation.args]
            return True if True in each else None if None in each else False
        left, right = (self._at(side, place) for side in equation.args)
        verdict = judge(left, right, self.functions, seconds=_SECONDS)
        if verdict.kind == "wrong":
            return False
        try:
            for side in (left, right):
                exact_value(side)
        except NoValueError:
            return False  # no value, so no solution
        return True if verdict.holds else None

    def _allowed(self, slots: Slots, place: Basic) -> bool:
        """Whether the side conditions hold at the place, as far as they are about values."""
        for relation in self.form.conditions_of(slots):
            if not self._relation_holds(relation, place):
                return False
        names = self.form.names(slots)
        for condition in self.form.conditions:
            node = names.get(condition.subject)
            words = condition.kind.words
            if isinstance(node, Basic) and (words in _NONZERO or words == "is positive"):
                value = self._at(node, place)
                if judge(value, ZERO, self.functions).holds:
                    return False
                try:
                    exact = exact_value(value)
                except NoValueError:
                    return False
                if words == "is positive" and exact is not None and exact <= 0:
                    return False
        return True

    def _relation_holds(self, relation: Basic, place: Basic) -> bool:
        """Whether what is provided holds at the place; not where that cannot be told."""
        left, right = (self._at(side, place) for side in relation.args)
        same = judge(left, right, self.functions, seconds=_SECONDS)
        if same.holds:
            return type(relation) in (AtLeast, AtMost)
        if type(relation) is Unequal:
            return same.kind == "wrong"
        with precision(_BITS):
            try:
                difference = evaluate(Plus(left, Negative(right)), {}, self.functions, real=True)
            except ProblemError:
                return False
            above = type(relation) in (Greater, AtLeast)
            return bool(difference.real > 0 if above else difference.real < 0)

    def refusal(self, given: Basic, claimed: Basic, place: Basic) -> RuleError:
        name: Symbol = self.unknown
        if self.backwards:
            claim = "the second equation has a solution that the first has not"
            hint = "write => in place of <=> if the second only follows, or add a condition"
        else:
            claim = "a solution of the first equation does not solve the second"
            hint = None
        return RuleError(
            f"the move {self.form.rule.name} is not sound: {claim}: {shown(name)} = "
            f"{shown(place)} solves {shown(given)}, but not "
            f"{shown(claimed) if claimed.args else 'the claim that nothing does'}",
            self.form.place,
            hint,
        )
