"""Written trees as one line of text: ∂(x + y + z)²/∂y, or d((x + y + z)^2)/dy in ASCII.

What is written is read back as the same tree by the reader of the text notation.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sympy import Integer, Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    INFINITY,
    Apply,
    At,
    Decimal,
    Dots,
    E,
    FunctionName,
    ImplicitName,
    Named,
    Node,
    Prime,
    RaisedName,
    Times,
    pi,
    symbol,
)
from derivex.expression.array_nodes import ArrayName
from derivex.notation import precedence as p
from derivex.notation.dots import written_parts
from derivex.notation.marks import CLOSING, enclosed_in_marks, opening_mark, without_marks
from derivex.notation.primes import (
    MOST_PRIMES,
    Orders,
    derivative_orders,
    name_of,
    partial_places,
    prime_order,
    primes,
    quantity_orders,
)
from derivex.notation.rope import Rope, join, rope
from derivex.notation.runs import run_together
from derivex.notation.set_shapes import is_only_letter, points_of
from derivex.notation.spelling import (
    MACRON,
    ascii_name,
    raised_index,
    subscript,
    superscript,
    unicode_name,
)
from derivex.notation.text_arrays import TextArrays
from derivex.notation.text_conditions import TextConditions
from derivex.notation.text_piece import TextPiece, any_bars, at_least, bracketed, separated
from derivex.notation.vocabulary import UNKNOWN_FUNCTIONS, one_by_one

__all__ = ["TextWriter"]


class TextWriter(TextConditions, TextArrays):
    """Writes trees as text, and remembers the text of every node it has written.

    Args:
        unicode: whether to write ∂, Σ, x², aᵢ, θ, −, ·; otherwise ASCII only.
        functions: the functions, beside the usual ones, whose names no run of letters may form.
        together: whether to write a product of letters as a run: ab, not a b.

    >>> from derivex.expression import D, Plus, Power, TWO, symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> derivative = D(Power(Plus(x, y), TWO), y)
    >>> TextWriter().write(derivative), TextWriter(unicode=False).write(derivative)
    ('∂(x + y)²/∂y', 'd((x + y)^2)/dy')
    """

    def __init__(
        self, unicode: bool = True, functions: Collection[str] = (), together: bool = True
    ):
        super().__init__()
        self.unicode = unicode
        self._functions = functions
        self._numbers_low = False  # whether a_1 with a number for its index is written so
        self._together = together
        self._minus = "−" if unicode else "-"
        self._gaps = ("", " ", " · " if unicode else " * ")

    def write(self, node: Basic) -> str:
        """The text of a tree.

        Raises:
            TypeError: if there is a kind of node in it that has no text notation.
        """
        return join(self.piece(node).text)

    def write_marked(self, node: Basic, marks: Mapping[Basic, int]) -> str:
        """The text of a tree with the signs of :mod:`derivex.notation.marks` in it."""
        return join(self.marked_piece(node, marks).text)

    def mark(self, piece: TextPiece, number: int) -> TextPiece:
        text = rope((opening_mark(number), piece.text, CLOSING))
        return TextPiece(text, piece.shape, piece.opening, piece.closing, piece.bars)

    def leaf(self, node: Basic) -> TextPiece:
        if isinstance(node, Symbol):
            name = unicode_name(node.name) if self.unicode else ascii_name(node.name)
            return self._name(name, node.name)
        if isinstance(node, ArrayName):
            name = unicode_name(node.name) if self.unicode else ascii_name(node.name)
            return self._name(name, node.name)
        if isinstance(node, Integer):
            return TextPiece(str(node.p), p.NUMBER, p.DIGIT, p.digit_closing(node))
        if isinstance(node, Decimal):
            return TextPiece(node.text, p.NUMBER, p.DIGIT, p.DIGIT)
        if isinstance(node, ImplicitName):
            return self.leaf(symbol(node.name))
        if isinstance(node, FunctionName):
            # γ(x) is not what people write for the gamma function.
            greek = self.unicode and node.name != "gamma"
            return self._name((unicode_name if greek else ascii_name)(node.name), node.name)
        if node is E:
            return TextPiece("e", p.NAME, p.LETTER)
        if node is pi:
            return TextPiece("π", p.NAME, p.LETTER) if self.unicode else self._name("pi", "pi")
        if node is INFINITY:
            return TextPiece("∞" if self.unicode else "oo", p.NAME)
        if isinstance(node, Dots):
            return TextPiece("…" if self.unicode else "...", p.CLOSED)
        return bracketed(TextPiece(str(node), p.SUM))

    def _name(self, text: str, name: str) -> TextPiece:
        base = text.partition("_")[0]
        if not base.isascii():
            base = base.replace(MACRON, "")  # a letter with a bar over it is one letter
        callable_name = name in UNKNOWN_FUNCTIONS or len(base.rstrip("₀₁₂₃₄₅₆₇₈₉")) > 1
        opening = p.OTHER if callable_name and len(base) > 1 else p.LETTER
        return TextPiece(text, p.NAME, opening, p.CALLABLE if callable_name else p.OTHER)

    def make_plus(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        pieces: list[Rope] = []
        minus = f" {self._minus} "
        for subtracted, term in p.signed_terms(node, self._pieces, bracketed):
            if pieces:
                pieces.append(minus if subtracted else " + ")
            pieces.append(term.text)
        return TextPiece(rope(pieces), p.SUM, bars=any_bars(operands))

    def make_negative(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        operand = at_least(operands[0], p.CHAIN)
        return TextPiece(rope((self._minus, operand.text)), p.SIGNED, bars=operand.bars)

    def make_times(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        return self._product(operands, self.joined(node))

    def _product(self, operands: list[TextPiece], joined: Collection[int]) -> TextPiece:
        """A product some factors of which stand directly next to the factor before them."""
        pieces: list[Rope] = []
        opening = factor = None
        for position, (gap, factor) in enumerate(p.factors(operands, bracketed, stacked=False)):
            if gap and position not in joined:
                pieces.append(self._gaps[gap])
            pieces.append(factor.text)
            if opening is None:
                opening = factor.opening
        shape = p.product_shape(operands, stacked=False)
        closing = factor.closing if factor else p.OTHER
        return TextPiece(rope(pieces), shape, opening or p.OTHER, closing, any_bars(operands))

    def joined(self, product: Node) -> Collection[int]:
        """The positions of the factors that stand directly next to the factor before them."""
        if not self._together:
            return ()
        return run_together(product._args, self.unicode, self._functions)

    def make_over(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        above, below = operands
        numeric = above.shape == below.shape == p.NUMBER
        if above.shape not in (p.PRODUCT, p.MATRICES):
            above = at_least(above, p.ROOT)
        below = at_least(below, p.ROOT)
        closing = p.OTHER if numeric else p.APART  # 1/2 x, but x/y · z
        text = rope((above.text, "/", below.text))
        return TextPiece(text, p.QUOTIENT, above.opening, closing, any_bars(operands))

    def make_power(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        base = at_least(operands[0], p.NUMBER)
        if p.is_raised(node._args[0]):
            base = bracketed(base)
        exponent, bars = operands[1], any_bars(operands)
        raised = None
        if self.unicode and exponent.shape in (p.NUMBER, p.SIGNED):
            plain = without_marks(exponent.text) if isinstance(exponent.text, str) else ""
            raised = superscript(plain)
        if raised is not None:
            number = self._marks.get(node._args[1])
            if number is not None:
                raised = enclosed_in_marks(raised, number)
            return TextPiece(rope((base.text, raised)), p.POWER, base.opening, p.OTHER, bars)
        if type(node._args[1]) is At or exponent.shape not in (p.NUMBER, p.NAME):
            exponent = bracketed(exponent)
        closing = p.CALLABLE if exponent.closing == p.CALLABLE else p.OTHER
        text = rope((base.text, "^", exponent.text))
        return TextPiece(text, p.POWER, base.opening, closing, bars)

    def make_apply(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        head, *arguments = operands
        bars = any_bars(arguments)
        orders = quantity_orders(node)
        if orders is not None:
            return self._quantity(node, orders)
        if type(node._args[0]) is Prime:
            return self._derived_call(node, arguments, bars)
        name = getattr(node._args[0], "name", "")
        if len(arguments) == 1:
            argument = arguments[0]
            if name == "abs" and not bars:
                text = rope(("|", argument.text, "|"))
                return TextPiece(text, p.CLOSED, p.CLING, p.OTHER, True)
            if name == "factorial":
                if argument.shape < p.NUMBER:
                    argument = bracketed(argument)
                text = rope((argument.text, "!"))
                return TextPiece(text, p.POWER, argument.opening, bars=argument.bars)
            if name == "sqrt" and self.unicode:
                if argument.shape not in (p.NUMBER, p.NAME):
                    argument = bracketed(argument)
                return TextPiece(rope(("√", argument.text)), p.ROOT, p.CLING, bars=bars)
        head = at_least(head, p.NAME)
        return self._call(head.text, arguments, head.opening, bars)

    def _call(self, head: Rope, arguments: list[TextPiece], opening: int, bars: bool) -> TextPiece:
        text = rope((head, separated(arguments, "(", ", ", ")")))
        return TextPiece(text, p.CLOSED, opening, bars=bars)

    def make_prime(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        return TextPiece(rope((operands[0].text, "′" if self.unicode else "'")), p.NAME)

    def _quantity(self, node: Node, orders: Orders) -> TextPiece:
        """y, dy/dx, ∂²z/∂x∂y."""
        name = name_of(node)
        assert isinstance(name, ImplicitName)
        written = self.leaf(symbol(name.name))
        if not orders:
            return written
        sign = "∂" if self.unicode and len(name.arguments) > 1 else "d"
        return self._differential(written, orders, sign)

    def _differential(self, above: TextPiece, orders: Orders, sign: str) -> TextPiece:
        """∂²u/∂x∂y for what stands above and below the line."""
        total = sum(times for _, times in orders)
        pieces: list[Rope] = [sign, self._order(total), above.text, "/"]
        for position, (name, times) in enumerate(orders):
            if position and not self.unicode:
                pieces.append(" ")
            pieces += [sign, self._pieces[name].text, self._order(times)]
        return TextPiece(rope(pieces), p.DERIVATIVE, p.APART, p.APART, above.bars)

    def _order(self, order: int) -> str:
        if order == 1:
            return ""
        return superscript(str(order)) or "" if self.unicode else f"^{order}"

    def _derived_call(self, node: Node, arguments: list[TextPiece], bars: bool) -> TextPiece:
        """f′(u), f⁽⁴⁾(u), ∂₁f(u, v)."""
        function = self.piece(name_of(node))
        name = function.text
        order = prime_order(node)
        if order:
            marks = primes(order, "'", "^{(", ")}")
            if self.unicode:
                marks = "′″‴"[order - 1] if order <= MOST_PRIMES else f"⁽{superscript(str(order))}⁾"
            return self._call(rope((name, marks)), arguments, function.opening, bars)
        pieces: list[Rope] = []
        for place in partial_places(node):
            low = subscript(str(place)) or str(place)
            pieces.append(f"∂{low}" if self.unicode else f"partial_{place} ")
        call = self._call(rope((*pieces, name)), arguments, p.OTHER, bars)
        return TextPiece(call.text, p.POWER, p.OTHER, p.OTHER, bars)

    def make_substituted(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        body, name, value = operands
        text = rope(("(", body.text, " at ", name.text, " = ", value.text, ")"))
        return TextPiece(text, p.CLOSED, p.ROUND, p.OTHER, any_bars(operands))

    def make_at(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        base, *indices = operands
        closing, bars = base.closing, any_bars(operands)
        opening = base.opening
        if base.shape != p.NAME and type(node._args[0]) is not Apply:
            base = bracketed(base)
            opening = p.ROUND
        named = node._args[0]
        if isinstance(named, RaisedName):
            return self._index_above(node, base, indices)
        plain = isinstance(named, (Symbol, ArrayName)) and "_" not in named.name
        low = self._low(node._args[1:]) if plain else None
        if low is not None:
            return TextPiece(rope((base.text, low)), p.NAME, opening, closing, bars)
        low = self._low(node._args[1:]) if named._args and type(named) is not At else None
        if low is not None:
            return TextPiece(rope((base.text, low)), p.CLOSED, opening, p.OTHER, bars)
        text = rope((base.text, separated(indices, "[", ", ", "]")))
        return TextPiece(text, p.CLOSED, opening, p.OTHER, bars)

    def _index_above(self, node: Node, base: TextPiece, indices: list[TextPiece]) -> TextPiece:
        """x⁽ⁱ⁾, and x⁽ⁱ⁾ⱼ with further indices."""
        text = join(indices[0].text)
        high = (raised_index(text) if self.unicode else None) or f"^{{({text})}}"
        low: Rope = ""
        if len(indices) > 1:
            further = self._low(node._args[2:])
            number = join(indices[1].text) if len(indices) == 2 else ""
            if further is None and self.unicode and number.isdigit():
                further = subscript(number)
            low = separated(indices[1:], "_{", ",", "}") if further is None else further
        closing = base.closing if low else p.OTHER
        return TextPiece(rope((base.text, high, low)), p.NAME, base.opening, closing)

    def _low(self, indices: tuple[Basic, ...]) -> str | None:
        """Indices set low, as ᵢⱼ or _ij; None where they would not be read back from that."""
        letters = one_by_one(indices)
        if letters is None and self._numbers_low and len(indices) == 1:
            letters = str(indices[0]) if not indices[0].args else None
        if letters is None:
            return None
        return (subscript(letters) if self.unicode else None) or "_" + letters

    def make_dotted(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        """The written parts, in which w₁ is an entry, as w₁ + w₂ + … + wₙ shows."""
        if not self._numbers_low:
            inner = type(self)(self.unicode, self._functions, self._together)
            inner._numbers_low = True
            return inner.piece(node)
        return self._make(written_parts(node), operands[1:])

    def make_delta(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        head = "δ" if self.unicode else "delta"
        bars = any_bars(operands)
        low = self._low(node._args)
        if low is not None:
            return TextPiece(head + low, p.NAME, p.LETTER, bars=bars)
        text = rope((head, separated(operands, "[", ", ", "]")))
        return TextPiece(text, p.CLOSED, p.LETTER, bars=bars)

    def make_total(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        return self._over_index("Σ", "sum", operands)

    def make_product(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        return self._over_index("Π", "prod", operands)

    def _over_index(self, sign: str, word: str, operands: list[TextPiece]) -> TextPiece:
        body, index, *bounds = operands
        bars = any_bars(operands)
        if bounds:
            lower, upper = (at_least(bound, p.SUM) for bound in bounds)
            text = rope(
                (word, "(", body.text, ", ", index.text, " = ", lower.text, "..", upper.text, ")")
            )
            return TextPiece(text, p.CLOSED, p.OTHER, bars=bars)
        if p.total_needs_brackets(body):
            body = bracketed(body)
        name = join(index.text)
        low = subscript(name) if self.unicode and len(name) == 1 else None
        sign = sign if self.unicode else word
        text = rope((sign, low or "_" + name, " ", body.text))
        return TextPiece(text, p.BIG, p.OTHER, body.closing, bars)

    def make_limit(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        return self._limit(operands, "")

    def make_rightlimit(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        return self._limit(operands, "+")

    def make_leftlimit(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        return self._limit(operands, self._minus)

    def _limit(self, operands: list[TextPiece], side: str) -> TextPiece:
        body, variable, point = operands
        if p.total_needs_brackets(body):
            body = bracketed(body)
        arrow = "→" if self.unicode else "->"
        text = rope(("lim_{", variable.text, arrow, point.text, side, "} ", body.text))
        return TextPiece(text, p.BIG, p.OTHER, body.closing, any_bars(operands))

    def make_integral(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        body, name, lower, upper = operands
        sign = "∫" if self.unicode else "int"
        bounds: list[Rope] = []
        for mark, bound in (("_", lower), ("^", upper)):
            text = join(bound.text) if bound.shape in (p.NUMBER, p.NAME) else ""
            if not text or "_" in text or "." in text or (mark == "_" and len(text) > 1):
                short = None
            elif self.unicode and text.isdigit():
                short = subscript(text) if mark == "_" else superscript(text)
            else:
                short = mark + text
            bounds.append(short or rope((mark, "(", bound.text, ")")))
        return self._integral(rope((sign, *bounds)), body, name)

    def make_antiderivative(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        body, name = operands
        return self._integral("∫" if self.unicode else "int", body, name)

    def _integral(self, sign: Rope, body: TextPiece, name: TextPiece) -> TextPiece:
        if p.total_needs_brackets(body):
            body = bracketed(body)
        text = rope((sign, " ", body.text, " d", name.text))
        return TextPiece(text, p.BIG, p.OTHER, p.APART, body.bars)

    def make_gap(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        """[_3_], which no reader takes for a formula, and no Markdown for emphasis."""
        text = rope(("[_", operands[0].text, "_]"))
        return TextPiece(text, p.CLOSED, p.SQUARE, p.APART)

    def make_mean(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        averaged = node._args[0]
        if type(averaged) is Times:  # mean(a h): the letters are columns, and ah looks like one
            product = self._product([self._pieces[factor] for factor in averaged._args], ())
            number = self._marks.get(averaged)
            operands = [product if number is None else self.mark(product, number)]
        return self._call("mean", operands, p.OTHER, any_bars(operands))

    def make_named(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        return self.leaf(symbol(str(node._args[0])))

    def make_d(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        several = derivative_orders(node, self._is_name)
        if several is not None:
            operand, orders = several
            piece = self._pieces[operand]
            if self.unicode:
                return self._differential(at_least(piece, p.ROOT), orders, "∂")
            if not isinstance(operand, Symbol):
                piece = bracketed(piece)
            return self._differential(piece, orders, "d")
        above, below = operands
        bars = any_bars(operands)
        if below.shape != p.NAME or node._args[1] in (E, pi):
            below = bracketed(below)  # de would be the differential of a variable e
        if self.unicode:
            above = at_least(above, p.ROOT)
            text = rope(("∂", above.text, "/∂", below.text))
        else:
            if not isinstance(node._args[0], (Symbol, Named, ArrayName)):
                above = bracketed(above)
            text = rope(("d", above.text, "/d", below.text))
        return TextPiece(text, p.DERIVATIVE, p.APART, p.APART, bars)

    def _is_name(self, variable: Basic) -> bool:
        """Whether a variable needs no brackets: de would be the differential of e."""
        return self._pieces[variable].shape == p.NAME and variable not in (E, pi)

    def make_gradient(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        operand = operands[0]
        in_brackets = operand.shape == p.CLOSED and operand.opening == p.ROUND
        if p.gradient_needs_brackets(node._args[0], operand.shape) and not in_brackets:
            operand = bracketed(operand)
        sign = "∇" if self.unicode else "grad "
        return TextPiece(rope((sign, operand.text)), p.DERIVATIVE, p.APART, p.APART, operand.bars)

    def make_row(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        text = separated(operands, "(", ", ", ")")
        return TextPiece(text, p.CLOSED, p.ROUND, bars=any_bars(operands))

    def make_column(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        text = separated(operands, "[", "; ", "]")
        return TextPiece(text, p.CLOSED, p.SQUARE, bars=any_bars(operands))

    def make_matrix(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        rows = [
            TextPiece(separated(
                [self._pieces[entry] for entry in row.args], "[", ", ", "]"
            ), p.CLOSED)
            for row in node._args
        ]  # fmt: skip
        text = separated(rows, "[", ", ", "]")
        return TextPiece(text, p.CLOSED, p.SQUARE, bars=any_bars(operands))

    def make_subdifferential(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        operand, variable = operands
        if not self.unicode:
            return self._call("subdifferential", operands, p.APART, any_bars(operands))
        operand = at_least(operand, p.ROOT)
        sign: Rope = "∂"
        if not is_only_letter(node):
            by = variable if variable.shape == p.NAME else at_least(variable, p.CLOSED)
            sign = rope(("∂_", by.text, " "))
        return TextPiece(rope((sign, operand.text)), p.DERIVATIVE, p.APART, p.APART, operand.bars)

    def make_singleton(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        if not self.unicode:
            return self._call("set", operands, p.APART, any_bars(operands))
        return self._set(separated(operands, "{", ", ", "}"), operands)

    def make_interval(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        if not self.unicode:
            return self._call("interval", operands, p.APART, any_bars(operands))
        return self._set(separated(operands, "[", ", ", "]"), operands)

    def make_hull(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        if not self.unicode:
            return self._call("hull", operands, p.APART, any_bars(operands))
        if points := points_of(node):
            inside = [self._pieces[point] for point in points]
            return self._set(separated(inside, "conv{", ", ", "}"), inside)
        operands = [at_least(operand, p.SUM) for operand in operands]
        return self._set(separated(operands, "conv(", " ∪ ", ")"), operands)

    def _set(self, text: Rope, operands: list[TextPiece]) -> TextPiece:
        return TextPiece(text, p.CLOSED, p.APART, p.APART, any_bars(operands))
