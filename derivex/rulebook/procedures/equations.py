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
    Decimal,
    Equation,
    Nearly,
    Negative,
    Or,
    Over,
    Plus,
    Power,
    Times,
    function_name,
    integer,
    number,
    pi,
    postorder,
    substitute,
    value_of,
)
from derivex.expression.nodes import Node
from derivex.matching import NO_FACTS
from derivex.rulebook.procedures.factors import factors_of, power_of, with_coefficient
from derivex.rulebook.procedures.letters import Letters, TooLargeError

__all__ = [
    "angle_on_circle",
    "coefficients_of",
    "cube_root_of_number",
    "exponentials_as_powers",
    "factor_polynomial",
    "factors_of_polynomial",
    "inverse_on_interval",
    "isolated_roots",
    "new_letter",
    "no_real_root",
    "part_alone",
    "parts_by_degree",
    "pi_multiple",
    "quadratic_formula",
    "real_roots",
    "rounded",
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
        elif type(factor) is Power and _is_positive_whole(factor._args[1]):
            waiting.append(factor._args[0])
        elif type(factor) is Apply and factor._args[0] is _SQRT:
            waiting.append(factor._args[1])
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


def _is_positive_whole(node: Basic) -> bool:
    value = value_of(node)
    return value is not None and value > 0 and value.denominator == 1


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


def real_roots(equation: Node, unknown: Basic) -> Basic | None:
    """The real roots of a polynomial with rational coefficients, each to ten certain digits.

    FLINT isolates all complex roots with error bounds, and knows which of them are real.

    >>> from derivex.expression import symbol
    >>> x = symbol("x")
    >>> real_roots(Equation(Plus(Power(x, integer(5)), Negative(x), Negative(ONE)), ZERO), x)
    Nearly(x, 1.167303978)
    """
    left, right = equation._args
    found = coefficients_of(left, unknown) if right is ZERO else None
    if found is None or len(found) < 4:
        return None
    values = [value_of(part) for part in found]
    if any(value is None for value in values):
        return None
    roots = isolated_roots([value for value in values if value is not None])
    made = [Nearly(unknown, rounded(root)) for root in roots]
    return made[0] if len(made) == 1 else Or(*made)


_BITS = 320


def isolated_roots(coefficients: list[Fraction]) -> list[Any]:
    """The real roots as balls, in rising order, each with many more digits than are written."""
    import flint

    from derivex.equality.balls import precision

    with precision(_BITS):
        polynomial = flint.fmpq_poly(
            [flint.fmpq(value.numerator, value.denominator) for value in coefficients]
        )
        found: Any = polynomial.complex_roots()
        roots = [root.real for root, _ in found if root.imag == 0]
        return sorted(roots, key=lambda root: root.mid())


def rounded(ball: Any, digits: int = 10) -> Basic:
    """A ball as a decimal of which every digit is certain, the last one rounded.

    Raises:
        ValueError: the ball is not small enough.
    """
    from decimal import ROUND_HALF_EVEN, Context
    from decimal import Decimal as Digits

    if ball.contains(0):
        if not abs(ball) < 1e-30:
            raise ValueError("a ball that is too large")
        return ZERO
    context = Context(prec=digits, rounding=ROUND_HALF_EVEN)
    found = {
        context.plus(Digits(end.str(60, radius=False))) for end in (ball.lower(), ball.upper())
    }
    if len(found) > 1:
        raise ValueError("a ball that is too large")
    (decimal,) = found
    text = format(abs(decimal), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    made: Basic = Decimal(text) if "." in text else integer(int(text))
    return Negative(made) if decimal < 0 else made


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

    >>> from derivex.expression import symbol
    >>> x, t = symbol("x"), symbol("t")
    >>> quartic = Equation(Plus(Power(x, integer(4)), Negative(Power(x, TWO))), ZERO)
    >>> new_letter(quartic, Power(x, TWO), t)
    Equation(Plus(Power(t, 2), Negative(t)), 0)
    """
    base, step = (old, 1)
    if type(old) is Power:
        exponent = value_of(old._args[1])
        if exponent is not None and exponent.denominator == 1 and exponent > 1:
            base, step = old._args[0], int(exponent)
    left, right = equation._args
    if step == 1:
        made = Equation(*[substitute(side, {old: new}) for side in (left, right)])
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


def _term(coefficient: Basic, power: Basic) -> Basic:
    if power is ONE:
        return coefficient
    value = value_of(coefficient)
    if value is not None:
        return with_coefficient(value, [power])
    return Times(coefficient, power)


# -- sine, cosine, tangent -------------------------------------------------------------------

_TURNS = {"sin": Fraction(2), "cos": Fraction(2), "tan": Fraction(1)}
_SQUARES = {
    Fraction(0): Fraction(0),
    Fraction(1, 4): Fraction(1, 6),
    Fraction(1, 2): Fraction(1, 4),
    Fraction(3, 4): Fraction(1, 3),
    Fraction(1): Fraction(1, 2),
}
"""The angle whose sine has that square, in multiples of π."""


def pi_multiple(share: Fraction) -> Basic:
    """A multiple of π as it is written: 3π/2.

    >>> pi_multiple(Fraction(-3, 2))
    Negative(Over(Times(3, pi), 2))
    """
    if share < 0:
        return Negative(pi_multiple(-share))
    if not share:
        return ZERO
    above = pi if share.numerator == 1 else Times(integer(share.numerator), pi)
    return above if share.denominator == 1 else Over(above, integer(share.denominator))


def inverse_on_interval(
    equation: Node, low: Basic, high: Basic, closed: Basic = ZERO
) -> Basic | None:
    """All u from low to high with sin(u) = c, cos(u) = c or tan(u) = c.

    The end itself belongs to the interval only if ``closed`` is 1.

    >>> from derivex.expression import symbol
    >>> x = symbol("x")
    >>> inverse_on_interval(
    ...     Equation(Apply(function_name("sin"), x), Over(ONE, TWO)), ZERO, Times(TWO, pi)
    ... )
    Or(Equation(x, Over(pi, 6)), Equation(x, Over(Times(5, pi), 6)))
    """
    from derivex.equality.balls import evaluate, precision
    from derivex.errors import ProblemError

    call, right = equation._args
    if type(call) is not Apply or str(call._args[0]) not in _TURNS or len(call._args) != 2:
        return None
    name, inside = str(call._args[0]), call._args[1]
    with precision(256):
        try:
            value, first, last = (evaluate(node, {}, real=True).real for node in (right, low, high))
        except ProblemError:
            return None
        if name != "tan" and abs(value) > 1:
            return Or()
        angles = _first_angles(name, right, value)
        if angles is None:
            return None
        turn = _TURNS[name]
        found: list[tuple[Any, Basic]] = []
        for angle, share in angles:
            start = evaluate(angle, {}, real=True).real
            round_ = evaluate(pi_multiple(turn), {}).real
            least = int(str(((first - start) / round_).mid().floor().unique_fmpz())) - 1
            most = int(str(((last - start) / round_).mid().floor().unique_fmpz())) + 1
            if most - least > 200:
                return None
            for turns in range(least, most + 1):
                there = start + turns * round_
                tiny = 2.0**-200
                if there - first > -tiny and last - there > (tiny if closed is ZERO else -tiny):
                    found.append((there.mid(), _turned(angle, share, turn * turns)))
    found.sort(key=lambda pair: float(pair[0]))
    equations = list(dict.fromkeys(Equation(inside, angle) for _, angle in found))
    return equations[0] if len(equations) == 1 else Or(*equations)


def _turned(angle: Basic, share: Fraction | None, by: Fraction) -> Basic:
    if share is not None:
        return pi_multiple(share + by)
    if not by:
        return angle
    turned = pi_multiple(abs(by))
    return Plus(angle, Negative(turned) if by < 0 else turned)


def _first_angles(
    name: str, right: Basic, value: Any
) -> list[tuple[Basic, Fraction | None]] | None:
    """The angles in the first turn, with their share of π where that is a known one."""
    share = _known_angle(name, right, value)
    if share is not None:
        both = {"sin": [share, 1 - share], "cos": [share, -share], "tan": [share]}[name]
        return [(pi_multiple(each), each) for each in dict.fromkeys(each % 2 for each in both)]
    inverse: Basic = Apply(function_name("a" + name), right)
    if name == "sin":
        return [(inverse, None), (Plus(pi, Negative(inverse)), None)]
    if name == "cos":
        return [(inverse, None), (Negative(inverse), None)]
    return [(inverse, None)]


def _known_angle(name: str, right: Basic, value: Any) -> Fraction | None:
    """The angle from −1/2 to 1, in multiples of π, whose value is known to be that."""
    square = _exact_square(right)
    if square is None:
        return None
    if name == "tan":
        square = square / (1 + square)  # of the sine
    angle = _SQUARES.get(square)
    if angle is None:
        return None
    if value < 0:
        angle = -angle
    return Fraction(1, 2) - angle if name == "cos" else angle


def _exact_square(node: Basic) -> Fraction | None:
    """The square of a rational number, or of one times a root."""
    letters = Letters(node)
    try:
        top, bottom = letters.fraction(node)
    except TooLargeError:
        return None
    squared_top, squared_bottom = top * top, bottom * bottom
    for root, position in letters.letters.items():
        if type(root) is not Apply or root._args[0] is not _SQRT:
            return None
        inside = value_of(root._args[1])
        if inside is None:
            return None
        replaced = []
        for polynomial in (squared_top, squared_bottom):
            total = letters.ring.constant(0)
            for degree, part in enumerate(parts_by_degree(letters, polynomial, position)):
                if degree % 2 and not part.is_zero():
                    return None
                square = letters.rational(inside.numerator, inside.denominator)
                total = total + part * square ** (degree // 2)
            replaced.append(total)
        squared_top, squared_bottom = replaced
    if not (squared_top.is_constant() and squared_bottom.is_constant()):
        return None
    above = squared_top.leading_coefficient() if len(squared_top) else letters.rational(0)
    share = above / squared_bottom.leading_coefficient()
    return Fraction(int(share.p), int(share.q))


def angle_on_circle(node: Node) -> Basic | None:
    """sin, cos and tan of a multiple of π/6 or π/4, any number of turns away.

    >>> angle_on_circle(Apply(function_name("cos"), Over(Times(integer(7), pi), integer(6))))
    Negative(Over(Apply(sqrt, 3), 2))
    """
    if len(node._args) != 2 or str(node._args[0]) not in _TURNS:
        return None
    share = _share_of_pi(node._args[1])
    if share is None:
        return None
    name = str(node._args[0])
    if name == "tan":
        sine, cosine = _sine(share), _sine(share + Fraction(1, 2))
        if sine is None or cosine is None or cosine == 0:
            return None
        below = cosine if cosine > 0 else -cosine
        ratio = abs(sine) / below
        return _root_of_square(ratio, (sine < 0) != (cosine < 0))
    found = _sine(share if name == "sin" else share + Fraction(1, 2))
    return None if found is None else _root_of_square(abs(found), found < 0)


def _sine(share: Fraction) -> Fraction | None:
    """The square of the sine of a multiple of π, with the sign of the sine."""
    share %= 2
    sign = 1 if share <= 1 else -1
    share %= 1
    share = min(share, 1 - share)
    for square, angle in _SQUARES.items():
        if angle == share:
            return sign * square
    return None


def _root_of_square(square: Fraction, negative: bool) -> Basic:
    from math import isqrt

    above, below = square.numerator * square.denominator, square.denominator
    root = isqrt(above)
    if root * root == above:
        value = Fraction(root, below)
        made: Basic = with_coefficient(value, [])
    else:
        # √(p/q) = √(pq)/q, without squares in the root.
        outside = 1
        for factor in range(2, isqrt(above) + 1):
            while above % (factor * factor) == 0:
                above //= factor * factor
                outside *= factor
        share = Fraction(outside, below)
        top = Apply(_SQRT, integer(above))
        top = top if share.numerator == 1 else Times(integer(share.numerator), top)
        made = top if share.denominator == 1 else Over(top, integer(share.denominator))
    return Negative(made) if negative and made is not ZERO else made


def _share_of_pi(node: Basic) -> Fraction | None:
    if node is ZERO:
        return Fraction(0)
    if not any(part is pi for part in postorder(node)):
        return None
    found = coefficients_of(node, pi)
    if found is None or len(found) != 2 or found[0] is not ZERO:
        return None
    return value_of(found[1])


def factor_polynomial(node: Node) -> Basic | None:
    """A sum as a product of factors that cannot be factored any more, by FLINT.

    Parts that are not polynomials count as letters: e^(−x) (x² − x) is e^(−x) x (x − 1).

    >>> from derivex.expression import symbol
    >>> x = symbol("x")
    >>> cubic = Plus(Times(integer(4), Power(x, integer(3))), Negative(Times(integer(4), x)))
    >>> factor_polynomial(cubic)
    Times(4, x, Plus(x, Negative(1)), Plus(x, 1))
    """
    letters = Letters(node)
    try:
        top, bottom = letters.fraction(node)
    except TooLargeError:
        return None
    if top.is_zero() or not bottom.is_constant():
        return None
    factors = factors_of_polynomial(letters, top / bottom)
    made = _product(letters, *factors)
    return None if made is node or type(made) is Plus else made


def factors_of_polynomial(letters: Letters, polynomial: Any) -> tuple[Fraction, list[Any]]:
    """The number before it, and the irreducible factors with their exponents.

    The factors have whole coefficients without a common divisor, and simple ones come first.
    """
    before, found = polynomial.factor()
    content = Fraction(int(before.p), int(before.q))
    factors: list[tuple[Any, int]] = []
    for factor, exponent in found:
        share, whole = _primitive(letters, factor)
        content *= share ** int(exponent)
        factors.append((whole, int(exponent)))
    factors.sort(key=lambda pair: (len(pair[0]), pair[0].total_degree()))
    return content, factors


def _primitive(letters: Letters, polynomial: Any) -> tuple[Fraction, Any]:
    from math import gcd, lcm

    tops = [int(coefficient.p) for coefficient in polynomial.coeffs()]
    bottoms = [int(coefficient.q) for coefficient in polynomial.coeffs()]
    share = Fraction(gcd(*tops), lcm(*bottoms))
    if all(top < 0 for top in tops) or (tops[0] < 0 and len(tops) > 1):
        share = -share
    return share, polynomial * letters.rational(share.denominator, share.numerator)


def _product(letters: Letters, content: Fraction, factors: list[Any]) -> Basic:
    powers = [power_of(letters.tree(factor), Fraction(exponent)) for factor, exponent in factors]
    flat = [part for power in powers for part in factors_of(power)]
    if content.denominator == 1:
        return with_coefficient(content, flat)
    above = with_coefficient(Fraction(abs(content.numerator)), flat)
    made = Over(above, integer(content.denominator))
    return Negative(made) if content < 0 else made


def exponentials_as_powers(node: Node, exponent: Basic) -> Basic | None:
    """e^(n u) as (e^u)^n, for the u that is asked for.

    >>> from derivex.expression import E, symbol
    >>> x = symbol("x")
    >>> exponentials_as_powers(Power(E, Times(TWO, x)), x)
    Power(Power(E, x), 2)
    """
    from derivex.rulebook.procedures.polynomials import quotient

    base, above = node._args
    if above is exponent or value_of(base) == 0 or value_of(above) is not None:
        return None
    share = quotient(above, exponent)
    value = None if share is None else value_of(share)
    if value is None or value.denominator != 1 or value == 1:
        return None
    return Power(Power(base, exponent), with_coefficient(value, []))
