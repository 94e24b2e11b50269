"""Comparison modulo two random primes, where polynomials are too long to be multiplied out."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from flint import fmpz

from derivex.equality import judge
from derivex.equality.program import Program
from derivex.equality.residues import Residues, chance_of_error, random_prime
from derivex.equality.rings import UndefinedError
from derivex.equality.sampling import random_expression
from derivex.equality.surroundings import Surroundings
from derivex.expression import Negative, Plus, free_symbols, symbol
from derivex.notation import Scope, read_text
from derivex.rulebook import shipped_book

BOOK = shipped_book()
X, Y = symbol("x"), symbol("y")


def expression(text: str):  # type: ignore[no-untyped-def]
    return read_text(text, Scope(functions=BOOK.functions)).expression


LONG = [
    # both                          equal                                      not equal
    ("(x+1)^100000",                "(x+1)^99999 (1+x)",                       "(x+1)^99999 (2+x)"),
    ("(x+1)^(10^9)",                "(x+1)^(10^9-1) (x+1)",                    "(x+1)^(10^9-1) (x+2)"),
    ("((x^2+1)^3000 + y)^2",        "(x^2+1)^6000 + 2y (x^2+1)^3000 + y^2",    "(x^2+1)^6000 + y^2"),
    ("(a+b+c+d+f+g)^40",            "(a+b+c+d+f+g)^20 (g+f+d+c+b+a)^20",       "(a+b+c+d+f+g)^20 (g+f+d+c+b)^20"),
    ("9^(9^9) * 9",                 "9^(9^9+1)",                               "9^(9^9+2)"),
    ("d/dx (x^2+y)^5000",           "5000 (x^2+y)^4999 * 2x",                  "5000 (x^2+y)^4999 x"),
    ("1/(x+1)^50000 + 1",           "(1 + (x+1)^50000)/(x+1)^50000",           "(2 + (x+1)^50000)/(x+1)^50000"),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right", "other"), LONG)
def test_what_is_too_long_is_tested_with_a_bound_on_the_error(
    left: str, right: str, other: str
) -> None:
    found = judge(expression(left), expression(right), BOOK.functions)
    assert found.kind in ("tested", "proven")
    if found.kind == "tested" and found.chance is not None:
        assert found.chance < 1e-12
        assert "modulo two random 61-bit primes" in str(found)
        assert str(found).endswith("not proven)")
    assert judge(expression(left), expression(other), BOOK.functions).kind == "wrong"


def test_the_bound_is_told() -> None:
    found = judge(expression("(x+1)^100000"), expression("(x+1)^99999 (1+x)"), BOOK.functions)
    assert found.kind == "tested" and found.chance is not None
    assert 1e-40 < found.chance < 1e-20


def test_primes_are_primes_of_61_bits_and_random() -> None:
    primes = {random_prime() for _ in range(20)}
    assert len(primes) == 20
    assert all(prime.bit_length() == 61 and fmpz(prime).is_prime() for prime in primes)


def value(text: str, ring: Residues):  # type: ignore[no-untyped-def]
    root = expression(text)
    values = {name: ring.leaf(name) for name in free_symbols(root)}
    (found,) = Program.of([root], BOOK.functions).run(ring, Surroundings(values, {}))
    return found


DEGREES = [
    # expression             degree above    below
    ("x",                    1,              0),
    ("3",                    0,              0),
    ("x y + 1",              2,              0),
    ("(x + y)^7",            7,              0),
    ("1/(x + 1)^3",          0,              3),
    ("x/(x + 1) + 1/y",      2,              2),
    ("(x^2 + 1)^(10^6)",     2_000_000,      0),
]  # fmt: skip


@pytest.mark.parametrize(("text", "above", "below"), DEGREES)
def test_degrees_are_followed(text: str, above: int, below: int) -> None:
    found = value(text, Residues(random_prime()))
    assert (found.above, found.below) == (above, below)


def test_the_sizes_of_coefficients_are_followed() -> None:
    # the coefficients of (1000 x + 1)^500 have a sum of 1001^500
    found = value("(1000 x + 1)^500", Residues(random_prime()))
    assert found.size >= 500 * 9.96


def test_a_prime_that_divides_everything_is_reckoned_with() -> None:
    small = value("x - x", Residues(random_prime()))
    large = value("2^(10^9) x - 2^(10^9) x", Residues(random_prime()))
    ring = Residues(random_prime())
    assert chance_of_error(ring, [large]) > chance_of_error(ring, [small])


def test_constants_are_exact_as_long_as_they_are_short() -> None:
    ring = Residues(random_prime())
    assert ring.as_integer(ring.number(Fraction(6, 2))) == 3
    assert ring.as_integer(ring.integer_power(ring.number(2), 100)) == 2**100
    assert ring.as_integer(ring.integer_power(ring.number(2), 10**6)) is None
    assert ring.sign(ring.number(Fraction(-1, 3))) == -1
    with pytest.raises(UndefinedError):
        ring.reciprocal(ring.number(0))


def test_it_agrees_with_exact_comparison() -> None:
    """What is zero as a rational function is zero here, and what is not is not."""
    from derivex.equality.exact import RationalFunctions

    compared = 0
    for seed in range(150):
        random = Random(seed)
        first = random_expression(random, [X, Y], 3)
        second = random_expression(random, [X, Y], 3) if seed % 2 else first
        root = Plus(first, Negative(second))
        try:
            exact = RationalFunctions(400)
            leaves = {name: exact.leaf(name) for name in (X, Y)}
            program = Program.of([root], BOOK.functions)
            (wanted,) = program.run(exact, Surroundings(leaves, {}))
            ring = Residues(random_prime())
            leaves = {name: ring.leaf(name) for name in (X, Y)}
            (found,) = program.run(ring, Surroundings(leaves, {}))
        except Exception:
            continue
        compared += 1
        assert found.is_zero() == wanted.is_zero(), seed
    assert compared > 60
