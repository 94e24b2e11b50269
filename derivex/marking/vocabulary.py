"""The names of an exercise, read as what they stand for there.

What is printed for a name need not be read as that name: y may be a function that an equation
determines, u₁ an intermediate quantity, z̄ a derivative by z, where a reader who knows nothing else
takes y for a letter and z̄ for a mean.  In an answer a name means what it means in the exercise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.errors import DerivexError
from derivex.expression import (
    Apply,
    Named,
    RaisedName,
    Subdifferential,
    bare_quantity,
    postorder,
    substitute,
    symbol,
)
from derivex.expression.array_nodes import ArrayName, Basis, Ones, array_name
from derivex.expression.shapes import SCALAR, shape_of
from derivex.notation import LatexWriter, Scope, TextWriter, read_text

__all__ = ["Vocabulary"]

_BEFORE, _AFTER = r"(?<![^\W\d_])", r"(?![^\W\d²³¹⁰⁴⁵⁶⁷⁸⁹⁻ⁿ]|[\d\u0304])"


class Vocabulary:
    """Reads formulas in the light of the names of an exercise.

    Args:
        trees: the expressions of the exercise.
        scope: what is known besides.
    """

    def __init__(self, trees: Iterable[Basic], scope: Scope):
        self.scope = scope
        self._meant: dict[Basic, Basic] = {}
        self._hidden: dict[Symbol | ArrayName, Basic] = {}
        self._spelled: dict[str, str] = {}
        names = dict.fromkeys(node for tree in trees for node in postorder(tree) if _is_name(node))
        writers = TextWriter(), TextWriter(False), LatexWriter(scope.functions)
        read_as = {name: _read(writers[0].write(name), scope) for name in names}
        for name, found in read_as.items():
            if found is name or found in names:
                continue
            alone = [each for each in names if read_as[each] is found] == [name]
            if found is not None and alone:
                self._meant[found] = name
            if not (alone and isinstance(found, Symbol)):
                self._hide(name, [writer.write(name) for writer in writers])
        scope = scope.declare(*(own.name for own in self._hidden if isinstance(own, Symbol)))
        self.scope = scope.with_arrays(*(own for own in self._hidden if type(own) is ArrayName))
        self._pattern = _pattern_of(self._spelled)

    def _hide(self, name: Basic, spellings: list[str]) -> None:
        """Let a name be read by a name of our own, which nobody types."""
        first, second = divmod(len(self._hidden), 26)
        called = f"blank{chr(97 + first % 26)}{chr(97 + second)}"
        shape = shape_of(name)
        own = array_name(called, *shape) if shape and shape != SCALAR else symbol(called)
        known = [each for each in spellings if each in self._spelled]
        if spellings[0] in known:
            return  # two that are printed alike: the first one is meant
        self._hidden[own] = name
        for spelling in spellings:
            latex = "\\" in spelling
            self._spelled.setdefault(spelling, rf"\text{{{called}}}" if latex else called)

    def said(self, message: str) -> str:
        """A message with names as they are printed in the place of our own."""
        for own, name in self._hidden.items():
            message = message.replace(own.name, TextWriter().write(name))
        return message

    def readings(self, text: str, reader: Callable[[str, Scope], Basic]) -> Iterator[Basic]:
        """What a formula means here, the likeliest first.

        Args:
            text: as it was typed.
            reader: reads one formula.

        Raises:
            ReadError: it is no formula.
        """
        if self._pattern is not None:
            text = self._pattern.sub(lambda found: self._spelled[found.group()], text)
        tree = substitute(reader(text, self.scope), self._hidden)
        meant = substitute(tree, self._meant)
        yield meant
        if meant is not tree:
            yield tree


def _is_name(node: Basic) -> bool:
    """Whether a node is printed as a name alone; or in a notation that no reader has."""
    if type(node) is Apply:
        return bare_quantity(node) is not None
    return isinstance(node, Symbol | Named | RaisedName | Subdifferential | Basis | Ones)


def _read(text: str, scope: Scope) -> Basic | None:
    try:
        return read_text(text, scope).expression
    except DerivexError:
        return None


def _pattern_of(spelled: Iterable[str]) -> re.Pattern[str] | None:
    """Finds the spellings where they stand as whole names."""
    longest = sorted(spelled, key=len, reverse=True)
    if not longest:
        return None
    # ∂(u) before a stroke is part of a quotient ∂(u)/∂x.
    choices = "|".join(re.escape(each) + r"(?!\s*/)" * each.startswith("∂") for each in longest)
    return re.compile(f"{_BEFORE}(?:{choices}){_AFTER}")
