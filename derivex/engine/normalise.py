"""Rewriting to a normal form: derivatives from the outside in, everything else inside out.

One pass over the expression's graph, each shared subexpression once, without recursion.
Rules decide what happens; this module only decides where they are tried.
"""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.derivation import Phase, Step
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
        self.table = book.table(*tables)
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
        self._look_over(start)
        result = self._normal_form(start)
        return Phase(start, self.steps, result)

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

    def _normal_form(self, start: Basic) -> Basic:
        if not start._args:
            return start
        done = self._done
        becomes: dict[Basic, Basic] = {}
        stack: list[Basic] = [start]
        while stack:
            node = stack[-1]
            if node in done:
                stack.pop()
                continue
            target = becomes.get(node)
            if target is None:
                if type(node) is D:
                    target = self._derivative(node, stack)
                else:
                    target = self._compound(node, stack)
                if target is None:
                    continue
                if target is node:
                    done[node] = node
                    stack.pop()
                    continue
                becomes[node] = target
            value = done.get(target) if target._args else target
            if value is None:
                stack.append(target)
            else:
                done[node] = value
                stack.pop()
        return done[start]

    def _derivative(self, node: Basic, stack: list[Basic]) -> Basic | None:
        """What a derivative becomes; None while its operand must be done first."""
        operand, variable = node._args
        if self._holding and self._holds(operand):
            value = self._done.get(operand)
            if value is None:
                stack.append(operand)
                return None
            if value is not operand:
                return D(value, variable)
        if len(self.steps) >= MAX_STEPS:
            self.limit_reached = True
            return node
        context = self._context
        for form in self.book.derivative_forms(operand):
            slots: Slots = [None] * form.size
            slots[form.variable_slot] = variable
            if form.match_operand(operand, slots, context):
                replacement = form.build(slots, context)
                self.steps[node] = Step(form, node, replacement, tuple(slots))
                return replacement
        self.stuck[node] = None
        return node

    def _holds(self, operand: Basic) -> bool:
        """Whether an operand holds a derivative, be it a new node around parts of the start."""
        return operand in self._holding or any(
            part in self._holding for part in operand._args
        )

    def _compound(self, node: Basic, stack: list[Basic]) -> Basic | None:
        """What a node becomes once its operands are done; None while they are not."""
        done = self._done
        arguments = node._args
        operands: list[Basic] = []
        changed = waiting = False
        for operand in arguments:
            if operand._args:
                value = done.get(operand)
                if value is None:
                    stack.append(operand)
                    waiting = True
                elif value is not operand:
                    changed = True
                    operand = value
            operands.append(operand)
        kind = type(node)
        if waiting:
            return None
        if changed:
            return kind(*operands)
        entries = self.table.get(kind)
        if entries is None:
            return node
        present = set(map(type, arguments))
        for entry, needs in entries:
            if needs is not None and needs.isdisjoint(present):
                continue
            if isinstance(entry, Form):
                slots: Slots = [None] * entry.size
                if not entry.match_node(node, slots, self._context):
                    continue
                replacement: Basic | None = entry.build(slots, self._context)
                kept = tuple(slots)
            else:
                replacement = entry.run(node)
                kept = ()
            if replacement is not None and replacement is not node:
                if len(self.steps) >= MAX_STEPS:
                    self.limit_reached = True
                    return node
                self.steps[node] = Step(entry, node, replacement, kept)
                return replacement
        return node
