"""Derivatives that are 0 only because a text does not say how one thing depends on another.

∂σ(z)/∂θ is no zero where z is some function of θ that was told in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from unicodedata import normalize

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.checking.dependents import opened
from derivex.checking.knowledge import Knowledge
from derivex.checking.writing_out import called
from derivex.expression import ZERO, At, postorder, substitute, symbol
from derivex.expression.array_nodes import ArrayName

__all__ = [
    "EXCUSES",
    "FURTHER_DOWN",
    "ONLY_ENTRIES",
    "UNSAID",
    "behind",
    "depends_by_something_unsaid",
    "wholes",
]

UNSAID = "taken as given: the text does not say"
ONLY_ENTRIES = "taken as given: only the entries"
FURTHER_DOWN = "taken as given: it is said only further down"
_HAT = "\u0302"
EXCUSES = (f"{UNSAID} how", ONLY_ENTRIES, FURTHER_DOWN)
"""What is said of lines that may be wrong, for all that is known."""


def depends_by_something_unsaid(
    derivative: Basic,
    known: Knowledge,
    later: bool = False,
    unread: frozenset[str] = frozenset(),
) -> bool:
    """Whether a derivative is 0 by what is said, but by quantities of which nothing is said.

    Args:
        derivative: a ``D``.
        known: what is said where it stands.
        later: whether what is differentiated by gets its definition only behind that.
        unread: names whose definitions cannot be read.

    >>> from derivex.expression import D, symbol
    >>> loss, a, w = symbol("L"), symbol("a"), symbol("w")
    >>> depends_by_something_unsaid(D(loss, w), Knowledge(names={loss: At(a, symbol("k"))}))
    True
    >>> depends_by_something_unsaid(D(a, w), Knowledge(names={a: w}))
    False
    """
    operand, by = derivative.args
    base = by.args[0] if type(by) is At else by
    if not isinstance(base, Symbol | ArrayName) or by in known.names:
        return False
    if _is_opened(derivative, known):
        return False
    bodies = list(behind(operand, known))
    nodes = [node for body in bodies for node in postorder(body)]
    unsaid = set(_unsaid(nodes, known))
    if type(by) is At and operand not in unsaid and _is_estimated(unsaid, base.name):
        return True
    if any(_is_same_quantity(node, by, base) for node in nodes):
        return False
    if later or any(each.name in unread for each in unsaid) or not unsaid.isdisjoint(known.met):
        return bool(unsaid)
    if operand in known.names or type(operand) is At:
        return bool(unsaid) and any(type(node) is At for node in (by, *nodes))
    entries = (node.args[0] for node in postorder(operand) if type(node) is At)
    return type(by) is At and not unsaid.isdisjoint(entries)


def _is_estimated(letters: Iterable[Symbol], by: str) -> bool:
    """Whether there is an estimate ŷ_k, which is made of the w_j by which is differentiated."""
    hats = [normalize("NFD", each.name) for each in letters]
    hats = [name for name in hats if _HAT in name]
    return bool(hats) and all(
        normalize("NFD", by) not in (name, name.replace(_HAT, "")) for name in hats
    )


def _is_opened(derivative: Basic, known: Knowledge) -> bool:
    return opened(derivative, known.dependence) is not derivative


def behind(root: Basic, known: Knowledge) -> Iterator[Basic]:
    """An expression, and what its names, entries and functions are said to be made of."""
    waiting, seen = [root], {root}
    while waiting:
        body = waiting.pop()
        yield body
        inner = [each.definition for each in called(known, body) if each.definition is not None]
        for node in postorder(body):
            name = node.args[0] if type(node) is At else node
            name = symbol(name.name) if isinstance(name, ArrayName) else name
            if name in known.names:
                inner.append(known.names[name])
            if type(node) is At and name in known.entries:
                inner.append(known.with_entries(node))
            if isinstance(name, Symbol):
                inner.extend(known.implicit.get(name, ()))
        waiting.extend(each for each in inner if each not in seen)
        seen.update(inner)


def _is_same_quantity(node: Basic, by: Basic, base: Basic) -> bool:
    """Whether something is what is differentiated by, or another entry of the same list."""
    if (type(node) is At) != (type(by) is At) or len(node.args) != len(by.args):
        return False
    name = node.args[0] if type(node) is At else node
    return str(getattr(name, "name", "")) == str(getattr(base, "name", base))


def _unsaid(nodes: Sequence[Basic], known: Knowledge) -> Iterator[Symbol]:
    """The letters of which nothing is said, indices left out."""
    places = {part for node in nodes if type(node) is At for part in node.args[1:]}
    said = {*known.names, *known.entries, *known.values, *known.columns, *places}
    for node in nodes:
        if isinstance(node, Symbol) and node not in said:
            yield node


def wholes(root: Basic, known: Knowledge) -> list[str]:
    """The lists that stand in an expression as a whole, and of which only entries are defined.

    >>> x, y, i = symbol("x"), symbol("y"), symbol("i")
    >>> wholes(At(y, i), Knowledge(entries={y: (At(y, i), At(x, i))}))
    []
    >>> wholes(y, Knowledge(entries={y: (At(y, i), At(x, i))}))
    ['y']
    """
    roots = [root, *(each.definition for each in called(known, root) if each.definition)]
    found: dict[str, None] = {}
    for tree in roots:
        entries = {node: ZERO for node in postorder(tree) if type(node) is At}
        for node in postorder(substitute(tree, entries)):
            if isinstance(node, Symbol | ArrayName):
                found[node.name] = None
    return [
        name for name in found if symbol(name) in known.entries and symbol(name) not in known.names
    ]
