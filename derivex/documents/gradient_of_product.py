r"""∇_w (Xw − y)ᵀ (Xw − y) with the brackets that people leave out.

A ∇ ends at a bracket, but (Xw − y) is a vector, which has no gradient: the product is meant.
"""

from __future__ import annotations

import re

__all__ = ["with_brackets"]

_GRADIENT = re.compile(
    r"(?P<before>[^\\∇]*(?:\\d?frac\s*\{?\d\}?\s*\{?\d\}?)?\s*"
    r"(?:\\nabla|∇)\s*(?:_\s*(?:\{[^{}]*\}|\\?\w+))?)\s*"
    r"(?P<rest>(?:\\left)?\((?:(?!\\nabla|∇).)*?(?:\\right)?\)\s*\^\s*"
    r"\{?\s*(?:T|\\top|\\intercal|\\mathsf\s*\{?\s*T\s*\}?)\s*\}?\s*(?:\\left)?\((?:(?!\\nabla|∇).)*)",
    re.DOTALL,
)


def with_brackets(text: str) -> str:
    r"""A formula that is a gradient of a product uᵀv, with brackets around that.

    >>> with_brackets(r"\nabla_w (Xw-y)^\top (Xw-y)")
    '\\nabla_w \\left((Xw-y)^\\top (Xw-y)\\right)'
    >>> with_brackets(r"\nabla_w f(w) + (u)^T(v)")
    '\\nabla_w f(w) + (u)^T(v)'
    """
    found = _GRADIENT.fullmatch(text)
    if found is None or 0 in _depths_of_signs(found["rest"]):
        return text
    return rf"{found['before']} \left({found['rest']}\right)"


def _depths_of_signs(text: str) -> set[int]:
    """How deep in brackets the + and − stand."""
    depth = 0
    found = set()
    for letter in text:
        depth += (letter in "([{") - (letter in ")]}")
        if letter in "+-−":
            found.add(depth)
    return found
