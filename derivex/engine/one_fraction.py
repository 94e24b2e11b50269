"""One fraction instead of several, where that is shorter to write."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.derivation import Phase, follow
from derivex.engine.normalise import normal_phase
from derivex.errors import ProblemError
from derivex.expression import Negative, Over, postorder
from derivex.expression.nodes import Node
from derivex.rulebook import RuleBook

__all__ = ["over_one_denominator", "shorter_form", "size_of"]

_TIDY = ("arithmetic", "signs", "denominators", "tidying")
_MULTIPLY_OUT = ("arithmetic", "denominators", "expanding", "tidying")
_ONE_DENOMINATOR = ("arithmetic", "signs", "common-denominator", "denominators", "tidying")


def size_of(expression: Basic) -> int:
    """The number of nodes that are written, repeated ones each time."""
    sizes: dict[Basic, int] = {}
    for node in postorder(expression):
        parts = node._args if isinstance(node, Node) else ()
        sizes[node] = 1 + sum(sizes[part] for part in parts)
    return sizes[expression]


def over_one_denominator(start: Basic, book: RuleBook) -> list[Phase]:
    """The phases that bring an expression over one denominator and multiply the top out.

    Raises:
        ProblemError: there would be too many terms.
    """
    phases = [normal_phase(start, book, *_ONE_DENOMINATOR)]
    phases.append(_inside(phases[-1].result, book))
    phases.append(normal_phase(phases[-1].result, book, "arithmetic", "cancelling"))
    return [phase for phase in phases if phase.result is not phase.start]


def _inside(start: Basic, book: RuleBook) -> Phase:
    """Multiply out the numerator of a fraction, or the whole where it is none."""
    fraction = start.args[0] if type(start) is Negative else start
    if type(fraction) is not Over:
        return normal_phase(start, book, *_MULTIPLY_OUT)
    steps = dict(normal_phase(fraction.args[0], book, *_MULTIPLY_OUT).steps)
    after = follow(start, steps)
    return Phase(start, steps, after)


def shorter_form(start: Basic, book: RuleBook) -> list[Phase]:
    """The phases to the form over one denominator, none where it is not shorter."""
    if not any(type(node) is Over for node in postorder(start)):
        return []
    try:
        phases = over_one_denominator(start, book)
    except ProblemError:
        return []
    if not phases:
        return []
    last = normal_phase(phases[-1].result, book, *_TIDY)
    if last.result is not last.start:
        phases.append(last)
    return phases if size_of(phases[-1].result) < size_of(start) else []
