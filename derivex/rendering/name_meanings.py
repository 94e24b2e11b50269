"""What the names of an exercise stand for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.equality.survey import survey
from derivex.equality.unknown import with_stand_ins
from derivex.expression import Apply, Named, postorder, substitute, symbol
from derivex.expression.array_nodes import ArrayName
from derivex.expression.functions import Function, Functions
from derivex.expression.node import ImplicitName
from derivex.matching.pattern import OF_WHOLE_ARRAYS
from derivex.sheets import Sheet

__all__ = ["abbreviations", "implicit", "sources", "with_definitions"]


def with_definitions(
    roots: Sequence[Basic], functions: Functions
) -> tuple[Functions, dict[str, Function]]:
    """The functions, with something definite for those of which nothing is known."""
    calls = survey(roots).calls
    unknown = {name: calls[name] for name in calls.keys() - OF_WHOLE_ARRAYS}
    extended, _ = with_stand_ins(roots, unknown, functions)
    return extended, {
        name: function for name, function in extended.items() if name not in functions
    }


def implicit(roots: Sequence[Basic], stand_ins: Mapping[str, Function]) -> dict[Basic, Basic]:
    """What stands for quantities that depend on others: the y of x that an equation determines."""
    found: dict[Basic, Basic] = {}
    for root in roots:
        for node in postorder(root):
            if type(node) is Apply and type(node.args[0]) is ImplicitName:
                name = node.args[0]
                function = stand_ins.get(name.name)
                if function is not None and function.definition is not None:
                    put = dict(zip(function.parameters, name.arguments, strict=True))
                    found[symbol(name.name)] = substitute(function.definition, put)
    return found


def abbreviations(sheet: Sheet, roots: Sequence[Basic]) -> dict[Basic, Basic]:
    """What names stand for: those that the lesson defines, and those that a row introduces.

    A row may give a name to a part of it: with u = x².  It goes before one of the lesson.
    """
    found: dict[Basic, Basic] = dict(sheet.knowledge.defined.abbreviations)
    for root in roots:
        for node in postorder(root):
            if type(node) is Named:
                found[symbol(node.args[0].name)] = node.args[1]
    return {name: body for name, body in found.items() if isinstance(name, Symbol)}


def sources(roots: Sequence[Basic]) -> dict[Symbol, Symbol]:
    """The families of vectors that are the rows of a matrix: they have its entries."""
    return {
        symbol(node.name): symbol(node.source)
        for root in roots
        for node in postorder(root)
        if type(node) is ArrayName and node.source
    }
