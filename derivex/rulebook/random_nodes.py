"""Random nodes of a kind, often with parts that come again, on which procedures are tried."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from sympy.core.basic import Basic

from derivex.equality.sampling import random_expression
from derivex.expression import (
    TWO,
    Apply,
    At,
    AtLeast,
    AtMost,
    Branch,
    Cases,
    Column,
    D,
    Delta,
    Equation,
    Greater,
    Hull,
    Interval,
    Less,
    Matrix,
    Mean,
    Named,
    Negative,
    Node,
    Over,
    Plus,
    Power,
    Row,
    Singleton,
    Substituted,
    Times,
    Total,
    function_name,
    integer,
    number,
    symbol,
)
from derivex.expression.array_nodes import Norm
from derivex.rulebook.drawing import draw_number
from derivex.rulebook.drawing_arrays import ARRAY_HEADS, random_array_node, random_table_node
from derivex.rulebook.random_sets import random_set

__all__ = ["random_factor", "random_node", "random_sum", "random_term"]

_OF_A_NUMBER = ("floor", "ceiling", "sign", "factorial", "gamma")
_X, _Y = symbol("x"), symbol("y")
_U = Named(function_name("u"), Plus(_X, TWO))
_V = Named(function_name("v"), Times(_X, _Y))


def random_node(random: Random, head: type, kinds: frozenset[type] | None = None) -> Basic:
    """A random node of a kind, with an operand of one of the other kinds where these are given."""
    if kinds is not None and kinds <= {Row, Column, Matrix}:
        return random_table_node(
            random, head, lambda: random_term(random), lambda: random_factor(random)
        )
    if kinds is not None and kinds <= {Singleton, Interval, Hull}:
        return _around_sets(random, head, lambda: random_set(random))
    if kinds is not None and kinds <= {Cases}:
        return _around_sets(random, head, lambda: _set_by_cases(random))
    if head in ARRAY_HEADS or (kinds is not None and Norm in kinds):
        return random_array_node(random, head)
    return _MAKERS[head](random)


def _around_sets(random: Random, head: type, some_set: Callable[[], Basic]) -> Basic:
    """A node of a kind with sets in it."""
    if head is Times:
        return Times(random_factor(random), some_set())
    if head is Negative:
        return Negative(some_set())
    if head is Over:
        return Over(some_set(), integer(random.randint(1, 4)))
    others = [random.choice((some_set(), random_set(random))) for _ in range(random.randint(1, 2))]
    return head(some_set(), *others)


def _set_by_cases(random: Random) -> Basic:
    branches = [
        Branch(random_set(random), kind(_X, number(random.randint(-1, 1))))
        for kind in random.sample((Less, Equation, Greater), 2)
    ]
    return Cases(*branches)


def random_factor(random: Random) -> Basic:
    """A number, a letter, a power or a sum, often one that comes again."""
    makers: tuple[Callable[[], Basic], ...] = (
        lambda: draw_number(random, 2),
        lambda: integer(random.randint(1, 6)),
        lambda: random.choice((_X, _Y)),
        lambda: random.choice((_X, _Y)),
        lambda: Power(random.choice((_X, _Y)), integer(random.randint(0, 3))),
        lambda: Plus(random.choice((_X, _Y)), random.choice((_X, Negative(_Y), TWO))),
        lambda: random_expression(random, [_X, _Y], 1),
        lambda: Over(random.choice((_X, TWO)), random.choice((_Y, integer(3)))),
    )
    return random.choice(makers)()


def _product(random: Random) -> Basic:
    return Times(*[random_factor(random) for _ in range(random.randint(2, 4))])


def random_term(random: Random) -> Basic:
    term = _product(random) if random.random() < 0.5 else random_factor(random)
    return Negative(term) if random.random() < 0.3 else term


def random_sum(random: Random) -> Basic:
    return Plus(*[random_term(random) for _ in range(random.randint(2, 4))])


def _part(random: Random) -> Basic:
    return random.choice((_product, random_sum, random_factor))(random)


def _fraction(random: Random) -> Basic:
    if random.random() < 0.3:
        return Over(integer(random.randint(0, 12)), integer(random.randint(1, 12)))
    if random.random() < 0.3:
        return _difference_quotient(random)
    if random.random() < 0.2:
        common = random.randint(2, 4)
        return Over(_multiples(random, common), _multiples(random, common))
    return Over(_part(random), _part(random))


def _multiples(random: Random, common: int) -> Basic:
    """A sum of terms that one number divides."""
    terms: list[Basic] = []
    for _ in range(random.randint(2, 3)):
        term = Times(integer(common * random.randint(1, 3)), random_factor(random))
        terms.append(Negative(term) if random.random() < 0.4 else term)
    return Plus(*terms)


def _difference_quotient(random: Random) -> Basic:
    """A difference over something: of two sums, of terms with a factor in common, or from it."""
    below = random_factor(random)
    one, other = random_factor(random), random_factor(random)
    common = random.choice((_Y, Times(integer(3), _Y), Negative(_Y)))
    above: tuple[Basic, ...] = (
        Plus(one, random_term(random), Negative(Plus(other, random_term(random)))),
        Plus(Times(common, one), Negative(Times(common, other))),
        Plus(below, other),
        Plus(Times(one, Power(_X, TWO), _X), Negative(Times(_Y, TWO, Over(_Y, integer(3))))),
    )
    return Over(random.choice(above), below)


def _call(random: Random) -> Basic:
    if random.random() < 0.4:
        square = integer(random.randint(1, 12) ** 2 * random.choice((1, 1, 2, 3)))
        below = random.choice((None, integer(random.randint(2, 9) ** 2)))
        return Apply(function_name("sqrt"), square if below is None else Over(square, below))
    if random.random() < 0.4:
        numbers = [draw_number(random, 1) for _ in range(random.randint(1, 3))]
        if len(numbers) > 1:
            return Apply(function_name(random.choice(("max", "min"))), *numbers)
        return Apply(function_name(random.choice(_OF_A_NUMBER)), *numbers)
    return Apply(function_name(random.choice(("sin", "exp"))), _part(random))


def _data(random: Random) -> Basic:
    entries: list[Basic] = [At(symbol(name), symbol("i")) for name in "ah"]
    return random_expression(random, [*entries, *entries, _X], 2)


def _total(random: Random) -> Basic:
    """A sum over the data, in half of the cases with a δ in its summand."""
    i, k = symbol("i"), symbol("k")
    body = _data(random)
    if random.random() < 0.5:
        around: tuple[Callable[[Basic], Basic], ...] = (
            lambda delta: Over(delta, body),
            lambda delta: Plus(Times(body, delta), Negative(delta)),
            lambda delta: Over(Plus(delta, Times(_data(random), delta)), body),
        )
        body = random.choice(around)(Delta(i, k))
    return Total(body, i)


def _average(random: Random) -> Basic:
    return Mean(random_expression(random, [symbol("a"), symbol("h")], 2))


def _cases(random: Random) -> Basic:
    """Two or three cases, some of them decided by numbers and some with the same value."""
    values = [random_factor(random) for _ in range(2)]
    kinds = (Greater, Less, AtLeast, AtMost)
    branches: list[Basic] = []
    for _ in range(random.randint(1, 2)):
        linear = Plus(Times(number(random.choice((2, 3, -1))), _X), draw_number(random, 1))
        left = random.choice((_X, linear, draw_number(random, 1)))
        condition = random.choice(kinds)(left, draw_number(random, 1))
        branches.append(Branch(random.choice(values), condition))
    if random.random() < 0.8:
        branches.append(Branch(random.choice(values)))
    return Cases(*branches)


def _derivative(random: Random) -> Basic:
    """A derivative by x of a named quantity, or of an expression made of such."""
    if random.random() < 0.3:
        return D(random.choice((_U, _V)), _X)
    return D(random_expression(random, [_U, _V, _Y], 2), _X)


_MAKERS: dict[type, Callable[[Random], Basic]] = {
    Plus: random_sum,
    Times: _product,
    Over: _fraction,
    Power: lambda random: Power(_part(random), integer(random.randint(0, 4))),
    Negative: lambda random: Negative(_part(random)),
    Apply: _call,
    Total: _total,
    Mean: _average,
    Cases: _cases,
    Substituted: lambda random: Substituted(random_term(random), _X, random_factor(random)),
    Hull: lambda random: Hull(*[random_set(random) for _ in range(random.randint(2, 3))]),
    Equation: lambda random: Equation(random_sum(random), random_sum(random)),
    D: _derivative,
    Named: lambda random: random.choice((_U, _V)),
    Node: _part,
}
