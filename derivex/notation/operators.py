"""What can come after an operand: operators, and another operand side by side with it."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.expression import (
    ONE,
    TWO,
    Apply,
    D,
    Decimal,
    Power,
    Substituted,
    free_symbols,
    function_name,
    function_of,
    postorder,
    substitute,
    symbol,
    value_of,
)
from derivex.expression.array_nodes import ArrayName, Norm, Transpose
from derivex.expression.elementary import ELEMENTARY
from derivex.expression.shapes import SCALAR, is_array, shape_of
from derivex.notation.array_products import array_power
from derivex.notation.open_parts import (
    ARGUMENT,
    GROUP,
    PREFIX,
    PRODUCT,
    Application,
    Derivative,
    Exponent,
    Product,
    Sign,
    Steepest,
    Substitution,
    Sum,
)
from derivex.notation.piece import Piece
from derivex.notation.primed_quantities import DEPENDENT
from derivex.notation.reaches import FUNCTION_ENDS, Reaches
from derivex.notation.text_writer import TextWriter

__all__ = ["Operators"]

_DOTS = ("·", "⋅", r"\cdot")
_USUAL = ("x", "t")  # what is differentiated by where there are other letters, too
_POWERS = (["CLOSE", "CARET", "NUMBER"], ["LEAF", "CARET", "NUMBER"])


class Operators(Reaches):
    """The part of the reader that takes a piece after a complete operand."""

    many_lines: bool  # whether the text goes over several lines

    def term(self, piece: Piece, position: int) -> int:
        if self.tells_side(piece, position):
            return position + 1
        self.fold_term()
        top = self.stack[-1]
        assert self.value is not None
        if type(top) is Sum:
            top.terms.append(self.value)
            self.value = None
        else:
            self.push(Sum(self.start, self.value))
        if piece.kind == "MINUS":
            self.push(Sign(piece.start, PREFIX))
        return position + 1

    def times_or_over(self, piece: Piece, position: int) -> int:
        self.fold(ARGUMENT)
        if self.choices:
            self.ends_derivatives(piece)
        if piece.kind == "STAR" and self.shown(piece) in _DOTS:
            self.end_gradients(position)
        top = self.stack[-1]
        following = self.piece_at(position + 1)
        applied = following is not None and following.kind == "FUNCTION"
        if type(top) is Application and not top.bracketed and not applied:
            self.note_split(top.start, position, self.source.text[piece.start : piece.end])
        self._multiply(position, piece.kind == "SLASH", explicit=True)
        return position + 1

    def caret(self, piece: Piece, position: int) -> int:
        assert self.value is not None
        if self.pieces[position - 1].kind == "OVER":
            raise self.power_of_derivative(piece)
        following = self.piece_at(position + 1)
        if following is not None and self._is_transpose(following.value):
            self.transpose(piece.start, following.end)
            return position + 2
        inside, closing = self.piece_at(position + 2), self.piece_at(position + 3)
        in_braces = following is not None and self.shown(following) == "{"
        ends = in_braces and closing is not None and closing.kind == "CLOSE"
        if ends and inside and closing and self._is_transpose(inside.value):  # X^{T}
            self.transpose(piece.start, closing.end)
            return position + 4
        self.note_root(position)
        self.push(Exponent(self.start, self.value))
        return position + 1

    def superscript(self, piece: Piece, position: int) -> int:
        assert self.value is not None and piece.value is not None
        if self.pieces[position - 1].kind == "OVER":
            raise self.power_of_derivative(piece)
        if self._is_transpose(piece.value):
            self.transpose(piece.start, piece.end)
            return position + 1
        self.note_root(position)
        powered = array_power if is_array(self.value) else Power
        self.value = powered(self.value, piece.value)
        self.mark_powered()
        return position + 1

    def factorial(self, piece: Piece, position: int) -> int:
        """x!, which binds tighter than a power: x^n! is x^(n!)."""
        assert self.value is not None
        before = self.pieces[position - 1].kind
        if before in ("FACTORIAL", "SUPERSCRIPT", "OVER"):
            message, hint = "it is not clear what this factorial is of", "write (x^2)! or x^(2!)"
            if before == "FACTORIAL":
                message, hint = (
                    "!! (a double factorial) cannot be read",
                    "for the factorial of x!, write (x!)!",
                )
            raise self.source.error(message, piece.start, piece.end, hint)
        self.value = Apply(function_name("factorial"), self.value)
        return position + 1

    def derived(self, piece: Piece, position: int) -> int:
        """(x²)′, the derivative of what stands in a bracket by the variable that is in it."""
        top = self.stack[-1]
        if type(top) is Application and top.bracketed:
            self.finish(self.stack.pop())
        assert self.value is not None
        if type(self.stack[-1]) is Exponent:
            raise self.source.error(
                "it is not clear what this prime belongs to",
                piece.start,
                piece.end,
                "put what is differentiated in brackets: (e^(2x))'",
            )
        names = list(free_symbols(self.value))
        variable = next((name for name in map(symbol, _USUAL) if name in names), None)
        if len(names) == 1 and str(names[0]) not in DEPENDENT:
            variable = names[0]
        if variable is None or is_array(self.value):
            raise self.source.error(
                "nothing says by what this is differentiated",
                piece.start,
                piece.end,
                'write d/dx before the bracket, or declare what depends on it: --let "y(x)"',
            )
        if len(names) > 1:
            shown = self.notes.quote(self.start, piece.end)
            whole = self.source.text[self.start : piece.start]
            order = f"^{piece.order}" if piece.order > 1 else ""
            chosen = f"d{order}/d{variable}{order} {whole}"
            self.notes.add(self.start, shown, chosen)
        operand = self.value
        for _ in range(piece.order):
            self.value = D(self.value, variable)
        return self._argument_of_rule(operand, variable, position + 1)

    def _argument_of_rule(self, operand: Basic, variable: Basic, position: int) -> int:
        """The (x) of (f g)′(x), which is no factor: where only functions are made of x."""
        opening, inside, closing = (*self.pieces[position : position + 3], None, None, None)[:3]
        if opening is None or inside is None or closing is None:
            return position
        calls: dict[Basic, Basic] = {
            node: ONE
            for node in postorder(operand)
            if type(node) is Apply and function_of(node.args[0])[0].name not in ELEMENTARY
        }
        if (
            (opening.kind, inside.kind, closing.kind) != ("OPEN", inside.kind, "CLOSE")
            or inside.kind not in ("LEAF", "NUMBER")
            or inside.value is None
            or not calls
            or variable in free_symbols(substitute(operand, calls))
        ):
            return position
        if inside.value is not variable:
            assert self.value is not None
            self.value = Substituted(self.value, variable, inside.value)
        return position + 3

    def at(self, piece: Piece, position: int) -> int:
        """The ``at x =`` behind an expression, whose value there follows."""
        self.fold(GROUP)
        assert self.value is not None
        self.push(Substitution(self.start, self.value, piece.variables[0]))
        return position + 1

    def _is_transpose(self, exponent: Basic | None) -> bool:
        """Whether an exponent is the T of a transpose: behind an array, or where T is no name."""
        assert self.value is not None
        if exponent is symbol("H") and "H" not in self.vocabulary.declared:
            return is_array(self.value)  # Aᴴ of a real matrix
        if exponent is not symbol("T"):
            return False
        if is_array(self.value):
            return True
        number = self.value.is_number or type(self.value) is Decimal
        return "T" not in self.vocabulary.declared and not number

    def transpose(self, start: int, end: int) -> None:
        """Transpose what has been read; behind the number f(x) of ∇f(x)^T that is its gradient."""
        assert self.value is not None
        top = self.stack[-1]
        by = type(top) is Steepest or (type(top) is Derivative and top.nabla is not None)
        if by and self.arrays and shape_of(self.value) == SCALAR:
            self.finish(self.stack.pop())
            assert self.value is not None
        if not is_array(self.value):
            if any(isinstance(node, ArrayName) for node in postorder(self.value)):
                return  # (x^T y)^T is the number x^T y
            raise self.source.error(
                f"^T transposes a vector or matrix, and {TextWriter().write(self.value)} is a "
                "number",
                start,
                end,
                'declare its shape: --let "X: n by d"; if T is a number, write ^(T)',
            )
        self.value = Transpose(self.value)
        if type(top) is Derivative and top.nabla is not None:
            top.bracketed = False  # ∇_w (u)^T v is that of the product: there is none of a row

    def norm_index(self, piece: Piece, position: int) -> int:
        """The subscript of a norm: ‖u‖_1, ‖A‖_F."""
        if self.norm_closed_at != position - 1:
            raise self.source.error(
                "a subscript needs a name directly before it",
                piece.start,
                piece.end,
                "give the part that it belongs to a name",
            )
        assert isinstance(self.value, Norm) and piece.value is not None
        if piece.value not in (symbol("F"), TWO):
            self.value = Norm(*self.value.args, piece.value)
        return position + 1

    def juxtapose(self, piece: Piece, position: int) -> None:
        """Two operands side by side: the function's argument goes on, or a product."""
        previous = self.pieces[position - 1]
        if piece.kind == "IF":
            raise self.source.error(
                "“if” stands right behind an operand",
                piece.start,
                piece.end,
                "put a case distinction in brackets: 2 (if x > 0 then 1 else 0)",
            )
        if piece.kind == "NUMBER" and self._ends_exponent(position):
            self.fold(ARGUMENT)
            self.note_split(self.start, position, "·")
        elif piece.kind == "NUMBER" and self._is_coefficient(position):
            self.fold(ARGUMENT)
        elif piece.kind == "NUMBER" and previous.kind in ("NUMBER", "LEAF"):
            left = self.source.text[previous.start : previous.end]
            right = self.source.text[piece.start : piece.end]
            raise self.source.error(
                f"the number {right} stands right behind {left}",
                piece.start,
                piece.end,
                f"write {left}*{right} for a product, {left}^{right} for a power",
            )
        if (
            self.many_lines
            and len(self.groups) == 1
            and "\n" in self.source.text[previous.end : piece.start]
        ):
            raise self.source.error(
                "a second expression begins on this line",
                piece.start,
                piece.end,
                "give one expression at a time, or join the lines with an operator",
            )
        if self.choices:
            self.ends_derivatives(piece)
            if self.divides_on():
                return
        self.fold(ARGUMENT)
        top = self.stack[-1]
        if type(top) is Application and not top.bracketed:
            assert self.value is not None
            if self._continues_argument(top, piece, position):
                top.factors.append(self.value)
                self.value = None
                return
            following = self.piece_at(position + 1)
            signed = following is not None and following.kind in ("MINUS", "PLUS")
            if piece.kind == "OPEN" and not signed:
                self.note_split(top.start, position, "·")
        self._multiply(position, divides=False, explicit=False)

    def _is_coefficient(self, position: int) -> bool:
        """Whether a number begins another factor with a coefficient, as in 2x 3y."""
        before, number = self.pieces[position - 1], self.pieces[position]
        following = self.piece_at(position + 1)
        first = position - 1
        while first > 0 and self.pieces[first].kind == "LEAF":
            first -= 1
        return (
            following is not None
            and before.kind == following.kind == "LEAF"
            and before.end < number.start
            and number.end == following.start
            and self.pieces[first].kind == "NUMBER"
        )

    def _ends_power(self, position: int) -> bool:
        """Whether an exponent stands directly before a piece, which is no coefficient then."""
        return [piece.kind for piece in self.pieces[position - 2 : position]] == ["CARET", "NUMBER"]

    def _ends_exponent(self, position: int) -> bool:
        """Whether a space, and before it the exponent of a power, precedes a piece."""
        before = self.pieces[position - 3 : position]
        power = [piece.kind for piece in before] in _POWERS
        return power and before[-1].end < self.pieces[position].start

    def _continues_argument(self, part: Application, piece: Piece, position: int) -> bool:
        assert self.value is not None
        number = self.pieces[position - 1].kind == "NUMBER" and not self._ends_power(position)
        coefficient = all(each.is_number for each in (*part.factors, self.value))
        after_number = (not part.factors and number) or (coefficient and self.source.latex)
        root = piece.function is not None and piece.function.name == "sqrt"
        goes_on = piece.kind == "LEAF" or (
            after_number and (root or piece.kind in ("OPEN", "BAR", "ROOT"))
        )
        if FUNCTION_ENDS in self.choices and not after_number:
            return False
        spaced = self.pieces[position - 1].end < piece.start
        if goes_on and (root or piece.kind == "OPEN" or (spaced and not number)):
            part.spaced = True
        return goes_on

    def _multiply(self, position: int, divides: bool, explicit: bool) -> None:
        """The operand that has been read is a factor (or divisor); another one follows."""
        self.fold(PRODUCT)
        while True:
            top = self.stack[-1]
            if type(top) is not Derivative or not top.bracketed:
                break
            if top.powered or divides:
                self.note_split(top.start, position, "/" if divides else "·")
            self.finish(self.stack.pop())
            self.fold(PRODUCT)
        assert self.value is not None
        if type(top) is Product:
            if top.divides and not explicit:
                self.note_quotient(top, position)
            self.refuse_zero_divisor(top, position)
            self.fitting(top, top.add)
            self.value = None
        else:
            top = Product(self.start, self.value, self.arrays)
            self.push(top)
        top.divides = divides
        top.sign = self.shown(self.pieces[position]) if explicit else ""

    def refuse_zero_divisor(self, part: Product, end: int) -> None:
        """A zero that ends before the piece at ``end`` cannot be divided by."""
        if part.divides and self.value is not None and value_of(self.value) == 0:
            raise self.source.error(
                "division by zero",
                self.start,
                self.pieces[end - 1].end,
                "an expression that divides by zero has no value; correct this number",
            )

    def mark_powered(self) -> None:
        top = self.stack[-1]
        if isinstance(top, (Derivative, Application)) and top.bracketed:
            top.powered = True
