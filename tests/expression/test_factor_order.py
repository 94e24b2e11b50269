"""The order of factors and terms, against SymPy's own."""

from __future__ import annotations

from random import Random

import pytest
from sympy import (
    Add,
    Expr,
    Function,
    Integer,
    Mul,
    Pow,
    Rational,
    cos,
    exp,
    log,
    pi,
    preorder_traversal,
    sin,
    symbols,
)

from derivex.expression.sympy_order import in_factor_order, in_term_order

LETTERS = symbols("x y z a b")


def random_sum(random: Random) -> Expr:
    total = Integer(0)
    for _ in range(random.randint(2, 4)):
        power = random.choice(LETTERS) ** random.choice([1, 2, 3, -1, Rational(1, 2)])
        number = random.choice([1, 1, 2, 3, -1, -2, Rational(1, 2)])
        total += number * random.choice([Integer(1), random.choice(LETTERS), power])
    return total if total != 0 else LETTERS[0] + 1


@pytest.mark.parametrize("seed", range(300))
def test_products_of_sums_are_ordered_as_sympy_prints_them(seed: int) -> None:
    random = Random(seed)
    exponents = [1, 1, 1, 2, -1, Rational(1, 2)]
    factors = [random_sum(random) ** random.choice(exponents) for _ in range(random.randint(2, 5))]
    product = Mul(*factors)
    if isinstance(product, Mul):
        expected = [factor for factor in product.as_ordered_factors() if not factor.is_Number]
        given = [factor for factor in product.args if not factor.is_Number]
        assert in_factor_order(given) == expected


def random_expression(random: Random, depth: int) -> Expr:
    kind = random.randrange(8) if depth else 0
    if kind == 0:
        return random.choice([*LETTERS, *LETTERS, Integer(2), Rational(1, 2), Integer(-3), pi])
    if kind <= 4:
        operands = [random_expression(random, depth - 1) for _ in range(random.randint(2, 3))]
        return Add(*operands) if kind <= 2 else Mul(*operands)
    operand = random_expression(random, depth - 1)
    if kind == 5:
        exponents = [2, 3, -1, Rational(1, 2), -2, random_expression(random, depth - 1)]
        return Pow(operand, random.choice(exponents))
    return random.choice([sin, cos, exp, log, Function("f")])(operand)


@pytest.mark.parametrize("seed", range(300))
def test_operands_of_any_expression_are_ordered_as_sympy_prints_them(seed: int) -> None:
    for part in preorder_traversal(random_expression(Random(seed), 3)):
        if isinstance(part, Mul):
            expected = [factor for factor in part.as_ordered_factors() if not factor.is_Number]
            given = [factor for factor in part.args if not factor.is_Number]
            assert in_factor_order(given) == expected
        elif isinstance(part, Add):
            assert in_term_order(part) == part.as_ordered_terms()
