"""What follows from a wrong row as it was written: one mistake is reported once.

After f'(x) = 2x² for x³, f''(x) = 4x and f'(2) = 8 are no further mistakes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.checking.knowledge import Knowledge
from derivex.checking.links import Finding, compare, judge_link, put_in_values
from derivex.errors import Place
from derivex.expression import Apply, D, Equation, Over, Times, contains, free_symbols, substitute

__all__ = ["Mistaken", "carried_on", "mistaken"]


@dataclass(frozen=True)
class Mistaken:
    """A row that says wrongly what something is.

    Args:
        name: of what it says that: f'(x).
        value: what it says.
        place: where it stands.
    """

    name: Basic
    value: Basic
    place: Place


def mistaken(before: Basic, after: Basic, place: Place) -> Mistaken:
    """A wrong row: what it says, by y'/y = …, of y'.

    >>> from derivex.expression import symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> mistaken(Over(D(y, x), y), x, Place("", 0, 0)).value
    Times(x, y)
    """
    if type(before) is Over and type(before.args[0]) is D:
        before, after = before.args[0], Times(after, before.args[1])
    elif type(before) is Times and type(before.args[-1]) is D:
        rest = before.args[:-1]
        before, after = before.args[-1], Over(after, Times(*rest) if len(rest) > 1 else rest[0])
    return Mistaken(before, after, place)


def carried_on(
    before: Basic,
    after: Basic,
    wrong: Sequence[Mistaken],
    knowledge: Knowledge,
    sign: str,
    *,
    opening: bool,
) -> Finding | None:
    """What is found of a row judged from wrong ones as they were written; None if it is wrong, too.

    Args:
        before: what stands before the sign.
        after: what stands after it.
        wrong: the wrong rows before it.
        knowledge: what is known.
        sign: the sign.
        opening: whether a statement begins there, which says what something is.
    """
    slopes = {each.name: each for each in wrong if type(each.name) in (D, Apply)}
    used = [each for name, each in slopes.items() if contains(Equation(before, after), name)]
    values = {each.name: each.value for each in used}
    tried = [(used[-1], substitute(before, values), substitute(after, values))] if used else []
    if opening:
        written = ((each, _by(each, before, knowledge)) for each in reversed(wrong))
        tried += [(each, value, after) for each, value in written if value is not None]
    for each, left, right in tried:
        found = judge_link(left, right, knowledge, sign)
        if found.holds:
            note = f"follows from line {each.place.line} as it is written, which is wrong"
            return replace(found, verdict="tested", note=note, values=None)
    return None


def _by(row: Mistaken, root: Basic, knowledge: Knowledge) -> Basic | None:
    """What something would be by a wrong row: itself, at a value, or differentiated once more."""
    name, value = row.name, row.value
    if root is name:
        return value
    if type(root) is Apply and type(name) is Apply and root.args[0] is name.args[0]:
        places = dict(zip(name.args[1:], root.args[1:], strict=False))
        return put_in_values(value, places) if all(map(_is_symbol, places)) else None
    for letter in free_symbols(knowledge.filled_in(name)):
        if compare(root, D(name, letter), knowledge).holds:
            return D(value, letter)
    return None


def _is_symbol(root: Basic) -> bool:
    return isinstance(root, Symbol)
