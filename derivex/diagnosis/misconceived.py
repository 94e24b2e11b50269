"""What a line becomes by a mistake that people make: a misconception where a rule belongs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from sympy.core.basic import Basic

from derivex.diagnosis.routes import Routes
from derivex.equality.clock import worked
from derivex.errors import DerivexError
from derivex.expression import (
    Apply,
    At,
    Binder,
    Node,
    Plus,
    Times,
    free_symbols,
    postorder,
    substitute,
)
from derivex.expression.array_nodes import DERIVATIVES
from derivex.matching import Context, Slots
from derivex.rulebook import Form, Rule, RuleBook, misconceptions

__all__ = ["Mistake", "misconceived", "mistakes"]

_MOST = 4000
_MOST_PARTS = 120  # of a line that are looked at
_MOST_ROTATED = 5  # operands


@dataclass(frozen=True, eq=False)
class Mistake:
    """A misconception applied, and what that makes of the line.

    Args:
        form: the form of the misconception.
        slots: what its letters stand for.
        redex: what it was applied to.
        made: what it put in its place.
        line: the line before, as far as it was worked out to get there; all else is still to do.
        places: at how many different places it was applied.
    """

    form: Form
    slots: Slots
    redex: Basic
    made: Basic
    line: Basic
    places: int = 1

    @property
    def rule(self) -> Rule:
        """The misconception."""
        return self.form.rule


def mistakes(routes: Routes, deadline: float) -> Iterator[Mistake]:
    """Every misconception at every place on the way where it fits, and each at all places at once.

    Args:
        routes: what the engine makes of the line before.
        deadline: the moment, by ``equality.clock.worked``, after which no more are made.
    """
    by_head = _by_head(routes.book)
    count = 0
    together: dict[Rule, dict[Basic, Mistake]] = {}
    for redex in routes.derivatives:
        for form, slots, made in _applied(redex, by_head.get(type(redex), ()), routes.book):
            line = routes.with_replaced({redex: made})
            mistake = Mistake(form, slots, redex, made, line)
            together.setdefault(form.rule, {}).setdefault(redex, mistake)
            yield mistake
            count += 1
            if count > _MOST or worked() > deadline:
                return
    for found in together.values():
        if len(found) > 1:
            first = next(iter(found.values()))
            line = routes.with_replaced({redex: each.made for redex, each in found.items()})
            yield Mistake(first.form, first.slots, first.redex, first.made, line, len(found))
    for line in routes.lines():
        for redex in _parts(line):
            forms = by_head.get(_head(redex), ()) if type(redex) not in DERIVATIVES else ()
            for form, slots, made in _applied(redex, forms, routes.book):
                yield Mistake(form, slots, redex, made, substitute(line, {redex: made}))
                count += 1
                if count > _MOST or worked() > deadline:
                    return


def _parts(line: Basic) -> list[Basic]:
    parts = [part for part in postorder(line) if isinstance(part, Node) and part._args]
    return parts[-_MOST_PARTS:]


def _head(node: Basic) -> object:
    return node._args[0] if type(node) is Apply else type(node)


def misconceived(node: Basic, book: RuleBook) -> Iterator[tuple[Form, Slots, Basic]]:
    """What each misconception makes of something, as it is: the form, its letters, the outcome."""
    yield from _made(node, _by_head(book).get(_head(node), ()), book)


@lru_cache(maxsize=8)
def _by_head(book: RuleBook) -> dict[object, tuple[Form, ...]]:
    """The forms of all misconceptions by the kind of node that they match."""
    found: dict[object, list[Form]] = {}
    for rule in misconceptions(book):
        for form in rule.forms:
            head: object = type(form.before)
            if type(form.before) not in DERIVATIVES:
                head = form.head()
            found.setdefault(head, []).append(form)
    return {head: tuple(forms) for head, forms in found.items()}


def _applied(
    redex: Basic, forms: tuple[Form, ...], book: RuleBook
) -> Iterator[tuple[Form, Slots, Basic]]:
    seen: set[tuple[Form, Basic]] = set()
    for variant in _rotated(redex):
        for form, slots, made in _made(variant, forms, book):
            if made is not redex and (form, made) not in seen:
                seen.add((form, made))
                yield form, slots, made


def _made(
    node: Basic, forms: tuple[Form, ...], book: RuleBook
) -> Iterator[tuple[Form, Slots, Basic]]:
    for form in forms:
        for chosen in _choices(form, node):
            context = Context(functions=book.functions)
            try:
                slots = form.match(node, context, chosen)
                if slots is not None:
                    yield form, slots, form.build(slots, context)
            except (DerivexError, ValueError, TypeError, IndexError):
                continue  # a form that does not fit what it was not made for


def _rotated(redex: Basic) -> Iterator[Basic]:
    """An expression with each of its terms or factors in front: which come first is chance."""
    yield redex
    if not isinstance(redex, Node):
        return
    inside = redex if type(redex) in (Plus, Times) else redex._args[0]
    if type(inside) not in (Plus, Times) or len(inside.args) > _MOST_ROTATED:
        return
    operands = inside.args
    for first in range(1, len(operands)):
        turned = type(inside)(*operands[first:], *operands[:first])
        yield turned if inside is redex else type(redex)(turned, *redex._args[1:])


def _choices(form: Form, redex: Basic) -> list[Basic | None]:
    """What a letter may stand for that is chosen before matching: any other variable."""
    if form.letters.unknown is None:
        return [None]
    operand, variable = redex._args[:2]
    indices = {
        name
        for part in postorder(operand)
        for place in (part._args[1:] if type(part) is At else part._args[1:2])
        if type(part) is At or isinstance(part, Binder)
        for name in free_symbols(place)
    }
    own = free_symbols(variable)
    return [name for name in free_symbols(operand) if name not in own and name not in indices]
