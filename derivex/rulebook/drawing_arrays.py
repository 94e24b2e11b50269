"""Random vectors and matrices for the letters of a rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count
from random import Random

from sympy.core.basic import Basic

from derivex.expression import (
    ONE,
    TWO,
    ZERO,
    Apply,
    At,
    Column,
    D,
    Matrix,
    Negative,
    Over,
    Plus,
    Power,
    Row,
    Times,
    Total,
    function_name,
    integer,
    symbol,
)
from derivex.expression.array_nodes import (
    ArrayName,
    Basis,
    Dot,
    Entrywise,
    Hadamard,
    Hessian,
    Identity,
    Inverse,
    Jacobian,
    MatrixProduct,
    Nabla,
    Norm,
    Transpose,
    array_name,
)
from derivex.expression.shapes import SCALAR, Shape, shape_of

__all__ = [
    "ARRAY_HEADS",
    "ARRAY_MAKERS",
    "ArrayDrawer",
    "random_array_node",
    "random_table_node",
]

ARRAY_HEADS: frozenset[type] = frozenset(
    {MatrixProduct, Transpose, Inverse, Dot, Hadamard, Entrywise, Nabla, Jacobian, Hessian, At}
)


class ArrayDrawer:
    """Draws arrays of given shapes, and numbers, that depend on some arrays and not on others.

    Args:
        random: the source of randomness.
    """

    def __init__(self, random: Random):
        self.random = random
        self._numbers = count(1)

    def fresh(self, shape: Shape, symmetric: bool = False) -> ArrayName:
        """A name for an array that stands nowhere else."""
        assert shape is not None
        return array_name(f"P{next(self._numbers)}", *shape, symmetric=symmetric)

    def array(self, letter: ArrayName, level: int, variables: Sequence[Basic]) -> Basic:
        """An array of the shape of a letter, made of some variables; of new names if of none."""
        shape = (letter.rows, letter.columns)
        if letter.symmetric:
            return self.fresh(shape, symmetric=True)
        if not variables:
            return self._constant(shape, level)
        variable = self.random.choice(variables)
        mapped = self._mapped(variable, shape)
        makers: list[Callable[[], Basic]] = [lambda: mapped]
        if level > 0:
            makers += [
                lambda: Plus(mapped, self._constant(shape, 0)),
                lambda: Times(integer(self.random.randint(2, 4)), mapped),
                lambda: Negative(mapped),
            ]
        if level > 1:
            makers += [
                lambda: Apply(function_name(self.random.choice(("exp", "sin"))), mapped),
                lambda: Times(self.number(0, variables), self.fresh(shape)),
                lambda: Plus(mapped, self._mapped(variable, shape)),
            ]
        return self.random.choice(makers)()

    def number(self, level: int, variables: Sequence[Basic]) -> Basic:
        """A number made of some arrays."""
        variable = self.random.choice(variables)
        shape = shape_of(variable)
        simple = Dot(self.fresh(shape), variable)
        if level == 0:
            return self.random.choice((simple, Power(Norm(variable), TWO)))
        makers: tuple[Callable[[], Basic], ...] = (
            lambda: Power(simple, TWO),
            lambda: Plus(simple, ONE),
            lambda: Apply(function_name("exp"), simple),
            lambda: Over(simple, Plus(ONE, Power(Norm(variable), TWO))),
            lambda: Power(Norm(variable), TWO),
            lambda: Times(TWO, simple),
        )
        return self.random.choice(makers)()

    def _constant(self, shape: Shape, level: int) -> Basic:
        assert shape is not None
        plain = self.fresh(shape)
        if level == 0:
            return plain
        makers: tuple[Callable[[], Basic], ...] = (
            lambda: plain,
            lambda: Plus(plain, self.fresh(shape)),
            lambda: Times(TWO, plain),
            lambda: Transpose(self.fresh((shape[1], shape[0]))),
        )
        return self.random.choice(makers)()

    def _mapped(self, variable: Basic, shape: Shape) -> Basic:
        """A linear map of a variable that has the shape."""
        own = shape_of(variable)
        assert own is not None and shape is not None
        factors: list[Basic] = [variable]
        if own[0] is not shape[0] or (own == shape and self.random.random() < 0.5):
            factors.insert(0, self.fresh((shape[0], own[0])))
        if own[1] is not shape[1]:
            factors.append(self.fresh((own[1], shape[1])))
        if len(factors) == 1:
            return variable
        product = MatrixProduct(*[f for f in factors if shape_of(f) != SCALAR])
        return product


def random_array_node(random: Random, head: type) -> Basic:
    """A random node of a kind that works on arrays, often with an identity, a zero or a number."""
    m, k = symbol("m"), symbol("k")
    a, b, v, w = (ArrayName(text) for text in ("A: m by k", "B: k by k", "v: k", "w: k"))
    symmetric = ArrayName("S: k by k symmetric")
    scale = integer(random.randint(2, 5))
    if head is Entrywise:
        place = symbol("t")
        body = Apply(function_name(random.choice(("exp", "sin", "cos"))), place)
        return Entrywise(random.choice((body, Negative(body), Power(place, TWO))), place, v)
    if head in (Nabla, Jacobian, Hessian):
        x, y = symbol("x"), symbol("y")
        body = Times(Power(x, scale), Apply(function_name(random.choice(("sin", "exp"))), y))
        names = random.choice((Column(x, y), Column(y, x), Column(x)))
        return head(body if head is not Jacobian else Column(body, Plus(x, scale)), names)
    if head is Power:
        squared = random.choice((v, Plus(v, Negative(w)), MatrixProduct(a, v), a))
        return Power(Norm(squared), TWO)
    if head is At:
        place = random.choice((ONE, TWO, symbol("i")))
        scaled = (Times(scale, v), Over(v, symbol("x")), Negative(v), Hadamard(v, w))
        others = (Plus(v, w), MatrixProduct(b, v), Apply(function_name("exp"), v))
        return At(random.choice((*scaled, *others)), place)
    if head is Inverse:
        squares = (b, Identity(k), symmetric, Inverse(b), Transpose(Inverse(b)))
        return Inverse(random.choice(squares))
    if head is Transpose:
        insides = (
            a,
            b,
            symmetric,
            Identity(m),
            ZERO,
            MatrixProduct(a, b),
            Transpose(a),
            Plus(a, Times(scale, a)),
            MatrixProduct(Transpose(a), a),
            MatrixProduct(a, symmetric, Transpose(a)),
            Plus(b, Transpose(b)),
            Inverse(MatrixProduct(Transpose(b), b)),
        )
        more = (Times(scale, a), Negative(b), Over(a, scale), MatrixProduct(a, b, v), Plus(a, a))
        return Transpose(random.choice((*insides, *more)))
    vectors = (v, w, Times(scale, v), Negative(w), Over(v, symbol("x")), ZERO, Plus(v, w))
    if head is Dot or head is Hadamard:
        return head(random.choice(vectors), random.choice(vectors))
    left = random.choice((a, Times(scale, a), Negative(a), Identity(k), ZERO, symmetric))
    if random.random() < 0.2:
        return MatrixProduct(*random.choice(((Inverse(b), b, v), (b, Inverse(b)), (b, b, v))))
    if random.random() < 0.2:
        return MatrixProduct(Transpose(v), random.choice((w, MatrixProduct(b, w), Plus(v, w))))
    return MatrixProduct(left, random.choice((b, Identity(k), *vectors)))


def _entry_of_vector(random: Random) -> Basic:
    """A number that is the entry of some vector at k."""
    a, v, w, y = (ArrayName(text) for text in ("A: m by d", "v: d", "w: d", "y: m"))
    i, k, m, d = (symbol(name) for name in "ikmd")
    entry = random.choice((At(v, k), At(w, k)))
    factor = random.choice((At(y, i), Times(TWO, At(y, i)), Power(At(y, i), ONE), symbol("x")))
    inner = Total(Times(At(a, i, symbol("j")), At(v, symbol("j"))), symbol("j"), ONE, d)
    column = Total(Times(At(a, i, k), random.choice((factor, inner))), i, ONE, m)
    terms = (entry, Times(integer(random.randint(2, 5)), entry), column, Negative(column))
    if random.random() < 0.3:
        return Over(random.choice(terms), symbol("x"))
    return Plus(random.choice(terms), random.choice(terms))


def _partial(random: Random) -> Basic:
    """The derivative of a number by an entry of an array."""
    w, a = ArrayName("w: d"), ArrayName("a: d")
    number = random.choice((Power(Norm(w), TWO), Dot(a, w), Power(Dot(w, a), TWO)))
    return D(number, At(w, random.choice((ONE, TWO))))


def _entry_of_units(random: Random) -> Basic:
    d = symbol("d")
    places = [random.choice((ONE, TWO)) for _ in range(2)]
    unit = MatrixProduct(Basis(places[0], d), Transpose(Basis(ONE, d)))
    table = random.choice((Identity(d), unit, Plus(unit, Identity(d)), Times(TWO, Identity(d))))
    vector = random.choice((Basis(places[0], d), Plus(ArrayName("w: d"), Basis(TWO, d))))
    return random.choice((At(table, *places), At(vector, places[1])))


ARRAY_MAKERS: dict[str, Callable[[Random], Basic]] = {
    "entries-as-vector": _entry_of_vector,
    "partial-as-entry": _partial,
    "entry-of-units": _entry_of_units,
}
"""What makes nodes for some procedures, by their names."""


def random_table_node(
    random: Random, head: type, term: Callable[[], Basic], factor: Callable[[], Basic]
) -> Basic:
    """A random node of a kind on vectors and matrices that are written out.

    Args:
        random: the source of randomness.
        head: the kind.
        term: draws an entry.
        factor: draws a number.
    """
    rows, columns, inner = (random.randint(1, 3) for _ in range(3))
    if head is Dot or head is Norm:
        columns = 1
    if head is Apply:
        rows = columns = random.randint(2, 3)

    def table(rows: int, columns: int) -> Basic:
        if rows == 1:
            return Row(*[term() for _ in range(columns)])
        if columns == 1:
            return Column(*[term() for _ in range(rows)])
        return Matrix(*[Row(*[term() for _ in range(columns)]) for _ in range(rows)])

    if head is MatrixProduct:
        return MatrixProduct(table(rows, inner), table(inner, columns))
    if head is Dot or head is Hadamard:
        return head(table(rows, columns), table(rows, columns))
    one = table(rows, columns)
    if head is Norm:
        return random.choice((Norm(one), Norm(one, ONE), Norm(one, integer(3))))
    if head is Apply:
        return Apply(function_name(random.choice(("det", "tr"))), one)
    if head is Times:
        return Times(factor(), one)
    if head is Plus:
        other = table(rows, columns)
        return Plus(one, random.choice((other, Negative(other))))
    return D(one, symbol("x")) if head is D else head(one)
