"""``subgradient of |x| by x at x = 0``."""

from __future__ import annotations

from derivex.engine.conventions import convention_named
from derivex.engine.subgradient import SubgradientDerivation, subgradients
from derivex.lessons.knowledge import Knowledge
from derivex.lessons.passage import Passage
from derivex.lessons.working import one_clause_each

__all__ = ["subgradient_statement"]


def subgradient_statement(knowledge: Knowledge, rest: Passage) -> tuple[SubgradientDerivation, ...]:
    """``subgradient of max(x, 0) by x at x = 0 convention zero``; only ``of`` must be there."""
    if not rest.begins_with("of"):
        raise rest.error("“of” is expected here", "write: subgradient of |x| by x")
    head, clauses = rest.after("of").clauses("by", "at", "convention")
    named = one_clause_each(clauses)
    expression = knowledge.expression(head)
    by, at, asked = named.get("by"), named.get("at"), named.get("convention")
    if by is None:
        variables = (knowledge.only_variable(expression, head, "subgradient of"),)
    else:
        variables = knowledge.names(by)
    if by is not None and len(variables) > 1:
        raise by.error("subgradients are taken by one variable here", "write: by w")
    convention = asked.locate(lambda: convention_named(asked.text)) if asked else None
    found = head.locate(
        lambda: subgradients(
            expression,
            variables[0],
            knowledge.book,
            knowledge.definitions,
            point=knowledge.values(at) if at else None,
            convention=convention,
        )
    )
    knowledge.last = found.result
    return (found,)
