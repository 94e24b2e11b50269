"""Hand derivations in LaTeX: rows, cells, columns, justifications, sentences."""

from __future__ import annotations

import time

import pytest

from derivex.documents import HandDocument
from derivex.documents.latex import read_hand_latex
from tests.documents.shown import known, shown, shown_chain


def read(text: str) -> HandDocument:
    return read_hand_latex(text, "notes.tex", known())


ROWS = [
    # one display, bare or delimited
    (r"\frac{d}{dx} x^2 = 2x", ["start: ∂x²/∂x = 2x"]),
    (r"so $$\frac{d}{dx} x^2 = 2x.$$", ["start: ∂x²/∂x = 2x"]),
    (r"\[ a = b = c, \]", ["start: a = b = c"]),
    (r"\begin{equation} a = b \label{eq:a} \end{equation}", ["start: a = b"]),
    # rows and cells
    (r"\begin{align*} a &= b \\ &= c \\ &\le d \end{align*}",
     ["start: a = b", "=: = c", "≤: ≤ d"]),
    (r"\begin{aligned} a & = b \\[1.6em] & = c \end{aligned}", ["start: a = b", "=: = c"]),
    (r"\begin{array}{lcl} a & = & b \\\\ & = & c \end{array}", ["start: a = b", "=: = c"]),
    (r"\begin{array}{lllll} a &=& b &=& c \\ d &=& e \end{array}",
     ["start: a = b = c", "next: d = e"]),
    (r"\begin{eqnarray} a &=& b \nonumber \\ &=& c \end{eqnarray}", ["start: a = b", "=: = c"]),
    (r"\begin{gather} a = b \\ c = d \end{gather}", ["start: a = b", "next: c = d"]),
    (r"\begin{multline} a = b \\ + c \end{multline}", ["start: a = b + c"]),
    (r"\begin{equation}\begin{split} a &= b \\ &= c \end{split}\end{equation}",
     ["start: a = b", "=: = c"]),
    (r"\begin{align} & a \\ = & b \\ = & c \end{align}", ["start: a", "=: = b", "=: = c"]),
    (r"\begin{align} a &= b \\ &\qquad + c \\ &= d \end{align}", ["start: a = b + c", "=: = d"]),
    (r"\begin{align} a &= b + \\ & c \end{align}", ["start: a = b + c"]),
    (r"\[ f(x) = \begin{aligned}[t] & a \\ &= b \end{aligned} \]", ["start: f(x) = a", "=: = b"]),
    (r"\[ \begin{pmatrix} a & b \\ c & d \end{pmatrix} = A \]", ["start: [[a, b], [c, d]] = A"]),
    # derivations side by side
    (r"\begin{aligned} 2x &= 4 & 3y &= 6 \\ x &= 2 & y &= 2 \end{aligned}",
     ["start: 2x = 4", "1| start: 3y = 6", "next: x = 2", "1| next: y = 2"]),
    (r"\begin{aligned} 2x &= 4 & 3y &= 6 \\ & & y &= 2 \end{aligned}",
     ["start: 2x = 4", "1| start: 3y = 6", "1| next: y = 2"]),
    (r"\[ \begin{aligned} a &= b \\ &= c \end{aligned} \qquad \begin{aligned} d &= e \end{aligned} \]",
     ["start: a = b", "=: = c", "1| start: d = e"]),
    # justifications
    (r"\begin{align} a &= b && \text{by the chain rule} \\ &= c && \text{(arithmetic)} \end{align}",
     ["start: a = b [the chain rule]", "=: = c [arithmetic]"]),
    (r"a = b \quad \text{(using the sum rule)}", ["start: a = b [the sum rule]"]),
    (r"a = b \text{ by the sum rule}", ["start: a = b [the sum rule]"]),
    (r"a = b \quad (\text{since } u = 3x)", ["start: a = b [since u = 3x]"]),
    (r"a = b \tag{chain rule}", ["start: a = b [chain rule]"]),
    ("\\begin{align} a &= b \\\\ % the sum rule\n &= c \\end{align}",
     ["start: a = b [the sum rule]", "=: = c"]),
    (r"\begin{align} a &= b \\ \intertext{by the sum rule} &= c \end{align}",
     ["start: a = b", "=: = c [the sum rule]"]),
    (r"a \overset{(1)}{=} b \stackrel{\text{def}}{=} c", ["start: a = b := c"]),
    (r"\text{loss}(s, b) = s + b", ["start: loss(s, b) = s + b"]),
    # numbers
    (r"\begin{align} a &= b \tag{1} \\ c &= d \tag{2} \end{align}",
     ["start: a = b (1)", "next: c = d (2)"]),
    (r"\[ b = 40 - 5 \cdot 2 = 30 \quad (4) \]", ["start: b = 40 − 5 · 2 = 30 (4)"]),
    (r"\[ (1) \quad h = 3 \]", ["start: h = 3 (1)"]),
    # arrows, several equations, conditions
    (r"2x = 4 \Rightarrow x = 2", ["start: 2x = 4", "⇒: x = 2"]),
    (r"\begin{align} & 2x = 4 \\ \iff & x = 2 \end{align}", ["start: 2x = 4", "⇔: x = 2"]),
    (r"x^2 = 4 \implies x = 2 \text{ or } x = -2", ["start: x² = 4", "⇒: x = 2 or x = −2"]),
    (r"x = 1, \quad y = 2", ["start: x = 1 and y = 2"]),
    (r"x = 1 \qquad \text{and} \qquad y = 2", ["start: x = 1 and y = 2"]),
    (r"f(x) = x^2 \rightarrow f'(x) = 2x", ["start: f(x) = x²", "→: f′(x) = 2x"]),
    (r"y = 1/x \quad \text{for } x > 0", ["start: y = 1/x if x > 0"]),
    (r"j = 0 : \quad a = b", ["start: a = b if j = 0"]),
    (r"\begin{split} \text{if} \; i = j :& a = b \end{split}", ["start: a = b if i = j"]),
    (r"s^{\text{new}} = s - 1", ["start: s_new = s − 1"]),
    (r"x := x - 0.1 \cdot 2x", ["start: x := x − 0.1 · 2x"]),
    (r"x \leftarrow x - \eta g", ["start: x := x − η g"]),
    # what looks like a sign or a comma and is none
    (r"\sum_{i=1}^n x_i = s", ["start: sum(xᵢ, i = 1..n) = s"]),
    (r"(2x, 3y) = v", ["start: [2x; 3y] = v"]),
    (r"a = 0,01", ["start: a = 0.01"]),
    (r"f'(a = 2) = 4", ["start: f′(2) = 4"]),
    (r"p(x \mid \theta) = q", ["start: p(x, θ) = q"]),
    (r"\lim_{h \to 0} h = 0", ["start: lim_{h→0} h = 0"]),
    (r"a = b \underbrace{+ 0}_{\text{vanishes}}", ["start: a = b + 0"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rows"), ROWS)
def test_rows(text: str, rows: list[str]) -> None:
    assert [shown(row) for row in read(text).rows()] == rows


def test_a_display_that_begins_with_a_sign_goes_on_with_the_one_before() -> None:
    document = read("$$a = b$$\n\n$$= c$$\n\n$$d = e$$")
    assert [len(derivation.rows) for derivation in document.derivations] == [2, 1]


PROSE = [
    ("Let $u = 3x + 1$ and $v = x^2$.", ["u", "v"], 0),
    (r"where $f(x) = x^2$", ["f"], 0),
    ("Consider the function $f(x) = x^2$. Its derivative is $f'(x) = 2x$.", ["f"], 1),
    ("For $x = 0$ and $y = 1$ it is zero.", [], 0),
    ("For $x > 0$, $f(x) = x$, and", [], 0),
    ("at $a = 2$ is $4$", [], 0),
    ("Is it true that $(fg)' = f'g'$? No.", [], 0),
    ("What is the derivative of $f(x) = x^2$?", ["f"], 0),
    ("For $f(x) = x^2$ we get $f'(x) = 2x$.", ["f"], 1),
    ("For $k$ classes let $S = a + b$.", ["S"], 0),
    ("It costs $5 and not $6", [], 0),
    (r"If $f: \mathbb{R}^n \to \mathbb{R}$ then", [], 0),
    ("Let $a = 2$.", ["a"], 0),
]


@pytest.mark.parametrize(("text", "names", "derivations"), PROSE)
def test_sentences(text: str, names: list[str], derivations: int) -> None:
    document = read(text)
    assert [each.definition.name for each in document.definitions] == names
    assert len([each for each in document.derivations if each.inline]) == derivations


def test_definitions_hold_for_what_follows() -> None:
    document = read("Let $J(t) = t^2$.\n\\[ \\frac{dJ(t)}{dt} = 2t \\]\n")
    (derivation,) = document.derivations
    assert [each.definition.name for each in derivation.scope] == ["J"]
    assert [each.said for each in derivation.scope] == ["let"]
    assert [shown(row) for row in derivation.rows] == ["start: ∂J(t)/∂t = 2t"]


def test_a_function_of_another_number_of_arguments_is_another_one() -> None:
    document = read(r"$$f(a, b) = a b$$ $$\frac{d}{dx} f(x) = f'(x)$$")
    assert [shown(row) for row in document.rows()][1] == "start: ∂f(x)/∂x = f′(x)"
    assert document.derivations[1].scope == ()


def test_two_definitions_in_one_chain() -> None:
    document = read(r"$$y = f(u, v) := u v$$")
    assert [each.definition.name for each in document.definitions] == ["y", "f"]


def test_shapes_that_the_text_gives() -> None:
    document = read(
        r"$$J(\theta) = \|X\theta - y\|_2^2$$ where $X \in \mathbb{R}^{n \times d}$, "
        r"$\theta \in \mathbb{R}^d$. $$\nabla J(\theta) = 2X^T(X\theta - y)$$"
    )
    assert [shown(row) for row in document.rows()] == [
        "start: J(θ) = ‖Xθ − y‖²",
        "start: ∇_θ ‖Xθ − y‖² = 2Xᵀ(Xθ − y)",
    ]


def test_bold_letters_are_vectors() -> None:
    document = read(
        r"$$\nabla_{\mathbf{w}} (\mathbf{w} \cdot \mathbf{x}) = [x_1, x_2, \dots, x_n] = \mathbf{x}$$"
    )
    assert [shown(row) for row in document.rows()] == ["start: ∇_w (w·x) = [x₁; x₂; …; xₙ] = x"]
    document = read(r"$$\frac{1}{N} \sum_{i=1}^N (\mathbf{w} \cdot \mathbf{x}_i - y_i)^2 = L$$")
    assert [shown(row) for row in document.rows()] == [
        "start: 1/N · sum((w·xᵢ − yᵢ)², i = 1..N) = L"
    ]


def test_data_that_a_table_gives() -> None:
    document = read("$a_1 = 0$ | $a_2 = 2$ | $a_3 = 4$ and $b_1 = 1$")
    assert [(name, [str(each) for each in values]) for name, values in document.columns] == [
        ("a", ["0", "2", "4"])
    ]


def test_values_that_hold_there_only() -> None:
    document = read(
        r"For $s = 1$ and $b = 0$ it is $$s + b = 1$$ $$f'(a) = 4 \text{ when } a = 2$$"
    )
    first, second = document.derivations
    assert [shown_chain(chain) for chain in first.given] == ["s = 1", "b = 0"]
    assert second.given == ()
    assert [shown_chain(chain) for chain in second.rows[0].given] == ["a = 2"]
    assert second.rows[0].condition == "a = 2"


def test_premises_are_no_claims() -> None:
    document = read(r"\[ v = (v_1, \dots, v_m), \text{ with } \|v\| = 1 \]")
    assert [row.said for row in document.rows()] == ["", "let"]


def test_a_function_is_derived_by_the_variable_that_stands_there() -> None:
    document = read(r"$$f(a) = a^2$$ $$\frac{df}{dx} = 2x$$ $$\frac{df(a)}{da} = 2a$$")
    rows = [shown(row) for row in document.rows()]
    assert rows[1:] == ["start: ∂f(x)/∂x = 2x", "start: ∂f(a)/∂a = 2a"]


def test_entries_and_families_are_defined() -> None:
    document = read(r"Let $u_i = x_i + 1$ and $g_i(w) = w x_i$. $$\sum_i g_i(w) = s$$")
    found = [(each.definition.name, list(map(str, each.indices))) for each in document.definitions]
    assert found == [("u_i", ["i"]), ("g_", [])]
    assert [each.base for each in document.definitions] == ["u", "g_"]
    (row,) = document.rows()
    assert str(row.chains[0].formulas[0].expression) == "Total(Apply(g_, i, w), i)"


@pytest.mark.parametrize(
    "text",
    [
        r"$$\sum_{i=1}^n x_i A_{ik} + b_k = A_k x + b_k$$",  # a row of a matrix, and a vector
        r"$$\sum_i x_i = x$$",
    ],
)
def test_names_that_lose_an_index_are_not_read_as_numbers(text: str) -> None:
    (row,) = read(text).rows()
    assert row.errors


def test_vectors_are_known_by_their_entries() -> None:
    (row,) = read(r"$$u \cdot v = \sum_{i=1}^m u_i v_i$$").rows()
    assert shown(row) == "start: u·v = sum(uᵢ vᵢ, i = 1..m)"


def test_macros_of_the_preamble() -> None:
    document = read(
        r"\newcommand{\pd}[2]{\frac{\partial #1}{\partial #2}}" "\n" r"\[ \pd{x^2}{x} = 2x \]"
    )
    assert [shown(row) for row in document.rows()] == ["start: ∂x²/∂x = 2x"]


def test_what_cannot_be_read_stops_nothing() -> None:
    document = read("\\begin{align}\n a &= b \\\\\n &= \\foo{c} \\\\\n &= d\n\\end{align}")
    assert [shown(row) for row in document.rows()] == ["start: a = b", "=: = ?", "=: = d"]
    (error,) = [error for row in document.rows() for error in row.errors]
    assert error.place is not None
    assert (error.place.name, error.place.line, error.place.column) == ("notes.tex", 3, 5)
    assert "foo" in error.message


def test_an_environment_that_never_ends() -> None:
    document = read("$$a = b$$\n\n\\begin{align} c = d \n\nText. $$e = f$$")
    assert [str(each.error).split(": ")[0] for each in document.unreadable] == [
        "notes.tex, line 3, column 1"
    ]
    assert [shown(row) for row in document.rows()] == [
        "start: a = b",
        "start: c = d",
        "start: e = f",
    ]


def test_a_derivative_along_a_vector_is_not_taken_for_a_gradient() -> None:
    (row,) = read(r"$$\nabla_v f(x) = 3$$").rows()
    assert [formula.expression is None for formula in row.chains[0].formulas] == [True, False]


@pytest.mark.parametrize(
    "text",
    [
        "\\begin{align}" * 3000,
        "$" * 20_000,
        "{" * 50_000,
        r"\frac{" * 20_000,
        "$$a = b$$\n" * 600,
        "\\begin{align}" + r" &= a \\ " * 2_000 + "\\end{align}",
        r"\def\a{\a}$$\a = 1$$",
        "\x00\x01$$a = \x02$$",
        r"\left( " * 5_000 + "$$x = 1$$",
        "$$" + "(" * 5_000 + "= 1$$",
        r"\text{" * 10_000,
        "$a=$ " * 800,
        "&" * 50_000,
    ],
)
def test_hostile_documents_are_answered(text: str) -> None:
    started = time.process_time()
    document = read(text)
    assert time.process_time() - started < 20
    assert isinstance(document, HandDocument)


def test_what_explains_a_display_is_known_in_it() -> None:
    document = read(r"$$L(w) = \sum_{i=1}^N f(g_i(w))$$ where $f(t) = t^2$ and $g_i(w) = w x_i$.")
    assert [each.definition.name for each in document.definitions] == ["f", "g_", "L"]
    (derivation,) = document.derivations
    assert [each.definition.name for each in derivation.scope] == ["f", "g_"]


def test_an_operator_without_an_operand_is_about_the_function_defined_last() -> None:
    document = read(r"$$f(x, y) = x^2 y$$ $$\frac{\partial}{\partial x} = 2xy$$")
    assert [shown(row) for row in document.rows()][1] == "start: ∂(x²y)/∂x = 2xy"
    (row,) = read(r"$$\frac{\partial}{\partial x} = 2xy$$").rows()
    assert row.errors


def test_sentences_between_rows_are_no_rows() -> None:
    document = read(
        r"\begin{align} a &= b \\ \text{the slope of } f \text{ at } & \\ c &= d \end{align} $:=$"
    )
    assert [shown(row) for row in document.rows()] == ["start: a = b", "next: c = d"]


def test_what_is_noted_is_a_claim_and_no_definition() -> None:
    text = r"$$L(a) = a^2 + 1$$ {} $$L(a) = a^2$$"
    assert len(read(text.replace("{}", "Note that")).definitions) == 1
    assert len(read(text.replace("{}", "Now consider")).definitions) == 2


@pytest.mark.parametrize("index", ["x_i", "x^{(i)}"])
def test_products_with_a_transpose_under_a_sum(index: str) -> None:
    text = rf"$$\sum_{{i=1}}^n (\theta^T {index} - y_i)^2 = \sum_{{i=1}}^n (\sigma(\theta^T {index}))$$"
    (row,) = read(text).rows()
    assert shown(row) == ("start: sum((θᵀ xᵢ − yᵢ)², i = 1..n) = sum(sigmoid(θᵀ xᵢ), i = 1..n)")


def test_a_sum_takes_the_terms_in_which_its_index_stands() -> None:
    (row,) = read(r"$$L = \sum_{i=1}^n a_i - b_i + c$$").rows()
    assert shown(row) == "start: L = sum(aᵢ − bᵢ, i = 1..n) + c"
    (row,) = read(r"$$\frac{\partial}{\partial w} \sum_i w a_i - b_i = 0$$").rows()
    assert shown(row) == "start: ∂(Σᵢ (w aᵢ − bᵢ))/∂w = 0"
    # where the index is free elsewhere, it is another one
    (row,) = read(r"$$\frac{\partial s}{\partial x_j} = \sum_j e^{x_j} - e^{x_j}$$").rows()
    assert shown(row) == "start: ∂s/∂xⱼ = Σⱼ e^(xⱼ) − e^(xⱼ)"


def test_primes_of_names_that_a_display_defines() -> None:
    document = read(
        r"\begin{align} u &= x^2 & v &= \sin x \\ u' &= 2x & v' &= \cos x \\ (uv)' \end{align}"
        r"\[ y' = u'v + uv' \]"
    )
    assert [each.definition.name for each in document.definitions] == ["u", "v"]
    rows = [shown(row) for row in document.rows()]
    assert rows[2:4] == ["next: ∂u/∂x = 2x", "1| next: ∂v/∂x = cos(x)"]
    assert rows[-1] == "start: ∂y/∂x = ∂u/∂x · v + u · ∂v/∂x"


def test_primes_in_an_equation_between_x_and_y() -> None:
    document = read(r"\[ 3x^2 + 3y^2 y' = 6y + 6xy' \]\[ y'(y^2 - 2x) = 2y - x^2 \]")
    assert [shown(row) for row in document.rows()] == [
        "start: 3x² + 3y² · ∂y/∂x = 6y + 6x · ∂y/∂x",
        "start: ∂y/∂x · (y² − 2x) = 2y − x²",
    ]


def test_equations_in_a_brace() -> None:
    text = r"\[ \begin{cases} x + y = 3 \\ x - y = 1 \end{cases} \Longrightarrow x = 2,\; y = 1 \]"
    assert [shown(row) for row in read(text).rows()] == [
        "start: x + y = 3",
        "next: x − y = 1",
        "⇒: x = 2 and y = 1",
    ]
    text = r"\[ f(x) = \begin{cases} x & x > 0 \\ 0 & x \le 0 \end{cases} \]"
    assert [shown(row) for row in read(text).rows()] == [
        "start: f(x) = if x > 0 then x else if x ≤ 0 then 0"
    ]
