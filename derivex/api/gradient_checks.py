"""``derivex.check_gradient``: is a gradient right?"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite
from pathlib import Path
from typing import Any, ClassVar, TypeAlias

from sympy.core.basic import Basic

import derivex.rendering.gradient_check_outline  # noqa: F401  # registers the outline
from derivex.api.inputs import Data, Expression, Problem, Variables, make_problem, read_value
from derivex.api.showing import Shown
from derivex.descent import EPSILON, Finding, check_formula, check_function
from derivex.descent import GradientCheck as GradientCheckRecord
from derivex.descent.coordinates import entries_of
from derivex.engine import evaluate, filled_in
from derivex.engine import gradient as derive_gradient
from derivex.errors import ProblemError
from derivex.expression import postorder, symbol, value_of
from derivex.expression.array_nodes import ArrayName
from derivex.notation import Scope, read_components
from derivex.rulebook import RuleBook, shipped_book

__all__ = ["GradientCheck", "check_gradient"]

Function: TypeAlias = Callable[..., Any]
Given: TypeAlias = "str | Sequence[Any] | Function | None"
Place: TypeAlias = "str | Mapping[Any, Any] | Sequence[float] | float"


@dataclass(frozen=True, repr=False, eq=False)
class GradientCheck(Shown):
    """A gradient that was checked.

    Args:
        record: the differences, and what they say of each entry.

    >>> import derivex
    >>> derivex.check_gradient("a^2 + 3b", "2a, 3.003", at="a = 1, b = 2").finding
    'wrong'
    """

    what: ClassVar[str] = "Checking the gradient of"
    record: GradientCheckRecord

    @property
    def asked(self) -> Basic:
        """The function as it was read, or the name of a function of Python's."""
        found = self.record.expression
        return symbol(self.record.name or "f") if found is None else found

    @property
    def finding(self) -> str:
        """``"agrees"``, ``"wrong"``, ``"not resolved"``, ``"no derivative"`` or ``"no value"``."""
        found: str = self.record.finding.value
        return found

    @property
    def holds(self) -> bool | None:
        """Whether the gradient is right; None where not every entry is resolved, or has a value."""
        found = self.record.finding
        known = found in (Finding.AGREES, Finding.WRONG)
        return found is Finding.AGREES if known else None

    @property
    def expression(self) -> Mapping[Basic, Basic]:
        """The derivatives by differences."""
        return {entry.variable: entry.slope for entry in self.record.entries}

    @property
    def result(self) -> dict[Any, float]:
        """The derivatives by differences, as floats."""
        return {name: float(value_of(each) or 0) for name, each in self.expression.items()}


def check_gradient(
    function: Expression | Function,
    gradient: Given = None,
    *,
    at: Place,
    by: Variables = None,
    epsilon: str | float | Fraction = EPSILON,
    let: str | Iterable[str] = (),
    data: Data = None,
    rules: str | Path | RuleBook | None = None,
) -> GradientCheck:
    """Check a gradient by central differences, and against the derived one.

    Each entry is judged by itself, relative to its own size: a factor of 1.001 is found, and so
    is a wrong sign of an entry of 10⁻⁹.  A formula is evaluated with many digits.  A function of
    Python's is rounded; where that hides an entry, the check says that it is not resolved.

    Args:
        function: text, a SymPy expression, or a function of Python's that takes the point as an
            array, or its entries one by one.
        gradient: what is checked: text such as ``"2a, 3"``, a sequence of expressions or
            numbers, or a function of Python's.  If left out, the derived gradient is checked.
        at: where: ``"a = 1, b = 2"``, a mapping, or for a function of Python's a sequence.
        by: the variables, in the order of the gradient; those of the point if left out.
        epsilon: the step of the differences that are shown.
        let: definitions that the expression uses.
        data: columns of numbers for indexed names.
        rules: a rule file whose rules are used as well, or a rule book used instead.

    Raises:
        DerivexError: something that cannot be read, or a question without an answer.

    >>> check_gradient("1 + 10^-9 x", "-10^-9", at="x = 1").finding
    'wrong'
    >>> check_gradient(lambda x, y: x**2 * y, lambda x, y: (2*x*y, x**2), at=[3, 2]).finding
    'agrees'
    """
    size = _size(epsilon)
    if callable(function) and not isinstance(function, Basic):
        if let or data is not None or rules is not None:
            raise ProblemError("definitions, data and rules are for formulas, not for functions")
        return _of_python(function, gradient, at, by, size)
    if not isinstance(at, (str, Mapping)):
        raise ProblemError("a point for a formula names its variables", hint='at="x = 2, y = 0"')
    problem = make_problem(function, by, at, let, data, rules)
    point = {name: _worked_out(value, f"{name}", problem) for name, value in problem.point.items()}
    variables = problem.by or tuple(point)
    if not variables:
        raise ProblemError("it is not said where", hint="for example: a = 1, b = 0")
    missing = [name.name for name in problem.variables() if name not in point]
    if missing:
        raise ProblemError(f"the point does not say what {' and '.join(missing)} is")
    expression = filled_in(problem.expression, problem.definitions)
    derived = derive_gradient(
        problem.expression, variables, problem.book, None, problem.definitions
    )
    claims: Sequence[Basic | Fraction] | None = None
    if callable(gradient) and not isinstance(gradient, Basic):
        floats = [float(value_of(point[name]) or 0) for name in variables]
        claims = [Fraction(each) for each in _entries(gradient, floats)]
    elif gradient is not None:
        claims = _claims(gradient, problem, variables)
    fixed = {name: value for name, value in point.items() if name not in variables}
    if fixed:
        raise ProblemError(
            f"{next(iter(fixed))} is given a value, and is not one of the variables",
            hint="name it with by, or define it with let",
        )
    record = check_formula(derived, expression, point, claims, problem.columns, problem.book, size)
    return GradientCheck(record, problem.book, problem.notes, problem.declarations)


def _size(epsilon: str | float | Fraction) -> Fraction:
    value = value_of(evaluate(read_value(epsilon), {}, {}, shipped_book()).result)
    if value is None or value <= 0:
        raise ProblemError(f"ε is {epsilon}; it has to be greater than 0", hint="such as 0.0001")
    return value


def _worked_out(value: Basic, what: str, problem: Problem) -> Basic:
    found = evaluate(value, {}, {}, problem.book).result
    if any(value_of(entry) is None for entry in entries_of(found)):
        raise ProblemError(f"the value of {what} is not a number", hint="write 0.1 or 1/10")
    return found


def _claims(
    gradient: str | Sequence[Any], problem: Problem, variables: Sequence[Basic]
) -> list[Basic | Fraction]:
    functions = {**problem.book.functions, **problem.definitions.functions}
    names = [getattr(name, "name", str(name)) for name in (*variables, *problem.variables())]
    scope = Scope(functions=functions).declare(*names, *(n.name for n in problem.columns))
    scope = scope.with_data(*(name.name for name in problem.columns))
    arrays = [node for node in postorder(problem.expression) if isinstance(node, ArrayName)]
    scope = scope.with_arrays(*problem.definitions.arrays, *arrays)
    if isinstance(gradient, str):
        entries = list(read_components(gradient, scope))
    else:
        entries = [read_value(each, scope) for each in gradient]
    return [filled_in(each, problem.definitions) for each in entries]


# -- functions of Python's --------------------------------------------------------------------


def _of_python(
    function: Function, gradient: Given, at: Place, by: Variables, epsilon: Fraction
) -> GradientCheck:
    names: list[str] = []
    if isinstance(at, str):
        raise ProblemError("a point for a function of Python's is a list of numbers", hint="at=[1]")
    if isinstance(at, Mapping):
        names, values = list(map(str, at)), list(at.values())
    else:
        values = [at] if isinstance(at, (int, float)) else list(at)
    if by is not None:
        names = (
            [part.strip() for part in by.split(",")] if isinstance(by, str) else list(map(str, by))
        )
    if names and len(names) != len(values):
        raise ProblemError(f"there are {len(names)} names for {len(values)} numbers")
    if not names:
        names = ["x"] if len(values) == 1 else [f"x_{k}" for k in range(1, len(values) + 1)]
    point = [float(value) for value in values]
    if gradient is None:
        raise ProblemError("no gradient is given", hint="it is the second argument")
    alone = isinstance(at, (int, float))
    call = _caller(function, len(point), alone)
    if callable(gradient):
        given = _finite(_numbers(_caller(gradient, len(point), alone)(point)))
    elif isinstance(gradient, str):
        raise ProblemError("the gradient of a function of Python's is a function, or numbers")
    else:
        given = _finite(_numbers(gradient))

    def value(place: Sequence[float]) -> float:
        try:
            found = _numbers(call(list(place)))
        except (ValueError, ArithmeticError):
            return float("nan")  # outside of its domain
        if len(found) != 1:
            raise ProblemError(f"the function gives {len(found)} numbers; a gradient is of one")
        return found[0]

    record = check_function(
        value,
        given,
        [symbol(name) for name in names],
        point,
        getattr(function, "__name__", "f").replace("<lambda>", "f"),
        epsilon,
    )
    return GradientCheck(record, shipped_book())


def _caller(function: Function, count: int, alone: bool) -> Callable[[list[float]], Any]:
    """How a function takes a point: as a number, as so many numbers, or as an array."""
    if alone:
        return lambda point: function(point[0])
    try:
        parameters = inspect.signature(function).parameters.values()
        needed = [
            each
            for each in parameters
            if each.default is each.empty
            and each.kind in (each.POSITIONAL_ONLY, each.POSITIONAL_OR_KEYWORD)
        ]
    except (TypeError, ValueError):
        needed = []
    if len(needed) == count > 1:
        return lambda point: function(*point)
    import numpy  # which takes a while

    return lambda point: function(numpy.array(point))


def _entries(function: Function, point: list[float]) -> list[float]:
    return _finite(_numbers(_caller(function, len(point), False)(point)))


def _finite(numbers: list[float]) -> list[float]:
    for place, each in enumerate(numbers, 1):
        if not isfinite(each):
            raise ProblemError(f"entry {place} of the gradient is {each}, not a number")
    return numbers


def _numbers(found: Any) -> list[float]:
    """What a function gave, as floats.

    Raises:
        ProblemError: it is no number, or not finite.
    """
    import numpy

    try:
        flat = numpy.asarray(found, dtype=float).ravel()
    except (TypeError, ValueError):
        raise ProblemError(f"{found!r} is no number, and no list of numbers") from None
    return [float(each) for each in flat]
