"""Something definite in place of functions of which nothing is known.

An equality between expressions with an unknown f must hold for every f, so it can be tested
with one that has no special properties: entire, real on the real line, of moderate growth,
its derivatives all different.  The same name gives the same function in both expressions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from random import Random

from sympy.core.basic import Basic

from derivex.expression.elementary import ELEMENTARY
from derivex.expression.functions import Function, Functions
from derivex.expression.nodes import ONE, Apply, Over, Plus, function_name, integer, symbol
from derivex.expression.primes import function_of
from derivex.expression.traverse import postorder

__all__ = ["with_stand_ins"]


def with_stand_ins(
    roots: Iterable[Basic], calls: Mapping[str, int], functions: Functions
) -> tuple[Functions, tuple[tuple[str, str], ...]]:
    """The functions with a definition for each unknown one, and what these are, as text."""
    waiting = dict(calls)
    extended: dict[str, Function] = {}
    shown: list[tuple[str, str]] = []
    looked_at: set[str] = set()
    while waiting:
        name, arity = waiting.popitem()
        if name in looked_at:
            continue
        looked_at.add(name)
        function = functions.get(name)
        if function is not None and function.definition is not None:
            for node in postorder(function.definition):
                if type(node) is Apply:
                    waiting[function_of(node.args[0])[0].name] = len(node.args) - 1
        elif function is None and name in ELEMENTARY:
            continue
        elif function is None or function.means is None:
            extended[name], text = _stand_in(name, arity)
            shown.append(text)
    if not extended:
        return functions, ()
    return {**functions, **extended}, tuple(sorted(shown))


def _stand_in(name: str, arity: int) -> tuple[Function, tuple[str, str]]:
    """(3 + 2t + sin(2t + 1))/4, with numbers that follow from the name.

    It is a quotient, and 2t is t/(1/2), so that calls inside one another do not become one
    long flat sum, and what f is applied to remains a part of it.
    """
    random = Random(f"{name} of {arity}")
    letters = ["t"] if arity == 1 else [f"t_{position + 1}" for position in range(arity)]
    parameters = tuple(symbol(letter) for letter in letters)
    constant, phase = random.randint(1, 9), random.randint(1, 5)
    slopes = [random.randint(1, 9) for _ in letters]
    waves = [random.randint(1, 3) for _ in letters]
    divisor = random.randint(4, 9)
    definition = Over(
        Plus(
            integer(constant),
            *map(_times, slopes, parameters),
            Apply(
                function_name("sin"),
                Plus(*map(_times, waves, parameters), integer(phase)),
            ),
        ),
        integer(divisor),
    )
    inside = " + ".join([*map(_term, waves, letters), str(phase)])
    above = " + ".join([str(constant), *map(_term, slopes, letters), f"sin({inside})"])
    head = f"{name}({', '.join(letters)})"
    return Function(name, parameters, definition=definition), (head, f"({above})/{divisor}")


def _times(coefficient: int, parameter: Basic) -> Basic:
    return Over(parameter, Over(ONE, integer(coefficient)))


def _term(coefficient: int, letter: str) -> str:
    return letter if coefficient == 1 else f"{coefficient}{letter}"
