"""Lifting what is no sum, product or power: calls, derivatives, sums over an index, matrices."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal as Digits
from fractions import Fraction
from itertools import islice
from types import MappingProxyType
from typing import Any, cast

import sympy
from sympy import Float
from sympy.core.basic import Basic
from sympy.core.function import AppliedUndef

from derivex.errors import ProblemError
from derivex.expression.elementary import written_name
from derivex.expression.functions import Functions
from derivex.expression.infinity import INFINITY
from derivex.expression.literals import number
from derivex.expression.node import Interned
from derivex.expression.nodes import (
    And,
    Antiderivative,
    Apply,
    At,
    AtLeast,
    AtMost,
    Branch,
    Cases,
    Column,
    D,
    Decimal,
    Delta,
    Equation,
    Greater,
    Integral,
    LeftLimit,
    Less,
    Limit,
    Matrix,
    Negative,
    Node,
    Or,
    Product,
    RightLimit,
    Row,
    Substituted,
    Total,
    Unequal,
    function_name,
)
from derivex.expression.primes import primed

__all__ = ["Plan", "known_call", "plan_other"]

# How to make a node once its operands are made, the SymPy objects that these are made of, and the
# operands before them that are there already; the nodes of a kind can stand for how to make one.
Plan = tuple[Callable[..., Basic] | Interned, Sequence[Any], *tuple[Basic, ...]]


def plan_other(expression: Any, functions: Functions) -> Basic | Plan:
    """The written tree of an object, or how to make it from its parts.

    Raises:
        ProblemError: naming what cannot be lifted.
    """
    handler = _HANDLERS.get(type(expression))
    if handler is not None:
        return handler(expression)
    if isinstance(expression, _CALLS) and not isinstance(expression, sympy.Piecewise):
        return _call(expression, functions)
    for kind, handler in _FAMILIES:
        if isinstance(expression, kind):
            return handler(expression)
    name = type(expression).__name__
    raise ProblemError(
        f"an expression with {name} cannot be worked with",
        hint="sums, products, powers, functions, derivatives, sums over an index and matrices can",
    )


def known_call(kind: type, functions: Functions) -> Basic | None:
    """The name of the function of which an object of that kind is a call, if it was found before.

    Args:
        kind: the class of the object.
        functions: the known functions.
    """
    found = _calls.get(kind)
    return found[1] if found is not None and found[0] is functions else None


_calls: dict[type, tuple[Functions, Basic]] = {}


def _call(expression: Any, functions: Functions) -> Plan:
    name = type(expression).__name__
    if not isinstance(expression, AppliedUndef):
        known = written_name(name)
        likely = functions.get(known) if known else None
        if likely is None or likely.means != name:
            meanings = (other for other, function in functions.items() if function.means == name)
            known = next(meanings, known)
        if known is None:
            raise ProblemError(f"the function {name} is not known")
        name = known
    head, arguments = function_name(name), expression._args
    if name in ("max", "min"):
        arguments = sorted(arguments, key=sympy.default_sort_key)
    elif not isinstance(expression, AppliedUndef):  # of which each function is a class of its own
        _calls[type(expression)] = functions, head
    return Apply.interned, arguments, head


def _decimal(value: Float) -> Basic:
    text = repr(float(value)) if value._prec <= 53 else str(value)
    digits = Digits(text)
    written = Decimal(format(abs(digits), "f"))
    return Negative(written) if digits < 0 else written


def _derivative(expression: Any) -> Plan:
    operand, *variables = expression.args
    repeated = [(by, int(times)) for by, times in variables]

    def build(lifted: Basic, *by: Basic) -> Basic:
        for variable, (_, times) in zip(by, repeated, strict=True):
            for _ in range(times):
                lifted = D(lifted, variable)
        return lifted

    return build, [operand, *[by for by, _ in repeated]]


def _substituted(expression: Any) -> Plan:
    """f′(u) as SymPy writes it; any other value that is put in later stays so."""
    body, variables, points = expression.args
    derived = _derived_function(body, dict(zip(variables, points, strict=True)))
    if derived is not None:
        head, arguments = derived
        return Apply.interned, arguments, head
    if len(variables) != 1:
        raise ProblemError("a substitution for several names at once cannot be worked with")
    return Substituted, [body, variables[0], points[0]]


def _derived_function(body: Any, points: Mapping[Any, Any]) -> tuple[Basic, list[Any]] | None:
    """The derivative of an undefined function, and what it is applied to; None for all else."""
    if not isinstance(body, sympy.Derivative) or not isinstance(body.expr, AppliedUndef):
        return None
    arguments = list(body.expr.args)
    for argument in arguments:
        if argument not in points and not points.keys().isdisjoint(argument.free_symbols):
            return None
    places: list[int] = []
    for variable, times in body.variable_count:
        if variable not in points or arguments.count(variable) != 1:
            return None
        places += [arguments.index(variable) + 1] * int(times)
    head = primed(function_name(type(body.expr).__name__), *places)
    return head, [points.get(argument, argument) for argument in arguments]


def _over_index(expression: Any) -> Plan:
    """A sum or product over one index or several, the innermost first."""
    kind, word = (Total, "sum") if isinstance(expression, sympy.Sum) else (Product, "product")
    body, *limits = expression.args
    if any(len(limit) != 3 for limit in limits):
        raise ProblemError(f"a {word} needs both of its bounds")

    def build(lifted: Basic, *rest: Basic) -> Basic:
        for position in range(0, len(rest), 3):
            lifted = kind(lifted, *rest[position : position + 3])
        return lifted

    return build, [body, *[_end(part) for limit in limits for part in limit]]


class _End:
    """∞ or −∞ where it may stand; anywhere else they are refused."""

    def __init__(self, node: Basic):
        self.node = node


def _end(bound: Any) -> Any:
    if bound is sympy.oo:
        return _End(INFINITY)
    return _End(Negative(INFINITY)) if bound is -sympy.oo else bound


def _limit(expression: Any) -> Plan:
    body, variable, point, direction = expression.args
    sided = {"+": RightLimit, "-": LeftLimit}.get(str(direction), Limit)
    end = _end(point)
    return Limit if end is not point else sided, [body, variable, end]


def _integral(expression: Any) -> Plan:
    body, *limits = expression.args
    if any(len(limit) == 2 for limit in limits):
        raise ProblemError("an integral needs both of its bounds, or none")

    def build(lifted: Basic, *rest: Basic) -> Basic:
        position = 0
        for limit in limits:
            parts = rest[position : position + len(limit)]
            lifted = Integral(lifted, *parts) if len(parts) == 3 else Antiderivative(lifted, *parts)
            position += len(limit)
        return lifted

    return build, [body, *[_end(part) for limit in limits for part in limit]]


def _indexed(expression: Any) -> Plan:
    base, *indices = expression.args
    return At, [base.label if isinstance(base, sympy.IndexedBase) else base, *indices]


def _index(expression: Any) -> Basic | Plan:
    return (lambda lifted: lifted), [expression.label]


def _matrix(expression: Any) -> Plan:
    rows, columns = expression.shape
    entries = list(expression.flat())
    if not entries:
        raise ProblemError("a matrix without entries cannot be worked with")
    if columns == 1 and rows > 1:
        return Column, entries
    if rows == 1:
        return Row, entries

    def build(*lifted: Basic) -> Basic:
        return Matrix(*[Row(*lifted[i * columns : (i + 1) * columns]) for i in range(rows)])

    return build, entries


def _delta(expression: Any) -> Plan:
    # SymPy keeps a range as a third operand in some of its own results.
    return Delta, list(expression.args[:2])


def _constant(expression: Any) -> Basic:
    return cast(Basic, expression)


def _python_number(value: int | Fraction) -> Basic:
    return number(value)


def _no_value(expression: Any) -> Basic:
    raise ProblemError(f"{expression} is not a number that can be worked with")


def _piecewise(expression: Any) -> Plan:
    """The branches; a condition that always holds is that of "otherwise"."""
    parts: list[Any] = []
    lengths: list[int] = []
    for value, condition in expression.args:
        branch = [value] if condition == sympy.true else [value, condition]
        parts += branch
        lengths.append(len(branch))

    def build(*lifted: Basic) -> Basic:
        rest = iter(lifted)
        return Cases(*[Branch(*islice(rest, length)) for length in lengths])

    return build, parts


def _same_kind(kind: type[Node]) -> Callable[[Any], Plan]:
    return lambda expression: (kind, list(expression.args))


_HANDLERS: Mapping[type, Callable[[Any], Basic | Plan]] = MappingProxyType(
    {
        Float: _decimal,
        type(sympy.pi): _constant,
        type(sympy.E): _constant,
        type(sympy.I): _constant,
        type(sympy.nan): _no_value,
        type(sympy.zoo): _no_value,
        type(sympy.oo): _no_value,
        type(-sympy.oo): _no_value,
        _End: lambda end: end.node,
        int: _python_number,
        Fraction: _python_number,
        sympy.Derivative: _derivative,
        sympy.Sum: _over_index,
        sympy.Product: _over_index,
        sympy.Subs: _substituted,
        sympy.Limit: _limit,
        sympy.KroneckerDelta: _delta,
        sympy.Integral: _integral,
        sympy.Indexed: _indexed,
        sympy.Idx: _index,
        sympy.Eq: _same_kind(Equation),
        sympy.Ne: _same_kind(Unequal),
        sympy.Lt: _same_kind(Less),
        sympy.Le: _same_kind(AtMost),
        sympy.Gt: _same_kind(Greater),
        sympy.Ge: _same_kind(AtLeast),
        sympy.And: _same_kind(And),
        sympy.Or: _same_kind(Or),
    }
)

_FAMILIES: tuple[tuple[type, Callable[[Any], Basic | Plan]], ...] = (
    (sympy.Piecewise, _piecewise),
    (sympy.MatrixBase, _matrix),
)

_CALLS = (sympy.Function, sympy.Max, sympy.Min)
