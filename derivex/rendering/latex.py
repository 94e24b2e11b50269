"""Blocks as LaTeX, ready to paste: justifications in the last column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from derivex.derivation import Line
from derivex.expression import Equation
from derivex.notation import LatexWriter
from derivex.notation.spelling import latex_name, without_bar
from derivex.rendering.equations import EquationRow
from derivex.rendering.number_table import NumberTable, number_table_as_latex
from derivex.rendering.outline import Block, Equations, Lines, Remark

__all__ = ["latex_block", "latex_lines"]


def latex_block(block: Block, writer: LatexWriter) -> str:
    """One block as LaTeX."""
    if isinstance(block, Remark):
        return plain_text(block.text)
    if isinstance(block, Lines):
        return latex_lines(block.lines, writer)
    if isinstance(block, Equations):
        return _aligned([_equation(row, writer) for row in block.rows])
    if isinstance(block, NumberTable):
        return number_table_as_latex(block, writer)
    return "\n".join(latex_block(column, writer) for column in block.columns)


def latex_lines(lines: Sequence[Line], writer: LatexWriter) -> str:
    """A derivation as an ``align*`` environment."""
    rows = []
    left = writer.write(lines[0].expression)
    if lines[0].says:
        rows.append(rf"& {left} && \text{{{plain_text(lines[0].says)}}}")
        left = ""
    for line in lines[1:]:
        says = rf" && \text{{{plain_text(line.says)}}}" if line.says.strip() else ""
        rows.append(f"{left} &= {writer.write(line.expression)}{says}".strip())
        left = ""
    return _aligned(rows or [f"& {left}"])


def _equation(row: EquationRow, writer: LatexWriter) -> str:
    expression = row.expression
    if type(expression) is Equation:
        left, right = (writer.write(side) for side in expression.args)
        formula = f"{left} &= {right}"
    else:
        formula = f"& {writer.write(expression)}"
    says = rf" && \text{{{plain_text(row.says)}}}" if row.says else ""
    label = rf" \tag*{{{row.label}}}" if row.label else ""
    return formula + says + label


def _aligned(rows: Sequence[str]) -> str:
    return "\\begin{align*}\n" + " \\\\\n".join(rows) + "\n\\end{align*}"


_SPECIAL = re.compile(r"[\\{}$&#^_%~]")
_MATHS = {
    "−": "-",
    "≠": r"\neq",
    "≈": r"\approx",
    "≤": r"\le",
    "≥": r"\ge",
    "·": r"\cdot",
    "√": r"\surd",
    "Σ": r"\Sigma",
    "∂": r"\partial",
    "∇": r"\nabla",
    "→": r"\to",
}
_CHARACTER = re.compile("(?:\\w[\u0304\u0305])+|.", re.DOTALL)  # with the bar over it
_QUOTES = {"“": "``", "”": "''", "–": "--", "…": r"\dots{}"}


def plain_text(text: str) -> str:
    """Text in which nothing is a command of LaTeX's, and every character is one it knows.

    >>> print(plain_text("divide both sides by a_1 Σᵢ θ²"))
    divide both sides by a\\_1 $\\Sigma$$_{i}$ $\\theta$$^{2}$
    >>> print(plain_text("filling in z̄₁ and ȳ"))
    filling in $\\bar{z}$$_{1}$ and $\\bar{y}$
    """
    escaped = _SPECIAL.sub(lambda found: _escape(found.group()), text)
    return "".join(
        each.group() if each.group().isascii() else _beyond_ascii(each.group())
        for each in _CHARACTER.finditer(escaped)
    )


def _beyond_ascii(character: str) -> str:
    if character in _QUOTES:
        return _QUOTES[character]
    if character in _MATHS:
        return f"${_MATHS[character]}$"
    if without_bar(character)[1]:
        return f"${latex_name(character)}$"
    kind, _, code = unicodedata.decomposition(character).partition(" ")
    if kind in ("<sub>", "<super>") and code:
        mark = "_" if kind == "<sub>" else "^"
        inner = chr(int(code, 16))
        return f"${mark}{{{'-' if inner == '−' else inner}}}$"
    name = unicodedata.name(character, "")
    greek = re.fullmatch(r"GREEK (SMALL|CAPITAL) LETTER (\w+)", name)
    if greek:
        letter = greek.group(2).lower().replace("lamda", "lambda")
        return f"$\\{letter.capitalize() if greek.group(1) == 'CAPITAL' else letter}$"
    return character


def _escape(character: str) -> str:
    if character == "\\":
        return r"\textbackslash{}"
    if character in "^~":
        return rf"\{character}{{}}"
    return "\\" + character
