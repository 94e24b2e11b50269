"""What the kinds of a node's operands tell before a procedure looks at the node.

Each of these answers no only where the procedure is certain to change nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from derivex.expression import (
    ONE,
    ZERO,
    Apply,
    At,
    D,
    Negative,
    Over,
    Plus,
    Power,
    Times,
)
from derivex.expression.array_nodes import ARRAYS
from derivex.expression.literals import LITERAL_TYPES, NUMBER_TYPES

__all__ = ["POSSIBLE"]

Kinds = tuple[type, ...]


def _others(kinds: Kinds) -> list[type]:
    """The kinds that are certainly no numbers, and those that may be something else."""
    return [kind for kind in kinds if kind not in LITERAL_TYPES]


def _repeated(kinds: Sequence[type]) -> bool:
    return len(set(kinds)) < len(kinds)


def _two_numbers(kinds: Kinds) -> bool:
    return sum(kind in NUMBER_TYPES for kind in kinds) > 1


def _add_numbers(kinds: Kinds) -> bool:
    return type(ZERO) in kinds or _two_numbers(kinds)


def _only_numbers(kinds: Kinds) -> bool:
    return NUMBER_TYPES.issuperset(kinds)


def _like_terms(kinds: Kinds) -> bool:
    """Two terms are alike only if they are of one kind, or one of them has a coefficient."""
    terms = _others(kinds)
    if len(terms) < 2:
        return False
    return _repeated(terms) or any(kind in (Times, Negative, Over) for kind in terms)


def _like_factors(kinds: Kinds) -> bool:
    """Two factors have the same base only if they are of one kind, or one of them is a power."""
    factors = _others(kinds)
    return len(factors) > 1 and (Power in factors or _repeated(factors))


def _cancel(kinds: Kinds) -> bool:
    """Two operands that are no products, powers or negatives cancel only if they are equal."""
    if any(kind in (Times, Power, Negative) for kind in kinds):
        # 1 has no factor in common with anything but another 1.
        return kinds[0] is not type(ONE) or kinds[1] in (Times, Power)
    top, bottom = kinds
    return top is bottom or LITERAL_TYPES.issuperset(kinds)


def _open_brackets(kinds: Kinds) -> bool:
    """A bracket in a sum has a minus or a number in front of it."""
    return Negative in kinds or Times in kinds


def _cancel_root(kinds: Kinds) -> bool:
    """A root stands on one side, and something that is no number on the other."""
    return (Apply in kinds or Times in kinds) and NUMBER_TYPES.isdisjoint(kinds)


def _square_over_absolute_value(kinds: Kinds) -> bool:
    return kinds[0] in (Power, Times) and kinds[1] in (Apply, Times)


def _add_fractions(kinds: Kinds) -> bool:
    return sum(kind in (Over, Negative) for kind in kinds) > 1


def _squares_of_both(kinds: Kinds) -> bool:
    return _repeated([kind for kind in kinds if kind in (Power, Times, Negative)])


def _cancel_common_factor(kinds: Kinds) -> bool:
    return kinds[0] in (Plus, Negative) and kinds[1] not in NUMBER_TYPES


_NUMBER, _LETTER, _FUNCTION, _ARRAY = range(4)


def _ranks(kind: type) -> tuple[int, int]:
    """The least and the greatest rank that a factor of that kind may have."""
    if kind in LITERAL_TYPES:
        return _NUMBER, _NUMBER
    if kind in NUMBER_TYPES:
        return _NUMBER, _LETTER
    if kind is Power:
        return _LETTER, _FUNCTION
    if kind in ARRAYS:
        return _ARRAY, _ARRAY
    if kind is At:  # x_i may be a vector
        return _LETTER, _ARRAY
    return (_FUNCTION, _FUNCTION) if kind in (Apply, D) else (_LETTER, _LETTER)


def _coefficients_first(kinds: Kinds) -> bool:
    """Factors move only if one may stand before another of a lower rank; sums stay."""
    return any(
        earlier > least
        for (_, earlier), (least, _) in _pairs([_ranks(kind) for kind in kinds if kind is not Plus])
    ) or any(kind in NUMBER_TYPES for kind in kinds[1:])


def _pairs(
    ranks: list[tuple[int, int]],
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for position, rank in enumerate(ranks):
        for later in ranks[position + 1 :]:
            yield rank, later


POSSIBLE: dict[str, Callable[[Kinds], bool]] = {
    "add-numbers": _add_numbers,
    "multiply-numbers": _two_numbers,
    "reduce": _only_numbers,
    "number-power": _only_numbers,
    "like-terms": _like_terms,
    "like-factors": _like_factors,
    "cancel": _cancel,
    "cancel-common-factor": _cancel_common_factor,
    "cancel-root": _cancel_root,
    "square-over-absolute-value": _square_over_absolute_value,
    "add-fractions": _add_fractions,
    "squares-of-both": _squares_of_both,
    "open-brackets": _open_brackets,
    "coefficients-first": _coefficients_first,
}
"""By the name of a procedure, whether the kinds of a node's operands allow it to change it."""
