"""A table of numbers in LaTeX."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.notation import LatexWriter
from derivex.rendering.latex_breaking import set_width
from derivex.rendering.latex_metrics import size_for
from derivex.rendering.latex_text import latex_text
from derivex.rendering.number_table import NumberTable

__all__ = ["number_table_as_latex"]


def number_table_as_latex(table: NumberTable, writer: LatexWriter, room: float) -> str:
    """The table as an array in display mode, in a smaller size where it is too wide.

    Args:
        table: the table.
        writer: writes its entries.
        room: how wide the lines of the page are, in points at a size of 10.
    """

    def cell(entry: str | Basic) -> str:
        return rf"\text{{{latex_text(entry)}}}" if isinstance(entry, str) else writer.write(entry)

    heading, *rows = [list(map(cell, row)) for row in (table.heading, *table.rows)]
    width = sum(max(map(set_width, column)) + 10.0 for column in zip(heading, *rows, strict=True))
    body = " \\\\\n".join(" & ".join(row) for row in rows)
    display = (
        "\\[\n\\begin{array}{" + "l" * len(heading) + "}\n"
        + " & ".join(heading) + " \\\\\n\\hline\n" + body + "\n\\end{array}\n\\]"
    )  # fmt: skip
    command = size_for(width, room)
    return f"{{{command}\n{display}\n}}" if command else display
