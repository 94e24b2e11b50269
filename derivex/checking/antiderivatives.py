"""Integrals without bounds: what they are by a variable that stands for something else."""

from __future__ import annotations

from collections.abc import Iterable

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.checking.knowledge import Knowledge
from derivex.expression import (
    Antiderivative,
    D,
    Plus,
    Times,
    free_symbols,
    postorder,
    substitute,
    symbol,
)

__all__ = ["by_last_variables", "integrated_by", "slope_of"]


def by_last_variables(root: Basic, knowledge: Knowledge) -> Basic:
    """The expression with ∫ 2x x² dx for ∫ u du, where u was said to be x².

    >>> from derivex.expression import TWO, Power, symbol
    >>> u, x = symbol("u"), symbol("x")
    >>> by_last_variables(Antiderivative(u, u), Knowledge(names={u: Power(x, TWO)}))
    Antiderivative(Times(Power(x, 2), D(Power(x, 2), x)), x)
    """
    found: dict[Basic, Basic] = {}
    for node in postorder(root) if knowledge.names else ():
        if type(node) is not Antiderivative:
            continue
        body, by = knowledge.filled_in(node.args[0]), knowledge.filled_in(node.args[1])
        letters = list(free_symbols(by))
        if by is node.args[1]:
            found[node] = Antiderivative(body, by)
        elif len(letters) == 1:
            found[node] = Antiderivative(Times(body, D(by, letters[0])), letters[0])
    return substitute(root, found)


def integrated_by(roots: Iterable[Basic]) -> Symbol | None:
    """The variable of the integrals without bounds in formulas; None if there are none, or two."""
    found = {
        node.args[1] for root in roots for node in postorder(root) if type(node) is Antiderivative
    }
    only = next(iter(found)) if len(found) == 1 else None
    return only if isinstance(only, Symbol) else None


def slope_of(root: Basic, by: Symbol) -> Basic:
    """The derivative of an expression by the variable of the integrals in it.

    Each of them is a quantity of its own, whose derivative stands under its sign.

    >>> from derivex.expression import symbol
    >>> x = symbol("x")
    >>> slope_of(Antiderivative(x, x), x)
    Plus(D(·0, x), Times(x, D(·0, ·0)))
    """
    integrals = dict.fromkeys(node for node in postorder(root) if type(node) is Antiderivative)
    letters = {node: symbol(f"·{number}") for number, node in enumerate(integrals)}
    plain = substitute(root, letters)
    inner = [Times(node.args[0], D(plain, letter)) for node, letter in letters.items()]
    return Plus(D(plain, by), *inner) if inner else D(plain, by)
