"""Gradient descent as exercises of a sheet, which the package of sheets knows nothing of."""

from __future__ import annotations

from collections.abc import Iterator

from derivex.descent import Descent
from derivex.sheets import Words
from derivex.sheets.worked import Worked, worked, worked_lines


@worked.register
def _(record: Descent) -> Iterator[Worked]:
    """The gradient of each step, and the step."""
    for step in record.steps:
        for derivation in (step.gradient, step.update):
            lines = list(derivation.lines())
            words: Words = ("Work out the gradient at the point.",)
            if derivation is step.update:
                words = ("Take the step with the rate ", record.rate, ".")
            if len(lines) > 1:
                yield worked_lines(lines, words)
