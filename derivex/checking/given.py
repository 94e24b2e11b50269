"""What is taken as given by its form: definitions, updates, and what is left alone."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.checking.knowledge import Knowledge
from derivex.checking.links import Finding
from derivex.checking.premises import definition_in
from derivex.checking.progress import Progress, Spot
from derivex.expression import Apply, contains, function_of, symbol

__all__ = ["EQUALITIES", "is_defined", "is_of_name", "taken_as_given"]

EQUALITIES = ("=", "≡", "≈")
"""The signs after which something is claimed."""
_LEFT_ALONE = {"→": "an arrow", "∝": "a proportionality"}


def taken_as_given(before: Basic, spot: Spot, progress: Progress) -> Finding | None:
    """Definitions, updates and what is left alone; None for what is to be judged."""
    definition, sign = spot.chain.definition, spot.sign
    if spot.opening and definition is not None:
        body = definition.definition.body
        name = definition.definition.name
        if sign == ":=" and body is not None and contains(body, before):
            return Finding("definition", f"an update of {name}")
        if definition.said != "form":
            progress.define(definition.definition, said=True)
            return Finding("definition", f"the definition of {name}")
    if sign == ":=":
        return Finding("definition", "an update")
    if sign and sign not in EQUALITIES:
        if len(spot.row.chains) > 1:  # sin x = 1/2, 0 < x < π/2
            progress.restrict(before, sign, spot.formula.expression)
        return Finding("definition", f"{_LEFT_ALONE.get(sign, 'an inequality')}: left alone")
    return None


def is_defined(before: Basic, after: Basic, progress: Progress) -> bool:
    """Whether a row has the form of a definition, of what has one."""
    definition = definition_in(before, after)
    if definition is None or is_of_name(before, progress.knowledge):
        return False
    return progress.knowledge.defines(definition.name)


def is_of_name(call: Basic, knowledge: Knowledge) -> bool:
    """Whether S(x) stands where only a name S was defined."""
    if type(call) is not Apply:
        return False
    name = function_of(call.args[0])[0].name
    function = knowledge.functions.get(name)
    unknown = function is None or function.definition is None
    return unknown and symbol(name) in knowledge.names
