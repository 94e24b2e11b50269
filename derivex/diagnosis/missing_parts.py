"""What a line lacks, or has too much of, among the parts of the lines that the rules lead to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sympy.core.basic import Basic

from derivex.diagnosis.edits import Edit
from derivex.diagnosis.places import WITHOUT_VALUE, Place, size_of
from derivex.diagnosis.routes import Routes
from derivex.expression import ONE, ZERO, At, Binder, Negative, Over, Plus, Power, Times, postorder
from derivex.expression.literals import value_of

__all__ = ["missing_parts"]

_MOST_PARTS = 36  # subexpressions of the right line that may have been left out
_LARGEST_PART = 14  # nodes
_LARGEST_OTHER = 8


def missing_parts(routes: Routes, spots: Sequence[Place]) -> Iterator[Edit]:
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
            own = own or value_of(node) is not None  # nobody writes a number for a formula
            if not own and size_of(part) <= min(_LARGEST_OTHER, size_of(node) + 2):
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
        if value_of(worked_out) is None and size_of(worked_out) <= _LARGEST_PART:
            found[worked_out] = None
        if len(found) >= _MOST_PARTS // 2:
            break
    for line in (routes.result, *reversed(routes.lines())):
        for part in reversed(list(postorder(line))):
            if part in found or ZERO in part.args or part is line or value_of(part) is not None:
                continue
            if isinstance(part, WITHOUT_VALUE):
                continue
            if isinstance(part, Binder) or size_of(part) <= _LARGEST_PART:
                found[part] = None
            if len(found) >= _MOST_PARTS:
                return list(found)
    return list(found)
