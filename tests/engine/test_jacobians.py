"""Jacobians and Hessians, of what is written out by entries and of vectors with shapes."""

from __future__ import annotations

import pytest
import sympy

import derivex
from derivex.equality import judge
from derivex.errors import DerivexError
from derivex.expression.lower import lower
from derivex.notation import TextWriter
from derivex.rulebook import shipped_book

BOOK = shipped_book()
LET = "X: n by d, theta: d, y: n, A: m by d, B: d by d, S: d by d symmetric, b: m, w: d, a: d"

# The function, the variables, the Jacobian.
JACOBIANS = [
    ("(x^2 y, 5x + sin y)",        "x, y",    "[[2xy, x²], [5, cos(y)]]"),
    ("[x y; x + y; x/y]",          "x, y",    "[[y, x], [1, 1], [1/y, −x/y²]]"),
    ("(r cos t, r sin t)",         "r, t",    "[[cos(t), −r sin(t)], [sin(t), r cos(t)]]"),
    ("(x y z, x + y)",             "x, y, z", "[[yz, xz, xy], [1, 1, 0]]"),
    ("x^2 y",                      "x, y",    "[[2xy, x²]]"),
    ("(e^(x y), 3)",               "y, x",    "[[x e^(xy), y e^(xy)], [0, 0]]"),
    ("(x_1^2, x_1 x_2)",           "x_1, x_2", "[[2x₁, 0], [x₂, x₁]]"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "by", "expected"), JACOBIANS)
def test_jacobians_by_entries(text: str, by: str, expected: str) -> None:
    found = derivex.jacobian(text, by=by)
    assert TextWriter().write(found.expression) == expected
    names = sympy.symbols(by)
    values = lower(found.asked, BOOK.functions)
    values = values if isinstance(values, sympy.MatrixBase) else sympy.Matrix([values])
    assert sympy.simplify(found.result - sympy.Matrix(values).jacobian(names)).is_zero_matrix
    other = derivex.jacobian(text, by=by, layout="denominator")
    assert other.result == found.result.T
    again = derivex.Derivative.from_json(found.to_json())
    assert again.derivation == found.derivation


# The function, the variables, the Hessian.
HESSIANS = [
    ("x^2 y + y^3",          "x, y",    "[[2y, 2x], [2x, 6y]]"),
    ("3a^2 + b^2 - a b + a", "a, b",    "[[6, −1], [−1, 2]]"),
    ("x^3",                  "x",       "[[6x]]"),
    ("sin(x y)",             "x, y",    ""),
    ("x y z + z^2",          "x, y, z", "[[0, z, y], [z, 0, x], [y, x, 2]]"),
    ("log(x^2 + y^2)",       "x, y",    ""),
    ("5",                    "x, y",    "[[0, 0], [0, 0]]"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "by", "expected"), HESSIANS)
def test_hessians_by_entries(text: str, by: str, expected: str) -> None:
    found = derivex.hessian(text, by=by)
    if expected:
        assert TextWriter().write(found.expression) == expected
    names = sympy.symbols(by, seq=True)
    theirs = sympy.hessian(lower(found.asked, BOOK.functions), names)
    assert sympy.simplify(found.result - theirs).is_zero_matrix
    assert derivex.Derivative.from_json(found.to_json()).derivation == found.derivation


# The same with declared shapes; what they are is judged by entries.
OF_ARRAYS = [
    ("jacobian", "A w + b",              "w",     "A"),
    ("jacobian", "(a·w) w",              "w",     "waᵀ + (a·w) I_d"),
    ("jacobian", "B B w",                "w",     "B B"),
    ("jacobian", "w ⊙ w",                "w",     "2 diag(w)"),
    ("jacobian", "exp(A w)",             "w",     "diag(exp(Aw)) A"),
    ("jacobian", "w/‖w‖",                "w",     "(‖w‖² I_d − wwᵀ)/‖w‖³"),
    ("jacobian", "softmax(w)",           "w",     "diag(softmax(w)) − softmax(w) softmax(w)ᵀ"),
    ("jacobian", "a·w",                  "w",     "aᵀ"),
    ("hessian",  "‖X theta - y‖^2",      "theta", "2XᵀX"),
    ("hessian",  "w^T B w",              "w",     "B + Bᵀ"),
    ("hessian",  "w^T S w",              "w",     "2S"),
    ("hessian",  "‖w‖^2",                "w",     "2I_d"),
    ("hessian",  "a·w",                  "w",     "0"),
    ("hessian",  "logsumexp(w)",         "w",     "diag(softmax(w)) − softmax(w) softmax(w)ᵀ"),
    ("hessian",  "e^(a·w)",              "w",     "e^(a·w) aaᵀ"),
    ("hessian",  "(a·w)^3",              "w",     "6(a·w) aaᵀ"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text", "by", "expected"), OF_ARRAYS)
def test_with_shapes(kind: str, text: str, by: str, expected: str) -> None:
    found = getattr(derivex, kind)(text, by=by, let=LET)
    verdict = judge(found.derivation.start, found.expression, BOOK.functions)
    assert verdict.holds, verdict
    assert TextWriter().write(found.expression) == expected
    assert derivex.Derivative.from_json(found.to_json()).derivation == found.derivation


def test_the_value_at_a_point() -> None:
    found = derivex.jacobian("(x^2 y, 5x + sin y)", by="x,y", at="x = 2, y = 0")
    assert found.result == sympy.Matrix([[0, 4], [5, 1]])
    assert derivex.hessian("x^3 y", by="x,y", at="x = 1, y = 2").result == sympy.Matrix(
        [[12, 3], [3, 0]]
    )


def test_vectors_and_matrices_are_filled_in() -> None:
    let = "X: n by d, theta: d, y: n"
    point = "X = [[1, 2], [3, 4], [5, 6]], theta = [1, 1], y = [0, 1, 2]"
    found = derivex.gradient("‖X theta - y‖^2", by="theta", let=let, at=point)
    assert found.result == sympy.Matrix([132, 168])
    found.replay()


@pytest.mark.parametrize(
    ("point", "said"),
    [
        ("X = [1, 2]", "X is n × d, with d = 2, and 2 × 1 entries are given for it"),
        ("y = [1, 2, 3], X = [[1, 2], [3, 4]]", "X is n × d, with n = 3, and 2 × 2 entries"),
        ("X = 3", "X is n × d, with d = 2, and 1 × 1 entries are given for it"),
    ],
)
def test_values_of_another_shape_are_refused(point: str, said: str) -> None:
    with pytest.raises(DerivexError) as error:
        derivex.gradient(
            "‖X theta - y‖^2",
            by="theta",
            let="X: n by d, theta: d, y: n",
            at=f"theta = [1, 1], {point}",
        )
    assert said in str(error.value)


def test_gradients_in_both_layouts() -> None:
    assert derivex.gradient("x y", by="x,y").result == sympy.Matrix([["y", "x"]])
    assert derivex.gradient("x y", by="x,y", layout="denominator").result == sympy.Matrix(
        ["y", "x"]
    )
    write = TextWriter().write
    column = derivex.gradient("‖X theta - y‖^2", by="theta", let=LET)
    row = derivex.gradient("‖X theta - y‖^2", by="theta", let=LET, layout="numerator")
    assert write(column.expression) == "2Xᵀ(Xθ − y)"
    assert write(row.expression) == "2(Xθ − y)ᵀ X"


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: derivex.hessian("A w", by="w", let=LET), "Aw is a vector, and a Hessian"),
        (lambda: derivex.hessian("tr(B)", by="B", let=LET), "B is a matrix, and a Jacobian or"),
        (lambda: derivex.jacobian("B", by="w", let=LET), "B is a matrix, and a Jacobian is"),
        (lambda: derivex.jacobian("x w", by="w, x", let=LET), "w is an array, and it stands"),
        (
            lambda: derivex.gradient("A w", by="w", let=LET),
            "Aw is a vector or matrix, and a gradient",
        ),
        (lambda: derivex.jacobian("x", by="x", layout="left"), "“left” is no layout"),
        (lambda: derivex.jacobian("3"), "there is no variable"),
        (lambda: derivex.gradient("A y", by="y", let=LET), "A is m × d and y is n × 1"),
        (lambda: derivex.gradient("w + y", by="y", let=LET), "w is d × 1 and y is n × 1"),
        (lambda: derivex.gradient("A^-1", by="A", let=LET), "A is m × d: it cannot be inverted"),
        (lambda: derivex.gradient("tr(A)", by="A", let=LET), "A is m × d: it cannot have the"),
        (lambda: derivex.gradient("w^2", by="w", let=LET), "w is d × 1: it cannot be raised"),
        (lambda: derivex.gradient("1/w", by="w", let=LET), "w is d × 1: it cannot be divided by"),
        (lambda: derivex.gradient("w·y", by="w", let=LET), "w is d × 1 and y is n × 1"),
        (lambda: derivex.diff("w·a", by="w", let=LET), "w is a vector or matrix"),
    ],
)
def test_what_is_refused(ask, said: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(DerivexError) as error:
        ask()
    assert said in str(error.value)
