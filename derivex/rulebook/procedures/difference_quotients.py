"""What brings a difference quotient into a form whose limit is known.

Procedures with a second argument take the increment.  Each gives a fraction, or what takes
its place, that equals the given one wherever both have a value.
"""

from __future__ import annotations

from fractions import Fraction

from sympy.core.basic import Basic

from derivex.expression import (
    ONE,
    Decimal,
    Dependence,
    Negative,
    Over,
    Plus,
    Times,
    postorder,
)
from derivex.expression.nodes import Node
from derivex.rulebook.procedures.denominators import common_denominator
from derivex.rulebook.procedures.factors import product_of
from derivex.rulebook.procedures.multiplied_out import (
    MadeOf,
    multiplied_out,
    term_of,
    written,
)

__all__ = [
    "add_and_subtract",
    "cancel_increment",
    "common_denominator_above",
    "common_factor_of_difference",
    "difference_by_terms",
    "expand_arguments",
    "expand_numerator",
    "free_factors",
    "increment_as_factor",
    "one_plus_rest",
    "split_off_increment",
]


def difference_by_terms(node: Node) -> Basic | None:
    """A difference of two sums over something as the sum of the quotients, term by term.

    >>> from derivex.expression import symbol
    >>> a, b, c, d, h = map(symbol, "abcdh")
    >>> difference_by_terms(Over(Plus(a, b, Negative(Plus(c, d))), h))
    Plus(Over(Plus(a, Negative(c)), h), Over(Plus(b, Negative(d)), h))
    """
    above, below = node._args
    if type(above) is not Plus or type(above._args[-1]) is not Negative:
        return None
    *lefts, last = above._args
    subtracted = last._args[0]
    if type(subtracted) is not Plus or len(subtracted._args) != len(lefts):
        return None
    return Plus(
        *[
            Over(Plus(left, Negative(right)), below)
            for left, right in zip(lefts, subtracted._args, strict=True)
        ]
    )


def common_factor_of_difference(node: Node, increment: Basic) -> Basic | None:
    """A factor that both terms of a difference have, and that is free of the increment, in front.

    >>> from derivex.expression import Apply, integer, function_name, symbol
    >>> x, h, sin = symbol("x"), symbol("h"), function_name("sin")
    >>> left, right = Apply(sin, Plus(x, h)), Apply(sin, x)
    >>> three = integer(3)
    >>> common_factor_of_difference(
    ...     Over(Plus(Times(three, left), Negative(Times(three, right))), h), h)
    Times(3, Over(Plus(Apply(sin, Plus(x, h)), Negative(Apply(sin, x))), h))
    """
    above, below = node._args
    if type(above) is not Plus or len(above._args) != 2:
        return None
    left, right = map(term_of, above._args)
    if left[0] != -right[0]:
        return None
    depends = Dependence(increment).of
    shared: dict[Basic, Fraction] = {
        base: exponent
        for base, exponent in left[1].items()
        if not depends(base) and right[1].get(base) == exponent
    }
    if left[0] == 1 and not shared:
        return None
    rests = [
        {base: exponent for base, exponent in powers.items() if base not in shared}
        for powers in (left[1], right[1])
    ]
    difference = Plus(written((Fraction(1), rests[0])), Negative(written((Fraction(1), rests[1]))))
    return _in_front((left[0], shared), Over(difference, below))


def _in_front(factor: MadeOf, rest: Basic) -> Basic:
    """A product of a factor and the rest, a minus in front of both."""
    coefficient, powers = factor
    made = written((abs(coefficient), powers))
    product = rest if made is ONE else Times(made, rest)
    return Negative(product) if coefficient < 0 else product


def add_and_subtract(node: Node, increment: Basic) -> Basic | None:
    """(u v − a b)/h as (u − a)/h · v + a · (v − b)/h, where a and b are u and v at h = 0.

    What is added and subtracted in between is a v.

    >>> from derivex.expression import Apply, function_name, symbol
    >>> x, h, log = symbol("x"), symbol("h"), function_name("log")
    >>> moved = Times(Plus(x, h), Apply(log, Plus(x, h)))
    >>> from derivex.notation import TextWriter
    >>> TextWriter().write(add_and_subtract(
    ...     Over(Plus(moved, Negative(Times(x, Apply(log, x)))), h), h))
    '(x + h − x)/h · log(x + h) + x ((log(x + h) − log(x))/h)'
    """
    above, below = node._args
    if type(above) is not Plus or len(above._args) != 2 or type(above._args[1]) is not Negative:
        return None
    moved, still = above._args[0], above._args[1]._args[0]
    if type(moved) is not Times or type(still) is not Times:
        return None
    if len(moved._args) != len(still._args) or Dependence(increment).of(still):
        return None
    changes = [one is not other for one, other in zip(moved._args, still._args, strict=True)]
    if sum(changes) < 2:
        return None
    first = changes.index(True)
    pairs = list(zip(moved._args, still._args, strict=True))
    one, other = pairs.pop(first)
    rest_moved, rest_still = (product_of([pair[side] for pair in pairs]) for side in (0, 1))
    return Plus(
        Times(Over(Plus(one, Negative(other)), below), rest_moved),
        Times(other, Over(Plus(rest_moved, Negative(rest_still)), below)),
    )


def split_off_increment(node: Node, increment: Basic) -> Basic | None:
    """u/(v h) as 1/v · u/h, where v has other factors that depend on h.

    >>> from derivex.expression import Apply, function_name, symbol
    >>> x, h = symbol("x"), symbol("h")
    >>> sine = Apply(function_name("sin"), h)
    >>> split_off_increment(Over(sine, Times(Plus(x, h), h)), h)
    Times(Over(1, Plus(x, h)), Over(Apply(sin, h), h))
    """
    above, below = node._args
    if type(below) is not Times or below._args.count(increment) != 1:
        return None
    rest = [factor for factor in below._args if factor is not increment]
    return Times(Over(ONE, product_of(rest)), Over(above, increment))


def expand_arguments(node: Node, increment: Basic) -> Basic | None:
    """The argument of a function, or an exponent, multiplied out where the increment is in it.

    >>> from derivex.expression import TWO, Apply, function_name, symbol
    >>> x, h = symbol("x"), symbol("h")
    >>> expand_arguments(Apply(function_name("sin"), Times(TWO, Plus(x, h))), h)
    Apply(sin, Plus(Times(2, x), Times(2, h)))
    """
    last = node._args[-1]
    if len(node._args) != 2 or not Dependence(increment).of(last):
        return None
    expanded = multiplied_out(last)
    return None if expanded is None else type(node)(node._args[0], expanded)


def common_denominator_above(node: Node) -> Basic | None:
    """The numerator of a fraction brought over one denominator.

    >>> from derivex.expression import symbol
    >>> x, y, z = map(symbol, "xyz")
    >>> common_denominator_above(Over(Plus(Over(ONE, y), Negative(Over(ONE, x))), z))
    Over(Over(Plus(x, Negative(y)), Times(y, x)), z)
    """
    above, below = node._args
    if type(above) is not Plus:
        return None
    made = common_denominator(above)
    return None if made is None else Over(made, below)


def expand_numerator(node: Node) -> Basic | None:
    """The numerator of a fraction multiplied out.

    >>> from derivex.expression import TWO, Power, symbol
    >>> x, h = symbol("x"), symbol("h")
    >>> expand_numerator(Over(Plus(Power(Plus(x, h), TWO), Negative(Power(x, TWO))), h))
    Over(Plus(Power(x, 2), Times(2, x, h), Power(h, 2), Negative(Power(x, 2))), h)
    """
    above, below = node._args
    expanded = multiplied_out(above)
    return None if expanded is None else Over(expanded, below)


def increment_as_factor(node: Node, increment: Basic) -> Basic | None:
    """The highest power of the increment taken out of all terms of the numerator.

    >>> from derivex.expression import TWO, Power, symbol
    >>> x, h = symbol("x"), symbol("h")
    >>> increment_as_factor(Over(Plus(Times(TWO, x, h), Power(h, TWO)), h), h)
    Over(Times(h, Plus(Times(2, x), h)), h)
    """
    above, below = node._args
    if type(above) is not Plus:
        return None
    made = [term_of(term) for term in above._args]
    power = min(powers.get(increment, Fraction(0)) for _, powers in made)
    if power <= 0:
        return None
    decimal = any(type(part) is Decimal for part in postorder(above))
    rest = [written(_divided(term, increment, power), decimal) for term in made]
    return Over(Times(written((Fraction(1), {increment: power})), Plus(*rest)), below)


def _divided(term: MadeOf, base: Basic, power: Fraction) -> MadeOf:
    coefficient, powers = term
    left = powers[base] - power
    return coefficient, {
        each: left if each is base else exponent
        for each, exponent in powers.items()
        if each is not base or left
    }


def cancel_increment(node: Node, increment: Basic) -> Basic | None:
    """A power of the increment that numerator and denominator have as a factor, cancelled.

    >>> from derivex.expression import symbol
    >>> x, h = symbol("x"), symbol("h")
    >>> cancel_increment(Over(Times(h, Plus(x, h)), h), h)
    Plus(x, h)
    """
    above, below = map(term_of, node._args)
    power = min(above[1].get(increment, Fraction(0)), below[1].get(increment, Fraction(0)))
    if power <= 0:
        return None
    top = written(_divided(above, increment, power))
    bottom = written(_divided(below, increment, power))
    if bottom is ONE:
        return top
    if type(top) is Negative:
        return Negative(Over(top._args[0], bottom))
    return Over(top, bottom)


def free_factors(node: Node, increment: Basic) -> Basic | None:
    """The terms of the numerator, those with the same factors free of the increment together.

    >>> from derivex.expression import Apply, function_name, symbol
    >>> x, h = symbol("x"), symbol("h")
    >>> sin = lambda argument: Apply(function_name("sin"), argument)
    >>> cos = lambda argument: Apply(function_name("cos"), argument)
    >>> free_factors(Over(Plus(Times(sin(x), cos(h)), Negative(sin(x))), h), h)
    Over(Times(Apply(sin, x), Plus(Apply(cos, h), Negative(1))), h)
    """
    above, below = node._args
    if type(above) is not Plus:
        return None
    depends = Dependence(increment).of
    groups: dict[frozenset[tuple[Basic, Fraction]], list[tuple[Fraction, MadeOf]]] = {}
    kept: dict[frozenset[tuple[Basic, Fraction]], dict[Basic, Fraction]] = {}
    for coefficient, powers in map(term_of, above._args):
        free = {base: exponent for base, exponent in powers.items() if not depends(base)}
        rest = {base: exponent for base, exponent in powers.items() if base not in free}
        key = frozenset(free.items())
        kept.setdefault(key, free)
        groups.setdefault(key, []).append((coefficient, (Fraction(1), rest)))
    if len(groups) == len(above._args):
        return None
    terms = []
    for key, members in groups.items():
        first = members[0][0]
        rests = [written((coefficient / first, rest[1])) for coefficient, rest in members]
        inside = rests[0] if len(rests) == 1 else Plus(*rests)
        if inside is ONE:
            terms.append(written((first, kept[key])))
        elif len(rests) == 1:
            powers = {**kept[key], **members[0][1][1]}
            terms.append(written((first, powers)))
        else:
            terms.append(_in_front((first, kept[key]), inside))
    result = Over(terms[0] if len(terms) == 1 else Plus(*terms), below)
    return None if result is node else result


def one_plus_rest(node: Node) -> Basic | None:
    """(y + u)/y as 1 + u/y.

    >>> from derivex.expression import symbol
    >>> x, h = symbol("x"), symbol("h")
    >>> one_plus_rest(Over(Plus(x, h), x))
    Plus(1, Over(h, x))
    """
    above, below = node._args
    if type(above) is not Plus:
        return None
    rest = list(above._args)
    for term in below._args if type(below) is Plus else (below,):
        if term not in rest:
            return None
        rest.remove(term)
    if not rest:
        return None
    return Plus(ONE, Over(product_of(rest) if len(rest) == 1 else Plus(*rest), below))
