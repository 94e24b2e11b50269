"""Formulas on a page: MathML where a formula can be written so, its text elsewhere."""

from __future__ import annotations

from html import escape

from sympy.core.basic import Basic

from derivex.expression.functions import NO_FUNCTIONS, Functions
from derivex.notation import LatexWriter, TextWriter
from derivex.rendering.equations import LATEX_SIGNS
from derivex.rendering.marking import Marked
from derivex.rendering.mathml import mathml

__all__ = ["HtmlFormulas"]

_FITS_A_PHONE = 24  # characters; a formula that is longer may have to be scrolled


class HtmlFormulas:
    """Writes formulas as HTML, and remembers those that it has written.

    Args:
        functions: the functions that say how they are written.
    """

    def __init__(self, functions: Functions = NO_FUNCTIONS):
        self.latex = LatexWriter(functions)
        self.text = TextWriter()
        self._written: dict[tuple[str, str], str] = {}

    def inline(self, node: Basic) -> str:
        """A formula inside of a line of text."""
        return self.math(self.latex.write(node), self.text.write(node))

    def box(self, node: Basic, sign: str = "", kind: str = "formula") -> str:
        """A formula in a box of its own, which scrolls if it is too wide for the page.

        Args:
            node: the formula.
            sign: a sign that stands before it: = or ≈.
            kind: the class of the box.
        """
        return self.marked_box(Marked(node, {}), sign, kind)

    def marked_box(self, line: Marked, sign: str = "", kind: str = "formula") -> str:
        """The formula of a line, in a box, with what is rewritten in it marked."""
        written = self.latex.write_marked(line.expression, line.numbers)
        latex = f"{LATEX_SIGNS.get(sign, '')} {written}".strip()
        text = f"{sign} {self.text.write(line.expression)}".strip()
        return self.boxed(latex, text, kind)

    def boxed(self, latex: str, text: str, kind: str = "formula") -> str:
        """The same for a formula that is LaTeX already."""
        # What can be scrolled must be reached without a mouse; what is named is announced.
        wide = len(text) > _FITS_A_PHONE
        reached = ' tabindex="0" role="group" aria-label="wide formula"' if wide else ""
        return f'<div class="{kind}"{reached}>{self.math(latex, text)}</div>'

    def math(self, latex: str, text: str) -> str:
        """A formula that is LaTeX already, as it stands inside of a line."""
        key = (latex, text)
        found = self._written.get(key)
        if found is None:
            found = mathml(latex, text) or f"<code>{escape(text)}</code>"
            self._written[key] = found
        return found
