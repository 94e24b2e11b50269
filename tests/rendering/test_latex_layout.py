"""What pdflatex says of our documents: they are set without an error, and nothing is too wide."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import derivex
from derivex.derivation import Line
from derivex.expression import Over, Plus, integer, symbol
from derivex.notation import LatexWriter
from derivex.rendering.document import Document, Prose, Statement
from derivex.rendering.latex import latex_fragment, latex_lines
from derivex.rendering.latex_aligned import AlignedRow, aligned, side_by_side
from derivex.rendering.latex_breaking import broken, set_width
from derivex.rendering.latex_document import latex_document
from derivex.rendering.outline import Lines

needs_latex = pytest.mark.skipif(shutil.which("pdflatex") is None, reason="there is no pdflatex")


def log_of(latex: str, folder: Path) -> str:
    """The log of pdflatex; fails where it stops at an error."""
    (folder / "page.tex").write_text(latex, encoding="utf-8")
    command = [
        "pdflatex",
        "-no-shell-escape",
        "-interaction=nonstopmode",
        "-halt-on-error",
        "page.tex",
    ]
    environment = {**os.environ, "max_print_line": "1000"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, check=False, timeout=120
    )
    log = (folder / "page.log").read_text(encoding="utf-8", errors="replace")
    assert done.returncode == 0, "\n".join(re.findall(r"^!.*\n(?:.*\n){5}", log, re.MULTILINE))
    return log


def overfull(log: str) -> list[str]:
    """The boxes that are more than a point too wide, or too high."""
    found = re.findall(r"^(Overfull \\[hv]box \(([\d.]+)pt.*)", log, re.MULTILINE)
    return [message for message, points in found if float(points) > 1]


def terms(number: int) -> str:
    return " + ".join(f"{k % 7 + 2}x^{k + 2} y_{k}" for k in range(number))


def nested(function: str, times: int) -> str:
    return f"{function}(" * times + "x" + ")" * times


def start_and_end(found: derivex.Derivative) -> Document:
    """Its first line and its last one, which has everything in it."""
    first, *_, last = found.lines()
    return Document("The derivative", (Lines((first, last)),))


def sum_of(term: str, number: int) -> str:
    return " + ".join(term.replace("k", str(k)) for k in range(1, number + 1))


CASES: dict[str, Callable[[], object]] = {
    "one term": lambda: derivex.diff("2x^3", by="x"),
    "five terms": lambda: derivex.diff(terms(5), by="x"),
    "thirty terms": lambda: derivex.diff(terms(30), by="x"),
    "300 terms": lambda: derivex.diff(terms(300), by="x"),
    "deep fractions": lambda: derivex.diff("1/(1+1/(1+1/(1+1/(1+1/(x+1)))))", by="x"),
    "a long argument": lambda: derivex.diff(f"sin({sum_of('a_k x^k', 18)})", by="x"),
    "fractions in an exponent": lambda: derivex.diff(f"exp(-({sum_of('(x - m_k)^2/(2 s_k^2)', 11)}))", by="x"),
    "a long root": lambda: derivex.diff(f"sqrt({sum_of('(x - a_k)^2', 11)})", by="x"),
    "a long quotient": lambda: derivex.diff(f"({sum_of('a_k x^k', 9)})/({sum_of('b_k x^k', 9)})", by="x"),
    "nested functions": lambda: derivex.diff("sin(cos(tan(exp(sqrt(1+ln(x^2+1))))))", by="x"),
    "a tower": lambda: derivex.diff("x^(x^(x^2+1)+3x)", by="x"),
    "an exponent of 30 terms": lambda: derivex.diff(f"e^({sum_of('k x^k', 30)})", by="x"),
    "the same of 2": lambda: derivex.diff(f"2^({sum_of('k x^k', 30)})", by="x"),
    "long bounds": lambda: derivex.diff(f"sum(x^i, i = 1..{sum_of('m_k', 30)})", by="x"),
    "ten nested sines": lambda: derivex.diff(nested("sin", 10), by="x"),
    "roots of roots": lambda: derivex.diff(nested("sqrt", 9), by="x"),
    "a long number": lambda: derivex.diff("1234567890" * 9 + "x^2 + x", by="x"),
    "a limit": lambda: derivex.diff("x^5", by="x", from_limit=True),
    "a Jacobian": lambda: derivex.jacobian("(x^2 y z, sin(x y) + z, x y z, exp(x y z))", by="x,y,z"),
    "a Hessian": lambda: derivex.hessian("x^2 y z + sin(x y) z^3 + exp(x y z)", by="x,y,z"),
    "a gradient": lambda: derivex.gradient(sum_of("(x_k - k)^2 y", 6), by=",".join(f"x_{k}" for k in range(1, 7))),
    "cases": lambda: derivex.subgradient("|x| + |x - 1| + |x - 2| + max(x, 0)"),
    "equations side by side": lambda: derivex.solve("3a^2 + b^2 + 2c^2 - ab + a + bc"),
    "sums": lambda: derivex.solve("sum_i (s a_i + b - h_i)^2", by="s,b"),
    "backpropagation": lambda: derivex.gradient("(tanh(v tanh(w x + b) + c) - t)^2", by="w,b,c,v", backward=True),
    "a table": lambda: derivex.nudge("x^3 + x", at="x = 1.25", by="0.0001"),
}  # fmt: skip


def pages() -> tuple[str, str]:
    """All cases as one document of ours, and as fragments in an article that only loads amsmath."""
    items: list[Prose | Lines] = []
    fragments: list[str] = []
    for case, make in CASES.items():
        document = make().document()
        items += [Prose(f"## {case}\n"), *document.items]
        fragments.append(f"\\typeout{{CASE {case}}}\n{latex_fragment(document)}")
    body = "\n\n".join(fragments)
    article = (
        "\\documentclass[a4paper]{article}\n\\usepackage{amsmath,xcolor}\n"
        f"\\begin{{document}}\n{body}\n\\end{{document}}\n"
    )
    functions = derivex.diff("x").document().functions
    return latex_document(Document("All cases", tuple(items), functions=functions)), article


@pytest.mark.unchecked
@needs_latex
def test_nothing_is_too_wide(tmp_path: Path) -> None:
    for page in pages():
        assert overfull(log_of(page, tmp_path)) == []


@needs_latex
def test_names_with_accents_need_nothing_but_amsmath(tmp_path: Path) -> None:
    found = derivex.diff("größe^2 + é å_1 + α_1", by="größe").to_latex()
    head = r"\documentclass{article}\usepackage{amsmath}\begin{document}"
    assert not overfull(log_of(f"{head}\n{found}\n\\end{{document}}\n", tmp_path))


@pytest.mark.unchecked
@needs_latex
def test_nothing_is_too_deep(tmp_path: Path) -> None:
    results = [
        derivex.diff(nested("sin", 60), by="x"),
        derivex.diff(nested("ln", 25), by="x"),
        derivex.diff(nested("sqrt", 20), by="x"),
        derivex.diff(nested("tanh", 30), by="x"),
        derivex.diff(f"sin(e^({sum_of('k x^k', 14)})/(1 + sqrt({sum_of('a_k x', 14)})))", by="x"),
    ]
    tall = derivex.subgradient("max(x^2 + 2x, 4x + 5, 3 - x, |x - 7| + |x - 8|)", by="x")
    documents = [*map(start_and_end, results), tall.document("brief")]
    items = tuple(item for document in documents for item in document.items)
    assert overfull(log_of(latex_document(Document("Deep", items)), tmp_path)) == []


def test_a_long_exponent_has_lines_of_its_own() -> None:
    assert broken("2^{aaaa + bbbb + cccc}", 60, 60) == [
        r"2^{\begin{subarray}{l} aaaa + bbbb \\ {}+ cccc \end{subarray}}"
    ]


def test_a_long_power_of_e_stands_beside_it() -> None:
    first, *_ = derivex.diff(f"e^({sum_of('k x^k', 30)})", by="x").lines()
    assert r"\exp(" in latex_lines([first], LatexWriter())
    first, *_ = derivex.diff("e^(x^2 + 1)", by="x").lines()
    assert "e^{x^{2} + 1}" in latex_lines([first], LatexWriter())


PROSE = r"""# A title with $x^2$ & 50 %

A paragraph with *emphasis*, `code_with_underscores(and, brackets)`, [a link](https://example.org/a_b#c),
an ü, a Σᵢ aᵢ², ‖v‖, gᵀv, f′(x), 日本 and ∂L/∂w. Quotes: “a” and 'b'; a\_b; 1 < 2 > 0 | & ~ ^ \ { } # $.

1. one
2. two
   - three, with $\frac{a}{b}$
     - four

| name | what it is | and a long column whose text has to wrap because it is so long |
|------|:----------:|---|
| a    | `x_1`      | 50 % of a line that goes on and on and on until it is too wide for any page |

> quoted

```text
let x = "a" # a comment that is so long that it does not fit on one line of the page at all, and goes on
    indented --option
```

$$
\int_0^1 x \, dx = \frac{1}{2}
$$

---

The end \input{nothing} \undefined.
"""


@needs_latex
def test_prose(tmp_path: Path) -> None:
    items = (
        Prose(PROSE),
        Statement("differentiate x_1^2 by x_1 # with & all % of { it }"),
        Prose("## Next\n"),
    )
    log = log_of(
        latex_document(Document("A title with $x^2$ & 50 %", items, ("a note on a_1",))), tmp_path
    )
    assert overfull(log) == []
    assert "Missing character" not in log


@needs_latex
def test_the_widths_are_right(tmp_path: Path) -> None:
    formulas = [
        r"\frac{\partial (x + y + z)^{2}}{\partial y}", r"\sum_{i = 1}^{n} (s a_{i} + b - h_{i})^{2}",
        r"\left(\frac{1}{1 + \frac{1}{x}}\right)^{2} \sin(\theta x)", r"\sqrt{\frac{x^{2} + 1}{2}}",
        r"\begin{pmatrix} \frac{\partial u}{\partial x} & 0 \\ 1 & x^{2} \end{pmatrix}", r"e^{-x^{2}/2} \ln(x)",
        r"\begin{cases} x & \text{if } x > 0 \\ -x & \text{otherwise} \end{cases}", r"\nabla_{\theta} \|X \theta - y\|^{2}",
        r"\lim_{h \to 0} \frac{(x + h)^{2} - x^{2}}{h}", r"\bar{z}_{1} \cdot \operatorname{relu}(w_{11} x_{1})",
    ]  # fmt: skip
    boxes = "\n".join(
        rf"\setbox0\hbox{{$\displaystyle {f}$}}\typeout{{WIDTH \the\wd0}}" for f in formulas
    )
    page = (
        rf"\documentclass{{article}}\usepackage{{amsmath}}\begin{{document}}{boxes}\end{{document}}"
    )
    real = [
        float(width)
        for width in re.findall(r"^WIDTH ([\d.]+)pt", log_of(page, tmp_path), re.MULTILINE)
    ]
    assert len(real) == len(formulas)
    for formula, width in zip(formulas, real, strict=True):
        assert width <= set_width(formula) <= 1.12 * width + 2, formula


# -- without LaTeX ------------------------------------------------------------------------------

BREAKS = [
    ("a + b = c + d", 40, ["a + b", "{}= c + d"]),
    ("aaaa (bbbb + cccc) - dddd", 92, ["aaaa (bbbb + cccc)", "{}- dddd"]),
    (r"2 \left(\frac{a}{b} + \frac{c}{d}\right)^{2} = x", 40, [r"2 \Biggl(\frac{a}{b}", r"{}+ \frac{c}{d}\Biggr)^{2}", "{}= x"]),
    ("f(xxxxxx, yyyyyy)", 52, ["f(xxxxxx,", "yyyyyy)"]),
    (r"xxxx \sin(yyyyyy)", 65, ["xxxx", r"{}\cdot \sin(yyyyyy)"]),
    (r"\frac{\partial}{\partial x} \left(aaaa + bbbb + cccc\right)", 60, None),
    ("\ue000aaaa + bbbb\ue00f + cccc", 40, ["\ue000aaaa\ue00f", "\ue000{}+ bbbb\ue00f", "{}+ cccc"]),
    ("12345678901234567890", 50, None),
    ("2(x - 1)(x - 2)(x - 3)(x - 4)", 100, ["2(x - 1)(x - 2)", r"{}\cdot (x - 3)(x - 4)"]),
    (r"x = 6 \text{ or } x = 5 \text{ or } x = 4", 90, [r"x = 6 \text{ or } x = 5", r"\text{ or } x = 4"]),
    ("f(g(f(g(f(g(x))))))", 40, ["f(g(f(g(", "f(g(x)))", ")))"]),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "room", "lines"), BREAKS)
def test_where_a_formula_breaks(formula: str, room: float, lines: list[str] | None) -> None:
    found = broken(formula, room, room)
    if lines is not None:
        assert found == lines
    assert len(found) > 1
    # An operator stays with what it acts on: nothing is multiplied with a ∂/∂x.
    assert not any(line.endswith(r"\partial x}") for line in found)
    assert all(set_width(line) <= room for line in found)
    solid = re.compile(r"[\s{}\ue000-\ue00f]|\\cdot|\\[bB]igg?[lr]|\\left|\\right")
    assert solid.sub("", "".join(found)) == solid.sub("", formula)


def test_what_is_just_as_wide_as_the_room_stays_in_one_line() -> None:
    formula = r"\frac{\sum_{i} h_{i}}{n} - \frac{s \sum_{i} a_{i}}{n}"
    width = set_width(formula)
    assert broken(formula, width * (1 - 1e-12)) == [formula]


def test_what_is_nearly_equal_stands_below_what_is_equal() -> None:
    found = derivex.solve("x^5/5 - x^2/2 - x")
    rows = [row for row in found.to_latex().split("\n") if r"\text{P" in row]
    assert rows and all(r"x &\approx" in row for row in rows)


def test_a_short_row_stays_as_it_is() -> None:
    rows = [AlignedRow("y'", "= 2x", "using the exponent rule"), AlignedRow("", "= 2")]
    assert aligned(rows, 300) == (
        "\\begin{align*}\ny' &= 2x && \\text{using the exponent rule} \\\\\n&= 2\n\\end{align*}"
    )


def test_a_long_justification_is_wrapped() -> None:
    rows = [AlignedRow("y'", "= 2x" + " + x" * 10, "using " + "one rule after the other " * 4)]
    assert r"&& \parbox[t]{" in aligned(rows, 300)


def test_what_is_deeper_than_tex_can_go_is_not_taken_apart() -> None:
    deep = r"\frac{1}{" * 200 + "x" + "}" * 200
    assert broken(deep, 100) == [deep]


def test_what_is_nested_deeper_still_is_written_as_text() -> None:
    x = symbol("x")
    for _ in range(60):
        x = Over(Plus(integer(1), x), symbol("a"))
    latex = latex_lines([Line(x)], LatexWriter())
    assert r"\parbox[t]{29em}" in latex
    assert r"\frac" not in latex


def test_more_than_tex_can_remember_is_parted() -> None:
    rows = [AlignedRow("", f"= {'x + ' * 2000}{k}") for k in range(40)]
    assert aligned(rows, 400).count(r"\begin{align*}") > 3


def test_columns_stand_side_by_side_where_there_is_room() -> None:
    column = [AlignedRow("2x", "= 0", "", "(1)"), AlignedRow("x", "= 0", "divide both sides by 2")]
    assert side_by_side([column, column], 500).count(r"\begin{align*}") == 1
    assert side_by_side([column, column], 250).count(r"\begin{align*}") == 2


@pytest.mark.unchecked
def test_a_long_line_of_large_input_is_quick() -> None:
    document = derivex.diff(terms(300), by="x").document()
    assert all(isinstance(item, Lines) for item in document.items)
    assert latex_document(document).count(r"\\") > 100
