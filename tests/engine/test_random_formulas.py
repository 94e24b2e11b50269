"""Random formulas over all functions and all ways to put them together, against mpmath.

The oracle knows nothing of derivex: the formula as SymPy writes it for mpmath, and its difference
quotients in thirty digits.  ``--random-formulas N`` tries N of them.
"""

from __future__ import annotations

import pytest

from derivex.rulebook import shipped_book
from tests.engine.random_formulas import check_formula, differentiable_functions

pytestmark = pytest.mark.unchecked  # each derivation is looked into here

GROUPS = 8  # which run side by side


@pytest.mark.parametrize("group", range(GROUPS))
def test_random_formulas(group: int, request: pytest.FixtureRequest) -> None:
    seeds = range(group, request.config.getoption("--random-formulas"), GROUPS)
    compared = sum(check_formula(seed) for seed in seeds)
    assert compared > 0.7 * len(seeds)


def test_every_function_takes_part() -> None:
    """But for those that have no derivative at all, which the rules must then say."""
    book = shipped_book()
    names = {function.name for function, _ in differentiable_functions(book)}
    rows = {rule.function.name for rule in book.rules.values() if rule.function}
    assert rows <= names
