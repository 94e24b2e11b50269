"""Written trees in Maxima's syntax: 2*x*sin(x)^2, for systems that judge answers with Maxima."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import count
from types import MappingProxyType

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    Apply,
    At,
    Column,
    D,
    Decimal,
    Delta,
    E,
    Equation,
    FunctionName,
    Matrix,
    Named,
    Negative,
    Node,
    Over,
    Plus,
    Power,
    Product,
    Row,
    Times,
    Total,
    contains,
    free_symbols,
    pi,
    substitute,
    symbol,
)
from derivex.notation.assembly import Assembly
from derivex.notation.rope import Rope, join, rope

__all__ = ["MaximaWriter"]

_SUM, _SIGNED, _PRODUCT, _POWER, _ATOM = range(5)
Piece = tuple[Rope, int]
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


class MaximaWriter(Assembly[Piece]):
    """Writes trees in Maxima's syntax, in the order in which they stand.

    >>> from derivex.expression import TWO, function_name
    >>> x = symbol("x")
    >>> MaximaWriter().write(Times(TWO, x, Power(Apply(function_name("sin"), x), TWO)))
    '2*x*sin(x)^2'
    """

    def __init__(self) -> None:
        super().__init__(
            {
                Plus: self._plus,
                Negative: lambda node, operands: (rope(("-", _in(operands[0], _PRODUCT))), _SIGNED),
                Times: self._times,
                Over: lambda node, operands: (
                    rope((_in(operands[0], _PRODUCT), "/", _in(operands[1], _POWER))),
                    _PRODUCT,
                ),
                Power: lambda node, operands: (
                    rope((_in(operands[0], _ATOM), "^", _in(operands[1], _ATOM))),
                    _POWER,
                ),
                Apply: self._apply,
                At: lambda node, operands: _call(operands[0][0], operands[1:], "[", "]"),
                Named: lambda node, operands: operands[1],
                Delta: lambda node, operands: _call("kron_delta", operands),
                Total: lambda node, operands: self._over_index("sum", operands),
                Product: lambda node, operands: self._over_index("product", operands),
                D: self._derivative,
                Equation: lambda node, operands: (
                    rope((operands[0][0], " = ", operands[1][0])),
                    _SUM,
                ),
                Row: lambda node, operands: _call("matrix", [_call("", operands, "[", "]")]),
                Column: lambda node, operands: _call(
                    "matrix", [_call("", [each], "[", "]") for each in operands]
                ),
                Matrix: lambda node, operands: _call("matrix", list(map(self._row, node.args))),
            }
        )

    def write(self, node: Basic) -> str | None:
        """The text, or None where Maxima has no syntax for it, such as an unknown function."""
        try:
            return join(self.piece(node)[0])
        except TypeError:
            return None

    def leaf(self, node: Basic) -> Piece:
        if isinstance(node, Symbol):
            if not _NAME.fullmatch(node.name) or node.name in _TAKEN:
                raise TypeError(f"{node.name} is no name in Maxima")
            return node.name, _ATOM
        if isinstance(node, Decimal):
            return node.text, _ATOM
        if node is E or node is pi:
            return ("%e" if node is E else "%pi"), _ATOM
        if isinstance(node, FunctionName):
            return node.name, _ATOM
        if node.is_Integer:
            return str(node), _ATOM
        raise TypeError(f"there is no syntax for {type(node).__name__} in Maxima")

    def _plus(self, node: Node, operands: list[Piece]) -> Piece:
        pieces: list[Rope] = [_in(operands[0], _SIGNED)]
        for term, operand in zip(node.args[1:], operands[1:], strict=True):
            if type(term) is Negative:
                pieces += [" - ", _in(self._pieces[term.args[0]], _PRODUCT)]
            else:
                pieces += [" + ", _in(operand, _PRODUCT)]
        return rope(pieces), _SUM

    def _times(self, node: Node, operands: list[Piece]) -> Piece:
        pieces: list[Rope] = [_in(operands[0], _PRODUCT)]
        for operand in operands[1:]:
            pieces += ["*", _in(operand, _POWER)]
        return rope(pieces), _PRODUCT

    def _apply(self, node: Node, operands: list[Piece]) -> Piece:
        name = getattr(node.args[0], "name", "")
        if name == "factorial":
            return rope((_in(operands[1], _ATOM), "!")), _POWER
        known = _FUNCTIONS.get(name) if type(node.args[0]) is FunctionName else None
        if known is None:
            raise TypeError(f"Maxima does not know {name or node.args[0]}")
        return _call(known, operands[1:])

    def _derivative(self, node: Node, operands: list[Piece]) -> Piece:
        body, variable = node.args
        if isinstance(variable, Symbol):
            return _call("diff", operands)
        # By an expression: a new letter stands for it while it is differentiated by.
        names = {name.name for name in free_symbols(node)}
        letter = symbol(next(each for each in _letters() if each not in names))
        moved = substitute(body, {variable: letter})
        if any(contains(moved, name) for name in free_symbols(variable)):
            raise TypeError("the derivative is by an expression whose letters are left")
        inner = MaximaWriter().piece(moved)
        taken = _call("diff", [inner, (letter.name, _ATOM)])
        return _call("subst", [operands[1], (letter.name, _ATOM), taken])

    def _over_index(self, head: str, operands: list[Piece]) -> Piece:
        body, index, *bounds = operands
        return _call(head, [body, index, *(bounds or [("1", _ATOM), ("n", _ATOM)])])

    def _row(self, row: Basic) -> Piece:
        return _call("", [self._pieces[entry] for entry in row.args], "[", "]")


def _letters() -> Iterator[str]:
    """t, t_1, t_2, …"""
    yield "t"
    yield from (f"t_{number}" for number in count(1))


def _in(piece: Piece, least: int) -> Rope:
    """The text of a piece, in brackets where it binds less than needed."""
    text, shape = piece
    return text if shape >= least else rope(("(", text, ")"))


def _call(head: Rope, operands: list[Piece], opening: str = "(", closing: str = ")") -> Piece:
    pieces: list[Rope] = [head, opening]
    for position, (text, _) in enumerate(operands):
        pieces += [", " if position else "", text]
    return rope((*pieces, closing)), _ATOM
