"""What is small in memory and a library on paper is refused, however it is asked for."""

from __future__ import annotations

import time

import pytest

import derivex
from derivex.errors import ProblemError
from derivex.expression import Apply, Times, function_name, symbol

pytestmark = pytest.mark.unchecked  # whose lines are too long to be compared


def shared(times: int) -> derivex.Derivative:
    """The derivative of an expression whose printed size doubles with each of some layers."""
    node = symbol("x")
    for _ in range(times):
        node = Apply(function_name("sin"), Times(node, Apply(function_name("cos"), node)))
    found = derivex.diff(node, by="x")
    assert isinstance(found, derivex.Derivative)
    return found


@pytest.mark.parametrize("how", ["to_text", "to_latex", "to_html", "to_markdown"])
def test_writing_is_refused_before_it_begins(how: str) -> None:
    found = shared(30)
    started = time.process_time()
    with pytest.raises(ProblemError, match="symbols") as caught:
        getattr(found, how)()
    assert time.process_time() - started < 5
    assert ".expression" in str(caught.value)


def test_it_is_still_told_what_it_is() -> None:
    found = shared(30)
    assert repr(found).startswith("<Derivative: a line of this derivation would have")
    assert "too long to be shown" in found._repr_mimebundle_()["text/plain"]


def test_what_can_be_read_is_written() -> None:
    assert "sin" in shared(2).to_latex()
