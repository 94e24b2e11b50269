"""A tape: the calls of NumPy that a few expressions come to, in order.

Registers hold numbers, and rows: arrays with a number for each item of the data.  The rows are
worked through in blocks that fit into the processor's cache, so a row is read from memory once
for all that is made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

__all__ = ["Call", "Pass", "Tape"]

_CACHE = 1 << 17  # numbers that are at hand while a block of rows is worked
_SHORTEST = 1 << 10  # numbers of a row that are worked at a time
_LONGEST = 1 << 15
_DOT = 1 << 13
"""Numbers of a dot product at a time: longer ones are shared out among threads by libraries of
linear algebra, which costs more than it gains here."""

_ONES = np.ones(_DOT)

Values = Sequence[Any]


@dataclass(frozen=True)
class Call:
    """One call of a NumPy function on registers, and the register that its value goes to."""

    function: Callable[..., Any]
    operands: tuple[int, ...]
    target: int


@dataclass(frozen=True)
class Pass:
    """What is done once, then once for each block of rows.

    Args:
        numbers: calls on numbers.
        rows: calls that fill a row, a row each.
        sums: calls that make a number of rows, which is added up over the blocks.
    """

    numbers: tuple[Call, ...]
    rows: tuple[Call, ...]
    sums: tuple[Call, ...]


class Tape:
    """Calls to be made for any values of some variables.

    Args:
        registers: the values that are known beforehand, None elsewhere.
        inputs: the registers of the variables.
        outputs: the registers of the results.
        columns: the arrays with an item for each row, by their registers.
        passes: the calls.  A pass may use the sums of those before it.
        buffers: the registers of rows, each with the number of the buffer that it shares.
    """

    def __init__(
        self,
        registers: list[Any],
        inputs: Sequence[int],
        outputs: Sequence[int],
        columns: dict[int, Any],
        passes: Sequence[Pass],
        buffers: dict[int, int],
    ):
        self._registers = registers
        self._inputs, self._outputs = tuple(inputs), tuple(outputs)
        self._passes = tuple(passes)
        whole = [0, *map(len, columns.values())][-1]
        shared = len(set(buffers.values()))
        length = _block_length(len(columns) + shared)
        room = [np.empty(min(length, whole)) for _ in range(shared)]
        #: Numbers on the way from one pass to the next: what works on rows holds these arrays.
        self._numbers: dict[int, Any] = {}
        self._work: list[list[_Block]] = [[] for _ in self._passes]
        for start in range(0, whole, length):
            here = {place: column[start : start + length] for place, column in columns.items()}
            size = min(length, whole - start)
            here |= {place: room[number][:size] for place, number in buffers.items()}
            for work, each in zip(self._work, self._passes, strict=True):
                if each.sums:
                    work.append(self._block(each, here))

    def _block(self, each: Pass, rows: dict[int, Any]) -> _Block:
        """The calls of a pass on one block of rows, with what they are made on."""

        def operand(place: int) -> Any:
            if place in rows:
                return rows[place]
            known = self._registers[place]
            return self._numbers.setdefault(place, np.empty(())) if known is None else known

        return (
            [
                (call.function, (*map(operand, call.operands), rows[call.target]))
                for call in each.rows
            ],
            [
                (place, function, part)
                for place, call in enumerate(each.sums)
                for function, part in _parts(call.function, [operand(k) for k in call.operands])
            ],
        )

    def __call__(self, values: Values) -> list[Any]:
        """The results for these values of the variables: numbers, or arrays of the values' shape.

        Overflow and undefined values give infinities and NaN, without a warning.
        """
        registers = self._registers.copy()
        for place, value in zip(self._inputs, values, strict=True):
            registers[place] = value
        with np.errstate(all="ignore"):
            for each, work in zip(self._passes, self._work, strict=True):
                for call in each.numbers:
                    registers[call.target] = call.function(*[registers[k] for k in call.operands])
                if work:
                    for place, number in self._numbers.items():
                        if registers[place] is not None:
                            number[...] = registers[place]
                    totals = _totals(work, len(each.sums))
                    for call, total in zip(each.sums, totals, strict=True):
                        registers[call.target] = total
        return [registers[place] for place in self._outputs]


_Block: TypeAlias = tuple[list[tuple[Any, tuple[Any, ...]]], list[tuple[int, Any, tuple[Any, ...]]]]
"""The rows of a block, each a function and its operands; its sums, with their places."""


def _parts(function: Any, rows: list[Any]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """A sum as sums of pieces: dot products that one thread works, which are the fastest sums."""
    if function not in (np.dot, np.add.reduce):
        yield function, tuple(rows)
        return
    for start in range(0, len(rows[0]), _DOT):
        pieces = [row[start : start + _DOT] for row in rows]
        yield np.dot, (*pieces, *([] if function is np.dot else [_ONES[: len(pieces[0])]]))


def _totals(work: Sequence[_Block], count: int) -> list[float]:
    """The sums of a pass, added up over its blocks."""
    totals = [0.0] * count
    for rows, sums in work:
        for function, operands in rows:
            function(*operands)
        for place, function, operands in sums:
            totals[place] += function(*operands)
    return totals


def _block_length(arrays: int) -> int:
    """How many items of that many rows fit into the processor's cache, all in all.

    >>> _block_length(3), _block_length(1000)
    (32768, 1024)
    """
    length = _LONGEST
    while length > _SHORTEST and length * arrays > _CACHE:
        length //= 2
    return length
