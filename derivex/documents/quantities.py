"""Names with a prime and no argument, as in 2x + 2y y′ = 0: quantities that depend on a letter."""

from __future__ import annotations

from collections.abc import Mapping

from sympy.core.basic import Basic

from derivex.expression import Apply, D, Times, function_of, symbol, transform

__all__ = ["as_quantities"]


def as_quantities(root: Basic, depending: Mapping[str, str]) -> Basic:
    """An expression with y for y(x) and dy/dx for y′(x), for the y that depend on x so.

    A bracket behind such a name is a factor: nobody writes y′(y² − 2x) for a function of that.

    >>> from derivex.expression import function_name, primed
    >>> x, y = symbol("x"), function_name("y")
    >>> as_quantities(Apply(primed(y, 1), x), {"y": "x"})
    D(y, x)
    >>> as_quantities(Apply(y, symbol("c")), {"y": "x"})
    Times(y, c)
    """

    def quantity(node: Basic) -> Basic:
        if type(node) is not Apply or len(node.args) != 2:
            return node
        head, places = function_of(node.args[0])
        name = head.name.partition("(")[0]
        if name not in depending:
            return node
        by, argument = symbol(depending[name]), node.args[1]
        found: Basic = symbol(name)
        for _ in places:
            found = D(found, by)
        return found if argument is by else Times(found, argument)

    return transform(root, quantity) if depending else root
