"""The order of factors that are sums, against SymPy's own."""

from __future__ import annotations

from random import Random

import pytest
from sympy import Expr, Integer, Mul, Rational, symbols

from derivex.expression.sympy_order import in_factor_order

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
