"""Gradients of random functions, right ones and damaged ones: all damage is found, nothing else.

``--damaged-gradients 1000`` takes some minutes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

import pytest

import derivex
from derivex.descent.compiling import compiled
from derivex.descent.figures import as_float
from derivex.expression import symbol
from derivex.notation import Scope, TextWriter, read_text
from derivex.rulebook import shipped_book

SHAPES = (
    "({0} + {1})", "({0} - {1})", "{0} * {1}", "({0} + {1} * {0})", "{0}/(1 + ({1})^2)",
    "({0})^2", "({0})^3", "sin({0})", "cos({0} - {1})", "tanh({0})", "atan({0})",
    "exp(-({0})^2)", "log(1 + ({0})^2)", "sqrt(2 + ({0})^2)",
)  # fmt: skip
SCALES = (1.0, 1.0, 1e-9, 1e-12, 1e6)
DAMAGES = (1.001, 0.999, 1.0001, -1.0, 0.0, 2.0)


@pytest.fixture
def count(request: pytest.FixtureRequest) -> int:
    return int(request.config.getoption("--damaged-gradients"))


def formula(random: Random, letters: Sequence[str], depth: int) -> str:
    if not depth:
        return random.choice([*letters, *letters, *letters, "2", "0.5", "1.25"])
    shape = random.choice(SHAPES)
    return "(" + shape.format(*(formula(random, letters, depth - 1) for _ in "01")) + ")"


def findings(check: derivex.api.GradientCheck) -> list[str]:
    return [entry.finding.value for entry in check.record.entries]


@pytest.mark.unchecked
def test_damage_is_found_wherever_it_is_and_nothing_else(count: int) -> None:
    random = Random(7)
    for _ in range(count):
        letters = ["x", "y", "z"][: random.randint(1, 3)]
        text = f"{random.choice(SCALES):.12f} * {formula(random, letters, random.randint(2, 4))}"
        point = [round(random.uniform(-1.5, 1.5), 3) for _ in letters]
        at = ", ".join(f"{name} = {value}" for name, value in zip(letters, point, strict=True))
        derived = derivex.gradient(text, by=letters).record
        partials = [TextWriter(unicode=False).write(each.result) for each in derived.partials]

        right = derivex.check_gradient(text, partials, at=at, by=letters)
        assert findings(right) == ["agrees"] * len(letters), (text, at)
        slopes = [as_float(entry.slope) for entry in right.record.entries]
        place = random.randrange(len(letters))
        if not slopes[place]:
            continue  # nothing can be damaged there
        damage = random.choice(DAMAGES)
        wrong = [
            f"{damage} ({each})" if index == place else each for index, each in enumerate(partials)
        ]
        numbers = [each * damage if index == place else each for index, each in enumerate(slopes)]
        expected = ["wrong" if index == place else "agrees" for index in range(len(letters))]
        for claim in (wrong, numbers):
            found = derivex.check_gradient(text, claim, at=at, by=letters)
            assert findings(found) == expected, (text, at, damage)

        # The same as a function of Python's: what rounding leaves open is said to be open.
        book = shipped_book()
        tree = read_text(text, Scope(functions=book.functions).declare(*letters)).expression
        tape = compiled([tree], list(map(symbol, letters)), {}, book.functions)
        as_python = lambda there, tape=tape: float(tape(list(there))[0])  # noqa: E731
        assert "wrong" not in findings(derivex.check_gradient(as_python, slopes, at=point))
        found = derivex.check_gradient(as_python, numbers, at=point)
        judged = findings(found)
        sure = as_float(found.record.entries[place].error) < 1e-4 * abs(slopes[place])
        assert judged[place] == "wrong" or not sure, (text, at, damage, judged)
        assert all(each != "wrong" for index, each in enumerate(judged) if index != place)
        assert math.isfinite(as_float(found.record.entries[place].error))
