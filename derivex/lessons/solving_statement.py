"""``solve``: equations, or the gradient set to zero."""

from __future__ import annotations

from functools import partial

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Derivation
from derivex.expression import ZERO, And, Equation, Row
from derivex.expression.array_nodes import ArrayName
from derivex.lessons.knowledge import Knowledge
from derivex.lessons.passage import Passage
from derivex.lessons.working import one_clause_each
from derivex.notation import Scope, read_condition
from derivex.solving import (
    Solution,
    StationarySolution,
    constrained_points,
    solve,
    stationary_points,
    vector_stationary_point,
)

__all__ = ["solve_statement"]

_USAGE = (
    "write: solve 2x + 3 = 7 for x; or: solve gradient of loss = 0 for s, b; "
    "or: solve x y subject to x + y = 1 for x, y"
)


def solve_statement(
    knowledge: Knowledge, rest: Passage
) -> tuple[Derivation | Solution | StationarySolution, ...]:
    """``solve 2x + 3 = 7 for x``, ``solve gradient of loss = 0 for s, b using means``.

    Where an equation has definitions to fill in or derivatives to take, this comes first.

    Raises:
        DerivexError: an equation cannot be read or solved; located in the file.
    """
    head, clauses = rest.clauses("for", "using", "eliminate", "subject to", "within")
    named = one_clause_each(clauses)
    if not head:
        raise rest.error("there is no equation to solve", _USAGE)
    if "for" not in named:
        raise rest.error("it is not said what to solve for", _USAGE)
    names = knowledge.names(named["for"])
    if len(names) == 1 and isinstance(names[0], ArrayName):
        return (_of_vector(knowledge, head, names[0]),)
    unknowns = _symbols(knowledge, named["for"])
    if "using" in named and named["using"].text != "means":
        raise named["using"].error("only “means” can be used", "write: using means")
    eliminate = _eliminated(knowledge, named.get("eliminate"))
    means = "using" in named
    within = _intervals(knowledge, named.get("within"))
    if "subject to" in named:
        return (_constrained(knowledge, head, unknowns, named["subject to"], within),)
    if head.begins_with("gradient"):
        return (_stationary(knowledge, head, unknowns, eliminate, means, within),)
    given = [_worked(knowledge, part) for part in head.parts(",")]
    equations = [equation for equation, _ in given]
    solution = head.locate(
        lambda: solve(
            equations,
            unknowns,
            knowledge.book,
            eliminate=eliminate,
            means=means,
            columns=knowledge.data,
            within=within,
        )
    )
    _learn(knowledge, solution)
    return (*[derivation for _, before in given for derivation in before], solution)


def _stationary(
    knowledge: Knowledge,
    head: Passage,
    unknowns: tuple[Symbol, ...],
    eliminate: Symbol | None,
    means: bool,
    within: tuple[Basic, ...],
) -> StationarySolution:
    """The gradient in ``gradient of loss = 0``, set to zero and solved."""
    left, right = head.split_last("=")
    if right is None or not _is_zero(knowledge.vector_or_expression(right)):
        raise (right or head).error("a gradient can only be set to 0", _USAGE)
    subject = left.after("gradient")
    if not subject.begins_with("of"):
        raise subject.error("“of” is expected here", _USAGE)
    function, clauses = subject.after("of").clauses("by")
    for _, clause in clauses:
        if set(knowledge.names(clause)) != set(unknowns):
            raise clause.error(
                "the gradient is taken by other letters than those that are solved for",
                "leave “by” out: the gradient is taken by the unknowns",
            )
    expression = knowledge.expression(function)
    filled = head.locate(lambda: knowledge.fill_in(expression))
    found = head.locate(
        lambda: stationary_points(
            filled,
            unknowns,
            knowledge.book,
            eliminate=eliminate,
            means=means,
            columns=knowledge.data,
            within=within,
        )
    )
    _learn(knowledge, found.solution)
    return found


def _of_vector(knowledge: Knowledge, head: Passage, vector: ArrayName) -> StationarySolution:
    """``solve gradient of ||X theta - y||^2 = 0 for theta``, with the inverse of a matrix."""
    left, right = head.split_last("=")
    if not head.begins_with("gradient") or right is None or right.text.strip() != "0":
        raise head.error("for a vector only a gradient can be set to 0", _USAGE)
    function = left.after("gradient").after("of")
    filled = head.locate(lambda: knowledge.fill_in(knowledge.expression(function)))
    return head.locate(lambda: vector_stationary_point(filled, vector, knowledge.book))


def _constrained(
    knowledge: Knowledge,
    head: Passage,
    unknowns: tuple[Symbol, ...],
    clause: Passage,
    within: tuple[Basic, ...],
) -> StationarySolution:
    """``solve x y subject to x + y = 1 for x, y``, by Lagrange multipliers."""
    filled = head.locate(lambda: knowledge.fill_in(knowledge.expression(head)))
    constraints = [
        part.locate(partial(knowledge.fill_in, knowledge.equation(part)))
        for part in clause.parts(",")
    ]
    found = head.locate(
        lambda: constrained_points(filled, unknowns, constraints, knowledge.book, within)
    )
    _learn(knowledge, found.solution)
    return found


def _intervals(knowledge: Knowledge, clause: Passage | None) -> tuple[Basic, ...]:
    """``within 0 <= x <= 2pi``: the relations one by one."""
    if clause is None:
        return ()
    read = clause.locate(lambda: read_condition(clause.text, Scope(functions=knowledge.functions)))
    condition = read.expression
    return tuple(condition.args) if type(condition) is And else (condition,)


def _is_zero(side: Basic) -> bool:
    entries = side.args if type(side) is Row else (side,)
    return all(entry is ZERO for entry in entries)


def _learn(knowledge: Knowledge, solution: Solution) -> None:
    worked = solution.values.unknowns if solution.values else {}
    knowledge.find(solution.unknowns, solution.closed, worked)


def _worked(knowledge: Knowledge, part: Passage) -> tuple[Basic, list[Derivation]]:
    """An equation, with definitions filled in and derivatives taken, and how that was done."""
    sides = []
    before = []
    for side in knowledge.equation(part).args:
        derivation = part.locate(partial(knowledge.work_out, side))
        sides.append(derivation.result)
        if derivation.result is not side:
            before.append(derivation)
    return Equation(*sides), before


def _symbols(knowledge: Knowledge, passage: Passage) -> tuple[Symbol, ...]:
    names = knowledge.names(passage)
    symbols = tuple(name for name in names if isinstance(name, Symbol))
    if len(symbols) != len(names):
        raise passage.error("an unknown is a plain name", "write names such as s, b or w_1")
    data = [name.name for name in symbols if name in knowledge.columns]
    if data:
        raise passage.error(
            f"{data[0]} is the name of a column of data", "solve for a name that is unknown"
        )
    return symbols


def _eliminated(knowledge: Knowledge, clause: Passage | None) -> Symbol | None:
    if clause is None:
        return None
    symbols = _symbols(knowledge, clause)
    if len(symbols) != 1:
        raise clause.error("one unknown is eliminated first", "write: eliminate b")
    return symbols[0]
