"""Trees written as text and as LaTeX: tables of hand-aligned rows, and properties."""

import random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from derivex.expression import (
    DOTS,
    ONE,
    TWO,
    ZERO,
    Antiderivative,
    Apply,
    At,
    Column,
    D,
    Decimal,
    E,
    Equation,
    Gradient,
    Integral,
    Matrix,
    Mean,
    Negative,
    Node,
    Over,
    Plus,
    Power,
    Row,
    Times,
    Total,
    free_symbols,
    function_name,
    integer,
    pi,
    postorder,
    symbol,
    value_of,
)
from derivex.expression.functions import Function
from derivex.notation import Scope, read_text
from derivex.notation.latex_writer import LatexWriter
from derivex.notation.text_writer import TextWriter

a, b, d, f, h, i, n, q, s, x, y, z = map(symbol, "abdfhinqsxyz")
theta, theta_0, loss = map(symbol, ("theta", "theta_0", "loss"))
THREE, SIX = integer(3), integer(6)
XYZ = Plus(x, y, z)
ROOT = Apply(function_name("sqrt"), Plus(Power(x, TWO), ONE))
RESIDUAL = Plus(Times(s, At(a, i)), b, Negative(At(h, i)))


def call(name, *arguments):
    return Apply(function_name(name), *arguments)


TEXT = [
    # tree                                             unicode                       ASCII
    (D(Power(XYZ, TWO), y),                            "∂(x + y + z)²/∂y",           "d((x + y + z)^2)/dy"),
    (Times(D(Power(XYZ, TWO), XYZ), D(XYZ, y)),        "∂(x + y + z)²/∂(x + y + z) · ∂(x + y + z)/∂y",
                                                       "d((x + y + z)^2)/d(x + y + z) * d(x + y + z)/dy"),
    (Times(TWO, XYZ, Plus(D(x, y), D(y, y))),          "2(x + y + z) (∂x/∂y + ∂y/∂y)", "2(x + y + z) (dx/dy + dy/dy)"),
    (Times(TWO, XYZ, Plus(ZERO, ONE, ZERO)),           "2(x + y + z) (0 + 1 + 0)",   "2(x + y + z) (0 + 1 + 0)"),
    (Plus(Times(THREE, TWO, a), ZERO, Negative(Times(b, ONE)), ONE),
                                                       "3 · 2a + 0 − b · 1 + 1",     "3 * 2a + 0 - b * 1 + 1"),
    (Plus(Times(SIX, a), Negative(b), ONE),            "6a − b + 1",                 "6a - b + 1"),
    (Plus(Times(s, Total(Power(At(a, i), TWO), i)), Times(b, Total(At(a, i), i)),
          Negative(Total(Times(At(a, i), At(h, i)), i))),
                                                       "s Σᵢ aᵢ² + b Σᵢ aᵢ − Σᵢ aᵢ hᵢ",
                                                       "s sum_i a_i^2 + b sum_i a_i - sum_i a_i h_i"),
    (Times(Over(ONE, TWO), Total(Power(RESIDUAL, TWO), i)),
                                                       "1/2 Σᵢ (s aᵢ + b − hᵢ)²",    "1/2 sum_i (s a_i + b - h_i)^2"),
    # products
    (Times(TWO, x, call("sin", x)),                    "2x sin(x)",                  "2x sin(x)"),
    (Times(TWO, call("sin", x)),                       "2 sin(x)",                   "2 sin(x)"),
    (Times(x, TWO),                                    "x · 2",                      "x * 2"),
    (Times(x, Power(TWO, x)),                          "x · 2^x",                    "x * 2^x"),
    (Times(Power(TWO, THREE), x),                      "2³ x",                       "2^3 x"),
    (Times(x, Negative(y)),                            "x (−y)",                     "x (-y)"),
    (Times(Negative(x), y),                            "(−x) y",                     "(-x) y"),
    (Times(h, XYZ),                                    "h · (x + y + z)",            "h * (x + y + z)"),
    (Times(x, XYZ),                                    "x (x + y + z)",              "x (x + y + z)"),
    (Times(loss, XYZ),                                 "loss · (x + y + z)",         "loss * (x + y + z)"),
    (Times(TWO, theta),                                "2θ",                         "2 theta"),
    (Times(TWO, pi, E),                                "2π e",                       "2 pi e"),
    (Times(Total(At(a, i), i), b),                     "(Σᵢ aᵢ) b",                  "(sum_i a_i) b"),
    (Times(D(x, y), z),                                "∂x/∂y · z",                  "dx/dy * z"),
    (Times(TWO, call("sqrt", x)),                      "2√x",                        "2 sqrt(x)"),
    (Times(x, Column(a, b)),                           "x · [a; b]",                 "x * [a; b]"),
    (Times(ONE, x),                                    "1 · x",                      "1 * x"),
    (Times(ONE, call("log", x)),                       "1 · log(x)",                 "1 * log(x)"),
    (Times(ZERO, call("log", x)),                      "0 · log(x)",                 "0 * log(x)"),
    (Times(integer(10), x),                            "10x",                        "10x"),
    # letters run together
    (Plus(Times(THREE, Power(a, TWO)), Power(b, TWO), Negative(Times(a, b)), a),
                                                       "3a² + b² − ab + a",          "3a^2 + b^2 - ab + a"),
    (Times(TWO, a, b),                                 "2ab",                        "2ab"),
    (Times(b, n),                                      "bn",                         "bn"),
    (Times(a, d, x),                                   "a d x",                      "a d x"),
    (Plus(Times(a, d), Negative(Times(b, x))),         "ad − bx",                    "ad - bx"),
    (Times(a, s, i, n),                                "a s i n",                    "a s i n"),
    (Times(a, x, i),                                   "a x i",                      "a x i"),
    (Times(x, x),                                      "x x",                        "x x"),
    (Times(a, E, x),                                   "a e x",                      "a e x"),
    (Times(a, symbol("e")),                            "a e",                        "a e"),
    (Times(a, h, XYZ),                                 "ah · (x + y + z)",           "ah * (x + y + z)"),
    (Times(a, h, call("sin", x)),                      "ah sin(x)",                  "ah sin(x)"),
    (Times(a, call("g", x)),                           "a g(x)",                     "a g(x)"),
    (Times(s, At(a, i)),                               "s aᵢ",                       "s a_i"),
    (Times(a, b, symbol("b_1")),                       "ab b₁",                      "ab b_1"),
    (Times(symbol("b_1"), a, b),                       "b₁ ab",                      "b_1 ab"),
    (Times(loss, a, b),                                "loss ab",                    "loss ab"),
    (Times(theta, a, b),                               "θ ab",                       "theta ab"),
    (Times(a, Power(b, TWO)),                          "ab²",                        "ab^2"),
    (Times(THREE, Power(x, TWO), y, z),                "3x²yz",                      "3x^2 yz"),
    (Times(Power(x, n), y),                            "x^n y",                      "x^n y"),
    (Times(i, q),                                      "iq",                         "iq"),
    (At(x, Times(n, i)),                               "x[n i]",                     "x[n i]"),
    # quotients
    (Times(Over(ONE, TWO), x),                         "1/2 x",                      "1/2 x"),
    (Times(Over(x, y), z),                             "x/y · z",                    "x/y * z"),
    (Over(x, Times(TWO, y)),                           "x/(2y)",                     "x/(2y)"),
    (Over(Times(TWO, x), THREE),                       "2x/3",                       "2x/3"),
    (Over(a, Over(b, z)),                              "a/(b/z)",                    "a/(b/z)"),
    (Over(Over(a, b), z),                              "(a/b)/z",                    "(a/b)/z"),
    (Over(Negative(a), b),                             "(−a)/b",                     "(-a)/b"),
    (Negative(Over(a, b)),                             "−a/b",                       "-a/b"),
    (Over(Times(TWO, Total(At(a, i), i)), n),          "(2 Σᵢ aᵢ)/n",                "(2 sum_i a_i)/n"),
    (Over(ONE, Power(x, TWO)),                         "1/x²",                       "1/x^2"),
    (Over(Times(a, b), Times(TWO, x, y)),              "ab/(2xy)",                   "ab/(2xy)"),
    (Over(Times(ONE, x), x),                           "1 · x/x",                    "1 * x/x"),
    (Over(x, ROOT),                                    "x/√(x² + 1)",                "x/sqrt(x^2 + 1)"),
    (Over(ROOT, x),                                    "√(x² + 1)/x",                "sqrt(x^2 + 1)/x"),
    (Times(Over(ONE, Times(TWO, ROOT)), x),            "1/(2√(x² + 1)) · x",         "1/(2 sqrt(x^2 + 1)) * x"),
    # signs
    (Negative(Negative(x)),                            "−(−x)",                      "-(-x)"),
    (Plus(a, Negative(Plus(b, x))),                    "a − (b + x)",                "a - (b + x)"),
    (Plus(a, Negative(Negative(b))),                   "a − (−b)",                   "a - (-b)"),
    (Plus(Negative(a), b),                             "−a + b",                     "-a + b"),
    (Negative(Times(a, b)),                            "−ab",                        "-ab"),
    (Negative(Power(x, TWO)),                          "−x²",                        "-x^2"),
    # powers
    (Power(Negative(x), TWO),                          "(−x)²",                      "(-x)^2"),
    (Power(x, Plus(n, Negative(ONE))),                 "x^(n − 1)",                  "x^(n - 1)"),
    (Power(x, Negative(ONE)),                          "x⁻¹",                        "x^(-1)"),
    (Power(E, x),                                      "e^x",                        "e^x"),
    (Power(x, Over(ONE, TWO)),                         "x^(1/2)",                    "x^(1/2)"),
    (Power(Power(x, TWO), THREE),                      "(x²)³",                      "(x^2)^3"),
    (Power(x, Power(y, TWO)),                          "x^(y²)",                     "x^(y^2)"),
    (Power(call("sin", x), TWO),                       "sin(x)²",                    "sin(x)^2"),
    (Power(call("sqrt", x), TWO),                      "(√x)²",                      "sqrt(x)^2"),
    # functions
    (call("sqrt", Plus(x, ONE)),                       "√(x + 1)",                   "sqrt(x + 1)"),
    (call("max", x, ZERO),                             "max(x, 0)",                  "max(x, 0)"),
    (call("abs", x),                                   "|x|",                        "|x|"),
    (call("abs", Plus(call("abs", x), ONE)),           "abs(|x| + 1)",               "abs(|x| + 1)"),
    (Mean(Times(a, h)),                                "mean(a h)",                  "mean(a h)"),
    # derivatives
    (D(Times(THREE, Power(a, TWO)), a),                "∂(3a²)/∂a",                  "d(3a^2)/da"),
    (D(call("sin", x), x),                             "∂sin(x)/∂x",                 "d(sin(x))/dx"),
    (D(ROOT, x),                                       "∂√(x² + 1)/∂x",              "d(sqrt(x^2 + 1))/dx"),
    (D(D(call("f", x), x), y),                         "∂²f(x)/∂y∂x",             "d^2(f(x))/dy dx"),
    (D(Negative(Times(a, b)), At(a, i)),               "∂(−ab)/∂aᵢ",                 "d(-ab)/da_i"),
    (D(f, At(a, ONE)),                                 "∂f/∂(a[1])",                 "df/d(a[1])"),
    (D(f, E),                                          "∂f/∂(e)",                    "df/d(e)"),
    (D(Total(At(a, i), i), At(a, i)),                  "∂(Σᵢ aᵢ)/∂aᵢ",               "d(sum_i a_i)/da_i"),
    (Gradient(f, x),                                   "∇f",                         "grad f"),
    (Gradient(call("f", x, y), x, y),                  "∇f(x, y)",                   "grad f(x, y)"),
    (Gradient(Times(Plus(x, y), x), x, y),             "∇((x + y) x)",              "grad ((x + y) x)"),
    (Gradient(call("abs", x), x),                      "∇(|x|)",                     "grad (|x|)"),
    (Gradient(XYZ, x, y),                              "∇(x + y + z)",               "grad (x + y + z)"),
    # sums
    (Total(Plus(At(a, i), ONE), i),                    "Σᵢ (aᵢ + 1)",                "sum_i (a_i + 1)"),
    (Total(Times(XYZ, At(a, i)), i),                   "Σᵢ (x + y + z) aᵢ",          "sum_i (x + y + z) a_i"),
    (Total(Times(Power(RESIDUAL, TWO), At(a, i)), i),  "Σᵢ (s aᵢ + b − hᵢ)² aᵢ",     "sum_i (s a_i + b - h_i)^2 a_i"),
    (Total(Over(Times(XYZ, At(a, i)), n), i),          "Σᵢ (x + y + z) aᵢ/n",        "sum_i (x + y + z) a_i/n"),
    (Times(Total(Times(XYZ, At(a, i)), i), b),         "(Σᵢ (x + y + z) aᵢ) b",      "(sum_i (x + y + z) a_i) b"),
    (Times(b, Total(Times(XYZ, At(a, i)), i)),         "b Σᵢ (x + y + z) aᵢ",        "b sum_i (x + y + z) a_i"),
    (Total(Times(At(a, i), XYZ), i),                   "Σᵢ aᵢ (x + y + z)",          "sum_i a_i (x + y + z)"),
    (Total(At(x, i), i, ONE, n),                       "sum(xᵢ, i = 1..n)",          "sum(x_i, i = 1..n)"),
    (Total(At(x, q), q),                               "Σ_q x_q",                    "sum_q x_q"),
    # names, indices, arrays
    (theta_0,                                          "θ₀",                         "theta_0"),
    (symbol("x_max"),                                  "x_max",                      "x_max"),
    (At(a, ONE),                                       "a[1]",                       "a[1]"),
    (At(theta_0, i),                                   "θ₀[i]",                      "theta_0[i]"),
    (At(x, Plus(i, ONE)),                              "x[i + 1]",                   "x[i + 1]"),
    (Decimal("0.50"),                                  "0.50",                       "0.50"),
    (Plus(x, DOTS),                                    "x + …",                      "x + ..."),
    (Row(a, Negative(b)),                              "(a, −b)",                    "(a, -b)"),
    (Column(a, b),                                     "[a; b]",                     "[a; b]"),
    (Matrix(Row(SIX, Negative(ONE)), Row(x, y)),       "[[6, −1], [x, y]]",          "[[6, -1], [x, y]]"),
    (Equation(Plus(x, y), ZERO),                       "x + y = 0",                  "x + y = 0"),
]  # fmt: skip


@pytest.mark.parametrize("tree, unicode, ascii_only", TEXT, ids=[row[1] for row in TEXT])
def test_text(tree, unicode, ascii_only):
    assert TextWriter().write(tree) == unicode
    assert TextWriter(unicode=False).write(tree) == ascii_only
    assert ascii_only.isascii()


LATEX = [
    (D(Power(XYZ, TWO), y),                      r"\frac{\partial (x + y + z)^{2}}{\partial y}"),
    (Times(TWO, XYZ, D(XYZ, y)),                 r"2(x + y + z) \cdot \frac{\partial (x + y + z)}{\partial y}"),
    (Times(Over(ONE, TWO), Total(Power(RESIDUAL, TWO), i)),
                                                 r"\frac{1}{2} \sum_{i} (s a_{i} + b - h_{i})^{2}"),
    (Times(THREE, TWO, a),                       r"3 \cdot 2a"),
    (Times(TWO, Over(ONE, TWO)),                 r"2 \cdot \frac{1}{2}"),
    (Times(x, Over(y, z)),                       r"x \frac{y}{z}"),
    (Times(Over(x, y), Over(ONE, TWO)),          r"\frac{x}{y} \cdot \frac{1}{2}"),
    (Times(TWO, Over(x, THREE)),                 r"2 \cdot \frac{x}{3}"),
    (Power(Over(x, y), TWO),                     r"\left(\frac{x}{y}\right)^{2}"),
    (Power(call("sin", x), TWO),                 r"\sin^{2}(x)"),
    (Power(call("relu", x), TWO),                r"(\operatorname{relu}(x))^{2}"),
    (Power(call("sin", x), Negative(ONE)),       r"(\sin(x))^{-1}"),
    (call("sqrt", Plus(x, ONE)),                 r"\sqrt{x + 1}"),
    (call("abs", call("abs", x)),                r"\left|{\left|x\right|}\right|"),
    (Mean(a),                                    r"\bar{a}"),
    (Mean(Times(a, h)),                          r"\overline{a h}"),
    (D(Over(x, y), x),                           r"\frac{\partial}{\partial x} \left(\frac{x}{y}\right)"),
    (Total(At(x, i), i, ONE, n),                 r"\sum_{i = 1}^{n} x_{i}"),
    (Negative(Times(theta_0, loss)),             r"-\theta_{0} \mathrm{loss}"),
    (Column(a, b),                               r"\begin{pmatrix} a \\ b \end{pmatrix}"),
    (Matrix(Row(SIX, Negative(ONE)), Row(x, y)), r"\begin{pmatrix} 6 & -1 \\ x & y \end{pmatrix}"),
    (Row(a, Over(ONE, TWO)),                     r"\left(a, \frac{1}{2}\right)"),
    (Equation(x, Plus(y, DOTS)),                 r"x = y + \dots"),
    (Gradient(XYZ, x),                           r"\nabla (x + y + z)"),
    (Times(h, XYZ),                              r"h \cdot (x + y + z)"),
    (Times(TWO, pi, E),                          r"2\pi e"),
    (Times(ONE, call("log", x)),                 r"1 \cdot \log(x)"),
    (Total(Times(XYZ, At(a, i)), i),             r"\sum_{i} (x + y + z) a_{i}"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "written"), [("theta", "θ(x)"), ("sigma", "σ(x)"), ("gamma", "gamma(x)")]
)
def test_functions_with_greek_names(name: str, written: str) -> None:
    assert TextWriter().write(call(name, x)) == written
    assert TextWriter(unicode=False).write(call(name, x)) == f"{name}(x)"


@pytest.mark.parametrize("tree, latex", LATEX, ids=[row[1] for row in LATEX])
def test_latex(tree, latex):
    assert LatexWriter().write(tree) == latex


def test_latex_takes_the_names_of_functions_from_their_table():
    sigmoid = Function("sigmoid", (x,), latex=r"\sigma")
    assert LatexWriter({"sigmoid": sigmoid}).write(call("sigmoid", x)) == r"\sigma(x)"


def test_a_node_without_notation_is_named():
    class Strange(Node):
        __slots__ = ()

    with pytest.raises(TypeError, match="no notation for a node of the kind Strange"):
        TextWriter().write(Strange(x))


@pytest.mark.parametrize("writer", [TextWriter(), TextWriter(unicode=False), LatexWriter()])
def test_depth_takes_no_recursion_and_no_quadratic_time(writer):
    deep = x
    for _ in range(10_000):
        deep = call("sin", deep)
    written = writer.write(deep)
    assert written.count("sin(") == 10_000 and written.endswith("x" + 10_000 * ")")
    for _ in range(10_000):
        deep = Power(Plus(ONE, deep), Negative(deep) if deep is x else TWO)
    assert writer.write(deep).count("1 + ") == 10_000


def test_a_shared_subexpression_is_written_once_and_remembered():
    writer = TextWriter()
    terms = [Times(integer(k + 2), Power(symbol(f"x_{k}"), TWO)) for k in range(1000)]
    first = writer.write(Plus(*terms))
    terms[7] = y
    second = writer.write(Plus(*terms))
    assert first.split(" + ")[7] != second.split(" + ")[7] == "y"
    assert writer.piece(terms[8]) is writer.piece(Times(integer(10), Power(symbol("x_8"), TWO)))


# Properties over generated trees.

NAMES = st.sampled_from([a, b, s, x, y, z, f, h, n, theta, theta_0, loss, E, pi])
NUMBERS = st.one_of(st.integers(0, 12).map(integer), st.sampled_from(["0.5", "2.50"]).map(Decimal))
ENTRIES = st.sampled_from(
    [At(a, i), At(a, q), At(h, i), At(x, ONE), At(x, Plus(i, ONE)), At(x, i, q)]
)


def _several(kind):
    return lambda parts: st.lists(parts, min_size=2, max_size=4).map(lambda some: kind(*some))


def _larger(parts):
    return st.one_of(
        _several(Plus)(parts),
        _several(Times)(parts),
        _several(Times)(parts),
        parts.map(Negative),
        st.tuples(parts, parts).map(lambda pair: Over(*pair)),
        st.tuples(parts, parts).map(lambda pair: Power(*pair)),
        st.tuples(st.sampled_from(["sin", "log", "abs", "sqrt", "g"]), parts).map(
            lambda pair: call(*pair)
        ),
        st.tuples(parts, parts).map(lambda pair: call("max", *pair)),
        st.tuples(parts, st.sampled_from([x, theta_0, loss, At(a, i)])).map(lambda pair: D(*pair)),
        st.tuples(parts, parts).map(lambda pair: D(*pair)),
        st.tuples(parts, st.sampled_from([i, q])).map(lambda pair: Total(*pair)),
        parts.map(lambda body: Total(body, i, ONE, n)),
        st.tuples(parts, st.sampled_from([x, theta, theta_0]), parts, parts).map(
            lambda four: Integral(*four)
        ),
        st.tuples(parts, st.sampled_from([x, theta_0])).map(lambda pair: Antiderivative(*pair)),
        parts.map(Mean),
    )


TREES = st.recursive(st.one_of(NAMES, NUMBERS, ENTRIES), _larger, max_leaves=12)


SCOPE = (
    Scope(
        functions={
            name: Function(name, parameters)
            for name, parameters in [("sin", (x,)), ("log", (x,)), ("max", (x, y)), ("relu", (x,))]
        }
    )
    .declare("loss", "x_max")
    .with_data("a", "h", "x")
)

NOT_READ = (Equation, Gradient, Row, Column, Matrix)  # by the reader of expressions


def _is_read(tree):
    return not any(
        isinstance(part, NOT_READ) or part is DOTS or part is At(theta_0, i)
        for part in [tree, *tree.args]
    )


def divides_by_zero(tree):
    """The reader refuses a zero under a fraction bar, however it is written."""
    return any(type(part) is Over and value_of(part.args[1]) == 0 for part in postorder(tree))


def _read_back(tree, unicode):
    """What the reader makes of the text of a tree whose names are declared."""
    scope = SCOPE.declare(*(name.name for name in free_symbols(tree)))
    return read_text(TextWriter(unicode).write(tree), scope).expression


@pytest.mark.parametrize("unicode", [True, False])
@pytest.mark.parametrize("tree", [row[0] for row in TEXT if _is_read(row[0])])
def test_the_rows_above_are_read_back(tree, unicode):
    assert _read_back(tree, unicode) is tree


@settings(max_examples=300, deadline=None)
@given(TREES, st.booleans())
def test_what_is_written_is_read_back(tree, unicode):
    assume(not divides_by_zero(tree))
    assert _read_back(tree, unicode) is tree


LETTERS = st.sampled_from([symbol(letter) for letter in "abdefghiklmnopstuxzANPT"])
RUNS = st.recursive(
    st.one_of(LETTERS, LETTERS, st.sampled_from([ONE, TWO, At(a, i), theta])),
    lambda parts: st.one_of(
        st.lists(parts, min_size=2, max_size=6).map(lambda some: Times(*some)),
        st.lists(parts, min_size=2, max_size=3).map(lambda some: Plus(*some)),
        st.tuples(parts, st.sampled_from([TWO, Negative(ONE), symbol("m")])).map(
            lambda pair: Power(*pair)
        ),
        st.tuples(parts, parts).map(lambda pair: Over(*pair)),
        st.tuples(parts, st.sampled_from([i, n])).map(lambda pair: Total(*pair)),
        st.tuples(parts, parts).map(lambda pair: At(x, Times(*pair))),
        parts.map(Negative),
        parts.map(lambda part: call("sin", part)),
    ),
    max_leaves=12,
)


@settings(max_examples=500, deadline=None)
@given(RUNS, st.booleans())
def test_letters_run_together_are_read_back(tree, unicode):
    assert _read_back(tree, unicode) is tree


def test_no_run_forms_the_name_of_a_function():
    assert TextWriter().write(Times(a, b, x)) == "abx"
    assert TextWriter(functions=["ab"]).write(Times(a, b, x)) == "a b x"
    assert TextWriter(functions=["b"]).write(Times(a, b, x)) == "abx"
    assert TextWriter(together=False).write(Times(a, b, x)) == "a b x"


@settings(max_examples=300, deadline=None)
@given(TREES)
def test_writing_never_fails_and_brackets_match(tree):
    for writer in (TextWriter(), TextWriter(unicode=False), LatexWriter()):
        written = writer.write(tree)
        depth = 0
        for character in written.replace(r"\left", "").replace(r"\right", ""):
            depth += (character in "([{") - (character in ")]}")
            assert depth >= 0
        assert depth == 0


@settings(max_examples=200, deadline=None)
@given(TREES, st.integers(0, 2**32))
def test_what_was_written_before_changes_nothing(tree, seed):
    """A writer that has met parts of the tree already writes it as a new one does."""
    warm = TextWriter()
    parts = [part for part in [tree, *getattr(tree, "args", ())] if part is not None]
    random.Random(seed).shuffle(parts)
    for part in parts:
        warm.write(part)
    assert warm.write(tree) == TextWriter().write(tree)
