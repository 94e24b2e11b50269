"""The side conditions of rules: a small closed vocabulary.

Each kind of condition has its words, which the rule file uses, the phrases that readers see,
and a predicate.  Unary conditions speak of one letter; binary ones of two.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    ONE,
    Delta,
    FunctionName,
    Prime,
    free_symbols,
    postorder,
)
from derivex.expression.elementary import ELEMENTARY
from derivex.expression.literals import quick_value
from derivex.matching.context import Context
from derivex.matching.continuity import is_continuous, vanishes
from derivex.matching.facts import NEGATIVE, NONNEGATIVE, POSITIVE
from derivex.notation.array_functions import ARRAY_FUNCTIONS

__all__ = ["Condition", "ConditionKind", "VOCABULARY"]

Predicate = Callable[[Basic, "Basic | None", Context], bool]


@dataclass(frozen=True)
class ConditionKind:
    """One entry of the vocabulary.

    Args:
        words: as the rule file says it, between the two letters or after the one.
        latex: the same as LaTeX prints it, with ``{}`` for the letters.
        binary: whether a second letter follows.
        some: whether of several operands one is enough.
        holds: the predicate; None where the condition only says what a letter means.
        given: whether what the letter stands for is chosen before matching.
    """

    words: str
    latex: str
    binary: bool
    holds: Predicate | None
    given: bool = False
    some: bool = False


@dataclass(frozen=True)
class Condition:
    """A condition of one rule: ``c is free of x``."""

    kind: ConditionKind
    subject: str
    other: str | None = None

    def __str__(self) -> str:
        return f"{self.subject} {self.kind.words}" + (f" {self.other}" if self.other else "")


def _free(node: Basic, variable: Basic | None, context: Context) -> bool:
    assert variable is not None
    return not context.dependence(variable).of(node)


def _depends(node: Basic, variable: Basic | None, context: Context) -> bool:
    assert variable is not None
    return context.dependence(variable).of(node)


def _is_not(node: Basic, other: Basic | None, context: Context) -> bool:
    return node is not other


def _is_number(node: Basic, other: Basic | None, context: Context) -> bool:
    return quick_value(node) is not None


def _is_not_number(node: Basic, other: Basic | None, context: Context) -> bool:
    return quick_value(node) is None


def _is_whole(node: Basic, other: Basic | None, context: Context) -> bool:
    value = quick_value(node)
    return value is not None and value.denominator == 1


def _is_odd(node: Basic, other: Basic | None, context: Context) -> bool:
    value = quick_value(node)
    return value is not None and value.denominator == 1 and value % 2 == 1


def _is_even(node: Basic, other: Basic | None, context: Context) -> bool:
    value = quick_value(node)
    return value is not None and value.denominator == 1 and value % 2 == 0


def _is_fraction(node: Basic, other: Basic | None, context: Context) -> bool:
    value = quick_value(node)
    return value is not None and value.denominator != 1


def _is_letter(node: Basic, other: Basic | None, context: Context) -> bool:
    return isinstance(node, Symbol)


def _is_nonzero_number(node: Basic, other: Basic | None, context: Context) -> bool:
    value = quick_value(node)
    return value is not None and value != 0


def _is_not_one(node: Basic, other: Basic | None, context: Context) -> bool:
    return node is not ONE  # 2/2 is not written as 1, which other rules would look for


def _is_positive(node: Basic, other: Basic | None, context: Context) -> bool:
    """Positive wherever it has a value, as far as that can be seen at once."""
    return context.facts.signs(node) <= POSITIVE


def _is_nonnegative(node: Basic, other: Basic | None, context: Context) -> bool:
    return context.facts.signs(node) <= NONNEGATIVE


def _is_negative(node: Basic, other: Basic | None, context: Context) -> bool:
    return context.facts.signs(node) <= NEGATIVE


def _is_continuous(node: Basic, variable: Basic | None, context: Context) -> bool:
    assert variable is not None
    return is_continuous(node, variable, context.dependence(variable).of)


def _vanishes(node: Basic, variable: Basic | None, context: Context) -> bool:
    assert variable is not None
    return vanishes(node, variable, context.dependence(variable).of)


def _is_nonzero(node: Basic, other: Basic | None, context: Context) -> bool:
    """Not the number zero.  The equality then holds wherever both of its sides are defined."""
    return quick_value(node) != 0


_KNOWN = frozenset((*ELEMENTARY, *ARRAY_FUNCTIONS))


def _is_unknown_function(node: Basic, other: Basic | None, context: Context) -> bool:
    """A function of which nothing is known, or a derivative of one.

    Which names the rule files know is for the pattern to see, which is made from their letters.
    """
    while type(node) is Prime:
        node = node._args[0]
    return isinstance(node, FunctionName) and node.name not in _KNOWN


def _is_less(node: Basic, other: Basic | None, context: Context) -> bool:
    assert other is not None
    value, bound = quick_value(node), quick_value(other)
    return value is not None and bound is not None and value < bound


def _is_greater(node: Basic, other: Basic | None, context: Context) -> bool:
    assert other is not None
    return _is_less(other, node, context)


def _is_other_number(node: Basic, other: Basic | None, context: Context) -> bool:
    assert other is not None
    return _is_less(node, other, context) or _is_less(other, node, context)


def _is_fixed(node: Basic, other: Basic | None, context: Context) -> bool:
    """Nothing in it runs: no sum, product or the like around binds one of its names."""
    return context.bound.isdisjoint(free_symbols(node))


def _has_delta(node: Basic, index: Basic | None, context: Context) -> bool:
    return any(type(part) is Delta and index in part.args for part in postorder(node))


def _is_convex(node: Basic, variable: Basic | None, context: Context) -> bool:
    from derivex.matching.curvature import Curvature

    assert variable is not None
    return bool(context.curvatures(variable).of(node) & Curvature.CONVEX)


def _is_affine(node: Basic, variable: Basic | None, context: Context) -> bool:
    from derivex.matching.curvature import Curvature

    assert variable is not None
    return context.curvatures(variable).of(node) == Curvature.AFFINE


def _is_not_affine(node: Basic, variable: Basic | None, context: Context) -> bool:
    return not _is_affine(node, variable, context)


def _is_smooth(node: Basic, variable: Basic | None, context: Context) -> bool:
    from derivex.matching.curvature import Curvature

    assert variable is not None
    return bool(context.curvatures(variable).of(node) & Curvature.SMOOTH)


VOCABULARY: dict[str, ConditionKind] = {
    kind.words: kind
    for kind in (
        ConditionKind("is free of", r"{} \text{{ is free of }} {}", True, _free),
        ConditionKind("depends on", r"{} \text{{ depends on }} {}", True, _depends),
        ConditionKind("is not", r"{} \neq {}", True, _is_not),
        ConditionKind("is a number", r"{} \text{{ is a number}}", False, _is_number),
        ConditionKind("is not a number", r"{} \text{{ is not a number}}", False, _is_not_number),
        ConditionKind("is a nonzero number", r"{} \neq 0", False, _is_nonzero_number),
        ConditionKind("is a whole number", r"{} \in \mathbb{{Z}}", False, _is_whole),
        ConditionKind("is an odd number", r"{} \text{{ is odd}}", False, _is_odd),
        ConditionKind("is an even number", r"{} \text{{ is even}}", False, _is_even),
        ConditionKind("is no whole number", r"{} \notin \mathbb{{Z}}", False, _is_fraction),
        # A letter is taken to stand for one; the phrase of the rule says so.
        ConditionKind("is a natural number", r"{} \in \mathbb{{N}}", False, _is_letter),
        ConditionKind("is not one", r"{} \neq 1", False, _is_not_one),
        ConditionKind("is positive", "{} > 0", False, _is_positive),
        ConditionKind("is nonnegative", r"{} \geq 0", False, _is_nonnegative),
        ConditionKind("is negative", "{} < 0", False, _is_negative),
        ConditionKind(
            "is continuous in", r"{} \text{{ is continuous in }} {}", True, _is_continuous
        ),
        ConditionKind("is convex in", r"{} \text{{ is convex in }} {}", True, _is_convex),
        ConditionKind("is affine in", r"{} \text{{ is affine in }} {}", True, _is_affine),
        ConditionKind(
            "is not affine in", r"{} \text{{ is not affine in }} {}", True, _is_not_affine
        ),
        ConditionKind("is smooth in", r"{} \text{{ is smooth in }} {}", True, _is_smooth),
        ConditionKind("goes to 0 with", r"{} \to 0 \text{{ with }} {}", True, _vanishes),
        ConditionKind("is nonzero", r"{} \neq 0", False, _is_nonzero),
        ConditionKind(
            "is an unknown function",
            r"{} \text{{ is an unknown function}}",
            False,
            _is_unknown_function,
        ),
        ConditionKind("is less than", "{} < {}", True, _is_less),
        ConditionKind("is greater than", "{} > {}", True, _is_greater),
        ConditionKind("is unequal to", r"{} \neq {}", True, _is_other_number),
        ConditionKind("is fixed", r"{} \text{{ is fixed}}", False, _is_fixed),
        ConditionKind(
            "has a delta of",
            r"{} \text{{ has a }} \delta \text{{ of }} {}",
            True,
            _has_delta,
            some=True,
        ),
        ConditionKind("is the number of data", r"{} \text{{ is the number of data}}", False, None),
        # A name that a binder on the right-hand side binds.
        ConditionKind("is a new name", r"{} \text{{ is a new name}}", False, None),
        # A letter of a move that the solver chooses before it matches.
        ConditionKind("is the unknown", r"{} \text{{ is the unknown}}", False, None, given=True),
        # A letter of a misconception, which may be any variable but the one that is meant.
        ConditionKind(
            "is another variable", r"{} \text{{ is another variable}}", False, None, given=True
        ),
        # The letter of a difference quotient, which is chosen so that it is a new one.
        ConditionKind(
            "is the increment", r"{} \text{{ is the increment}}", False, None, given=True
        ),
    )
}
