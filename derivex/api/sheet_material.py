"""What sheets of expressions are made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sympy import Symbol

from derivex.api.inputs import Data, Expression, Problem, Variables, make_problem
from derivex.engine import gradient
from derivex.errors import ReadError
from derivex.expression import Apply, free_symbols, postorder
from derivex.expression.primes import function_of
from derivex.notation import Definition, LatexWriter, TextWriter
from derivex.rulebook import RuleBook, shipped_book
from derivex.sheets import SheetKnowledge, Text
from derivex.sheets.given import data_words, definition_words
from derivex.sheets.making import Material, sentence
from derivex.sheets.worked import worked
from derivex.solving import solve as solve_equations

__all__ = ["expression_material", "with_functions", "problem_of"]


def problem_of(
    source: Expression,
    by: Variables,
    let: str | Iterable[str],
    data: Data,
    book: RuleBook,
    assume: str | Iterable[str],
) -> Problem:
    """What was handed in: an expression, which may have = in its bounds, or else equations."""
    try:
        return make_problem(source, by, None, let, data, book, assume=assume)
    except ReadError:
        if not isinstance(source, str) or "=" not in source:
            raise
        return make_problem(source, by, None, let, data, book, equations=True, assume=assume)


def expression_material(problem: Problem, source: Any) -> Material:
    """What a sheet of one expression is made of."""
    given = source if isinstance(source, str) else TextWriter().write(problem.expression)
    equations = problem.equations(problem.expression)
    if equations:
        names = problem.by or problem.variables()
        unknowns = [name for name in names if isinstance(name, Symbol)]
        solution = solve_equations(
            equations, unknowns, problem.book, columns=problem.columns or None
        )
        parts = list(worked(solution))
    else:
        parts = [
            exercise
            for variable in problem.by or problem.variables()
            for exercise in worked(
                gradient(
                    problem.expression,
                    [variable],
                    problem.book,
                    None,
                    problem.definitions,
                    problem.assumptions,
                )
            )
        ]
    functions = problem.definitions.functions.values()
    knowledge = SheetKnowledge(
        tuple(name.name for name in free_symbols(problem.expression)),
        (
            *(Definition(each.name, each.parameters, each.definition) for each in functions),
            *(
                Definition(name.name, (), body)
                for name, body in problem.definitions.abbreviations.items()
            ),
        ),
        problem.definitions.arrays,
        problem.assumptions,
        tuple((name, tuple(column)) for name, column in problem.columns.items()),
    )
    writer = LatexWriter(problem.book.functions)
    told = [definition_words(each) for each in knowledge.definitions]
    told += [data_words(name, entries) for name, entries in knowledge.columns]
    before = [Text(sentence(words, writer), words) for words in told]
    return Material("Fill in the blanks", [*before, *parts], knowledge, " ".join(given.split()))


def with_functions(material: Material, book: RuleBook) -> SheetKnowledge:
    """What the sheet is read with, and the functions of other rule files that it uses.

    With them in it, a sheet needs no rule file to be written, read or marked.
    """
    shipped = shipped_book().functions
    applied = {
        function_of(node.args[0])[0].name
        for exercise in material.exercises
        for row in exercise.rows
        for node in postorder(row.expression)
        if type(node) is Apply
    }
    used = {name: book.functions[name] for name in sorted(applied & book.functions.keys())}
    defined = tuple(
        Definition(name, function.parameters, function.definition)
        for name, function in used.items()
        if name not in shipped and function.definition is not None
    )
    known = material.knowledge
    return replace(known, definitions=(*defined, *known.definitions))
