"""What a rule takes for granted and says to the reader: "provided 1 <= k <= n".

A provision is a relation between letters of the rule.  Where it is seen to hold, nothing is
said; where it is seen not to hold, the rule does not apply; otherwise it is a condition of the
line that the rule leads to.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    ZERO,
    AtLeast,
    AtMost,
    Greater,
    Less,
    Unequal,
    postorder,
)
from derivex.expression.literals import quick_value
from derivex.matching.bindings import Letters, Slots
from derivex.matching.conditions import is_seen_positive
from derivex.matching.context import Context
from derivex.matching.template import compile_template

__all__ = ["Provisions", "decided"]

_COMPARE: dict[type[Basic], Callable[[Any, Any], bool]] = {
    Less: operator.lt,
    AtMost: operator.le,
    Greater: operator.gt,
    AtLeast: operator.ge,
    Unequal: operator.ne,
}


def decided(relation: Basic) -> bool | None:
    """Whether a relation holds, as far as that can be seen at once.

    >>> from derivex.expression import ONE, TWO, symbol
    >>> decided(AtMost(ONE, TWO)), decided(AtMost(ONE, symbol("k")))
    (True, None)
    """
    left, right = relation.args
    values = quick_value(left), quick_value(right)
    if values[0] is not None and values[1] is not None:
        return _COMPARE[type(relation)](*values)
    if left is right:
        return type(relation) in (AtMost, AtLeast)
    if right is ZERO and type(relation) in (Greater, AtLeast, Unequal) and is_seen_positive(left):
        return True
    return None


class Provisions:
    """The provisions of one form of a rule.

    Args:
        relations: what is provided, in the letters of the form.
        letters: these letters, after the left-hand side was compiled.

    Raises:
        UnboundLetterError: a letter that does not occur on the left.
    """

    def __init__(self, relations: Sequence[Basic], letters: Letters):
        self.relations = tuple(relations)
        self._parts = [
            (
                compile_template(relation, letters, literals=False),
                [
                    letters.slots[part.name]
                    for part in postorder(relation)
                    if isinstance(part, Symbol) and part.name in letters.slots
                ],
            )
            for relation in relations
        ]

    def of(self, slots: Slots, context: Context) -> tuple[Basic, ...] | None:
        """What is left to be said; None where a provision does not hold."""
        found: dict[Basic, None] = {}
        for build, used in self._parts:
            several = next((slot for slot in used if isinstance(slots[slot], tuple)), None)
            if several is None:
                made = [build(slots, context)]
            else:
                operands = slots[several]
                made = []
                for operand in operands:
                    slots[several] = operand
                    made.append(build(slots, context))
                slots[several] = operands
            for relation in made:
                known = decided(relation)
                if known is False:
                    return None
                if known is None:
                    found[relation] = None
        return tuple(found)
