"""Rows that list solutions or cases: x = 1 or x = −1."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.checking import Knowledge
from derivex.checking.links import Finding
from derivex.checking.systems import one_holds
from derivex.errors import DerivexError, ReadError
from derivex.expression import Equation, Nearly, Or
from derivex.marking.typed import apart

__all__ = ["EQUIVALENT", "compared_lists", "is_answer", "is_list", "parts_of", "read_list"]

EQUIVALENT = "it has the same solutions, but is not the equation that is asked for"

_OR = re.compile(
    r"[,;∨]|\bor\b|\boder\b|\bou\b|(?<=[\s\d])v(?=\s)|\\(?:vee|lor)(?![a-z])|\\text\{[^{}]*\}"
)
_AND = re.compile(_OR.pattern + r"|\band\b|\bund\b")
_SET = re.compile(r"(?:([^\W\d_]\w*)\s*(?:∈|\\in(?![a-z])|=)\s*|\\?[LS]\s*=\s*)?\\?\{(.*?)\\?\}")
_SIGN = re.compile(r"±|\+/-|\+-|\\pm(?![a-z])")
_RELATION = re.compile(r"=|≈|\\approx(?![a-z])")
_NUMBERED = re.compile(r"([^\W\d_]+)_?(?:\d+|[₀-₉]+|\{\d+\})")


def is_list(row: Basic) -> bool:
    """Whether a row lists solutions, or is one that is rounded.

    >>> from derivex.expression import ONE, TWO, symbol
    >>> one, two = Equation(symbol("x"), ONE), Equation(symbol("x"), TWO)
    >>> is_list(Or(one, two)), is_list(one)
    (True, False)
    """
    return type(row) is Nearly or (
        type(row) is Or and all(isinstance(part, Equation | Nearly) for part in row.args)
    )


def is_answer(text: str, key: Basic) -> bool:
    """Whether what was typed where an equation is asked for may be a list, or a value alone.

    >>> from derivex.expression import ONE, symbol
    >>> solved = Equation(symbol("x"), ONE)
    >>> [is_answer(each, solved) for each in ("3", "x = 1 or x = 2", "x = ±2", "x = = 2")]
    [True, True, True, False]
    """
    several = _OR.search(text) or _SIGN.search(text)
    return bool(several) or (isinstance(key.args[0], Symbol) and "=" not in text)


def parts_of(row: Basic) -> tuple[Basic, ...]:
    """What is listed; an equation is a list of one."""
    return row.args if type(row) is Or else (row,)


def read_list(text: str, key: Basic, read: Callable[[str], Basic]) -> Basic:
    """A list of solutions as people write it: with or, with commas, with ±, as a set.

    Args:
        text: what was typed.
        key: the list that is asked for.
        read: reads one expression.

    Raises:
        ReadError: a part of it cannot be read.
    """
    names = {part.args[0] for part in parts_of(key)}
    name = names.pop() if len(names) == 1 else None
    if not isinstance(name, Symbol):
        name = None
    whole = _SET.fullmatch(text.strip(" $"))
    if whole is not None and name is not None:
        text = whole[2]
    # Where all parts say what one letter is, "and" means one and the other.
    pieces = [piece for piece in apart(text, _AND if name is not None else _OR) if piece]
    found: list[Basic] = []
    for piece in pieces:
        for one in dict.fromkeys((_SIGN.sub("+", piece), _SIGN.sub("-", piece))):
            found.append(_one(one.strip(" $"), name, read))
    if not found:
        raise ReadError("a list of solutions is asked for", hint="write x = 1 or x = 2")
    return Or(*dict.fromkeys(found)) if len(set(found)) > 1 else found[0]


def _one(text: str, name: Symbol | None, read: Callable[[str], Basic]) -> Basic:
    sides = _RELATION.split(text)
    if len(sides) == 1 and name is not None:
        return Equation(name, read(text))
    if len(sides) != 2:
        raise ReadError("an equation is expected", hint="write x = 1 or x = 2")
    numbered = _NUMBERED.fullmatch(sides[0].strip())
    if numbered and name is not None and numbered[1] == name.name:  # x₁ = 1, x₂ = 2
        return Equation(name, read(sides[1]))
    return Equation(read(sides[0]), read(sides[1]))


def compared_lists(
    left: Basic, right: Basic, equal: Callable[[Basic, Basic], Finding], knowledge: Knowledge
) -> Finding:
    """Whether two lists have the same solutions, and, if so, whether part for part.

    Args:
        left: a list, or an equation.
        right: another, the one that is asked for.
        equal: compares two equations.
        knowledge: what is known.
    """
    found, wanted = parts_of(left), parts_of(right)
    pairs = [[equal(one, other).holds for other in wanted] for one in found]
    if all(map(any, pairs)) and all(map(any, zip(*pairs, strict=True))):
        return Finding("proven" if left is right else "tested")
    lost = _lost(
        [_equation(each) for each in wanted], [_equation(each) for each in found], knowledge
    )
    if lost is not None:
        return _told(lost, "a solution is missing:")
    more = _lost(
        [_equation(each) for each in found], [_equation(each) for each in wanted], knowledge
    )
    if more is not None:
        return _told(more, "this is no solution:")
    return Finding("tested", EQUIVALENT)


def _told(finding: Finding, says: str) -> Finding:
    """A finding without its counterexample, which is about one equation of a list."""
    return Finding(finding.verdict, finding.note.replace("a solution is lost:", says))


def _equation(part: Basic) -> Basic:
    return Equation(*part.args)


def _lost(given: Sequence[Basic], others: Sequence[Basic], knowledge: Knowledge) -> Finding | None:
    """What is found of the first equation of which a solution solves none of the others."""
    for each in given:
        try:
            findings = one_holds([each], others, knowledge)
        except DerivexError as error:
            return Finding("undecided", str(error))
        bad = next((finding for finding in findings if not finding.holds), None)
        if bad is not None:
            return bad
    return None
