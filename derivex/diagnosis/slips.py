"""Plain slips: the smallest edit of a written line that makes it right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.diagnosis.edits import Edit, edits_at
from derivex.diagnosis.equation_screen import EquationScreen
from derivex.diagnosis.places import WITHOUT_VALUE, Place, places
from derivex.diagnosis.routes import Routes
from derivex.diagnosis.screening import Screen
from derivex.expression import (
    ONE,
    TWO,
    ZERO,
    At,
    Binder,
    Negative,
    Over,
    Plus,
    Power,
    Times,
    free_symbols,
    number,
    postorder,
)
from derivex.expression.array_nodes import ArrayName
from derivex.expression.literals import LITERAL_TYPES, has_decimal, value_of

__all__ = ["AnyScreen", "slips"]

AnyScreen = Screen | EquationScreen

_MOST_PLACES = 90
_MOST_EDITS = 6000
_CHUNK = 600  # of the far-fetched ones that are looked at together
_MOST_PARTS = 36  # subexpressions of the right line that may have been left out
_MOST_NAMES = 8
_LARGEST_PART = 14  # nodes
_SMALLEST = 1e-30
_LARGEST_OTHER = 8
_DIGITS = 12  # of a decimal that may have been meant
_LARGEST_COUNTED = 200
_LARGEST_NUMBER = 1000
_MOST_VALUES = 8


def slips(routes: Routes, after: Basic, screen: AnyScreen, enough: int = 4) -> list[Edit]:
    """Edits of a wrong line that make it equal to the line before, the likeliest first.

    Args:
        routes: where the line before leads.
        after: the wrong line.
        screen: knows the value of the line before.
        enough: after so many are found, the more far-fetched ones are not looked at.
    """
    if not screen.usable:
        return []
    spots = list(places(after, _MOST_PLACES))
    familiar = {part for line in (routes.start, after) for part in postorder(line)}

    def cost(edit: Edit) -> float:
        """What the line before has is likelier to have been meant."""
        if edit.name == "lost-factor":
            return _cost(edit)
        new = sum(1 for part in postorder(edit.line) if part not in familiar)
        return _cost(edit) + 0.03 * min(new, 10)

    found: list[Edit] = []
    vanishes = all(abs(value) < _SMALLEST for value in screen.wanted) and isinstance(screen, Screen)
    tiers = (_small(routes, after, spots), _solved(after, spots, screen), _parts(routes, spots))
    for tier, at_once in zip(tiers, (_MOST_EDITS, _MOST_EDITS, _CHUNK), strict=True):
        edits = iter(islice(tier, _MOST_EDITS))
        while not found and not screen.time_is_up:
            some = list(islice(edits, at_once))
            if not some:
                break
            if vanishes:  # then anything times 0 would do
                some = [
                    edit
                    for edit in some
                    if edit.wrong is after or ZERO not in postorder(edit.right)
                ]
            fits = set(screen.agreeing([edit.line for edit in some]))
            for edit in sorted((each for each in some if each.line in fits), key=cost):
                if len(found) >= enough:
                    break
                # All make the line right, so a second one of a kind says the same again.
                known = [other for other in found if other.name == edit.name]
                if len(known) < _OF_A_KIND.get(edit.name, 1) and screen.confirms(edit.line):
                    found.append(edit)
    if any(edit.name != "other" for edit in found):
        found = [edit for edit in found if edit.name != "other"]
    return sorted(found, key=cost)


_OF_A_KIND = {"number": 2, "variable": 2}


def _cost(edit: Edit) -> float:
    """How far-fetched an edit is: the kind of edit, then how much it changes.

    A factor is missing from a whole term rather than from a part of it.
    """
    size = 0.02 * min(_size(edit.wrong), 40)
    if edit.name == "sign":
        return edit.cost + size / 4
    return edit.cost + (-size if edit.name == "lost-factor" else size) + _size(edit.part) / 50


def _size(node: Basic | None) -> int:
    return 0 if node is None else sum(1 for _ in islice(postorder(node), _LARGEST_COUNTED))


# -- small edits -------------------------------------------------------------------------------


def _small(routes: Routes, after: Basic, spots: Sequence[Place]) -> Iterator[Edit]:
    both = (routes.start, after)
    indices = list(_indices(*both))
    names = [
        name
        for name in dict.fromkeys(name for line in both for name in free_symbols(line))
        if not isinstance(name, ArrayName) and name not in _bases(*both)
    ][:_MOST_NAMES]
    numbers: dict[Fraction, None] = {}
    for line in both:
        for part in postorder(line):
            if type(part) in LITERAL_TYPES:
                value = value_of(part)
                if value is not None:
                    numbers[value] = None
    if value_of(after) is None and not isinstance(after, WITHOUT_VALUE):
        yield Edit("extra-term", 2.8, after, ZERO, ZERO, (), after)
    for times in (TWO, number(3), number(4)):
        if not isinstance(after, WITHOUT_VALUE):
            yield Edit(
                "lost-factor", 2.4, after, Times(times, after), Times(times, after), (), times
            )
            half = Over(ONE, times)
            line = _over(after, times)
            yield Edit("lost-factor", 2.5, after, line, line, (), half)
    for place in spots:
        bound = [name for name in place.bound if isinstance(name, Symbol)]
        yield from edits_at(place, names, [*indices, *bound], list(numbers)[:10])


def _indices(*roots: Basic) -> dict[Basic, None]:
    found: dict[Basic, None] = {}
    for root in roots:
        for part in postorder(root):
            if type(part) is At:
                found.update(dict.fromkeys(part.args[1:]))
    return found


def _bases(*roots: Basic) -> set[Basic]:
    return {part.args[0] for root in roots for part in postorder(root) if type(part) is At}


# -- a factor that can be worked out -----------------------------------------------------------


def _solved(after: Basic, spots: Sequence[Place], screen: AnyScreen) -> Iterator[Edit]:
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
            right, name, part = _over(node, divisor), "lost-factor", number(ratio)
        else:
            factor, size = number(ratio), number(abs(ratio))
            right = Negative(Times(size, node)) if ratio < 0 else Times(size, node)
            name, part = "lost-factor", factor
        far = abs(ratio.numerator) + ratio.denominator
        line = place.replaced(right)
        yield Edit(name, 2.0 + min(far, 50) / 20, node, right, line, place.bound, part)


def _over(node: Basic, divisor: Basic) -> Basic:
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


# -- parts of the right line -------------------------------------------------------------------


def _parts(routes: Routes, spots: Sequence[Place]) -> Iterator[Edit]:
    """Something that occurs on the way is missing, is there twice, or stands in the wrong place."""
    usable = [
        place
        for place in spots
        if not isinstance(place.holder, At)
        and not (type(place.holder) is Power and place.around[-1][1] == 1)
    ]
    for part in _pool(routes):
        for place in usable:
            node, holder = place.node, place.holder
            if part is node:
                continue
            if type(holder) not in (Times, Negative) and not _below(place):
                yield _edit("lost-factor", 3.0, place, _times(node, part), part)
                yield _edit("extra-factor", 3.4, place, Over(node, part), part)
            if type(holder) is not Plus and type(node) is not Negative:
                yield _edit("lost-term", 3.2, place, Plus(node, part), part)
                yield _edit("lost-term", 3.2, place, Plus(node, Negative(part)), Negative(part))
            own = holder is None or isinstance(holder, WITHOUT_VALUE)  # it would be the answer
            if not own and _size(part) <= _LARGEST_OTHER:
                yield _edit("other", 3.6, place, part, None)


def _below(place: Place) -> bool:
    """Whether it stands in a denominator or an exponent."""
    return any(type(holder) in (Over, Power) and at == 1 for holder, at in place.around)


def _times(node: Basic, factor: Basic) -> Basic:
    """A product with one more factor at its end."""
    if node is ONE:
        return factor
    if type(node) is Negative:
        return Negative(_times(node._args[0], factor))
    return Times(node, factor)


def _edit(name: str, cost: float, place: Place, right: Basic, part: Basic | None) -> Edit:
    return Edit(name, cost, place.node, right, place.replaced(right), place.bound, part)


def _pool(routes: Routes) -> list[Basic]:
    """Small subexpressions of the lines on the way, those of the last lines first."""
    found: dict[Basic, None] = {}
    for derivative in routes.derivatives:
        worked_out = Routes(derivative, routes.book, routes.facts).tidied
        if value_of(worked_out) is None and _size(worked_out) <= _LARGEST_PART:
            found[worked_out] = None
        if len(found) >= _MOST_PARTS // 2:
            break
    for line in (routes.result, *reversed(routes.lines())):
        for part in reversed(list(postorder(line))):
            if part in found or ZERO in part.args or part is line or value_of(part) is not None:
                continue
            if isinstance(part, WITHOUT_VALUE):
                continue
            if isinstance(part, Binder) or _size(part) <= _LARGEST_PART:
                found[part] = None
            if len(found) >= _MOST_PARTS:
                return list(found)
    return list(found)
