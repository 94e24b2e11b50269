"""Procedures that lead from an equation to equations with the same solutions.

What several equations of which one holds are joined by is ``Or``; ``Or()`` never holds.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from sympy.core.basic import Basic

from derivex.expression import (
    ONE,
    TWO,
    ZERO,
    Apply,
    Equation,
    Negative,
    Or,
    Over,
    Plus,
    Power,
    Times,
    function_name,
    integer,
    number,
    postorder,
    substitute,
    value_of,
)
from derivex.expression.nodes import Node
from derivex.matching import NO_FACTS
from derivex.rulebook.procedures.factors import power_of, with_coefficient
from derivex.rulebook.procedures.letters import Letters, TooLargeError
from derivex.rulebook.procedures.roots import radical_of

__all__ = [
    "coefficients_of",
    "cube_root_of_number",
    "new_letter",
    "no_real_root",
    "part_alone",
    "parts_by_degree",
    "quadratic_formula",
    "zero_product",
]

_SQRT = function_name("sqrt")


def zero_product(equation: Node) -> Basic | None:
    """The equations "a factor is zero", without the factors that never are.

    >>> from derivex.expression import E, symbol
    >>> x = symbol("x")
    >>> zero_product(Equation(Times(TWO, x, Plus(x, ONE), Power(E, x)), ZERO))
    Or(Equation(x, 0), Equation(Plus(x, 1), 0))
    """
    left, right = equation._args
    if right is not ZERO:
        return None
    found: dict[Basic, None] = {}
    waiting = [left]
    while waiting:
        factor = waiting.pop()
        if type(factor) is Negative or (type(factor) is Over and _is_nonzero(factor._args[1])):
            waiting.append(factor._args[0])
        elif type(factor) is Times:
            waiting.extend(reversed(factor._args))
        elif type(factor) is Power and (value_of(factor._args[1]) or 0) > 0:
            waiting.append(factor._args[0])
        elif radical_of(factor)[0] is not factor:
            waiting.append(radical_of(factor)[0])
        elif value_of(factor) == 0:
            return None
        elif not _is_nonzero(factor):
            found[factor] = None
    if len(found) == 1 and left in found:
        return None
    equations = [Equation(factor, ZERO) for factor in found]
    return equations[0] if len(equations) == 1 else Or(*equations)


def _is_nonzero(node: Basic) -> bool:
    return 0 not in NO_FACTS.signs(node)


def coefficients_of(expression: Basic, atom: Basic) -> list[Basic] | None:
    """The coefficients of a polynomial in an atom, the constant one first.

    They are free of the atom as a part of the polynomial, but may hold it inside of functions.
    None where the expression is no polynomial in it.

    >>> from derivex.expression import symbol
    >>> x, a = symbol("x"), symbol("a")
    >>> coefficients_of(Plus(Times(a, Power(x, TWO)), Times(x, x), ONE), x)
    [1, 0, Plus(a, 1)]
    """
    letters = Letters(expression, atom)
    position = letters.letters.get(atom)
    if position is None:
        return None
    try:
        top, bottom = letters.fraction(expression)
    except TooLargeError:
        return None
    if not bottom.is_constant():
        return None
    top = top / bottom
    return [letters.tree(part) for part in parts_by_degree(letters, top, position)]


def parts_by_degree(letters: Letters, polynomial: Any, position: int) -> list[Any]:
    """The coefficients of a polynomial in one of the letters, as polynomials in the others."""
    parts: dict[int, dict[tuple[int, ...], Any]] = {}
    for exponents, coefficient in polynomial.terms():
        rest = list(exponents)
        degree, rest[position] = int(rest[position]), 0
        parts.setdefault(degree, {})[tuple(rest)] = coefficient
    highest = max(parts, default=0)
    return [letters.ring.from_dict(parts.get(degree, {})) for degree in range(highest + 1)]


def quadratic_formula(equation: Node, unknown: Basic) -> Basic | None:
    """The solutions of a quadratic equation by the quadratic formula, its numbers put in.

    >>> from derivex.expression import symbol
    >>> x = symbol("x")
    >>> quadratic_formula(Equation(Plus(Power(x, TWO), Negative(Times(TWO, x))), ZERO), x).args[0]
    Equation(x, Over(Plus(2, Apply(sqrt, Plus(Power(2, 2), 0))), 2))
    """
    left, right = equation._args
    if right is not ZERO:
        return None
    found = coefficients_of(left, unknown)
    if found is None or len(found) != 3:
        return None
    constant, linear, square = found
    below = TWO if square is ONE else Times(TWO, square)
    first = Power(_minus(linear) if type(linear) is Negative else linear, TWO)
    second = _four_times(square, constant)
    root = Apply(_SQRT, Plus(first, second))
    minus = _minus(linear)
    if minus is ZERO:
        return Or(
            Equation(unknown, Over(root, below)), Equation(unknown, Negative(Over(root, below)))
        )
    return Or(
        Equation(unknown, Over(Plus(minus, root), below)),
        Equation(unknown, Over(Plus(minus, Negative(root)), below)),
    )


def _minus(node: Basic) -> Basic:
    if node is ZERO:
        return ZERO
    return node._args[0] if type(node) is Negative else Negative(node)


def _four_times(square: Basic, constant: Basic) -> Basic:
    """−4ac, with the sign that it has on paper."""
    if constant is ZERO:
        return ZERO
    negative = (type(square) is Negative) != (type(constant) is Negative)
    parts = [each._args[0] if type(each) is Negative else each for each in (square, constant)]
    product = Times(integer(4), *[part for part in parts if part is not ONE] or [ONE])
    return product if negative else Negative(product)


def no_real_root(equation: Node, unknown: Basic) -> Basic | None:
    """``Or()`` for a quadratic equation whose discriminant is negative.

    >>> from derivex.expression import symbol
    >>> x = symbol("x")
    >>> no_real_root(Equation(Plus(Power(x, TWO), x, ONE), ZERO), x)
    Or()
    """
    left, right = equation._args
    found = coefficients_of(left, unknown) if right is ZERO else None
    if found is None or len(found) != 3:
        return None
    constant, linear, square = map(value_of, found)
    if constant is None or linear is None or square is None:
        return None
    return Or() if linear * linear < 4 * square * constant else None


def part_alone(equation: Node, part: Basic) -> Basic | None:
    """A part that stands in one term, with a number before it, alone on the left-hand side.

    >>> from derivex.expression import symbol
    >>> x = symbol("x")
    >>> root = Apply(function_name("sqrt"), x)
    >>> part_alone(Equation(Plus(Times(TWO, root), Negative(x)), ZERO), root)
    Equation(Apply(sqrt, x), Times(Over(1, 2), x))
    """
    left, right = equation._args
    found = coefficients_of(left, part) if right is ZERO else None
    if found is None or len(found) != 2:
        return None
    before = value_of(found[1])
    if before is None:
        return None
    letters = Letters(found[0])
    top, bottom = letters.fraction(found[0])
    scale = -1 / before
    share = letters.rational(scale.numerator, scale.denominator)
    return Equation(part, letters.tree(top / bottom * share))


def cube_root_of_number(node: Node) -> Basic | None:
    """The cube root of a number whose cube root is a number.

    >>> cube_root_of_number(Apply(function_name("cbrt"), Negative(Over(integer(8), integer(27)))))
    Negative(Over(2, 3))
    """
    if str(node._args[0]) != "cbrt" or len(node._args) != 2:
        return None
    value = value_of(node._args[1])
    if value is None:
        return None
    roots = []
    for whole in (abs(value.numerator), value.denominator):
        root = round(whole ** (1 / 3)) if whole < 1 << 120 else 0
        if root**3 != whole:
            return None
        roots.append(root)
    found = Fraction(*roots)
    return number(-found if value < 0 else found)


def new_letter(equation: Node, old: Basic, new: Basic) -> Basic | None:
    """The equation with a letter in the place of something, such as t for x² in x⁴ − 5x² + 5.

    For a root, such as ∛x, the letter stands in all powers of it: t³ for x.

    >>> from derivex.expression import symbol
    >>> x, t = symbol("x"), symbol("t")
    >>> quartic = Equation(Plus(Power(x, integer(4)), Negative(Power(x, TWO))), ZERO)
    >>> new_letter(quartic, Power(x, TWO), t)
    Equation(Plus(Power(t, 2), Negative(t)), 0)
    >>> cube_root = Apply(function_name("cbrt"), x)
    >>> new_letter(Equation(Plus(x, Negative(cube_root)), ZERO), cube_root, t)
    Equation(Plus(Power(t, 3), Negative(t)), 0)
    """
    base, step = (old, 1)
    if type(old) is Power:
        exponent = value_of(old._args[1])
        if exponent is not None and exponent.denominator == 1 and exponent > 1:
            base, step = old._args[0], int(exponent)
    left, right = equation._args
    if step == 1:
        powers = _powers_of(old, equation, new)
        made = Equation(*[substitute(side, powers) for side in (left, right)])
        return None if made is equation else made
    found = coefficients_of(left, base)
    if found is None or right is not ZERO:
        return None
    if any(part is not ZERO for degree, part in enumerate(found) if degree % step):
        return None
    terms = [
        _term(part, power_of(new, degree // step) if degree else ONE)
        for degree, part in reversed([*enumerate(found)])
        if part is not ZERO
    ]
    return Equation(terms[0] if len(terms) == 1 else Plus(*terms), ZERO)


def _powers_of(old: Basic, equation: Node, new: Basic) -> dict[Basic, Basic]:
    """What the letter for a part makes of it; of a root also of what stands below it."""
    base, share = radical_of(old)
    found = {old: new}
    if base is old:
        return found
    for node in postorder(equation):
        under, exponent = radical_of(node)
        power = exponent / share
        if under is base and power.denominator == 1:
            raised = power_of(new, abs(power.numerator))
            found[node] = raised if power > 0 else Over(ONE, raised)
    return found


def _term(coefficient: Basic, power: Basic) -> Basic:
    if power is ONE:
        return coefficient
    value = value_of(coefficient)
    if value is not None:
        return with_coefficient(value, [power])
    return Times(coefficient, power)
