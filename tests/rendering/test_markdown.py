"""Markdown as GitHub shows it."""

import re
from collections.abc import Callable
from textwrap import dedent
from typing import Any

import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

import derivex
from derivex.derivation import Line
from derivex.expression import symbol
from derivex.rendering.document import Document, Prose, Statement
from derivex.rendering.markdown import markdown_document
from derivex.rendering.outline import Lines, Remark
from derivex.rendering.rule_pages import rules_as_markdown
from derivex.rulebook import shipped_book
from tests.rendering.pages import document_of


def test_a_derivation_as_a_whole():
    found = markdown_document(document_of(derivex.diff("(x + y + z)^2", by="y"), "A square"))
    assert found == dedent(r"""
        # A square

        $$
        \begin{aligned}
        &\frac{\partial (x + y + z)^{2}}{\partial y} \\
        &\quad = \frac{\partial (x + y + z)^{2}}{\partial (x + y + z)} \cdot \frac{\partial (x + y + z)}{\partial y} && \text{using the chain rule} \\
        &\quad = 2(x + y + z) \cdot \frac{\partial (x + y + z)}{\partial y} && \text{using the exponent rule} \\
        &\quad = 2(x + y + z) \left(\frac{\partial x}{\partial y} + \frac{\partial y}{\partial y} + \frac{\partial z}{\partial y}\right) && \text{using the sum rule} \\
        &\quad = 2(x + y + z) (0 + 1 + 0) && \text{using the constant and exponent rules} \\
        &\quad = 2(x + y + z) && \text{arithmetic}
        \end{aligned}
        $$
        """).lstrip()  # fmt: skip


def test_equations_have_their_signs_below_one_another():
    found = markdown_document(document_of(derivex.solve("2x + 3 = 7")))
    assert r" && 2x &= 4 && \text{subtract 3 from both sides} \\" in found


def test_labels_have_a_column_of_their_own():
    found = markdown_document(document_of(derivex.solve("3a^2 + b^2 - ab + a")))
    assert r"\text{(1)} && 6a - b + 1 &= 0 \\" in found


def test_tables_are_tables():
    found = markdown_document(document_of(derivex.nudge("a^2", at="a = 2", by="0.001")))
    assert "| nudge | $a$ | $a^{2}$ | difference | difference/nudge |\n| --: |" in found
    assert "\n| 0.001 | 2.001 | 4.004001 | 0.004001 | 4.001 |\n" in found


def test_there_is_no_empty_line_in_a_formula():
    for result in (derivex.solve("3a^2 + b^2 - ab + a"), derivex.subgradient("max(0, x)")):
        found = markdown_document(document_of(result))
        blocks = re.findall(r"\$\$\n(.*?)\n\$\$", found, re.DOTALL)
        assert blocks and not any("\n\n" in block or "$" in block for block in blocks)


def test_prose_stays_as_it_was_written():
    prose = "# Slopes\n\nHow *steep*?\n\n- one\n- two\n"
    found = markdown_document(Document("Another title", (Prose(prose), Statement("let f(a) = a"))))
    assert found == prose + "\n```\nlet f(a) = a\n```\n"


def test_what_is_no_markup_is_not_taken_for_it():
    found = markdown_document(
        Document("1. x_1 * y_1", (Remark("1. a_1*b_1 < `c` & <b> #3"), Statement("a ``` b")))
    )
    assert found == (
        "# 1\\. x\\_1 \\* y\\_1\n\n"
        "1\\. a\\_1\\*b\\_1 \\< \\`c\\` \\& \\<b\\> \\#3\n\n"
        "````\na ``` b\n````\n"
    )


def test_words_in_formulas_cannot_end_them():
    found = markdown_document(
        document_of(derivex.subgradient("max(x, 0)", at="x = 0", convention="zero"))
    )
    assert r"\text{by convention the subgradient nearest to zero}" in found
    given = Lines((Line(symbol("x")), Line(symbol("y"), filled="filling in $x$ = {1}")))
    assert r"\text{filling in \$x\$ = \{1\}}" in markdown_document(Document("T", (given,)))


def test_commands_that_github_refuses_are_not_used():
    for result in (derivex.diff("relu(x) + sech(x)^2"), derivex.subgradient("max(0, 1 - x)")):
        found = markdown_document(document_of(result))
        assert "\\operatorname" not in found
        assert "\\mathop{\\mathrm{ReLU}}(x)" in found or "\\mathop{\\mathrm{conv}}" in found
    assert "\\operatorname" not in rules_as_markdown(shipped_book())


def test_bars_do_not_end_the_cells_of_a_table():
    found = markdown_document(document_of(derivex.nudge("|a|", at="a = 2", by="0.001")))
    assert "| nudge | $a$ | $\\left\\vert a\\right\\vert$ | difference |" in found


@pytest.mark.parametrize(
    "make",
    [
        lambda: derivex.nudge("|a_1|", by="0.001", at="a_1 = 2"),
        lambda: derivex.descend("|x_{max}| + y_1^2", start="x_max=1, y_1=2", rate="0.1", steps=12),
        lambda: derivex.solve("x_1^2 y - |y|"),
        lambda: derivex.solve("x + y + z + w = 1, x - y = 2, z + 2w = 3, x + z = 4"),
        lambda: derivex.subgradient("max(0, 1 - x_1)", at="x_1 = 1"),
        lambda: derivex.gradient("||X theta - y||^2", "theta", let="X: n by d, theta: d, y: n"),
    ],
)
def test_a_reader_of_markdown_finds_every_formula_and_every_cell(make: Callable[[], Any]) -> None:
    """No $ is left over as text, a formula is what it was, and rows have as many cells."""
    found = make().to_markdown()
    reader = MarkdownIt("commonmark").enable("table").use(dollarmath_plugin, allow_space=False)
    tokens = reader.parse(found)
    formulas = [token.content.strip("\n") for token in tokens if token.type == "math_block"]
    assert formulas == re.findall(r"^\$\$\n(.*?)\n\$\$$", found, re.DOTALL | re.MULTILINE)
    for token in tokens:
        for part in token.children or ():
            assert not (part.type == "text" and set("$\\") & set(part.content)), part.content
            assert not part.type.startswith("html"), part.content
    signs = {"table_open": "|", "tr_open": "\n", "th_open": ".", "td_open": "."}
    tables = "".join(signs.get(token.type, "") for token in tokens).split("|")
    assert all(len(set(filter(None, table.split("\n")))) <= 1 for table in tables)
