"""The rule table as text, LaTeX, HTML, Markdown and data."""

from __future__ import annotations

import json
import re

import html5lib
import pytest

from derivex.rendering.rule_latex import rules_as_latex
from derivex.rendering.rule_pages import rules_as_html, rules_as_markdown
from derivex.rendering.rule_table import rules_as_data, rules_as_lines
from derivex.rulebook import RuleBook, read_rules, shipped_book

BOOK = shipped_book()


def text_of(book: RuleBook, width: int | None = None, unicode: bool = True) -> list[str]:
    return [(left + right).rstrip() for left, right in rules_as_lines(book, width, unicode)]


def test_every_rule_stands_in_it_once() -> None:
    lines = text_of(BOOK)
    for rule in BOOK.rules.values():
        heads = [line for line in lines if f"{line} ".startswith(f"  {rule.name} ")]
        assert len(heads) == 1


def test_it_fits_eighty_columns() -> None:
    assert max(map(len, text_of(BOOK))) <= 80


@pytest.mark.parametrize("width", [44, 60, 120])
def test_conditions_fit_other_widths(width: int) -> None:
    bodies = [line for line in text_of(BOOK, width) if line.startswith("      ")]
    assert max(map(len, bodies)) <= width


def test_how_it_reads() -> None:
    lines = text_of(BOOK)
    at = lines.index("  constant                  the constant rule")
    assert lines[at + 1] == "      ∂c/∂x = 0                               c is free of x"
    at = lines.index("  derivative-of-abs         the derivative of abs")
    assert lines[at + 1] == "      ∂|x|/∂x = x/|x|                         x ≠ 0"
    at = lines.index("  subtract                  subtract c from both sides")
    assert lines[at + 1 : at + 3] == [
        "      u + c = v ⇔ u = v − c",
        "          where x is the unknown, u depends on x, c is free of x",
    ]
    assert "  add                       add −c to both sides" in lines


def test_ascii() -> None:
    lines = text_of(BOOK, unicode=False)
    assert all(line.isascii() for line in lines)
    assert "      u + c = v <=> u = v - c" in lines


def test_latex() -> None:
    latex = rules_as_latex(BOOK)
    assert r"\textbf{subtract $c$ from both sides} \texttt{subtract}" in latex
    constant = r"\frac{\partial c}{\partial x} &= 0 && \text{where $c$ is free of $x$}"
    assert constant in latex
    assert latex.count(r"\begin{") == latex.count(r"\end{")
    odd = read_rules('rule odd  "50 % of_it"\n    u + u = 2 u\n', "my.rules").rules
    assert r"\textbf{50 \% " in rules_as_latex(RuleBook(odd, {}, ""))


def test_data() -> None:
    data = json.loads(json.dumps(rules_as_data(BOOK)))
    found = {rule["name"]: rule for rule in data["rules"]}
    assert list(found) == list(BOOK.rules)
    assert found["constant"]["forms"] == [
        {
            "before": "dc/dx",
            "after": "0",
            "latex": r"\frac{\partial c}{\partial x} = 0 \qquad c \text{ is free of } x",
            "conditions": ["c is free of x"],
        }
    ]
    assert found["like-terms"]["works_on"] == ["sums"]
    assert {function["name"] for function in data["functions"]} == set(BOOK.functions)


def test_the_table_as_a_page():
    page = rules_as_html(shipped_book())
    html5lib.HTMLParser(strict=True).parse(page)
    names = set(re.findall(r"<dt>.* <code>(.*?)</code></dt>", page))
    assert names >= {rule.name for rule in shipped_book().rules.values()}
    (constant,) = re.findall(r"<div><dt>the constant rule <code>constant</code>.*?</div>\n", page)
    assert 'alttext="∂c/∂x = 0"' in constant
    assert "<p>where c is free of x</p>" in constant
    anchors = set(re.findall(r'href="#(.*?)"', page))
    assert anchors == set(re.findall(r'<h2 id="(.*?)"', page))


def test_the_table_in_markdown():
    written = rules_as_markdown(shipped_book())
    assert "\n## Differentiation\n" in written
    assert (
        "**the constant rule** `constant`\n\n"
        "$$\n\\frac{\\partial c}{\\partial x} = 0\n$$\n\nwhere c is free of x\n"
    ) in written
