"""Hand-ins, solutions and notes that were written before the program was tried on them.

Each is a file in ``hand_ins/``.  Half of them have one slip, made on purpose: it must be the only
line that is called wrong.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import derivex

HAND_INS = Path(__file__).parent / "hand_ins"

SLIPS = {
    "arctan_identity.txt": 6,  # a factor is multiplied into half of a sum
    "bernoulli.md": 5,  # an inner derivative
    "gradient_descent_steps.txt": 11,  # an addition
    "half_of_root.txt": 2,  # a half for a root, and no value put in for x
    "hessian_matrix.md": 8,  # a subtraction, in a sentence
    "kernel_ridge_slip.tex": 5,  # λ I becomes I
    "limit_definition.tex": 9,  # a sign, which the next line repairs
    "lstm_cell.tex": 7,  # a factor of another gate
    "map_estimate_slip.md": 11,  # two variances exchanged
    "max_likelihood_poisson.tex": 6,  # Σ 1 = 1
    "mean_squared_error.tex": 11,  # a sign
    "numeric_rounding.md": 11,  # a decimal point
    "principal_components.tex": 6,  # a factor 2
    "product_rule_student.txt": 11,  # an exponent
    "prose_solution.md": 6,  # a value, in a sentence
    "quadratic_form.md": 9,  # A for A + Aᵀ
    "quotient_rule_slip.tex": 10,  # an exponent
    "relu_gelu.md": 6,  # an exponent, in a list
    "ridge_equation.tex": 10,  # a sign, where a gradient is set to zero
    "ridge_repaired.tex": 4,  # a sign, silently right again in the next line
    "ridge_slip.tex": 2,  # an inner derivative
    "tangent_line.txt": 7,  # a bracket
    "two_layer_network.md": 10,  # the derivative of tanh
    "weight_decay_slip.md": 9,  # the sign of a bracket, with an unknown function
}
"""The line with the slip."""

RIGHT = (
    "chain_rule_homework.tex",
    "decimals.md",
    "exponential_likelihood.tex",
    "implicit_circle.md",
    "integration_sub.txt",
    "komma.tex",
    "l2_regularised.tex",
    "lagrange_box.txt",
    "lhopital.md",
    "log_differentiation.tex",
    "logistic_gradient.md",
    "logistic_inner.md",
    "map_estimate.md",
    "matrices_least_squares.tex",
    "newton_iteration.txt",
    "optimisation_box.md",
    "prod3.txt",
    "prose_right.tex",
    "related_rates.md",
    "ridge_scalar.tex",
    "ridge_scalar_solve.txt",
    "second_derivatives.tex",
    "softmax_cross_entropy.tex",
    "student_notebook.ipynb",
    "substitution_columns.tex",
    "tangent_prose.tex",
    "vectors_cos.tex",
)


@pytest.mark.parametrize("name", sorted((*SLIPS, *RIGHT)))
def test_hand_in(name: str) -> None:
    lines = derivex.check(HAND_INS / name).lines
    told = [(line.place.line, line.text, line.verdict, line.note) for line in lines]
    wrong = [line.place.line for line in lines if line.verdict == "wrong"]
    assert wrong == ([SLIPS[name]] if name in SLIPS else []), told
    assert not [each for each in told if each[2] in ("unreadable", "undecided")]
    assert any(line.verdict in ("proven", "tested", "wrong") for line in lines), told


def test_every_hand_in_is_told_of() -> None:
    assert {path.name for path in HAND_INS.iterdir()} == {*SLIPS, *RIGHT}
