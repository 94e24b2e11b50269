"""Calls of functions that have a definition, replaced by what they stand for."""

from __future__ import annotations

from collections.abc import Sequence

from sympy.core.basic import Basic

from derivex.errors import ProblemError
from derivex.expression.functions import Function, Functions
from derivex.expression.nodes import Apply, Binder, Dots, Node, symbol
from derivex.expression.primes import derivative_of_definition, function_of
from derivex.expression.traverse import postorder, substitute, transform

__all__ = ["Definitions", "check_arity", "spread"]


class Definitions:
    """The definitions in a table of functions, each checked when it is first used.

    Args:
        functions: the known functions.
    """

    def __init__(self, functions: Functions):
        self._functions = functions
        self._sound: set[str] = set()
        self._binding: dict[str, bool] = {}

    def of(self, call: Node) -> Basic | None:
        """What a call stands for; None if its function has no definition.

        Raises:
            ProblemError: if the number of arguments is wrong, or the function is defined in
                terms of itself.

        >>> from derivex.expression.nodes import Plus, ONE, function_name, symbol
        >>> t, x = symbol("t"), symbol("x")
        >>> g = Function("g", (t,), definition=Plus(t, ONE))
        >>> Definitions({"g": g}).of(Apply(function_name("g"), x))
        Plus(x, 1)
        """
        head, places = function_of(call._args[0])
        arguments = call._args[1:]
        function = self._functions.get(head.name)
        if function is None or function.definition is None:
            return None
        check_arity(function, len(arguments))
        if head.name not in self._sound:
            self._check(head.name)
        if function.variadic and not places:
            return spread(function, arguments)
        if places:
            parameters = function.parameters
            return derivative_of_definition(function.definition, parameters, places, arguments)
        values: dict[Basic, Basic] = dict(zip(function.parameters, arguments, strict=True))
        if head.name not in self._binding:
            binds = any(isinstance(node, Binder) for node in postorder(function.definition))
            self._binding[head.name] = binds
        if self._binding[head.name]:
            return substitute(function.definition, values)
        # Without a bound index no name can be captured, and the arguments, which may be
        # large, need not be looked through.
        return transform(function.definition, lambda node: values.get(node, node))

    def _check(self, name: str) -> None:
        """Follow the definitions, depth first, and refuse those that lead back to themselves."""
        open_names: set[str] = set()
        stack: list[tuple[str, bool]] = [(name, False)]
        while stack:
            current, finished = stack.pop()
            if finished:
                open_names.discard(current)
                self._sound.add(current)
                continue
            if current in open_names:
                raise ProblemError(f"the function {current} is defined in terms of itself")
            if current in self._sound:
                continue
            function = self._functions.get(current)
            if function is None or function.definition is None:
                continue
            open_names.add(current)
            stack.append((current, True))
            stack.extend((called, False) for called in _called(function.definition))


def spread(function: Function, arguments: Sequence[Basic]) -> Basic:
    """The definition of a function of any number of arguments, for these.

    What stands before dots is repeated for each of them; elsewhere the parameter is the first.

    >>> from derivex.expression.nodes import DOTS, Plus, symbol
    >>> x, a, b = symbol("x"), symbol("a"), symbol("b")
    >>> spread(Function("total", (x,), definition=Plus(x, DOTS), variadic=True), [a, b])
    Plus(a, b)
    """
    assert function.definition is not None
    (parameter,) = function.parameters
    each_one = symbol("·each")  # a name that no argument holds

    def change(node: Basic) -> Basic:
        if not isinstance(node, Node) or not any(type(part) is Dots for part in node._args):
            return node
        operands: list[Basic] = []
        for position, operand in enumerate(node._args):
            if type(operand) is Dots:
                continue
            repeated = position + 1 < len(node._args) and type(node._args[position + 1]) is Dots
            if repeated:
                operands += [substitute(operand, {each_one: each}) for each in arguments]
            else:
                operands.append(operand)
        return type(node)(*operands)

    repeated = transform(substitute(function.definition, {parameter: each_one}), change)
    return substitute(repeated, {each_one: arguments[0]})


def _called(definition: Basic) -> set[str]:
    return {
        function_of(node.args[0])[0].name for node in postorder(definition) if type(node) is Apply
    }


def check_arity(function: Function, given: int) -> None:
    """Raise a ProblemError if a function is applied to a wrong number of arguments."""
    expected = len(function.parameters)
    if function.variadic:
        if given < 2:
            raise ProblemError(f"{function.name} takes two or more arguments, not {given}")
        return
    if given != expected:
        noun = "argument" if expected == 1 else "arguments"
        raise ProblemError(f"{function.name} takes {expected} {noun}, not {given}")
