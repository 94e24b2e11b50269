"""Whether a line that somebody wrote does anything, or only repeats the one before."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.diagnosis.normal_form import NormalForms
from derivex.expression import Plus, Times, postorder, transform
from derivex.expression.array_nodes import DERIVATIVES

__all__ = ["Progress"]

_MOST = 10_000  # comparisons after which what was kept is forgotten


class Progress:
    """Compares lines by what is written in them, not by their values."""

    def __init__(self) -> None:
        self._forms = NormalForms()
        self._compared = 0

    def is_none(self, after: Basic, before: Basic, key_before: Basic, key: Basic) -> bool:
        """Whether a line is only the one before, while the key does something there.

        The order of terms and factors is nothing that is done, unless the key does just that.
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
        if _in_any_order(key) is _in_any_order(key_before):
            return after is before
        if _in_any_order(after) is _in_any_order(before):
            return True
        if _derivatives(key) == _derivatives(key_before):
            return False
        self._compared += 1
        if self._compared > _MOST:
            self._forms, self._compared = NormalForms(), 0  # it keeps all that it has seen
        return self._forms.key(after) == self._forms.key(before)


def _in_any_order(root: Basic) -> Basic:
    """The same for all orders of terms and factors; equal nodes are one object."""
    return transform(
        root,
        lambda node: (
            type(node)(*sorted(node.args, key=id)) if type(node) in (Plus, Times) else node
        ),
    )


def _derivatives(root: Basic) -> set[Basic]:
    return {node for node in postorder(root) if type(node) in DERIVATIVES}
