"""Every derivation that any test makes is replayed, and its neighbouring lines are compared.

The comparison is by value at random points (``derivex.equality``), not by the rules that made
the lines; so a wrong line fails the test that happened to derive it, whatever the test was for.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, settings
from sympy.core.basic import Basic

from derivex.derivation import Derivation, Detail
from derivex.equality import judge
from derivex.expression import postorder

# What is drawn and how long it takes says nothing of derivex on a busy machine.
settings.register_profile("derivex", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("derivex")

MOST_DERIVATIONS = 12  # of one test that are looked into
MOST_NODES = 150  # of a line whose value is computed


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--random-formulas 20000`` is for an hour in which the machine has nothing better to do.

    ``--damaged-lines 300`` damages the derivations of so many expressions, and takes a minute.  So
    do ``--damaged-derivations 300``, ``--fuzzed-documents 600`` and ``--damaged-gradients 100``.
    """
    parser.addoption("--random-formulas", type=int, default=160, metavar="N")
    parser.addoption("--damaged-lines", type=int, default=25, metavar="N")
    parser.addoption("--marked-blanks", type=int, default=4, metavar="N")
    parser.addoption("--damaged-gradients", type=int, default=6, metavar="N")
    parser.addoption("--damaged-derivations", type=int, default=10, metavar="N")
    parser.addoption("--fuzzed-documents", type=int, default=15, metavar="N")


@pytest.fixture(autouse=True)
def every_derivation_is_checked(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Collect the derivations made during a test and check them at its end."""
    if request.node.get_closest_marker("unchecked"):
        yield
        return
    made: list[Derivation] = []
    original = Derivation.__init__

    def collecting(self: Derivation, *arguments: object, **named: object) -> None:
        original(self, *arguments, **named)  # type: ignore[arg-type]
        if len(made) < MOST_DERIVATIONS:
            made.append(self)

    monkeypatch.setattr(Derivation, "__init__", collecting)
    yield
    monkeypatch.undo()
    for derivation in made:
        check_derivation(derivation)


def check_derivation(derivation: Derivation) -> None:
    """Replay a derivation and compare its lines at every detail."""
    derivation.replay()
    for detail in Detail:
        lines = list(derivation.lines(detail))
        assert lines[0].expression is derivation.start
        assert lines[-1].expression is derivation.result, detail
        for before, after in pairwise(lines):
            assert after.expression is not before.expression, "a line that changes nothing"
            assert after.says, "a line without justification"
            if after.filled and not after.rules:
                continue  # something was filled in: the value may well be another one
            if max(_size(before.expression), _size(after.expression)) <= MOST_NODES:
                verdict = judge(
                    before.expression,
                    after.expression,
                    derivation.book.functions,
                    derivation.facts.kinds,
                    conditions=(*derivation.conditions, *derivation.assumptions),
                )
                assert verdict.kind != "wrong", (
                    f"{before.expression} is not {after.expression}: {verdict}"
                )


def _size(root: Basic) -> int:
    return sum(1 for _ in postorder(root))
