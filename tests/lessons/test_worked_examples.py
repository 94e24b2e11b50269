"""Every lesson in worked_examples/ runs, its expectations hold, its derivations replay."""

from fractions import Fraction
from pathlib import Path

import pytest

from derivex.derivation import Derivation
from derivex.descent import Descent, GradientCheck
from derivex.engine import GradientDerivation
from derivex.engine.backward import BackwardDerivation
from derivex.engine.subgradient import SubgradientDerivation
from derivex.expression import value_of
from derivex.lessons import Expectation, read_lesson, run_lesson
from derivex.rulebook import shipped_book
from derivex.solving import ImplicitDerivative, Solution, StationarySolution

RECORDS = (
    *(Derivation, GradientDerivation, SubgradientDerivation, BackwardDerivation),
    *(Solution, StationarySolution, ImplicitDerivative, GradientCheck),
)
FOLDER = Path(__file__).parents[2] / "worked_examples"
LESSONS = sorted(FOLDER.glob("*.md"))


def work(source, name="lesson.md"):
    return run_lesson(read_lesson(source, name), shipped_book())


def read(name):
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


def test_the_lessons_are_there():
    names = {path.stem for path in LESSONS}
    assert {"partial_derivatives", "chain_rule", "baby_height", "subgradients"} <= names
    assert {"gradient_descent", "learning_rate", "gradient_checker"} <= names
    assert {"index_notation", "likelihood", "backpropagation"} <= names


# What no rule turns into the other side is tested: that two forms of a loss are equal, by entries;
# that log and exp undo each other, at random points.
TESTED_ONLY = {"vector_gradients": 1, "likelihood": 7}


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_every_expectation_holds_by_exact_calculation(path):
    finished = work(path.read_text(encoding="utf-8"), path.name)
    assert finished.expectations
    for expectation in finished.expectations:
        assert expectation.holds, expectation
    tested = [expectation for expectation in finished.expectations if expectation.says]
    assert len(tested) <= TESTED_ONLY.get(path.stem, 0), tested


def records_of(outcome):
    """Everything in an outcome that can be replayed."""
    for result in outcome.results:
        if isinstance(result, Descent):
            yield result.gradient
            for step in result.steps:
                yield from step.derivations
        elif isinstance(result, RECORDS):
            yield result


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_every_derivation_replays(path):
    finished = work(path.read_text(encoding="utf-8"), path.name)
    records = [record for outcome in finished.outcomes for record in records_of(outcome)]
    assert records
    for record in records:
        record.replay()


def test_changing_the_data_changes_the_numbers():
    source = read("baby_height")
    changed = source.replace("data a = 0, 2, 4 ", "data a = 1, 2, 3, 6 ").replace(
        "data h = 30, 40, 50 ", "data h = 31, 38, 41, 62 "
    )
    assert changed.count("data a = 1, 2, 3, 6") == changed.count("data h = 31, 38, 41, 62") == 1
    found = {
        result.name: result
        for outcome in work(changed).outcomes
        for result in outcome.results
        if isinstance(result, Expectation)
    }
    ages, heights = [1, 2, 3, 6], [31, 38, 41, 62]
    n = len(ages)
    products = Fraction(sum(a * h for a, h in zip(ages, heights, strict=True)), n)
    squares = Fraction(sum(a * a for a in ages), n)
    age, height = Fraction(sum(ages), n), Fraction(sum(heights), n)
    slope = (products - age * height) / (squares - age**2)
    loss = Fraction(sum((a - h) ** 2 for a, h in zip(ages, heights, strict=True)), 2)
    numbers = {
        "loss(1, 0)": loss,
        "mean(a h)": products,
        "mean(a)": age,
        "mean(h)": height,
        "mean(a^2)": squares,
    }
    for name, number in numbers.items():
        assert value_of(found[name].found) == number, name
        assert not found[name].holds or name == "mean(a)"
    assert slope != 5
    fitted = work(changed.split("# Straight")[0] + "```derivex\n```\n")
    assert not fitted.holds


def test_the_fitted_line_follows_the_data():
    source = read("baby_height")
    changed = source.replace("data h = 30, 40, 50", "data h = 32, 40, 54")
    at_the_end = [
        expectation for expectation in work(changed).expectations if expectation.name in ("s", "b")
    ]
    slope, intercept = at_the_end[-2:]
    assert value_of(slope.found) == Fraction(11, 2)
    assert value_of(intercept.found) == 31
    general = at_the_end[-4:-2]  # the formulas hold for all data
    assert all(expectation.holds for expectation in general)
    assert all(value_of(expectation.found) is None for expectation in general)
