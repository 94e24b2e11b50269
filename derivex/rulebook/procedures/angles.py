"""Sine, cosine and tangent: known values, the angles that have them, two of them as one."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from sympy.core.basic import Basic

from derivex.expression import (
    ONE,
    ZERO,
    Apply,
    Equation,
    Negative,
    Or,
    Over,
    Plus,
    Times,
    function_name,
    integer,
    pi,
    postorder,
    substitute,
    value_of,
)
from derivex.expression.nodes import Node
from derivex.rulebook.procedures.equations import coefficients_of, parts_by_degree
from derivex.rulebook.procedures.factors import factors_of, with_coefficient
from derivex.rulebook.procedures.letters import Letters, TooLargeError

__all__ = ["angle_on_circle", "inverse_on_interval", "one_sine", "pi_multiple", "share_of_pi"]

_SQRT = function_name("sqrt")

_TURNS = {"sin": Fraction(2), "cos": Fraction(2), "tan": Fraction(1)}


_SQUARES = {
    Fraction(0): Fraction(0),
    Fraction(1, 4): Fraction(1, 6),
    Fraction(1, 2): Fraction(1, 4),
    Fraction(3, 4): Fraction(1, 3),
    Fraction(1): Fraction(1, 2),
}


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

    >>> from derivex.expression import ONE, TWO, symbol
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
    share = share_of_pi(node._args[1])
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


def share_of_pi(node: Basic) -> Fraction | None:
    if node is ZERO:
        return Fraction(0)
    if not any(part is pi for part in postorder(node)):
        return None
    found = coefficients_of(node, pi)
    if found is None or len(found) != 2 or found[0] is not ZERO:
        return None
    return value_of(found[1])


def one_sine(node: Node) -> Basic | None:
    """a sin(u) + b cos(u) as √(a² + b²) sin(u + φ) with tan(φ) = b/a, the sign of a in front.

    >>> from derivex.expression import symbol
    >>> sine, cosine = (Apply(function_name(name), symbol("x")) for name in ("sin", "cos"))
    >>> one_sine(Plus(sine, Negative(cosine)))
    Times(Apply(sqrt, 2), Apply(sin, Plus(x, Negative(Over(pi, 4)))))
    """
    calls = [each for each in Letters(node).letters if type(each) is Apply]
    sines = [each for each in calls if str(each._args[0]) == "sin"]
    cosines = [each for each in calls if str(each._args[0]) == "cos"]
    if len(sines) != 1 or len(cosines) != 1 or sines[0]._args[1] is not cosines[0]._args[1]:
        return None
    both = [coefficients_of(node, call) for call in (sines[0], cosines[0])]
    if any(found is None or len(found) != 2 for found in both):
        return None
    first, second = (found[1] for found in both if found is not None)
    squares = _exact_square(first), _exact_square(second)
    whole = substitute(node, {sines[0]: ZERO, cosines[0]: ZERO})
    letters = Letters(whole)
    top, _ = letters.fraction(whole)
    if squares[0] is None or squares[1] is None or not top.is_zero() or not squares[0]:
        return None
    negative, turned = _is_below_zero(first), _is_below_zero(second)
    ratio = _root_of_square(squares[1] / squares[0], negative != turned)
    share = _known_angle("tan", ratio, -1 if negative != turned else 1)
    phase: Basic = Apply(function_name("atan"), ratio) if share is None else pi_multiple(share)
    if type(ratio) is Negative and share is None:
        phase = Negative(Apply(function_name("atan"), ratio._args[0]))
    sine = Apply(sines[0]._args[0], Plus(sines[0]._args[1], phase))
    size = _root_of_square(squares[0] + squares[1], negative=False)
    made = sine if size is ONE else Times(*factors_of(size), sine)
    return Negative(made) if negative else made


def _is_below_zero(node: Basic) -> bool:
    from derivex.equality.balls import evaluate, precision

    with precision(128):
        return bool(evaluate(node, {}, real=True).real < 0)
