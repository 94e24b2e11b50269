"""The last check of a correction: it is judged as the line that it is to replace was.

A correction is found by other means than the verdict, with definitions filled in and functions for
the letters that depend on others.  Before it is told to a reader it must hold in the place of the
line as it stands in its document.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sympy.core.basic import Basic

from derivex.checking.knowledge import Knowledge
from derivex.checking.links import judge_link
from derivex.checking.systems import judge_equations
from derivex.expression import And

__all__ = ["Accepts", "equal_to", "following_from"]

Accepts = Callable[[Basic], bool]
"""Whether something would hold in the place of a line."""


def equal_to(before: Basic, knowledge: Knowledge, sign: str = "=") -> Accepts:
    """What is accepted behind a sign of equality.

    Args:
        before: what stands before the sign.
        knowledge: what is known there.
        sign: the sign.

    >>> from derivex.expression import ONE, TWO, Plus, integer
    >>> accepts = equal_to(Plus(ONE, TWO), Knowledge())
    >>> accepts(integer(3)), accepts(integer(4))
    (True, False)
    """
    return lambda line: judge_link(before, line, knowledge, sign).holds


def following_from(
    systems: Sequence[Sequence[Basic]], knowledge: Knowledge, joint: str = "⇒"
) -> Accepts:
    """What is accepted where equations are being solved.

    Args:
        systems: the equations of each row so far.
        knowledge: what is known there.
        joint: the arrow.
    """
    given = [list(system) for system in systems]

    def accepts(line: Basic) -> bool:
        equations = line.args if type(line) is And else (line,)
        found = judge_equations(given, equations, knowledge, joint)
        return found is not None and found.holds

    return accepts
