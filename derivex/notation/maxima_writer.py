"""Written trees in Maxima's syntax: 2*x*sin(x)^2, for systems that judge answers with Maxima."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import count
from types import MappingProxyType

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    INFINITY,
    Apply,
    At,
    Column,
    D,
    Decimal,
    Delta,
    E,
    Equation,
    FunctionName,
    Interval,
    LeftLimit,
    Limit,
    Matrix,
    Named,
    Node,
    Or,
    Product,
    RightLimit,
    Row,
    Singleton,
    Total,
    contains,
    free_symbols,
    pi,
    postorder,
    substitute,
    symbol,
    transform,
)
from derivex.notation.infix_writer import ATOM, POWER, SUM, InfixWriter, Piece, called, within
from derivex.notation.rope import Rope, rope
from derivex.notation.spelling import ascii_name

__all__ = ["MaximaWriter"]

# The functions that Maxima has, by the names that they have in a tree.
_SAME = (
    "exp", "log", "sqrt", "abs", "max", "min", "sin", "cos", "tan", "cot", "sec", "csc", "asin",
    "acos", "atan", "acot", "asec", "acsc", "sinh", "cosh", "tanh", "coth", "sech", "csch",
    "asinh", "acosh", "atanh", "acoth", "asech", "acsch", "floor", "ceiling", "atan2", "erf",
    "gamma",
)  # fmt: skip
_FUNCTIONS: Mapping[str, str] = MappingProxyType(
    {**{name: name for name in _SAME}, "sign": "signum"}
)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)?")
# Words of Maxima's language, and letters that are constants where people type them.
_TAKEN = frozenset(
    ("and", "diff", "do", "e", "else", "for", "i", "if", "in", "not", "or", "pi", "then", "while")
)


class MaximaWriter(InfixWriter):
    """Writes trees in Maxima's syntax, in the order in which they stand.

    >>> from derivex.expression import TWO, Apply, Power, Times, function_name, symbol
    >>> x = symbol("x")
    >>> MaximaWriter().write(Times(TWO, x, Power(Apply(function_name("sin"), x), TWO)))
    '2*x*sin(x)^2'
    """

    def __init__(self) -> None:
        super().__init__(
            "^",
            {
                Apply: self._apply,
                At: lambda node, operands: called(operands[0][0], operands[1:], "[", "]"),
                Named: lambda node, operands: operands[1],
                Delta: lambda node, operands: called("kron_delta", operands),
                Total: lambda node, operands: self._over_index("sum", operands),
                Product: lambda node, operands: self._over_index("product", operands),
                D: self._derivative,
                Equation: lambda node, operands: (
                    rope((operands[0][0], " = ", operands[1][0])),
                    SUM,
                ),
                Or: lambda node, operands: (_listed(operands, " or "), SUM),
                Singleton: lambda node, operands: called("", operands, "{", "}"),
                Interval: lambda node, operands: called("cc", operands),
                Limit: lambda node, operands: called("limit", operands),
                RightLimit: lambda node, operands: called("limit", [*operands, ("plus", ATOM)]),
                LeftLimit: lambda node, operands: called("limit", [*operands, ("minus", ATOM)]),
                Row: lambda node, operands: called("matrix", [called("", operands, "[", "]")]),
                Column: lambda node, operands: called(
                    "matrix", [called("", [each], "[", "]") for each in operands]
                ),
                Matrix: lambda node, operands: called("matrix", list(map(self._row, node.args))),
            },
        )

    def piece(self, node: Basic) -> Piece:
        return super().piece(_entries_as_names(node))

    def leaf(self, node: Basic) -> Piece:
        if isinstance(node, Symbol):
            name = ascii_name(node.name)
            if not _NAME.fullmatch(name) or name in _TAKEN:
                raise TypeError(f"{node.name} is no name in Maxima")
            return name, ATOM
        if isinstance(node, Decimal):
            return node.text, ATOM
        if node is E or node is pi:
            return ("%e" if node is E else "%pi"), ATOM
        if node is INFINITY:
            return "inf", ATOM
        if isinstance(node, FunctionName):
            return node.name, ATOM
        if node.is_Integer:
            return str(node), ATOM
        raise TypeError(f"there is no syntax for {type(node).__name__} in Maxima")

    def _apply(self, node: Node, operands: list[Piece]) -> Piece:
        name = getattr(node.args[0], "name", "")
        if name == "factorial":
            return rope((within(operands[1], ATOM), "!")), POWER
        known = _FUNCTIONS.get(name) if type(node.args[0]) is FunctionName else None
        if known is None:
            raise TypeError(f"Maxima does not know {name or node.args[0]}")
        return called(known, operands[1:])

    def _derivative(self, node: Node, operands: list[Piece]) -> Piece:
        body, variable = node.args
        if isinstance(variable, Symbol):
            return called("diff", operands)
        # By an expression: a new letter stands for it while it is differentiated by.
        names = {name.name for name in free_symbols(node)}
        letter = symbol(next(each for each in _letters() if each not in names))
        moved = substitute(body, {variable: letter})
        if any(contains(moved, name) for name in free_symbols(variable)):
            raise TypeError("the derivative is by an expression whose letters are left")
        inner = MaximaWriter().piece(moved)
        taken = called("diff", [inner, (letter.name, ATOM)])
        return called("subst", [operands[1], (letter.name, ATOM), taken])

    def _over_index(self, head: str, operands: list[Piece]) -> Piece:
        body, index, *bounds = operands
        return called(head, [body, index, *(bounds or [("1", ATOM), ("n", ATOM)])])

    def _row(self, row: Basic) -> Piece:
        return called("", [self._pieces[entry] for entry in row.args], "[", "]")


def _entries_as_names(root: Basic) -> Basic:
    """An expression in which a_i is a name where nothing runs over i, as STACK has it."""
    bound = {node.args[1] for node in postorder(root) if type(node) in (Total, Product)}

    def named(node: Basic) -> Basic:
        if type(node) is not At or not all(isinstance(part, Symbol) for part in node.args):
            return node
        column, *indices = node.args
        if not bound.isdisjoint(indices) or "_" in column.name:
            return node
        return symbol(f"{column.name}_{''.join(index.name for index in indices)}")

    return transform(root, named)


def _listed(pieces: list[Piece], between: str) -> Rope:
    parts: list[Rope] = []
    for text, _ in pieces:
        parts += [between, text] if parts else [text]
    return rope(parts)


def _letters() -> Iterator[str]:
    """t, t_1, t_2, …"""
    yield "t"
    yield from (f"t_{number}" for number in count(1))
