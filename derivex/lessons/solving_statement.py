"""``solve``: equations, or the gradient set to zero."""

from __future__ import annotations

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import Equation, ZERO, value_of
from derivex.lessons.knowledge import Knowledge
from derivex.lessons.passage import Passage
from derivex.lessons.working import gradient_of, one_clause_each
from derivex.solving import Solution, solve

__all__ = ["solve_statement"]

_USAGE = "write: solve 2x + 3 = 7 for x; or: solve gradient of loss = 0 for s, b"


def solve_statement(knowledge: Knowledge, rest: Passage) -> tuple[Solution]:
    """``solve gradient of loss = 0 for s, b using means``, ``solve 2x + 3 = 7 for x``."""
    head, clauses = rest.clauses("for", "using", "eliminate")
    named = one_clause_each(clauses)
    if "for" not in named:
        raise rest.error("it is not said what to solve for", _USAGE)
    unknowns = _symbols(knowledge, named["for"])
    return ()  # type: ignore


def _symbols(knowledge: Knowledge, passage: Passage) -> tuple[Symbol, ...]:
    names = knowledge.names(passage)
    symbols = tuple(name for name in names if isinstance(name, Symbol))
    if len(symbols) != len(names):
        raise passage.error("an unknown is a plain name", "write names such as s, b or w_1")
    return symbols
