"""Written trees in SymPy's syntax: 2*(x + y + z), for people who paste them into SymPy."""

from __future__ import annotations

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    And,
    Antiderivative,
    Apply,
    At,
    AtLeast,
    AtMost,
    Branch,
    Cases,
    Column,
    D,
    Decimal,
    Delta,
    Dotted,
    E,
    Equation,
    Greater,
    Integral,
    Interval,
    LeftLimit,
    Less,
    Limit,
    Matrix,
    Named,
    Nearly,
    Negative,
    Node,
    Or,
    Over,
    Plus,
    Power,
    Prime,
    Product,
    RightLimit,
    Row,
    Singleton,
    Substituted,
    Times,
    Total,
    Unequal,
    function_of,
)
from derivex.expression.functions import Functions
from derivex.notation.assembly import Assembly
from derivex.notation.rope import Rope, join, rope

__all__ = ["SympyWriter"]

_RELATIONS: dict[type[Node], str] = {
    Equation: "Eq", Nearly: "Eq", Unequal: "Ne",
    Less: "Lt", AtMost: "Le", Greater: "Gt", AtLeast: "Ge",
}  # fmt: skip
_SUM, _SIGNED, _PRODUCT, _POWER, _ATOM = range(5)
Piece = tuple[Rope, int]


class SympyWriter(Assembly[Piece]):
    """Writes trees in SymPy's syntax, in the order in which they stand.

    Args:
        functions: the known functions; their SymPy names are taken from what they mean.

    >>> from derivex.expression import TWO, symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> SympyWriter({}).write(Over(Power(Plus(x, Negative(y)), TWO), Times(TWO, x)))
    '(x - y)**2/(2*x)'
    """

    def __init__(self, functions: Functions):
        super().__init__(
            {
                Plus: self._plus,
                Negative: lambda node, operands: (rope(("-", _in(operands[0], _PRODUCT))), _SIGNED),
                Times: self._times,
                Over: self._over,
                Power: lambda node, operands: (
                    rope((_in(operands[0], _ATOM), "**", _in(operands[1], _ATOM))),
                    _POWER,
                ),
                Apply: self._apply,
                At: lambda node, operands: _call(operands[0][0], operands[1:], "[", "]"),
                Named: lambda node, operands: operands[1],
                Integral: lambda node, operands: _call(
                    "Integral", [operands[0], _call("", operands[1:])]
                ),
                Antiderivative: lambda node, operands: _call("Integral", operands),
                Dotted: lambda node, operands: operands[0],
                Prime: lambda node, operands: operands[0],
                Substituted: lambda node, operands: _call("Subs", operands),
                Limit: lambda node, operands: _call("Limit", [*operands, ("'+-'", _ATOM)]),
                RightLimit: lambda node, operands: _call("Limit", [*operands, ("'+'", _ATOM)]),
                LeftLimit: lambda node, operands: _call("Limit", [*operands, ("'-'", _ATOM)]),
                Delta: lambda node, operands: _call("KroneckerDelta", operands),
                Total: lambda node, operands: self._over_index("Sum", operands),
                Product: lambda node, operands: self._over_index("Product", operands),
                D: lambda node, operands: _call("Derivative", operands),
                **dict.fromkeys(_RELATIONS, self._relation),
                And: lambda node, operands: _call("And", operands),
                Or: lambda node, operands: _call("Or", operands),
                Branch: lambda node, operands: _call("", [*operands, ("True", _ATOM)][:2]),
                Cases: lambda node, operands: _call("Piecewise", operands),
                Singleton: lambda node, operands: _call("FiniteSet", operands),
                Interval: lambda node, operands: _call("Interval", operands),
                Row: lambda node, operands: _call("Matrix", operands, "([[", "]])"),
                Column: lambda node, operands: _call("Matrix", operands, "([", "])"),
                Matrix: self._matrix,
            }
        )
        self._functions = functions

    def write(self, node: Basic) -> str | None:
        """The text, or None where SymPy has no syntax for it (a mean, a gradient)."""
        try:
            return join(self.piece(node)[0])
        except TypeError:
            return None

    def leaf(self, node: Basic) -> Piece:
        if isinstance(node, Symbol):
            return node.name.replace("'", "_prime"), _ATOM
        if isinstance(node, Decimal):
            # An exact number: SymPy's own decimals are binary.
            return f"Rational('{node.text}')", _ATOM
        if node is E:
            return "E", _ATOM
        return str(node), _ATOM

    def _plus(self, node: Node, operands: list[Piece]) -> Piece:
        pieces: list[Rope] = []
        for term, operand in zip(node._args, operands, strict=True):
            if not pieces:
                pieces.append(_in(operand, _SIGNED))
            elif type(term) is Negative:
                pieces += [" - ", _in(self._pieces[term._args[0]], _PRODUCT)]
            else:
                pieces += [" + ", _in(operand, _PRODUCT)]
        return rope(pieces), _SUM

    def _times(self, node: Node, operands: list[Piece]) -> Piece:
        pieces: list[Rope] = [_in(operands[0], _PRODUCT)]
        for operand in operands[1:]:
            pieces += ["*", _in(operand, _POWER)]
        return rope(pieces), _PRODUCT

    def _over(self, node: Node, operands: list[Piece]) -> Piece:
        above, below = operands
        if all(isinstance(part, Basic) and part.is_Integer for part in node._args):
            # 1/2 would be a binary fraction in Python.
            return rope(("Rational(", above[0], ", ", below[0], ")")), _ATOM
        return rope((_in(above, _PRODUCT), "/", _in(below, _POWER))), _PRODUCT

    def _apply(self, node: Node, operands: list[Piece]) -> Piece:
        if type(node._args[0]) is Prime:
            return self._derived_call(node, operands[1:])
        name = function_of(node._args[0])[0].name
        function = self._functions.get(name)
        return _call((function.means if function else None) or name, operands[1:])

    def _relation(self, node: Node, operands: list[Piece]) -> Piece:
        return _call(_RELATIONS[type(node)], operands)

    def _derived_call(self, node: Node, arguments: list[Piece]) -> Piece:
        head, places = function_of(node._args[0])
        function = self._functions.get(head.name)
        plain = all(isinstance(argument, Symbol) for argument in node._args[1:])
        names = list(arguments)
        points: dict[str, Piece] = {}
        if not plain or len(set(node._args)) < len(node._args):
            for place in sorted(set(places)):
                names[place - 1] = f"xi_{place}", _ATOM
                points[f"xi_{place}"] = arguments[place - 1]
        call = _call((function.means if function else None) or head.name, names)
        derived = _call("Derivative", [call, *[names[place - 1] for place in places]])
        if not points:
            return derived
        if len(points) == 1:
            return _call("Subs", [derived, *[(name, _ATOM) for name in points], *points.values()])
        bound = _call("", [(name, _ATOM) for name in points])
        return _call("Subs", [derived, bound, _call("", list(points.values()))])

    def _over_index(self, head: str, operands: list[Piece]) -> Piece:
        body, index, *bounds = operands
        limits: list[Piece] = bounds or [("1", _ATOM), ("n", _ATOM)]
        return _call(head, [body, _call("", [index, *limits])])

    def _matrix(self, node: Node, operands: list[Piece]) -> Piece:
        rows = [
            _call("", [self._pieces[entry] for entry in row.args], "[", "]") for row in node._args
        ]
        return _call("Matrix", rows, "([", "])")


def _in(piece: Piece, least: int) -> Rope:
    """The text of a piece, in brackets where it binds less than needed."""
    text, shape = piece
    return text if shape >= least else rope(("(", text, ")"))


def _call(head: Rope, arguments: list[Piece], opening: str = "(", closing: str = ")") -> Piece:
    pieces: list[Rope] = [head, opening]
    for position, (text, _) in enumerate(arguments):
        pieces += [", ", text] if position else [text]
    return rope([*pieces, closing]), _ATOM
