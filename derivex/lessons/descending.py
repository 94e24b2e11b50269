"""``descend``: gradient descent, a number of steps or until a tolerance is met."""

from __future__ import annotations

import re
from fractions import Fraction

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.descent import (
    PLAIN,
    SCHEDULES,
    Descent,
    Method,
    Options,
    descend,
    exact_value,
    method_named,
    schedule_named,
)
from derivex.descent.coordinates import entries_of
from derivex.errors import ProblemError
from derivex.expression import ZERO, Column, Row
from derivex.expression.array_nodes import ArrayName
from derivex.lessons.declaring import number_in
from derivex.lessons.knowledge import Knowledge
from derivex.lessons.passage import Passage
from derivex.lessons.working import gradient_of, one_clause_each

__all__ = ["descend_statement"]

_USAGE = "write: descend loss from s = 1, b = 0 with rate 0.01 for 1 step"
_UNTIL = "write: until the change is at most 0.0001"
_COUNT = re.compile(r"(at most\s+)?(\d{1,9})\s+steps?")
_CHANGE = re.compile(r"(the\s+)?change\s+(is\s+)?(at\s+most|<=|≤)\s+(?=\S)")


def descend_statement(knowledge: Knowledge, rest: Passage) -> tuple[Descent]:
    """``descend loss from s = 1, b = 0 with rate 0.01 for 1 step``.

    Further: ``with cosine rate 0.1 to 0.01``, ``until the change is at most 0.0001``,
    ``using momentum beta = 0.8``, ``using adam``, and ``, exactly`` at the end.
    """
    plain, exact = _split_exactly(rest)
    head, clauses = plain.clauses("by", "from", "with", "for", "until", "using")
    named = one_clause_each(clauses)
    if "from" not in named:
        raise rest.error("it is not said where the descent starts", _USAGE)
    if "with" not in named:
        raise rest.error("it is not said what the rate is", _USAGE)
    start = {
        name: _start(knowledge, named["from"], name, value)
        for name, value in knowledge.values(named["from"]).items()
    }
    schedule, rate, end_rate = _rates(knowledge, named["with"])
    options = Options(
        rate,
        _count(named.get("for")),
        _tolerance(knowledge, named.get("until")),
        _method(knowledge, named.get("using")),
        schedule_named(schedule),
        end_rate,
        exact,
    )
    rest.locate(options.check)
    derived = gradient_of(knowledge, head, named.get("by"))
    definitions = knowledge.definitions
    descent = rest.locate(
        lambda: descend(derived, start, options, knowledge.data, knowledge.book, definitions)
    )
    letters = {name: value for name, value in descent.result.items() if isinstance(name, Symbol)}
    knowledge.find(tuple(letters), letters)
    if not letters:
        knowledge.find_arrays(descent.result)
    values = tuple(descent.result.values())
    knowledge.last = values[0] if len(values) == 1 else Row(*values)
    return (descent,)


def _start(knowledge: Knowledge, clause: Passage, name: Basic, value: Basic) -> Basic:
    """Where a letter begins, or a vector."""
    if not isinstance(name, ArrayName):
        return number_in(knowledge, clause, value, _USAGE)
    entries = entries_of(value)
    return Column(*[number_in(knowledge, clause, each, _USAGE) for each in entries])


def _split_exactly(rest: Passage) -> tuple[Passage, bool]:
    *before, last = rest.parts(",")
    if not before or last.text != "exactly":
        return rest, False
    return Passage(rest.statement, rest.start, before[-1].end), True


def _rates(knowledge: Knowledge, clause: Passage) -> tuple[str, Basic, Basic]:
    """The schedule, the first rate, and the one at the end: ``cosine rate 0.1 to 0.01``."""
    schedule = next((name for name in SCHEDULES if clause.begins_with(name)), None)
    told = clause.after(schedule) if schedule else clause
    if not told.begins_with("rate"):
        raise clause.error("“rate” is expected here", _USAGE)
    first, ends = told.after("rate").clauses("to")
    end = one_clause_each(ends).get("to")
    if end is not None and schedule in (None, "constant"):
        raise end.error(
            "a constant rate goes nowhere", "write: with linear rate 0.1 to 0.01, or cosine"
        )
    rate = number_in(knowledge, first, knowledge.expression(first), _USAGE)
    if end is None:
        return schedule or "constant", rate, ZERO
    last = number_in(knowledge, end, knowledge.expression(end), _USAGE)
    return schedule or "constant", rate, last


def _method(knowledge: Knowledge, clause: Passage | None) -> Method:
    """The method, with its parameters: ``momentum beta = 0.8``."""
    if clause is None:
        return PLAIN
    name = clause.text.split(maxsplit=1)[0]
    rest = clause.after(name)
    given: dict[str, Fraction] = {}
    for letter, value in knowledge.values(rest).items() if rest else ():
        given[str(letter)] = exact_value(number_in(knowledge, rest, value, _USAGE))
    try:
        return method_named(name.lower()).with_parameters(given)
    except ProblemError as error:
        raise clause.error(error.message, error.hint) from None


def _tolerance(knowledge: Knowledge, clause: Passage | None) -> Basic | None:
    if clause is None:
        return None
    found = _CHANGE.match(clause.text)
    if found is None:
        raise clause.error("what is it to wait for?", _UNTIL)
    number = Passage(clause.statement, clause.start + found.end(), clause.end)
    return number_in(knowledge, number, knowledge.expression(number), _UNTIL)


def _count(clause: Passage | None) -> int | None:
    if clause is None:
        return None
    found = _COUNT.fullmatch(clause.text)
    if found is None:
        raise clause.error("a number of steps is expected here", "write: for 10 steps")
    return int(found[2])
