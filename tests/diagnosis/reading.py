"""Lines for the tests of diagnosis, from text."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.notation import Scope, TextWriter, read_array, read_relation, read_text
from derivex.rulebook import shipped_book

BOOK = shipped_book()


def line(text: str, *data: str, arrays: tuple[str, ...] = ()) -> Basic:
    """A line; an equation where there is an equals sign."""
    scope = Scope(functions=BOOK.functions, sets=True).with_data(*data)
    scope = scope.with_arrays(*[read_array(each) for each in arrays]) if arrays else scope
    read = read_relation if "=" in text and ".." not in text else read_text
    return read(text, scope).expression


def written(node: Basic | None) -> str:
    """A line as ASCII text."""
    return "" if node is None else TextWriter(unicode=False).write(node)
