"""What the answers of a sheet are read and judged with: plain data, so that it can be stored."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.engine import Columns, Definitions
from derivex.expression.array_nodes import ArrayName
from derivex.expression.functions import Function, Functions
from derivex.expression.shapes import name_for
from derivex.notation import Definition, Scope
from derivex.rulebook import RuleBook

__all__ = ["SheetKnowledge"]


@dataclass(frozen=True)
class SheetKnowledge:
    """What is known where answers are read and judged.

    Args:
        names: declared letters, which may be written next to each other, as in ``ab``.
        definitions: functions and abbreviations, the later one of a name before the earlier.
        arrays: the vectors and matrices, with their shapes.
        assumptions: relations that are assumed, such as x > 0.
        columns: the data: each column's name with its entries.
    """

    names: tuple[str, ...] = ()
    definitions: tuple[Definition, ...] = ()
    arrays: tuple[ArrayName, ...] = ()
    assumptions: tuple[Basic, ...] = ()
    columns: tuple[tuple[Symbol, tuple[Basic, ...]], ...] = ()

    @property
    def data(self) -> Columns:
        """The columns by their names."""
        return dict(self.columns)

    @property
    def defined(self) -> Definitions:
        """The definitions, as the engine takes them."""
        functions: dict[str, Function] = {}
        abbreviations: dict[Symbol | ArrayName, Basic] = {}
        for each in self.definitions:
            if each.parameters:
                functions[each.name] = Function(each.name, each.parameters, definition=each.body)
            elif each.body is not None:
                abbreviations[name_for(each.name, each.body)] = each.body
        return Definitions(functions, abbreviations, self.arrays)

    def functions(self, book: RuleBook) -> Functions:
        """The functions of the rules and those that were defined."""
        return {**book.functions, **self.defined.functions}

    def scope(self, book: RuleBook) -> Scope:
        """What the readers of answers may take for granted."""
        defined = self.defined
        abbreviated = [name.name for name in defined.abbreviations]
        scope = Scope(functions=book.functions).declare(*self.names, *abbreviated)
        scope = scope.with_data(*(name.name for name, _ in self.columns))
        return scope.with_arrays(*self.arrays).with_functions(defined.functions)
