"""Rewriting to a normal form by the rules of a book, and recording every step.

Rules decide what happens; this module only decides which are tried on a node, in which order.
"""

from __future__ import annotations

import gc
from typing import Any

from sympy.core.basic import Basic

from derivex.derivation import Phase, Step, rewrite
from derivex.expression import D, postorder
from derivex.matching import Context, Slots
from derivex.rulebook import Form, RuleBook

__all__ = ["MAX_STEPS", "Normaliser"]

MAX_STEPS = 1_000_000
"""Steps after which a run gives up."""


class Normaliser:
    """One run of rewriting, and its record.

    Args:
        book: the rules.
        tables: the tables whose rules rewrite everything that is not a derivative, those
            that go first first.
        as_written: whether the parts of the start that contain no derivative are left as
            they were written, untidied.
    """

    def __init__(self, book: RuleBook, tables: tuple[str, ...], as_written: bool = True):
        self.book = book
        self._entries = book.table(*tables).candidates
        self._candidates = book.derivatives.candidates
        self.as_written = as_written
        self.steps: dict[Basic, Step] = {}
        self.stuck: dict[Basic, None] = {}
        self.limit_reached = False
        self.nested = False  # whether the start holds a derivative below its root
        self._context = Context()
        self._done: dict[Basic, Basic] = {}
        self._holding: set[Basic] = set()  # parts of the start that hold a derivative

    def run(self, start: Basic) -> Phase:
        """Rewrite until nothing is left to rewrite, or no rule helps."""
        # A run makes many objects and no cycles: looking for cyclic garbage meanwhile would
        # only make the cost grow faster than the expression.
        collecting = gc.isenabled()
        gc.disable()
        try:
            self._look_over(start)
            result = rewrite(start, self._apply, self._done)
        finally:
            if collecting:
                gc.enable()
        return Phase(start, self.steps, result)

    def depends(self, expression: Basic, variable: Basic) -> bool:
        """Whether an expression depends on a variable; what the run found out is used."""
        return self._context.dependence(variable).of(expression)

    def _look_over(self, start: Basic) -> None:
        """Find which parts of the start hold derivatives; the others may be done already."""
        seen: dict[Basic, Basic] = {}
        nested = False
        stack: list[Basic] = [start]
        while stack:
            for operand in stack.pop()._args:
                if operand._args and operand not in seen:
                    seen[operand] = operand
                    stack.append(operand)
                    nested = nested or type(operand) is D
        self.nested = nested
        if nested:
            holding = self._holding
            for node in postorder(start):
                if type(node) is D or any(operand in holding for operand in node._args):
                    holding.add(node)
                    seen.pop(node, None)
        if self.as_written:
            self._done = seen

    def _apply(self, node: Basic) -> Basic | None:
        """What a node becomes in one step, which is recorded; None if it stays."""
        if len(self.steps) >= MAX_STEPS:
            self.limit_reached = True
            return None
        if type(node) is D:
            return self._derivative(node)
        for entry in self._entries(node):
            kept: tuple[Any, ...] = ()
            if isinstance(entry, Form):
                slots: Slots = [None] * entry.size
                if not entry.match_node(node, slots, self._context):
                    continue
                replacement: Basic | None = entry.build(slots, self._context)
                kept = tuple(slots)
            else:
                replacement = entry.run(node)
            if replacement is not None and replacement is not node:
                self.steps[node] = Step(entry, node, replacement, kept)
                return replacement
        return None

    def _derivative(self, node: Basic) -> Basic | None:
        operand, variable = node._args
        if self._holding and self._holds(operand):
            return None  # the derivative inside goes first
        context = self._context
        for form in self._candidates(operand, variable):
            slots: Slots = [None] * form.size
            slots[form.variable_slot] = variable
            if form.match_operand(operand, slots, context):
                replacement = form.build(slots, context)
                self.steps[node] = Step(form, node, replacement, tuple(slots))
                return replacement
        self.stuck[node] = None
        return None

    def _holds(self, operand: Basic) -> bool:
        """Whether an operand holds a derivative, be it a new node around parts of the start."""
        return operand in self._holding or any(part in self._holding for part in operand._args)
