"""What each line rewrites and what replaced it have the same mark, and nothing else changes."""

from __future__ import annotations

import pytest
from sympy import S
from sympy import Symbol as SympySymbol

import derivex
from derivex.api.showing import show_block
from derivex.derivation import Line
from derivex.expression import Decimal, Negative, Over, Plus, Power, Times, integer, symbol
from derivex.notation import LatexWriter, TextWriter, read_text
from derivex.notation.marks import COLOURS, runs, without_marks
from derivex.rendering.box import paint
from derivex.rendering.breaking import break_formula
from derivex.rendering.equations import EquationRow
from derivex.rendering.marking import Marked, marked
from derivex.rendering.outline import Equations, Lines, SideBySide
from derivex.rendering.stacked import StackedWriter
from derivex.rendering.terminal import show_lines

X, Y, Z = map(symbol, "xyz")


def shown(line: Marked) -> str:
    """A line with its marks as {0:…}."""
    text = TextWriter().write_marked(line.expression, line.numbers)
    for number in range(COLOURS):
        text = text.replace(chr(0xE000 + number), f"{{{number}:")
    return text.replace("\ue00f", "}")


TABLE = [
    (
        "(x+y+z)^2", "y",
        [
            "{0:∂(x + y + z)²/∂y}",
            "{0:{1:∂(x + y + z)²/∂(x + y + z)} · ∂(x + y + z)/∂y}",
            "{1:2}({1:x + y + z}) · {2:∂(x + y + z)/∂y}",
            "2(x + y + z) ({2:{3:∂x/∂y} + {4:∂y/∂y} + {5:∂z/∂y}})",
            "2(x + y + z) ({0:{3:0} + {4:1} + {5:0}})",
            "2(x + y + z)",
        ],
    ),
    (
        "x^2 sin x", "x",
        [
            "{0:∂(x² sin(x))/∂x}",
            "{0:{1:∂x²/∂x} · sin(x) + x² · {2:∂sin(x)/∂x}}",
            "{1:2}{1:x} sin(x) + x² {2:cos(x)}",
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "by", "lines"), TABLE)
def test_lines(expression: str, by: str, lines: list[str]) -> None:
    assert list(map(shown, marked(derivex.diff(expression, by=by).lines()))) == lines


def one_step(before, after, *changed) -> list[str]:
    return list(map(shown, marked([Line(before), Line(after, changed=changed)])))


def test_one_of_two_equal_operands() -> None:
    one, two = integer(1), integer(2)
    assert one_step(Plus(one, one), Plus(one, two), (one, two)) == ["1 + {0:1}", "1 + {0:2}"]


def test_a_term_that_becomes_several() -> None:
    before, after = Plus(X, Y, Z), Plus(X, X, X, Z)
    assert one_step(before, after, (Y, Plus(X, X))) == ["x + {0:y} + z", "x + {0:x} + {0:x} + z"]


def test_a_term_that_goes() -> None:
    before, after = Plus(X, integer(0), Y), Plus(X, Y)
    assert one_step(before, after, (before, after)) == ["{0:x + 0 + y}", "{0:x + y}"]


def test_what_is_subtracted() -> None:
    before, after = Plus(X, Negative(Y)), Plus(X, Negative(Z))
    found = one_step(before, after, (Negative(Y), Negative(Z)))
    assert found == ["x − {0:y}", "x − {0:z}"]


def test_an_exponent_stays_raised() -> None:
    before, after = Power(X, Plus(Y, Z)), Power(X, integer(2))
    assert one_step(before, after, (Plus(Y, Z), integer(2))) == ["x^({0:y + z})", "x{0:²}"]


def test_without_a_change_there_is_no_mark() -> None:
    lines = [Line(X), Line(Y, filled="found above")]
    assert [each.numbers for each in marked(lines)] == [{}, {}]
    assert marked([]) == []


def test_leaves_of_every_kind() -> None:
    e = read_text("e + 2pi").expression.args[0]
    for old, new in [(X, integer(3)), (integer(3), Decimal("0.5")), (Decimal("0.5"), X), (X, e)]:
        before, after = Times(old, Y), Times(new, Y)
        for line, each in zip(
            (before, after), marked([Line(before), Line(after, changed=((old, new),))]), strict=True
        ):
            written = TextWriter().write_marked(each.expression, each.numbers)
            assert without_marks(written) == TextWriter().write(line)


EXPRESSIONS = [
    "sin(x)^2 cos(x^2)/(1 + x)", "-x^2 - (-x)^3", "|x - 1| + max(x, 0)", "sqrt(x^2 + 1)^x",
    "sum_i (s a_i + x)^2", "x exp(-x^2/2) - 3/x", "f(g(x)) - h(2x)", "x! + ln(x)/x",
]  # fmt: skip


@pytest.mark.parametrize("detail", ["brief", "textbook", "full"])
@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_marks_change_nothing_else(expression: str, detail: str) -> None:
    found = derivex.diff(expression, by="x")
    lines = found.lines(detail)
    writers = [
        TextWriter(),
        TextWriter(unicode=False),
        LatexWriter(found.derivation.book.functions),
    ]
    layout = StackedWriter()
    for line, each in zip(lines, marked(lines), strict=True):
        assert each.numbers
        for writer in writers:
            coloured = writer.write_marked(each.expression, each.numbers)
            assert without_marks(coloured) == writer.write(line.expression) != coloured
        plain = paint(layout.sketch(line.expression))
        coloured = paint(layout.marked_sketch(each.expression, each.numbers), marks=True)
        assert tuple(map(without_marks, coloured.lines)) == plain.lines != coloured.lines
        assert coloured.width == plain.width


def test_deep_and_large_lines() -> None:
    before, after = X, Y
    for _ in range(3000):
        before, after = Over(integer(1), before), Over(integer(1), after)
    first, _ = marked([Line(before), Line(after, changed=((X, Y),))])
    assert list(first.numbers.values()) == [0]
    for _ in range(30):
        before, after = Power(before, before), Power(after, after)
    assert not marked([Line(before), Line(after, changed=((X, Y),))])[0].numbers


def test_broken_lines_keep_their_marks() -> None:
    text = "a + \ue001b (c + \ue002d\ue00f + e)\ue00f + f"
    lines = break_formula(text, 10, 2)
    assert list(map(without_marks, lines)) == break_formula(without_marks(text), 10, 2)
    solid = [
        (sign, tuple(n)) for line in lines for run, n in runs(line) for sign in run if sign != " "
    ]
    assert solid == [(s, tuple(n)) for run, n in runs(text) for s in run if s != " "]
    assert all(
        line.count("\ue00f") == len([s for s in line if "\ue000" <= s < "\ue00f"]) for line in lines
    )


@pytest.mark.parametrize("style", ["inline", "stacked"])
def test_in_a_terminal(style: str) -> None:
    lines = derivex.diff("x^2 sin x").lines()
    plain = show_lines(lines, style=style, width=80)
    coloured = show_lines(lines, style=style, width=80, highlight=True)
    assert coloured.plain == plain.plain
    colours = {str(span.style) for span in coloured.spans}
    assert {"#3273dc", "#c8501e", "#1e8449"} < colours
    assert not any(str(span.style).startswith("#") for span in plain.spans)


def test_marking_leaves_the_numbers_of_sympy_alone():
    zero, one = S.Zero, S.One
    marked(
        [Line(Plus(X, integer(1))), Line(Plus(X, integer(0)), changed=((integer(1), integer(0)),))]
    )
    assert S.One is one and S.Zero is zero
    assert str(2 * SympySymbol("y")) == "2*y"
    assert derivex.diff("x^2 + x", by="x").result == 2 * SympySymbol("x") + 1


MOVES = [
    (
        "3a^2 + b^2 - ab + a",
        [
            "{0:6a − b + 1} = {0:0}",
            "{0:a} = {0:({5:b} − 1)/6}",
            "{1:2b − a} = {1:0}",
            "{1:b} = {1:a/2}",
            "b = {1:(b − 1)/6 · (1/2)}",
            "b = {1:{2:b/12} − 1/12}",
            "{3:b − {2:b/12}} = −1/12",  # the term that goes to the other side has one colour
            "{3:{4:11/12} b} = −{4:1/12}",  # so has what both sides are divided by
            "b = −{4:1/11}",
            "a = {0:({5:−{5:1/11}} − 1)/6}",
            "a = {0:−{0:2/11}}",
        ],
    ),
    (
        "x^3 - 3x + y^2",
        [
            "3x² − {1:3} = {1:0}",
            "{0:2}y = 0",
            "y = 0",
            "{2:3}x² = {1:3}",
            "{1:x²} = {1:1}",
            "{1:x = 1 or x = −1}",
        ],
    ),
]  # fmt: skip


def equation_rows(found: object) -> list[EquationRow]:
    rows: list[EquationRow] = []
    for block in found.blocks():
        columns = block.columns if isinstance(block, SideBySide) else (block,)
        rows += [row for each in columns if isinstance(each, Equations) for row in each.rows]
    return rows


@pytest.mark.parametrize(("function", "rows"), MOVES, ids=[row[0] for row in MOVES])
def test_moves(function: str, rows: list[str]) -> None:
    found = equation_rows(derivex.solve(function))
    assert [shown(row.shown(True)) for row in found[: len(rows)]] == rows
    assert all(row.shown(False) == Marked(row.expression, {}) for row in found)


def test_row_operations() -> None:
    """A row has one colour from the equation that is given to the value that it leads to."""
    rows = equation_rows(derivex.solve("x + y + z + w = 1, x - y = 2, z + 2w = 3, x + z = 4"))
    second = [row for row in rows if row.label == "(2)"]
    assert [shown(row.shown(True)) for row in second] == [
        "{0:x} − {0:y} = {0:2}",
        "{0:−{0:2y}} − {0:z} − {0:w} = {0:1}",
        "{0:{0:−{0:z}} + {0:w}} = {0:−{0:5}}",
    ]
    assert all(row.marks is not None and row.marks.numbers for row in rows[:16])


def test_an_equation_is_marked_from_its_derivation_to_its_solution() -> None:
    rows = equation_rows(derivex.implicit("x^2 + y^2 = 25", of="y", by="x"))
    assert all(row.marks is not None and row.marks.numbers for row in rows)


def test_what_is_filled_in_is_marked() -> None:
    found = derivex.descend("a^2 + b^2", start="a=1, b=2", rate="0.1", steps=1)
    lines = [block for block in found.blocks() if isinstance(block, Lines)][-1].lines
    assert list(map(shown, marked(lines))) == [
        "[{0:a}; {1:b}] − 0.1 · {2:∇(a² + b²)}",
        "{3:[{0:1}; {1:2}] − 0.1 · {2:[2; 4]}}",
        "{3:[0.8; 1.6]}",
    ]


@pytest.mark.parametrize("function", [row[0] for row in MOVES])
def test_colours_never_change_an_equation(function: str) -> None:
    found = derivex.solve(function)
    styles = set()
    for block in found.blocks():
        if isinstance(block, (Equations, SideBySide)):
            for style in ("inline", "stacked"):
                for width in (30, 80):
                    plain = show_block(block, style, width, True)
                    coloured = show_block(block, style, width, True, highlight=True)
                    assert coloured.plain == plain.plain
                    styles |= {str(span.style) for span in coloured.spans}
    assert {"#3273dc", "#c8501e", "#1e8449"} <= styles
    page, bare = found.to_html(), found.to_html(highlight=False)
    assert page.count('class="mark') > bare.count('class="mark') == 0
