"""The two exercises of the course document, line by line."""

import pytest

from derivex.derivation import Detail
from derivex.expression import integer, symbol
from derivex.notation import Scope, TextWriter, read_text
from derivex.rulebook import shipped_book
from derivex.solving import Outcome, StationarySolution, Verdict, stationary_points

BOOK = shipped_book()
LEAST_SQUARES = "1/2 sum_i (s a_i + b - h_i)^2"
DATA = {symbol("a"): (0, 2, 4), symbol("h"): (30, 40, 50)}


def stationary(text: str, names: str, **options: object) -> StationarySolution:
    expression = read_text(text, Scope(functions=BOOK.functions)).expression
    unknowns = [symbol(name) for name in names.split()]
    found = stationary_points(expression, unknowns, BOOK, **options)
    found.replay()
    assert all(check.holds for check in found.solution.checks)
    return found


def tight(text: str) -> str:
    """The text without spaces: how far letters stand apart is the writer's business."""
    return text.replace(" ", "")


def data() -> dict:
    return {name: tuple(map(integer, column)) for name, column in DATA.items()}


def shown(found: StationarySolution, detail: Detail = Detail.TEXTBOOK) -> list[str]:
    """The rows, cells apart by a bar, each with its justification after two spaces."""
    writer = TextWriter()
    return [
        " | ".join(
            f"{cell.label} {writer.write(cell.equation)}  {cell.says}".strip() if cell else ""
            for cell in row.cells
        )
        for row in found.solution.lines(detail)
    ]


def value_lines(found: StationarySolution) -> dict[str, str]:
    writer = TextWriter()
    values = found.solution.values
    assert values is not None
    return {
        writer.write(name): " = ".join(writer.write(line.expression) for line in each.lines())
        for name, each in {**values.statistics, **values.unknowns}.items()
    }


def test_a_mean_over_the_data_is_worked_as_a_sum() -> None:
    found = stationary("mean((s a + b - h)^2)", "s b", columns=data())
    assert found.solution.values is not None
    assert list(found.solution.values.results.values()) == [integer(5), integer(30)]
    assert "mean((sa + b − h)²) is worked as (Σᵢ (s aᵢ + b − hᵢ)²)/n" in [
        "".join(part if isinstance(part, str) else TextWriter().write(part) for part in note)
        for note in found.solution.notes
    ]


def test_first_exercise_is_solved_as_in_the_document() -> None:
    found = stationary("3a^2 + b^2 - a b + a", "a b")
    assert shown(found) == [
        "(1) 6a − b + 1 = 0 | (2) 2b − a = 0",
        "(1) a = (b − 1)/6  solve (1) for a | (2) b = a/2  solve (2) for b",
        "b = (b − 1)/6 · (1/2)  substitute a from (1) into (2)",
        "b = b/12 − 1/12  splitting the fraction, multiplying fractions, clearing fractions, "
        "arithmetic",
        "b − b/12 = −1/12  subtract b/12 from both sides",
        "11/12 b = −1/12  collect b",
        "b = −1/11  divide both sides by 11/12",
        "a = (−1/11 − 1)/6  substitute b back into (1)",
        "a = −2/11  arithmetic",
    ]
    assert found.solution.conditions == ()


def test_full_detail_shows_every_move() -> None:
    found = stationary("3a^2 + b^2 - a b + a", "a b")
    assert shown(found, Detail.FULL)[1:4] == [
        "6a = 0 − (−b + 1)  add b − 1 to both sides | 2b = 0 − (−a)  add a to both sides",
        "6a = b − 1  removing brackets, arithmetic | 2b = a  arithmetic",
        "(1) a = (b − 1)/6  divide both sides by 6 | (2) b = a/2  divide both sides by 2",
    ]


def test_first_exercise_with_the_other_unknown_replaced() -> None:
    found = stationary("3a^2 + b^2 - a b + a", "a b", eliminate=symbol("b"))
    assert shown(found)[2] == "a = (a/2 − 1)/6  substitute b from (2) into (1)"
    assert shown(found)[-1] == "b = −1/11  arithmetic"


def test_first_exercise_is_a_minimum_because_of_its_hessian() -> None:
    kind = stationary("3a^2 + b^2 - a b + a", "a b").classification
    assert kind is not None
    assert (kind.verdict, kind.is_global, kind.is_strict) == (Verdict.MINIMUM, True, True)
    assert kind.says == (
        "minimum: the Hessian [[6, −1], [−1, 2]] is positive definite: "
        "its leading principal minors are 6 and 11"
    )


def test_second_exercise_by_means_is_solved_as_in_the_document() -> None:
    found = stationary(LEAST_SQUARES, "s b", means=True)
    lines = [line.replace("mean(a)", "ā").replace("mean(h)", "h̄") for line in shown(found)]
    assert [tight(line) for line in lines[:4]] == [
        tight(line)
        for line in (
            "(1) s Σᵢ aᵢ² + b Σᵢ aᵢ − Σᵢ aᵢ hᵢ = 0 | (2) s Σᵢ aᵢ + b n − Σᵢ hᵢ = 0",
            "s Σᵢ aᵢ² = −b Σᵢ aᵢ + Σᵢ aᵢ hᵢ  subtract b Σᵢ aᵢ − Σᵢ aᵢ hᵢ from both sides"
            " | b n = Σᵢ hᵢ − s Σᵢ aᵢ  subtract s Σᵢ aᵢ − Σᵢ hᵢ from both sides,"
            " positive terms first",
            "s = −(b Σᵢ aᵢ)/(Σᵢ aᵢ²) + (Σᵢ aᵢ hᵢ)/(Σᵢ aᵢ²)"
            "  divide both sides by Σᵢ aᵢ², splitting the fraction, if Σᵢ aᵢ² ≠ 0"
            " | b = (Σᵢ hᵢ)/n − (s Σᵢ aᵢ)/n  divide both sides by n, splitting the fraction",
            "(1) s = −b ā/mean(a²) + mean(a h)/mean(a²)"
            "  using the definition of the mean, cancelling"
            " | (2) b = h̄ − s ā  using the definition of the mean, cancelling",
        )
    ]
    assert "b from (2) into (1)" in lines[4] and "collect s" in lines[7]
    assert tight(lines[4]).startswith(tight("s = −(h̄ − s ā) ā/mean(a²) + mean(a h)/mean(a²)"))
    assert tight("= −ā h̄/mean(a²) + mean(a h)/mean(a²)") in tight(lines[7])
    assert tight(lines[8]).startswith(tight("s = (mean(a h) − ā h̄)/(mean(a²) − ā²) divide both"))


def test_second_exercise_has_each_unknown_alone() -> None:
    solution = stationary(LEAST_SQUARES, "s b", means=True).solution
    writer = TextWriter()
    results = {name.name: writer.write(value) for name, value in solution.results.items()}
    assert {name: tight(value) for name, value in results.items()} == {
        "s": tight("(mean(a h) − mean(a) mean(h))/(mean(a²) − mean(a)²)"),
        "b": tight("(mean(h) mean(a²) − mean(a) mean(a h))/(mean(a²) − mean(a)²)"),
    }
    # mean(a²) ≠ 0 follows from it and is not listed.
    assert [writer.write(each) for each in solution.conditions] == ["mean(a²) − mean(a)²"]


def test_the_data_of_the_second_exercise() -> None:
    found = value_lines(stationary(LEAST_SQUARES, "s b", means=True, columns=data()))
    expected = {
        "mean(a h)": "mean(a h) = (0 · 30 + 2 · 40 + 4 · 50)/3 = (0 + 80 + 200)/3 = 280/3",
        "mean(a)": "mean(a) = (0 + 2 + 4)/3 = 2",
        "mean(h)": "mean(h) = (30 + 40 + 50)/3 = 40",
        "mean(a²)": "mean(a²) = (0² + 2² + 4²)/3 = (0 + 4 + 16)/3 = 20/3",
        "s": "(mean(a h) − mean(a) mean(h))/(mean(a²) − mean(a)²)"
        " = (280/3 − 2 · 40)/(20/3 − 2²) = (40/3)/(8/3) = 5",
        "b": "mean(h) − s mean(a) = 40 − 5 · 2 = 30",
    }
    assert [tight(name + value) for name, value in found.items()] == [
        tight(name + value) for name, value in expected.items()
    ]


@pytest.mark.parametrize("factor", ["1/2", "1/n", "", "3"])
@pytest.mark.parametrize("means", [False, True])
def test_a_constant_factor_does_not_move_the_minimum(factor: str, means: bool) -> None:
    text = f"{factor} sum_i (s a_i + b - h_i)^2"
    found = stationary(text, "s b", means=means, columns=data())
    assert found.solution.values is not None
    assert found.solution.values.results == {symbol("s"): integer(5), symbol("b"): integer(30)}
    assert found.status == "minimum"


def test_least_squares_is_a_minimum_by_cauchy_schwarz() -> None:
    kind = stationary(LEAST_SQUARES, "s b").classification
    assert kind is not None and kind.verdict is Verdict.MINIMUM and kind.is_strict is None
    assert "by the Cauchy–Schwarz inequality" in kind.says
    assert kind.says.endswith("it is positive definite unless all aᵢ are equal")
    with_data = stationary(LEAST_SQUARES, "s b", columns=data()).classification
    assert with_data is not None and with_data.is_strict
    assert "the Hessian [[20, 6], [6, 3]] is positive definite" in with_data.says


def test_equal_data_leave_the_line_undetermined() -> None:
    columns = {symbol("a"): (integer(2),) * 2, symbol("h"): (integer(1), integer(3))}
    solution = stationary(LEAST_SQUARES, "s b", means=True, columns=columns).solution
    assert solution.outcome is Outcome.SOLVED and solution.values is None
    (note,) = solution.notes
    assert note[0] == "this does not apply to the data, for which "
