"""The bound on the rate: L, the largest eigenvalue of the Hessian, for any number of variables."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import derivex
from derivex.descent.figures import as_float


def quadratic(matrix: np.ndarray) -> tuple[str, str]:
    """½ xᵀA x + x₁ as a formula, and a start."""
    size = len(matrix)
    terms = [
        f"{matrix[i, j] if i != j else matrix[i, i] / 2} x_{i + 1} x_{j + 1}"
        for i in range(size)
        for j in range(i, size)
        if matrix[i, j]
    ]
    return " + ".join([*terms, "x_1"]), ", ".join(f"x_{k + 1} = 1" for k in range(size))


@settings(max_examples=12)
@given(st.integers(1, 24), st.integers(0, 2**32 - 1))
def test_the_eigenvalues_of_a_quadratic_are_those_of_its_matrix(size: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    half = random.integers(-3, 4, (size, size))
    matrix = half @ half.T * (random.uniform(size=(size, size)) < 0.5)
    matrix = np.triu(matrix) + np.triu(matrix, 1).T + 2 * np.eye(size, dtype=int)
    expression, start = quadratic(matrix)
    found = derivex.descend(expression, start=start, rate="0.001", steps=30).record.curvature
    assert found is not None and found.everywhere
    expected = np.linalg.eigvalsh(matrix)
    assert as_float(found.largest) == pytest.approx(expected[-1], rel=1e-6, abs=1e-6)
    assert as_float(found.smallest) == pytest.approx(expected[0], rel=1e-6, abs=1e-5)


@pytest.mark.parametrize("size", [2, 15])
@pytest.mark.parametrize(("factor", "converges"), [(0.98, True), (1.02, False)])
def test_below_the_bound_it_converges_and_above_it_diverges(
    size: int, factor: float, converges: bool
) -> None:
    expression = " + ".join(f"{k} x_{k}^2" for k in range(1, size + 1))
    start = ", ".join(f"x_{k} = 1" for k in range(1, size + 1))
    rate = factor * 2 / (2 * size)
    found = derivex.descend(expression, start=start, rate=str(rate), steps=2000)
    assert (found.record.last.height < 1e-6) is converges
    assert f"L = {2 * size}" in str(found) or f"L ≈ {2 * size}" in str(found)
    assert ("overshoots" in str(found)) is not converges


def test_the_bound_of_another_function_holds_only_where_it_is() -> None:
    """Fifteen variables: by differences of the gradient at the best point."""
    expression = " + ".join(f"{k} cosh(x_{k})" for k in range(1, 16))
    start = ", ".join(f"x_{k} = 1" for k in range(1, 16))
    found = derivex.descend(expression, start=start, rate="0.01", steps=2000).record.curvature
    assert found is not None and not found.everywhere
    assert as_float(found.largest) == pytest.approx(15, rel=1e-6)
    assert as_float(found.smallest) == pytest.approx(1, rel=1e-6)
