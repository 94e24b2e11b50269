"""The kinds of nodes of a written tree.

What all of them have in common stands in :mod:`derivex.expression.node`.
"""

from __future__ import annotations

from typing import Any

from sympy import E, I, Symbol, pi
from sympy.core.basic import Basic

from derivex.errors import ProblemError
from derivex.expression.node import (
    Decimal,
    FunctionName,
    ImplicitName,
    Interned,
    Node,
    RaisedName,
    Word,
    function_name,
    integer,
    raised_name,
    symbol,
)
from derivex.expression.sets import Hull, Interval, Singleton, Subdifferential

__all__ = [
    "And",
    "Antiderivative",
    "Apply",
    "At",
    "AtLeast",
    "AtMost",
    "Binder",
    "Branch",
    "Cases",
    "Column",
    "D",
    "DOTS",
    "Decimal",
    "Delta",
    "Dots",
    "Dotted",
    "E",
    "Equation",
    "FunctionName",
    "Gap",
    "Gradient",
    "Greater",
    "Hull",
    "I",
    "ImplicitName",
    "Integral",
    "LeftLimit",
    "Interval",
    "Less",
    "Limit",
    "Matrix",
    "Mean",
    "Named",
    "Nearly",
    "Negative",
    "Node",
    "ONE",
    "Or",
    "Over",
    "Plus",
    "Power",
    "Prime",
    "Product",
    "RaisedName",
    "Relation",
    "RightLimit",
    "Row",
    "Substituted",
    "Singleton",
    "Subdifferential",
    "TWO",
    "Times",
    "Total",
    "Unequal",
    "Word",
    "ZERO",
    "function_name",
    "integer",
    "pi",
    "raised_name",
    "symbol",
]


def _flat(kind: type[Node], operands: tuple[Basic, ...]) -> tuple[Basic, ...]:
    flat: list[Basic] = []
    for operand in operands:
        if type(operand) is kind:
            flat.extend(operand._args)  # already flat itself
        else:
            flat.append(operand)
    return tuple(flat)


class Plus(Node):
    """A sum of two or more terms; nested sums are flattened."""

    __slots__ = ()

    def __new__(cls, *terms: Basic) -> Node:
        for term in terms:
            if type(term) is Plus:
                return cls.interned[_flat(Plus, terms)]  # type: ignore[no-any-return]
        return cls.interned[terms]  # type: ignore[no-any-return]

    @classmethod
    def grouped(cls, *terms: Basic) -> Node:
        """A sum whose terms keep their brackets where they are sums: (1 + 2) + (3 + 4).

        So a Σ is written out: its terms are calculated before they are put together.
        """
        return cls.interned[terms]  # type: ignore[no-any-return]

    def __reduce__(self) -> tuple[Any, ...]:
        return Plus.grouped, self._args


class Times(Node):
    """A product of two or more factors; nested products are flattened."""

    __slots__ = ()

    def __new__(cls, *factors: Basic) -> Node:
        for factor in factors:
            if type(factor) is Times:
                return cls.interned[_flat(Times, factors)]  # type: ignore[no-any-return]
        return cls.interned[factors]  # type: ignore[no-any-return]


class Negative(Node):
    """Minus its operand.  Numbers are non-negative, so −3 is ``Negative(3)``."""

    __slots__ = ()


class Over(Node):
    """Numerator over denominator."""

    __slots__ = ()


class Power(Node):
    """Base to an exponent."""

    __slots__ = ()


class Apply(Node):
    """A function applied to its arguments: ``Apply(function_name("sin"), x)``."""

    __slots__ = ()


class Prime(Node):
    """The derivative of a function, not of its value: what is applied in f′(x).

    ``Prime(f, 1)`` is the derivative of f in its first argument, f′ or ∂₁f, and may itself be
    derived: ``Apply(Prime(Prime(f, 1), 1), u)`` is f″(u), whatever u is.
    """

    __slots__ = ()


class At(Node):
    """An indexed quantity: ``At(a, i)`` is a_i."""

    __slots__ = ()


class Delta(Node):
    """Kronecker's δ: ``Delta(i, k)`` is 1 where the two indices are equal, and 0 elsewhere."""

    __slots__ = ()


class Dotted(Node):
    """A sum or product as it is written with dots: what it means, then its written parts.

    w₁ + w₂ + … + wₙ is ``Dotted(Total(At(w, i), i, 1, n), At(w, 1), At(w, 2), DOTS, At(w, n))``.
    """

    __slots__ = ()


class Binder(Node):
    """A node that binds a name: its body, the name, and what does not see that name.

    The second operand is a symbol which in the first one means something of its own.
    """

    __slots__ = ()


class Total(Binder):
    """A sum Σ: ``Total(body, index)`` over all data, or ``Total(body, index, lower, upper)``."""

    __slots__ = ()


class Product(Binder):
    """A product Π: ``Product(body, index)`` over all data, or with its two bounds."""

    __slots__ = ()


class Integral(Binder):
    """An integral between bounds: ``Integral(body, variable, lower, upper)``."""

    __slots__ = ()


class Antiderivative(Node):
    """An integral without bounds: ``Antiderivative(body, variable)``, a function of the variable.

    It binds nothing: ∫ x² dx depends on x, but it has no value where x is a number.

    Raises:
        ProblemError: the variable is none, because something was put in its place.
    """

    __slots__ = ()

    def __new__(cls, *operands: Basic) -> Node:
        if not isinstance(operands[1], Symbol):
            raise ProblemError(
                "an integral without bounds has no value at a point",
                hint="give it bounds: int_0^x u dt",
            )
        return super().__new__(cls, *operands)


class Substituted(Binder):
    """A value put in: ``Substituted(body, name, value)`` is the body where the name is the value.

    It stands where the value cannot be put in yet, as in ∂x²/∂x at x = 3.
    """

    __slots__ = ()


class Limit(Binder):
    """A limit: ``Limit(body, variable, point)``, from both sides, or as it goes to ±∞."""

    __slots__ = ()


class RightLimit(Limit):
    """A limit in which the variable is greater than the point: h → 0+."""

    __slots__ = ()


class LeftLimit(Limit):
    """A limit in which the variable is less than the point: h → 0−."""

    __slots__ = ()


class Mean(Node):
    """The mean over all data of a body written without index: mean(a h) is (1/n) Σ_i a_i h_i."""

    __slots__ = ()


class _Derivatives(Interned):
    """The nodes of derivatives, without those of implicit functions, which are no such nodes."""

    __slots__ = ()

    def made(self, operands: tuple[Basic, ...]) -> Node:
        """A new node, or the function's own derivative."""
        operand = operands[0]
        if type(operand) is Apply and type(operand._args[0]) is not FunctionName:
            own = _own_derivative(operand, operands[1])
            if own is not None:
                return own
        return Interned.made(self, operands)

    __missing__ = made


def _own_derivative(call: Basic, variable: Basic) -> Node | None:
    """dy/dx for the call of an implicit function y by what it depends on; None for any other."""
    head = call._args[0]
    while type(head) is Prime:
        head = head._args[0]
    arguments = call._args[1:]
    if type(head) is ImplicitName and arguments == head.arguments and variable in arguments:
        place = integer(arguments.index(variable) + 1)
        return Apply(Prime(call._args[0], place), *arguments)
    return None


class D(Node):
    """The derivative of an expression by a variable, which may be a whole expression.

    That of an implicit function y by what it depends on, dy/dx, is not to be worked out any
    further: it is the function's own derivative, ``Apply(Prime(y, 1), x)``.
    """

    __slots__ = ()
    table = _Derivatives


class Named(Node):
    """A quantity that goes by a name of its own: ``Named(name, definition)``, written as the name.

    It has the value of its definition, and depends on what that depends on: with u = x², both
    ∂u³/∂u = 3u² and ∂u/∂x = 2x.  The name is a :class:`FunctionName`, for u is a function.
    """

    __slots__ = ()


class Gradient(Node):
    """All partial derivatives: ``Gradient(expression, a, b)`` is ∇ of it, by a and b."""

    __slots__ = ()


class Row(Node):
    """A row vector."""

    __slots__ = ()


class Column(Node):
    """A column vector."""

    __slots__ = ()


class Matrix(Node):
    """A matrix, given by its rows (each a :class:`Row`)."""

    __slots__ = ()


class Relation(Node):
    """Two sides, and what is said of them."""

    __slots__ = ()


class Equation(Relation):
    """Two sides joined by an equals sign."""

    __slots__ = ()


class Unequal(Relation):
    """Left ≠ right."""

    __slots__ = ()


class Nearly(Relation):
    """Left ≈ right: every digit of the number on the right is right, the last one rounded."""

    __slots__ = ()


class Less(Relation):
    """Left < right."""

    __slots__ = ()


class AtMost(Relation):
    """Left ≤ right."""

    __slots__ = ()


class Greater(Relation):
    """Left > right."""

    __slots__ = ()


class AtLeast(Relation):
    """Left ≥ right."""

    __slots__ = ()


class And(Node):
    """All of two or more conditions; nested ones are flattened."""

    __slots__ = ()

    def __new__(cls, *conditions: Basic) -> Node:
        return cls.interned[_flat(And, conditions)]  # type: ignore[no-any-return]


class Or(Node):
    """At least one of two or more conditions; nested ones are flattened."""

    __slots__ = ()

    def __new__(cls, *conditions: Basic) -> Node:
        return cls.interned[_flat(Or, conditions)]  # type: ignore[no-any-return]


class Branch(Node):
    """A value and the condition under which it holds; without a condition, everywhere else."""

    __slots__ = ()


class Cases(Node):
    """A case distinction: its branches, of which the first whose condition holds counts."""

    __slots__ = ()


class Gap(Node):
    """A place where something was left out: ``Gap(integer(3))`` is the third on its sheet.

    It has no value, and what it is written as cannot be read.
    """

    __slots__ = ()


class Dots(Node):
    """The dots of a rule: ``Plus(u, DOTS)`` stands for a sum with any number of terms."""

    __slots__ = ()


ZERO = integer(0)
ONE = integer(1)
TWO = integer(2)
DOTS = Dots()
