"""Names that mean something else in a derivation than they did before it.

In a sheet of exercises y = x^x of one says nothing of the y in ∂(x² y)/∂x of the next one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from sympy import Symbol

from derivex.checking.knowledge import Knowledge
from derivex.checking.progress import formulas_of
from derivex.documents import Chain, Formula, HandDefinition, HandDerivation
from derivex.expression import (
    Apply,
    FunctionName,
    Prime,
    free_symbols,
    function_of,
    postorder,
    substitute,
    symbol,
)

__all__ = ["names_of_before", "with_own_names"]

_READ_AS_CALL = re.compile(r"I read (\w+) as \1\(\w+\)")


def names_of_before(
    derivation: HandDerivation, knowledge: Knowledge, previous: HandDerivation | None
) -> list[str]:
    """The quantities in a derivation that got their meaning before it, and may have lost it.

    What was said to be, "let y = x²", holds for what comes next in its section, and as long as it
    is used.

    Args:
        derivation: as it was read.
        knowledge: what is known where it begins.
        previous: the derivation before it.
    """
    said = {
        each.definition.name
        for each in derivation.scope
        if each.said != "form" and not _is_over(each, previous)
    } - derivation.elsewhere
    found: dict[str, None] = {}
    for formula in _formulas(derivation):
        if formula.expression is not None:
            names = (name.name for name in free_symbols(formula.expression))
            found.update(dict.fromkeys(name for name in names if symbol(name) in knowledge.names))
            found.update(dict.fromkeys(_bare(formula)))
    primed = {
        function_of(node)[0].name
        for root in formulas_of(derivation)
        for node in postorder(root)
        if type(node) is Prime
    }
    return [name for name in found if name not in said | primed]


def _is_over(definition: HandDefinition, previous: HandDerivation | None) -> bool:
    """Whether a derivation came after a definition that had nothing to do with it."""
    if previous is None or definition.place.source != previous.place.source:
        return False
    name = definition.definition.name
    return definition.place.start < previous.place.start and not any(
        name in (node.name for node in postorder(root) if isinstance(node, (Symbol, FunctionName)))
        for root in formulas_of(previous)
    )


def _formulas(derivation: HandDerivation) -> Iterator[Formula]:
    for row in derivation.rows:
        for chain in row.chains:
            yield from chain.formulas


def _bare(formula: Formula) -> list[str]:
    """The functions that stand in a formula without what they are applied to: y, read as y(x)."""
    told = (_READ_AS_CALL.fullmatch(note) for note in formula.notes)
    return [found[1] for found in told if found is not None]


def with_own_names(derivation: HandDerivation, names: Collection[str]) -> HandDerivation:
    """A derivation in which some names are variables of their own.

    Args:
        derivation: as it was read.
        names: those of which nothing is known any more.
    """
    told = set(names)

    def formula(each: Formula) -> Formula:
        if each.expression is None:
            return each
        bare = _bare(each)
        plain = {
            node: symbol(node.args[0].name)
            for node in postorder(each.expression)
            if type(node) is Apply and type(node.args[0]) is not Prime
            if node.args[0].name in names and node.args[0].name in bare
        }
        meant = substitute(each.expression, plain)
        new = [name for name in told if symbol(name) in free_symbols(meant)]
        told.difference_update(new)
        said = "; ".join(
            f"{name} is a variable of its own here, not the one before" for name in new
        )
        return replace(each, expression=meant, chosen=each.chosen or said)

    def chain(each: Chain) -> Chain:
        return replace(each, formulas=tuple(map(formula, each.formulas)))

    rows = tuple(replace(row, chains=tuple(map(chain, row.chains))) for row in derivation.rows)
    scope = tuple(each for each in derivation.scope if each.definition.name not in names)
    return replace(derivation, rows=rows, scope=scope)
