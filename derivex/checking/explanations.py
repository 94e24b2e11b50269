"""What explains a line: the rules that lead there, or the likely mistakes."""

from __future__ import annotations

from dataclasses import replace

from sympy.core.basic import Basic

from derivex.checking.findings import CheckedLine, ClaimKind
from derivex.checking.knowledge import Knowledge
from derivex.checking.patience import Patience
from derivex.checking.time_limit import OutOfTimeError, time_limit
from derivex.diagnosis import explain, justify
from derivex.engine import Definitions, filled_in
from derivex.expression import (
    And,
    Apply,
    D,
    Equation,
    ImplicitName,
    Relation,
    bare_quantity,
    postorder,
    substitute,
)
from derivex.rulebook import RuleBook

__all__ = ["explained"]

_LARGEST = 1200
"""Operands in a line that is looked into; a larger one is judged, but not explained."""
_SECONDS = 1.2  # for a single line, half of which it gets
_LATEST = 3  # times as long, and it is broken off

_KINDS: dict[str, ClaimKind] = {
    "expected": "expected",
    "other": "another rule",
    "several": "several rules",
    "detour": "a detour",
    "rearranged": "only rearranged",
}


def explained(
    line: CheckedLine,
    before: Basic,
    after: Basic,
    knowledge: Knowledge,
    book: RuleBook,
    patience: Patience | None = None,
) -> CheckedLine:
    """A line with what leads there from the line before, or what went wrong.

    Args:
        line: the line with its verdict.
        before: the line before, as it was written; an equation where one is being solved.
        after: the line itself.
        knowledge: what held there.
        book: the rules.
        patience: how long explanations may take, where there are many lines.
    """
    if max(_size(before), _size(after)) > _LARGEST:
        return line
    patience = patience or Patience(_SECONDS)
    try:
        with patience.share() as seconds, time_limit(seconds * _LATEST):
            return _explained(line, before, after, knowledge, book, seconds)
    except OutOfTimeError:
        return line
    except Exception:
        return line  # an explanation is an extra: without one, the verdict stands


def _explained(
    line: CheckedLine,
    before: Basic,
    after: Basic,
    knowledge: Knowledge,
    book: RuleBook,
    seconds: float,
) -> CheckedLine:
    calls = _dependent(knowledge)
    sides = [substitute(_without_names(side, knowledge, book), calls) for side in (before, after)]
    if line.verdict == "wrong":
        sides = _differentiated(sides[0], sides[1])
        return _diagnosed(line, sides[0], sides[1], knowledge, book, seconds)
    if line.verdict in ("proven", "tested"):
        return _justified(line, sides[0], sides[1], knowledge, book, seconds)
    return line


def _justified(
    line: CheckedLine,
    before: Basic,
    after: Basic,
    knowledge: Knowledge,
    book: RuleBook,
    seconds: float,
) -> CheckedLine:
    found = justify(
        before,
        after,
        book,
        claimed=line.claimed or "",
        assumptions=knowledge.bounds,
        seconds=seconds,
    )
    if found is None:
        return line
    kind = _KINDS[found.kind]
    equations = isinstance(after, Relation) or isinstance(before, (Relation, And))
    if kind == "a detour" and equations:
        return line  # that an equation follows is all there is to say
    if kind == "another rule" and found.claim is None:
        kind = "several rules" if len(found.rules) > 1 else "expected"
    return replace(line, claim=kind, found=tuple(found.phrases))


def _diagnosed(
    line: CheckedLine,
    before: Basic,
    after: Basic,
    knowledge: Knowledge,
    book: RuleBook,
    seconds: float,
) -> CheckedLine:
    mistakes, better = explain(before, after, book, assumptions=knowledge.bounds, seconds=seconds)
    sentences = tuple(dict.fromkeys(mistake.sentence for mistake in mistakes))
    return replace(line, diagnosis=sentences, expected=better)


def _differentiated(before: Basic, after: Basic) -> list[Basic]:
    """Both sides of an equation differentiated by x, where dy/dx comes in with the next one."""
    if type(before) is not Equation or type(after) is not Equation:
        return [before, after]
    by = _derived_by(after)
    if len(by) != 1 or _derived_by(before) or any(type(node) is D for node in postorder(before)):
        return [before, after]
    (letter,) = by
    left, right = (D(side, letter) for side in before.args)
    return [Equation(left, right), after]


def _derived_by(root: Basic) -> set[Basic]:
    """The letters by which quantities are differentiated that depend on them: x of dy/dx."""
    found: set[Basic] = set()
    for node in postorder(root):
        quantity = bare_quantity(node) if type(node) is Apply else None
        if quantity is not None and quantity[1]:
            found.update(node.args[place] for place in quantity[1])
    return found


def _dependent(knowledge: Knowledge) -> dict[Basic, Basic]:
    """The names that depend on others, as functions of these, so that rules for them apply."""
    return {
        name: Apply(ImplicitName(f"{name}({', '.join(map(str, places))})"), *places)
        for name, places in knowledge.implicit.items()
    }


def _without_names(root: Basic, knowledge: Knowledge, book: RuleBook) -> Basic:
    """An expression with the definitions of the document filled in."""
    functions = {
        name: function
        for name, function in knowledge.functions.items()
        if function.definition is not None and book.functions.get(name) is not function
    }
    return filled_in(root, Definitions(functions, dict(knowledge.names)))


def _size(root: Basic) -> int:
    return sum(1 + len(node.args) for node in postorder(root))
