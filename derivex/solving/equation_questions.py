"""What is asked of equations before a move is chosen."""

from __future__ import annotations

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.errors import ProblemError
from derivex.expression import (
    Apply,
    Equation,
    Nearly,
    Negative,
    Or,
    Plus,
    free_symbols,
    substitute,
)
from derivex.rulebook import RuleBook
from derivex.rulebook.procedures.letters import Letters, TooLargeError
from derivex.rulebook.procedures.polynomial_factors import factors_of_polynomial
from derivex.solving.working import depends_on_any

__all__ = [
    "agrees",
    "alternatives_of",
    "degree_in",
    "filled_in",
    "is_call",
    "is_product",
    "is_solved",
    "length_of",
    "sum_of",
]


def is_solved(equation: Basic, unknown: Symbol) -> bool:
    """Whether the unknown stands alone on the left-hand side, and not on the right."""
    if type(equation) not in (Equation, Nearly):
        return False
    left, right = equation.args
    return left is unknown and unknown not in free_symbols(right)


def is_call(node: Basic, *names: str) -> bool:
    """Whether a node is a call of one of these functions, with one argument."""
    return type(node) is Apply and len(node.args) == 2 and str(node.args[0]) in names


def alternatives_of(relation: Basic) -> tuple[Basic, ...]:
    return relation.args if type(relation) is Or else (relation,)


def length_of(node: Basic) -> int:
    from derivex.engine.one_fraction import size_of

    return size_of(node)


def degree_in(equation: Basic, unknown: Symbol) -> int:
    """The degree in an unknown, a large one where it stands inside of functions."""
    if not depends_on_any(equation, (unknown,)):
        return 0
    left, right = equation.args
    letters = Letters(Plus(left, Negative(right)))
    position = letters.letters.get(unknown)
    if position is None:
        return 99
    try:
        top, _ = letters.fraction(Plus(left, Negative(right)))
    except TooLargeError:
        return 99
    inside = any(
        unknown in free_symbols(letter) for letter in letters.letters if letter is not unknown
    )
    return 99 if inside else int(top.degrees()[position])


def sum_of(first: Basic, second: Basic, factor: int) -> Basic:
    sides = [
        Plus(first.args[0], Negative(first.args[1])),
        Plus(second.args[0], Negative(second.args[1])),
    ]
    return Plus(sides[0], sides[1] if factor > 0 else Negative(sides[1]))


def is_product(node: Basic) -> bool:
    """Whether a polynomial has more than one factor, or is zero."""
    letters = Letters(node)
    try:
        top, bottom = letters.fraction(node)
    except TooLargeError:
        return False
    if top.is_zero() or not bottom.is_constant():
        return bool(top.is_zero())
    _, factors = factors_of_polynomial(letters, top)
    return len(factors) > 1


def agrees(relation: Basic, book: RuleBook) -> bool:
    """Whether two numbers are equal as far as their digits tell."""
    from derivex.equality import judge

    try:
        return judge(relation.args[0], relation.args[1], book.functions).holds
    except ProblemError:
        return False


def filled_in(side: Basic, known: dict[Symbol, Basic]) -> Basic:
    """An expression with all known unknowns put in, also those that are in others of them."""
    for _ in known:
        made = substitute(side, dict(known))
        if made is side:
            break
        side = made
    return side
