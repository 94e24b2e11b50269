"""Standard deviations, which are positive without a word: the σ of 1/(σ √(2π))."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import free_symbols, pi, postorder

__all__ = ["deviations_in"]


def deviations_in(formulas: Iterable[Basic]) -> Iterator[Symbol]:
    """The names σ in formulas with π, as that of a normal density.

    >>> from derivex.expression import ONE, Over, Times, symbol
    >>> s, x = symbol("sigma"), symbol("x")
    >>> list(deviations_in([Over(ONE, Times(s, pi)), Times(x, pi)]))
    [sigma]
    """
    for root in formulas:
        names = [name for name in free_symbols(root) if str(name).partition("_")[0] == "sigma"]
        if names and pi in postorder(root):
            yield from (name for name in names if isinstance(name, Symbol))
