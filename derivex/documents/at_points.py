r"""Derivatives whose point stands in brackets behind them: ∂f/∂x (−1, 2), ∂f/∂x_i (a_1, …, a_m)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.documents.raw import Span, without_blanks
from derivex.expression import (
    ZERO,
    Apply,
    At,
    D,
    Dotted,
    Limit,
    Negative,
    Over,
    Plus,
    Substituted,
    Times,
    Total,
    contains,
    free_symbols,
    function_name,
    postorder,
    symbol,
)
from derivex.expression.array_nodes import Basis, Entries

__all__ = ["AtPoint", "at_point", "at_point_in", "entry_in", "hessian_in"]

_NAME = r"\\?[A-Za-z]+"
_DIFFERENTIAL = r"(?:\\partial(?![A-Za-z])|d|\\mathrm\s*\{\s*d\s*\})"
_LEIBNIZ = re.compile(
    rf"\\[dtc]?frac\s*\{{\s*{_DIFFERENTIAL}\s*(?P<function>{_NAME})\s*\}}"
    rf"\s*\{{\s*{_DIFFERENTIAL}\s*(?P<variable>{_NAME}(?:_(?:\w|\{{\w+\}}))?)\s*\}}"
    r"\s*(?:\\left\s*)?(?P<bracket>\()"
)
_ALONE = ((), ("x",), ("x", "y"), ("x", "y", "z"))


_ENTRY = re.compile(
    r"(?:\\left\s*)?(?P<opening>[\[(])(?P<vector>.+?)(?:\\right\s*)?(?P<closing>[\])])\s*"
    r"(?:\^\s*\{\s*\(|_\s*\{?\s*)(?P<index>[a-z])(?:\)\s*\}|\s*\}|)",
    re.DOTALL,
)
_SECOND = re.compile(
    r"\\[dtc]?frac\s*\{\s*\\partial\s*\^\s*(?:2|\{\s*2\s*\})\s*(?P<function>(?:[^{}]|\{[^{}]*\})+)\}"
    r"\s*\{\s*\\partial\s*(?P<variable>(?:[^{}^]|\{[^{}]*\})+?)\s*\\partial\s*(?P=variable)\s*\^\s*"
    r"(?:\{?\s*\\(?:top|intercal|(?:mathrm|mathsf|text|rm)\s*\{?\s*T\s*\}?)\s*\}?|T|\{\s*T\s*\})\s*\}"
)


class AtPoint(NamedTuple):
    """A derivative at a point: the function, and where the variable and the arguments stand."""

    function: str
    variable: Span
    bracket: Span
    arguments: tuple[Span, ...]


def entry_in(text: str) -> tuple[Span, Span] | None:
    r"""The vector and the index of an entry, [∇f(x)]^{(i)} or (A x)_i; None if it is none.

    >>> entry_in(r"[\nabla f(x)]^{(i)}")
    (Span(start=1, end=12), Span(start=16, end=17))
    """
    found = _ENTRY.fullmatch(text.strip())
    if found is None or found["closing"] != {"[": "]", "(": ")"}[found["opening"]]:
        return None
    depth = 0
    for letter in found["vector"]:
        depth += (letter in "([{") - (letter in ")]}")
        if depth < 0:
            return None
    before = len(text) - len(text.lstrip())
    vector, index = found.span("vector"), found.span("index")
    return (
        without_blanks(text, vector[0] + before, vector[1] + before),
        Span(index[0] + before, index[1] + before),
    )


def hessian_in(text: str) -> tuple[Span, Span] | None:
    r"""The function and the variable of a Hessian, ∂²f/∂x ∂xᵀ; None if a formula is none.

    >>> hessian_in(r"\frac{\partial^2 f}{\partial x \partial x^T}")
    (Span(start=17, end=18), Span(start=29, end=30))
    """
    found = _SECOND.fullmatch(text.strip())
    if found is None:
        return None
    before = len(text) - len(text.lstrip())
    return (
        without_blanks(text, found.start("function") + before, found.end("function") + before),
        without_blanks(text, found.start("variable") + before, found.end("variable") + before),
    )


def at_point_in(text: str) -> AtPoint | None:
    r"""The derivative at a point that a formula is; None if it is something else.

    >>> found = at_point_in(r"\frac{\partial f}{\partial x}(-1, 2)")
    >>> found.function, len(found.arguments)
    ('f', 2)
    >>> at_point_in(r"\frac{\partial f}{\partial x}(x + 1) y")
    """
    start, end = without_blanks(text, 0, len(text))
    found = _LEIBNIZ.match(text, start, end)
    if found is None or text[end - 1] != ")":
        return None
    opening = found.start("bracket")
    depth, at = 0, opening + 1
    arguments: list[Span] = []
    for position in range(opening, end):
        letter = text[position]
        if letter in "([{":
            depth += 1
        elif letter in ")]}":
            depth -= 1
            if depth == 0 and position != end - 1:
                return None
        if (letter == "," and depth == 1) or (depth == 0 and position == end - 1):
            arguments.append(without_blanks(text, at, position))
            at = position + 1
    if not all(each.start < each.end for each in arguments):
        return None
    last = arguments[-1]
    inside = re.sub(r"\\right\s*\Z", "", text[last.start : last.end])
    arguments[-1] = without_blanks(text, last.start, last.start + len(inside))
    function = found["function"].lstrip("\\")
    variable = Span(*found.span("variable"))
    return AtPoint(function, variable, Span(opening, end), tuple(arguments))


def at_point(
    found: AtPoint, parameters: Sequence[Basic], read: Callable[[Span], Basic]
) -> Basic | None:
    """The derivative as a written tree; None where it is not known what depends on what.

    Args:
        found: where its parts stand.
        parameters: those that the function has, as far as is known.
        read: reads a stretch.
    """
    variable = read(found.variable)
    head = function_name(found.function)
    if "dots" in found.function or type(variable) is At:
        return _of_vector(head, variable, read(found.bracket))
    names = list(parameters)
    if len(names) != len(found.arguments):
        names = [symbol(each) for each in _ALONE[min(len(found.arguments), 3)]]
    if variable not in names or len(names) != len(found.arguments):
        return None
    values = [read(each) for each in found.arguments]
    if any(
        set(free_symbols(value)) & set(names) - {name}
        for name, value in zip(names, values, strict=True)
    ):
        return None  # what was put in first would be replaced again
    made: Basic = D(Apply(head, *names), variable)
    for name, value in zip(names, values, strict=True):
        made = made if value is name else Substituted(made, name, value)
    return made


def _of_vector(head: Basic, variable: Basic, point: Basic) -> Basic | None:
    """The limit that the derivative by one entry is: the variable may have another name."""
    totals = [node for node in postorder(point) if type(node) is Total]
    if type(point) is not Dotted or type(variable) is not At or len(totals) != 1:
        return None
    letters = ("t", "h", "k", "t_0")
    taken = {*map(str, free_symbols(point)), *map(str, free_symbols(variable))}
    step: Symbol = symbol(next(each for each in letters if each not in taken))
    unit = Basis(variable.args[-1], totals[0].args[3])
    moved = Apply(head, Entries(Plus(point, Times(step, unit))))
    still = Apply(head, Entries(point))
    if contains(point, step):
        return None
    return Limit(Over(Plus(moved, Negative(still)), step), step, ZERO)
