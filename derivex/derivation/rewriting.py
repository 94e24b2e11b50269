"""The order in which rewriting happens, the same when a derivation is made and when it is replayed.

Derivatives are rewritten from the outside in, everything else from the inside out; each
shared subexpression once; depth costs no recursion.  A factor that becomes a product joins the
product around it at once (and a term that becomes a sum likewise), before its own factors are
looked at: so the steps are those that a reader sees in the whole lines, where products and
sums are flat.
"""

from __future__ import annotations

from collections.abc import Callable

from sympy.core.basic import Basic

from derivex.expression import D, Plus, Times

__all__ = ["rewrite"]

Apply = Callable[[Basic], "Basic | None"]


def rewrite(start: Basic, apply: Apply, done: dict[Basic, Basic]) -> Basic:
    """Rewrite until nothing is left to rewrite.

    Args:
        start: the expression.
        apply: gives what a node becomes in one step, or None if it stays; it is asked about
            a derivative before and after its operand was rewritten, about any other node
            once its operands are.
        done: the final form of expressions that are known before; it is added to.
    """
    if not start._args:
        return start
    becomes: dict[Basic, Basic] = {}
    refused: set[Basic] = set()  # derivatives that must wait for their operand
    unfinished: dict[Basic, _Operands] = {}  # sums and products whose operands are being done
    # Each entry is a node and the kind of the node around it, which takes in its own kind.
    stack: _Stack = [(start, None)]
    while stack:
        node, around = stack[-1]
        target = becomes.get(node)
        if target is None:
            if node in done:
                stack.pop()
                continue
            kind = type(node)
            if kind is D and node not in refused:
                target = apply(node)
                if target is None:
                    refused.add(node)
            if target is None:
                if kind is Times or kind is Plus:
                    operands = _flat_operands(node, kind, unfinished, becomes, done, stack)
                else:
                    operands = _operands(node, done, stack)
                if operands is None:
                    continue  # something was put on the stack that goes first
                if operands != node._args:
                    target = kind(*operands)
                elif kind is not D:
                    target = apply(node)
                if target is None or target is node:
                    done[node] = node
                    stack.pop()
                    continue
            becomes[node] = target
        if around is not None and (
            type(target) is around
            or (target in becomes and _joining(target, around, becomes) is not None)
        ):
            stack.pop()
            continue
        value = done.get(target) if target._args else target
        if value is None:
            stack.append((target, around))
        else:
            done[node] = value
            stack.pop()
    return done[start]


_Operands = tuple[list[Basic], list[Basic]]
"""The operands that are done, in order, and those that are not, the next one last."""

_Stack = list[tuple[Basic, "type | None"]]


def _operands(node: Basic, done: dict[Basic, Basic], stack: _Stack) -> tuple[Basic, ...] | None:
    """The final operands of a node, or None after putting what goes first on the stack."""
    operands: list[Basic] = []
    waiting = False
    for operand in node._args:
        if operand._args:
            value = done.get(operand)
            if value is None:
                stack.append((operand, None))
                waiting = True
                continue
            operand = value
        operands.append(operand)
    return None if waiting else tuple(operands)


def _flat_operands(
    node: Basic,
    kind: type,
    unfinished: dict[Basic, _Operands],
    becomes: dict[Basic, Basic],
    done: dict[Basic, Basic],
    stack: _Stack,
) -> tuple[Basic, ...] | None:
    """The same for a sum or product, which takes in operands that become one themselves.

    What was found is kept between visits: a product of products of products is gone through
    once, not once for each of them.
    """
    state = unfinished.get(node)
    if state is None:
        written: tuple[Basic, ...] = node._args
        for operand in written:
            if operand._args and done.get(operand) is not operand:
                break
        else:
            return written
        state = unfinished[node] = ([], list(written[::-1]))
    ready, pending = state
    while pending:
        operand = pending[-1]
        if operand._args:
            joined = _joining(operand, kind, becomes) if operand in becomes else None
            if joined is not None:
                pending.pop()
                pending.extend(joined._args[::-1])
                continue
            value = done.get(operand)
            if value is None:
                stack.append((operand, kind))
                return None
            operand = value
        ready.append(operand)
        pending.pop()
    del unfinished[node]
    return tuple(ready)


def _joining(node: Basic, kind: type, becomes: dict[Basic, Basic]) -> Basic | None:
    """The first thing that a node becomes which joins a node of that kind; None if none does."""
    later = becomes.get(node)
    while later is not None:
        if type(later) is kind:
            return later
        later = becomes.get(later)
    return None
