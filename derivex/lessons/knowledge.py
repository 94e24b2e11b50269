"""What is known at one point of a lesson: definitions, data, values found, the last result."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Derivation, Entry, Phase
from derivex.engine import Columns, Definitions, differentiate, filled_in
from derivex.expression import Apply, D, Equation, Row, free_symbols, function_name, is_set, symbol
from derivex.expression.array_nodes import ArrayName
from derivex.expression.data import COUNT, data_names
from derivex.expression.functions import Function, Functions
from derivex.expression.shapes import name_for
from derivex.lessons.parameters import written_with
from derivex.lessons.passage import Passage
from derivex.notation import (
    Definition,
    Reading,
    Scope,
    read_assignments,
    read_definition,
    read_names,
    read_relation,
    read_text,
)
from derivex.notation.vector_arguments import of_definition
from derivex.rulebook import RuleBook

__all__ = ["Knowledge"]


class Knowledge:
    """Grows from statement to statement; it also reads formulas in the light of what it knows.

    Args:
        book: the rules.
    """

    def __init__(self, book: RuleBook):
        self.book = book
        self.columns: dict[Symbol, Sequence[Basic]] = {}
        self.found: dict[Basic, Basic] = {}
        """The values found last, by solving or by descent; formulas, where solving gave some."""
        self.last: Basic | None = None
        """The last result that was an expression."""
        self.worked: dict[Symbol, Derivation] = {}
        """How the values that were found by solving are worked out from the data."""
        self.records: tuple[object, ...] = ()
        """What the last statement led to that derived something."""
        self.shown: tuple[object, ...] = ()
        """What the last statement led to that did more than declare something."""
        self.chosen: Mapping[Symbol, Basic] = {}
        """What ``choose`` is to choose, where that was decided before."""
        self.parameters: dict[Symbol, Basic] = {}
        """The letters that stand for numbers in this variant."""
        self._functions: dict[str, Function] = {}
        self._abbreviations: dict[Symbol | ArrayName, Basic] = {}
        self._arrays: dict[str, ArrayName] = {}
        self._scope = Scope(functions=book.functions)
        self._notes: list[str] = []

    # -- learning --------------------------------------------------------------------------

    def define(self, definition: Definition) -> None:
        """Learn a function or an abbreviation; it goes before an older one of the same name."""
        self._functions.pop(definition.name, None)
        self._abbreviations.pop(symbol(definition.name), None)
        array = self._arrays.pop(definition.name, None)
        if array is not None:
            self._abbreviations.pop(array, None)
        if definition.parameters:
            self._functions[definition.name] = Function(
                definition.name, definition.parameters, definition=definition.body
            )
        elif definition.body is not None:
            name = name_for(definition.name, definition.body)
            self._abbreviations[name] = definition.body
            if isinstance(name, ArrayName):
                self._arrays[name.name] = name
        self.declare(*definition.parameters)

    def declare_arrays(self, arrays: Sequence[ArrayName]) -> None:
        """Learn the shapes of vectors and matrices."""
        self._arrays.update({array.name: array for array in arrays})

    def add_column(self, name: Symbol, entries: Sequence[Basic]) -> None:
        """Learn a column of data."""
        self.columns[name] = entries
        self.found.pop(name, None)
        self.worked.clear()
        self.declare(COUNT)

    def find(
        self,
        names: Sequence[Symbol],
        results: Mapping[Symbol, Basic],
        derivations: Mapping[Symbol, Derivation] = MappingProxyType({}),
    ) -> None:
        """Learn what was found for some names; what was known of them before is forgotten.

        Args:
            names: what was looked for.
            results: what was found, as numbers or formulas.
            derivations: how the formulas come to numbers, with the data as they are.
        """
        self.declare(*names)
        for name in names:
            self.found.pop(name, None)
            self.worked.pop(name, None)
            if name in results:
                self.found[name] = results[name]
            if name in derivations:
                self.worked[name] = _beginning_with(name, derivations[name])

    def find_arrays(self, results: Mapping[Basic, Basic]) -> None:
        """Learn what was found for vectors, whose names are declared already."""
        self.found.update(results)

    def declare(self, *names: Symbol) -> None:
        """Take names up that formulas may run together, as in ``ab``."""
        self._scope = self._scope.declare(*(name.name for name in names))

    def take_parameters(self, values: Mapping[Symbol, Basic]) -> None:
        """Learn what was chosen: from here on the letters are read as these numbers."""
        self.parameters.update(values)
        self.declare(*values)

    # -- what is known ---------------------------------------------------------------------

    @property
    def numbers(self) -> dict[Basic, Basic]:
        """The values found last, as numbers where the data make numbers of them."""
        worked = {name: derivation.result for name, derivation in self.worked.items()}
        return {**self.found, **worked}

    @property
    def definitions(self) -> Definitions:
        """The functions and abbreviations so far."""
        arrays = tuple(self._arrays.values())
        return Definitions(dict(self._functions), dict(self._abbreviations), arrays)

    @property
    def functions(self) -> Functions:
        """The functions of the book, and those defined so far."""
        return {**self.book.functions, **self._functions}

    @property
    def data(self) -> Columns:
        """The columns so far."""
        return dict(self.columns)

    @property
    def scope(self) -> Scope:
        """What the readers may take for granted."""
        scope = self._scope.declare(*(name.name for name in self._abbreviations))
        scope = scope.with_data(*(name.name for name in self.columns))
        scope = scope.with_arrays(*self._arrays.values()).with_functions(self._functions)
        return replace(scope, sets=self.last is not None and is_set(self.last))

    def fill_in(self, expression: Basic) -> Basic:
        """An expression with every definition filled in."""
        return filled_in(expression, self.definitions)

    def work_out(self, expression: Basic) -> Derivation:
        """An expression with definitions filled in and the derivatives in it taken."""
        return differentiate(expression, [], self.book, self.definitions)

    def variables(self, expression: Basic) -> tuple[Symbol, ...]:
        """The names that an expression may be differentiated by, unless the lesson says.

        For a call of a defined function they are its arguments; otherwise all names but those
        of data, and n.
        """
        if type(expression) is Apply and self.definitions.functions.get(str(expression.args[0])):
            named = expression.args[1:]
            if all(isinstance(argument, Symbol) for argument in named):
                return tuple(dict.fromkeys(named))
        filled = self.fill_in(expression)
        data = data_names(filled).keys() | self.columns.keys()
        if data:
            data |= {COUNT}
        return tuple(name for name in free_symbols(filled) if name not in data)

    # -- reading ---------------------------------------------------------------------------

    def expression(self, passage: Passage) -> Basic:
        """The expression that a passage holds; ``loss`` by itself means ``loss(s, b)``.

        Raises:
            DerivexError: it is none; located in the file.
        """
        function = self._functions.get(passage.text)
        if function is not None:
            arguments = of_definition(function, function.parameters)
            return Apply(function_name(function.name), *arguments)
        noun = passage.noun("derivative")
        if noun is not None:
            return self._derivative(Passage(passage.statement, noun.end, passage.end).after("of"))
        return self._read(passage, read_text)

    def _derivative(self, passage: Passage) -> Basic:
        """What ``derivative of f by x`` names: the passage is what stands after “of”."""
        head, clauses = passage.clauses("by")
        expression = self.expression(head)
        by = [name for _, clause in clauses for name in self.names(clause)]
        if not by:
            by = [self.only_variable(expression, head, "derivative of")]
        for variable in by:
            expression = D(expression, variable)
        return expression

    def only_variable(self, expression: Basic, head: Passage, asked: str) -> Symbol:
        """The variable, where none is named.

        Raises:
            LessonError: there is none, or more than one.
        """
        variables = self.variables(expression)
        if len(variables) != 1:
            several = " and ".join(name.name for name in variables[:3])
            raise head.error(
                f"it is not said what to differentiate by: {several} could be meant"
                if variables
                else "there is no variable to differentiate by",
                f"write: {asked} {head.text} by {variables[0] if variables else 'x'}",
            )
        return variables[0]

    def vector_or_expression(self, passage: Passage) -> Basic:
        """The expression that a passage holds, or a row vector such as ``(1, 2)``."""
        text = passage.text
        if text.startswith("(") and text.endswith(")"):
            inside = Passage(passage.statement, passage.start + 1, passage.end - 1)
            entries = inside.parts(",")
            if len(entries) > 1:
                return Row(*[self.expression(entry) for entry in entries])
        return self.expression(passage)

    def equation(self, passage: Passage) -> Basic:
        """The equation that a passage holds."""
        sides = passage.parts("=")
        if len(sides) == 2 and any(side.noun("derivative") for side in sides):
            return Equation(*map(self.expression, sides))
        return self._read(passage, read_relation)

    def definition(self, passage: Passage) -> Definition:
        """The definition that a passage holds."""
        name, body = passage.split_first("=")
        if body is not None and body.noun("derivative"):
            read = name.read(lambda text: read_definition(f"{text} = 0", self.scope))
            read = replace(read, body=self.expression(body))
        else:
            _refuse_words(passage)
            read = passage.read(lambda text: read_definition(text, self.scope))
        if read.body is None or not self.parameters:
            return read
        inside = {name: self.parameters[name] for name in self.parameters.keys() - read.parameters}
        return replace(read, body=written_with(read.body, inside))

    def names(self, passage: Passage) -> tuple[Basic, ...]:
        """The names, separated by commas, that a passage holds."""
        return passage.read(lambda text: read_names(text, self.scope))

    def values(self, passage: Passage) -> dict[Basic, Basic]:
        """The values for names that a passage holds: ``s = 1, b = 0``."""
        values = passage.read(lambda text: read_assignments(text, self.scope))
        return {name: self.with_parameters(value) for name, value in values.items()}

    def with_parameters(self, expression: Basic) -> Basic:
        """An expression with the numbers that were chosen for letters."""
        return written_with(expression, self.parameters)

    def _read(self, passage: Passage, reader: Callable[[str, Scope], Reading]) -> Basic:
        _refuse_words(passage)
        reading = passage.read(lambda text: reader(text, self.scope))
        self._notes += reading.notes
        return self.with_parameters(reading.expression)

    def add_notes(self, *notes: str) -> None:
        """Keep remarks on how something was read, for the statement at hand."""
        self._notes += notes

    def take_notes(self) -> tuple[str, ...]:
        """The remarks since this was last asked for, each once."""
        notes = tuple(dict.fromkeys(self._notes))
        self._notes = []
        return notes


def _refuse_words(passage: Passage) -> None:
    """Refuse what is said in words, which would be read as a product of names."""
    said = re.search(r"(?<![\w\\])([A-Za-z]{2,})\s+of\s", passage.text)
    if said is None:
        return
    word = Passage(passage.statement, passage.start + said.start(), passage.start + said.end())
    if said[1] == "derivative":
        raise word.error(
            "“derivative of” stands at the beginning of an expression only",
            "inside of one write: d/dx x^2",
        )
    raise word.error(
        f"“{word.text}” is no part of a formula",
        "write a formula, or: derivative of x^2 by x; statements begin with: gradient of, "
        "jacobian of, hessian of, subgradient of",
    )


def _beginning_with(name: Symbol, derivation: Derivation) -> Derivation:
    """The derivation of a value from its formula, with the line ``s`` before it."""
    first, *others = derivation.phases
    entry = Entry("filling in the solution", {name: first.start})
    phases = (Phase(name, {}, name), replace(first, entry=entry), *others)
    return replace(derivation, phases=phases)
