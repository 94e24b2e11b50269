"""Times of single derivations; left out unless asked for with ``-m benchmark``.

``python -m tests.benchmarks.table`` compares them with SymPy's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from derivex.engine import differentiate
from derivex.rulebook import shipped_book
from tests.benchmarks.backward import compare_backward
from tests.benchmarks.descending import LOSSES, compare_descent
from tests.benchmarks.expressions import COMPARED, written_nest, written_polynomial
from tests.benchmarks.measuring import derive, fresh
from tests.benchmarks.solving import STATIONARY, compare_linear, compare_stationary

pytestmark = [pytest.mark.benchmark, pytest.mark.unchecked]


@pytest.mark.parametrize("name", COMPARED)
def test_derivation(benchmark: BenchmarkFixture, name: str) -> None:
    book = shipped_book()

    def anew() -> tuple[tuple[Any, ...], dict[str, Any]]:
        return (*fresh(COMPARED[name]), book), {}

    derivation = benchmark.pedantic(derive, setup=anew, rounds=20)
    assert derivation.status.value == "finished"


@pytest.mark.parametrize("size", [1000, 10_000])
@pytest.mark.parametrize("make", [written_polynomial, written_nest])
def test_growth(benchmark: BenchmarkFixture, make: Callable[[int], Any], size: int) -> None:
    expression, variable = make(size)
    derivation = benchmark.pedantic(
        differentiate, (expression, [variable], shipped_book()), rounds=5
    )
    assert derivation.status.value == "finished"


@pytest.mark.parametrize("name", LOSSES)
def test_descent_on_a_million_rows(benchmark: BenchmarkFixture, name: str) -> None:
    """The history included, a step takes at most one and a half times as long as one by hand."""
    found = benchmark.pedantic(compare_descent, (name, shipped_book()), rounds=1)
    assert found.apart < 1e-9
    assert found.ratio <= 1.5


def test_backpropagation(benchmark: BenchmarkFixture) -> None:
    """A thousand weights: a thousand times as fast as SymPy, and as few operations as promised."""
    book = shipped_book()
    found = benchmark.pedantic(compare_backward, (25, 38, book), rounds=1)
    assert found.weights > 1000
    assert found.sympy > 1000 * found.derivex
    assert found.both <= 4 * found.loss
    if found.symengine is not None:
        assert found.symengine > found.derivex


@pytest.mark.parametrize("size", [4, 20, 100])
def test_linear_systems(benchmark: BenchmarkFixture, size: int) -> None:
    """With all steps recorded not slower than SymPy without them."""
    found = benchmark.pedantic(compare_linear, (size,), rounds=1)
    assert found["derivex"].found == 1
    assert (
        found["linsolve"].seconds is None or found["derivex"].seconds <= found["linsolve"].seconds
    )


@pytest.mark.parametrize("name", STATIONARY)
def test_stationary_points(benchmark: BenchmarkFixture, name: str) -> None:
    """All of them are found, and SymPy has none that are missing."""
    found = benchmark.pedantic(compare_stationary, (name,), rounds=1)
    known = STATIONARY[name][1]
    assert found["derivex"].found == known or not known
    assert (found["nonlinsolve"].found or 0) <= found["derivex"].found
