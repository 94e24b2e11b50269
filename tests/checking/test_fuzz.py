"""Documents mutated at random: an answer each time, in time, and never a traceback.

``--fuzzed-documents 2000`` is a long run; the suite tries a few.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import suppress
from random import Random
from time import monotonic, process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import derivex
from derivex.checking import VERDICTS
from derivex.checking.time_limit import OutOfTimeError, time_limit

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
_SECONDS = 2.0
_SLOWER_MACHINES = 4.0  # how many times as long a busy one may take


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


def pages(count: int) -> Iterator[tuple[str, str]]:
    for seed in range(count):
        random = Random(seed)
        name = random.choice(list(PAGES))
        yield name, mutated(PAGES[name], random)


def check_quickly(text: str, name: str) -> None:
    begin = process_time()
    found = derivex.check(text, name=name)
    took = process_time() - begin
    assert took < _SECONDS * _SLOWER_MACHINES, (took, text)
    assert all(line.verdict in VERDICTS for line in found.lines)
    assert found.verdict in VERDICTS
    for line in found.wrong:
        assert line.counterexample is not None, text
    assert found.to_json()


def test_mutated_pages(request: pytest.FixtureRequest) -> None:
    for name, text in pages(request.config.getoption("--fuzzed-documents")):
        check_quickly(text, name)


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.sampled_from(list(PAGES)))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_pages_of_scraps(text: str, name: str) -> None:
    check_quickly(text, name)


def test_a_limit_that_is_swallowed_is_reached_again() -> None:
    begin = monotonic()
    with pytest.raises(OutOfTimeError), time_limit(0.05):
        with suppress(OutOfTimeError):
            _wait(5)
        _wait(5)
    assert monotonic() - begin < 4


def test_nothing_is_left_of_a_limit() -> None:
    with time_limit(0.05):
        pass
    assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] == 0
    _wait(0.1)


def _wait(seconds: float) -> None:
    end = monotonic() + seconds
    while monotonic() < end:
        pass
