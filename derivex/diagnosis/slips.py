"""Plain slips: the smallest edit of a written line that makes it right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.diagnosis.edits import Edit, edits_at
from derivex.diagnosis.equation_screen import AnyScreen, EquationScreen
from derivex.diagnosis.exchanges import exchanges
from derivex.diagnosis.missing_parts import missing_parts
from derivex.diagnosis.multiples import multiples, over, with_factor
from derivex.diagnosis.normal_form import NormalForms
from derivex.diagnosis.places import WITHOUT_VALUE, Place, places, size_of
from derivex.diagnosis.routes import Routes
from derivex.diagnosis.screening import Screen
from derivex.expression import (
    ONE,
    TWO,
    ZERO,
    At,
    Equation,
    Negative,
    Over,
    Times,
    free_symbols,
    number,
    postorder,
)
from derivex.expression.array_nodes import ArrayName
from derivex.expression.literals import LITERAL_TYPES, value_of

__all__ = ["slips"]

_MOST_PLACES = 90
_MOST_EDITS = 6000
_CHUNK = 600  # of the far-fetched ones that are looked at together
_MOST_NAMES = 8
_SMALLEST = 1e-30
_FURTHER = 0.7  # what costs so much more than the likeliest edit is not told beside it


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
    spots = [place for place in places(after, _MOST_PLACES) if not _solved_for(place)]
    before = set(postorder(routes.start))
    familiar = before | set(postorder(after))

    def cost(edit: Edit) -> float:
        """What the line before has is likelier to have been meant."""
        if _is_odd(edit):
            return _cost(edit) + 0.8
        if edit.name == "lost-factor":
            return _cost(edit)
        if edit.name == "variable" and edit.right not in before:
            return _cost(edit) + 0.5
        new = sum(1 for part in postorder(edit.line) if part not in familiar)
        return _cost(edit) + 0.03 * min(new, 10)

    found: list[Edit] = []
    forms = NormalForms()
    vanishes = all(abs(value) < _SMALLEST for value in screen.wanted) and isinstance(screen, Screen)
    small = _small(routes, after, spots)
    tiers = (small, multiples(after, spots, screen), missing_parts(routes, spots))
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
                key = forms.key(edit.line)
                known = [other for other in found if other.name == edit.name]
                if any(
                    forms.key(other.line) == key
                    for other in (found if routes.derivatives else known)
                ):
                    continue
                if len(known) < _OF_A_KIND.get(edit.name, 1) and screen.confirms(edit.line):
                    found.append(edit)
    if any(edit.name != "other" for edit in found):
        found = [edit for edit in found if edit.name != "other"]
    if isinstance(screen, EquationScreen):
        found = [
            edit
            for edit in found
            if not (_is_odd(edit) or _inside_a_value(edit, after) or _unsolves(edit, after))
            # x³ = 8 holds where x = 2 does, and is not what was meant.
            and (edit.name != "exponent" or edit.right in before)
        ]
    if not routes.derivatives and any(edit.name == "number" for edit in found):
        # 8x³ rather than 4 · 2x³
        found = [edit for edit in found if edit.name != "lost-factor" or not _is_number(edit.part)]
    found.sort(key=cost)
    return [edit for edit in found if cost(edit) <= cost(found[0]) + _FURTHER]


def _is_odd(edit: Edit) -> bool:
    """Whether a fraction would have to stand where a whole number does, or be multiplied with."""
    if edit.name == "number":
        wrong, right = value_of(edit.wrong), value_of(edit.right)
        return bool(wrong and right and wrong.denominator == 1 and right.denominator > 1)
    factor = value_of(edit.part) if edit.name == "lost-factor" and edit.part else None
    return factor is not None and factor.denominator > 1 and abs(factor.numerator) > 1


def _unsolves(edit: Edit, after: Basic) -> bool:
    """Whether x = … would no longer say what x is."""
    if type(after) is not Equation or type(edit.line) is not Equation:
        return False
    name, value = after.args
    solved = isinstance(name, Symbol) and name not in free_symbols(value)
    return solved and name in free_symbols(edit.line.args[1])


def _inside_a_value(edit: Edit, after: Basic) -> bool:
    """Whether a number is changed in x = 12 − 3, where the value of all of it is what counts."""
    if (
        edit.name != "number"
        or type(after) is not Equation
        or not isinstance(after.args[0], Symbol)
    ):
        return False
    value = after.args[1]
    whole = (value, value.args[0] if type(value) is Negative else value)
    return not free_symbols(value) and edit.wrong not in whole


def _is_number(node: Basic | None) -> bool:
    return node is not None and value_of(node) is not None


def _solved_for(place: Place) -> bool:
    """Whether it is what an equation is solved for: with b = 1/11 nobody means −b = 1/11."""
    if type(place.holder) is not Equation or not isinstance(place.node, Symbol):
        return False
    other = place.holder.args[1 - place.around[-1][1]]
    return place.node not in free_symbols(other)


_OF_A_KIND = {"number": 2, "variable": 2}


def _cost(edit: Edit) -> float:
    """How far-fetched an edit is: the kind of edit, then how much it changes.

    A factor is missing from a whole term rather than from a part of it.
    """
    size = 0.02 * min(size_of(edit.wrong), 40)
    if edit.name == "sign":
        return edit.cost + size / 4
    return edit.cost + (-size if edit.name == "lost-factor" else size) + size_of(edit.part) / 50


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
        leads = type(after) is Times and value_of(after.args[0]) is not None
        if not isinstance(after, WITHOUT_VALUE) and not (leads and not routes.derivatives):
            product = with_factor(after, times)
            yield Edit("lost-factor", 2.4, after, product, product, (), times)
            half = Over(ONE, times)
            line = over(after, times)
            yield Edit("lost-factor", 2.5, after, line, line, (), half)
    for place in spots:
        bound = [name for name in place.bound if isinstance(name, Symbol)]
        yield from edits_at(place, names, [*indices, *bound], list(numbers)[:10])
    yield from exchanges(spots)


def _indices(*roots: Basic) -> dict[Basic, None]:
    found: dict[Basic, None] = {}
    for root in roots:
        for part in postorder(root):
            if type(part) is At:
                found.update(dict.fromkeys(part.args[1:]))
    return found


def _bases(*roots: Basic) -> set[Basic]:
    return {part.args[0] for root in roots for part in postorder(root) if type(part) is At}
