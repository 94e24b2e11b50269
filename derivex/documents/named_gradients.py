r"""Gradients at points that are no variables: \nabla f(x^t) and \nabla^2 f(x^t) as functions.

Of an unknown f the gradient at x^t is a value like any other; that it is a gradient plays no part
where such lines are rearranged.
"""

from __future__ import annotations

import re

__all__ = ["gradient_name", "named_gradients"]

_GRADIENT = re.compile(
    r"\\nabla\s*(?P<second>\^\s*(?:2|\{\s*2\s*\}))?"
    r"\s*(?P<name>[A-Za-z])\s*(?=(?:\\left)?\s*\()"
)


def gradient_name(name: str, order: int) -> str:
    """What the gradient of a function is called, or its Hessian.

    >>> gradient_name("f", 1), gradient_name("f", 2)
    ('gradf', 'hessf')
    """
    return f"{'grad' if order == 1 else 'hess'}{name}"


def named_gradients(text: str) -> tuple[str, tuple[str, ...]]:
    r"""A formula with names for its gradients, and the functions that these are of.

    >>> named_gradients(r"x - \nabla f(x_t)")
    ('x - \\operatorname{gradf}(x_t)', ('f',))
    """
    names = dict.fromkeys(found["name"] for found in _GRADIENT.finditer(text))

    def named(found: re.Match[str]) -> str:
        order = 2 if found["second"] else 1
        return rf"\operatorname{{{gradient_name(found['name'], order)}}}"

    return _GRADIENT.sub(named, text), tuple(names)
