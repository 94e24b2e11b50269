"""Formulas of methods and schedules: read from text, as the rules are."""

from __future__ import annotations

from functools import cache

from sympy.core.basic import Basic

from derivex.notation import Scope, read_text
from derivex.rulebook import shipped_book

__all__ = ["formula"]


@cache
def formula(text: str, letters: tuple[str, ...]) -> Basic:
    """The expression that a text is, in which only these letters occur.

    >>> formula("x - r g", ("x", "r", "g"))
    Plus(x, Negative(Times(r, g)))
    """
    functions = shipped_book().functions
    return read_text(text, Scope(functions=functions).declare(*letters)).expression
