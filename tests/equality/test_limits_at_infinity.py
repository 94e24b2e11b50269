"""Limits at ∞, infinite limits, and sums and integrals up to ∞: tested, wrong or left open."""

from __future__ import annotations

import pytest

from derivex.equality import judge
from derivex.notation import Scope, read_relation
from derivex.notation.latex import latex_source
from derivex.rulebook import shipped_book

BOOK = shipped_book()
SCOPE = Scope(functions=BOOK.functions)

LIMITS = [
    ("tested", r"\lim_{x\to\infty} \frac{x}{x+1} = 1"),
    ("wrong", r"\lim_{x\to\infty} \frac{x}{x+1} = 0"),
    ("tested", r"\lim_{n\to\infty} (1+\frac1n)^n = e"),
    ("wrong", r"\lim_{n\to\infty} (1+\frac1n)^n = 1"),
    ("tested", r"\lim_{n\to\infty} (1+\frac{a}n)^n = e^a"),
    ("wrong", r"\lim_{n\to\infty} (1+\frac{a}n)^n = e^{2a}"),
    ("tested", r"\lim_{x\to\infty} e^{-x}x^5 = 0"),
    ("wrong", r"\lim_{x\to\infty} e^{-x}x^5 = 1"),
    ("tested", r"\lim_{x\to\infty} \frac{\ln x}{x} = 0"),
    ("wrong", r"\lim_{x\to\infty} \frac{\ln x}{x} = 1"),
    ("tested", r"\lim_{x\to\infty} \frac{3x^2+1}{2x^2-x} = \frac32"),
    ("wrong", r"\lim_{x\to\infty} \frac{3x^2+1}{2x^2-x} = \frac23"),
    ("undecided", r"\lim_{x\to\infty} \frac{1}{\ln\ln x} = 0"),
    ("undecided", r"\lim_{x\to\infty} \ln\ln x = \infty"),
    ("tested", r"\lim_{x\to\infty} \ln x = \infty"),
    ("wrong", r"\lim_{x\to\infty} \ln x = 0"),
    ("tested", r"\lim_{x\to-\infty} e^x = 0"),
    ("tested", r"\lim_{x\to+\infty} \arctan x = \frac{\pi}{2}"),
    ("wrong", r"\lim_{x\to-\infty} \arctan x = \frac{\pi}{2}"),
    ("tested", r"\lim_{x\to0^-} \frac1x = -\infty"),
    ("wrong", r"\lim_{x\to0^-} \frac1x = \infty"),
    ("tested", r"\lim_{x\to0} \frac1{x^2} = \infty"),
    ("undecided", r"\lim_{x\to0} \frac1{x} = \infty"),
    ("tested", r"\lim_{x\to0^+} x\ln x = 0"),
    ("tested", r"\lim_{x\to0^+} \ln x = -\infty"),
    ("tested", r"\lim_{x\to\infty} (\sqrt{x^2+x}-x) = \frac12"),
    ("wrong", r"\lim_{x\to\infty} (\sqrt{x^2+x}-x) = 0"),
    ("undecided", r"\lim_{x\to\infty} \sin x = 0"),
    ("tested", r"\lim_{x\to\infty} \frac{\sin x}{x} = 0"),
    ("tested", r"\lim_{n\to\infty} \sqrt[n]{n} = 1"),
    ("tested", r"\lim_{n\to\infty} \frac{n!}{n^n} = 0"),
    ("undecided", r"\lim_{n\to\infty} (-1)^n = 1"),
    ("tested", r"\lim_{n\to\infty} \frac{(-1)^n}{n} = 0"),
    ("tested", r"\lim_{n\to\infty} \sum_{i=1}^n \frac{i^2}{n^3} = \frac13"),
    ("wrong", r"\lim_{n\to\infty} \sum_{i=1}^n \frac{i^2}{n^3} = \frac12"),
    ("tested", r"\lim_{x\to\infty} e^{-ax} = 0"),
    ("wrong", r"\lim_{x\to\infty} e^{ax} = 0"),
    ("tested", r"\lim_{x\to\infty} x e^{-x} = 0"),
    ("tested", r"\lim_{x\to\infty} \tanh x = 1"),
    ("tested", r"\lim_{z\to\infty} \sigma(z) = 1"),
    ("tested", r"\lim_{z\to-\infty} \sigma(z) = 0"),
    ("undecided", r"\lim_{x\to\infty} \cos(2\pi x) = 1"),
    ("tested", r"\lim_{n\to\infty} \cos(2\pi n) = 1"),
    ("undecided", r"\lim_{n\to\infty} \cos(\pi n) = 1"),
    ("tested", r"\lim_{x\to\infty} x\sin\frac1x = 1"),
    ("tested", r"\lim_{n\to\infty} \frac{2^n}{n!} = 0"),
    ("tested", r"\lim_{x\to\infty} \frac{x^{100}}{e^x} = 0"),
    ("tested", r"\lim_{x\to\infty} x^2 = \infty"),
    ("wrong", r"\lim_{x\to\infty} x^2 = 5"),
    ("tested", r"\lim_{t\to\infty} \frac{K}{1+Ae^{-rt}} = K"),
    ("tested", r"\int_0^\infty e^{-x}\,dx = 1"),
    ("wrong", r"\int_0^\infty e^{-x}\,dx = 2"),
    ("tested", r"\int_{-\infty}^{\infty} e^{-x^2}\,dx = \sqrt{\pi}"),
    ("wrong", r"\int_{-\infty}^{\infty} e^{-x^2}\,dx = \pi"),
    ("tested", r"\int_1^\infty \frac{1}{x^2}\,dx = 1"),
    ("tested", r"\int_0^\infty \frac{1}{1+x^2}\,dx = \frac{\pi}{2}"),
    ("tested", r"\int_0^\infty x e^{-ax}\,dx = \frac1{a^2}"),
    ("wrong", r"\int_0^\infty x e^{-ax}\,dx = \frac1{a^3}"),
    ("tested", r"\sum_{n=0}^\infty \frac{x^n}{n!} = e^x"),
    ("tested", r"\sum_{n=1}^\infty \frac{1}{n^2} = \frac{\pi^2}{6}"),
    ("wrong", r"\sum_{n=1}^\infty \frac{1}{n^2} = \frac{\pi^2}{8}"),
    ("tested", r"\sum_{n=0}^\infty x^n = \frac{1}{1-x}"),
    ("tested", r"\sum_{n=0}^\infty \frac{1}{2^n} = 2"),
    ("undecided", r"\sum_{n=1}^\infty \frac{1}{n} = 5"),
    ("undecided", r"\int_1^\infty \frac{1}{x}\,dx = 3"),
    ("undecided", r"\int_0^\infty \sin x\,dx = 0"),
    ("tested", r"\int_{-\infty}^{\infty} \frac{1}{\sqrt{2\pi}}e^{-x^2/2}\,dx = 1"),
    ("tested", r"\int_0^\infty \lambda x e^{-\lambda x}\,dx = \frac1\lambda"),
]


@pytest.mark.parametrize(("kind", "latex"), LIMITS)
def test_judged(kind: str, latex: str) -> None:
    sides = read_relation(latex_source(latex), SCOPE).expression.args
    assert judge(*sides, BOOK.functions).kind == kind


def test_letters_that_a_limit_is_about_are_told() -> None:
    source = latex_source(r"\lim_{t\to\infty} \frac{K}{1+Ae^{-rt}} = K")
    sides = read_relation(source, SCOPE).expression.args
    assert "where all letters are positive" in str(judge(*sides, BOOK.functions))
