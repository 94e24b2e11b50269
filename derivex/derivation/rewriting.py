"""The order in which rewriting happens, the same when a derivation is made and when it is replayed.

Derivatives are rewritten from the outside in, everything else from the inside out; each
shared subexpression once; depth costs no recursion.  A factor that becomes a product joins the
product around it at once (and a term that becomes a sum likewise), before its own factors are
looked at: so the steps are those that a reader sees in the whole lines, where products (of
matrices, too) and sums are flat.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import filterfalse
from typing import Any

from sympy.core.basic import Basic

from derivex.expression.array_nodes import DERIVATIVES, FLAT

__all__ = ["rewrite"]

Apply = Callable[[Any], "Basic | None"]

# The operands of a node that are final, those to be looked at in reverse order, and those behind
# them, which are final, too.
Parts = tuple[list[Basic], list[Any], tuple[Basic, ...]]


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
    ready: list[Basic] = []
    pending: list[Any] = [start]
    rest: tuple[Basic, ...] = ()
    stack: list[tuple[Any, Any, Any, list[Basic], list[Any], tuple[Basic, ...]]] = []
    while True:
        current: Any
        step: Any = None
        while pending:
            current = pending.pop()
            if current._args and current not in settled:
                final = done.get(current) if joins is None else None
                if final is None:
                    first = current
                    break
                current = final
            ready.append(current)
        else:
            if node is None:
                return ready[0]
            current, first = node, origin
            rebuilt = type(node).interned[(*ready, *rest)]
            if rebuilt is not current:
                step = rebuilt
            node, origin, joins, ready, pending, rest = stack.pop()
        while True:
            if step is None:
                step = becomes.get(current)
            if step is None:
                kind = type(current)
                if kind in DERIVATIVES:
                    step = derive(current)
                if step is None:
                    operands = current._args
                    parts: Parts | None = None
                    if len(operands) > _MANY:
                        parts = _parts(operands, settled)
                    else:
                        for operand in operands:
                            if operand._args and operand not in settled:
                                parts = [], list(operands[::-1]), ()
                                break
                    if parts is not None:
                        stack.append((node, origin, joins, ready, pending, rest))
                        node, origin = current, first
                        joins = kind if kind in FLAT else None
                        ready, pending, rest = parts
                        break
                    if kind not in DERIVATIVES:
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


_MANY = 16
"""Operands of which it pays to ask at once how many are settled at the beginning and the end."""


def _parts(operands: tuple[Any, ...], settled: set[Basic]) -> Parts | None:
    """The operands that are final, those to be looked at, and those behind; None if all are final.

    A product of n factors has n products in its derivative, in each of which one factor changed.
    """
    first = _first_unsettled(operands, settled)
    if first is None:
        return None
    last = _first_unsettled(operands[::-1], settled)
    identities = list(map(id, operands))
    before = identities.index(id(first))
    identities.reverse()
    end = len(operands) - identities.index(id(last))
    return list(operands[:before]), list(operands[before:end][::-1]), operands[end:]


def _first_unsettled(operands: tuple[Any, ...], settled: set[Basic]) -> Any:
    for operand in filterfalse(settled.__contains__, operands):
        if operand._args:
            return operand
    return None
