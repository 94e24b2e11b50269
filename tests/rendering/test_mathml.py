"""Formulas as MathML: what a browser has to show for every kind of node."""

import re

import pytest

from derivex.expression import ONE, Over, symbol
from derivex.notation import LatexWriter, Scope, TextWriter, read_text
from derivex.notation.marks import enclosed_in_marks
from derivex.rendering.html_formulas import HtmlFormulas
from derivex.rendering.mathml import mathml
from derivex.rulebook import shipped_book

DEEP = 3000


def body(latex: str) -> str:
    """The MathML of a formula without what is the same for all of them."""
    written = mathml(latex, "text")
    assert written is not None
    found = re.fullmatch(
        r'<math alttext="text" displaystyle="true"><semantics>(.*)<annotation .*', written
    )
    assert found is not None
    return found[1]


# What a formula is written as, and a piece of MathML that must be in it.
PIECES = [
    ("2 * 3", "<mn>2</mn><mo>·</mo><mn>3</mn>"),
    ("2x", "<mn>2</mn><mi>x</mi>"),
    ("1.50 x", "<mn>1.50</mn><mi>x</mi>"),
    ("f'(x)", '<mi>f</mi><mo lspace="0em" rspace="0em">′</mo></mrow><mo stretchy="false">(</mo>'),
    ("f'(x)/2", '<mfrac><mrow><mrow><mi>f</mi><mo lspace="0em" rspace="0em">′</mo></mrow>'),
    ("f''(x)", '<mo lspace="0em" rspace="0em">″</mo>'),
    ("x * (-3)", '<mo stretchy="false">(</mo><mo form="prefix">−</mo><mn>3</mn>'),
    ("-x", '<mo form="prefix">−</mo><mi>x</mi>'),
    ("a - b", '<mi>a</mi><mo form="infix">−</mo><mi>b</mi>'),
    ("loss + 1", "<mi>loss</mi>"),
    ("sin(x)^2", "<msup><mi>sin</mi><mn>2</mn></msup>"),
    ("relu(x)", '<mi>ReLU</mi><mo stretchy="false">(</mo>'),
    ("max(x, 0)", '<mi>max</mi><mo stretchy="false">(</mo>'),
    ("d/dx x^2", '<mfrac><mrow><mi mathvariant="normal">∂</mi><msup>'),
    ("sum(x[i], i = 1..n)", "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow>"),
    ("(sum_i x_i)/2", "<munder><mo>∑</mo><mi>i</mi></munder>"),
    ("lim_{h->0} h", '<munder><mo movablelimits="false">lim</mo>'),
    ("int_0^1 t dt", "<msubsup><mo>∫</mo><mn>0</mn><mn>1</mn></msubsup>"),
    ("mean(a h)", '<mover accent="true"><mrow class="overlined"><mi>a</mi><mi>h</mi></mrow>'),
    ("mean(a)", '<mover><mi>a</mi><mo stretchy="true">¯</mo></mover>'),
    ("|x|", '<mo stretchy="true" fence="true" form="prefix" lspace="0em" rspace="0em">|</mo><mi>x</mi>'),
    ("if x > 0 then x else 0", '<mtd class="left"><mtext>if\u00a0</mtext><mi>x</mi><mo>&gt;</mo>'),
    ("sqrt(x/2)", "<msqrt><mfrac><mi>x</mi><mn>2</mn></mfrac></msqrt>"),
    ("theta_0", "<msub><mi>θ</mi><mn>0</mn></msub>"),
    ("n!", '<mo lspace="0em" rspace="0em">!</mo>'),
    ("J_0(x)", "<msub><mi>J</mi><mn>0</mn></msub>"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "piece"), PIECES)
def test_what_is_written(text: str, piece: str) -> None:
    functions = shipped_book().functions
    expression = read_text(text, Scope(functions=functions)).expression
    latex = LatexWriter(functions).write(expression)
    assert piece in body(latex), body(latex)


def test_names_of_functions_stand_a_little_apart():
    gap = '<mspace width="0.167em"></mspace>'
    assert f"<mn>2</mn><mi>x</mi>{gap}<mi>sin</mi><mo" in body(r"2x \sin(x)")
    assert f'<mi mathvariant="normal">∂</mi>{gap}<mi>sin</mi>' in body(r"\partial \sin(x)")
    assert f"{gap}<msup><mi>cos</mi><mn>2</mn></msup>" in body(r"3 \cos^{2}(x)")
    assert f'<mo stretchy="false">)</mo>{gap}<mi>cos</mi>' in body(r"\sin(x) \cos(x)")
    assert gap not in body(r"1 + \sin(x)") and gap not in body(r"-\sin(x)")
    assert gap not in body(r"2x y") and gap not in body(r"x(a + b)")


def test_a_prime_on_an_index_stands_beside_both():
    assert body("x_{i}'") == (
        '<mrow><msub><mi>x</mi><mi>i</mi></msub><mo lspace="0em" rspace="0em">′</mo></mrow>'
    )


def test_a_sign_after_a_closed_bar_stands_between_two_terms():
    assert '<mo form="infix">−</mo><mi>e</mi>' in body(r"\|c\| - e")
    assert '<mo form="prefix">−</mo><mi>c</mi>' in body(r"\|-c\|")


def test_a_matrix_has_brackets_of_its_height_not_of_the_lines():
    written = body(r"x + \begin{pmatrix} 1 \\ 2 \end{pmatrix} + y")
    assert "<mrow><mo>(</mo><mtable>" in written
    assert "</mtable><mo>)</mo></mrow>" in written


def test_names_in_bold_need_no_font():
    assert body(r"\mathbf{1} + \mathbb{R}") == (
        '<mrow><mn>𝟏</mn><mo form="infix">+</mo><mi>ℝ</mi></mrow>'
    )


def test_a_name_with_an_underscore_is_one_name():
    assert "<mi>rate_of</mi>" in body(LatexWriter().write(symbol("learning_rate_of")))
    assert "<mi>abs_x</mi>" in body(r"\operatorname{abs\_x}(y)")


def test_long_formulas_can_be_broken_before_their_terms():
    written = mathml("a + b - c = d", "a long formula, which does not fit a phone")
    assert written is not None
    assert written.count("<mrow><mo") == 3
    assert (
        '<mrow class="breakable"><mrow><mi>a</mi></mrow><mrow><mo form="infix">+</mo><mi>b</mi>'
        in written
    )


def test_long_formulas_are_not_broken_inside_brackets():
    for latex in (r"2(a + b)(c - d)^{2}", r"\|a - b\|^{2}", r"f(a, b + c)", "|a + b|"):
        written = mathml(latex, "a long formula, which does not fit a phone")
        assert written is not None
        assert "breakable" not in written
    written = mathml(r"(a + b)^{2} + \|c - d\| - e", "a long formula, which does not fit a phone")
    assert written is not None
    assert written.count('<mrow><mo form="infix">') == 2


def test_marks_are_classes_and_are_not_in_what_is_copied():
    marked = f"a + {enclosed_in_marks('b + c', 1)}"
    written = mathml(marked, "a + b + c")
    assert written is not None
    assert '<mo form="infix">+</mo><mrow class="mark-1"><mi>b</mi>' in written
    assert '<annotation encoding="application/x-tex">a + b + c</annotation>' in written


def test_what_is_marked_can_be_broken_too():
    marked = f"= {enclosed_in_marks('b + c', 1)}"
    written = mathml(marked, "a long formula, which does not fit a phone")
    assert written is not None
    assert '<mrow><mo form="infix">=</mo><mrow class="mark-1"><mi>b</mi></mrow></mrow>' in written
    assert '<mrow><mrow class="mark-1"><mo form="infix">+</mo><mi>c</mi></mrow></mrow>' in written


def test_marks_end_with_the_cell_they_are_in():
    inside = enclosed_in_marks(r"x & \text{if } y \\ 0 & \text{otherwise}", 2)
    written = body(rf"\begin{{cases}} {inside} \end{{cases}}")
    assert written.count('<mrow class="mark-2">') == 4
    assert written.count("<mtd") == 4
    whole = body(enclosed_in_marks(r"\begin{pmatrix} a & b \end{pmatrix}", 0))
    assert whole.count("mark-0") == 1


@pytest.mark.parametrize(
    "latex",
    [r"\href{javascript:alert(1)}{x}", r"\style{background:url(//evil)}{x}", r"\text{<script>}"],
)
def test_nothing_in_a_formula_can_do_anything(latex: str) -> None:
    written = body(latex)
    assert "href" not in written
    assert "style=" not in written
    assert "<script" not in written


def test_hostile_texts_stay_texts():
    written = mathml("x", '"><script>alert(1)</script>')
    assert written is not None
    assert "<script" not in written


def test_what_is_nested_deeply_is_converted_piece_by_piece():
    node = symbol("x")
    for _ in range(200):
        node = Over(ONE, node)
    shown = HtmlFormulas().inline(node)
    assert shown.count("<mfrac>") == shown.count("</mfrac>") == 200
    assert "\ue001" not in shown


def test_what_is_nested_too_deeply_is_shown_as_text():
    node = symbol("x")
    for _ in range(DEEP):
        node = Over(ONE, node)
    shown = HtmlFormulas().inline(node)
    assert shown.startswith("<code>")
    assert TextWriter().write(node) in shown
