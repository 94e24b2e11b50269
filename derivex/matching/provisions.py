"""What a rule takes for granted and says to the reader: "provided 1 <= k <= n".

A provision is a relation between letters of the rule.  Where it is seen to hold, nothing is
said; where it is seen not to hold, the rule does not apply; otherwise it is a condition of the
line that the rule leads to.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    AtLeast,
    AtMost,
    Greater,
    Less,
    Relation,
    Unequal,
    postorder,
)
from derivex.expression.literals import quick_value
from derivex.matching.bindings import Letters, Slots
from derivex.matching.context import Context
from derivex.matching.facts import NO_FACTS, Facts
from derivex.matching.template import compile_template

__all__ = ["Provisions", "decided", "edges_of"]

_COMPARE: dict[type[Basic], Callable[[Any, Any], bool]] = {
    Less: operator.lt,
    AtMost: operator.le,
    Greater: operator.gt,
    AtLeast: operator.ge,
    Unequal: operator.ne,
}


def decided(relation: Basic, facts: Facts = NO_FACTS) -> bool | None:
    """Whether a relation holds, as far as that can be seen at once.

    Args:
        relation: the relation.
        facts: what is known of signs.

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
    return True if facts.implies(relation) else None


def edges_of(conditions: Basic | tuple[Basic, ...] | None) -> Iterator[Basic]:
    """Where conditions do not change: at no equality of two sides that they compare.

    >>> from derivex.expression import ONE, symbol
    >>> list(edges_of(Less(symbol("x"), ONE)))
    [Unequal(x, 1)]
    """
    for condition in conditions if isinstance(conditions, tuple) else (conditions,):
        for part in postorder(condition) if condition is not None else ():
            if isinstance(part, Relation):
                yield Unequal(*part.args)


class Provisions:
    """The provisions of one form of a rule.

    Args:
        relations: what is provided, in the letters of the form.  A letter by itself stands for
            conditions, of which is provided that none is about to change: "inside p".
        letters: these letters, after the left-hand side was compiled.

    Raises:
        UnboundLetterError: a letter that does not occur on the left.
    """

    def __init__(self, relations: Sequence[Basic], letters: Letters):
        self.relations = tuple(relations)
        self._inside = [
            letters.slots[letter.name] for letter in relations if isinstance(letter, Symbol)
        ]
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
            if not isinstance(relation, Symbol)
        ]

    def of(self, slots: Slots, context: Context) -> tuple[Basic, ...] | None:
        """What is left to be said; None where a provision does not hold."""
        found: dict[Basic, None] = {}
        for slot in self._inside:
            for edge in edges_of(slots[slot]):
                if decided(edge, context.facts) is not True:
                    found[edge] = None
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
                known = decided(relation, context.facts)
                if known is False:
                    return None
                if known is None:
                    found[relation] = None
        return tuple(found)
