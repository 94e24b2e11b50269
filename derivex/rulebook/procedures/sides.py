"""Procedures that undo something on both sides of an equation, or on one in a case."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.expression import (
    ONE,
    ZERO,
    Apply,
    AtLeast,
    AtMost,
    Cases,
    E,
    Equation,
    Greater,
    Less,
    Negative,
    Or,
    Over,
    Plus,
    Power,
    Times,
    Unequal,
    function_name,
    pi,
    substitute,
    value_of,
)
from derivex.expression.nodes import Node
from derivex.matching import NO_FACTS

__all__ = [
    "OPPOSITE",
    "absolute_value_in_case",
    "angles_in_letters",
    "branch_in_case",
    "branches_of",
    "logarithm_of_both",
]

OPPOSITE: dict[type[Basic], type[Basic]] = {
    AtLeast: Less,
    Less: AtLeast,
    AtMost: Greater,
    Greater: AtMost,
    Equation: Unequal,
    Unequal: Equation,
}
"""What holds of real numbers where a relation does not."""


def logarithm_of_both(equation: Node) -> Basic | None:
    """The logarithms of two products of powers, each written as a sum: x log(2) = log(5) + x.

    All bases are positive; one that is not seen to be is what has to be.

    >>> from derivex.expression import symbol, integer
    >>> x = symbol("x")
    >>> logarithm_of_both(Equation(Power(integer(2), x), Times(integer(5), Power(E, x))))
    Equation(Times(x, Apply(log, 2)), Plus(Apply(log, 5), x))
    """
    sides = [_logarithm(side) for side in equation._args]
    if sides[0] is None or sides[1] is None:
        return None
    return Equation(*sides)


def _logarithm(side: Basic) -> Basic | None:
    terms: list[Basic] = []
    waiting: list[tuple[Basic, bool]] = [(side, False)]
    while waiting:
        factor, below = waiting.pop()
        if type(factor) is Times:
            waiting.extend((part, below) for part in reversed(factor._args))
            continue
        if type(factor) is Over:
            waiting += [(factor._args[1], not below), (factor._args[0], below)]
            continue
        base, exponent = factor._args if type(factor) is Power else (factor, ONE)
        if factor is ONE:
            continue
        known = NO_FACTS.signs(base) == frozenset((1,))
        if type(factor) is Plus or (not known and value_of(exponent) is not None):
            return None
        logarithm = ONE if base is E else Apply(function_name("log"), base)
        term = exponent if logarithm is ONE else logarithm
        if exponent is not ONE and logarithm is not ONE:
            term = Times(exponent, logarithm)
        terms.append(Negative(term) if below else term)
    if not terms:
        return ZERO
    return terms[0] if len(terms) == 1 else Plus(*terms)


def angles_in_letters(equation: Node) -> Basic | None:
    """The angles with a sine, cosine or tangent that is not known, up to whole turns.

    >>> from derivex.expression import symbol
    >>> angles_in_letters(Equation(Apply(function_name("cos"), symbol("x")), symbol("c")))
    Or(Equation(x, Apply(acos, c)), Equation(x, Negative(Apply(acos, c))))
    """
    call, right = equation._args
    if type(call) is not Apply or len(call._args) != 2:
        return None
    name, inside = str(call._args[0]), call._args[1]
    if name not in ("sin", "cos", "tan"):
        return None
    first = Apply(function_name("a" + name), right)
    second = {
        "sin": Plus(pi, Negative(first)),
        "cos": Negative(first),
        "tan": Plus(first, pi),
    }[name]
    return Or(Equation(inside, first), Equation(inside, second))


def absolute_value_in_case(equation: Node, inside: Basic, sign: Basic) -> Basic | None:
    """|u| as u or −u, in a case that says which sign u has.

    >>> from derivex.expression import symbol
    >>> x = symbol("x")
    >>> size = Apply(function_name("abs"), x)
    >>> absolute_value_in_case(Equation(size, x), x, Negative(ONE))
    Equation(Negative(x), x)
    """
    call = Apply(function_name("abs"), inside)
    return substitute(equation, {call: inside if sign is ONE else Negative(inside)})


def branches_of(node: Basic) -> list[tuple[tuple[Basic, ...], Basic]]:
    """When a call of max or min, or a case distinction, is which of its values.

    >>> from derivex.expression import symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> branches_of(Apply(function_name("max"), x, y))
    [((AtLeast(x, y),), x), ((Less(x, y),), y)]
    """
    if type(node) is Apply and str(node.args[0]) in ("max", "min"):
        function, first, *others = node.args
        rest = others[0] if len(others) == 1 else Apply(function, *others)
        kinds = (AtLeast, Less) if str(function) == "max" else (AtMost, Greater)
        return [((kinds[0](first, rest),), first), ((kinds[1](first, rest),), rest)]
    if type(node) is not Cases:
        return []
    found: list[tuple[tuple[Basic, ...], Basic]] = []
    before: tuple[Basic, ...] = ()
    for value, *conditions in (branch.args for branch in node.args):
        if any(type(each) not in OPPOSITE for each in conditions):
            return []
        found.append(((*before, *conditions), value))
        before = (*before, *[OPPOSITE[type(each)](*each.args) for each in conditions])
    return found


def branch_in_case(equation: Node, node: Basic, which: Basic) -> Basic | None:
    """A maximum, minimum or case distinction as its branch, in a case in which that holds.

    >>> from derivex.expression import symbol
    >>> x = symbol("x")
    >>> greater = Apply(function_name("max"), x, ONE)
    >>> branch_in_case(Equation(greater, x), greater, ONE)
    Equation(1, x)
    """
    _, value = branches_of(node)[int(which)]
    return substitute(equation, {node: value})
