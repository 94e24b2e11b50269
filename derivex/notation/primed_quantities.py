"""Quantities that are written with primes and without arguments: u′v + uv′, (uv)′, y″ + y.

Of a rule such as (uv)′ = u′v + uv′ nobody declares the letters: they are functions of x, or of t
where that is the letter beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from derivex.expression import symbol
from derivex.expression.functions import Function
from derivex.notation.lexer import Word
from derivex.notation.notes import Notes
from derivex.notation.scope import Scope

__all__ = ["DEPENDENT", "USUALLY_PRIMED", "with_primed_quantities"]

DEPENDENT = ("u", "v", "w", "y")
"""Letters that depend on something else where they stand in a bracket with a prime."""

_FUNCTIONS = ("f", "g", "h")  # only where they are written without arguments everywhere
USUALLY_PRIMED = (*DEPENDENT, *_FUNCTIONS)
"""Letters that depend on x where nothing else is said of them."""


def with_primed_quantities(words: Sequence[Word], scope: Scope, notes: Notes) -> Scope:
    """The scope with the letters that have primes and no arguments as functions of one letter.

    Args:
        words: the words of the text.
        scope: what is known; nothing is added to that of rule files.
        notes: where the choice is told.
    """
    if scope.rules or not any(word.kind == "PRIME" for word in words):
        return scope
    found = {
        name: at
        for name, at in {**_in_primed_brackets(words), **_with_primes(words)}.items()
        if name not in scope.names and name not in scope.functions and name not in scope.aliases
    }
    if "u" not in found or "v" not in found:
        found.pop("w", None)  # w′ alone is more often a new w than a derivative
    if not found:
        return scope
    letters = {letter for word in words if word.kind == "NAME" for letter in word.text}
    variable = next((each for each in "xt" if each in letters), "x")
    for name, at in found.items():
        notes.add(at, name, f"a function of {variable}")
    functions = {name: Function(name, (symbol(variable),)) for name in found}
    return scope.with_functions(functions)


def _with_primes(words: Sequence[Word]) -> dict[str, int]:
    """The letters that primes stand directly behind, none of them with an argument, and where."""
    found: dict[str, int] = {}
    called: set[str] = set()
    for position, word in enumerate(words[:-1]):
        name, behind = word.text[-1:], words[position + 1]
        if word.kind != "NAME" or name not in USUALLY_PRIMED or behind.start != word.end:
            continue
        after = position + 1
        while after < len(words) and words[after].kind == "PRIME":
            after += 1
        opens = after < len(words) and words[after].text == "(" and name in _FUNCTIONS
        if opens and words[after].start == words[after - 1].end:
            called.add(name)
        elif after > position + 1:
            found.setdefault(name, word.end - 1)
    return {name: at for name, at in found.items() if name not in called}


def _in_primed_brackets(words: Sequence[Word]) -> dict[str, int]:
    """The letters in brackets with a prime behind them that hold no others: u and v of (uv)′."""
    found: dict[str, int] = {}
    opened: list[int] = []
    for position, word in enumerate(words):
        if word.kind == "OPEN":
            opened.append(position)
        elif word.kind == "CLOSE" and opened:
            inside = words[opened.pop() + 1 : position]
            after = words[position + 1 : position + 2]
            if after and after[0].kind == "PRIME" and _only_dependent(inside):
                for each in inside:
                    if each.kind == "NAME":
                        found.update((letter, each.start) for letter in each.text)
    return found


def _only_dependent(words: Iterable[Word]) -> bool:
    names = [word for word in words if word.kind in ("NAME", "GREEK")]
    return bool(names) and all(letter in USUALLY_PRIMED for word in names for letter in word.text)
