"""What holds at some point of a document: definitions, premises, and values of letters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.checking.dependents import Dependence, opened
from derivex.checking.patience import Patience
from derivex.engine import Columns, Definitions, filled_in
from derivex.errors import ProblemError
from derivex.expression import (
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
    Total,
    contains,
    free_symbols,
    function_name,
    function_of,
    postorder,
    substitute,
    symbol,
    transform,
)
from derivex.expression.array_nodes import ArrayName, Entries, Nabla
from derivex.expression.elementary import ELEMENTARY
from derivex.expression.functions import NO_FUNCTIONS, Function, Functions
from derivex.matching import Facts
from derivex.notation import Definition

__all__ = ["Knowledge", "dependencies", "differentiated_names"]

_ENTRY = re.compile(r"(.+)_([a-z])")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_MOST_VALUES = 6  # of one name that are remembered


@dataclass(frozen=True)
class Knowledge:
    """What is taken for granted where a line stands.

    Args:
        functions: the functions of the rules, and those that the document or the user defined.
        names: what a name stands for, in terms of other names.
        implicit: names without a definition that are differentiated, with what they depend on.
        met: those of derivations before this one.
        kinds: which values of a letter count, one of :data:`derivex.equality.sampling.KINDS`.
        conditions: relations that are assumed.
        values: names that have values for a while, such as points at which is evaluated; the
            last one first.
        columns: the data.
        identities: expressions that are known to be equal: the t_j sum to 1.
        entries: what an entry stands for: y ↦ (y_i, w x_i).
        declared: the names of vectors and matrices of which all is said that is to be assumed.
        dependence: entries, and functions of which nothing is known, that depend on others.
        patience: how long equations may be solved for; None for as long as each takes.
    """

    functions: Functions = field(default_factory=lambda: NO_FUNCTIONS)
    names: Mapping[Basic, Basic] = field(default_factory=dict)
    implicit: Mapping[Symbol, tuple[Symbol, ...]] = field(default_factory=dict)
    met: Mapping[Symbol, tuple[Symbol, ...]] = field(default_factory=dict)
    kinds: Mapping[Basic, str] = field(default_factory=dict)
    conditions: tuple[Basic, ...] = ()
    values: Mapping[Basic, tuple[Basic, ...]] = field(default_factory=dict)
    columns: Columns = field(default_factory=dict)
    identities: tuple[tuple[Basic, Basic], ...] = ()
    dependence: Dependence = frozenset()
    entries: Mapping[Basic, tuple[Basic, Basic]] = field(default_factory=dict)
    declared: frozenset[str] = frozenset()
    patience: Patience | None = field(default=None, compare=False)

    def defining(self, definition: Definition, said: bool = False) -> Knowledge:
        """The same with one definition more; a later one takes the place of an earlier one.

        A name for a number is a value, which counts only where nothing else makes a line true.

        Args:
            definition: what is defined.
            said: whether it is said to be a definition, by a word or a sign.
        """
        body = None if definition.body is None else self._with_entries(definition.body)
        if definition.parameters:
            if body is not None and not said and _is_number(body):
                return self  # f(x) = 6 says what f is at some x
            if body is not None:
                body = self._with_own_letters(body, definition.parameters)
            function = Function(definition.name, definition.parameters, definition=body)
            return replace(self, functions={**self.functions, definition.name: function})
        if body is None:
            return self
        entry = _ENTRY.fullmatch(definition.name)
        if entry is not None and symbol(entry.group(2)) in free_symbols(body):
            return self.defining_entry(At(symbol(entry.group(1)), symbol(entry.group(2))), body)
        name = symbol(definition.name)
        if contains(body, name):
            return self  # x = x + 1 says nothing of what x is
        if not free_symbols(body):
            # x = 2 may be a point, at which other lines do not stand.
            earlier = self.values.get(name, ())
            kept = (body, *(value for value in earlier if value is not body))[:_MOST_VALUES]
            return replace(self, values={**self.values, name: kept})
        return replace(self, names={**self.names, name: body})

    def forgetting(self, names: Iterable[str]) -> Knowledge:
        """The same without what some names stood for."""
        gone = set(names)
        symbols = {symbol(name) for name in gone}
        return replace(
            self,
            functions={name: each for name, each in self.functions.items() if name not in gone},
            names={name: each for name, each in self.names.items() if name not in symbols},
            values={name: each for name, each in self.values.items() if name not in symbols},
            entries={name: each for name, each in self.entries.items() if name not in symbols},
        )

    def assuming(self, condition: Basic) -> Knowledge:
        """The same with one relation more that holds, such as x > 0 or i ≠ j."""
        known = replace(self, conditions=(*self.conditions, condition))
        return replace(known, kinds={**self.kinds, **Facts(known.bounds).kinds})

    @property
    def bounds(self) -> tuple[Basic, ...]:
        """The conditions that compare a letter with a number, unless they contradict another."""
        found: list[Basic] = []
        for condition in self.conditions:
            with suppress(ValueError):
                Facts([*found, condition])
                found.append(condition)
        return tuple(found)

    def defines(self, name: str) -> bool:
        """Whether a name, or a function of that name, has a definition."""
        function = self.functions.get(name)
        return symbol(name) in self.names or (
            function is not None and function.definition is not None
        )

    def knows_functions_of(self, roots: Iterable[Basic]) -> bool:
        """Whether it is known what all functions are that are called in some expressions.

        >>> Knowledge().knows_functions_of([Apply(function_name("f"), symbol("x"))])
        False
        """
        for root in roots:
            for node in postorder(root):
                if type(node) is Apply:
                    name = function_of(node.args[0])[0].name
                    function = self.functions.get(name)
                    if function is None and name not in ELEMENTARY:
                        return False
                    if function is not None and not (function.definition or function.means):
                        return False
        return True

    def written_out(self, roots: Iterable[Basic]) -> list[Basic]:
        """The expressions with every name standing for its definition, but still a quantity.

        A name u becomes ``Named(u, …)``, which has the value of its definition, and which a
        derivative by u takes as one quantity; an implicit function becomes an unknown one.

        >>> x, u = symbol("x"), symbol("u")
        >>> from derivex.expression import Power, TWO
        >>> Knowledge(names={u: Power(x, TWO)}).written_out([D(u, x)])
        [D(Named(u, Power(x, 2)), x)]
        """
        roots = self._told_apart(
            [
                self._along_a_curve(
                    self._by_its_parameter(self._with_entries(self._spread(self._of_arrays(root))))
                )
                for root in roots
            ]
        )
        wanted = dict.fromkeys(name for root in roots for name in _names_in(root))
        made: dict[Basic, Basic] = {}
        for name in wanted:
            self._make(name, made, set())
        if not made:
            return _by_components([opened(root, self.dependence) for root in roots])
        shapes = {
            self.names[name]: made[name]
            for name in made
            if name in self.names and type(made[name]) is Named
        }
        named = [substitute(_by_named(root, shapes, made), made) for root in roots]
        return _by_components([opened(root, self.dependence) for root in named])

    def _make(self, name: Basic, made: dict[Basic, Basic], above: set[Basic]) -> None:
        """Add what a name becomes, after what its definition is made of."""
        if name in made or name in above:
            return
        body: Basic | None = None
        if name in self.names:
            body = self.names[name]
        elif name in self.implicit:
            body = Apply(function_name(f"{name}"), *self.implicit[name])
        elif isinstance(name, Symbol):
            body = self._value_of_function(name)
        if body is None:
            return
        inner: dict[Basic, Basic] = {}
        parts = [part for part in _names_in(body) if part is not name]
        for part in parts:
            self._make(part, made, above | {name})
            if part in made:
                inner[part] = made[part]
        body = substitute(body, inner)
        made[name] = Named(function_name(str(name)), body) if isinstance(name, Symbol) else body

    def _with_own_letters(self, body: Basic, parameters: tuple[Symbol, ...]) -> Basic:
        """A definition with the functions filled in that use its parameters.

        With f(a) = s a + b, loss(s, b) = Σ_i f(a_i)² is Σ_i (s a_i + b)²: loss(1, 0) has 1 for s.
        """
        functions = {
            name: function
            for name, function in self.functions.items()
            if function.definition is not None
            and function.means is None
            and set(parameters)
            & (free_symbols(function.definition).keys() - {*function.parameters})
        }
        try:
            return filled_in(body, Definitions(functions)) if functions else body
        except ProblemError:
            return body

    def defining_entry(self, entry: Basic, body: Basic) -> Knowledge:
        """The same with what an entry stands for, whatever its indices."""
        known = replace(self, entries={**self.entries, entry.args[0]: (entry, body)})
        functions = {
            name: function
            if function.definition is None or not contains(function.definition, entry.args[0])
            else replace(function, definition=known._with_entries(function.definition))
            for name, function in self.functions.items()
        }
        return replace(known, functions=functions)

    def _with_entries(self, root: Basic) -> Basic:
        found: dict[Basic, Basic] = {}
        for node in postorder(root) if self.entries else ():
            if type(node) is At and node.args[0] in self.entries:
                entry, body = self.entries[node.args[0]]
                places = dict(zip(entry.args[1:], node.args[1:], strict=False))
                if len(entry.args) == len(node.args):
                    found[node] = substitute(body, places)
        return substitute(root, found)

    def _of_arrays(self, root: Basic) -> Basic:
        """Calls of functions of vectors, L(w, b), by what they stand for: w is always the same."""
        found: dict[Basic, Basic] = {}
        for node in postorder(root):
            if type(node) is not Apply:
                continue
            function = self.functions.get(function_of(node.args[0])[0].name)
            if (
                function is not None
                and function.definition is not None
                and tuple(function.parameters) == node.args[1:]
                and type(node.args[0]) is FunctionName
                and any(isinstance(part, ArrayName) for part in postorder(function.definition))
            ):
                found[node] = function.definition
        return substitute(root, found)

    def _told_apart(self, roots: list[Basic]) -> list[Basic]:
        """Unknown functions of one name with several numbers of arguments as several functions.

        p(x) and p(x, y) are two densities.
        """
        for name, arities in self.overloaded(roots).items():
            function = self.functions.get(name)
            known = min(arities) if function is None else len(function.parameters)
            for arity in sorted(arities - {known}):
                head = function_name(f"{name}{str(arity).translate(_LOWERED)}")
                roots = [transform(root, _renamed(name, arity, head)) for root in roots]
        return roots

    def overloaded(self, roots: Iterable[Basic]) -> dict[str, set[int]]:
        """The functions that are called with several numbers of arguments, with these.

        >>> x, y, p = symbol("x"), symbol("y"), function_name("p")
        >>> sorted(Knowledge().overloaded([Apply(p, x), Apply(p, x, y)])["p"])
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
            if len(arities) > 1 and name not in ELEMENTARY and not self._is_variadic(name)
        }

    def _is_variadic(self, name: str) -> bool:
        function = self.functions.get(name)
        return function is not None and (function.variadic or function.means is not None)

    def _spread(self, root: Basic) -> Basic:
        """What stands for functions of numbers that are made of functions of vectors."""
        return self._calls_written_out(root, (Entries,))

    def with_calls_written_out(self, root: Basic) -> Basic:
        """The expression with what stands for the functions that are made of data.

        >>> x, i = symbol("x"), symbol("i")
        >>> from derivex.expression import Total
        >>> f = Function("f", (x,), definition=Total(At(symbol("a"), i), i))
        >>> known = Knowledge(functions={"f": f})
        >>> known.with_calls_written_out(Apply(function_name("f"), x))
        Total(At(a, i), i)
        """
        return self._calls_written_out(root, (At, Mean, Total))

    def _calls_written_out(self, root: Basic, kinds: tuple[type[Node], ...]) -> Basic:
        functions = {
            function.name: function
            for function in self._called(root)
            if function.definition is not None
            and any(type(node) in kinds for node in postorder(function.definition))
        }
        try:
            return filled_in(root, Definitions(functions)) if functions else root
        except ProblemError:
            return root

    def _called(self, root: Basic) -> Iterator[Function]:
        for node in postorder(root):
            if type(node) is Apply:
                function = self.functions.get(function_of(node.args[0])[0].name)
                if function is not None:
                    yield function

    def _along_a_curve(self, root: Basic) -> Basic:
        """dy/dx where x and y are both given by t: (dy/dt)/(dx/dt)."""
        found: dict[Basic, Basic] = {}
        for node in postorder(root) if self.names else ():
            if type(node) is not D or node.args[1] not in self.names:
                continue
            operand, by = (self.filled_in(each) for each in node.args)
            letters = free_symbols(by)
            same = len(letters) == 1 and letters.keys() == free_symbols(operand).keys()
            direct = node.args[1] in self._met_in(node.args[0])
            if same and not direct and isinstance(node.args[0], Symbol):
                (letter,) = letters
                body = self.names[node.args[1]]
                if not (isinstance(body, Node) and body.args and contains(operand, body)):
                    found[node] = Over(D(node.args[0], letter), D(node.args[1], letter))
        return substitute(root, found)

    def filled_in(self, root: Basic) -> Basic:
        """An expression with the definitions of names in their place.

        >>> x, u = symbol("x"), symbol("u")
        >>> from derivex.expression import Power, TWO
        >>> Knowledge(names={u: Power(x, TWO)}).filled_in(Over(u, x))
        Over(Power(x, 2), x)
        """
        for _ in range(_MOST_VALUES):
            filled = substitute(root, self.names)
            if filled is root:
                break
            root = filled
        return root

    def _met_in(self, root: Basic) -> set[Basic]:
        """The names that an expression is made of, by way of definitions."""
        met: set[Basic] = set()
        waiting = [root]
        while waiting:
            for name in free_symbols(waiting.pop()):
                if name not in met:
                    met.add(name)
                    if name in self.names:
                        waiting.append(self.names[name])
        return met

    def _by_its_parameter(self, root: Basic) -> Basic:
        """df/dx of a function f(a) that is defined: its definition with x in the place of a."""
        found: dict[Basic, Basic] = {}
        for node in postorder(root):
            if type(node) is not D:
                continue
            called, by = node.args
            name = called.args[0] if type(called) is Apply else called
            function = self.functions.get(getattr(name, "name", ""))
            base = by.args[0] if type(by) is Power else None
            if base is not None and function is not None and base in called.args[1:]:
                found[node] = Over(D(called, base), D(by, base))  # by σ² as a quantity
                continue
            if function is None or function.definition is None or len(function.parameters) != 1:
                continue
            (parameter,) = function.parameters
            own = (
                called.args[1:] == (parameter,)
                if type(called) is Apply
                else (isinstance(called, Symbol) and self._value_of_function(called) is not None)
            )
            if not own or not isinstance(by, Symbol) or by is parameter:
                continue
            if by in self.names:
                found[node] = self._by_inner(function.definition, by, parameter) or node
            elif by not in free_symbols(function.definition):
                found[node] = D(substitute(function.definition, {parameter: by}), by)
        return substitute(root, found)

    def _by_inner(self, body: Basic, inner: Symbol, parameter: Symbol) -> Basic | None:
        """df/du of f(x) = (2x + 1)³ with u = 2x + 1; None if f is no function of u."""
        inside = self.filled_in(self.names[inner])
        if isinstance(inside, Node) and contains(body, inside):
            return D(body, inner)
        letters = {parameter: None}
        if free_symbols(inside).keys() == free_symbols(body).keys() == letters.keys():
            return Over(D(body, parameter), D(inner, parameter))
        return None

    def for_arities(self, roots: Iterable[Basic]) -> Knowledge:
        """The same without definitions of functions that are called with other numbers of
        arguments here: f(x) is another f than f(a, b) was."""
        other = set()
        for root in roots:
            for node in postorder(root):
                if type(node) is not Apply:
                    continue
                name = function_of(node.args[0])[0].name
                function = self.functions.get(name)
                if function is None or function.definition is None or function.variadic:
                    continue
                spread = any(type(each) is Entries for each in node.args[1:])
                if len(function.parameters) != len(node.args) - 1 or (
                    spread and not _is_of_arrays(function.definition)
                ):
                    other.add(name)
        if not other:
            return self
        kept = {name: each for name, each in self.functions.items() if name not in other}
        return replace(self, functions=kept)

    def _value_of_function(self, name: Symbol) -> Basic | None:
        """What f stands for in df/dx, where f(x) is defined."""
        function = self.functions.get(name.name)
        if function is None or function.definition is None or function.variadic:
            return None
        if name in function.parameters or function.means is not None:
            return None
        return function.definition


def _by_named(root: Basic, shapes: Mapping[Basic, Basic], made: Mapping[Basic, Basic]) -> Basic:
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
        if again is not written:
            found[node] = D(again, named)
    return substitute(root, found)


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


def _is_number(root: Basic) -> bool:
    return not any(isinstance(node, (Symbol, ArrayName)) for node in postorder(root))


def _names_in(root: Basic) -> list[Basic]:
    """The names in an expression that may stand for something."""
    return list(free_symbols(root))


def differentiated_names(roots: Iterable[Basic]) -> dict[Symbol, dict[Symbol, None]]:
    """The bare names that are differentiated, each with what it is differentiated by.

    >>> x, y = symbol("x"), symbol("y")
    >>> differentiated_names([D(y, x), D(x, x)])
    {y: {x: None}}
    """
    found: dict[Symbol, dict[Symbol, None]] = {}
    for root in roots:
        for node in postorder(root):
            if type(node) is not D:
                continue
            operand, by = node.args
            while type(operand) is D:
                operand = operand.args[0]
            if isinstance(operand, Symbol) and isinstance(by, Symbol) and operand is not by:
                found.setdefault(operand, {})[by] = None
    return found


def dependencies(
    found: Mapping[Symbol, Mapping[Symbol, None]], known: Mapping[Basic, Basic]
) -> dict[Symbol, tuple[Symbol, ...]]:
    """What each name without a definition depends on directly.

    With dy/dx, dy/du and du/dx, y depends on u and u on x; y depends on x only through u.
    What would depend on itself is left out: with dy/dx and dx/dy, y depends on x.
    """
    direct: dict[Symbol, list[Symbol]] = {}
    for name, by in found.items():
        if name not in known:
            for each in by:
                if not _reaches(direct, each, name):
                    direct.setdefault(name, []).append(each)
    for name, body in known.items():
        if isinstance(name, Symbol) and name in found:
            direct.setdefault(name, []).extend(free_symbols(body))
    reduced: dict[Symbol, tuple[Symbol, ...]] = {}
    for name, by_names in direct.items():
        if name in known:
            continue
        reduced[name] = tuple(
            each
            for each in by_names
            if not any(other is not each and _reaches(direct, other, each) for other in by_names)
        )
    return reduced


def _reaches(direct: Mapping[Symbol, list[Symbol]], start: Symbol, goal: Symbol) -> bool:
    seen: set[Symbol] = set()
    stack = [start]
    while stack:
        name = stack.pop()
        if name is goal:
            return True
        if name not in seen:
            seen.add(name)
            stack.extend(direct.get(name, ()))
    return False
