"""The expressions that are measured.  Each call builds them anew."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from sympy import Add, Mul, Symbol, cos, exp, log, sin, sqrt, symbols, tan
from sympy.core.basic import Basic

from derivex.expression import (
    TWO,
    Apply,
    Negative,
    Plus,
    Power,
    Times,
    function_name,
    integer,
    symbol,
)

__all__ = ["COMPARED", "written_nest", "written_network", "written_polynomial"]

Make = Callable[[], tuple[Any, Any]]


def textbook(number: int) -> tuple[Any, Any]:
    """One of ten expressions as they stand in textbooks, and its variable."""
    x, y, z = symbols("x y z")
    return (
        ((x + y + z) ** 2, y),
        (x**2 * sin(x), x),
        (sin(x**2), x),
        (exp(x) / x, x),
        (3 * x**2 + x - 1, x),
        (sqrt(x**2 + 1), x),
        (x**x, x),
        (log(sin(x)), x),
        ((2 * x + 1) ** 5 * (3 * x - 2) ** 7, x),
        (tan(4 * x**2 - 3 * x + 1), x),
    )[number]


def polynomial(terms: int) -> tuple[Any, Any]:
    """x + 2x² + 3x³ + …"""
    x = Symbol("x")
    return Add(*(k * x**k for k in range(1, terms + 1))), x


def sum_of_products(terms: int) -> tuple[Any, Any]:
    """x sin(x) exp(x) + x² sin(2x) exp(x²) + …"""
    x = Symbol("x")
    return Add(*(x**k * sin(k * x) * exp(x**k) * cos(x) for k in range(1, terms + 1))), x


def product(factors: int) -> tuple[Any, Any]:
    """(x + 1) (x + 2) (x + 3) …"""
    x = Symbol("x")
    return Mul(*(x + k for k in range(1, factors + 1))), x


def nest(depth: int) -> tuple[Any, Any]:
    """sin(sin(… sin(x)))"""
    expression = x = Symbol("x")
    for _ in range(depth):
        expression = sin(expression)
    return expression, x


COMPARED: dict[str, Make] = {
    **{str(textbook(number)[0]): partial(textbook, number) for number in range(10)},
    **{f"polynomial, {size} terms": partial(polynomial, size) for size in (10, 100, 1000)},
    **{f"sum of {size} products": partial(sum_of_products, size) for size in (10, 100)},
    **{f"product of {size} factors": partial(product, size) for size in (10, 50, 200)},
    **{f"sin, {size} deep": partial(nest, size) for size in (10, 100)},
}
"""What SymPy can differentiate too, in a time that one can wait for."""


def written_polynomial(terms: int) -> tuple[Basic, Basic]:
    """x + 2x² + 3x³ + … as a written tree."""
    x = symbol("x")
    powers = (Times(integer(k), Power(x, integer(k))) for k in range(2, terms + 1))
    return Plus(x, *powers), x


def written_nest(depth: int) -> tuple[Basic, Basic]:
    """sin(sin(… sin(x))) as a written tree."""
    expression = x = symbol("x")
    for _ in range(depth):
        expression = Apply(function_name("sin"), expression)
    return expression, x


def written_network(hidden: int, inputs: int) -> tuple[Basic, list[Basic]]:
    """A network with one hidden layer of tanh units and squared loss; and its weights."""
    x = [symbol(f"x_{j}") for j in range(1, inputs + 1)]
    weights: list[Basic] = []
    terms: list[Basic] = []
    for unit in range(1, hidden + 1):
        row = [symbol(f"w_{unit}_{j}") for j in range(1, inputs + 1)]
        bias, out = symbol(f"b_{unit}"), symbol(f"c_{unit}")
        products = [Times(weight, each) for weight, each in zip(row, x, strict=True)]
        terms.append(Times(out, Apply(function_name("tanh"), Plus(*products, bias))))
        weights += [*row, bias, out]
    bias = symbol("b")
    return Power(Plus(*terms, bias, Negative(symbol("t"))), TWO), [*weights, bias]
