"""Rewriting to a normal form by the rules of a book, and recording every step.

Rules decide what happens; this module only decides which are tried on a node, in which order.
"""

from __future__ import annotations

import gc

from sympy.core.basic import Basic

from derivex.derivation import EndlessRewritingError, Phase, Steps
from derivex.derivation.rewriting import Attempts, rewrite_by_rules
from derivex.expression import (
    Apply,
    At,
    Column,
    D,
    Matrix,
    Row,
    postorder,
)
from derivex.expression.array_nodes import DERIVATIVES, ArrayName, stands_whole
from derivex.expression.shapes import is_array
from derivex.matching import NO_FACTS, Context, Facts, Found
from derivex.rulebook import Form, RuleBook

__all__ = ["MAX_STEPS", "Normaliser", "normal_phase"]

MAX_STEPS = 1_000_000
"""Steps after which a run gives up."""


_ARRAYS = frozenset({Column, Matrix})
_TABLES = _ARRAYS | {Row}


class Normaliser:
    """One run of rewriting, and its record.

    Args:
        book: the rules.
        tables: the tables whose rules rewrite everything that is not a derivative, those
            that go first first.
        as_written: whether the parts of the start that contain no derivative are left as
            they were written, untidied.
        facts: what is assumed.
        arrays: whether vectors or matrices may occur in a start that is a derivative by a number.
    """

    _context: Context
    steps: Steps
    limit_reached = False
    nested = False  # whether the start holds a derivative below its root
    _holding: set[Basic] | None = None  # then the parts of it that hold a derivative

    def __init__(
        self,
        book: RuleBook,
        tables: tuple[str, ...],
        as_written: bool = True,
        facts: Facts = NO_FACTS,
        arrays: bool = False,
    ):
        self._book = book
        self._attempts: Attempts = book.table(*tables).attempts
        self.as_written = as_written
        self._arrays = arrays
        self._facts = facts
        self.stuck: dict[Basic, None] = {}

    def run(self, start: Basic) -> Phase:
        """Rewrite until nothing is left to rewrite, or no rule helps."""
        # A run makes many objects and no cycles: looking for cyclic garbage meanwhile would
        # only make the cost grow faster than the expression.
        collecting = gc.isenabled()
        gc.disable()
        self._begin(start)
        noted = self.steps.noted
        try:
            settled = self._settled(start)
            result = rewrite_by_rules(
                start, self._derive, self._attempts, self._context, settled, noted, MAX_STEPS
            )
        except EndlessRewritingError as error:
            raise EndlessRewritingError(error.expression, self._circle(error.expression)) from None
        finally:
            if collecting:
                gc.enable()
        self.limit_reached = len(noted) >= MAX_STEPS
        return Phase(start, self.steps, result)

    def _begin(self, start: Basic) -> None:
        self._context = Context(start, self._facts, self._book.functions)
        self.steps = Steps()

    def _circle(self, node: Basic) -> list[str]:
        """The names of the rules that rewrite an expression, and what they make of it, in turn."""
        names: dict[str, None] = {}
        seen: set[Basic] = set()
        noted = self.steps.noted
        while node in noted and node not in seen:
            seen.add(node)
            applied, node, *_ = noted[node]
            names[applied.rule.name] = None
        return [*names]

    def run_outside(self, start: Basic) -> Phase:
        """The same with the derivatives left as they are; what stands in them is rewritten."""
        self._begin(start)
        attempts, context, noted = self._attempts, self._context, self.steps.noted
        result = rewrite_by_rules(
            start, lambda node: None, attempts, context, set(), noted, MAX_STEPS
        )
        return Phase(start, self.steps, result)

    def depends(self, expression: Basic, variable: Basic) -> bool:
        """Whether an expression depends on a variable; what the run found out is used."""
        return self._context.depends(expression, variable)

    def _settled(self, start: Basic) -> set[Basic]:
        """The parts of the start that need no rewriting; finds which parts hold derivatives."""
        seen: set[Basic] = set()
        stack: list[Basic] = [start]
        while stack:
            node = stack.pop()
            for operand in node._args:
                if not operand._args:
                    self._arrays = self._arrays or type(operand) is ArrayName
                elif operand not in seen:
                    seen.add(operand)
                    stack.append(operand)
                    if type(operand) in _ARRAYS and type(node) is Apply:
                        self._arrays = True  # det([x, 1; 2, x²]) has no slope by its operand
        self.nested = not DERIVATIVES.isdisjoint(map(type, seen))
        if self.nested:
            holding = self._holding = set()
            for node in postorder(start):
                if type(node) in DERIVATIVES or any(operand in holding for operand in node._args):
                    holding.add(node)
            seen -= holding
        return seen if self.as_written else set()

    def _derive(self, node: Basic) -> Found | None:
        """What is applied to a derivative, and what it gives; None if it stays."""
        if type(node) is not D:
            return self._array_derivative(node)
        operand, variable = node._args
        if self._holding and self._holds(operand):
            return None  # the derivative inside goes first
        if (
            self._arrays
            and not self._is_plain(operand, variable)
            and self._context.depends(operand, variable)
        ):
            return self._entry_by_entry(node)
        for form in self._book.derivatives.candidates(operand, variable):
            found = form.attempt(operand, variable, self._context)
            if found is not None:
                return found
        if type(operand) in _TABLES:
            return self._entry_by_entry(node)
        self.stuck[node] = None
        return None

    @staticmethod
    def _is_plain(operand: Basic, variable: Basic) -> bool:
        """Whether the rules for numbers hold for a derivative: not of a function of an array."""
        if any(map(is_array, operand._args)) and type(operand) is not At:
            return False
        return not (type(variable) is At and stands_whole(variable._args[0], operand))

    def _array_derivative(self, node: Basic) -> Found | None:
        """The same for gradients by arrays, Jacobians and adjoints."""
        if type(node._args[0]) in DERIVATIVES or (self._holding and self._holds(node._args[0])):
            return None
        if type(node._args[1]) in _TABLES:
            return self._entry_by_entry(node)
        for form in self._book.by_derivative[type(node)].candidates(*node._args[:2]):
            slots: list[Basic | None] = [None] * form.size
            if form.match_node(node, slots, self._context):
                return form, form.build(slots, self._context), *slots
        self.stuck[node] = None
        return None

    def _entry_by_entry(self, node: Basic) -> Found | None:
        """A derivative of, or by, what is written out by its entries."""
        for entry in self._book.table("entries").candidates(node):
            assert not isinstance(entry, Form)
            replacement = entry.run(node)
            if replacement is not None:
                return entry, replacement
        self.stuck[node] = None
        return None

    def _holds(self, operand: Basic) -> bool:
        """Whether an operand holds a derivative, be it a new node around parts of the start."""
        holding = self._holding
        if holding is None:
            return False
        return operand in holding or any(part in holding for part in operand._args)


def normal_phase(start: Basic, book: RuleBook, *tables: str) -> Phase:
    """Rewrite an expression by the rules of some tables until none applies."""
    return Normaliser(book, tables, as_written=False).run(start)
