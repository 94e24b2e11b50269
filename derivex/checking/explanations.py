"""What explains a line: the rules that lead there, or the likely mistakes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sympy.core.basic import Basic

from derivex.checking.findings import CheckedLine, ClaimKind
from derivex.checking.knowledge import Knowledge
from derivex.checking.own_terms import in_own_terms, is_readable, sentence_in_own_terms
from derivex.checking.patience import Patience
from derivex.checking.rates import TIME
from derivex.checking.record import Link
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
    symbol,
)
from derivex.notation import TextWriter
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
    line: CheckedLine, link: Link, book: RuleBook, patience: Patience | None = None
) -> CheckedLine:
    """A line with what leads there from the line before, or what went wrong.

    Args:
        line: the line with its verdict.
        link: the line before as it was written, which is an equation where one is being solved;
            the line itself; and what was known there.
        book: the rules.
        patience: how long explanations may take, where there are many lines.
    """
    if max(_size(link.before), _size(link.after)) > _LARGEST or _is_along_time(link):
        return line
    patience = patience or Patience(_SECONDS)
    try:
        with patience.share() as seconds, time_limit(seconds * _LATEST):
            if line.verdict == "wrong":
                return _diagnosed(line, link, book, seconds)
            if line.verdict in ("proven", "tested"):
                return _justified(line, link, book, seconds)
            return line
    except OutOfTimeError:
        return line
    except Exception:
        return line  # an explanation is an extra: without one, the verdict stands


def _is_along_time(link: Link) -> bool:
    """Whether d/dt is taken of what has rates with names, ṙ, which the rules do not know of."""
    return bool(link.knowledge.rates) and any(
        type(node) is D and node.args[1] is TIME for node in postorder(link.before)
    )


def _justified(line: CheckedLine, link: Link, book: RuleBook, seconds: float) -> CheckedLine:
    before, after = _differentiated(*_as_functions(_filled_in(link, book), link.knowledge))
    found = justify(
        before,
        after,
        book,
        claimed=line.claimed or "",
        assumptions=link.knowledge.bounds,
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


def _diagnosed(line: CheckedLine, link: Link, book: RuleBook, seconds: float) -> CheckedLine:
    """A wrong line with its likely mistakes, and as it should read if that holds in its place."""
    knowledge = link.knowledge
    sides = _differentiated(*_as_functions(_filled_in(link, book), knowledge))
    letters: dict[Basic, Basic] = {}
    if all(type(side) in (Equation, And) for side in sides) and not any(
        map(_differentiates, sides)
    ):
        letters = _letters_for(sides)
    first, second = (substitute(side, letters) for side in sides)
    mistakes, better = explain(first, second, book, assumptions=knowledge.bounds, seconds=seconds)
    meant = {letter: node for node, letter in letters.items()}
    accepted: dict[Basic, Basic] = {}
    for corrected in dict.fromkeys((*(each.corrected for each in mistakes), better)):
        if corrected is not None:
            corrected_line = substitute(corrected, meant)
            folded = in_own_terms(corrected_line, knowledge)
            if folded is not corrected_line and link.accepts(_as_written(folded)):
                accepted[corrected] = folded
            elif link.accepts(_as_written(corrected_line)):
                accepted[corrected] = corrected_line
    told = (
        sentence_in_own_terms(each.sentence, (first, second), knowledge)
        for each in mistakes
        if each.kind == "misconception" or each.corrected in accepted
    )
    readable = (each for each in accepted.values() if is_readable(each, link.after))
    expected = next(readable, None)
    return replace(line, diagnosis=tuple(dict.fromkeys(told)), expected=expected)


def _differentiated(before: Basic, after: Basic) -> list[Basic]:
    """Both sides of an equation differentiated by x, where dy/dx comes in with the next one."""
    if type(before) is not Equation or type(after) is not Equation:
        return [before, after]
    by = _derived_by(after)
    if len(by) != 1 or _derived_by(before) or _differentiates(before):
        return [before, after]
    (letter,) = by
    left, right = (D(side, letter) for side in before.args)
    return [Equation(left, right), after]


def _differentiates(root: Basic) -> bool:
    return any(type(node) is D for node in postorder(root))


def _derived_by(root: Basic) -> set[Basic]:
    """The letters by which quantities are differentiated that depend on them: x of dy/dx."""
    return {node.args[place] for node, _, places in _quantities([root]) for place in places}


# -- letters that depend on others: y, y(x), or a letter that stands for dy/dx ------------------


def _as_functions(roots: Iterable[Basic], knowledge: Knowledge) -> list[Basic]:
    """Lines with functions y(x) for the letters that depend on others, so that rules apply."""
    calls = {
        name: Apply(ImplicitName(f"{name}({', '.join(map(str, places))})"), *places)
        for name, places in knowledge.implicit.items()
    }
    return [substitute(root, calls) for root in roots]


def _quantities(roots: Iterable[Basic]) -> Iterator[tuple[Basic, str, tuple[int, ...]]]:
    """These functions and their derivatives: the letter, and in which places it is derived."""
    for root in roots:
        for node in postorder(root):
            quantity = bare_quantity(node) if type(node) is Apply else None
            if quantity is not None:
                yield node, quantity[0].name, quantity[1]


def _letters_for(roots: Sequence[Basic]) -> dict[Basic, Basic]:
    """A letter for each of them, where equations are to be solved for dy/dx."""
    write = TextWriter().write
    return {node: symbol(write(node)) for node, _, _ in _quantities(roots)}


def _as_written(root: Basic) -> Basic:
    """A line with y and dy/dx for these functions, as its document has them."""
    written: dict[Basic, Basic] = {}
    for node, name, places in _quantities([root]):
        written[node] = symbol(name)
        for place in places:
            written[node] = D(written[node], node.args[place])
    return substitute(root, written)


def _filled_in(link: Link, book: RuleBook) -> list[Basic]:
    """Both lines with the definitions of the document filled in; what is solved for stays."""
    known = link.knowledge
    functions = {
        name: function
        for name, function in known.functions.items()
        if function.definition is not None and book.functions.get(name) is not function
    }
    solved = link.after.args if type(link.after) is Equation else ()
    names = {name: body for name, body in known.names.items() if name not in solved}
    definitions = Definitions(functions, names)
    sides = (known.with_entries(side) for side in (link.before, link.after))
    return [filled_in(side, definitions) for side in sides]


def _size(root: Basic) -> int:
    return sum(1 + len(node.args) for node in postorder(root))
