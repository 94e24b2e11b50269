"""Answers put into the gaps of a row."""

from __future__ import annotations

from collections.abc import Mapping

from sympy.core.basic import Basic

from derivex.expression import Gap, integer, transform

__all__ = ["with_answers"]


def with_answers(shown: Basic, answers: Mapping[int, Basic]) -> Basic:
    """A row with answers in its gaps; a gap without an answer stays.

    An index that a sum binds around the gap binds it in the answer as well: that is where the
    answer was cut out.

    Args:
        shown: the row with its gaps.
        answers: what belongs into them, by number.

    >>> from derivex.expression import At, Total, symbol
    >>> a, i = symbol("a"), symbol("i")
    >>> with_answers(Total(Gap(integer(1)), i), {1: At(a, i)})
    Total(At(a, i), i)
    """
    found: dict[Basic, Basic] = {Gap(integer(number)): tree for number, tree in answers.items()}
    return transform(shown, lambda node: found.get(node, node))
