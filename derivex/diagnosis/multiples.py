"""The number by which something in a line must be multiplied to make the line right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from sympy.core.basic import Basic

from derivex.diagnosis.edits import Edit
from derivex.diagnosis.equation_screen import AnyScreen
from derivex.diagnosis.places import WITHOUT_VALUE, Place
from derivex.expression import At, Negative, Over, Plus, Times, number
from derivex.expression.literals import has_decimal, value_of

__all__ = ["multiples", "over", "with_factor"]

_MOST_VALUES = 8  # of a line: of a vector its entries, at two points
_DIGITS = 12  # of a decimal that may have been meant
_LARGEST_NUMBER = 1000


def multiples(after: Basic, spots: Sequence[Place], screen: AnyScreen) -> Iterator[Edit]:
    """A number by which something must be multiplied, found from two values of the line.

    Where the line is affine in what stands in a place, its value with 0 there and as it is say
    which multiple of it would be right.
    """
    usable = [place for place in spots if not isinstance(place.holder, At)]
    if len(screen.wanted) > _MOST_VALUES:
        return
    zero = number(0)
    without = screen.values([place.replaced(zero) for place in usable])
    whole = screen.values([after])[0]
    if whole is None:
        return
    gap = _constant([target - now for target, now in zip(screen.wanted, whole, strict=True)])
    if gap and value_of(after) is None and not isinstance(after, WITHOUT_VALUE):
        term = number(gap)
        line = Plus(after, term)
        yield Edit("lost-term", 2.5, after, line, line, (), term)
    for place, rows in zip(usable, without, strict=True):
        if rows is None:
            continue
        ratios = _ratios(screen.wanted, rows, whole)
        node = place.node
        value = value_of(node)
        if value is not None:
            needed = _written([float(value) * ratio for ratio in ratios], has_decimal(node))
            if needed is not None and needed is not node:
                line = place.replaced(needed)
                yield Edit("number", 2.2, node, needed, line, place.bound)
            continue
        ratio = _constant(ratios)
        if ratio is None or ratio in (0, 1):
            continue
        right: Basic
        part: Basic | None
        if ratio == -1:
            right, name, part = Negative(node), "sign", None
        elif ratio.numerator == 1 or ratio.numerator == -1:
            divisor = number(1 / ratio)
            right, name, part = over(node, divisor), "lost-factor", number(ratio)
        else:
            factor, size = number(ratio), number(abs(ratio))
            product = with_factor(node, size)
            right = Negative(product) if ratio < 0 else product
            name, part = "lost-factor", factor
        far = abs(ratio.numerator) + ratio.denominator
        line = place.replaced(right)
        yield Edit(name, 2.0 + min(far, 50) / 20, node, right, line, place.bound, part)


def with_factor(node: Basic, size: Basic) -> Basic:
    """A number in front of what stands there; at the end of a product that has numbers already."""
    if type(node) is Times and any(value_of(factor) is not None for factor in node.args):
        return Times(node, size)
    return Times(size, node)


def over(node: Basic, divisor: Basic) -> Basic:
    if type(node) is Over:
        return Over(node.args[0], Times(divisor, node.args[1]))
    return Over(node, divisor)


def _ratios(wanted: list[complex], without: list[complex], whole: list[complex]) -> list[complex]:
    """The k with without + k (whole − without) = wanted at each point; nothing if there is none."""
    ratios: list[complex] = []
    for target, rest, now in zip(wanted, without, whole, strict=True):
        share = now - rest
        if abs(share) < 1e-12:
            return []
        ratios.append((target - rest) / share)
    return ratios


def _written(values: list[complex], decimal: bool) -> Basic | None:
    """The number that all values are, as a fraction or as a decimal that ends."""
    simple = _constant(values)
    if simple is not None:
        return number(simple, decimal)
    if not values or any(abs(value - values[0]) > 1e-12 * abs(value) for value in values):
        return None
    if abs(values[0].imag) > 1e-12:
        return None
    return number(Fraction(f"{values[0].real:.{_DIGITS}g}"), decimal=True)


def _constant(values: list[complex]) -> Fraction | None:
    """The simple number that all values are, if they are."""
    found: Fraction | None = None
    for value in values:
        if abs(value.imag) > 1e-9 or abs(value) > _LARGEST_NUMBER:
            return None
        near = Fraction(value.real).limit_denominator(60)
        if abs(float(near) - value.real) > 1e-9 * max(1.0, abs(value.real)):
            return None
        if found is not None and near != found:
            return None
        found = near
    return found
