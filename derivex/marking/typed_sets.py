"""Sets as they are printed, {1}, [0, 1], conv{a, b}, in the words of the notation."""

from __future__ import annotations

import re

__all__ = ["with_sets"]

_HULL = re.compile(r"\b(?:conv|hull)\s*\{([^{}]*)\}")
_INTERVAL = re.compile(r"(?<![\w)])\[")


def with_sets(text: str) -> str:
    """Sets as they are printed, {1}, [0, 1], conv{a, b}, as they are typed.

    >>> with_sets("if x = 0 then [-1, 1] else {2}")
    'if x = 0 then interval(-1, 1) else set(2)'
    >>> with_sets("conv{a, f(a, b)}")
    'hull(set(a), set(f(a, b)))'
    """
    text = _HULL.sub(_hull, text)
    text = _INTERVAL.sub("interval(", text).replace("{", "set(")
    return text.replace("]", ")").replace("}", ")")


def _hull(found: re.Match[str]) -> str:
    """A convex hull of points, which stand between the commas outside of brackets."""
    parts, depth = [""], 0
    for character in found.group(1):
        depth += (character in "([") - (character in ")]")
        if character == "," and depth <= 0:
            parts.append("")
        else:
            parts[-1] += character
    return f"hull({', '.join(f'set({part.strip()})' for part in parts)})"
