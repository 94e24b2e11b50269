"""What a line may take for granted: values of unknown functions, and conditions."""

from __future__ import annotations

from collections.abc import Mapping

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.checking.dependents import is_slope, opened
from derivex.checking.knowledge import Knowledge
from derivex.expression import (
    Apply,
    At,
    D,
    FunctionName,
    free_symbols,
    function_of,
    postorder,
    value_of,
)
from derivex.expression.elementary import ELEMENTARY
from derivex.notation import Definition

__all__ = ["definition_in", "is_condition", "new_premise", "unknowns"]


def unknowns(root: Basic, knowledge: Knowledge) -> dict[str, str]:
    """What nothing is known of: functions, their derivatives, and implicit quantities.

    Returns:
        for each of them the name that a reader knows it by.

    >>> from derivex.expression import function_name, symbol
    >>> unknowns(Apply(function_name("f"), symbol("x")), Knowledge())
    {'f': 'f'}
    """
    found: dict[str, str] = {}
    dependent = {name for name, _ in knowledge.dependence}
    for node in postorder(opened(root, knowledge.dependence)):
        if type(node) is At and is_slope(node.args[0]):
            # A derivative by an entry: those by others are something else.
            found[str(node)] = str(node.args[0])
        elif isinstance(node, Symbol):
            if node in knowledge.implicit or node.name in dependent or is_slope(node):
                found[node.name] = node.name
        elif type(node) is Apply:
            head, places = function_of(node.args[0])
            function = knowledge.functions.get(head.name)
            known = function is not None and (
                function.definition is not None or function.means is not None
            )
            if not known and (function is not None or head.name not in ELEMENTARY):
                name = head.name + "′" * len(places)
                found[name] = name
    return found


def new_premise(
    before: Basic, after: Basic, knowledge: Knowledge, facts: Mapping[Basic, Basic]
) -> str:
    """What a line says of something unknown, in a sentence; empty if it says nothing new.

    A line in which an unknown quantity comes in or disappears, dy/dx = 2x, tells what it is.
    """
    left, right = unknowns(before, knowledge), unknowns(after, knowledge)
    both = {**left, **right}
    names = dict.fromkeys(both[key] for key in both if (key in left) != (key in right))
    if not names or before in facts:
        return ""
    told = " and ".join(names)
    verb = "is" if len(names) == 1 else "are"
    return f"taken as given: the text does not say what {told} {verb}"


def definition_in(before: Basic, after: Basic) -> Definition | None:
    """The definition that an equality may be: a name, or f(x, …), for what does not hold it.

    >>> from derivex.expression import TWO, Power, symbol
    >>> definition_in(symbol("y"), Power(symbol("u"), TWO)).name
    'y'
    """
    if isinstance(before, Symbol) and before not in free_symbols(after):
        return Definition(before.name, (), after)
    if type(before) is Apply and type(before.args[0]) is FunctionName:
        name, parameters = before.args[0].name, before.args[1:]
        distinct = len(set(parameters)) == len(parameters)
        names = [each for each in parameters if isinstance(each, Symbol)]
        used = any(
            type(node) is Apply and function_of(node.args[0])[0].name == name
            for node in postorder(after)
        )
        if distinct and len(names) == len(parameters) and not used and name not in ELEMENTARY:
            return Definition(name, tuple(names), after)
    return None


def is_condition(before: Basic, after: Basic, opening: bool, solved: bool) -> bool:
    """Whether an equality that ends a chain is meant as a condition, such as … = 0.

    A derivative of something known is never 0 by decree, unless an equation is being solved.
    """
    constant, other = (after, before) if _is_number(after) else (before, after)
    if not _is_number(constant) or not free_symbols(other):
        return False
    if any(type(node) is D for node in postorder(other)) and not solved:
        return False
    return solved or opening or value_of(constant) == 0


def _is_number(root: Basic) -> bool:
    return not free_symbols(root)
