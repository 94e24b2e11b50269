"""Sheets of random expressions: what holds of every sheet holds of them."""

from __future__ import annotations

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import derivex
from derivex.errors import ProblemError
from tests.engine.random_formulas import random_formula
from tests.sheets.test_sheets import KINDS, LEVELS, check_sheet


@settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
@given(
    seed=st.integers(0, 10_000),
    kind=st.sampled_from([*KINDS, ""]),
    level=st.sampled_from(LEVELS),
)
def test_random_expressions(seed: int, kind: str, level: str) -> None:
    formula = random_formula(random.Random(seed), 3)
    try:
        made = derivex.sheet(formula, by="x", blank=kind or (), level=level, seed=seed)
    except ProblemError as error:
        assert "can be left out" in str(error) or "could be left out" in str(error)
        return
    check_sheet(made)
    assert derivex.load(made.to_json()) == made
