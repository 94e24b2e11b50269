"""Equations that are not linear, solved by cases: the points, and whether they are all."""

from __future__ import annotations

from collections.abc import Sequence

from flint import acb
from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import Relation, free_symbols, postorder
from derivex.expression.nodes import At, Mean, Total
from derivex.rulebook import RuleBook
from derivex.rulebook.procedures.real_roots import rounded
from derivex.solving.case import Case
from derivex.solving.cases import Branching
from derivex.solving.completeness import by_basis, by_moves
from derivex.solving.completing import completed
from derivex.solving.eliminate import Outcome
from derivex.solving.intervals import Intervals
from derivex.solving.points import Point, balls_of, has_no_value, verified
from derivex.solving.real_solutions import real_solutions
from derivex.solving.record import Given, Words
from derivex.solving.search import FARTHEST, searched
from derivex.solving.solution import Solution
from derivex.solving.sympy_solver import Asked, solved_by_sympy
from derivex.solving.working import depends_on_any

__all__ = ["solve_by_cases"]


def solve_by_cases(
    given: tuple[Basic, ...],
    unknowns: tuple[Symbol, ...],
    book: RuleBook,
    within: Sequence[Basic] = (),
    function: Basic | None = None,
) -> Solution | None:
    """Solve equations by cases, put the solutions in, and look for others.

    Args:
        given: the equations.
        unknowns: what to solve for.
        book: the rules.
        within: where solutions are looked for.
        function: what has to have a value at the solutions.

    Returns:
        None where an unknown stands in a sum over data, which these moves do not know.
    """
    data = [node for each in given for node in postorder(each) if type(node) in (At, Mean, Total)]
    if any(depends_on_any(node, unknowns) for node in data):
        return None
    intervals = Intervals(within, given, unknowns, book)
    branching = Branching(given, unknowns, book, intervals)
    case = branching.run()
    if not branching.complete:
        # Cases that lead nowhere are no use to a reader.
        branching = Branching(given, unknowns, book, intervals, by_coefficient=False)
        case = branching.run()
    seen = verified(branching.found, given, unknowns, intervals, book, function)
    points = seen.points
    notes = [*seen.notes]
    complete, completeness = branching.complete, by_moves(intervals, points)
    certificate = None
    if not (set().union(*map(free_symbols, given)) - set(unknowns)) and all(
        point.is_single for point in points
    ):
        certificate = real_solutions(given, unknowns)
    if certificate is not None and not within:
        before = len(points)
        points, count = completed(points, certificate, given, unknowns, book, function)
        completeness = by_basis(certificate, count, branching.complete)
        if branching.complete and before != len(points):
            notes.append(
                (f"the Gröbner basis has {count} real solutions, the cases have {before}",)
            )
        complete = True
    elif not complete:
        intervals.use_all()
        asked = solved_by_sympy(given, unknowns, book)
        points, said = _with_those_of_sympy(
            points, asked, given, unknowns, intervals, book, function
        )
        notes += said
        points, said = _with_searched(points, given, unknowns, intervals, book, function)
        notes += said
        completeness = ("this is not known to be all: a case was not solved to its end",)
    numbers = {
        old: place
        for old, number in enumerate(seen.numbers)
        if number is not None
        for place, point in enumerate(points)
        if point.values == seen.points[number].values
        and point.relations == seen.points[number].relations
    }
    single = len(points) == 1 and points[0].is_single and points[0].exact
    if complete:
        outcome = Outcome.SOLVED if points else Outcome.NO_SOLUTION
    else:
        outcome = Outcome.NOT_SOLVED
    return Solution(
        given,
        unknowns,
        (),
        (),
        dict(points[0].values) if single else {},
        (),
        _conditions(branching, unknowns),
        outcome,
        _reason(case, points, complete),
        (),
        None,
        book,
        tuple(notes),
        _renumbered(case, numbers),
        points,
        completeness if points else (),
        seen.undefined,
    )


def _with_those_of_sympy(
    points: tuple[Point, ...],
    asked: Asked,
    given: tuple[Basic, ...],
    unknowns: tuple[Symbol, ...],
    intervals: Intervals,
    book: RuleBook,
    function: Basic | None,
) -> tuple[tuple[Point, ...], list[Words]]:
    """What SymPy's solver finds besides, put into the equations."""
    notes: list[Words] = [(asked.says,)]
    if not asked.solutions:
        return points, notes
    from derivex.solving.case import Found

    candidates = [Found(dict(point.values), point.free, point.relations) for point in points]
    for values in asked.solutions:
        free = tuple(name for name in unknowns if name not in values)
        candidates.append(Found(values, free))
    seen = verified(candidates, given, unknowns, intervals, book, function)
    kept = list(points)
    for point in seen.points[len(points) :]:
        if point.is_single and point.checks:
            kept.append(
                Point(
                    point.values,
                    point.free,
                    point.relations,
                    True,
                    point.checks,
                    ("found by SymPy's solver",),
                )
            )
    return tuple(kept), notes


def _with_searched(
    points: tuple[Point, ...],
    given: tuple[Basic, ...],
    unknowns: tuple[Symbol, ...],
    intervals: Intervals,
    book: RuleBook,
    function: Basic | None,
) -> tuple[tuple[Point, ...], list[Words]]:
    """Solutions of one equation in one unknown that a search finds besides."""
    if len(given) != 1 or len(unknowns) != 1:
        names = ", ".join(f"{name.name}=…" for name in unknowns)
        return points, [
            (
                "where no formula is known, one searches: for a minimum by gradient descent, "
                f"derivex descend … --from {names}",
            )
        ]
    (unknown,) = unknowns
    found: list[Point] = []
    known = [balls_of(point.values, book) for point in points]
    ends = intervals.ends(unknown)
    low, high = ends or (-FARTHEST, FARTHEST)
    for ball in searched(given[0], unknown, book, low, high):
        if any(place is not None and place[unknown].overlaps(ball) for place in known):
            continue
        if not intervals.holds_ball(unknown, ball):
            continue
        if has_no_value(function, {unknown: acb(ball)}, book):
            continue
        try:
            value = rounded(ball)
        except ValueError:
            continue
        said = ("found by search, where the sign changes",)
        found.append(Point({unknown: value}, exact=False, said=said))
    where = f"between −{FARTHEST} and {FARTHEST}"
    if ends is not None:
        where = f"with {intervals.told(unknown)}"
    note = (
        f"no formula is known, so it was searched for changes of sign {where}: ",
        f"{len(found) or 'none'} found" + (" besides" if points else ""),
    )
    return (*points, *found), [note]


def _renumbered(case: Case, numbers: dict[int, int]) -> Case:
    """The case with the numbers of the points that are left."""
    points = tuple(dict.fromkeys(numbers[old] for old in case.points if old in numbers))
    cases = tuple(_renumbered(inner, numbers) for inner in case.cases)
    remark = case.remark
    if case.points and not points and not remark:
        remark = ("no solution",)
    return Case(case.label, case.heading, case.moves, cases, points, remark)


def _reason(case: Case, points: Sequence[Point], complete: bool) -> Words:
    if complete:
        if points:
            return ()
        return case.remark if case.remark and not case.cases else ("no case has a real solution",)
    stuck = [each for each in case.every() if each.remark and each.remark[0] == NOT_SOLVED]
    if not stuck:
        return ("a case was not solved to its end",)
    return stuck[0].remark[1:]


NOT_SOLVED = "not solved by these moves: "


def _conditions(branching: Branching, unknowns: Sequence[Symbol]) -> tuple[Basic, ...]:
    """What was assumed of letters that are not unknown, and do not stand for a part either."""
    found: dict[Basic, None] = {}
    moves = branching.working.moves
    named = [move.equation.args[0] for move in moves if type(move.made) is Given and not move.label]
    for move in moves:
        condition = move.condition
        letters = set() if condition is None else set(free_symbols(condition))
        if condition is not None and letters and letters.isdisjoint((*unknowns, *named)):
            found[condition] = None
    for relation in branching.conditions:
        assert isinstance(relation, Relation)
        found[relation] = None
    return tuple(found)
