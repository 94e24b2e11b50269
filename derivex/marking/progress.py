"""Whether a line that somebody wrote does anything, or only repeats the one before."""

from __future__ import annotations

from functools import lru_cache

from sympy.core.basic import Basic

from derivex.diagnosis.normal_form import NormalForms
from derivex.expression import Plus, Times, postorder, transform
from derivex.expression.array_nodes import DERIVATIVES

__all__ = ["Progress"]

_MOST = 10_000  # lines that are kept


class Progress:
    """Compares lines by what is written in them, not by their values."""

    def __init__(self) -> None:
        self._forms = NormalForms()
        self._ordered: dict[Basic, Basic] = {}
        self._derivatives = lru_cache(maxsize=_MOST)(_derivatives)

    def is_none(self, after: Basic, before: Basic, key_before: Basic, key: Basic) -> bool:
        """Whether a line is only the one before, while the key does something there.

        The order of terms and factors is nothing that is done; where the key does just that, the
        form of the answer decides.
        Where the key works out a derivative, numbers and signs put differently are nothing either.

        Args:
            after: the line that somebody wrote.
            before: the line before it.
            key_before: what the key has there.
            key: what the key has in the place of the line.

        >>> from derivex.expression import D, TWO, symbol
        >>> x = symbol("x")
        >>> Progress().is_none(Times(D(x, x), TWO), Times(TWO, D(x, x)), Times(TWO, D(x, x)), TWO)
        True
        """
        if after is key:
            return False
        ordered = self._in_any_order
        if ordered(key) is ordered(key_before):
            return False
        if ordered(after) is ordered(before):
            return True
        if self._derivatives(key) == self._derivatives(key_before):
            return False
        form = self._forms.key
        # Where the key itself only gives a bound index another name, that is what is to be done.
        return form(key) != form(key_before) and form(after) == form(before)

    def _in_any_order(self, root: Basic) -> Basic:
        """The same for all orders of terms and factors; equal nodes are one object."""
        found = self._ordered.get(root)
        if found is None:
            if len(self._ordered) >= _MOST:  # what was kept is forgotten, the normal forms as well
                self._forms, self._ordered = NormalForms(), {}
            found = self._ordered[root] = transform(root, _sorted)
        return found


def _sorted(node: Basic) -> Basic:
    if type(node) not in (Plus, Times):
        return node
    return type(node)(*sorted(node.args, key=id))


def _derivatives(root: Basic) -> set[Basic]:
    return {node for node in postorder(root) if type(node) in DERIVATIVES}
