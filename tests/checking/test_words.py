"""What the words around formulas make of them: premises, equations to be solved, questions."""

from __future__ import annotations

import pytest

import derivex
from tests.checking.test_lines import VERDICTS

WORDS = [
    # a letter that is another function in the next exercise
    (
        "Let $f(x) = x^2$. Then $f'(x) = 2x$.\n\nLet $f$ be differentiable with $f(3) = 4$ and"
        " $f'(3) = 6$. For $g(x) = x f(x)$ we get $g'(x) = f(x) + x f'(x)$, so"
        " $g'(3) = 4 + 3 \\cdot 6 = 22$.",
        "true given given true given true",
    ),
    # y is another one of x, and x another one of t
    (
        "We take $y = x^2$ with $x = \\cos t$ and get $\\frac{dy}{dt} = -2 \\cos t \\sin t$.\n\n"
        "For the curve $y = x^3$ with $x = e^t$ the derivative is\n\n$$\\frac{dy}{dt} = 3e^{3t}$$",
        "true given true",
    ),
    # f = u^4 says again what f is; df/du is taken by u
    (
        "Let $u = 2x + 1$ and $f(x) = (2x+1)^4$, so $f = u^4$.\n"
        "$$\\frac{df}{dx} = \\frac{df}{du}\\frac{du}{dx} = 4u^3 \\cdot 3$$",
        "true true wrong",
    ),
    # a rate that was met before, of which no value is written
    (
        "The volume is $V = r^3$.\n$$\\frac{dV}{dt} = 3r^2 \\frac{dr}{dt}$$\nWith $r = 2$ we get\n"
        "$$\\frac{dV}{dt} = 12$$",
        "true given",
    ),
    # the f of another section; the one of the same section stays
    (
        "# Newton\nLet $f(x) = x^2 - 2$.\n\n# Definition\n"
        "$$f'(x) = \\lim_{h \\to 0} \\frac{(x+h)^3 - x^3}{h} = 3x^2$$",
        "given true",
    ),
    ("# One\nLet $f(x) = x^2$.\n\n## Solution\n$$f'(x) = 3x$$", "wrong"),
    ("# One\nLet $f(x) = x^2$.\n\n# Derivative\n$$f'(x) = 3x$$", "wrong"),
    ("Let $f(x) = x^2$.\n\n# One\n$$f'(x) = 3x$$", "wrong"),
    ("Is $(x^2)' = 3x$? We solve $2x + 1 = 7$ and find $x = 3$.", "given true"),
    ("We solve $2x + 1 = 7$ and find $x = 4$.", "given wrong"),
    (r"\[ 2x - 6 \overset{!}{=} 0 \Rightarrow x = 3 \]", "given true"),
    (r"\[ 2x - 6 \stackrel{!}{=} 0 \Rightarrow x = 4 \]", "given wrong"),
    # names for solutions
    (r"\[ 2w - 6 = 0 \Rightarrow w^* = 3 \]", "given true"),
    (r"\[ 2w - 6 = 0 \Rightarrow \hat w = 4 \]", "given wrong"),
    (
        r"\[ \frac{k}{\theta} - \frac{m}{1-\theta} = 0 \iff \theta_{\text{MLE}} = \frac{k}{k+m} \]",
        "given true",
    ),
    # a variance is a parameter, and what is differentiated by
    (
        r"Let $\ell(\mu, \sigma^2) = -n \log(\sigma^2) - \frac{1}{\sigma^2}\sum_{i=1}^n (x_i - \mu)^2$."
        r"\[ \frac{\partial \ell}{\partial \sigma^2} = -\frac{n}{\sigma^2} + \frac{1}{\sigma^4} \sum_{i=1}^n (x_i - \mu)^2 = 0 \]"
        r"so $\hat\sigma^2 = \frac1n \sum_{i=1}^n (x_i - \mu)^2$."
        r"\[ \frac{\partial \ell}{\partial \mu} = \frac{1}{\sigma^2} \sum_{i=1}^n (x_i - \mu) \]",
        "true given true wrong",
    ),
    # gradients of an unknown function at a point
    (
        r"\[ \nabla f(x^t) + \frac22 \nabla^2 f(x^t) (x - x^t) = \nabla f(x^t) + \nabla^2 f(x^t) (x - x^t) \]",
        "true",
    ),
    (
        r"\[ \nabla f(x^t) + \nabla^2 f(x^t) (x - x^t) = \nabla f(x^t) + 2\nabla^2 f(x^t) (x - x^t) \]",
        "wrong",
    ),
    # a value of a function is no definition of it
    ("f(a) = a^2\nf(a^2) = 2a", "given wrong"),
    ("f(a) = a^2\nf(a^2) = 2a\n\nf'(a) = d/da f(a)\n = 2a", "given wrong true true"),
    ("d/dx log_2(x)\n = 1/(x ln 2)", "given true"),
    ("2x 3y^2 = 6x y^2", "true"),
    ("f(x) = x^2 has the derivative f'(x) = 2x and f'(3) = 7.", "given true wrong"),
    ("A = l w where l = 10 - w\n = (10 - w) w", "given given true"),
    # a bracket behind a name that holds the name itself is a factor
    (
        "Let $g(z) = \\frac{1}{1+e^{-z}}$. Then $g' = g(1-g)$ and $g'' = g'(1-2g)$.",
        "true true",
    ),
    ("Let $g(z) = \\frac{1}{1+e^{-z}}$. Then $g' = g(2-g)$.", "wrong"),
    # σ is the sigmoid function where σ′ stands, or dσ/dz and σ(z), and a letter elsewhere
    (
        "The sigmoid has $\\sigma' = \\sigma(1-\\sigma)$, so $\\sigma'' = \\sigma'(1-2\\sigma)$.",
        "true true",
    ),
    (
        "With $\\sigma(z) = \\frac{1}{1+e^{-z}}$ we have $\\frac{d\\sigma}{dz} = \\sigma(1-\\sigma)$.",
        "true true",
    ),
    (
        "With $\\sigma(z) = \\frac{1}{1+e^{-z}}$ we have $\\frac{d\\sigma}{dz} = \\sigma(1+\\sigma)$.",
        "true wrong",
    ),
    ("Let $L = \\sigma^2$. Then $\\frac{dL}{d\\sigma} = 2\\sigma$.", "true"),
    ("Let $\\sigma = 3t$. Then $\\frac{d\\sigma}{dt} = 3$.", "given true"),
    ("f(x) = x^3\nf''(2) = 12 > 0, minimum", "given true given"),
    ("f(x) = x^3\nf''(2) = 6 > 0, local minimum", "given wrong given"),
    # what a line says of y'/y is judged, and what follows from it is no further mistake
    (
        r"\begin{align*} y &= (\cos x)^x \\ \ln y &= x \ln\cos x \\"
        r"\frac{y'}{y} &= \ln\cos x + x\tan x \\ y' &= (\cos x)^x (\ln\cos x + x\tan x) \end{align*}",
        "given true wrong true",
    ),
    # y² (1 − y′) is a product
    (
        r"\begin{align*} y^3 &= x \\ 3y^2(1 - y') &= 3y^2 - 1 \end{align*}",
        "given true",
    ),
    # the equations of a system, and an iteration for the solution of an equation
    (
        r"\begin{align} 2x &= 2\lambda x \tag{1} \\ 4y &= 2\lambda y \tag{2} \end{align}",
        "given given",
    ),
    (
        r"We solve $x^2 - 2 = 0$ by \[ x_{n+1} = x_n - \frac{x_n^2 - 2}{2x_n} \] so that we get"
        r"\[ x_3 = 1.5 - \frac{1.5^2 - 2}{3} \approx 1.4167 \]",
        "given given given true",
    ),
    ("0.1 + 0.0333... = 0.1333...", "true"),
    (
        r"\[ v = \frac{30\,\text{m}}{4\,\text{s}} = 7.5\,\text{m/s} = 7\ \mathrm{m/s} \]",
        "given true wrong",
    ),
    (
        r"Polar: $x = r\cos\theta$, $y = r\sin\theta$ and $r = \sqrt{x^2 + y^2}$."
        r"\[ \frac{\partial r}{\partial x} = \frac{x}{r} = \cos\theta = \sin\theta \]",
        "given true true wrong",
    ),
    # two equations beside one another, and what a colon sets off
    ("f(x) = cos x        f(0) = 1\nf'(x) = -sin x      f'(0) = 1", "given true true wrong"),
    (
        "A = pi r^2\ndA/dt = 2 pi r dr/dt\nWhen r = 10 cm: A = 100 pi cm^2 = 10 pi cm^2",
        "given true given given wrong",
    ),
    # "If y = …, then" says what y is from here on
    (
        r"If $y = x^2$, then $y' = 2x$. If $y = \sin x$, then $y' = \cos x$ and $y'' = \sin x$.",
        "true true wrong",
    ),
    # a differential equation, conditions for letters, a fixed point, a constraint
    (r"The equation $\frac{dP}{dt} = kP$ is solved by $P = e^{kt}$.", "given"),
    ("dP/dt = k P (1 - P)", "given"),
    ("g(x) = a x^2 + b\ng(1) = 2\ng'(1) = 4", "given given given"),
    ("x = cos x", "given"),
    (
        r"Let $g(x, y) = x + y = 1$. \[ \frac{\partial g}{\partial x} = 1 = 2 \]",
        "given given true wrong",
    ),
    # what an equation says of h is put in
    (
        r"The area is $A = 2\pi r h$, and $\pi r^2 h = 1$ gives $h = \frac{1}{\pi r^2}$. Then"
        r"\[ A = 2\pi r \frac{1}{\pi r^2} = \frac{2}{r} = \frac{1}{r} \]",
        "given true true true wrong",
    ),
    (
        r"Then \[ \lim_{x\to0}\frac{e^x - 1}{x} \ \left(\tfrac00\right) = \lim_{x\to0} e^x = 1 \]",
        "true true",
    ),
    # equations of a system solved for its letters, and numbers for these
    (
        r"\[ y = 2\lambda x, \qquad x = 8\lambda y \] So $x = 16\lambda^2 x$. This gives \[ y = 1 \]",
        "given given given given",
    ),
    ("Setting $g$ to zero: $x + y = 3$. Hence $\\frac{d}{dx} x^2 = x$.", "given wrong"),
]


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_words(text: str, words: str) -> None:
    lines = derivex.check(text).lines
    told = [(line.text, line.verdict, line.note) for line in lines]
    assert len(lines) == len(words.split()), told
    for line, word in zip(lines, words.split(), strict=True):
        assert line.verdict in VERDICTS[word], told


@pytest.mark.parametrize("text", ["", " \n\n"])
def test_an_empty_document_is_said_to_be_empty(text: str) -> None:
    (line,) = derivex.check(text, name="a.tex").lines
    assert line.verdict == "unreadable" and "this document is empty" in line.note


@pytest.mark.parametrize(
    ("name", "where"),
    [("a.tex", "align"), ("a.md", "fenced"), ("a.txt", "begins with =")],
)
def test_a_document_without_equations_says_where_they_are_looked_for(name: str, where: str) -> None:
    (line,) = derivex.check("There is nothing but words.", name=name).lines
    assert line.verdict == "unreadable"
    assert "no derivation was found" in line.note and where in line.note


NUMBERED = (
    "2. Tangent\nf(x) = x^3\ny = f(1) + f'(1)(x - 1)\n  = {tangent}\n\n3. Optimisation\n{other}\n"
)


@pytest.mark.parametrize(
    ("tangent", "other", "words"),
    [
        ("3x - 2", "A = x y with 2x + 2y = 40, so y = 20 - x", "given given true given given true"),
        (
            "3x - 1",
            "A = x y with 2x + 2y = 40, so y = 20 - x",
            "given given wrong given given true",
        ),
        (
            "3x - 2",
            "A = x y with 2x + 2y = 40, so y = 40 - x",
            "given given true given given wrong",
        ),
    ],
)
def test_a_name_of_another_exercise_judges_nothing(tangent: str, other: str, words: str) -> None:
    lines = derivex.check(NUMBERED.format(tangent=tangent, other=other), name="page.txt").lines
    told = [(line.text, line.verdict, line.note) for line in lines]
    assert len(lines) == len(words.split()), told
    for line, word in zip(lines, words.split(), strict=True):
        assert line.verdict in VERDICTS[word], told
