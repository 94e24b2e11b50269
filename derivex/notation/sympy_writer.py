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
    Node,
    Or,
    Prime,
    Product,
    RightLimit,
    Row,
    Singleton,
    Substituted,
    Total,
    Unequal,
    function_of,
)
from derivex.expression.functions import Functions
from derivex.notation.infix_writer import ATOM, InfixWriter, Piece, called
from derivex.notation.rope import rope

__all__ = ["SympyWriter"]

_RELATIONS: dict[type[Node], str] = {
    Equation: "Eq", Nearly: "Eq", Unequal: "Ne",
    Less: "Lt", AtMost: "Le", Greater: "Gt", AtLeast: "Ge",
}  # fmt: skip


class SympyWriter(InfixWriter):
    """Writes trees in SymPy's syntax, in the order in which they stand.

    Args:
        functions: the known functions; their SymPy names are taken from what they mean.

    >>> from derivex.expression import TWO, Negative, Over, Plus, Power, Times, symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> SympyWriter({}).write(Over(Power(Plus(x, Negative(y)), TWO), Times(TWO, x)))
    '(x - y)**2/(2*x)'
    """

    def __init__(self, functions: Functions):
        super().__init__(
            "**",
            {
                Apply: self._apply,
                At: lambda node, operands: called(operands[0][0], operands[1:], "[", "]"),
                Named: lambda node, operands: operands[1],
                Integral: lambda node, operands: called(
                    "Integral", [operands[0], called("", operands[1:])]
                ),
                Antiderivative: lambda node, operands: called("Integral", operands),
                Dotted: lambda node, operands: operands[0],
                Prime: lambda node, operands: operands[0],
                Substituted: lambda node, operands: called("Subs", operands),
                Limit: lambda node, operands: called("Limit", [*operands, ("'+-'", ATOM)]),
                RightLimit: lambda node, operands: called("Limit", [*operands, ("'+'", ATOM)]),
                LeftLimit: lambda node, operands: called("Limit", [*operands, ("'-'", ATOM)]),
                Delta: lambda node, operands: called("KroneckerDelta", operands),
                Total: lambda node, operands: self._over_index("Sum", operands),
                Product: lambda node, operands: self._over_index("Product", operands),
                D: lambda node, operands: called("Derivative", operands),
                **dict.fromkeys(_RELATIONS, self._relation),
                And: lambda node, operands: called("And", operands),
                Or: lambda node, operands: called("Or", operands),
                Branch: lambda node, operands: called("", [*operands, ("True", ATOM)][:2]),
                Cases: lambda node, operands: called("Piecewise", operands),
                Singleton: lambda node, operands: called("FiniteSet", operands),
                Interval: lambda node, operands: called("Interval", operands),
                Row: lambda node, operands: called("Matrix", operands, "([[", "]])"),
                Column: lambda node, operands: called("Matrix", operands, "([", "])"),
                Matrix: self._matrix,
            },
        )
        self._functions = functions

    def leaf(self, node: Basic) -> Piece:
        if isinstance(node, Symbol):
            return node.name.replace("'", "_prime"), ATOM
        if isinstance(node, Decimal):
            # An exact number: SymPy's own decimals are binary.
            return f"Rational('{node.text}')", ATOM
        if node is E:
            return "E", ATOM
        return str(node), ATOM

    def make_over(self, node: Node, operands: list[Piece]) -> Piece:
        above, below = operands
        if all(isinstance(part, Basic) and part.is_Integer for part in node._args):
            # 1/2 would be a binary fraction in Python.
            return rope(("Rational(", above[0], ", ", below[0], ")")), ATOM
        return super().make_over(node, operands)

    def _apply(self, node: Node, operands: list[Piece]) -> Piece:
        if type(node._args[0]) is Prime:
            return self._derived_call(node, operands[1:])
        name = function_of(node._args[0])[0].name
        function = self._functions.get(name)
        return called((function.means if function else None) or name, operands[1:])

    def _relation(self, node: Node, operands: list[Piece]) -> Piece:
        return called(_RELATIONS[type(node)], operands)

    def _derived_call(self, node: Node, arguments: list[Piece]) -> Piece:
        head, places = function_of(node._args[0])
        function = self._functions.get(head.name)
        plain = all(isinstance(argument, Symbol) for argument in node._args[1:])
        names = list(arguments)
        points: dict[str, Piece] = {}
        if not plain or len(set(node._args)) < len(node._args):
            for place in sorted(set(places)):
                names[place - 1] = f"xi_{place}", ATOM
                points[f"xi_{place}"] = arguments[place - 1]
        call = called((function.means if function else None) or head.name, names)
        derived = called("Derivative", [call, *[names[place - 1] for place in places]])
        if not points:
            return derived
        if len(points) == 1:
            return called("Subs", [derived, *[(name, ATOM) for name in points], *points.values()])
        bound = called("", [(name, ATOM) for name in points])
        return called("Subs", [derived, bound, called("", list(points.values()))])

    def _over_index(self, head: str, operands: list[Piece]) -> Piece:
        body, index, *bounds = operands
        limits: list[Piece] = bounds or [("1", ATOM), ("n", ATOM)]
        return called(head, [body, called("", [index, *limits])])

    def _matrix(self, node: Node, operands: list[Piece]) -> Piece:
        rows = [
            called("", [self._pieces[entry] for entry in row.args], "[", "]") for row in node._args
        ]
        return called("Matrix", rows, "([", "])")
