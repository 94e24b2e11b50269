"""An expression as a list of named quantities, each made of those before it.

tanh(w₂ tanh(w₁ x + b₁) + b₂) is z₁ = w₁ x + b₁, a₁ = tanh(z₁), z₂ = w₂ a₁ + b₂, L = tanh(z₂).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.engine.quantity_names import QuantityNames, root_name
from derivex.engine.shared_parts import is_whole, parts_to_name, varying_nodes
from derivex.errors import ProblemError
from derivex.expression import Named, Row, Times, free_symbols, function_name, postorder
from derivex.expression.nodes import Node
from derivex.expression.traverse import rebuild
from derivex.notation import TextWriter

__all__ = ["MOST_OPERANDS", "Quantity", "quantities_of"]

MOST_OPERANDS = 8
"""Factors of a product that stays whole; a longer one is a product of products."""

_TALLEST = 6  # operations inside one another before one of them gets a name
_LARGEST = 60  # nodes of a definition given by the user that is not taken apart


@dataclass(frozen=True)
class Quantity:
    """A named part of an expression.

    Args:
        name: its name.
        body: what it stands for, in terms of variables and of the names of other quantities.
    """

    name: Symbol
    body: Basic

    @property
    def named(self) -> Basic:
        """The name, tied to what it stands for; other names in that are letters."""
        return Named(function_name(self.name.name), self.body)


def quantities_of(
    expression: Basic, by: Sequence[Basic], given: Mapping[Symbol, Basic]
) -> tuple[Quantity, ...]:
    """The quantities that an expression is made of, each after those that it is made of.

    Names that the user gave are kept, and definitions with them in which at most one part
    deserves a name.  Elsewhere names are given to the values of functions, to sums and products
    that stand inside of functions, powers and fractions, and to whatever is used more than
    once.  The whole expression comes last; it is called L, unless it has a name.

    Args:
        expression: the expression.
        by: the variables; what does not depend on any of them needs no name.
        given: what the names stand for that occur in the expression, or in one another.

    Raises:
        ProblemError: definitions that lead back to themselves.

    >>> from derivex.expression import TWO, Apply, Plus, Power, symbol
    >>> x = symbol("x")
    >>> square = Power(Plus(x, TWO), TWO)
    >>> for each in quantities_of(Times(square, Apply(function_name("sin"), square)), [x], {}):
    ...     print(each.name, each.body)
    z_1 Plus(x, 2)
    z_2 Power(z_1, 2)
    a_2 Apply(sin, z_2)
    L Times(z_2, a_2)
    """
    bodies = dict(_in_order(expression, given))
    everything = Row(expression, *bodies, *bodies.values(), *by)
    taken = {name.name for name in free_symbols(everything)}
    if expression not in bodies:
        bodies[root_name(taken)] = expression
    found: list[Quantity] = []
    varying: set[Basic] = set(by)
    names: QuantityNames | None = None
    for name, body in bodies.items():
        order = varying_nodes(body, varying)
        worthy = parts_to_name(order)
        if order and (len(bodies) == 1 or len(worthy) > 1 or _is_large(body)):
            names = names or QuantityNames(taken, list(bodies.values()))
            found += _taken_apart(body, name, order, worthy, names)
        else:
            found.append(Quantity(name, body))
        if order or body in varying:
            varying.add(name)
    return tuple(found)


def _is_large(body: Basic) -> bool:
    return any(number >= _LARGEST for number, _ in zip(count(), postorder(body)))


def _in_order(expression: Basic, given: Mapping[Symbol, Basic]) -> Iterator[tuple[Symbol, Basic]]:
    """The definitions that an expression uses, those that use others after these."""
    done: set[Symbol] = set()
    path: set[Symbol] = set()

    def uses(body: Basic) -> list[tuple[Symbol, bool]]:
        return [(name, False) for name in reversed(free_symbols(body)) if name in given]

    stack = uses(expression)
    while stack:
        name, ready = stack.pop()
        if ready:
            path.discard(name)
            done.add(name)
            yield name, given[name]
        elif name in path:
            raise ProblemError(
                f"the definition of {TextWriter().write(name)} leads back to itself",
                hint="look through the definitions",
            )
        elif name not in done:
            path.add(name)
            stack.append((name, True))
            stack += [each for each in uses(given[name]) if each[0] not in done]


def _taken_apart(
    root: Basic,
    name: Symbol,
    order: Sequence[Basic],
    worthy: Collection[Basic],
    names: QuantityNames,
) -> list[Quantity]:
    """One expression as quantities, in one walk over its nodes that vary, operands first."""
    found: list[Quantity] = []
    shorter: dict[Basic, Basic] = {}
    height: dict[Basic, int] = {}

    def named(body: Basic) -> Basic:
        found.append(Quantity(names.next(body), body))
        return found[-1].name

    for node in order:
        assert isinstance(node, Node)
        tall = 0
        body: Basic = node
        if not is_whole(node):
            operands = [shorter.get(operand, operand) for operand in node._args]
            if type(node) is Times:
                while len(operands) > MOST_OPERANDS:
                    groups = [
                        operands[start : start + MOST_OPERANDS]
                        for start in range(0, len(operands), MOST_OPERANDS)
                    ]
                    operands = [
                        named(Times(*group)) if len(group) > 1 else group[0] for group in groups
                    ]
                body = Times(*operands)
            else:
                body = rebuild(node, operands)
            tall = 1 + max(height.get(operand, 0) for operand in node._args)
        if node is root:
            found.append(Quantity(name, body))
        elif node in worthy or tall > _TALLEST:
            shorter[node] = named(body)
            height[node] = 0
        else:
            shorter[node] = body
            height[node] = tall
    return found
