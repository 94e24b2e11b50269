"""Cells of tables that a spreadsheet opens: text stays text."""

from __future__ import annotations

from typing import Any

__all__ = ["cell"]

_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def cell(value: Any) -> str:
    """A value as the text of a cell.

    A spreadsheet would run a cell that begins like a formula: a quote before it, as OWASP's page
    on CSV injection says, makes it text.  Line breaks and characters that cannot be shown are
    blanks.

    >>> cell("=HYPERLINK(1)"), cell("2x"), cell(None), cell(["a", "b"])
    ("'=HYPERLINK(1)", '2x', '', 'a; b')
    """
    if value is None:
        return ""
    text = "; ".join(value) if isinstance(value, list | tuple) else str(value)
    risky = text.lstrip(" \n\v\f\0").startswith(_FORMULAS)
    text = "".join(each if each.isprintable() else " " for each in text)
    return f"'{text}" if risky else text
