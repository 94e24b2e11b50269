"""Corrections in the terms of the page: q_m, where q_m was said to be e^(s_m)/Σ_r e^(s_r)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sympy.core.basic import Basic

from derivex.checking.knowledge import Knowledge
from derivex.expression import At, Node, contains, postorder, substitute
from derivex.expression.array_nodes import Basis
from derivex.notation import TextWriter

__all__ = ["in_own_terms", "is_readable", "sentence_in_own_terms"]

_LONGER = 1.5  # times as long as the line it stands for, and it is no help
_SHORT = 40  # characters that are never too long


def in_own_terms(root: Basic, known: Knowledge) -> Basic:
    """An expression with the names and entries of a page for what these were said to be.

    >>> from derivex.expression import E, Power, Times, symbol
    >>> q, s, k, m = map(symbol, "qskm")
    >>> known = Knowledge(entries={q: (At(q, k), Power(E, At(s, k)))})
    >>> in_own_terms(Times(m, Power(E, At(s, m))), known)
    Times(m, At(q, m))
    """
    for found in _own_terms(root, known):
        root = substitute(root, found)
    return root


def sentence_in_own_terms(sentence: str, roots: Iterable[Basic], known: Knowledge) -> str:
    """A sentence about parts of some expressions, in the terms of the page.

    >>> from derivex.expression import E, Power, symbol
    >>> q, s, k = map(symbol, "qsk")
    >>> known = Knowledge(entries={q: (At(q, k), Power(E, At(s, k)))})
    >>> sentence_in_own_terms("the sign of e^(sₖ) is wrong", [Power(E, At(s, k))], known)
    'the sign of qₖ is wrong'
    """
    write = TextWriter().write
    told: dict[str, str] = {}
    for root in roots:
        for found in _own_terms(root, known):
            told.update((write(body), write(name)) for body, name in found.items())
            root = substitute(root, found)
    for written in sorted(told, key=len, reverse=True):
        sentence = sentence.replace(f"({written})", told[written]).replace(written, told[written])
    return sentence


def _own_terms(root: Basic, known: Knowledge) -> Iterator[Mapping[Basic, Basic]]:
    """What is put in, one after the other."""
    bodies = {known.filled_in(body): name for name, body in known.names.items()}
    found = {body: name for body, name in bodies.items() if body.args and contains(root, body)}
    yield found
    root = substitute(root, found)
    for entry, body in known.entries.values():
        pattern, found = known.with_entries(body), {}
        for node in postorder(root):
            places = _matched(pattern, node, entry.args[1:])
            if places is not None:
                found[node] = At(entry.args[0], *places)
        yield found
        root = substitute(root, found)


def _matched(pattern: Basic, root: Basic, indices: tuple[Basic, ...]) -> list[Basic] | None:
    """What stands for some indices where an expression is a pattern with these; else None."""
    if not isinstance(root, Node) or type(pattern) is not type(root):
        return None
    places: dict[Basic, Basic] = {}
    waiting = [(pattern, root)]
    while waiting:
        left, right = waiting.pop()
        if left in indices:
            if places.setdefault(left, right) is not right:
                return None
        elif left.args or left is not right:
            if type(left) is not type(right) or len(left.args) != len(right.args) or not left.args:
                return None
            waiting.extend(zip(left.args, right.args, strict=True))
    return [places[index] for index in indices] if len(places) == len(indices) else None


def is_readable(correction: Basic, line: Basic) -> bool:
    """Whether a correction is not much longer than its line, and has nothing nobody writes."""
    if any(type(node) is Basis for node in postorder(correction)):
        return False
    told, written = (len(TextWriter().write(each)) for each in (correction, line))
    return told <= max(_SHORT, _LONGER * written)
