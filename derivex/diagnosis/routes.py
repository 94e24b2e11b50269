"""Where a line can go by the rules: its derivation, and the lines on the way."""

from __future__ import annotations

from collections.abc import Mapping

from sympy.core.basic import Basic

from derivex.derivation import Detail, Phase
from derivex.derivation.lines import lines_of
from derivex.engine import Normaliser
from derivex.engine.differentiate import TIDYING
from derivex.errors import DerivexError
from derivex.expression import postorder, substitute
from derivex.expression.array_nodes import DERIVATIVES
from derivex.matching import NO_FACTS, Facts
from derivex.rulebook import Rule, RuleBook

__all__ = ["Routes"]

_EXPANDED = ("arithmetic", "indices", "expanding", "linearity", "tidying")
_MOST_LINES = 16
_MOST_NODES = 400  # of a line that is multiplied out


class Routes:
    """What the engine makes of a line.

    Args:
        start: the line.
        book: the rules.
        facts: what is assumed.
    """

    def __init__(self, start: Basic, book: RuleBook, facts: Facts = NO_FACTS):
        self.start = start
        self.book = book
        self.facts = facts
        run = Normaliser(book, TIDYING, facts=facts, arrays=True)
        try:
            self.phase = run.run(start)
        except DerivexError:
            self.phase = Phase(start, {}, start)
        self.steps: dict[Basic, tuple[Rule, Basic]] = {
            redex: (step.rule, step.replacement) for redex, step in self.phase.steps.items()
        }
        self.derivatives = [redex for redex in self.steps if type(redex) in DERIVATIVES]
        known = set(self.derivatives)
        for part in postorder(start):
            if type(part) in DERIVATIVES and part not in known:
                self.derivatives.append(part)
        self._order = {redex: number for number, redex in enumerate(self.derivatives)}
        self._held: dict[Basic, list[Basic]] | None = None
        self._lines: list[Basic] | None = None

    @property
    def result(self) -> Basic:
        """The line with all derivatives worked out, tidied."""
        return self.phase.result

    @property
    def tidied(self) -> Basic:
        """The same, what was written without derivatives tidied as well."""
        return self.normal(self.result, TIDYING).result

    def lines(self) -> list[Basic]:
        """Lines that are equal to it: those of the derivation, and those of multiplying out."""
        if self._lines is None:
            found: dict[Basic, None] = {self.start: None}
            for phase in (self.phase, self.normal(self.result, _EXPANDED)):
                if len(phase.steps) > 200:
                    continue
                for line in lines_of((phase,), Detail.TEXTBOOK):
                    found[line.expression] = None
            self._lines = list(found)[:_MOST_LINES]
        return self._lines

    def normal(self, start: Basic, tables: tuple[str, ...]) -> Phase:
        """The rewriting of an expression by the rules of some tables, its derivatives aside.

        What is very long is left as it is.
        """
        if sum(1 for _ in postorder(start)) > _MOST_NODES:
            return Phase(start, {}, start)
        try:
            run = Normaliser(self.book, tables, as_written=False, facts=self.facts)
            return run.run_outside(start)
        except DerivexError:
            return Phase(start, {}, start)

    def with_replaced(self, instead: Mapping[Basic, Basic]) -> Basic:
        """The line after the steps that lead to some derivatives, these replaced.

        Everything that does not lead there stays as it is.

        Args:
            instead: what is put in the place of each.
        """
        now: dict[Basic, Basic] = dict(instead)
        leading: set[Basic] = set()
        waiting = list(instead)
        while waiting:
            for holder in self._holders().get(waiting.pop(), ()):
                if holder not in leading and holder not in instead:
                    leading.add(holder)
                    waiting.append(holder)
        # A derivative comes before those that its rule leaves, so the innermost are met first.
        for redex in sorted(leading, key=self._position, reverse=True):
            now[redex] = substitute(self.steps[redex][1], now)
        return substitute(self.start, now)

    def _position(self, redex: Basic) -> int:
        return self._order[redex]

    def _holders(self) -> dict[Basic, list[Basic]]:
        """For each derivative those by whose steps it came in."""
        if self._held is None:
            self._held = {}
            for redex in self.derivatives:
                step = self.steps.get(redex)
                for part in postorder(step[1]) if step is not None else ():
                    if type(part) in DERIVATIVES:
                        self._held.setdefault(part, []).append(redex)
        return self._held

    def nearest(self, written: Basic) -> Basic:
        """The line on the way that has most in common with what was written."""
        parts = set(postorder(written))
        derived = any(type(part) in DERIVATIVES for part in parts)

        def likeness(line: Basic) -> tuple[bool, float]:
            own = set(postorder(line))
            same = any(type(part) in DERIVATIVES for part in own) == derived
            return same, len(own & parts) / len(own | parts)

        lines = [line for line in self.lines() if line is not self.start]
        if not derived:  # the lines on the way have zeros and ones in them that nobody wants
            lines = [self.result, self.tidied]
        return max(lines, key=likeness, default=self.result)
