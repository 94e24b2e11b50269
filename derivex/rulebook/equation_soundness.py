"""Are the procedures sound that lead from an equation to others?  Solutions before and after.

Random equations of the kind that each works on are tried at small numbers and at the solutions
that the procedure claims: where one side of the arrow holds, the other must.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from random import Random
from types import MappingProxyType

from sympy.core.basic import Basic

from derivex.equality import judge
from derivex.errors import RuleError
from derivex.expression import (
    ONE,
    TWO,
    ZERO,
    Apply,
    Branch,
    Cases,
    E,
    Equation,
    Greater,
    Negative,
    Or,
    Over,
    Plus,
    Power,
    Times,
    free_symbols,
    function_name,
    integer,
    number,
    pi,
    substitute,
    symbol,
)
from derivex.expression.array_nodes import ArrayName, MatrixProduct
from derivex.expression.functions import Functions
from derivex.matching import NO_FACTS
from derivex.rulebook.findings import FEW, Finding, shown
from derivex.rulebook.procedure import Procedure
from derivex.rulebook.procedures.sides import branches_of
from derivex.rulebook.rule import Rule

__all__ = ["check_move_procedure"]

_TRIES = 24
_SECONDS = 3.0
_X, _T = symbol("x"), symbol("t")
_PLACES = tuple(number(Fraction(half, 2)) for half in (0, 2, -2, 4, -4, 6, -6, 1, -1))


def check_move_procedure(rule: Rule, procedure: Procedure, functions: Functions) -> Finding:
    """Compare the solutions of random equations with those that the procedure leads to."""
    if rule.name in _OF_VECTORS:
        return _check_vectors(rule, procedure, functions)
    random = Random(rule.name)
    used = 0
    for _ in range(_TRIES):
        before, parameters = _MAKERS[rule.name](random)
        made = procedure.with_parameters(parameters).apply(before)
        if made is None:
            continue
        for place in _places(rule, made):
            first = _holds(before, place, functions)
            second = _holds(_back(made, rule, parameters), place, functions)
            if rule.name in _SOME_SOLUTIONS and second is not True:
                continue  # what lies outside of the interval is no solution
            in_case = _IN_CASE.get(rule.name)
            if in_case is not None and not in_case(parameters, place, functions):
                continue
            if first is not second and None not in (first, second):
                there = f"x = {shown(place)}"
                holds, fails = (before, made) if first else (made, before)
                error = RuleError(
                    f"the procedure {rule.name} is not sound: {there} solves "
                    f"{shown(holds)}, but not {shown(fails)}",
                    rule.place,
                )
                return Finding(rule, "wrong", used + 1, (error,))
        used += 1
    warnings: tuple[str, ...] = ()
    if used < FEW:
        warnings = (f"the procedure {rule.name} changed hardly any of {_TRIES} equations",)
    return Finding(rule, "tested" if used else "undecided", used, (), warnings)


def _check_vectors(rule: Rule, procedure: Procedure, functions: Functions) -> Finding:
    """Compare equations of vectors: the difference of the sides, or the solution put in."""
    used = 0
    for before in _OF_VECTORS[rule.name]:
        made = procedure.with_parameters((_THETA,)).apply(before)
        if made is None:
            continue
        if made.args[0] is _THETA:
            pair = [substitute(side, {_THETA: made.args[1]}) for side in before.args]
        else:
            times = _TWO if rule.name == "divide-by-number" else None
            pair = [_gap(before, None), _gap(made, times)]
        verdict = judge(pair[0], pair[1], functions, seconds=5.0)
        if verdict.kind == "wrong":
            error = RuleError(
                f"the procedure {rule.name} is not sound: {shown(before)} is not {shown(made)}",
                rule.place,
            )
            return Finding(rule, "wrong", used + 1, (error,))
        used += verdict.holds
    return Finding(rule, "tested" if used else "undecided", used, (), ())


def _gap(equation: Basic, times: Basic | None) -> Basic:
    """The left-hand side minus the right-hand side, perhaps times a number."""
    left, right = equation.args
    gap = left if right is ZERO else Plus(left, Negative(right))
    return gap if times is None else Times(times, gap)


def _places(rule: Rule, made: Basic) -> Iterator[Basic]:
    yield from _PLACES
    for equation in made.args if type(made) is Or else (made,):
        left, right = equation.args
        if left is _X and not free_symbols(right):
            yield right


def _back(made: Basic, rule: Rule, parameters: tuple[Basic, ...]) -> Basic:
    """What the procedure made, in x."""
    if rule.name != "new-letter":
        return made
    old, new = parameters
    return Equation(*[substitute(side, {new: old}) for side in made.args])


def _holds(equation: Basic, place: Basic, functions: Functions) -> bool | None:
    if type(equation) is Or:
        each = [_holds(alternative, place, functions) for alternative in equation.args]
        return True if True in each else None if None in each else False
    left, right = (substitute(side, {_X: place}) for side in equation.args)
    verdict = judge(left, right, functions, seconds=_SECONDS)
    return True if verdict.holds else False if verdict.kind == "wrong" else None


_SOME_SOLUTIONS = ("inverse-on-interval", "angles-in-letters")


def _in_case(parameters: tuple[Basic, ...], place: Basic, functions: Functions) -> bool:
    """Whether what stands between the bars has the sign that the case assumes."""
    inside, sign = (substitute(each, {_X: place}) for each in parameters)
    product = Times(sign, inside)
    return judge(product, Apply(function_name("abs"), product), functions).holds


def _in_branch(parameters: tuple[Basic, ...], place: Basic, functions: Functions) -> bool:
    """Whether the conditions of the branch hold that the case assumes."""
    node, which = parameters
    conditions, _ = branches_of(node)[int(which)]
    return all(NO_FACTS.implies(substitute(each, {_X: place})) for each in conditions)


_IN_CASE: Mapping[str, Callable[[tuple[Basic, ...], Basic, Functions], bool]] = MappingProxyType(
    {"absolute-value-in-case": _in_case, "branch-in-case": _in_branch}
)

_Made = tuple[Basic, tuple[Basic, ...]]


def _product(random: Random) -> _Made:
    def factor() -> Basic:
        shift = number(random.choice((1, 2, 3, Fraction(1, 2))))
        return random.choice(
            (
                lambda: _X,
                lambda: Plus(_X, shift),
                lambda: Plus(_X, Negative(shift)),
                lambda: Power(Plus(_X, Negative(shift)), integer(random.randint(1, 3))),
                lambda: integer(random.randint(2, 5)),
                lambda: Power(E, Negative(_X)),
                lambda: Plus(Power(_X, TWO), integer(1)),
                lambda: Apply(function_name("sqrt"), Plus(Power(_X, TWO), Negative(shift))),
                lambda: Power(Plus(_X, shift), Over(TWO, integer(3))),
            )
        )()

    whole: Basic = Times(*[factor() for _ in range(random.randint(2, 4))])
    if random.random() < 0.3:
        whole = Over(whole, integer(random.randint(2, 5)))
    return Equation(Negative(whole) if random.random() < 0.2 else whole, ZERO), ()


def _quadratic(random: Random) -> _Made:
    first, second, third = (random.choice((1, 2, 3, -1, -2, 5)) for _ in range(3))
    terms = [Times(number(first), Power(_X, TWO)), Times(number(second), _X), number(third)]
    return Equation(Plus(*random.sample(terms, 3 if random.random() < 0.7 else 2)), ZERO), (_X,)


def _with_root(random: Random) -> _Made:
    root = Apply(function_name("sqrt"), Plus(_X, number(random.choice((1, 2, 4)))))
    rest = Plus(Times(number(random.choice((1, 2, -1))), _X), number(random.choice((0, 1, -2))))
    return Equation(Plus(Times(number(random.choice((2, -1, 3))), root), rest), ZERO), (root,)


def _polynomial(random: Random) -> _Made:
    """A product of factors x − k, and perhaps one without real roots, multiplied out."""
    coefficients = [Fraction(1)]
    factors = [[Fraction(-root), Fraction(1)] for root in random.sample(range(-3, 4), 2)]
    factors.append([Fraction(random.randint(1, 3)), Fraction(random.randint(0, 1)), Fraction(1)])
    for factor in factors:
        product = [Fraction(0)] * (len(coefficients) + len(factor) - 1)
        for position, one in enumerate(coefficients):
            for shift, other in enumerate(factor):
                product[position + shift] += one * other
        coefficients = product
    terms = [
        Times(number(value), Power(_X, integer(degree)))
        for degree, value in enumerate(coefficients)
        if value
    ]
    return Equation(Plus(*terms), ZERO), (_X,)


def _in_a_power(random: Random) -> _Made:
    if random.random() < 0.4:
        return _in_a_root(random)
    step = random.randint(2, 3)
    terms = [
        Times(integer(random.randint(1, 4)), Power(_X, integer(step * degree)))
        for degree in range(1, random.randint(2, 4))
    ]
    return Equation(Plus(*terms, Negative(integer(random.randint(1, 4)))), ZERO), (
        Power(_X, integer(step)),
        _T,
    )


def _in_a_root(random: Random) -> _Made:
    """Powers of a root, equal at 0 or at 1."""
    exponents = random.choice(((1, 2, 3), (2, 3, 1), (-1, 3, 2), (-2, 1, 3)))
    root = Power(_X, number(Fraction(1, 3)))
    terms: list[Basic] = [Power(_X, number(Fraction(each, 3))) for each in exponents]
    if random.random() < 0.5:
        root, terms = Apply(function_name("cbrt"), _X), [_X, Power(_X, TWO)]
        terms.append(Times(TWO, root))
    return Equation(Plus(terms[0], terms[1], Negative(Times(TWO, terms[2]))), ZERO), (root, _T)


def _angle(random: Random) -> _Made:
    inside = random.choice((_X, Times(TWO, _X), Plus(_X, number(1))))
    root = Over(Apply(function_name("sqrt"), integer(random.randint(2, 3))), TWO)
    value = random.choice((root, Negative(root), number(Fraction(1, 3)), number(-1), number(0)))
    name = random.choice(("sin", "cos", "tan"))
    low = random.choice((ZERO, Negative(pi), integer(1)))
    return Equation(Apply(function_name(name), inside), value), (low, Times(integer(3), pi))


def _angle_in_letters(random: Random) -> _Made:
    return _angle(random)[0], ()


def _powers(random: Random) -> _Made:
    """Products of powers, equal at 0 or at 1."""
    first, second = random.sample((2, 3, 5, 7), 2)
    if random.random() < 0.5:
        sides = [Power(integer(first), _X), Power(integer(second), Times(TWO, _X))]
    else:
        sides = [Power(integer(first), _X), Times(integer(first), Power(E, Plus(_X, number(-1))))]
    return Equation(*random.sample(sides, 2)), ()


def _absolute_value(random: Random) -> _Made:
    inside = Plus(_X, number(random.choice((1, -1, 2))))
    call = Apply(function_name("abs"), inside)
    other = Plus(Times(TWO, _X), number(random.choice((0, 1, 3))))
    return Equation(call, other), (inside, number(random.choice((1, -1))))


def _branches(random: Random) -> _Made:
    line = Plus(Times(TWO, _X), number(random.choice((0, 1, -3))))
    other = Plus(_X, number(random.choice((1, -1, 2))))
    node: Basic = Apply(function_name(random.choice(("max", "min"))), line, other)
    if random.random() < 0.5:
        node = Cases(Branch(line, Greater(_X, other.args[1])), Branch(other))
    return Equation(node, number(random.choice((0, 2, 4)))), (node, random.choice((ZERO, ONE)))


_MAKERS: Mapping[str, Callable[[Random], _Made]] = MappingProxyType(
    {
        "zero-product": _product,
        "quadratic-formula": _quadratic,
        "no-real-root": _quadratic,
        "real-roots": _polynomial,
        "part-alone": _with_root,
        "new-letter": _in_a_power,
        "inverse-on-interval": _angle,
        "angles-in-letters": _angle_in_letters,
        "logarithm-of-both": _powers,
        "absolute-value-in-case": _absolute_value,
        "branch-in-case": _branches,
    }
)


_TWO = integer(2)
_THETA, _B = ArrayName("theta: d"), ArrayName("b: d")
_A, _K = ArrayName("A: d by d"), symbol("k")
_A_THETA = MatrixProduct(_A, _THETA)
_OF_VECTORS: Mapping[str, tuple[Basic, ...]] = MappingProxyType(
    {
        "terms-without-vector": (
            Equation(Plus(_A_THETA, Negative(_B)), ZERO),
            Equation(Plus(_B, _A_THETA, Times(_K, _THETA)), ZERO),
        ),
        "divide-by-number": (
            Equation(Times(_TWO, _A_THETA), Times(_TWO, _B)),
            Equation(Plus(Times(_TWO, _A_THETA), Times(_TWO, _THETA)), Negative(_B)),
        ),
        "factor-out-vector": (
            Equation(Plus(_A_THETA, _THETA), _B),
            Equation(Plus(_A_THETA, Negative(Times(_K, _THETA))), _B),
        ),
        "multiply-by-inverse": (Equation(_A_THETA, _B), Equation(_A_THETA, MatrixProduct(_A, _B))),
    }
)
"""What the procedures on equations of vectors are tried on."""
