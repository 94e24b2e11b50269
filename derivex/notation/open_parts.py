"""What is still open while an expression is read: a sum, a product, a bracket, a d/dx, …

Each open part has a level: the higher, the tighter it binds.  An operator closes the open parts
that bind tighter than itself; each then takes the operand that has just been read and gives
back the node that it makes of it.
"""

from __future__ import annotations

from collections.abc import Callable

from sympy.core.basic import Basic

from derivex.expression import (
    Apply,
    Column,
    D,
    Limit,
    Negative,
    Over,
    Plus,
    Power,
    Row,
    Substituted,
    Times,
    function_name,
    primed,
)
from derivex.expression.array_nodes import Hessian, Jacobian, Nabla, Transpose
from derivex.expression.nodes import Node
from derivex.expression.primes import derivative_of_definition
from derivex.expression.shapes import ShapeError, is_array
from derivex.notation.array_products import array_power, array_product
from derivex.notation.piece import Piece
from derivex.notation.vector_arguments import spread_arguments
from derivex.notation.vocabulary import SET_MAKERS, KnownFunction

__all__ = [
    "ARGUMENT",
    "CASES",
    "CONJUNCTION",
    "DISJUNCTION",
    "GROUP",
    "NABLAS",
    "PREFIX",
    "PRODUCT",
    "RELATION",
    "SUM",
    "TIGHT",
    "Application",
    "Derivative",
    "Exponent",
    "Group",
    "Limiting",
    "OpenPart",
    "Product",
    "Radical",
    "Sign",
    "Steepest",
    "Substitution",
    "Sum",
    "Summation",
    "applied",
    "derivative",
]

(
    GROUP, CASES, DISJUNCTION, CONJUNCTION, RELATION, SUM, PREFIX, PRODUCT, ARGUMENT, TIGHT
) = range(10)  # fmt: skip


def _joined(kind: type[Plus] | type[Times], operands: list[Basic]) -> Basic:
    return operands[0] if len(operands) == 1 else kind(*operands)


class OpenPart:
    """An unfinished part, which starts at an offset of the text."""

    __slots__ = ("start",)
    level = GROUP

    def __init__(self, start: int):
        self.start = start

    def finish(self, value: Basic) -> Basic:
        """The node, now that the last operand is there."""
        raise NotImplementedError


class Sum(OpenPart):
    """Terms so far; a minus before a term is a :class:`Sign` of its own."""

    __slots__ = ("terms",)
    level = SUM

    def __init__(self, start: int, first: Basic):
        super().__init__(start)
        self.terms = [first]

    def finish(self, value: Basic) -> Basic:
        self.terms.append(value)
        return Plus(*self.terms)


class Sign(OpenPart):
    """A minus: before a term it takes the whole product, after * / ^ only a power."""

    __slots__ = ("level",)

    def __init__(self, start: int, level: int):
        super().__init__(start)
        self.level = level

    def finish(self, value: Basic) -> Basic:
        return Negative(value)


def derivative(value: Basic, variable: Basic) -> Basic:
    """The derivative of something by a variable.

    Of a vector by a vector it is the Jacobian, of a number by an array its gradient, which has
    the shape of the array.  By β^T that of a number is a row, and by β and β^T the Hessian.
    """
    if type(variable) is Transpose:
        made = derivative(value, variable.args[0])
        return Transpose(made) if type(made) is Nabla else made
    if type(value) is Transpose and type(value.args[0]) is Nabla:
        inside, by = value.args[0].args
        if by is variable:
            return Hessian(inside, variable)
    if not is_array(variable):
        return D(value, variable)
    return Jacobian(value, variable) if is_array(value) else Nabla(value, variable)


def partial_derivatives(value: Basic, variables: Basic) -> Node:
    """The column of the derivatives of a number by the entries of a row of names.

    >>> from derivex.expression import Row, symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> partial_derivatives(x, Row(x, y))
    Column(D(x, x), D(x, y))
    """
    return Column(*[D(value, variable) for variable in variables.args])


NABLAS: dict[int, Callable[[Basic, Basic], Node]] = {
    0: Nabla,
    -1: Hessian,
}
"""What a ∇ stands for, by the order of its piece."""


class Derivative(OpenPart):
    """A d/dx or ∇_w waiting for its operand.

    ``bracketed`` is set when a bracket follows directly, which then is the whole operand;
    ``powered`` when that bracket has an exponent.
    """

    __slots__ = ("bracketed", "nabla", "powered", "variables")
    level = PREFIX

    def __init__(
        self,
        start: int,
        variables: tuple[Basic, ...],
        nabla: Callable[[Basic, Basic], Node] | None = None,
    ):
        super().__init__(start)
        self.nabla = nabla
        self.variables = variables
        self.bracketed = False
        self.powered = False

    def finish(self, value: Basic) -> Basic:
        for variable in reversed(self.variables):
            made = self.nabla(value, variable) if self.nabla else derivative(value, variable)
            value = made
        return value


class Summation(OpenPart):
    """A Σ or Π waiting for the product to its right."""

    __slots__ = ("binder", "bounds", "indices")
    level = PREFIX

    def __init__(self, piece: Piece, bounds: tuple[Basic, ...] = ()):
        super().__init__(piece.start)
        self.binder = piece.binder
        self.indices = piece.variables
        self.bounds = bounds

    def finish(self, value: Basic) -> Basic:
        for index in reversed(self.indices):
            value = self.binder(value, index, *self.bounds)
        return value


class Substitution(OpenPart):
    """A body at x = …, waiting for the value."""

    __slots__ = ("body", "name")
    level = SUM

    def __init__(self, start: int, body: Basic, name: Basic):
        super().__init__(start)
        self.body = body
        self.name = name

    def finish(self, value: Basic) -> Basic:
        return Substituted(self.body, self.name, value)


class Limiting(OpenPart):
    """A lim waiting for the product to its right."""

    __slots__ = ("kind", "point", "variable")
    level = PREFIX

    def __init__(self, start: int, kind: type[Limit], variable: Basic, point: Basic):
        super().__init__(start)
        self.kind = kind
        self.variable = variable
        self.point = point

    def finish(self, value: Basic) -> Basic:
        return self.kind(value, self.variable, self.point)


class Product(OpenPart):
    """Factors and divisors so far, left to right; ``divides`` if the next one is a divisor.

    ``sign`` is what was written before the next factor, empty where nothing was.
    """

    __slots__ = ("arrays", "divides", "factors", "sign", "signs")
    level = PRODUCT

    def __init__(self, start: int, first: Basic, arrays: bool):
        super().__init__(start)
        self.factors = [first]
        self.signs = [""]
        self.sign = ""
        self.arrays = arrays
        self.divides = False

    def add(self, value: Basic) -> None:
        """Take in the operand after the last operator.

        Raises:
            ShapeError: arrays whose shapes do not fit together.
        """
        if self.divides:
            self.factors = [Over(self._whole(), value)]
            self.signs = [""]
        else:
            self.factors.append(value)
            self.signs.append(self.sign)

    def _whole(self) -> Basic:
        if self.arrays:
            return array_product(self.factors, self.signs)
        return _joined(Times, self.factors)

    def finish(self, value: Basic) -> Basic:
        self.add(value)
        return self._whole()


class Application(OpenPart):
    """A function without its own bracket, such as sin x y, collecting its argument.

    ``bracketed`` is set when a bracket stands after a space, ln (3x+2)^5, ``spaced`` when the
    argument goes on after a space, and both are then noted.
    """

    __slots__ = (
        "argument",
        "base",
        "bracketed",
        "exponent",
        "factors",
        "function",
        "name_end",
        "powered",
        "spaced",
    )
    level = ARGUMENT

    def __init__(self, piece: Piece, exponent: Basic | None, bracketed: bool, argument: int):
        super().__init__(piece.start)
        assert piece.function is not None
        self.argument = argument  # where the argument starts
        self.name_end = piece.end
        self.function = piece.function
        self.base = piece.value
        self.exponent = exponent
        self.bracketed = bracketed
        self.powered = False
        self.spaced = False
        self.factors: list[Basic] = []

    def finish(self, value: Basic) -> Basic:
        self.factors.append(value)
        return applied(self.function, [_joined(Times, self.factors)], self.base, self.exponent)


def applied(
    function: KnownFunction, arguments: list[Basic], base: Basic | None, exponent: Basic | None
) -> Basic:
    """A function of its arguments, with the base of a logarithm, and the n of sin^n x."""
    if function.function is None and function.name in SET_MAKERS:
        return SET_MAKERS[function.name](*arguments)
    head = function.head
    arguments = spread_arguments(function, arguments)
    value: Basic
    if function.places and function.worked_out and function.function is not None:
        parameters = function.function.parameters
        call = Apply(head, *parameters)
        value = derivative_of_definition(call, parameters, function.places, arguments)
    else:
        value = Apply(primed(head, *function.places), *arguments)
    if function.subscripted:
        assert base is not None
        value = Apply(head, base, *arguments)
    elif base is not None:
        value = Over(value, Apply(head, base))
    return value if exponent is None else Power(value, exponent)


class Exponent(OpenPart):
    """A base whose exponent is being read; powers associate to the right."""

    __slots__ = ("base",)
    level = TIGHT

    def __init__(self, start: int, base: Basic):
        super().__init__(start)
        self.base = base

    def finish(self, value: Basic) -> Basic:
        return array_power(self.base, value) if is_array(self.base) else Power(self.base, value)


class Radical(OpenPart):
    """A √ before a power."""

    __slots__ = ()
    level = TIGHT

    def finish(self, value: Basic) -> Basic:
        return Apply(function_name("sqrt"), value)


class Steepest(OpenPart):
    """A ∇ without a subscript before a power: ∇f(a, b) · v is the product of the gradient.

    ``order`` is that of its piece; a ∇² is by one vector.
    """

    __slots__ = ("order", "variables")
    level = TIGHT

    def __init__(self, start: int, variables: tuple[Basic, ...], order: int):
        super().__init__(start)
        self.order = order
        self.variables = variables

    def finish(self, value: Basic) -> Basic:
        if len(self.variables) == 1:
            return NABLAS[self.order](value, self.variables[0])
        for variable in self.variables:
            if is_array(variable):
                raise ShapeError("be one of the numbers that a gradient is by", (variable,))
        if type(value) is Apply and not any(each in value.args for each in self.variables):
            head, *point = value.args  # ∇f(1, 2), at a point
            places = range(1, len(point) + 1)
            return Column(*[Apply(primed(head, place), *point) for place in places])
        return partial_derivatives(value, Row(*self.variables))


class Group(OpenPart):
    """A bracket of some kind; ``values`` are what was read in it before the last comma.

    ``side`` is the sign behind the point of a one-sided limit, ``arguments`` the number of values
    before the semicolon of f'(x; v), ``rows`` where the rows of a matrix begin among the
    values, ``position`` that of its first piece.
    """

    __slots__ = (
        "arguments",
        "closing",
        "kind",
        "piece",
        "position",
        "rows",
        "side",
        "target",
        "values",
    )
    level = GROUP

    def __init__(self, kind: str, piece: Piece, closing: str, target: Basic | None = None):
        super().__init__(piece.start)
        self.kind = kind
        self.piece = piece
        self.closing = closing
        self.target = target
        self.values: list[Basic] = []
        self.rows: list[int] = []
        self.position = 0
        self.side = ""
        self.arguments = 0
