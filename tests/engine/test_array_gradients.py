"""Gradients by vectors and matrices: every row judged by entries, against finite differences."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

import derivex
from derivex.equality import judge
from derivex.expression.array_nodes import Nabla
from derivex.notation import TextWriter
from derivex.rulebook import shipped_book
from tests.engine.numpy_values import numpy_value

BOOK = shipped_book()
det, inv = np.linalg.det, np.linalg.inv
SIZES = {"n": 3, "d": 2, "m": 2}
SHAPES = {
    **dict.fromkeys(("a", "b", "w", "x", "z", "theta"), "d"),
    **dict.fromkeys(("y", "v"), "n"),
    **dict.fromkeys(("X", "C"), "n by d"),
    **dict.fromkeys(("A", "B", "M", "E"), "d by d"),
    "S": "d by d symmetric",
}
LET = tuple(f"{name}: {shape}" for name, shape in SHAPES.items())
Entries = dict[str, np.ndarray]

# What is differentiated, by what, the gradient, and the same with NumPy.
TABLE = [
    ("a^T x",                 "x", "a",                              lambda g: g["a"] @ g["x"]),
    ("x^T a",                 "x", "a",                              lambda g: g["a"] @ g["x"]),
    ("w·x",                   "w", "x",                              lambda g: g["w"] @ g["x"]),
    ("‖w‖^2",                 "w", "2w",                             lambda g: g["w"] @ g["w"]),
    ("w^T w",                 "w", "2w",                             lambda g: g["w"] @ g["w"]),
    ("‖w‖",                   "w", "w/‖w‖",                          lambda g: norm(g["w"])),
    ("x^T A x",               "x", "(A + Aᵀ) x",                     lambda g: g["x"] @ g["A"] @ g["x"]),
    ("x^T S x",               "x", "2Sx",                            lambda g: g["x"] @ g["S"] @ g["x"]),
    ("b^T A x",               "x", "Aᵀb",                            lambda g: g["b"] @ g["A"] @ g["x"]),
    ("‖X θ - y‖^2",           "theta", "2Xᵀ(Xθ − y)",                    lambda g: residual(g) @ residual(g)),
    ("(X θ - y)^T (X θ - y)", "theta", "2Xᵀ(Xθ − y)",                    lambda g: residual(g) @ residual(g)),
    ("‖X θ - y‖^2 + c ‖θ‖^2", "theta", "2Xᵀ(Xθ − y) + 2c θ",             lambda g: residual(g) @ residual(g) + 2 * g["theta"] @ g["theta"]),
    ("1/n ‖X θ - y‖^2",       "theta", "2Xᵀ(Xθ − y)/n",                  lambda g: residual(g) @ residual(g) / 3),
    ("‖X θ - y‖",             "theta", "Xᵀ(Xθ − y)/‖Xθ − y‖",            lambda g: norm(residual(g))),
    ("a^T X^T y",             "a", "Xᵀy",                            lambda g: g["a"] @ g["X"].T @ g["y"]),
    ("tr(E) + 1",             "E", "I_d",                            lambda g: np.trace(g["E"]) + 1),
    ("tr(A B)",               "B", "Aᵀ",                             lambda g: np.trace(g["A"] @ g["B"])),
    ("tr(B A)",               "B", "Aᵀ",                             lambda g: np.trace(g["A"] @ g["B"])),
    ("tr(B^T A)",             "B", "A",                              lambda g: np.trace(g["B"].T @ g["A"])),
    ("tr(B^T A B)",           "B", "AB + AᵀB",                       lambda g: np.trace(g["B"].T @ g["A"] @ g["B"])),
    ("tr(X^T X)",             "X", "2X",                             lambda g: (g["X"] ** 2).sum()),
    ("tr(A^-1 B)",            "A", "−A⁻ᵀBᵀA⁻ᵀ",                      lambda g: np.trace(inv(g["A"]) @ g["B"])),
    ("log det M",             "M", "M⁻ᵀ",                            lambda g: np.log(det(g["M"]))),
    ("det M",                 "M", "det(M) M⁻ᵀ",                     lambda g: det(g["M"])),
    ("det(A M)",              "M", "det(AM) Aᵀ((AM)⁻¹)ᵀ",            lambda g: det(g["A"] @ g["M"])),
    ("M_11",                  "M", "e₁ e₁ᵀ",                         lambda g: g["M"][0, 0]),
    ("‖X‖_F^2",               "X", "2X",                             lambda g: (g["X"] ** 2).sum()),
    ("v^T X b",               "X", "vbᵀ",                            lambda g: g["v"] @ g["X"] @ g["b"]),
    ("a^T A^-1 b",            "A", "−A⁻ᵀabᵀA⁻ᵀ",                     lambda g: g["a"] @ inv(g["A"]) @ g["b"]),
    ("‖X A - C‖^2",           "A", "2Xᵀ(XA − C)",                    lambda g: ((g["X"] @ g["A"] - g["C"]) ** 2).sum()),
    ("‖X θ - y‖^2",           "X", "2 (Xθ − y) θᵀ",                  lambda g: residual(g) @ residual(g)),
    ("logsumexp(z)",          "z", "softmax(z)",                     lambda g: np.log(np.exp(g["z"]).sum())),
    ("-log softmax(z)_1",     "z", "−(e₁ − softmax(z))",             lambda g: -np.log(softmax(g["z"])[0])),
    ("-a·log(softmax(z))",    "z", "−(a − (a·𝟏) softmax(z))",        lambda g: -g["a"] @ np.log(softmax(g["z"]))),
    ("sum(log(1 + e^(-y_i (w·x))), i = 1..n)", "w", "−sum(yᵢ e^(−yᵢ (w·x)) x/(1 + e^(−yᵢ (w·x))), i = 1..n)", lambda g: sum(np.log(1 + np.exp(-g["y"][i] * g["w"] @ g["x"])) for i in range(3))),
    ("1/(1 + e^(-w·x))",      "w", "e^(−w·x) x/(1 + e^(−w·x))²",     lambda g: 1 / (1 + np.exp(-g["w"] @ g["x"]))),
    ("(X θ)_2",               "theta", "Xᵀ e₂",                          lambda g: (g["X"] @ g["theta"])[1]),
    ("sin(w·x) ‖w‖^2",        "w", "‖w‖² cos(w·x) x + 2 sin(w·x) w", lambda g: np.sin(g["w"] @ g["x"]) * g["w"] @ g["w"]),
    ("(a·w)/(b·w)",           "w", "((b·w) a − (a·w) b)/(b·w)²",     lambda g: g["a"] @ g["w"] / (g["b"] @ g["w"])),
    ("log det(X^T X)",        "X", "2X(XᵀX)⁻¹",                      lambda g: np.log(det(g["X"].T @ g["X"]))),
    ("tr(M^3)",               "M", "3Mᵀ Mᵀ",                         lambda g: np.trace(g["M"] @ g["M"] @ g["M"])),
    ("(x - b)^T A^-1 (x - b)", "x", "A⁻¹(x − b) + A⁻ᵀ(x − b)",       lambda g: (g["x"] - g["b"]) @ inv(g["A"]) @ (g["x"] - g["b"])),
    ("exp(-‖x - b‖^2/2)",     "x", "−exp(−‖x − b‖²/2) (x − b)",      lambda g: np.exp(-((g["x"] - g["b"]) ** 2).sum() / 2)),
    ("(x·b)/(‖x‖ ‖b‖)",       "x", "(‖x‖² b − (x·b) x)/(‖x‖³ ‖b‖)", lambda g: g["x"] @ g["b"] / norm(g["x"]) / norm(g["b"])),
    ("logsumexp(A x + b)",    "x", "Aᵀ softmax(Ax + b)",             lambda g: np.log(np.exp(g["A"] @ g["x"] + g["b"]).sum())),
    ("‖A tanh(M x + b) - a‖^2", "M", "2 ([1 − tanh(t)²]_(t = Mx + b) ⊙ (Aᵀ(A tanh(Mx + b) − a))) xᵀ", lambda g: ((g["A"] @ np.tanh(g["M"] @ g["x"] + g["b"]) - g["a"]) ** 2).sum()),
    ("‖diag(w) x‖^2",         "w", "2 diag(x) diag(w) x",             lambda g: ((g["w"] * g["x"]) ** 2).sum()),
]  # fmt: skip


def norm(u: np.ndarray) -> float:
    return float(np.linalg.norm(u))


def residual(g: dict[str, np.ndarray]) -> np.ndarray:
    return g["X"] @ g["theta"] - g["y"]


def softmax(u: np.ndarray) -> np.ndarray:
    return np.exp(u) / np.exp(u).sum()


def random_entries(seed: int) -> Entries:
    """Random entries for all arrays, by their declared shapes, and values for all letters."""
    draw = np.random.default_rng(seed)
    found: Entries = {}
    for name, shape in SHAPES.items():
        rows, _, columns = shape.removesuffix(" symmetric").partition(" by ")
        size = (SIZES[rows], SIZES[columns]) if columns else (SIZES[rows],)
        found[name] = draw.uniform(0.3, 1.2, size)
    found["S"] = found["S"] + found["S"].T
    for name in ("A", "M"):
        found[name] = found[name] + 2 * np.eye(2)  # well away from singular ones
    return {**found, "c": np.float64(2)}


def finite_differences(function: Callable[[Entries], float], by: str, at: Entries) -> np.ndarray:
    """Central differences by every entry, one at a time."""
    found = np.zeros_like(at[by])
    step = 1e-5
    for place in np.ndindex(*found.shape):
        sides = []
        for sign in (1, -1):
            moved = at[by].copy()
            moved[place] += sign * step
            sides.append(function({**at, by: moved}))
        found[place] = (sides[0] - sides[1]) / (2 * step)
    return found


@pytest.mark.parametrize(("text", "by", "expected", "numeric"), TABLE)
def test_table(text: str, by: str, expected: str, numeric: Callable[[Entries], float]) -> None:
    found = derivex.gradient(text, by=by, let=LET)
    assert TextWriter().write(found.record.row) == expected
    assert found.status.value == "finished"
    for partial in found.partials:
        assert derivex.Derivative.from_json(partial.to_json()).derivation == partial.derivation
    # The gradient is what it says by its entries ...
    (variable,) = found.record.by
    verdict = judge(Nabla(found.record.expression, variable), found.record.row, BOOK.functions)
    assert verdict.holds, verdict
    # ... and what the differences of the function itself are.
    for seed in (0, 1):
        entries = random_entries(seed)
        mine = numpy_value(found.record.row, {**entries, **SIZES})
        theirs = finite_differences(numeric, by, entries)
        assert mine == pytest.approx(theirs, rel=1e-6, abs=1e-7)


# The derivative by one entry of an array that stands there whole: an entry of the gradient.
ENTRIES = [
    ("(X θ - y)^T (X θ - y)", "theta_1", "(2Xᵀ(Xθ − y))[1]"),
    ("‖w‖^2",                 "w_k",     "(2w)ₖ"),
    ("w·a + 3w_1",            "w_1",     "a[1] + 3"),
    ("M_11 + tr(M)",          "M_11",    "2"),
    ("tr(E) + 1",             "E_12",    "0"),
    ("log det M",             "M_12",    "(M⁻ᵀ)[1, 2]"),
    ("c ‖w‖^2 + w_2",         "c",       "‖w‖²"),
    ("M_11 M_12",             "M_12",    "M[1, 1]"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "by", "expected"), ENTRIES)
def test_by_one_entry(text: str, by: str, expected: str) -> None:
    found = derivex.diff(text, by, let=LET)
    assert found.status.value == "finished"
    assert judge(found.derivation.start, found.expression, BOOK.functions).holds
    assert TextWriter().write(found.expression) == expected


@pytest.mark.parametrize("text", ["tr(c M)", "det(c M)", "‖c w - a‖^2", "logsumexp(c w)"])
def test_a_function_of_an_array_is_no_function_of_a_number(text: str) -> None:
    found = derivex.diff(text, "c", let=LET)
    assert found.status.value == "stuck"
    assert len(found.lines()) == 1 or "′" not in found.to_text()
