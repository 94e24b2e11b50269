"""Writing definitions, means and gradients out, before an expression is evaluated."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.equality.rings import UnsupportedError
from derivex.errors import ProblemError
from derivex.expression.data import data_names, mean_as_total
from derivex.expression.definitions import Definitions
from derivex.expression.elementary import written_name
from derivex.expression.functions import Functions
from derivex.expression.nodes import (
    ONE,
    Antiderivative,
    Apply,
    D,
    Decimal,
    Dotted,
    Integral,
    Mean,
    Node,
    Plus,
    Power,
    Times,
    function_name,
    symbol,
)
from derivex.expression.primes import derivative_of_definition, function_of
from derivex.expression.traverse import rebuild, substitute

__all__ = ["Unfolding", "is_written_out", "unfolded"]


_SOMEWHERE = Decimal("0.7193")
"""Where an integral without bounds begins; no letter and no formula stands for it."""


def unfolded(roots: Sequence[Basic], functions: Functions) -> list[Basic]:
    """The expressions with defined functions replaced by what they are, and means by sums.

    Functions that are elementary under another name get that of :data:`ELEMENTARY`.

    Raises:
        UnsupportedError: if a function is defined in terms of itself, or gets too few arguments.

    >>> from derivex.expression.nodes import symbol
    >>> a, n = symbol("a"), symbol("n")
    >>> unfolded([Mean(a)], {})
    [Over(Total(At(a, i), i, 1, n), n)]
    """
    return Unfolding(functions, data_names(*roots)).of(roots)


def is_written_out(name: str, functions: Functions) -> bool:
    """Whether calls of a function of that name become something else, or cannot be.

    >>> from derivex.expression.functions import Function
    >>> is_written_out("sin", {}), is_written_out("f", {"f": Function("f", ())})
    (False, False)
    """
    function = functions.get(name)
    if function is None:
        return False
    defined = function.definition is not None
    return defined or (function.means is not None and written_name(function.means) != name)


class Unfolding:
    """Writes expressions out as :func:`unfolded` does, and what they share only once.

    Args:
        functions: the known functions.
        data: the names that stand for data.
    """

    def __init__(self, functions: Functions, data: dict[Symbol, None] | None = None):
        self._functions = functions
        self._data = data or {}
        self._definitions = Definitions(functions)
        self._done: dict[Basic, Basic] = {}

    def of(self, roots: Sequence[Basic]) -> list[Basic]:
        """The expressions, written out; raises what :func:`unfolded` raises."""
        done = self._done
        instead: dict[Basic, Basic] = {}
        stack = list(roots)
        while stack:
            top = stack[-1]
            if top in done:
                stack.pop()
                continue
            if not isinstance(top, Node) or not top._args:
                done[top] = top
                continue
            if top in instead:
                waiting_for = instead[top]
                if waiting_for in done:
                    done[top] = done[waiting_for]
                else:
                    stack.append(waiting_for)
                continue
            replacement = self._other(top)
            if replacement is not None:
                instead[top] = replacement
                continue
            waiting = [part for part in top._args if part not in done]
            if waiting:
                stack.extend(waiting)
                continue
            done[top] = rebuild(top, [done[part] for part in top._args])
        return [done[root] for root in roots]

    def _other(self, node: Node) -> Basic | None:
        if type(node) is Mean:
            return mean_as_total(node, self._data)
        return _other(node, self._functions, self._definitions)


def _other(node: Node, functions: Functions, definitions: Definitions) -> Basic | None:
    """What a call of a defined or renamed function stands for; None for most other nodes."""
    if type(node) is Antiderivative:
        body, variable = node._args
        return Integral(body, variable, _SOMEWHERE, variable)
    if type(node) is D and type(node._args[1]) in (Plus, Times):
        # Where it is put into a definition, the sum or product around it must not take in what
        # it is by: as a power it stays a node of its own.
        operand, variable = node._args
        whole = Power(variable, ONE)
        return D(substitute(operand, {variable: whole}), whole)
    if type(node) is Dotted:
        return node._args[0]
    if type(node) is not Apply:
        return None
    name, places = function_of(node._args[0])
    function = functions.get(name.name)
    if places and (function is None or function.definition is None):
        arguments = node._args[1:]
        parameters = [symbol(f"·{number}") for number in range(len(arguments))]
        call = Apply(name, *parameters)
        return derivative_of_definition(call, parameters, places, arguments)
    if function is None:
        return None
    if function.definition is not None:
        try:
            return definitions.of(node)
        except ProblemError as error:
            raise UnsupportedError(error.message) from None
    if function.means is not None:
        meaning = written_name(function.means)
        if meaning is None:
            raise UnsupportedError(f"{function.means} is not the name of an elementary function")
        if meaning != name.name:
            return Apply(function_name(meaning), *node._args[1:])
    return None
