"""What library users may hand in: text or SymPy expressions, names, points, definitions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.engine import Columns, Definitions, fill_in_definitions
from derivex.errors import DerivexError, ProblemError
from derivex.expression import free_symbols, postorder, symbol
from derivex.expression.functions import Function
from derivex.expression.lift import lift
from derivex.expression.nodes import At, Equation, Node, Row, Total
from derivex.notation import (
    Scope,
    read_assignments,
    read_definition,
    read_names,
    read_relation,
    read_text,
)
from derivex.rulebook import RuleBook, load_rules, shipped_book

__all__ = ["Problem", "Variables", "make_problem", "read_value"]

Expression = str | Basic | int
Variables = str | Symbol | Sequence[str | Symbol] | None
Point = str | Mapping[Any, Any] | None


@dataclass(frozen=True)
class Problem:
    """Everything that was handed in, read.

    Args:
        expression: the written tree.
        by: the variables, empty if none were named.
        point: what is to be filled in; empty if no value is asked for.
        definitions: what ``let`` gave.
        columns: the data.
        book: the rules.
        notes: how ambiguous input was read.
    """

    expression: Basic
    by: tuple[Basic, ...]
    point: Mapping[Basic, Basic]
    definitions: Definitions
    columns: Columns
    book: RuleBook
    notes: tuple[str, ...]

    def variables(self) -> tuple[Symbol, ...]:
        """The letters that one may differentiate by: not data, not abbreviations, not n."""
        filled = _filled(self.expression, self.definitions)
        columns = {name.name for name in self.columns}
        indexed = {
            node.args[0]
            for node in postorder(filled)
            if type(node) is At and isinstance(node.args[0], Symbol)
        }
        counted = any(type(node) is Total for node in postorder(filled))
        return tuple(
            name
            for name in free_symbols(filled)
            if name not in indexed
            and name.name not in columns
            and not (counted and name.name == "n")
        )

    def equations(self, expression: Basic) -> tuple[Basic, ...]:
        """The equations in what was handed in; none if it is an expression."""
        if type(expression) is Equation:
            return (expression,)
        if type(expression) is Row and all(type(each) is Equation for each in expression.args):
            return expression.args
        return ()

    def only_variable(self) -> Symbol:
        """The variable, where none was named.

        Raises:
            ProblemError: there is none, or more than one.
        """
        found = self.variables()
        if len(found) == 1:
            return found[0]
        if not found:
            raise ProblemError(
                "there is no variable in the expression, so say what to differentiate by",
                hint="for example: --by x",
            )
        names = ", ".join(name.name for name in found)
        raise ProblemError(
            f"the expression has several variables ({names}), so say which one to "
            "differentiate by",
            hint=f"for example: --by {found[0].name}",
        )


def _filled(expression: Basic, definitions: Definitions) -> Basic:
    phases = fill_in_definitions(expression, definitions)
    return phases[-1].result if phases else expression


def make_problem(
    expression: Expression,
    by: Variables = None,
    at: Point = None,
    let: str | Iterable[str] = (),
    data: Mapping[str, Sequence[Any]] | None = None,
    rules: str | Path | RuleBook | None = None,
    equations: bool = False,
) -> Problem:
    """Read everything that was handed in.

    Args:
        expression: text, a SymPy expression or a written tree.
        by: the variables.
        at: a point.
        let: definitions.
        data: columns of numbers.
        rules: a rule file, or a rule book.
        equations: whether the text may hold equations, separated by commas.

    Raises:
        ReadError: a text that cannot be read, with its place.
        RuleError: a rule file that is refused.
        ProblemError: something of the wrong kind.
    """
    book = _book(rules)
    scope = Scope(functions=book.functions)
    columns = _columns(data or {})
    scope = scope.declare(*(name.name for name in columns))
    scope = scope.with_data(*(name.name for name in columns))
    definitions, scope, notes = _definitions(let, scope)
    variables = _variables(by)
    point = _point(at, scope)
    names = [*variables, *point]
    scope = scope.declare(*(name.name for name in names if isinstance(name, Symbol)))
    if isinstance(expression, str):
        tree, reading_notes = _read(expression, scope, equations)
        notes = (*notes, *reading_notes)
    elif isinstance(expression, Node):
        tree = expression
    elif isinstance(expression, (Basic, int)):
        tree = lift(expression, book.functions)
    else:
        raise ProblemError(
            f"an expression is a text or a SymPy expression, not {type(expression).__name__}"
        )
    return Problem(tree, variables, point, definitions, columns, book, notes)


def _read(text: str, scope: Scope, equations: bool) -> tuple[Basic, tuple[str, ...]]:
    """An expression, or where equations are allowed a :class:`Row` of them."""
    if not equations or "=" not in text:
        reading = read_text(text, scope)
        return reading.expression, reading.notes
    readings = [read_relation(part, scope) for part in text.split(",")]
    notes = tuple(note for reading in readings for note in reading.notes)
    return Row(*[reading.expression for reading in readings]), notes


def _book(rules: str | Path | RuleBook | None) -> RuleBook:
    if isinstance(rules, RuleBook):
        return rules
    book = shipped_book()
    return book if rules is None else load_rules(Path(rules), book)


def _variables(by: Variables) -> tuple[Basic, ...]:
    if by is None:
        return ()
    if isinstance(by, (str, Symbol)):
        by = [by]
    found: list[Basic] = []
    for each in by:
        if isinstance(each, str):
            found.extend(read_names(each))
        elif isinstance(each, Symbol):
            found.append(symbol(each.name))
        elif isinstance(each, Node):
            found.append(each)
        else:
            raise ProblemError(f"a variable is a name, not {type(each).__name__}")
    return tuple(found)


def _point(at: Point, scope: Scope) -> dict[Basic, Basic]:
    if at is None:
        return {}
    if isinstance(at, str):
        return dict(read_assignments(at, scope))
    point: dict[Basic, Basic] = {}
    for name, value in at.items():
        (variable,) = _variables(name)
        point[variable] = read_value(value, scope)
    return point


def read_value(value: Any, scope: Scope | None = None) -> Basic:
    """A number or expression as a user hands it in: text, a Python number, SymPy's, a tree."""
    scope = scope or Scope()
    if isinstance(value, str):
        return read_text(value, scope).expression
    if isinstance(value, float):
        return read_text(repr(value), scope).expression
    if isinstance(value, Node):
        return value
    try:
        return lift(value, scope.functions)
    except DerivexError:
        raise
    except Exception:
        raise ProblemError(f"{value!r} is not a value") from None


def _columns(data: Mapping[str, Sequence[Any]]) -> dict[Symbol, tuple[Basic, ...]]:
    scope = Scope()
    columns = {
        symbol(name): tuple(read_value(entry, scope) for entry in column)
        for name, column in data.items()
    }
    lengths = {name.name: len(column) for name, column in columns.items()}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{name} has {length}" for name, length in lengths.items())
        raise ProblemError(f"the columns of data have different lengths: {told}")
    return columns


def _definitions(
    let: str | Iterable[str], scope: Scope
) -> tuple[Definitions, Scope, tuple[str, ...]]:
    functions: dict[str, Function] = {}
    abbreviations: dict[Symbol, Basic] = {}
    notes: tuple[str, ...] = ()
    for text in [let] if isinstance(let, str) else let:
        found = read_definition(text, scope)
        notes += found.notes
        if found.parameters:
            function = Function(found.name, found.parameters, definition=found.body)
            functions[found.name] = function
            scope = scope.with_functions({found.name: function})
        else:
            abbreviations[symbol(found.name)] = found.body
            scope = scope.declare(found.name)
    return Definitions(functions, abbreviations), scope, notes
