"""The derivative of a plain expression by a number, worked out in one go."""

from __future__ import annotations

import gc

from sympy.core.basic import Basic

from derivex.derivation import Phase, Steps
from derivex.engine.normalise import MAX_STEPS
from derivex.expression import At, Dependence
from derivex.matching import Direct, Facts, UnusualError
from derivex.rulebook import RuleBook

__all__ = ["phase_in_one_go"]

_FEW = 20
"""Parts up to which what is made is too little to be looked through."""

_DEEPEST = 30
"""How deep the variable may lie for functions to call one another on the way to it."""

# Of the kinds beyond the most frequent ones it holds no derivative and binds no name.
_INDEXED = frozenset({At})


def phase_in_one_go(
    start: Basic, book: RuleBook, tables: tuple[str, ...], facts: Facts
) -> tuple[Phase, bool] | None:
    """A derivative by a number with everything that a run of rewriting makes of it.

    Args:
        start: the derivative.
        book: the rules.
        tables: the tables whose rules tidy what comes out.
        facts: what is assumed.

    Returns:
        The phase, and whether the operand depends on the variable; None where the expression, or
        something on the way, asks for rewriting one step at a time.
    """
    operand, variable = start._args
    dependence = Dependence(variable)
    # Whether the operand depends on the variable is asked in any case; answering it meets all
    # of its parts, which stay as they are written.
    depends = dependence.of(operand)
    known = dependence.known
    if depends and operand._args and known[operand] > _DEEPEST:
        return None
    if not dependence.unusual <= _INDEXED:
        return None
    rules, others = book.derivatives.attempts, book.tables[tables].attempts
    run = Direct(dependence, facts, book.functions, rules, others)
    # A run makes many objects and no cycles: looking for cyclic garbage meanwhile would only
    # make the cost grow faster than the expression.
    collecting = len(known) > _FEW and gc.isenabled()
    if collecting:
        gc.disable()
    try:
        result = run.derive(operand, variable, None)
    except (UnusualError, RecursionError):  # rules of a user may lead back to themselves
        return None
    finally:
        if collecting:
            gc.enable()
    if run.count() >= MAX_STEPS:
        return None
    return Phase(start, Steps(start, run), result), depends
