"""The fuzzing that coverage guides, for a moment; ``python -m tests.fuzzing.guided`` is for longer."""

from __future__ import annotations

import pytest

from tests.fuzzing.coverage import Coverage
from tests.fuzzing.guided import TARGETS, fuzz


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_but_answers(target: str) -> None:
    found = fuzz(target, 2.0)
    assert not found.failures
    assert found.kept > 1 and found.lines > 500


def test_a_line_is_new_only_once() -> None:
    from derivex.expression import symbol
    from derivex.notation import TextWriter

    coverage = Coverage()
    assert coverage.of(lambda: TextWriter().write(symbol("x"))) > 0
    assert coverage.of(lambda: TextWriter().write(symbol("x"))) == 0
