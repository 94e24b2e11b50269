"""Derivations of random expressions with one line damaged, as people damage lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from time import monotonic

from sympy import Integer
from sympy.core.basic import Basic

from derivex.derivation import Detail
from derivex.diagnosis.misconceived import mistakes
from derivex.diagnosis.places import Place, places
from derivex.diagnosis.routes import Routes
from derivex.engine import differentiate
from derivex.equality import judge
from derivex.expression import (
    Apply,
    Negative,
    Over,
    Plus,
    Power,
    Times,
    function_name,
    integer,
    symbol,
)
from derivex.rulebook import shipped_book

__all__ = ["EDITS", "Damaged", "damaged_lines", "random_expression"]

X, A = symbol("x"), symbol("a")
BOOK = shipped_book()
FUNCTIONS = ("sin", "cos", "exp", "log", "sqrt", "tan", "atan", "tanh", "sigmoid")


@dataclass(frozen=True)
class Damaged:
    """A right line and a wrong one after it.

    Args:
        before: the right line.
        right: what was to come.
        wrong: what came.
        how: the misconception, or the kind of edit.
        misconceived: whether it is a misconception.
    """

    before: Basic
    right: Basic
    wrong: Basic
    how: str
    misconceived: bool


def random_expression(random: Random, depth: int) -> Basic:
    """An expression as exercises have it."""
    if depth == 0 or random.random() < 0.15:
        return random.choice((X, X, X, A, integer(random.randint(2, 7))))

    def part() -> Basic:
        return random_expression(random, depth - 1)

    makers: list[Callable[[], Basic]] = [
        lambda: Plus(part(), part()),
        lambda: Plus(part(), Negative(part()), integer(random.randint(1, 9))),
        lambda: Times(integer(random.randint(2, 9)), part()),
        lambda: Times(part(), part()),
        lambda: Over(part(), part()),
        lambda: Power(part(), integer(random.randint(2, 5))),
        lambda: Power(part(), Negative(integer(random.randint(1, 3)))),
        lambda: Apply(function_name(random.choice(FUNCTIONS)), part()),
        lambda: Apply(function_name(random.choice(FUNCTIONS)), part()),
    ]
    return random.choice(makers)()


def damaged_lines(random: Random, depth: int = 3) -> Iterator[Damaged]:
    """Damaged lines of the derivation of one random expression: a misconception, and an edit."""
    expression = random_expression(random, depth)
    derivation = differentiate(expression, [X], BOOK)
    detail = random.choice((Detail.TEXTBOOK, Detail.BRIEF))
    lines = [each.expression for each in derivation.lines(detail)]
    if len(lines) < 2:
        return
    at = random.randrange(len(lines) - 1)
    before, right = lines[at], lines[at + 1]
    for found in (_by_misconception(random, before, right), _by_edit(random, before, right)):
        if found is not None:
            yield found


def _by_misconception(random: Random, before: Basic, right: Basic) -> Damaged | None:
    made = list(mistakes(Routes(before, BOOK), monotonic() + 5))
    random.shuffle(made)
    for mistake in made[:12]:
        after = Routes(mistake.line, BOOK)
        wrong = random.choice((mistake.line, after.result, after.tidied))
        if _differs(before, wrong):
            return Damaged(before, right, wrong, mistake.rule.name, True)
    return None


def _by_edit(random: Random, before: Basic, right: Basic) -> Damaged | None:
    spots = list(places(right))
    for _ in range(30):
        place = random.choice(spots)
        how = random.choice(list(EDITS))
        changed = EDITS[how](random, place)
        if changed is not None:
            wrong = place.replaced(changed)
            if _differs(before, wrong):
                return Damaged(before, right, wrong, how, False)
    return None


def _differs(before: Basic, wrong: Basic) -> bool:
    return judge(before, wrong, BOOK.functions).kind == "wrong"


def _sign(random: Random, place: Place) -> Basic | None:
    node = place.node
    return node.args[0] if type(node) is Negative else Negative(node)


def _number(random: Random, place: Place) -> Basic | None:
    if not isinstance(place.node, Integer):
        return None
    return integer(abs(int(place.node) + random.choice((-2, -1, 1, 2, 3))))


def _lose(kind: type) -> Callable[[Random, Place], Basic | None]:
    def lose(random: Random, place: Place) -> Basic | None:
        node = place.node
        if type(node) is not kind:
            return None
        rest = list(node.args)
        del rest[random.randrange(len(rest))]
        return rest[0] if len(rest) == 1 else kind(*rest)  # type: ignore[no-any-return]

    return lose


def _double(kind: type) -> Callable[[Random, Place], Basic | None]:
    def double(random: Random, place: Place) -> Basic | None:
        node = place.node
        return kind(*node.args, random.choice(node.args)) if type(node) is kind else None

    return double


def _exponent(random: Random, place: Place) -> Basic | None:
    node = place.node
    if type(node) is Power and isinstance(node.args[1], Integer):
        return Power(node.args[0], integer(abs(int(node.args[1]) + random.choice((-1, 1)))))
    return None


def _variable(random: Random, place: Place) -> Basic | None:
    return {X: A, A: X}.get(place.node)


def _function(random: Random, place: Place) -> Basic | None:
    swapped = {"sin": "cos", "cos": "sin", "tanh": "tan", "exp": "log"}
    node = place.node
    if type(node) is Apply and str(node.args[0]) in swapped:
        return Apply(function_name(swapped[str(node.args[0])]), *node.args[1:])
    return None


EDITS: dict[str, Callable[[Random, Place], Basic | None]] = {
    "sign": _sign,
    "number": _number,
    "lost term": _lose(Plus),
    "lost factor": _lose(Times),
    "doubled term": _double(Plus),
    "doubled factor": _double(Times),
    "exponent": _exponent,
    "variable": _variable,
    "function": _function,
}
