"""What the kinds of a node's operands tell before a pattern is tried.

The answer for some kinds is worked out once and kept, so the many nodes that a rule cannot
match cost one look-up for all rules together.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import Apply, Dots, Plus, Times
from derivex.expression.array_nodes import FLAT, ArrayName
from derivex.expression.literals import LITERAL_TYPES, NUMBER_TYPES
from derivex.matching.bindings import Letters
from derivex.matching.pattern import FUNCTIONS_OF_OPERANDS

__all__ = ["AnyKinds", "Kinds", "Signature", "admits", "kinds_in", "signature_of"]

Kinds = tuple[type, ...]
"""The kinds of the operands of a node, in order."""

AnyKinds = Kinds | frozenset[type]
"""The same where the operands are many: a set."""

MOST_IN_ORDER = 6


Signature = tuple[Any, ...]
"""What a node is, and the kinds of its operands: in order, or as one set where they are many."""


def signature_of(node: Basic) -> Signature:
    """What decides which rules may match a node; of a call it is the function that counts.

    >>> from derivex.expression import Power, integer, symbol
    >>> [kind.__name__ for kind in signature_of(Power(symbol("x"), integer(3)))]
    ['Power', 'Symbol', 'Integer']
    """
    operands = node._args
    head: Any = type(node)
    if head is Apply:
        head = operands[0]
    count = len(operands)
    # Two or three operands are most frequent; so this is done without a loop.
    if count == 2:
        first, second = operands
        return head, type(first), type(second)
    if count == 3:
        first, second, third = operands
        return head, type(first), type(second), type(third)
    if count == 1:
        return head, type(operands[0])
    if not count:
        return (head,)
    if count > MOST_IN_ORDER:
        return head, frozenset(map(type, operands))
    return (head, *map(type, operands))


def kinds_in(signature: Signature) -> AnyKinds:
    """The kinds of the operands in a signature."""
    kinds = signature[1:]
    return kinds[0] if len(kinds) == 1 and isinstance(kinds[0], frozenset) else kinds


# The kinds for which a condition on a letter can hold; the other conditions do not tell.
_ADMITTED: Mapping[str, frozenset[type]] = {
    "is a number": NUMBER_TYPES,
    "is a nonzero number": NUMBER_TYPES,
    "is a whole number": NUMBER_TYPES,
    "is an odd number": NUMBER_TYPES,
    "is an even number": NUMBER_TYPES,
    "is no whole number": NUMBER_TYPES,
}


def admits(
    pattern: Basic,
    kinds: AnyKinds,
    letters: Letters,
    bound: Mapping[str, type] = MappingProxyType({}),
) -> bool:
    """Whether a node of the pattern's kind, whose operands have these kinds, may match.

    Args:
        pattern: a left-hand side, or the operand of the derivative that is one.
        kinds: the kinds of the operands.
        letters: the letters of the pattern, which has been compiled.
        bound: the kinds of what some letters stand for, where that is known before.

    >>> from derivex.expression import ONE, Over, symbol
    >>> reciprocal = Over(ONE, symbol("u"))
    >>> letters = Letters((), frozenset())
    >>> admits(reciprocal, (type(ONE), Plus), letters), admits(reciprocal, (Plus, Plus), letters)
    (True, False)
    """
    operands = pattern._args
    if any(type(operand) is Dots for operand in operands):
        return True
    if type(pattern) in (Plus, Times):
        # A letter takes any operand; every other part of the pattern needs one of its kind.
        return all(
            any(_fits(operand, kind, letters, bound) for kind in kinds) for operand in operands
        )
    if isinstance(kinds, frozenset) or type(pattern) in FLAT:
        return True
    return len(kinds) == len(operands) and all(
        _fits(operand, kind, letters, bound) for operand, kind in zip(operands, kinds, strict=True)
    )


def _fits(pattern: Basic, kind: type, letters: Letters, bound: Mapping[str, type]) -> bool:
    if letters.is_letter(pattern):
        assert isinstance(pattern, (Symbol, ArrayName))
        for condition in letters.unary(pattern.name):
            if condition.kind.words == "depends on" and kind in LITERAL_TYPES:
                return False
            admitted = _ADMITTED.get(condition.kind.words)
            if admitted is not None and kind not in admitted:
                return False
        return bound.get(pattern.name, kind) is kind
    if letters.is_context(pattern):
        return kind in FUNCTIONS_OF_OPERANDS
    return kind is type(pattern)
