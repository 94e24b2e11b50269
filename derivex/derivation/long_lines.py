"""Long lines left out: of many that fill many rows each, nobody follows every one.

Where brackets are multiplied out term by term, or functions stand sixty deep, line after line is
longer than anybody reads.  The first of such a run are shown; the line at which the reader comes
back says what all of those between did, and how many they are.  At full detail each is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sympy.core.basic import Basic

from derivex.derivation.lines import Line
from derivex.expression.printed_size import printed_size

__all__ = ["without_long_runs"]

_LONG = 250  # numbers, letters and operations: about five rows on paper
_SHOWN = 2  # lines at the beginning of a run
_FEWEST = 4  # lines that are worth being told as one


def without_long_runs(lines: Iterable[Line]) -> Iterator[Line]:
    """The same lines but for those in the middle of a run of long ones.

    What is filled in is always shown.

    >>> from derivex.expression import Plus, symbol
    >>> long = [Line(Plus(*[symbol(f"x_{k}") for k in range(300)], symbol(x))) for x in "abcdefg"]
    >>> [line.left_out for line in without_long_runs(long)]
    [0, 0, 4]
    """
    sizes: dict[Basic, int] = {}
    long = 0  # long lines in a row, up to here
    held: list[Line] = []  # those that are left out unless they are few
    for line in lines:
        is_long = printed_size(line.expression, sizes) > _LONG
        if is_long and long >= _SHOWN and not line.filled:
            held.append(line)
            continue
        yield from _told([*held, line] if held and not line.filled else held)
        if line.filled or not held:
            yield line
        held = []
        long = long + 1 if is_long else 0
    yield from _told(held)


def _told(lines: list[Line]) -> Iterator[Line]:
    """The last line, which says what all of them did; all of them where they are few."""
    if len(lines) < _FEWEST:
        yield from lines
        return
    phrases = [line.phrases or [rule.phrase for rule in line.rules] for line in lines]
    yield replace(
        lines[-1],
        rules=tuple(dict.fromkeys(rule for line in lines for rule in line.rules)),
        changed=(),
        phrases=tuple(dict.fromkeys(each for several in phrases for each in several)),
        conditions=tuple(dict.fromkeys(each for line in lines for each in line.conditions)),
        steps=tuple(step for line in lines for step in line.steps),
        left_out=len(lines) - 1,
    )
