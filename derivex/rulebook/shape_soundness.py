"""Is a function convex, increasing, smooth, as its rule file says?  Tried at random arguments."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from flint import arb
from sympy import Symbol

from derivex.equality.balls import evaluate
from derivex.equality.sampling import random_value
from derivex.errors import ProblemError
from derivex.expression import Apply, D, function_name, number, symbol
from derivex.expression.functions import Function, Functions
from derivex.rulebook.findings import with_minus

__all__ = ["wrong_shape"]

_TRIES = 40
_SLACK = 2.0**-80


def wrong_shape(function: Function, functions: Functions) -> str | None:
    """What shows that a function has not the shape that is claimed of it; None if nothing does.

    >>> from derivex.expression import symbol
    >>> sine = Function("sin", (symbol("x"),), "sin", shape=frozenset({"increasing"}))
    >>> print(wrong_shape(sine, {"sin": sine}))
    sin is not increasing: it falls from −4945/512 to −4405/512
    """
    if not function.shape:
        return None
    random = Random(function.name)
    count = len(_letters(function))
    for _ in range(_TRIES):
        first = [random_value(random, wide=True) for _ in range(count)]
        second = [random_value(random, wide=True) for _ in range(count)]
        found = _compare(function, functions, first, second, random)
        if found is not None:
            return f"{function.name} is not {found}"
    return None


def _value(function: Function, functions: Functions, arguments: list[Fraction]) -> arb:
    call = Apply(function_name(function.name), *map(number, arguments))
    return evaluate(call, {}, functions, real=True).real


def _compare(
    function: Function,
    functions: Functions,
    first: list[Fraction],
    second: list[Fraction],
    random: Random,
) -> str | None:
    middle = [(a + b) / 2 for a, b in zip(first, second, strict=True)]
    larger = list(first)
    place = random.randrange(len(first))
    larger[place] += abs(random_value(random))
    try:
        here, there, between, above = (
            _value(function, functions, each) for each in (first, second, middle, larger)
        )
    except ProblemError as error:
        return f"{' or '.join(sorted(function.shape))} on the whole line: {error.message}"
    chord = (here + there) / 2
    scale = _SLACK * (1 + abs(here) + abs(there) + abs(above))
    told = _told(middle)
    if "convex" in function.shape and between - chord > scale:
        return f"convex: at {told} it is above the chord"
    if "concave" in function.shape and chord - between > scale:
        return f"concave: at {told} it is below the chord"
    if "increasing" in function.shape and here - above > scale:
        return f"increasing: it falls from {_told(first)} to {_told(larger)}"
    if "decreasing" in function.shape and above - here > scale:
        return f"decreasing: it rises from {_told(first)} to {_told(larger)}"
    if "smooth" in function.shape:
        return _corner(function, functions, random)
    return None


def _told(arguments: list[Fraction]) -> str:
    return with_minus(", ".join(map(str, arguments)))


def _letters(function: Function) -> list[Symbol]:
    """A letter for each argument; where it takes any number of them, two more than it names."""
    further = [symbol(name) for name in ("s", "t")] if function.variadic else []
    return [*function.parameters, *further]


def _corner(function: Function, functions: Functions, random: Random) -> str | None:
    """Whether a derivative is missing at a small whole number."""
    parameters = _letters(function)
    call = Apply(function_name(function.name), *parameters)
    at = Fraction(random.randint(-2, 2))
    for parameter in parameters:
        values = dict.fromkeys(parameters, at)
        try:
            evaluate(D(call, parameter), values, functions, real=True)
        except ProblemError:
            return f"smooth: it has no derivative at {at}"
    return None
