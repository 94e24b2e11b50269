"""Derivations of random expressions are damaged, and the damage is found."""

from __future__ import annotations

from random import Random

import pytest

from derivex.diagnosis import diagnose, justify
from derivex.equality import judge
from derivex.notation import TextWriter
from tests.diagnosis.damage import BOOK, damaged_lines


@pytest.mark.unchecked
def test_every_damage_is_explained(request: pytest.FixtureRequest) -> None:
    count = request.config.getoption("--damaged-lines")
    write = TextWriter().write
    lines = misconceived = named = 0
    for seed in range(count):
        for damaged in damaged_lines(Random(seed)):
            what = f"{seed}: {damaged.how}: {write(damaged.before)} to {write(damaged.wrong)}"
            assert justify(damaged.before, damaged.wrong, BOOK) is None, what
            found = diagnose(damaged.before, damaged.wrong, BOOK, seconds=10)
            assert found, what
            for each in found:
                assert judge(damaged.before, each.corrected, BOOK.functions).kind != "wrong", what
            lines += 1
            misconceived += damaged.misconceived
            named += damaged.misconceived and damaged.how in [each.name for each in found]
    assert lines > count
    # The same wrong line may come from several misconceptions, of which three are told.
    assert named > 0.9 * misconceived


@pytest.mark.unchecked
def test_of_an_undamaged_line_nothing_is_said(request: pytest.FixtureRequest) -> None:
    for seed in range(request.config.getoption("--damaged-lines") // 2):
        for damaged in damaged_lines(Random(10_000 + seed)):
            assert diagnose(damaged.before, damaged.right, BOOK) == ()
            assert justify(damaged.before, damaged.right, BOOK) is not None
