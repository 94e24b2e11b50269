"""Differentials: dx, and dz = ∂z/∂x dx + ∂z/∂y dy for the z of which the text says what it is.

A formula alone cannot tell the differential dx from d·x.  Where an equation begins with one, as in
dz = …, the document speaks of differentials, and a d before a letter is one from there on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.documents.document import Formula, HandDefinition
from derivex.expression import (
    Apply,
    D,
    Over,
    Plus,
    Times,
    contains,
    free_symbols,
    function_name,
    substitute,
    symbol,
    transform,
)

__all__ = ["Differentials"]

_D = symbol("d")


class Differentials:
    """The differentials of a document.

    Attributes:
        met: whether an equation has begun with one.
    """

    def __init__(self) -> None:
        self.met = False
        self._by: dict[str, dict[Symbol, None]] = {}  # the x and y of dz = … dx + … dy

    def begins(self, formulas: Iterable[Formula]) -> bool:
        """Whether a chain begins with a differential; it is one from here on."""
        first, *others = (each.expression for each in formulas)
        found = bool(others) and first is not None and _variable(first) is not None
        self.met = self.met or found
        return found

    def meant(
        self, formulas: Iterable[Formula], known: Mapping[str, HandDefinition]
    ) -> list[Formula]:
        """The formulas of a chain with its differentials, and what they are for what is known."""
        read = [self._read(each) for each in formulas]
        if not self.met:
            return read
        letters = {
            each: None
            for formula in read
            if formula.expression is not None
            for each in free_symbols(formula.expression)
            if each.name[:1] == "d" and len(each.name) == 2
        }
        return [self._total(each, letters, known) for each in read]

    def _read(self, formula: Formula) -> Formula:
        """A formula with dx for d·x, if no d stands in it for anything else."""
        expression = formula.expression
        if not self.met or expression is None or not contains(expression, _D):
            return formula
        meant = transform(expression, _with_differentials)
        if contains(meant, _D):
            return formula
        notes = tuple(each for each in formula.notes if " as d·" not in each)
        return replace(formula, expression=meant, notes=notes)

    def _total(
        self, formula: Formula, letters: Iterable[Symbol], known: Mapping[str, HandDefinition]
    ) -> Formula:
        """A formula with ∂z/∂x dx + ∂z/∂y dy for dz."""
        if formula.expression is None:
            return formula
        meant: dict[Basic, Basic] = {}
        for each in free_symbols(formula.expression):
            name = each.name[1:]
            if each.name[:1] != "d" or name not in known:
                continue
            head = known[name].definition
            if head.body is None:
                continue
            of: Basic = (
                Apply(function_name(name), *head.parameters) if head.parameters else symbol(name)
            )
            inside = head.parameters or tuple(free_symbols(head.body))
            by = self._by.setdefault(name, {})
            by.update({letter: None for letter in inside if symbol(f"d{letter}") in letters})
            parts = [Times(D(of, letter), symbol(f"d{letter}")) for letter in by or inside]
            if parts:
                meant[each] = Plus(*parts) if len(parts) > 1 else parts[0]
        if not meant:
            return formula
        return replace(formula, expression=substitute(formula.expression, meant))


def _variable(node: Basic) -> Symbol | None:
    """The z of a formula that is dz, or a quotient such as dz/z."""
    if type(node) is Over:
        return _variable(node.args[0])
    if type(node) is Times and len(node.args) == 2 and node.args[0] is _D:
        return node.args[1] if isinstance(node.args[1], Symbol) else None
    if isinstance(node, Symbol) and len(node.name) == 2 and node.name[0] == "d":
        return symbol(node.name[1])
    return None


def _with_differentials(node: Basic) -> Basic:
    """A product with dx for d and x side by side."""
    if type(node) is not Times or not any(each is _D for each in node.args):
        return node
    parts: list[Basic] = []
    for each in node.args:
        if parts and parts[-1] is _D and isinstance(each, Symbol):
            parts[-1] = symbol(f"d{each.name}")
        else:
            parts.append(each)
    return parts[0] if len(parts) == 1 else Times(*parts)
