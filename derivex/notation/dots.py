"""Sums, products and vectors written with dots, w_1^2 + w_2^2 + … + w_n^2: what they mean."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Integer
from sympy.core.basic import Basic

from derivex.expression import (
    DOTS,
    Column,
    Dotted,
    Negative,
    Node,
    Plus,
    Product,
    Times,
    Total,
    contains,
    free_symbols,
    integer,
    postorder,
    substitute,
    transform,
)
from derivex.expression.array_nodes import Basis
from derivex.expression.traverse import new_names

__all__ = ["with_dots", "written_parts"]


def with_dots(expression: Basic) -> Basic | None:
    """The expression with every sum and product with dots as a :class:`Dotted`.

    None where the terms around the dots do not show how they go on.

    >>> from derivex.expression import symbol
    >>> x, n = symbol("x"), symbol("n")
    >>> with_dots(Plus(x, integer(1), integer(2), DOTS, n))
    Dotted(Plus(x, Total(i, i, 1, n)), x, 1, 2, Dots(), n)
    """
    found = transform(
        expression,
        lambda node: (_dotted(node) or node) if type(node) in (Plus, Times, Column) else node,
    )
    for node in postorder(found):
        if node is DOTS is found or (DOTS in node.args and type(node) is not Dotted):
            return None
    return found


def written_parts(node: Basic) -> Node:
    """A sum or product with dots as its parts stand, to be written down."""
    meaning, *parts = node.args
    kind = Times if type(meaning) in (Times, Product) else Plus
    first = meaning.args[0] if type(meaning) is Plus and meaning.args else meaning
    if type(first) is Total and type(_last_factor(first)) is Basis:
        kind = Column
    return kind.interned[tuple(parts)]  # type: ignore[no-any-return]


def _dotted(node: Basic) -> Node | None:
    parts = node.args
    if parts.count(DOTS) == 2 and type(node) is Column:
        return _with_another_entry(node)
    if parts.count(DOTS) == 2:
        parts = _without_middle(parts)
    if parts.count(DOTS) != 1:
        return None
    at = parts.index(DOTS)
    if not 0 < at < len(parts) - 1:
        return None
    if type(node) is Column:
        return _dotted_column(node, parts, at)
    sign = Total if type(node) is Plus else Product
    found = _over_index(sign, parts[:at], parts[at + 1])
    if found is None:
        return None
    whole, used = found
    rest = (*parts[: at - used], whole, *parts[at + 2 :])
    return Dotted(whole if len(rest) == 1 else type(node)(*rest), *node.args)


def _dotted_column(node: Basic, parts: Sequence[Basic], at: int) -> Node | None:
    """A vector whose entries go on up to the last one, as a sum over the unit vectors.

    >>> from derivex.expression import At, symbol
    >>> w, n = symbol("w"), symbol("n")
    >>> with_dots(Column(At(w, integer(1)), DOTS, At(w, n))).args[0]
    Total(Times(At(w, i), Basis(i, n)), i, 1, n)
    """
    if at != len(parts) - 2:
        return None
    found = _over_index(Total, parts[:at], parts[-1])
    if found is None or found[1] != at or found[0].args[2] is not integer(1):
        return None
    general, index, lower, upper = found[0].args
    return Dotted(Total(Times(general, Basis(index, upper)), index, lower, upper), *node.args)


def _with_another_entry(node: Basic) -> Node | None:
    """A vector of which one entry between the dots is another one: (a_1, …, a_i + h, …, a_m).

    >>> from derivex.expression import At, symbol
    >>> a, i, h, m = map(symbol, "aihm")
    >>> entry = Plus(At(a, i), h)
    >>> with_dots(Column(At(a, integer(1)), DOTS, entry, DOTS, At(a, m))).args[0]
    Plus(Total(Times(At(a, i), Basis(i, m)), i, 1, m), Times(h, Basis(i, m)))
    """
    parts = node.args
    first = parts.index(DOTS)
    second = parts.index(DOTS, first + 1)
    if second != first + 2 or second != len(parts) - 2:
        return None
    middle = parts[first + 1]
    whole = _dotted_column(node, (*parts[:first], *parts[second:]), first)
    if whole is None:
        return None
    body, index, _, upper = whole.args[0].args
    general = body.args[0]
    taken = next(
        (each for each in free_symbols(middle) if contains(middle, _put(general, index, each))),
        None,
    )
    if taken is None:
        return None
    itself = _put(general, index, taken)
    if middle is itself:
        return Dotted(whole.args[0], *parts)
    terms = middle.args if type(middle) is Plus else ()
    others = [each for each in terms if each is not itself]
    change = Plus(middle, Negative(itself))
    if len(others) == len(terms) - 1:
        change = others[0] if len(others) == 1 else Plus(*others)
    return Dotted(Plus(whole.args[0], Times(change, Basis(taken, upper))), *parts)


def _put(general: Basic, index: Basic, value: Basic) -> Basic:
    return substitute(general, {index: value})


def _last_factor(meaning: Basic) -> Basic | None:
    body = meaning.args[0]
    return body.args[-1] if type(body) is Times else None


def _without_middle(parts: Sequence[Basic]) -> tuple[Basic, ...]:
    """The parts of w_1 + … + w_i + … + w_n without those between the dots, if they fit."""
    first = parts.index(DOTS)
    second = parts.index(DOTS, first + 1)
    middle = parts[first + 1 : second]
    last = parts[second + 1 : second + 2]
    if first < 2 or len(middle) != 1 or not last:
        return tuple(parts)
    whole = _over_index(Total, parts[:first], last[0])
    if whole is None or whole[1] < 2 or not _places(parts[first - 1], middle[0]):
        return tuple(parts)
    general, index, *_ = whole[0].args
    another = _general(parts[first - 1], middle[0], index)
    return (*parts[:first], *parts[second:]) if another is general else tuple(parts)


def _over_index(sign: type[Node], before: Sequence[Basic], last: Basic) -> tuple[Node, int] | None:
    """The sum from the first of the terms that fit to the last, and how many fit."""
    places = _places(before[-1], last)
    if not places:
        return None
    number, upper = places
    taken = {leaf for term in (*before, last) for leaf in postorder(term) if not leaf.args}
    index = next(name for name in new_names() if name not in taken)
    general = _general(before[-1], last, index)
    lower = number
    used = 1
    while used < len(before) and lower > 0:
        if _at(general, index, lower - 1) is not before[-1 - used]:
            break
        lower -= 1
        used += 1
    return sign(general, index, integer(lower), upper), used


def _at(general: Basic, index: Basic, number: int) -> Basic:
    return substitute(general, {index: integer(number)})


def _places(term: Basic, last: Basic) -> tuple[int, Basic] | None:
    """The number in one term, and what stands in its places in the last one."""
    found: set[tuple[Basic, Basic]] = set()
    stack = [(term, last)]
    while stack:
        left, right = stack.pop()
        if left is right:
            continue
        if isinstance(left, Integer):
            found.add((left, right))
        elif type(left) is type(right) and left.args and len(left.args) == len(right.args):
            stack.extend(zip(left.args, right.args, strict=True))
        else:
            return None
    if len(found) != 1:
        return None
    number, upper = found.pop()
    return int(number), upper


def _general(term: Basic, last: Basic, index: Basic) -> Basic:
    """The term with the index where it differs from the last one."""
    made: dict[tuple[Basic, Basic], Basic] = {}
    stack = [(term, last)]
    while stack:
        pair = left, right = stack[-1]
        if pair in made:
            stack.pop()
            continue
        if left is right:
            made[pair] = left
        elif isinstance(left, Integer):
            made[pair] = index
        else:
            inner = list(zip(left.args, right.args, strict=True))
            waiting = [each for each in inner if each not in made]
            if waiting:
                stack.extend(waiting)
                continue
            made[pair] = type(left)(*[made[each] for each in inner])
        stack.pop()
    return made[term, last]
