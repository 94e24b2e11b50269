"""Forms that overlap without an order: both match a node, neither is the more specific.

File order carries no meaning, so which of the two is used would be an accident.  It is found
on instances: on random ones of each form, and on ones that are made to fit both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.errors import RuleError
from derivex.expression import Apply, Dots, FunctionName
from derivex.expression.array_nodes import DERIVATIVES, ArrayName
from derivex.matching import Context
from derivex.rulebook.book import RuleBook, derivative_order
from derivex.rulebook.findings import shown
from derivex.rulebook.form import Form
from derivex.rulebook.instances import Drawer, assemble, instances
from derivex.rulebook.rule import Rule

__all__ = ["overlaps"]

_TRIES = 24
_CROSSINGS = 6


def overlaps(rules: Iterable[Rule], book: RuleBook) -> list[RuleError]:
    """The overlaps without an order that the rules have with one another and with a book.

    Args:
        rules: the rules that are looked at.
        book: all rules, those among them.
    """
    found: dict[frozenset[Form], RuleError] = {}
    for rule in rules:
        if rule.is_move or rule.is_misconception:
            continue
        for form in rule.forms:
            for node in _nodes(form, _rivals(form, book), book):
                pair = _conflict(node, form, book)
                if pair is not None and form in pair and frozenset(pair) not in found:
                    found[frozenset(pair)] = _error(form, *pair, node)
    return list(found.values())


def _order(form: Form) -> tuple[int, ...]:
    if type(form.before) in DERIVATIVES:
        return derivative_order(form)
    return tuple(-part for part in form.specificity)


def _derivative_kind(form: Form) -> type | None:
    kind = type(form.before)
    return kind if kind in DERIVATIVES else None


def _candidates(node: Basic, form: Form, book: RuleBook) -> list[Form]:
    """The forms that are tried on a node together with the form, in their order."""
    kind = type(form.before)
    if kind in DERIVATIVES:
        same = type(node) is kind
        return list(book.by_derivative[kind].candidates(*node.args[:2])) if same else []
    entries = book.table(form.rule.table).candidates(node)
    return [entry for entry in entries if isinstance(entry, Form)]


def _rivals(form: Form, book: RuleBook) -> list[Form]:
    """The other forms that stand at the same place in the order and may match the same nodes."""
    # The forms of one rule for products of matrices go in the order in which they stand there.
    in_order = form.rule if form.letters.arrays is not None else None
    order = _order(form)
    return [
        other
        for rule in book.rules.values()
        if not (rule.is_move or rule.is_misconception)
        for other in rule.forms
        if other is not form
        and other.rule is not in_order
        and _derivative_kind(other) is _derivative_kind(form)
        and (_derivative_kind(form) is not None or rule.table == form.rule.table)
        and _order(other) == order
        and (other.head() is form.head() or None in (other.head(), form.head()))
    ]


def _nodes(form: Form, rivals: list[Form], book: RuleBook) -> Iterator[Basic]:
    if not rivals:
        return
    for one in (form, *rivals):
        for instance in instances(one, book.functions, _TRIES, "overlaps"):
            yield instance.before
    for rival in rivals:
        yield from _crossed(form, rival, book)


def _conflict(node: Basic, form: Form, book: RuleBook) -> tuple[Form, Form] | None:
    """Two forms that are the first in the order for a node and make different things of it."""
    first: Form | None = None
    made: Basic | None = None
    for candidate in _candidates(node, form, book):
        if first is not None and _order(candidate) != _order(first):
            return None
        context = Context(functions=book.functions)
        slots = candidate.match(node, context)
        if slots is None:
            continue
        result = candidate.build(slots, context)
        if first is None:
            first, made = candidate, result
        elif result is not made:
            return first, candidate
    return None


def _error(form: Form, first: Form, second: Form, node: Basic) -> RuleError:
    if form is second:
        first, second = second, first
    names = f"the rules {first.rule.name} and {second.rule.name}"
    if first.rule is second.rule:
        names = f"two forms of the rule {first.rule.name}"
    return RuleError(
        f"{names} both fit {shown(node)}, and neither is the more specific",
        form.place,
        f"add a condition to one of them, or a form for what fits both; the other one is "
        f"{shown(second.written)} = {shown(second.after)}",
    )


# -- nodes that are made to fit two patterns ---------------------------------------------------


def _crossed(form: Form, rival: Form, book: RuleBook) -> Iterator[Basic]:
    """Instances of a form whose letters stand for what the other pattern has at their place."""
    theirs = Drawer(rival, book.functions, Random(f"{rival.rule.name} crossed"))
    ours = Drawer(form, book.functions, Random(f"{form.rule.name} crossed"))
    for attempt in range(_CROSSINGS):
        level = attempt % 3
        mine, other = ours.bindings(level), theirs.bindings(level)
        if mine is None or other is None:
            continue
        for name, pattern in _facing(form, rival):
            mine[name] = assemble(rival, other, pattern)
        node = assemble(form, mine)
        if form.match(node, Context(functions=book.functions)) is not None:
            yield node


def _facing(form: Form, rival: Form) -> list[tuple[str, Basic]]:
    """The letters of a form that face more than a letter in the other pattern."""
    found: list[tuple[str, Basic]] = []
    stack = [(form.before, rival.before)]
    while stack:
        mine, other = stack.pop()
        if form.letters.is_letter(mine):
            assert isinstance(mine, (Symbol, ArrayName))
            if other.args and not rival.letters.is_letter(other):
                found.append((mine.name, other))
            continue
        if type(mine) is not type(other) or len(mine.args) != len(other.args):
            continue
        if any(isinstance(part, (Dots, FunctionName)) for part in (*mine.args, *other.args)):
            continue
        if type(mine) is Apply:
            continue
        stack.extend(zip(mine.args, other.args, strict=True))
    return found
