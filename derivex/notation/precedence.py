"""Where brackets go, and what stands between two factors: the same for every kind of output.

A written piece is known by its *shape* (what holds it together), by what it opens with and by
what it closes with.  These decide whether a piece needs brackets in its place, and whether two
factors can stand next to each other (2x, a b) or need a sign (3 · 2).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, Protocol, TypeVar

from sympy import Integer
from sympy.core.basic import Basic

from derivex.expression import Apply, At, Negative, Node, RaisedName

__all__ = [
    "Shaped",
    "digit_closing",
    "factors",
    "gap",
    "gradient_needs_brackets",
    "is_raised",
    "product_shape",
    "signed_terms",
    "total_needs_brackets",
]

# Shapes, from the loosest to the tightest.
CASES: Final = -3
DISJUNCTION: Final = -2
CONJUNCTION: Final = -1
RELATION: Final = 0
SUM: Final = 1
SIGNED: Final = 2
CHAIN: Final = 3  # a product with a quotient, a derivative or a Σ in it
PRODUCT: Final = 4  # any other product
QUOTIENT: Final = 5
BIG: Final = 6  # Σ: it takes what stands to its right
MATRICES: Final = 7  # a product of matrices, which is one factor
DERIVATIVE: Final = 8
ROOT: Final = 9
POWER: Final = 10
NUMBER: Final = 11
NAME: Final = 12
CLOSED: Final = 13  # in brackets of its own, or a call

# What a piece opens or closes with, as far as its neighbours care.
OTHER: Final = 0
DIGIT: Final = 1
LETTER: Final = 2
ROUND: Final = 3  # (
SQUARE: Final = 4  # [, which after a name would be an index
FRACTION: Final = 5  # a stacked fraction: 2 or another one next to it has a sign between
APART: Final = 6  # always has a multiplication sign on this side, such as 1 in 1 · log(x)
CALLABLE: Final = 7  # a name that a bracket after it would turn into a call
CLING: Final = 8  # | or √, which a number stands next to

# What stands between two factors.
NOTHING: Final = 0
SPACE: Final = 1
DOT: Final = 2


class Shaped(Protocol):
    """What is asked of a written piece."""

    shape: int
    opening: int
    closing: int


Piece = TypeVar("Piece", bound=Shaped)


def digit_closing(number: Integer) -> int:
    """What a whole number closes with: 0 and 1 stand apart, for 1x looks like a slip."""
    return APART if number.p in (0, 1) else DIGIT


def gap(left: Shaped, right: Shaped) -> int:
    """What stands between two factors: nothing, a space, or a multiplication sign."""
    opening, closing = right.opening, left.closing
    if opening in (DIGIT, SQUARE, APART) or closing == APART:
        return DOT
    if closing == DIGIT:
        if opening == FRACTION:
            return DOT
        return NOTHING if opening in (LETTER, ROUND, CLING) else SPACE
    if (closing == CALLABLE and opening == ROUND) or closing == opening == FRACTION:
        return DOT
    return SPACE


def factors(
    pieces: Sequence[Piece], bracketed: Callable[[Piece], Piece], stacked: bool
) -> Iterator[tuple[int, Piece]]:
    """The factors of a product with brackets where they need them, each with the gap before it.

    Args:
        pieces: the factors.
        bracketed: puts brackets round a piece.
        stacked: whether quotients are written as stacked fractions, which need no brackets.
    """
    last = len(pieces) - 1
    left: Piece | None = None
    for position, piece in enumerate(pieces):
        shape = piece.shape
        if (
            shape < QUOTIENT
            or (shape == QUOTIENT and position and not stacked)
            or (shape == BIG and position != last)
        ):
            piece = bracketed(piece)
        yield (NOTHING if left is None else gap(left, piece)), piece
        left = piece


def signed_terms(
    node: Node, known: Mapping[Basic, Piece], bracketed: Callable[[Piece], Piece]
) -> Iterator[tuple[bool, Piece]]:
    """The terms of a sum, each with whether it is subtracted; the first carries its own sign."""
    for position, term in enumerate(node._args):
        subtracted = position > 0 and type(term) is Negative
        piece = known[term.args[0] if subtracted else term]
        if piece.shape < SIGNED or (piece.shape == SIGNED and position):
            piece = bracketed(piece)
        yield subtracted, piece


def product_shape(pieces: Sequence[Shaped], stacked: bool) -> int:
    """Whether a product is a plain one, which can be a numerator as it is, or a chain."""
    for piece in pieces:
        if piece.shape == BIG or (not stacked and piece.shape in (QUOTIENT, DERIVATIVE)):
            return CHAIN
    return PRODUCT


def is_raised(base: Basic) -> bool:
    """Whether the base of a power has something above itself, as x⁽ⁱ⁾ has its index."""
    return type(base) is At and isinstance(base.args[0], RaisedName)


_BY_SIGNS = frozenset(("abs", "ceiling", "factorial", "floor", "sqrt"))


def gradient_needs_brackets(operand: Basic, shape: int) -> bool:
    """Whether what stands behind ∇ needs brackets: a name needs none, and neither does f(x, y)."""
    is_call = type(operand) is Apply and getattr(operand.args[0], "name", "") not in _BY_SIGNS
    return shape != NAME and not (is_call and shape == CLOSED)


def total_needs_brackets(body: Shaped) -> bool:
    """Whether the body of a Σ needs brackets: Σ takes the product to its right."""
    return body.shape <= SIGNED
