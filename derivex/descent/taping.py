"""Calls laid out as a tape: in passes over the data, with as few buffers as possible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from derivex.descent.tape import Call, Pass, Tape

__all__ = ["lay_out"]


def lay_out(
    values: Sequence[Any],
    calls: Mapping[int, Call],
    rows: set[int],
    levels: Mapping[int, int],
    sums: set[int],
    inputs: Sequence[int],
    outputs: Sequence[int],
) -> Tape:
    """The tape of some calls.

    Args:
        values: what is known of each place; None where it depends on the variables.
        calls: how the others come about, each place after those that it needs.
        rows: the places of rows.
        levels: the pass before whose sums each place is known.
        sums: the places of sums over rows.
        inputs: the places of the variables.
        outputs: the places of the results.
    """
    needed = _needed(outputs, calls)
    made = [place for place in calls if place in needed]
    passes: list[Pass] = []
    buffers: dict[int, int] = {}
    for level in range(max((levels[place] for place in made), default=0) + 1):
        plain = [p for p in made if p not in rows and p not in sums and levels[p] == level]
        here = [place for place in made if place in sums and levels[place] == level + 1]
        inner = _needed([place for sum_ in here for place in calls[sum_].operands], calls, rows)
        in_order = [place for place in made if place in inner]
        _share_buffers(in_order, here, calls, buffers)
        passes.append(
            Pass(*(tuple(calls[place] for place in part) for part in (plain, in_order, here)))
        )
    columns = {
        place: values[place]
        for place in needed
        if place in rows and place not in calls and values[place] is not None
    }
    registers = [None if place in columns else value for place, value in enumerate(values)]
    return Tape(registers, inputs, outputs, columns, passes, buffers)


def _needed(
    wanted: Sequence[int], calls: Mapping[int, Call], within: set[int] | None = None
) -> set[int]:
    """All places that some places are made of, themselves included."""
    found: set[int] = set()
    stack = [place for place in wanted if within is None or place in within]
    while stack:
        place = stack.pop()
        if place in found:
            continue
        found.add(place)
        if place in calls:
            stack += [each for each in calls[place].operands if within is None or each in within]
    return found


def _share_buffers(
    in_order: Sequence[int],
    sums: Sequence[int],
    calls: Mapping[int, Call],
    buffers: dict[int, int],
) -> None:
    """A buffer for each row that is made; one that is not needed any more is used again.

    A row that was made in an earlier pass keeps its buffer, since that is where its calls write.
    """
    made = [place for place in in_order if place in calls]
    last_use: dict[int, int] = {}
    for moment, place in enumerate(made):
        for operand in calls[place].operands:
            last_use[operand] = moment
    for each in sums:
        for operand in calls[each].operands:
            last_use[operand] = len(made)
    fixed = {buffers[place] for place in made if place in buffers}
    free: list[int] = []
    count = max(buffers.values(), default=-1) + 1
    for moment, place in enumerate(made):
        done = [
            each
            for each in dict.fromkeys(calls[place].operands)
            if last_use.get(each) == moment and each in buffers and buffers[each] not in fixed
        ]
        free += [buffers[each] for each in done]
        if place in buffers:
            continue
        if free:
            buffers[place] = free.pop()
        else:
            buffers[place] = count
            count += 1
