"""Are the procedures sound?  Random nodes of the kinds that each works on, before and after."""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from random import Random

from sympy.core.basic import Basic

from derivex.equality import judge
from derivex.equality.sampling import random_expression
from derivex.errors import RuleError
from derivex.expression import (
    ONE,
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
    E,
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
    pi,
    symbol,
)
from derivex.expression.array_nodes import Norm
from derivex.expression.functions import Functions
from derivex.rulebook.drawing import draw_number
from derivex.rulebook.drawing_arrays import (
    ARRAY_HEADS,
    ARRAY_MAKERS,
    random_array_node,
    random_table_node,
)
from derivex.rulebook.findings import FEW, Finding, shown, where, with_minus
from derivex.rulebook.procedure import Procedure
from derivex.rulebook.random_sets import random_set
from derivex.rulebook.rule import Rule

__all__ = ["check_procedure", "random_node", "with_usual_parameters"]

_TRIES = 160
_ENOUGH = 20
_SECONDS = 0.5
_OF_A_NUMBER = ("floor", "ceiling", "sign", "factorial", "gamma")
_X, _Y = symbol("x"), symbol("y")
_U = Named(function_name("u"), Plus(_X, TWO))
_V = Named(function_name("v"), Times(_X, _Y))
_PARAMETERS: dict[str, tuple[Basic, ...]] = {
    "name-intermediates": (_U, _V),
    "factors-as-written": (Times(_Y, _X),),
    "entries-as-vector": (symbol("k"),),
    "power-of-base": (TWO,),
}
"""What a procedure works by, where that is not x."""


def with_usual_parameters(procedure: Procedure) -> Procedure:
    """The procedure, set to work by x if it needs to be told by what."""
    if procedure.rule.name in _PARAMETERS:
        return procedure.with_parameters(_PARAMETERS[procedure.rule.name])
    takes_more = len(signature(procedure.run).parameters) > 1 + procedure.by_facts
    return procedure.with_parameters((_X,)) if takes_more else procedure


def check_procedure(rule: Rule, procedure: Procedure, functions: Functions) -> Finding:
    """Compare random nodes with what the procedure makes of them."""
    procedure = with_usual_parameters(procedure)
    random = Random(rule.name)
    used = 0
    for _ in range(_TRIES):
        make = ARRAY_MAKERS.get(rule.name) or _OF_THEIR_OWN.get(rule.name)
        if make is not None:
            node = make(random)
        else:
            node = random_node(random, random.choice(procedure.heads), procedure.kinds)
        made = procedure.apply(node)
        if made is None:
            continue
        verdict = judge(node, made, functions, seconds=_SECONDS)
        if verdict.kind == "wrong":
            assert verdict.witness is not None
            error = RuleError(
                f"the procedure {rule.name} is not sound: {where(verdict.witness)}"
                f"the value before it is {with_minus(verdict.witness.left)}, "
                f"after it {with_minus(verdict.witness.right)}",
                rule.place,
                f"{shown(node)} ≠ {shown(made)}",
            )
            return Finding(rule, "wrong", used + 1, (error,))
        used += verdict.holds
        if used >= _ENOUGH:
            break
    warnings: tuple[str, ...] = ()
    if used < FEW:
        warnings = (f"the procedure {rule.name} changed hardly any of {_TRIES} random nodes",)
    return Finding(rule, "tested" if used else "undecided", used, (), warnings)


def random_node(random: Random, head: type, kinds: frozenset[type] | None = None) -> Basic:
    """A random node of a kind, with an operand of one of the other kinds where these are given."""
    if kinds is not None and kinds <= {Row, Column, Matrix}:
        return random_table_node(random, head, lambda: _term(random), lambda: _factor(random))
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
        return Times(_factor(random), some_set())
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


def _factor(random: Random) -> Basic:
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
    return Times(*[_factor(random) for _ in range(random.randint(2, 4))])


def _term(random: Random) -> Basic:
    term = _product(random) if random.random() < 0.5 else _factor(random)
    return Negative(term) if random.random() < 0.3 else term


def _sum(random: Random) -> Basic:
    return Plus(*[_term(random) for _ in range(random.randint(2, 4))])


def _part(random: Random) -> Basic:
    return random.choice((_product, _sum, _factor))(random)


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
        term = Times(integer(common * random.randint(1, 3)), _factor(random))
        terms.append(Negative(term) if random.random() < 0.4 else term)
    return Plus(*terms)


def _difference_quotient(random: Random) -> Basic:
    """A difference over something: of two sums, of terms with a factor in common, or from it."""
    below = _factor(random)
    one, other = _factor(random), _factor(random)
    common = random.choice((_Y, Times(integer(3), _Y), Negative(_Y)))
    above: tuple[Basic, ...] = (
        Plus(one, _term(random), Negative(Plus(other, _term(random)))),
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
    values = [_factor(random) for _ in range(2)]
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
    Plus: _sum,
    Times: _product,
    Over: _fraction,
    Power: lambda random: Power(_part(random), integer(random.randint(0, 4))),
    Negative: lambda random: Negative(_part(random)),
    Apply: _call,
    Total: _total,
    Mean: _average,
    Cases: _cases,
    Substituted: lambda random: Substituted(_term(random), _X, _factor(random)),
    Hull: lambda random: Hull(*[random_set(random) for _ in range(random.randint(2, 3))]),
    Equation: lambda random: Equation(_sum(random), _sum(random)),
    D: _derivative,
    Named: lambda random: random.choice((_U, _V)),
    Node: _part,
}


def _exponential(random: Random) -> Basic:
    """A power of e or of 2 with a multiple of x as its exponent."""
    exponent = Times(integer(random.randint(2, 4)), _X)
    return Power(random.choice((E, TWO)), random.choice((exponent, Negative(exponent))))


def _angle(random: Random) -> Basic:
    """A function of a known angle."""
    angle = Over(Times(integer(random.randint(1, 30)), pi), integer(random.choice((2, 3, 4, 6))))
    angle = Negative(angle) if random.random() < 0.3 else angle
    return Apply(function_name(random.choice(("sin", "cos", "tan"))), angle)


def _cube_root(random: Random) -> Basic:
    """The cube root of a cube."""
    cube = Over(integer(random.randint(1, 6) ** 3), integer(random.choice((1, 8, 27))))
    inside = Negative(cube) if random.random() < 0.4 else cube
    return Apply(function_name("cbrt"), inside)


def _quotient_of_logarithms(random: Random) -> Basic:
    """log(8)/log(4), or of a number below 1."""
    base = random.choice((2, 3, 5))
    calls = []
    for _ in range(2):
        power: Basic = integer(base ** random.randint(1, 4))
        inside = Over(ONE, power) if random.random() < 0.3 else power
        calls.append(Apply(function_name("log"), inside))
    return Over(*calls)


def _root_or_size(name: str) -> Callable[[Random], Basic]:
    """Makes fractions with the root or the absolute value of something on one side of the line."""

    def made(random: Random) -> Basic:
        inside = random.choice((_X, Plus(_X, integer(random.randint(1, 5)))))
        call = Apply(function_name(name), inside)
        power = Power(inside, integer(random.randint(2, 4)))
        whole = Times(random.choice((inside, power)), _factor(random))
        part = Times(integer(random.randint(1, 3)), call)
        return Over(whole, part) if name == "abs" or random.random() < 0.5 else Over(part, whole)

    return made


def _number_and_bracket(random: Random) -> Basic:
    """A number before a sum with fractions."""
    below = random.randint(2, 4)
    inside = Plus(Over(_X, integer(below)), Times(integer(random.randint(1, 3)), _factor(random)))
    return Times(integer(below * random.randint(1, 3)), inside)


def _fractions_over_one(random: Random) -> Basic:
    """Two fractions with one denominator, and something beside them."""
    below = random.choice((_Y, Plus(_X, integer(random.randint(1, 5)))))
    one, other = (Over(_sum(random), below) for _ in range(2))
    terms = [one, Negative(other) if random.random() < 0.5 else other, _factor(random)]
    random.shuffle(terms)
    return Plus(*terms)


def _fraction_above(random: Random) -> Basic:
    """A fraction with a fraction in its numerator."""
    above = [Over(random.choice((_X, Plus(_X, TWO))), _Y), _term(random)]
    random.shuffle(above)
    return Over(Plus(*above), random.choice((_X, Plus(_X, _Y), integer(3))))


def _power_of_two(random: Random) -> Basic:
    """A power of a power of 2."""
    exponent = random.choice((_X, Negative(_X), Plus(_X, draw_number(random, 1)), Times(TWO, _X)))
    return Power(integer(2 ** random.randint(2, 5)), exponent)


def _logarithms(random: Random) -> Basic:
    """A sum of two or three multiples of logarithms, some of them subtracted."""
    terms: list[Basic] = []
    for _ in range(random.randint(2, 3)):
        inside = random.choice((_X, _Y, Plus(_X, integer(random.randint(1, 5)))))
        logarithm = Apply(function_name("log"), inside)
        term = (
            Times(integer(random.randint(2, 4)), logarithm) if random.random() < 0.5 else logarithm
        )
        terms.append(Negative(term) if random.random() < 0.4 else term)
    return Plus(*terms)


def _sine_and_cosine(random: Random) -> Basic:
    """Multiples of the sine and the cosine of one angle."""
    angle = random.choice((_X, Times(TWO, _X)))
    terms: list[Basic] = []
    for name in random.sample(("sin", "cos"), 2):
        call = Apply(function_name(name), angle)
        term = Times(integer(random.randint(2, 6)), call) if random.random() < 0.7 else call
        terms.append(Negative(term) if random.random() < 0.5 else term)
    return Plus(*terms)


def _two_angles(random: Random) -> Basic:
    """The sines or cosines of two angles, added or subtracted."""
    number = integer(random.randint(1, 3))
    calls = [
        Apply(function_name(random.choice(("sin", "cos"))), angle)
        for angle in (_X, random.choice((_Y, Times(TWO, _X), Plus(_X, _Y))))
    ]
    first, second = (call if number is ONE else Times(number, call) for call in calls)
    return Plus(
        Negative(first) if random.random() < 0.3 else first,
        Negative(second) if random.random() < 0.5 else second,
    )


_OF_THEIR_OWN: dict[str, Callable[[Random], Basic]] = {
    "exponentials-as-powers": _exponential,
    "angle-on-circle": _angle,
    "add-fractions": _fractions_over_one,
    "clear-fraction-above": _fraction_above,
    "number-into-bracket": _number_and_bracket,
    "cancel-root": _root_or_size("sqrt"),
    "square-over-absolute-value": _root_or_size("abs"),
    "cube-root-of-number": _cube_root,
    "power-of-base": _power_of_two,
    "logarithms-of-one-base": _quotient_of_logarithms,
    "one-logarithm": _logarithms,
    "one-sine": _sine_and_cosine,
    "sum-as-product": _two_angles,
}
"""What procedures are tried on that change hardly any node of the usual kinds."""
