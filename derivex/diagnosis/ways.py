"""The way from one line to the next: by which rules, and how that is known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator
from functools import lru_cache
from itertools import islice

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Phase, Step, rewrite
from derivex.diagnosis.claims import Claim
from derivex.diagnosis.difference import difference
from derivex.diagnosis.equation_screen import EquationScreen
from derivex.diagnosis.moves import move_between
from derivex.diagnosis.normal_form import NormalForms
from derivex.diagnosis.places import places
from derivex.diagnosis.routes import Routes
from derivex.diagnosis.screening import Screen
from derivex.diagnosis.solved import equations_of
from derivex.diagnosis.transition import Transition
from derivex.engine.differentiate import TIDYING
from derivex.errors import DerivexError
from derivex.expression import (
    And,
    Apply,
    D,
    Equation,
    Limit,
    Negative,
    Or,
    Over,
    Plus,
    Relation,
    Times,
    free_symbols,
    postorder,
    substitute,
)
from derivex.expression.array_nodes import DERIVATIVES
from derivex.matching import Context
from derivex.notation import TextWriter
from derivex.rulebook import Form, Rule, RuleBook

__all__ = ["Way"]


@lru_cache(maxsize=8)
def _quotients(book: RuleBook) -> tuple[Form, ...]:
    """The forms of rules that say that a function is a quotient of others."""
    return tuple(
        form
        for rule in book.rules.values()
        for form in rule.forms
        if type(form.before) is Apply and type(form.after) is Over
    )


class Way:
    """The way from one line to the next.

    Args:
        step: the two lines.

    ``phrases`` and ``moves`` are, once the way is found, what is said of the moves of equations.
    """

    def __init__(self, step: Transition):
        self.step = step
        self.before = step.before
        self.after = step.after
        self.book = step.book
        self.facts = step.facts
        self.forms = NormalForms()
        self.phrases: dict[Rule, str] = {}  # of moves, with what they were made with
        self.moves: list[str] = []  # what is said of several moves at once

    def find(self) -> tuple[list[Rule], list[Rule], str] | None:
        """The rules of differentiation, those of algebra, and how the lines were compared."""
        worked = self._derivatives(self.before) != self._derivatives(self.after)
        if self._same(self.before, self.after) and not worked:  # else they cancelled one another
            return [], [], "order"
        if isinstance(self.before, _NO_VALUE) or isinstance(self.after, _NO_VALUE):
            return self._equations()
        if sum(1 for _ in islice(postorder(self.before), _LARGEST + 1)) > _LARGEST:
            return None
        routes = Routes(self.before, self.book, self.facts)
        made, rules = self._worked_out(routes)
        if self._same(made, self.after):
            return rules, [], "order" if not rules else "rules"
        screen = self._screen(self.before)
        # Points tell quickly that two lines differ, and only the judge that they do not.
        if screen.usable and not screen.agreeing([self.after]):
            return None
        if not screen.confirms(self.after):
            return None
        if not self._derivatives(self.after) <= self._derivatives(made):
            first, second = difference(self.before, self.after, self.forms)
            if not self._derivatives(first) and not self._derivatives(second):
                # What is differentiated was written in another way first.
                algebra = self._algebra(self.before)
                return [], algebra or [], "algebra" if algebra is not None else "value"
            return self._not_left(routes), [], "value"
        rules = rules or self._at_some_places(routes)
        algebra = self._algebra(made)
        if algebra is None and not any(map(self._derivatives, (self.before, self.after))):
            return rules, [], "identity"
        return rules, algebra or [], "algebra" if algebra is not None else "value"

    def _at_some_places(self, routes: Routes) -> list[Rule]:
        """The rules of derivatives that were worked out at one place, and left at another."""
        before, after = (
            Counter(
                self.forms.key(place.node)
                for place in places(line, _MOST_PLACES)
                if type(place.node) in DERIVATIVES
            )
            for line in (self.before, self.after)
        )
        return list(
            dict.fromkeys(
                rule
                for redex, (rule, _) in routes.steps.items()
                if type(redex) in DERIVATIVES
                and before[self.forms.key(redex)] > after[self.forms.key(redex)]
            )
        )

    def _not_left(self, routes: Routes) -> list[Rule]:
        """The rules that are used on the way from the first line, and not from the second.

        They are what was done where it was done in another order, or to other parts, than the
        engine would.
        """
        after = Routes(self.after, self.book, self.facts)
        left = {self.forms.key(redex) for redex in after.steps if type(redex) in DERIVATIVES}
        return list(
            dict.fromkeys(
                rule
                for redex, (rule, _) in routes.steps.items()
                if type(redex) in DERIVATIVES and self.forms.key(redex) not in left
            )
        )

    def by_claimed(self, claim: Claim) -> list[Rule] | None:
        """The rules of another way to the second line, that begins with a claimed one."""
        for line in dict.fromkeys((self.before, self._written_out())):
            found = self._by_claimed(claim, Routes(line, self.book, self.facts))
            if found is not None:
                return found
        return None

    def _written_out(self) -> Basic:
        """The first line with what its functions are: nobody claims a rule for σ'(z) else."""
        meanings: dict[Basic, Basic] = {}
        for node in postorder(self.before):
            if type(node) is not Apply:
                continue
            function = self.book.functions.get(str(node.args[0]))
            if function is not None and function.definition is not None:
                values = dict(zip(function.parameters, node.args[1:], strict=False))
                meanings[node] = substitute(function.definition, values)
            else:
                found = next(self._as_quotient(node), None)
                if found is not None:
                    meanings[node] = found
        return substitute(self.before, meanings)

    def _as_quotient(self, call: Basic) -> Iterator[Basic]:
        """What a rule says that a function is a quotient of: tan is sin/cos."""
        for form in _quotients(self.book):
            context = Context(functions=self.book.functions, facts=self.facts)
            slots = form.match(call, context) if form.head() is call.args[0] else None
            if slots is not None:
                yield form.build(slots, context)

    def _by_claimed(self, claim: Claim, routes: Routes) -> list[Rule] | None:
        context = Context(functions=self.book.functions, facts=self.facts)
        for redex in routes.derivatives[:_MOST_DERIVATIVES]:
            if type(redex) is not D:
                continue
            for form, chosen in self._claimed_forms(claim, redex):
                slots = form.match(redex, context, chosen)
                if slots is None:
                    continue
                line = routes.with_replaced({redex: form.build(slots, context)})
                made, rules = self._worked_out(Routes(line, self.book, self.facts), line)
                outermost = routes.start is redex and redex is not self.before
                if self._same(made, self.after) or (outermost and self._agrees(made)):
                    return list(dict.fromkeys((form.rule, *rules)))
        return None

    def _claimed_forms(self, claim: Claim, redex: Basic) -> Iterator[tuple[Form, Basic | None]]:
        """The forms of claimed rules that a derivative may have, each with its increment."""
        operand, variable = redex.args
        # Nobody calls u + c or c u a function of u, of which the chain rule speaks.
        affine = type(operand) in (Plus, Negative, Times)
        for form in self.book.derivatives.candidates(operand, variable):
            if form.rule.name in claim.rules and not (affine and form.rule.name == "chain"):
                yield form, None
        near = {node.args[1] for node in postorder(self.after) if isinstance(node, Limit)}
        named = (self.book.rules[name] for name in claim.rules if near and name in self.book.rules)
        for form in (form for rule in named for form in rule.forms):
            if type(form.before) is D and form.letters.unknown is not None:
                yield from ((form, increment) for increment in near)

    def _equations(self) -> tuple[list[Rule], list[Rule], str] | None:
        """The same for equations: side by side, by one move, or by what follows from what."""
        before, after = equations_of(self.before), equations_of(self.after)
        if not all(type(each) is Equation for each in (*before, *after)):
            return None
        rules: dict[Rule, None] = {}
        algebra: dict[Rule, None] = {}
        hows: set[str] = set()
        rest: list[Basic] = []
        for equation in after:
            for old in before:
                found = self._one_equation(old, equation)
                if found is not None:
                    rules.update(dict.fromkeys(found[0]))
                    algebra.update(dict.fromkeys(found[1]))
                    hows.add(found[2])
                    break
            else:
                rest.append(equation)
        if rest:
            functions = self.book.functions
            screen = EquationScreen(
                self.before, self.after, functions, self.step.assumptions, self.step.deadline
            )
            if not (screen.agreeing([self.after]) and screen.confirms(self.after)):
                return None
            told = [self._said_of(equation, before) for equation in rest]
            self.moves += [phrase for phrase in told if phrase is not None]
            hows.add("value" if None in told else "algebra")
        return list(rules), list(algebra), max(hows, key=_HOWS.index)

    def _said_of(self, equation: Basic, before: list[Basic]) -> str | None:
        """What several moves at once are called; None where nothing is known."""
        name, value = equation.args
        alone = isinstance(name, Symbol) and name not in free_symbols(value)
        for old in before:
            if alone and name not in free_symbols(old):
                continue
            functions = self.book.functions
            screen = EquationScreen(
                old, equation, functions, self.step.assumptions, self.step.deadline
            )
            if screen.agreeing([equation]) and screen.confirms(equation):
                return f"solve for {TextWriter().write(name)}" if alone else None
        return "substitute one equation in the other" if len(before) > 1 else None

    def _one_equation(self, old: Basic, new: Basic) -> tuple[list[Rule], list[Rule], str] | None:
        if self._same(old, new):
            return [], [], "order"
        sides = [
            Way(self.step.between(left, right)).find()
            for left, right in zip(old.args, new.args, strict=True)
        ]
        if all(each is not None for each in sides):
            known = [each for each in sides if each is not None]
            worst = max((each[2] for each in known), key=_HOWS.index)
            return (
                [rule for each in known for rule in each[0]],
                [rule for each in known for rule in each[1]],
                worst,
            )
        move = move_between(old, new, self.book.functions)
        if move is None or move[0] not in self.book.rules:
            return None
        rule = self.book.rules[move[0]]
        self.phrases[rule] = _with_letters(rule.phrase, move[1])
        return [], [rule], "algebra"

    def _same(self, left: Basic, right: Basic) -> bool:
        return left is right or self.forms.key(left) == self.forms.key(right)

    def _agrees(self, line: Basic) -> bool:
        screen = self._screen(line)
        return bool(screen.agreeing([self.after])) and screen.confirms(self.after)

    def _screen(self, line: Basic) -> Screen:
        step = self.step
        return Screen(line, [self.after], self.book.functions, step.assumptions, step.deadline)

    def _worked_out(self, routes: Routes, start: Basic | None = None) -> tuple[Basic, list[Rule]]:
        """The first line with those derivatives worked out that are not left in the second."""
        start = self.before if start is None else start
        left = self._derivatives(self.after)
        used: dict[Rule, None] = {}

        def derive(node: Basic) -> Basic | None:
            step = routes.steps.get(node)
            if step is None or self.forms.key(node) in left:
                return None
            used[step[0]] = None
            return step[1]

        try:
            made = rewrite(start, derive, lambda node: None, set())
        except DerivexError:
            return start, []
        return made, list(used)

    def _derivatives(self, line: Basic) -> set[Hashable]:
        """The keys of the derivatives in a line."""
        return {self.forms.key(part) for part in postorder(line) if type(part) in DERIVATIVES}

    def _algebra(self, made: Basic) -> list[Rule] | None:
        """The rules of algebra that make one line of the other; None where none are known to.

        They are looked for where the lines differ first, and then in the whole lines.
        """
        parts = difference(made, self.after, self.forms)
        for before, after in dict.fromkeys((parts, (made, self.after))):
            first = Routes(before, self.book, self.facts)
            second = Routes(after, self.book, self.facts)
            ways: list[tuple[list[Step], list[Step]]] = []
            for tables in (TIDYING, _FACTORING, _EXPANDING):
                left, right = first.normal(before, tables), second.normal(after, tables)
                if self._same(left.result, right.result):
                    ways.append((_beyond(left, right), _beyond(right, left)))
            if ways:
                # Steps from the second line would have to be made backwards.
                onward, back = min(ways, key=lambda way: (len(way[1]), len(way[0])))
                return list(dict.fromkeys(step.rule for step in (*onward, *back)))
        return None


def _beyond(phase: Phase, other: Phase) -> list[Step]:
    """The steps of one phase that are not made in the other: only these make the difference."""
    return [step for redex, step in phase.steps.items() if redex not in other.steps]


_LARGEST = 20_000  # subexpressions
_MOST_DERIVATIVES = 12
_MOST_PLACES = 500
_NO_VALUE = (Relation, And, Or)
_HOWS = ("order", "rules", "algebra", "identity", "value")  # how it is known, the surest first
_FACTORING = ("arithmetic", "indices", "tidying", "shortening", "factoring")
_EXPANDING = ("arithmetic", "indices", "expanding", "linearity", "tidying")


def _with_letters(phrase: str, part: Basic | None) -> str:
    """The phrase of a move with what it was made with: "subtract {c} from both sides"."""
    text = "the same" if part is None else TextWriter().write(part)
    return _LETTER.sub(lambda found: text, phrase)


_LETTER = re.compile(r"\{[^{}]*\}")
