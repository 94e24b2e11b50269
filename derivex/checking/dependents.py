"""What depends on what, where a document does not say how: ∂y_i/∂z_j of undefined entries.

A derivative of something unknown is unknown itself, but the rules hold for it: that of log y_j by
z_i is 1/y_j · ∂y_j/∂z_i.  So every entry y_j becomes y_j + y′_ji t where it is differentiated by
z_i, with y′ of which nothing is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    ZERO,
    Apply,
    At,
    D,
    FunctionName,
    Node,
    Plus,
    Power,
    Substituted,
    Times,
    contains,
    free_symbols,
    function_name,
    function_of,
    postorder,
    substitute,
    symbol,
)
from derivex.expression.array_nodes import Hessian, Jacobian, Nabla
from derivex.expression.elementary import ELEMENTARY
from derivex.expression.functions import Functions

__all__ = [
    "Dependence",
    "dependents_in",
    "is_slope",
    "opened",
    "raised_indices",
    "with_raised_indices",
]

Dependence = frozenset[tuple[str, str]]
"""Pairs of names: the first one depends on the second one, nobody says how."""

_STEP = symbol("·t")
_BY_ARRAY = (Nabla, Jacobian, Hessian)


def dependents_in(
    trees: Iterable[Basic], known: Mapping[Basic, Basic], functions: Functions
) -> Dependence:
    """The names that are differentiated by entries, or as entries, and have no definition.

    >>> y, z, i, j = symbol("y"), symbol("z"), symbol("i"), symbol("j")
    >>> sorted(dependents_in([D(At(y, i), At(z, j))], {}, {}))
    [('y', 'z')]
    """
    found: set[tuple[str, str]] = set()
    for tree in trees:
        for node in postorder(tree):
            if type(node) in _BY_ARRAY:
                operand, by = node.args[:2]
                if isinstance(operand, Symbol) and operand not in known:
                    found.add((operand.name, str(getattr(by, "name", by))))
            if type(node) is not D:
                continue
            operand, by = node.args
            variable = _base(by)
            if variable is None:
                continue
            base = _base(operand)
            if base is not None:
                if base is not variable and base not in known and (operand, by) != (base, variable):
                    found.add((base.name, variable.name))
                continue
            if variable in free_symbols(operand) and not (
                type(by) is At and _holds_bare(operand, variable)
            ):
                continue
            for name in _unknown_functions(operand, functions):
                found.add((name, variable.name))
    return frozenset(found)


def opened(root: Basic, dependence: Dependence) -> Basic:
    """An expression in which derivatives see what depends on their variables."""
    if not dependence:
        return root
    done: dict[Basic, Basic] = {}
    for node in postorder(root):
        if not (isinstance(node, Node) and node.args):
            done[node] = node
            continue
        now = type(node)(*[done[part] for part in node.args])
        done[node] = _opened(now, dependence) if type(now) is D else now
    return done[root]


def _opened(derivative: Basic, dependence: Dependence) -> Basic:
    operand, by = derivative.args
    variable = _base(by)
    if variable is None:
        return derivative
    places = by.args[1:] if type(by) is At else ()
    moved: dict[Basic, Basic] = {}
    for node in postorder(operand):
        slope = _slope(node, variable, places, dependence)
        if slope is not None:
            moved[node] = Plus(node, Times(slope, _STEP))
    if not moved:
        return derivative
    along = Substituted(D(substitute(operand, moved), _STEP), _STEP, ZERO)
    return Plus(derivative, along)


def _slope(
    node: Basic, variable: Symbol, places: tuple[Basic, ...], dependence: Dependence
) -> Basic | None:
    """The unknown derivative of an entry, a name or a call; None if it does not depend."""
    name = _own_name(node)
    if name is None or (name, variable.name) not in dependence:
        return None
    slope = _named(name, variable)
    if type(node) is Apply:
        return Apply(function_name(slope.name), *node.args[1:], *places)
    inside = node.args[1:] if type(node) is At else ()
    return At(slope, *inside, *places) if inside or places else slope


def _own_name(node: Basic) -> str | None:
    """The name of an entry, of a symbol, or of the function that is called."""
    base = _base(node)
    if base is not None:
        return str(base)
    if type(node) is Apply and type(node.args[0]) is FunctionName:
        return str(node.args[0])
    return None


def is_slope(name: Basic) -> bool:
    """Whether a symbol stands for an unknown derivative."""
    return isinstance(name, Symbol) and name.name.startswith("d") and "/d" in name.name


def _named(name: str, variable: Symbol) -> Symbol:
    return symbol(f"d{name}/d{variable.name}")


def _base(node: Basic) -> Symbol | None:
    """The name of an entry, or the name itself."""
    if type(node) is At:
        node = node.args[0]
    return node if isinstance(node, Symbol) else None


def _holds_bare(root: Basic, name: Symbol) -> bool:
    """Whether a function is called with a name itself, not with one of its entries."""
    return any(type(node) is Apply and name in node.args[1:] for node in postorder(root))


def _unknown_functions(root: Basic, functions: Functions) -> Iterable[str]:
    for node in postorder(root):
        if type(node) is Apply:
            name = function_of(node.args[0])[0].name
            function = functions.get(name)
            if function is None:
                known = name in ELEMENTARY
            else:
                known = function.definition is not None or function.means is not None
            if not known:
                yield name


def raised_indices(trees: Iterable[Basic]) -> frozenset[Basic]:
    """The names with a raised index: what is differentiated by is no power.

    >>> z, j, l = symbol("z"), symbol("j"), symbol("l")
    >>> raised_indices([D(symbol("C"), Power(At(z, j), l))])
    frozenset({z})
    """
    found: set[Basic] = set()
    for tree in trees:
        for node in postorder(tree):
            if type(node) is D and type(node.args[1]) is Power:
                base = _base(node.args[1].args[0])
                if base is not None and free_symbols(node.args[1].args[1]):
                    found.add(base)
    return frozenset(found)


def with_raised_indices(root: Basic, names: frozenset[Basic]) -> Basic:
    """An expression with z_j^l as an entry of z, for the names with raised indices."""
    if not names or not any(contains(root, name) for name in names):
        return root
    done: dict[Basic, Basic] = {}
    for node in postorder(root):
        now = node
        if isinstance(node, Node) and node.args:
            now = type(node)(*[done[part] for part in node.args])
        if type(now) is Power and _base(now.args[0]) in names:
            inner, index = now.args
            places = inner.args[1:] if type(inner) is At else ()
            now = At(_base(inner), *places, index)
        done[node] = now
    return done[root]
