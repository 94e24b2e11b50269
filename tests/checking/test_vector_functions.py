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
    (r"$$f(x) = x^2$$ $$f'(3) \approx \frac{f(3.01) - f(3)}{3.01 - 3} = \frac{9.0601 - 9}{0.01} = 6.01$$", "given true true true"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), VALUES)
def test_values(text: str, words: str) -> None:
    expect(text, words)


READ = [
    # the point of a derivative in brackets behind it
    (r"$$f(x, y) = x^2 y$$ $$\frac{\partial f}{\partial x}(-1, 2) = 2 \cdot (-1) \cdot 2 = -4$$", "given true true"),
    (r"$$f(x, y) = x^2 y$$ $$\frac{\partial f}{\partial x}(-1, 2) = 4$$", "given wrong"),
    (
        r"$$\frac{\partial f}{\partial x_i}(a_1, \dots, a_m)"
        r" = \lim_{h \to 0} \frac{f(a_1, \dots, a_i + h, \dots, a_m) - f(a_1, \dots, a_m)}{h}$$",
        "true",
    ),
    # the second derivatives
    (r"With $A \in \mathbb{R}^{n \times n}$, $x \in \mathbb{R}^n$, $$\frac{\partial^2 (x^T A x)}{\partial x \partial x^T} = A + A^T$$", "true"),
    (r"With $A \in \mathbb{R}^{n \times n}$, $x \in \mathbb{R}^n$, $$\frac{\partial^2 (x^T A x)}{\partial x \partial x^T} = 3A$$", "wrong"),
    # commands whose definitions stand elsewhere, and words of other scripts
    (r"$$\frac{\p}{\p x} \sin(x \th) = \th \cos(x \th)$$", "true"),
    (r"\begin{aligned} y &= 2x \\ \text{so } y^2 &= 4x^2 \\ 这是平方 \end{aligned}", "given true"),
    # the same letter with one index and with two: two things
    (r"$$\sum_i (x_i + x_{ij}) = \sum_i x_{ij} + \sum_i x_i$$", "true"),
    # the sum of the losses is the loss
    (r"$$L = \sum_{i=1}^n L_i$$", "given"),
    # functions with the same letter and different numbers of arguments
    (r"$$\log (p(x) p(y \mid x)) = \log p(x) + \log p(y \mid x)$$", "true"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), READ)
def test_read(text: str, words: str) -> None:
    expect(text, words)


ENTRIES = [
    (f"{MAPS} " + r"$$[\nabla f(x)]_i = \frac{\partial f}{\partial x_i}$$", "true"),
    # f_x, f_xy and the gradient at a point of a function that is defined
    (r"$$f(x, y) = x^2 y$$ $$f_x(x, y) = 2xy$$ $$f_{xy} = 2x$$ $$f_y(3, 1) = 9$$ $$f_x(3, 1) = 9$$", "given true true true wrong"),
    (r"$$f(x, y) = x^2 y$$ $$\nabla f(1, 2) = (4, 1)$$ $$\nabla f(1, 2) = (4, 2)$$", "given true wrong"),
    # an iteration, and numbered entries
    (r"$$x_{k+1} = x_k - \frac{x_k^2 - 2}{2 x_k}$$", "given"),
    (r"$$z_1 = 2x$$ $$z_2 = 3x$$ $$\frac{dz_2}{dx} = 3$$", "given given true"),
    # the identity beside a matrix
    (r"With $A \in \mathbb{R}^{n \times n}$, $w \in \mathbb{R}^n$, $$(A + \lambda I) w = A w + \lambda w$$", "true"),
    # what the words behind a comma restrict
    ("sqrt(x^2) = x, since x > 0", "true"),
    ("sqrt(x^2) = x", "wrong"),
    ("6 = 2 * 3 > 0, so a minimum", "true given"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), ENTRIES)
def test_entries_and_points(text: str, words: str) -> None:
    expect(text, words)
