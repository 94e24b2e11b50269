"""Names for the solutions of an equation: θ̂, w*, θ_MLE and x_1 are values of θ, w and x.

Such a name stands for the unknown where nothing is said of it before.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from unicodedata import combining, normalize

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import D, free_symbols, postorder, substitute, symbol
from derivex.expression.array_nodes import ArrayName

__all__ = ["names_solution", "plain_name_of", "with_plain_unknowns"]

_SUFFIX = re.compile(r"(?P<base>.+?)_?(?:(?<=_)(?:star|[A-Za-z]{2,}|[A-Z])|\d|[₀-₉])")


def plain_name_of(name: str) -> str:
    """The name without what tells a value of it from others; "" if there is nothing of the kind.

    >>> [plain_name_of(name) for name in ("w_star", "x_1", "theta_MLE", "w_i", "x")]
    ['w', 'x', 'theta', '', '']
    """
    found = _SUFFIX.fullmatch(name)
    base = name if found is None else found["base"].rstrip("_")
    plain = "".join(letter for letter in normalize("NFD", base) if not combining(letter))
    return "" if plain == name else plain


def with_plain_unknowns(
    equation: Basic, systems: Iterable[Sequence[Basic]], sequences: Collection[Basic] = ()
) -> Basic:
    """An equation with θ for θ̂ where θ is what other equations are about, and θ̂ is new.

    Args:
        equation: the equation.
        systems: the others.
        sequences: the names whose entries, x_1, x_2, … come one from another.

    >>> from derivex.expression import Equation, TWO
    >>> w, best = symbol("w"), symbol("w_star")
    >>> with_plain_unknowns(Equation(best, TWO), [[Equation(w, TWO)]])
    Equation(w, 2)
    """
    given = [each for system in systems for each in system]
    known = {name for each in given for name in free_symbols(each)}
    known |= {
        symbol(node.name)
        for each in given
        for node in postorder(each)
        if isinstance(node, ArrayName)
    }
    own = free_symbols(equation)
    plain: dict[Basic, Basic] = {}
    for name in own:
        base = plain_name_of(name.name) if isinstance(name, Symbol) and name not in known else ""
        if base and symbol(base) in known and symbol(base) not in {*own, *sequences}:
            plain[name] = symbol(base)
    return substitute(equation, plain) if len(set(plain.values())) == len(plain) else equation


def names_solution(
    equation: Basic, systems: Sequence[Sequence[Basic]], sequences: Collection[Basic] = ()
) -> bool:
    """Whether a name such as θ̂ is said to be what solves dL/dθ = 0."""
    plain = with_plain_unknowns(equation, systems, sequences)
    if not systems or plain is equation:
        return False
    name = plain.args[0]
    by = {node.args[1] for each in systems[-1] for node in postorder(each) if type(node) is D}
    letters = {letter for each in systems[-1] for letter in free_symbols(each)}
    return isinstance(name, Symbol) and (name in by or letters == {name})
