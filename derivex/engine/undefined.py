"""Has an expression a value at a point?  Not if anything in it divides by zero on the way.

Arithmetic alone would not notice: 0 · (1/0) is 0 to the rule 0 · u = 0, which holds wherever
both of its sides have a value.
"""

from __future__ import annotations

from collections.abc import Iterable

from sympy.core.basic import Basic

from derivex.derivation import Phase
from derivex.errors import ProblemError
from derivex.expression import Apply, Cases, Limit, Over, Power, value_of
from derivex.notation import TextWriter

__all__ = ["refuse_undefined_steps"]


def refuse_undefined_steps(phases: Iterable[Phase]) -> None:
    """Refuse a value that was found by way of something that has none.

    Case distinctions are left out: what has no value may stand in a case that does not hold.

    Args:
        phases: the calculation, from where the values were filled in.

    Raises:
        ProblemError: a division by zero, zero to the power of zero or less, or log(0).

    >>> from derivex.derivation import Phase
    >>> from derivex.expression import ZERO, Times
    >>> bad = Times(ZERO, Over(ZERO, ZERO))
    >>> refuse_undefined_steps([Phase(bad, {}, bad)])
    Traceback (most recent call last):
    derivex.errors.ProblemError: division by zero: the expression has no value there
    """
    seen: set[Basic] = set()
    for phase in phases:
        waiting = [phase.start, *(step.redex for step in phase.steps.values())]
        while waiting:
            node = waiting.pop()
            if node in seen:
                continue
            seen.add(node)
            if type(node) is Cases or isinstance(node, Limit):
                continue
            _refuse(node)
            waiting.extend(node._args)


def _refuse(node: Basic) -> None:
    if type(node) is Over and value_of(node._args[1]) == 0:
        raise ProblemError("division by zero: the expression has no value there")
    if type(node) is Power and value_of(node._args[0]) == 0:
        exponent = value_of(node._args[1])
        if exponent is not None and exponent <= 0:
            raise ProblemError(f"0 to the power of {exponent} has no value".replace("-", "−"))
    if type(node) is Apply and str(node._args[0]) == "log" and value_of(node._args[-1]) == 0:
        told = TextWriter().write(node)
        raise ProblemError(f"{told} has no value: there is no logarithm of 0")
