"""Random formulas, and what is to hold of the derivative of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from random import Random

import mpmath
import sympy
from sympy.core.basic import Basic

from derivex.derivation import Derivation, Detail, Status
from derivex.engine import differentiate
from derivex.equality import judge
from derivex.errors import DerivexError, ProblemError
from derivex.expression import (
    ONE,
    TWO,
    Apply,
    Binder,
    Branch,
    Cases,
    E,
    Greater,
    Negative,
    Node,
    Over,
    Plus,
    Power,
    Product,
    Times,
    Total,
    contains,
    function_name,
    integer,
    postorder,
    symbol,
)
from derivex.expression.functions import Function
from derivex.expression.lower import lower
from derivex.notation import TextWriter
from derivex.rulebook import RuleBook, shipped_book

__all__ = ["check_formula", "differentiable_functions", "random_formula"]

X, A, K = symbol("x"), symbol("a"), symbol("k")
HALF = Over(ONE, TWO)
_DIGITS = 30
_TRIES = 12
_MOST_LINES = 40


@cache
def differentiable_functions(book: RuleBook) -> tuple[tuple[Function, tuple[bool, ...]], ...]:
    """Every function of the rule files that has a derivative, and by which arguments.

    The order of a Bessel function, for example, is a number.
    """
    found = []
    for function in book.functions.values():
        count = len(function.parameters) + function.variadic
        for numbers in range(count):
            moving = tuple(position >= numbers for position in range(count))
            arguments = [Power(X, integer(position + 1)) for position in range(count)]
            arguments[:numbers] = [TWO] * numbers
            if _is_covered(Apply(function_name(function.name), *arguments)):
                found.append((function, moving))
                break
    return tuple(found)


@cache
def _is_covered(formula: Basic) -> bool:
    try:
        return differentiate(formula, [X], shipped_book()).status is Status.FINISHED
    except DerivexError:
        return False


def random_formula(random: Random, depth: int, names: tuple[Basic, ...] = (X, X, A)) -> Basic:
    """A formula in x and a; where it is defined is for the oracle to find out."""
    if depth <= 0 or random.random() < 0.1:
        return random.choice((*names, *names, integer(random.randint(1, 4)), HALF))

    def part(*more: Basic) -> Basic:
        return random_formula(random, depth - 1 - random.randint(0, 1), (*names, *more))

    def call() -> Basic:
        function, moving = random.choice(differentiable_functions(shipped_book()))
        arguments = [part() if each else integer(random.randint(0, 3)) for each in moving]
        if function.variadic and random.random() < 0.5:
            arguments.append(part())
        return Apply(function_name(function.name), *arguments)

    def whole_power() -> Basic:
        return Power(part(), random.choice((TWO, integer(3), Negative(ONE), HALF)))

    def cases() -> Basic:
        return Cases(Branch(part(), Greater(part(), part())), Branch(part()))

    def over_index(kind: type[Node]) -> Basic:
        return kind(part(K), K, ONE, integer(random.randint(2, 3)))

    makers: list[Callable[[], Basic]] = [
        *[call] * 6,
        lambda: Plus(part(), part()),
        lambda: Plus(part(), Negative(part()), integer(random.randint(1, 3))),
        lambda: Times(part(), part()),
        lambda: Times(Over(ONE, integer(3)), part(), part()),
        lambda: Over(part(), part()),
        lambda: Over(part(), integer(random.randint(2, 4))),
        lambda: Negative(part()),
        whole_power,
        lambda: Power(part(), part()),
        lambda: Power(random.choice((E, TWO, A)), part()),
        cases,
        lambda: over_index(Total),
    ]
    if _is_covered(Product(X, K, ONE, TWO)):
        makers.append(lambda: over_index(Product))
    return random.choice(makers)()


def check_formula(seed: int) -> bool:
    """Derive a random formula and check the derivation; whether a point to check it was found.

    Raises:
        AssertionError: something does not hold, and for which formula.
    """
    random = Random(seed)
    book = shipped_book()
    formula = random_formula(random, random.randint(1, 4))
    told = f"seed {seed}: d/dx of {TextWriter().write(formula)}"
    derivation = differentiate(formula, [X], book)
    assert derivation.status is Status.FINISHED, told
    derivation.replay()
    _check_lines(derivation, told)
    try:
        oracle = _Oracle(formula, derivation.result)
    except (ProblemError, KeyError):  # SymPy finds that it has no value anywhere
        return False
    points = 0
    for _ in range(_TRIES):
        at = [mpmath.mpf(random.randint(5, 120)) / 64 + random.random() / 97 for _ in range(2)]
        points += oracle.agrees(at, told)
        if points == 2:
            break
    return points > 0


def _check_lines(derivation: Derivation, told: str) -> None:
    functions = derivation.book.functions
    for detail in (Detail.TEXTBOOK, Detail.FULL):
        lines = list(derivation.lines(detail))
        assert lines[-1].expression is derivation.result, told
        for before, after in list(pairwise(lines))[:_MOST_LINES]:
            assert after.says, told
            assert after.text != before.text, f"{told}: {after.text} twice"
            verdict = judge(before.expression, after.expression, functions, seconds=0.3)
            assert verdict.kind != "wrong", f"{told}: {before} and {after}: {verdict}"


class _Oracle:
    """A formula and its derivative as functions of x and a in mpmath."""

    def __init__(self, formula: Basic, result: Basic):
        self._inside = _numeric(list(_parts(formula)))
        self._function = _numeric([formula])
        self._derivative = _numeric([result])

    def agrees(self, at: list[mpmath.mpf], told: str) -> bool:
        """Compare the result with the numeric derivative; whether both exist at the point."""
        with mpmath.workdps(_DIGITS):
            try:
                if not all(map(_is_moderate, self._inside(*at))):
                    return False
                estimates = [self._estimate(at, mpmath.mpf(10) ** -power) for power in (8, 9)]
                (found,) = self._derivative(*at)
            except _UNDEFINED:
                return False
            scale = 1 + abs(estimates[0])
            if not mpmath.isfinite(scale) or abs(estimates[0] - estimates[1]) > scale * 1e-10:
                return False  # a corner, a pole, or a step
            assert abs(found - estimates[0]) < scale * 1e-8, (
                f"{told} at x = {at[0]}, a = {at[1]} is {estimates[0]}, not {found}"
            )
        return True

    def _estimate(self, at: list[mpmath.mpf], step: mpmath.mpf) -> mpmath.mpf:
        (above,), (below,) = (
            self._function(at[0] + step, at[1]),
            self._function(at[0] - step, at[1]),
        )
        return (above - below) / (2 * step)


_AIRY = {
    "airyaiprime": lambda argument: mpmath.airyai(argument, derivative=1),
    "airybiprime": lambda argument: mpmath.airybi(argument, derivative=1),
}
_UNDEFINED = (
    *(ArithmeticError, AttributeError, ValueError, TypeError),
    mpmath.libmp.NoConvergence,
)


def _numeric(expressions: list[Basic]) -> Callable[..., list[mpmath.mpf]]:
    lowered = [
        lower(each, shipped_book().functions).replace(sympy.Product, _written_out)
        for each in expressions
    ]
    made: Callable[..., list[mpmath.mpf]] = sympy.lambdify([X, A], lowered, [_AIRY, "mpmath"])
    return made


def _written_out(body: sympy.Expr, *all_bounds: sympy.Tuple) -> sympy.Expr:
    for index, first, last in all_bounds:
        body = sympy.Mul(*[body.subs(index, value) for value in range(first, last + 1)])
    return body


def _is_moderate(value: object) -> bool:
    if isinstance(value, mpmath.mpc | complex):
        return False
    return bool(mpmath.isfinite(value) and abs(value) < 10**6)


def _parts(formula: Basic) -> Iterator[Basic]:
    """What has a value: neither conditions nor what is said of a running index."""
    for node in postorder(formula):
        if isinstance(node, _VALUES) and (not contains(node, K) or isinstance(node, Binder)):
            yield node


_VALUES = (Apply, Binder, Cases, Negative, Over, Plus, Power, Times)
