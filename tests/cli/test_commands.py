"""What the commands print, where, and with which exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.commands import derivex, problem

FIRST = """\
∂(x + y + z)²/∂y
  = ∂(x + y + z)²/∂(x + y + z) · ∂(x + y + z)/∂y     using the chain rule
  = 2(x + y + z) · ∂(x + y + z)/∂y                   using the exponent rule
  = 2(x + y + z) (∂x/∂y + ∂y/∂y + ∂z/∂y)             using the sum rule
  = 2(x + y + z) (0 + 1 + 0)                         using the constant and exponent rules
  = 2(x + y + z)                                     arithmetic
"""


def test_the_first_example() -> None:
    ended = derivex("diff", "(x+y+z)^2", "--by", "y")
    assert (ended.status, ended.out, ended.err) == (0, FIRST, "")


def test_the_second_example() -> None:
    ended = derivex("diff", "3a^2 + b^2 - ab + a", "--by", "a")
    assert ended.status == 0
    assert ended.err == ""
    lines = ended.out.splitlines()
    assert lines[0] == "∂(3a² + b² − ab + a)/∂a"
    assert lines[-1].split("   ")[0] == "  = 6a − b + 1"
    assert lines[-1].endswith("   arithmetic")


@pytest.mark.parametrize("expression", ["-", " - "])
def test_standard_input(expression: str) -> None:
    assert derivex("diff", expression, "--by", "y", given="(x+y+z)^2\n").out == FIRST


def test_an_expression_that_begins_with_a_minus() -> None:
    ended = derivex("diff", "-x^2", "--by", "x")
    assert ended.status == 0
    assert ended.out.splitlines()[0] == "∂(−x²)/∂x"
    assert derivex("diff", "--by", "x", "-3x").out.splitlines()[-1].startswith("  = −3")
    assert derivex("diff", "-o + 2o^2").out.splitlines()[0] == "∂(−o + 2o²)/∂o"


def test_the_variable_may_be_left_out_where_there_is_one() -> None:
    assert derivex("diff", "t^2").out.splitlines()[0] == "∂t²/∂t"
    assert "several variables (x, y)" in problem(derivex("diff", "x y"))
    assert "there is no variable" in problem(derivex("diff", "3"))


def test_a_repeated_variable_makes_a_higher_derivative() -> None:
    ended = derivex("diff", "x^3", "--by", "x", "--by", "x")
    assert ended.out.splitlines()[0] == "∂²x³/∂x²"
    assert ended.out.splitlines()[-1].startswith("  = 6x")
    ended = derivex("diff", "x^3 y^2", "--by", "x", "--by", "y")
    assert "6x²y" in ended.out.splitlines()[-1]


def test_a_list_of_variables_is_for_gradients() -> None:
    told = problem(derivex("diff", "x y", "--by", "x,y"))
    assert "“x,y” names several variables" in told
    assert "--by x --by y" in told
    ended = derivex("gradient", "3a^2+b^2-ab+a", "--by", "a,b")
    assert ended.status == 0
    assert ended.out.splitlines()[-2:] == ["∇(3a² + b² − ab + a)", "  = (6a − b + 1, 2b − a)"]
    assert derivex("gradient", "3a^2+b^2-ab+a").out == ended.out
    assert derivex("gradient", "3a^2+b^2-ab+a", "--by", "a", "--by", "b").out == ended.out


def test_the_value_at_a_point() -> None:
    ended = derivex("diff", "x^2 + 1/3", "--at", "x=0.1")
    *_, filled, value = ended.out.splitlines()
    assert filled.split("   ")[0] == "  = 2 · 0.1"
    assert filled.endswith("   filling in the values")
    assert value.split("   ")[0] == "  = 0.2"
    ended = derivex("gradient", "x^2 + x y", "--at", "x=2,y=1/2")
    assert ended.out.splitlines()[-1].split("   ")[0] == "  = (9/2, 2)"


def test_a_value_for_a_name_that_does_not_occur_is_remarked() -> None:
    ended = derivex("diff", "x^2", "--at", "x=1,z=3")
    assert ended.status == 0
    assert ended.err == "note: z is given a value, but does not occur in the expression\n"


def test_a_variable_that_does_not_occur() -> None:
    ended = derivex("diff", "x^2", "--by", "y")
    assert ended.status == 0
    assert ended.out == "∂x²/∂y\n  = 0     using the constant rule\n"
    assert ended.err.startswith("note: y does not occur in the expression")


def test_definitions() -> None:
    ended = derivex("diff", "f(2t)", "--by", "t", "--let", "f(u) = u^2 + c u")
    assert ended.status == 0
    assert ended.out.splitlines()[1].endswith("filling in the definition of f")
    assert ended.out.splitlines()[-1].split("   ")[0] == "  = 8t + 2c"
    ended = derivex("diff", "u v", "--by", "x", "--let", "u = x^2", "--let", "v = sin x")
    assert ended.out.splitlines()[-1].split("   ")[0] == "  = 2x sin(x) + x² cos(x)"


def test_what_is_defined_is_no_variable() -> None:
    told = problem(derivex("diff", "u + x", "--by", "u", "--let", "u = x^2"))
    assert "u is defined as x², so it is neither a variable nor data" in told


def test_data(tmp_path: Path) -> None:
    data = tmp_path / "data.csv"
    data.write_text("a, h\n0,0.1\n2,0.2\n\n4,0.3\n")
    loss = "sum_i (s a_i - h_i)^2"
    ended = derivex("diff", loss, "--by", "s", "--data", str(data), "--at", "s=0")
    assert ended.status == 0
    assert ended.out.splitlines()[-1].split("   ")[0] == "  = −3.2"  # exactly
    ended = derivex("gradient", loss, "--data", str(data), "--at", "s=0")
    assert ended.out.splitlines()[-1].split("   ")[0] == "  = (−3.2)"


@pytest.mark.parametrize(
    ("form", "last"),
    [
        ("expanded", "  = 2x + 2y"),
        ("factored", "  = 2(x + y)"),
        ("collected by x", "  = 2x + 2y"),
    ],
)
def test_forms(form: str, last: str) -> None:
    ended = derivex("diff", "(x+y)^2", "--by", "x", "--form", form)
    assert ended.status == 0
    assert ended.out.splitlines()[-1].split("   ")[0] == last


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ("simple", "“simple” is no form of a result"),
        ("collected", "by what to collect"),
        ("collected by", "by what to collect"),
        ("expanded by x", "nothing can follow “expanded”"),
    ],
)
def test_forms_that_do_not_exist(form: str, message: str) -> None:
    assert message in problem(derivex("diff", "x^2", "--form", form))


@pytest.mark.parametrize(
    ("formula", "like"),
    [
        ("d/dx x^3", ("x^3", "x")),
        ("∂/∂y (x^3 y^2)", ("x^3 y^2", "y")),
        ("d^2/dx^2 x^3", ("x^3", "x", "x")),
        ("∂/∂y ∂/∂x (x^3 y^2)", ("x^3 y^2", "x", "y")),
        (r"\frac{d}{dx} \ln(x^2 + 1)", ("ln(x^2 + 1)", "x")),
    ],
)
def test_a_derivative_without_a_variable_is_what_is_asked_for(
    formula: str, like: tuple[str, ...]
) -> None:
    asked, by = like[0], [word for name in like[1:] for word in ("--by", name)]
    ended = derivex("diff", formula)
    assert ended.err == ""
    assert ended.out == derivex("diff", asked, *by).out


def test_the_derivative_of_a_derivative() -> None:
    ended = derivex("diff", "d/dx x^3", "--by", "x")
    assert (ended.out.splitlines()[-1].split("   ")[0], ended.err) == ("  = 6x", "")
    ended = derivex("diff", "d/dx x^3 + x")
    assert ended.err == "note: this is the derivative of ∂x³/∂x + x\n"


def test_an_unknown_function_is_not_a_constant() -> None:
    ended = derivex("diff", "x f(x)", "--by", "x")
    assert ended.status == 0
    assert ended.out.splitlines()[-1].split("   ")[0] == "  = f(x) + x f′(x)"


def test_what_no_rule_covers_is_named() -> None:
    ended = derivex("diff", "x sum(i, i = 1..x)", "--by", "x")
    assert ended.status == 3
    assert ended.err == "note: no rule covers ∂sum(i, i = 1..x)/∂x\n"


def test_how_a_formula_was_read() -> None:
    ended = derivex("diff", "1/2x", "--by", "x")
    assert ended.err == "note: I read 1/2x as (1/2)·x\n"
    ended = derivex("diff", "x**2*y", "--by", "x", "--echo")
    assert ended.err == "note: I read this as x²y\n"
    ended = derivex("gradient", "x**2*y", "--echo")
    assert ended.err == "note: I read this as x²y\n"
    ended = derivex("solve", "x**2 - x", "--echo")
    assert ended.err == "note: I read this as x² − x\n"
    ended = derivex("solve", "2*x = 7", "--echo")
    assert ended.err == "note: I read this as 2x = 7\n"
    ended = derivex("descend", "x**2", "--from", "x=1", "--rate", "0.1", "--echo")
    assert ended.err == "note: I read this as x²\n"


def test_solving() -> None:
    ended = derivex("solve", "3a^2+b^2-ab+a")
    assert ended.status == 0
    assert "solve (1) for a" in ended.out
    assert "       b = −1/11 " in ended.out
    assert "       a = −2/11 " in ended.out
    assert "minimum: the Hessian [[6, −1], [−1, 2]] is positive definite" in ended.out
    other = derivex("solve", "3a^2+b^2-ab+a", "--eliminate", "b")
    assert other.status == 0
    assert "substitute b from" in other.out


def test_what_cannot_be_solved_is_undecided() -> None:
    ended = derivex("solve", "x^2 + sin(x)")
    assert ended.status == 3
    assert "Not solved: 2x + cos(x) = 0" in ended.out
    assert "x ≈ −0.4501836113     found by search" in ended.out


def test_equations_that_are_not_linear_are_solved_by_cases() -> None:
    ended = derivex("solve", "x^3 - 3x + y^2")
    assert ended.status == 0
    assert "x = 1 or x = −1" in ended.out
    assert "take the square root" in ended.out
    assert "These are all real solutions" in ended.out
    ended = derivex("solve", "sin(x) = 1/2", "--within", "0 <= x <= 2pi")
    assert ended.status == 0 and "x = π/6 or x = 5π/6" in ended.out
    ended = derivex("solve", "sin(x) = 1/2", "--within", "x near 2")
    assert ended.status == 2


@pytest.mark.parametrize("problem", ["5x - 7y", "x + y = 1, x + y = 2"])
def test_that_there_is_no_solution_is_an_answer(problem: str) -> None:
    ended = derivex("solve", problem)
    assert ended.status == 0
    assert "no solution: " in ended.out


def test_an_unknown_that_is_none() -> None:
    told = problem(derivex("solve", "a^2 + b^2", "--eliminate", "c"))
    assert "c is not one of the unknowns, which are a and b" in told


def test_equations() -> None:
    ended = derivex("solve", "2x + 3 = 7")
    assert ended.status == 0
    assert "subtract 3 from both sides" in ended.out
    assert "x = 2 " in ended.out


def test_descending() -> None:
    ended = derivex("descend", "x^2", "--from", "x=1", "--rate", "1/4", "--steps", "2")
    assert ended.status == 0
    assert [line for line in ended.out.splitlines() if line.endswith(":")] == ["Step 1:", "Step 2:"]
    assert "  = 1/4 " in ended.out


@pytest.mark.parametrize(
    ("start", "rate", "message"),
    [
        ("", "0.1", "a name and its value are expected here"),
        ("x", "0.1", "= and a value are expected here"),
        ("x=y", "0.1", "the start of x is y, which is not a number"),
        ("x=1", "r", "the rate is r, which is not a number"),
        ("x=1", "", "there is no expression here"),
        ("y=1", "0.1", "the start does not say what x is"),
    ],
)
def test_a_descent_that_cannot_begin(start: str, rate: str, message: str) -> None:
    told = derivex("descend", "x^2 y", "--from", start, "--rate", rate)
    assert message in problem(told)


LESSON = """\
# Parabola

How steep is it?

```derivex
differentiate x^2 by x
expect result = {}x
```
"""


def test_a_lesson(tmp_path: Path) -> None:
    lesson = tmp_path / "lesson.md"
    lesson.write_text(LESSON.format(2))
    ended = derivex("run", str(lesson))
    assert ended.status == 0
    assert ended.err == ""
    assert "How steep is it?" in ended.out
    assert "as expected: result = 2x" in ended.out
    assert derivex("run", "-", given=LESSON.format(2)).out == ended.out


def test_an_expectation_that_fails(tmp_path: Path) -> None:
    lesson = tmp_path / "lesson.md"
    lesson.write_text(LESSON.format(3))
    ended = derivex("run", str(lesson))
    assert ended.status == 1
    failed = next(line for line in ended.out.splitlines() if "expected" in line and "3x" in line)
    assert "2x" in failed
    assert ended.err == "derivex: not everything came out as expected\n"
    assert "Traceback" not in ended.err


def test_rules_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    rules = tmp_path / "my.rules"
    rules.write_text('rule double-angle  "the double angle formula"\n    d/dx sin(x)^2 = sin(2x)\n')
    ended = derivex("diff", "sin(t)^2", "--rules", str(rules))
    assert ended.status == 0
    assert ended.out == "∂sin(t)²/∂t\n  = sin(2t)     using the double angle formula\n"
    rules.write_text(rules.read_text().replace("= sin", "= -sin"))
    told = problem(derivex("diff", "sin(t)^2", "--rules", str(rules)))
    assert "my.rules, line 2, column 5: the rule double-angle is not sound: at x = " in told


# -- how it looks --------------------------------------------------------------------------


@pytest.mark.parametrize("detail", ["brief", "textbook", "full"])
def test_details(detail: str) -> None:
    ended = derivex("diff", "(x+1)^2", "--by", "x", "--detail", detail)
    lines = ended.out.splitlines()
    assert lines[0] == "∂(x + 1)²/∂x"
    assert lines[-1].split("   ")[0] == "  = 2(x + 1)"
    assert len(lines) == {"brief": 3, "textbook": 6, "full": 9}[detail]


STACKED = """\
∂  ⎛1⎞
── ⎜─⎟
∂x ⎝x⎠

      1
  = − ──     using the reciprocal rule
      x²
"""


def test_stacked_formulas() -> None:
    assert derivex("diff", "1/x", "--by", "x", "--style", "stacked").out == STACKED
    inline = "∂(1/x)/∂x\n  = −1/x²     using the reciprocal rule\n"
    assert derivex("diff", "1/x", "--by", "x", "--style", "inline").out == inline
    assert derivex("diff", "1/x", "--by", "x").out == inline


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("style", ["stacked", "inline"])
@pytest.mark.parametrize(
    "arguments",
    [
        ("diff", "(x+y+z)^2", "--by", "y"),
        ("diff", "x^2 sin(x)/(1 + sqrt(x)) + exp(-x^2/2) log(x + 1)"),
        ("gradient", "sum_i (s a_i + b - h_i)^2", "--by", "s,b"),
        ("solve", "3a^2+b^2-ab+a"),
        ("descend", "3a^2+b^2-ab+a", "--from", "a=1,b=2", "--rate", "0.125", "--steps", "2"),
    ],
)
def test_no_line_is_wider_than_the_terminal(
    arguments: tuple[str, ...], style: str, width: int
) -> None:
    ended = derivex(*arguments, "--style", style, "--width", str(width))
    assert ended.status == 0
    too_wide = [line for line in ended.out.splitlines() if len(line) > width]
    assert not too_wide
    assert ended.out.splitlines() == [line.rstrip() for line in ended.out.splitlines()]


def test_ascii_where_the_encoding_needs_it() -> None:
    ended = derivex("diff", "theta_1 x^2 + sum_i a_i", "--by", "x", encoding="ascii")
    assert ended.status == 0
    assert ended.out.splitlines()[0] == "d(theta_1 x^2 + sum_i a_i)/dx"
    assert ended.out.splitlines()[-1].split("   ")[0] == "  = 2 theta_1 x"
    stacked = derivex("diff", "x^2/2", "--style", "stacked", encoding="ascii")
    assert stacked.status == 0
    assert "?" not in stacked.out
    told = derivex("diff", "θ²", "--by", "x", "--echo", encoding="ascii")
    assert told.err.endswith("I read this as theta^2\n")


# -- files and formats ---------------------------------------------------------------------


def test_writing_to_a_file(tmp_path: Path) -> None:
    file = tmp_path / "derivation.txt"
    ended = derivex("diff", "(x+y+z)^2", "--by", "y", "-o", str(file), encoding="ascii")
    assert (ended.status, ended.out, ended.err) == (0, "", "")
    assert file.read_text(encoding="utf-8") == FIRST


def test_a_file_without_statements_is_told_from_a_lesson() -> None:
    ended = derivex("run", "-", given="A parabola:\n\nlet f(x) = x^2\n")
    assert (ended.status, ended.out) == (0, "A parabola:\n\nlet f(x) = x^2\n\n")
    assert ended.err == (
        "note: there is no derivex block in standard input: statements stand between ```derivex "
        "and ```; line 3 looks like one: let f(x) = x^2\n"
    )


def test_nothing_is_written_where_the_input_is_bad(tmp_path: Path) -> None:
    file = tmp_path / "derivation.txt"
    problem(derivex("diff", "(x+y", "--by", "y", "-o", str(file)))
    lesson = "```derivex\nevaluate 1 + 1\nevaluate 1 +\n```\n"
    problem(derivex("run", "-", "-o", str(file), given=lesson))
    assert not file.exists()


@pytest.mark.parametrize("command", ["diff", "gradient", "solve"])
def test_latex(command: str) -> None:
    ended = derivex(command, "x^2 + x", "--format", "latex")
    assert ended.status == 0
    assert r"\begin{align*}" in ended.out
    assert r"\text{using the exponent rule}" in ended.out
    assert ended.out.isascii()


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_json_is_json_in_every_encoding(encoding: str) -> None:
    ended = derivex("diff", "θ^2", "--format", "json", encoding=encoding)
    assert json.loads(ended.out)["by"] == ["θ"]


def test_justifications_in_ascii() -> None:
    ended = derivex("solve", "sum_i (s a_i + b)^2 + 3theta s", "--by", "s,b", encoding="ascii")
    assert "?" not in ended.out
    assert "subtract 2s sum_i a_i" in ended.out
    told = problem(derivex("diff", "x", "--by", "θ,φ", encoding="ascii"))
    assert told.startswith('derivex: "theta,phi" names several variables')
