"""Walking and rebuilding written trees, each shared node once, without recursion."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import count

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.errors import ProblemError
from derivex.expression.nodes import (
    Antiderivative,
    Binder,
    D,
    FunctionName,
    Integral,
    Node,
    Plus,
    symbol,
)

__all__ = [
    "contains",
    "free_symbols",
    "new_names",
    "postorder",
    "put_in",
    "rebuild",
    "substitute",
    "transform",
]


def postorder(root: Basic) -> Iterator[Basic]:
    """Every distinct subexpression once, operands before the nodes that hold them.

    >>> from derivex.expression.nodes import Plus, Power, TWO, symbol
    >>> x = symbol("x")
    >>> [str(node) for node in postorder(Plus(Power(x, TWO), x))]
    ['x', '2', 'Power(x, 2)', 'Plus(Power(x, 2), x)']
    """
    seen: set[int] = set()
    stack: list[tuple[Basic, bool]] = [(root, False)]
    while stack:
        node, ready = stack.pop()
        if ready:
            yield node
        elif id(node) not in seen:
            seen.add(id(node))
            if isinstance(node, Node) and node._args:
                stack.append((node, True))
                stack.extend((operand, False) for operand in reversed(node._args))
            else:
                yield node


def rebuild(node: Node, operands: list[Basic]) -> Node:
    """The node of the same kind with other operands; the node itself where they are the same.

    A sum of sums in brackets stays one.
    """
    for new, old in zip(operands, node._args, strict=True):
        if new is not old:
            if type(node) is Plus and any(type(term) is Plus for term in node._args):
                return Plus.grouped(*operands)
            return type(node)(*operands)
    return node


def transform(root: Basic, change: Callable[[Basic], Basic]) -> Basic:
    """Apply ``change`` to every node from the leaves up; it sees operands already changed."""
    done: dict[Basic, Basic] = {}
    for node in postorder(root):
        if isinstance(node, Node) and node._args:
            node_now: Basic = rebuild(node, [done[operand] for operand in node._args])
        else:
            node_now = node
        done[node] = change(node_now)
    return done[root]


def substitute(root: Basic, replacements: Mapping[Basic, Basic]) -> Basic:
    """Replace whole subexpressions, all at once, outermost first; bound indices stay.

    A name that a :class:`Binder` binds is not replaced in its body.

    >>> from derivex.expression.nodes import Plus, symbol, ONE
    >>> x, y = symbol("x"), symbol("y")
    >>> substitute(Plus(x, y), {x: y, y: ONE})
    Plus(y, 1)
    """
    if not replacements:
        return root
    named: set[Basic] | None = None  # names in the replacements, looked up at the first binder
    done: dict[Basic, Basic] = {}
    stack: list[tuple[Basic, bool]] = [(root, False)]
    while stack:
        node, ready = stack.pop()
        if ready:
            assert isinstance(node, Node)
            done[node] = rebuild(node, [done[operand] for operand in node._args])
        elif node in done:
            continue
        elif node in replacements:
            done[node] = replacements[node]
        elif isinstance(node, Node) and node._args:
            if isinstance(node, Binder):
                if named is None:
                    named = _names_in(replacements)
                if node._args[1] in named:
                    done[node] = _substitute_under_index(node, replacements)
                    continue
            elif type(node) is Antiderivative:
                _refuse_capture(node, replacements)
            stack.append((node, True))
            stack.extend((operand, False) for operand in node._args)
        else:
            done[node] = node
    return done[root]


def _refuse_capture(node: Node, replacements: Mapping[Basic, Basic]) -> None:
    """Refuse what would change the meaning of ∫ u dx: to put in something with x for a letter of u.

    Raises:
        ProblemError: it would be integrated over, too.
    """
    body, variable = node._args
    free = free_symbols(body)
    for old, new in replacements.items():
        own = old is variable
        if (own and new in free and new is not variable) or (
            not own and variable in free_symbols(new) and contains(body, old)
        ):
            raise ProblemError(
                f"{old} in an integral without bounds cannot become what is integrated over",
                hint="give the integral bounds: int_0^x u dt",
            )


def _names_in(replacements: Mapping[Basic, Basic]) -> set[Basic]:
    """The names that under a binder must be told from the one that it binds."""
    named: set[Basic] = {name for new in replacements.values() for name in free_symbols(new)}
    named.update(key for key in replacements if isinstance(key, Symbol))
    return named


def _substitute_under_index(node: Node, replacements: Mapping[Basic, Basic]) -> Node:
    """Replace under a binder whose name is also in the replacements; rename it if need be.

    Where the index stands in what is replaced, it is the bound one, in the replacement too;
    where it stands only in the replacement, it is another one, which would be captured.
    """
    body, index, *bounds = node._args
    free = free_symbols(body)
    inside = {
        old: new
        for old, new in replacements.items()
        if old is not index and (old in free or not isinstance(old, Symbol))
    }
    captured = [
        old
        for old, new in inside.items()
        if index in free_symbols(new) and index not in free_symbols(old)
    ]
    if captured and not set(postorder(body)).isdisjoint(captured):
        taken = free | {
            name: None for pair in inside.items() for part in pair for name in free_symbols(part)
        }
        fresh = next(name for name in new_names(type(node)) if name not in taken)
        renaming = {index: fresh}
        inside = {
            substitute(old, renaming): substitute(new, renaming)
            if index in free_symbols(old)
            else new
            for old, new in inside.items()
        }
        body, index = substitute(body, renaming), fresh
    return type(node)(
        substitute(body, inside), index, *[substitute(bound, replacements) for bound in bounds]
    )


def new_names(binder: type[Node] = Binder) -> Iterator[Symbol]:
    """Names for what a binder binds, the usual ones first: indices, variables of integration."""
    letters = "tsuvw" if issubclass(binder, Integral) else "ijklm"
    yield from map(symbol, letters)
    yield from (symbol(f"{letters[0]}_{number}") for number in count(1))


def contains(root: Basic, part: Basic) -> bool:
    """Whether ``part`` is a subexpression of ``root`` (or ``root`` itself)."""
    return any(node is part or node == part for node in postorder(root))


def free_symbols(root: Basic) -> dict[Symbol, None]:
    """The symbols that occur free, as an ordered set in order of first appearance.

    Bound indices are left out: Σ_i a_i x has a and x.

    >>> from derivex.expression.nodes import At, Times, Total, symbol
    >>> a, i, x = symbol("a"), symbol("i"), symbol("x")
    >>> list(free_symbols(Times(x, Total(At(a, i), i))))
    [x, a]
    """
    found: dict[Symbol, None] = {}
    # Each entry is a node and the indices bound around it.
    stack: list[tuple[Basic, frozenset[Basic]]] = [(root, frozenset())]
    seen: set[tuple[int, frozenset[Basic]]] = set()
    while stack:
        node, bound = stack.pop()
        if (id(node), bound) in seen:
            continue
        seen.add((id(node), bound))
        if isinstance(node, Symbol):
            if node not in bound:
                found[node] = None
        elif isinstance(node, Binder):
            body, index, *bounds = node._args
            stack.extend((operand, bound) for operand in reversed(bounds))
            stack.append((body, bound | {index}))
        elif isinstance(node, Node):
            stack.extend(
                (operand, bound)
                for operand in reversed(node._args)
                if not isinstance(operand, FunctionName)
            )
    return found


def put_in(node: Basic) -> Basic | None:
    """A substitution carried out; None while there is a derivative in its body.

    What is differentiated must not lose the variable that it is differentiated by.

    >>> from derivex.expression.nodes import Plus, Substituted, ONE
    >>> x, y = symbol("x"), symbol("y")
    >>> put_in(Substituted(Plus(x, ONE), x, y))
    Plus(y, 1)
    """
    body, name, value = node.args
    if any(type(part) is D for part in postorder(body)):
        return None
    return substitute(body, {name: value})
