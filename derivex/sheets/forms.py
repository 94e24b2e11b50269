"""The form that a blank asks for, and what is against the form of an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from sympy.core.basic import Basic

from derivex.engine import normal_phase
from derivex.equality import judge
from derivex.errors import DerivexError
from derivex.expression import (
    Equation,
    Gradient,
    Integral,
    LeftLimit,
    Limit,
    Mean,
    Negative,
    Node,
    Over,
    Plus,
    Power,
    Prime,
    Product,
    RightLimit,
    Subdifferential,
    Substituted,
    Times,
    Total,
    free_symbols,
    postorder,
    value_of,
)
from derivex.expression.array_nodes import DERIVATIVES, Dot, Hadamard, MatrixProduct
from derivex.rulebook import RuleBook
from derivex.sheets.blank import BlankKind
from derivex.sheets.places import seen_in

__all__ = ["DERIVED", "form_of", "leaves", "other_form", "solved_for", "what_it_took"]

DERIVED = frozenset({*DERIVATIVES, Gradient, Prime, Subdifferential})
"""Derivatives of all kinds, and what is to be differentiated."""

_UNDONE: tuple[tuple[frozenset[type], str], ...] = (
    (DERIVED, "a derivative is left in it"),
    (frozenset({Limit, LeftLimit, RightLimit}), "a limit is left in it"),
    (frozenset({Integral}), "an integral is left in it"),
    (frozenset({Substituted}), "values are still to be put into it"),
    (frozenset({Total, Product, Mean}), "a sum or product over an index is left in it"),
)
"""What is work that is left to do, where the key has nothing of the kind."""

_PRODUCTS = frozenset({Times, MatrixProduct, Dot, Hadamard})
_FLAT = (Plus, Times, MatrixProduct)
_MOST_OPERANDS = 12
_SECONDS = 0.5


def other_form(
    answer: Basic, key: Basic, form: str, book: RuleBook, removed: Sequence[Basic] = ()
) -> str:
    """What is against the form of an answer, in a sentence part; "" if it is as asked for.

    Whatever form is asked for, nothing may be left to be done that the key has done: d/dx x^2
    equals 2x and is no answer.  Nor may there be what the step took away: the line before, or
    one that only looks different, does not do the step.

    Args:
        answer: what was answered; it is equal to the key.
        key: what belongs there.
        form: one of :data:`~derivex.sheets.blank.FORMS`.
        book: the rules, which know what arithmetic is left.
        removed: what the step of the row has rewritten, and what is not to be there any more.

    >>> from derivex.expression import TWO, D, Plus, Times, symbol
    >>> from derivex.rulebook import shipped_book
    >>> x, y = symbol("x"), symbol("y")
    >>> bracket = Times(TWO, Plus(x, TWO))
    >>> other_form(bracket, bracket, "expanded", shipped_book())
    'it is not multiplied out'
    >>> before, after = D(Plus(x, y), x), Plus(D(x, x), D(y, x))
    >>> other_form(D(Plus(y, x), x), after, "step", shipped_book(), [before])
    'the step is not done in it'
    """
    kinds, wanted = _kinds(answer), _kinds(key)
    for undone, says in _UNDONE:
        if kinds & undone and not wanted & undone:
            return says
    solved = solved_for(key)
    if solved is not None and solved not in (solved_for(answer), solved_for(_swapped(answer))):
        return f"it is not solved for {solved}"
    if form in ("worked out", "number") and _changes(answer, book, "arithmetic"):
        return "arithmetic is left to do in it"
    if form == "number" and value_of(answer) is None and value_of(key) is not None:
        return "it is not worked out to one number"
    if form == "expanded" and _has_products_of_sums(answer):
        return "it is not multiplied out"
    if form == "factored" and _is_sum(answer) and not _is_sum(key):
        return "it is not a product"
    if any(_is_left_in(old, answer, book) for old in removed):
        return "the step is not done in it"
    return ""


def form_of(
    kind: BlankKind, answer: Basic, worked_out: bool, book: RuleBook, removed: Sequence[Basic] = ()
) -> str:
    """The form that a blank asks for: the strictest that its answer has and the row calls for.

    Args:
        kind: what is left out.
        answer: what is left out.
        worked_out: whether the row was reached by arithmetic or the like, so that what stands in
            the row before is not what is asked for.
        book: the rules.
        removed: what the step took away, from :func:`what_it_took`.
    """
    if not _kinds(answer) & DERIVED:
        still = not _changes(answer, book, "arithmetic")
        if kind is BlankKind.RESULT and value_of(answer) is not None and still:
            return "number"
        if worked_out and still:
            return "worked out"
        if kind is not BlankKind.FACTOR:
            return "no derivative"
    return "step" if removed else "any"


def what_it_took(
    changed: Sequence[tuple[Basic, Basic]], answer: Basic, book: RuleBook
) -> tuple[Basic, ...]:
    """What the step of a row has rewritten, of which nothing is left in what belongs there.

    Args:
        changed: what was rewritten in the row before, and what stands for it in the row.
        answer: what is left out of the row.
        book: the rules.
    """
    taken = dict.fromkeys(old for old, _ in changed if isinstance(old, Node) and old.args)
    return tuple(old for old in taken if not _is_left_in(old, answer, book))


def _is_left_in(old: Basic, answer: Basic, book: RuleBook) -> bool:
    """Whether what a step took away is still there, be it written otherwise.

    What is of the same kind, no shorter, and equal is the same for that: the operands of a
    product in another order, or a derivative of something that was only rewritten inside.
    """
    if type(answer) is Equation:
        return any(_is_left_in(old, side, book) for side in answer.args)
    names, length = set(free_symbols(old)), leaves(old)
    for part in _parts_like(old, answer):
        if part is old:
            return True
        if set(free_symbols(part)) == names and leaves(part) >= length:
            try:
                verdict = judge(part, old, book.functions, seconds=_SECONDS)
            except DerivexError:
                continue
            if verdict.kind in ("proven", "tested"):
                return True
    return False


def _parts_like(old: Basic, answer: Basic) -> Iterator[Basic]:
    """The parts of the same kind; of sums and products also some operands in a row."""
    kinds = _PRODUCTS if type(old) in _PRODUCTS else {type(old)}
    for part in seen_in(answer):
        if type(part) not in kinds:
            continue
        if type(old) in DERIVATIVES and part.args[1:] != old.args[1:]:
            continue
        yield part
        if type(part) in _FLAT:
            operands = part.args[:_MOST_OPERANDS]
            for start, end in combinations(range(len(operands) + 1), 2):
                if 1 < end - start < len(part.args):
                    yield type(part)(*operands[start:end])


def leaves(root: Basic) -> int:
    """How many letters and numbers are written in an expression."""
    count: dict[Basic, int] = {}
    for node in postorder(root):
        operands = node.args if isinstance(node, Node) else ()
        count[node] = sum(count[part] for part in operands) if operands else 1
    return count[root]


def _kinds(root: Basic) -> set[type]:
    return {type(node) for node in postorder(root)}


def solved_for(equation: Basic) -> Basic | None:
    """The name that an equation is solved for; None if it is not."""
    if type(equation) is not Equation:
        return None
    name, value = equation.args
    free = free_symbols(name)
    if len(free) == 1 and name in free and name not in free_symbols(value):
        return name
    return None


def _swapped(equation: Basic) -> Basic:
    return Equation(*equation.args[::-1]) if type(equation) is Equation else equation


def _changes(root: Basic, book: RuleBook, *tables: str) -> bool:
    """Whether rules of some tables have something to do."""
    try:
        return bool(normal_phase(root, book, *tables).steps)
    except DerivexError:
        return False


def _has_products_of_sums(root: Basic) -> bool:
    """Whether a sum stands as a factor, or in a power, outside of functions."""
    stack = [(root, False)]
    while stack:
        node, inside = stack.pop()
        kind = type(node)
        if kind is Plus:
            if inside:
                return True
            stack.extend((part, False) for part in node.args)
        elif kind in (Times, Power):
            parts = node.args if kind is Times else node.args[:1]
            stack.extend((part, True) for part in parts)
        elif kind is Negative:
            stack.append((node.args[0], True))
        elif kind is Over:
            stack.append((node.args[0], inside))
    return False


def _is_sum(root: Basic) -> bool:
    while type(root) is Negative:
        root = root.args[0]
    return type(root) is Plus
