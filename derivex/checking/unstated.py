"""Assumptions that a text leaves out because its readers take them for granted.

2Wᵀ for W + Wᵀ, or y for y Σ_j t_j, is no mistake where W is a covariance matrix and t holds
probabilities, but a text that does not say so is not refuted by another W or t.  Such a line is
undecided, and what it needs is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.checking.identities import symmetric_entries
from derivex.checking.knowledge import Knowledge
from derivex.checking.links import OTHER_LAYOUT, Finding, compare, transposed_derivatives
from derivex.checking.unsaid import behind
from derivex.expression import (
    ONE,
    Apply,
    At,
    D,
    Over,
    Product,
    Times,
    Total,
    free_symbols,
    function_name,
    postorder,
    substitute,
    symbol,
)
from derivex.expression.array_nodes import ArrayName, Nabla, Transpose, array_name
from derivex.notation import TextWriter

__all__ = ["unstated"]

_MOST = 8  # of a kind
_COUNT = symbol("n")
_COUNTS = ("N", "m", "M", "T")
"""Letters for the number of data, beside n."""


@dataclass(frozen=True)
class _Assumption:
    """What may be taken for granted: ``said`` in words, and what it makes of an expression.

    A ``usual`` one is a convention, with which a line is right.
    """

    said: str
    applied: Callable[[Basic], Basic]
    usual: bool = False


def unstated(
    before: Basic,
    after: Basic,
    knowledge: Knowledge,
    derivation: Sequence[Basic] = (),
    equalities: Sequence[tuple[Basic, Basic]] = (),
) -> Finding | None:
    """That two formulas are equal if something customary is assumed; None if that does not help.

    Args:
        before: a formula.
        after: another one, which is not equal to it for all values.
        knowledge: what is known; nothing is assumed about what is declared or given.
        derivation: all formulas of the derivation, which tell what their letters are.
        equalities: what is said to be equal in it, which tells how derivatives are laid out.

    >>> A, x, y, i, j = (symbol(name) for name in "Axyij")
    >>> unstated(At(A, i, j), At(A, j, i), Knowledge()).note
    'holds if A is symmetric, which is not said'
    """
    hidden = _hidden_dependence(before, knowledge)
    if hidden:
        return Finding("undecided", hidden)
    for assumptions in _combined(before, after, knowledge, derivation, equalities):
        left, right = before, after
        for each in assumptions:
            left, right = each.applied(left), each.applied(right)
        known = _assuming(knowledge, assumptions)
        if left is before and right is after and known is knowledge:
            continue
        verdict = compare(left, right, known)
        if verdict.holds and all(each.usual for each in assumptions):
            usual = " and ".join(each.said for each in assumptions)
            return Finding("tested", f"{verdict.basis}, not proven; {usual}")
        if verdict.holds:
            told = " and ".join(each.said for each in assumptions)
            return Finding("undecided", f"holds if {told}, which is not said")
    return None


def _assuming(knowledge: Knowledge, assumptions: Iterable[_Assumption]) -> Knowledge:
    """What is known, with the same assumed in what names and functions stand for."""
    names = dict(knowledge.names)
    functions = dict(knowledge.functions)
    for each in assumptions:
        names = {name: each.applied(body) for name, body in names.items()}
        functions = {
            name: function
            if function.definition is None
            else replace(function, definition=each.applied(function.definition))
            for name, function in functions.items()
        }
    same = all(names[name] is body for name, body in knowledge.names.items()) and all(
        functions[name].definition is function.definition
        for name, function in knowledge.functions.items()
    )
    return knowledge if same else replace(knowledge, names=names, functions=functions)


def _combined(
    before: Basic,
    after: Basic,
    knowledge: Knowledge,
    derivation: Sequence[Basic],
    equalities: Sequence[tuple[Basic, Basic]],
) -> Iterator[Sequence[_Assumption]]:
    """Each assumption for itself, then all of a kind together."""
    for kind in (
        _of_symmetry(before, after, knowledge),
        _of_layout(before, after, knowledge, equalities),
        _of_weights(before, after, knowledge, derivation),
        _of_normalisers(before, after, knowledge),
        _of_counts(before, after, knowledge),
    ):
        found = list(kind)[:_MOST]
        yield from ([each] for each in found)
        if len(found) > 1:
            yield found
    columns = list(_of_columns(before, after, knowledge))[:_MOST]
    symmetries = list(_of_symmetry(before, after, knowledge))[:_MOST]
    for each in columns:
        yield [each]
        if symmetries:
            yield [each, *symmetries]


# -- symmetry ----------------------------------------------------------------------------------


def _of_symmetry(before: Basic, after: Basic, knowledge: Knowledge) -> Iterator[_Assumption]:
    arrays: dict[ArrayName, None] = {}
    tables: dict[Basic, None] = {}
    variables = _matrix_variables(before, after)  # of which all entries vary
    for node in (*postorder(before), *postorder(after)):
        if isinstance(node, ArrayName) and node.name not in knowledge.declared:
            if node in variables:
                continue
            if node.rows is node.columns and node.rows is not ONE and not node.symmetric:
                arrays[node] = None
        elif type(node) is At and len(node.args) == 3 and node.args[0] not in knowledge.columns:
            tables[node.args[0]] = None
    for array in arrays:
        same = array_name(array.name, array.rows, array.columns, array.family, True)
        yield _Assumption(f"{array.name} is symmetric", _replacing({array: same}))
    for table in tables:
        yield _Assumption(f"{table} is symmetric", _symmetric(table))


def _replacing(instead: Mapping[Basic, Basic]) -> Callable[[Basic], Basic]:
    return lambda root: substitute(root, instead)


def _symmetric(table: Basic) -> Callable[[Basic], Basic]:
    return lambda root: symmetric_entries(root, table)


# -- capitals for vectors ----------------------------------------------------------------------


def _of_columns(before: Basic, after: Basic, knowledge: Knowledge) -> Iterator[_Assumption]:
    """Y and B as columns, where nothing says how many columns they have."""
    arrays = [
        node
        for node in dict.fromkeys((*postorder(before), *postorder(after)))
        if isinstance(node, ArrayName) and node.name not in knowledge.declared
    ]
    rows = {each.rows for each in arrays}
    for size in dict.fromkeys(each.columns for each in arrays):
        if size is ONE or size in rows:
            continue
        thin = {
            each: array_name(each.name, each.rows, ONE, each.family)
            for each in arrays
            if each.columns is size
        }
        names = " and ".join(each.name for each in thin)
        yield _Assumption(f"{names} stand for vectors", _replacing(thin))


# -- layout of derivatives ---------------------------------------------------------------------


def _of_layout(
    before: Basic,
    after: Basic,
    knowledge: Knowledge,
    equalities: Sequence[tuple[Basic, Basic]],
) -> Iterator[_Assumption]:
    """A matrix of derivatives may be laid out as its transpose, unless others are not."""
    for each in (_JACOBIANS, _of_matrices(before, after)):
        if each.applied(before) is before and each.applied(after) is after:
            continue
        told = any(
            each.applied(left) is not left
            and each.applied(right) is right
            and compare(left, right, knowledge).holds
            and not compare(each.applied(left), right, knowledge).holds
            for left, right in equalities
        )
        if not told:
            yield each


_JACOBIANS = _Assumption(OTHER_LAYOUT, transposed_derivatives, True)


def _of_matrices(*roots: Basic) -> _Assumption:
    names = " and ".join(dict.fromkeys(str(each.name) for each in _matrix_variables(*roots)))
    return _Assumption(f"the derivative by {names} is laid out as its transpose", _laid_out)


def _laid_out(root: Basic) -> Basic:
    turned = {node: Transpose(node) for node in postorder(root) if _is_by_matrix(node)}
    return substitute(root, turned)


def _matrix_variables(*roots: Basic) -> list[ArrayName]:
    """The matrices that are differentiated by."""
    return [
        node.args[1]
        for root in roots
        for node in postorder(root)
        if _is_by_matrix(node) and isinstance(node.args[1], ArrayName)
    ]


def _is_by_matrix(node: Basic) -> bool:
    if type(node) is not Nabla or not isinstance(node.args[1], ArrayName):
        return False
    return ONE not in (node.args[1].rows, node.args[1].columns)


# -- weights that sum to one -------------------------------------------------------------------


def _of_weights(
    before: Basic, after: Basic, knowledge: Knowledge, derivation: Sequence[Basic]
) -> Iterator[_Assumption]:
    """In Σ_j t_j log(…) the t_j are the probabilities, or the frequencies, of something."""
    weights = set(_weights(derivation)) - knowledge.columns.keys()
    write = TextWriter().write
    nodes = (*postorder(before), *postorder(after))
    for total in dict.fromkeys(node for node in nodes if type(node) is Total):
        body, index, *bounds = total.args
        factors = body.args if type(body) is Times else (body,)
        rest = [each for each in factors if index not in free_symbols(each)]
        inside = [each for each in factors if index in free_symbols(each)]
        if len(inside) == 1 and inside[0] in [At(weight, index) for weight in weights]:
            said = f"{write(Total(inside[0], index, *bounds))} = 1"
            yield _Assumption(said, _replacing({total: Times(*rest, ONE) if rest else ONE}))


def _weights(derivation: Iterable[Basic]) -> Iterator[Basic]:
    logarithm = function_name("log")
    for root in derivation:
        for node in postorder(root):
            if type(node) is not Times:
                continue
            if any(type(each) is Apply and each.args[0] is logarithm for each in node.args):
                yield from (each.args[0] for each in node.args if type(each) is At)


# -- normalisers -------------------------------------------------------------------------------


def _of_normalisers(before: Basic, after: Basic, knowledge: Knowledge) -> Iterator[_Assumption]:
    """In e^(z_i)/S, S is the sum of all e^(z_k) if the derivative by a z_k is like that."""
    write = TextWriter().write
    found: dict[tuple[Basic, Basic], None] = {}
    for node in postorder(before):
        if type(node) is not D or type(node.args[1]) is not At:
            continue
        data = node.args[1].args[0]
        for part in postorder(node.args[0]):
            if type(part) is Over and _is_unknown(part.args[1], knowledge):
                found.update(
                    ((part.args[1], _all(part.args[0], each)), None)
                    for each in postorder(part.args[0])
                    if type(each) is At and each.args[0] is data and len(each.args) == 2
                )
    for name, total in found:
        said = f"{write(name)} is {write(total)}"
        yield _Assumption(said, _replacing({name: total}))


# -- the number of data ------------------------------------------------------------------------


def _of_counts(before: Basic, after: Basic, knowledge: Knowledge) -> Iterator[_Assumption]:
    """N as the number of data, where sums go over all of these and there is no n."""
    nodes = [*postorder(before), *postorder(after)]
    over_data = any(isinstance(node, (Total, Product)) and len(node.args) == 2 for node in nodes)
    if not over_data or _COUNT in nodes:
        return
    for name in map(symbol, _COUNTS):
        if name in nodes and _is_unknown(name, knowledge):
            yield _Assumption(f"with {name} data", _replacing({name: _COUNT}), True)


# -- what a loss depends on --------------------------------------------------------------------


def _hidden_dependence(slope: Basic, knowledge: Knowledge) -> str:
    """That it is not said how J = Σ_i (ŷ_i − y_i)² depends on w, by which it is differentiated.

    The text differentiates by w, so that the ŷ_i must be made of it.
    """
    if type(slope) not in (D, Nabla) or not isinstance(slope.args[1], (Symbol, ArrayName)):
        return ""
    name, by = slope.args
    if not isinstance(name, Symbol) and type(name) is not Apply:
        return ""
    made_of = [body for body in behind(name, knowledge) if body is not name]
    nodes = {node for body in made_of for node in postorder(body)}
    data = [node for node in nodes if type(node) is At or isinstance(node, ArrayName)]
    if not data or by in nodes or symbol(by.name) in nodes:
        return ""
    if any(isinstance(node, ArrayName) and node.name == by.name for node in nodes):
        return ""
    write = TextWriter().write
    return f"it is not said how {write(name)} depends on {write(by)}"


def _is_unknown(node: Basic, knowledge: Knowledge) -> bool:
    return isinstance(node, Symbol) and node not in knowledge.names and node not in knowledge.values


def _all(numerator: Basic, entry: Basic) -> Basic:
    """The sum over all entries of what stands for one of them."""
    used = free_symbols(numerator)
    index = next(name for name in map(symbol, "klmpqrs") if name not in used)
    return Total(substitute(numerator, {entry: At(entry.args[0], index)}), index)
