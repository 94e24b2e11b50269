"""What a product is where factors are vectors or matrices, and how wrong shapes are told.

Side by side, arrays are multiplied as matrices, in their order; numbers among them go in front.
A dot between two vectors of one length is their dot product, ⊙ the product entry by entry.
"""

from __future__ import annotations

from collections.abc import Sequence

from sympy.core.basic import Basic

from derivex.expression import Negative, Power, Times, value_of
from derivex.expression.array_nodes import Dot, Hadamard, Inverse, MatrixProduct, Ones, Transpose
from derivex.expression.nodes import ONE, symbol
from derivex.expression.shapes import SCALAR, ShapeError, is_array, shape_of

__all__ = ["array_power", "array_product", "shape_message", "shape_text", "with_ones"]

_LARGEST_POWER = 12


def array_product(factors: Sequence[Basic], signs: Sequence[str]) -> Basic:
    """The product of some factors.

    Args:
        factors: the factors.
        signs: what was written before each of them, empty where nothing was.

    Raises:
        ShapeError: two factors do not fit together.

    >>> from derivex.expression.array_nodes import ArrayName
    >>> X, w, x = ArrayName("X: n by d"), ArrayName("w: d"), ArrayName("x: d")
    >>> array_product([X, symbol("c"), w], ["", "", ""])
    Times(c, MatrixProduct(X: n by d, w: d))
    >>> array_product([w, x], ["", "·"])
    Dot(w: d, x: d)
    """
    if sum(is_array(factor) for factor in factors) < 2:
        return Times(*factors) if len(factors) > 1 else factors[0]
    front: list[Basic] = []
    current: Basic | None = None
    last: Basic | None = None  # the factor written last in what is current
    sign = ""
    for factor, before in zip(factors, signs, strict=True):
        sign = before or sign
        if not is_array(factor):
            front.append(factor)
            continue
        if current is None:
            current = factor
        else:
            assert last is not None
            current = _joined(current, last, factor, sign)
            if shape_of(current) == SCALAR:
                front.append(current)
                current = None
        last, sign = factor, ""
    if current is not None:
        front.append(current)
    return Times(*front) if len(front) > 1 else front[0]


def _joined(left: Basic, last: Basic, right: Basic, sign: str) -> Basic:
    shape, other = shape_of(left), shape_of(right)
    assert shape is not None and other is not None
    if sign == "⊙":
        if shape != other:
            raise ShapeError("be multiplied entry by entry", (last, right))
        return Hadamard(left, right)
    if sign in ("·", "⋅", "∙", "*") and shape[1] is other[1] is ONE:
        return Dot(left, right)  # the shapes of which are looked at where it is finished
    if shape[1] != other[0]:
        hint = "the columns of the left one must be as many as the rows of the right one"
        if shape == other and shape[1] is ONE:
            hint = "write a dot for the dot product, or transpose the left one (^T)"
        raise ShapeError("be multiplied", (last, right), hint)
    return MatrixProduct(left, right)


def array_power(base: Basic, exponent: Basic) -> Basic:
    """A power of a square matrix, its inverse (^-1) or the transpose of that (^-T).

    Raises:
        ShapeError: the matrix is not square, or the exponent is no whole number.
    """
    if type(exponent) is Negative and exponent.args[0] in (ONE, symbol("T")):
        inverse = Inverse(base)
        return inverse if exponent.args[0] is ONE else Transpose(inverse)
    value = value_of(exponent.args[0] if type(exponent) is Negative else exponent)
    shape = shape_of(base)
    if (
        value is not None
        and value.denominator == 1
        and 1 < value <= _LARGEST_POWER
        and shape is not None
        and shape[0] == shape[1]
    ):
        factor = Inverse(base) if type(exponent) is Negative else base
        return MatrixProduct(*[factor] * int(value))
    return Power(base, exponent)  # whose shape is refused


def shape_text(node: Basic) -> str:
    """The shape of an expression in words.

    >>> from derivex.expression.array_nodes import ArrayName
    >>> shape_text(ArrayName("X: n by d")), shape_text(symbol("c"))
    ('n × d', 'a number')
    """
    shape = shape_of(node)
    if shape is None or shape == SCALAR:
        return "a number"
    return f"{shape[0]} × {shape[1]}"


def with_ones(terms: Sequence[Basic]) -> list[Basic]:
    """The terms of a sum, in which numbers beside vectors are meant for every entry: 1 − a.

    >>> from derivex.expression.array_nodes import ArrayName
    >>> with_ones([ONE, Negative(ArrayName("a: d"))])
    [Ones(d), Negative(a: d)]
    """
    shapes = {shape_of(term) for term in terms} - {SCALAR}
    shape = shapes.pop() if len(shapes) == 1 else None
    if shape is None or shape[1] is not ONE:
        return list(terms)

    def spread(term: Basic) -> Basic:
        inner = term.args[0] if type(term) is Negative else term
        if value_of(inner) is None:
            return term
        ones = Ones(shape[0]) if inner is ONE else Times(inner, Ones(shape[0]))
        return ones if inner is term else Negative(ones)

    return [spread(term) for term in terms]


def shape_message(error: ShapeError) -> str:
    """The sentence that tells which shapes do not fit.

    >>> from derivex.expression.array_nodes import ArrayName
    >>> X, y = ArrayName("X: n by d"), ArrayName("y: d")
    >>> shape_message(ShapeError("be multiplied", (X, y)))
    'X is n × d and y is d × 1: they cannot be multiplied'
    """
    from derivex.notation.text_writer import TextWriter  # which itself asks for shapes

    write = TextWriter().write
    told = [f"{write(node)} is {shape_text(node)}" for node in error.operands]
    if len(told) == 1:
        return f"{told[0]}: it cannot {error.what}"
    return f"{' and '.join(told)}: they cannot {error.what}"
