"""The order in which rewriting happens, the same when a derivation is made and when it is replayed.

Derivatives are rewritten from the outside in, everything else from the inside out; each
shared subexpression once; depth costs no recursion.  A factor that becomes a product joins the
product around it at once (and a term that becomes a sum likewise), before its own factors are
looked at: so the steps are those that a reader sees in the whole lines, where products (of
matrices, too) and sums are flat.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sympy.core.basic import Basic

from derivex.errors import ProblemError
from derivex.expression.array_nodes import DERIVATIVES, FLAT
from derivex.matching import Attempt, Context, Direct, Found, signature_of
from derivex.notation import TextWriter

__all__ = ["Always", "Attempts", "EndlessRewritingError", "rewrite", "rewrite_by_rules", "steps_of"]

Apply = Callable[[Any], "Basic | None"]
Attempts = Mapping[Any, tuple[Attempt, ...]]

MOST_REPEATED = 1_000_000
"""Steps that may be taken again; as many show that rewriting goes round in a circle."""

# What is being worked on while its operands are rewritten: the node and what became it, its kind
# if it takes in operands of its own kind, the operands that are final, those to be looked at, and
# those behind them, which are final, too.
Frame = tuple[Any, Any, Any, list[Basic], Iterator[Any], tuple[Basic, ...]]


class EndlessRewritingError(ProblemError):
    """Rewriting would never end: it comes back to an expression again and again.

    Args:
        expression: the expression.
        rules: the names of the rules that rewrite it and what comes of it, where they are known.
    """

    def __init__(self, expression: Basic, rules: Sequence[str] = ()):
        named = f": {' and '.join(rules)} undo each other" if len(rules) > 1 else ""
        super().__init__(
            f"rewriting {TextWriter().write(expression)} never ends{named}",
            hint="take one of these rules out, or add a condition that keeps it from applying",
        )
        self.expression = expression


def rewrite(start: Basic, derive: Apply, tidy: Apply, settled: set[Basic]) -> Basic:
    """Rewrite until nothing is left to rewrite.

    Args:
        start: the expression.
        derive: gives what a derivative becomes in one step, or None if it stays; it is asked
            before its operand is rewritten.
        tidy: the same for any other node, once its operands are rewritten.
        settled: expressions that stay as they are; it is added to.

    Raises:
        EndlessRewritingError: what some step gives is rewritten back by another.
    """

    def derived(node: Any) -> Found | None:
        made = derive(node)
        return None if made is None else (None, made)

    def tidied(node: Any, by: Basic | None, context: Context) -> Found | None:
        made = tidy(node)
        return None if made is None else (None, made)

    return rewrite_by_rules(start, derived, Always((tidied,)), Context(), settled, {})


def steps_of(start: Basic, run: Direct) -> dict[Basic, Found]:
    """The steps of a run that worked derivatives out in one go, in the order of rewriting.

    Nothing is decided here: what was applied to what is looked up.

    Args:
        start: what the run began with.
        run: what was applied.
    """
    derived = run.derived()
    context = Context()

    def derive(node: Any) -> Found:
        form, _, *slots = derived[node._args]
        return form, form.build(slots, context), *slots

    def tidy(node: Any, by: Basic | None, context: Context) -> Found | None:
        return run.noted.get(node)

    noted: dict[Basic, Found] = {}
    rewrite_by_rules(start, derive, Always((tidy,)), context, run.settled, noted)
    return noted


def rewrite_by_rules(
    start: Basic,
    derive: Callable[[Any], Found | None],
    others: Attempts,
    context: Context,
    settled: set[Basic],
    noted: dict[Basic, Found],
    most_steps: int = sys.maxsize,
) -> Basic:
    """Rewrite by what tables find, until nothing is left to rewrite or there are too many steps.

    Args:
        start: the expression.
        derive: what is done to a derivative: how, what it becomes, and what letters stand for;
            None if it stays.  It is asked before its operand is rewritten.
        others: what to try on any other node, once its operands are rewritten, by its signature.
        context: what is known, for those that try.
        settled: expressions that stay as they are; it is added to.
        noted: each step by what it rewrites; it is added to.
        most_steps: the number of steps at which it ends.

    Raises:
        EndlessRewritingError: what some step gives is rewritten back by another.
    """
    new_node = object.__new__
    repeated = 0  # how often a step was taken again that had been taken before
    rebuilt: dict[Basic, Basic] = {}  # nodes with all their operands rewritten
    done: dict[Basic, Basic] = {}  # the final form of what stood as an operand
    node: Any = None  # the node whose operands are rewritten; first there is none
    origin: Any = None
    joins: Any = None
    ready: list[Basic] = []
    waiting: Iterator[Any] = iter((start,))
    rest: tuple[Basic, ...] = ()
    stack: list[Any] = []  # frames, and what waits behind operands that were taken in
    current: Any
    found: Any
    while True:
        for current in waiting:
            if not current._args or current in settled:
                ready.append(current)
            elif joins is None and current in done:
                ready.append(done[current])
            else:
                first = current
                whole = False  # whether its operands are known to be final
                break
        else:
            if node is None:
                return ready[0]
            frame = stack.pop()
            if type(frame) is not tuple:
                waiting = frame  # what stood behind the operands that were taken in
                continue
            kind = type(node)
            operands = (*ready, *rest)
            if kind in DERIVATIVES:
                current = kind.interned[operands]
            else:  # most likely a new node, so it is made before it is looked up
                current = new_node(kind)
                current._args = operands
                current = kind.interned.setdefault(operands, current)
            first = origin
            if current is not node:
                rebuilt[node] = current
            node, origin, joins, ready, waiting, rest = frame
            if current in settled:
                ready.append(current)
                done[first] = current
                continue
            whole = True
        while True:
            found = None
            if current in noted:
                found = noted[current]
                repeated += 1
                if repeated > MOST_REPEATED:
                    raise EndlessRewritingError(current)
            else:
                kind = type(current)
                is_derivative = kind in DERIVATIVES
                if is_derivative and len(noted) < most_steps:
                    found = derive(current)
                if found is None:
                    if not whole:
                        operands = current._args
                        if len(operands) > _FEW:
                            begun, changing, end = _parts(operands, settled)
                        else:
                            begun, changing, end = [], iter(operands), ()
                        for operand in changing:
                            if operand._args and operand not in settled:
                                break
                            begun.append(operand)
                        else:
                            whole = True
                    if not whole:
                        if current in rebuilt:
                            current = rebuilt[current]
                            whole = True
                        else:
                            stack.append((node, origin, joins, ready, waiting, rest))
                            node, origin = current, first
                            # In a sum of sums in brackets each term stays in its own.
                            joins = kind if kind in FLAT and type(operand) is not kind else None
                            ready, waiting, rest = begun, changing, end
                            if joins is None and operand in done:
                                ready.append(done[operand])
                                break
                            current = first = operand
                            continue
                        if current not in settled:
                            continue
                        ready.append(current)
                        done[first] = current
                        break
                    if not is_derivative:
                        for attempt in others[signature_of(current)]:
                            found = attempt(current, None, context)
                            if found is not None:
                                if found[1] is not current:
                                    break
                                found = None
                    if found is None:
                        settled.add(current)
                        ready.append(current)
                        if first is not current:
                            done[first] = current
                        break
                noted[current] = found
                if len(noted) >= most_steps:
                    others = Always(())
            current = found[1]
            if type(current) is joins:
                stack.append(waiting)
                waiting = iter(current._args)
                break
            if not current._args or current in settled:
                ready.append(current)
                done[first] = current
                break
            whole = False


class Always(dict[Any, tuple[Attempt, ...]]):
    """The same attempts for every signature."""

    def __init__(self, attempts: tuple[Attempt, ...]):
        super().__init__()
        self.attempts = attempts

    def __missing__(self, signature: Any) -> tuple[Attempt, ...]:
        return self.attempts


_FEW = 4
"""Operands up to which it does not pay to ask of all at once which are settled."""


def _parts(
    operands: tuple[Any, ...], settled: set[Basic]
) -> tuple[list[Basic], Iterator[Any], tuple[Basic, ...]]:
    """The operands that are settled, those to be looked at, and those behind them.

    A product of n factors has n products in its derivative, in each of which one factor changed.
    """
    is_settled = [*map(settled.__contains__, operands)]
    if False not in is_settled:
        return [], iter(()), ()
    begin = is_settled.index(False)
    is_settled.reverse()
    end = len(operands) - is_settled.index(False)
    return list(operands[:begin]), iter(operands[begin:end]), operands[end:]
