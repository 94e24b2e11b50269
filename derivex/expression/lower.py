"""From the written tree to the ordinary, evaluated SymPy object."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from types import MappingProxyType
from typing import Any

import sympy
from sympy.core.basic import Basic

from derivex.errors import ProblemError
from derivex.expression.array_nodes import (
    ArrayName,
    Basis,
    Dot,
    Hadamard,
    Identity,
    Inverse,
    MatrixProduct,
    Norm,
    Ones,
    Transpose,
)
from derivex.expression.data import COUNT, data_names, mean_as_total
from derivex.expression.definitions import Definitions, check_arity
from derivex.expression.elementary import sympy_function
from derivex.expression.functions import Functions
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
    Dots,
    Dotted,
    Equation,
    FunctionName,
    Gradient,
    Greater,
    Integral,
    LeftLimit,
    Less,
    Limit,
    Matrix,
    Mean,
    Named,
    Nearly,
    Negative,
    Node,
    Or,
    Over,
    Plus,
    Power,
    Product,
    RaisedName,
    RightLimit,
    Row,
    Substituted,
    Times,
    Total,
    Unequal,
)
from derivex.expression.primes import function_of
from derivex.expression.sets import Hull, Interval, Singleton
from derivex.expression.traverse import free_symbols, substitute
from derivex.limits import MAX_BITS

__all__ = ["lower"]

_NO_FUNCTIONS: Functions = MappingProxyType({})
_ARRAY_KINDS = frozenset(
    (ArrayName, Basis, Dot, Hadamard, Identity, Inverse, MatrixProduct, Norm, Ones, Transpose)
)
_TOO_DEEP = "SymPy cannot hold an expression that is nested as deeply as this one"


def lower(node: Basic, functions: Functions = _NO_FUNCTIONS) -> Any:
    """The SymPy object that a written tree stands for, as SymPy evaluates it.

    A sum or product without bounds runs over i = 1 … n.  A derivative stays a ``Derivative``;
    one by a whole expression is a ``Subs``.  Decimals become exact fractions.  Functions of
    unknown meaning become SymPy's undefined functions.

    Raises:
        ProblemError: for a division by zero, and where SymPy has no such object.

    >>> from derivex.expression.nodes import symbol, integer
    >>> x = symbol("x")
    >>> lower(Times(integer(2), Plus(x, x)))
    4*x
    """
    done: dict[Basic, Any] = {}
    definitions = Definitions(functions)
    # A node that stands for another tree (a mean, a defined function) waits for that one.
    instead: dict[Basic, Basic] = {}
    # A derivative by a whole expression is one by a fresh symbol, which then gets its value.
    opaque: dict[Basic, tuple[Basic, Basic, Basic]] = {}
    data: dict[sympy.Symbol, None] | None = None
    stack: list[Basic] = [node]
    while stack:
        top = stack[-1]
        if top in done:
            stack.pop()
            continue
        if not isinstance(top, Node):
            done[top] = top
            continue
        if top in instead:
            done[top] = done[instead[top]]
            continue
        kind = type(top)
        replacement: Basic | None = None
        if kind is Mean:
            data = data_names(node) if data is None else data
            replacement = mean_as_total(top, data)
        elif kind is Dotted:
            replacement = top._args[0]
        elif kind is Apply:
            replacement = definitions.of(top)
        if replacement is not None:
            instead[top] = replacement
            stack.append(replacement)
            continue
        needed: tuple[Basic, ...] = top._args[1:] if kind is Apply else top._args
        if kind is D and _is_opaque(top._args[1], functions):
            if top not in opaque:
                place = sympy.Dummy("xi")
                operand = substitute(top._args[0], {top._args[1]: place})
                opaque[top] = (D(operand, place), place, top._args[1])
            needed = opaque[top]
        waiting = [part for part in needed if part not in done]
        if waiting:
            stack.extend(waiting)
            continue
        stack.pop()
        try:
            parts = [done[part] for part in needed]
            done[top] = sympy.Subs(*parts) if top in opaque else _build(top, parts, functions)
        except RecursionError:
            raise ProblemError(_TOO_DEEP) from None
        except (TypeError, ValueError, AttributeError) as error:
            words = str(error) or type(error).__name__
            raise ProblemError(f"SymPy has no such expression: {words}") from None
    return done[node]


def _build(node: Node, parts: list[Any], functions: Functions) -> Any:
    builder = _BUILDERS.get(type(node))
    if builder is not None:
        return builder(parts)
    if type(node) in _ARRAY_KINDS:
        from derivex.expression import lower_arrays  # heavy, and seldom needed

        if type(node) is ArrayName:
            return lower_arrays.array_symbol(node)
        return lower_arrays.ARRAY_BUILDERS[type(node)](parts)
    if type(node) is At:
        return _indexed(node, parts)
    if type(node) is Apply:
        return _call(node._args[0], parts, functions)
    if type(node) is Gradient:
        variables = parts[1:] or list(free_symbols(node._args[0]))
        return sympy.ImmutableMatrix([[sympy.Derivative(parts[0], by) for by in variables]])
    if isinstance(node, Decimal):
        value: Fraction = node.value
        return sympy.Rational(value.numerator, value.denominator)
    if isinstance(node, FunctionName):
        return node
    if type(node) is Dots:
        raise ProblemError("an expression with dots (…) has no value of its own")
    raise ProblemError(f"an expression with {type(node).__name__} has no form in SymPy")


def _sum(parts: Sequence[Any]) -> Any:
    if any(getattr(part, "is_Matrix", False) for part in parts):
        return reduce(lambda left, right: left + right, [part for part in parts if part != 0])
    return sympy.Add(*parts)


def _product(parts: Sequence[Any]) -> Any:
    if any(getattr(part, "is_Matrix", False) for part in parts):
        return reduce(lambda left, right: left * right, parts)
    return sympy.Mul(*parts)


def _quotient(parts: Sequence[Any]) -> Any:
    numerator, denominator = parts
    if denominator == 0:
        raise ProblemError("division by zero", hint="the denominator is 0 whatever the values")
    return numerator / denominator


def _power(parts: Sequence[Any]) -> Any:
    base, exponent = parts
    if isinstance(base, sympy.Rational) and isinstance(exponent, sympy.Rational):
        if base == 0 and exponent < 0:
            raise ProblemError("division by zero", hint="0 has no negative power")
        bits = max(abs(base.p).bit_length(), base.q.bit_length())
        if bits > 1 and bits * abs(exponent) > MAX_BITS:
            return sympy.Pow(base, exponent, evaluate=False)
    return base**exponent


def _is_opaque(variable: Basic, functions: Functions) -> bool:
    """Whether a derivative is by a whole expression, for which SymPy has no ``Derivative``."""
    if type(variable) is Apply:
        head, places = function_of(variable._args[0])
        if places:
            return True
        name = head.name
        function = functions.get(name)
        known = function.means if function is not None else sympy_function(name)
        return bool(known)  # SymPy does differentiate by an undefined f(x)
    return isinstance(variable, Node) and type(variable) is not At


def _total(parts: Sequence[Any]) -> Any:
    body, index, *bounds = parts
    return sympy.Sum(body, (index, *(bounds or (1, COUNT))))


def _product_over_index(parts: Sequence[Any]) -> Any:
    body, index, *bounds = parts
    return sympy.Product(body, (index, *(bounds or (1, COUNT))))


def _indexed(node: Node, parts: list[Any]) -> Any:
    base, *indices = parts
    if getattr(base, "is_Matrix", False):
        from derivex.expression.lower_arrays import array_entry

        return array_entry(node, parts)
    if isinstance(base, RaisedName):
        base = sympy.Symbol(base.name)
    return sympy.Indexed(sympy.IndexedBase(base), *indices)


def _matrix(parts: Sequence[Any]) -> Any:
    return sympy.ImmutableMatrix([list(row) for row in parts])


def _hull(parts: Sequence[Any]) -> Any:
    """The interval from the least to the greatest of some numbers and intervals."""
    try:
        return sympy.Interval(
            sympy.Min(*[part.inf for part in parts]), sympy.Max(*[part.sup for part in parts])
        )
    except NotImplementedError:
        raise ValueError("the convex hull of these sets") from None


_BUILDERS: Mapping[type[Node], Callable[[list[Any]], Any]] = MappingProxyType(
    {
        Plus: _sum,
        Times: _product,
        Negative: lambda parts: -parts[0],
        Over: _quotient,
        Power: _power,
        D: lambda parts: sympy.Derivative(*parts),
        Total: _total,
        Integral: lambda parts: sympy.Integral(parts[0], tuple(parts[1:])),
        Antiderivative: lambda parts: sympy.Integral(*parts),
        Substituted: lambda parts: sympy.Subs(*parts),
        Limit: lambda parts: sympy.Limit(*parts, dir="+-"),
        RightLimit: lambda parts: sympy.Limit(*parts, dir="+"),
        LeftLimit: lambda parts: sympy.Limit(*parts, dir="-"),
        Product: _product_over_index,
        Delta: lambda parts: sympy.KroneckerDelta(*parts),
        Named: lambda parts: parts[1],
        Row: lambda parts: sympy.ImmutableMatrix([parts]),
        Column: lambda parts: sympy.ImmutableMatrix([[part] for part in parts]),
        Matrix: _matrix,
        Equation: lambda parts: sympy.Eq(*parts, evaluate=False),
        Nearly: lambda parts: sympy.Eq(*parts, evaluate=False),
        Unequal: lambda parts: sympy.Ne(*parts),
        Less: lambda parts: sympy.Lt(*parts),
        AtMost: lambda parts: sympy.Le(*parts),
        Greater: lambda parts: sympy.Gt(*parts),
        AtLeast: lambda parts: sympy.Ge(*parts),
        And: lambda parts: sympy.And(*parts),
        Or: lambda parts: sympy.Or(*parts),
        Branch: lambda parts: (*parts, True)[:2],
        Cases: lambda parts: sympy.Piecewise(*parts),
        Singleton: lambda parts: sympy.FiniteSet(*parts),
        Interval: lambda parts: sympy.Interval(*parts),
        Hull: _hull,
    }
)


def _call(head: Basic, arguments: list[Any], functions: Functions) -> Any:
    """A function or a derivative of one, such as f′, applied to arguments."""
    function, places = function_of(head)
    if not places:
        return _apply(function.name, arguments, functions)
    # Only the arguments that it is derived in get another name: SymPy takes the substitution of
    # the same value for two names as the same, whichever of them is differentiated by.
    names = list(arguments)
    plain = all(isinstance(argument, sympy.Symbol) for argument in arguments)
    if not plain or len(set(arguments)) < len(arguments):
        for place in set(places):
            names[place - 1] = sympy.Dummy(f"xi_{place}")
    value = _apply(function.name, names, functions)
    derived = sympy.Derivative(value, *[names[place - 1] for place in places])
    if names == arguments:
        return derived
    points = {name: point for name, point in zip(names, arguments, strict=True) if name != point}
    return sympy.Subs(derived, tuple(points), tuple(points.values()))


def _apply(name: str, arguments: list[Any], functions: Functions) -> Any:
    if len(arguments) == 1 and getattr(arguments[0], "is_Matrix", False):
        from derivex.expression.lower_arrays import apply_to_array

        return apply_to_array(name, arguments[0], lambda each: _apply(name, [each], functions))
    function = functions.get(name)
    if function is not None:
        check_arity(function, len(arguments))
        if function.means is not None:
            meaning = sympy_function(function.means)
            if meaning is None:
                raise ProblemError(f"{function.means} is not the name of an elementary function")
            return meaning(*arguments)
    else:
        meaning = sympy_function(name)
        if meaning is not None:
            return meaning(*arguments)
    return sympy.Function(name)(*arguments)
