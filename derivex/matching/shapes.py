"""Shapes in rules: ``let A: m by n, u: n`` says which letters stand for arrays, and of which shape.

The sizes m and n are letters of the rule themselves: a size is bound by the first letter whose
shape speaks of it, and every later one must agree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression.array_nodes import ArrayName
from derivex.expression.shapes import ANY, SCALAR, ShapeError, shape_of
from derivex.matching.bindings import Slots

__all__ = ["array_check", "is_scalar"]

ShapeCheck = Callable[[Basic, Slots], bool]


def is_scalar(node: Basic) -> bool:
    """Whether an expression is a number (or a zero, which can be one)."""
    try:
        return shape_of(node) in (SCALAR, ANY)
    except ShapeError:
        return False


def array_check(letter: ArrayName, bound: set[str], slots_of: Mapping[str, int]) -> ShapeCheck:
    """The check that what a letter stands for has its shape, which binds the sizes in it.

    Args:
        letter: the letter with its shape.
        bound: the sizes that are bound when it is checked; those of this letter are added.
        slots_of: the slot of each size.
    """
    compared: list[tuple[int, int | Basic]] = []  # axis, and the slot or the number it must equal
    binding: list[tuple[int, int]] = []
    for axis, size in enumerate((letter.rows, letter.columns)):
        if not isinstance(size, Symbol):
            compared.append((axis, size))
        elif size.name in bound:
            compared.append((axis, slots_of[size.name]))
        else:
            bound.add(size.name)
            binding.append((axis, slots_of[size.name]))
    symmetric = letter.symmetric

    def check(node: Basic, slots: Slots) -> bool:
        try:
            shape = shape_of(node)
        except ShapeError:
            return False
        if shape is ANY or shape == SCALAR:
            return False
        assert shape is not None
        for axis, slot in binding:
            slots[slot] = shape[axis]
        for axis, wanted in compared:
            if shape[axis] is not (slots[wanted] if isinstance(wanted, int) else wanted):
                return False
        return not symmetric or (type(node) is ArrayName and node.symmetric)

    return check
