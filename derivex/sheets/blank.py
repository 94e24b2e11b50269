"""A blank: something that was left out of a sheet, and what belongs there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from sympy.core.basic import Basic

__all__ = ["FORMS", "Blank", "BlankKind"]

FORMS = ("any", "step", "no derivative", "worked out", "expanded", "factored", "number")
"""The forms that may be asked for.

* any: every expression that is equal counts;
* step: what the step of the row has rewritten may not be left in it;
* no derivative: nothing may be left to differentiate;
* worked out: besides, no arithmetic that can be done may be left;
* expanded: all is multiplied out;
* factored: it is a product;
* number: it is one number.
"""


class BlankKind(Enum):
    """What is left out.

    A result is what a derivation, or a part of its arithmetic, ends with; a rule is the reason
    for a line; a factor is an operand that a rule has made: a term, a factor, an inner
    derivative; a line is all that stands in a row.
    """

    RESULT = "result"
    RULE = "rule"
    FACTOR = "factor"
    LINE = "line"


@dataclass(frozen=True)
class Blank:
    """One blank of a sheet.

    Args:
        number: its number on the sheet, from 1, in reading order.
        kind: what is left out.
        answer: the expression that was left out; None for a rule, and where answers are
            withheld.
        rules: for a rule, the permanent names of the rules used in that line, else ().
        says: for a rule, the words of the key, "using the chain rule"; else "".
        form: the form that is asked for, one of :data:`FORMS`.
        points: what a right answer is worth.
        removed: what the step of the row has rewritten, whatever the form: an answer in which
            that is left does not do the step.
    """

    number: int
    kind: BlankKind
    answer: Basic | None = None
    rules: tuple[str, ...] = ()
    says: str = ""
    form: str = "any"
    points: int = 1
    removed: tuple[Basic, ...] = ()
