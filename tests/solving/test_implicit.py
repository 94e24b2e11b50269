"""Implicit functions: slopes of curves, checked by following the curve numerically."""

from __future__ import annotations

import json
from fractions import Fraction

import mpmath
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

import derivex
from derivex.errors import DerivexError, ProblemError, ReadError
from derivex.expression.lower import lower
from derivex.notation import TextWriter
from derivex.rulebook import shipped_book
from derivex.solving.record import replay
from tests.cli.commands import derivex as command

# equation, of, by, the derivative, what must not be zero
CURVES = [
    ("x^2 + y^2 = 25",        "y", "x",  "−x/y",                   "y"),
    ("x^3 + y^3 = 6xy",       "y", "x",  "(2y − x²)/(y² − 2x)",    "y² − 2x"),
    ("sin(xy) = x",           "y", "x",  "(1 − cos(xy) y)/(x cos(xy))", "x cos(x y)"),
    ("e^y = xy",              "y", "x",  "y/(e^y − x)",            "e^y − x"),
    ("x = y^2",               "y", "x",  "1/(2y)",                 "y"),
    ("y^5 + y = x",           "y", "x",  "1/(5y⁴ + 1)",            ""),
    ("x/y + y/x = 3",         "y", "x",  "y/x",                    "y² − x²"),
    ("sqrt(x) + sqrt(y) = 1", "y", "x",  "−√y/√x",                 ""),
    ("y = x^2 + 1",           "y", "x",  "2x",                     ""),
    ("x^2/a^2 + y^2/b^2 = 1", "y", "x",  "−xb²/(a²y)",           "y"),
    ("p V = n R T",           "V", "p",  "−V/p",                   "p"),
    ("x^2 + y^2 + z^2 = 1",   "z(x, y)", "x", "−x/z",              "z"),
    ("x^2 + y^2 + z^2 = 1",   "z", "y",  "−y/z",                   "z"),
    ("int_0^y e^(-t^2) dt = x", "y", "x", "1/e^(−y²)",             ""),
    ("x^2 + y^2 = 25",        "y", "xx", "−(y² + x²)/y³",          "y"),
    ("x y = 1",               "y", "xxx", "−6y/x³",                "x"),
    ("f(x, y) = 0",           "y", "x",  "−∂₁f(x, y)/∂₂f(x, y)",   "∂₂f(x, y)"),
]  # fmt: skip


@pytest.mark.parametrize(("equation", "of", "by", "result", "condition"), CURVES)
def test_curves(equation: str, of: str, by: str, result: str, condition: str) -> None:
    found = derivex.implicit(equation, of, list(by))
    assert TextWriter().write(found.expression) == result
    conditions = [TextWriter().write(each) for each in found.record.conditions]
    assert conditions == ([condition] if condition else [])
    found.replay()
    for slope in found.record.slopes:
        replay(slope.solution.all_moves)
        assert all(check.holds for check in slope.solution.checks)
    told = json.loads(found.to_json())
    assert derivex.load(json.dumps(told)) == found
    assert told["result"]["text"] == result


@pytest.mark.parametrize("row", CURVES, ids=lambda row: row[0])
def test_against_sympy(row: tuple[str, str, str, str, str]) -> None:
    equation, of, by, _, _ = row
    if "int" in equation or "f(" in equation:
        return
    found = derivex.implicit(equation, of, list(by))
    name, variable = sympy.Symbol(of[0]), sympy.Symbol(by[0])
    given_ = derivex.implicit(equation, of, list(by)).record
    quantity = sympy.Function(of[0])(
        *[sympy.Symbol(each) for each in ("x", "y") if "(" in of] or [variable]
    )
    left, right = (
        lower(side, shipped_book().functions).subs(quantity, name) for side in given_.equation.args
    )
    theirs = sympy.idiff(left - right, name, variable, n=len(by))
    letters = sorted(theirs.free_symbols | found.result.free_symbols, key=str)
    for seed in (1, 2):
        point = {letter: sympy.Rational(seed + 2 * at, 7) for at, letter in enumerate(letters)}
        assert complex(found.result.subs(point)) == pytest.approx(complex(theirs.subs(point)))


@settings(max_examples=20, deadline=None)
@given(x=st.fractions(Fraction(1, 4), Fraction(4), max_denominator=6))
def test_the_slope_is_that_of_the_curve(x: Fraction) -> None:
    """y⁵ + y = x has one solution y for each x: it is followed by Newton's method."""

    def height(place: mpmath.mpf) -> mpmath.mpf:
        return mpmath.findroot(lambda y: y**5 + y - place, 0.5)

    with mpmath.workdps(30):
        place = mpmath.mpf(x.numerator) / x.denominator
        first = derivex.implicit("y^5 + y = x").result
        second = derivex.implicit("y^5 + y = x", by=["x", "x"]).result
        y = sympy.Symbol("y")
        at = {y: sympy.Float(height(place), 30), sympy.Symbol("x"): sympy.Float(place, 30)}
        assert float(first.subs(at)) == pytest.approx(float(mpmath.diff(height, place)))
        assert float(second.subs(at)) == pytest.approx(
            float(mpmath.diff(height, place, 2)), rel=1e-6
        )


def test_both_sides_are_differentiated_line_by_line() -> None:
    ended = command("implicit", "x^2 + y^2 = 25", "--of", "y", "--by", "x", "--at", "x=3,y=4")
    assert ended.status == 0
    assert ended.out == GOLDEN


GOLDEN = """\
y is a function of x.

            x² + y² = 25
      ∂(x² + y²)/∂x = ∂25/∂x     differentiating both sides by x
    ∂x²/∂x + ∂y²/∂x = ∂25/∂x     using the sum rule
        2x + ∂y²/∂x = 0          using the exponent and constant rules
2x + ∂y²/∂y · dy/dx = 0          using the chain rule
    2x + 2y · dy/dx = 0          using the exponent rule
         2y · dy/dx = −2x        subtract 2x from both sides
              dy/dx = −x/y       divide both sides by 2y, cancelling, if y ≠ 0

This holds if y ≠ 0.

dy/dx
  = −x/y     as found above
  = −3/4     filling in the values

"""


def test_every_output() -> None:
    found = derivex.implicit("x^2 + y^2 = 25", by="x")
    assert r"\frac{dy}{dx} &= -\frac{x}{y}" in found.to_latex()
    assert "dy/dx = -x/y" in found.to_text(unicode=False)
    for arguments in (["--style", "stacked"], ["--format", "latex"], ["--width", "40"],
                      ["--detail", "full"], ["--detail", "brief"]):  # fmt: skip
        ended = command("implicit", "x^2 + y^2 = 25", *arguments)
        assert (ended.status, ended.err) == (0, "")
    told = json.loads(command("implicit", "x^2+y^2=25", "--at", "x=3,y=4", "--format", "json").out)
    assert (told["of"], told["by"], told["value"]["result"]["text"]) == ("y", ["x"], "−3/4")


def test_sympy_equations_are_taken() -> None:
    x, z = sympy.symbols("x z")
    assert derivex.implicit(sympy.Eq(x * z, 1), of=z, by=x).result == -z / x


ERRORS = [
    (("x^2 = 3",),                                 "which letter is a function"),
    (("x + y",),                                   "one equation"),
    (("x^2 + y^2 = 1, x = 2",),                    "one equation"),
    (("y = y",),                                   "what to differentiate by"),
    (("x^2 + y^2 = a",),                           "x or a could be meant"),
    (("x + y - y = 3",),                           "does not determine dy/dx"),
    (("x + z = 3", "--of", "w", "--by", "x"),      "w does not occur"),
    (("x^2 + y^2 = 25", "--at", "x=3,y=5"),        "does not hold at x = 3, y = 5: 34 is not 25"),
    (("x^2 + y^2 = 25", "--at", "x=5,y=0"),        "division by zero"),
    (("x^2 + y^2 = 25", "--at", "x=0"),            "a value for y, too"),
    (("x^2 + y^2 = 25", "--of", "x", "--by", "x"), "not what is differentiated by"),
    (("x^2 + y^2 = 25", "--of", "a + b"),          "not a name"),
    (("x^2 + y^2 = 25", "--of", "y(t)", "--by", "x"), "said to depend on t, not on x"),
    (("x^2 + y(x)^2 = 25", "--by", "x"),           "y(x) is a product here"),
    (("x + (y = 3",),                              "no ="),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "says"), ERRORS)
def test_errors(arguments: tuple[str, ...], says: str) -> None:
    ended = command("implicit", *arguments)
    assert (ended.status, ended.out) == (2, "")
    assert says in ended.err
    assert "Traceback" not in ended.err
    assert len(ended.err.splitlines()) <= 4


def test_errors_are_of_their_kinds() -> None:
    with pytest.raises(ReadError) as caught:
        derivex.implicit("x + y(x) = 1")
    assert caught.value.place is not None
    assert caught.value.place.source[caught.value.place.start :] == "y(x) = 1"
    with pytest.raises(ProblemError):
        derivex.implicit(sympy.Symbol("x") + 1)
    with pytest.raises(DerivexError):
        derivex.implicit("x + y = 1", by=3)  # type: ignore[arg-type]


def test_a_subscript_is_written_as_in_formulas() -> None:
    out = command("implicit", "x_1^2 + x_2^2 = 1", "--of", "x_2").out
    assert "differentiating both sides by x₁" in out
    assert "dx₂/dx₁ = −x₁/x₂" in out
    told = derivex.implicit("x_1^2 + x_2^2 = 1", "x_2").to_text(unicode=False)
    assert "differentiating both sides by x_1" in told


LESSON = """# Lesson

```derivex
let r(x) = x^2
implicit r(x) + y^2 = c of y by x
expect result = -x/y
implicit x y = 1 of y by x by x at x = 1, y = 1
expect result = 2
```
"""


def test_in_a_lesson(tmp_path) -> None:
    file = tmp_path / "lesson.md"
    file.write_text(LESSON)
    ended = command("run", str(file))
    assert (ended.status, ended.err) == (0, "")
    assert "dy/dx = −x/y" in ended.out
    for format_ in ("latex", "json"):
        assert command("run", str(file), "--format", format_).status == 0


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("implicit of y by x", "no equation"),
        ("implicit x + y = 1", "which letter is the function"),
        ("implicit x + y = 1 of y", "by what"),
        ("implicit x + y = 1 of y by x, z", "one plain name"),
        ("implicit x + y(x) = 1 of y by x", "a product here"),
        ("implicit x + 1 of y by x", "no ="),
        ("implicit x + y = 1 of y by x at x = 1, y = 2", "does not hold"),
    ],
)
def test_lesson_errors_are_located(tmp_path, statement: str, says: str) -> None:
    file = tmp_path / "lesson.md"
    file.write_text(f"```derivex\n{statement}\n```\n")
    ended = command("run", str(file))
    assert ended.status == 2
    assert says in ended.err
    assert "line 2" in ended.err
