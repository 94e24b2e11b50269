"""What is known of the signs of expressions: from assumptions such as x > 0, and from their form.

Letters stand for real numbers, so that x² is not negative whatever x is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from sympy import NumberSymbol, Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    And,
    Apply,
    AtLeast,
    AtMost,
    Equation,
    Greater,
    Less,
    Negative,
    Over,
    Plus,
    Power,
    Relation,
    Times,
    Total,
    Unequal,
)
from derivex.expression.literals import quick_value

__all__ = ["NO_FACTS", "Facts"]

Signs = frozenset[int]
"""The signs that an expression may have, of −1, 0 and 1."""

ANY: Signs = frozenset((-1, 0, 1))
POSITIVE: Signs = frozenset((1,))
NEGATIVE: Signs = frozenset((-1,))
NONNEGATIVE: Signs = frozenset((0, 1))
NONPOSITIVE: Signs = frozenset((-1, 0))
NONZERO: Signs = frozenset((-1, 1))

_ALLOWED: dict[type[Relation], Signs] = {
    Greater: POSITIVE,
    AtLeast: NONNEGATIVE,
    Less: NEGATIVE,
    AtMost: NONPOSITIVE,
    Unequal: NONZERO,
    Equation: frozenset((0,)),
}
_MIRRORED = {Greater: Less, Less: Greater, AtLeast: AtMost, AtMost: AtLeast}
_OPPOSITE: dict[type[Basic], type[Relation]] = {
    Greater: AtMost,
    AtMost: Greater,
    Less: AtLeast,
    AtLeast: Less,
    Equation: Unequal,
    Unequal: Equation,
}
_DEEPEST = 12  # operations inside one another that are looked into
_POSITIVE = frozenset(("exp", "cosh", "sech", "erfc"))
_POSITIVE_AT_POSITIVE = frozenset(("gamma", "factorial", "sinh", "tanh", "atan", "erf"))
_NOT_NEGATIVE = ("sqrt", "abs")
_KINDS = {POSITIVE: "positive", NEGATIVE: "negative", NONNEGATIVE: "nonnegative"}


class Bound(NamedTuple):
    """A relation of something to a number."""

    kind: type[Relation]
    value: Fraction

    @property
    def signs(self) -> Signs:
        """The signs that it leaves."""
        return _left_by(self.kind, (self.value > 0) - (self.value < 0))


class Facts:
    """What follows from some assumptions.

    Args:
        assumptions: relations between a letter and a number, and conjunctions of these.

    Raises:
        ValueError: an assumption of another kind, or two that contradict one another.

    >>> from derivex.expression import ZERO, symbol
    >>> x = symbol("x")
    >>> sorted(Facts([Greater(x, ZERO)]).signs(Times(x, x))), sorted(Facts([]).signs(x))
    ([1], [-1, 0, 1])
    """

    def __init__(self, assumptions: Iterable[Basic] = ()):
        self._letters: dict[Basic, Signs] = {}
        self._bounds: dict[Basic, list[Bound]] = {}
        waiting = list(assumptions)
        while waiting:
            condition = waiting.pop()
            if type(condition) is And:
                waiting.extend(condition.args)
                continue
            letter, bound = _told(condition)
            self._letters[letter] = self._letters.get(letter, ANY) & bound.signs
            self._bounds.setdefault(letter, []).append(bound)
        for letter, bounds in self._bounds.items():
            if not self._letters[letter] or _contradict(bounds):
                raise ValueError(f"what is assumed of {letter} contradicts itself")

    @property
    def kinds(self) -> dict[Basic, str]:
        """For each letter the kind of values that it may have, as ``judge`` takes it."""
        kinds = {letter: _KINDS.get(signs, "nonzero") for letter, signs in self._letters.items()}
        return {
            letter: kind
            for letter, kind in kinds.items()
            if kind != "nonzero" or self._letters[letter] <= NONZERO
        }

    def signs(self, node: Basic, depth: int = _DEEPEST) -> Signs:
        """The signs that an expression may have where it has a value."""
        value = quick_value(node)
        if value is not None:
            return frozenset(((value > 0) - (value < 0),))
        known = self._letters.get(node)
        if known is not None:
            return known
        if isinstance(node, NumberSymbol):
            return POSITIVE
        if depth == 0 or isinstance(node, Symbol):
            return ANY
        kind = type(node)
        if kind is Apply:
            return self._of_call(node, depth)
        if kind is Total:
            return _of_terms(self.signs(node.args[0], depth - 1))
        if kind not in (Negative, Times, Over, Plus, Power):
            return ANY
        if kind is Plus and len(node.args) == 2 and self._bounds:
            shifted = self._of_shifted(*node.args)
            if shifted is not None:
                return shifted
        parts = [self.signs(operand, depth - 1) for operand in node.args[:_DEEPEST]]
        if len(node.args) > _DEEPEST:
            return ANY
        if kind is Negative:
            return frozenset(-sign for sign in parts[0])
        if kind is Power:
            return _of_power(parts[0], node.args[1])
        if kind is Plus:
            return _of_sum(parts)
        if kind is Over:
            parts[1] = parts[1] - {0}
        found: Signs = POSITIVE
        for signs in parts:
            found = frozenset(one * other for one, other in product(found, signs))
        return found

    def _of_shifted(self, first: Basic, second: Basic) -> Signs | None:
        """The signs of x − 1, 1 − x and the like, where x is bounded."""
        if quick_value(second) is None:
            first, second = second, first
        shift = quick_value(second)
        letter = first.args[0] if type(first) is Negative else first
        if shift is None or letter not in self._bounds:
            return None
        down = type(first) is Negative
        found = ANY
        for kind, value in self._bounds[letter]:
            # x > value gives x + shift > value + shift, and −x + shift < shift − value.
            moved = (
                Bound(_MIRRORED.get(kind, kind), shift - value)
                if down
                else Bound(kind, value + shift)
            )
            found = found & moved.signs
        return found

    def _of_call(self, node: Basic, depth: int) -> Signs:
        name = str(node.args[0])
        if name in _POSITIVE:
            return POSITIVE
        if name in _POSITIVE_AT_POSITIVE and self.signs(node.args[1], depth - 1) <= POSITIVE:
            return POSITIVE
        if name == "cbrt":
            return self.signs(node.args[1], depth - 1)
        if name == "max":
            return _of_max([self.signs(part, depth - 1) for part in node.args[1:]])
        if name in _NOT_NEGATIVE and len(node.args) == 2:
            inside = self.signs(node.args[1], depth - 1)
            return NONNEGATIVE if 0 in inside else POSITIVE
        return ANY

    def beyond(self, relations: Iterable[Basic]) -> tuple[Basic, ...]:
        """Those of some relations that are not known to hold."""
        return tuple(relation for relation in relations if not self.implies(relation))

    def decide(self, relation: Basic) -> bool | None:
        """Whether a relation is known to hold, or known not to."""
        if self.implies(relation):
            return True
        opposite = _OPPOSITE.get(type(relation))
        if opposite is not None and self.implies(opposite(*relation.args)):
            return False
        return None

    def implies(self, condition: Basic) -> bool:
        """Whether a relation is known to hold."""
        if not isinstance(condition, Relation):
            return False
        left, right = condition._args
        if quick_value(right) == 0:
            difference = left
        elif quick_value(left) == 0:
            difference = Negative(right)
        else:
            difference = Plus(left, Negative(right))
        return self.signs(difference) <= _ALLOWED[type(condition)]


def _told(condition: Basic) -> tuple[Basic, Bound]:
    """The letter that an assumption speaks of, and how it is bounded."""
    if isinstance(condition, Relation):
        left, right = condition._args
        kind = type(condition)
        if isinstance(right, Symbol):
            left, right = right, left
            kind = _MIRRORED.get(kind, kind)
        bound = quick_value(right)
        if isinstance(left, Symbol) and bound is not None:
            return left, Bound(kind, Fraction(bound))
    raise ValueError("an assumption compares a letter with a number: x > 0")


def _contradict(bounds: Sequence[Bound]) -> bool:
    """Whether no number meets all of them, as far as two of them tell."""
    below = [bound for bound in bounds if bound.kind in (Greater, AtLeast, Equation)]
    above = [bound for bound in bounds if bound.kind in (Less, AtMost, Equation)]
    for lower, upper in product(below, above):
        closed = lower.kind in (AtLeast, Equation) and upper.kind in (AtMost, Equation)
        if lower.value > upper.value or (lower.value == upper.value and not closed):
            return True
    return False


def _left_by(kind: type[Relation], bound: int) -> Signs:
    """The signs that x can have if x > bound or the like, given the sign of the bound."""
    if bound == 0:
        return _ALLOWED[kind]
    if kind is Equation or (bound > 0 and kind in (Greater, AtLeast)):
        return frozenset((bound,))
    if bound < 0 and kind in (Less, AtMost):
        return NEGATIVE
    return ANY


def _of_power(base: Signs, exponent: Basic) -> Signs:
    if base <= POSITIVE:
        return POSITIVE
    value = quick_value(exponent)
    if value is not None and value.denominator == 1:
        if value.numerator % 2 == 0:
            return POSITIVE if 0 not in base or value < 0 else NONNEGATIVE
        return base - {0} if value < 0 else base
    signs = NONNEGATIVE if base <= NONNEGATIVE else ANY
    return signs - {0} if value is not None and value < 0 else signs


def _of_sum(parts: list[Signs]) -> Signs:
    for sign in (1, -1):
        if all(signs <= {0, sign} for signs in parts):
            some = any(signs <= {sign} for signs in parts)
            return frozenset((sign,)) if some else frozenset((0, sign))
    return ANY


def _of_terms(term: Signs) -> Signs:
    """A sum of any number of such terms, perhaps of none."""
    return next((signs for signs in (NONNEGATIVE, NONPOSITIVE) if term <= signs), ANY)


def _of_max(arguments: list[Signs]) -> Signs:
    greatest = max(min(signs) for signs in arguments)
    return frozenset(sign for signs in arguments for sign in signs if sign >= greatest)


NO_FACTS = Facts()
"""Nothing is assumed."""
