"""``descend``: gradient descent, a given number of steps."""

from __future__ import annotations

import re

from sympy import Symbol

from derivex.descent import Descent, descend
from derivex.expression import Row
from derivex.lessons.declaring import number_in
from derivex.lessons.knowledge import Knowledge
from derivex.lessons.passage import Passage
from derivex.lessons.working import gradient_of, one_clause_each

__all__ = ["descend_statement"]

MAX_DESCENT_STEPS = 10_000
"""Steps of gradient descent in one statement; each is recorded with its arithmetic."""

_USAGE = "write: descend loss from s = 1, b = 0 with rate 0.01 for 1 step"


def descend_statement(knowledge: Knowledge, rest: Passage) -> tuple[Descent]:
    """``descend loss from s = 1, b = 0 with rate 0.01 for 1 step``."""
    head, clauses = rest.clauses("by", "from", "with", "for")
    named = one_clause_each(clauses)
    if "from" not in named:
        raise rest.error("it is not said where the descent starts", _USAGE)
    if "with" not in named:
        raise rest.error("it is not said what the rate is", _USAGE)
    if not named["with"].begins_with("rate"):
        raise named["with"].error("“rate” is expected here", _USAGE)
    start = {
        name: number_in(knowledge, named["from"], value, _USAGE)
        for name, value in knowledge.values(named["from"]).items()
        if isinstance(name, Symbol)
    }
    rate_passage = named["with"].after("rate")
    rate = number_in(knowledge, rate_passage, knowledge.expression(rate_passage), _USAGE)
    count = _count(named.get("for"))
    derived = gradient_of(knowledge, head, named.get("by"))
    descent = rest.locate(
        lambda: descend(derived, start, rate, count, knowledge.data, knowledge.book)
    )
    knowledge.find(tuple(descent.result), descent.result)
    values = tuple(descent.result.values())
    knowledge.last = values[0] if len(values) == 1 else Row(*values)
    return (descent,)


def _count(clause: Passage | None) -> int:
    if clause is None:
        return 1
    found = re.fullmatch(r"(\d{1,9})\s+steps?", clause.text)
    if found is None:
        raise clause.error("a number of steps is expected here", "write: for 10 steps")
    count = int(found[1])
    if count > MAX_DESCENT_STEPS:
        raise clause.error(
            f"at most {MAX_DESCENT_STEPS} steps are worked in a lesson",
            "every step is written out; take fewer of them, or a larger rate",
        )
    return count
