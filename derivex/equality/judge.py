"""Are two expressions equal?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from sympy.core.basic import Basic

from derivex.equality.sampling import KINDS
from derivex.equality.verdict import Verdict
from derivex.expression.functions import Functions

__all__ = ["judge"]

_NO_FUNCTIONS: Functions = MappingProxyType({})
_NOTHING_ASSUMED: Mapping[Basic, str] = MappingProxyType({})


def judge(
    left: Basic,
    right: Basic,
    functions: Functions = _NO_FUNCTIONS,
    assumptions: Mapping[Basic, str] = _NOTHING_ASSUMED,
    *,
    points: int = 4,
    seconds: float = 2.0,
    seed: int = 0,
    conditions: Sequence[Basic] = (),
) -> Verdict:
    """Whether two expressions are equal wherever both of them have a value.

    Letters stand for real numbers; where nothing in the expressions asks for real numbers
    (roots, logarithms, |x|, …), complex ones are tried too.  Sums over all data and means are
    tried with small data, n being their number.  A derivative has the value of the
    derivative.  Vectors, matrices and equations are compared entry by entry, side by side.

    The same arguments give the same verdict, unless the time limit is met.

    Args:
        left: an expression.
        right: an expression.
        functions: the known functions; any other is something unknown, the same in both.
        assumptions: which values of a symbol count, one of :data:`~.sampling.KINDS`.
        points: how many points both sides must agree at (more where there are branches).
        seconds: the time limit; at the limit the verdict is "undecided".
        seed: where the random points begin.
        conditions: relations; only points at which they hold count.  A condition on letters that
            the expressions do not have, such as a running index, is left out.

    Raises:
        ValueError: for an assumption that is none of these kinds.

    Method: exact comparison as rational functions (python-flint's ``fmpq_mpoly``); else values
    as complex balls at exact points.  Balls that do not meet prove a difference.

    >>> from derivex.expression import ONE, Plus, Times, TWO, Power, symbol
    >>> x = symbol("x")
    >>> print(judge(Power(Plus(x, ONE), TWO), Plus(Power(x, TWO), Times(TWO, x), ONE)))
    proven
    >>> print(judge(Power(Plus(x, ONE), TWO), Plus(Power(x, TWO), ONE)))
    wrong: at x = 2: left 9, right 5
    """
    unknown = set(assumptions.values()).difference(KINDS)
    if unknown:
        raise ValueError(f"{unknown.pop()!r} is not one of {', '.join(KINDS)}")
    if left is right:
        return Verdict("proven")
    # Imported here, because flint takes a while and a start need not wait for it.
    from derivex.equality.comparison import Comparison

    question = Comparison(left, right, functions, assumptions, points, seconds, seed, conditions)
    return question.verdict()
