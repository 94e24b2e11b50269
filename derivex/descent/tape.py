"""A tape: the calls of NumPy that a few expressions come to, in order.

Registers hold numbers, and rows: arrays with a number for each item of the data.  The rows are
worked through in blocks that fit into the processor's cache, so a row is read from memory once
for all that is made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

__all__ = ["Call", "Pass", "Tape"]

BLOCK = 1 << 13
"""Items of the data that are worked at a time.

A row of them fits into the cache, and it is too short for linear algebra libraries to share it
out among threads, which costs more than it gains here.
"""

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
        count = len(next(iter(columns.values()))) if columns else 0
        self._blocks = [
            [(place, column[start : start + BLOCK]) for place, column in columns.items()]
            for start in range(0, count, BLOCK)
        ]
        whole = [np.empty(min(BLOCK, count)) for _ in range(len(set(buffers.values())))]
        self._full = [(place, whole[number]) for place, number in buffers.items()]
        rest = count % BLOCK
        self._last = [(place, row[:rest]) for place, row in self._full] if rest else self._full

    def __call__(self, values: Values) -> list[Any]:
        """The results for these values of the variables: numbers, or arrays of the values' shape.

        Overflow and undefined values give infinities and NaN, without a warning.
        """
        registers = self._registers
        for place, value in zip(self._inputs, values, strict=True):
            registers[place] = value
        with np.errstate(all="ignore"):
            for each in self._passes:
                for call in each.numbers:
                    registers[call.target] = call.function(*[registers[k] for k in call.operands])
                if each.sums:
                    self._sum_up(each)
        return [registers[place] for place in self._outputs]

    def _sum_up(self, each: Pass) -> None:
        registers = self._registers
        totals = [0.0] * len(each.sums)
        last = len(self._blocks) - 1
        rows = [(call.function, call.operands, call.target) for call in each.rows]
        sums = [(call.function, call.operands) for call in each.sums]
        for number, block in enumerate(self._blocks):
            if number in (0, last):
                for place, row in self._full if number < last else self._last:
                    registers[place] = row
            for place, column in block:
                registers[place] = column
            for function, operands, target in rows:
                if len(operands) == 2:
                    first, second = operands
                    function(registers[first], registers[second], registers[target])
                else:
                    function(*[registers[k] for k in operands], registers[target])
            for place, (function, operands) in enumerate(sums):
                totals[place] += function(*[registers[k] for k in operands])
        for call, total in zip(each.sums, totals, strict=True):
            registers[call.target] = total
