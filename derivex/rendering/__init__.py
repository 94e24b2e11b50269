"""Rendering: results in, text out.  Stacked and one-line formulas, and how they are laid out."""

from derivex.rendering.box import Box
from derivex.rendering.equations import EquationRow, show_equations, side_by_side
from derivex.rendering.stacked import StackedWriter, stacked
from derivex.rendering.terminal import Line, Style, as_text, inline_lines, show_lines

__all__ = [
    "Box",
    "EquationRow",
    "Line",
    "StackedWriter",
    "Style",
    "as_text",
    "inline_lines",
    "show_equations",
    "show_lines",
    "side_by_side",
    "stacked",
]
