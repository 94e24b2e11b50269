"""What an exercise would be, had an earlier one come to what a student found there.

Who finds a wrong derivative and puts the right number into it makes one mistake, not two.
"""

from __future__ import annotations

from collections.abc import Container

from sympy.core.basic import Basic

from derivex.expression import (
    Column,
    Decimal,
    Negative,
    Over,
    Row,
    free_symbols,
    postorder,
    substitute,
    transform,
    value_of,
)

__all__ = ["carried"]

_LISTS = (Row, Column)
_LEAST = 3  # nodes of what is not found anywhere by chance
_SMALL = 10  # whole numbers below stand anywhere


def carried(row: Basic, key: Basic, answer: Basic) -> Basic | None:
    """A row as it would be with another answer to an earlier blank; None if it does not use that.

    Letters of the earlier answer may have been filled in: where the key is 2x + 1 and the row
    2·3 + 1, an answer 3x + 1 makes that 3·3 + 1.

    Args:
        row: a row of the key.
        key: what belongs into the earlier blank.
        answer: what stands in it.

    >>> from derivex.expression import ONE, TWO, Plus, Times, integer, symbol
    >>> x, three = symbol("x"), integer(3)
    >>> key, answer = Plus(Times(TWO, x), ONE), Plus(Times(three, x), ONE)
    >>> carried(Times(TWO, Plus(Times(TWO, three), ONE)), key, answer)
    Times(2, Plus(Times(3, 3), 1))
    """
    if not _is_telling(key):
        return None
    letters = free_symbols(key)
    found = False

    def other(node: Basic) -> Basic:
        nonlocal found
        filled = _match(key, node, letters)
        if filled is None:
            return node
        found = True
        made = substitute(answer, filled)
        if isinstance(node, _LISTS) and isinstance(made, _LISTS):
            made = type(node)(*made.args)
        return made

    made = transform(row, other)
    return made if found else None


def _is_telling(key: Basic) -> bool:
    """Whether it is hardly found anywhere by chance."""
    if isinstance(key, Negative):
        key = key.args[0]
    if free_symbols(key):
        return sum(1 for _ in postorder(key)) >= _LEAST
    value = value_of(key)
    return isinstance(key, (*_LISTS, Decimal, Over)) or (value is not None and value >= _SMALL)


def _match(key: Basic, node: Basic, letters: Container[Basic]) -> dict[Basic, Basic] | None:
    """What the letters stand for where a node is the key with them filled in."""
    filled: dict[Basic, Basic] = {}
    waiting = [(key, node)]
    while waiting:
        wanted, there = waiting.pop()
        if wanted in letters:
            if filled.setdefault(wanted, there) is not there:
                return None
            continue
        if wanted is there:
            continue
        alike = type(wanted) is type(there) or (
            isinstance(wanted, _LISTS) and isinstance(there, _LISTS)
        )
        if not alike or not wanted.args or len(wanted.args) != len(there.args):
            return None
        waiting += zip(wanted.args, there.args, strict=True)
    return filled
