"""What explains a line: the rules that lead there, or the likely mistakes."""

from __future__ import annotations

from dataclasses import replace

from sympy.core.basic import Basic

from derivex.checking.findings import CheckedLine, ClaimKind
from derivex.checking.knowledge import Knowledge
from derivex.checking.time_limit import OutOfTimeError, time_limit
from derivex.diagnosis import diagnose, expected, justify
from derivex.engine import Definitions, filled_in
from derivex.expression import And, Relation, postorder
from derivex.rulebook import RuleBook

__all__ = ["explained"]

_LARGEST = 400
"""Subexpressions of a line that is looked into; a larger one is judged, but not explained."""
_SECONDS = 1.5
_MOST_SECONDS = 4.0

_KINDS: dict[str, ClaimKind] = {
    "expected": "expected",
    "other": "another rule",
    "several": "several rules",
    "detour": "a detour",
    "rearranged": "only rearranged",
}


def explained(
    line: CheckedLine, before: Basic, after: Basic, knowledge: Knowledge, book: RuleBook
) -> CheckedLine:
    """A line with what leads there from the line before, or what went wrong.

    Args:
        line: the line with its verdict.
        before: the line before, as it was written; an equation where one is being solved.
        after: the line itself.
        knowledge: what held there.
        book: the rules.
    """
    if max(_size(before), _size(after)) > _LARGEST:
        return line
    try:
        with time_limit(_MOST_SECONDS):
            return _explained(line, before, after, knowledge, book)
    except OutOfTimeError:
        return line
    except Exception:
        return line  # an explanation is an extra: without one, the verdict stands


def _explained(
    line: CheckedLine, before: Basic, after: Basic, knowledge: Knowledge, book: RuleBook
) -> CheckedLine:
    sides = [_without_names(side, knowledge, book) for side in (before, after)]
    if line.verdict == "wrong":
        return _diagnosed(line, sides[0], sides[1], knowledge, book)
    if line.verdict in ("proven", "tested"):
        return _justified(line, sides[0], sides[1], knowledge, book)
    return line


def _justified(
    line: CheckedLine, before: Basic, after: Basic, knowledge: Knowledge, book: RuleBook
) -> CheckedLine:
    found = justify(
        before,
        after,
        book,
        claimed=line.claimed or "",
        assumptions=knowledge.bounds,
        seconds=_SECONDS,
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
    line: CheckedLine, before: Basic, after: Basic, knowledge: Knowledge, book: RuleBook
) -> CheckedLine:
    premises = knowledge.bounds
    mistakes = diagnose(before, after, book, assumptions=premises, seconds=_SECONDS)
    if mistakes:
        better: Basic | None = mistakes[0].corrected
    else:
        better = expected(before, after, book, assumptions=premises, seconds=_SECONDS)
    sentences = tuple(dict.fromkeys(mistake.sentence for mistake in mistakes))
    return replace(line, diagnosis=sentences, expected=better)


def _without_names(root: Basic, knowledge: Knowledge, book: RuleBook) -> Basic:
    """An expression with the definitions of the document filled in."""
    functions = {
        name: function
        for name, function in knowledge.functions.items()
        if function.definition is not None and book.functions.get(name) is not function
    }
    return filled_in(root, Definitions(functions, dict(knowledge.names)))


def _size(root: Basic) -> int:
    return sum(1 for _ in postorder(root))
