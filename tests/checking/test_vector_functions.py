"""Functions of vectors of which nothing is known, words and operators among formulas."""

from __future__ import annotations

import pytest

from tests.checking.test_lines import expect

MAPS = r"Let $f: \mathbb{R}^m \to \mathbb{R}$ and $v \in \mathbb{R}^m$, $x \in \mathbb{R}^m$."

TRUE = [
    # the derivative along v is the product with the gradient
    (r"$$\nabla_v f(x) = \lim_{t \to 0} \frac{f(x + t v) - f(x)}{t} = \nabla f(x) \cdot v$$", "true true"),
    (r"$$f'(x; v) = (\nabla f(x))^T v$$", "true"),
    (r"$$\nabla f(x) = \left( \frac{\partial f}{\partial x_1}, \dots, \frac{\partial f}{\partial x_m} \right)$$", "true"),
    (r"$$\nabla f(x) \cdot v = \sum_{i=1}^m \frac{\partial f}{\partial x_i} v_i$$", "true"),
    (r"$$\operatorname{argmax}_v f'(x; v) = \operatorname{argmax}_v \nabla f(x) \cdot v$$", "true"),
]  # fmt: skip

WRONG = [
    (r"$$f'(x; v) = \nabla f(x) \cdot x$$", "wrong"),
    (r"$$\nabla f(x) \cdot v = \sum_{i=1}^m \frac{\partial f}{\partial x_i} x_i$$", "wrong"),
    (r"$$\nabla f(x) \cdot v = \lim_{t \to 0} \frac{f(x + 2 t v) - f(x)}{t}$$", "wrong"),
]


@pytest.mark.parametrize(("formulas", "words"), TRUE + WRONG)
def test_of_vectors(formulas: str, words: str) -> None:
    expect(f"{MAPS}\n\n{formulas}\n", words)


LEFT_ALONE = [
    # an operator that is not read: what stands under it is compared, and never called wrong
    (r"$$w = \arg\min_w (w - 1)^2 = \arg\min_w (w^2 - 2w + 1)$$", "given true"),
    (r"$$w = \arg\min_w (w - 1)^2 = \arg\min_w \log (w - 1)^2$$", "given open"),
    (r"$$J = \mathbb{E}_{x \sim p}[(x - a)^2] = \mathbb{E}_{x \sim p}[x^2 - 2ax + a^2]$$", "given true"),
    (r"$$\operatorname{argmax}_{v, \|v\| = 1} \|v\| a = \operatorname{argmax}_{v, \|v\| = 1} a$$", "true"),
    # words, sets, and lists of which only the pattern is shown
    (r"$$w := w - \alpha (\text{a positive number})$$", "given"),
    (r"$$F = \{ h(x) = w x \mid w > 0 \}$$", "given"),
    (r"$$e_i = (0, \dots, 0, 1, 0, \dots, 0)$$", "given"),
    # a set that says what a function is
    (r"With $H = \{h(x) = 3x \mid x > 0\}$ we have $$h(2) = 6$$ $$h(2) = 7$$", "given true wrong"),
    # an angle is what makes this true
    (r"$$u \cdot v = \|u\| \|v\| \cos \theta$$", "given"),
    # approximations with letters
    (r"$$\frac{dL}{dw} \approx \frac{L(w + h) - L(w - h)}{2h}$$", "given"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), LEFT_ALONE)
def test_left_alone(text: str, words: str) -> None:
    expect(text, words)


VALUES = [
    # the value beside a function is put in
    (r"\begin{aligned} f(a) &= a^2 \end{aligned} $$\begin{aligned} a &= 3 & f(a) &= 9 \\ a &= 4 & f(a) &= 15 \end{aligned}$$", "given given true given wrong"),
    (r"$$f(a) = a^2$$ $$\begin{aligned} a &= 3.01 & f(a) &\approx 9.06 \\ & & & (9.0601) \end{aligned}$$", "given given true true"),
    (r"$$f(a) = a^2$$ $$\begin{aligned} a &= 3.01 & f(a) &\approx 9.06 \\ & & & (9.0610) \end{aligned}$$", "given given true wrong"),
    # decimals that a function is applied to are exact: a difference quotient is no derivative
    (r"$$f(x) = x^2$$ $$f'(3) = \frac{f(3.01) - f(3)}{3.01 - 3}$$", "given wrong"),
    (r"$$f(x) = x^2$$ $$f'(3) \approx \frac{f(3.01) - f(3)}{3.01 - 3} = \frac{9.0601 - 9}{0.01} = 6.01$$", "given wrong true true"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), VALUES)
def test_values(text: str, words: str) -> None:
    expect(text, words)
