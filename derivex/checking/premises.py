"""What a line may take for granted: values of unknown functions, and conditions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.checking.dependents import is_slope, opened
from derivex.checking.knowledge import Knowledge
from derivex.checking.links import over_data
from derivex.checking.writing_out import for_arities, written_out
from derivex.expression import (
    Apply,
    At,
    Column,
    D,
    Dotted,
    FunctionName,
    Mean,
    Power,
    Row,
    Times,
    Total,
    free_symbols,
    function_name,
    function_of,
    postorder,
    symbol,
    value_of,
)
from derivex.expression.array_nodes import ArrayName, Basis, Dot, MatrixProduct, Norm, Transpose
from derivex.expression.elementary import ELEMENTARY
from derivex.notation import Definition

__all__ = [
    "definition_in",
    "fills_in_data",
    "is_vector",
    "names_of_new_vector",
    "is_condition",
    "new_premise",
    "unknowns",
]


_OF_DATA = (At, Mean, Total, ArrayName)


def unknowns(root: Basic, knowledge: Knowledge) -> dict[str, str]:
    """What nothing is known of: functions, their derivatives, and implicit quantities.

    Returns:
        for each of them the name that a reader knows it by.

    >>> from derivex.expression import function_name, symbol
    >>> unknowns(Apply(function_name("f"), symbol("x")), Knowledge())
    {'f': 'f'}
    """
    found: dict[str, str] = {}
    dependent = {name for name, _ in knowledge.dependence}
    for node in postorder(opened(root, knowledge.dependence)):
        if type(node) is Apply:
            found.update(_unknown_inside(function_of(node.args[0])[0].name, knowledge))
        if type(node) is At and is_slope(node.args[0]):
            # A derivative by an entry: those by others are something else.
            found[str(node)] = str(node.args[0])
        elif isinstance(node, Symbol):
            if node in knowledge.implicit or node.name in dependent or is_slope(node):
                found[node.name] = node.name
        elif type(node) is Apply:
            head, places = function_of(node.args[0])
            function = knowledge.functions.get(head.name)
            known = function is not None and (
                function.definition is not None or function.means is not None
            )
            if not known and (function is not None or head.name not in ELEMENTARY):
                name = head.name + "′" * len(places)
                found[name] = name
    return found


def _without_primes(names: Iterable[str]) -> set[str]:
    return {name.rstrip("′") for name in names}


def _inside_definitions(root: Basic, knowledge: Knowledge) -> set[str]:
    """The functions of which nothing is known in the definitions of those that are called."""
    calls = [node for node in postorder(root) if type(node) is Apply]
    found = (_unknown_inside(function_of(call.args[0])[0].name, knowledge) for call in calls)
    return {name for each in found for name in each}


def _unknown_inside(name: str, knowledge: Knowledge) -> dict[str, str]:
    """The functions of which nothing is known in the definition of another one."""
    found: dict[str, str] = {}
    waiting, seen = [name], {name}
    while waiting:
        function = knowledge.functions.get(waiting.pop())
        if function is None or function.definition is None or function.means is not None:
            continue
        for node in postorder(function.definition):
            if type(node) is not Apply:
                continue
            inner = function_of(node.args[0])[0].name
            if inner not in seen and inner not in ELEMENTARY:
                seen.add(inner)
                waiting.append(inner)
                known = knowledge.functions.get(inner)
                if known is None or not (known.definition or known.means):
                    found[inner] = inner
    return found


def new_premise(
    before: Basic, after: Basic, knowledge: Knowledge, facts: Mapping[Basic, Basic]
) -> str:
    """What a line says of something unknown, in a sentence; empty if it says nothing new.

    A line in which an unknown quantity comes in or disappears, dy/dx = 2x, tells what it is.
    """
    angle = _angle_between(before, after) or _angle_between(after, before)
    if angle is not None and angle not in knowledge.names:
        return f"says what the angle {angle} is"
    of_left, of_right = (_arrays(side, knowledge) for side in (before, after))
    if not (of_left <= of_right or of_right <= of_left):
        return "taken as given: the text does not say how these vectors and matrices are related"
    knowledge = for_arities(knowledge, [before, after])
    if _is_rule(before, after, knowledge):
        return ""
    apart = _not_related(before, after, knowledge)
    if apart is not None:
        return f"taken as given: the text does not say how {apart[1]} depends on {apart[0]}"
    left, right = (unknowns(knowledge.filled_in(side), knowledge) for side in (before, after))
    both = {**left, **right}
    other = [key for key in both if (key in left) != (key in right)]
    if any(key.endswith("′") for key in other):
        # J′ of J = E + λw²/2 is made of E′, which nothing new is said of.
        inside = _inside_definitions(before, knowledge) | _inside_definitions(after, knowledge)
        shared = _without_primes(left) & _without_primes(right) & inside
        other = [key for key in other if key.rstrip("′") not in shared]
    names = dict.fromkeys(both[key] for key in other)
    if not names and _is_slope_of_unknown(before, knowledge) and not _has_slopes(after):
        names = dict.fromkeys(left.values())  # dP/dt = k P, a differential equation
    if not names or before in facts:
        return ""
    told = " and ".join(names)
    verb = "is" if len(names) == 1 else "are"
    return f"taken as given: the text does not say what {told} {verb}"


def _is_rule(before: Basic, after: Basic, knowledge: Knowledge) -> bool:
    """Whether a line has the form of a rule for any functions: d/dx f(g(x)) = f′(g(x)) g′(x).

    What is differentiated is made of functions of which nothing is known, and the right side of
    them and their derivatives alone.  An equation that a function solves has other letters or
    derivatives on the left side, too.
    """
    if type(before) is not D or isinstance(before.args[0], Symbol) or not _has_slopes(after):
        return False
    inside, by = before.args
    calls, said = (
        _without_primes(unknowns(inside, knowledge)),
        _without_primes(unknowns(after, knowledge)),
    )
    bare = type(inside) is Apply and inside.args[1:] == (by,)
    return bool(calls) and calls == said and not bare and not _has_slopes(inside)


def _not_related(before: Basic, after: Basic, knowledge: Knowledge) -> tuple[Basic, Basic] | None:
    """The r and x of ∂u/∂r = … ∂u/∂x, where nothing is said of u, nor how x depends on r."""
    of_left, of_right = _slopes_of_unknown(before, knowledge), _slopes_of_unknown(after, knowledge)
    for name, letters in of_left.items():
        others = of_right.get(name, {})
        for letter in letters:
            by_way = any(
                _reaches(each, letter, knowledge) or _reaches(letter, each, knowledge)
                for each in others
            )
            if others and letter not in others and not by_way:
                return letter, next(iter(others))
    return None


def _slopes_of_unknown(root: Basic, knowledge: Knowledge) -> dict[Basic, dict[Basic, None]]:
    """The names of which nothing is said that are differentiated, with what they are by."""
    found: dict[Basic, dict[Basic, None]] = {}
    for node in postorder(root):
        inner, by = node, []
        while type(inner) is D:
            by.append(inner.args[1])
            inner = inner.args[0]
        if by and inner in knowledge.implicit:
            found.setdefault(inner, {}).update(dict.fromkeys(by))
    return found


def _reaches(name: Basic, letter: Basic, knowledge: Knowledge) -> bool:
    """Whether something that is said of a name, or unknown of it, depends on a letter."""
    waiting, seen = [name], {name}
    while waiting:
        each = waiting.pop()
        inside = {*knowledge.implicit.get(each, ()), *free_symbols(knowledge.filled_in(each))}
        if letter in inside:
            return True
        waiting += inside - seen
        seen |= inside
    return False


def _has_slopes(root: Basic) -> bool:
    return any(
        type(node) is D or (type(node) is Apply and function_of(node.args[0])[1])
        for node in postorder(root)
    )


def _is_slope_of_unknown(root: Basic, knowledge: Knowledge) -> bool:
    """Whether something is the derivative of a quantity or a function nothing is known of."""
    while type(root) is D:
        root = root.args[0]
        if isinstance(root, Symbol):
            return root in knowledge.implicit
    if type(root) is not Apply:
        return False
    name = function_of(root.args[0])[0].name
    return name in unknowns(Apply(function_name(name), *root.args[1:]), knowledge)


def _angle_between(product: Basic, lengths: Basic) -> Symbol | None:
    """The θ of u·v = ‖u‖ ‖v‖ cos θ, which says what the angle between two vectors is."""
    left, right = product.args if type(product) is Dot else (None, None)
    if type(product) is MatrixProduct and type(product.args[0]) is Transpose:
        left, right = product.args[0].args[0], product.args[1] if len(product.args) == 2 else None
    if left is None or right is None:
        return None
    factors: list[Basic] = [lengths]
    while any(type(each) is Times for each in factors):
        factors = [
            part for each in factors for part in (each.args if type(each) is Times else (each,))
        ]
    cosines = [each for each in factors if type(each) is Apply and str(each.args[0]) == "cos"]
    norms = [each for each in factors if type(each) is Norm and len(each.args) == 1]
    if len(factors) != 3 or len(cosines) != 1 or {each.args[0] for each in norms} != {left, right}:
        return None
    angle = cosines[0].args[1]
    return angle if isinstance(angle, Symbol) else None


def _arrays(root: Basic, knowledge: Knowledge) -> set[str]:
    """The vectors and matrices in an expression, and in what its names stand for."""
    found: set[str] = set()
    seen: set[Basic] = set()
    waiting = [root]
    while waiting:
        for node in postorder(waiting.pop()):
            if not isinstance(node, ArrayName | Symbol) or node in seen:
                continue
            seen.add(node)
            if isinstance(node, ArrayName):
                found.add(node.name)
            function = knowledge.functions.get(node.name)
            body = knowledge.names.get(symbol(node.name)) or (function and function.definition)
            if body is not None:
                waiting.append(body)
    return found


def fills_in_data(before: Basic, after: Basic, knowledge: Knowledge) -> bool:
    """Whether numbers are put in for data that are not given.

    >>> from derivex.expression import Total, integer, symbol
    >>> total = Total(At(symbol("a"), symbol("i")), symbol("i"))
    >>> fills_in_data(total, integer(6), Knowledge())
    True
    """
    if not _is_number(after):
        return False
    (written,) = written_out(knowledge, [before])
    if knowledge.columns and _is_number(over_data(written, knowledge.columns)):
        return False  # all of it is given
    for node in postorder(written):
        if type(node) is Apply:
            function = knowledge.functions.get(function_of(node.args[0])[0].name)
            if (
                function is not None
                and function.definition is not None
                and any(type(part) in _OF_DATA for part in postorder(function.definition))
            ):
                return True
    return any(type(node) in _OF_DATA for node in postorder(written))


def is_vector(root: Basic) -> bool:
    """Whether an expression is a list of entries, perhaps with dots."""
    return type(root) in (Row, Column) or (
        type(root) is Dotted and any(type(node) is Basis for node in postorder(root))
    )


def names_of_new_vector(before: Basic) -> list[Basic]:
    """The names in a row or column of bare names, s^new included; empty for anything else."""
    if type(before) not in (Row, Column):
        return []
    found: list[Basic] = []
    for entry in before.args:
        inner = entry.args[0] if type(entry) is Power else entry
        if not isinstance(inner, Symbol) and type(inner) is not At:
            return []
        found.append(entry)
    return found


def definition_in(before: Basic, after: Basic) -> Definition | None:
    """The definition that an equality may be: a name, or f(x, …), for what does not hold it.

    >>> from derivex.expression import TWO, Power, symbol
    >>> definition_in(symbol("y"), Power(symbol("u"), TWO)).name
    'y'
    """
    if isinstance(before, Symbol) and before not in free_symbols(after):
        return Definition(before.name, (), after)
    if type(before) is Apply and isinstance(before.args[0], FunctionName):
        name, parameters = before.args[0].name, before.args[1:]
        distinct = len(set(parameters)) == len(parameters)
        names = [each for each in parameters if isinstance(each, Symbol)]
        used = any(
            type(node) is Apply and function_of(node.args[0])[0].name == name
            for node in postorder(after)
        )
        if distinct and len(names) == len(parameters) and not used and name not in ELEMENTARY:
            return Definition(name, tuple(names), after)
    return None


def is_condition(before: Basic, after: Basic, opening: bool, solved: bool) -> bool:
    """Whether an equality that ends a chain is meant as a condition, such as … = 0.

    A derivative of something known is never 0 by decree, unless an equation is being solved.
    """
    constant, other = (after, before) if _is_number(after) else (before, after)
    if not _is_number(constant) or _is_number(other) or _calls(constant):
        return False
    if any(type(node) is D for node in postorder(other)) and not solved:
        return False
    return solved or opening or value_of(constant) == 0


def _calls(root: Basic) -> bool:
    """Whether a function of the document is called: loss(1, 0) is no number that is written."""
    return any(
        type(node) is Apply and function_of(node.args[0])[0].name not in ELEMENTARY
        for node in postorder(root)
    )


def _is_number(root: Basic) -> bool:
    return not free_symbols(root) and not any(
        isinstance(node, ArrayName) for node in postorder(root)
    )
