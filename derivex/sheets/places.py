"""Where an expression stands in others, and putting a gap in its place.

Sums and products are flat: the factor 2(x + y) of 2(x + y) z is no subexpression of it but a run
of its operands, and counts as one all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Generic, TypeVar

from sympy.core.basic import Basic

from derivex.expression import (
    Column,
    Dotted,
    Gap,
    Named,
    Negative,
    Node,
    Or,
    Plus,
    Prime,
    Row,
    Times,
    rebuild,
)
from derivex.notation import TextWriter

__all__ = ["Places", "path_to", "replaced", "seen_in", "stands_in"]

_FLAT = (Or, Plus, Times)
_CLOSED = (Gap, Prime, Named, Dotted)
"""What has operands that are not written as such: the number of a gap, what a name stands for."""


def seen_in(root: Basic) -> Iterator[Basic]:
    """Every distinct subexpression that is to be seen, operands before what holds them."""
    done: set[Basic] = set()
    stack: list[tuple[Basic, bool]] = [(root, False)]
    while stack:
        node, ready = stack.pop()
        if ready:
            yield node
        elif node not in done:
            done.add(node)
            if isinstance(node, Node) and node.args and not isinstance(node, _CLOSED):
                stack.append((node, True))
                stack.extend((operand, False) for operand in reversed(node.args))
            else:
                yield node


Key = TypeVar("Key")


class Places(Generic[Key]):
    """In which of many rows an expression may stand, found without looking through all of them.

    Args:
        rows: the rows.
    """

    def __init__(self, rows: Mapping[Key, Basic]):
        self._nodes: dict[Basic, dict[Key, None]] = {}
        self._pairs: dict[tuple[type, Basic, Basic], dict[Key, None]] = {}
        self._printed: dict[str, dict[Key, None]] = {}
        self._write = TextWriter().write
        for key, row in rows.items():
            for node in seen_in(row):
                self._nodes.setdefault(node, {})[key] = None
                self._printed.setdefault(self._look(node), {})[key] = None
                if type(node) is Negative and type(node.args[0]) is Times:
                    first = Negative(node.args[0].args[0])  # the −2 of −2 · 3
                    self._printed.setdefault(self._write(first), {})[key] = None
                if type(node) in _FLAT:
                    for left, right in pairwise(node.args):
                        pair = (type(node), left, right)
                        self._pairs.setdefault(pair, {})[key] = None

    def of(self, part: Basic) -> list[Key]:
        """The rows in which a part may stand, in order."""
        found = dict(self._nodes.get(part, {}))
        if type(part) in _FLAT:
            found.update(self._pairs.get((type(part), part.args[0], part.args[1]), {}))
        return sorted(found)  # type: ignore[type-var]

    def looking_like(self, part: Basic) -> list[Key]:
        """The rows in which something stands that is printed like a part, but is not the same.

        A vector looks the same whether it stands upright or not.
        """
        same = self._nodes.get(part, {})
        return [key for key in self._printed.get(self._look(part), {}) if key not in same]

    def _look(self, node: Basic) -> str:
        return self._write(Row(*node.args) if type(node) is Column else node)


def stands_in(part: Basic, whole: Basic) -> bool:
    """Whether an expression stands somewhere in another one, in the same form.

    >>> from derivex.expression import TWO, symbol
    >>> x, y, z = map(symbol, "xyz")
    >>> stands_in(Times(TWO, x), Plus(Times(TWO, x, y), z))
    True
    """
    kind = type(part)
    if kind not in _FLAT:
        return any(node is part for node in seen_in(whole))
    return any(
        node is part or (type(node) is kind and _run(node, part) is not None)
        for node in seen_in(whole)
    )


def replaced(whole: Basic, part: Basic, by: Basic) -> Basic:
    """An expression with every occurrence of a part replaced, runs of operands included."""
    done: dict[Basic, Basic] = {}
    for node in seen_in(whole):
        now = node
        if isinstance(node, Node) and node.args and not isinstance(node, _CLOSED):
            now = rebuild(node, [done[operand] for operand in node.args])
        done[node] = by if now is part else _without_runs(now, part, by)
    return done[whole]


def _without_runs(node: Basic, part: Basic, by: Basic) -> Basic:
    if type(node) is not type(part) or type(part) not in _FLAT:
        return node
    at = _run(node, part)
    while at is not None:
        operands = (*node.args[:at], by, *node.args[at + len(part.args) :])
        if len(operands) == 1:
            return by
        node = type(node)(*operands)
        at = _run(node, part)
    return node


def _run(node: Basic, part: Basic) -> int | None:
    """Where the operands of a part stand next to one another among those of a node."""
    wanted, operands = part.args, node.args
    for start in range(len(operands) - len(wanted) + 1):
        if operands[start : start + len(wanted)] == wanted:
            return start
    return None


def path_to(part: Basic, whole: Basic) -> list[tuple[Basic, int]] | None:
    """The nodes above a part, from the top, each with the position of the operand that holds it.

    None where it does not stand there, or stands there more than once.
    """
    if part is whole:
        return []
    above = list(_holders(part, whole))
    path: list[tuple[Basic, int]] = []
    here = part
    while here is not whole:
        found = [(node, at) for node, at in above if node.args[at] is here]
        if len(found) != 1:
            return None
        path.append(found[0])
        here = found[0][0]
        above = list(_holders(here, whole))
    return path[::-1]


def _holders(part: Basic, whole: Basic) -> Iterator[tuple[Basic, int]]:
    for node in seen_in(whole):
        if isinstance(node, Node) and not isinstance(node, _CLOSED):
            for at, operand in enumerate(node.args):
                if operand is part:
                    yield node, at
