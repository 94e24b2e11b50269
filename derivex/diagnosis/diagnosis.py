"""What explains a wrong line: the mistakes that people make, and plain slips."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, islice
from typing import Literal

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.diagnosis.edits import Edit
from derivex.diagnosis.equation_screen import (
    AnyScreen,
    DifferenceScreen,
    EquationScreen,
    difference_of_sides,
)
from derivex.diagnosis.misconceived import Mistake, mistakes
from derivex.diagnosis.normal_form import NormalForms
from derivex.diagnosis.routes import Routes
from derivex.diagnosis.screening import Screen
from derivex.diagnosis.sentences import sentence_of_mistake, sentence_of_slip
from derivex.diagnosis.slips import slips
from derivex.diagnosis.solved import equations_of, solved_together
from derivex.diagnosis.transition import Transition, transition
from derivex.diagnosis.wrong_moves import wrong_moves
from derivex.expression import (
    ZERO,
    And,
    Equation,
    Negative,
    free_symbols,
    infinite_sign,
    postorder,
)
from derivex.expression.array_nodes import DERIVATIVES, ArrayName
from derivex.rulebook import RuleBook, misconceptions

__all__ = ["Diagnosis", "diagnose", "expected", "explain"]

_MOST = 5
_LARGEST = 3000  # subexpressions of both lines
_MOST_MISCONCEPTIONS = 3
_ANOTHER_LETTER = "other-variable-not-constant"
_SAME_AGAIN = frozenset(("extra-factor", "extra-term", "lost-factor", "lost-term", "other"))


@dataclass(frozen=True)
class Diagnosis:
    """One explanation of a wrong line.

    Args:
        name: of a misconception the name of its rule, of a slip its kind: ``sign``, ``number``,
            ``exponent``, ``lost-factor``, ``extra-factor``, ``lost-term``, ``extra-term``,
            ``variable``, ``function``, ``index``, ``brackets``, ``inverted``, ….
        kind: which of the two it is.
        sentence: for a reader: "the inner derivative 6x was forgotten".
        corrected: the line with that put right, as near to what was written as possible.
        wrong: the part that is wrong, as it was written, where it is one part.
        right: what should stand there.
    """

    name: str
    kind: Literal["misconception", "slip"]
    sentence: str
    corrected: Basic
    wrong: Basic | None = None
    right: Basic | None = None


def diagnose(
    before: Basic,
    after: Basic,
    book: RuleBook,
    *,
    assumptions: tuple[Basic, ...] = (),
    seconds: float = 3.0,
    most: int = _MOST,
) -> tuple[Diagnosis, ...]:
    """What may have gone wrong between two lines, the likeliest first.

    Args:
        before: the line that is right; definitions are filled in.
        after: the next line, which is not equal to it.
        book: the rules.
        assumptions: relations that may be relied on.
        seconds: how long to look.
        most: how many explanations to give.

    Method: every misconception is applied wherever it fits on the way that the rules lead from the
    first line, and what that gives is compared with the second by its value.  For slips, small
    edits of the second line are tried until it has the value of the first.  Nothing is said that
    :func:`derivex.equality.judge` does not find equal.

    >>> from derivex.notation import read_text
    >>> from derivex.rulebook import shipped_book
    >>> line = lambda text: read_text(text).expression
    >>> found = diagnose(line("d/dx (3x^2 + 1)^4"), line("4 (3x^2 + 1)^3"), shipped_book())
    >>> found[0].name, found[0].sentence
    ('inner-derivative-forgotten', 'the inner derivative 6x was forgotten')
    """
    return _Question(transition(before, after, book, assumptions, seconds)).answer(most)


def explain(
    before: Basic,
    after: Basic,
    book: RuleBook,
    *,
    assumptions: tuple[Basic, ...] = (),
    seconds: float = 3.0,
) -> tuple[tuple[Diagnosis, ...], Basic | None]:
    """What :func:`diagnose` and :func:`expected` say, looked for together in the time of one.

    Args:
        before: the line that is right.
        after: the next line, which is not equal to it.
        book: the rules.
        assumptions: relations that may be relied on.
        seconds: how long to look.
    """
    question = _Question(transition(before, after, book, assumptions, seconds))
    found = question.answer()
    return found, found[0].corrected if found else question.corrected()


def expected(
    before: Basic,
    after: Basic,
    book: RuleBook,
    *,
    assumptions: tuple[Basic, ...] = (),
    seconds: float = 3.0,
) -> Basic | None:
    """The line as it should read: what was written with the smallest edit that makes it right.

    Where no small edit does, the line of the derivation from the line before that is nearest in
    form; None where there is none.

    Args:
        before: the line that is right.
        after: the next line, which is not equal to it.
        book: the rules.
        assumptions: relations that may be relied on.
        seconds: how long to look.
    """
    return _Question(transition(before, after, book, assumptions, seconds)).corrected()


class _Question:
    def __init__(self, step: Transition):
        self.step = step
        self.before = step.before
        self.after = step.after
        self.book = step.book
        self._slips: list[Edit] | None = None
        self._mistakes: list[Mistake] | None = None

    @cached_property
    def routes(self) -> Routes:
        """Where the line before leads."""
        return Routes(self.before, self.book, self.step.facts)

    def answer(self, most: int = _MOST) -> tuple[Diagnosis, ...]:
        if self.too_large:
            return ()
        both = all(isinstance(line, (Equation, And)) for line in (self.before, self.after))
        if self.of_equations and not both:
            return ()
        likely = list(self._wrong_moves())
        screen = self._slip_screen()
        if screen.agreeing([self.after]) and screen.confirms(self.after):
            return tuple(likely)  # nothing is wrong, or some of the solutions are lost
        sides = () if likely else self._sides()
        if sides:
            return sides[:most]
        if not self.of_equations:
            likely = list(islice(self._misconceptions(), _MOST_MISCONCEPTIONS))
        plain = list(self._plain_slips(likely))
        if likely and plain and plain[0].name == "sign":
            likely = likely[:1]  # whatever turned it, one sign is wrong
        found = [*likely, *(plain[:1] if likely else plain)]
        if not self.of_equations and all(each.name == "other" for each in found):
            found = [*islice(self._two_misconceptions(), 1), *found]
        return tuple(found[:most])

    @property
    def too_large(self) -> bool:
        """Whether there are too many ways in which so long a line could have gone wrong."""
        parts = chain(postorder(self.before), postorder(self.after))
        return sum(1 for _ in islice(parts, _LARGEST + 1)) > _LARGEST

    def corrected(self) -> Basic | None:
        if self.too_large:
            return None
        if self.of_equations:
            found = self.answer(1)
            return found[0].corrected if found else self._solved()
        edits = self.slips()
        if edits:
            return edits[0].line
        line = self.routes.nearest(self.after)
        forms = NormalForms()
        same = forms.key(line) == forms.key(self.before)
        return None if same else line  # to say the line before once more helps nobody

    def _solved(self) -> Basic | None:
        """What an equation is solved for, with its value; None where it is not known."""
        if type(self.after) is not Equation or not isinstance(self.after.args[0], Symbol):
            return None
        name = self.after.args[0]
        values = solved_together(equations_of(self.before), self.book.functions, [name])
        value = (values or {}).get(name)
        if value is None or name in free_symbols(value):
            return None
        return Equation(name, Routes(value, self.book, self.step.facts).tidied)

    @property
    def of_equations(self) -> bool:
        """Whether one of the lines is an equation, or several."""
        return isinstance(self.before, (Equation, And)) or isinstance(self.after, (Equation, And))

    def _sides(self) -> tuple[Diagnosis, ...]:
        """Where one side of an equation was only rewritten, what went wrong there."""
        if type(self.before) is not Equation or type(self.after) is not Equation:
            return ()
        for at in (0, 1):
            same, was = self.before._args[1 - at], self.before._args[at]
            now_same, now = self.after._args[1 - at], self.after._args[at]
            screen = self._screen(same, now_same)
            if not (screen.agreeing([now_same]) and screen.confirms(now_same)):
                continue
            found = _Question(self.step.between(was, now, 0.5)).answer(_MOST_MISCONCEPTIONS)
            if found:
                return tuple(self._in_equation(each, at) for each in found)
        return ()

    def _in_equation(self, found: Diagnosis, at: int) -> Diagnosis:
        assert isinstance(self.after, Equation)
        sides = list(self.after._args)
        sides[at] = found.corrected
        return replace(found, corrected=Equation(*sides))

    # -- misconceptions --------------------------------------------------------------------

    def _misconceptions(self) -> Iterator[Diagnosis]:
        screen = self._screen(self.after, self.before)
        if not screen.usable:
            return
        made = self._made()
        fits = set(screen.agreeing([mistake.line for mistake in made]))
        seen: set[str] = set()
        least = _LARGEST
        for mistake in made:
            if mistake.line not in fits or mistake.rule.name in seen:
                continue
            left = self._left(mistake)
            if left > least:
                continue  # it happens to come to the same after more that is right
            # Who writes x for √(x²) thinks of positive x.
            if not (screen.confirms(mistake.line) or screen.confirms(mistake.line, positive=True)):
                continue
            seen.add(mistake.rule.name)
            least = min(least, left)
            yield self._misconception(mistake)

    def _wrong_moves(self) -> Iterator[Diagnosis]:
        """Moves of equations that went wrong: a single one, as long as nothing else is changed."""
        if type(self.before) is not Equation or type(self.after) is not Equation:
            return
        written = difference_of_sides(self.after)
        screen = self._screen(written, difference_of_sides(self.before))
        for mistake in wrong_moves(self.step):
            made = difference_of_sides(mistake.made)
            for line in (made, Negative(made)):
                if screen.agreeing([line]) and screen.confirms(line):
                    yield self._misconception(mistake)
                    return

    def _left(self, mistake: Mistake) -> int:
        """How many derivatives are still to be worked out after a mistake, to come to the line."""
        written = {part for part in postorder(self.after) if type(part) in DERIVATIVES}
        parts = (part for part in postorder(mistake.line) if type(part) in DERIVATIVES)
        return sum(1 for part in parts if part not in written)

    def _made(self) -> list[Mistake]:
        """What the line before becomes by every misconception, the likelier ones first."""
        if self._mistakes is None:
            order = [rule.name for rule in misconceptions(self.book)]  # as in the file
            self._mistakes = list(mistakes(self.routes, self.step.deadline))
            self._mistakes.sort(key=lambda mistake: order.index(mistake.rule.name))
        return self._mistakes

    def _two_misconceptions(self) -> Iterator[Diagnosis]:
        """Two mistakes on the way to one line, where one alone does not explain it."""
        screen = self._screen(self.after, self.before)
        seen: set[Basic] = set()
        for first in self._made():
            if screen.time_is_up:
                return
            if first.places > 1 or first.line in seen:
                continue
            seen.add(first.line)
            made = list(
                mistakes(Routes(first.line, self.book, self.step.facts), self.step.deadline)
            )
            fits = set(screen.agreeing([second.line for second in made]))
            for second in made:
                if second.line in fits and screen.confirms(second.line):
                    one, other = self._misconception(first), self._misconception(second)
                    if one.name != other.name:
                        yield replace(one, sentence=f"{one.sentence}, and {other.sentence}")

    def _misconception(self, mistake: Mistake) -> Diagnosis:
        edits = self.slips()
        edit = edits[0] if edits else None
        corrected = edit.line if edit else self._solved() if self.of_equations else None
        if corrected is None:
            corrected = self.routes.nearest(self.after)
        return Diagnosis(
            mistake.rule.name,
            "misconception",
            sentence_of_mistake(mistake, self.book),
            corrected,
            edit.wrong if edit else None,
            edit.right if edit else None,
        )

    # -- slips -----------------------------------------------------------------------------

    def slips(self) -> list[Edit]:
        """The edits that make the line right."""
        if self._slips is None:
            found = slips(self.routes, self.after, self._slip_screen())
            forms = NormalForms()
            before = forms.key(self.before) if self.of_equations else None
            # An equation that is the one before once more helps nobody.
            self._slips = [
                edit for edit in found if before is None or forms.key(edit.line) != before
            ]
        return self._slips

    def _plain_slips(self, likely: Sequence[Diagnosis]) -> Iterator[Diagnosis]:
        """The slips; beside a misconception only what is not the same in other words.

        That a factor 6x is missing says no more than that the inner derivative 6x was forgotten;
        but who lost a factor x need not have differentiated by another letter.
        """
        same = bool(likely) and any(each.name != _ANOTHER_LETTER for each in likely)
        for edit in self.slips():
            if same and (edit.name in _SAME_AGAIN or edit.right is ZERO):
                continue
            if edit.wrong is not None and infinite_sign(edit.wrong):
                continue  # ∞ is no term that is too much
            sentence = sentence_of_slip(edit)
            yield Diagnosis(edit.name, "slip", sentence, edit.line, edit.wrong, edit.right)

    def _slip_screen(self) -> AnyScreen:
        if not self.of_equations:
            return self._screen(self.before, self.after)
        lines = (self.before, self.after)
        single = all(type(line) is Equation for line in lines)
        vectors = any(isinstance(node, ArrayName) for line in lines for node in postorder(line))
        kind = DifferenceScreen if single and vectors else EquationScreen
        return kind(*lines, self.book.functions, self.step.assumptions, self.step.deadline)

    def _screen(self, target: Basic, other: Basic) -> Screen:
        return Screen(
            target, [other], self.book.functions, self.step.assumptions, self.step.deadline
        )
