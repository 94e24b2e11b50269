"""What the writers ask of a set before they write it."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.expression import Node, Singleton, free_symbols

__all__ = ["is_only_letter", "points_of"]


def is_only_letter(subdifferential: Node) -> bool:
    """Whether ∂|x| says enough: there is no other letter that the subgradients could be by."""
    operand, variable = subdifferential.args
    return set(free_symbols(operand)) == {variable}


def points_of(hull: Node) -> tuple[Basic, ...]:
    """The points that a convex hull is spanned by, where it is written by points only."""
    if all(type(part) is Singleton for part in hull.args):
        return tuple(part.args[0] for part in hull.args)
    return ()
