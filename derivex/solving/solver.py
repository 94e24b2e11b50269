"""Which way a system of equations is solved: by substitution, by row operations, by cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.engine import Columns
from derivex.errors import ProblemError
from derivex.expression import ZERO, Equation
from derivex.rulebook import RuleBook
from derivex.solving.beside import bends, with_branches
from derivex.solving.by_cases import solve_by_cases
from derivex.solving.by_rows import solve_by_rows
from derivex.solving.check import check_equation
from derivex.solving.conditions import broken_conditions, without_implied
from derivex.solving.eliminate import Elimination, Outcome
from derivex.solving.points import balls_of, has_no_value
from derivex.solving.record import Column
from derivex.solving.signs import has_data
from derivex.solving.solution import Solution
from derivex.solving.special import Specials
from derivex.solving.values import values_of
from derivex.solving.working import ARITHMETIC, Working, depends_on_any

__all__ = ["solve"]


def solve(
    equations: Sequence[Basic],
    unknowns: Sequence[Symbol],
    book: RuleBook,
    *,
    eliminate: Symbol | None = None,
    means: bool = False,
    columns: Columns | None = None,
    within: Sequence[Basic] = (),
    function: Basic | None = None,
) -> Solution:
    """Solve equations, move by move.

    Equations that are linear in each unknown when it is isolated are solved by substitution, two of
    them side by side; all others by cases, see :mod:`derivex.solving.cases`.

    Args:
        equations: :class:`~derivex.expression.Equation` nodes; anything else is set to zero.
        unknowns: what to solve for, in order; the order decides between equal choices.
        book: the rules.
        eliminate: the unknown that is replaced first: its expression is put into the other
            equations.  By default the one with the simplest pivot, see
            :mod:`derivex.solving.pivots`.
        means: whether sums over the data are written as means.
        columns: the data, for which the solution is evaluated.
        within: relations that say where solutions are looked for: 0 ≤ x and x < 2π.
        function: what has to have a value at the solutions: the function of whose gradient
            these are the equations.

    Raises:
        ProblemError: no equation, no unknown, or ``eliminate`` is none of the unknowns.

    >>> from derivex.expression import Negative, Plus, Times, integer, symbol
    >>> from derivex.rulebook import shipped_book
    >>> x = symbol("x")
    >>> equation = Equation(Plus(Times(integer(2), x), Negative(integer(6))), ZERO)
    >>> solution = solve([equation], [x], shipped_book())
    >>> solution.results
    {x: 3}
    >>> [row.cells[0].says for row in solution.lines()]
    ['', 'add 6 to both sides', 'divide both sides by 2']
    """
    given = _as_equations(equations)
    unknowns = tuple(dict.fromkeys(unknowns))
    if not unknowns:
        raise ProblemError("there is nothing to solve for", hint="name the unknowns")
    if eliminate is not None and eliminate not in unknowns:
        names = ", ".join(name.name for name in unknowns)
        raise ProblemError(f"{eliminate} is not one of the unknowns", hint=f"they are: {names}")
    if columns or means:
        return _solved(given, unknowns, book, eliminate, means, columns, within, function)

    def specially(equations: Sequence[Basic]) -> Solution:
        return _solved(tuple(equations), unknowns, book, eliminate, within=within, tidied=True)

    return Specials(specially, book).added_to(
        _solved(given, unknowns, book, eliminate, within=within, function=function)
    )


def _solved(
    given: tuple[Basic, ...],
    unknowns: tuple[Symbol, ...],
    book: RuleBook,
    eliminate: Symbol | None = None,
    means: bool = False,
    columns: Columns | None = None,
    within: Sequence[Basic] = (),
    function: Basic | None = None,
    tidied: bool = False,
) -> Solution:
    """Solve equations under the conditions that arise; tidied before if a value was put in."""
    if not (means or columns or within) and eliminate is None:
        by_rows = solve_by_rows(given, unknowns, book)
        if by_rows is not None:
            return by_rows
    working = Working(book, means, has_data(*given))
    active = {origin: working.give(each, origin) for origin, each in enumerate(given, 1)}
    for origin, at in active.items() if tidied else ():
        active[origin] = working.rewrite(at, ARITHMETIC, ARITHMETIC)
    run = Elimination(working, active, unknowns, eliminate)
    run.run()
    place = balls_of(_values_of(run), book) if function is not None else None
    undefined = place is not None and has_no_value(function, place, book)
    bent = function is not None and bool(bends(with_branches(function, book), unknowns))
    if run.outcome is Outcome.NOT_SOLVED or (within and not columns) or undefined or bent:
        by_cases = solve_by_cases(given, unknowns, book, within, function)
        if by_cases is not None:
            return _with_values(by_cases, columns, book)
    side_by_side = len(given) == len(unknowns) == 2
    until = run.columns if side_by_side else 0
    done = run.outcome in (Outcome.SOLVED, Outcome.UNDERDETERMINED)
    last = {unknown: working.equation(at).args[1] for unknown, at in run.solved} if done else {}
    results = {unknown: last[unknown] for unknown in unknowns if unknown in last}
    conditions = without_implied(
        tuple(dict.fromkeys(move.condition for move in working.moves if move.condition is not None))
    )
    values, notes = None, []
    if columns and results and not run.left:
        broken = broken_conditions(conditions, columns, book)
        notes = [("this does not apply to the data, for which ", each, " = 0") for each in broken]
        if not broken:
            values = values_of(_for_values(run, results), columns, book)
    return Solution(
        given,
        unknowns,
        tuple(
            Column(
                f"({origin})",
                tuple(move for move in working.moves[:until] if move.origin == origin),
            )
            for origin in range(1, len(given) + 1)
        )
        if side_by_side
        else (),
        tuple(working.moves[until:]),
        results,
        tuple(run.left) if run.outcome is Outcome.UNDERDETERMINED else (),
        conditions,
        run.outcome,
        run.reason,
        tuple(
            check_equation(origin, equation, results, book)
            for origin, equation in enumerate(given, 1)
        )
        if results
        else (),
        values,
        book,
        tuple(notes),
    )


def _with_values(solution: Solution, columns: Columns | None, book: RuleBook) -> Solution:
    """The only solution of a system by cases calculated for the data."""
    if not columns or not solution.results or len(solution.results) < len(solution.unknowns):
        return solution
    broken = broken_conditions(solution.conditions, columns, book)
    if broken:
        notes = [("this does not apply to the data, for which ", each, " = 0") for each in broken]
        return replace(solution, notes=(*solution.notes, *notes))
    return replace(solution, values=values_of(list(solution.results.items()), columns, book))


def _values_of(run: Elimination) -> dict[Symbol, Basic]:
    return {unknown: run.working.equation(at).args[1] for unknown, at in run.solved}


def _for_values(run: Elimination, results: Mapping[Symbol, Basic]) -> list[tuple[Symbol, Basic]]:
    """What each unknown is calculated from: those known before it, where it was so isolated."""
    found: list[tuple[Symbol, Basic]] = []
    for unknown, _ in reversed(run.solved):
        isolated = run.isolated[unknown]
        uses_others = depends_on_any(isolated, results)
        found.append((unknown, isolated if uses_others else results[unknown]))
    return found


def _as_equations(equations: Sequence[Basic]) -> tuple[Basic, ...]:
    if not equations:
        raise ProblemError("there is no equation to solve")
    return tuple(each if type(each) is Equation else Equation(each, ZERO) for each in equations)
