"""What an equation becomes by a move that goes wrong: 6 keeps its sign on the other side."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.diagnosis.edits import joined, negated
from derivex.diagnosis.misconceived import Mistake, misconceived
from derivex.diagnosis.transition import Transition
from derivex.expression import Equation, Negative, Plus, Times, free_symbols, value_of

__all__ = ["wrong_moves"]

_MOST_OPERANDS = 6


def wrong_moves(step: Transition) -> Iterator[Mistake]:
    """What the misconceptions about equations make of the equation before, the likelier first.

    Args:
        step: the two equations; what the second is solved for is never moved.
    """
    solved = {side for side in step.after.args if isinstance(side, Symbol)}
    for equation in _arrangements(step.before):
        moved = equation.args[0].args[1:] if type(equation.args[0]) is Plus else ()
        if any(not solved.isdisjoint(free_symbols(part)) for part in moved):
            continue
        for form, slots, made in misconceived(equation, step.book):
            yield Mistake(form, slots, equation, made, made)


def _arrangements(equation: Basic) -> Iterator[Basic]:
    """The equation with each term or factor of each side as the one that is moved."""
    first, second = equation.args
    for side, other in ((first, second), (second, first)):
        for part in _parted(side):
            if type(part) is Plus or value_of(other) != 0:  # a factor may go where the other is 0
                yield Equation(part, other)


def _parted(side: Basic) -> Iterator[Basic]:
    """A sum as something and one term, a product as a factor and something."""
    yield side
    kind = type(side)
    if kind is Negative and type(side.args[0]) is Times:
        first, *rest = side.args[0].args
        yield Times(negated(first), joined(Times, rest))
    if kind not in (Plus, Times) or len(side.args) > _MOST_OPERANDS:
        return
    for at, part in enumerate(side.args):
        rest = joined(kind, [*side.args[:at], *side.args[at + 1 :]])
        yield Plus(rest, part) if kind is Plus else Times(part, rest)
