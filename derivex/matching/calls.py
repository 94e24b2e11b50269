"""Functions as letters: in ``d/dx f(x) = f'(x)`` f stands for the name of a function.

A letter is one where a condition says so: "f is an unknown function".  With dots a call has
any number of arguments:

* in ``f(x, ...)``, x being known, one argument is x, and f'(x, ...) is the derivative in it;
* in ``f(u, ...)`` u stands for each of the arguments that meet its conditions in turn, so that
  ``f'(u, ...) d/dx u + ...`` has a term for each of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import Apply, Dots, function_of, primed
from derivex.matching.bindings import Letters, Slots
from derivex.matching.context import Context

__all__ = ["Current", "arguments_name", "compile_call", "compile_call_template"]

Check = Callable[[Basic, Slots, Context], bool]


class Current:
    """One operand of a sequence, with its neighbours."""

    __slots__ = ("operands", "position")

    def __init__(self, operands: tuple[Basic, ...], position: int):
        self.operands = operands
        self.position = position


def arguments_name(function: str) -> str:
    """The name of the slot with all arguments of a call that has dots."""
    return f"{function}(…)"


def compile_call(
    pattern: Basic, letters: Letters, argument: Check | None, head: Check | None
) -> Check:
    """A matcher for f(x), f(x, ...) or f(u, ...), f being a letter for a function.

    Args:
        pattern: the call.
        letters: the letters of the rule.
        argument: matches the only argument; with dots, says which arguments u stands for;
            None where the letter before the dots is known before.
        head: the conditions on f.

    Raises:
        ValueError: there are several arguments, but not one letter with dots after it.
    """
    function, *operands = pattern.args
    name = str(function)
    slot = letters.slot(name)

    def applies(node: Basic, slots: Slots, context: Context) -> bool:
        if type(node) is not Apply:
            return False
        found = node._args[0]
        if function_of(found)[0].name in letters.known:
            return False
        slots[slot] = found
        return head is None or head(found, slots, context)

    if len(operands) == 1 and type(operands[0]) is not Dots:
        assert argument is not None
        return lambda node, slots, context: (
            len(node.args) == 2
            and applies(node, slots, context)
            and argument(node.args[1], slots, context)
        )
    letter = _dotted_letter(operands)
    whole = letters.slot(arguments_name(name))
    own = letters.slot(letter.name)
    if argument is not None:
        letters.chosen[letter.name] = argument

        def match_some(node: Basic, slots: Slots, context: Context) -> bool:
            if not applies(node, slots, context):
                return False
            slots[whole] = slots[own] = arguments = node.args[1:]
            return any(argument(each, slots, context) for each in arguments)

        return match_some
    free_of = [
        letters.slot(condition.other)
        for condition in letters.unary(name)
        if condition.kind.words == "is free of" and condition.other is not None
    ]

    def match_one(node: Basic, slots: Slots, context: Context) -> bool:
        if not applies(node, slots, context):
            return False
        slots[whole] = arguments = node.args[1:]
        others = [each for each in arguments if each is not slots[own]]
        return len(others) == len(arguments) - 1 and not any(
            context.dependence(slots[variable]).of(each) for each in others for variable in free_of
        )

    return match_one


def _dotted_letter(operands: list[Basic]) -> Symbol:
    letter = operands[0]
    if len(operands) != 2 or type(operands[1]) is not Dots or not isinstance(letter, Symbol):
        raise ValueError("a function with several arguments is written with dots: f(u, ...)")
    return letter


def compile_call_template(
    template: Basic, letters: Letters, argument: Callable[[Slots, Context], Basic] | None
) -> Callable[[Slots, Context], Basic]:
    """A builder of f(u), f'(u), f'(u, ...), f being a letter for a function.

    Args:
        template: the call.
        letters: the letters of the rule, after the left-hand side was compiled.
        argument: builds the only argument; None where there are dots.

    Raises:
        ValueError: there are several arguments, but not one letter with dots after it.
    """
    function, places = function_of(template.args[0])
    slot = letters.slots[function.name]
    if argument is not None:
        return lambda slots, context: Apply(primed(slots[slot], *places), argument(slots, context))
    letter = _dotted_letter(list(template.args[1:]))
    own = letters.slots[letter.name]
    whole = letters.slots[arguments_name(function.name)]

    def build(slots: Slots, context: Context) -> Basic:
        arguments: Any = slots[whole]
        current = slots[own]
        position = current.position if isinstance(current, Current) else arguments.index(current)
        return Apply(primed(slots[slot], *[position + 1] * len(places)), *arguments)

    return build
