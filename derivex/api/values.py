"""Names, numbers, points and data as a user hands them in: as text, Python's or SymPy's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from numbers import Number
from typing import Any, TypeAlias

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.engine import Columns
from derivex.errors import DerivexError, ProblemError
from derivex.expression import substitute, symbol, value_of
from derivex.expression.lift import lift
from derivex.expression.nodes import Node
from derivex.matching import Facts
from derivex.notation import Scope, read_assignments, read_condition, read_names, read_text
from derivex.rulebook.procedures.cases import decided
from derivex.tables import EXACT_ROWS, FloatColumn

__all__ = [
    "Data",
    "Point",
    "Variables",
    "read_assumptions",
    "read_columns",
    "read_point",
    "read_value",
    "read_variables",
]

Variables: TypeAlias = str | Symbol | Sequence[str | Symbol] | None
Point: TypeAlias = str | Mapping[Any, Any] | None
Data: TypeAlias = Mapping[str, Sequence[Any]] | None


def read_variables(by: Variables, scope: Scope) -> tuple[Basic, ...]:
    """The variables that a user names; whole expressions stand in brackets: ``(x + y)``.

    Raises:
        ReadError: a text that is no name.
        ProblemError: something that is no name at all.
    """
    if by is None:
        return ()
    if isinstance(by, (str, Basic)):
        by = [by]
    if not isinstance(by, Sequence):
        raise ProblemError(f"a variable is a name, not {by!r}", hint='write by="x"')
    found: list[Basic] = []
    for each in by:
        if isinstance(each, str):
            found.extend(read_names(each, scope))
        elif isinstance(each, Symbol):
            found.append(symbol(each.name))
        elif isinstance(each, Node):
            found.append(each)
        else:
            raise ProblemError(f"a variable is a name, not {each!r}", hint='write by="x"')
    return tuple(found)


def read_point(at: Point, scope: Scope) -> dict[Basic, Basic]:
    """What is to be filled in: ``"x = 2, y = 0"``, or a mapping from names to numbers.

    Raises:
        ReadError: a text that cannot be read.
        ProblemError: something that is no name, or no value.
    """
    if at is None:
        return {}
    if isinstance(at, str):
        return dict(read_assignments(at, scope))
    if not isinstance(at, Mapping):
        raise ProblemError(f"a point is a text or a mapping, not {at!r}", hint='write "x = 2"')
    point: dict[Basic, Basic] = {}
    for name, value in at.items():
        named = read_variables(name, scope)
        if len(named) != 1:
            raise ProblemError(f"{name!r} is not one name", hint='write {"x": 2, "y": 0}')
        point[named[0]] = read_value(value, scope)
    return point


def read_value(value: Any, scope: Scope | None = None) -> Basic:
    """A number or an expression: text, a Python number, SymPy's, or a written tree.

    Raises:
        ReadError: a text that cannot be read.
        ProblemError: something of another kind.
    """
    scope = scope or Scope()
    if isinstance(value, str):
        return read_text(value, scope).expression
    if isinstance(value, Node):
        return value
    if isinstance(value, Fraction):
        value = f"{value.numerator}/{value.denominator}"
        return read_text(value, scope).expression
    if isinstance(value, Number) and not isinstance(value, (int, complex, Basic)):
        # A float is what its shortest decimal says: 0.1 is one tenth.
        return read_text(str(value), scope).expression
    try:
        return lift(value, scope.functions)
    except DerivexError:
        raise
    except Exception:
        raise ProblemError(f"{value!r} is not a value") from None


def read_columns(data: Data) -> dict[Symbol, Sequence[Basic]]:
    """The data: for each name its numbers, decimals digit by digit.

    Raises:
        ReadError: a name or an entry that cannot be read.
        ProblemError: an entry that is no number, no entries, or columns of different lengths.
    """
    if data is None:
        return {}
    if not isinstance(data, Mapping):
        raise ProblemError(
            f"data are columns with names, not {data!r}", hint='write {"a": [0, 2, 4]}'
        )
    scope = Scope()
    columns: dict[Symbol, Sequence[Basic]] = {}
    for title, entries in data.items():
        (name,) = read_variables(title, scope) or (None,)
        if not isinstance(name, Symbol):
            raise ProblemError(f"{title!r} is no name for a column of data", hint="write a name: a")
        columns[name] = _long(name, entries) or tuple(
            _entry(name, number, entry, scope) for number, entry in enumerate(entries, 1)
        )
    _check_lengths(columns)
    return columns


def _long(name: Symbol, entries: Any) -> FloatColumn | None:
    """A column that is kept as floats: from a file, or an array of NumPy with many entries."""
    if isinstance(entries, FloatColumn):
        return entries
    kind = getattr(getattr(entries, "dtype", None), "kind", None)
    if kind not in ("f", "i", "u") or len(entries) <= EXACT_ROWS:
        return None
    import numpy  # which has been imported, since there is an array

    floats = numpy.ascontiguousarray(entries, dtype=float)
    wrong = numpy.flatnonzero(~numpy.isfinite(floats))
    if floats.ndim != 1 or len(wrong):
        where = f"entry {wrong[0] + 1} of " if len(wrong) else ""
        raise ProblemError(f"{where}the data {name} is not a number", hint="write 2 or 0.5")
    return FloatColumn(floats)


def _entry(name: Symbol, number: int, entry: Any, scope: Scope) -> Basic:
    where = f"entry {number} of the data {name}"
    try:
        value = read_value(entry, scope)
    except DerivexError as error:
        raise ProblemError(f"{where}, {entry!r}, cannot be read: {error.message}") from None
    if value_of(value) is None:
        raise ProblemError(f"{where} is {entry!r}, which is not a number", hint="write 2 or 0.5")
    return value


def _check_lengths(columns: Columns) -> None:
    lengths = {name.name: len(column) for name, column in columns.items()}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{name} has {length}" for name, length in lengths.items())
        raise ProblemError(
            f"the columns of data have different lengths: {told}",
            hint="each name needs one entry for every item",
        )
    empty = [name for name, length in lengths.items() if not length]
    if empty:
        raise ProblemError(f"there are no entries in the data {', '.join(empty)}")


def read_assumptions(
    assume: str | Iterable[str], scope: Scope, point: Mapping[Basic, Basic]
) -> tuple[Basic, ...]:
    """The relations that are assumed.

    Args:
        assume: conditions, also several with commas between them; each is a relation between
            a letter and a number.
        scope: what is known about names.
        point: what is filled in for letters; it must not contradict the assumptions.

    Raises:
        ReadError: one of them is no condition.
        ProblemError: it is no relation between a letter and a number, or a value of the point
            does not meet it.
    """
    found: list[Basic] = []
    given = [assume] if isinstance(assume, str) else assume
    for text in (part for each in given for part in each.split(",")):
        condition = read_condition(text, scope).expression
        try:
            Facts([*found, condition])
        except ValueError as error:
            raise ProblemError(
                f"“{text}” cannot be assumed: {error}", hint="for example: --assume 'x > 0'"
            ) from None
        if decided(substitute(condition, point)) is False:
            raise ProblemError(
                f"it is assumed that {text}, and the point says otherwise",
                hint="leave the assumption out, or choose another point",
            )
        found.append(condition)
    return tuple(found)
