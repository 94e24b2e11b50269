"""Refusing to write what nobody could read.

A graph whose parts are shared may be small in memory and a book on paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sympy.core.basic import Basic

from derivex.derivation import Line
from derivex.errors import ProblemError
from derivex.expression.printed_size import printed_size

__all__ = ["MOST_IN_A_LINE", "MOST_IN_ALL", "readable"]

MOST_IN_A_LINE = 1_000_000
"""Numbers, letters and operations in one line."""
MOST_IN_ALL = 5_000_000
"""The same in all lines of a derivation."""


def readable(lines: Iterable[Line]) -> Iterator[Line]:
    """The same lines, as far as they can be read.

    Raises:
        ProblemError: at a line that is too long; the lines after it are not even made.
    """
    sizes: dict[Basic, int] = {}
    whole = 0
    for line in lines:
        size = printed_size(line.expression, sizes)
        whole += size
        if size > MOST_IN_A_LINE:
            raise ProblemError(
                f"a line of this derivation would have {size} symbols",
                hint="in Python, .expression has the result without writing it",
            )
        if whole > MOST_IN_ALL:
            raise ProblemError(
                f"the lines of this derivation would have more than {MOST_IN_ALL} symbols",
                hint="ask for the detail brief, or in Python for .expression",
            )
        yield line
