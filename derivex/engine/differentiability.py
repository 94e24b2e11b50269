"""Is a function differentiable, with a gradient that is claimed?  By the definition.

f is differentiable at x with the gradient g if (f(x + v) − f(x) − g · v)/‖v‖ goes to 0 with v.
With v = t u and ‖u‖ = 1 the length ‖v‖ is |t|, and the limit is one in t.  It must be 0 for every
u, and uniformly in u; where it is not 0 for some u, the claim is refuted by that direction.

Source: W. Rudin, Principles of Mathematical Analysis, definition 9.11 and theorem 9.21.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Derivation, Status
from derivex.engine.definitions import NO_DEFINITIONS, Definitions, filled_in
from derivex.engine.evaluate import evaluate
from derivex.engine.first_principles import by_limit, fresh_increment, refuse_no_limit
from derivex.engine.forms import Form, FormKind, bring_into_form
from derivex.engine.gradient import gradient as derive_gradient
from derivex.equality import judge
from derivex.errors import ProblemError
from derivex.expression import (
    ONE,
    ZERO,
    Apply,
    Dependence,
    Limit,
    Negative,
    Over,
    Plus,
    Power,
    Row,
    Times,
    free_symbols,
    integer,
    moved_along,
    postorder,
    substitute,
    symbol,
    value_of,
)
from derivex.matching.continuity import is_continuous
from derivex.notation import TextWriter
from derivex.rulebook import RuleBook

__all__ = ["Differentiability", "Finding", "differentiability"]

_TILTED = (Over(integer(3), integer(5)), Over(integer(4), integer(5)))


class Finding(Enum):
    """What came out."""

    POLYNOMIAL = "differentiable, for the limit is uniform"
    CONTINUOUS = "differentiable, for the partial derivatives are continuous"
    ALONG_LINES = "undecided: the limit is 0 along every line, which does not prove it"
    REFUTED = "refuted"
    STUCK = "undecided: the limit is not known"


@dataclass(frozen=True)
class Differentiability:
    """What the definition says of a claimed gradient.

    Args:
        expression: the function.
        by: its variables.
        gradient: the gradient that is claimed, as a row.
        point: the point; empty for all points.
        increment: the letter t.
        components: the letters for the components of u; none for a single variable.
        limit: the limit of the quotient, worked out.
        finding: what came out.
        witness: a direction along which the limit is not 0, if there is one.
        along: the limit along it, with its arithmetic.
    """

    expression: Basic
    by: tuple[Symbol, ...]
    gradient: Basic
    point: Mapping[Basic, Basic]
    increment: Symbol
    components: tuple[Symbol, ...]
    limit: Derivation
    finding: Finding
    witness: Basic | None = None
    along: Derivation | None = None

    @property
    def holds(self) -> bool | None:
        """Whether the claim is true; None if that was not decided."""
        if self.finding in (Finding.POLYNOMIAL, Finding.CONTINUOUS):
            return True
        return False if self.finding is Finding.REFUTED else None

    def replay(self) -> None:
        """Redo every step."""
        self.limit.replay()
        if self.along is not None:
            self.along.replay()


def differentiability(
    expression: Basic,
    by: Sequence[Symbol],
    claimed: Sequence[Basic],
    book: RuleBook,
    definitions: Definitions = NO_DEFINITIONS,
    point: Mapping[Basic, Basic] | None = None,
) -> Differentiability:
    """Judge a claimed gradient by the definition of differentiability.

    Args:
        expression: the function.
        by: its variables.
        claimed: the components of the gradient that is claimed, at every point or at the point.
        book: the rules.
        definitions: functions and abbreviations that are filled in first.
        point: the point; every point where the variables stand for themselves, if left out.

    Raises:
        ProblemError: another number of components than of variables, a point outside of the
            domain, or a kink.

    >>> from derivex.expression import TWO
    >>> from derivex.rulebook import shipped_book
    >>> x, y = symbol("x"), symbol("y")
    >>> square = Plus(Power(x, TWO), Power(y, TWO))
    >>> gradient = [Times(TWO, x), Times(TWO, y)]
    >>> differentiability(square, [x, y], gradient, shipped_book()).holds
    True
    >>> differentiability(square, [x, y], [x, y], shipped_book()).holds
    False
    """
    by = tuple(by)
    point = dict(point or {})
    _check(by, claimed)
    filled = filled_in(expression, definitions)
    if point:
        evaluate(filled, point, {}, book)  # which refuses a point outside of the domain
        claimed = [evaluate(part, point, {}, book).result for part in claimed]
    step = fresh_increment(Plus(filled, *claimed, *by), None)
    components = _components(Plus(filled, *claimed, *by, step)) if len(by) > 1 else iter(())
    letters = tuple(letter for letter, _ in zip(components, by, strict=False))
    moves = [Times(step, letter) for letter in letters] or [step]
    limit = by_limit(_quotient(filled, by, moves, claimed, point, step), book)
    if limit.status is Status.FINISHED and value_of(limit.result) is None:
        expanded = bring_into_form(limit, Form(FormKind.EXPANDED))
        limit = expanded if value_of(expanded.result) == 0 else limit
    shown = Row(*claimed)

    def found(finding: Finding, *rest: object) -> Differentiability:
        return Differentiability(
            expression,
            by,
            shown,
            point,
            step,
            letters,
            limit,
            finding,
            *rest,  # type: ignore[arg-type]
        )

    if limit.status is not Status.FINISHED:
        for direction in _directions(len(by)) if letters else ():
            along = dict(zip(letters, direction, strict=True))
            refuse_no_limit(substitute(limit.result, along), book)
        refuse_no_limit(limit.result, book)
        return found(Finding.STUCK)
    if not _is_zero(limit.result, book):
        for direction in _directions(len(by)):
            along_it = dict(zip(letters, direction, strict=False))
            value = evaluate(limit.result, along_it, {}, book)
            if judge(value.result, ZERO, book.functions).kind == "wrong":
                return found(Finding.REFUTED, Row(*direction), value)
        return found(Finding.STUCK)
    if len(by) == 1 or _is_polynomial(filled, by):
        return found(Finding.POLYNOMIAL)
    if _is_smooth(filled, by, point, book):
        return found(Finding.CONTINUOUS)
    return found(Finding.ALONG_LINES)


def _check(by: tuple[Symbol, ...], claimed: Sequence[Basic]) -> None:
    if len(by) == len(claimed):
        return
    write = TextWriter().write
    names = ", ".join(map(write, by))
    count = len(claimed)
    raise ProblemError(
        f"the gradient {write(Row(*claimed))} has {count} component{'s' * (count != 1)}, but there "
        f"{'is 1 variable' if len(by) == 1 else f'are {len(by)} variables'}: {names}",
        hint="give one component for each variable, or name the variables with --by",
    )


def _components(taken_in: Basic) -> Iterator[Symbol]:
    taken = {each.name for each in free_symbols(taken_in)}
    letter = next(each for each in ("u", "w", "e", "direction") if each not in taken)
    number = 0
    while True:
        number += 1
        if f"{letter}_{number}" not in taken:
            yield symbol(f"{letter}_{number}")


def _at(part: Basic, point: Mapping[Basic, Basic]) -> Basic:
    return substitute(part, point) if point else part


def _quotient(
    function: Basic,
    by: tuple[Symbol, ...],
    moves: Sequence[Basic],
    claimed: Sequence[Basic],
    point: Mapping[Basic, Basic],
    step: Symbol,
) -> Basic:
    """The limit of (f(x + t u) − f(x) − g · t u)/t; not in one fraction if f is no polynomial."""
    moved: dict[Basic, Basic] = {}
    for variable, move in zip(by, moves, strict=True):
        factors = move._args if type(move) is Times else (move, ONE)
        moved[variable] = moved_along(point.get(variable, variable), *factors)
    others = {name: value for name, value in point.items() if name not in moved}
    difference = [substitute(function, {**others, **moved}), Negative(_at(function, point))]
    linear = [
        Times(part, *(move._args if type(move) is Times else (move,)))
        for part, move in zip(claimed, moves, strict=True)
    ]
    total = linear[0] if len(linear) == 1 else Plus(*linear)
    if _is_polynomial(function, by):
        return Limit(Over(Plus(*difference, Negative(total)), step), step, ZERO)
    parts = Plus(Over(Plus(*difference), step), Negative(Over(total, step)))
    return Limit(parts, step, ZERO)


def _is_zero(result: Basic, book: RuleBook) -> bool:
    return value_of(result) == 0 or judge(result, ZERO, book.functions).kind == "proven"


def _directions(size: int) -> Iterator[tuple[Basic, ...]]:
    """Unit vectors: along the axes, then tilted ones in the planes of two axes."""
    for axis in range(size):
        yield tuple(ONE if each == axis else ZERO for each in range(size))
    for first in range(size):
        for second in range(first + 1, size):
            for sign in (False, True):
                tilted: list[Basic] = [ZERO] * size
                tilted[first] = _TILTED[0]
                tilted[second] = Negative(_TILTED[1]) if sign else _TILTED[1]
                yield tuple(tilted)


def _is_polynomial(function: Basic, by: Sequence[Symbol]) -> bool:
    depends = [Dependence(variable).of for variable in by]
    for node in postorder(function):
        if node in by or not any(each(node) for each in depends):
            continue
        if type(node) is Over:
            if any(each(node.args[1]) for each in depends):
                return False
        elif type(node) is Power:
            exponent = value_of(node.args[1])
            if exponent is None or exponent.denominator != 1 or exponent < 0:
                return False
        elif type(node) not in (Plus, Times, Negative):
            return False
    return True


def _is_smooth(
    function: Basic, by: tuple[Symbol, ...], point: Mapping[Basic, Basic], book: RuleBook
) -> bool:
    """Whether all partial derivatives are continuous around the point, as far as is seen."""
    derived = derive_gradient(function, by, book)
    if any(partial.status is not Status.FINISHED for partial in derived.partials):
        return False
    for part in derived.row.args:
        for variable in by:
            if not is_continuous(part, variable, Dependence(variable).of):
                return False
    if not point:
        return True
    evaluate(derived.row, point, {}, book)  # which refuses a point where there is no derivative
    return not any(_ends_there(node, point, book) for node in postorder(derived.row))


def _ends_there(node: Basic, point: Mapping[Basic, Basic], book: RuleBook) -> bool:
    """Whether the domain of a root or a broken power may end at the point."""
    if type(node) is Power:
        exponent = value_of(node.args[1])
        if exponent is not None and exponent.denominator == 1:
            return False
        base = node.args[0]
    elif type(node) is Apply and str(node.args[0]) not in ("exp", "sin", "cos", "log"):
        base = node.args[1]
    else:
        return False
    return value_of(evaluate(base, point, {}, book).result) == 0
