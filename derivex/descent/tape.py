"""A tape: the calls of NumPy that a few expressions come to, in order.

Registers hold numbers, and rows: arrays with a number for each item of the data.  The rows are
worked through in blocks that fit into the processor's cache, so a row is read from memory once
for all that is made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

import numpy as np

__all__ = ["Call", "Pass", "Tape"]

_CACHE = 3 << 15  # numbers that are at hand while a block of rows is worked: less than 1 MB
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
        rooms = [room[number] for number in buffers.values()]
        #: Numbers on the way from one pass to the next: what works on rows holds these arrays.
        self._numbers: dict[int, Any] = {}
        #: The calls on rows of each pass, block by block, and where they put the parts of its sums.
        self._work: list[tuple[list[_Row], list[Any]]] = []
        blocks = range(0, whole, length)
        for each in self._passes:
            self._work.append(([], [np.zeros((len(blocks), _pieces(length))) for _ in each.sums]))
        for number, start in enumerate(blocks):
            here = {place: column[start : start + length] for place, column in columns.items()}
            size = min(length, whole - start)
            here |= {place: row[:size] for place, row in zip(buffers, rooms, strict=True)}
            for (work, sums), each in zip(self._work, self._passes, strict=True):
                if each.sums:
                    work += self._block(each, here, [parts[number] for parts in sums])

    def _block(self, each: Pass, rows: dict[int, Any], sums: list[Any]) -> Iterator[_Row]:
        """The calls of a pass on one block of rows, with what they are made on."""

        def operand(place: int) -> Any:
            if place in rows:
                return rows[place]
            known = self._registers[place]
            return self._numbers.setdefault(place, np.empty(())) if known is None else known

        for call in each.rows:
            yield call.function, (*map(operand, call.operands), rows[call.target])
        for call, parts in zip(each.sums, sums, strict=True):
            yield from _in_pieces(call.function, [operand(place) for place in call.operands], parts)

    def __call__(self, values: Values) -> list[Any]:
        """The results for these values of the variables: numbers, or arrays of the values' shape.

        Overflow and undefined values give infinities and NaN, without a warning.
        """
        registers = self._registers.copy()
        for place, value in zip(self._inputs, values, strict=True):
            registers[place] = value
        with np.errstate(all="ignore"):
            for each, (work, sums) in zip(self._passes, self._work, strict=True):
                for call in each.numbers:
                    registers[call.target] = call.function(*[registers[k] for k in call.operands])
                if work:
                    for place, number in self._numbers.items():
                        if registers[place] is not None:
                            number[...] = registers[place]
                    for function, operands in work:
                        function(*operands)
                for call, parts in zip(each.sums, sums, strict=True):
                    registers[call.target] = float(parts.sum())
        return [registers[place] for place in self._outputs]


_Row: TypeAlias = tuple[Callable[..., Any], tuple[Any, ...]]
"""A function and its operands, the last of which it writes to."""


def _pieces(length: int) -> int:
    """How many pieces the sum over a block of that many items has."""
    return -(-length // _DOT)


def _in_pieces(function: Any, rows: list[Any], parts: Any) -> Iterator[_Row]:
    """A sum as sums of pieces: dot products that one thread works, which are the fastest sums."""
    if function not in (np.dot, np.add.reduce):
        yield partial(_put, function), (*rows, parts[:1])
        return
    size = len(rows[0])
    even = size - size % _DOT
    for start, end, length in ((0, even, _DOT), (even, size, size - even)):
        if start < end:
            left, *right = [row[start:end].reshape(-1, length) for row in rows]
            other = right[0] if right else _ONES[None, :length]
            first = start // _DOT
            put = parts[first : first + len(left)].reshape(-1, 1, 1)
            yield np.matmul, (left[:, None, :], other[:, :, None], put)


def _put(function: Callable[..., float], *operands: Any) -> None:
    """The value of a function of all operands but the last, which it is put into."""
    operands[-1][...] = function(*operands[:-1])


def _block_length(arrays: int) -> int:
    """How many items of that many rows fit into the processor's cache, all in all.

    >>> _block_length(3), _block_length(1000)
    (32768, 1024)
    """
    length = _LONGEST
    while length > _SHORTEST and length * arrays > _CACHE:
        length //= 2
    return length
