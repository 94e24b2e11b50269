"""Derivations as lines of a terminal, and equations in aligned rows."""

from dataclasses import dataclass
from io import StringIO
from textwrap import dedent

import pytest
from rich.console import Console
from sympy.core.basic import Basic

from derivex.expression import (
    ONE,
    TWO,
    ZERO,
    Apply,
    At,
    D,
    Equation,
    Negative,
    Over,
    Plus,
    Power,
    Times,
    function_name,
    integer,
    symbol,
)
from derivex.notation.text_writer import TextWriter
from derivex.rendering.box import cell_width
from derivex.rendering.breaking import break_formula
from derivex.rendering.equations import EquationRow, show_equations, side_by_side
from derivex.rendering.terminal import inline_lines, show_lines

a, b, x, y, z = map(symbol, ["a", "b", "x", "y", "z"])
XYZ = Plus(x, y, z)


@dataclass(frozen=True)
class Line:
    expression: Basic
    says: str = ""


LINES = [
    Line(D(Power(XYZ, TWO), y)),
    Line(Times(D(Power(XYZ, TWO), XYZ), D(XYZ, y)), "using the chain rule"),
    Line(Times(TWO, XYZ, D(XYZ, y)), "using the exponent rule"),
    Line(Times(TWO, XYZ, Plus(D(x, y), D(y, y), D(z, y))), "using the sum rule"),
    Line(Times(TWO, XYZ, Plus(ZERO, ONE, ZERO)), "using the constant and exponent rules"),
    Line(Times(TWO, XYZ), "arithmetic"),
]

ONE_LINE_EACH = """\
∂(x + y + z)²/∂y
  = ∂(x + y + z)²/∂(x + y + z) · ∂(x + y + z)/∂y     using the chain rule
  = 2(x + y + z) · ∂(x + y + z)/∂y                   using the exponent rule
  = 2(x + y + z) (∂x/∂y + ∂y/∂y + ∂z/∂y)             using the sum rule
  = 2(x + y + z) (0 + 1 + 0)                         using the constant and exponent rules
  = 2(x + y + z)                                     arithmetic"""


def test_the_lines_of_the_square_of_a_sum():
    assert "\n".join(inline_lines(LINES, TextWriter())) == ONE_LINE_EACH
    assert show_lines(LINES).plain == ONE_LINE_EACH
    assert show_lines(LINES, width=120).plain == ONE_LINE_EACH


WIDTH_80 = """\
∂(x + y + z)²/∂y
  = ∂(x + y + z)²/∂(x + y + z) · ∂(x + y + z)/∂y     using the chain rule
  = 2(x + y + z) · ∂(x + y + z)/∂y                   using the exponent rule
  = 2(x + y + z) (∂x/∂y + ∂y/∂y + ∂z/∂y)             using the sum rule
  = 2(x + y + z) (0 + 1 + 0)               using the constant and exponent rules
  = 2(x + y + z)                                     arithmetic"""

WIDTH_60 = """\
∂(x + y + z)²/∂y
  = ∂(x + y + z)²/∂(x + y + z) · ∂(x + y + z)/∂y
      using the chain rule
  = 2(x + y + z) · ∂(x + y + z)/∂y
      using the exponent rule
  = 2(x + y + z) (∂x/∂y + ∂y/∂y + ∂z/∂y)
      using the sum rule
  = 2(x + y + z) (0 + 1 + 0)
      using the constant and exponent rules
  = 2(x + y + z)
      arithmetic"""

STACKED_80 = """\
∂(x + y + z)²
─────────────
     ∂y

    ∂(x + y + z)²   ∂(x + y + z)
  = ───────────── · ────────────     using the chain rule
    ∂(x + y + z)         ∂y

                   ∂(x + y + z)
  = 2(x + y + z) · ────────────      using the exponent rule
                        ∂y

                 ⎛∂x   ∂y   ∂z⎞
  = 2(x + y + z) ⎜── + ── + ──⎟      using the sum rule
                 ⎝∂y   ∂y   ∂y⎠

  = 2(x + y + z) (0 + 1 + 0)         using the constant and exponent rules
  = 2(x + y + z)                     arithmetic"""


@pytest.mark.parametrize(
    "style, width, expected",
    [("inline", 80, WIDTH_80), ("inline", 60, WIDTH_60), ("stacked", 80, STACKED_80)],
)
def test_narrower_terminals(style, width, expected):
    assert show_lines(LINES, style=style, width=width).plain == expected


@pytest.mark.parametrize("width", [30, 40, 60, 80, 120])
@pytest.mark.parametrize("style", ["stacked", "inline"])
@pytest.mark.parametrize("unicode", [True, False])
def test_nothing_is_wider_than_the_terminal(style, width, unicode):
    text = show_lines(LINES, style=style, width=width, unicode=unicode, title="A square")
    assert max(map(cell_width, text.plain.splitlines())) <= width
    assert text.plain.startswith("A square\n")
    assert unicode or text.plain.isascii()


def test_a_formula_too_wide_in_two_dimensions_is_written_on_one_line():
    wide = Over(Plus(*[At(symbol("x"), integer(k)) for k in range(20)]), y)
    text = show_lines([Line(Over(x, y)), Line(wide, "using more")], style="stacked", width=60)
    assert text.plain == dedent("""\
        x
        ─
        y

          = (x[0] + x[1] + x[2] + x[3] + x[4] + x[5] + x[6] + x[7]
              + x[8] + x[9] + x[10] + x[11] + x[12] + x[13] + x[14]
              + x[15] + x[16] + x[17] + x[18] + x[19])/y
              using more""")


def test_formulas_are_not_markup():
    line = Line(At(symbol("bold"), integer(1)), "using [red]")
    output = StringIO()
    console = Console(file=output, width=40, force_terminal=False)
    console.print(show_lines([Line(line.expression), line], width=40), soft_wrap=True)
    assert output.getvalue() == "bold[1]\n  = bold[1]     using [red]\n"


def test_a_long_line_reaches_a_pipe_unwrapped():
    line = Line(Plus(*[At(x, integer(k)) for k in range(100)]), "using much")
    output = StringIO()
    lines = [Line(line.expression), line]
    Console(file=output, width=40).print(show_lines(lines), soft_wrap=True)
    start, formula, says = output.getvalue().splitlines()
    assert formula == "  = " + start
    assert says == "      using much"


def test_a_long_formula_pushes_no_other_justification_away():
    long = Line(Plus(*[At(x, integer(k)) for k in range(20)]), "using much")
    shown = inline_lines([*LINES[:2], long, *LINES[2:]], TextWriter())
    assert [line for line in shown if "x[" not in line and "much" not in line] == (
        ONE_LINE_EACH.splitlines()
    )
    assert shown[3] == "      using much"


def test_justifications_are_styled_and_formulas_are_plain():
    text = show_lines(LINES, width=120)
    styled = [text.plain[span.start : span.end] for span in text.spans]
    assert styled == [line.says for line in LINES[1:]]


def test_a_very_tall_formula_is_written_on_one_line():
    tall = x
    for _ in range(100):
        tall = Over(ONE, Plus(ONE, tall))
    text = show_lines([Line(tall)], style="stacked")
    assert text.plain.count("\n") == 0


BROKEN = [
    # text                          width  lines
    ("a + b = c",                       9, ["a + b = c"]),
    ("a + b = c",                       8, ["a + b", "  = c"]),
    ("a + b(c + d) − e",               14, ["a + b(c + d)", "  − e"]),
    ("sin(xyz) sin(zyx)",              14, ["sin(xyz)", "  sin(zyx)"]),
    ("sin(x + y + z) + 1",             12, ["sin(x + y", "  + z) + 1"]),
    ("2(aa + bb) · ∂x/∂y",             14, ["2(aa + bb)", "  · ∂x/∂y"]),
    ("abcdefghijkl",                    5, ["abcdefghijkl"]),
    ("abcdefghijkl + b",                5, ["abcdefghijkl", "  + b"]),
    ("(aaaaa · bbbbb − cc · ddd)/(x − 1)²", 34,
                                           ["(aaaaa · bbbbb", "  − cc · ddd)/(x − 1)²"]),
    ("−a + b",                          4, ["−a", "  + b"]),
    # bars are brackets, bounds stay together, and no line ends that has hardly begun
    ("a − |bb + cc| + |dd − ee|",      22, ["a − |bb + cc|", "  + |dd − ee|"]),
    ("aa − ‖bb + |cc|‖ + ‖dd − ee‖²",  22, ["aa − ‖bb + |cc|‖", "  + ‖dd − ee‖²"]),
    ("sum(aaaaaaaaaa, i = 1..n) + b",  22, ["sum(aaaaaaaaaa,", "  i = 1..n) + b"]),
    ("a · (bbbbbbbbbb · cccccc + dddddddddd · eeee)", 30,
                                           ["a · (bbbbbbbbbb · cccccc", "  + dddddddddd · eeee)"]),
]  # fmt: skip


@pytest.mark.parametrize("text, width, lines", BROKEN)
def test_breaking(text, width, lines):
    assert break_formula(text, width, 2) == lines


def test_breaking_a_long_formula_takes_linear_time():
    text = " + ".join(f"x[{k}]" for k in range(20_000))
    lines = break_formula(text, 80, 6)
    assert " ".join(line.strip() for line in lines) == text
    assert all(len(line) <= 80 for line in lines)


ROWS = [
    EquationRow(Equation(Plus(Times(integer(6), a), Negative(b), ONE), ZERO), label="(1)"),
    EquationRow(Equation(a, Over(Plus(b, Negative(ONE)), integer(6))), "dividing by 6"),
]


def test_equations_have_their_equals_signs_under_one_another():
    assert show_equations(ROWS).plain == dedent("""\
        (1)  6a − b + 1 = 0
                      a = (b − 1)/6     dividing by 6""")
    assert show_equations(ROWS, style="stacked", width=60, title="First").plain == dedent("""\
        First
        (1)  6a − b + 1 = 0

                          b − 1
                      a = ─────     dividing by 6
                            6""")


def test_an_equation_wider_than_the_terminal_is_broken():
    long = Plus(*[Apply(function_name("sin"), symbol(f"x_{k}")) for k in range(6)])
    rows = [EquationRow(Equation(long, ZERO), "given", "(1)")]
    assert show_equations(rows, width=40).plain == dedent("""\
        (1)  sin(x₀) + sin(x₁) + sin(x₂)
                   + sin(x₃) + sin(x₄) + sin(x₅)
               = 0
              given""")


def test_two_systems_stand_side_by_side_where_there_is_room():
    left = show_equations([EquationRow(Equation(a, ONE)), EquationRow(Equation(b, ZERO))])
    right = show_equations([EquationRow(Equation(x, y))])
    assert side_by_side(left, right, 20).plain == "a = 1    x = y\nb = 0"
    assert side_by_side(right, left, None).plain == "x = y    a = 1\n         b = 0"
    assert side_by_side(left, right, 12).plain == "a = 1\nb = 0\n\nx = y"
