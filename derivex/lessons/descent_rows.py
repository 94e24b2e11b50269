"""Gradient descent as exercises of a sheet, which the package of sheets knows nothing of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sympy.core.basic import Basic

from derivex.descent import Descent, DescentStep, Move
from derivex.expression import Column, Equation, Row, transform
from derivex.sheets import Words
from derivex.sheets.worked import Worked, worked, worked_lines


@worked.register
def _(record: Descent) -> Iterator[Worked]:
    """The gradient of each step, and what is calculated with it."""
    begun = False
    for step in record.steps:
        lying = type(step.gradient.result) is Row  # and so it is to stand in what goes on from it
        exercises = [
            ("Work out the gradient.",),
            *(_task(step, each) for each in step.moves),
        ]
        for words, derivation in zip(exercises, step.derivations, strict=True):
            lines = list(derivation.lines())
            if len(lines) > 1:
                if lying:
                    lines = [replace(each, expression=_laid(each.expression)) for each in lines]
                    words = tuple(each if isinstance(each, str) else _laid(each) for each in words)
                yield replace(worked_lines(lines, words), goes_on=begun)
                begun = True


def _task(step: DescentStep, move: Move) -> Words:
    """What a move calculates, and how."""
    known: Words = () if move.of is None else (" for ", move.of)
    if move.name is not None:
        return ("Work out ", Equation(move.name, move.formula), *known, ".")
    return (
        "Take the step",
        *known,
        " with the rate ",
        step.rate,
        ": it leads to ",
        move.formula,
        ".",
    )


def _laid(root: Basic) -> Basic:
    """An expression with its columns written as rows."""
    return transform(root, lambda node: Row(*node.args) if type(node) is Column else node)
