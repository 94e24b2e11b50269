"""What a page does not say: how one quantity depends on another, or what a whole list is."""

from __future__ import annotations

import pytest

from tests.checking.test_implicit import judged

PAGES = [
    # how z depends on the weights was told in words, so its derivative is no 0
    (
        r"The loss is $E = -\sum_k t_k \log q_k$. \[ \frac{\partial E}{\partial u_j} = q_j - t_j \]",
        "given",
    ),
    (
        r"\[ s_j = \sum_i v_{ij} r_i \] \[ E = \frac12 \sum_m \sum_j (r_{j,m} - t_{j,m})^2 \]"
        r"\[ \frac{\partial E}{\partial r_j} = r_j - t_j \]",
        "given given given",
    ),
    # where all is said the derivative is what it is
    (
        r"\[ E = \frac12 \sum_j (r_j - t_j)^2 \] \[ \frac{\partial E}{\partial r_j} = t_j - r_j \]",
        "given wrong",
    ),
    # only the entries of y are said to be something; ∂y/∂x is meant for each of them
    (
        r"\[ y_i = \gamma x_i + \beta \]"
        r"\[ \frac{\partial L}{\partial x} = \gamma \frac{\partial L}{\partial y} \]",
        "given given",
    ),
    (
        r"Let $g(t) := f(w_1, \ldots, w_n)$ with $w_i := a_i + t b_i$. Then"
        r"\[ g'(t) = \sum_{i=1}^n \frac{\partial f}{\partial w_i} b_i \]",
        "given",
    ),
    # what is said of entries holds in what is said of others
    (
        r"\[ m_j = \frac1N \sum_{i=1}^N x_{i,j} \]"
        r"\[ u_{i,j} = \frac{x_{i,j} - m_j}{\sqrt{v_j + c}} \]"
        r"\[ \frac{\partial u_{i,j}}{\partial v_j} = -\frac12 (x_{i,j} - m_j) (v_j + c)^{-3/2} \]",
        "given given true",
    ),
    (
        r"\[ m_j = \frac1N \sum_{i=1}^N x_{i,j} \]"
        r"\[ u_{i,j} = \frac{x_{i,j} - m_j}{\sqrt{v_j + c}} \]"
        r"\[ \frac{\partial u_{i,j}}{\partial v_j} = -\frac12 (x_{i,j} - m_j) (v_j + c)^{-1/2} \]",
        "given given wrong",
    ),
    # a new name below a sum is a new name
    (r"\[ E = -\sum_k t_k \log q_k = -\sum_k e_k \]", "given given"),
    (r"\[ E = -\sum_k t_k \log q_k = -\sum_k t_k q_k \]", "given wrong"),
]


@pytest.mark.parametrize(("page", "words"), PAGES)
def test_what_is_not_said_is_no_mistake(page: str, words: str) -> None:
    assert " ".join(judged(page)) == words
