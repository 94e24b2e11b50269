"""``nudge``, ``tangent``, ``directional`` and ``differentiability``: what a slope tells."""

from __future__ import annotations

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.engine.differentiability import Differentiability, differentiability
from derivex.engine.directional import Directional, directional_derivative
from derivex.engine.nudges import NudgeTable, nudges
from derivex.engine.tangent import Tangent, tangent_at
from derivex.lessons.knowledge import Knowledge
from derivex.lessons.passage import Passage
from derivex.lessons.working import from_limit, increment_in, one_clause_each
from derivex.notation import read_components

__all__ = [
    "differentiability_statement",
    "directional_statement",
    "nudge_statement",
    "tangent_statement",
]

_NUDGE = "write: nudge a^2 by 0.001 at a = 2"
_TANGENT = "write: tangent to x^2 at x = 2"
_CLAIM = "write: differentiability of x^2 + y^2 with gradient (2x, 2y)"
_ALONG = "write: directional derivative of x^2 + y^2 along (3, 4) at x = 1, y = 2"


def nudge_statement(knowledge: Knowledge, rest: Passage) -> tuple[NudgeTable]:
    """``nudge a^2 by 0.001 at a = 2``; the last result is what the ratios go to."""
    head, clauses = rest.clauses("by", "at")
    named = one_clause_each(clauses)
    if "by" not in named:
        raise rest.error("it is not said how far to nudge", _NUDGE)
    expression = knowledge.expression(head)
    size = knowledge.expression(named["by"])
    point = _point(knowledge, rest, named, _NUDGE)
    variable = _variable(knowledge, expression, head, point)
    found = rest.locate(
        lambda: nudges(expression, variable, point, size, knowledge.book, knowledge.definitions)
    )
    knowledge.last = found.limit.result
    return (found,)


def tangent_statement(knowledge: Knowledge, rest: Passage) -> tuple[Tangent]:
    """``tangent to x^2 at x = 2``; the last result is the right-hand side of its equation."""
    if not rest.begins_with("to"):
        raise rest.error("“to” is expected here", _TANGENT)
    head, clauses = rest.after("to").clauses("by", "at")
    named = one_clause_each(clauses)
    expression = knowledge.expression(head)
    point = _point(knowledge, rest, named, _TANGENT)
    if "by" in named:
        (variable, *others) = knowledge.names(named["by"])
        if others or not isinstance(variable, Symbol):
            raise named["by"].error("a tangent is for one variable", _TANGENT)
    else:
        variable = _variable(knowledge, expression, head, point)
    found = rest.locate(
        lambda: tangent_at(
            expression, variable, point, knowledge.book, knowledge.definitions, knowledge.data
        )
    )
    knowledge.last = found.line.result
    return (found,)


def directional_statement(knowledge: Knowledge, rest: Passage) -> tuple[Directional]:
    """``directional derivative of f along (3, 4) at x = 1, y = 2 from the limit``.

    With ``along the unit vector of (3, 4)`` the direction is divided by its length.
    """
    if not rest.begins_with("derivative") or not rest.after("derivative").begins_with("of"):
        raise rest.error("“derivative of” is expected here", _ALONG)
    head, clauses = rest.after("derivative").after("of").clauses(
        "by", "along", "at", "from", "with"
    )  # fmt: skip
    named = one_clause_each(clauses)
    if "along" not in named:
        raise rest.error("it is not said along which direction", _ALONG)
    along = named["along"]
    words = "the unit vector of"
    unit = along.begins_with(words)
    components = _components(knowledge, along.after(words) if unit else along)
    expression = knowledge.expression(head)
    variables = _variables(knowledge, expression, rest, named)
    found = rest.locate(
        lambda: directional_derivative(
            expression,
            variables,
            components,
            knowledge.book,
            knowledge.definitions,
            _point_if_any(knowledge, named),
            from_limit=from_limit(named),
            unit=unit,
            increment=increment_in(knowledge, named.get("with")),
        )
    )
    knowledge.last = found.derivation.result
    return (found,)


def differentiability_statement(knowledge: Knowledge, rest: Passage) -> tuple[Differentiability]:
    """``differentiability of x^2 + y^2 with gradient (2x, 2y) at x = 1, y = 2``.

    The last result is the limit, which is 0 if the function has that gradient.
    """
    if not rest.begins_with("of"):
        raise rest.error("“of” is expected here", _CLAIM)
    head, clauses = rest.after("of").clauses("by", "with", "at")
    named = one_clause_each(clauses)
    if "with" not in named or not named["with"].begins_with("gradient"):
        raise rest.error("it is not said which gradient is claimed", _CLAIM)
    claimed = _components(knowledge, named["with"].after("gradient"))
    expression = knowledge.expression(head)
    variables = _variables(knowledge, expression, rest, named)
    found = rest.locate(
        lambda: differentiability(
            expression,
            variables,
            claimed,
            knowledge.book,
            knowledge.definitions,
            _point_if_any(knowledge, named),
        )
    )
    knowledge.last = found.limit.result
    return (found,)


def _components(knowledge: Knowledge, passage: Passage) -> tuple[Basic, ...]:
    return passage.read(lambda text: read_components(text, knowledge.scope))


def _variables(
    knowledge: Knowledge, expression: Basic, rest: Passage, named: dict[str, Passage]
) -> tuple[Symbol, ...]:
    by = knowledge.names(named["by"]) if "by" in named else knowledge.variables(expression)
    variables = tuple(name for name in by if isinstance(name, Symbol))
    if len(variables) < len(by):
        raise rest.error("a variable here is a plain letter, not an entry such as a_i")
    return variables


def _point_if_any(knowledge: Knowledge, named: dict[str, Passage]) -> dict[Basic, Basic] | None:
    return knowledge.values(named["at"]) if "at" in named else None


def _point(
    knowledge: Knowledge, rest: Passage, named: dict[str, Passage], usage: str
) -> dict[Basic, Basic]:
    point = _point_if_any(knowledge, named)
    if point is None:
        raise rest.error("it is not said where", usage)
    return point


def _variable(
    knowledge: Knowledge, expression: Basic, head: Passage, point: dict[Basic, Basic]
) -> Symbol:
    """The variable of a function: its only letter, or the first that the point gives a value."""
    if len(knowledge.variables(expression)) != 1:
        named = [name for name in point if isinstance(name, Symbol)]
        if named:
            return named[0]
    return knowledge.only_variable(expression, head, "differentiate")
