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
    # a sum of data depends on no parameter that is not in it
    (
        r"\[ \frac{d}{ds}\left(\sum_i h_i^2 + s^2\right)"
        r" = \frac{d}{ds} \sum_i h_i^2 + 2s = 2(s + 1) \]",
        "true wrong",
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
    # an estimate is made of the parameters, whatever else the loss is made of
    (
        r"\[ J = \frac{1}{m} \sum_{i=1}^m (\hat{t}_i - t_i)^2 + \sum_{k=1}^n v_k^2 \]"
        r"\[ \frac{\partial J}{\partial v_j}"
        r" = \frac{2}{m} \sum_{i=1}^m (\hat{t}_i - t_i) u_{ij} + 2 v_j \]",
        "given given",
    ),
    # the step of an update may be told above
    (
        r"\[ E = (t - y)^2 \] \[ w_{ij}^{(s+1)} = w_{ij}^{(s)} - \eta \frac{\partial E}{\partial y} \]",
        "given given",
    ),
    # what is set to zero before a colon, and behind "and"
    (
        r"Let $F(p, q) = p^2 + 4q^2 - 2p$. We set the derivatives equal to zero:"
        r"\[ \frac{\partial F}{\partial p} = 0, \frac{\partial F}{\partial q} = 0 \]",
        "given given",
    ),
    # rounded lists, and digits that are left out
    (r"\[ v = 0.05 [0.81, 0.93] \approx [0.0405, 0.0465] \]", "given true"),
    (r"\[ v = 0.05 [0.81, 0.93] \approx [0.0405, 0.0475] \]", "given wrong"),
    (r"\[ s = 0.81 \cdot 0.937 \approx 0.7589 \]", "given true"),
    (r"\[ s = 0.81 \cdot 0.937 \approx 0.7588 \]", "given wrong"),
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
