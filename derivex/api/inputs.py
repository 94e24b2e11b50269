"""What library users may hand in: text or SymPy expressions, names, points, definitions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.api.declarations import Declarations, declare
from derivex.api.defined import refuse_undefined, remarks_on
from derivex.api.values import (
    Data,
    Point,
    Variables,
    read_assumptions,
    read_columns,
    read_point,
    read_value,
    read_variables,
)
from derivex.engine import (
    Columns,
    Definitions,
    Intermediates,
    filled_in,
    read_intermediates,
)
from derivex.errors import ProblemError
from derivex.expression import ONE, Times, free_symbols, postorder
from derivex.expression.array_nodes import ArrayName
from derivex.expression.data import COUNT, data_names
from derivex.expression.functions import Function
from derivex.expression.nodes import Equation, Row
from derivex.expression.shapes import name_for, shape_of
from derivex.notation import (
    Scope,
    TextWriter,
    declaration_text,
    is_array_declaration,
    read_arrays,
    read_definition,
    read_relation,
    read_text,
    speaks_of_arrays,
)
from derivex.rulebook import RuleBook, load_rules, shipped_book

__all__ = [
    "Data",
    "Point",
    "Problem",
    "Variables",
    "definitions_from",
    "make_problem",
    "parts_outside_brackets",
    "read_through",
    "read_value",
]

Expression: TypeAlias = str | Basic | int | float

MAX_FACTORS = 1000
"""Factors in one product that is read: the product rule makes the square of their number."""


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
        assumptions: what side conditions may rely on.
    """

    expression: Basic
    by: tuple[Basic, ...]
    point: Mapping[Basic, Basic]
    definitions: Definitions
    columns: Columns
    book: RuleBook
    notes: tuple[str, ...]
    assumptions: tuple[Basic, ...] = ()

    def arrays(self) -> tuple[ArrayName, ...]:
        """The vectors and matrices in the expression, in order."""
        filled = filled_in(self.expression, self.definitions)
        return tuple(node for node in postorder(filled) if type(node) is ArrayName)

    def refuse_outside(self, expression: Basic, derivative: bool = False) -> None:
        """Refuse a point at which an expression has no value.

        Args:
            expression: the function, or its derivative.
            derivative: whether it is the derivative.

        Raises:
            ProblemError: it has none there.
        """
        if self.point and not self.columns and not self.arrays():
            # Imported here, because few questions are asked at a point.
            from derivex.engine.domain import refuse_outside

            filled = filled_in(expression, self.definitions)
            refuse_outside(filled, self.point, self.book.functions, derivative)

    def variables(self) -> tuple[Symbol, ...]:
        """The letters that one may differentiate by: not data, not abbreviations, not n."""
        filled = filled_in(self.expression, self.definitions)
        data = data_names(filled).keys() | self.columns.keys()
        if data:
            data |= {COUNT}
        return tuple(name for name in free_symbols(filled) if name not in data)

    @property
    def declarations(self) -> Declarations:
        """What was declared, as it is stored with a result."""
        return declare(self.definitions, self.columns, self.book.functions, self.assumptions)

    def equations(self, expression: Basic) -> tuple[Basic, ...]:
        """The equations in what was handed in; none if it is an expression."""
        if type(expression) is Equation:
            return (expression,)
        if type(expression) is Row and all(type(each) is Equation for each in expression.args):
            return tuple(expression.args)
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
            raise self.without_variable()
        names = ", ".join(name.name for name in found)
        raise ProblemError(
            f"the expression has several variables ({names}), so say which one to differentiate by",
            hint=f"for example: --by {found[0].name}",
        )

    def without_variable(self) -> ProblemError:
        """What is told where nothing was named and nothing can be differentiated by."""
        says = "there is no variable in the expression, so say what to differentiate by"
        data = [name.name for name in data_names(filled_in(self.expression, self.definitions))]
        if not data:
            return ProblemError(says, hint="for example: --by x")
        return ProblemError(
            f"{says}: {data[0]} has entries, which are taken for data",
            hint=f"for one of them write --by {data[0]}_k; for all of them "
            f'--by {data[0]} --let "{data[0]}: n", which makes {data[0]} a vector of n entries',
        )


def read_through(through: str | Mapping[str, Expression], problem: Problem) -> Intermediates:
    """The intermediate variables that a user names.

    Raises:
        ReadError: a text that cannot be read.
        ProblemError: something that is no definition.
    """
    functions = {**problem.book.functions, **problem.definitions.functions}
    letters = [*free_symbols(problem.expression), *problem.by]
    scope = Scope(functions=functions).declare(
        *(name.name for name in letters if isinstance(name, Symbol))
    )
    if isinstance(through, str):
        return read_intermediates(through, scope, problem.definitions)
    if not isinstance(through, Mapping):
        raise ProblemError(
            f"intermediate variables are a text or a mapping, not {through!r}",
            hint='write through="u = x^2"',
        )
    point = read_point(through, scope)
    return Intermediates({name: body for name, body in point.items() if isinstance(name, Symbol)})


def make_problem(
    expression: Expression,
    by: Variables = None,
    at: Point = None,
    let: str | Iterable[str] = (),
    data: Data = None,
    rules: str | Path | RuleBook | None = None,
    equations: bool = False,
    assume: str | Iterable[str] = (),
    vectors: bool = False,
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
        assume: relations between a letter and a number: ``"x > 0"``.
        vectors: whether the expression may be a vector, where shapes are not declared.

    Raises:
        ReadError: a text that cannot be read, with its place.
        RuleError: a rule file that is refused.
        ProblemError: something of the wrong kind.
    """
    book = read_book(rules)
    scope = Scope(functions=book.functions)
    columns = read_columns(data)
    scope = scope.declare(*(name.name for name in columns))
    scope = scope.with_data(*(name.name for name in columns))
    definitions, scope, notes = definitions_from(let, scope)
    if isinstance(expression, str) and speaks_of_arrays(expression):
        definitions, scope, said = _with_shapes(expression, by, at, definitions, scope, vectors)
        notes = (*notes, *said)
    variables = read_variables(by, scope)
    point = read_point(at, scope)
    _refuse_defined(definitions, (*variables, *point, *columns))
    _refuse_data(variables, columns)
    _refuse_other_shapes(point)
    names = [*variables, *point]
    scope = scope.declare(*(name.name for name in names if isinstance(name, (Symbol, ArrayName))))
    if isinstance(expression, str):
        tree, reading_notes = _read(expression, scope, equations)
        notes = (*notes, *reading_notes)
        _refuse_long_products(tree)
        refuse_undefined(tree, book, expression, scope)  # which can point at the place
    elif isinstance(expression, (Basic, int, float)):
        tree = read_value(expression, scope)
    else:
        raise ProblemError(
            f"an expression is a text or a SymPy expression, not {type(expression).__name__}"
        )
    filled = filled_in(tree, definitions)
    refuse_undefined(filled, book)
    notes += (*remarks_on(filled), *_unused(point, filled))
    assumptions = read_assumptions(assume, scope, point)
    notes += _about_nothing(assumptions, filled)
    return Problem(tree, variables, point, definitions, columns, book, notes, assumptions)


def _with_shapes(
    text: str, by: Variables, at: Point, definitions: Definitions, scope: Scope, vectors: bool
) -> tuple[Definitions, Scope, tuple[str, ...]]:
    """The shapes that the names in a text must have, with a remark that says which were taken."""
    # Imported here, because most formulas have no arrays.
    from derivex.notation.inferred_shapes import fits, infer_arrays

    if definitions.arrays and fits(text, scope):
        return definitions, scope, ()
    named = (by,) if isinstance(by, str) else by if isinstance(by, (list, tuple)) else ()
    names = [part.strip() for each in named if isinstance(each, str) for part in each.split(",")]
    given = {name.name for name in read_point(at, scope) if isinstance(name, Symbol)}
    known = scope.declare(*given)
    arrays = infer_arrays(text, known, names, number=not vectors)
    if not arrays:
        return definitions, scope, ()
    told = ", ".join(map(declaration_text, arrays))
    said = f"I took {told} (declare other shapes with let)"
    return (
        replace(definitions, arrays=(*definitions.arrays, *arrays)),
        scope.with_arrays(*arrays),
        (said,),
    )


def _refuse_other_shapes(point: Mapping[Basic, Basic]) -> None:
    """What is filled in for a vector or matrix has its shape; a letter is one size throughout.

    Raises:
        ProblemError: it has another one.
    """
    sizes: dict[Basic, Basic] = {}
    for array, value in point.items():
        if type(array) is not ArrayName:
            continue
        found = shape_of(value) or (ONE, ONE)
        for wanted, size in zip((array.rows, array.columns), found, strict=True):
            known = sizes.setdefault(wanted, size) if isinstance(wanted, Symbol) else wanted
            if known is not size:
                raise ProblemError(
                    f"{array.name} is {array.rows} × {array.columns}"
                    + (f", with {wanted} = {known}" if isinstance(wanted, Symbol) else "")
                    + f", and {found[0]} × {found[1]} entries are given for it",
                    hint="write vectors as [1, 2], matrices row by row: [[1, 2], [3, 4]]",
                )


def _refuse_defined(definitions: Definitions, names: Iterable[Basic]) -> None:
    """A name that stands for something is no variable, and gets no second value."""
    for name in names:
        if name in definitions.abbreviations:
            meaning = TextWriter().write(definitions.abbreviations[name])
            raise ProblemError(
                f"{name} is defined as {meaning}, so it is neither a variable nor data",
                hint="leave its definition out, or name another variable",
            )


def _refuse_data(variables: Iterable[Basic], columns: Columns) -> None:
    """A column of data is many numbers; one of them can be a variable."""
    for name in variables:
        if name in columns:
            raise ProblemError(
                f"{name} is a column of data, so there is no derivative by it",
                hint=f"differentiate by one of its entries, such as {name}_k",
            )


def _refuse_long_products(tree: Basic) -> None:
    for node in postorder(tree):
        if type(node) is Times and len(node.args) > MAX_FACTORS:
            raise ProblemError(
                f"a product of {len(node.args)} factors; at most {MAX_FACTORS} are read",
                hint="its derivative has that many terms with that many factors each; "
                "use powers, or build the expression in Python",
            )


def _unused(point: Mapping[Basic, Basic], filled: Basic) -> tuple[str, ...]:
    """A remark for every name that is given a value and does not occur."""
    occurring = set(free_symbols(filled))
    return tuple(
        f"{name.name} is given a value, but does not occur in the expression"
        for name in point
        if isinstance(name, Symbol) and name not in occurring
    )


def _about_nothing(assumptions: Iterable[Basic], filled: Basic) -> tuple[str, ...]:
    """A remark for every letter of which something is assumed and that does not occur."""
    occurring = free_symbols(filled)
    letters = dict.fromkeys(letter for each in assumptions for letter in free_symbols(each))
    return tuple(
        f"something is assumed of {letter.name}, which does not occur in the expression"
        for letter in letters
        if letter not in occurring
    )


def _read(text: str, scope: Scope, equations: bool) -> tuple[Basic, tuple[str, ...]]:
    """An expression, or where equations are allowed a :class:`Row` of them."""
    if not equations or "=" not in text:
        reading = read_text(text, scope)
        return reading.expression, reading.notes
    readings = [read_relation(part, scope) for part in parts_outside_brackets(text)]
    notes = tuple(note for reading in readings for note in reading.notes)
    return Row(*[reading.expression for reading in readings]), notes


def parts_outside_brackets(text: str, separator: str = ",") -> list[str]:
    """What stands between the commas, or other marks, outside of brackets."""
    parts = [""]
    depth = 0
    for character in text:
        depth += (character in "([{") - (character in ")]}")
        if character == separator and depth <= 0:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def read_book(rules: str | Path | RuleBook | None) -> RuleBook:
    """The rules to be used: those that come with derivex, with a file's, or others instead.

    Raises:
        RuleError: the file cannot be read, does not parse, or has a rule that is not sound.
    """
    if isinstance(rules, RuleBook):
        return rules
    book = shipped_book()
    return book if rules is None else load_rules(Path(rules), book)


def _definitions_in(texts: Iterable[str]) -> Iterator[str]:
    """Definitions and declarations one by one, where several stand in one text."""
    for text in texts:
        for part in parts_outside_brackets(
            text, ";"
        ):  # the semicolons of a matrix stand in brackets
            several = [part] if is_array_declaration(part) else parts_outside_brackets(part)
            yield from several if all("=" in each for each in several) else [part]


def definitions_from(
    let: str | Iterable[str], scope: Scope
) -> tuple[Definitions, Scope, tuple[str, ...]]:
    """What definitions and declarations of shapes say, with the names declared by them.

    Raises:
        ReadError: one of them cannot be read.
    """
    functions: dict[str, Function] = {}
    abbreviations: dict[Symbol | ArrayName, Basic] = {}
    notes: tuple[str, ...] = ()
    arrays: tuple[ArrayName, ...] = ()
    for text in _definitions_in([let] if isinstance(let, str) else let):
        if is_array_declaration(text):
            declared = read_arrays(text, scope)
            arrays += declared
            scope = scope.with_arrays(*declared)
            continue
        found = read_definition(text, scope)
        notes += found.notes
        if found.parameters:
            function = Function(found.name, found.parameters, definition=found.body)
            functions[found.name] = function
            scope = scope.with_functions({found.name: function})
        elif found.body is not None:
            name = name_for(found.name, found.body)
            abbreviations[name] = found.body
            if isinstance(name, ArrayName):
                arrays += (name,)
                scope = scope.with_arrays(name)
            else:
                scope = scope.declare(found.name)
    return Definitions(functions, abbreviations, arrays), scope, notes
