"""Derivatives that are set to zero: "setting ∇J to zero gives w = …", or a row 0 = … below them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sympy.core.basic import Basic

from derivex.checking.links import DERIVATIVES
from derivex.checking.progress import formulas_of
from derivex.documents import HandDerivation, HandRow
from derivex.documents.languages import TO_ZERO
from derivex.expression import ZERO, Apply, D, Equation, function_of, postorder
from derivex.expression.array_nodes import Nabla

__all__ = ["differentiated_by", "is_derivative", "says_zero", "set_to_zero"]

_TO_ZERO = re.compile(
    rf"\b(?:(?:to|equals?) (?:be )?(?:zero|\$?0\$?)|{TO_ZERO})\b",
    re.IGNORECASE,
)
_FEW = 120  # characters between two derivations of which the second goes on with the first


def says_zero(derivation: HandDerivation, following: HandDerivation) -> bool:
    """Whether the words between two derivations set something to zero."""
    between = derivation.place.source[derivation.place.end : following.place.start]
    return len(between) <= _FEW and _TO_ZERO.search(between) is not None


def set_to_zero(rows: Sequence[HandRow]) -> list[list[Basic]]:
    """The derivatives that some rows work out, each set to zero."""
    found: dict[int, Basic] = {}
    column = -1
    for row in rows:
        for chain in row.chains:
            first, last = chain.formulas[0].expression, chain.formulas[-1].expression
            if not chain.continues:
                column = len(found) if first is not None and is_derivative(first) else -1
            if column >= 0 and last is not None:
                found[column] = Equation(last, ZERO)
    return [[each] for each in found.values()]


def is_derivative(root: Basic) -> bool:
    """Whether something is a derivative, f'(x) or a gradient."""
    return type(root) in DERIVATIVES or (type(root) is Apply and bool(function_of(root.args[0])[1]))


def differentiated_by(derivation: HandDerivation) -> frozenset[Basic]:
    """The letters by which anything is differentiated in a derivation."""
    found: set[Basic] = set()
    for node in (node for root in formulas_of(derivation) for node in postorder(root)):
        if type(node) in (D, Nabla):
            found.add(node.args[1])
        elif type(node) is Apply and function_of(node.args[0])[1]:
            found.update(node.args[1:])
    return frozenset(found)
