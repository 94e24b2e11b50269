"""Names that stand with indices in one formula and without them in another.

In Σ_i x_i A_ik and A_k x of the same derivation A_k is a row of a matrix and x a vector; as
numbers they would be misread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.documents.document import Chain, Formula, HandRow
from derivex.errors import ReadError
from derivex.expression import Apply, At, D, Mean, RaisedName
from derivex.expression.array_nodes import ArrayName, Nabla

__all__ = ["in_step", "indices_of"]


def in_step(rows: list[HandRow], elementary: Callable[[str], bool]) -> list[HandRow]:
    """The rows of a derivation, with an error in place of what would be misread.

    Args:
        rows: the rows.
        elementary: whether a function is one that is applied to numbers.
    """
    read = {
        formula.expression: indices_of([formula.expression], elementary)
        for row in rows
        for chain in row.chains
        for formula in chain.formulas
        if formula.expression is not None
    }
    counts: dict[Basic, set[int]] = {}
    for own in read.values():
        for name, some in own.items():
            counts.setdefault(name, set()).update(some)
    if not any(min(each) < max(each) for each in counts.values()):
        return rows
    return [
        replace(row, chains=tuple(_chain_in_step(chain, read, counts) for chain in row.chains))
        for row in rows
    ]


def _chain_in_step(
    chain: Chain,
    read: Mapping[Basic, Mapping[Basic, set[int]]],
    counts: Mapping[Basic, set[int]],
) -> Chain:
    formulas: list[Formula] = []
    for formula in chain.formulas:
        found = formula.expression
        named = isinstance(found, Symbol) and not formulas and not chain.continues
        wrong = None if found is None or named else _out_of_step(read[found], counts)
        if wrong is not None:
            hint = "write the index, or give the shape of the array"
            error = ReadError(wrong, formula.place, hint)
            formula = replace(formula, expression=None, error=error)
        formulas.append(formula)
    return replace(chain, formulas=tuple(formulas))


def indices_of(
    expressions: Iterable[Basic], elementary: Callable[[str], bool]
) -> dict[Basic, set[int]]:
    """With how many indices the names of some formulas stand; 0 where a name stands alone.

    What a function of the document is applied to, what is differentiated by, and what a mean is
    taken of may stand for all entries: these are passed over.

    Args:
        expressions: the formulas.
        elementary: whether a function is one that is applied to numbers.
    """
    found: dict[Basic, set[int]] = {}
    for expression in expressions:
        stack: list[Basic] = [expression]
        while stack:
            node = stack.pop()
            if type(node) is At:
                base = node.args[0]
                if isinstance(base, (Symbol, RaisedName)):
                    found.setdefault(base, set()).add(len(node.args) - 1)
                    stack.extend(node.args[1:])
                else:
                    stack.extend(node.args)
            elif isinstance(node, Symbol):
                found.setdefault(node, set()).add(0)
            elif type(node) is Apply:
                if elementary(str(node.args[0])):
                    stack.extend(node.args[1:])
            elif type(node) in (D, Nabla):
                if not isinstance(node.args[0], Symbol):
                    stack.append(node.args[0])
            elif type(node) not in (Mean, ArrayName):
                stack.extend(node.args)
    return found


def _out_of_step(found: Mapping[Basic, set[int]], counts: Mapping[Basic, set[int]]) -> str | None:
    """What is wrong with a formula in which a name stands without an index that it has elsewhere.

    x_i and x_ij are two things; the L that L = Σ_i L_i begins with is another one as well.

    Args:
        found: with how many indices its names stand.
        counts: with how many they stand in the whole derivation.
    """
    for name, own in found.items():
        most = max(counts.get(name, {0}))
        if 0 in own and most > 0:
            more = "one" if most == 1 else str(most)
            return f"{name} stands here with no index, and with {more} in the same derivation"
    return None
