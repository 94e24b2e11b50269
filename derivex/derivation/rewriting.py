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
    # Each entry is a node and the kind of the node around it, which takes in its own kind.
    stack: list[tuple[Basic, type | None]] = [(start, None)]
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
                joins = kind if kind is Times or kind is Plus else None
                operands: list[Basic] = []
                changed = waiting = False
                for operand in node._args:
                    if operand._args:
                        joined = None
                        if joins is not None and operand in becomes:
                            joined = _joining(operand, joins, becomes)
                        if joined is not None:
                            operand, changed = joined, True
                        else:
                            value = done.get(operand)
                            if value is None:
                                stack.append((operand, joins))
                                waiting = True
                            elif value is not operand:
                                operand, changed = value, True
                    operands.append(operand)
                if waiting:
                    continue
                if changed:
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


def _joining(node: Basic, kind: type, becomes: dict[Basic, Basic]) -> Basic | None:
    """The first thing that a node becomes which joins a node of that kind; None if none does."""
    later = becomes.get(node)
    while later is not None:
        if type(later) is kind:
            return later
        later = becomes.get(later)
    return None
