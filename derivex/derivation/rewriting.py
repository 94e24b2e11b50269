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


def rewrite(start: Basic, derive: Apply, tidy: Apply, settled: set[Basic]) -> Basic:
    """Rewrite until nothing is left to rewrite.

    Args:
        start: the expression.
        derive: gives what a derivative becomes in one step, or None if it stays; it is asked
            before its operand is rewritten.
        tidy: the same for any other node, once its operands are rewritten.
        settled: expressions that stay as they are; it is added to.
    """
    becomes: dict[Basic, Any] = {}  # one step, or the rewriting of all operands
    done: dict[Basic, Basic] = {}  # the final form of what stood as an operand
    node: Any = None  # the node whose operands are rewritten; first there is none
    origin: Any = None  # what became that node
    joins: Any = None  # its kind, if it takes in operands of its own kind
    ready: list[Basic] = []  # its operands that are final,
    pending: list[Any] = [start]  # and those that are not, the next one last
    stack: list[tuple[Any, Any, Any, list[Basic], list[Any]]] = []
    while True:
        current: Any
        step: Any = None
        if pending:
            current = pending.pop()
            if not current._args or current in settled:
                ready.append(current)
                if len(pending) > _MANY and settled.issuperset(pending):
                    ready += pending[::-1]
                    pending = []
                continue
            if joins is None:
                final = done.get(current)
                if final is not None:
                    ready.append(final)
                    continue
            first = current
        elif node is None:
            return ready[0]
        else:
            current, first = node, origin
            rebuilt = type(node).interned[tuple(ready)]
            if rebuilt is not current:
                step = rebuilt
            node, origin, joins, ready, pending = stack.pop()
        while True:
            if step is None:
                step = becomes.get(current)
            if step is None:
                kind = type(current)
                if kind is D:
                    step = derive(current)
                if step is None:
                    for operand in current._args:
                        if operand._args and operand not in settled:
                            break
                    else:
                        operand = None
                    if operand is not None:
                        stack.append((node, origin, joins, ready, pending))
                        node, origin = current, first
                        joins = kind if kind is Times or kind is Plus else None
                        ready, pending = [], list(current._args[::-1])
                        break
                    if kind is not D:
                        step = tidy(current)
                    if step is None:
                        settled.add(current)
                        ready.append(current)
                        if first is not current:
                            done[first] = current
                        break
            becomes[current] = step
            current, step = step, None
            if type(current) is joins:
                pending.extend(current._args[::-1])
                break
            if not current._args or current in settled:
                ready.append(current)
                done[first] = current
                break


_MANY = 8
"""Operands of which it pays to ask at once whether all of them are settled."""
