"""Documents mutated at random: an answer each time, in time, and never a traceback.

``--fuzzed-documents 2000`` is a long run; the suite tries a few.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import suppress
from random import Random
from time import monotonic, process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import derivex
from derivex.checking import VERDICTS
from derivex.checking.time_limit import OutOfTimeError, time_limit
from tests.fuzzing.mutations import PAGES, PIECES, mutated

_SECONDS = 2.0
_SLOWER_MACHINES = 4.0  # how many times as long a busy one may take


def pages(count: int) -> Iterator[tuple[str, str]]:
    for seed in range(count):
        random = Random(seed)
        name = random.choice(list(PAGES))
        yield name, mutated(PAGES[name], random)


def check_quickly(text: str, name: str) -> None:
    begin = process_time()
    found = derivex.check(text, name=name)
    took = process_time() - begin
    assert took < _SECONDS * _SLOWER_MACHINES, (took, text)
    assert all(line.verdict in VERDICTS for line in found.lines)
    assert found.verdict in VERDICTS
    for line in found.wrong:
        assert line.counterexample is not None, text
    assert found.to_json()


def test_mutated_pages(request: pytest.FixtureRequest) -> None:
    for name, text in pages(request.config.getoption("--fuzzed-documents")):
        check_quickly(text, name)


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.sampled_from(list(PAGES)))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_pages_of_scraps(text: str, name: str) -> None:
    check_quickly(text, name)


def test_a_limit_that_is_swallowed_is_reached_again() -> None:
    begin = monotonic()
    with pytest.raises(OutOfTimeError), time_limit(0.05):
        with suppress(OutOfTimeError):
            _wait(5)
        _wait(5)
    assert monotonic() - begin < 4


def test_nothing_is_left_of_a_limit() -> None:
    with time_limit(0.05):
        pass
    assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] == 0
    _wait(0.1)


def _wait(seconds: float) -> None:
    end = monotonic() + seconds
    while monotonic() < end:
        pass


@pytest.mark.parametrize(("name", "signs"), [("page.txt", ""), ("page.tex", "$$")])
@pytest.mark.parametrize("term", ["x+", "sin ", "("])
def test_what_is_very_long_is_answered_in_time(term: str, name: str, signs: str) -> None:
    check_quickly(f"{signs}{term * 20_000}x = x{signs}\n", name)
