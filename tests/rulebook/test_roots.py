"""Square roots of numbers."""

from __future__ import annotations

import pytest

import derivex

ROOTS = [
    ("sqrt(25)",     "5",      ["number-root"]),
    ("sqrt(1/4)",    "1/2",    ["number-root"]),
    ("sqrt(6.25)",   "2.5",    ["number-root"]),
    ("sqrt(20)",     "2√5",    ["squares-out-of-root"]),
    ("sqrt(72)",     "6√2",    ["squares-out-of-root"]),
    ("sqrt(0)",      "0",      ["known-value"]),
    ("sqrt(1)",      "1",      ["known-value"]),
    ("sqrt(6)",      "√6",     []),
    ("sqrt(2/3)",    "√(2/3)", []),
    ("sqrt(-4)",     "√(−4)",  []),
    ("sqrt(x)",      "√x",     []),
    ("2/sqrt(20)",   "1/√5",   ["squares-out-of-root", "cancel"]),
]  # fmt: skip


@pytest.mark.parametrize(("root", "expected", "rules"), ROOTS)
def test_roots(root: str, expected: str, rules: list[str]) -> None:
    found = derivex.evaluate(root)
    assert found.to_text().splitlines()[-1].split("     ")[0].removeprefix("  = ") == expected
    assert [step.rule.name for step in found.steps] == rules


def test_large_numbers_stay_quick() -> None:
    number = (10**40 + 7) ** 2
    assert derivex.evaluate(f"sqrt({number})").result == 10**40 + 7
    assert derivex.evaluate(f"sqrt({number * 9})").result == 3 * (10**40 + 7)
