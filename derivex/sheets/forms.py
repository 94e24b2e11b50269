"""The form that a blank asks for, and whether an answer has it."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.engine import normal_phase
from derivex.errors import DerivexError
from derivex.expression import Negative, Over, Power, Subdifferential, Times, postorder, value_of
from derivex.expression.array_nodes import DERIVATIVES
from derivex.rulebook import RuleBook
from derivex.sheets.blank import BlankKind

__all__ = ["form_of", "has_form"]

_OPERATORS = DERIVATIVES | {Subdifferential}
_FACTORS = (Times, Power, Over)


def has_form(expression: Basic, form: str, book: RuleBook) -> bool:
    """Whether an expression has a form.

    Args:
        expression: the expression.
        form: one of :data:`~derivex.sheets.blank.FORMS`.
        book: the rules, by which it is found out whether there is anything left to be done.

    Raises:
        ValueError: there is no such form.

    >>> from derivex.expression import TWO, integer, symbol
    >>> from derivex.rulebook import shipped_book
    >>> x = symbol("x")
    >>> product = Times(TWO, integer(3), x)
    >>> has_form(product, "any", shipped_book()), has_form(product, "worked out", shipped_book())
    (True, False)
    """
    if form == "any":
        return True
    if form == "number":
        return value_of(expression) is not None and _still(expression, book, "arithmetic")
    if any(type(node) in _OPERATORS for node in postorder(expression)):
        return False
    if form == "no derivative":
        return True
    if form == "worked out":
        return _still(expression, book, "arithmetic")
    if form == "expanded":
        return _still(expression, book, "arithmetic", "expanding", "tidying")
    if form == "factored":
        inside = expression.args[0] if type(expression) is Negative else expression
        return type(inside) in _FACTORS or not expression.args
    raise ValueError(f"{form!r} is no form of an answer")


def _still(expression: Basic, book: RuleBook, *tables: str) -> bool:
    """Whether the rules of some tables find nothing to do."""
    try:
        return normal_phase(expression, book, *tables).result is expression
    except DerivexError:
        return False  # too many terms, or division by zero


def form_of(kind: BlankKind, answer: Basic, worked_out: bool, book: RuleBook) -> str:
    """The form that a blank asks for: the strictest that its answer has and the row calls for.

    Args:
        kind: what is left out.
        answer: what is left out.
        worked_out: whether the row was reached by arithmetic or the like, so that what stands in
            the row before is not what is asked for.
        book: the rules.
    """
    if kind is BlankKind.RESULT and has_form(answer, "number", book):
        return "number"
    if worked_out and has_form(answer, "worked out", book):
        return "worked out"
    if kind is not BlankKind.FACTOR and has_form(answer, "no derivative", book):
        return "no derivative"
    return "any"
