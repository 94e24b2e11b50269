"""Differentiating by the definition: the limit of the difference quotient, worked out by rules.

Each move is a rule or a procedure of ``rules/limits.rules``.  This module decides only which of
them is tried on which limit, in which order; where none helps, the limit stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Derivation, Phase, Status, Step, follow
from derivex.engine.definitions import NO_DEFINITIONS, Definitions, fill_in_definitions, followed_by
from derivex.engine.differentiate import TIDYING, check_variable
from derivex.engine.forms import normal_phase
from derivex.engine.limit_moves import Moves, apply_form
from derivex.equality import judge
from derivex.errors import ProblemError
from derivex.expression import (
    D,
    LeftLimit,
    Limit,
    RightLimit,
    free_symbols,
    postorder,
    symbol,
)
from derivex.notation import TextWriter
from derivex.rulebook import RuleBook

__all__ = [
    "by_limit",
    "differentiate_by_limit",
    "fresh_increment",
    "limit_phases",
    "refuse_no_limit",
]

_MOST_MOVES = 200  # of one derivation; a simple one takes seven
_LETTERS = ("h", "k", "t", "s")


def differentiate_by_limit(
    expression: Basic,
    by: Sequence[Basic],
    book: RuleBook,
    definitions: Definitions = NO_DEFINITIONS,
    notes: tuple[str, ...] = (),
    increment: Symbol | None = None,
) -> Derivation:
    """The derivation of a derivative from its definition as a limit, tidied.

    No rule of differentiation is used.  Where the rules for limits do not suffice, the
    derivation is stuck at a limit.

    Args:
        expression: what is differentiated.
        by: the variables, the first one first; repeat one for a higher order.
        book: the rules.
        definitions: functions and abbreviations that are filled in first.
        notes: remarks that the derivation carries on.
        increment: the letter for the increment; by default h, or another one if h occurs.

    Raises:
        ProblemError: a variable is no variable, or the increment occurs in the expression.

    >>> from derivex.rulebook import shipped_book
    >>> from derivex.expression import Power, integer
    >>> x = symbol("x")
    >>> differentiate_by_limit(Power(x, integer(3)), [x], shipped_book()).result
    Times(3, Power(x, 2))
    """
    start = expression
    for variable in by:
        check_variable(variable)
        start = D(start, variable)
    phases = fill_in_definitions(start, definitions)
    start = phases[-1].start if phases else start
    increment = fresh_increment(start, increment)
    first, *others = _by_definition(start, increment, book)
    return _derivation((*followed_by(phases, first), *others), tuple(by), book, notes)


def refuse_no_limit(result: Basic, book: RuleBook) -> None:
    """Refuse a limit whose two one-sided limits differ.

    What they are is found from values near the point.

    Raises:
        ProblemError: naming both.

    >>> from derivex.rulebook import shipped_book
    >>> from derivex.expression import Apply, Over, ZERO, function_name
    >>> h = symbol("h")
    >>> jump = Apply(function_name("sign"), h)
    >>> refuse_no_limit(Limit(jump, h, ZERO), shipped_book())
    Traceback (most recent call last):
    derivex.errors.ProblemError: there is no lim_{h→0} sign(h): from the right it is 1, from the left −1
        at a jump or a kink the two sides differ; ask for one side: h → 0+ or h → 0−
    """  # noqa: E501
    for node in postorder(result):
        if type(node) is not Limit or free_symbols(node):
            continue
        verdict = judge(RightLimit(*node._args), LeftLimit(*node._args), book.functions)
        if verdict.kind != "wrong" or verdict.witness is None:
            continue
        write = TextWriter().write
        variable, point = map(write, node._args[1:])
        right, left = map(_with_minus, (verdict.witness.left, verdict.witness.right))
        raise ProblemError(
            f"there is no {write(node)}: from the right it is {right}, from the left {left}",
            hint="at a jump or a kink the two sides differ; "
            f"ask for one side: {variable} → {point}+ or {variable} → {point}−",
        )


def _with_minus(value: str) -> str:
    return value.replace("-", "−")


def by_limit(limit: Basic, book: RuleBook, notes: tuple[str, ...] = ()) -> Derivation:
    """The derivation that works a limit out, as far as the rules reach.

    >>> from derivex.rulebook import shipped_book
    >>> from derivex.expression import ZERO, Plus
    >>> x, h = symbol("x"), symbol("h")
    >>> by_limit(Limit(Plus(x, h), h, ZERO), shipped_book()).result
    x
    """
    phases = tuple(limit_phases(limit, book)) or (Phase(limit, {}, limit),)
    return _derivation(phases, (), book, notes)


def _derivation(
    phases: tuple[Phase, ...], by: tuple[Basic, ...], book: RuleBook, notes: tuple[str, ...]
) -> Derivation:
    left = dict.fromkeys(
        node for node in postorder(phases[-1].result) if isinstance(node, (Limit, D))
    )
    status = Status.STUCK if left else Status.FINISHED
    return Derivation(phases, book, by, status, tuple(left), notes)


def fresh_increment(start: Basic, asked: Symbol | None) -> Symbol:
    """The letter for the increment: the one asked for, or h, or another one if h occurs.

    Raises:
        ProblemError: the letter asked for occurs in the expression.
    """
    taken = {node for node in postorder(start) if isinstance(node, Symbol)}
    if asked is None:
        numbered = (symbol(f"h_{number}") for number in range(1, len(taken) + 2))
        fresh = [*map(symbol, _LETTERS), *numbered]
        return next(letter for letter in fresh if letter not in taken)
    if asked in taken:
        raise ProblemError(
            f"the increment {asked} occurs in the expression",
            hint="choose another letter for the increment",
        )
    return asked


def _by_definition(start: Basic, increment: Symbol, book: RuleBook) -> Iterator[Phase]:
    """The innermost derivatives first, each by its definition."""
    (definition,) = book.rules["derivative-as-limit"].forms
    current = start
    while True:
        derivatives = _innermost_derivatives(current)
        steps: dict[Basic, Step] = {}
        for node in derivatives:
            step = apply_form(definition, node, increment)
            if step is None:
                break
            steps[node] = step
        if not steps:
            return
        phase = Phase(current, steps, follow(current, steps))
        yield phase
        current = phase.result
        for phase in limit_phases(current, book):
            yield phase
            current = phase.result
        if any(isinstance(node, Limit) for node in postorder(current)):
            return


def _innermost_derivatives(root: Basic) -> list[Basic]:
    holding: set[Basic] = set()
    found: list[Basic] = []
    for node in postorder(root):
        inside = any(operand in holding for operand in node._args)
        if type(node) is D and not inside:
            found.append(node)
        if inside or type(node) is D:
            holding.add(node)
    return found


def limit_phases(start: Basic, book: RuleBook) -> Iterator[Phase]:
    """The limits in an expression worked out, the same move on all that are ready for it."""
    current = start
    moves = Moves(book)
    for _ in range(_MOST_MOVES):
        phase = _next(current, moves)
        if phase is None:
            break
        yield phase
        current = phase.result
    if not any(isinstance(node, Limit) for node in postorder(current)):
        tidied = _tidied(current, book)
        if tidied.steps:
            yield tidied


def _tidied(current: Basic, book: RuleBook) -> Phase:
    """The tidying at the end; derivatives that are left are none of its business."""
    steps: dict[Basic, Step] = {}
    derivatives = _innermost_derivatives(current)
    for part in [each._args[0] for each in derivatives] or [current]:
        steps.update(normal_phase(part, book, *TIDYING, "sums-of-powers").steps)
    return Phase(current, steps, follow(current, steps))


def _next(current: Basic, moves: Moves) -> Phase | None:
    """The next phase: what the first limit needs, for every limit that needs the same."""
    found: dict[str, dict[Basic, Step]] = {}
    for node in postorder(current):
        if isinstance(node, Limit):
            move = moves.next(node)
            if move is not None:
                name, steps = move
                found.setdefault(name, {}).update(steps)
    for name in sorted(found, key=moves.rank):
        steps = found[name]
        result = follow(current, steps)
        if result is not current:
            return Phase(current, steps, result)
    return None
