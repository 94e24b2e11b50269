"""``choose`` and ``require``: letters that stand for other numbers in each variant of a lesson."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    And,
    AtLeast,
    AtMost,
    Equation,
    Greater,
    Less,
    Or,
    Unequal,
    free_symbols,
    number,
    value_of,
)
from derivex.lessons.declaring import number_in
from derivex.lessons.knowledge import Knowledge
from derivex.lessons.outcomes import Choice, Requirement
from derivex.lessons.passage import Passage
from derivex.lessons.working import value_at
from derivex.notation import read_condition

__all__ = ["FRIENDLY", "Choose", "choose_statement", "holds", "read_choose", "require_statement"]

FRIENDLY = 1000
"""Numbers below this one are friendly, unless a lesson says otherwise."""

_USAGE = "write: choose k from 2..9; or: choose k, m from 1, 2, 4 where k != m"
_REQUIRE = "write: require s, b are integers; require s > 0; or: require numbers below 1000"
_RANGE = re.compile(r"(.+?)\.\.(.+)", re.DOTALL)
_INTEGERS = re.compile(r"(?P<subjects>.+?)\s+(?:is\s+an\s+integer|are\s+integers)", re.DOTALL)
_NO_INTEGER = re.compile(r"(?P<subjects>.+?)\s+is\s+not\s+an\s+integer", re.DOTALL)
_BELOW = re.compile(r"numbers\s+below\s+(\d{1,12})")
_MOST_VALUES = 10_000

_COMPARE: Mapping[type, Callable[[Fraction, Fraction], bool]] = MappingProxyType(
    {
        Equation: operator.eq,
        Unequal: operator.ne,
        Less: operator.lt,
        AtMost: operator.le,
        Greater: operator.gt,
        AtLeast: operator.ge,
    }
)


@dataclass(frozen=True)
class Choose:
    """A ``choose`` statement, read.

    Args:
        names: the letters.
        values: what each of them may be.
        where: what must hold for them; None if nothing.
    """

    names: tuple[Symbol, ...]
    values: tuple[Basic, ...]
    where: Passage | None


def choose_statement(knowledge: Knowledge, rest: Passage) -> tuple[Choice]:
    """``choose k from 2..9``, ``choose k, m from 1, 2, 4 where k != m and k + m < 6``.

    From here on the letters are written as the numbers that were chosen, see
    :mod:`derivex.lessons.variants`; the first that fit, where nobody has chosen.

    Raises:
        DerivexError: it cannot be read, or no values fit.
    """
    from derivex.lessons.variants import first_fitting

    read = read_choose(knowledge, rest)
    chosen = knowledge.chosen
    if not all(name in chosen for name in read.names):
        chosen = first_fitting(knowledge, read, rest)
    values = tuple((name, chosen[name]) for name in read.names)
    knowledge.take_parameters(dict(values))
    return (Choice(values),)


def read_choose(knowledge: Knowledge, rest: Passage) -> Choose:
    """What a ``choose`` statement says.

    Raises:
        DerivexError: it cannot be read; located in the file.
    """
    head, clauses = rest.clauses("from", "where")
    named = dict(clauses)
    if len(named) < len(clauses) or "from" not in named or not head or not named["from"]:
        raise rest.error("it is not said what is chosen from what", _USAGE)
    names = knowledge.names(head)
    symbols = tuple(name for name in names if isinstance(name, Symbol))
    if len(symbols) < len(names) or len(set(symbols)) < len(symbols):
        raise head.error("plain letters are chosen, each once", _USAGE)
    values = tuple(value for part in named["from"].parts(",") for value in _values(knowledge, part))
    if len(values) > _MOST_VALUES:
        raise named["from"].error(f"these are more than {_MOST_VALUES} values to choose from")
    return Choose(symbols, tuple(dict.fromkeys(values)), named.get("where"))


def _values(knowledge: Knowledge, part: Passage) -> list[Basic]:
    found = _RANGE.fullmatch(part.text)
    if found is None:
        return [_number(knowledge, part)]
    ends = [
        Passage(part.statement, part.start + found.start(at), part.start + found.end(at))
        for at in (1, 2)
    ]
    first, last = (value_of(_number(knowledge, end)) for end in ends)
    assert first is not None and last is not None
    if first.denominator != 1 or last.denominator != 1 or not first <= last < first + _MOST_VALUES:
        raise part.error(f"{part.text} is no range of whole numbers", "write: from 2..9")
    return [number(value) for value in range(int(first), int(last) + 1)]


def _number(knowledge: Knowledge, part: Passage) -> Basic:
    if not part:
        raise part.error("a number is missing here", _USAGE)
    return number_in(knowledge, part, knowledge.expression(part), "numbers are chosen from")


# -- conditions --------------------------------------------------------------------------------


def require_statement(knowledge: Knowledge, rest: Passage) -> tuple[Requirement, ...]:
    """``require s, b are integers``, ``require s > 0 and b != s``, ``require numbers below 100``.

    A variant that does not meet it is not made.

    Raises:
        DerivexError: it cannot be read, or there is no number to be asked about.
    """
    says = " ".join(rest.text.split())
    below = _BELOW.fullmatch(says)
    if below is not None:
        return (Requirement(says, True, int(below[1])),)
    return (Requirement(says, holds(knowledge, rest)),)


def holds(knowledge: Knowledge, passage: Passage) -> bool:
    """Whether a condition holds, by exact calculation.

    Raises:
        DerivexError: it cannot be read, or a side of it is no number.
    """
    return all(_holds(knowledge, part) for part in passage.parts("and"))


def _holds(knowledge: Knowledge, part: Passage) -> bool:
    if not part:
        raise part.error("a condition is missing here", _REQUIRE)
    for pattern, wanted in ((_NO_INTEGER, False), (_INTEGERS, True)):
        found = pattern.fullmatch(part.text)
        if found is not None:
            end = part.start + found.end("subjects")
            subjects = Passage(part.statement, part.start, end).parts(",")
            return all(_is_integer(knowledge, each) is wanted for each in subjects)
    condition = part.read(lambda text: read_condition(text, knowledge.scope)).expression
    return _compare(knowledge, part, knowledge.with_parameters(condition))


def _is_integer(knowledge: Knowledge, part: Passage) -> bool:
    """Whether something is a whole number; √2 is none, though its value is not written exactly."""
    expression = knowledge.expression(part)
    found = part.locate(lambda: value_at(knowledge, expression, {})).result
    if value_of(found) is None and not free_symbols(found):
        return False
    return _value(knowledge, part, expression).denominator == 1


def _compare(knowledge: Knowledge, part: Passage, condition: Basic) -> bool:
    if type(condition) in (And, Or):
        each = [_compare(knowledge, part, inner) for inner in condition.args]
        return all(each) if type(condition) is And else any(each)
    compare = _COMPARE.get(type(condition))
    if compare is None:
        raise part.error(f"{part.text} is no condition that can be tested", _REQUIRE)
    left, right = (_value(knowledge, part, side) for side in condition.args)
    return compare(left, right)


def _value(knowledge: Knowledge, part: Passage, expression: Basic) -> Fraction:
    found = part.locate(lambda: value_at(knowledge, expression, {})).result
    value = value_of(found)
    if value is None:
        raise part.error(
            f"{part.text} has no exact number as its value here",
            "say what is required after the statement that finds it: require s is an integer",
        )
    return value
