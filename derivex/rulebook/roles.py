"""What the letters of a form are used as: variable, index, function, one or several values."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    Antiderivative,
    Apply,
    At,
    Binder,
    Branch,
    Delta,
    Dots,
    Integral,
    Limit,
    Subdifferential,
    postorder,
)
from derivex.expression.array_nodes import DERIVATIVES, ArrayName
from derivex.matching import Letters

__all__ = ["Roles", "roles_of"]


@dataclass(frozen=True)
class Roles:
    """The letters of a left-hand side, by what they are used as.

    Args:
        variables: what derivatives are by, and the unknown of a move.
        indices: indices of sums.
        limits: variables of limits.
        points: where those go.
        bounds: bounds of sums, which stand for whole numbers.
        integrated: variables of integrals that no derivative is by.
        plain: variables of derivatives that an integral has, too, so that they are symbols.
        data: what is indexed.
        subscripts: indices of entries and of δ that no sum runs over.
        repeated: letters with dots after them, which stand for several operands.
        sizes: the letters in the shapes of arrays.
        places: the letters that say which entry of an array is meant.
        conditions: letters that stand for conditions, as p of "if p then u".
        contexts: each function letter f with the u of f(u).
        values: all other letters, those before the dots and the u of f(u) included.
    """

    variables: tuple[str, ...]
    indices: tuple[str, ...]
    limits: tuple[str, ...]
    points: tuple[str, ...]
    bounds: tuple[str, ...]
    integrated: tuple[str, ...]
    plain: frozenset[str]
    data: tuple[str, ...]
    subscripts: tuple[str, ...]
    repeated: frozenset[str]
    conditions: tuple[str, ...]
    sizes: tuple[str, ...]
    places: frozenset[str]
    contexts: dict[str, str]
    values: tuple[str, ...]


def roles_of(before: Basic, letters: Letters) -> Roles:
    """Look over a left-hand side."""
    variables: dict[str, None] = dict.fromkeys([letters.unknown] if letters.unknown else [])
    indices: dict[str, None] = {}
    limits: dict[str, None] = {}
    points: dict[str, None] = {}
    bounds: dict[str, None] = {}
    integrated: dict[str, None] = {}
    data: dict[str, None] = {}
    subscripts: dict[str, None] = {}
    repeated: set[str] = set()
    places: set[str] = set()
    conditions: dict[str, None] = {}
    contexts: dict[str, str] = {}

    def name(node: Basic) -> list[str]:
        if isinstance(node, (Symbol, ArrayName)) and letters.is_letter(node):
            return [node.name]
        return []

    parts = list(postorder(before))
    for node in parts:
        operands = node.args
        if type(node) in DERIVATIVES or type(node) is Subdifferential:
            variables.update(dict.fromkeys(name(operands[1])))
        elif isinstance(node, Limit):
            limits.update(dict.fromkeys(name(operands[1])))
            points.update(dict.fromkeys(name(operands[2])))
        elif isinstance(node, (Integral, Antiderivative)):
            integrated.update(dict.fromkeys(name(operands[1])))
        elif isinstance(node, Binder):
            indices.update(dict.fromkeys(name(operands[1])))
            bounds.update(dict.fromkeys(each for bound in operands[2:] for each in name(bound)))
        elif type(node) is Branch and len(operands) > 1:
            conditions.update(dict.fromkeys(name(operands[1])))
        elif type(node) is At and letters.arrays is not None:
            places.update(each for place in operands[1:] for each in name(place))
        elif type(node) is At:
            data.update(dict.fromkeys(name(operands[0])))
            subscripts.update(dict.fromkeys(each for part in operands[1:] for each in name(part)))
        elif type(node) is Delta:
            subscripts.update(dict.fromkeys(each for part in operands for each in name(part)))
        elif type(node) is Apply and letters.is_context(node):
            contexts[str(operands[0])] = name(operands[1])[0]
        if any(type(operand) is Dots for operand in operands):
            before_dots = operands[[type(each) is Dots for each in operands].index(True) - 1]
            several = before_dots.args if type(before_dots) is Branch else (before_dots,)
            repeated.update(each for operand in several for each in name(operand))
    subscripts = {name: None for name in subscripts if name not in indices}
    bounds = {name: None for name in bounds if name not in indices}
    plain = frozenset(variables.keys() & integrated.keys())
    for each in plain:
        del integrated[each]
    sizes = {
        size.name: None
        for array in (letters.arrays or {}).values()
        for size in (array.rows, array.columns)
        if isinstance(size, Symbol) and size.name in letters.slots
    }
    ruled = {*variables, *indices, *limits, *points, *bounds, *data, *subscripts}
    taken = {*ruled, *conditions, *sizes, *integrated}
    values = tuple(each for part in parts for each in name(part) if each not in taken)
    return Roles(
        tuple(variables),
        tuple(indices),
        tuple(limits),
        tuple(points),
        tuple(bounds),
        tuple(integrated),
        plain,
        tuple(data),
        tuple(subscripts),
        frozenset(repeated),
        tuple(conditions),
        tuple(sizes),
        frozenset(places),
        contexts,
        values,
    )
