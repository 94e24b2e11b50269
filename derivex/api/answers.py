"""Judging one answer: is this the derivative, and if not, what went wrong?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from sympy import Symbol

from derivex.api.inputs import Expression, make_problem
from derivex.api.values import Data, Variables
from derivex.checking import CheckedLine, Knowledge, judge_one
from derivex.engine import filled_in
from derivex.errors import Place
from derivex.expression import D, free_symbols
from derivex.matching import Facts
from derivex.notation import Scope, alternatives, read_text
from derivex.rulebook import RuleBook

__all__ = ["judge_answer"]


def judge_answer(
    expression: Expression,
    answer: str,
    by: Variables = None,
    *,
    let: str | Iterable[str] = (),
    data: Data = None,
    rules: str | Path | RuleBook | None = None,
    assume: str | Iterable[str] = (),
) -> CheckedLine:
    """Whether an answer is the derivative of an expression.

    An answer that is wrong as the notation lays it down may be right as it is meant; then the note
    of what is returned says how it was read.

    Args:
        expression: text, or a SymPy expression.
        answer: what somebody found.
        by: the variable; several, in order, for a higher derivative.
        let: definitions that the expression or the answer uses.
        data: columns of numbers for indexed names.
        rules: a rule file whose rules are used as well, or a rule book used instead.
        assume: what is known of letters.

    Raises:
        DerivexError: something that cannot be read, or a question without an answer.

    >>> line = judge_answer("(3x + 1)^4", "4 (3x + 1)^3")
    >>> line.verdict, str(line.counterexample)
    ('wrong', 'at x = 0: left 12, right 4')
    """
    problem = make_problem(expression, by, None, let, data, rules, assume=assume)
    variables = problem.by or (problem.only_variable(),)
    before = filled_in(problem.expression, problem.definitions)
    for variable in variables:
        before = D(before, variable)
    functions = {**problem.book.functions, **problem.definitions.functions}
    names = [name.name for name in free_symbols(before) if isinstance(name, Symbol)]
    scope = Scope(functions=functions).declare(*names, *map(str, problem.definitions.abbreviations))
    scope = scope.with_arrays(*problem.definitions.arrays)
    scope = scope.with_data(*(name.name for name in problem.columns))
    reading = read_text(answer, scope, "the answer")
    knowledge = Knowledge(
        functions=functions,
        names=dict(problem.definitions.abbreviations),
        kinds=Facts(problem.assumptions).kinds,
        conditions=problem.assumptions,
        columns=problem.columns,
    )
    line = judge_one(before, reading.expression, knowledge, problem.book)
    if line.verdict == "wrong":
        for other in alternatives(answer, scope):
            meant = judge_one(before, other.expression, knowledge, problem.book)
            if meant.holds:
                note = "; ".join(filter(None, (other.notes[0], meant.note)))
                line = replace(meant, note=note)
                break
    return replace(line, text=answer.strip(), place=Place(answer, 0, len(answer)))
