r"""LaTeX wherever a formula is accepted: arguments of commands, standard input, lessons, the library."""

from __future__ import annotations

from pathlib import Path

import pytest

import derivex
from tests.cli.commands import derivex as command

PLACES = [
    # LaTeX                                            the same in text
    (("diff", r"\frac{1}{2}x^2", "--by", "x"),         ("diff", "(1/2) x^2", "--by", "x")),
    (("diff", r"\theta^2 x", "--by", r"\theta", "--at", r"\theta = \frac12, x = 1"),
     ("diff", "theta^2 x", "--by", "theta", "--at", "theta = 1/2, x = 1")),
    (("diff", "f(2t)", "--let", r"f(u) = \frac{u^2}{2}"), ("diff", "f(2t)", "--let", "f(u) = u^2/2")),
    (("diff", r"\text{loss}", "--let", r"\text{loss} = \sqrt{s}", "--by", "s"),
     ("diff", "loss", "--let", "loss = sqrt(s)", "--by", "s")),
    (("gradient", r"\frac12 \sum_i (s a_i + b - h_i)^2", "--by", "s, b"),
     ("gradient", "(1/2) sum_i (s a_i + b - h_i)^2", "--by", "s, b")),
    (("gradient", r"\|X\theta - y\|_2^2", "--by", r"\theta", "--let", "X: n by d",
      "--let", r"\theta: d", "--let", "y: n"),
     ("gradient", "||X θ - y||^2", "--by", "θ", "--let", "X: n by d", "--let", "θ: d",
      "--let", "y: n")),
    (("gradient", r"\theta^\top A \theta", "--by", r"\theta"), ("gradient", "θ^T A θ", "--by", "θ")),
    (("solve", r"\frac{x}{2} + y = 1, x - y = 0"),     ("solve", "x/2 + y = 1, x - y = 0")),
    (("implicit", r"\sin y = \frac{x}{2}", "--of", "y", "--by", "x"),
     ("implicit", "sin y = x/2", "--of", "y", "--by", "x")),
    (("diff", r"\sqrt{x^2}", "--assume", r"x \ge 0"),  ("diff", "sqrt(x^2)", "--assume", "x >= 0")),
    (("descend", r"a^2 + \frac{a}{2}", "--from", r"a = \frac12", "--rate", "0.1", "--steps", "1"),
     ("descend", "a^2 + a/2", "--from", "a = 1/2", "--rate", "0.1", "--steps", "1")),
]  # fmt: skip


@pytest.mark.parametrize(("latex", "text"), PLACES, ids=range(len(PLACES)))
def test_the_same_comes_out(latex: tuple[str, ...], text: tuple[str, ...]) -> None:
    found, wanted = command(*latex), command(*text)
    assert found.status == wanted.status == 0
    assert found.out == wanted.out


def test_standard_input() -> None:
    found = command("diff", "-", given="\\begin{equation*}\n  \\ln (3x+2)^5\n\\end{equation*}\n")
    assert found.status == 0
    assert found.out.rstrip().endswith(
        "15/(3x + 2)                                           cancelling"
    )
    assert r"note: I read \ln (3x+2)^5 as ln((3x+2)^5)" in found.err


def test_the_echo_says_how_it_was_read() -> None:
    found = command("diff", r"\frac{1}{2}\theta^2", "--echo")
    assert "note: I read this as 1/2 θ²" in found.err


def test_an_error_points_into_the_latex() -> None:
    found = command("diff", r"\frac{1}{2} x + \foo")
    assert (found.status, found.out) == (2, "")
    assert found.err.splitlines() == [
        r"derivex: \foo is a command that I do not know",
        r"    \frac{1}{2} x + \foo",
        r"                    ^^^^",
        r"    define it before the formula: \newcommand{\foo}{…}",
    ]


def test_a_lesson(tmp_path: Path) -> None:
    lesson = tmp_path / "lesson.md"
    lesson.write_text(
        "```derivex\n"
        "let f(\\theta) = \\frac{1}{2} \\theta^2\n"
        "differentiate f by \\theta\n"
        "expect result = \\theta\n"
        "evaluate \\frac{x^2}{2} at x = \\frac12\n"
        "```\n"
    )
    found = command("run", str(lesson))
    assert found.status == 0
    assert found.out.count("as expected") == 1


def test_the_library() -> None:
    assert derivex.diff(r"\frac{x^2}{2}", by="x").result == derivex.diff("x^2/2", by="x").result
    found = derivex.diff(r"\hat{\theta}^2", by=r"\hat{\theta}")
    assert repr(found).splitlines()[0] == "∂θ̂²/∂θ̂"
    with pytest.raises(derivex.DerivexError, match=r"loads nothing and runs nothing"):
        derivex.diff(r"\input{x}", by="x")
