"""Vectors and matrices in text: declared and found shapes, what products are, what is refused."""

from __future__ import annotations

import pytest

from derivex.errors import ReadError
from derivex.expression.shapes import shape_of
from derivex.notation import (
    LatexWriter,
    Scope,
    TextWriter,
    declaration_text,
    read_arrays,
    read_text,
    speaks_of_arrays,
)
from derivex.notation.inferred_shapes import fits, infer_arrays
from derivex.rulebook import shipped_book

DECLARED = "X: n by d, theta: d, y: n, w: d, x_i: d, A: d by d, W: d by k, Y: n by k, z: n"
PLAIN = Scope(functions=shipped_book().functions)
SCOPE = PLAIN.with_arrays(*read_arrays(DECLARED))

# What one types, how it is written back, its LaTeX, its shape.
ROWS = [
    ("||X theta - y||^2",     "‖Xθ − y‖²",               r"\|X \theta - y\|^{2}",               "1 1"),
    ("(Xθ−y)^T (Xθ−y)",       "(Xθ − y)ᵀ (Xθ − y)",      r"(X \theta - y)^{\top} (X \theta - y)", "1 1"),
    ("w·x_i + b",             "w·xᵢ + b",                r"w \cdot x_{i} + b",                 "1 1"),
    ("(w·x_i) x_i",           "(w·xᵢ) xᵢ",               r"(w \cdot x_{i}) x_{i}",             "d 1"),
    ("∇_θ ‖θ‖²",              "∇_θ ‖θ‖²",                r"\nabla_{\theta} \|\theta\|^{2}",    "d 1"),
    ("∇²_θ ‖θ‖²",             "∇²_θ ‖θ‖²",               r"\nabla^{2}_{\theta} \|\theta\|^{2}", "d d"),
    ("∂(Xθ)/∂θ",              "∂(Xθ)/∂θ",                r"\frac{\partial (X \theta)}{\partial \theta}", "n d"),
    ("A^-1 w",                "A⁻¹w",                    r"A^{-1} w",                          "d 1"),
    ("A^{-T} w",              "A⁻ᵀw",                    r"A^{-\top} w",                       "d 1"),
    ("‖w‖_1 + ‖A‖_F^2",       "‖w‖₁ + ‖A‖_F²",           r"\|w\|_{1} + \|A\|_{F}^{2}",         "1 1"),
    ("X^T y",                 "Xᵀy",                     r"X^{\top} y",                        "d 1"),
    ("[1, 2]·[3, 4]",         "[1; 2]·[3; 4]",           r"\begin{pmatrix} 1 \\ 2 \end{pmatrix} \cdot \begin{pmatrix} 3 \\ 4 \end{pmatrix}", "1 1"),
    ("(1, 2)·(3, 4)",         "[1; 2]·[3; 4]",           None,                                 "1 1"),
    ("softmax(w)_k",          "softmax(w)ₖ",              r"\operatorname{softmax}(w)_{k}",     "1 1"),
    ("(X^T X)[1, 2]",         "(XᵀX)[1, 2]",             r"(X^{\top} X)_{1, 2}",               "1 1"),
    ("w^T A w",               "wᵀAw",                    r"w^{\top} A w",                      "1 1"),
    ("w ⊙ w",                 "w ⊙ w",                   r"w \odot w",                         "d 1"),
    ("⟨A, A⟩",                "⟨A, A⟩",                  r"\left\langle A, A \right\rangle",   "1 1"),
    ("tr(A) + det A",         "tr(A) + det(A)",          r"\operatorname{tr}(A) + \det(A)",    "1 1"),
    ("(w + θ)/2 - 3w",        "(w + θ)/2 − 3w",          None,                                 "d 1"),
    ("A^2 w",                 "A Aw",                    None,                                 "d 1"),
    ("sum_i x_i",             "Σᵢ xᵢ",                   None,                                 "d 1"),
    ("exp(w)",                "exp(w)",                  None,                                 "d 1"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "written", "latex", "shape"), ROWS)
def test_reading_and_writing(text: str, written: str, latex: str | None, shape: str) -> None:
    found = read_text(text, SCOPE).expression
    assert TextWriter().write(found) == written
    if latex is not None:
        assert LatexWriter().write(found) == latex
    assert " ".join(map(str, shape_of(found) or ())) == shape
    plain = TextWriter(unicode=False).write(found)
    assert plain.replace("⊙", "").isascii()
    assert read_text(plain, SCOPE).expression is found


# What does not fit, and what is said of it.
REFUSED = [
    ("X^T w",       "Xᵀ is d × n and w is d × 1: they cannot be multiplied"),
    ("X + A",       "X is n × d and A is d × d: they cannot be added"),
    ("w·y",         "w is d × 1 and y is n × 1: they cannot be multiplied by a dot product"),
    ("x·w",         "x is one vector for each index"),
    ("w x_1",       "w is d × 1 and x[1] is d × 1: they cannot be multiplied"),
    ("w + 1",       "w is d × 1 and 1 is a number: they cannot be added"),
    ("w^2",         "w is d × 1: it cannot be raised to a power"),
    ("e^w",         "w is d × 1: it cannot be an exponent"),
    ("1/w",         "w is d × 1: it cannot be divided by"),
    ("det X",       "X is n × d: it cannot have the determinant"),
    ("tr(X)",       "X is n × d: it cannot have the trace"),
    ("X^-1",        "X is n × d: it cannot be inverted"),
    ("w ⊙ y",       "w is d × 1 and y is n × 1: they cannot be multiplied entry by entry"),
    ("∇_w (A w)",   "Aw is d × 1: it cannot have a gradient"),
    ("∂A/∂w",       "A is d × d: it cannot have a Jacobian"),
    ("w_12 + A_1",  "A is d × d: it cannot have 1 indices"),
    ("⟨A, b⟩",      "⟨…⟩ is the inner product of two vectors or matrices"),
    ("softmax(A)",  "A is d × d: it cannot be the argument of softmax"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), REFUSED)
def test_what_does_not_fit(text: str, said: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_text(text, SCOPE)
    assert caught.value.message == said
    assert caught.value.place is not None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("X: n by", "this declares no vector or matrix"),
        ("X n by d", "this declares no vector or matrix"),
        ("X: 0 by 2", "this declares no vector or matrix"),
        ("x: 1", "x has one entry, so it is a number"),
        ("A: n by d symmetric", "A cannot be symmetric: it is n × d"),
        ("x_i: row i of X", "rows are those of a matrix that was declared before"),
    ],
)
def test_declarations_that_are_refused(text: str, said: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_arrays(text)
    assert caught.value.message.startswith(said)


# A formula without declarations, and the shapes that are found.
FOUND = [
    ("||X theta - y||^2",              "X: n by d, theta: d, y: n"),
    ("‖Xθ−y‖² + λ ‖θ‖²",               "X: n by d, theta: d, y: n"),
    ("w^T A w + c ||w||",              "w: d, A: d by d"),
    ("b^T A x",                        "b: n, A: n by d, x: d"),
    ("log det M",                      "M: d by d"),
    ("tr(X^T A X)",                    "X: n by d, A: n by n"),
    ("a^T X^-1 b",                     "a: d, X: d by d, b: d"),
    ("log(1 + e^(-t w^T x))",          "w: d, x: d"),
    ("‖A X B - C‖_F^2",                "A: n by d, X: d by m, B: m by k, C: n by k"),
    ("‖w1 - w2‖^2",                    "w1: d, w2: d"),
    ("c x^T x",                        "x: d"),
    ("sum_i (theta^T x_i - y_i)^2",    "theta: d, x_i: d"),
    ("sum_i a_i (w^T x_i + b)",        "w: d, x_i: d"),
    ("sum(c_k ‖x_k - m‖^2, k = 1..K)", "x_i: d, m: d"),
    ("‖w‖² - sum_{i=1}^n w_i^2",       "w: d"),
    ("x_i^T A x_i",                    "x_i: d, A: d by d"),
    ("w_i^T X_i^T X_i w_i",            "w_i: d, X_i: n by d"),
    ("(A^{T}x)_i + (A x)_i",           "A: d by d, x: d"),
    ("sum_i σ(θ^T x^{(i)}) y^{(i)}",   "theta: d, x_i: d"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "shapes"), FOUND)
def test_shapes_that_are_found(text: str, shapes: str) -> None:
    assert speaks_of_arrays(text)
    arrays = infer_arrays(text, PLAIN)
    assert ", ".join(map(declaration_text, arrays)) == shapes
    assert shape_of(read_text(text, PLAIN.with_arrays(*arrays)).expression) is not None


def test_both_sides_of_an_equation_have_one_shape() -> None:
    found = infer_arrays("A w = 2 c w", PLAIN, number=False)
    assert ", ".join(map(declaration_text, found)) == "A: d by d, w: d"
    found = infer_arrays("X^T (X w - y) = 0 w + b", PLAIN, number=False)
    shown = ", ".join(map(declaration_text, found))
    assert shown == "X: n by d, w: d, y: n, b: d"


@pytest.mark.parametrize("text", ["|x||y|", "x^2 + y", "T^2", "A x + b", "detach", "w·x"])
def test_plain_formulas_stay_plain(text: str) -> None:
    assert not speaks_of_arrays(text)


@pytest.mark.parametrize(
    "text", ["mean(‖x‖)", "det(2)", "‖3‖", "sum_i ‖2‖ x_i", "‖x‖ sum_j ^", "Σ_{"]
)
def test_where_nothing_is_found(text: str) -> None:
    assert infer_arrays(text, PLAIN) == ()


@pytest.mark.parametrize(
    ("declared", "text", "shapes"),
    [
        ("X: m by k", "||X theta - y||^2", "theta: k, y: m"),
        ("X: 3 by 2", "||X theta - y||^2", "theta: 2, y: 3"),
        ("theta: p", "||X theta - y||^2", "X: n by p, y: n"),
        ("y: n", "||X theta - y||^2 + λ||theta||^2", "X: n by d, theta: d"),
        ("X: n by d, y: d", "||X theta - y||^2", ""),
    ],
)
def test_shapes_that_are_found_beside_declared_ones(declared: str, text: str, shapes: str) -> None:
    known = PLAIN.with_arrays(*read_arrays(declared))
    assert not fits(text, known)
    assert ", ".join(map(declaration_text, infer_arrays(text, known))) == shapes


def test_what_fits_as_it_was_declared_is_left_alone() -> None:
    assert fits("c ||w||^2", PLAIN.with_arrays(*read_arrays("w: d")))


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("∂(w·w)/∂w", "∇_w (w·w)"),
        ("d/dw (w·w)", "∇_w (w·w)"),
        ("∇ ||w||^2", "∇_w ||w||^2"),
        ("∇f(a, b)", "[∂f(a, b)/∂a, ∂f(a, b)/∂b]"),
        ("∇f(t)", "∇_t f(t)"),
    ],
)
def test_gradients_that_do_not_say_what_they_are_by(text: str, same: str) -> None:
    scope = Scope().with_arrays(*read_arrays("w: d"))
    assert read_text(text, scope).expression is read_text(same, scope).expression
