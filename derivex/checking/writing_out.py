"""Expressions with every name standing for what it was said to be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.checking.dependents import opened
from derivex.checking.knowledge import Knowledge
from derivex.checking.rates import TIME, along_time
from derivex.engine import Definitions, filled_in
from derivex.errors import ProblemError
from derivex.expression import (
    ZERO,
    Apply,
    At,
    D,
    FunctionName,
    Gradient,
    Mean,
    Named,
    Node,
    Over,
    Power,
    Substituted,
    Total,
    contains,
    free_symbols,
    function_name,
    function_of,
    postorder,
    primed,
    substitute,
    symbol,
    transform,
    value_of,
)
from derivex.expression.array_nodes import ArrayName, Entries, Nabla
from derivex.expression.elementary import ELEMENTARY
from derivex.expression.functions import Function
from derivex.expression.shapes import shape_of

__all__ = [
    "called",
    "for_arities",
    "overloaded",
    "with_calls_written_out",
    "with_letters_of",
    "written_out",
]

_PARAMETERS = ("t", "theta", "phi", "tau", "s")  # what curves are usually given by
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def written_out(known: Knowledge, roots: Iterable[Basic]) -> list[Basic]:
    """The expressions with every name standing for its definition, but still a quantity.

    A name u becomes ``Named(u, …)``, which has the value of its definition, and which a
    derivative by u takes as one quantity; an implicit function becomes an unknown one.

    >>> x, u = symbol("x"), symbol("u")
    >>> from derivex.expression import Power, TWO
    >>> written_out(Knowledge(names={u: Power(x, TWO)}), [D(u, x)])
    [D(Named(u, Power(x, 2)), x)]
    """
    if known.rates:
        roots = [_along_time(known, root) for root in roots]
    roots = _told_apart(
        known,
        [
            _along_a_curve(
                known,
                _by_its_parameter(
                    known,
                    known.with_entries(_spread(known, _of_arrays(known, _turned(known, root)))),
                ),
            )
            for root in roots
        ],
    )
    wanted = dict.fromkeys(name for root in roots for name in _names_in(known, root))
    made: dict[Basic, Basic] = {}
    for name in wanted:
        _make(known, name, made, set())
    if not made:
        return _by_components([opened(root, known.dependence) for root in roots])
    named = [substitute(_by_named(known, root, made), made) for root in roots]
    return _by_components([opened(root, known.dependence) for root in named])


def _make(known: Knowledge, name: Basic, made: dict[Basic, Basic], above: set[Basic]) -> None:
    """Add what a name becomes, after what its definition is made of."""
    if name in made or name in above:
        return
    body: Basic | None = None
    if name in known.names:
        body = known.names[name]
    elif name in known.implicit and name not in known.rates:
        body = Apply(function_name(f"{name}"), *known.implicit[name])
    elif isinstance(name, Symbol):
        body = _value_of_function(known, name)
    elif isinstance(name, ArrayName):
        body = _body_of_array(known, name)
    if body is None:
        return
    inner: dict[Basic, Basic] = {}
    parts = [part for part in _names_in(known, body) if part is not name]
    for part in parts:
        _make(known, part, made, above | {name})
        if part in made:
            inner[part] = made[part]
    body = substitute(body, inner)
    if isinstance(name, Symbol | ArrayName):
        body = Named(function_name(name.name), body)
    made[name] = body


def _along_time(known: Knowledge, root: Basic) -> Basic:
    """d/dt of what is made of θ and θ̇, which change with time."""
    calls = any(True for _ in called(known, root))

    def meant(node: Basic) -> Basic:
        if type(node) is not D or node.args[1] is not TIME:
            return node
        operand = with_letters_of(known, node.args[0], known.rates) if calls else node.args[0]
        return along_time(node, known.filled_in(operand), known.rates)

    return transform(root, meant)


def _body_of_array(known: Knowledge, array: ArrayName) -> Basic | None:
    """What a vector or matrix is said to be, if that has its shape."""
    body = known.names.get(symbol(array.name))
    if body is None or array.family or contains(body, array):
        return None
    return body if shape_of(body) == shape_of(array) else None


def _turned(known: Knowledge, root: Basic) -> Basic:
    """∂V/∂T where P = nRT/V was said first and then V = nRT/P: by that, with P held fixed."""
    found: dict[Basic, Basic] = {}
    for node in postorder(root) if known.turned else ():
        if type(node) is not D or node.args[0] not in known.turned:
            continue
        body, by = known.turned[node.args[0]], node.args[1]
        fixed = {each: symbol(f"·{each}") for each in free_symbols(body) if each in known.names}
        made: Basic = D(substitute(body, fixed), fixed.get(by, by))
        for name, letter in fixed.items():
            made = Substituted(made, letter, name)
        found[node] = made
    return substitute(root, found)


def _of_arrays(known: Knowledge, root: Basic) -> Basic:
    """Calls of functions of vectors, L(w, b), by what they stand for: w is always the same."""
    for _ in known.functions:
        found: dict[Basic, Basic] = {}
        for node in postorder(root):
            if type(node) is not Apply or type(node.args[0]) is not FunctionName:
                continue
            function = known.functions.get(node.args[0].name)
            if (
                function is not None
                and function.definition is not None
                and list(map(str, function.parameters)) == list(map(_plain, node.args[1:]))
                and any(isinstance(part, ArrayName) for part in postorder(function.definition))
            ):
                found[node] = function.definition
        if not found:
            break
        root = substitute(root, found)
    return root


def _plain(argument: Basic) -> str:
    """The name of an argument, of a vector too: w of L(w, b)."""
    inner = argument.args[0] if type(argument) is Entries else argument
    return str(getattr(inner, "name", inner))


def _told_apart(known: Knowledge, roots: list[Basic]) -> list[Basic]:
    """Unknown functions of one name with several numbers of arguments as several functions.

    p(x) and p(x, y) are two densities.
    """
    for name, arities in overloaded(known, roots).items():
        function = known.functions.get(name)
        usual = min(arities) if function is None else len(function.parameters)
        for arity in sorted(arities - {usual}):
            head = function_name(f"{name}{str(arity).translate(_LOWERED)}")
            roots = [transform(root, _renamed(name, arity, head)) for root in roots]
    return roots


def overloaded(known: Knowledge, roots: Iterable[Basic]) -> dict[str, set[int]]:
    """The functions that are called with several numbers of arguments, with these.

    >>> x, y, p = symbol("x"), symbol("y"), function_name("p")
    >>> sorted(overloaded(Knowledge(), [Apply(p, x), Apply(p, x, y)])["p"])
    [1, 2]
    """
    calls: dict[str, set[int]] = {}
    for root in roots:
        for node in postorder(root):
            if type(node) is Apply and type(node.args[0]) is FunctionName:
                calls.setdefault(node.args[0].name, set()).add(len(node.args) - 1)
    return {
        name: arities
        for name, arities in calls.items()
        if len(arities) > 1 and name not in ELEMENTARY and not _is_variadic(known, name)
    }


def _is_variadic(known: Knowledge, name: str) -> bool:
    function = known.functions.get(name)
    return function is not None and (function.variadic or function.means is not None)


def _spread(known: Knowledge, root: Basic) -> Basic:
    """What stands for functions of numbers that are made of functions of vectors."""
    return _calls_written_out(known, root, (Entries,))


def with_calls_written_out(known: Knowledge, root: Basic) -> Basic:
    """The expression with what stands for the functions that are made of data.

    >>> x, i = symbol("x"), symbol("i")
    >>> from derivex.expression import Total
    >>> f = Function("f", (x,), definition=Total(At(symbol("a"), i), i))
    >>> known = Knowledge(functions={"f": f})
    >>> with_calls_written_out(known, Apply(function_name("f"), x))
    Total(At(a, i), i)
    """
    return _calls_written_out(known, root, (At, Mean, Total))


def _calls_written_out(known: Knowledge, root: Basic, kinds: tuple[type[Node], ...]) -> Basic:
    functions = {
        function.name: function
        for function in called(known, root)
        if function.definition is not None
        and any(type(node) in kinds for node in postorder(function.definition))
    }
    try:
        return filled_in(root, Definitions(functions)) if functions else root
    except ProblemError:
        return root


def with_letters_of(known: Knowledge, root: Basic, letters: Iterable[Basic]) -> Basic:
    """The expression with what stands for the functions whose definitions have some letters.

    >>> x, b = symbol("x"), symbol("b")
    >>> known = Knowledge(functions={"f": Function("f", (x,), definition=Power(x, b))})
    >>> with_letters_of(known, Apply(function_name("f"), x), [b])
    Power(x, b)
    """
    wanted = set(letters)
    functions: dict[str, Function] = {}
    for each in called(known, root):
        own = _made_of(known, each)
        inside = (free_symbols(one.definition).keys() - {*one.parameters} for one in own.values())
        if any(not wanted.isdisjoint(some) for some in inside):
            functions.update(own)
    try:
        return filled_in(root, Definitions(functions)) if functions else root
    except ProblemError:
        return root


def _made_of(known: Knowledge, function: Function) -> dict[str, Function]:
    """A function that is defined, with those that are called in its definition, and in theirs."""
    found: dict[str, Function] = {}
    waiting = [function]
    while waiting:
        each = waiting.pop()
        if each.name not in found and each.definition is not None:
            found[each.name] = each
            waiting += called(known, each.definition)
    return found


def called(known: Knowledge, root: Basic) -> Iterator[Function]:
    """The functions with a meaning that are called in an expression."""
    for node in postorder(root):
        if type(node) is Apply:
            function = known.functions.get(function_of(node.args[0])[0].name)
            if function is not None:
                yield function


def _along_a_curve(known: Knowledge, root: Basic) -> Basic:
    """dy/dx where x and y are both given by t, (dy/dt)/(dx/dt), and d²y/dx² in the same way."""
    found: dict[Basic, Basic] = {}
    for node in postorder(root) if known.names else ():
        if type(node) is not D or node.args[1] not in known.names:
            continue
        inner, by = node.args
        order = 1
        while type(inner) is D and inner.args[1] is by:
            inner, order = inner.args[0], order + 1
        operand, along = known.filled_in(inner), known.filled_in(by)
        letter = _parameter(operand, along)
        if letter is None or by in _met_in(known, inner):
            continue
        body = known.names[by]
        if isinstance(body, Node) and body.args and contains(operand, body):
            continue
        for _ in range(order):
            inner = Over(D(inner, letter), D(by, letter))
        found[node] = inner
    return substitute(root, found)


def _parameter(operand: Basic, along: Basic) -> Symbol | None:
    """The t by which both of a curve's coordinates are given; None if there is none."""
    both = [each for each in free_symbols(along) if each in free_symbols(operand)]
    if len(both) > 1:  # r of x = r (t - sin t) is a constant
        both = [each for each in map(symbol, _PARAMETERS) if each in both][:1]
    return both[0] if both else None


def _met_in(known: Knowledge, root: Basic) -> set[Basic]:
    """The names that an expression is made of, by way of definitions."""
    met: set[Basic] = set()
    waiting = [root]
    while waiting:
        for name in free_symbols(waiting.pop()):
            if name not in met:
                met.add(name)
                if name in known.names:
                    waiting.append(known.names[name])
    return met


def _by_its_parameter(known: Knowledge, root: Basic) -> Basic:
    """df/dx of a function f(a) that is defined: its definition with x in the place of a."""
    found: dict[Basic, Basic] = {}
    for node in postorder(root):
        if type(node) is not D:
            continue
        called, by = node.args
        if type(called) is Apply and by in called.args[1:]:
            others = {*called.args[1:]} - {by}
            if not known.implicit.keys().isdisjoint(others):  # F_x of F(x, y, z) = 0 for z
                place = called.args.index(by)
                found[node] = Apply(primed(called.args[0], place), *called.args[1:])
                continue
        name = called.args[0] if type(called) is Apply else called
        function = known.functions.get(getattr(name, "name", ""))
        base = by.args[0] if type(by) is Power and value_of(by.args[1]) else None
        if isinstance(base, Symbol) and base not in known.implicit:
            found[node] = Over(D(called, base), D(by, base))  # by σ² as a quantity
            continue
        if function is None or function.definition is None or function.variadic:
            continue
        own = (
            called.args[1:] == function.parameters
            if type(called) is Apply
            else (isinstance(called, Symbol) and _value_of_function(known, called) is not None)
        )
        if not own or not isinstance(by, Symbol) or by in function.parameters:
            continue
        parameter = _inner_parameter(known, function, by)
        if parameter is None:
            continue
        if by in known.names:
            found[node] = _by_inner(known, function.definition, by, parameter) or node
        elif by not in free_symbols(function.definition):
            found[node] = D(substitute(function.definition, {parameter: by}), by)
    return substitute(root, found)


def _inner_parameter(known: Knowledge, function: Function, by: Symbol) -> Symbol | None:
    """The parameter by way of which a function depends on a letter; None if that is not clear."""
    if len(function.parameters) == 1:
        return function.parameters[0]
    inside = free_symbols(known.filled_in(by)).keys() if by in known.names else set()
    ways = [each for each in function.parameters if each in inside]
    return ways[0] if len(ways) == len(inside) == 1 else None


def _by_inner(known: Knowledge, body: Basic, inner: Symbol, parameter: Symbol) -> Basic | None:
    """df/du of f(x) = (2x + 1)³ with u = 2x + 1; None if f is no function of u."""
    inside = known.filled_in(known.names[inner])
    replaced = substitute(body, {inside: inner}) if isinstance(inside, Node) else body
    letters = free_symbols(replaced)
    if inner in letters and parameter not in letters:
        return D(body, inner)
    if free_symbols(inside).keys() == {parameter} and inner not in free_symbols(body):
        return Over(D(body, parameter), D(inner, parameter))
    return None


def for_arities(known: Knowledge, roots: Iterable[Basic]) -> Knowledge:
    """The same without definitions of functions that are called with other numbers of
    arguments here: f(x) is another f than f(a, b) was."""
    other = set()
    for root in roots:
        for node in postorder(root):
            if type(node) is not Apply:
                continue
            name = function_of(node.args[0])[0].name
            function = known.functions.get(name)
            if function is None or function.definition is None or function.variadic:
                continue
            spread = any(type(each) is Entries for each in node.args[1:])
            if len(function.parameters) != len(node.args) - 1 or (
                spread and not _is_of_arrays(function.definition)
            ):
                other.add(name)
    if not other:
        return known
    kept = {name: each for name, each in known.functions.items() if name not in other}
    return replace(known, functions=kept)


def _value_of_function(known: Knowledge, name: Symbol) -> Basic | None:
    """What f stands for in df/dx, where f(x) is defined."""
    function = known.functions.get(name.name)
    if function is None or function.definition is None or function.variadic:
        return None
    if name in function.parameters or function.means is not None:
        return None
    return function.definition


def _by_named(known: Knowledge, root: Basic, made: Mapping[Basic, Basic]) -> Basic:
    """In a derivative by u, what u stands for is u: dy/du of y = (3x + 1)² with u = 3x + 1."""
    found: dict[Basic, Basic] = {}
    for node in postorder(root):
        if type(node) is not D:
            continue
        operand, by = node.args
        named = made.get(by)
        if named is None or type(named) is not Named:
            continue
        body = named.args[1]
        if not (isinstance(body, Node) and body.args):
            continue
        written = substitute(operand, made)
        again = _replaced(written, body, named)
        if again is written:
            again = _by_its_letters(known, operand, by, named) or written
        if again is not written:
            found[node] = D(again, named)
    return substitute(root, found)


def _by_its_letters(known: Knowledge, operand: Basic, by: Basic, named: Basic) -> Basic | None:
    """L = (σ(w x) − t)² as made of y, for y = σ(z) and z = w x; None if w or x is left over."""
    body, whole = known.filled_in(by), known.filled_in(operand)
    again = _replaced(whole, body, named)
    rest = free_symbols(substitute(again, {named: ZERO}))
    return again if again is not whole and rest.keys().isdisjoint(free_symbols(body)) else None


def _replaced(root: Basic, body: Basic, named: Basic) -> Basic:
    """Every occurrence of a body outside of its own name replaced by the name."""
    plain = symbol(f"·{named.args[0]}")
    hidden = substitute(root, {named: plain})
    return substitute(substitute(hidden, {body: plain}), {plain: named})


def _by_components(roots: list[Basic]) -> list[Basic]:
    """∇_θ where θ is no vector but θ_0 and θ_1 occur: the derivatives by these."""
    if not any(type(node) is Nabla for root in roots for node in postorder(root)):
        return roots
    names = dict.fromkeys(name for root in roots for name in free_symbols(root))
    found: dict[Basic, Basic] = {}
    for root in roots:
        for node in postorder(root):
            if type(node) is not Nabla or not isinstance(node.args[1], Symbol):
                continue
            numbered = re.compile(rf"{re.escape(node.args[1].name)}_(\d+)")
            places = {name: numbered.fullmatch(name.name) for name in names}
            by = sorted(
                (int(place.group(1)), name) for name, place in places.items() if place is not None
            )
            if by:
                found[node] = Gradient(node.args[0], *[name for _, name in by])
    return [substitute(root, found) for root in roots]


def _renamed(name: str, arity: int, head: Basic) -> Callable[[Basic], Basic]:
    def renamed(node: Basic) -> Basic:
        if type(node) is Apply and str(node.args[0]) == name and len(node.args) == arity + 1:
            return Apply(head, *node.args[1:])
        return node

    return renamed


def _is_of_arrays(root: Basic) -> bool:
    return any(isinstance(node, ArrayName) for node in postorder(root))


def _names_in(known: Knowledge, root: Basic) -> list[Basic]:
    """The names in an expression that may stand for something."""
    arrays = {
        node
        for node in postorder(root)
        if isinstance(node, ArrayName) and symbol(node.name) in known.names
    }
    return [*free_symbols(root), *sorted(arrays, key=str)]
