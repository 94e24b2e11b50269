"""Names that are entries of what has an index elsewhere: a_q beside Σ_p a_p², and a_1 too."""

from __future__ import annotations

from collections.abc import Iterable

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import At, postorder
from derivex.notation.scope import Scope
from derivex.notation.vocabulary import Vocabulary

__all__ = ["as_entries"]


def as_entries(names: Iterable[Basic], *expressions: Basic) -> tuple[Basic, ...]:
    """The names, those that an expression shows to be entries as such.

    Args:
        names: symbols and entries, as they were read by themselves.
        expressions: where they are to be used.

    >>> from derivex.expression import Total, symbol
    >>> a, p = symbol("a"), symbol("p")
    >>> as_entries([symbol("a_q"), symbol("b_q")], Total(At(a, p), p))
    (At(a, q), b_q)
    """
    names = tuple(names)
    if not any(isinstance(name, Symbol) and "_" in name.name for name in names):
        return names
    vocabulary = Vocabulary(Scope())
    symbols: set[Basic] = set()
    for expression in expressions:
        for node in postorder(expression):
            if type(node) is At:
                vocabulary.entries.setdefault(str(node.args[0]), set()).add(len(node.args) - 1)
            elif isinstance(node, Symbol):
                symbols.add(node)
    return tuple(name if name in symbols else _entry(name, vocabulary) for name in names)


def _entry(name: Basic, vocabulary: Vocabulary) -> Basic:
    if not isinstance(name, Symbol):
        return name
    base, _, subscript = name.name.partition("_")
    if not subscript or base not in vocabulary.entries:
        return name
    found = vocabulary.subscripted(base, subscript)
    indices = len(found.args) - 1
    return found if indices in vocabulary.entries[base] else name
