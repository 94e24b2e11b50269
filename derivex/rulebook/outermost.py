"""What the text of a formula tells before it is read: of what its left-hand side is a call."""

from __future__ import annotations

import re

__all__ = ["SIGNS", "called_name"]

SIGNS = frozenset({"sum", "prod", "int", "mean"})
"""Names that are written like functions, but are no functions."""

# A name of several letters, with the index that a sum has; a derivative of it.
_BEGINNING = re.compile(r"(?:d/d\w+ )?([a-z]{2,})(?:_\w+ ?)?(?=\()")


def called_name(text: str) -> str | None:
    """The name of which a left-hand side, or the operand of a derivative there, is a call.

    None where it may be something else.

    >>> called_name("sqrt(u^2)  =  u"), called_name("d/dx sum_i (c u)  =  c d/dx sum_i u")
    ('sqrt', 'sum')
    >>> called_name("sqrt(u)^2  =  u") is called_name("u v  =  v u") is None
    True
    """
    found = _BEGINNING.match(text)
    if found is None:
        return None
    depth = 0
    for position in range(found.end(), len(text)):
        depth += (text[position] == "(") - (text[position] == ")")
        if depth == 0:
            return found.group(1) if text[position + 1 :].lstrip().startswith("=") else None
    return None
