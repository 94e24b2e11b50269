"""Formulas in two dimensions, in the order in which they are written.

::

    1                  2
    ─ Σ (s aᵢ + b − hᵢ)
    2 i

(whole numbers are raised by characters where there are some).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import Apply, ImplicitName, Mean, Named, Node, Prime, symbol
from derivex.expression.array_nodes import ArrayName
from derivex.notation import precedence as p
from derivex.notation.dots import written_parts
from derivex.notation.primes import Orders, derivative_orders, name_of, quantity_orders
from derivex.notation.rope import join
from derivex.notation.set_shapes import is_only_letter, points_of
from derivex.notation.spelling import superscript
from derivex.notation.text_writer import TextWriter
from derivex.rendering.box import Box, Sketch, Stroke, above_one_another, beside, paint, text_sketch
from derivex.rendering.brackets import array, enclosed, fraction, is_flat, overlined
from derivex.rendering.stacked_arrays import StackedArrays
from derivex.rendering.stacked_conditions import StackedConditions
from derivex.rendering.stacked_piece import StackedPiece

__all__ = ["StackedWriter", "stacked"]


_LONGEST_ON_ONE_LINE = 30  # characters of a small formula that could be set in two dimensions


def stacked(node: Basic, unicode: bool = True) -> Box:
    """A formula in two dimensions.

    >>> from derivex.expression import Over, Plus, ONE, symbol
    >>> print(stacked(Plus(Over(ONE, symbol("x")), ONE)))
    1
    ─ + 1
    x
    """
    return StackedWriter(unicode).box(node)


class StackedWriter(StackedConditions, StackedArrays):
    """Lays formulas out in two dimensions, and remembers the layout of every node.

    Args:
        unicode: whether to draw with ─, ⎛, Σ, x²; otherwise ASCII only.
        functions: the functions, beside the usual ones, whose names no run of letters may form.
    """

    def __init__(self, unicode: bool = True, functions: Collection[str] = ()):
        super().__init__()
        self.unicode = unicode
        self._text = TextWriter(unicode, functions)
        self._minus = "−" if unicode else "-"
        self._gaps = ("", " ", " · " if unicode else " * ")

    def sketch(self, node: Basic) -> Sketch:
        """The layout of a formula, from which its size is known before it is painted.

        Raises:
            TypeError: if there is a kind of node in it that cannot be laid out.
        """
        return self.piece(node).sketch

    def marked_sketch(self, node: Basic, marks: Mapping[Basic, int]) -> Sketch:
        """The layout of a formula in which some nodes are marked, each with a number."""
        return self.marked_piece(node, marks).sketch

    def mark(self, piece: StackedPiece, number: int) -> StackedPiece:
        inside = piece.sketch
        sketch = Sketch(inside.width, inside.above, inside.below, ((0, 0, inside),), number)
        return StackedPiece(sketch, piece.shape, piece.opening, piece.closing)

    def box(self, node: Basic) -> Box:
        """The finished lines of a formula."""
        return paint(self.sketch(node))

    def leaf(self, node: Basic) -> StackedPiece:
        piece = self._text.leaf(node)
        text = text_sketch(join(piece.text))
        return StackedPiece(text, piece.shape, piece.opening, piece.closing)

    def _bracketed(self, piece: StackedPiece) -> StackedPiece:
        return self._enclosed(piece.sketch, "(", ")", p.ROUND)

    def _enclosed(
        self, inside: Sketch, opening: str, closing: str, opens_with: int
    ) -> StackedPiece:
        return StackedPiece(enclosed(inside, opening, closing, self.unicode), p.CLOSED, opens_with)

    def at_least(self, piece: StackedPiece, shape: int) -> StackedPiece:
        return piece if piece.shape >= shape else self._bracketed(piece)

    def _separated(self, operands: list[StackedPiece], comma: str) -> Sketch:
        parts: list[Sketch | str] = []
        for operand in operands:
            if parts:
                parts.append(comma)
            parts.append(operand.sketch)
        return beside(parts)

    def make_plus(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        parts: list[Sketch | str] = []
        for subtracted, term in p.signed_terms(node, self._pieces, self._bracketed):
            if parts:
                parts.append(f" {self._minus} " if subtracted else " + ")
            parts.append(term.sketch)
        return StackedPiece(beside(parts), p.SUM)

    def make_negative(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        operand = self.at_least(operands[0], p.CHAIN)
        # A minus that touches a fraction's bar would look like a part of it.
        sign = self._minus + " " if operand.opening in (p.FRACTION, p.APART) else self._minus
        return StackedPiece(beside((sign, operand.sketch)), p.SIGNED)

    def make_times(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        parts: list[Sketch | str] = []
        opening = factor = None
        joined = self._text.joined(node)
        for position, (gap, factor) in enumerate(
            p.factors(operands, self._bracketed, stacked=True)
        ):
            if gap and position not in joined:
                parts.append(self._gaps[gap])
            parts.append(factor.sketch)
            if opening is None:
                opening = factor.opening
        shape = p.product_shape(operands, stacked=True)
        closing = factor.closing if factor else p.OTHER
        return StackedPiece(beside(parts), shape, opening or p.OTHER, closing)

    def make_over(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        above, below = operands
        # The bar of the outer fraction is the longer one.
        inner = {above.opening, below.opening} & {p.FRACTION, p.APART}
        sketch = fraction(above.sketch, below.sketch, self.unicode, overhang=1 if inner else 0)
        return StackedPiece(sketch, p.QUOTIENT, p.FRACTION, p.FRACTION)

    def make_power(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        base, exponent = operands
        head = node._args[0]
        if base.shape < p.NUMBER or type(head) is Mean or p.is_raised(head):
            base = self._bracketed(base)
        sketch = base.sketch
        small = None
        if self.unicode and exponent.shape in (p.NUMBER, p.SIGNED) and exponent.sketch.height == 1:
            small = superscript(paint(exponent.sketch).lines[0])
        if small is not None:
            top = 0 if is_flat(sketch) else sketch.above  # where the bracket of the base ends
            raised = Sketch(len(small), top, 0, ((-top, 0, small),))
        else:
            high = self._on_one_line(node._args[1], exponent.sketch)
            row = -sketch.above - 1 - high.below
            raised = Sketch(high.width, high.above - row, 0, ((row, 0, high),))
        return StackedPiece(beside((sketch, raised)), p.POWER, base.opening)

    def _on_one_line(self, node: Basic, sketch: Sketch) -> Sketch:
        """An exponent or a denominator of ∂: on one line, as −x²/2, where it is short enough."""
        if sketch.height > 1:
            text = self._text.piece(node).text
            if isinstance(text, str) and len(text) <= _LONGEST_ON_ONE_LINE:
                return text_sketch(text)
        return sketch

    def make_apply(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        head, *arguments = operands
        orders = quantity_orders(node)
        if orders is not None:
            return self._quantity(node, orders)
        if type(node._args[0]) is Prime:
            return self._derived_call(node, arguments)
        name = getattr(node._args[0], "name", "")
        inside = self._separated(arguments, ", ")
        if name == "abs" and len(arguments) == 1:
            return self._enclosed(inside, "|", "|", p.CLING)
        if name == "factorial" and len(arguments) == 1:
            argument = arguments[0]
            if argument.shape < p.NUMBER:
                argument = self._bracketed(argument)
            return StackedPiece(beside((argument.sketch, "!")), p.POWER, argument.opening)
        if name == "sqrt" and len(arguments) == 1 and self.unicode:
            if arguments[0].shape not in (p.NUMBER, p.NAME) or inside.height > 1:
                inside = self._bracketed(arguments[0]).sketch
            return StackedPiece(beside(("√", inside)), p.ROOT, p.CLING)
        head = self.at_least(head, p.NAME)
        return self._call(head.sketch, inside, head.opening)

    def _call(self, head: Sketch | str, inside: Sketch, opening: int) -> StackedPiece:
        sketch = beside((head, enclosed(inside, "(", ")", self.unicode)))
        return StackedPiece(sketch, p.CLOSED, opening)

    def make_prime(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        return StackedPiece(text_sketch(self._text.write(node)), p.NAME)

    def _quantity(self, node: Node, orders: Orders) -> StackedPiece:
        """y, or dy/dx as a fraction."""
        name = name_of(node)
        assert isinstance(name, ImplicitName)
        written = self.leaf(symbol(name.name))
        if not orders:
            return written
        sign = "∂" if self.unicode and len(name.arguments) > 1 else "d"
        sketch = fraction(*self._differential(written.sketch, orders, sign), self.unicode)
        return StackedPiece(sketch, p.DERIVATIVE, p.APART, p.APART)

    def _differential(self, above: Sketch, orders: Orders, sign: str) -> tuple[Sketch, Sketch]:
        """What stands above and below the line of ∂²u/∂x∂y."""
        total = sum(times for _, times in orders)
        below: list[Sketch | str] = []
        for position, (name, times) in enumerate(orders):
            if position:
                below.append(" ")
            below += [sign, self._pieces[name].sketch, self._order(times)]
        return beside((sign + self._order(total), above)), beside(below)

    def _order(self, order: int) -> str:
        if order == 1:
            return ""
        return superscript(str(order)) or "" if self.unicode else f"^{order}"

    def _derived_call(self, node: Node, arguments: list[StackedPiece]) -> StackedPiece:
        """f′(u), ∂₁f(u, v): the head is that of the one-line text, without the arguments."""
        plain = Apply(node._args[0], *[symbol("x")] * len(arguments))
        piece = self._text.piece(plain)
        head = join(piece.text).partition("(x")[0]
        call = self._call(head, self._separated(arguments, ", "), piece.opening)
        return StackedPiece(call.sketch, piece.shape, piece.opening)

    def make_substituted(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        body, name, value = operands
        inside = body.sketch
        low = beside((name.sketch, " = ", value.sketch))
        below = inside.below + (1 if inside.height == 1 else 0)
        bar = "│" if self.unicode else "|"
        stroke = Stroke(bar, bar, bar, inside.above + 1 + below, vertical=True)
        line = Sketch(1, inside.above, below, ((-inside.above, 0, stroke),))
        depth = below + low.above
        foot = Sketch(low.width, 0, depth + low.below, ((depth, 0, low),))
        return StackedPiece(beside((inside, line, foot)), p.CLOSED, p.APART, p.APART)

    def make_at(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        base, *indices = operands
        if all(operand.sketch.height == 1 for operand in operands):
            written = self._text.piece(node)
            sketch = text_sketch(join(written.text))
            return StackedPiece(sketch, written.shape, written.opening, written.closing)
        if type(node._args[0]) is not Apply:
            base = self.at_least(base, p.NAME)
        index = enclosed(self._separated(indices, ", "), "[", "]", self.unicode)
        return StackedPiece(beside((base.sketch, index)), p.NAME, base.opening, base.closing)

    def make_dotted(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        if all(operand.sketch.height == 1 for operand in operands[1:]):
            written = self._text.piece(node)
            sketch = text_sketch(join(written.text))
            return StackedPiece(sketch, written.shape, written.opening, written.closing)
        return self._make(written_parts(node), operands[1:])

    def make_gap(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        written = self._text.piece(node)
        sketch = text_sketch(join(written.text))
        return StackedPiece(sketch, written.shape, written.opening, written.closing)

    def make_delta(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        written = self._text.piece(node)
        sketch = text_sketch(join(written.text))
        return StackedPiece(sketch, written.shape, written.opening, written.closing)

    def make_total(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        return self._over_index("Σ" if self.unicode else "sum", operands)

    def make_product(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        return self._over_index("Π" if self.unicode else "prod", operands)

    def _over_index(self, written: str, operands: list[StackedPiece]) -> StackedPiece:
        body, index, *bounds = operands
        if p.total_needs_brackets(body):
            body = self._bracketed(body)
        column = [text_sketch(written), index.sketch]
        if bounds:
            lower, upper = bounds
            below = beside((index.sketch, " = ", lower.sketch))
            column = [upper.sketch, column[0], below]
        sign = above_one_another(column, base=len(column) - 2)
        sketch = beside((sign, " ", body.sketch))
        return StackedPiece(sketch, p.BIG, p.OTHER, body.closing)

    def make_limit(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        return self._limit(operands, "")

    def make_rightlimit(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        return self._limit(operands, "+")

    def make_leftlimit(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        return self._limit(operands, self._minus)

    def _limit(self, operands: list[StackedPiece], side: str) -> StackedPiece:
        body, variable, point = operands
        if p.total_needs_brackets(body):
            body = self._bracketed(body)
        arrow = "→" if self.unicode else "->"
        below = beside((variable.sketch, arrow, point.sketch, side))
        sign = above_one_another([text_sketch("lim"), below], base=0)
        return StackedPiece(beside((sign, " ", body.sketch)), p.BIG, p.OTHER, body.closing)

    def make_integral(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        body, name, lower, upper = operands
        sign = text_sketch("∫" if self.unicode else "int")
        column = above_one_another([upper.sketch, sign, lower.sketch], base=1)
        return self._integral(column, body, name)

    def make_antiderivative(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        body, name = operands
        return self._integral(text_sketch("∫" if self.unicode else "int"), body, name)

    def _integral(self, sign: Sketch, body: StackedPiece, name: StackedPiece) -> StackedPiece:
        if p.total_needs_brackets(body):
            body = self._bracketed(body)
        sketch = beside((sign, " ", body.sketch, " d", name.sketch))
        return StackedPiece(sketch, p.BIG, p.OTHER, p.APART)

    def make_mean(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        return StackedPiece(overlined(operands[0].sketch), p.CLOSED, p.LETTER)

    def make_named(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        return self.leaf(symbol(str(node._args[0])))

    def make_d(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        several = derivative_orders(node, lambda name: self._pieces[name].shape == p.NAME)
        if several is not None:
            return self._higher(*several)
        above, below = operands
        variable = self._on_one_line(node._args[1], below.sketch)
        if below.shape != p.NAME:
            variable = enclosed(variable, "(", ")", self.unicode)
        sign = "∂" if self.unicode else "d"
        denominator = beside((sign, variable))
        readable = self.unicode or isinstance(
            node._args[0], (Symbol, Named, ArrayName)
        )  # dsin(x) is not
        brackets = above.shape < p.ROOT or not readable
        operand = self._bracketed(above).sketch if brackets else above.sketch
        if brackets and not is_flat(operand):
            # A tall operand stands beside the fraction, where it is easier to read.
            operator = fraction(text_sketch(sign), denominator, self.unicode)
            sketch = beside((operator, " ", operand))
        else:
            numerator = beside((sign, operand))
            overhang = 1 if numerator.height > 2 else 0
            sketch = fraction(numerator, denominator, self.unicode, overhang)
        return StackedPiece(sketch, p.DERIVATIVE, p.APART, p.APART)

    def _higher(self, operand: Basic, orders: Orders) -> StackedPiece:
        """∂²u/∂x²: one fraction, whatever the order."""
        sign = "∂" if self.unicode else "d"
        piece = self._pieces[operand]
        brackets = piece.shape < p.ROOT or not (self.unicode or isinstance(operand, Symbol))
        inside = self._bracketed(piece).sketch if brackets else piece.sketch
        if brackets and not is_flat(inside):
            operator = fraction(*self._differential(text_sketch(""), orders, sign), self.unicode)
            sketch = beside((operator, " ", inside))
        else:
            above, below = self._differential(inside, orders, sign)
            sketch = fraction(above, below, self.unicode, 1 if above.height > 2 else 0)
        return StackedPiece(sketch, p.DERIVATIVE, p.APART, p.APART)

    def make_gradient(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        operand = operands[0]
        if p.gradient_needs_brackets(node._args[0], operand.shape):
            operand = self._bracketed(operand)
        sketch = beside(("∇" if self.unicode else "grad ", operand.sketch))
        return StackedPiece(sketch, p.DERIVATIVE, p.APART, p.APART)

    def make_row(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        return self._enclosed(self._separated(operands, ", "), "(", ")", p.ROUND)

    def make_column(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        return self._array([[operand] for operand in operands])

    def make_matrix(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        return self._array([[self._pieces[entry] for entry in row.args] for row in node._args])

    def _array(self, rows: list[list[StackedPiece]]) -> StackedPiece:
        inside = array([[entry.sketch for entry in row] for row in rows])
        return self._enclosed(inside, "(", ")", p.ROUND)

    def make_subdifferential(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        operand, variable = operands
        operand = self.at_least(operand, p.ROOT)
        parts: list[Sketch | str] = ["∂" if self.unicode else "subdifferential "]
        if not is_only_letter(node):
            by = variable if variable.shape >= p.NAME else self._bracketed(variable)
            parts = ["∂_" if self.unicode else "subdifferential by ", by.sketch, " "]
        return StackedPiece(beside((*parts, operand.sketch)), p.DERIVATIVE, p.APART, p.APART)

    def make_singleton(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        return self._set("{", self._separated(operands, ", "), "}")

    def make_interval(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        return self._set("[", self._separated(operands, ", "), "]")

    def make_hull(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        if points := points_of(node):
            inside = self._set(
                "{", self._separated([self._pieces[each] for each in points], ", "), "}"
            )
        else:
            union = " ∪ " if self.unicode else ", "
            operands = [self.at_least(operand, p.SUM) for operand in operands]
            inside = self._set("(", self._separated(operands, union), ")")
        return StackedPiece(beside(("conv", inside.sketch)), p.CLOSED, p.APART, p.APART)

    def _set(self, opening: str, inside: Sketch, closing: str) -> StackedPiece:
        sketch = enclosed(inside, opening, closing, self.unicode)
        return StackedPiece(sketch, p.CLOSED, p.APART, p.APART)
