"""Differentials: dx, and dz = ∂z/∂x dx + ∂z/∂y dy for the z of which the text says what it is.

A formula alone cannot tell the differential dx from d·x.  Where an equation begins with one, as in
dz = … or d(u v) = u dv + v du, the document speaks of differentials, and a d before a letter is
one from there on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
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
_OF_BRACKET = re.compile(r"\s*d\s*(?:\\left\s*)?\([^()]*\)\s*")


class Differentials:
    """The differentials of a document.

    Attributes:
        met: whether an equation has begun with one.
    """

    def __init__(self) -> None:
        self.met = False
        self._by: dict[str, dict[Symbol, None]] = {}  # the x and y of dz = … dx + … dy

    def begins(self, formulas: Sequence[Formula]) -> bool:
        """Whether a chain begins with a differential; it is one from here on."""
        first = formulas[0].expression
        found = len(formulas) > 1 and first is not None and _variable(first) is not None
        if len(formulas) > 1 and _operand(formulas[0]) is not None:
            found = _with_meant(formulas) is not formulas
        self.met = self.met or found
        return found

    def meant(
        self, formulas: Sequence[Formula], known: Mapping[str, HandDefinition]
    ) -> Sequence[Formula]:
        """The formulas of a chain with its differentials, and what they are for what is known."""
        if not self.met:
            return formulas
        read = _with_meant(formulas)
        letters = {symbol(f"d{each.name}"): None for each in _letters(read)}
        return [self._total(each, letters, known) for each in read]

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


def _with_meant(formulas: Sequence[Formula]) -> Sequence[Formula]:
    """The formulas of a chain with dx for d·x, if no d stands in them for anything else."""
    letters = _letters(formulas)
    read: list[Formula] = []
    for formula in formulas:
        inside = _operand(formula)
        meant = formula.expression
        if meant is not None and contains(meant, _D):
            total = None if inside is None else _of_expression(inside, letters)
            meant = total or transform(meant, _with_differentials)
            if contains(meant, _D):
                return formulas
            notes = tuple(each for each in formula.notes if " as d·" not in each)
            formula = replace(formula, expression=meant, notes=notes)
        read.append(formula)
    return read


def _letters(formulas: Sequence[Formula]) -> dict[Symbol, None]:
    """The x and y of the dx and dy in a chain."""
    found: dict[Symbol, None] = {}
    for formula in formulas:
        if formula.expression is not None:
            for each in free_symbols(transform(formula.expression, _with_differentials)):
                if each.name[:1] == "d" and len(each.name) == 2:
                    found[symbol(each.name[1])] = None
    return found


def _operand(formula: Formula) -> Basic | None:
    """What d is before, if a formula is nothing but that: u v of d(u v), not x of dx."""
    root = formula.expression
    if type(root) is not Times or root.args[0] is not _D:
        return None
    if len(root.args) == 2:
        return None if isinstance(root.args[1], Symbol) else root.args[1]
    # Brackets about a product are not kept.
    return Times(*root.args[1:]) if _OF_BRACKET.fullmatch(formula.text) else None


def _of_expression(inside: Basic, letters: Iterable[Symbol]) -> Basic | None:
    """The differential of an expression by the letters in it: d(u v) is v du + u dv."""
    parts = [
        Times(D(inside, each), symbol(f"d{each.name}"))
        for each in letters
        if contains(inside, each)
    ]
    if not parts:
        return None
    return Plus(*parts) if len(parts) > 1 else parts[0]


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
