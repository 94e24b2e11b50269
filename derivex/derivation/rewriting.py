"""The order in which rewriting happens, the same when a derivation is made and when it is replayed.

Derivatives are rewritten from the outside in, everything else from the inside out; each
shared subexpression once; depth costs no recursion.  A factor that becomes a product joins the
product around it at once (and a term that becomes a sum likewise), before its own factors are
looked at: so the steps are those that a reader sees in the whole lines, where products and
sums are flat.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy.core.basic import Basic

from derivex.expression import D, Plus, Times

__all__ = ["rewrite"]

Apply = Callable[[Any], "Basic | None"]


def rewrite(start: Basic, apply: Apply, settled: set[Basic]) -> Basic:
    """Rewrite until nothing is left to rewrite.

    Args:
        start: the expression.
        apply: gives what a node becomes in one step, or None if it stays; it is asked about
            a derivative before its operand is rewritten, about any other node once its
            operands are.
        settled: expressions that stay as they are; it is added to.
    """
    if not start._args or start in settled:
        return start
    becomes: dict[Basic, Basic] = {}  # one step, or the rewriting of all operands
    done: dict[Basic, Basic] = {}  # the final form of what became something else
    node: Any = start
    around: Any = None  # the kind of the node around it, if that takes in its own kind
    earlier: list[Basic] = []  # what became the node
    ready: list[Basic] = []  # its operands that are final,
    pending: list[Any] = []  # and those that are not, the next one last
    stack: list[tuple[Any, Any, list[Basic], list[Basic], list[Any]]] = []
    entering = True  # whether the node was not looked at before
    while True:
        target: Any = None
        value: Any = None
        if entering:
            target = becomes.get(node)
            if target is None:
                if node in settled:
                    value = node
                elif type(node) is D:
                    target = apply(node)
                    if target is not None:
                        becomes[node] = target
            if target is None and value is None:
                ready, pending = _first_unsettled(node._args, settled)
                entering = False
        if not entering:
            kind = type(node)
            joins = kind if kind is Times or kind is Plus else None
            if len(pending) > _MANY and settled.issuperset(pending):
                ready += pending[::-1]
                pending = []
            while pending:
                operand = pending.pop()
                if operand._args and operand not in settled:
                    final = done.get(operand)
                    if operand in becomes:
                        joining = _joining(operand, joins, becomes)
                        if joining is not None:
                            pending.extend(joining._args[::-1])
                            continue
                    elif type(operand) is D:
                        # What most derivatives become is told here and now.
                        step = apply(operand)
                        if step is not None:
                            becomes[operand] = step
                            if type(step) is joins:
                                pending.extend(step._args[::-1])
                                continue
                            if not step._args:
                                final = done[operand] = step
                    if final is None:
                        break
                    operand = final
                ready.append(operand)
            else:
                operand = None
            if operand is not None:
                stack.append((node, around, earlier, ready, pending))
                node, around, earlier, entering = operand, joins, [], True
                continue
            entering = True
            target = kind.interned[tuple(ready)]
            if target is node:
                target = apply(node) if kind is not D else None
            if target is None:
                settled.add(node)
                value = node
            else:
                becomes[node] = target
        if target is not None:
            earlier.append(node)
            if type(target) is around:
                node, around, earlier, ready, pending = stack.pop()
                pending.extend(target._args[::-1])
                entering = False
                continue
            if target._args:
                node = target
                continue
            value = target
        for form in earlier:
            done[form] = value
        if not stack:
            return value
        node, around, earlier, ready, pending = stack.pop()
        ready.append(value)
        entering = False


_MANY = 8
"""Operands of which it pays to ask at once whether all of them are settled."""


def _first_unsettled(
    operands: tuple[Any, ...], settled: set[Basic]
) -> tuple[list[Basic], list[Any]]:
    """The operands before the first one that is not settled, and the others in reverse."""
    if len(operands) > _MANY and settled.issuperset(operands):
        return list(operands), []
    for position, operand in enumerate(operands):
        if operand._args and operand not in settled:
            return list(operands[:position]), list(operands[position:][::-1])
    return list(operands), []


def _joining(node: Basic, kind: type | None, becomes: dict[Basic, Basic]) -> Basic | None:
    """The first thing that a node becomes which joins a node of that kind; None if none does."""
    if kind is None:
        return None
    later = becomes.get(node)
    while later is not None:
        if type(later) is kind:
            return later
        later = becomes.get(later)
    return None
