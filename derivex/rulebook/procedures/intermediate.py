"""Intermediate variables: parts of an expression that get names of their own.

With u₁ = a x₁ + b x₂ and u₂ = x₁ x₂ the expression (a x₁ + b x₂)² x₁ x₂ is u₁² u₂.  The names
stay tied to what they stand for (:class:`~derivex.expression.Named`), so every formula that holds
them has a value, and ∂u₁/∂x₁ is not taken for the derivative of a constant.
"""

from __future__ import annotations

from collections import Counter

from sympy.core.basic import Basic

from derivex.expression import (
    ONE,
    D,
    Dependence,
    Named,
    Plus,
    Power,
    Times,
    postorder,
    substitute,
    value_of,
)
from derivex.expression.nodes import Node
from derivex.expression.traverse import rebuild

__all__ = [
    "chain_of_several_variables",
    "chain_through",
    "definition_of_intermediate",
    "factors_as_written",
    "intermediates_in",
    "name_intermediates",
    "substitute_back",
    "terms_with_variable",
]


def name_intermediates(node: Node, *intermediates: Basic) -> Basic | None:
    """Put names in the place of what they stand for, the larger parts first.

    A sum is found in a longer sum and a product in a longer product, whatever the order of
    their operands; of terms or factors that are not neighbours, the name takes the first place.

    >>> from derivex.expression import TWO, Power, function_name, symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> u = Named(function_name("u"), Plus(x, y))
    >>> named = name_intermediates(Times(x, Power(Plus(y, x), TWO)), u)
    >>> named is Times(x, Power(u, TWO))
    True
    """
    named = [each for each in intermediates if type(each) is Named]
    if not named:
        return None
    made = _Naming(named).of(node)
    return None if made is node else made


class _Naming:
    """Finds definitions, in any order of terms and factors."""

    def __init__(self, named: list[Named]):
        self._sorted: dict[Basic, Basic] = {}
        found = [(self._ordered(each._args[1]), each) for each in named]
        self._whole = dict(found)
        self._parts = [
            (type(definition), Counter(definition._args), each)
            for definition, each in found
            if type(definition) in (Plus, Times)
        ]
        self._parts.sort(key=lambda part: -part[1].total())

    def _ordered(self, root: Basic) -> Basic:
        """The same for all orders of terms and factors, whatever has a name already."""
        done = self._sorted
        for node in postorder(root):
            if node in done:
                continue
            if not isinstance(node, Node) or not node._args:
                done[node] = node
                continue
            operands = [done[operand] for operand in node._args]
            if type(node) is Named:
                done[node] = operands[1]
                continue
            if type(node) in (Plus, Times):
                operands.sort(key=id)
            done[node] = rebuild(node, operands)
        return done[root]

    def of(self, root: Basic) -> Basic:
        done: dict[Basic, Basic] = {}
        stack = [root]
        while stack:
            node = stack[-1]
            if node in done:
                stack.pop()
                continue
            whole = self._whole.get(self._ordered(node))
            if whole is not None or type(node) is Named:
                done[node] = node if whole is None else whole
                continue
            if not isinstance(node, Node) or not node._args:
                done[node] = node
                continue
            operands = self._with_parts(node)
            waiting = [operand for operand in operands if operand not in done]
            if waiting:
                stack.extend(waiting)
                continue
            made = [done[operand] for operand in operands]
            same = len(made) == len(node._args)
            done[node] = rebuild(node, made) if same else type(node)(*made)
        return done[root]

    def _with_parts(self, node: Node) -> list[Basic]:
        """The operands of a sum or product, with names for those that make a definition."""
        operands = list(node._args)
        if type(node) not in (Plus, Times):
            return operands
        for kind, definition, named in self._parts:
            if kind is not type(node):
                continue
            while not definition - Counter(map(self._ordered, operands)):
                missing = definition.copy()
                kept: list[Basic] = []
                for operand in operands:
                    key = self._ordered(operand)
                    if not missing[key]:
                        kept.append(operand)
                        continue
                    if missing == definition:
                        kept.append(named)
                    missing[key] -= 1
                operands = kept
        return operands


def intermediates_in(expression: Basic) -> list[Named]:
    """The named quantities of which an expression is made, in order of appearance.

    Names inside the definitions of other names are not among them.
    """
    found: dict[Basic, None] = {}
    seen: set[Basic] = set()
    stack = [expression]
    while stack:
        node = stack.pop()
        if node in seen:
            continue
        seen.add(node)
        if type(node) is Named:
            found[node] = None
        else:
            stack.extend(reversed(node._args))
    return [each for each in found if isinstance(each, Named)]


def _through(node: Node) -> tuple[list[Named], list[Basic]] | None:
    """The intermediate variables of a derivative, and the terms of the chain rule for it.

    None if the variable also occurs by itself, or one intermediate variable depends on another:
    then ∂y/∂u is not determined by what is written.
    """
    operand, variable = node._args
    if type(operand) is Named:
        return None
    found = intermediates_in(operand)
    if not found:
        return None
    if Dependence(variable).of(substitute(operand, dict.fromkeys(found, ONE))):
        return None
    for each in found:
        depends = Dependence(each)
        if any(other is not each and depends.of(other) for other in found):
            return None
    return found, [Times(D(operand, each), D(each, variable)) for each in found]


def chain_of_several_variables(node: Node) -> Basic | None:
    """∂y/∂x = Σ_j ∂y/∂u_j · ∂u_j/∂x, written out for all u_j of which y is made.

    The theorem: if y = f(u₁, …, u_m) and u_j = g_j(x₁, …, x_n), all differentiable, then this
    sum is the derivative of y by x_i.

    >>> from derivex.expression import TWO, Power, function_name, symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> u = Named(function_name("u"), Plus(x, y))
    >>> v = Named(function_name("v"), Times(x, y))
    >>> z = Times(u, v)
    >>> made = chain_of_several_variables(D(z, x))
    >>> made is Plus(Times(D(z, u), D(u, x)), Times(D(z, v), D(v, x)))
    True
    """
    through = _through(node)
    return Plus(*through[1]) if through is not None and len(through[1]) > 1 else None


def chain_through(node: Node) -> Basic | None:
    """dy/dx = dy/du · du/dx where y is made of one u.

    >>> from derivex.expression import TWO, Power, function_name, symbol
    >>> x = symbol("x")
    >>> u = Named(function_name("u"), Plus(x, TWO))
    >>> chain_through(D(Power(u, TWO), x)) is Times(D(Power(u, TWO), u), D(u, x))
    True
    """
    through = _through(node)
    return through[1][0] if through is not None and len(through[1]) == 1 else None


def definition_of_intermediate(node: Node, *intermediates: Basic) -> Basic | None:
    """The derivative of what a name stands for, in the place of that of the name.

    >>> from derivex.expression import TWO, function_name, symbol
    >>> x = symbol("x")
    >>> definition_of_intermediate(D(Named(function_name("u"), Times(TWO, x)), x))
    D(Times(2, x), x)
    """
    operand, variable = node._args
    if type(operand) is not Named or type(variable) is Named:
        return None
    return D(operand._args[1], variable)


def terms_with_variable(node: Node) -> Basic | None:
    """Leave out the terms of a sum that are free of the variable: their derivatives are zero.

    >>> from derivex.expression import symbol
    >>> b, w, x = symbol("b"), symbol("w"), symbol("x")
    >>> terms_with_variable(D(Plus(Times(w, x), b), w))
    D(Times(w, x), w)
    """
    operand, variable = node._args
    if type(operand) is not Plus:
        return None
    depends = Dependence(variable).of
    kept = [term for term in operand._args if depends(term)]
    if not kept or len(kept) == len(operand._args):
        return None
    return D(kept[0] if len(kept) == 1 else Plus(*kept), variable)


def substitute_back(node: Node, *intermediates: Basic) -> Basic | None:
    """What a name stands for, in the place of the name."""
    return node._args[1]


def factors_as_written(node: Node, *written: Basic) -> Basic | None:
    """Bring factors into the order that they had in a product before.

    Numbers stay in front, after them come letters that were no factors of that product; powers
    keep their places.

    >>> from derivex.expression import TWO, symbol
    >>> a, x, y = symbol("a"), symbol("x"), symbol("y")
    >>> factors_as_written(Times(TWO, y, x, a), Times(Power(x, TWO), y))
    Times(2, a, x, y)
    """
    places: dict[Basic, int] = {}
    for product in written:
        if type(product) is Times:
            for factor in product._args:
                places.setdefault(_base(factor), len(places))
    numbers = [factor for factor in node._args if value_of(factor) is not None]
    others = [factor for factor in node._args if value_of(factor) is None]
    letters = [factor for factor in others if not factor._args and factor not in places]
    rest = [factor for factor in others if factor not in letters]
    slots = [position for position, factor in enumerate(rest) if factor in places]
    if not slots:
        return None
    known = sorted((rest[slot] for slot in slots), key=lambda factor: places[factor])
    for slot, factor in zip(slots, known, strict=True):
        rest[slot] = factor
    made = type(node)(*numbers, *letters, *rest)
    return None if made is node else made


def _base(factor: Basic) -> Basic:
    return factor._args[0] if type(factor) is Power else factor
