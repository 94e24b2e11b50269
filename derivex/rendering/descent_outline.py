"""Descents laid out as blocks: the arithmetic of the first steps, the history, how it ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sympy.core.basic import Basic

from derivex.derivation import Detail, Line
from derivex.descent import Descent, DescentStep, Iterate, Move, short
from derivex.descent.coordinates import entries_of
from derivex.notation import TextWriter
from derivex.rendering.descent_words import how_it_ended
from derivex.rendering.number_table import NumberTable
from derivex.rendering.outline import Block, Lines, Remark, outline
from derivex.rendering.readable import readable

_MOST_ROWS = 16  # of a history that is shown
_MOST_VARIABLES = 6  # that have columns of their own
_LONGEST = 24  # characters of a function that stands above its column


@outline.register
def _(result: Descent, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    several = result.taken > 1
    for number, step in enumerate(result.steps, 1):
        if several:
            yield Remark(f"Step {number}:" if result.all_written else "The first step:")
        yield from _step(step, result, detail, writer)
    if not result.all_written or result.taken > 2:
        yield Remark("The history:" if len(result.history) <= _MOST_ROWS else "From the history:")
        yield _history(result, writer)
    for sentence in how_it_ended(result, writer):
        yield Remark(sentence)


# -- steps ----------------------------------------------------------------------------------


def _step(
    step: DescentStep, result: Descent, detail: Detail, writer: TextWriter
) -> Iterator[Block]:
    yield Lines(tuple(readable(step.gradient.lines(detail))))
    if entries_of(step.gradient.result) != step.slopes:
        numbers = ", ".join(map(writer.write, step.slopes))
        yield Remark(f"With {_digits()} digits: {numbers}")
    for place, move in enumerate(step.moves):
        if move.of is not None and (not place or step.moves[place - 1].of is not move.of):
            yield Remark(f"For {writer.write(move.of)}:")
        yield from _move(move, result, detail, writer)


def _move(move: Move, result: Descent, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    filled, *rest = readable(move.derivation.lines(detail))
    if move.name is None:
        says = "filling in the point and its gradient" if move.of is None else "filling in"
        if not result.method.state:
            says = "filling in the point and its gradient"
        lines = [Line(move.formula)]
    else:
        says = "filling in"
        lines = [Line(move.name)]
        if move.formula is not filled.expression:
            lines.append(Line(move.formula, filled=_reason(move, result)))
    if lines[-1].expression is not filled.expression:
        lines.append(Line(filled.expression, filled=says))
    yield Lines((*lines, *rest))
    if move.rounded:
        name = "" if move.name is None else f"{writer.write(move.name)} ≈ "
        if move.name is None:
            entries = entries_of(move.value)
            names = result.coordinates.names if move.of is None else (move.of,)
            told = ", ".join(
                f"{writer.write(name)} ≈ {writer.write(entry)}"
                for name, entry in zip(names, entries, strict=True)
            )
            yield Remark(f"Rounded for the next step: {told}")
        else:
            yield Remark(f"Rounded: {name}{writer.write(move.value)}")


def _reason(move: Move, result: Descent) -> str:
    letter = str(move.name).partition("_")[0]
    if letter.startswith("r") and not result.schedule.constant:
        return f"the {result.schedule.name} schedule"
    return result.method.meanings.get(letter[0], result.method.says)


def _digits() -> int:
    from derivex.descent import DIGITS

    return DIGITS


# -- the history ----------------------------------------------------------------------------


def _history(result: Descent, writer: TextWriter) -> NumberTable:
    names = result.coordinates.names
    names = names if len(names) <= _MOST_VARIABLES else ()
    function = result.gradient.expression
    head: str | Basic = function if len(writer.write(function)) <= _LONGEST else "value"
    rates = not result.schedule.constant
    heading = ("step", *names, head, "length of ∇", *(["rate"] if rates else []))
    rows = tuple(_row(each, bool(names), rates) for each in _chosen(result.history))
    return NumberTable(heading, rows)


def _row(each: Iterate, with_point: bool, with_rate: bool) -> tuple[str | Basic, ...]:
    from derivex.descent.figures import of_float

    point = tuple(map(short, each.point)) if with_point else ()
    steepness = short(of_float(each.steepness))
    rate = (short(each.rate),) if with_rate else ()
    return (str(each.number), *point, short(each.value), steepness, *rate)


def _chosen(history: Sequence[Iterate]) -> list[Iterate]:
    """All iterates, or of many some: the first ones, some in between, and the last ones."""
    last = len(history) - 1
    if last < _MOST_ROWS:
        return list(history)
    between = _MOST_ROWS - 5
    places = {0, 1, 2, last - 1, last}
    places |= {2 + round((last - 3) * k / between) for k in range(1, between)}
    return [history[place] for place in sorted(places)]
