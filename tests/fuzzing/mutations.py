"""Pages and formulas as people write them, and pieces with which they are spoilt."""

from __future__ import annotations

from random import Random

__all__ = ["FORMULAS", "PAGES", "PIECES", "mutated"]

PAGES = {
    "page.txt": (
        "d/dx (x^2 sin x)\n  = 2x sin x + x^2 cos x   [product rule]\n\n"
        "x^2 - 5x + 6 = 0\n  => x = 2 or x = 3\n\n"
        "6a - b + 1 = 0, 2b - a = 0\n  => b = (b - 1)/12\n  => b = -1/11\n\n"
        "u = 3x + 1, y = u^2\ndy/dx = dy/du du/dx = 2u * 3 = 6(3x + 1)\n\n"
        "d/dw sum_(i=1)^n (y_i - w x_i)^2\n  = -2 sum_(i=1)^n (y_i - w x_i) x_i = 0\n\n"
        "lim_(h->0) ((x+h)^2 - x^2)/h = 2x\n2.001^2 ≈ 4.004\nw := w - 0.1 * 2w  # an update\n"
    ),
    "page.tex": (
        r"\begin{align*} f(x) &= \ln(x^2+1) \\ f'(x) &= \frac{2x}{x^2+1} && \text{chain rule} \\"
        "\n"
        r"\frac{d}{dx} x^2 \cdot \sin x &= 2x \cdot \sin x + x^2\cos x \end{align*}"
        "\n"
        r"Let $J(\theta) = \frac1n\sum_{i=1}^n (\theta_0 + \theta_1 x_i - y_i)^2$, so"
        "\n"
        r"\[ \frac{\partial J}{\partial \theta_0} = \frac2n \sum_{i=1}^n (\theta_0 + \theta_1 x_i"
        r" - y_i) \Rightarrow \theta_0 = \bar{y} - \theta_1 \bar{x} \]"
        "\n"
        r"$$ \nabla_w \|X w - y\|^2 = 2 X^\top (X w - y) $$ \newcommand{\half}{\frac12} $\half + x$"
    ),
    "page.md": (
        "# Homework\n\nWe have $y = x^2$ and\n\n$$\n\\frac{dy}{dx} = 2x\n$$\n\n"
        "```\nd/dx x^3 = 3x^2\n```\n\n| $x$ | $x^2$ |\n|---|---|\n| 1 | 1 |\n"
    ),
}
PIECES = [
    *"=+-*/^_()[]{}$\\&,;.0123456789xyzuabefnhiσθ∂∇Σ∫√ \n\t#'|<>≈≠∞²ᵢ\u0301\u200b\ufeff😀",
    " = ", "\n = ", "\n => ", "\n\n", "d/dx ", "∂/∂y", "sum_i ", "sum_(i=1)^n ", "lim_(h->0) ", "[chain rule]",
    " or ", "\\frac{d}{dx}", "\\frac", "\\left(", "\\right)", "\\\\", "\\begin{align}", "\\end{align}", "\\text{",
    "\\sum_{i=1}^n", "\\int_0^x", "\\nabla", "^\\top", "\\Rightarrow", "\\newcommand{\\a}{\\a\\a}", "9^9^9", "10^9!",
    "1e999", "0/0", "x^x^x", "f'(x)", "f(f(x))", "y_i", "mean(x)", "(", "((((((((", "if x > 0 then 1 else 2", "log(-1)",
    "0.1", "1,5", "%", "let ", "where ", "since x > 0", "max(x, 0)", "|x|", "∇_w ", "w := w - 1", "≈ 3.14",
]  # fmt: skip
FORMULAS = [
    "3a^2 + b^2 - ab + a", "2x sin x cos(x)^2", "sqrt(1+x**2)/x", "|x| + ||w||", "sum_i (s a_i + b - h_i)^2",
    "sum(x[i] y_i, i = 1..n)", "d/dx (x^2 e^(3x))", "∂²/∂x∂y (x y)", "X^T (X θ - y)", "mean(a h) - mean(a)^2",
    "max(x, 0) + relu(x)", "if x > 0 then x^2 else 0", "lim_(h->0) (f(x+h) - f(x))/h", "int_0^(x^2) e^(-t^2) dt",
    "w_1^2 + ... + w_n^2", "[1, 2; 3, x]", "f'(x, y; 3, 4)", "prod(x + i, i = 1..n)", "δ_ij x⁽ⁱ⁾", "2^3^2!", "1.5e-3 x",
    r"\frac{\partial}{\partial \theta_j} \frac1{2m}\sum_{i=1}^m \left(h_\theta(x^{(i)}) - y^{(i)}\right)^2",
    r"\nabla_w \|\mathbf{X}w - y\|_2^2 + \lambda w^\top w", r"\int_0^1 x^2\,dx", r"\lim_{x \to 0^+} \frac{\sin x}{x}",
    r"\begin{pmatrix} 1 & 2 \\ x & y \end{pmatrix}^{-1}", r"\begin{cases} x & x > 0 \\ 0 & \text{else} \end{cases}",
    r"\frac{d^2 y}{dx^2} = \dot{x} \cdot \bar{a}\overline{ah}", r"\log_2 \left| \sqrt[3]{x} \right|", r"\ln\prod_{i=1}^n p_i",
]  # fmt: skip


def mutated(text: str, random: Random) -> str:
    """A page with a few stretches left out, put in, doubled or swapped."""
    for _ in range(random.randint(1, 8)):
        start = random.randint(0, len(text))
        end = min(len(text), start + random.choice((0, 1, 1, 2, 5, 20)))
        kind = random.randrange(4)
        if kind == 0:
            text = text[:start] + text[end:]
        elif kind == 1:
            text = text[:start] + random.choice(PIECES) + text[start:]
        elif kind == 2:
            text = text[:start] + text[start:end] * random.randint(2, 4) + text[end:]
        else:
            other = random.randint(0, len(text))
            text = text[:start] + text[other : other + end - start] + text[end:]
    return text
