"""Refusing an expression that has no value anywhere, because it divides by zero.

A zero that is written as one is refused by the reader.  Here the others are found: x − x, 2 − 2
and 0·y below a fraction bar, zero to a negative power, and the logarithm of zero.  What only has
no real value is remarked on.
"""

from __future__ import annotations

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.engine import normal_phase
from derivex.errors import DerivexError, Place, ProblemError
from derivex.expression import Apply, D, Over, Power, postorder, value_of
from derivex.notation import Scope, TextWriter, read_text
from derivex.rulebook import RuleBook

__all__ = ["refuse_undefined", "remarks_on"]

_MOST_NODES = 100  # of a divisor that is tidied to see whether it is zero
_HINT = "the expression has no value, whatever its letters stand for"


def refuse_undefined(
    expression: Basic, book: RuleBook, text: str | None = None, scope: Scope | None = None
) -> None:
    """Refuse an expression that divides by what is zero whatever its letters stand for.

    Args:
        expression: the expression.
        book: the rules of arithmetic and tidying.
        text: what it was read from, to point into it.
        scope: what was known when it was read.

    Raises:
        ProblemError: it divides by zero.

    >>> from derivex.expression import Negative, Plus, symbol
    >>> from derivex.rulebook import shipped_book
    >>> x = symbol("x")
    >>> refuse_undefined(Over(x, Plus(x, Negative(x))), shipped_book())
    Traceback (most recent call last):
    derivex.errors.ProblemError: division by zero: x − x is 0
        the expression has no value, whatever its letters stand for
    """
    for node in postorder(expression):
        message, zero = _trouble(node, book)
        if zero is not None:
            place = _place(zero, text, scope) if text is not None else None
            raise ProblemError(message, place, _HINT)


def remarks_on(expression: Basic) -> tuple[str, ...]:
    """Remarks on parts that have no real value, or one by convention only, each once.

    >>> from derivex.expression import ZERO, Times, symbol
    >>> remarks_on(Times(Power(ZERO, ZERO), symbol("x")))
    ('0⁰ stays as it is: that it is 1 is a convention',)
    """
    write = TextWriter().write
    found: dict[str, None] = {}
    for node in postorder(expression):
        if type(node) is Apply and str(node.args[0]) in ("log", "sqrt"):
            value = value_of(node.args[1])
            if value is not None and value < 0:
                found[f"{write(node)} is not a real number"] = None
        elif type(node) is D and isinstance(node.args[0], Symbol):
            name, by = node.args
            if name is not by and isinstance(by, Symbol):
                found[f"{name} is taken as free of {by}; else declare {name}({by}) with let"] = None
        elif type(node) is Power:
            base, exponent = map(value_of, node.args)
            if base == 0 == exponent:
                found[f"{write(node)} stays as it is: that it is 1 is a convention"] = None
            elif base is not None and base < 0 and (exponent is None or exponent.denominator != 1):
                which = "where its exponent is no whole number" if exponent is None else "here"
                found[f"{write(node)} is not a real number {which}"] = None
    return tuple(found)


def _trouble(node: Basic, book: RuleBook) -> tuple[str, Basic | None]:
    """What is wrong with a node by itself, and the operand that should not be zero."""
    write = TextWriter().write
    if type(node) is Over and _is_zero(node.args[1], book):
        zero = node.args[1]
        told = "" if value_of(zero) == 0 else f": {write(zero)} is 0"
        return f"division by zero{told}", zero
    if type(node) is Power:
        exponent = value_of(node.args[1])
        if exponent is not None and exponent < 0 and _is_zero(node.args[0], book):
            return f"division by zero: {write(node)} has no value", node.args[0]
    if type(node) is Apply and str(node.args[0]) == "log" and _is_zero(node.args[1], book):
        return f"{write(node)} has no value: there is no logarithm of 0", node.args[1]
    return "", None


def _is_zero(node: Basic, book: RuleBook) -> bool:
    if not node.args:
        return value_of(node) == 0
    for count, _ in enumerate(postorder(node)):
        if count > _MOST_NODES:
            return False
    return value_of(normal_phase(node, book, "arithmetic", "tidying").result) == 0


def _place(zero: Basic, text: str, scope: Scope | None) -> Place | None:
    """The first bracket of a text that reads as a certain expression."""
    opened: list[int] = []
    for position, character in enumerate(text):
        if character == "(":
            opened.append(position)
        elif character == ")" and opened:
            first = opened.pop()
            try:
                reading = read_text(text[first + 1 : position], scope)
            except DerivexError:
                continue
            if reading.expression is zero:
                return Place(text, first, position + 1)
    return None
