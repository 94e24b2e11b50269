"""Tables of numbers as HTML, the decimal points below one another."""

from __future__ import annotations

from html import escape

from sympy.core.basic import Basic

from derivex.rendering.html_formulas import HtmlFormulas
from derivex.rendering.number_table import NumberTable, cell

__all__ = ["number_table_as_html"]

_WIDE_AS_A_DIGIT = "\u2007"
_WIDE_AS_A_POINT = "\u2008"


def number_table_as_html(table: NumberTable, formulas: HtmlFormulas) -> str:
    """The table, with a caption for those who hear it."""
    told = [each if isinstance(each, str) else formulas.text.write(each) for each in table.heading]
    heading = "".join(
        f'<th scope="col">{_head(name, each, formulas)}</th>'
        for name, each in zip(told, table.heading, strict=True)
    )
    columns = [
        _aligned([cell(row[place], formulas.text) for row in table.rows])
        for place in range(len(table.heading))
    ]
    rows = "\n".join(
        f"<tr>{''.join(f'<td>{entry}</td>' for entry in entries)}</tr>"
        for entries in zip(*columns, strict=True)
    )
    caption = escape(f"Table of {', '.join(told)}")
    return (
        f'<div class="table" tabindex="0" role="group" aria-label="table of numbers"><table>\n'
        f'<caption class="hidden">{caption}</caption>\n'
        f"<thead><tr>{heading}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table></div>"
    )


def _head(name: str, head: str | Basic, formulas: HtmlFormulas) -> str:
    if isinstance(head, str):
        return escape(head)
    # A heading is read out before each cell, which not all readers do with formulas.
    shown = f'<span aria-hidden="true">{formulas.inline(head)}</span>'
    return f'{shown}<span class="hidden">{escape(name)}</span>'


def _aligned(entries: list[str]) -> list[str]:
    """Numbers that are flush right, filled up with blanks as wide as the digits they lack."""
    places = [len(entry.partition(".")[2]) for entry in entries]
    most = max(places, default=0)
    return [
        escape(entry)
        + (_WIDE_AS_A_POINT if most and not place else "")
        + _WIDE_AS_A_DIGIT * (most - place)
        for entry, place in zip(entries, places, strict=True)
    ]
