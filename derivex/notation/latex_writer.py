r"""Written trees as LaTeX: \frac{\partial (x + y + z)^{2}}{\partial y}.

What is written needs amsmath and stands in math mode.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sympy import Integer, Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    INFINITY,
    Apply,
    Column,
    Decimal,
    Dots,
    E,
    FunctionName,
    ImplicitName,
    Matrix,
    Node,
    Plus,
    Power,
    Prime,
    RaisedName,
    Row,
    Times,
    pi,
    symbol,
)
from derivex.expression.array_nodes import ArrayName
from derivex.expression.functions import FIRST_ARGUMENT, Function, Functions
from derivex.notation import precedence as p
from derivex.notation.dots import written_parts
from derivex.notation.latex_arrays import LatexArrays
from derivex.notation.latex_conditions import LatexConditions
from derivex.notation.latex_piece import LatexPiece, at_least, bracketed, separated, tall_among
from derivex.notation.marks import CLOSING, opening_mark
from derivex.notation.primes import (
    Orders,
    derivative_orders,
    name_of,
    partial_places,
    prime_order,
    primes,
    quantity_orders,
)
from derivex.notation.rope import Rope, join, rope
from derivex.notation.set_shapes import is_only_letter, points_of
from derivex.notation.spelling import latex_name
from derivex.notation.vocabulary import UNKNOWN_FUNCTIONS, one_by_one

__all__ = ["LatexWriter"]

_GAPS = ("", " ", r" \cdot ")
_D = symbol("d")
_NO_FUNCTIONS: Mapping[str, Function] = MappingProxyType({})


def _begins_with_d(node: Basic) -> bool:
    """Whether the first letter that is written is a d, as in d a, which is a product here."""
    while type(node) in (Plus, Times, Power):
        node = node._args[0]
    return node is _D


def _boxed(number: int) -> str:
    return rf"\boxed{{\,{number}\,}}"


# The functions for which LaTeX itself has a command.
_COMMANDS = frozenset(
    ("arccos", "arcsin", "arctan", "cos", "cosh", "cot", "coth", "csc", "det", "exp", "ln", "log",
     "max", "min", "sec", "sin", "sinh", "tan", "tanh")
)  # fmt: skip


_LONG_EXPONENT = 80  # characters of LaTeX


def _is_long(text: Rope) -> bool:
    return not isinstance(text, str) or len(text) > _LONG_EXPONENT  # no string: longer still


class LatexWriter(LatexConditions, LatexArrays):
    r"""Writes trees as LaTeX, and remembers the LaTeX of every node it has written.

    Args:
        functions: the functions that say how they are written; any other has its own name.
        gap: what stands for the gap of a number; by default a box with the number.

    >>> from derivex.expression import D, Plus, Power, TWO, symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> print(LatexWriter().write(D(Power(Plus(x, y), TWO), y)))
    \frac{\partial (x + y)^{2}}{\partial y}
    """

    def __init__(
        self,
        functions: Functions = _NO_FUNCTIONS,
        gap: Callable[[int], str] = _boxed,
        long_exponents_beside: bool = False,
    ):
        super().__init__()
        self._long_exponents_beside = long_exponents_beside
        self._functions = functions
        self._gap = gap

    def for_long_lines(self) -> LatexWriter:
        r"""The same writer with \exp(…) for e to a long power, which can be broken into lines."""
        return LatexWriter(self._functions, self._gap, long_exponents_beside=True)

    def write(self, node: Basic) -> str:
        """The LaTeX of a tree, without dollar signs round it.

        Raises:
            TypeError: if there is a kind of node in it that cannot be written.
        """
        return join(self.piece(node).text)

    def write_marked(self, node: Basic, marks: Mapping[Basic, int]) -> str:
        """The LaTeX of a tree with the signs of :mod:`derivex.notation.marks` in it."""
        return join(self.marked_piece(node, marks).text)

    def mark(self, piece: LatexPiece, number: int) -> LatexPiece:
        text = rope((opening_mark(number), piece.text, CLOSING))
        return LatexPiece(text, piece.shape, piece.opening, piece.closing, piece.tall)

    def leaf(self, node: Basic) -> LatexPiece:
        if isinstance(node, Symbol):
            closing = p.CALLABLE if node.name in UNKNOWN_FUNCTIONS else p.OTHER
            return LatexPiece(latex_name(node.name), p.NAME, p.LETTER, closing)
        if isinstance(node, ArrayName):
            return LatexPiece(latex_name(node.name), p.NAME, p.LETTER)
        if isinstance(node, Integer):
            return LatexPiece(str(node.p), p.NUMBER, p.DIGIT, p.digit_closing(node))
        if isinstance(node, Decimal):
            return LatexPiece(node.text, p.NUMBER, p.DIGIT, p.DIGIT)
        if isinstance(node, ImplicitName):
            return self.leaf(symbol(node.name))
        if isinstance(node, FunctionName):
            return LatexPiece(self._function(node.name), p.NAME)
        if node is E:
            return LatexPiece("e", p.NAME, p.LETTER)
        if node is pi:
            return LatexPiece(r"\pi", p.NAME, p.LETTER)
        if node is INFINITY:
            return LatexPiece(r"\infty", p.NAME)
        if isinstance(node, Dots):
            return LatexPiece(r"\dots", p.CLOSED)
        return bracketed(LatexPiece(r"\text{" + str(node) + "}", p.SUM))

    def _function(self, name: str) -> str:
        known = self._functions.get(name)
        if known is not None and known.latex:
            return known.latex
        if name in _COMMANDS:
            return "\\" + name
        written = latex_name(name)
        return written.replace(r"\mathrm{", r"\operatorname{", 1)

    def make_plus(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        pieces: list[Rope] = []
        for subtracted, term in p.signed_terms(node, self._pieces, bracketed):
            if pieces:
                pieces.append(" - " if subtracted else " + ")
            pieces.append(term.text)
        return LatexPiece(rope(pieces), p.SUM, tall=tall_among(operands))

    def make_negative(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        operand = at_least(operands[0], p.CHAIN)
        return LatexPiece(rope(("-", operand.text)), p.SIGNED, tall=operand.tall)

    def make_times(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        pieces: list[Rope] = []
        opening = factor = None
        for gap, factor in p.factors(operands, bracketed, stacked=True):
            if gap:
                pieces.append(_GAPS[gap])
            pieces.append(factor.text)
            if opening is None:
                opening = factor.opening
        shape = p.product_shape(operands, stacked=True)
        closing = factor.closing if factor else p.OTHER
        return LatexPiece(rope(pieces), shape, opening or p.OTHER, closing, tall_among(operands))

    def make_over(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        above, below = operands
        if type(node._args[1]) is Times and all(map(_begins_with_d, node._args)):
            below = bracketed(below)  # else it would be read as a derivative
        text = rope((r"\frac{", above.text, "}{", below.text, "}"))
        return LatexPiece(text, p.QUOTIENT, p.FRACTION, p.FRACTION, True)

    def make_power(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        base, exponent = operands
        head = node._args[0]
        if self._long_exponents_beside and head is E and _is_long(exponent.text):
            return self._call(r"\exp", [exponent])
        raised: Rope = rope(("^{", exponent.text, "}"))
        if type(head) is Apply and isinstance(node._args[1], Integer):
            name = self._pieces[head._args[0]].text
            if isinstance(name, str) and name.startswith("\\") and name[1:] in _COMMANDS:
                arguments = [self._pieces[argument] for argument in head._args[1:]]
                call = self._call(rope((name, raised)), arguments)
                power = LatexPiece(call.text, p.POWER, p.OTHER, p.OTHER, call.tall)
                return self.mark(power, self._marks[head]) if head in self._marks else power
        called = type(head) is Apply and base.shape != p.NAME  # and not y for y(x)
        if base.shape < p.NUMBER or called or type(head) is Row or p.is_raised(head):
            base = bracketed(base)
        tall = base.tall or exponent.tall
        return LatexPiece(rope((base.text, raised)), p.POWER, base.opening, p.OTHER, tall)

    def make_apply(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        head, *arguments = operands
        orders = quantity_orders(node)
        if orders is not None:
            return self._quantity(node, orders)
        if type(node._args[0]) is Prime:
            return self._derived_call(node, arguments)
        name = getattr(node._args[0], "name", "")
        if len(arguments) == 1:
            argument = arguments[0]
            if name == "abs":
                inside = argument.text
                if type(node._args[1]) is Apply and node._args[1]._args[0] is node._args[0]:
                    inside = rope(("{", inside, "}"))  # two bars side by side are a norm's
                text = rope((r"\left|", inside, r"\right|"))
                return LatexPiece(text, p.CLOSED, p.CLING, p.OTHER, argument.tall)
            if name == "factorial":
                if argument.shape < p.NUMBER:
                    argument = bracketed(argument)
                text = rope((argument.text, "!"))
                return LatexPiece(text, p.POWER, argument.opening, tall=argument.tall)
            if name == "sqrt":
                text = rope((r"\sqrt{", argument.text, "}"))
                return LatexPiece(text, p.CLOSED, p.CLING, p.OTHER, argument.tall)
        if name == "binomial" and len(arguments) == 2:
            above, below = arguments
            return LatexPiece(
                rope((r"\binom{", above.text, "}{", below.text, "}")), p.CLOSED, tall=True
            )
        known = self._functions.get(name)
        if (
            known is not None
            and known.latex
            and FIRST_ARGUMENT in known.latex
            and len(arguments) > 1
        ):
            first = join(arguments[0].text)
            return self._call(known.latex.replace(FIRST_ARGUMENT, first), arguments[1:])
        return self._call(at_least(head, p.NAME).text, arguments)

    def _call(self, head: Rope, arguments: list[LatexPiece]) -> LatexPiece:
        inside = bracketed(
            LatexPiece(separated(arguments, ", "), p.SUM, tall=tall_among(arguments))
        )
        return LatexPiece(rope((head, inside.text)), p.CLOSED, tall=inside.tall)

    def make_prime(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        return LatexPiece(rope((operands[0].text, "'")), p.NAME)

    def _quantity(self, node: Node, orders: Orders) -> LatexPiece:
        r"""y, \frac{dy}{dx}, \frac{\partial^{2} z}{\partial x \partial y}."""
        name = name_of(node)
        assert isinstance(name, ImplicitName)
        written = self.leaf(symbol(name.name))
        if not orders:
            return written
        return self._differential(written.text, orders, "d" if len(name.arguments) == 1 else "")

    def _differential(self, above: Rope, orders: Orders, sign: str) -> LatexPiece:
        """The fraction of a derivative of any order; the sign is ∂ if none is given."""
        total = sum(times for _, times in orders)
        start = sign or r"\partial"
        raised = f"^{{{total}}}" if total > 1 else ""
        pieces: list[Rope] = [r"\frac{", start, raised, "" if sign else " ", above, "}{"]
        for position, (name, times) in enumerate(orders):
            raised = f"^{{{times}}}" if times > 1 else ""
            pieces += [" " if position else "", start, "" if sign else " "]
            pieces += [self._pieces[name].text, raised]
        return LatexPiece(rope((*pieces, "}")), p.DERIVATIVE, p.APART, p.APART, True)

    def _derived_call(self, node: Node, arguments: list[LatexPiece]) -> LatexPiece:
        r"""f'(u), f^{(4)}(u), \partial_{1} f(u, v)."""
        name = self.piece(name_of(node)).text
        order = prime_order(node)
        if order:
            return self._call(rope((name, primes(order, "'", "^{(", ")}"))), arguments)
        signs = [rf"\partial_{{{place}}} " for place in partial_places(node)]
        call = self._call(rope((*signs, name)), arguments)
        return LatexPiece(call.text, p.POWER, tall=call.tall)

    def make_substituted(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        body, name, value = operands
        text = rope((r"\left. ", body.text, r" \right|_{", name.text, " = ", value.text, "}"))
        # What stands above such a bar is a second value: ∫₀¹ = [F]₀¹.
        return LatexPiece(text, p.POWER, p.APART, p.APART, True)

    def make_at(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        base, *indices = operands
        head = node._args[0]
        if isinstance(head, RaisedName):
            high, *further = indices
            low = rope(("_{", self._low(node._args[2:], further), "}")) if further else ""
            text = rope((base.text, "^{(", high.text, ")}", low))
            return LatexPiece(text, p.NAME, base.opening, p.OTHER, base.tall)
        low = self._low(node._args[1:], indices)
        if not isinstance(head, (Symbol, ArrayName)) or "_" in head.name:
            base = base if type(head) is Apply else bracketed(base)
        text = rope((base.text, "_{", low, "}"))
        return LatexPiece(text, p.NAME, base.opening, base.closing, base.tall)

    def _low(self, indices: tuple[Basic, ...], pieces: list[LatexPiece]) -> Rope:
        """Indices next to one another where that can be read, A_{ij}, else with commas.

        An index that is a product stands in brackets: x_{ab} would be read as the name ab.
        """
        pieces = [
            bracketed(piece) if type(index) is Times else piece
            for index, piece in zip(indices, pieces, strict=True)
        ]
        return separated(pieces, "" if one_by_one(indices) else ", ")

    def make_gap(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        return LatexPiece(self._gap(int(node._args[0])), p.CLOSED, p.APART, p.APART, True)

    def make_dotted(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        return self._make(written_parts(node), operands[1:])

    def make_delta(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        text = rope((r"\delta_{", self._low(node._args, operands), "}"))
        return LatexPiece(text, p.NAME, p.LETTER)

    def make_total(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        return self._over_index(r"\sum", operands)

    def make_product(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        return self._over_index(r"\prod", operands)

    def _over_index(self, sign: str, operands: list[LatexPiece]) -> LatexPiece:
        body, index, *bounds = operands
        if p.total_needs_brackets(body):
            body = bracketed(body)
        limits: Rope = rope(("_{", index.text, "}"))
        if bounds:
            lower, upper = bounds
            limits = rope(("_{", index.text, " = ", lower.text, "}^{", upper.text, "}"))
        text = rope((sign, limits, " ", body.text))
        return LatexPiece(text, p.BIG, p.OTHER, body.closing, True)

    def make_limit(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        return self._limit(operands, "")

    def make_rightlimit(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        return self._limit(operands, "^{+}")

    def make_leftlimit(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        return self._limit(operands, "^{-}")

    def _limit(self, operands: list[LatexPiece], side: str) -> LatexPiece:
        body, variable, point = operands
        if p.total_needs_brackets(body):
            body = bracketed(body)
        goal = at_least(point, p.NUMBER) if side else point
        limit: Rope = rope((r"\lim_{", variable.text, r" \to ", goal.text, side, "} "))
        return LatexPiece(rope((limit, body.text)), p.BIG, p.OTHER, body.closing, True)

    def make_integral(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        body, name, lower, upper = operands
        sign = rope((r"\int_{", lower.text, "}^{", upper.text, "}"))
        return self._integral(sign, body, name)

    def make_antiderivative(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        body, name = operands
        return self._integral(r"\int", body, name)

    def _integral(self, sign: Rope, body: LatexPiece, name: LatexPiece) -> LatexPiece:
        if p.total_needs_brackets(body):
            body = bracketed(body)
        text = rope((sign, " ", body.text, r" \, d", name.text))
        return LatexPiece(text, p.BIG, p.OTHER, p.APART, True)

    def make_mean(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        command = r"\bar{" if isinstance(node._args[0], Symbol) else r"\overline{"
        text = rope((command, operands[0].text, "}"))
        return LatexPiece(text, p.CLOSED, p.LETTER, p.OTHER, operands[0].tall)

    def make_named(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        return self.leaf(symbol(str(node._args[0])))

    def make_d(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        several = derivative_orders(node, lambda name: self._pieces[name].shape == p.NAME)
        if several is not None:
            operand, orders = several
            above = self._pieces[operand]
            if above.shape < p.POWER and above.tall:
                operator = self._differential("", orders, "")
                text = rope((operator.text, " ", bracketed(above).text))
                return LatexPiece(text, p.DERIVATIVE, p.APART, p.APART, True)
            return self._differential(at_least(above, p.POWER).text, orders, "")
        above, below = operands
        below = below if below.shape == p.NAME else bracketed(below)
        array = type(node._args[0]) in (Column, Matrix)
        if above.tall and (above.shape < p.POWER or array):
            # A tall operand stands beside the fraction, where it keeps its size.
            operand = above if array else bracketed(above)
            text = rope((r"\frac{\partial}{\partial ", below.text, "} ", operand.text))
        else:
            above = at_least(above, p.POWER)
            text = rope((
                r"\frac{\partial ", above.text, r"}{\partial ", below.text, "}"
            ))  # fmt: skip
        return LatexPiece(text, p.DERIVATIVE, p.APART, p.APART, True)

    def make_gradient(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        operand = operands[0]
        if p.gradient_needs_brackets(node._args[0], operand.shape):
            operand = bracketed(operand)
        text = rope((r"\nabla ", operand.text))
        return LatexPiece(text, p.DERIVATIVE, p.APART, p.APART, operand.tall)

    def make_row(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        inside = LatexPiece(separated(operands, ", "), p.SUM, tall=tall_among(operands))
        return bracketed(inside)

    def make_column(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        return self._array(separated(operands, r" \\ "))

    def make_matrix(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        rows: list[Rope] = []
        for row in node._args:
            if rows:
                rows.append(r" \\ ")
            rows.append(separated([self._pieces[entry] for entry in row.args], " & "))
        return self._array(rope(rows))

    def _array(self, inside: Rope) -> LatexPiece:
        text = rope((r"\begin{pmatrix} ", inside, r" \end{pmatrix}"))
        return LatexPiece(text, p.CLOSED, p.ROUND, p.OTHER, True)

    def make_subdifferential(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        operand, variable = operands
        operand = at_least(operand, p.POWER)
        sign: Rope = r"\partial "
        if not is_only_letter(node):
            sign = rope((r"\partial_{", variable.text, "} "))
        text = rope((sign, operand.text))
        return LatexPiece(text, p.DERIVATIVE, p.APART, p.APART, operand.tall)

    def make_singleton(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        return self._set(r"\left\{", operands, r"\right\}")

    def make_interval(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        return self._set(r"\left[", operands, r"\right]")

    def make_hull(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        if points := points_of(node):
            inside = [self._pieces[point] for point in points]
            return self._set(r"\operatorname{conv} \left\{", inside, r"\right\}")
        operands = [at_least(operand, p.SUM) for operand in operands]
        return self._set(r"\operatorname{conv} \left(", operands, r"\right)", r" \cup ")

    def _set(
        self, opening: str, operands: list[LatexPiece], closing: str, comma: str = ", "
    ) -> LatexPiece:
        text = rope((opening, separated(operands, comma), closing))
        return LatexPiece(text, p.CLOSED, p.APART, p.APART, tall_among(operands))
