"""Is an equation linear in an unknown, and what is the unknown multiplied by?"""

from __future__ import annotations

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.engine import normal_phase
from derivex.errors import ProblemError
from derivex.expression import (
    ONE,
    ZERO,
    Dependence,
    Negative,
    Over,
    Plus,
    Power,
    Times,
    has_decimal,
    postorder,
    substitute,
    value_of,
)
from derivex.rulebook import RuleBook
from derivex.rulebook.procedures.letters import Letters, TooLargeError
from derivex.rulebook.procedures.polynomials import is_identically_zero
from derivex.solving.working import MULTIPLY_OUT

__all__ = ["Sides", "is_spread", "terms_of"]


def terms_of(side: Basic) -> tuple[Basic, ...]:
    """The terms of a sum; any other expression is its own only term."""
    return side.args if type(side) is Plus else (side,)


def is_spread(side: Basic, unknown: Basic) -> bool:
    """Whether every term is free of the unknown or a multiple of it, numbers multiplied.

    >>> from derivex.expression import Power, TWO, symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> is_spread(Plus(Times(TWO, x), Over(x, y)), x), is_spread(Times(x, Plus(x, y)), x)
    (True, False)
    """
    depends = Dependence(unknown).of
    return all(not depends(term) or _is_multiple(term, unknown, depends) for term in terms_of(side))


def _is_multiple(term: Basic, unknown: Basic, depends) -> bool:  # type: ignore[no-untyped-def]
    while True:
        if term is unknown:
            return True
        if type(term) is Negative:
            term = term.args[0]
            if type(term) is Negative:
                return False
        elif type(term) is Over:
            if depends(term.args[1]):
                return False
            term = term.args[0]
        elif type(term) is Times:
            numbers = sum(value_of(factor) is not None for factor in term.args)
            holding = [factor for factor in term.args if depends(factor)]
            return numbers < 2 and holding == [unknown]
        else:
            return False


def _plain_linear(side: Basic) -> Basic | None:
    """A sum of multiples of letters by numbers, collected by FLINT; None for anything else.

    It says the same as multiplying out by rules, which takes far longer in systems of many
    equations, and is only looked at, never shown.

    >>> from derivex.expression import TWO, symbol
    >>> x = symbol("x")
    >>> _plain_linear(Times(TWO, Plus(x, ONE))), _plain_linear(Times(x, x))
    (Plus(Times(2, x), 2), None)
    """
    for node in postorder(side):
        if type(node) is Power or (type(node) is Over and value_of(node.args[1]) is None):
            return None  # where something might cancel, the rules decide
    if has_decimal(side):
        return None
    letters = Letters(side)
    if not all(isinstance(letter, Symbol) for letter in letters.letters):
        return None
    try:
        top, bottom = letters.fraction(side)
    except TooLargeError:
        return None
    if not bottom.is_constant() or top.total_degree() > 1:
        return None
    return letters.tree(top / bottom)


class Sides:
    """The two sides of an equation, multiplied out, to be asked about its unknowns."""

    def __init__(self, equation: Basic, book: RuleBook):
        self.book = book
        self.sides: list[Basic] = []
        for side in equation.args:
            plain = _plain_linear(side)
            if plain is not None:
                self.sides.append(plain)
                continue
            try:
                self.sides.append(normal_phase(side, book, *MULTIPLY_OUT).result)
            except ProblemError:  # too many terms
                self.sides.append(side)

    def holds(self, unknown: Symbol) -> bool:
        """Whether the unknown occurs."""
        depends = Dependence(unknown).of
        return any(depends(side) for side in self.sides)

    def coefficient(self, unknown: Symbol) -> Basic | None:
        """What the unknown is multiplied by; None where the equation is not linear in it."""
        depends = Dependence(unknown).of
        shares: list[Basic] = []
        for side, sign in zip(self.sides, (1, -1), strict=True):
            if not is_spread(side, unknown):
                return None
            for term in terms_of(side):
                if depends(term):
                    share = substitute(term, {unknown: ONE})
                    shares.append(share if sign > 0 else Negative(share))
        if not shares:
            return ZERO
        total = shares[0] if len(shares) == 1 else Plus(*shares)
        found = normal_phase(total, self.book, *MULTIPLY_OUT).result
        return ZERO if is_identically_zero(found) else found

    @property
    def difference(self) -> Basic:
        """The left-hand side minus the right-hand side, multiplied out."""
        left, right = self.sides
        whole = Plus(left, Negative(right))
        return normal_phase(whole, self.book, *MULTIPLY_OUT).result
