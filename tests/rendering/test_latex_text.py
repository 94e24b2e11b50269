"""Sentences with formulas in them, and prose in Markdown, as LaTeX."""

from __future__ import annotations

import pytest

from derivex.rendering.latex_prose import prose_as_latex
from derivex.rendering.latex_text import latex_text

SENTENCES = [
    ("using the exponent rule", "using the exponent rule"),
    ("divide both sides by 2x² a_1, if θ₁ ≠ −1", r"divide both sides by $2x^{2} a_{1}$, if $\theta_{1} \neq -1$"),
    ("solve (1) for a", "solve (1) for $a$"),
    ("substitute a from (1) into (2)", "substitute $a$ from (1) into (2)"),
    ("y is a function of x.", "$y$ is a function of $x$."),
    ("This holds if e^y − x ≠ 0.", r"This holds if $e^{y} - x \neq 0$."),
    ("0 lies in [0, 1] and the function is convex", "0 lies in $[0, 1]$ and the function is convex"),
    ("the Hessian [[6, −1], [−1, 2]] is positive", r"the Hessian $[[6,\allowbreak -1],\allowbreak [-1,\allowbreak 2]]$ is positive"),
    ("f′(x; v) = lim (f(x + h v) − f(x))/h:", r"$f'(x; v) = \lim (f(x + h v) - f(x))/h$:"),
    ("filling in z̄₁ and ȳ", r"filling in $\bar{z}_{1}$ and $\bar{y}$"),
    ("δ picks out j = i, where 1 ≤ i ≤ n", r"$\delta$ picks out $j = i$, where $1 \le i \le n$"),
    ("(f(x + v) − f(x) − gᵀv)/‖v‖", r"$(f(x + v) - f(x) - g^{\top}v)/\|v\|$"),
    ("x₁₂² is small", "$x_{12}^{2}$ is small"),
    ("50 % & #1 of {it}", r"50 \% \& \#1 of \{it\}"),
    ("naïve café → end", r"naïve café $\to$ end"),
    ("日 😀", r"\texttt{[U+65E5]} \texttt{[U+1F600]}"),
    (r"\input{secret}", r"\textbackslash{}input\{secret\}"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "latex"), SENTENCES)
def test_sentence(sentence: str, latex: str) -> None:
    assert latex_text(sentence) == latex


PROSE = [
    ("an *old* **hat** `d_1`", r"an \emph{old} \textbf{hat} \texttt{d\_1}"),
    ("# One\n\n## Two & a half", "\\section*{One}\n\n\\subsection*{Two \\& a half}"),
    ("- one\n- two", "\\begin{itemize}\n\\item one\n\\item two\n\n\\end{itemize}"),
    ("[here](https://a.org/b_c%20d)", r"\href{https://a.org/b\_c\%20d}{here}"),
    ("[there](other.md)", "there"),
    # The a at the end of a line or before another span is an article.
    ("taking a\nstep, a *step* and a `b`", "taking a\nstep, a \\emph{step} and a \\texttt{b}"),
    ("the age *a*, if a\n= 1", "the age \\emph{$a$}, if $a\n= 1$"),
    ("![a plot](a.png)", r"\emph{a plot}"),
    ("so $x^2 < 1$.", "so $x^2 < 1$."),
    ("it costs $5 and $6", r"it costs \$5 and \$6"),
    ("$$\n\\frac{1}{2}\n$$", "\\[\n\\frac{1}{2}\n\\]"),
    ("<b>x</b>", r"\textless{}b\textgreater{}x\textless{}/b\textgreater{}"),
    # Nothing reads a file or defines anything; what is incomplete is shown as it is.
    (r"$\input{/etc/passwd}$", r"\texttt{\$\textbackslash{}input\{/etc/passwd\}\$}"),
    (r"$\def\x{1}$", r"\texttt{\$\textbackslash{}def\textbackslash{}x\{1\}\$}"),
    ("$x^$", r"\texttt{\$x\textasciicircum{}\$}"),
    ("$x^2^3$", r"\texttt{\$x\textasciicircum{}2\textasciicircum{}3\$}"),
    ("${x$", r"\texttt{\$\{x\$}"),
]


@pytest.mark.parametrize(("markdown", "latex"), PROSE)
def test_prose(markdown: str, latex: str) -> None:
    assert prose_as_latex(markdown) == latex


def test_the_heading_that_is_the_title_is_not_repeated() -> None:
    assert prose_as_latex("# Slopes\n\nText.", "Slopes") == "Text."
    assert prose_as_latex("# Slopes\n\nText.", "Other") == "\\section*{Slopes}\n\nText."
