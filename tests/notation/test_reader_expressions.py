"""What each way of writing is read as: structure, precedence, and the notes on choices."""

from __future__ import annotations

import pytest

from derivex.expression import symbol
from derivex.expression.functions import Function
from derivex.notation import Scope, read_relation, read_text


def function(name: str, arity: int = 1, aliases: tuple[str, ...] = ()) -> Function:
    parameters = tuple(map(symbol, "xyz"[:arity]))
    return Function(name, parameters, means=name, aliases=aliases)


TABLE = [
    *map(function, ["sin", "cos", "tan", "exp", "asin", "sinh", "relu"]),
    function("log", aliases=("ln",)),
    function("max", arity=2),
]
FUNCTIONS = {each.name: each for each in TABLE}
SCOPE = Scope(functions=FUNCTIONS)
RULES = Scope(functions=FUNCTIONS, rules=True)

SILENT = [
    # sums and products in the written order
    ("3a^2 + b^2 - ab + a", "Plus(Times(3, Power(a, 2)), Power(b, 2), Negative(Times(a, b)), a)"),
    ("a - b - c",           "Plus(a, Negative(b), Negative(c))"),
    ("a - (b - c)",         "Plus(a, Negative(Plus(b, Negative(c))))"),
    ("a + (b + c)",         "Plus(a, b, c)"),
    ("0 + 1 + 0",           "Plus(0, 1, 0)"),
    ("2 -3",                "Plus(2, Negative(3))"),
    ("a b * c · d × e",     "Times(a, b, c, d, E)"),
    ("(2)(3)4",             "Times(2, 3, 4)"),
    ("a/b/c",               "Over(Over(a, b), c)"),
    ("a/b*c",               "Times(Over(a, b), c)"),
    ("a*b/c",               "Over(Times(a, b), c)"),
    ("1/2 x",               "Times(Over(1, 2), x)"),
    ("1/(2 x)",             "Over(1, Times(2, x))"),
    ("a/(b) c",             "Times(Over(a, b), c)"),
    ("-2 (3x^2 + 1)^(-3) 6x",
     "Negative(Times(2, Power(Plus(Times(3, Power(x, 2)), 1), Negative(3)), 6, x))"),
    ("a(b+c)",              "Times(a, Plus(b, c))"),
    ("[a + {b}](c)",        "Times(Plus(a, b), c)"),
    # signs
    ("-x^2",                "Negative(Power(x, 2))"),
    ("−2 x²",               "Negative(Times(2, Power(x, 2)))"),
    ("--x",                 "Negative(Negative(x))"),
    ("a - -b",              "Plus(a, Negative(Negative(b)))"),
    ("a/-b",                "Over(a, Negative(b))"),
    ("2*-3x",               "Times(2, Negative(3), x)"),
    ("+x",                  "x"),
    # powers
    ("x^2^3",               "Power(x, Power(2, 3))"),
    ("2**3**x",             "Power(2, Power(3, x))"),
    ("x^-2",                "Power(x, Negative(2))"),
    ("x^-y^2",              "Power(x, Negative(Power(y, 2)))"),
    ("x**-2y",              "Times(Power(x, Negative(2)), y)"),
    ("x²y⁻¹",               "Times(Power(x, 2), Power(y, Negative(1)))"),
    ("x¹²",                 "Power(x, 12)"),
    ("xⁿ",                  "Power(x, n)"),
    ("x_1^2",               "Power(x_1, 2)"),
    ("e^x + e^(2x)",        "Plus(Power(E, x), Power(E, Times(2, x)))"),
    ("e^sin x",             "Power(E, Apply(sin, x))"),
    ("2^T + e^T + 0.5^T",   "Plus(Power(2, T), Power(E, T), Power(0.5, T))"),
    ("x^(T)",               "Power(x, T)"),
    # numbers
    ("0.50",                "0.50"),
    (".5",                  "0.5"),
    ("2.5e-3",              "0.0025"),
    ("1e3",                 "1000"),
    ("1.25E1",              "12.5"),
    ("2e",                  "Times(2, E)"),
    ("2π r",                "Times(2, pi, r)"),
    # functions
    ("2x sin x",            "Times(2, x, Apply(sin, x))"),
    ("2x 3y",               "Times(2, x, 3, y)"),
    ("sin x cos x",         "Times(Apply(sin, x), Apply(cos, x))"),
    ("sin 2x",              "Apply(sin, Times(2, x))"),
    ("sin x^2",             "Apply(sin, Power(x, 2))"),
    ("sin x(-sin x)",       "Times(Apply(sin, x), Negative(Apply(sin, x)))"),
    ("sin(x) y",            "Times(Apply(sin, x), y)"),
    ("sin(x)^2",            "Power(Apply(sin, x), 2)"),
    ("sin (x) y",           "Times(Apply(sin, x), y)"),
    ("sin^2 x",             "Power(Apply(sin, x), 2)"),
    ("sin²(x) + cos²x",     "Plus(Power(Apply(sin, x), 2), Power(Apply(cos, x), 2))"),
    ("cos^(2) x",           "Power(Apply(cos, x), 2)"),
    ("ln ln x",             "Apply(log, Apply(log, x))"),
    ("ln(x)/x",             "Over(Apply(log, x), x)"),
    ("max(x, 0)",           "Apply(max, x, 0)"),
    ("max (x, 0)",          "Apply(max, x, 0)"),
    ("sqrt(1+x**2)/x",      "Over(Apply(sqrt, Plus(1, Power(x, 2))), x)"),
    ("√2 x",                "Times(Apply(sqrt, 2), x)"),
    ("√(x)^2",              "Power(Apply(sqrt, x), 2)"),
    ("|x|",                 "Apply(abs, x)"),
    ("2|x-1||y|",           "Times(2, Apply(abs, Plus(x, Negative(1))), Apply(abs, y))"),
    ("|x - |y||",           "Apply(abs, Plus(x, Negative(Apply(abs, y))))"),
    ("f(x) + g(x, y)",      "Plus(Apply(f, x), Apply(g, x, y))"),
    ("f_{s,b}(a_i)",        "Apply(f, At(a, i))"),
    ("h_θ(x)",              "Apply(h, x)"),
    # indices and subscripts
    ("a_i + a[i] + a_{i}",  "Plus(At(a, i), At(a, i), At(a, i))"),
    ("A_ij + A_{i,j} + A[i,j] + A[i][j]",
     "Plus(At(A, i, j), At(A, i, j), At(A, i, j), At(A, i, j))"),
    ("a_{i+1} + a[i - 1]",  "Plus(At(a, Plus(i, 1)), At(a, Plus(i, Negative(1))))"),
    ("xᵢ + x₁₂",            "Plus(At(x, i), At(x, 12))"),
    ("x₁ + x₁₂",            "Plus(x_1, x_12)"),
    ("θ_0 + theta_0 + x_{1}", "Plus(theta_0, theta_0, x_1)"),
    ("x1 + x_max",          "Plus(x1, x_max)"),
    ("Δx",                  "Delta_x"),
    # sums and means
    ("sum_i u",             "Total(u, i)"),
    ("Σ_i (s a_i + b - h_i)^2",
     "Total(Power(Plus(Times(s, At(a, i)), b, Negative(At(h, i))), 2), i)"),
    ("∑ᵢ x_i",              "Total(At(x, i), i)"),
    ("sum_i (u) v + w",     "Plus(Total(Times(u, v), i), w)"),
    ("2 sum_i u / n",       "Times(2, Total(Over(u, n), i))"),
    ("sum_{i,j} A_ij",      "Total(Total(At(A, i, j), j), i)"),
    ("sum_t x_t",           "Total(At(x, t), t)"),
    ("sum(x[i], i)",        "Total(At(x, i), i)"),
    ("sum(x[i], i = 1..n)", "Total(At(x, i), i, 1, n)"),
    ("sum_{i=1}^n u",       "Total(u, i, 1, n)"),
    ("sum_(i=0)^(n+1) u v", "Total(Times(u, v), i, 0, Plus(n, 1))"),
    ("Σ_{i=1}ⁿ u",          "Total(u, i, 1, n)"),
    ("mean(a h) - ā h̄",     "Plus(Mean(Times(a, h)), Negative(Times(Mean(a), Mean(h))))"),
    ("log sum_i e^(x_i)",   "Apply(log, Total(Power(E, At(x, i)), i))"),
    # derivatives
    ("d/dx u",              "D(u, x)"),
    ("d/dx (x) x",          "Times(D(x, x), x)"),
    ("d/dx (3x^2+1)^(-2)",  "D(Power(Plus(Times(3, Power(x, 2)), 1), Negative(2)), x)"),
    ("c d/dx u + v",        "Plus(Times(c, D(u, x)), v)"),
    ("cd/dx u",             "Times(c, D(u, x))"),
    ("-d/dx (x) y",         "Negative(Times(D(x, x), y))"),
    ("∂/∂θ_0 (θ_0 x)",      "D(Times(theta_0, x), theta_0)"),
    ("∂/∂w_j w_j^2",        "D(Power(At(w, j), 2), At(w, j))"),
    ("d(x^2)/dx",           "D(Power(x, 2), x)"),
    ("d sin(x)/dx",         "D(Apply(sin, x), x)"),
    ("dy/dx + df/dx",       "Plus(D(y, x), D(f, x))"),
    ("2dy/dx z",            "Times(2, D(y, x), z)"),
    ("∂(x+y)²/∂(x+y) · ∂(x+y)/∂y",
     "Times(D(Power(Plus(x, y), 2), Plus(x, y)), D(Plus(x, y), y))"),
    ("d/d(x+y) (x+y)^2",    "D(Power(Plus(x, y), 2), Plus(x, y))"),
    ("d^2/dx^2 u",          "D(D(u, x), x)"),
    ("d^2y/dx^2",           "D(D(y, x), x)"),
    ("∂²u/∂x∂y",            "D(D(u, y), x)"),
    ("∂^2/∂x^2 (u)",        "D(D(u, x), x)"),
    ("(d x + a)/d",         "Over(Plus(Times(d, x), a), d)"),
    ("d/(d + 1)",           "Over(d, Plus(d, 1))"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "structure"), SILENT)
def test_structure_without_notes(text: str, structure: str) -> None:
    reading = read_text(text, SCOPE)
    assert (repr(reading.expression), reading.notes) == (structure, ())


NOTED = [
    ("1/2x",           "Times(Over(1, 2), x)",                 "1/2x as (1/2)·x"),
    ("2x/3y",          "Times(Over(Times(2, x), 3), y)",       "2x/3y as (2x/3)·y"),
    ("a/b c + d",      "Plus(Times(Over(a, b), c), d)",        "a/b c as (a/b)·c"),
    ("d/dx 3x^2 + x",  "Plus(D(Times(3, Power(x, 2)), x), x)", "d/dx 3x^2 as d/dx (3x^2)"),
    ("d/dx sin(x) x",  "D(Times(Apply(sin, x), x), x)",        "d/dx sin(x) x as d/dx (sin(x) x)"),
    ("d/dx (x)^2 y",   "Times(D(Power(x, 2), x), y)",          "d/dx (x)^2 y as (d/dx (x)^2)·y"),
    ("d/dx (x)/(y)",   "Over(D(x, x), y)",                     "d/dx (x)/(y) as (d/dx (x))/(y)"),
    ("sin x y",        "Apply(sin, Times(x, y))",              "sin x y as sin(x y)"),
    ("sin x (x+1)",    "Times(Apply(sin, x), Plus(x, 1))",     "sin x (x+1) as (sin x)·(x+1)"),
    ("sin 2(x+1)",     "Apply(sin, Times(2, Plus(x, 1)))",     "sin 2(x+1) as sin(2(x+1))"),
    ("sin x/2",        "Over(Apply(sin, x), 2)",               "sin x/2 as (sin x)/2"),
    ("ln (x)^5",       "Apply(log, Power(x, 5))",              "ln (x)^5 as ln((x)^5)"),
    ("√x^2",           "Apply(sqrt, Power(x, 2))",             "√x^2 as √(x^2)"),
    ("log_2 x",        "Over(Apply(log, x), Apply(log, 2))",   "log_2 x as log(x)/log(2)"),
    ("log₂(x)",        "Over(Apply(log, x), Apply(log, 2))",   "log₂(x) as log(x)/log(2)"),
    ("log_b(x)",       "Over(Apply(log, x), Apply(log, b))",   "log_b(x) as log(x)/log(b)"),
    ("x[x+1]",         "Times(x, Plus(x, 1))",                 "x[…] as x·[…]"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "structure", "note"), NOTED)
def test_choices_are_noted(text: str, structure: str, note: str) -> None:
    reading = read_text(text, SCOPE)
    assert (repr(reading.expression), reading.notes) == (structure, (f"I read {note}",))


def test_notes_come_in_the_order_of_the_text() -> None:
    assert read_text("d/dx 1/2x + sin x y", SCOPE).notes == (
        "I read d/dx 1/2x as d/dx (1/2x)",
        "I read 1/2x as (1/2)·x",
        "I read sin x y as sin(x y)",
    )


RULE_SIDES = [
    ("d/dx x^n  =  n x^(n - 1)",
     "D(Power(x, n), x)", "Times(n, Power(x, Plus(n, Negative(1))))"),
    ("d/dx (cu)  =  c d/dx u",
     "D(Times(c, u), x)", "Times(c, D(u, x))"),
    ("d/dx (u + ...) = d/dx u + ...",
     "D(Plus(u, Dots()), x)", "Plus(D(u, x), Dots())"),
    ("d/dx (u * ...) = (d/dx u) * ... + ...",
     "D(Times(u, Dots()), x)", "Plus(Times(D(u, x), Dots()), Dots())"),
    ("u … = … u",
     "Times(u, Dots())", "Times(Dots(), u)"),
    ("d/dx f(u)  =  (d/du f(u)) (d/dx u)",
     "D(Apply(f, u), x)", "Times(D(Apply(f, u), u), D(u, x))"),
    ("f(g(u)) + f = abc",
     "Plus(Apply(f, Apply(g, u)), f)", "Times(a, b, c)"),
    ("sum_i (c u) = c sum_i u",
     "Total(Times(c, u), i)", "Times(c, Total(u, i))"),
    ("mean(u) = xsin(x) theta",
     "Mean(u)", "Times(x, Apply(sin, x), theta)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "left", "right"), RULE_SIDES)
def test_rules(text: str, left: str, right: str) -> None:
    reading = read_relation(text, RULES)
    assert [repr(side) for side in reading.expression.args] == [left, right]
    assert reading.notes == ()


def test_equal_expressions_are_one_node() -> None:
    assert read_text("θ²", SCOPE).expression is read_text("theta**2", SCOPE).expression


def test_lines_are_white_space_around_operators_and_in_brackets() -> None:
    assert repr(read_text("x +\n  y\n* (a\nb)", SCOPE).expression) == "Plus(x, Times(y, a, b))"


def test_a_function_that_is_defined_may_stand_without_its_arguments() -> None:
    s, b = symbol("s"), symbol("b")
    loss = Function("loss", (s, b), definition=s)
    reading = read_text("∂loss/∂s", SCOPE.with_functions({"loss": loss}))
    assert repr(reading.expression) == "D(Apply(loss, s, b), s)"
    assert reading.notes == ("I read loss as loss(s, b)",)
