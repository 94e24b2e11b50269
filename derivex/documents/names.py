"""What is known about names at one point of a document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sympy.core.basic import Basic

from derivex.expression import free_symbols, symbol
from derivex.expression.array_nodes import ArrayName
from derivex.expression.functions import Function
from derivex.notation import Definition, Scope
from derivex.notation.characters import plain_name
from derivex.notation.lexer import Word
from derivex.notation.vocabulary import subscript_text

__all__ = ["Names", "called"]

_HEADS = ("NAME", "GREEK")


class Names:
    """Grows from row to row.

    Args:
        scope: what is known from the beginning: functions, and what was declared.
    """

    def __init__(self, scope: Scope):
        self.scope = scope
        self.met: set[str] = set()
        """The names that have stood in some formula."""
        self._functions: dict[str, Function] = {}
        self._given = frozenset(scope.given)

    def is_function(self, name: str) -> bool:
        """Whether a name is a function that was there before the document."""
        known = name in self.scope.functions or name in self.scope.aliases
        return known and name not in self._functions

    def may_define(self, name: str) -> bool:
        """Whether a name has not been met, so that a row may introduce it."""
        return name not in self.met and name not in self.scope.names

    def call(self, found: Mapping[str, Sequence[str]]) -> None:
        """Learn that some names are functions, from how they are written."""
        for name, parameters in found.items():
            if name not in self._functions and not self.is_function(name):
                symbols = tuple(symbol(parameter) for parameter in parameters)
                self._learn(Function(name, symbols))

    def declare_arrays(self, arrays: Iterable[ArrayName]) -> None:
        """Learn the shapes that a document gives; what was declared before it stays."""
        known = self.scope.arrays.keys() | self.scope.names
        found = {array.name: array for array in arrays if array.name not in known}
        if found:
            self.scope = self.scope.with_arrays(*found.values())

    def define(self, definition: Definition) -> None:
        """Learn a definition; it goes before an older one of the same name."""
        self.met.add(definition.name)
        if definition.parameters and not self.is_function(definition.name):
            self._learn(
                Function(definition.name, definition.parameters, definition=definition.body)
            )

    def _learn(self, function: Function) -> None:
        self._functions[function.name] = function
        names = self.scope.names - {function.name}
        self.scope = replace(self.scope, names=names).with_functions({function.name: function})

    def meet(self, expression: Basic) -> None:
        """Remember the names of a formula."""
        self.met.update(str(name) for name in free_symbols(expression))


def called(words: Sequence[Word], whole: bool) -> dict[str, tuple[str, ...]]:
    """The names that can only be functions as they stand there, with names for their arguments.

    A name right before a bracket with several arguments is one, and one whose derivative is
    taken, ∂J(θ)/∂θ, or that is all that stands on the left of a row.

    Args:
        words: the words of a formula.
        whole: whether the formula stands on the left of a row.
    """
    found: dict[str, tuple[str, ...]] = {}
    for position, word in enumerate(words[:-2]):
        name = plain_name(word.text)
        after = position + 1
        if word.kind not in _HEADS or len(word.text) > 24 or word.text[-1].isdigit():
            continue
        if words[after].kind == "SUBSCRIPT" and after + 1 < len(words):
            after += 1  # f_{s,b}(a): the letters of the subscript stay fixed
        if words[after].text != "(":
            continue
        before = words[position - 1] if position else None
        differentiated = before is not None and (
            before.kind in ("PARTIAL", "NABLA") or (before.text == "d" and before.end <= word.start)
        )
        arguments = _arguments(words, after)
        if arguments is None:
            continue
        plain = all(len(argument) == 1 for argument in arguments)
        closing = after + 2 * len(arguments) if plain else -1
        alone = whole and position == 0 and closing == len(words) - 1
        apart = words[after].start != words[after - 1].end
        if (len(arguments) > 1 and not apart) or (plain and (differentiated or alone)):
            found.setdefault(name, _parameters(arguments))
    return found


def _arguments(words: Sequence[Word], opening: int) -> list[list[Word]] | None:
    """The words of each argument of the bracket that opens at a position."""
    depth = 0
    parts: list[list[Word]] = [[]]
    for word in words[opening:]:
        if word.kind in ("OPEN", "INDEX_OPEN"):
            depth += 1
            if depth == 1:
                continue
        elif word.kind == "CLOSE":
            depth -= 1
            if depth == 0:
                return parts if all(parts) else None
        if depth == 1 and word.kind == "COMMA":
            parts.append([])
        elif depth == 1 and word.kind == "SEMICOLON":
            return None
        else:
            parts[-1].append(word)
    return None


def _parameters(arguments: Sequence[Sequence[Word]]) -> tuple[str, ...]:
    """A name for each parameter: the argument itself if it is one name."""
    found: list[str] = []
    for argument in arguments:
        name = ""
        if argument[0].kind in _HEADS and len(argument) <= 2:
            name = plain_name(argument[0].text)
            if len(argument) == 2:
                subscripted = argument[1].kind == "SUBSCRIPT"
                name = f"{name}_{subscript_text(argument[1].text)}" if subscripted else ""
        if not name or name in found:
            name = f"t_{len(found) + 1}"
        found.append(name)
    return tuple(found)
