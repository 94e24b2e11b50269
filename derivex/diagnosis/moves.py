"""Which move leads from one equation to the next."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.diagnosis.normal_form import NormalForms
from derivex.diagnosis.screening import Screen
from derivex.expression import Equation, Negative, Over, Plus, Times, value_of
from derivex.expression.functions import Functions

__all__ = ["move_between"]

Move = tuple[str, "Basic | None"]


def move_between(before: Basic, after: Basic, functions: Functions) -> Move | None:
    """The name of the move by which an equation became another, and what it was made with.

    None where it is no single move: then several were made at once, or none leads there.

    Args:
        before: the first equation.
        after: the second.
        functions: the known functions.

    >>> from derivex.expression import ONE, TWO, ZERO, symbol
    >>> x = symbol("x")
    >>> move_between(Equation(Plus(x, ONE), TWO), Equation(x, ONE), {})
    ('subtract', 1)
    >>> move_between(Equation(Times(TWO, x), ONE), Equation(x, Over(ONE, TWO)), {})
    ('divide', 2)
    """
    if type(before) is not Equation or type(after) is not Equation:
        return None
    (left, right), (new_left, new_right) = before._args, after._args
    forms = NormalForms()
    if forms.key(left) == forms.key(new_right) and forms.key(right) == forms.key(new_left):
        return "swap-sides", None
    change, same = Plus(new_left, Negative(left)), Plus(new_right, Negative(right))
    if _equal(change, same, functions):
        return _added(before, after, forms)
    if _equal(new_left, Negative(left), functions) and _equal(
        new_right, Negative(right), functions
    ):
        return "change-signs", None
    if value_of(left) == 0 or value_of(right) == 0:
        return None  # 0 multiplied by anything stays 0
    if _equal(Times(new_left, right), Times(left, new_right), functions):
        return _multiplied(left, new_left, forms)
    return None


def _added(before: Equation, after: Equation, forms: NormalForms) -> Move:
    """A term that is gone from one side was subtracted, or added if it had a minus."""
    for at in (0, 1):
        left = {forms.key(term) for term in _operands(after._args[at], Plus)}
        gone = [term for term in _operands(before._args[at], Plus) if forms.key(term) not in left]
        if len(gone) == 1:
            (term,) = gone
            if type(term) is Negative:
                return "add", term._args[0]
            return "subtract", term
    return "add", None


def _multiplied(left: Basic, new_left: Basic, forms: NormalForms) -> Move:
    """A factor that is gone was divided by, and a denominator that is gone multiplied with."""
    if type(left) is Over and forms.key(left._args[0]) == forms.key(new_left):
        return "multiply", left._args[1]
    factors = {forms.key(factor) for factor in _operands(new_left, Times)}
    gone = [each for each in _operands(left, Times) if forms.key(each) not in factors]
    if len(gone) == 1:
        return "divide", gone[0]
    return "multiply", None


def _operands(node: Basic, kind: type) -> tuple[Basic, ...]:
    operands = node.args
    return operands if type(node) is kind else (node,)


def _equal(left: Basic, right: Basic, functions: Functions) -> bool:
    screen = Screen(left, [right], functions)
    return bool(screen.agreeing([right])) and screen.confirms(right)
